"""Giving a document out: one version to one person or to several, each with their own copy and day, kept for good.

Each version has a folder cases/<pupil>/issued/<date>-<document>-v<number>/ with the Word file and the PDF of every
copy, copies of the records that they were made from, and issued.yaml. A copy for one parent shows how to reach nobody
else; where the copies of two people are the same, one file is kept for both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from typing import Any

from generator.build.output_folder import aside, edited_by_hand
from generator.cases.audience import seen_by_all
from generator.cases.case import Case, Data
from generator.cases.family.agreement import agreed_to
from generator.cases.family.contact_details import Reader
from generator.cases.family.family_copies import (
    acts_for,
    addressed,
    must_not_have,
    named_person,
    reaches_family,
    slip_of,
    somebody_else,
)
from generator.cases.family.people import name_of_copy
from generator.documents.catalogue import Document, MergeDesk
from generator.documents.languages.translate import Interpreter
from generator.documents.page_fit import all_fitted, finished, fitted
from generator.engines import Docx, Engine, Failure, drafts
from generator.files.atomic_files import digest, new_folder, write_file
from generator.folder.changing.changes_made import FileChange, remember, steps_since
from generator.folder.load_case import ISSUED, PAPER
from generator.folder.school_folder import Project
from generator.folder.watched_change import remembered
from generator.problems import DocumentsFailed, WrongUse
from generator.records.record import Record, read_record
from generator.submission.given_out.issued_versions import (
    Issued,
    content_mark,
    desk_of,
    find_document,
    inside,
    versions,
)
from generator.submission.given_out.readers_of_copy import EVERYBODY, readers_of_copy
from generator.values.did_you_mean import did_you_mean
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words


@dataclass(frozen=True)
class Handover:
    """To whom a document goes, on which day, and whether it is only a draft."""

    to: str
    on: date
    draft: bool = False


@dataclass(frozen=True)
class Copy:
    """One copy as it was made: to whom it goes and when, the name of its files, its Word file and its PDF."""

    handover: Handover
    stem: str
    word: bytes
    pdf: bytes

    @property
    def row(self) -> dict[str, str]:
        """What issued.yaml says of it."""
        return {"to": self.handover.to, "date": self.handover.on.isoformat(), "file": f"{self.stem}.pdf"}


def issue(project: Project, case: Case, name: str, engine: Engine, *to: Handover) -> Issued:
    """Make a document for everybody whom it goes to, and keep it as one version, whole or not at all.

    Whoever gets the newest version later, unchanged, gets a copy of that version; what was given out just so already
    is that version. Raises WrongUse for an unknown
    document, a person with `copies: no` or another parent’s letter; DocumentsFailed when it cannot be made.
    """
    desk = desk_of(project, case)
    document = find_document(case, desk, name)
    for one in to:
        _may_have(one, document, case)
    _not_edited(project, case, document)
    handovers = [replace(one, to=addressed(one.to, case.data("pupil"))) for one in to]
    before = versions(project, case.name, document.id)
    content = content_mark(desk, document)
    draft = handovers[0].draft or document.status == "draft"
    did = f"Given out: {document.title}, to {and_list(dict.fromkeys(one.to for one in handovers))}"
    if before and _is_done(before[-1], content, "draft" if draft else "final", handovers):
        _note_made_good(project, before[-1], did, len(handovers))
        return before[-1]
    with remembered(project.root, did, f"cases/{case.name}/{ISSUED}"):
        if before and not draft and _is_another_copy(before[-1], content, handovers):
            return _added(project, desk, document, engine, before[-1], handovers)
        return _new_version(project, desk, document, engine, handovers, before, content)


def _may_have(one: Handover, document: Document, case: Case) -> None:
    """Raises WrongUse for somebody who must not have copies, a slip in a name, another's letter, a withheld record."""
    pupil = case.data("pupil")
    if barred := must_not_have(one.to, pupil):
        advice = "Nothing was kept. Give it to somebody else, or change `copies: no` in pupil.yaml if that has changed."
        raise WrongUse(f"pupil.yaml says that {barred} must not be sent copies.", advice)
    if meant := slip_of(one.to, pupil):
        advice = f"Nothing was kept. Did you mean {meant['name']} (--to {meant['id']})? Somebody else is told apart by"
        raise WrongUse(
            f"“{one.to}” is nobody in pupil.yaml.",
            f"{advice} the place: “{one.to}, Northmoor Council”, or by an entry under people.",
        )
    if known := _nobody_known(one, case):
        raise WrongUse(
            f"“{one.to}” is nobody in pupil.yaml or school.yaml.",
            f"Nothing was kept. {known} Somebody else is given with their place, as in “Ms Hill, Northmoor Council”.",
        )
    if document.addressee and (other := somebody_else(one.to, str(document.addressee["id"]), pupil)):
        advice = "Nothing was kept. Each parent has a letter of their own, which may hold an address."
        raise WrongUse(f"{document.id} is addressed to {document.addressee['name']}, not to {other}.", advice)
    groups = readers_of_copy(one.to, case, one.on)
    used = [document.record, *(case.one(kind) for kind in document.row.get("needs", ()))]
    for record in used:
        named = record.data.get("audience") if record else None
        group = next((group for group in groups if named and group not in named), "")
        if record and group and named:
            says = f"it says audience: {', '.join(named)}"
            if groups == EVERYBODY:
                advice = (
                    "Nothing was kept. Say whose they are, as in “Northmoor Council”, or change audience in that file."
                )
                raise WrongUse(
                    f"{record.path} is not for everybody, and nobody can tell who “{one.to}” is: {says}.", advice
                )
            advice = "Nothing was kept. Add them to audience in that file if they may have it."
            raise WrongUse(f"{record.path} is not for {_SAID[group]}: {says}.", advice)


def _nobody_known(one: Handover, case: Case) -> str:
    """Whom a single word may mean that names nobody, as `marta` for marta-brown; "" for whoever is known or described.

    A copy of which nobody can tell who has it helps no one: words of a place or an office say enough.
    """
    word = one.to.strip().casefold()
    if re.search(r"[\s,]", word) or readers_of_copy(one.to, case, one.on) != EVERYBODY:
        return ""
    people = {str(row["id"]): f"{row['name']} {row['id']}" for row in case.data("pupil").get("people", ())}
    near = [name for name, said in people.items() if word in re.split(r"[\s-]+", said.casefold())]
    near = near or did_you_mean(word, people)
    if near:
        return f"Did you mean {' or '.join(f'--to {name}' for name in near)}?"
    if one.to.strip() != word:  # `CAMHS` and `Ofsted` are offices; an id is written small
        return ""
    return f"Those at home are: {', '.join(people)}." if people else "Nobody is written under people."


_SAID = {"parents": "the parents", "pupil": "the pupil", "authority": "the authority"}


def _not_edited(project: Project, case: Case, document: Document) -> None:
    """Raises WrongUse when the document in output/ was edited by hand: what is kept would be without the edit."""
    output = project.root / "output"
    for file in edited_by_hand(output, case.name, (f"{document.id}.docx", f"{document.id}.pdf")):
        when = in_words(date.fromtimestamp(file.stat().st_mtime))
        raise WrongUse(
            f"output/{case.name}/{file.name} was edited by hand on {when}; nothing was issued.",
            "What is given out is made from the files in cases/, so it would be without the edit. Put the change into"
            f" those files, then: sendpack build {case.name} --only {document.kind} --force"
            f" (yours is kept as “{aside(file).name}”).",
        )


# -- making the copies ------------------------------------------------------------------------------------------------


def _copies(
    desk: MergeDesk, document: Document, engine: Engine, handovers: Sequence[Handover], mark: str
) -> list[Copy]:
    """A copy for each; people whose copies say the same have the same file."""
    pupil = desk.case.data("pupil")
    marked = replace(document, mark=mark)
    groups = [readers_of_copy(one.to, desk.case, one.on) for one in handovers]
    readers = [_reader(one, pupil, group) for one, group in zip(handovers, groups, strict=True)]
    desks = [replace(_desk_for(desk, group), reader=reader) for group, reader in zip(groups, readers, strict=True)]
    written = [Interpreter(desk.project).write(one, marked) for one in desks]
    different = list(dict.fromkeys(written))
    made = dict(zip(different, _printed(desk, document, engine, different), strict=True))
    copies: list[Copy] = []
    for handover, reader, word in zip(handovers, readers, written, strict=True):
        apart = len(different) > 1 and reader is not None and reader.person
        stem = f"{document.id}-for-{name_of_copy(reader.person, pupil)}" if apart and reader else document.id
        earlier = next((copy for copy in copies if copy.word == made[word][0]), None)
        copies.append(Copy(handover, earlier.stem if earlier else stem, *made[word]))
    return copies


def _desk_for(desk: MergeDesk, groups: Sequence[str]) -> MergeDesk:
    """The desk with the case as these readers may see it: what a chronology lists is not for everybody."""
    return replace(desk, case=seen_by_all(desk.case, groups, desk.project.schemas)) if groups else desk


def _reader(handover: Handover, pupil: Data, groups: Sequence[str]) -> Reader | None:
    """For whom a copy is made: one person, the family together, or authority and staff, who get it as in output/.

    Who acts for one person at home may know what that person may: no address of the other home. Of whom nobody can
    tell who they are gets what anybody at home may read: no address that one of two homes keeps from the other.
    """
    if person := named_person(handover.to, pupil) or acts_for(handover.to, pupil):
        return Reader(str(person["id"]))
    strangers = tuple(groups) == EVERYBODY
    return Reader() if strangers or reaches_family(handover.to, pupil, handover.on) else None


def _printed(desk: MergeDesk, document: Document, engine: Engine, words: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    """Word files with their PDFs, each on as many pages as the document may have."""
    fittings = []
    drawn = drafts(engine, [Docx(f"{document.id}.docx", word) for word in words])
    for word, made in zip(words, drawn, strict=True):
        if isinstance(made, Failure):
            raise DocumentsFailed(f"{document.id} could not be made: {made.reason}.", "Nothing was kept.")
        fittings.append(fitted(desk.case, document, word, made))
    return [(word, finished(draft).content) for word, draft in all_fitted(engine, fittings)]


# -- keeping them -----------------------------------------------------------------------------------------------------


def _new_version(
    project: Project,
    desk: MergeDesk,
    document: Document,
    engine: Engine,
    handovers: Sequence[Handover],
    before: Sequence[Issued],
    content: str,
) -> Issued:
    first = min(handovers, key=lambda one: one.on)
    number = before[-1].version + 1 if before else 1
    status = "draft" if first.draft or document.status == "draft" else "final"
    mark = f"{status.capitalize()}, version {number}, {in_words(first.on)}"
    copies = _copies(desk, document, engine, handovers, mark)
    files = {f"{copy.stem}.docx": copy.word for copy in copies} | {f"{copy.stem}.pdf": copy.pdf for copy in copies}
    files |= _records(project, desk.case)
    data = {
        "document": document.id,
        "kind": document.kind,
        "title": document.title,
        "version": number,
        "status": status,
        "date": first.on.isoformat(),
        "to": copies[0].handover.to,
        "copies": [copy.row for copy in copies],
        "engine": engine.about(),
        "sendpack": version("sendpack"),
        "pack": f"{desk.pack.id} {desk.pack.data['version']}",
        "template": digest(desk.shelf.find(document.template, desk.pack).read_bytes()),
        "house": digest(desk.shelf.find("house.docx", desk.pack).read_bytes()),
        "content": content,
        "agreed_to": agreed_to(desk.case),
        "files": {file: digest(content) for file, content in files.items()},
    }
    folder = project.cases / desk.case.name / ISSUED / f"{first.on.isoformat()}-{document.id}-v{number}"
    if folder.exists():
        raise WrongUse(f"{folder.name} is there already; nothing was changed.", "Give another day with --date.")
    new_folder(folder, {**files, PAPER: as_yaml(data)})
    return _read_back(project, folder / PAPER)


def _is_done(newest: Issued, content: str, status: str, handovers: Sequence[Handover]) -> bool:
    """True when the newest version ends with these very copies: a run that was cut off behind them is begun again."""
    last = [(str(row["to"]), row["date"]) for row in newest.copies[-len(handovers) :]]
    if last != [(one.to, one.on) for one in handovers] or newest.altered:
        return False
    return bool(newest.data["content"] == content and newest.data["status"] == status)


def _note_made_good(project: Project, version: Issued, did: str, copies: int) -> None:
    """Write what the last copies of a version can be taken back with, where the run was cut off before that."""
    paper = version.folder / PAPER
    place, now = version.folder.relative_to(project.root).as_posix(), digest(paper.read_bytes())
    if any(after == now for _, after in steps_since(project.root, 0).get(f"{place}/{PAPER}", ())):
        return
    earlier, before = version.copies[:-copies], None
    names = {PAPER, *version.data["files"]}
    if earlier:  # copies were added to a version that others hold: only theirs goes
        held = {str(row["file"]) for row in earlier}
        new = {str(row["file"]).removesuffix(".pdf") for row in version.copies[-copies:] if row["file"] not in held}
        names = {f"{stem}.{ending}" for stem in new for ending in ("docx", "pdf")}
        files = {name: mark for name, mark in version.data["files"].items() if name not in names}
        before = as_yaml(_paper(version, earlier, files))
        names.add(PAPER)
    marks = {**version.data["files"], PAPER: now}
    made = [
        FileChange(f"{place}/{name}", before if name == PAPER else None, str(marks[name])) for name in sorted(names)
    ]
    remember(project.root, did, made)


def _paper(version: Issued, copies: Sequence[Mapping[str, Any]], files: Mapping[str, str]) -> dict[str, Any]:
    """What issued.yaml says of a version with these copies and files."""
    rows = [{**row, "date": row["date"].isoformat()} for row in copies]
    return {**version.data, "date": version.data["date"].isoformat(), "copies": rows, "files": dict(files)}


def _is_another_copy(newest: Issued, content: str, handovers: Sequence[Handover]) -> bool:
    """True when the newest version says what would be given out now, and none of these people holds it yet."""
    if newest.data["status"] != "final" or newest.data["content"] != content or newest.altered:
        return False
    holders = {str(row["to"]).casefold() for row in newest.copies}
    return all(one.to.casefold() not in holders and one.on >= newest.data["date"] for one in handovers)


def _added(
    project: Project,
    desk: MergeDesk,
    document: Document,
    engine: Engine,
    version: Issued,
    handovers: Sequence[Handover],
) -> Issued:
    """Copies of a version that was given out to others before; its files stay as they are."""
    mark = f"Final, version {version.version}, {in_words(version.data['date'])}"
    copies = _copies(desk, document, engine, handovers, mark)
    kept = {str(digest_): name for name, digest_ in version.data["files"].items() if name.endswith(".docx")}
    rows: list[Mapping[str, Any]] = []
    files: dict[str, bytes] = {}
    for copy in copies:
        same = kept.get(digest(copy.word))
        stem = same.removesuffix(".docx") if same else _free(copy, version)
        rows.append({**copy.row, "file": f"{stem}.pdf", "date": copy.handover.on})
        if not same:
            files |= {f"{stem}.docx": copy.word, f"{stem}.pdf": copy.pdf}
    for name, content in files.items():
        write_file(version.folder / name, content)
    marks = {**version.data["files"], **{name: digest(content) for name, content in files.items()}}
    write_file(version.folder / PAPER, as_yaml(_paper(version, (*version.copies, *rows), marks)))
    return _read_back(project, version.folder / PAPER)


def _free(copy: Copy, version: Issued) -> str:
    """A name for the files of one more copy, none of those that are kept."""
    taken = set(version.data["files"])
    stems = [copy.stem, *(f"{copy.stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(stem for stem in stems if f"{stem}.docx" not in taken and f"{stem}.pdf" not in taken)


def _read_back(project: Project, file: Any) -> Issued:
    shown = file.relative_to(project.root).as_posix()
    record, problems = read_record(file.read_bytes(), shown, "issued", project.schemas)
    if record is None:
        raise AssertionError(f"{shown}: {problems}")
    return Issued(file.parent, record)


def _records(project: Project, case: Case) -> dict[str, bytes]:
    kept: list[Record] = [*case.records, *([case.school] if case.school else [])]
    return {f"records/{inside(record, case)}": (project.root / record.path).read_bytes() for record in kept}


def as_yaml(data: Mapping[str, Any]) -> bytes:
    """The data as YAML; every text is in JSON's quotes, which YAML has too."""
    lines = ["# Written by sendpack issue. It vouches for the files beside it: do not change it."]
    for key, value in data.items():
        if isinstance(value, Mapping):
            lines.append(f"{key}:" if value else f"{key}: {{}}")
            lines += [f"  {json.dumps(name)}: {json.dumps(mark)}" for name, mark in value.items()]
        elif isinstance(value, list):
            lines.append(f"{key}:" if value else f"{key}: []")
            lines += [f"  - {json.dumps(row, ensure_ascii=False)}" for row in value]
        else:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return ("\n".join(lines) + "\n").encode()
