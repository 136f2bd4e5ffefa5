"""The languages that families' documents can be made in: what each can say, and the texts that a document needs said.

All wording of a language is in one file, templates/words/<language>.yaml: the English of the templates (tags included)
to its translation. What people wrote in the case stays in the language in which they wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.cases.family.people import has_responsibility
from generator.cases.vocabulary import (
    AREA_NOT_KNOWN,
    AREAS,
    DECISIONS,
    KEY_STAGES,
    MEETINGS,
    PFA,
    PROVISION_TYPES,
    ROLES,
    SEN_STATUS,
    STATUS,
)
from generator.documents.catalogue import Document
from generator.documents.languages.english_passages import is_english, marked
from generator.documents.printed_facts.cycle_facts import NOT_REVIEWED
from generator.folder.school_folder import Project
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.record import read_record
from generator.values.did_you_mean import did_you_mean
from generator.values.formatting import Speech

FOLDER = "words"

_OFTEN = (
    "# minutes",
    "# times a week",
    "twice a week",
    "once a week",
    "every second week",
    "once a month",
    "for # weeks",
    "for # week",
)
_YEARS = ("Year #", "Reception", "Nursery #")

VALUES: Mapping[str, Sequence[str]] = {
    "year_group": _YEARS,
    "age_text": ("# years # months", "# years # month"),
    "key_stage": (*KEY_STAGES.values(), "Key stage #"),
    "sen_status": tuple(SEN_STATUS.values()),
    "how_often": _OFTEN,
    "group": ("1 to 1", "group of #"),
    "type_label": tuple(PROVISION_TYPES.values()),
    "area_label": tuple(AREAS.values()),
    "area.label": (*AREAS.values(), AREA_NOT_KNOWN),
    "status_label": (*STATUS.values(), NOT_REVIEWED),
    "decision_label": tuple(DECISIONS.values()),
    "pfa": tuple(PFA.values()),
    "agreed_with": ("parents", "school", "services"),
    "teacher_role": ("Class teacher", "Form tutor"),
    "row.who": ROLES,
    "row.role": ROLES,
    "meeting.title": tuple(MEETINGS.values()),
    "relationship": ("mother", "father", "grandmother", "grandfather", "foster carer", "carer"),
    "document.mark": ("Draft", "Final", "version #"),
    "point.label": ("Start",),
    "chart": ("Line chart of", "Bar chart of", "not reviewed yet", "goal", "attendance"),
}
"""Texts of the program's own that are no template's, by what a template prints to get them; # is a number."""


_ROLE = re.compile(rf"((?i:{'|'.join(sorted(map(re.escape, ROLES), key=len, reverse=True))}))((?: \([^()]+\))?)")
_AS_KNOWN = {role.casefold(): role for role in ROLES}


@dataclass(frozen=True)
class Language:
    """The wording of one language, and the file that it was read from."""

    data: Mapping[str, Any]
    path: str = ""

    @property
    def code(self) -> str:
        """Like pl."""
        return str(self.data["language"])

    @property
    def name(self) -> str:
        """Its English name."""
        return str(self.data["name"])

    @property
    def tag(self) -> str:
        """Language and country, like pl-PL."""
        return str(self.data.get("tag") or self.code)

    @property
    def reviewed(self) -> bool:
        """True once somebody who speaks it has read all of it."""
        return bool(self.data["reviewed"])

    @property
    def rtl(self) -> bool:
        """True for a language that is written from right to left."""
        return bool(self.data["direction"] == "rtl")

    @property
    def wording(self) -> Mapping[str, Any]:
        """The English lines to their translations; one that is not filled in is not among them."""
        return self.data.get("wording") or {}

    def say(self, english: str) -> str | None:
        """The translation of some wording; None where there is none. A number may stand where the file has #."""
        line = " ".join(english.split())
        if said := str(self.wording.get(line) or "").strip():
            return said
        for pattern, said in self._numbered:
            if found := pattern.fullmatch(line):
                return _filled(said, found.groups())
        return None

    def phrase(self, english: str) -> str | None:
        """As `say`, for a value: a date in words, or parts between commas, each on its own."""
        if (said := self.say(english) or self._day(english)) or ", " not in english:
            return said
        parts = [self.phrase(part) for part in english.split(", ")]
        return None if None in parts else ("، " if self.rtl else ", ").join(filter(None, parts))

    def known(self, written: str) -> str:
        """What people wrote, part by part where the wording has it: `mother`; else as they wrote it."""
        return ", ".join(self.phrase(part) or part for part in written.split(", "))

    def role(self, written: str) -> str:
        """A usual role, alone or with who has it in brackets (`Teacher (Mrs Begum)`); else as it was written."""
        found = _ROLE.fullmatch(written)
        said = self.say(_AS_KNOWN.get(found[1].casefold(), "")) if found else None
        return f"{said}{found[2]}" if found and said else written

    @cached_property
    def _numbered(self) -> list[tuple[re.Pattern[str], str]]:
        """The lines with #, those that leave least open first."""
        lines = [(key, str(said).strip()) for key, said in self.wording.items() if "#" in key and said]
        return [
            (re.compile(r"(\d+(?:\.\d+)?)".join(map(re.escape, key.split("#")))), said)
            for key, said in sorted(lines, key=lambda line: line[0].count("#"))
        ]

    def _day(self, text: str) -> str | None:
        months = Speech().months
        found = re.fullmatch(rf"(\d+) ({'|'.join(months)}) (\d{{4}})", text)
        return f"{found[1]} {self.data['months'][months.index(found[2])]} {found[3]}" if found else None


def _filled(said: str, numbers: Sequence[str]) -> str:
    """The numbers in the places of #, in their order; the last one again where there are more places."""
    left = list(numbers)
    return re.sub("#", lambda _: left.pop(0) if len(left) > 1 else left[0], said)


@dataclass
class Spoken:
    """A language while a document is merged: says what it can, and notes what it could not.

    `names` are what an authority calls things in its own way, as One Plan: they stay where there is no translation.
    """

    language: Language
    names: frozenset[str] = frozenset()
    missing: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    @property
    def speech(self) -> Speech:
        """How values are said."""
        data = self.language.data
        return Speech(
            tuple(data["months"]),
            data["yes"],
            data["no"],
            data["and"],
            self.phrase,
            self.language.known,
            None if self.language.rtl else self.phrase,
            self.language.role if self.language.rtl else self.written,
        )

    def phrase(self, english: str) -> str:
        """A text of the program's own in the language; what cannot be said is noted, and stays."""
        if not re.search("[A-Za-z]", english):
            return english
        said = self.language.phrase(english)
        if said is None and english not in self.names:
            self.missing.append(re.sub(r"\d+", "#", english))
        if said is not None:
            self.said.add(said.casefold())
        return english if said is None else said

    def written(self, text: str) -> str:
        """What people wrote: a usual role is said, and what stays in English among the language's words is marked."""
        if (role := self.language.role(text)) != text:
            return role
        months = {str(month).casefold() for month in self.language.data["months"]}
        ours = text.casefold() in self.said or {*months, str(self.language.data["and"])} & set(text.casefold().split())
        return text if ours or self.language.known(text) != text or not is_english(text) else marked(text)


def local_names(pack: Pack, standard: Pack) -> frozenset[str]:
    """What a pack calls things otherwise than the standard one."""
    return frozenset(text for name, text in pack.words.items() if standard.words.get(name) != text)


# -- which there are --------------------------------------------------------------------------------------------------


def languages(project: Project) -> list[str]:
    """The codes of the languages that there are, sorted."""
    files = (path for folder in project.template_folders for path in folder.glob(f"{FOLDER}/*.yaml"))
    return sorted({path.stem for path in files})


def words_file(project: Project, code: str) -> Path:
    """The file of a language, the school's own first. Raises WrongUse when there is none."""
    for folder in project.template_folders:
        if (folder / FOLDER / f"{code}.yaml").is_file():
            return folder / FOLDER / f"{code}.yaml"
    if near := _near(project, code):
        raise WrongUse(f"There is no wording in {code!r}.", f"Did you mean {near}?")
    there = f"There are: {', '.join(languages(project))}. Begin another with: sendpack language new {code} --name NAME"
    raise WrongUse(f"There is no wording in {code!r}.", "English is always made." if code == "en" else there)


def _near(project: Project, written: str) -> str:
    """The code of the language that was meant by its name, `polish`, or in capital letters; empty when none is near."""
    there = languages(project)
    codes = {code: code for code in there}
    for code in there:
        with suppress(FilesHaveErrors):  # one that is not finished is found by its code alone
            codes.setdefault(load_language(project, code).name.lower(), code)
    near = did_you_mean(written.lower(), codes, alike=0.8)
    return codes[near[0]] if near else ""


def load_language(project: Project, code: str) -> Language:
    """The wording of a language. Raises WrongUse when there is none, FilesHaveErrors when its file is wrong."""
    path, shown = words_file(project, code), f"templates/{FOLDER}/{code}.yaml"
    record, problems = read_record(path.read_bytes(), shown, "wording", project.schemas)
    if record is None or any(problem.blocks for problem in problems):
        raise FilesHaveErrors(f"{shown} has errors.", problems=tuple(problems))
    return Language(record.data, shown)


# -- who wants which --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """In which languages a run makes documents beside the English ones.

    `codes` are wanted for everything that is made for families, and for the kinds in `only`; `before` holds the ids of
    documents that were made in a language before and are kept up to date.
    """

    codes: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    before: frozenset[str] = frozenset()


def in_languages(made: Sequence[Document], case: Case, asked: Asked) -> Iterator[Document]:
    """The documents, each followed by itself in the languages that its readers or the run ask for.

    The English one always stays. A translation's id ends in its language: `parent-letter-tomasz-pl`.
    """
    for document in made:
        yield document
        wanted = readers_languages(document, case)
        wanted |= set(asked.codes) if document.row.get("family") or document.kind in asked.only else set()
        wanted |= {code for one in asked.before if (code := _suffix(one, document.id))}
        for code in sorted(wanted - {"en"}):
            yield replace(document, id=f"{document.id}-{code}", language=code)


def _suffix(translated: str, document: str) -> str:
    """`pl` of parent-letter-tomasz-pl beside parent-letter-tomasz; empty when it is no translation of it."""
    head, _, code = translated.rpartition("-")
    return code if head == document else ""


def readers_languages(document: Document, case: Case) -> set[str]:
    """The languages that the pupil's record asks for (`papers_in`) for those whom a family's document is made for."""
    if not document.row.get("family"):
        return set()
    pupil, reader = case.data("pupil"), document.addressee
    people = [row for row in pupil.get("people", ()) if has_responsibility(row) and row.get("copies", True)]
    if reader is not None:
        people = [row for row in people if row["id"] == reader["id"]]
    asking = people if "parents" in document.audience else []
    own = [pupil] if "pupil" in document.audience or (reader is not None and reader["young_person"]) else []
    return {str(one["papers_in"]) for one in (*asking, *own) if one.get("papers_in")}
