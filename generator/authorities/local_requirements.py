"""What one authority asks of the form itself: words, signatures, consent, its own questions, advice carried out.

All of it is local policy, read from the pack: it is pointed out and never stops a request (s.36(8) is the test).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from generator.authorities.pack import Pack, asked_with_request
from generator.authorities.requirement import (
    MANY,
    REQUIRED,
    Requirement,
    at,
    expects,
    known,
    months_before,
    request_date,
    source_of,
    weight_of,
)
from generator.cases.case import Case, Data
from generator.cases.dates.age_and_year import age, speaks_for_themselves
from generator.cases.family.agreement import held
from generator.values.formatting import date as in_words
from generator.values.parsing import Unreadable, read_date

_DAY_IN_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}")
_PEOPLE = {
    "parent": "a parent",
    "young_person": "the young person",
    "senco": "the SENCO",
    "headteacher": "the headteacher",
}


def word_items(case: Case, pack: Pack) -> Iterator[Requirement]:
    """Whether the answers keep to the authority's limits of words."""
    for field, limit in pack.data.get("request", {}).get("word_limits", {}).items():
        value: Any = case.data("request")
        keys = tuple(str(field).split("."))
        for key in keys:
            value = value.get(key, "") if isinstance(value, dict) else ""
        words = len(str(value).split())
        key = f"request.word_limits.{field}"
        yield Requirement(
            "words",
            str(field),
            f"{keys[-1].replace('_', ' ').capitalize()} in {limit} words",
            words <= limit,
            f"`{field}` has {words} words; the form of {pack.data['name']} takes {limit}",
            **at(case, "request", *keys),
            hint=f"take out {words - limit} words; what is cut can go into another part",
            source=source_of(pack, key),
        )


def decides_for_themselves(case: Case, pack: Pack, on: date) -> bool:
    """Whether the young person gives consent: by the authority's age or year, and always once the law says so."""
    pupil, wanted = case.data("pupil"), asked_with_request(case, pack)
    if "date_of_birth" not in pupil:
        return False
    day = request_date(case, on)
    if speaks_for_themselves(pupil, day):
        return True
    if "consent_year" in wanted:
        year = pupil.get("year_group")
        return isinstance(year, int) and year >= wanted["consent_year"]
    return "consent_age" in wanted and age(pupil["date_of_birth"], day)[0] >= wanted["consent_age"]


def _still_holding(case: Case) -> Iterator[Data]:
    """The signatures of the My Support Plan that are for what it says now."""
    for row in held(case, case.one("my-support-plan")):
        yield {"person": row.person, "capacity": row.capacity, "date": row.date, "method": row.method}


def signature_items(case: Case, pack: Pack, on: date) -> Iterator[Requirement]:
    """Whether each person whose signature the authority wants has signed, by hand where it must be."""
    wanted = asked_with_request(case, pack)
    request = case.data("request")
    signed = [
        request.get("declaration", {}),
        *request.get("consents", ()),
        *_still_holding(case),
    ]
    own = decides_for_themselves(case, pack, on)
    for name in wanted.get("signatories", ()):
        capacity = "young_person" if name == "parent" and own else str(name)
        rows = [row for row in signed if row.get("capacity") == capacity and "date" in row]
        by_hand = [row for row in rows if not wanted.get("wet_ink") or row.get("method") == "wet_ink"]
        key = "declaration" if capacity in ("headteacher", "senco") else "consents"
        how = " by hand" if wanted.get("wet_ink") else ""
        yield Requirement(
            "signature",
            capacity,
            f"Signed{how} by {_PEOPLE[capacity]}",
            bool(by_hand),
            f"{expects(pack, 'request.signatories')} a signature{how} of {_PEOPLE[capacity]}"
            + ("; it is there" if by_hand else f"; it is not under {key} with its date"),
            **at(case, "request", key),
            hint=f"write person, capacity {capacity}, date and method under {key}",
            source=source_of(pack, "request.signatories") or MANY,
        )


def answer_items(case: Case, pack: Pack, on: date) -> Iterator[Requirement]:
    """Whether the authority's extra questions are answered, and how long ago."""
    for row in pack.data.get("request", {}).get("local", ()):
        if not row.get("required", True):
            continue
        name, weight = str(row["id"]), weight_of(row)
        kind = "pupil" if name in case.data("pupil").get("local", {}) else "request"
        answer = case.data(kind).get("local", {}).get(name)
        missing = _answer_fault(answer, row, request_date(case, on))
        how = "" if weight == REQUIRED else f" ({weight})"
        yield Requirement(
            "answer",
            name,
            str(row["title"]),
            not missing,
            f"{pack.data['name']} asks{how}: {row['title']}; {missing or 'answered'}",
            **at(case, kind, "local", name),
            hint=f"write `{name}: …` under local: in request.yaml"
            + (f", one of: {', '.join(map(str, row['answers']))}" if row.get("answers") else ""),
            source=f"{pack.data['name']}: {row['source']}" if "source" in row else source_of(pack, "request.local"),
            weight=weight,
        )


def local_answers(case: Case, pack: Pack) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The authority's own questions with the answers that are there, and those it offers, for the request to it.

    A required question that nobody has answered is there with "": no form likes a line that is left out.
    """
    for row in pack.data.get("request", {}).get("local", ()):
        name = str(row["id"])
        answer = case.data("request").get("local", {}).get(name) or case.data("pupil").get("local", {}).get(name)
        if answer or (row.get("required", True) and weight_of(row) == REQUIRED):
            yield str(row["title"]), str(answer or ""), tuple(map(str, row.get("answers", ())))


def chosen(answer: str, offered: Iterable[str]) -> str:
    """Which of the answers on offer was given, in whatever case it was written; nothing when it is none of them."""
    return next((one for one in offered if one.casefold() == answer.strip().casefold()), "")


def _answer_fault(answer: Any, row: Data, day: date) -> str:
    months = row.get("max_age_months")
    if not known(answer):
        return "it is not answered"
    if row.get("answers") and not chosen(str(answer), row["answers"]):
        return f"“{answer}” is none of its answers"
    if months is None:
        return ""
    given = _day_in(str(answer))
    if given is None:
        return "the answer has no date in it"
    return (
        "" if given >= months_before(day, months) else f"the answer of {in_words(given)} is older than {months} months"
    )


def _day_in(text: str) -> date | None:
    """The newest date written in a text."""
    days = []
    for found in _DAY_IN_TEXT.findall(text):
        try:
            days.append(read_date(found))
        except Unreadable:
            continue
    return max(days, default=None)


def advice_items(case: Case, pack: Pack) -> Iterator[Requirement]:
    """Whether outside advice was acted on and its effect reviewed, where the authority asks for that."""
    if not pack.data.get("request", {}).get("advice_reviewed"):
        return
    agencies = case.data("pupil").get("agencies", ())
    given = [
        (n, m, row) for n, agency in enumerate(agencies) for m, row in enumerate(agency.get("recommendations", ()))
    ]
    open_rows = [(n, m) for n, m, row in given if not (known(row.get("action")) and known(row.get("impact")))]
    keys: tuple[str | int, ...] = (
        ("agencies", open_rows[0][0], "recommendations", open_rows[0][1]) if open_rows else ("agencies",)
    )
    done = len(given) - len(open_rows)
    yield Requirement(
        "advice",
        "advice",
        "Outside advice acted on and reviewed",
        bool(given) and not open_rows,
        f"{expects(pack, 'request.advice_reviewed')} outside advice that was acted on and reviewed; "
        + (f"{done} of {len(given)} recommendations say both" if given else "no recommendation is written down"),
        **at(case, "pupil", *keys),
        hint="say under each recommendation what was done (action) and what it changed (impact)",
        source=source_of(pack, "request.advice_reviewed") or MANY,
    )


def consent_items(case: Case, pack: Pack, stage: Data, on: date) -> Iterator[Requirement]:
    """Whether consent was given for a stage of the ladder, where the authority wants it anew at each."""
    own = decides_for_themselves(case, pack, on)
    for name in stage.get("consent", ()):
        capacity = "young_person" if name == "parent" and own else str(name)
        given = [row for row in case.data("pupil").get("consents", ()) if row.get("stage") == stage["id"]]
        there = [row for row in given if row["capacity"] == capacity]
        key = f"ladder.{stage['id']}"
        yield Requirement(
            "consent",
            f"{stage['id']}-{capacity}",
            f"Consent of {_PEOPLE[capacity]} for: {stage['title']}",
            bool(there),
            f"{expects(pack, key)} consent of {_PEOPLE[capacity]} at the stage “{stage['title']}”; "
            + (f"given on {in_words(there[-1]['date'])}" if there else "it is not under consents in pupil.yaml"),
            **at(case, "pupil", "consents"),
            hint=f"write person, capacity {capacity}, date, method and stage: {stage['id']} under consents",
            source=source_of(pack, key) or MANY,
        )
