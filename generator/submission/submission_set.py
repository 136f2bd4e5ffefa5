"""The submission set of one pupil: which parts go to the authority, in which order, and an account of each."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.build.build_documents import place_of_work
from generator.build.draw_documents import side_by_side
from generator.build.output_folder import Memory
from generator.bundle import Bundle, Part, bundle
from generator.cases import case as c
from generator.cases.case import Case
from generator.documents.catalogue import Document, MergeDesk, TemplateShelf, documents
from generator.documents.evidence_facts import submitted_cycles
from generator.engines import Engine, stays
from generator.engines.kept_drawings import KeptDrawings
from generator.files.kept_results import KeptResults
from generator.files.spelled_alike import find_file
from generator.folder.pupil_names import PupilNames
from generator.folder.school_folder import LoadedCase, Project
from generator.problems import FilesHaveErrors, OurBug
from generator.records.record import Record
from generator.submission.authority_forms import (
    FormInBundle,
    form_cautions,
    form_files_to_send,
    form_parts,
    forms_in_bundle,
)
from generator.submission.bundle_options import (
    SubmissionWish,
    accepted_losses,
    bundle_options,
    wanted_outputs,
)
from generator.submission.given_out.day_of_sending import RECEIPT, Kept, is_late, last_sent, read_json
from generator.submission.kept_from_reader import made_without_contacts, must_not_be_told, unsearched
from generator.submission.parents_copy import BundleReaders, is_theirs, readers_of
from generator.submission.portal_worksheet import questions, worksheet
from generator.submission.print_parts import Press, bundle_title
from generator.submission.submission_files import (
    Out,
    as_json,
    bundle_files,
    edited_by_hand,
    for_people,
    left_from_before,
    manifest,
    neutral_names,
    not_what_was_sent,
    sealed,
    write_all,
)
from generator.submission.submission_warnings import Caution, cautions
from generator.values.formatting import and_list
from generator.values.notice import LOST
from generator.word_files.docx_package import packed, unpacked


@dataclass(frozen=True)
class Submission:
    """A bundle that was written, or is there as it was: where, which files, and what is to be known about it.

    `documents` are the ids of its parts. `reasons` say why it was made again; none when it is up to date, and then
    there is no `bundle`. `lasting` are the cautions that hold as long as nothing that it is made from changes.
    """

    folder: Path
    files: tuple[Out, ...]
    pages: int
    documents: tuple[str, ...]
    cautions: tuple[Caution, ...]
    lasting: tuple[Caution, ...]
    bundle: Bundle | None = None
    reasons: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        """The bundle, or the first of its files."""
        return self.folder / self.files[0].name


def make_submission(
    project: Project,
    loaded: LoadedCase,
    others: Sequence[PupilNames],
    engine: Engine,
    wish: SubmissionWish,
    kept: KeptResults,
) -> Submission:
    """The submission set made anew, of parts of which those that are the same as before are taken as they were.

    `others` are the pupils of the school: the names of others must not be in it. Raises FilesHaveErrors with every part
    that cannot go in, DocumentsFailed when one of our own documents cannot be made, WrongUse for a parent who must not
    have copies, OurBug when the finished bundle is not what it should be (what was made is kept in a folder `faulty`).
    """
    assert loaded.case is not None
    folder = submission_folder(project, loaded.name)
    whose = readers_of(loaded.case, wish.audience, wish.to, project.schemas)
    seen = whose.seen
    shelf = TemplateShelf(project.template_folders)
    pack = project.pack_of(loaded.case)
    desk = MergeDesk(project, seen.case, pack, shelf, frozenset({wish.audience}), whose.reader)
    desk = replace(desk, summary_first="separate_files" not in wanted_outputs(desk, wish))
    with place_of_work(engine) as site:
        alone = stays(engine, now=True)
        drawings = KeptDrawings(engine, kept, None if alone else side_by_side(project, engine, site))
        press = Press(desk, drawings, frozenset(accepted_losses(desk.case)))
        sent = last_sent(project, loaded.name)
        # Schools that sent something before copies were kept have the receipt beside the files.
        forms = forms_in_bundle(desk, wish.audience)
        receipt = sent.receipt if sent else read_json(folder / RECEIPT)
        parts, left_out = gather(desk, press, whose, wish.audience, receipt, forms)
        with _earlier_told(folder, whose):
            must_not_be_told(desk.case, whose.reader, parts)
            instead = {one.form.instead_of: one.part_id for one in forms if one.form.instead_of}
            options = bundle_options(desk, parts, others, press, wish, whose, instead)
            made, taken_out = made_without_contacts(
                lambda wanted, without: bundle(wanted, press.front, replace(options, contacts_taken_out=without)), parts
            )
        files = [*_files(press, made, wish, whose), *form_files_to_send(forms)]
        on = desk.case.data("request")["date"]
        lasting = list(
            cautions(loaded.case, desk.case, desk.pack, on, wish.audience, made, (*left_out, *seen.left_out))
        )
        lasting += form_cautions(forms)
        lasting += [*taken_out, *(unsearched(made) if whose.contacts else ())]
        lasting += [Caution("other-pupil", one.note) for one in others if one.note and one.case != loaded.name]
        lasting += [
            Caution("lost" if note.kind == LOST else "look", note) for said in press.notes.values() for note in said
        ]
        documents = tuple(account.id for account in made.accounts)
        told = [*lasting, *cautions_of_today(folder, wish, whose, files, documents, sent)]
        if wish.tell:
            wish.tell(told)
        written = [*files, *_manifests(press, made, files, told, wish, f"manifest{whose.ending}")]
    write_all(folder / FAULTY if made.failures else folder, written)
    if made.failures:
        raise OurBug("The finished bundle is not as it should be: " + "; ".join(made.failures[:5]))
    return Submission(folder, tuple(files), made.plan.total, documents, tuple(told), tuple(lasting), made)


def submission_folder(project: Project, name: str) -> Path:
    """Where a pupil's submission set is written."""
    return project.root / "output" / name / "submission"


def cautions_of_today(
    folder: Path,
    wish: SubmissionWish,
    whose: BundleReaders,
    files: Sequence[Out],
    documents: Sequence[str],
    sent: Kept | None,
) -> Iterator[Caution]:
    """What is to be known that depends on what else lies in the folders today."""
    yield from edited_by_hand(Memory.read(folder.parent), documents)
    if wish.audience == "authority":
        yield from not_what_was_sent(sent, files)
    yield from left_from_before(folder, f"manifest{whose.ending}.json", files)


FAULTY = "faulty"
"""The folder of a bundle that is not what it should be, perhaps with words in it that were to be taken out."""


@contextlib.contextmanager
def _earlier_told(folder: Path, whose: BundleReaders) -> Iterator[None]:
    """A run that stops leaves the bundle of an earlier one: whoever sends that would send what this one refused."""
    try:
        yield
    except FilesHaveErrors as stop:
        left = sorted(path.name for path in folder.glob(f"bundle{whose.ending}*.pdf"))
        if left:
            stop.advice = f"{stop.advice}; {and_list(left)} is of an earlier run: do not send it".lstrip("; ")
        raise


def _files(press: Press, made: Bundle, wish: SubmissionWish, whose: BundleReaders) -> list[Out]:
    """Every file that may be sent, with its password on it."""
    desk = press.desk
    files = sealed(bundle_files(made, whose.ending), wish.password)
    if wish.audience == "authority":
        files += _word_parts(press, made)
    if "portal_worksheet" in wanted_outputs(desk, wish):
        portal = str(desk.pack.data.get("submit", {}).get("name", ""))
        page = worksheet(bundle_title(desk), portal, questions(desk.case, desk.pack))
        files.append(Out(f"worksheet{whose.ending}.html", page.encode(), "answers to paste into the portal"))
    return files


def _word_parts(press: Press, made: Bundle) -> list[Out]:
    """The documents that the authority wants in Word, named like their PDFs, as their PDFs were made from them."""
    desk = press.desk
    wanted = desk.pack.data.get("bundle", {}).get("word_parts", ())
    name = neutral_names(desk.case, desk.pack)
    inside = {account.id for account in made.accounts}
    return [
        Out(
            f"files/{name(made.plan.item(document.id)).removesuffix('.pdf')}.docx",
            without_author(press.words[document.id]),
            "in Word, as the authority asks",
        )
        for document in documents(desk.case, desk.pack)
        if document.kind in wanted and document.id in inside
    ]


def without_author(word: bytes) -> bytes:
    """A Word file whose properties name no person; same file, same bytes."""
    parts = unpacked(word)
    parts["docProps/core.xml"] = _PERSON.sub(rb"\1\3", parts["docProps/core.xml"])
    return packed(parts)


_PERSON = re.compile(rb"(<(?:dc:creator|cp:lastModifiedBy)>)([^<]*)(</)")


def _manifests(
    press: Press, made: Bundle, files: Sequence[Out], told: Sequence[Caution], wish: SubmissionWish, name: str
) -> list[Out]:
    """The account for programs and the page for people; neither is sent."""
    engine = press.engine.about()
    listed = as_json(manifest(wish.audience, engine, made, files, told))
    on = press.desk.case.data("request")["date"]
    page = for_people(wish.audience, made, files, told)
    page["bundle"]["title"] = bundle_title(press.desk)
    word = press.desk.front("bundle-manifest", "What is in this submission", on, page)
    return [
        Out(f"{name}.json", listed, "the account of everything"),
        Out(f"{name}.pdf", press.print([("bundle-manifest", word)])[0], "the same for people"),
    ]


# -- which parts ------------------------------------------------------------------------------------------------------


def gather(
    desk: MergeDesk,
    press: Press,
    whose: BundleReaders,
    audience: str,
    receipt: Mapping[str, Any],
    forms: Sequence[FormInBundle] = (),
) -> tuple[list[Part], tuple[str, ...]]:
    """The parts of the bundle in the pack's order, and in words which documents were left out and why.

    `receipt` tells what was sent before: what is new since then is late, and goes to the end. `forms` are the
    authority's own, which stand before our documents, or in the place of the one that they name.
    """
    sections = {row["id"]: str(row["title"]) for row in desk.pack.data["bundle"]["sections"]}
    wanted = [d for d in documents(desk.case, desk.pack) if d.section in sections]
    kept, left_out = _choose(desk.case, _by_date(wanted), audience)
    instead = {one.form.instead_of for one in forms}
    kept = [one for one in kept if is_theirs(one, whose) and one.kind not in instead]
    fixed = [d for d in kept if not desk.refers(d)]
    printed = dict(zip([d.id for d in fixed], press.documents(fixed), strict=True))
    parts = [
        Part(
            id=d.id,
            section=sections[d.section],
            title=d.title,
            content=printed[d.id] if d.id in printed else press.numbered(d),
            date=d.date,
            path=d.record.path if d.record else "",
            audience=d.audience,
        )
        for d in kept
    ]
    first = next(iter(sections.values()))
    parts = [*form_parts(forms, desk, press, sections.get("request", first)), *parts, *_evidence(desk, sections)]
    request = desk.case.data("request")
    parts = [
        replace(part, late=part.id != "request" and is_late(part.id, part.date, request, receipt)) for part in parts
    ]
    order = list(sections.values())
    return sorted(parts, key=lambda part: order.index(part.section)), tuple(left_out)


def _by_date(wanted: Sequence[Document]) -> list[Document]:
    """Documents of which there is one for each record, as of meetings, by date where they share a section."""
    first: dict[str, int] = {}
    places = [first.setdefault(d.section, n) if "each" in d.row else n for n, d in enumerate(wanted)]
    found = sorted(zip(places, wanted, strict=True), key=lambda one: (one[0], one[1].date))
    return [document for _, document in found]


def _choose(case: Case, wanted: Sequence[Document], audience: str) -> tuple[list[Document], list[str]]:
    cycles = {record.path for record in submitted_cycles(case)}
    kept, left_out = [], []
    for document in wanted:
        record = document.record
        if record and record.kind == "cycle" and record.path not in cycles:
            reviewed = c.is_reviewed(record.data)
            why = "request.yaml does not list it" if reviewed else "it is not reviewed yet"
            left_out.append(f"{document.title}: {why}")
        elif audience not in document.audience:
            left_out.append(f"{document.title}: it is not for the {audience}")
        else:
            kept.append(document)
    return kept, left_out


def _evidence(desk: MergeDesk, sections: Mapping[str, str]) -> Iterator[Part]:
    """Each piece of evidence as a part; what is kept out by the record itself is not offered at all."""
    record = desk.case.one("evidence")
    if record is None:
        return
    homes = {kind: row for row in desk.pack.data["bundle"]["sections"] for kind in row.get("evidence", ())}
    items = [(number, item) for number, item in enumerate(record.data["items"]) if item.get("include", True)]
    ranks = {kind: number for number, kind in enumerate(homes)}
    items.sort(key=lambda pair: (ranks.get(pair[1]["kind"], len(ranks)), pair[1]["date"]))
    for number, item in items:
        home = homes.get(item["kind"]) or homes.get("other")
        if home is None:
            raise FilesHaveErrors(
                f"The pack {desk.pack.id} has no section for evidence of the kind {item['kind']}.",
                "Name the kind, or other, under evidence: of one of the sections in its pack.yaml.",
            )
        yield _exhibit(desk, record, number, item, sections[home["id"]])


def _exhibit(desk: MergeDesk, record: Record, number: int, item: Mapping[str, Any], section: str) -> Part:
    place = record.place("items", number, "file")
    return Part(
        id=item["id"],
        section=section,
        title=str(item["title"]),
        content=find_file(desk.project.cases / desk.case.name / "evidence", item["file"]),
        date=item["date"],
        path=record.path,
        line=place.line,
        column=place.column,
        audience=frozenset(item.get("audience", ())),
        sensitivity=item.get("sensitivity", "normal"),
        alt=str(item.get("describes") or item["title"]),
        redact=tuple(str(term) for term in item.get("redact", ())),
        remove_unseen=bool(item.get("remove_unseen", False)),
        shows=f"{item['author']}{', ' + item['role'] if item.get('role') else ''}: {item['shows']}",
    )
