"""The Assess-Plan-Do-Review cycles: each of the four parts, one cycle after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from generator.cases.case import is_reviewed
from generator.records.record import Record
from generator.rules.grammar.provision_sentence import says_when_or_where
from generator.rules.law_and_code.support_and_cycles.support_plan import TOLERANCE, missing, supported
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words


def reviewed(view: View) -> list[Record]:
    """The cycles that have been reviewed, oldest first."""
    return [record for record in view.case.cycles if is_reviewed(record.data)]


# -- assess -----------------------------------------------------------------------------------------------------------

_SOURCES = {
    "teacher": "the teacher’s assessment",
    "parents": "the parents’ experience",
    "pupil": "the child’s views",
    "support_staff": "support staff",
    "assessments": "assessments done",
    "progress_self": "progress against earlier",
    "progress_peers": "progress against others",
    "specialists": "specialists’ advice",
}


@rule(
    id="assess-sources",
    severity="code",
    source="SEND Code 6.45; Devon IAS: what the assessment looks at",
    why="A need seen from one side only is half seen. “Not available, because …” is an answer too.",
    good="parents: Reads happily to his sister; specialists: {not_known: first visit is in March}",
    bad="an assessment by the teacher alone",
    covers=("S1-4", "S3-6", "C2", "C3"),
)
def assess_sources(view: View) -> Iterator[Finding]:
    for record in view.case.cycles:
        if gaps := missing(record.data["assess"], _SOURCES):
            yield Finding(
                record,
                ("assess",),
                f"the assessment says nothing of {and_list(gaps)}",
                "a line each; where there is nothing to say yet, write not_known and why",
            )


@rule(
    id="assess-agencies",
    severity="quality",
    source="Derby City Council, SEND Support: outside agencies may also be involved in the assessment",
    why="Someone from outside was working with the child; the assessment should say whether they were heard.",
    good="agencies: [salt] under assess, while the speech therapist is involved",
    bad="the speech therapist is involved since May, and the autumn cycle’s assessment names nobody",
    covers=("S0-6", "S1-11"),
)
def assess_agencies(view: View) -> Iterator[Finding]:
    for record in view.case.cycles:
        assess, start = record.data["assess"], record.data.get("start")
        active = [a for a in view.case.data("pupil").get("agencies", ()) if start and _active(a, start)]
        if active and not assess.get("agencies") and not assess.get("specialists"):
            names = and_list(agency["service"] for agency in active)
            yield Finding(
                record,
                ("assess", "by"),
                f"{names} worked with {view.first_name} by then, but took no part in the assessment",
                "add their ids under assess: agencies, or say under specialists why not",
            )


def _active(agency: Any, day: date) -> bool:
    return "from" in agency and agency["from"] <= day <= agency.get("to", date.max)


@rule(
    id="barriers",
    severity="quality",
    source="Devon IAS: anything that stops the child learning; barriers can then be removed",
    why="Taking a barrier away often costs nothing and helps at once.",
    good="barriers: board too far away → seat in the front row",
    bad="a cycle whose assessment has no barriers",
    covers=("S1-5",),
)
def barriers(view: View) -> Iterator[Finding]:
    for record in view.case.cycles:
        if not record.data["assess"].get("barriers"):
            yield Finding(
                record,
                ("assess",),
                "no barrier to learning is named",
                "add barriers: what is in the way, and what takes it away (removal)",
            )


# -- plan -------------------------------------------------------------------------------------------------------------


@rule(
    id="cycle-length",
    severity="quality",
    source="Devon IAS: long enough to settle, not so long that time is wasted; half a term to a term",
    why="Too short shows nothing; too long loses a term on something that does not help.",
    good="start 5 January, planned_review 27 March",
    bad="start 5 January, planned_review 17 July",
    covers=("S1-12", "C4"),
)
def cycle_length(view: View) -> Iterator[Finding]:
    limits = view.pack.data.get("cycles", {})
    shortest, longest = limits.get("min_weeks", 4), limits.get("max_weeks", 14)
    for record in view.case.cycles:
        start, due = record.data.get("start"), record.data.get("planned_review")
        if start is None or due is None or due < start:
            continue
        weeks = (due - start).days / 7
        if weeks < shortest:
            message = f"{weeks:.0f} weeks is short for a cycle: a child needs time to settle into support"
            yield Finding(record, ("planned_review",), message, f"plan at least {shortest} weeks")
        elif weeks > longest:
            message = f"{weeks:.0f} weeks is long for a cycle: support that does not help goes on too long"
            yield Finding(record, ("planned_review",), message, f"plan to review within {longest} weeks")


@rule(
    id="support-when-where",
    severity="quality",
    source="Devon IAS: you should know when the support will be given; Redcar & Cleveland: who, when, where, how often",
    why="Support without a place in the timetable is the first to fall out, and nobody sees which lesson it costs.",
    good="when: 9:05, during registration; where: the quiet corner of the library",
    bad="three times a week, twenty minutes, and nobody knows in which lesson",
    covers=("S1-10", "C18"),
)
def support_when_where(view: View) -> Iterator[Finding]:
    """The support of a running cycle says when in the day or where; told once for a cycle."""
    for record in view.case.cycles:
        rows = record.data["plan"].get("provision", ())
        taught = [row for row in rows if row["type"] in ("group", "one_to_one", "specialist")]
        gaps = [str(row["title"]) for row in taught if not {"when", "where"} & row.keys() and not _says_when(row)]
        if gaps and not is_reviewed(record.data):
            message = f"{len(gaps)} of {len(taught)} kinds of support do not say when in the day or where: {gaps[0]}"
            message += ", …" if len(gaps) > 1 else ""
            yield Finding(record, ("plan", "provision"), message, "add `when:` (day, time or lesson) or `where:`")


def _says_when(row: Any) -> bool:
    return says_when_or_where(" · ".join(str(row.get(key, "")) for key in ("title", "description")))


@rule(
    id="lead-teacher",
    severity="code",
    source="SEND Code 6.52: the class or subject teacher stays responsible",
    why="Support given by someone else is still the teacher’s: they know what it was meant to change.",
    good="lead_teacher: Mr Tunde Adeyemi, the class teacher",
    bad="lead_teacher: Mrs Jahanara Begum, who is a teaching assistant",
    covers=("C7", "S3-6"),
)
def lead_teacher(view: View) -> Iterator[Finding]:
    school = view.case.school.data if view.case.school else {}
    for record in view.case.cycles:
        lead = str(record.data["lead_teacher"])
        for person in school.get("staff", ()):
            role = str(person["role"])
            named = str(person["name"]).split()[-1] in lead.replace(",", " ").split()
            if named and "assistant" in role.casefold() and "teacher" not in lead:
                yield Finding(
                    record,
                    ("lead_teacher",),
                    f"{lead} is written in school.yaml as {role.lower()}",
                    "name the class or subject teacher here; delivered_by is the place for who gives the support",
                )
                break


# -- do ---------------------------------------------------------------------------------------------------------------


@rule(
    id="progress-shared",
    severity="quality",
    source="Derby City Council, SEND Support: progress is shared with parents while support is given",
    why="Parents who hear nothing for a term cannot help, and cannot say that it goes wrong.",
    good="shared_with_parents: 6 February, phone call",
    bad="a reviewed cycle in which nothing was shared",
    covers=("S0-4",),
)
def progress_shared(view: View) -> Iterator[Finding]:
    for record in view.case.cycles:
        shared = record.data.get("do", {}).get("shared_with_parents")
        running = view.on - record.data.get("start", view.on) > timedelta(weeks=6)
        if not shared and (is_reviewed(record.data) or running):
            yield Finding(
                record,
                ("do",),
                "nothing says that progress was shared with the parents during this cycle",
                "add a row under do: shared_with_parents; a message home counts",
            )


# -- review -----------------------------------------------------------------------------------------------------------


@rule(
    id="review-overdue",
    severity="code",
    source="SEND Code 6.53–6.56: reviewed in line with the agreed date",
    why="The family was given a date.",
    good="planned_review 27 March, reviewed on 26 March",
    bad="planned_review 2 October, and in November there is no review",
    covers=("C8", "S3-6", "S1-12"),
)
def review_overdue(view: View) -> Iterator[Finding]:
    for record in view.case.cycles:
        due = record.data.get("planned_review")
        if due and not is_reviewed(record.data) and view.on - due > TOLERANCE and supported(view):
            yield Finding(
                record,
                ("planned_review",),
                f"the review was due on {in_words(due)} and is not written down",
                "hold it with the family, or write it up under review",
            )


@rule(
    id="review-late",
    severity="code",
    source="SEND Code 6.53–6.56: reviewed in line with the agreed date (we allow 14 days)",
    why="A date that slips every time tells the family that it does not matter.",
    good="planned_review 27 March, reviewed on 31 March",
    bad="planned_review 27 March, reviewed on 22 May",
    covers=("C8",),
)
def review_late(view: View) -> Iterator[Finding]:
    for record in reviewed(view):
        due, held = record.data.get("planned_review"), record.data["review"]["date"]
        if due and held - due > TOLERANCE:
            yield Finding(
                record,
                ("review", "date"),
                f"reviewed {(held - due).days} days after the agreed date, {in_words(due)}",
                "say why under review: as_planned; it happened, so leave the date",
            )


_QUESTIONS = {
    "working": "is it working",
    "difference": "how much difference does it make",
    "as_planned": "did it happen as planned",
    "reaction": "how does the child react",
    "pupil_thinks": "what does the child think",
}


@rule(
    id="review-questions",
    severity="code",
    source="SEND Code 6.53–6.56; Devon IAS: five things to think about when reviewing support",
    why="“Made good progress” answers none of them.",
    good="working, difference, as_planned, reaction and pupil_thinks each with a line",
    bad="a review with a status per target and nothing else",
    covers=("S1-15", "S0-5", "S1-22", "C8"),
)
def review_questions(view: View) -> Iterator[Finding]:
    for record in reviewed(view):
        if gaps := missing(record.data["review"], _QUESTIONS):
            quoted = and_list(f"“{gap}?”" for gap in gaps)
            message = f"the review does not answer {quoted}"
            yield Finding(record, ("review",), message, f"add a line each: {_fields(record)}")


def _fields(record: Record) -> str:
    return ", ".join(field for field in _QUESTIONS if not record.data["review"].get(field))


@rule(
    id="review-parents-view",
    severity="law",
    source="Children and Families Act 2014 s.19; Derby City Council, SEND Support: review with parents and child",
    why="The family lives with the result. Their view is part of the review, not a comment on it.",
    good="parents_view: Homework takes 20 minutes instead of an hour",
    bad="a review without parents_view",
    covers=("S0-5", "L14"),
)
def review_parents_view(view: View) -> Iterator[Finding]:
    for record in reviewed(view):
        if not record.data["review"].get("parents_view"):
            yield Finding(
                record,
                ("review",),
                "the parents’ view is not in the review",
                "add parents_view; if they could not be reached, write not_known and what was tried",
            )


@rule(
    id="self-evaluation",
    severity="quality",
    source="Rutland Information Service: children evaluate their own learning success",
    why="A child who says how it went knows what to do next.",
    good="self_evaluation: “I can do the big words now if I tap them.”",
    bad="a review without self_evaluation",
    covers=("S4-3",),
)
def self_evaluation(view: View) -> Iterator[Finding]:
    for record in reviewed(view):
        if not record.data["review"].get("self_evaluation"):
            yield Finding(
                record,
                ("review",),
                f"{view.first_name}’s own judgement of the learning is not in the review",
                "add self_evaluation, in any form the child uses",
            )


RULES: tuple[Rule, ...] = (
    assess_sources,
    assess_agencies,
    barriers,
    cycle_length,
    support_when_where,
    lead_teacher,
    progress_shared,
    review_overdue,
    review_late,
    review_questions,
    review_parents_view,
    self_evaluation,
)
