"""Meetings: three a year, led by someone who knows the child, everyone heard, the record home within a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.cases.case import Data, file_id, sen_status
from generator.cases.dates.age_and_year import speaks_for_themselves
from generator.records.record import Record
from generator.rules.law_and_code.cycle_sequence import little_progress
from generator.rules.law_and_code.cycles import reviewed
from generator.rules.law_and_code.support_plan import missing, support_began
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
    """The meetings that have taken place by now, oldest first."""
    return [record for record in view.case.meetings if "date" in record.data and record.data["date"] <= view.on]


def with_family(view: View, meeting: Data) -> bool:
    """True when a parent came; the young person over compulsory school age; carers of a looked-after child."""
    pupil = view.case.data("pupil")
    parties = {"parent"}
    if "date_of_birth" in pupil and speaks_for_themselves(pupil, meeting["date"]):
        parties.add("pupil")
    if "looked_after" in pupil:
        parties |= {"service", "advocate"}
    return any(row["party"] in parties and row["came"] in CAME for row in meeting["people"])


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
    since = max(view.on - YEAR, began, pupil.data.get("admission_date", date.min))
    wanted = meetings_a_year(view) * (view.on - since).days // YEAR.days
    recent = [record for record in held(view) if record.data["date"] >= since - 2 * WEEK]
    met = [record for record in recent if with_family(view, record.data)]
    if len(met) < wanted:
        span = "in the last twelve months" if since == view.on - YEAR else f"since {in_words(since)}"
        yield Finding(
            pupil,
            ("sen_status",),
            f"{len(met) or 'no'} meeting{'s' * (len(met) != 1)} with {view.first_name}’s parents {span}; "
            f"by now there should have been {wanted}",
            "a parents’ evening slot counts when support was talked over; write it up in meetings/",
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
    ahead = any(record.data.get("date", date.min) > view.on for record in view.case.meetings)
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
    recent = [record for record in held(view) if view.on - record.data["date"] <= YEAR]
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


# -- person-centred planning ------------------------------------------------------------------------------------------


def _pcp(view: View) -> list[Record]:
    return [record for record in held(view) if record.data["type"] == "pcp"]


@rule(
    id="pcp-trigger",
    severity="quality",
    source=f"{DRAFT}: no expected progress, and a significant cause for concern",
    why="The step up to a My Support Plan needs its reason on paper: too little progress, and real concern.",
    good="why_now: Two cycles below expectation, and she has begun to refuse reading",
    bad="a person-centred planning meeting without why_now",
    covers=("S2-7",),
)
def pcp_trigger(view: View) -> Iterator[Finding]:
    for record in _pcp(view)[:1]:
        before = [r for r in reviewed(view) if r.data["review"]["date"] <= record.data["date"]]
        seen = any(little_progress(r.data) and r.data["review"].get("concern") for r in before)
        if not record.data.get("why_now") and not seen:
            yield Finding(
                record,
                ("type",),
                "nothing says why this person-centred planning meeting was called",
                "add why_now: the progress that is missing, and the concern",
            )


@rule(
    id="pcp-people",
    severity="quality",
    source=f"{DRAFT}: parents or carers, key staff with outside agencies, the pupil",
    why="A plan about a child made without the child, the parents or those who help is not person-centred.",
    good="people: the pupil, both parents, class teacher, SENCO, speech therapist",
    bad="a person-centred planning meeting of two members of staff",
    covers=("S2-8",),
)
def pcp_people(view: View) -> Iterator[Finding]:
    for record in _pcp(view):
        rows = record.data["people"]
        came = {row["party"] for row in rows if row["came"] in CAME}
        services = any(row["party"] == "service" for row in rows) or not view.case.data("pupil").get("agencies")
        pupil = "pupil" in came or bool(record.data.get("pupil_views", {}).get("how"))
        there = {
            "a parent or carer": "parent" in came or "looked_after" in view.case.data("pupil"),
            "school staff": "school" in came,
            "the services that work with the child": services,
            "the child, or the child’s views": pupil,
        }
        if gaps := [words for words, is_there in there.items() if not is_there]:
            yield Finding(
                record,
                ("people",),
                f"missing from this person-centred planning meeting: {and_list(gaps)}",
                "invite them, take views beforehand, or write down why they were not there",
            )


@rule(
    id="support-plan-after-pcp",
    severity="quality",
    source=f"{DRAFT}: a My Support Plan is completed as part of the PCP meeting",
    why="The plan comes out of the meeting; a plan that is older was written without it.",
    good="PCP meeting on 12 March, My Support Plan of 19 March",
    bad="PCP meeting on 12 March, My Support Plan of 2 March",
    covers=("S2-9",),
)
def support_plan_after_pcp(view: View) -> Iterator[Finding]:
    plan = view.case.one("my-support-plan")
    cited = next((r for r in view.case.meetings if plan and file_id(r) == plan.data["pcp_meeting"]), None)
    if plan is None or cited is None:
        return
    if cited.data["type"] != "pcp":
        message = f"{plan.data['pcp_meeting']} is not a person-centred planning meeting"
        yield Finding(plan, ("pcp_meeting",), message, "name the file of the PCP meeting, or correct its type")
    made, met = plan.data.get("initial_date", plan.data.get("date")), cited.data.get("date")
    if made and met and made < met:
        key = "initial_date" if "initial_date" in plan.data else "date"
        message = f"the plan ({in_words(made)}) is older than the meeting it came from ({in_words(met)})"
        yield Finding(plan, (key,), message, "correct the date that slipped")


# -- EHC plans --------------------------------------------------------------------------------------------------------


@rule(
    id="annual-review",
    severity="law",
    source="SEND Regulations 2014 regs 18–21: an EHC plan is reviewed within twelve months",
    why="The authority reviews the plan every year, and the school holds the meeting for it.",
    good="meetings/2026-03-12-annual.yaml, and the one before in April 2025",
    bad="status E for two years and no annual meeting in the last twelve months",
    covers=("L11",),
)
def annual_review(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil is None or sen_status(pupil.data, view.on) != "E":
        return
    number, row = [(n, r) for n, r in enumerate(pupil.data["sen_status"]) if r["status"] == "E"][-1]
    reviews = [record.data["date"] for record in held(view) if record.data["type"] == "annual"]
    reviews += [r.data["date"] for r in view.case.by_kind.get("annual-review", ()) if r.data["date"] <= view.on]
    last = max([row["from"], *reviews])
    if view.on - last > YEAR:
        yield Finding(
            pupil,
            ("sen_status", number),
            f"the EHC plan was last reviewed or made on {in_words(last)}",
            "hold the annual review, send its report within two weeks, and write it up with type: annual",
        )


RULES: tuple[Rule, ...] = (
    meetings_three_a_year,
    meeting_note_taker,
    meeting_chair,
    meeting_record_parts,
    meeting_pupil_views,
    meeting_parents_views,
    next_meeting,
    meeting_services,
    pcp_trigger,
    pcp_people,
    support_plan_after_pcp,
    annual_review,
)
