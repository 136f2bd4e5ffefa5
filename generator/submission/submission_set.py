"""The submission set of one pupil: which parts go to the authority, in which order, and an account of each."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from generator.build.build_documents import place_of_work
from generator.build.draw_documents import SideBySide
from generator.bundle import Bundle, Options, Part, bundle, foresee, take_ahead
from generator.bundle.evidence.child_processes import Children
from generator.cases.case import Case
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.charts.draw_chart import KEPT
from generator.documents.template_shelf import TemplateShelf
from generator.engines import Engine, stays
from generator.engines.kept_drawings import KeptDrawings
from generator.files.kept_results import KeptResults
from generator.folder.load_case import UNLISTED
from generator.folder.pupil_names import PupilNames
from generator.folder.school_folder import LoadedCase, Project
from generator.problems import FilesHaveErrors, OurBug
from generator.submission.bundle_options import (
    accepted_losses,
    bundle_options,
    evidence_options,
    wanted_outputs,
)
from generator.submission.given_out.day_of_sending import RECEIPT, Kept, last_sent, read_json
from generator.submission.kept_from_reader import made_without_contacts, must_not_be_told, unsearched
from generator.submission.parents_copy import BundleReaders, readers_of
from generator.submission.parts.authority_forms import (
    form_cautions,
    form_files_to_send,
    forms_in_bundle,
)
from generator.submission.parts.gather_parts import evidence_parts, gather
from generator.submission.parts.print_parts import Press, bundle_title
from generator.submission.parts.word_parts import word_to_send
from generator.submission.portal_worksheet import questions, worksheet
from generator.submission.submission_files import (
    Out,
    as_json,
    bundle_files,
    cautions_of_today,
    for_people,
    manifest,
    neutral_names,
    sealed,
    write_all,
)
from generator.submission.submission_warnings import Caution, accounts_without, cautions, in_account, words_taken_out
from generator.submission.wish_and_submission import WORKERS_LOAD, Submission, SubmissionWish, submission_folder
from generator.values.formatting import and_list
from generator.values.notice import LOST, Notice


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
    whose = readers_of(_case(loaded), wish.audience, wish.to, project.schemas)
    sent = last_sent(project, loaded.name)
    asked = _Asked(loaded, others, wish, whose, _desk(project, loaded, wish, whose), sent)
    with _press(asked.desk, engine, kept) as press, closing(Children(press.clean_process)) as children:
        press.run = children.run
        made, files, lasting = _made(asked, press, children)
        documents = tuple(account.id for account in made.accounts)
        told = [*lasting, *cautions_of_today(asked.folder, wish.audience, whose, files, documents, sent)]
        if wish.tell:
            wish.tell(told)
        written = [*files, *_manifests(asked, press, made, files, told)]
    write_all(asked.folder / FAULTY if made.failures else asked.folder, written)
    if made.failures:
        raise OurBug("The finished bundle is not as it should be: " + "; ".join(made.failures[:5]))
    return Submission(asked.folder, tuple(files), made.plan.total, documents, tuple(told), tuple(lasting), made)


@dataclass(frozen=True)
class _Asked:
    """Of whom a submission is made, what is wanted of it, who reads it, and what was sent before."""

    loaded: LoadedCase
    others: Sequence[PupilNames]
    wish: SubmissionWish
    whose: BundleReaders
    desk: MergeDesk
    sent: Kept | None

    @property
    def folder(self) -> Path:
        return submission_folder(self.desk.project, self.loaded.name)

    @property
    def receipt(self) -> Mapping[str, Any]:
        """Schools that sent something before copies were kept have it beside the files."""
        return self.sent.receipt if self.sent else read_json(self.folder / RECEIPT)


def _case(loaded: LoadedCase) -> Case:
    assert loaded.case is not None
    return loaded.case


def _desk(project: Project, loaded: LoadedCase, wish: SubmissionWish, whose: BundleReaders) -> MergeDesk:
    """Where the documents for these readers are written."""
    shelf, pack = TemplateShelf(project.template_folders), project.pack_of(_case(loaded))
    desk = MergeDesk(project, whose.seen.case, pack, shelf, frozenset({wish.audience}), whose.reader)
    return replace(desk, summary_first="separate_files" not in wanted_outputs(desk, wish))


@contextlib.contextmanager
def _press(desk: MergeDesk, engine: Engine, kept: KeptResults) -> Iterator[Press]:
    """The press, with workers beside it for an engine that does not stay itself."""
    with place_of_work(engine, loads=WORKERS_LOAD) as site:
        alone = stays(engine, now=True)
        side = SideBySide(desk.project, engine, site) if site and not alone else None
        if side:
            side.site.get_ready()
        drawings = KeptDrawings(engine, kept, side.draw if side else None)
        charts = KEPT.set(kept)
        try:
            yield Press(desk, drawings, side, frozenset(accepted_losses(desk.case)))
        finally:
            KEPT.reset(charts)


def _made(asked: _Asked, press: Press, children: Children) -> tuple[Bundle, list[Out], list[Caution]]:
    """The bundle, every file that may be sent, and the cautions that hold as long as nothing of it changes."""
    desk, wish, whose = asked.desk, asked.wish, asked.whose
    evidence = list(evidence_parts(desk))
    counted = take_ahead(evidence, evidence_options(desk, press, wish, children))
    forms = forms_in_bundle(desk, wish.audience)
    instead = {one.form.instead_of: one.part_id for one in forms if one.form.instead_of}

    def options_of(parts: Sequence[Part]) -> Options:
        return bundle_options(desk, parts, asked.others, press, wish, whose, instead, asked.loaded)

    parts, left_out = gather(
        desk,
        press,
        whose,
        wish.audience,
        asked.receipt,
        forms,
        evidence,
        lambda shapes, wait: foresee(shapes, options_of(shapes), counted(wait)),
    )
    with _earlier_told(asked.folder, whose):
        must_not_be_told(desk.case, whose.reader, parts)
        headings = press.measured_headings({part.id: part.headings for part in parts if part.headings})
        options = replace(
            options_of(parts),
            children=children,
            beside=press.beside,
            measured=press.measured,
            measured_headings=headings,
        )
        made, taken_out = made_without_contacts(
            lambda wanted, without: bundle(wanted, press.front, replace(options, contacts_taken_out=without)), parts
        )
    files = [*_files(press, made, wish, whose), *form_files_to_send(forms)]
    away = (*left_out, *whose.seen.left_out, *_in_no_entry(asked.loaded))
    lasting = [
        *cautions(_case(asked.loaded), desk.case, desk.pack, _day(desk), wish.audience, made, away),
        *form_cautions(forms),
        *taken_out,
        *(unsearched(made) if whose.contacts else ()),
        *_noticed(asked, press, [account.id for account in made.accounts]),
    ]
    return made, files, lasting


def _in_no_entry(loaded: LoadedCase) -> Iterator[str]:
    """The files in evidence/ that evidence.yaml does not name: somebody put them there for the bundle."""
    for problem in loaded.problems:
        if problem.rule == UNLISTED:
            file = problem.path.partition("/evidence/")[2]
            yield f"{file}: no entry of evidence.yaml names this file; describe it there, or move it out of evidence/"


def _day(desk: MergeDesk) -> date:
    """The day of the request."""
    return cast("date", desk.case.data("request")["date"])


def _noticed(asked: _Asked, press: Press, parts: Sequence[str]) -> Iterator[Caution]:
    """Pupils whose names could not be looked for, and what was noticed when our own documents were drawn."""
    for one in asked.others:
        if one.note and one.case != asked.loaded.name:
            yield Caution("other-pupil", one.note)
    for note in noticed_in_order(press, parts):
        yield Caution("lost" if note.kind == LOST else "look", note)


def noticed_in_order(press: Press, parts: Sequence[str]) -> Iterator[Notice]:
    """What was noticed of the bundle's own pages, then of its parts in their order.

    In which order they were drawn is chance: what was drawn ahead comes later than what was not.
    """
    order = {name: number for number, name in enumerate(parts)}
    for _, said in sorted(press.notes.items(), key=lambda one: (order.get(one[0], -1), one[0])):
        yield from said


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
            are, them = ("is", "it") if len(left) == 1 else ("are", "them")
            stop.advice = f"{stop.advice}; {and_list(left)} {are} of an earlier run: do not send {them}".lstrip("; ")
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
    """The documents that the authority wants in Word, named like their PDFs, from what their PDFs were made from."""
    desk = press.desk
    wanted = desk.pack.data.get("bundle", {}).get("word_parts", ())
    name = neutral_names(desk.case, desk.pack)
    inside = {account.id for account in made.accounts}
    return [
        Out(
            f"files/{name(made.plan.item(document.id)).removesuffix('.pdf')}.docx",
            word_to_send(press.words[document.id]),
            "in Word, as the authority asks",
        )
        for document in documents(desk.case, desk.pack)
        if document.kind in wanted and document.id in inside
    ]


def _manifests(asked: _Asked, press: Press, made: Bundle, files: Sequence[Out], told: Sequence[Caution]) -> list[Out]:
    """The account for programs and the page for people; neither is sent, and neither names who was taken out."""
    engine, name, audience = press.engine.about(), f"manifest{asked.whose.ending}", asked.wish.audience
    redacted = words_taken_out(_case(asked.loaded))
    said = in_account(told, audience, redacted)
    made = replace(made, accounts=accounts_without(made.accounts, redacted))
    listed = as_json(manifest(audience, engine, made, files, said, redacted))
    page = for_people(audience, made, files, said)
    page["bundle"]["title"] = bundle_title(press.desk)
    word = press.desk.front("bundle-manifest", "What is in this submission", _day(press.desk), page)
    return [
        Out(f"{name}.json", listed, "the account of everything"),
        Out(f"{name}.pdf", press.print([("bundle-manifest", word)])[0], "the same for people"),
    ]
