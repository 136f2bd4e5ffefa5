"""Mistakes that people make in case files: each gives one clear line at the right place, and nothing is built."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from tests.example_school import KACPER, copy_school, sendpack

Mistake = Callable[[Path], None]


def replace(file: str, old: str, new: str) -> Mistake:
    """Change the first place where a text stands in a file."""

    def make(case: Path) -> None:
        path = case / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return make


def content(file: str, data: bytes) -> Mistake:
    return lambda case: (case / file).write_bytes(data) and None  # type: ignore[func-returns-value]


BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n".encode() for n in range(9)
)

MISTAKES: list[tuple[str, Mistake, str, str]] = [
    (
        "typo in a key",
        replace("pupil.yaml", "date_of_birth:", "date_of_brith:"),
        "pupil.yaml",
        "did you mean `date_of_birth`",
    ),
    ("key left out", replace("pupil.yaml", "forenames:", "# forenames:"), "pupil.yaml", "`forenames` is missing"),
    (
        "wrong id",
        replace("cycles/2026-autumn.yaml", "outcome: ", "outcome: no-such-"),
        "cycles/2026-autumn.yaml",
        "there is no outcome",
    ),
    ("31 June", replace("plan.yaml", "review_date:", "review_date: 31 June 2026 #"), "plan.yaml", "June has 30 days"),
    ("American date", replace("plan.yaml", "review_date:", "review_date: 06/31/2026 #"), "plan.yaml", "06/31/2026"),
    ("key twice", replace("pupil.yaml", "forenames:", "forenames: Kaz\nforenames:"), "pupil.yaml", "twice"),
    ("tab", replace("pupil.yaml", "people:\n", "people:\n\t"), "pupil.yaml", "tab"),
    ("missing quote", replace("pupil.yaml", "forenames: ", 'forenames: "'), "pupil.yaml", "quot"),
    ("colon in text", replace("plan.yaml", "version: ", "version: note: "), "plan.yaml", "colon"),
    ("empty file", content("plan.yaml", b""), "plan.yaml", "empty"),
    ("only comments", content("plan.yaml", b"# later\n"), "plan.yaml", "empty"),
    (
        "wrong encoding",
        content("profile.yaml", "date: 1 May 2026\nlike: Caf\xe9\n".encode("cp1252")),
        "profile.yaml",
        "UTF-8",
    ),
    ("file too big", content("log.yaml", b"# " + b"x" * 50_000_000), "log.yaml", "MB"),
    ("alias bomb", content("log.yaml", BOMB), "log.yaml", "50,000 values"),
    ("a list, not keys", content("log.yaml", b"- one\n- two\n"), "log.yaml", "list"),
    (
        "yes with a capital",
        replace("pupil.yaml", "parental_responsibility: yes", "parental_responsibility: Sure"),
        "pupil.yaml",
        "yes",
    ),
    (
        "unknown area",
        replace("pupil.yaml", "area: communication_and_interaction", "area: comunication"),
        "pupil.yaml",
        "communication_and_interaction",
    ),
    ("wrong UPN", replace("pupil.yaml", "upn: ", "upn: A999999925001 #"), "pupil.yaml", "letter"),
    (
        "a number in words",
        replace("cycles/2026-autumn.yaml", "minutes: ", "minutes: twenty #"),
        "cycles/2026-autumn.yaml",
        "minutes",
    ),
    ("text where rows belong", replace("plan.yaml", "outcomes:\n", "outcomes: soon\nx:\n"), "plan.yaml", "outcomes"),
    (
        "python in YAML",
        content("log.yaml", b"entries: !!python/object/apply:os.system [echo]\n"),
        "log.yaml",
        "cannot start with !",
    ),
    ("file with a wrong name", content("paln.yaml", b"date: 1 May 2026\n"), "paln.yaml", "plan.yaml"),
]


@pytest.mark.whole
@pytest.mark.parametrize(("mistake", "file", "says"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_gives_a_clear_line_at_its_place(tmp_path: Path, mistake: Mistake, file: str, says: str) -> None:
    school = copy_school(tmp_path, KACPER)
    assert load_case(find_project(school), KACPER).problems == ()
    mistake(school / "cases" / KACPER)
    loaded = load_case(find_project(school), KACPER)
    assert loaded.case is None
    errors = [problem for problem in loaded.problems if problem.path == f"cases/{KACPER}/{file}"]
    assert [p for p in errors if says in f"{p.message} ({p.hint})"], [str(p) for p in loaded.problems]
    # One mistake is told in one line, or in two where a misspelt key is also a missing one.
    assert len(loaded.problems) <= 3, [str(p) for p in loaded.problems]
    assert all("Traceback" not in str(problem) and "\\" not in problem.message for problem in loaded.problems)


def test_the_line_is_the_line_of_the_mistake(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    path = school / "cases" / KACPER / "plan.yaml"
    lines = path.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("review_date:"))
    lines[number] = "review_date: 31 June 2026"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    [problem] = load_case(find_project(school), KACPER).problems
    assert (problem.line, problem.column) == (number + 1, len("review_date: ") + 1)


@pytest.mark.whole
def test_a_broken_case_is_not_built_and_does_not_stop_the_others(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER, "idris-chowdhury")
    (school / "cases" / "idris-chowdhury" / "profile.yaml").write_text("date: 31 June 2026\n")
    done = sendpack(school, "build", "--only", "profile", "--no-pdf")
    assert done.returncode == 1
    assert "cases/idris-chowdhury/profile.yaml:1:7" in done.stderr
    assert not (school / "output" / "idris-chowdhury").exists()
    assert (school / "output" / KACPER / "profile.docx").is_file()


@pytest.mark.whole
def test_all_errors_of_all_files_come_in_one_run_sorted(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER, "idris-chowdhury")
    for pupil in (KACPER, "idris-chowdhury"):
        path = school / "cases" / pupil / "pupil.yaml"
        path.write_text(path.read_text("utf-8").replace("forenames:", "forename:", 1), "utf-8")
    done = sendpack(school, "check", "--json")
    assert done.returncode == 1
    import json

    found = json.loads(done.stdout)
    assert {row["path"] for row in found} == {f"cases/{p}/pupil.yaml" for p in (KACPER, "idris-chowdhury")}
    places = [(row["path"], row["line"], row["column"]) for row in found if "idris" in row["path"]]
    assert places == sorted(places)


@pytest.mark.whole
@pytest.mark.parametrize("name", ["../school.yaml", "/etc/passwd", "..\\x.pdf", "C:\\x.pdf", "no-such.pdf"])
def test_a_cited_file_must_be_in_the_pupils_folder(tmp_path: Path, name: str) -> None:
    school = copy_school(tmp_path, KACPER)
    case = school / "cases" / KACPER
    (case / "evidence").mkdir(exist_ok=True)
    (case / "evidence.yaml").write_text(
        "items:\n  - id: x\n    title: X\n    kind: other\n    author: A\n    date: 1 May 2026\n    shows: y\n"
        f"    file: '{name}'\n"
    )
    [problem] = load_case(find_project(school), KACPER).problems
    assert (problem.rule, problem.line) == ("file-cited", 8)


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER, "idris-chowdhury")
    stolen = school / "cases" / KACPER / "log.yaml"
    stolen.unlink(missing_ok=True)
    stolen.symlink_to(school / "cases" / "idris-chowdhury" / "profile.yaml")
    [problem] = load_case(find_project(school), KACPER).problems
    assert problem.rule == "file-outside"


@pytest.mark.whole
def test_two_pupils_with_one_upn_are_reported(tmp_path: Path) -> None:
    import shutil

    school = copy_school(tmp_path, KACPER)
    shutil.copytree(school / "cases" / KACPER, school / "cases" / "kacper-again")
    done = sendpack(school, "check", "--errors")
    assert done.returncode == 1
    assert "this UPN is also in" in done.stdout


PROFILE = (
    "date: 1 May 2026\nown_words: yes\nlike_and_admire: [Kind]\nimportant_to_me: [Cats]\nhow_to_support_me: [Wait]\n"
)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("my_goals: [Reading for ten minutes, five days a week]", "starts a new item"),
        ("my_goals:\n  - I hope # that", "everything from # on is left out"),
    ],
)
def test_what_yaml_would_lose_in_silence_is_pointed_out(tmp_path: Path, line: str, says: str) -> None:
    school = copy_school(tmp_path, KACPER)
    (school / "cases" / KACPER / "profile.yaml").write_text(f"{PROFILE}{line}\n", "utf-8")
    [problem] = load_case(find_project(school), KACPER).problems
    assert not problem.blocks and says in problem.message


def test_a_file_in_evidence_that_no_entry_lists_is_pointed_out(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    folder = school / "cases" / KACPER / "evidence"
    folder.mkdir(exist_ok=True)
    (folder / "unlisted.pdf").write_bytes(b"x")
    [problem] = load_case(find_project(school), KACPER).problems
    assert (problem.rule, problem.blocks) == ("evidence-unlisted", False)


@pytest.mark.whole
def test_a_lost_authority_is_a_mistake_of_the_school_told_once(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER, "idris-chowdhury")
    path = school / "cases" / "school.yaml"
    lines = path.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("authority:"))
    lines[number] = "authority: south-gloucestershire"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    done = sendpack(school, "check")
    assert done.returncode == 1
    assert f"cases/school.yaml:{number + 1}:12: error" in done.stdout
    assert done.stdout.count("no authority pack called south-gloucestershire") == 1
    assert "Use standard" in done.stdout


@pytest.mark.parametrize(
    ("name", "right"),
    [("plan.yaml.txt", "rename it to plan.yaml"), ("plan.yaml.docx", "save it as plain text under the")],
)
def test_a_file_that_another_program_gave_a_second_ending_is_told(tmp_path: Path, name: str, right: str) -> None:
    """Notepad and Word put their own ending behind the name, and the file manager hides it."""
    folder = copy_school(tmp_path, KACPER) / "cases" / KACPER
    shutil.copy(folder / "plan.yaml", folder / name)
    [beside] = load_case(find_project(tmp_path), KACPER).problems
    assert beside.path.endswith(name) and "so it would not be used" in beside.message and right in beside.hint
    (folder / "plan.yaml").unlink()
    assert name in " ".join(problem.path for problem in load_case(find_project(tmp_path), KACPER).problems)
