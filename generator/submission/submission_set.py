"""The submission set of one pupil: which parts go to the authority, in which order, and an account of each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generator.authorities.legal_test import criteria
from generator.authorities.pack import Pack
from generator.build.digest_cache import Index, program_mark
from generator.build.output_folder import Memory
from generator.bundle import Bundle, IndexRow, Options, Part, bundle
from generator.cases import case as c
from generator.cases import people
from generator.cases.audience import Seen, seen_by
from generator.cases.case import Case
from generator.cases.people import known_as, single_names
from generator.documents.catalogue import Document, MergeDesk, TemplateShelf, documents
from generator.documents.context import submitted_cycles
from generator.engines import Engine
from generator.engines.kept_drawings import KeptDrawings
from generator.files.atomic_files import CACHE, must_be_writable
from generator.files.kept_results import KeptResults
from generator.folder.school_folder import LoadedCase, Project
from generator.problems import FilesHaveErrors, OurBug, Problem
from generator.records.record import Record
from generator.submission.portal_worksheet import questions, worksheet
from generator.submission.print_parts import Press, bundle_title
from generator.submission.receipts import RECEIPT, is_late, last_sent, read_json
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
from generator.values.notice import LOST
from generator.word_files.docx_package import packed, unpacked


@dataclass(frozen=True)
class SubmissionWish:
    """What is wanted of a bundle: for whom, what may be left out visibly, how it is sent, and who hears of what.

    `outputs` are made besides those of the pack: separate_files, portal_worksheet. `split_mb` 0 is the pack's limit.
    `tell` hears every caution before anything is written.
    """

    audience: str = "authority"
    placeholder: bool = False
    accept_changes: bool = False
    progress: Callable[[str], None] | None = None
    outputs: frozenset[str] = frozenset()
    split_mb: float = 0
    late_letters: bool = False
    ocr: bool = False
    password: str = field(default="", repr=False)
    tell: Callable[[Sequence[Caution]], None] | None = None


@dataclass(frozen=True)
class Submission:
    """A bundle that was written: where, which files, and what is to be known about it."""

    folder: Path
    files: tuple[Out, ...]
    bundle: Bundle
    cautions: tuple[Caution, ...]

    @property
    def file(self) -> Path:
        """The bundle, or the first of its files."""
        return self.folder / self.files[0].name


def submit(
    project: Project, loaded: LoadedCase, others: Sequence[Case], engine: Engine, wish: SubmissionWish
) -> Submission:
    """Make the bundle of a pupil's request, and all that goes with it, in output/<pupil>/submission/.

    `others` are the other pupils of the school, whose names must not be in it. Raises FilesHaveErrors with every part
    that cannot go in, DocumentsFailed when one of our own documents cannot be made, OurBug when the finished bundle is
    not what it should be (the file is kept for a look).
    """
    if loaded.case is None:
        raise FilesHaveErrors("The case has errors.", problems=loaded.problems)
    _must_be_there(loaded.case)
    folder = project.root / "output" / loaded.name / "submission"
    must_be_writable(folder)
    must_be_writable(_cache(project, loaded.name))
    seen = seen_by(loaded.case, wish.audience, project.schemas)
    shelf = TemplateShelf(project.template_folders)
    desk = MergeDesk(project, seen.case, project.pack_of(loaded.case), shelf, frozenset({wish.audience}))
    kept = KeptResults(_cache(project, loaded.name), _program(project))
    press = Press(desk, KeptDrawings(engine, kept), frozenset(_accepted_losses(desk.case)))
    sent = last_sent(project, loaded.name)
    # Schools that sent something before copies were kept have the receipt beside the files.
    parts, left_out = gather(desk, press, wish, sent.receipt if sent else read_json(folder / RECEIPT))
    made = bundle(parts, press.front, _options(desk, parts, others, press, wish, seen))
    files = _files(press, made, wish)
    on = desk.case.data("request")["date"]
    told = list(cautions(loaded.case, desk.case, desk.pack, on, wish.audience, made, (*left_out, *seen.left_out)))
    told += edited_by_hand(Memory.read(folder.parent), [account.id for account in made.accounts])
    listed = _stem(wish, "manifest")
    told += [Caution("lost" if note.kind == LOST else "look", note) for said in press.notes.values() for note in said]
    told += not_what_was_sent(sent, files) if wish.audience == "authority" else ()
    told += left_from_before(folder, f"{listed}.json", files)
    if wish.tell:
        wish.tell(told)
    write_all(folder, [*files, *_manifests(press, made, files, told, wish, listed)])
    if made.failures:
        raise OurBug("The finished bundle is not as it should be: " + "; ".join(made.failures[:5]))
    return Submission(folder, tuple(files), made, tuple(told))


def _program(project: Project) -> str:
    """The fingerprint of this program and of the libraries whose work is kept."""
    index = Index.read(project.root / "output")
    return " ".join([program_mark(index), *(f"{name} {version(name)}" for name in _LIBRARIES)])


_LIBRARIES = ("lxml", "pikepdf", "pillow", "pypdfium2", "fonttools")


def _cache(project: Project, name: str) -> Path:
    """Where evidence taken in before is kept, and the bundle lies while it is put together."""
    return project.root / "output" / name / CACHE


def _stem(wish: SubmissionWish, name: str) -> str:
    return name if wish.audience == "authority" else f"{name}-for-{wish.audience}"


def _wanted(desk: MergeDesk, wish: SubmissionWish) -> set[str]:
    """What is made besides the bundle: for the authority what its pack says, and what was asked for."""
    own = desk.pack.data.get("bundle", {}).get("outputs", ()) if wish.audience == "authority" else ()
    return {str(name) for name in own} | wish.outputs


def _files(press: Press, made: Bundle, wish: SubmissionWish) -> list[Out]:
    """Every file that may be sent, with its password on it."""
    desk = press.desk
    files = sealed(bundle_files(made, _stem(wish, "bundle")), wish.password)
    if wish.audience == "authority":
        files += _word_parts(press, made)
    if "portal_worksheet" in _wanted(desk, wish):
        portal = str(desk.pack.data.get("submit", {}).get("name", ""))
        page = worksheet(bundle_title(desk), portal, questions(desk.case, desk.pack))
        files.append(Out("worksheet.html", page.encode(), "answers to paste into the portal"))
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


def _must_be_there(case: Case) -> None:
    """A bundle is a bundle of a request: without one there is nothing to send."""
    if case.one("request") is None:
        place = Problem.of_file(
            f"cases/{case.name}/request.yaml",
            "data",
            "file-missing",
            "there is no request to bundle",
            f"make one with: sendpack new request {case.name}",
        )
        raise FilesHaveErrors("There is nothing to bundle yet.", problems=(place,))


# -- which parts ------------------------------------------------------------------------------------------------------


def gather(
    desk: MergeDesk, press: Press, wish: SubmissionWish, receipt: Mapping[str, Any]
) -> tuple[list[Part], tuple[str, ...]]:
    """The parts of the bundle in the pack's order, and in words which documents were left out and why.

    `receipt` tells what was sent before: what is new since then is late, and goes to the end.
    """
    sections = {row["id"]: str(row["title"]) for row in desk.pack.data["bundle"]["sections"]}
    wanted = [d for d in documents(desk.case, desk.pack) if d.section in sections]
    kept, left_out = _choose(desk.case, _by_date(wanted), wish.audience)
    fixed = [d for d in kept if d.kind != "request"]
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
    parts += _evidence(desk, sections)
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
        content=desk.project.cases / desk.case.name / "evidence" / item["file"],
        date=item["date"],
        path=record.path,
        line=place.line,
        column=place.column,
        audience=frozenset(item.get("audience", ())),
        sensitivity=item.get("sensitivity", "normal"),
        alt=str(item.get("describes") or item["title"]),
        redact=tuple(str(term) for term in item.get("redact", ())),
    )


def matrix(case: Case, pack: Pack, parts: Sequence[str]) -> tuple[IndexRow, ...]:
    """The evidence matrix with the parts of the bundle that answer each criterion.

    A field of a record is answered on the pages of the document that is made of it: `cycle.plan.change` in each cycle.
    What no part of its own prints, such as the pupil's details, stands in the request.
    """
    made = _parts_of_records(case, pack, parts)
    rows = []
    for row in criteria(case, pack):
        answers = [made.get(path, "request") for path in row.records]
        ids = [*row.evidence, *(f"cycle-{name}" for name in row.cycles), *answers]
        there = tuple(part for part in dict.fromkeys(ids) if part in parts)
        rows.append(IndexRow(row.id, row.text, there, row.source))
    return tuple(rows)


def _parts_of_records(case: Case, pack: Pack, parts: Sequence[str]) -> dict[str, str]:
    """The part of the bundle in which each record is printed first of all, by the record's path."""
    found: dict[str, str] = {}
    for document in documents(case, pack):
        own = [document.record] if document.record else [case.one(str(kind)) for kind in document.row.get("needs", ())]
        for record in own:
            if record is not None and document.id in parts:
                found.setdefault(record.path, document.id)
    return found


def _accepted_losses(case: Case) -> dict[str, str]:
    """Parts that may go in although words or pictures of them are lost, with who says so and why."""
    rows = case.data("request").get("accept_loss", ())
    return {str(row["part"]): f"{row['by']}: {row['reason']}" for row in rows}


def _options(
    desk: MergeDesk, parts: Sequence[Part], others: Sequence[Case], press: Press, wish: SubmissionWish, seen: Seen
) -> Options:
    request = desk.case.data("request")
    names = {name for other in others if other.name != desk.case.name for name in people.names(other.data("pupil"))}
    allowed = {str(n) for item in desk.case.data("evidence").get("items", ()) for n in item.get("names_others", ())}
    return Options(
        title=bundle_title(desk),
        audience=wish.audience,
        made=datetime.datetime.combine(request["date"], datetime.time(12), datetime.UTC),
        criteria=matrix(desk.case, desk.pack, [part.id for part in parts]),
        kept=press.engine.kept,
        convert=press.convert,
        to_word=press.to_word,
        engine=press.engine.about(),
        accept_changes=wish.accept_changes,
        accept_loss=_accepted_losses(desk.case),
        released={row["evidence"]: str(row["reason"]) for row in request.get("release", ())},
        placeholder=wish.placeholder,
        other_pupils=tuple(sorted(names - people.names(desk.case.data("pupil")) - allowed)),
        own_names=tuple(sorted(single_names(desk.case.data("pupil")))),
        pupil=known_as(desk.case.data("pupil")),
        progress=wish.progress,
        forbidden=seen.withheld,
        late_letters=wish.late_letters,
        split_mb=wish.split_mb or float(desk.pack.data["bundle"].get("max_file_mb", 0)),
        stem=_stem(wish, "bundle"),
        separate=neutral_names(desk.case, desk.pack) if "separate_files" in _wanted(desk, wish) else None,
        ocr=wish.ocr,
    )
