"""What is said fits a terminal of 80 columns, commands are never cut, and what many share is told once."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from io import StringIO
from pathlib import Path

import pytest

from generator.cli.main import sendpack as the_command
from generator.cli.options import told_while_working
from generator.cli.text.findings_text import display_width
from generator.cli.text.layout import COMMAND_NAMES, fitted, fitted_table
from tests.example_school import ROOT, copy_school, sendpack
from tests.school.pupil_lists import upn

DAY = ("--on", "29/11/2026")


@pytest.fixture(scope="module")
def new_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven pupils on a list, one just put on SEN support and six long before, and one without status."""
    school = copy_school(tmp_path_factory.mktemp("new"))
    head = "UPN,Surname,Forename,DOB,SEN,SEN start date,SEN need"
    began = ["29/11/2026", *["01/09/2026"] * 6]
    rows = [f"{upn(n)},Surname{chr(97 + n)},Ben,14/05/2018,K,{day},MLD" for n, day in enumerate(began, 1)]
    (school / "list.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    sendpack(school, "import", "list.csv", "--create", "--apply", *DAY)
    sendpack(school, "new", "pupil", "Cy Lee", "--born", "14/05/2018", *DAY)
    return school


@pytest.mark.whole
@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("status",),
        ("reviews",),
        ("reviews", "--weeks", "60"),
        ("register",),
        ("check", "ada-brown"),
    ],
)
def test_what_is_told_fits_eighty_columns(words: tuple[str, ...], new_school: Path) -> None:
    for folder in (ROOT, new_school) if len(words) == 1 else (ROOT,):
        told = sendpack(folder, *words, *DAY, COLUMNS="80").stdout
        assert told and [line for line in told.splitlines() if display_width(line) > 80] == []
        # The same words as on a wide screen: nothing is lost, and no command is cut in two.
        wide = sendpack(folder, *words, *DAY).stdout
        if words[0] not in ("reviews", "register"):
            assert told.split() == wide.split()
        for command in set(re.findall(r"sendpack (?:new|check) [a-z][a-z -]+", wide)):
            assert command.strip() in told, command


LONG = "maximiliana-wolfeschlegelsteinhausenbergerdorff"


@pytest.fixture(scope="module")
def long_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with a pupil of 45 letters beside two others."""
    school = copy_school(tmp_path_factory.mktemp("long"), "ada-brown", "toby-merrick")
    folder = school / "cases" / LONG
    shutil.copytree(school / "cases" / "ada-brown", folder)
    file = folder / "pupil.yaml"
    text = file.read_text("utf-8").replace("X999400122017", upn(1)).replace("nhs_number: 999 000 0018\n", "")
    text = text.replace("preferred_name: Ada", "preferred_name: Maximiliana")
    file.write_text(text.replace("surname: Brown", "surname: Wolfeschlegelsteinhausenbergerdorff"), "utf-8")
    return school


@pytest.mark.whole
@pytest.mark.parametrize(
    "words",
    [
        *(("status",), ("reviews",), ("register",), ("check",), ("check", "--errors"), ("provision",), ("governors",)),
        *(("provision", "--costs"), ("termly", "--dry-run"), ("retention",), ("new-year",), ("inclusion-strategy",)),
        *(
            ("sar", LONG, "--for", "other"),
            ("status", LONG),
            ("check", LONG),
            ("pack", "list"),
            ("pack", "check"),
            ("issued", LONG),
        ),
    ],
)
def test_long_names_fit_eighty_columns_in_every_list(words: tuple[str, ...], long_names: Path) -> None:
    day = () if words[0] in ("pack", "issued") else DAY
    ran = sendpack(long_names, *words, *day, COLUMNS="80")
    assert ran.returncode == 0, ran.stderr
    told = [line for line in (ran.stdout + ran.stderr).splitlines() if display_width(line) > 80]
    # A path or a command that is recommended is never cut, and may be longer by itself.
    told = [line.strip().removesuffix(" is written.") for line in told]
    assert [line for line in told if " " in line and not line.startswith(("sendpack ", "`"))] == []
    wide = sendpack(long_names, *words, *day)
    for command in set(re.findall(r"sendpack (?:new|check|send-on) [a-z][a-z -]+", wide.stdout)):
        assert command.strip() in ran.stdout, command


def test_sent_says_what_was_left_to_fill_in_by_hand(tmp_path: Path) -> None:
    school = copy_school(tmp_path, "ada-brown")
    request = school / "cases" / "ada-brown" / "request.yaml"
    request.write_text(re.sub(r"(?ms)^sent:\n(?:  .*\n)+", "", request.read_text("utf-8")), "utf-8")
    made = school / "output" / "ada-brown" / "submission"
    made.mkdir(parents=True)
    (made / "bundle.pdf").write_bytes(b"%PDF-")
    files = [{"file": "bundle.pdf", "sha256": hashlib.sha256(b"%PDF-").hexdigest()}]
    told = [{"kind": "to-fill-in", "text": "cases/ada-brown/plan.yaml, line 12"}, {"kind": "look", "text": "other"}]
    (made / "manifest.json").write_text(json.dumps({"files": files, "parts": [], "cautions": told}), "utf-8")
    ran = sendpack(school, "sent", "ada-brown", "--date", "24/11/2026", "--to", "SEN team", *DAY)
    assert ran.returncode == 0, ran.stderr
    assert "Left to fill in by hand" in ran.stdout and "  cases/ada-brown/plan.yaml, line 12" in ran.stdout
    assert "other" not in ran.stdout


@pytest.mark.whole
def test_what_is_on_the_machine_is_told_in_eighty_columns(new_school: Path) -> None:
    told = sendpack(new_school, "doctor", COLUMNS="80").stdout
    long = [line for line in told.splitlines() if display_width(line) > 80]
    assert [line for line in long if " " in line.strip()] == [], "a path alone may be longer"


@pytest.mark.whole
def test_a_child_just_put_on_sen_support_is_told_the_next_step(new_school: Path) -> None:
    told = sendpack(new_school, "check", "ben-surnameb", *DAY).stdout
    assert "Next: Talk with the parents: sendpack new meeting ben-surnameb --type early_discussion" in told
    assert "0 of 5 ready for: SEN support" in told and "and 2 more: sendpack check ben-surnameb --for" in told
    assert "EHC needs assessment" not in told
    # Where support ran before the file began, the talk stands in other papers: the plan is what is missing here.
    assert "Next: Write the plan: sendpack new plan" in sendpack(new_school, "check", "ben-surnamed", *DAY).stdout
    # With a plan written the first cycle comes next.
    sendpack(new_school, "new", "plan", "ben-surnamec", *DAY)
    told = sendpack(new_school, "check", "ben-surnamec", *DAY).stdout
    assert "Next: Begin the first cycle: sendpack new cycle ben-surnamec, by 14 December 2026 (" in told


@pytest.mark.whole
def test_a_child_with_an_ehc_plan_is_not_sent_back_to_the_beginning(tmp_path: Path) -> None:
    school = copy_school(tmp_path)
    ran = sendpack(school, "new", "pupil", "Zak Ali", "--born", "05/11/2019", "--status", "E", "--since", "11/02/2024")
    assert ran.returncode == 0, ran.stderr
    told = sendpack(school, "status", *DAY).stdout
    assert "Year 2: EHC plan\n" in told and "Write the plan: sendpack new plan zak-ali" in told
    assert "EHC plan" in sendpack(school, "register", *DAY).stdout.splitlines()[2]


@pytest.mark.whole
def test_a_first_plan_asks_for_fourteen_answers(tmp_path: Path) -> None:
    """From nothing: three commands, then the places marked in the school's, the pupil's and the plan's file."""
    school = tmp_path / "school"
    sendpack(tmp_path, "init", str(school))
    new = ("new", "pupil", "Ada Brown", "--born", "14/05/2018", "--status", "K", "--since", "07/09/2026")
    assert sendpack(school, *new, *DAY).returncode == 0
    assert sendpack(school, "new", "plan", "ada-brown", *DAY).returncode == 0
    records = [school / "cases" / name for name in ("school.yaml", "ada-brown/pupil.yaml", "ada-brown/plan.yaml")]
    lines = [
        line for one in records for line in one.read_text("utf-8").splitlines() if not line.lstrip().startswith("#")
    ]
    assert sum("(to be filled in)" in line for line in lines) <= 14


@pytest.mark.whole
def test_a_pupil_without_a_status_is_told_what_can_still_be_done(tmp_path: Path) -> None:
    school = copy_school(tmp_path)
    told = sendpack(school, "new", "pupil", "Cy Lee", "--born", "14/05/2018", *DAY, COLUMNS="80").stdout
    # The folder is there now, so that the same command again, with --status, would be refused.
    assert "Write it under sen_status in that file" in " ".join(told.split())
    assert all(len(line) <= 80 for line in told.splitlines())


@pytest.mark.whole
def test_the_same_advice_for_many_is_told_once_with_its_places(new_school: Path) -> None:
    told = sendpack(new_school, "check", *DAY).stdout
    assert told.count("has no one-page profile") == 1 and "(name) has no one-page profile" in told
    [places] = re.findall(r"\(name\) has no one-page profile.*\n    for these 7: (.*)", told)
    assert places.split(", ") == [f"ben-surname{chr(97 + n)}" for n in range(1, 8)]
    # What one pupil alone has stays with that pupil.
    assert "Cy’s SEN status is not written, so Cy is on no register" in told


def test_the_names_of_commands_are_those_there_are() -> None:
    assert set(COMMAND_NAMES) == set(the_command.commands)
    line = f"    {'word ' * 10}sendpack writes the letter to everyone with parental responsibility"
    assert next(fitted([line], 80)).endswith("word sendpack writes the letter")


def test_a_command_is_kept_whole_and_other_text_goes_on_under_itself() -> None:
    line = f"    {'word ' * 13}sendpack new meeting ada-brown --type early_discussion and more"
    lines = list(fitted([line], 80))
    assert lines[1].startswith("        sendpack new meeting ada-brown --type early_discussion")
    assert " ".join(" ".join(lines).split()) == " ".join(line.split())


def test_a_table_that_is_too_wide_goes_over_several_lines() -> None:
    rows = [("Pupil", "What is to be done"), ("Ada Brown", "word " * 30), ("Zoë", "x")]
    lines = list(fitted_table(rows, 60))
    assert max(map(len, lines)) <= 60 and lines[1].startswith("---") and sum("word" in line for line in lines) > 2
    assert lines[-1].startswith("Zoë")


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_moves_where_someone_watches_and_one_line_stands_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    watched, logged = _Terminal(), StringIO()
    for out in (watched, logged):
        monkeypatch.setattr("sys.stderr", out)
        monkeypatch.setattr("sys.__stderr__", out)
        with told_while_working("Making 2 documents", 2) as advance:
            advance("Support\nplan\x1b[2J")
            advance("Profile")
    assert logged.getvalue() == "Making 2 documents...\n"
    shown = watched.getvalue()
    assert "\r\x1b[K1 of 2: Support plan" in shown and "\r\x1b[K2 of 2: Profile" in shown and shown.endswith("\r\x1b[K")
    assert "\x1b[2J" not in shown and "\n" not in shown
