"""What a teacher is told of a slip in a record, and what to write instead: one row for each kind of slip."""

# ruff: noqa: E501 - rows of examples read best on one line

from __future__ import annotations

import pytest

from generator.records.record import read_record
from tests.rule_examples import schemas


@pytest.mark.parametrize(
    ("kind", "text", "rule", "message", "hint"),
    [
        (
            "plan",
            "coordinator: [Mrs Hale]\n",
            "schema-type",
            "`coordinator` must be text, but it is a list",
            "write the text after the key, without dashes and brackets",
        ),
        (
            "plan",
            "coordinator: {Mrs: Hale}\n",
            "schema-type",
            "`coordinator` must be text, but it is a group of keys",
            'text with a colon in it must be in quotes: "…"',
        ),
        (
            "plan",
            "outcomes: Reads\n",
            "schema-type",
            "`outcomes` must be a list, but it is the text `Reads`",
            "start each item on a line of its own with a dash and a space",
        ),
        (
            "plan",
            "outcomes: -Reads\n",
            "schema-type",
            "`outcomes` must be a list, but it is the text `-Reads`",
            "put a space after the dash",
        ),
        (
            "plan",
            "outcomes: “Reads”\n",
            "schema-type",
            "`outcomes` must be a list, but it is the text `“Reads”`",
            'use straight quotes (") or none, not curly ones',
        ),
        (
            "plan",
            "parents_informed: letter_date:12\n",
            "schema-type",
            "`parents_informed` must be a group of keys, but it is the text `letter_date:12`",
            "put a space after the colon",
        ),
        (
            "plan",
            "parents_informed: soon\n",
            "schema-type",
            "`parents_informed` must be a group of keys, but it is the text `soon`",
            "its keys go on the lines below, indented: decision_date, letter_date, provision_starts, plan_enclosed, first_review, summary, reply_by",
        ),
        (
            "plan",
            "aspirations: x\n",
            "schema-type",
            "`aspirations` must be a group of keys, but it is the text `x`",
            "its keys go on the lines below, indented: pupil, pupil_how, for_pupil, parents",
        ),
        (
            "plan",
            "status: finl\n",
            "schema-word",
            "`status` cannot be `finl`",
            "did you mean `final`? It can be draft, final",
        ),
        (
            "plan",
            "status: [final]\n",
            "schema-word",
            "`status` must be one of the words draft, final, but it is a list",
            "Draft until everyone has agreed it.",
        ),
        ("plan", "coordinatr: x\n", "schema-unknown-key", "unknown key `coordinatr`", "did you mean `coordinator`?"),
        (
            "plan",
            "“coordinator”: x\n",
            "schema-unknown-key",
            "unknown key `“coordinator”`",
            "curly quotes do not count: write `coordinator: …`",
        ),
        (
            "plan",
            "coordinator:x: y\n",
            "schema-unknown-key",
            "unknown key `coordinator:x`",
            "put a space after the colon: `coordinator: …`",
        ),
        (
            "plan",
            "parents_informed:\n  coordinator: x\n",
            "schema-unknown-key",
            "unknown key `coordinator`",
            "`coordinator` belongs to the file: move it to the left",
        ),
        (
            "plan",
            "letter_date: 1 March 2026\n",
            "schema-unknown-key",
            "unknown key `letter_date`",
            "`letter_date` belongs to `parents_informed`: move it to the right, under `parents_informed:`",
        ),
        (
            "plan",
            "parents_informed: {letter_date: 1 March 2026, or later}\n",
            "schema-unknown-key",
            "unknown key `or later`",
            "inside { } a comma starts a new key: put text that has a comma in quotes",
        ),
        (
            "pupil",
            "upn: A801200005001\n",
            "upn-check-letter",
            "`upn` starts with A, but the rest of the number belongs to the letter B",
            "if the digits are right it is B801200005001; otherwise look for a mistyped digit",
        ),
        ("pupil", "eal: perhaps\n", "yes-no", "`eal`: `perhaps` is neither yes nor no", "write yes or no"),
        (
            "pupil",
            "date_of_birth: 31 April 2018\n",
            "date-impossible",
            "`date_of_birth`: 31 April 2018 does not exist: April has 30 days",
            "",
        ),
        (
            "pupil",
            "people: 3\n",
            "schema-type",
            "`people` must be a list, but it is the number 3",
            "start each item on a line of its own with a dash and a space",
        ),
        (
            "pupil",
            "attendance:\n  - {from: 1 May 2026, to: 2 May 2026, attended: -1, possible: 2}\n",
            "schema-limit",
            "`attended` must be at least 0, but it is -1",
            "Half-day sessions attended.",
        ),
        (
            "pupil",
            "attendance:\n  - {from: 1 May 2026, to: 2 May 2026, attended: ten, possible: '2'}\n",
            "number-format",
            "`attended`: `ten` is not a number",
            "write digits only, as in 15 or 2.5",
        ),
        (
            "pupil",
            "attendance:\n  - {from: 1 May 2026, to: 2 May 2026, attended: ten, possible: '2'}\n",
            "number-format",
            "`possible` must be a number",
            "did you mean `2`, without quotes?",
        ),
        (
            "pupil",
            "year_group: 15\n",
            "schema-word",
            "`year_group` cannot be `15`",
            "did you mean `5`? It can be N1, N2, R, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14",
        ),
        (
            "cycle",
            "plan:\n  provision:\n    - {id: a, hourly_rate: '£12'}\n",
            "money-format",
            "`hourly_rate` must be an amount in pounds, like 14.50",
            "did you mean `12`, without £ and quotes?",
        ),
        (
            "cycle",
            "plan:\n  provision:\n    - {id: a, group_size: 0}\n",
            "schema-limit",
            "`group_size` must be at least 1, but it is 0",
            "How many pupils share it. 1 for one-to-one.",
        ),
    ],
)
def test_a_slip_is_told_with_what_to_write(kind: str, text: str, rule: str, message: str, hint: str) -> None:
    _, problems = read_record(text.encode(), f"cases/a/{kind}.yaml", kind, schemas())
    assert (rule, message, hint) in [(one.rule, one.message, one.hint) for one in problems]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("pupil", "eal: yes\n"),
        ("plan", "status: final\n"),
        ("pupil", "date_of_birth: 1 March 2018\n"),
        ("pupil", "upn: B801200005001\n"),
        ("pupil", "attendance:\n  - {from: 1 May 2026, to: 2 May 2026, attended: 0, possible: 2}\n"),
    ],
)
def test_what_is_right_is_told_nothing_but_what_is_missing(kind: str, text: str) -> None:
    _, problems = read_record(text.encode(), f"cases/a/{kind}.yaml", kind, schemas())
    assert [one.rule for one in problems if one.rule != "schema-required" and "missing" not in one.message] == []
