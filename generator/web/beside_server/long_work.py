"""What the process beside the server does for a button: the same doors as the commands, plain values in and out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.build.build_documents import Order, build
from generator.build.out_of_date import Outcome
from generator.bundle import Options, Part
from generator.bundle.evidence.intake import take_all
from generator.cases.case import has_left
from generator.cases.dates.age_and_year import year_label
from generator.cases.family.contact_details import addresses_of
from generator.cases.family.people import known_as, of_whom, told_apart
from generator.documents.template_authoring import check, find_templates, preview
from generator.engines import Docx, Engine, Failure, Pdf, choose
from generator.engines.pdf.page_view import page_view
from generator.files.user_files import hand_over
from generator.folder.load_case import load_case
from generator.folder.pupil_names import names_in_school
from generator.folder.school_folder import LoadedCase, Project, case_names, find_project
from generator.folder.watched_change import remembered
from generator.problems import FilesHaveErrors, WrongUse
from generator.school.calendar.new_year import Move, first_day, last_of, move, still_needed, write_move
from generator.school.calendar.termly import open_cycles
from generator.school.class_briefing import BRIEFINGS, classes, write_briefings
from generator.school.imports.incoming_pupil import meaning
from generator.school.not_counted import not_counted
from generator.submission.given_out.give_out import Handover
from generator.submission.given_out.give_out import issue as give_out_copy
from generator.submission.given_out.issued_versions import page, since
from generator.submission.kept_from_reader import readers_at_home
from generator.submission.submission_warnings import HEADS
from generator.submission.submit_request import kept_results, submit
from generator.submission.wish_and_submission import Submission, SubmissionWish
from generator.values.counts import counted_things
from generator.values.parsing import Unreadable
from generator.web.beside_server.came import Came, Told
from generator.web.wording import sentences

PICTURES = 12
"""Pages of a piece of evidence that are shown as pictures."""


@contextmanager
def _engine() -> Iterator[Engine]:
    engine = choose()
    try:
        yield engine
    finally:
        engine.close()


def make_documents(root: Path, names: Sequence[str], force: bool = False, only: tuple[str, ...] = ()) -> Came:
    """Make every document that is out of date, as `sendpack build`."""
    project = find_project(root)
    _usable(project)
    with _engine() as engine:
        outcomes = build(project, list(names), engine, Order(only=only, force=force), lambda _: None)
        told = [Told("plain", f"PDFs by {engine.about()}.")]
    changed = {one.case for one in outcomes if one.state != "unchanged"}
    return Came((*_outcomes(outcomes, [load_case(project, name) for name in sorted(changed)], len(names) > 1), *told))


def _usable(project: Project) -> None:
    if project.school is None or any(problem.blocks for problem in project.school_problems):
        raise FilesHaveErrors("The school’s own file has errors.", problems=project.school_problems)


def _outcomes(outcomes: Sequence[Outcome], loaded: Sequence[LoadedCase], named: bool) -> Iterator[Told]:
    """A line for each document that something came of, with whose copy it is; `named` also says of which pupil."""
    pupils = {one.name: one.readable.data("pupil") for one in loaded if one.readable}
    kinds = {"made": "done", "failed": "wrong", "broken": "wrong", "kept": "look", "left": "look", "withheld": "look"}
    unchanged = sum(outcome.state == "unchanged" for outcome in outcomes)
    for outcome in outcomes:
        if outcome.state != "unchanged":
            pages = f", {outcome.pages} page{'s' * (outcome.pages != 1)}" if outcome.pages else ""
            reason = f" ({outcome.reason})" if outcome.reason else ""
            pupil = pupils.get(outcome.case, {})
            whose = f", for {person}" if (person := of_whom(outcome.document, pupil)) else ""
            of = f" of {known_as(pupil)}" if named and pupil else ""
            yield Told(kinds.get(outcome.state, "plain"), f"{outcome.state}: {outcome.title}{of}{whose}{pages}{reason}")
        yield from (Told("wrong", str(problem)) for problem in outcome.problems if problem.blocks)
        yield from (Told("look", f"{outcome.title}: {warning}") for warning in outcome.warnings)
    if unchanged:
        yield Told("plain", f"{unchanged} unchanged.")


def give_out(root: Path, name: str, document: str, to: Sequence[str], on: date, draft: bool) -> Came:
    """Keep what is given out, as `sendpack issue`."""
    project = find_project(root)
    loaded = _whole(project, name)
    assert loaded.case is not None
    with _engine() as engine:
        made = give_out_copy(project, loaded.case, document, engine, *(Handover(one, on, draft) for one in to))
    place = made.folder.relative_to(project.root).as_posix()
    files = dict.fromkeys(str(row["file"]) for row in made.copies)
    words = "This copy is never changed. Hand over or send this PDF, and no other: that is yours to do."
    return Came((Told("done", str(made)), Told("plain", words)), tuple((file, f"{place}/{file}") for file in files))


def _whole(project: Project, name: str) -> LoadedCase:
    loaded = load_case(project, name)
    if loaded.case is None:
        raise FilesHaveErrors("The pupil’s files have errors: mend them first.", problems=loaded.problems)
    return loaded


def make_bundle(root: Path, name: str, wish: SubmissionWish) -> Came:
    """Make the request's bundle, as `sendpack bundle`; everything to know before it is sent is told first."""
    project = find_project(root)
    _usable(project)
    loaded = _whole(project, name)
    assert loaded.case is not None
    readers = readers_at_home(loaded.case) if wish.audience == "parents" and not wish.to else []
    people = {str(row["id"]): str(row["name"]) for row in loaded.case.data("pupil").get("people", ())}
    told: list[Told] = []
    files: list[tuple[str, str]] = []
    with _engine() as engine:
        for reader in readers or [wish.to]:
            made = submit(project, loaded, lambda: names_in_school(project), engine, replace(wish, to=reader))
            told += _of_bundle(made, people.get(reader, ""))
            folder = made.folder.relative_to(project.root).as_posix()
            whose = f", for {people[reader]}" if reader in people else ""
            files += [(f"{file.name}: {file.what}{whose}", f"{folder}/{file.name}") for file in made.files]
            account = f"{folder}/manifest{made.file.stem.removeprefix('bundle')}.pdf"
            if (project.root / account).is_file():
                copy = f" of the copy for {people[reader]}" if reader in people else ""
                files.append((f"the account of every file{copy}, for you", account))
        told.append(Told("plain", f"Made with {engine.about()}."))
    return Came(tuple(told), tuple(files))


_NOT_TO_BE_MISSED = ("to-fill-in", "other-pupil", "contact")
"""What would be read by somebody else as it is: empty places, other children, the other home."""


def _of_bundle(made: Submission, person: str) -> Iterator[Told]:
    whose = f"For {person}: " if person else ""
    yield Told("done", f"{whose}{counted_things(made.pages, 'page')}, {counted_things(len(made.documents), 'part')}.")
    for kind, head in HEADS.items():
        weight = "wrong" if kind in _NOT_TO_BE_MISSED else "look"
        found = [one.text for one in made.cautions if one.kind == kind]
        if kind == "missing" and found:  # each with its reason and the way to it on the page that this was begun from
            yield Told(weight, f"{whose}{head}: {counted_things(len(found), 'thing')}, which the page before lists")
        else:
            yield from (Told(weight, f"{whose}{head}: {text}") for text in found)


def look_at_evidence(root: Path, name: str, file: str, title: str, redact: tuple[str, ...]) -> Came:
    """One file of evidence as it would go into the bundle: what intake says, and its pages as pictures.

    Names that are to be taken out are black boxes on the pictures, as in the bundle.
    """
    case = load_case(find_project(root), name).readable
    addresses = tuple((one.written, one.rest) for one in addresses_of(case)) if case else ()
    part = Part("look", "", title, root / "cases" / name / "evidence" / file, redact=redact, addresses=addresses)
    with _engine() as engine:

        def convert(texts: Sequence[tuple[str, bytes]]) -> Sequence[Pdf | Failure]:
            return list(engine.convert([Docx(one, content) for one, content in texts]))

        options = Options(title, kept=kept_results(find_project(root), name), convert=convert, engine=engine.about())
        [taken] = take_all([part], options)
    if taken.refused is not None:
        return Came((Told("wrong", sentences(f"{file} {taken.refused.message}", taken.refused.hint)),))
    account = taken.account
    told = [Told("done", f"{file}: {account.kind}, {account.pages} page{'s' * (account.pages != 1)}, can go in.")]
    told += [Told("look", str(warning)) for warning in account.warnings]
    told += [Told("plain", words) for words in (*account.done, *(f"taken out: {one}" for one in account.removed))]
    views = [page_view(taken.content, (), number, 600) for number in range(min(account.pages, PICTURES))]
    shown = tuple((view.png, f"Page {view.page + 1} of {view.pages} of {title}") for view in views)
    return Came(tuple(told), pictures=shown)


def _here(project: Project, on: date) -> list[LoadedCase]:
    """Every pupil's files, without those of pupils who have left."""
    loaded = [load_case(project, name) for name in case_names(project)]
    return [one for one in loaded if one.case is None or not has_left(one.case.data("pupil"), on)]


def termly_round(root: Path, on: date, write: bool) -> Came:
    """Open the next cycle where it is due, and make all documents, as `sendpack termly`."""
    project = find_project(root)
    _usable(project)
    loaded = _here(project, on)
    cases = [one.case for one in loaded if one.case]
    told = []
    with remembered(root, "Next cycles opened", *(["cases"] if write else [])):
        opened = list(open_cycles(project, cases, on, write=write))
    for step in opened:
        if step.opens:
            words = "the next cycle is open" if write else "the next cycle would be opened"
            told.append(Told("done" if write else "plain", f"{step.name}: {words}"))
        elif step.first:
            told.append(Told("look", f"{step.name}: {step.first}"))
    told += [Told("wrong", f"{one.name}: its files have errors") for one in loaded if one.case is None]
    if write:
        with _engine() as engine:
            outcomes = build(project, [one.name for one in loaded if one.case], engine, Order(), lambda _: None)
        told += _outcomes(outcomes, loaded, named=True)
    return Came(tuple(told) or (Told("plain", "No cycle is due to be opened."),))


def show_house_style(root: Path) -> Came:
    """Every style of the school's house.docx as pages, as `sendpack template style`."""
    project = find_project(root)
    [found] = find_templates(project, ["house"], root)
    loaded = (load_case(project, name) for name in case_names(project))
    case = next((one.case for one in loaded if one.case), None)
    if case is None:
        raise FilesHaveErrors("There is no pupil to try it on.")
    with _engine() as engine:
        [made] = engine.convert([Docx("house-style.docx", preview(project, case, found))])
    if isinstance(made, Failure):
        return Came((Told("wrong", made.reason),))
    views = [page_view(made.content, (), number, 600) for number in range(min(made.pages, PICTURES))]
    told = [Told("look", warning) for warning in made.warnings]
    return Came(tuple(told), pictures=tuple((view.png, f"House style, page {view.page + 1}") for view in views))


def new_year(root: Path, on: date, write: bool, stay: Sequence[str], last_year: str) -> Came:
    """Every pupil's next year group, shown or written, as `sendpack new-year`."""
    project = find_project(root)
    school = project.school_data
    try:
        last = meaning("year", last_year) if last_year else last_of(school)
    except Unreadable as error:
        raise WrongUse(f"{error.message}.", error.hint) from None
    loaded = _here(project, on)
    cases = [one.case for one in loaded if one.case]
    year = first_day(on)
    names = told_apart({case.name: case.data("pupil") for case in cases})
    steps = [replace(move(case, year, last, stay), name=names[case.name]) for case in cases]
    steps.sort(key=lambda one: one.name)
    with remembered(root, f"Moved up to the school year {year:%Y}", *(["cases"] if write else [])):
        told = [line for step in steps for line in _moved(project, step, year, write)]
    told += [Told("wrong", f"{one.name}: its files have errors") for one in loaded if one.case is None]
    return Came((*told, *(Told("look", f"needed: {line}") for line in still_needed(school, cases, year))))


def _moved(project: Project, step: Move, year: date, write: bool) -> Iterator[Told]:
    if step.leaves:
        yield Told("look", f"{step.name} leaves after {year_label(step.before)}: send the file on")
    elif step.after is not None:
        fault = write_move(project, step, year) if write else ""
        words = f"{step.name}: {year_label(step.before)} → {year_label(step.after)}"
        yield Told("wrong" if fault else "done" if write else "plain", f"{words}; {fault}" if fault else words)
    elif step.note:
        yield Told("look", f"{step.name} {step.note}")


def class_briefings(root: Path, wanted: Sequence[str], on: date) -> Came:
    """A page for each class, as `sendpack briefing`."""
    project = find_project(root)
    _usable(project)
    loaded = _here(project, on)
    missing = not_counted(project, [one.name for one in loaded if one.case is None], on)
    found = classes([one.case for one in loaded if one.case], on, wanted, missing)
    told, files = [], []
    with _engine() as engine:
        for one, pdf in write_briefings(project, found, on, engine):
            more = "" if pdf.pages == 1 else f", {pdf.pages} pages: too many pupils for one"
            told.append(Told("done", f"{one.name}: {len(one.pupils)} pupil{'s' * (len(one.pupils) != 1)}{more}"))
            told += [Told("look", f"{one.name}: {warning}") for warning in pdf.warnings]
            files.append((f"{one.name}, PDF", f"{BRIEFINGS}/{one.file}.pdf"))
    return Came(tuple(told), tuple(files))


def print_changes(root: Path, name: str, document: str, number: int, on: date) -> Came:
    """A page for a meeting of what is different since a document was given out, as `sendpack changes --print`."""
    project = find_project(root)
    loaded = _whole(project, name)
    assert loaded.case is not None
    word = page(project, loaded.case, document, since(project, loaded.case, document, number), on)
    with _engine() as engine:
        [made] = engine.convert([Docx(f"changes-{document}.docx", word)])
    if isinstance(made, Failure):
        return Came((Told("wrong", made.reason),))
    inside = f"output/{name}/changes-{document}"
    for ending, content in ((".docx", word), (".pdf", made.content)):
        hand_over(project.root, project.root / f"{inside}{ending}", content)
    return Came(
        tuple(Told("look", str(warning)) for warning in made.warnings),
        (("The page, PDF", f"{inside}.pdf"), ("Word", f"{inside}.docx")),
    )


def check_templates(root: Path) -> Came:
    """What is wrong with every template, the school's own first, as `sendpack template check`."""
    project = find_project(root)
    found = sorted(find_templates(project, (), root), key=lambda one: one.comes_with_the_program)
    told = [
        Told("wrong" if problem.blocks else "look", str(problem)) for one in found for problem in check(project, one)
    ]
    return Came((Told("done", f"Checked {counted_things(len(found), 'template')}."), *told))
