"""What was begun and not finished, and figures that do not agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.cases.costs import hourly_rate, weekly_minutes
from generator.records.record import Place
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words
from generator.values.parsing import places_to_fill_in


@rule(
    id="to-fill-in",
    severity="quality",
    source="sendpack: a new file marks what nobody has written yet",
    why="What is still to be filled in would be printed as it stands, and a family would read it.",
    good="completed_by: Tom with Mrs Okafor",
    bad="completed_by: (to be filled in)",
)
def still_to_fill_in(view: View) -> Iterator[Finding]:
    for record in (*view.case.records, *([view.case.school] if view.case.school else [])):
        keys = sorted(places_to_fill_in(record.data), key=lambda path: record.place(*path))
        if keys:
            places: list[Place] = [record.place(*path) for path in keys]
            lines = list(dict.fromkeys(str(place.line) for place in places))
            count = "one place is" if len(keys) == 1 else f"{len(keys)} places are"
            told = (
                f"line {lines[0]}" if len(lines) == 1 else f"lines {and_list(lines[:8])}{' and on' * (len(lines) > 8)}"
            )
            hint = f"write {'it' if len(lines) == 1 else 'them'}, or take the key out"
            yield Finding(record, keys[0], f"{count} still to be filled in: {told}", hint)


@rule(
    id="pay-rate-missing",
    severity="quality",
    source="sendpack: costs are reckoned from pay_rates in school.yaml",
    why="A total that silently leaves rows out is too low, and it may be sent to the authority.",
    good="role: Teaching assistant, and a pay rate for Teaching assistant",
    bad="role: Learning mentor, and a pay rate for Teaching assistant alone",
)
def pay_rate_missing(view: View) -> Iterator[Finding]:
    school = view.case.school.data if view.case.school else {}
    rates = [str(row["role"]) for row in school.get("pay_rates", ())]
    if not rates:
        return
    for record in view.case.cycles:
        for number, row in enumerate(record.data.get("plan", {}).get("provision", ())):
            paid = row["type"] in ("one_to_one", "group", "specialist") and weekly_minutes(row)
            if paid and "yearly_cost" not in row and hourly_rate(row, school) is None:
                message = f"the cost of {row['title']} is not known: no pay rate fits {row['delivered_by']}"
                hint = f"there are rates for {and_list(rates)}; name the staff, or write hourly_rate or yearly_cost"
                yield Finding(record, ("plan", "provision", number, "delivered_by"), message, hint)


@rule(
    id="delivered-more",
    severity="quality",
    source="sendpack: figures of one row must agree",
    why="More sessions than planned is mostly a slip, and a reader stops trusting the other figures.",
    good="planned: 60, delivered: 57",
    bad="planned: 60, delivered: 70",
)
def delivered_more(view: View) -> Iterator[Finding]:
    for record in view.case.cycles:
        for number, row in enumerate(record.data.get("do", {}).get("delivery", ())):
            if row["delivered"] > row["planned"] and not row.get("note"):
                message = f"{row['delivered']} sessions of {row['planned']} planned were given"
                yield Finding(
                    record, ("do", "delivery", number, "delivered"), message, "correct one, or say why in note"
                )


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@rule(
    id="meeting-file-date",
    severity="quality",
    source="sendpack: a meeting's file and its record carry the same day",
    why="The document is named after the file: with another day in it, nobody finds it again.",
    good="meetings/2026-03-12-review.yaml with date: 12 March 2026",
    bad="meetings/2026-03-12-review.yaml with date: 20 March 2026",
)
def meeting_file_date(view: View) -> Iterator[Finding]:
    for record in view.case.meetings_and_begun:
        named = _DAY.search(record.path.rpartition("/")[2])
        held = record.data.get("date")
        if named and isinstance(held, date) and named[0] != held.isoformat():
            message = f"the file is named for {named[0]}, but the meeting is dated {in_words(held)}"
            yield Finding(record, ("date",), message, "correct the date, or rename the file")


RULES: tuple[Rule, ...] = (still_to_fill_in, pay_rate_missing, delivered_more, meeting_file_date)
