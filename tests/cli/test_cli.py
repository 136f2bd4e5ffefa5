"""The command as a person uses it: words, exit codes, and nothing that looks like a program's insides."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.example_school import KACPER, copy_school, sendpack


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_school(tmp_path_factory.mktemp("school"), KACPER, "idris-chowdhury")


@pytest.mark.whole
def test_help_lists_the_commands_in_the_order_of_use(school: Path) -> None:
    done = sendpack(school, "--help")
    assert done.returncode == 0
    places = [
        done.stdout.index(f"\n  {name} ") for name in ("init", "new", "check", "status", "build", "bundle", "doctor")
    ]
    assert places == sorted(places)


def test_no_school_here_is_wrong_use_with_advice(tmp_path: Path) -> None:
    done = sendpack(tmp_path, "check")
    assert done.returncode == 2
    assert "There is no folder called cases" in done.stderr and "sendpack init FOLDER" in done.stderr


@pytest.mark.whole
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check", "kacper"], f"Did you mean {KACPER}?"),
        (["build", "--only", "suport-plan"], "Did you mean support-plan?"),
        (["build", "--engine", "wrod"], "choose one of"),
        (["new", "cycel", KACPER], "There is no kind of record called cycel"),
        (["new", "pupil", "Madonna", "--born", "2018-05-14"], "has no surname"),
        (["check", "--on", "yesterday"], "yesterday"),
        (["chekc"], "chekc"),
    ],
)
def test_a_slip_on_the_command_line_gets_a_hint(school: Path, words: list[str], says: str) -> None:
    done = sendpack(school, *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.whole
def test_check_tells_each_pupil_and_ends_well(school: Path) -> None:
    done = sendpack(school, "check", "--on", "2026-11-22")
    assert done.returncode == 0, done.stdout
    assert "Kacper Wiśniewski, Year 2" in done.stdout
    assert "Checked 2 pupils" in done.stdout


@pytest.mark.whole
def test_check_as_json_is_json(school: Path) -> None:
    rows = json.loads(sendpack(school, "check", "--json").stdout)
    assert all(
        {"path", "line", "column", "severity", "rule", "message", "hint", "source"} <= row.keys() for row in rows
    )


@pytest.mark.whole
def test_status_shows_who_does_what_by_when(school: Path) -> None:
    done = sendpack(school, "status", "--on", "2027-06-01")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("Kacper"))
    assert "Year 2" in lines[at] and "OVERDUE" in lines[at + 1]


@pytest.mark.whole
def test_a_bundle_without_a_request_says_what_is_missing(school: Path) -> None:
    done = sendpack(school, "bundle", KACPER)
    assert done.returncode == 1
    assert f"sendpack new request {KACPER}" in done.stderr


def test_doctor_names_the_engines(school: Path) -> None:
    done = sendpack(school, "doctor")
    assert done.returncode == 0
    for word in ("libreoffice", "embedded", "word", "used when you do not choose: embedded", str(school)):
        assert word in done.stdout


def test_a_missing_engine_is_exit_3_with_advice(school: Path) -> None:
    done = sendpack(school, "build", "--engine", "libreoffice", "--soffice", "/nowhere/soffice")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


@pytest.mark.whole
def test_our_own_mistake_is_exit_9_with_a_report(school: Path) -> None:
    import subprocess
    import sys

    code = (
        "import generator.school.check_school as c\n"
        "def broken(*a, **k): raise RuntimeError('boom')\n"
        "c.check_school = broken\n"
        "from generator.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check"], cwd=school, capture_output=True, text=True, check=False
    )
    assert done.returncode == 9
    assert "our mistake, not yours" in done.stderr and "Traceback" not in done.stderr
    report = Path(done.stderr.split("What went wrong is in ")[1].split(". It may")[0])
    assert "boom" in report.read_text("utf-8")
    report.unlink()


@pytest.mark.whole
def test_init_then_the_whole_first_day(tmp_path: Path) -> None:
    school = tmp_path / "My school"
    assert sendpack(tmp_path, "init", str(school)).returncode == 0
    done = sendpack(school, "new", "pupil", "Zoë O'Brien-Šmidt", "--born", "14/05/2018", "--on", "2026-11-23")
    assert done.returncode == 0, done.stderr
    for kind in ("profile", "plan", "cycle", "meeting"):
        done = sendpack(school, "new", kind, "zoe-obrien-smidt", "--on", "2026-11-23")
        assert done.returncode == 0, done.stderr
    assert sendpack(school, "check", "--errors").returncode == 0
    done = sendpack(school, "build", "zoe-obrien-smidt")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (school / "output" / "zoe-obrien-smidt").glob("*.pdf")}
    assert {"profile.pdf", "support-plan.pdf"} <= names


@pytest.mark.whole
def test_status_of_a_new_pupil_says_what_comes_first(tmp_path: Path) -> None:
    school = copy_school(tmp_path)
    assert sendpack(school, "new", "pupil", "Tom Hall", "--born", "3 May 2022", "--on", "2026-11-23").returncode == 0
    done = sendpack(school, "status", "--on", "2026-11-23")
    assert "Talk with the parents" in done.stdout
