"""Who takes part: the young person in their own right, everybody asked to the meeting, every need talked about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.cases.dates.age_and_year import speaks_for_themselves
from generator.cases.dates.twelve_months import year_before
from generator.cases.family.family_copies import names_person, separated
from generator.records.record import Record
from generator.rules.law_and_code.meetings_and_family.meetings import CAME, held
from generator.rules.law_and_code.support_and_cycles.support_plan import supported
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list

REVIEWS = ("review", "annual", "interim")
SECONDARY = 7


def is_young_person(view: View, day: date) -> bool:
    """True when the pupil decides alone on a day: over compulsory school age."""
    pupil = view.case.data("pupil")
    return "date_of_birth" in pupil and speaks_for_themselves(pupil, day)


@rule(
    id="young-person-involved",
    severity="code",
    source="SEND Code chapter 8; Leicester City Council: young people from 16 take a full part in designing it",
    why="From the end of Year 11 it is their plan and their decision; parents help where the young person wants it.",
    good="people: {name: Luca, party: pupil, came: present}; pupil_agreed: 18 September 2026",
    bad="three meetings in Year 12, all with the mother and none with the student",
    covers=("S4-2", "S3-2", "L14"),
)
def young_person_involved(view: View) -> Iterator[Finding]:
    """The young person was at a meeting of the last twelve months, or says in the record why not."""
    if not supported(view) or not is_young_person(view, view.on):
        return
    recent = [r for r in held(view) if r.data["date"] >= year_before(view.on) and is_young_person(view, r.data["date"])]
    if recent and not any(_took_part(record) for record in recent):
        yield Finding(
            recent[-1],
            ("people",),
            f"{view.first_name} decides alone now, and took part in no meeting of the last year",
            "ask the young person first: to come, to lead part of it, or to say how else they want to decide",
        )


def _took_part(meeting: Record) -> bool:
    views = meeting.data.get("pupil_views", {})
    there = any(row["party"] == "pupil" and row["came"] in CAME for row in meeting.data["people"])
    return there or bool(views.get("attended")) or bool(meeting.data.get("taking_part"))


@rule(
    id="meeting-asked",
    severity="quality",
    source="Devon IAS: parents, the child, the class teacher or form tutor and the teaching assistant; SEND Code 6.67",
    why="A parent who was not asked and a parent who did not come look the same in a record that names neither.",
    good="people: both parents, the pupil (apologies), class teacher, SENCO",
    bad="people: mother and SENCO; the father, the pupil and the class teacher are not named",
    covers=("S1-19", "S2-8", "S1-20"),
)
def meeting_asked(view: View) -> Iterator[Finding]:
    """The record names everybody who was asked: each parent, the pupil, who teaches the pupil."""
    for record in held(view):
        if record.data["date"] >= year_before(view.on) and (gaps := list(_not_named(view, record))):
            yield Finding(
                record,
                ("people",),
                f"nothing says that {and_list(gaps)} {'was' if len(gaps) == 1 else 'were'} asked to this meeting",
                "add a row under people, with came: apologies or absent where they could not come",
            )


def _not_named(view: View, meeting: Record) -> Iterator[str]:
    pupil, rows = view.case.data("pupil"), meeting.data["people"]
    young = is_young_person(view, meeting.data["date"])
    parents = [str(row["name"]) for row in rows if row["party"] == "parent"]
    if not young and not parents and "looked_after" not in pupil:
        yield "a parent"
    for person in () if young or not parents else separated(pupil):
        if not any(names_person(name, person) for name in parents):
            yield str(person["name"])
    if not any(row["party"] == "pupil" for row in rows) and "pupil_views" not in meeting.data:
        yield view.first_name
    school = [f"{row['name']} {row['role']}".casefold() for row in rows if row["party"] == "school"]
    school.append(str(meeting.data["chair"]).casefold())
    teacher = str(pupil.get("class_teacher", "")).split(",")[0].split()[-1:]
    roles = ("teacher", "tutor", "head of year", "key worker", *(name.casefold() for name in teacher))
    if not any(word in text for text in school for word in roles) and meeting.data["type"] in REVIEWS:
        yield "the form tutor" if _is_secondary(view) else "the class teacher"


def _is_secondary(view: View) -> bool:
    year = view.case.data("pupil").get("year_group")
    return isinstance(year, int) and year >= SECONDARY


@rule(
    id="form-tutor",
    severity="quality",
    source="Devon IAS: the class teacher in primary school, the form tutor in secondary school",
    why="In a school of forty teachers the family needs one who sees the whole week.",
    good="class_teacher: Mr Owen Pugh, form tutor 8P",
    bad="Year 8, SEN support, and no class_teacher",
    covers=("S1-19", "C7", "C12"),
)
def form_tutor(view: View) -> Iterator[Finding]:
    """A secondary pupil with support has a form tutor on record."""
    pupil = view.case.one("pupil")
    if pupil and supported(view) and _is_secondary(view) and not pupil.data.get("class_teacher"):
        message = f"no form tutor is named for {view.first_name}"
        yield Finding(pupil, ("class",), message, "write the form tutor as class_teacher; they lead the meetings")


@rule(
    id="review-each-need",
    severity="quality",
    source="Devon IAS: looking at and discussing each need and support, seeing what is going well and what is not",
    why="The loudest need takes the hour. The quiet one waits another term.",
    good="progress: a line for each outcome of the plan",
    bad="progress on reading, and not a word on the outcome about making friends",
    covers=("S1-19", "S3-6"),
)
def review_each_need(view: View) -> Iterator[Finding]:
    """Each need of the plan is spoken of at each review of that plan, interim ones too."""
    plan = view.case.one("plan")
    if plan is None or "date" not in plan.data:
        return
    titles = {need["id"]: str(need["title"]) for need in view.case.data("pupil").get("needs", ())}
    wanted = {need: titles.get(need, need) for row in plan.data.get("outcomes", ()) for need in row.get("needs", ())}
    for record in held(view):
        if record.data["type"] not in REVIEWS or record.data["date"] < plan.data["date"]:
            continue
        spoken = {row["outcome"] for row in record.data.get("progress", ())}
        rows = [row for row in plan.data.get("outcomes", ()) if row["id"] in spoken]
        gaps = [title for need, title in wanted.items() if not any(need in row.get("needs", ()) for row in rows)]
        if gaps and spoken:
            message = f"this review says nothing on {and_list(gaps)}"
            yield Finding(record, ("progress",), message, "add a line under progress for the outcome of each need")


RULES: tuple[Rule, ...] = (young_person_involved, meeting_asked, form_tutor, review_each_need)
