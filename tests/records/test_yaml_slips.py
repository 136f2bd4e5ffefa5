"""Lists and quotes written as in a letter: told at the line of the slip, with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.records.yaml_text.yaml_reader import read_yaml
from tests.example_school import KACPER, copy_school, sendpack

MANY = "".join(f"key_{n}: a value\n" for n in range(40))

SLIPS: list[tuple[str, int, str, str]] = [
    ("needs:\n  - id: a\n    title: x\n  id: b\n", 4, "a dash is missing", "write `- ` before it"),
    ("family:\n  - Share a book.\n  Read daily.\nb: x\n", 3, "a dash is missing", "write `- ` before it"),
    ("people:\n  - {id: a}\n  {id: c}\nb: x\n", 3, "a dash is missing", "write `- ` before it"),
    ("needs:\n  - id: a\n    title: x\n\n    id: b\n    title: y\n", 5, "`id` is given twice", "write `- ` before it"),
    ("a:\n  - One\n# note\n\n  Two\n", 5, "under the dash of line 2", "write `- `"),
    ("family:\n  • Share.\n  • Read.\nb: x\n", 2, "not with •", "write `- ` for `•`"),
    ("family:\n  - Share.\n  • Read.\nb: x\n", 3, "not with •", "write `- `"),
    ("family:\n  – Share.\n  – Read.\nb: x\n", 2, "not with –", "write `- ` for `–`"),
    ("family:\n  - Share.\n  — Read.\n", 3, "not with —", "write `- `"),
    ("needs:\n  • id: a\n    title: x\n", 2, "not with •", "write `- `"),
    ("family:\n  * Share.\n  * Read.\n", 2, "not with *", "write `- `"),
    ('a: x\nb: "Ada reads\nc: y\nd: "quoted"\n', 2, "is not closed on this line", 'put " at the end'),
    (f'a: x\nb: "Ada reads\n{MANY}d: "quoted"\n', 2, "is not closed on this line", 'put " at the end'),
    ("a: x\nb: 'Ada reads\nc: y\nd: 'quoted'\n", 2, "is not closed on this line", "put ' at the end"),
    ('a:\n  - "Ada reads\n  - Fine\n  - "quoted"\n', 2, "is not closed on this line", 'put " at the end'),
    ('a: "Ada reads\nb: y\nc: and so on"\nd: z\n', 1, "is not closed on this line", 'put " at the end'),
    ('a: x\nb: "Ada reads\nc: y\n', 2, "is never closed", 'put " at the end'),
    ("a: x\n\u00a0b: y\n", 2, "special space stands before the text", "delete the spaces"),
    ("\u00a0a: x\n", 1, "special space stands before the text", "delete the spaces"),
    ("a:\n\u00a0\u00a0b: y\n", 2, "special space stands before the text", "delete the spaces"),
    ("a:\n\u00a0 - b\nc: z\n", 2, "special space stands before the text", "delete the spaces"),
    ("a: x\nbad: [\n", 2, "the bracket [ opened here is not closed", "put ] at its end"),
    ("a: x\nbad: {\n", 2, "the bracket { opened here is not closed", "put } at its end"),
    ("a: “Ada”\n", 1, "curly quotes do not count", 'write Ada or "Ada"'),
    ("a: x\nb: ‘Ada Rose’\n", 2, "curly quotes do not count", "write Ada Rose"),
    ("a: “Ada\n", 1, "curly quotes do not count", "write Ada"),
    ("a:\n  - “Reading”\n", 2, "curly quotes do not count", "write Reading"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=[text[:24].replace("\n", "/") for text, *_ in SLIPS])
@pytest.mark.parametrize("fast", [True, False])
def test_a_slip_is_told_once_at_its_line(slip: tuple[str, int, str, str], fast: bool) -> None:
    text, number, message, hint = slip
    _, problems = read_yaml(text.encode(), "plan.yaml", fast)
    [problem] = problems
    assert problem.line == number and message in problem.message and hint in problem.hint, str(problem)


@pytest.mark.parametrize(
    "text",
    ["a: “I want to be a vet.”\n", "a: “I like cats,” says Ada.\n", "a: ’Tis true\n", 'a: "“Ada”"\n',
     'a: "Ada reads\n  well: yes"\nb: "q"\n', 'a: "one\n  - two"\n', "a: |\n  • Share.\n  – Read.\n",
     "a: 2 – 3 weeks\n",
     "a: “no, not now, not yet today”\n", "a: it's\nb: 'x'\n"],
)  # fmt: skip
def test_what_is_meant_so_is_left_alone(text: str) -> None:
    assert read_yaml(text.encode(), "plan.yaml")[1] == []


@pytest.mark.whole
def test_curly_quotes_around_a_name_are_told_with_their_place(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    pupil = school / "cases" / KACPER / "pupil.yaml"
    lines = pupil.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("forenames:"))
    lines[at] = "forenames: “Kacper”"
    pupil.write_text("\n".join(lines) + "\n", "utf-8")
    told = sendpack(school, "check", KACPER, "--on", "2026-11-23").stdout
    assert f"pupil.yaml:{at + 1}:12: advice: curly quotes do not count" in told and "write Kacper" in told


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64 + "__substg1.0_0037001F".encode("utf-16-le"),
            "Outlook message",
        ),
        (b"PK\x03\x04" + b"\x00" * 26 + b"Index/Document.iwa", "Pages document"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"word/document.xml", "Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word document"),
    ],
)
def test_a_file_of_another_program_is_told_by_its_kind(content: bytes, kind: str) -> None:
    _, [problem] = read_yaml(content, "plan.yaml")
    assert kind in problem.message


@pytest.mark.parametrize("end", ["pages", "msg", "odt"])
def test_a_name_with_another_programs_ending_is_told(tmp_path: Path, end: str) -> None:
    folder = copy_school(tmp_path, KACPER) / "cases" / KACPER
    (folder / f"plan.yaml.{end}").write_bytes(b"x")
    [problem] = load_case(find_project(tmp_path), KACPER).problems
    assert f"ends in .{end}" in problem.message and "save it as plain text" in problem.hint
