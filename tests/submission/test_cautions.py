"""What a person is told before a bundle leaves: each caution where it turns, and whose account says how much of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from generator.authorities.pack import Pack
from generator.bundle import Bundle, ContactTold, PagePlan
from generator.bundle.bundle_parts import Account, Part
from generator.cases.case import Case
from generator.cases.family.contact_details import Reader
from generator.problems import FilesHaveErrors
from generator.records.record import Place, Record
from generator.submission.kept_from_reader import made_without_contacts, must_not_be_told, readers_at_home, unsearched
from generator.submission.submission_warnings import (
    HEADS,
    Caution,
    accounts_without,
    cautions,
    in_account,
    words_taken_out,
)
from generator.values.notice import Notice
from generator.values.parsing import TO_FILL_IN
from tests.rules.turns import DAY, ON, YOUNG, case, meeting

PACK = Pack(
    "own",
    ("own",),
    {
        "name": "Ourshire",
        "documents": [
            {"id": "request", "title": "R", "needs": ["request"]},
            {"id": "notes", "title": "N", "each": "meeting"},
            {"id": "letter", "title": "L", "each": "meeting"},
            {"id": "cycle", "title": "C", "each": "cycle"},
        ],
        "ladder": ({"id": "request", "title": "Request", "documents": ("request",)},),
    },
)


def made(**more: Any) -> Any:
    return SimpleNamespace(**{"warnings": (), "left_out": (), "accounts": (), **more})


def told(
    seen: Case, bundle: Any = None, audience: str = "parents", left_out: tuple[str, ...] = (), whole: Case | None = None
) -> list[tuple[str, str]]:
    found = cautions(whole or seen, seen, PACK, ON, audience, bundle or made(), left_out)
    assert [list(HEADS).index(one.kind) for one in found] == sorted(list(HEADS).index(one.kind) for one in found)
    return [(one.kind, one.text) for one in found]


BARE = case()


@pytest.mark.parametrize(
    ("rule", "kind"),
    [(f"bundle/{one}", one) for one in ("lost", "contact", "other-pupil", "perhaps-pupil", "not-named")]
    + [("bundle/turned", "look"), ("look", "look")],
)
def test_what_the_bundle_noticed_is_told_under_its_heading(rule: str, kind: str) -> None:
    problem = SimpleNamespace(rule=rule)
    assert told(BARE, made(warnings=(problem,)))[0][0] == kind


def test_what_is_left_out_is_told_and_safeguarding_apart() -> None:
    rows = (
        SimpleNamespace(title="A note", reason="it is about safeguarding"),
        SimpleNamespace(title="A photo", reason="include: no"),
    )
    found = told(BARE, made(left_out=rows), left_out=("log.yaml: x",))
    assert found[0] == ("safeguarding", "A note: left out, about safeguarding")
    assert set(found[1:]) == {("left-out", "A photo: include: no"), ("left-out", "log.yaml: x")}


@pytest.mark.parametrize(
    ("inside", "row", "says"),
    [
        (("cp",), {"date": ON}, "cp: goes with it; released by Mrs Hale on 1 October 2026: asked"),
        (("cp",), {}, "cp: goes with it; released by Mrs Hale: asked"),
        (("other",), {}, ""),
    ],
)
def test_what_somebody_released_is_told_with_who_and_why(
    inside: tuple[str, ...], row: dict[str, Any], says: str
) -> None:
    held = case(request={"release": [{"evidence": "cp", "by": "Mrs Hale", "reason": "asked", **row}]})
    accounts = tuple(SimpleNamespace(id=one, kind="pdf", warnings=()) for one in inside)
    assert told(BARE, made(accounts=accounts), whole=held) == [("safeguarding", says)] * bool(says)


def gap(kind: str, *lines: int) -> Record:
    rows = {str(n): f"{TO_FILL_IN} x" for n in lines}
    return Record(
        f"cases/ben/{kind}s/one.yaml",
        kind,
        {"type": "review", **rows},
        {(): Place(1, 1), **{(str(n),): Place(n, 1) for n in lines}},
    )


@pytest.mark.parametrize(
    ("record", "inside", "says"),
    [
        (gap("plan", 3), (), "cases/ben/plans/one.yaml, line 3"),
        (gap("plan", 9, 3), (), "cases/ben/plans/one.yaml, lines 3 and 9"),
        (gap("plan"), (), ""),
        (gap("meeting", 3), (), ""),
        (gap("meeting", 3), ("notes-one",), "cases/ben/meetings/one.yaml, line 3"),
        (gap("meeting", 3), ("request-one",), ""),
    ],
)
def test_what_would_be_read_as_to_be_filled_in_is_told(record: Record, inside: tuple[str, ...], says: str) -> None:
    accounts = tuple(SimpleNamespace(id=one, kind="pdf", warnings=()) for one in inside)
    assert told(case(record), made(accounts=accounts)) == [("to-fill-in", says)] * bool(says)


def test_the_schools_own_gaps_are_told_too() -> None:
    assert told(case(school={"name": f"{TO_FILL_IN} x"})) == [("to-fill-in", "cases/ada/school.yaml, line 1")]


@pytest.mark.parametrize(
    ("item", "kinds"),
    [
        ({"names_others": ["Theo", "Ann"]}, ["others-named"]),
        ({"permission": "Ask the author"}, ["permission"]),
        ({}, []),
        ({"names_others": []}, []),
    ],
)
def test_other_people_and_limits_of_the_author_are_told(item: dict[str, Any], kinds: list[str]) -> None:
    found = told(case(evidence={"items": [{"id": "a", "title": "Report", **item}]}))
    assert [kind for kind, _ in found] == kinds and all(text.startswith("Report: ") for _, text in found)


def test_a_picture_that_nobody_has_described_is_told() -> None:
    rows = [
        {"id": "a", "title": "A", "file": "a.jpg"},
        {"id": "b", "title": "B", "file": "b.jpg", "describes": "x"},
        {"id": "c", "title": "C", "file": "c.pdf"},
    ]
    accounts = tuple(
        SimpleNamespace(id=one, kind=kind, warnings=())
        for one, kind in (("a", "JPEG photo"), ("b", "JPEG photo"), ("c", "PDF"))
    )
    [(kind, text)] = told(case(evidence={"items": rows}), made(accounts=accounts))
    assert kind == "look" and "a.jpg is a picture" in text


def test_only_the_authoritys_copy_tells_what_is_missing_and_what_was_set_aside() -> None:
    late = {"rule": "plan-missing", "by": "Mrs Hale", "reason": "urgent"}
    held = case(request={"made_by": "school", "overrides": [late, {**late, "rule": "outcome-count"}]})
    assert told(held) == []
    found = told(held, audience="authority")
    aside = [text for kind, text in found if kind == "set-aside"]
    assert (
        any("plan.yaml" in text for text in aside) and "outcome-count (finds nothing now), by Mrs Hale: urgent" in aside
    )
    assert len(aside) == 2 and any(
        text.startswith("law: The test of section 36(8)(a)") for kind, text in found if kind == "missing"
    )


def test_cautions_are_told_under_these_headings_and_in_this_order() -> None:
    assert list(HEADS)[:4] == ["sent", "lost", "other-pupil", "perhaps-pupil"] and set(OTHERS) <= set(HEADS)


OTHERS = ("sent", "other-pupil", "perhaps-pupil", "not-named", "contact", "safeguarding", "set-aside", "left-out")


@pytest.mark.parametrize("kind", list(HEADS))
def test_an_account_beside_a_familys_copy_says_how_many_and_not_what(kind: str) -> None:
    both = [Caution(kind, "Theo"), Caution(kind, "Ann")]
    assert in_account(both, "authority") == both
    beside = in_account(both, "parents")
    if kind in OTHERS:
        assert beside == [Caution(kind, "2 to look at: sendpack bundle says on the screen which")]
    else:
        assert beside == both
    assert in_account([], "parents") == []


@pytest.mark.parametrize("audience", ["authority", "parents"])
@pytest.mark.parametrize("kind", list(HEADS))
def test_no_account_names_a_child_who_was_taken_out(audience: str, kind: str) -> None:
    told_half = "“Sam Lee” was taken out of Incident report, and “Lee” still stands on its page 3"
    told = [Caution(kind, told_half), Caution(kind, "by LEE, Sam"), Caution("look", "Samuel Leeson’s page is blank")]
    said = in_account(told, audience, ["Sam Lee"])
    assert Caution(kind, "2 to look at: sendpack bundle says on the screen which") in said
    assert Caution("look", "Samuel Leeson’s page is blank") in said and len(said) == 2


def test_no_account_of_a_part_names_a_child_who_was_taken_out() -> None:
    missed = Notice("“Sam Lee” was to be taken out and was not found")
    one = Account("PDF", id="a", done=("words taken out",), removed=("file Sam Lee.txt",), warnings=(missed,))
    [said] = accounts_without([one], ["Sam Lee"])
    more = "1 more: sendpack bundle says on the screen which"
    assert (said.done, said.removed, said.warnings) == (("words taken out",), (more,), (more,))
    assert accounts_without([one], []) == (one,)


@pytest.mark.parametrize("begun", ["and helper Jord…", "“with Jordan …”: look", "Peters, J, and Pete…", "by JORDAN …"])
def test_no_account_begins_a_name_that_was_taken_out(begun: str) -> None:
    [said] = accounts_without([Account("PDF", id="a", warnings=(Notice(begun),))], ["Jordan Peters"])
    assert said.warnings == ("1 more: sendpack bundle says on the screen which",)


@pytest.mark.parametrize("begun", ["and helper Jo…", "and the pedal …", "Jord at the end"])
def test_an_account_keeps_what_begins_no_such_name(begun: str) -> None:
    one = Account("PDF", id="a", warnings=(Notice(begun),))
    assert accounts_without([one], ["Jordan Peters"]) == (one,)


def test_words_to_be_taken_out_are_those_of_all_evidence() -> None:
    rows: Any = [{"redact": ["Sam Lee", "Lee"]}, {}, {"redact": ["Lee", "07700"]}]
    assert words_taken_out(case(**{"evidence": {"items": rows}})) == ["Sam Lee", "Lee", "07700"]
    assert words_taken_out(case()) == []


# -- kept from a reader -----------------------------------------------------------------------------------------------

MUM = {"id": "mum", "name": "Ann", "relationship": "mother", "parental_responsibility": True}
DAD = {**MUM, "id": "dad", "name": "Rob", "address": "4 Quay Street"}
APART = {"address": "12 Tannery Row", "people": [MUM, DAD]}


@pytest.mark.parametrize(
    ("people", "more", "day", "ids"),
    [
        ([MUM, DAD], {}, ON, ["mum", "dad"]),
        ([MUM, {**DAD, "copies": False}], {}, ON, ["mum"]),
        ([MUM, DAD], YOUNG, ON, []),
        ([MUM, DAD], YOUNG, None, ["mum", "dad"]),
        ([MUM, DAD], YOUNG, date(2026, 6, 26), ["mum", "dad"]),
        ([{**MUM, "parental_responsibility": False}], {}, ON, []),
    ],
)
def test_each_reader_at_home_has_a_copy(
    people: list[Any], more: dict[str, Any], day: date | None, ids: list[str]
) -> None:
    held = case(pupil={"people": people, **more}, request={"date": day} if day else {})
    assert readers_at_home(held) == ids


def part(path: str, name: str = "a", **more: Any) -> Part:
    return Part(name, "s", name.title(), b"", path=path, **more)


def test_a_record_that_is_printed_must_not_tell_the_other_home() -> None:
    note = {"entries": [{"what": "Moved to 4 Quay Street"}]}
    held = case(meeting(ON - DAY, summary="He is at 4 Quay Street"), pupil=APART)
    own = f"cases/ada/meetings/{ON - DAY}.yaml"
    must_not_be_told(held, Reader("mum"), [])
    must_not_be_told(held, Reader("dad"), [part(own)])
    must_not_be_told(held, None, [part(own)])
    for whole, parts in ((held, [part(own)]), (case(log=note, pupil=APART), [])):
        with pytest.raises(FilesHaveErrors) as stop:
            must_not_be_told(whole, Reader("mum"), parts)
        assert [problem.rule for problem in stop.value.problems] == ["bundle/contact-told"]
    with pytest.raises(FilesHaveErrors):
        must_not_be_told(case(log=note, pupil={**APART, "people": [MUM, {**DAD, "address_withheld": True}]}), None, [])


@pytest.mark.parametrize("kind", ["pupil", "plan", "request", "evidence", "log"])
def test_what_every_bundle_prints_is_looked_at_whatever_goes_along(kind: str) -> None:
    told_there = {"note": "Moved to 4 Quay Street"}
    held = case(**{"pupil": APART, kind: {**APART, **told_there} if kind == "pupil" else told_there})
    with pytest.raises(FilesHaveErrors):
        must_not_be_told(held, Reader("mum"), [])
    must_not_be_told(case(pupil=APART, profile=told_there), Reader("mum"), [])


def test_without_a_date_of_birth_nobody_decides_alone() -> None:
    born = {"date_of_birth": None}
    pupil = {key: value for key, value in {**case().data("pupil"), "people": [MUM], **born}.items() if value}
    held = Case(
        "ben",
        tuple(
            Record(f"cases/ben/{kind}.yaml", kind, data, {})
            for kind, data in (("pupil", pupil), ("request", {"date": ON}))
        ),
    )
    assert readers_at_home(held) == ["mum"]


NO_BUNDLE = Bundle(b"", PagePlan((), (), 1, {}, ()), (), (), (), (), False)


def test_contacts_are_taken_out_of_the_copy_in_which_they_stand() -> None:
    asked: list[tuple[list[tuple[str, ...]], bool]] = []

    def make(parts: Any, taken: bool) -> Any:
        asked.append(([one.redact for one in parts], taken))
        if not taken:
            raise ContactTold({("a", "07700"): "a number", ("a", "Quay"): "an address"})
        return replace(NO_BUNDLE)

    found = made_without_contacts(make, [part("x", "a", redact=("Theo",)), part("y", "b")])
    assert found == (
        NO_BUNDLE,
        [Caution("contact", f"A: {what} was taken out of this copy") for what in ("a number", "an address")],
    )
    assert asked == [([("Theo",), ()], False), ([("Theo", "07700", "Quay"), ()], True)]
    assert made_without_contacts(lambda parts, taken: taken, []) == (False, [])  # type: ignore[arg-type, return-value, comparison-overlap]


def test_a_scan_in_which_nobody_has_looked_is_told() -> None:
    plan = SimpleNamespace(item=lambda name: SimpleNamespace(title=name.upper()))
    accounts = [
        SimpleNamespace(id=one, warnings=("ok", *more)) for one, more in (("a", ("a scan without text",)), ("b", ()))
    ]
    [found] = unsearched(made(accounts=accounts, plan=plan))
    assert found.kind == "contact" and found.text.startswith("A is a scan")
