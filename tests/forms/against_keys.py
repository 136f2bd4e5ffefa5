"""How well forms are learned, measured against keys: `python -m tests.forms.against_keys FOLDER...`.

A folder holds blank forms and beside each `NAME.key.yaml`: `file`, and `places` in reading order, each with a `label`
and what belongs there for Ada. `expect` is the beginning of a text, a list (one for each row), true or false for a box,
`''` for a place that stays empty; `field: 'none: by hand'` is a place for a person, `leave_empty` one of the authority,
`any: true` one where several answers are right. `where` (part and xpath, or a PDF's field) may say where it stands.
What is printed is what nobody found, what is no place, and what is wrong; `SURE` is what would have been filled so.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz

from generator.cli.pupil_commands.through_libreoffice import word_of_other
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.forms.answer_places.place import FormRefused
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.answering.place_answers import answer_of
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import MappedPlace
from generator.forms.authority.learn import learn
from generator.forms.authority.paths import Sources

ROOT = Path(__file__).parent.parent.parent
Key = Mapping[str, Any]
Pair = tuple[MappedPlace | None, Key | None]


@dataclass
class Measured:
    """One form or all: places of the key, how many were found and right, what is no place, what is surely wrong."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    extra: int = 0
    surely_wrong: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, other: Measured) -> None:
        """Count another form's places with these."""
        for name in ("wanted", "found", "right", "extra", "surely_wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def __str__(self) -> str:
        return (
            f"{self.wanted} places, {self.found} found, {self.right} right, {self.extra} more, "
            f"{self.surely_wrong} surely wrong"
        )


def is_right(place: MappedPlace, key: Key, sources: Sources) -> bool:
    """True when a place would get what the key says."""
    if key.get("any"):
        return True
    if "leave_empty" in key:
        return place.office_use or place.by_hand
    if key.get("by_hand") or str(key.get("field", "")).startswith("none"):
        return place.by_hand
    named = key.get("field", "")
    if not place.by_hand and place.fields and place.fields == tuple(named if isinstance(named, list) else [named]):
        return True  # the example school's words may have changed since the key was written
    wanted = key.get("expect", "")
    answer = None if place.by_hand or place.office_use else answer_of(place, sources)
    if isinstance(wanted, bool):
        return answer is wanted or (answer is None and not wanted)
    if wanted in ("", None, []) or "missing" in key:
        return not answer
    if isinstance(wanted, list):
        return isinstance(answer, list) and bool(answer) and _alike(answer[0], wanted[0])
    if isinstance(answer, list):
        answer = answer[0] if answer else ""
    return (answer is True and wanted == "√") or (answer is not None and _alike(answer, wanted))


def _alike(answer: Any, wanted: Any) -> bool:
    one, other = (re.sub(r"\W+", "", str(t)).lower() for t in (answer, wanted))
    return bool(one) and bool(other) and (one.startswith(other) or other.startswith(one))


def aligned(places: Sequence[MappedPlace], keys: Sequence[Key], sources: Sources) -> list[Pair]:
    """Places and keys in their order, each with its partner or with None."""
    worth = [[_worth(p, k, sources) for k in keys] for p in places]
    best = [[0.0] * (len(keys) + 1) for _ in range(len(places) + 1)]
    for i in range(len(places) - 1, -1, -1):
        for j in range(len(keys) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + worth[i][j])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(places) and j < len(keys):
        if best[i][j] == best[i + 1][j + 1] + worth[i][j]:
            pairs.append((places[i], keys[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((places[i], None))
            i += 1
        else:
            pairs.append((None, keys[j]))
            j += 1
    return [*pairs, *((p, None) for p in places[i:]), *((None, k) for k in keys[j:])]


def _worth(place: MappedPlace, key: Key, sources: Sources) -> float:
    points = 0.3 + 0.8 * fuzz.partial_ratio(str(key["label"]).lower(), place.label.lower()) / 100
    return points + (1.0 if is_right(place, key, sources) else 0.0) + (4.0 if _same_place(place, key) else 0.0)


def _same_place(place: MappedPlace, key: Key) -> bool:
    where = key.get("where") or {}
    if where.get("field"):
        return bool(where["field"] == place.where.field and where.get("page", place.where.page) == place.where.page)
    if not where.get("xpath") and not where.get("rows"):
        return False
    mine, theirs = (re.sub(r"\[1\]", "", x) for x in (place.where.xpath, (where.get("rows") or [where["xpath"]])[0]))
    at = where.get("at")
    inside = not at or not place.where.at or at[0] <= place.where.at[0] < at[0] + max(at[1], 1)
    return where.get("part", place.where.part) == place.where.part and mine == theirs and inside


def measured(file: Path, keys: Sequence[Key], sources: Sources) -> Measured:
    """One form against its key."""
    began = time.process_time()
    try:
        blank = read_form_file(file.read_bytes(), file.name, word_of_other)
    except FormRefused as refused:
        return Measured(len(keys), lines=[f"   REFUSED {refused.message}"])
    form = learn(blank, file.stem, "standard", load_dictionary(), date(2026, 11, 29))
    seconds = time.process_time() - began
    found = Measured(len(keys), lines=[f"   {seconds:.2f} s, read as a {form.kind}"])
    for place, key in aligned(form.places, keys, sources):
        if place is None or key is None:
            found.extra += key is None
            found.lines.append(f"   MORE {place.id} {place.label} ({place.how})" if place else f"   MISSED {key!r:.90}")
            continue
        found.found += 1
        if is_right(place, key, sources):
            found.right += 1
            continue
        answer = None if place.by_hand or place.office_use else answer_of(place, sources)
        filled = place.sure and answer not in (None, "", [], False)
        found.surely_wrong += filled
        told = f"{key.get('expect', 'by hand')!r:.50}, not {answer!r:.50} {place.fields}"
        found.lines.append(f"   {'SURE' if filled else 'WRONG'} {place.id} {place.label[:60]}: {told}")
    return found


def main(folders: Sequence[str]) -> None:
    """Measure every form of some folders that has a key, and say the sum."""
    case = load_case(find_project(ROOT), "ada-brown").case
    assert case is not None
    total = Measured()
    for keyed in sorted(k for folder in folders for k in Path(folder).glob("*.key.yaml")):
        data = yaml.safe_load(keyed.read_text(encoding="utf-8"))
        one = measured(keyed.parent / data["file"], data["places"], Sources.of(case))
        total.add(one)
        print(f"{data['file']}: {one}", *one.lines, sep="\n")
    print(f"all: {total}")


if __name__ == "__main__":
    main(sys.argv[1:])
