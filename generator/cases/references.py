"""Ids that records define and cite: each is defined once, and everything cited exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.cases.case import file_id
from generator.problems import Problem
from generator.records.record import Record, Schemas, marked
from generator.values.did_you_mean import did_you_mean

WITHIN_ONE_FILE = {"target", "provision"}
"""Groups whose ids belong to one cycle: each cycle may use the same names again."""

BY_FILE_NAME = {"cycle": "cycle", "meeting": "meeting"}
"""Groups that are cited by the name of a file of this kind."""

DEFINED_IN = {
    "need": "pupil.yaml under needs",
    "agency": "pupil.yaml under agencies",
    "person": "pupil.yaml under people",
    "outcome": "plan.yaml under outcomes",
    "evidence": "evidence.yaml under items",
    "staff": "school.yaml under staff",
    "provision": "this file under plan, provision",
    "target": "this file under plan, targets",
    "cycle": "the folder cycles",
    "meeting": "the folder meetings",
}

_OF_SCHOOL = {group for group, home in DEFINED_IN.items() if home.startswith("school.yaml")}


@dataclass(frozen=True)
class _Mention:
    """An id defined or cited: which group, which word, in which record, where."""

    group: str
    word: str
    record: Record
    keys: tuple[str | int, ...]

    def problem(self, rule: str, message: str, hint: str) -> Problem:
        return Problem.at(self.record, self.keys, "data", rule, message, hint)


def broken_references(records: Sequence[Record], school: Record | None, schemas: Schemas) -> list[Problem]:
    """Ids of a case that are defined twice or cited without being defined, each at its place.

    While school.yaml is not there or has errors, which are told, nobody knows what it defines: that is not missed.
    """
    defined, cited = _mentions(records, schemas)
    if school:
        defined += _defined_by_school(school, schemas)
    elif not any(record.kind == "school" for record in records):
        cited = [mention for mention in cited if mention.group not in _OF_SCHOOL]
    known: dict[tuple[str, str], list[_Mention]] = {}
    for mention in defined:
        known.setdefault(_scope(mention), []).append(mention)
    files = {(group, ""): [file_id(r) for r in records if r.kind == kind] for group, kind in BY_FILE_NAME.items()}
    words = {scope: [m.word for m in mentions] for scope, mentions in known.items()} | files
    for record in records:  # of a row that waits it is told that it waits, and at no other place
        for group, word in record.waiting_ids:
            words.setdefault((group, record.path if group in WITHIN_ONE_FILE else ""), []).append(word)
    return sorted([*_twice(known), *_missing(cited, words)])


_SCHOOLS: dict[int, tuple[Record, list[_Mention]]] = {}
"""The ids of the last school seen, by the identity of its record: every case of a school asks for the same."""


def _defined_by_school(school: Record, schemas: Schemas) -> list[_Mention]:
    held = _SCHOOLS.get(id(school))
    if held is None or held[0] is not school:
        _SCHOOLS.clear()
        held = _SCHOOLS[id(school)] = school, _mentions([school], schemas)[0]
    return held[1]


def _mentions(records: Sequence[Record], schemas: Schemas) -> tuple[list[_Mention], list[_Mention]]:
    defined, cited = [], []
    for record in records:
        for keys, value, schema in marked(record, schemas, ("x-id", "x-ref")):
            if isinstance(value, str):
                if "x-id" in schema:
                    defined.append(_Mention(schema["x-id"], value, record, keys))
                if "x-ref" in schema:
                    cited.append(_Mention(schema["x-ref"], value, record, keys))
    return defined, cited


def _scope(mention: _Mention) -> tuple[str, str]:
    return mention.group, mention.record.path if mention.group in WITHIN_ONE_FILE else ""


def _twice(known: Mapping[tuple[str, str], list[_Mention]]) -> Iterator[Problem]:
    for mentions in known.values():
        first: dict[str, _Mention] = {}
        for mention in mentions:
            earlier = first.setdefault(mention.word, mention)
            if earlier is not mention:
                line = earlier.record.place(*earlier.keys).line
                where = f"line {line}" if earlier.record is mention.record else f"{earlier.record.path}, line {line}"
                message = f"the {mention.group} id `{mention.word}` is used twice: it is already at {where}"
                yield mention.problem("id-twice", message, "give one of them another id")


def _missing(cited: Sequence[_Mention], words: Mapping[tuple[str, str], list[str]]) -> Iterator[Problem]:
    for mention in cited:
        there = words.get(_scope(mention), [])
        if mention.word not in there:
            near = did_you_mean(mention.word, there)
            home = DEFINED_IN.get(mention.group, "another file")
            listed = f"there are: {', '.join(sorted(set(there)))}" if there else f"add it to {home}"
            hint = f"did you mean `{near[0]}`?" if near else listed
            message = f"there is no {mention.group} with the id `{mention.word}` in {home}"
            yield mention.problem("id-unknown", message, hint)
