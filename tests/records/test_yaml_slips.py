"""Lists and quotes written as in a letter: told at the line of the slip, with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.records.yaml_text.yaml_reader import read_on, read_yaml
from tests.example_school import KACPER, ROOT, copy_school, sendpack

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
    ('a: x\nb: “Ada"\n', 2, "curly quotes do not count", 'write Ada or "Ada"'),
    ('a: x\nb: "Ada”\nc: y\n', 2, "ends with the curly quote ”", 'write " for ”'),
    ("n:\n  - id: a\n    t: x\n  -id: b\n    t: y\n", 4, "no space after the dash", "write `- `"),
    ("n:\n  - id: a\n    t: x\n  - - id: b\n    t: y\n", 4, "there are two dashes", "take one of them away"),
    ("n:\n  - id: a\n  2. id: b\n", 3, "not with 2.", "write `- ` for `2.`"),
    ("n:\n  - id: a\n    t: |\n      One.\n  Two.\n", 5, "neither `key: value` nor a list item", "indented more"),
    ("a: [\nb:\n  - s: K\n", 1, "the bracket [ opened here", "put ] at its end"),
    (
        "p:\n  - id: a\n    t: Ms\nr: mother\n    q: yes\n",
        4,
        "too far to the left: lines 3 and 5",
        "line it up with line 3",
    ),
    ("a: x\n<<<<<<< HEAD\nb: y\n=======\nb: z\n>>>>>>> other\n", 2, "two versions of this file", "take out the lines"),
    ("a: x\n%50\nb: y\n", 2, "a line cannot start with %", "in quotes"),
    ("a: &Reading well\nb: y\n", 1, "a value cannot start with &", "in quotes"),
    ("family:\n  o Share a book.\n  o Read.\nb: x\n", 2, "not with o", "write `- ` for `o`"),
    ("family:\n  - Share.\n  o Read.\n", 3, "not with o", "write `- ` for `o`"),
    ("needs:\n  o id: a\n    title: x\n", 2, "not with o", "write `- `"),
    ("family:\n  \uf0b7 Share.\n  \uf0b7 Read.\n", 2, "not with •", "write `- ` for `•`"),
    ("a: #1 problem\nb: x\n", 1, "everything from # on is left out", "put the text in quotes"),
    ("a: x\nb: 4A,\nc: y\n", 2, "the comma at the end becomes part of the text", "write 4A"),
    ("a: x\nb: Ada\x00 Rose\n", 2, "an invisible control character here", "delete it"),
    (
        "n:\n  - d: >-\n      Sounds out;\n      loses.\n    i: Cannot use\n      words: none.\n",
        6,
        "indented too far: line 5 already has its value",
        "or put the text of line 5 in quotes",
    ),
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
     "a: 2 – 3 weeks\n", "a: Dear Mrs Brown and all,\n", "a: #remark\n  b: x\n",
     "a: [x, y]\nb: {c: d, e: f}\n", "a: |\n  Dear,\n",
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


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    school = copy_school(tmp_path / "school", KACPER)
    file = school / "cases" / KACPER / "pupil.yaml"
    text = file.read_text("utf-8")
    for before, after in (("year_group:", "yaer_group:"), ("title: ", "title:"), ("  - id: ", "  • id: ")):
        assert before in text
        text = text.replace(before, after, 1)
    file.write_text(text, "utf-8")
    lines = [one.lstrip() for one in text.splitlines()]
    wrong = {next(n for n, one in enumerate(lines, 1) if one.startswith(start)) for start in ("yaer", "title:M", "•")}
    problems = load_case(find_project(school), KACPER).problems
    assert len(wrong) == 3 and {one.line for one in problems if one.blocks} == wrong, problems


def test_a_fault_that_may_be_mended_in_two_ways_brings_no_guesses_with_it() -> None:
    _, problems = read_yaml(b"n:\n  - id: a\n  title: x\n", "plan.yaml")
    assert [problem.line for problem in problems] == [3]
    assert read_on(b"n:\n  - id: a\n  title: x\n", "plan.yaml") == (None, [])


def test_utf16_that_does_not_say_so_is_told_as_such() -> None:
    _, [problem] = read_yaml("legal_surname: Brown\n".encode("utf-16-le"), "pupil.yaml")
    assert "saved as UTF-16" in problem.message


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        ("pupil-DESKTOP-AB12CD3.yaml", True),
        ("pupil-SchoolPC.yaml", True),
        ("pupil (Jane's conflicted copy 2026-11-03).yaml", True),
        ("pupil - Copy.yaml", True),
        ("pupil.sync-conflict-20261103-101500-ABCDEF.yaml", True),
        ("cycles/2026-spring-LAPTOP-7F3K2.yaml", True),
        ("cycles/2026-spring-JSmith.yaml", False),
    ],
)
def test_a_second_version_that_a_program_kept_is_told_and_is_no_further_record(
    tmp_path: Path, name: str, blocks: bool
) -> None:
    school = copy_school(tmp_path / "school", KACPER)
    folder = school / "cases" / KACPER
    (folder / "cycles").mkdir(exist_ok=True)
    cycle = next(iter((ROOT / "cases").glob("*/cycles/*.yaml")))
    (folder / "cycles" / "2026-spring.yaml").write_bytes(cycle.read_bytes())
    first = folder / ("pupil.yaml" if name.startswith("pupil") else "cycles/2026-spring.yaml")
    (folder / name).write_bytes(first.read_bytes())
    loaded = load_case(find_project(school), KACPER)
    [told] = [one for one in loaded.problems if "second version of" in one.message]
    assert told.path.endswith(name) and told.blocks is blocks and "take over into" in told.hint


def test_a_second_cycle_of_a_term_is_no_second_version(tmp_path: Path) -> None:
    school = copy_school(tmp_path / "school", KACPER)
    folder = school / "cases" / KACPER / "cycles"
    folder.mkdir(exist_ok=True)
    cycle = next(iter((ROOT / "cases").glob("*/cycles/*.yaml"))).read_bytes()
    for name in ("2026-spring.yaml", "2026-spring-2.yaml", "2026-spring-phonics.yaml"):
        (folder / name).write_bytes(cycle)
    assert not [one for one in load_case(find_project(school), KACPER).problems if "second version" in one.message]


@pytest.mark.parametrize(("name", "advice"), [("pupil.txt", "rename it to"), ("pupil.docx", "save it as plain text")])
def test_a_record_under_another_programs_ending_is_told(tmp_path: Path, name: str, advice: str) -> None:
    school = copy_school(tmp_path / "school", KACPER)
    folder = school / "cases" / KACPER
    (folder / "pupil.yaml").rename(folder / name)
    [told] = [one for one in load_case(find_project(school), KACPER).problems if one.path.endswith(name)]
    assert advice in told.hint and "pupil.yaml" in told.hint
