"""Rules of quality, local policy and what is set aside, each at the word, the number or the day on which it turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.authorities.pack import Pack
from generator.records.record import Place, Record
from generator.rules import Rule
from generator.rules.check_case import check
from generator.rules.grammar.figures_said import figure_said, goal_said
from generator.values.parsing import TO_FILL_IN
from tests.joined import record
from tests.rules.turns import BY_ID, DAY, ON, WEEK, case, cycle, meeting, told, without_child

# -- behaviour --------------------------------------------------------------------------------------------------------

STAGES = ("calm", "anxious", "defensive", "crisis", "recovery")


def behaviour(*stages: str, **more: Any) -> dict[str, Any]:
    return {"behaviour_plan": {"needs": [], "behaviours": [], "stages": [{"stage": one} for one in stages], **more}}


@pytest.mark.parametrize(
    ("stages", "says"),
    [
        (STAGES, ""),
        (("calm", "anxious", "crisis", "recovery"), ""),
        (("calm", "defensive", "crisis", "recovery"), ""),
        (("calm", "crisis", "recovery"), "anxious"),
        (("anxious",), "calm, crisis and recovery"),
        ((), "calm, anxious, crisis and recovery"),
        (("calm", "crisis"), "anxious and recovery"),
        (("calm", "anxious", "recovery"), "crisis"),
        (("calm", "anxious", "crisis"), "recovery"),
    ],
)
def test_a_behaviour_plan_has_its_stages_in_their_order(stages: tuple[str, ...], says: str) -> None:
    found = told("behaviour-stages", **behaviour(*stages))
    assert [one.message for one in found] == [f"the behaviour plan has no stage for {says}"] * bool(says)
    assert told("behaviour-stages") == []


@pytest.mark.parametrize(
    ("plan", "speaks"),
    [
        ({}, 2),
        ({"outcomes": [{"needs": ["calm"]}]}, 1),
        ({"adjustments": [{"needs": ["calm"]}, {}]}, 1),
        ({"outcomes": [{"needs": ["calm", "safe"]}]}, 0),
    ],
)
def test_the_need_behind_the_behaviour_is_in_the_plan(plan: dict[str, Any], speaks: int) -> None:
    assert len(told("behaviour-need", plan=plan, **behaviour(needs=["calm", "safe"]))) == speaks
    assert told("behaviour-need") == []


WHOLE = {"key_adults": ["x"], "call_for_help": "x", "shared_with": ["x"]}


@pytest.mark.parametrize(
    ("part", "says"),
    [("key_adults", "who is best placed"), ("call_for_help", "when and how"), ("shared_with", "who has been told")],
)
def test_a_behaviour_plan_says_who_and_when(part: str, says: str) -> None:
    rest = {key: value for key, value in WHOLE.items() if key != part}
    [found] = told("behaviour-parts", **behaviour(**rest))
    assert says in found.message and told("behaviour-parts", **behaviour(**WHOLE)) == [] == told("behaviour-parts")
    stages = [{"stage": "calm", "who": "x"}]
    assert len(told("behaviour-parts", **behaviour(**rest | {"stages": stages}))) == (part != "key_adults")


@pytest.mark.parametrize(
    ("row", "speaks"),
    [
        ({"stage": "crisis", "do": "x"}, 1),
        ({"stage": "crisis", "do": "x", "who": "y"}, 0),
        ({"stage": "calm", "do": "x"}, 0),
        ({"stage": "crisis"}, 0),
    ],
)
def test_each_stage_after_calm_says_who_acts(row: dict[str, Any], speaks: int) -> None:
    found = told("behaviour-who", **behaviour(stages=[{"stage": "calm"}, row]))
    assert [one.keys for one in found] == [("stages", 1)] * speaks and told("behaviour-who") == []


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("He is aggressive", 1),
        ("Tantrums", 1),
        ("Leaves the room and shouts", 0),
        ("Aggressive: bites his arm", 0),
        ("She can be very disruptive in class.", 1),
    ],
)
def test_a_behaviour_is_shown_and_not_named(text: str, speaks: int) -> None:
    assert len(told("behaviour-observable", **behaviour(behaviours=["Hits the table", text]))) == speaks
    assert told("behaviour-observable") == []


# -- figures, forms, what is unfinished -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "figure"),
    [
        ("times_a_week", "3 times a week", 3),
        ("times_a_week", "twice a week", 2),
        ("times_a_week", "three sessions per week", 3),
        ("times_a_week", "3 times a week, checked weekly", None),
        ("times_a_week", "3 times a week, then 4 times a week", None),
        ("times_a_week", "up to 3 times a week", None),
        ("times_a_week", "2-3 times a week", None),
        ("times_a_week", "3 times a week or more", None),
        ("minutes", "20 minutes, 3 times a week", 20),
        ("minutes", "daily for 15 minutes", 15),
        ("minutes", "reads for 1 minute", None),
        ("minutes", "3 x 20 minutes weekly", 20),
        ("minutes", "about 20 minutes daily", None),
        ("weeks", "for 6 weeks", 6),
        ("weeks", "over twelve weeks", 12),
        ("weeks", "for 6 weeks, then for 8 weeks", None),
        ("group_size", "in a group of 4", 4),
        ("group_size", "group of four", 4),
        ("group_size", "a group of 4 words", None),
        ("group_size", "group of 4 or 5", None),
        ("weeks", "reads", None),
    ],
)
def test_a_figure_is_read_when_a_sentence_says_it_for_sure(field: str, text: str, figure: int | None) -> None:
    assert figure_said(field, text) == figure


@pytest.mark.parametrize(
    ("text", "unit", "figure"),
    [
        ("reads 50 words a minute", "words a minute", 50),
        ("reads 50 words and 60 words", "words", None),
        ("reads 50 wordsmiths", "words", None),
        ("reads 50 words or more", "words", None),
        ("reads 2.5 pages", "pages", "2.5"),
        ("reads more words", "words", None),
    ],
)
def test_a_goal_is_the_one_number_before_its_unit(text: str, unit: str, figure: Any) -> None:
    said = goal_said(text, unit)
    assert (str(said) if said is not None else None) == (None if figure is None else str(figure))


def target(**more: Any) -> dict[str, Any]:
    return {"plan": {"targets": [{"id": "t", "text": "Reads 50 words", "unit": "words", **more}]}}


@pytest.mark.parametrize(
    ("row", "speaks"),
    [
        ({"goal_value": 50}, 0),
        ({"goal_value": 60}, 1),
        ({"goal_value": 60, "start_value": 50}, 0),
        ({}, 0),
        ({"goal_value": 60, "unit": ""}, 0),
    ],
)
def test_the_goal_in_words_is_the_goal_in_figures(row: dict[str, Any], speaks: int) -> None:
    assert len(told("goal-differs", cycle(**target(**row)))) == speaks
    assert told("goal-differs", cycle(end=ON, **target(**row))) == []


@pytest.mark.parametrize(("due", "speaks"), [(ON, 0), (ON - DAY, 1)])
def test_forms_are_late_the_day_after_they_are_wanted(due: date, speaks: int) -> None:
    asked = record("asked", {"form": "parents", "asked_on": ON - WEEK, "due": due, "to": "Ann"}, "asked/a")
    assert [one.keys for one in told("forms-not-back", asked)] == [("due",)] * speaks


def unfinished(count: int) -> Record:
    rows = [{"x": f"{TO_FILL_IN} x"} for _ in range(count)]
    places = {("rows", n, "x"): Place(n + 2, 1) for n in range(count)} | {(): Place(1, 1)}
    return Record("cases/ben/plan.yaml", "plan", {"rows": [*rows, {"x": "done"}]}, places)


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (0, ""),
        (1, "one place is still to be filled in: line 2"),
        (2, "2 places are still to be filled in: lines 2 and 3"),
        (8, "8 places are still to be filled in: lines 2, 3, 4, 5, 6, 7, 8 and 9"),
        (9, "9 places are still to be filled in: lines 2, 3, 4, 5, 6, 7, 8 and 9 and on"),
    ],
)
def test_what_is_to_be_filled_in_is_told_once_for_a_file(count: int, says: str) -> None:
    found = told("to-fill-in", unfinished(count))
    assert [one.message for one in found] == [says] * bool(says) and {one.keys for one in found} <= {("rows", 0, "x")}
    assert told("to-fill-in", school={"name": f"{TO_FILL_IN} x"})[0].hint == "write it, or take the key out"


RATES = {"pay_rates": [{"role": "Teacher", "hourly": 40}]}
PAID = {"title": "Talk", "type": "group", "minutes": 20, "times_a_week": 2, "delivered_by": "Volunteer"}


@pytest.mark.parametrize(
    ("row", "speaks"),
    [
        ({}, 1),
        ({"type": "one_to_one"}, 1),
        ({"type": "specialist"}, 1),
        ({"type": "universal"}, 0),
        ({"yearly_cost": 5}, 0),
        ({"delivered_by": "Teacher"}, 0),
        ({"minutes": None}, 0),
        ({"hourly_rate": 5}, 0),
    ],
)
def test_support_that_is_paid_has_a_rate(row: dict[str, Any], speaks: int) -> None:
    offer = {key: value for key, value in {**PAID, **row}.items() if value is not None}
    assert len(told("pay-rate-missing", cycle(plan={"provision": [offer]}), school=RATES)) == speaks
    assert told("pay-rate-missing", cycle(plan={"provision": [offer]}), school={}) == []
    assert told("pay-rate-missing", cycle(plan={"provision": [offer]})) == []


@pytest.mark.parametrize(("given", "note", "speaks"), [(5, "", 0), (6, "", 1), (6, "x", 0), (4, "", 0)])
def test_more_than_planned_is_explained(given: int, note: str, speaks: int) -> None:
    row = {"delivered": given, "planned": 5, "note": note}
    assert (
        len(told("delivered-more", cycle(do={"delivery": [row]}))) == speaks and told("delivered-more", cycle()) == []
    )


@pytest.mark.parametrize(("file", "speaks"), [(f"{ON}", 0), (f"{ON - DAY}-review", 1), ("review", 0)])
def test_a_file_that_is_named_for_a_day_is_of_that_day(file: str, speaks: int) -> None:
    held = meeting(ON)
    named = Record(f"cases/2026-01-01/meetings/{file}.yaml", "meeting", held.data, {})
    undated = Record(f"cases/ben/meetings/{file}.yaml", "meeting", {"type": "review"}, {})
    assert len(told("meeting-file-date", named)) == speaks and told("meeting-file-date", undated) == []


# -- the child's own paper --------------------------------------------------------------------------------------------

OWN = ("important_to_me", "how_to_support_me", "my_goals", "how_i_communicate", "what_i_find_hard", "when_i_am_upset")
THIRD = "Ben likes dogs"


@pytest.mark.parametrize("key", OWN)
def test_a_profile_in_the_childs_words_speaks_as_the_child(key: str) -> None:
    assert len(told("wording-third-person", profile={"own_words": True, key: [THIRD]})) == 1
    assert told("wording-third-person", profile={key: [THIRD]}) == []
    assert told("wording-third-person", profile={"own_words": True, key: ["I like dogs"]}) == []
    assert without_child("wording-third-person", profile={"own_words": True, key: [THIRD]}, pupil={}) == []


@pytest.mark.parametrize(
    ("rows", "kinds", "keys"),
    [
        ([], {"profile": {"for_pupil": THIRD}}, ("for_pupil",)),
        ([], {"plan": {"aspirations": {"for_pupil": THIRD}}}, ("aspirations", "for_pupil")),
        ([], {"plan": {"responsibilities": {"pupil": [THIRD]}}}, ("responsibilities", "pupil", 0)),
        ([], {"plan": {"outcomes": [{}, {"for_pupil": THIRD}]}}, ("outcomes", 1, "for_pupil")),
        ([cycle(plan={"targets": [{"for_pupil": THIRD}]})], {}, ("plan", "targets", 0, "for_pupil")),
        ([cycle(plan={"provision": [{"for_pupil": THIRD}]})], {}, ("plan", "provision", 0, "for_pupil")),
        ([meeting(pupil_views={"own_words": True, "text": THIRD})], {}, ("pupil_views", "text")),
    ],
)
def test_what_my_plan_prints_speaks_as_the_child(rows: list[Any], kinds: dict[str, Any], keys: Any) -> None:
    assert [one.keys for one in told("wording-third-person", *rows, **kinds)] == [keys]


@pytest.mark.parametrize(
    ("targets", "offers", "says"),
    [
        (0, 0, ""),
        (1, 0, "1 target has no words"),
        (0, 1, "1 support has no words"),
        (2, 0, "2 targets have no words"),
        (0, 2, "2 kinds of support have no words"),
        (1, 1, "1 target and 1 support have no words"),
    ],
)
def test_targets_and_support_have_words_for_the_child(targets: int, offers: int, says: str) -> None:
    told_ = {"for_pupil": "x"}
    own = cycle(plan={"targets": [told_, *[{}] * targets], "provision": [told_, *[{}] * offers]})
    found = told("my-plan-words", own, plan={})
    assert [one.message.partition(" for ")[0] for one in found] == [says] * bool(says)
    assert {one.keys[1] for one in found} <= {"provision" if offers else "targets"}
    assert (
        told("my-plan-words", own)
        == []
        == told("my-plan-words", plan={})
        == without_child("my-plan-words", own, plan={})
    )
    assert told("my-plan-words", cycle(end=ON, plan={"targets": [{}]}), plan={}) == []


@pytest.mark.parametrize("group", ["targets", "provision"])
@pytest.mark.parametrize("years", [6, 10, 15, 16])
def test_a_line_for_the_child_is_as_long_as_the_child_reads(group: str, years: int) -> None:
    from generator.cases.child_reads import reads

    pupil = {"date_of_birth": date(ON.year - years, 9, 1)}
    most = reads({"people": [], **pupil}, ON).words
    for words, speaks in ((most, 0), (most + 1, 1)):
        own = cycle(plan={group: [{}, {"for_pupil": "so " * words}]})
        assert [one.keys for one in told("my-plan-length", own, plan={}, pupil=pupil)] == [
            ("plan", group, 1, "for_pupil")
        ] * speaks


# -- copied -----------------------------------------------------------------------------------------------------------

SAME = {"id": "t", "text": "Ben reads 50 words", "goal": "50"}


@pytest.mark.parametrize(
    ("status", "again", "change", "speaks"),
    [
        ("not_met", {}, None, 1),
        ("partly", {}, None, 0),
        ("not_met", {"text": "Ben reads 60 words"}, None, 0),
        ("not_met", {"goal": "60"}, None, 0),
        ("not_met", {}, "smaller", 0),
        ("not_met", {"text": "ben READS 50 words."}, None, 1),
    ],
)
def test_a_target_that_was_not_met_comes_back_changed(
    status: str, again: dict[str, str], change: Any, speaks: int
) -> None:
    rows = [{"target": "t", "status": status}, {"target": "gone", "status": "not_met"}]
    first = cycle(1, ON - 30 * WEEK, ON - 20 * WEEK, title="One", plan={"targets": [SAME]}, review={"targets": rows})
    second = cycle(2, ON, title="Two", plan={"targets": [{**SAME, **again}], **({"change": change} if change else {})})
    assert len(told("target-copied", first, second)) == speaks


@pytest.mark.parametrize(("length", "speaks"), [(59, 0), (60, 1)])
def test_a_long_text_is_said_anew(length: int, speaks: int) -> None:
    text = "x" * length
    for key in ("going_well", "not_going_well", "parents_views", "pupil_views"):
        rows = meeting(ON - WEEK, **{key: text}), meeting(ON, **{key: text.upper()})
        found = told("text-copied", *rows)
        assert [one.message for one in found] == [f"this text is the same as in {ON - WEEK}.yaml"] * speaks
    assert len(told("text-copied", meeting(ON, going_well=text, not_going_well=text))) == speaks
    for group in ("review", "assess"):
        ends = {"end": ON} if group == "review" else {}
        assert len(told("text-copied", cycle(1, **ends, **{group: {"a": text, "b": text}}))) == speaks
    assert len(told("text-copied", pupil={"needs": [{"a": text}, {"a": text}]})) == speaks
    assert len(told("text-copied", plan={"outcomes": [{"a": text}, {"a": text}]})) == speaks
    assert told("text-copied", log={"entries": [{"what": text}, {"what": text}]}) == []


# -- local policy and what is set aside -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "title", "speaks"),
    [
        ({}, "Assess", 0),
        ({"assess": "Assess"}, "Assess", 0),
        ({"assess": "Explore"}, "ASSESS and plan", 1),
        ({"assess": "Explore"}, "Assessment", 0),
    ],
)
def test_the_first_stage_has_the_authoritys_word(words: dict[str, str], title: str, speaks: int) -> None:
    assert len(told("local-words", cycle(title=title), pack={"words": words})) == speaks


@pytest.mark.parametrize(("checked", "speaks"), [(date(2025, 10, 1), 0), (date(2025, 9, 30), 1), (None, 1)])
def test_a_pack_is_compared_with_its_pages_each_year(checked: date | None, speaks: int) -> None:
    mine = {"checked": checked} if checked else {}
    found = told("pack-checked", request={}, school={}, pack=mine)
    assert [(one.keys, "more than a year ago" in one.message) for one in found] == [
        (("authority",), bool(checked))
    ] * speaks
    own = told("pack-checked", request={}, pupil={"home_authority": "own"}, pack=mine)
    assert [one.keys for one in own] == [("home_authority",)] * speaks
    assert told("pack-checked", school={}, pack=mine) == [] == told("pack-checked", request={}, pack=mine)


def overridden(rule: str, *rules: Rule, **kinds: Any) -> list[tuple[str, str]]:
    row = {"rule": rule, "reason": "x", "by": "y"}
    held = case(request={"made_by": "school", "overrides": [row]}, **kinds)
    checked = check(held, Pack("own", ("own",), {"name": "O"}), ON, rules=rules)
    return [(one.message, one.hint) for one in checked.problems if one.rule == "override"]


def test_an_override_that_sets_nothing_aside_is_told() -> None:
    late, future = BY_ID["outcome-count"], BY_ID["born-in-future"]
    [(message, hint)] = overridden("outcome-cuont", late)
    assert message.startswith("there is no rule called outcome-cuont") and hint == "did you mean outcome-count?"
    assert overridden("zzz", late)[0][1].startswith("the name of each finding's rule")
    assert overridden("outcome-count", late)[0][0].startswith("the rule outcome-count finds nothing any more")
    assert overridden("outcome-count", late, plan={"outcomes": [1] * 9}) == []
    broken = overridden("born-in-future", future, pupil={"date_of_birth": ON + DAY})
    assert broken[0][0] == "born-in-future reports broken data, which cannot be set aside"
    assert overridden("born-in-future", future)[0][0].startswith("the rule born-in-future finds nothing")
