"""One row of provision in a running cycle: what it says in its fields and its words, and which parts it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.cases.case import by_id, is_reviewed
from generator.records.record import Record
from generator.rules.grammar.provision_sentence import (
    is_general,
    says_expertise,
    says_group_size,
    says_how_long,
    says_how_often,
    says_until_when,
    says_who,
    vague_phrase,
)
from generator.rules.grammar.rewrite import supplied, without
from generator.rules.rule import Finding, View

TAUGHT = ("group", "one_to_one", "specialist")
QUANTITY = ("how often", "for how long", "until when")

_GENERIC = re.compile(
    r"^(?:(?:ta|lsa|hlta|1 ?: ?1|one[- ]to[- ]one|in[- ]class|small|group|extra|additional|adult|classroom|"
    r"curriculum|reading|literacy|numeracy|maths|english|language|emotional|pastoral|behaviour|bespoke|general|"
    r"individual|personalised|targeted|daily|weekly|regular|academic|learning|and|&|a|range|of)[ ,]*)*(?:support|"
    r"help|tas?|lsas?|interventions?|work|provision|timetable|time|sessions?|input|assistance)$|"
    r"^[\w-]+ (?:support|help|provision)$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:an? |any |all |members? of |available |key |school |class |support |other |the )*(?:staff|adults?|school|"
    r"someone|somebody|anyone|tbc|tba|to be (?:confirmed|arranged)|various|n/?a|\?+|team)\W*$",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"^\W*(?:tbc|tba|to be (?:confirmed|arranged|agreed)|\?+|n/?a)\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Offer:
    """A row of provision and where it stands; `trained` when school.yaml lists a training of its member of staff."""

    record: Record
    keys: tuple[str | int, ...]
    row: Any
    child: str
    trained: bool

    @property
    def name(self) -> str:
        return f"“{self.row['title']}”"

    @property
    def told(self) -> tuple[str, ...]:
        """Title and description."""
        return tuple(str(self.row[key]) for key in ("title", "description") if key in self.row)

    @cached_property
    def words(self) -> str:
        """Everything the row says in words about what happens and when."""
        return " · ".join(str(self.row[key]) for key in ("title", "description", "when", "where") if key in self.row)

    @property
    def is_taught(self) -> bool:
        return self.row["type"] in TAUGHT

    @cached_property
    def vague(self) -> str:
        """The phrase that stands where a number should be; in what is taught only while a number is missing."""
        unquantified = not self.is_taught or {"how often", "for how long"} & set(self.lacks)
        return vague_phrase(self.words) if unquantified else ""

    @cached_property
    def lacks(self) -> tuple[str, ...]:
        """Which parts are missing, in the order in which a sentence would say them."""
        return tuple(self._taught() if self.is_taught else self._always_there())

    def _taught(self) -> Iterator[str]:
        row, words = self.row, self.words
        given_by = str(row["delivered_by"])
        hours = "hours_a_week" in row
        if _GENERIC.match(str(row["title"]).strip(" .")) and not self._is_described():
            yield "what"
        elsewhere = says_who(words, self.child) and not _NOT_YET.match(given_by)
        if "staff" not in row and _NOBODY.match(given_by) and not elsewhere:
            yield "who"
        if "expertise" not in row and not self.trained and not says_expertise(f"{words} · {given_by}"):
            yield "expertise"
        if row["type"] == "group" and "group_size" not in row and not says_group_size(words):
            yield "group"
        if not (hours or "times_a_week" in row or says_how_often(words)):
            yield "how often"
        if not (hours or "minutes" in row or says_how_long(words)):
            yield "for how long"
        if not ("weeks" in row or "to" in row or says_until_when(words)):
            yield "until when"

    def _is_described(self) -> bool:
        text = str(self.row.get("description", ""))
        return len(text.split()) >= 8 and not vague_phrase(text)

    def _always_there(self) -> Iterator[str]:
        """Equipment and universal provision need no minutes; only something that can be seen, and where or when."""
        figures = {"minutes", "times_a_week", "hours_a_week", "yearly_cost", "group_size"} & self.row.keys()
        if figures or vague_phrase(self.words):
            return
        if is_general(*self.told):
            yield "what"
            yield "lessons"
        elif not {"description", "when", "where"} & self.row.keys() and not says_how_often(self.words):
            yield "lessons"

    @cached_property
    def rewrite(self) -> str:
        """The row as a sentence, with ___ for every part that it lacks."""
        title = without(str(self.row["title"]), self.vague) if self.vague else str(self.row["title"])
        if not self.lacks and not self.vague:
            return ""
        return supplied(title, self.lacks or ("lessons",))

    def found(self, key: str, message: str, hint: str) -> Finding:
        """A finding at one of the row's fields."""
        return Finding(self.record, (*self.keys, key), message, hint, rewrite=self.rewrite)


def offers(view: View) -> Iterator[Offer]:
    """The provision of cycles that are not reviewed yet."""
    staff = by_id(view.case.school.data.get("staff", ())) if view.case.school else {}
    for cycle in view.case.cycles:
        if not is_reviewed(cycle.data):
            for number, row in enumerate(cycle.data["plan"]["provision"]):
                trained = bool(staff.get(row.get("staff"), {}).get("training"))
                yield Offer(cycle, ("plan", "provision", number), row, view.first_name, trained)
