"""What of a withheld part must not be found again: whole sentences, not names of things, and which ids go with it."""

from __future__ import annotations

from typing import Any

import pytest

from generator.cases.audience import Seen, seen_by
from generator.cases.case import Case
from tests.joined import record
from tests.rule_examples import schemas


def parents_see(*entries: dict[str, Any], **kinds: dict[str, Any]) -> Seen:
    records = [record("log", {"entries": list(entries)}), *(record(kind, data) for kind, data in kinds.items())]
    return seen_by(Case("ada", tuple(records)), "parents", schemas())


def hidden(**words: Any) -> dict[str, Any]:
    return {"kind": "other", "audience": ["school"], **words}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He slept at his aunt's.", []),  # 23 characters
        ("He slept at his aunts' x", ["He slept at his aunts' x"]),  # 24
        ("Grandmother telephoned school", []),  # three words
        ("Grandmother then telephoned school", ["Grandmother then telephoned school"]),
        ("The aunt lives in Leeds now. No.", ["The aunt lives in Leeds now."]),
        ("The aunt lives in Leeds\nnow with **him**; she came back to us.", ["The aunt lives in Leeds now with him;"]),
        ("- The aunt lives in Leeds now\n- The uncle is there", ["The aunt lives in Leeds now"]),
        (
            "* The aunt lives in Leeds.\n* The uncle lives there too",
            ["The aunt lives in Leeds.", "The uncle lives there too"],
        ),
    ],
)
def test_a_sentence_that_nobody_writes_by_chance_must_not_be_found(text: str, told: list[str]) -> None:
    assert list(parents_see(hidden(what=text)).withheld)[: len(told) or 1] == told


@pytest.mark.parametrize("key", ["file", "title", "author", "role", "kind", "audience"])
def test_names_of_things_are_no_sentences(key: str) -> None:
    name = "Report of the educational psychologist"
    assert parents_see(hidden(**{key: ["school", name] if key == "audience" else name})).withheld == ()
    assert parents_see(hidden(what=name)).withheld == (name,)


def test_what_is_said_elsewhere_is_no_leak() -> None:
    said = "She had grommets in November 2022"
    assert parents_see(hidden(what=f"{said}.")).withheld == (f"{said}.",)
    assert parents_see(hidden(what=f"{said}."), {"what": f"{said.upper()}; and heard"}).withheld == ()
    assert parents_see(hidden(what=f"{said}."), pupil={"health": {"hearing": f"{said}\n still"}}).withheld == ()


def test_each_part_that_is_withheld_is_told_by_its_title_its_id_or_its_list() -> None:
    rows = [hidden(title="A call", id="call"), hidden(id="call"), hidden(what="x"), {"what": "seen", "kind": "other"}]
    seen = parents_see(*rows, plan={"audience": ["school"]})
    assert [line.rpartition(": ")[2] for line in seen.left_out] == ["all of it", "A call", "call", "entries"]
    assert seen.case.data("log")["entries"] == [rows[3]] and seen.case.one("plan") is None


def test_a_record_or_row_that_names_the_readers_is_kept() -> None:
    row = {"what": "x", "kind": "other", "audience": ["school", "parents"]}
    case = Case("ada", (record("log", {"audience": ["parents"], "entries": [row, {**row, "audience": []}]}),))
    assert seen_by(case, "parents", schemas()).case is case


def test_what_cites_a_withheld_outcome_cites_nothing() -> None:
    plan = {"outcomes": [{"id": "reads", "text": "Reads"}, {"id": "writes", "text": "Writes"}]}
    targets = [{"id": "t", "text": "x", "outcome": "reads"}, {"id": "u", "text": "y", "outcome": "writes"}]
    offers = [{"id": "p", "title": "z", "outcomes": ["reads", "writes"]}]
    cycle = record("cycle", {"number": 1, "plan": {"targets": targets, "provision": offers}}, "cycles/a")

    def cited(rows: dict[str, Any]) -> tuple[list[Any], list[Any]]:
        seen = seen_by(Case("ada", (record("plan", rows), cycle)), "parents", schemas()).case
        left = seen.cycles[0].data["plan"]
        return [target["outcome"] for target in left["targets"]], left["provision"][0]["outcomes"]

    assert cited(plan) == (["reads", "writes"], ["reads", "writes"])
    assert cited({**plan, "audience": ["school"]}) == (["", ""], [])
    one = {"outcomes": [{**plan["outcomes"][0], "audience": ["school"]}, plan["outcomes"][1]]}
    assert cited(one) == (["", "writes"], ["writes"])
    both = {"outcomes": [{**row, "audience": ["school"]} for row in plan["outcomes"]]}
    assert cited(both) == (["", ""], [])
