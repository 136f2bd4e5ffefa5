"""Law and Code before there is a plan: the early discussion and its note, the decision, the letter to the parents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from generator.cases.family.family_copies import given_out, speaks_of_family, taken_home
from generator.records.record import Record
from generator.rules.law_and_code.meetings_and_family.meetings import with_family
from generator.rules.law_and_code.support_and_cycles.support_plan import (
    EARLY,
    before_the_file,
    missing,
    support_began,
    supported,
)
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words


def _early(view: View) -> Iterator[Record]:
    yield from (record for record in view.case.meetings if record.data["type"] == "early_discussion")


@rule(
    id="early-discussion",
    severity="code",
    source=f"{EARLY}: an early discussion with the pupil and the parents comes before the decision",
    why="Support that begins without the family knows half of the child, and the school cannot show that it asked.",
    good="meetings/2026-01-12-early-discussion.yaml, a week before status K, with a parent present",
    bad="status K from 12 January, and the last talk with the parents was a phone call of the year before",
    covers=("S0-1", "S3-4", "C1"),
)
def early_discussion(view: View) -> Iterator[Finding]:
    pupil, began = view.case.one("pupil"), support_began(view)
    if pupil is None or began is None or before_the_file(view, began):
        return
    row = next(n for n, r in enumerate(pupil.data["sen_status"]) if r.get("from") == began)
    if pupil.data["sen_status"][row]["status"] == "E":
        return  # the day of the EHC plan: when SEN support was decided before it, the history does not say
    joined = pupil.data.get("admission_date", date.min)
    talks = [r.data["date"] for r in view.case.meetings if "date" in r.data and with_family(view, r.data)]
    entries = view.case.data("log").get("entries", ())
    # A call to a service is a contact too: the line has to say that it was with the family.
    talks += [
        row["date"]
        for row in entries
        if row["kind"] == "contact"
        and "date" in row
        and speaks_of_family(f"{row['what']} / {row.get('who', '')}", pupil.data)
    ]
    if began > joined and not any(began - IN_TIME <= day <= began for day in talks):
        earlier = max((day for day in talks if day < began), default=None)
        last = f" (the last one was on {in_words(earlier)})" if earlier else ""
        yield Finding(
            pupil,
            ("sen_status", row),
            f"SEN support began on {in_words(began)}, but no talk with the parents in the half year before it "
            f"is on file{last}",
            "add the early discussion to meetings/, with the parents present, or the contact, naming them, to log.yaml",
        )


@rule(
    id="support-before-the-file",
    severity="quality",
    source=f"{EARLY}: an early discussion comes before the decision; SEND Code 6.43: parents are told of it",
    why="Support that was running when the file was begun has its beginnings in other papers. A request asks for them.",
    good="support since September 2024, records_from: 30 November 2026, and the early discussion of then in meetings/",
    bad="support since September 2024, records_from: 30 November 2026, and nothing of the time before on file",
    covers=("S0-1", "S3-4", "C1"),
)
def support_before_the_file(view: View) -> Iterator[Finding]:
    """Of support that began before the file is only asked, for a term, whether older papers are at hand."""
    pupil, began = view.case.one("pupil"), support_began(view)
    if pupil is None or began is None or not before_the_file(view, began):
        return
    since = pupil.data["records_from"]
    entries = (row for row in view.case.data("log").get("entries", ()) if row["kind"] != "other")
    days = [*(r.data.get("date") for r in view.case.meetings), *(row.get("date") for row in entries)]
    if view.on - since <= A_TERM and not any(day and day < since for day in days):
        yield Finding(
            pupil,
            ("records_from",),
            f"support has been running since {in_words(began)} and this file began on {in_words(since)}: nothing of "
            f"the time between is here",
            "when you come across them, add the first talk with the parents, who decided and the last meetings; "
            "nothing waits for it",
        )


A_TERM = timedelta(weeks=14)

IN_TIME = timedelta(days=183)
"""A talk before the decision belongs to it: a phone call of the year before does not."""


_NOTE = {
    "strengths": "strengths",
    "difficulties": "difficulties",
    "parents_views": "the parents’ concerns",
    "pupil_views": "the child’s views",
    "outcomes_agreed": "the outcomes agreed",
    "actions": "the next steps",
}


@rule(
    id="early-note-parts",
    severity="code",
    source=f"{EARLY}: what the short note of early discussions holds",
    why="The note is the first page of the story: whoever reads it later needs all of it.",
    good="an early discussion with strengths, difficulties, both views, outcomes_agreed and actions",
    bad="an early discussion with difficulties only",
    covers=("S3-1", "S2-3", "C1"),
)
def early_note_parts(view: View) -> Iterator[Finding]:
    for record in _early(view):
        if gaps := missing(record.data, _NOTE):
            yield Finding(
                record,
                ("type",),
                f"the note of this early discussion does not have {and_list(gaps)}",
                "a line each is enough; where something was not talked about, write not_known and why",
            )


_TRIED = {"tried": "what was tried in class (tried)", "progress_trigger": "how progress falls short (progress_trigger)"}


@rule(
    id="early-note-tried",
    severity="quality",
    source="draft local-offer text of an authority not named",
    why="What was tried in class, and what came of it, tells whether more than good teaching is needed.",
    good="tried: letter cards 10 cm high, 2 to 6 November, 17 of 24 sounds",
    bad="an early discussion without tried or progress_trigger",
    covers=("S2-2",),
)
def early_note_tried(view: View) -> Iterator[Finding]:
    for record in _early(view):
        if gaps := missing(record.data, _TRIED):
            message = f"this early discussion does not say {and_list(gaps)}"
            yield Finding(record, ("type",), message, "add it while it is fresh")


@rule(
    id="early-note-review-date",
    severity="code",
    source="SEND Code 6.48; Leicester City Council, School support: a clear date for reviewing progress is agreed",
    why="A concern without a date to come back to it is forgotten by half-term.",
    good="next_meeting: 9 December 2026",
    bad="an early discussion without next_meeting",
    covers=("S3-2",),
)
def early_note_review_date(view: View) -> Iterator[Finding]:
    for record in _early(view):
        if "next_meeting" not in record.data and record.data.get("decision") != "no":
            yield Finding(record, ("date",), "no date to look at progress again is agreed", "add next_meeting")


@rule(
    id="early-note-filed",
    severity="code",
    source=f"{EARLY}: the note is added to the pupil’s record on the school information system",
    why="Every teacher of the child looks there first.",
    good="on_information_system: 12 November 2026",
    bad="an early discussion of three weeks ago without on_information_system",
    covers=("S3-1",),
)
def early_note_filed(view: View) -> Iterator[Finding]:
    for record in _early(view):
        late = view.on - record.data.get("date", view.on) > timedelta(days=7)
        if late and "on_information_system" not in record.data:
            message = "the note is not on the school information system yet"
            yield Finding(record, ("date",), message, "add on_information_system: and the day")


_WAITS = re.compile(
    r"\b(wait\w*|until|till|pending|awaiting|without|no|not yet|first needs?|subject to)\b[^.;]{0,60}\bdiagnos",
    re.IGNORECASE,
)


@rule(
    id="waits-for-diagnosis",
    severity="code",
    source="Devon IAS: a child does not need a diagnosis for the graduated response to start or to go on",
    why="Support follows need. Waiting lists are years long; the child is in class tomorrow.",
    good="decision_reason: Four weeks of large print come first; we decide on 9 December",
    bad="decision_reason: We will wait until there is a diagnosis",
    covers=("S1-2",),
)
def waits_for_diagnosis(view: View) -> Iterator[Finding]:
    for record in view.case.meetings:
        reason = str(record.data.get("decision_reason", ""))
        if record.data.get("decision") in ("not_yet", "no") and _WAITS.search(reason):
            yield Finding(
                record,
                ("decision_reason",),
                "support is put off for want of a diagnosis",
                "decide on what the child needs in class; a diagnosis is never required",
            )


# -- decision and letter ----------------------------------------------------------------------------------------------


@rule(
    id="parents-informed",
    severity="law",
    source="Children and Families Act 2014 s.68; SEND Code 6.43",
    why="Parents must be told that special educational provision is being made. A talk at the gate is not enough.",
    good="parents_informed: decision_date: 12 January 2026, letter_date: 14 January 2026",
    bad="status K since January and a plan without parents_informed",
    covers=("L12", "S3-3"),
)
def parents_informed(view: View) -> Iterator[Finding]:
    plan = view.case.one("plan")
    if plan and supported(view) and "letter_date" not in plan.data.get("parents_informed", {}):
        yield Finding(
            plan,
            ("parents_informed",),
            f"no letter tells the parents that special educational provision is being made for {view.first_name}",
            "fill in parents_informed; sendpack writes the letter to everyone with parental responsibility",
        )


PARENT_LETTER = "parent-letter"
"""The letter that special educational provision is being made, in every pack; one for each reader."""


@rule(
    id="letter-order",
    severity="law",
    source="Children and Families Act 2014 s.68; SEND Code 6.43, 6.48; Leicester City Council, School support",
    why="The letter follows the decision and comes before the support does, or it informs nobody of anything.",
    good="decision 12 January, letter 14 January, provision starts 19 January",
    bad="decision 12 January, letter 9 January; or a letter of 14 January that was given out on 2 February",
    covers=("L12", "S3-3"),
)
def letter_order(view: View) -> Iterator[Finding]:
    plan = view.case.one("plan")
    told = plan.data.get("parents_informed", {}) if plan else {}
    written, decided, starts = told.get("letter_date"), told.get("decision_date"), told.get("provision_starts")
    # A letter informs when it is handed over, not when it is written.
    given = given_out(view.case, [PARENT_LETTER])
    out = max([*filter(None, [written]), *sorted(taken_home(view.case, given, date.min))[:1]], default=None)
    keys = ("parents_informed", "letter_date")
    if plan and written and decided and written < decided:
        yield Finding(
            plan,
            keys,
            f"the letter ({in_words(written)}) is dated before the decision ({in_words(decided)})",
            "correct the date that slipped",
        )
    if plan and out and starts and out > starts:
        yield Finding(
            plan,
            keys,
            f"the letter ({in_words(out)}) went out after the provision began ({in_words(starts)})",
            "leave the dates as they are if they are true, and write the letter first next time",
        )


@rule(
    id="tried-result",
    severity="quality",
    source="Devon IAS: evidence of what has been tried, what worked and what difference that made; SEND Code 6.75",
    why="Something tried without a result is no evidence of anything.",
    good="tried: large print, until 6 November, result: 17 of 24 sounds",
    bad="tried: large print, until 6 November, and no result",
    covers=("S1-22", "C14"),
)
def tried_result(view: View) -> Iterator[Finding]:
    for record in view.case.meetings:
        for number, row in enumerate(record.data.get("tried", ())):
            if row.get("to", date.max) < view.on and "result" not in row:
                message = "what came of this is not written down"
                yield Finding(record, ("tried", number), message, "add result: with a figure if you can")
    log = view.case.one("log")
    for number, row in enumerate(log.data.get("entries", ()) if log else ()):
        old = view.on - row.get("date", view.on) > timedelta(weeks=14)
        if log and row["kind"] == "intervention" and old and "difference" not in row:
            message = "what difference this intervention made is not written down"
            yield Finding(log, ("entries", number), message, "add difference: and a figure if you can")


RULES: tuple[Rule, ...] = (
    early_discussion,
    support_before_the_file,
    early_note_parts,
    early_note_tried,
    early_note_review_date,
    early_note_filed,
    waits_for_diagnosis,
    parents_informed,
    letter_order,
    tried_result,
)
