"""Rules on who takes part and who is told, each where it turns."""

from __future__ import annotations

from typing import Any

import pytest

from generator.cases.case import Given
from tests.rules.turns import APART, DAY, MUM, OLDER, ON, WEAK, YEAR, YOUNG, cycle, meeting, people, told, without_child

# -- person-centred planning ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("review", "ended", "speaks"),
    [
        ({**WEAK, "concern": "x"}, ON, 0),
        ({**WEAK, "concern": "x"}, ON + DAY, 1),
        (WEAK, ON, 1),
        ({"expected_progress": True, "concern": "x"}, ON, 1),
    ],
)
def test_a_person_centred_meeting_has_its_reason(review: dict[str, Any], ended: Any, speaks: int) -> None:
    row = cycle(end=ended, review=review)
    assert len(told("pcp-trigger", row, meeting(ON, type="pcp"))) == speaks
    assert told("pcp-trigger", row, meeting(ON, type="pcp", why_now="x")) == [] == told("pcp-trigger", row, meeting(ON))
    assert len(told("pcp-trigger", row, meeting(ON, type="pcp"), meeting(ON, type="pcp"))) == speaks


FOUR = (("a", "parent"), ("b", "school"), ("c", "service"), ("d", "pupil"))
MISSED = {
    "parent": "a parent or carer", "school": "school staff", "service": "the services that work with the child",
    "pupil": "the child, or the child’s views",
}  # fmt: skip


@pytest.mark.parametrize("party", list(MISSED))
def test_everybody_is_at_a_person_centred_meeting(party: str) -> None:
    held = {"agencies": [{"service": "x"}]}
    rest = [row for row in FOUR if row[1] != party]
    [found] = told("pcp-people", meeting(ON, type="pcp", people=people(*rest)), pupil=held)
    assert found.message == f"missing from this person-centred planning meeting: {MISSED[party]}"
    assert told("pcp-people", meeting(ON, type="pcp", people=people(*FOUR)), pupil=held) == []
    away = people(*rest) + people(("x", party), came="apologies")
    assert len(told("pcp-people", meeting(ON, type="pcp", people=away), pupil=held)) == (party != "service")
    excuse = {"parent": {"looked_after": True}, "service": {"agencies": []}}.get(party)
    if excuse:
        assert told("pcp-people", meeting(ON, type="pcp", people=people(*rest)), pupil={**held, **excuse}) == []
    views = meeting(ON, type="pcp", people=people(*rest), pupil_views={"how": "x"})
    assert (told("pcp-people", views, pupil=held) == []) is (party == "pupil")


@pytest.mark.parametrize(
    ("days", "kind", "keys"),
    [
        ({"date": ON}, "pcp", []),
        ({"date": ON - DAY}, "pcp", [("date",)]),
        ({"initial_date": ON, "date": ON - DAY}, "pcp", []),
        ({"initial_date": ON - DAY, "date": ON}, "pcp", [("initial_date",)]),
        ({"date": ON}, "review", [("pcp_meeting",)]),
        ({}, "pcp", []),
    ],
)
def test_a_my_support_plan_comes_from_its_meeting(days: dict[str, Any], kind: str, keys: list[Any]) -> None:
    plan = {"pcp_meeting": str(ON), **days}
    assert [one.keys for one in told("support-plan-after-pcp", meeting(ON, type=kind), my_support_plan=plan)] == keys
    assert told("support-plan-after-pcp", my_support_plan=plan) == [] == told("support-plan-after-pcp", meeting(ON))


# -- who takes part ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "speaks"),
    [
        (meeting(ON), 1),
        (meeting(ON, "pupil"), 0),
        (meeting(ON, people=people(("x", "pupil"), came="online")), 0),
        (meeting(ON, people=people(("x", "pupil"), came="apologies")), 1),
        (meeting(ON, pupil_views={"attended": True}), 0),
        (meeting(ON, pupil_views={"attended": False}), 1),
        (meeting(ON, taking_part="x"), 0),
        (meeting(ON - YEAR - DAY), 0),
    ],
)
def test_a_young_person_takes_part(row: Any, speaks: int) -> None:
    young = OLDER
    assert len(told("young-person-involved", row, pupil=young)) == speaks
    assert (
        told("young-person-involved", row)
        == []
        == told("young-person-involved", row, pupil={**young, "sen_status": []})
    )
    assert told("young-person-involved", pupil=young) == []
    assert told("young-person-involved", meeting(ON - 120 * DAY), pupil=YOUNG) == [], (
        "not yet over compulsory school age"
    )
    assert len(told("young-person-involved", meeting(ON - YEAR), pupil=young)) == 1


ALL = people(("Ann Ashworth", "parent"), ("Ben", "pupil")) + people(("Miss Okoro", "school"), role="class teacher")


@pytest.mark.parametrize(
    ("rows", "more", "pupil", "says"),
    [
        (ALL, {}, {}, ""),
        (ALL[1:], {}, {}, "a parent was"),
        (ALL[1:], {}, {"looked_after": True}, ""),
        (ALL[1:], {}, OLDER, ""),
        (ALL, {}, APART, "Rob Hill was"),
        (ALL + people(("Mr Hill", "parent"), came="absent"), {}, APART, ""),
        (ALL, {}, {**APART, **OLDER}, ""),
        (ALL[:1] + ALL[2:], {}, {}, "Ben was"),
        (ALL[:1] + ALL[2:], {"pupil_views": {}}, {}, ""),
        (ALL[:2], {}, {}, "the class teacher was"),
        (ALL[:2], {}, {"year_group": 7}, "the form tutor was"),
        (ALL[:2], {}, {"year_group": 6}, "the class teacher was"),
        (ALL[:2], {}, {"year_group": "R"}, "the class teacher was"),
        (ALL[:2], {"type": "pcp"}, {}, ""),
        (ALL[:2], {"type": "annual"}, {}, "the class teacher was"),
        (ALL[:2], {"type": "interim"}, {}, "the class teacher was"),
        (ALL[:2], {"chair": "Mrs Hale, class teacher"}, {}, ""),
        (ALL[:2], {"chair": "Miss Okoro"}, {"class_teacher": "Miss Chi Okoro, 4C"}, ""),
        (ALL[:2] + people(("A", "school"), role="Key worker"), {}, {}, ""),
        (ALL[:2] + people(("A", "school"), role="Head of Year"), {}, {}, ""),
        (ALL[:2] + people(("A", "school"), role="tutor"), {}, {}, ""),
        (ALL[:2] + people(("A", "service"), role="teacher"), {}, {}, "the class teacher was"),
        ([], {}, {}, "a parent, Ben and the class teacher were"),
    ],
)
def test_everybody_who_was_asked_is_named(rows: Any, more: dict[str, Any], pupil: dict[str, Any], says: str) -> None:
    row = {"people": rows, "chair": "Mrs Hale", **more}
    found = told("meeting-asked", meeting(ON - YEAR, **row), pupil=pupil)
    assert [one.message for one in found] == [f"nothing says that {says} asked to this meeting"] * bool(says)
    assert told("meeting-asked", meeting(ON - YEAR - DAY, **row), pupil=pupil) == []


@pytest.mark.parametrize(("year", "teacher", "speaks"), [(6, "", 0), (7, "", 1), (7, "Ms Lee", 0), ("R", "", 0)])
def test_a_secondary_pupil_has_a_form_tutor(year: Any, teacher: str, speaks: int) -> None:
    assert len(told("form-tutor", pupil={"year_group": year, "class_teacher": teacher})) == speaks
    assert told("form-tutor", pupil={"year_group": year, "sen_status": []}) == [] == without_child("form-tutor")


NEEDS = {"needs": [{"id": "r", "title": "Reading"}, {"id": "s", "title": "Speech"}]}
PLAN = {"date": ON, "outcomes": [{"id": "a", "needs": ["r"]}, {"id": "b", "needs": ["s"]}, {"id": "c"}]}


@pytest.mark.parametrize(
    ("spoken", "says"),
    [(("a", "b"), ""), (("a",), "Speech"), (("c",), "Reading and Speech"), ((), ""), (("gone",), "Reading and Speech")],
)
@pytest.mark.parametrize("kind", ["review", "annual", "interim"])
def test_a_review_speaks_of_each_need(kind: str, spoken: tuple[str, ...], says: str) -> None:
    rows = [{"outcome": one} for one in spoken]
    found = told("review-each-need", meeting(ON, type=kind, progress=rows), plan=PLAN, pupil=NEEDS)
    assert [one.message for one in found] == [f"this review says nothing on {says}"] * bool(says)
    assert told("review-each-need", meeting(ON, type="pcp", progress=rows), plan=PLAN, pupil=NEEDS) == []
    assert told("review-each-need", meeting(ON - DAY, type=kind, progress=rows), plan=PLAN, pupil=NEEDS) == []
    assert told("review-each-need", meeting(ON, progress=rows), plan={"outcomes": PLAN["outcomes"]}, pupil=NEEDS) == []
    assert told("review-each-need", meeting(ON, progress=rows)) == []


# -- who is told ------------------------------------------------------------------------------------------------------

OLD = {"date": ON - 15 * DAY, "coordinator": "Mrs Joanna Hale"}


@pytest.mark.parametrize(
    ("plan", "offers", "says"),
    [
        ({"staff_informed": [{"name": "Mrs Hale"}]}, [], "Miss Chiamaka Okoro and Mr Lead know"),
        ({"staff_informed": [{"name": "Mrs Hale"}, {"name": "Mr Lead"}]}, [], "Miss Chiamaka Okoro knows"),
        ({"staff_informed": [{"name": "Mrs Hale"}, {"name": "Mr Lead"}, {"name": "Okoro"}]}, [], ""),
        (
            {
                "staff_informed": [{"name": "Mr Lead"}, {"name": "Okoro"}],
                "signatures": [{"person": "J. Hale (SENCO)", "date": ON}],
            },
            [],
            "",
        ),
        (
            {"staff_informed": [{"name": "Mr Lead"}, {"name": "Okoro"}], "signatures": [{"person": "J. Hale"}]},
            [],
            "Mrs Joanna Hale knows",
        ),
        (
            {"staff_informed": [{"name": "Hale"}, {"name": "Lead, teacher"}, {"name": "Okoro"}]},
            [("Mrs Begum", "group", None)],
            "Mrs Begum knows",
        ),
        (
            {"staff_informed": [{"name": "Hale"}, {"name": "Lead"}, {"name": "Okoro"}]},
            [("x", "group", "sil")],
            "Ms Ana Silva knows",
        ),
        (
            {"staff_informed": [{"name": "Hale"}, {"name": "Lead"}, {"name": "Okoro"}]},
            [("Mrs Begum", "specialist", None)],
            "",
        ),
        ({"staff_informed": [{"name": "Hale"}, {"name": "Lead"}, {"name": "Okoro"}]}, [("The TA", "group", None)], ""),
        ({}, [], ""),
        ({"staff_informed": [{"name": "x"}], "status": "draft"}, [], ""),
        ({"staff_informed": [{"name": "x"}], "date": ON - 14 * DAY}, [], ""),
    ],
)
def test_every_adult_who_works_with_the_child_is_told(plan: dict[str, Any], offers: list[Any], says: str) -> None:
    rows = [{"delivered_by": who, "type": kind, **({"staff": staff} if staff else {})} for who, kind, staff in offers]
    kinds = {"pupil": {"class_teacher": "Miss Chiamaka Okoro", "key_worker": "Miss Okoro"}, "plan": {**OLD, **plan}}
    school = {"staff": [{"id": "sil", "name": "Ms Ana Silva"}]}
    found = told("staff-all-told", cycle(lead_teacher="Mr Lead", plan={"provision": rows}), school=school, **kinds)
    assert [one.message for one in found] == [f"nothing says that {says} the plan"] * bool(says)
    everybody = cycle(lead_teacher="Mr Lead", plan={"staff_informed": [1]})
    assert told("staff-all-told", everybody, **kinds) == [] == told("staff-all-told")


def notes(to: str, day: Any = ON, status: str = "final") -> Given:
    return Given(f"notes-{ON - 15 * DAY}", "notes", day, to, status, {})


WITH_NOTES = {"documents": [{"id": "notes", "title": "Notes", "each": "meeting"}]}


@pytest.mark.parametrize(
    ("to", "without"),
    [
        ((), []),
        (("Mrs Ashworth",), ["Rob"]),
        (("Mr Hill",), ["Ann"]),
        (("Mr Hill", "mum"), []),
        (("parents",), []),
        (("both",), []),
        (("Mr and Mrs Ashworth",), []),
        (("Mum", "Dad"), []),
        (("Daddy",), ["Ann"]),
        (("Council",), ["Rob", "Ann"]),
    ],
)
def test_each_parent_living_apart_has_the_notes(to: tuple[str, ...], without: list[str]) -> None:
    day = ON - 15 * DAY
    rows = [{"to": one, "date": day} for one in to]
    found = told("notes-each-parent", meeting(day, copies=rows), pupil=APART)
    assert [one.message.split()[0] for one in found] == without
    given = tuple(notes(one) for one in to)
    assert [
        one.message.split()[0]
        for one in told("notes-each-parent", meeting(day), pupil=APART, given=given, pack=WITH_NOTES)
    ] == without
    assert told("notes-each-parent", meeting(day, copies=rows), pupil={**APART, **YOUNG}) == []
    assert told("notes-each-parent", meeting(day, copies=rows), pupil={"people": [MUM]}) == []
    assert told("notes-each-parent", meeting(ON - 14 * DAY, copies=rows), pupil=APART) == []
    assert told("notes-each-parent", meeting(ON - YEAR - DAY, copies=[{"to": one} for one in to]), pupil=APART) == []
    assert (
        told("notes-each-parent", meeting(day, copies=[{"to": one, "date": day - DAY} for one in to]), pupil=APART)
        == []
    )


@pytest.mark.parametrize(
    ("links", "says"),
    [
        ({}, "the independent advice service (sendiass) and the SEN information report (sen_information_report)"),
        ({"sendiass": "x"}, "the SEN information report (sen_information_report)"),
        ({"sen_information_report": "x"}, "the independent advice service (sendiass)"),
        ({"sendiass": "x", "sen_information_report": "y"}, ""),
    ],
)
def test_families_are_told_where_to_find_advice(links: dict[str, str], says: str) -> None:
    found = told("family-links", school={"links": links})
    assert [one.message for one in found] == [f"families’ papers cannot name {says}"] * bool(says)
    assert told("family-links", school={"links": links}, pupil={"sen_status": []}) == [] == told("family-links")


def test_staff_are_told_also_while_no_cycle_runs() -> None:
    plan = {**OLD, "staff_informed": [{"name": "Mrs Begum"}]}
    [found] = told("staff-all-told", plan=plan, pupil={"class_teacher": "Miss Okoro"})
    assert found.message == "nothing says that Miss Okoro and Mrs Joanna Hale know the plan"
