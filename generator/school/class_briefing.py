"""Who needs what in a class: one page for an adult who does not know the pupils, such as a supply teacher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.authorities.pack import STANDARD, Pack
from generator.cases import case as c
from generator.cases.case import Case
from generator.cases.dates.age_and_year import year_label
from generator.cases.family.people import known_as
from generator.cases.vocabulary import SEN_STATUS
from generator.documents.template_shelf import TemplateShelf
from generator.documents.templates.render import render
from generator.engines import Docx, Engine, Failure, Pdf
from generator.files.atomic_files import write_file
from generator.folder.school_folder import Project
from generator.problems import DocumentsFailed, WrongUse
from generator.school.not_counted import NotCounted
from generator.values.formatting import and_list

TEMPLATE = "briefing.docx"
BRIEFINGS = "output/classes"
"""Where the pages are written, from the school's folder."""

FEWEST, MOST = 2, 8
"""Lines of advice for each pupil: the page holds as many as fit, and never fewer than the least."""


@dataclass(frozen=True)
class Class:
    """A class and what to know of its pupils, by surname; `lines` is how much advice for each is printed.

    `missing` are pupils of the class whose files have errors: the page names them, with nothing about them.
    """

    name: str
    pupils: tuple[Mapping[str, Any], ...]
    lines: int = MOST
    missing: tuple[NotCounted, ...] = ()

    @property
    def file(self) -> str:
        """The name of its file, without an ending: `briefing-4A`."""
        return "briefing-" + "".join(sign if sign.isalnum() else "-" for sign in self.name)

    def context(self) -> dict[str, Any]:
        """What the template prints."""
        shortened = any(len(pupil["do"]) > self.lines for pupil in self.pupils)
        more = "Only the first lines for each pupil fit on this page; the plans say more." if shortened else ""
        rows = [{**pupil, "do": pupil["do"][: self.lines]} for pupil in self.pupils]
        return {"name": self.name, "pupils": rows, "others": more}


NOT_WRITTEN = "Need not written yet"
"""What stands where a pupil on the register has no need in the records: the pupil is there all the same."""


def classes(
    cases: Sequence[Case], on: date, wanted: Sequence[str] = (), missing: Sequence[NotCounted] = ()
) -> list[Class]:
    """The classes with a pupil who needs something, by name; a pupil without a class stands under the year group.

    Who is on the register needs something, whatever else is written. `missing` are pupils whose files have errors; one
    whose class cannot be read stands on the page of every class.

    Raises WrongUse for a class that is wanted and has no such pupil.
    """
    found: dict[str, list[Case]] = {}
    for case in sorted(cases, key=lambda one: (str(one.data("pupil")["legal_surname"]), one.name)):
        pupil = case.data("pupil")
        on_register = c.sen_status(pupil, on) in ("K", "E")
        in_need = on_register or pupil.get("needs") or case.one("profile")
        if in_need and not c.has_left(pupil, on):
            found.setdefault(str(pupil.get("class") or year_label(pupil["year_group"])), []).append(case)
    for one in missing:
        if one.class_name and one.may_need:
            found.setdefault(one.class_name, [])
    unknown = [name for name in wanted if name not in found]
    if unknown:
        raise WrongUse(
            f"There is no class {unknown[0]} with a pupil who needs something.",
            f"There are: {', '.join(sorted(found))}.",
        )
    names = sorted(name for name in found if not wanted or name in wanted)
    return [
        Class(
            name,
            tuple(_pupil(case, on) for case in found[name]),
            missing=tuple(one for one in missing if one.may_need and one.class_name in (name, "")),
        )
        for name in names
    ]


def _pupil(case: Case, on: date) -> dict[str, Any]:
    """What an adult must know today: not diagnoses, not history, not why."""
    pupil = case.data("pupil")
    status = c.sen_status(pupil, on)
    return {
        "name": known_as(pupil),
        "status": SEN_STATUS[status] if status != "N" else "",
        "adult": pupil.get("key_worker"),
        "needs": [str(need["title"]) for need in pupil.get("needs", ())] or [NOT_WRITTEN] * (status != "N"),
        "do": list(_advice(case)),
    }


def _advice(case: Case) -> Iterator[str]:
    """What the pupil asks for first, then the adjustments of the plan; nothing that the school must not hand on."""
    for kind in ("profile", "plan"):
        data = case.data(kind)
        if "school" not in data.get("audience", ("school",)):
            continue
        yield from (str(line) for line in data.get("how_to_support_me", ()))
        yield from (str(row["adjustment"]) for row in data.get("adjustments", ()))


def briefing(project: Project, pack: Pack, shelf: TemplateShelf, one: Class, on: date) -> bytes:
    """The page of one class as a Word file."""
    title = f"Who needs what in {one.name}"
    document = {
        "id": "briefing",
        "kind": "briefing",
        "title": title,
        "date": on,
        "version": "",
        "status": "",
        "bundled": False,
        "mark": "",
        "not_counted": _not_on_it(one.missing),
    }
    context = {
        "school": project.view(project.school, "school"),
        "words": dict(pack.words),
        "document": document,
        "facts": {"full_name": ""},
        "briefing": one.context(),
    }
    return render(shelf.get(TEMPLATE, pack), context)


def _not_on_it(missing: Sequence[NotCounted]) -> str:
    """Whom the page cannot tell of, for an adult who stands before the class."""
    names = and_list([pupil.name or pupil.case for pupil in missing])
    return f"Not on this page, because their files have errors: {names}. Ask about them at the office." if names else ""


def fitted(
    project: Project, pack: Pack, shelf: TemplateShelf, one: Class, on: date, engine: Engine
) -> tuple[bytes, Pdf]:
    """The page as Word file and PDF, with as many lines for each pupil as fit on one page.

    With the fewest lines it may still have more pages: that many pupils need a second one. Raises DocumentsFailed.
    """
    for lines in range(MOST, FEWEST - 1, -1):
        word = briefing(project, pack, shelf, replace(one, lines=lines), on)
        pdf = _converted(one, word, engine)
        if pdf.pages == 1:
            break
    return word, pdf


def write_briefings(project: Project, found: Sequence[Class], on: date, engine: Engine) -> Iterator[tuple[Class, Pdf]]:
    """The pages of classes written to output/classes, each told when it is there. Raises DocumentsFailed."""
    pack_id = str(project.school.data["authority"]) if project.school else STANDARD
    pack, shelf = project.pack(pack_id), TemplateShelf(project.template_folders)
    for one in found:
        word, pdf = fitted(project, pack, shelf, one, on, engine)
        write_file(project.root / BRIEFINGS / f"{one.file}.docx", word)
        write_file(project.root / BRIEFINGS / f"{one.file}.pdf", pdf.content)
        yield one, pdf


def _converted(one: Class, word: bytes, engine: Engine) -> Pdf:
    (result,) = engine.convert([Docx(one.file, word)])
    if isinstance(result, Failure):
        raise DocumentsFailed(f"{one.file} could not be made: {result.reason}")
    return result
