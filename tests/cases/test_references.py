"""Ids defined once and cited where they are: within a cycle, a pupil's files, the school; what is told when not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.cases.references import DEFINED_IN, broken_references
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.records.record import Place, Record
from generator.school.check_school import check_school
from tests.example_school import copy_school
from tests.rule_examples import schemas


def record(kind: str, data: dict[str, Any], file: str = "") -> Record:
    """A record whose value at each number of a list stands on the line of that number, from 1."""
    path = f"cases/ada/{file or kind}.yaml"
    places = {(): Place(1, 1)}
    for rows in (("needs",), ("outcomes",), ("plan", "targets"), ("staff",)):
        for number in range(3):
            places |= {(*rows, number, key): Place(number + 1, 1) for key in ("id", "needs", "outcome")}
    return Record(path, kind, data, places)


def told(*records: Record, school: Record | None = None) -> list[tuple[str, str, str]]:
    return [(p.rule, p.message, p.hint) for p in broken_references(records, school, schemas())]


PUPIL = record("pupil", {"needs": [{"id": "reading"}, {"id": "speech"}]})


def plan(*needs: str) -> Record:
    return record("plan", {"outcomes": [{"id": "o", "needs": list(needs)}]})


def cycle(name: str, outcome: str, *ids: str) -> Record:
    rows = [{"id": one, "outcome": outcome} for one in ids or ("t",)]
    return record("cycle", {"plan": {"targets": rows}}, f"cycles/{name}")


def test_what_is_defined_may_be_cited_and_each_cycle_has_its_own_targets() -> None:
    assert told(PUPIL, plan("reading", "speech"), cycle("a", "o"), cycle("b", "o")) == []


@pytest.mark.parametrize(
    ("cited", "hint"),
    [("raeding", "did you mean `reading`?"), ("zzz", "there are: reading, speech")],
)
def test_what_is_cited_and_not_there_is_told_with_the_nearest_or_all(cited: str, hint: str) -> None:
    message = f"there is no need with the id `{cited}` in pupil.yaml under needs"
    assert told(PUPIL, plan(cited)) == [("id-unknown", message, hint)]


def test_where_nothing_is_defined_the_file_to_write_it_in_is_told() -> None:
    [(_, message, hint)] = told(cycle("a", "o"))
    assert message == "there is no outcome with the id `o` in plan.yaml under outcomes"
    assert hint == "add it to plan.yaml under outcomes"


def test_an_id_is_used_once_in_its_file_and_over_the_files_of_a_pupil() -> None:
    [(rule, message, hint)] = told(record("pupil", {"needs": [{"id": "x"}, {"id": "x"}]}))
    assert (rule, hint) == ("id-twice", "give one of them another id")
    assert message == "the need id `x` is used twice: it is already at line 1"
    [(_, other, _)] = told(plan(), record("plan", {"outcomes": [{"id": "o"}]}, "plan2"))
    assert other == "the outcome id `o` is used twice: it is already at cases/ada/plan.yaml, line 1"
    [(_, within, _)] = told(plan(), cycle("a", "o", "t", "t"))
    assert within == "the target id `t` is used twice: it is already at line 1"


def test_cycles_and_meetings_are_cited_by_the_names_of_their_files() -> None:
    request = record("request", {"cycles": ["2025-autumn"]})
    assert told(request, plan(), cycle("2025-autumn", "o")) == []
    [(_, message, hint)] = told(request, plan(), cycle("2025-autum", "o"))
    assert message == "there is no cycle with the id `2025-autumn` in the folder cycles"
    assert hint == "did you mean `2025-autum`?"
    own = record("my-support-plan", {"pcp_meeting": "one"})
    assert told(own, record("meeting", {}, "meetings/one")) == []
    [(_, message, hint)] = told(own, cycle("one", "o"), plan())
    assert (message, hint) == (
        "there is no meeting with the id `one` in the folder meetings",
        "add it to the folder meetings",
    )


def test_staff_are_defined_by_the_school_whichever_school_was_asked_before() -> None:
    def offered(staff: str) -> Record:
        return record("cycle", {"plan": {"provision": [{"id": "p", "staff": staff}]}}, "cycles/a")

    one, two = (record("school", {"staff": [{"id": name}]}) for name in ("begum", "silva"))
    for _ in range(2):
        assert told(offered("begum")) == []  # nobody knows whom a school.yaml names that cannot be read
        assert told(offered("begum"), school=one) == [] == told(offered("silva"), school=two)
        assert len(told(offered("begum"), school=two)) == 1


def test_a_slip_in_school_yaml_is_told_alone(tmp_path: Path) -> None:
    file = copy_school(tmp_path, "kacper-wisniewski") / "cases" / "school.yaml"
    file.write_text(file.read_text("utf-8").replace("\nheadteacher:", "\nheadtecher:"), "utf-8")
    checked = check_school(find_project(tmp_path), ["kacper-wisniewski"], date(2026, 12, 1))
    assert [problem.message for part in checked for problem in part.problems] == ["unknown key `headtecher`"]


def test_every_kind_of_id_says_where_it_is_defined() -> None:
    groups = {schema["x-ref"] for shape in schemas().files.values() for schema in _inside(shape) if "x-ref" in schema}
    assert groups <= set(DEFINED_IN)


def _inside(shape: Any) -> Any:
    if isinstance(shape, dict):
        yield shape
        for value in shape.values():
            yield from _inside(value)
    elif isinstance(shape, list):
        for value in shape:
            yield from _inside(value)


def test_what_cites_a_piece_of_evidence_that_waits_is_told_once_and_stands_in_no_document(tmp_path: Path) -> None:
    copy_school(tmp_path, "ada-brown")
    evidence = tmp_path / "cases" / "ada-brown" / "evidence.yaml"
    text = evidence.read_text("utf-8")
    day = text.index("date:", text.index("- id: ep-report"))
    evidence.write_text(f"{text[:day]}date: (to be filled in){text[text.index(chr(10), day) :]}", "utf-8")
    loaded = load_case(find_project(tmp_path), "ada-brown")
    assert [one.rule for one in loaded.problems] == ["row-waits"]
    assert loaded.case is not None and loaded.readable is not None
    assert "ep-report" not in loaded.case.data("my-support-plan")["advice"]
    assert "salt-report" in loaded.case.data("my-support-plan")["advice"]
    assert "ep-report" in loaded.readable.data("my-support-plan")["advice"]  # asked before the file is removed
