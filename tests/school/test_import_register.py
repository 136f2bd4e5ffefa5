"""A school's list becomes a correct register: status and start, needs, names, looked after; nobody lost in silence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.problems import Stop
from generator.school.imports.apply_import import apply
from generator.school.imports.existing_pupil import Change, ImportOutcome
from tests.example_school import copy_school, sendpack
from tests.school.pupil_lists import arbor, sims, upn, workbook

TODAY = ("--on", "29/11/2026")
SINCE = ("--since", "01/09/2026")


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A school's folder without pupils."""
    return copy_school(tmp_path / "school")


def put(school: Path, content: str | bytes, name: str = "list.csv") -> None:
    (school / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8-sig"))


def pupil(school: Path, name: str) -> Any:
    """What stands in a pupil's file, which must be right."""
    loaded = load_case(find_project(school), name)
    assert loaded.case is not None and not loaded.broken, loaded.problems
    return loaded.case.data("pupil")


def last_count(text: str) -> str:
    return next(line for line in text.splitlines() if " pupils in " in line or " pupil in " in line)


def folders(school: Path) -> list[str]:
    return sorted(path.name for path in (school / "cases").iterdir() if path.is_dir())


@pytest.mark.whole
def test_a_class_list_of_arbor_becomes_the_register(school: Path) -> None:
    put(school, arbor())
    looked = sendpack(school, "import", "list.csv", "--create", *TODAY)
    assert looked.returncode == 0, looked.stderr
    assert folders(school) == [] and not (school / "import-columns.csv").exists()
    assert "LAC → looked after" in looked.stdout and "Legal Surname → legal surname" in looked.stdout
    ran = sendpack(school, "import", "list.csv", "--create", "--apply", *SINCE, *TODAY)
    assert ran.returncode == 0, ran.stderr
    # What was shown is what was written, and a blank status makes no folder.
    assert last_count(looked.stdout) == last_count(ran.stdout)
    assert "4 new files, 0 files changed, 2 without SEN, 0 to work through" in last_count(ran.stdout)
    assert folders(school) == ["ava-brown", "kit-solan", "noah-wright", "zak-ali"]
    kit = pupil(school, "kit-solan")
    assert (kit["legal_surname"], kit["known_as_surname"]) == ("Perry", "Solan")
    assert [(need["rank"], need["sen_type"]) for need in kit["needs"]] == [(1, "SLCN"), (2, "SPLD")]
    assert kit["sen_status"][0]["from"].isoformat() == "2026-09-01"
    ava = pupil(school, "ava-brown")
    assert ava["sen_status"][0]["status"] == "K" and "known_as_surname" not in ava
    assert ava["looked_after"]["legal_status"] == "not_known" and "looked_after" not in kit
    shown = sendpack(school, "register", *TODAY).stdout
    assert "4 pupils: 3 SEN support, 1 EHC plan." in shown
    # Again: nothing changes, no question is asked, and the columns are not shown once more.
    files = {path: path.read_bytes() for path in school.rglob("*.yaml")}
    again = sendpack(school, "import", "list.csv", "--create", "--apply", *TODAY)
    assert again.returncode == 0, again.stderr
    assert "0 new files, 0 files changed, 2 without SEN" in again.stdout and "LAC →" not in again.stdout
    assert {path: path.read_bytes() for path in school.rglob("*.yaml")} == files


@pytest.mark.whole
def test_a_report_of_sims_with_a_row_for_each_need(school: Path) -> None:
    put(school, sims())
    ran = sendpack(school, "import", "list.csv", "--create", "--apply", *TODAY)
    assert ran.returncode == 0, ran.stderr
    assert "3 pupils in list.csv: 2 new files" in ran.stdout and "row 11: “Total: 3”" in ran.stdout
    zoe = pupil(school, "zoe-ohara")
    assert (zoe["forenames"], zoe["legal_surname"], zoe["upn"]) == ("Zoë Mary", "O’Hara", upn(11))
    assert zoe["date_of_birth"].isoformat() == "2017-11-02"
    assert zoe["sen_status"][0]["from"].isoformat() == "2025-09-01"
    assert [(need["rank"], need["sen_type"]) for need in zoe["needs"]] == [(1, "SLCN"), (2, "SPLD")]
    nowak = pupil(school, "lucja-nowak")
    assert nowak["service_child"] is True and nowak["sen_status"][0]["status"] == "E" and "looked_after" in nowak


@pytest.mark.whole
def test_rows_that_cannot_be_right_are_a_list_to_work_through(school: Path) -> None:
    rows = [
        ["UPN", "Name", "DOB", "Year", "SEN status", "SEN start date"],
        [upn(1), "Hill, Ben", "14/05/2018", "4", "EHCP requested", ""],
        [upn(2), "Lee, Cy", "14/05/2031", "4", "K", "01/09/2025"],
        ["A999400100003", "Day, Mo", "14/05/2018", "4", "K", "01/09/2025"],
        [upn(4), "Fox, Jo", "14/05/2018", "4", "K", "01/09/2027"],
        [upn(5), "Ray", "14/05/2018", "4", "K", "01/09/2025"],
        [upn(6), "Orr, Al", "", "4", "K", "01/09/2025"],
        [upn(7), "Poe, Vi", "14/05/2018", "4", "K", "01/09/2025"],
        [upn(7), "Poe, Vi", "14/05/2018", "4", "E", "01/09/2025"],
        [upn(8), "Kay, Di", "14/05/2018", "4", "K", "01/09/2025"],
    ]
    put(school, workbook(("List", rows)), "list.xlsx")
    ran = sendpack(school, "import", "list.xlsx", "--create", "--apply", *TODAY)
    assert "8 pupils in list.xlsx: 1 new file, 0 files changed, 7 to work through." in ran.stdout
    for words in ("`EHCP requested` is no SEN status", "nobody born on 14/05/2031", "row 4: Mo Day", "is still to come",
                  "“Ray” has no surname", "no date of birth", "SEN status: `K` in row 8, `E` in row 9"):  # fmt: skip
        assert words in ran.stdout, words
    assert folders(school) == ["di-kay"]
    kept = (school / "output" / "_school" / "import-2026-11-29.txt").read_text("utf-8")
    told, _, look_at = kept.partition("\nTo look at\n")
    assert told.startswith("list.xlsx\n\nTo work through: nothing of these rows was taken over\n")
    assert told.count("\n") == 3 + 7 and "row 4: Mo Day" in told
    assert look_at.startswith("Di Kay (cases/di-kay)\n  the parents are not in the export")


@pytest.mark.whole
def test_a_name_that_lost_letters_in_an_old_encoding_is_not_taken(school: Path) -> None:
    put(school, sims().encode("cp1252", "replace"))
    ran = sendpack(school, "import", "list.csv", "--create", "--apply", *TODAY)
    assert "forenames: `?ucja` has a ? in it" in ran.stdout and "1 to work through" in ran.stdout
    assert folders(school) == ["zoe-ohara"]


@pytest.mark.whole
def test_months_that_come_first_stop_the_file_until_somebody_says_so(school: Path) -> None:
    head = "UPN,Surname,Forename,DOB,SEN Status,SEN Start Date\n"
    put(school, f"{head}{upn(1)},Hill,Ben,5/14/2018,K,11/09/2025\n{upn(2)},Lee,Cy,11/2/2017,K,01/09/2025\n")
    ran = sendpack(school, "import", "list.csv", "--create", "--apply", *TODAY)
    assert ran.returncode == 2 and "row 2 has 5/14/2018, and there is no month 14" in ran.stderr
    assert "SEN Start Date" in ran.stderr and folders(school) == []
    said = ("--month-first", "DOB", "--day-first", "sen start date")
    ran = sendpack(school, "import", "list.csv", "--create", "--apply", *said, *TODAY)
    assert ran.returncode == 0, ran.stderr
    assert pupil(school, "cy-lee")["date_of_birth"].isoformat() == "2017-11-02"
    assert pupil(school, "ben-hill")["sen_status"][0]["from"].isoformat() == "2025-09-11"
    # The answer is kept.
    assert "0 new files" in sendpack(school, "import", "list.csv", "--create", *TODAY).stdout


@pytest.mark.whole
def test_a_column_is_corrected_by_command_and_kept(school: Path) -> None:
    put(school, f"UPN,Surname,Forename,DOB,Group,Reg,SEN\n{upn(1)},Hill,Ben,14/05/2018,4 Oak,x,K\n")
    wrong = sendpack(school, "import", "list.csv", "--column", "Group=klass")
    assert wrong.returncode == 2 and "Did you mean class?" in wrong.stderr
    assert "no column called Grp" in sendpack(school, "import", "list.csv", "--column", "Grp=class").stderr
    ran = sendpack(school, "import", "list.csv", "--create", "--column", "group=class", *TODAY)
    assert "Group → class" in ran.stdout and "not used: Reg" in ran.stdout
    sendpack(school, "import", "list.csv", "--create", "--apply", *SINCE, *TODAY)
    assert pupil(school, "ben-hill")["class"] == "4 Oak"


@pytest.mark.whole
def test_a_list_that_does_not_say_who_has_sen_begins_nobodys_folder(school: Path) -> None:
    put(school, f"UPN,Surname,Forename,DOB\n{upn(1)},Hill,Ben,14/05/2018\n")
    ran = sendpack(school, "import", "list.csv", "--create", "--apply", *TODAY)
    assert "the list does not say who has SEN" in ran.stdout and folders(school) == []
    sendpack(school, "import", "list.csv", "--create", "--everyone", "--apply", *TODAY)
    assert folders(school) == ["ben-hill"] and "sen_status" not in pupil(school, "ben-hill")


@pytest.mark.whole
def test_two_children_of_one_name_get_two_folders(school: Path) -> None:
    rows = [f"{upn(n)},Khan,Ali,1{n}/05/2018,K,01/09/2025" for n in (1, 2)]
    put(school, "\n".join(["UPN,Surname,Forename,DOB,SEN,SEN start date", *rows]) + "\n")
    assert "2 new files" in sendpack(school, "import", "list.csv", "--create", "--apply", *TODAY).stdout
    assert [pupil(school, name)["upn"] for name in ("ali-khan", "ali-khan-2")] == [upn(1), upn(2)]
    assert "0 new files, 0 files changed" in sendpack(school, "import", "list.csv", "--create", *TODAY).stdout


@pytest.mark.whole
def test_a_pupil_begun_without_status_gets_it_from_the_list_and_keeps_it(school: Path) -> None:
    sendpack(school, "new", "pupil", "Ben Hill", "--born", "14/05/2018", *TODAY)
    head = "Surname,Forename,DOB,SEN,SEN start date,SEN need,In care\n"
    put(school, f"{head}Hill,Ben,14/05/2018,K,01/09/2025,MLD,Y\n")
    ran = sendpack(school, "import", "list.csv", "--apply", *TODAY)
    ben = pupil(school, "ben-hill")
    assert ben["needs"][0]["sen_type"] == "MLD" and "looked_after" in ben, ran.stdout
    if len(ben.get("sen_status", ())) == 1:
        assert ben["sen_status"][0]["from"].isoformat() == "2025-09-01"
    put(school, f"{head}Hill,Ben,14/05/2018,E,01/09/2026,SLCN,N\n")
    later = sendpack(school, "import", "list.csv", "--apply", *TODAY)
    assert "SEN status is E in the export, K since" in later.stdout
    assert "SEN type 1 is SLCN in the export, MLD here" in later.stdout
    assert "looked after here, and not in the export" in later.stdout and "0 files changed" in later.stdout


@pytest.mark.whole
def test_a_folder_whose_file_has_errors_is_not_begun_twice(school: Path) -> None:
    broken = school / "cases" / "benjamin" / "pupil.yaml"
    broken.parent.mkdir()
    broken.write_text("legal_surname: Hill\nforename: Ben\n", "utf-8")
    put(school, f"UPN,Surname,Forename,DOB,SEN\n{upn(1)},Hill,Ben,14/05/2018,K\n")
    ran = sendpack(school, "import", "list.csv", "--create", "--apply", *SINCE, *TODAY)
    assert ran.returncode == 1 and "may be in cases/benjamin/pupil.yaml" in ran.stdout
    assert folders(school) == ["benjamin"]


@pytest.mark.whole
def test_at_a_terminal_columns_are_confirmed_and_the_start_is_asked_once(school: Path) -> None:
    pty = pytest.importorskip("pty", reason="Windows has no terminal of this kind")
    put(school, arbor())
    command = [sys.executable, "-m", "generator", "import", "list.csv", "--create", "--apply", *TODAY]
    main, other = pty.openpty()
    running = subprocess.Popen(command, cwd=school, stdin=other, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    os.close(other)
    os.write(main, b"y\n01/09/2026\n")
    said = running.communicate(timeout=300)[0].decode()
    os.close(main)
    assert "Are these columns right?" in said and said.count("Since when, for all of them") == 1
    assert running.returncode == 0 and len(folders(school)) == 4


def test_an_import_is_written_whole_or_not_at_all(school: Path) -> None:
    cases = school / "cases"
    (cases / "zak-ali").write_text("a file where the last pupil's folder is to be")
    names = ("ava-brown", "kit-solan", "zak-ali")
    found = [
        ImportOutcome(n, n, cases / n / "pupil.yaml", True, [Change("upn", "", "1")], text="a: b\n") for n in names
    ]
    with pytest.raises(Stop, match="cannot be written"):
        apply(found)
    assert folders(school) == []
