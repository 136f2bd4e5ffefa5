"""For whoever translates: the lines a document needs, those a language has not, a file to begin a language with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.authorities.pack import STANDARD, Pack, load_pack
from generator.documents.catalogue import worded
from generator.documents.languages.language import FOLDER, VALUES, Language, languages, local_names
from generator.documents.languages.translate import lines_of, text_in
from generator.documents.template_shelf import TemplateShelf
from generator.documents.templates.render import dressed
from generator.files.atomic_files import write_file
from generator.folder.school_folder import Project
from generator.problems import WrongUse
from generator.records.schema.schema_files import Schemas
from generator.values.formatting import label

FAMILY, FIRST_PAGE = "bundle-family", "About this copy"
"""The first page of a bundle's copy for home, and what it is called: in no pack, and for families all the same."""


@dataclass(frozen=True)
class LanguageStanding:
    """How far one document is in a language."""

    id: str
    title: str
    lines: tuple[str, ...]
    missing: tuple[str, ...]


def pack_of_school(project: Project) -> Pack:
    """The school's authority pack; the standard one where none is named."""
    wanted = project.school.data.get("authority") if project.school else None
    return load_pack(str(wanted or STANDARD), project.template_folders, project.schemas)


def standings(project: Project, language: Language, pack: Pack) -> list[LanguageStanding]:
    """Every document for families with the lines that it needs, and those that the language has not.

    What an authority calls things in its own way need not be translated.
    """
    names = local_names(pack, load_pack(STANDARD, project.template_folders, project.schemas))
    rows = [(row, title, [line for line in lines if line not in names]) for row, title, lines in needed(project, pack)]
    return [
        LanguageStanding(
            row, title, tuple(lines), tuple(one for one in lines if language.phrase(_with_numbers(one)) is None)
        )
        for row, title, lines in rows
    ]


def _with_numbers(line: str) -> str:
    """A line as it is met: with figures where a language's file has #."""
    return line.replace("#", "5")


def needed(project: Project, pack: Pack) -> list[tuple[str, str, tuple[str, ...]]]:
    """The id, title and lines of every document for families, in the pack's order, and of the first page of a copy."""
    shelf = TemplateShelf(project.template_folders)
    rows: list[Mapping[str, Any]] = [row for row in pack.documents if row.get("family")]
    rows.append({"id": FAMILY, "title": FIRST_PAGE, "template": f"{FAMILY}.docx"})
    return [(str(row["id"]), worded(str(row["title"]), pack.words), _lines(project, shelf, pack, row)) for row in rows]


def _lines(project: Project, shelf: TemplateShelf, pack: Pack, row: Mapping[str, Any]) -> tuple[str, ...]:
    package = dressed(shelf.find(str(row["template"]), pack), shelf.find("house.docx", pack))
    text = text_in(package)
    words = [pack.words[name] for name in re.findall(r"\bwords\.(\w+)", text) if name in pack.words]
    values = [line for name, lines in VALUES.items() if _prints(text, name) for line in lines]
    labels = [
        label(one) for name in re.findall(r"\b(\w++)\s*+\|\s*+label\b", text) for one in _choices(project.schemas, name)
    ]
    title = worded(str(row["title"]), pack.words)
    return tuple(dict.fromkeys([title, *lines_of(package), *words, *values, *labels, "Not known"]))


def _prints(text: str, name: str) -> bool:
    return bool(re.search(r"\|\s*chart\b" if name == "chart" else rf"\b{re.escape(name)}\b", text))


@lru_cache(maxsize=256)
def _choices(schemas: Schemas, name: str) -> tuple[str, ...]:
    """Every word that a property of this name may have, in any schema."""
    found: dict[str, None] = {}
    waiting: list[Any] = list(schemas.files.values())
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            held = one.get("properties", {}).get(name, {}) if isinstance(one.get("properties"), Mapping) else {}
            found |= dict.fromkeys(held.get("enum", ()))
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return tuple(sorted(found))


def unused(project: Project, language: Language, packs: Sequence[Pack]) -> list[str]:
    """Lines of a language that no document for families prints: their English was changed, most probably."""
    used = {_bare(line) for pack in packs for _, _, lines in needed(project, pack) for line in lines}
    return [line for line in language.wording if _bare(line) not in used]


def _bare(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def to_fill_in(lines: Sequence[str]) -> Iterator[str]:
    """Lines as they stand in a language's file, the translation left empty."""
    for line in lines:
        yield f"  {json.dumps(line, ensure_ascii=False)}:"


# -- a new language ---------------------------------------------------------------------------------------------------

_HEAD = """\
# yaml-language-server: $schema=../../schemas/wording.schema.json
# All wording of families' documents in {name}. Left of the colon stands the English: leave it as it is. Write the
# translation to its right, in quotes. {{{{ … }}}} and {{% … %}} are filled in by the program: keep them, and put them
# where {name} wants them. ** stands around what is bold. # is a number. Choose words that are right for any child.
# `sendpack language check {code}` says what is missing. A document is made only when all of its lines are there.
language: {code}
tag: {code}              # with the country, as Word wants it, like pl-PL
name: {name}
reviewed: no            # yes once somebody who speaks {name} has read all of it
direction: {direction}
draft_note: "Draft translation, not reviewed"
# The twelve months as they stand in a date, January first, like [stycznia, lutego, …]; then yes, no and "and".
months:
yes:
no:
and:
wording:
"""


def begin(project: Project, code: str, name: str, rtl: bool) -> str:
    """Write the file of a new language with every line to fill in; gives its path in the school's folder.

    Raises WrongUse when the language is there already: what somebody translated is never overwritten.
    """
    shown = f"templates/{FOLDER}/{code}.yaml"
    if code == "en" or code in languages(project):
        raise WrongUse(f"There is wording in {code} already.", f"See what it lacks: sendpack language check {code}")
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise WrongUse(f"{code!r} is not the code of a language.", "Two or three small letters, like pl, ur or cy.")
    text = _HEAD.format(code=code, name=name, direction="rtl" if rtl else "ltr")
    told: set[str] = set()
    for _, title, lines in needed(project, pack_of_school(project)):
        fresh = [line for line in lines if line not in told]
        told |= set(fresh)
        text += "\n".join([f"\n  # {title}", *to_fill_in(fresh), ""])
    write_file(project.root / "templates" / FOLDER / f"{code}.yaml", text.encode())
    return shown
