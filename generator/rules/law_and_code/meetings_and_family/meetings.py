"""Meetings: three a year, led by someone who knows the child, everyone heard, the record home within a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from generator.cases.case import Data
from generator.cases.dates.age_and_year import speaks_for_themselves
from generator.cases.dates.twelve_months import year_before
from generator.records.record import Record
from generator.rules.law_and_code.support_and_cycles.support_plan import missing, support_began
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words

DRAFT = "draft text of an authority not named"
RECORD = "SEND Code 6.67–6.71"
THREE = 3
"""Meetings with parents a year (SEND Code 6.65); no pack can ask for fewer."""

WEEK = timedelta(days=7)
YEAR = timedelta(days=365)
CAME = ("present", "online")


def meetings_a_year(view: View) -> int:
    """How many meetings with parents a year are expected: the Code's three, or more where the pack says so."""
    return max(THREE, int(view.pack.data.get("reviews", {}).get("min_per_year", THREE)))


def held(view: View) -> list[Record]:
    """The meetings that have taken place by now, oldest first; not one whose record says only who is invited."""
    by_now = [record for record in view.case.meetings if "date" in record.data and record.data["date"] <= view.on]
    return [record for record in by_now if not _only_invited(record.data)]


def _only_invited(meeting: Data) -> bool:
    """True while nobody has written who came: the meeting is still to be, or still to be written up."""
    return bool(meeting["people"]) and all(row["came"] == "invited" for row in meeting["people"])


def with_family(view: View, meeting: Data) -> bool:
    """True when a parent came; the young person over compulsory school age; carers of a looked-after child."""
    pupil = view.case.data("pupil")
    parties = {"parent"}
    if "date_of_birth" in pupil and speaks_for_themselves(pupil, meeting["date"]):
        parties.add("pupil")
    if "looked_after" in pupil:
        parties |= {"service", "advocate"}
    return any(row["party"] in parties and row["came"] in CAME for row in meeting["people"])


class SoFar(NamedTuple):
    """The meetings with the family since a day, how many there should have been by now, and that span in words."""

    met: int
    wanted: int
    span: str


def meetings_so_far(view: View, began: date) -> SoFar:
    """The meetings of the last twelve months, or since the support, the child or the pupil's file began here."""
    a_year = year_before(view.on)
    pupil = view.case.data("pupil")
    since = max(a_year, began, pupil.get("admission_date", date.min), pupil.get("records_from", date.min))
    recent = [record for record in held(view) if record.data["date"] >= since - 2 * WEEK]
    met = sum(with_family(view, record.data) for record in recent)
    wanted = meetings_a_year(view) * (view.on - since).days // YEAR.days
    return SoFar(met, wanted, "in the last twelve months" if since == a_year else f"since {in_words(since)}")


@rule(
    id="meetings-three-a-year",
    severity="code",
    source="SEND Code 6.65: schools should meet parents at least three times each year",
    why="Three times a year is the least; an authority that writes “once” cannot lower the Code.",
    good="meetings with a parent in November, February and June",
    bad="one meeting in twelve months of SEN support",
    covers=("S1-18", "S2-6", "S3-5", "C11"),
)
def meetings_three_a_year(view: View) -> Iterator[Finding]:
    pupil, began = view.case.one("pupil"), support_began(view)
    if pupil is None or began is None:
        return
    so_far = meetings_so_far(view, began)
    if so_far.met < so_far.wanted:
        yield Finding(
            pupil,
            ("sen_status",),
            f"{so_far.met or 'no'} meeting{'s' * (so_far.met != 1)} with {view.first_name}’s parents {so_far.span}; "
            f"by now there should have been {so_far.wanted}",
            "a parents’ evening slot counts when support was talked over; write it up in meetings/",
        )


@rule(
    id="meeting-who-came",
    severity="quality",
    source="schema: write invited until the meeting has been",
    why="A meeting of which nobody says who came counts for nothing, though the family may have been there.",
    good="people: {name: Ann Ashworth, came: present}, once the meeting has been",
    bad="a meeting of last week at which everybody is still only invited",
)
def meeting_who_came(view: View) -> Iterator[Finding]:
    for record in view.case.meetings_and_begun:
        if "date" in record.data and record.data["date"] < view.on and _only_invited(record.data):
            yield Finding(
                record,
                ("people",),
                f"this meeting was to be on {in_words(record.data['date'])}, and nothing says who came",
                "write who came (present, online, apologies or absent) and what was said; or give the new day",
            )


@rule(
    id="meeting-note-taker",
    severity="quality",
    source="Devon IAS: a member of staff takes notes about what is discussed and agreed",
    why="Whoever leads the talk cannot write at the same time.",
    good="note_taker: Mrs Joanna Hale, SENCO",
    bad="a review meeting without note_taker",
    covers=("S1-19",),
)
def meeting_note_taker(view: View) -> Iterator[Finding]:
    for record in held(view):
        if "note_taker" not in record.data and record.data["type"] != "parents_evening":
            yield Finding(record, ("chair",), "nobody is named as taking notes", "add note_taker")


@rule(
    id="meeting-chair",
    severity="code",
    source=f"{RECORD}: led by a teacher who knows the pupil, supported by the SENCO",
    why="Parents talk to the person who sees the child every day.",
    good="chair: Mr Tunde Adeyemi, class teacher",
    bad="chair: Mr Simon Whitlock, deputy headteacher, who does not teach the child",
    covers=("S1-19", "C12"),
)
def meeting_chair(view: View) -> Iterator[Finding]:
    pupil, school = view.case.data("pupil"), view.case.school.data if view.case.school else {}
    who = [pupil.get("class_teacher"), pupil.get("key_worker"), view.case.data("plan").get("coordinator")]
    who += [view.case.data("my-support-plan").get("coordinator"), school.get("senco", {}).get("name")]
    who += [cycle.data.get(key) for cycle in view.case.cycles for key in ("lead_teacher", "coordinator")]
    known = {name for text in who if text for name in _surnames(str(text))}
    for record in held(view):
        chair = str(record.data["chair"])
        here = {name for row in record.data["people"] if _teaches(row) for name in _surnames(str(row["name"]))}
        knows = _surnames(chair) & (known | here) or "teacher" in chair.casefold().replace("headteacher", "")
        if not knows and "tutor" not in chair.casefold() and known:
            yield Finding(
                record,
                ("chair",),
                f"{chair} is not named anywhere as someone who teaches or knows {view.first_name}",
                "let the class teacher or form tutor lead, or say after the name what they do with the child",
            )


def _teaches(person: Data) -> bool:
    """True for someone whose role at the meeting says that they see the child: class teacher, tutor, key worker."""
    role = str(person["role"]).casefold().replace("headteacher", "")
    return any(word in role for word in ("teacher", "tutor", "key ", "assistant", "nursery nurse", "senco"))


def _surnames(text: str) -> set[str]:
    """The words of a name that can be a surname, before any comma: `Mr Tunde Adeyemi, class teacher` → Adeyemi."""
    names = text.split(",")[0].split("(")[0].split()
    return {names[-1].casefold()} if names else set()


_PARTS = {
    "going_well": "what goes well",
    "not_going_well": "what does not",
    "progress": "progress to each outcome",
    "actions": "who does what by when",
}


@rule(
    id="meeting-record-parts",
    severity="code",
    source=f"{RECORD}: a record of outcomes, action and support agreed",
    why="A record without actions is a memory of a nice talk.",
    good="going_well, not_going_well, progress and actions filled in",
    bad="a review with views and nothing else",
    covers=("S1-19", "C12"),
)
def meeting_record_parts(view: View) -> Iterator[Finding]:
    for record in held(view):
        if record.data["type"] not in ("review", "annual", "interim"):
            continue
        data = {**record.data}
        data.setdefault("going_well", data.get("working"))
        data.setdefault("not_going_well", data.get("not_working"))
        if gaps := missing(data, _PARTS):
            message = f"the record of this meeting does not say {and_list(gaps)}"
            yield Finding(record, ("type",), message, "a line each will do")


@rule(
    id="meeting-pupil-views",
    severity="law",
    source="Children and Families Act 2014 s.19; SEND Code 6.67–6.71; Devon IAS: other ways to share their views",
    why="It is the child’s life. There is a way to have a say for every child, in the room or not.",
    good="pupil_views: text: “Maths is better now”, how: drew it with Mrs Begum the day before, attended: no",
    bad="a review meeting without pupil_views",
    covers=("S1-20", "L14", "C12"),
)
def meeting_pupil_views(view: View) -> Iterator[Finding]:
    for record in held(view):
        if "pupil_views" not in record.data and not record.data.get("important_to"):
            yield Finding(
                record,
                ("type",),
                f"{view.first_name}’s views are not in the record of this meeting",
                "add pupil_views: text, how they were gathered, and attended: yes or no",
            )


@rule(
    id="meeting-parents-views",
    severity="law",
    source="Children and Families Act 2014 s.19; SEND Code 6.67–6.71: parents can share their concerns",
    why="Parents were there, and the record sounds as if they had only listened.",
    good="parents_views: We would like to know about his eyes before anything else",
    bad="a review with a parent present and no parents_views",
    covers=("L14", "C12", "C3"),
)
def meeting_parents_views(view: View) -> Iterator[Finding]:
    for record in held(view):
        if not record.data.get("parents_views") and not record.data.get("not_working"):
            yield Finding(
                record,
                ("type",),
                "the parents’ views are not in the record of this meeting",
                "add parents_views, in their words where you can",
            )


@rule(
    id="next-meeting",
    severity="quality",
    source="Devon IAS: dates are set ahead, ideally at the start of the year; SEND Code 6.65",
    why="A date in the diary happens.",
    good="next_meeting: 18 June 2026",
    bad="the last meeting has no next_meeting",
    covers=("S1-12", "S1-18"),
)
def next_meeting(view: View) -> Iterator[Finding]:
    last = held(view)[-1:]
    ahead = any(record.data.get("date", date.min) > view.on for record in view.case.meetings_and_begun)
    for record in last:
        if "next_meeting" not in record.data and not ahead and record.data.get("decision") != "no":
            yield Finding(record, ("date",), "no date for the next meeting is set", "add next_meeting")


@rule(
    id="meeting-services",
    severity="quality",
    source=f"{DRAFT}: meetings with the input of any other professionals involved",
    why="A specialist who is never asked to report will not know that the advice did not work.",
    good="people: Kofi Mensah, speech and language therapist, came: apologies, report: received",
    bad="a therapist involved all year and no word from them in any meeting",
    covers=("S2-6",),
)
def meeting_services(view: View) -> Iterator[Finding]:
    recent = [record for record in held(view) if record.data["date"] >= year_before(view.on)]
    services = [row for record in recent for row in record.data["people"] if row["party"] == "service"]
    heard = any(row["came"] in CAME or row.get("report") for row in services)
    pupil = view.case.one("pupil")
    agencies = pupil.data.get("agencies", ()) if pupil else ()
    active = [
        (number, agency)
        for number, agency in enumerate(agencies)
        if agency.get("from", date.max) <= view.on - YEAR / 2 and agency.get("to", date.max) >= view.on
    ]
    if pupil and recent and active and not heard:
        yield Finding(
            pupil,
            ("agencies", active[0][0]),
            f"{and_list(agency['service'] for _, agency in active)} had no say in any meeting of the last year",
            "invite them, or ask for a few lines: report: requested",
        )


RULES: tuple[Rule, ...] = (
    meetings_three_a_year,
    meeting_who_came,
    meeting_note_taker,
    meeting_chair,
    meeting_record_parts,
    meeting_pupil_views,
    meeting_parents_views,
    next_meeting,
    meeting_services,
)
