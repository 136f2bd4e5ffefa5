"""Every fact printed in any document agrees with the records as of that document's day: reckoned here a second time.

The example school, and Ada's file with other histories: a class changed in mid-year, a plan ended, terms from August.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.documents.catalogue import Document, MergeDesk, documents
from generator.folder.school_folder import BUILT_IN
from tests.documents.merged_templates import text_of
from tests.documents.test_new_documents import desk_of
from tests.example_school import copy_school

ADA = "ada-brown"
PUPILS = sorted(path.parent.name for path in (BUILT_IN / "cases").glob("*/pupil.yaml"))
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_SHORT = "|".join(month[:3] for month in MONTHS)
_DAY = re.compile(rf"\b(\d{{1,2}}) ((?:{_SHORT})[a-z]*) (\d{{4}})\b")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr) (?:[A-ZÀ-Ž][\w’'-]+ ?)+")
_WHOLE = re.compile(
    r"Cost of this support over a whole year: £([\d,]+\.\d\d)(?:, (?:(\d+) hours? ?)?(?:(\d+) minutes? ?)?a week)?"
)


_OURS = {"Headteacher", "SENCO", "SENCo", "Parent"}
"""Words of ours that may follow a name."""

# -- the records, read plainly ----------------------------------------------------------------------------------------


def values(data: Any) -> Iterator[Any]:
    if isinstance(data, Mapping):
        for value in data.values():
            yield from values(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from values(value)
    else:
        yield data


def days_in(text: str) -> set[date]:
    names = {month[:3]: number for number, month in enumerate(MONTHS, 1)}
    return {date(int(year), names[month[:3]], int(day)) for day, month, year in _DAY.findall(text)}


def spoken(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def brief(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


class Records:
    """All values of a case and its school."""

    def __init__(self, desk: MergeDesk) -> None:
        self.pupil = desk.case.data("pupil")
        self.school = desk.case.school.data if desk.case.school else {}
        found = [v for record in desk.case.records for v in values(record.data)] + list(values(self.school))
        self.text = " ".join(str(value) for value in found)
        self.words = {word.removesuffix("’s") for word in re.findall(r"[\w’'-]+", self.text)} | _OURS
        self.days = {value for value in found if isinstance(value, date)} | days_in(self.text)
        request = desk.case.data("request")
        sent = request.get("sent", {})
        asked = [day for day in (sent.get("received"), sent.get("date"), request.get("date")) if isinstance(day, date)]
        self.answer_due = {asked[0] + timedelta(days=42)} if asked else set()  # reg 5(3): six weeks from receipt

    def year_of(self, day: date) -> int:
        """The calendar year in which a day's school year began: by terms that begin in August, else on 1 September."""
        starts = [t["start"] for t in self.school["terms"] if (t["start"].year, t["start"].month) == (day.year, 8)]
        return day.year if day >= min(starts, default=date(day.year, 9, 1)) else day.year - 1

    def year_and_class(self, day: date) -> str:
        rows = sorted(self.pupil.get("class_history", ()), key=lambda row: row["from"])
        of_year = [row for row in rows if self.year_of(row["from"]) == self.year_of(day)]
        if not of_year:
            return ""
        row = ([row for row in of_year if row["from"] <= day] or of_year[:1])[-1]
        return f"Year {row['year_group']} · {row['class']}"

    def age(self, day: date) -> str:
        born = self.pupil["date_of_birth"]
        months = [n for n in range(12 * 26) if self._birthday(born, n) <= day][-1]
        years, left = divmod(months, 12)
        return f"{years} year{'s' * (years != 1)} {left} month{'s' * (left != 1)}"

    @staticmethod
    def _birthday(born: date, months: int) -> date:
        """So many months after birth; a day that the month does not have is the first of the next."""
        year, month = divmod(born.month - 1 + months, 12)
        try:
            return date(born.year + year, month + 1, born.day)
        except ValueError:
            return date(born.year + year + (month == 11), (month + 1) % 12 + 1, 1)

    def status(self, day: date) -> tuple[str, date | None]:
        """The status of a day, and the first of the days without a gap on which it was held."""

        def held(when: date) -> str:
            rows = [r for r in self.pupil["sen_status"] if r["from"] <= when <= r.get("to", date.max)]
            return max(rows, key=lambda row: row["from"])["status"] if rows else "N"

        now, since = held(day), day
        while since > date(2015, 1, 1) and held(since - timedelta(days=1)) == now:
            since -= timedelta(days=1)
        return {"K": "SEN support", "E": "EHC plan", "N": "No"}[now], since


# -- what is compared -------------------------------------------------------------------------------------------------


def disagreements(records: Records, document: Document, text: str) -> Iterator[str]:
    """Everything printed that the records do not say, or did not say by the document's day."""
    on = document.date
    for day in sorted(days_in(text) - records.days - records.answer_due):
        yield f"no record has {spoken(day)}"
    for line in re.findall(r"Date of birth\t(.*)|born (\d+ \w+ \d+)", text):
        if spoken(records.pupil["date_of_birth"]) not in "".join(line):
            yield f"born {line}"
    for age in re.findall(r"Date of birth\t.*\((.*)\)", text):
        if age != records.age(on):
            yield f"age {age}, not {records.age(on)}"
    for told in re.findall(r"^[^\n·]+ · (Year \d+(?: · \d+[A-Z]\b)?)(?: · .*)?$", text, re.MULTILINE)[:1]:
        if told != (records.year_and_class(on) or told):
            yield f"class {told}, not {records.year_and_class(on)}"
    for status, since in re.findall(r"(?:special needs|SEN status)\t(SEN support|EHC plan) since (\d+ \w+ \d+)", text):
        wanted, first = records.status(on)
        if (status, since) != (wanted, spoken(first) if first else ""):
            yield f"{status} since {since}, not {wanted} since {first}"
    for row in [*records.pupil.get("attainment", ()), *records.pupil.get("tests", ())]:
        name = str(row.get("subject") or row["name"])
        if row["date"] > on and f"{brief(row['date'])}\n{name}" in text:
            yield f"a result of {row['date']} on a paper of {on}"
    for name in sorted(set(_TITLED.findall(text))):
        if any(word.removesuffix("’s") not in records.words for word in name.split()):
            yield f"nobody is called {name}"
    yield from (f"small letters in a name: {n}" for n in re.findall(r"\b(?:mr|mrs|ms|dr) [\w’'-]+", text))
    for code in re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", text):
        yield f"a code: {code}"
    yield from _sums(text)


def _sums(text: str) -> Iterator[str]:
    """Amounts and minutes of the support one by one, and their sums as they are printed."""
    whole = _WHOLE.search(text)
    if whole is None:
        return
    table = text[text.index("Cost if given all year") :].split("Cost of this support")[0]
    rows = re.findall(r"^(\d+)?\n£([\d,]+\.\d\d)$", table, re.MULTILINE)
    cost = sum(Decimal(row[1].replace(",", "")) for row in rows)
    minutes = sum(int(row[0] or 0) for row in rows)
    if cost != Decimal(whole[1].replace(",", "")):
        yield f"costs of {cost} are called {whole[1]}"
    if minutes != int(whole[2] or 0) * 60 + int(whole[3] or 0):
        yield f"{minutes} minutes are called {whole[0]}"


def disagreeing(desk: MergeDesk, kinds: tuple[str, ...] = ()) -> list[str]:
    records = Records(desk)
    return [
        f"{document.id}: {wrong}"
        for document in documents(desk.case, desk.pack, kinds or None)
        for wrong in disagreements(records, document, text_of(desk.write(document)))
    ]


@pytest.mark.whole
@pytest.mark.parametrize("pupil", PUPILS)
def test_every_document_of_the_example_school_agrees_with_its_records(pupil: str) -> None:
    assert disagreeing(desk_of(BUILT_IN, pupil)) == []


# -- other histories --------------------------------------------------------------------------------------------------

Edit = Callable[[str], str]


def put(before: str, after: str) -> Edit:
    def edit(text: str) -> str:
        assert before in text, before
        return text.replace(before, after, 1)

    return edit


_LAST_ROW = "  - {from: 2 September 2026, year_group: 4, class: 4A, class_teacher: Mr Tunde Adeyemi}\n"
_SINCE = "  - status: K\n    from: 11 September 2025\n"
_NEW_CLASS = "  - {from: 2 November 2026, year_group: 4, class: 4B, class_teacher: Ms Karin Lindqvist}\n"
HISTORIES: dict[str, dict[str, list[Edit]]] = {
    "class changed in mid-year": {
        "pupil.yaml": [
            put(_LAST_ROW, _LAST_ROW + _NEW_CLASS),
            put("class: 4A\nclass_teacher: Mr Tunde Adeyemi", "class: 4B\nclass_teacher: Ms Karin Lindqvist"),
        ]
    },
    "family name changed": {
        "pupil.yaml": [put("preferred_name: Ada\n", "preferred_name: Ada\nknown_as_surname: Rahman\n")]
    },
    "moved school in mid-year": {
        "pupil.yaml": [put("admission_date: 6 September 2022", "admission_date: 13 April 2026")]
    },
    "support, a plan, and support again": {
        "pupil.yaml": [
            put(
                _SINCE,
                "  - {status: K, from: 11 September 2025, to: 31 March 2026}\n"
                "  - {status: E, from: 1 April 2026, to: 31 August 2026}\n"
                "  - status: K\n    from: 1 September 2026\n",
            )
        ]
    },
    "support that went on after a move": {
        "pupil.yaml": [
            put(
                _SINCE,
                "  - {status: K, from: 11 September 2025, to: 31 August 2026}\n"
                "  - status: K\n    from: 1 September 2026\n",
            )
        ]
    },
    "born on a leap day": {"pupil.yaml": [put("date_of_birth: 14 May 2018", "date_of_birth: 29 February 2016")]},
    "terms that begin in August": {"../school.yaml": [put("start: 2026-09-02", "start: 2026-08-26")]},
    "a plan written the day before term, and a class changed in mid-year": {
        "pupil.yaml": [
            put(_LAST_ROW, _LAST_ROW + _NEW_CLASS),
            put("class: 4A\nclass_teacher: Mr Tunde Adeyemi", "class: 4B\nclass_teacher: Ms Karin Lindqvist"),
        ],
        "plan.yaml": [put("\ndate: 15 September 2026", "\ndate: 1 September 2026")],
    },
    "a plan written the day before term": {"plan.yaml": [put("\ndate: 15 September 2026", "\ndate: 1 September 2026")]},
    "a plan written in November": {"plan.yaml": [put("\ndate: 15 September 2026", "\ndate: 20 November 2026")]},
    "two adults of one name": {"pupil.yaml": [put("    name: Daniel Brown\n", "    name: Samira Brown\n")]},
}


@pytest.mark.whole
@pytest.mark.parametrize("history", HISTORIES)
def test_documents_agree_with_the_records_whatever_the_history(history: str, tmp_path: Path) -> None:
    copy_school(tmp_path, ADA)
    for file, edits in HISTORIES[history].items():
        path = tmp_path / "cases" / ADA / file
        text = path.read_text("utf-8")
        for edit in edits:
            text = edit(text)
        path.write_text(text, "utf-8")
    assert disagreeing(desk_of(tmp_path, ADA)) == []


@pytest.mark.whole
def test_a_fact_that_is_wrong_would_be_found() -> None:
    desk = desk_of(BUILT_IN, ADA)
    records = Records(desk)
    [plan] = documents(desk.case, desk.pack, ["support-plan"])
    text = text_of(desk.write(plan))
    assert list(disagreements(records, plan, text)) == []
    wrong = (
        ("14 May 2018 (8 years 4 months)", "15 May 2018 (8 years 6 months)"),
        ("Year 4 · 4A", "Year 4 · 3K"),
        ("SEN support since 11 September 2025", "EHC plan since 11 September 2025"),
        ("Mrs Joanna Hale", "Mrs Joanna Heale"),
        ("By when\t16 July 2027", "By when\t17 July 2027"),
    )
    for right, other in wrong:
        assert right in text, right
        assert list(disagreements(records, plan, text.replace(right, other, 1))), other
