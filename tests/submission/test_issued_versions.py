"""Issued is issued: the exact copy that was given out is kept for good, and what changed since is told in plain words."""

# ruff: noqa: E501 - lines of YAML read best on one line

from __future__ import annotations

import hashlib
import io
import json
import os
from datetime import date
from pathlib import Path

import pypdf
import pytest
from docx import Document as read_docx

from generator.cases.family.family_copies import slip_of
from generator.cli.text.findings_text import display_width
from generator.folder.changing.changes_made import changes_made, take_back
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.compare import different
from generator.submission.given_out.issued_versions import since, standing, versions
from tests.example_school import KACPER, copy_school, sendpack
from tests.submission.given_out_school import DAY, edit, first_point, give_out, opened


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return copy_school(tmp_path, KACPER)


@pytest.mark.whole
def test_the_exact_files_are_kept_with_who_when_and_how(school: Path) -> None:
    give_out(school)
    project, _ = opened(school)
    [one] = versions(project, KACPER)
    assert one.folder.name == "2026-03-12-profile-v1"
    assert {p.name for p in one.folder.iterdir()} == {"profile.docx", "profile.pdf", "records", "issued.yaml"}
    data = one.data
    assert data["to"] == "Mr and Mrs Wiśniewski: “both”" and data["date"] == DAY and data["status"] == "final"
    assert "rdocx" in data["engine"] and data["pack"] and data["sendpack"]
    for name, mark in data["files"].items():
        assert hashlib.sha256((one.folder / name).read_bytes()).hexdigest() == mark
    assert "records/profile.yaml" in data["files"] and "records/school.yaml" in data["files"]
    assert one.altered == []


@pytest.mark.whole
def test_the_footer_says_final_and_the_version_or_draft(school: Path) -> None:
    give_out(school, draft=True)
    give_out(school, on=date(2026, 3, 13))
    project, _ = opened(school)
    first, second = versions(project, KACPER)
    for one, words in ((first, "Draft, version 1, 12 March 2026"), (second, "Final, version 2, 13 March 2026")):
        text = pypdf.PdfReader(io.BytesIO((one.folder / "profile.pdf").read_bytes())).pages[0].extract_text()
        assert words in " ".join(text.split())
        footer = read_docx(str(one.folder / "profile.docx")).sections[0].footer
        assert words in footer.paragraphs[0].text


@pytest.mark.whole
def test_giving_out_that_was_cut_off_before_its_note_is_made_good_by_the_same_again(school: Path) -> None:
    give_out(school)
    for file in (school / "output/.cache/page/undo").iterdir():
        file.unlink()
    give_out(school)
    give_out(school)
    project, _ = opened(school)
    assert [one.version for one in versions(project, KACPER)] == [1]
    [made] = changes_made(project)
    assert made.did.startswith("Given out: ") and made.why_not == ""
    take_back(project, made.name)
    assert versions(project, KACPER) == []


@pytest.mark.whole
@pytest.mark.parametrize("to", ["Northmoor Council", "parents"])
def test_copies_added_by_a_run_that_was_cut_off_before_its_note_can_be_taken_back(school: Path, to: str) -> None:
    give_out(school)
    [one] = versions(opened(school)[0], KACPER)
    before = {path: path.read_bytes() for path in one.folder.rglob("*") if path.is_file()}
    [first] = (school / "output/.cache/page/undo").glob("*.json")
    give_out(school, to=to)
    for file in (school / "output/.cache/page/undo").iterdir():
        if not file.name.startswith(first.stem):
            file.unlink()
    give_out(school, to=to)
    give_out(school, to=to)
    project, _ = opened(school)
    [one] = versions(project, KACPER)
    assert [row["to"] for row in one.copies][1:] == [to]
    last, _ = changes_made(project)
    assert last.did == f"Given out: One-page profile, to {to}" and last.why_not == ""
    take_back(project, last.name)
    assert {path: path.read_bytes() for path in one.folder.rglob("*") if path.is_file()} == before


@pytest.mark.whole
def test_what_is_compared_with_a_version_that_was_changed_says_so(school: Path) -> None:
    give_out(school)
    assert sendpack(school, "changes", KACPER, "profile").returncode == 0
    [kept] = (school / "cases" / KACPER / "issued").glob("*/records/profile.yaml")
    kept.write_bytes(kept.read_bytes()[:-40])
    told = sendpack(school, "changes", KACPER, "profile")
    assert told.returncode == 1 and "NOT AS IT WAS GIVEN OUT: records/profile.yaml" in told.stdout


@pytest.mark.whole
def test_a_version_is_never_overwritten_and_the_next_has_the_next_number(school: Path) -> None:
    give_out(school)
    project, _ = opened(school)
    before = {p: p.read_bytes() for p in (school / "cases" / KACPER / "issued").rglob("*") if p.is_file()}
    give_out(school, on=date(2026, 3, 13))
    give_out(school, on=date(2026, 3, 14))
    assert [one.version for one in versions(project, KACPER)] == [1, 2, 3]
    assert all(path.read_bytes() == content for path, content in before.items())


@pytest.mark.whole
def test_a_word_file_edited_by_hand_is_not_issued_without_its_edit(school: Path) -> None:
    """The version kept is made from cases/: a change made in Word would be lost without a word."""
    assert sendpack(school, "build", KACPER, "--only", "profile").returncode == 0
    give_out(school)  # as built: nothing stands in the way
    made = school / "output" / KACPER / "profile.docx"
    made.write_bytes(made.read_bytes() + b" ")
    os.utime(made, (1_770_000_000, 1_770_000_000))
    with pytest.raises(WrongUse, match=r"profile\.docx was edited by hand on 2 February 2026; nothing was") as error:
        give_out(school)
    assert f"sendpack build {KACPER} --only profile --force" in error.value.advice
    assert "“profile (edited 1).docx”" in error.value.advice
    project, _ = opened(school)
    assert len(versions(project, KACPER)) == 1
    assert sendpack(school, "build", KACPER, "--only", "profile", "--force").returncode == 0
    give_out(school, on=date(2026, 3, 13))
    assert len(versions(project, KACPER)) == 2


@pytest.mark.whole
def test_a_file_of_a_build_that_was_cut_off_was_not_edited_by_hand(school: Path) -> None:
    made = school / "output" / KACPER / "profile.docx"
    made.parent.mkdir(parents=True)
    made.write_bytes(b"PK")
    journal = school / "output" / ".cache" / "writing.txt"
    journal.parent.mkdir()
    journal.write_text(json.dumps([KACPER, {"profile.docx": hashlib.sha256(b"PK").hexdigest()}]) + "\n", "utf-8")
    give_out(school)
    assert len(versions(opened(school)[0], KACPER)) == 1


@pytest.mark.whole
def test_a_day_that_is_still_to_come_is_no_day_of_issue(school: Path) -> None:
    refused = sendpack(school, "issue", KACPER, "profile", "--to", "parents", "--date", "01/02/2099")
    assert refused.returncode == 2 and "01/02/2099 is still to come" in refused.stderr
    assert not (school / "cases" / KACPER / "issued").exists()


@pytest.mark.whole
@pytest.mark.parametrize("written", ["Mrs Novak", "Ms Agnieszka Novak", "agnieska"])
def test_a_slip_in_a_name_is_not_kept_for_good(school: Path, written: str) -> None:
    with pytest.raises(WrongUse, match="is nobody in pupil") as error:
        give_out(school, to=written)
    assert "Did you mean Agnieszka Nowak (--to agnieszka)?" in error.value.advice
    assert not (school / "cases" / KACPER / "issued").exists()


@pytest.mark.parametrize("to", ["Mrs Novak, Northmoor Council", "Mrs Nowak", "Mrs Wiśniewska", "Kacper", "parents"])
def test_who_is_no_slip_of_anybody_may_have_a_copy(school: Path, to: str) -> None:
    _, case = opened(school)
    assert slip_of(to, case.data("pupil")) is None  # type: ignore[attr-defined]


@pytest.mark.whole
@pytest.mark.parametrize(("command", "meant"), [("issue", "support-plan"), ("changes", "support-plan")])
def test_a_record_s_name_leads_to_the_document_made_from_it(school: Path, command: str, meant: str) -> None:
    more = ["--to", "parents"] if command == "issue" else []
    refused = sendpack(school, command, KACPER, "plan", *more)
    assert refused.returncode == 2 and f"Did you mean {meant}?" in refused.stderr
    built = sendpack(school, "build", KACPER, "--only", "plan")
    assert built.returncode == 2 and f"Did you mean {meant}?" in built.stderr


@pytest.mark.whole
def test_the_reader_of_cases_does_not_look_into_it(school: Path) -> None:
    records = len(load_case(find_project(school), KACPER).case.records)  # type: ignore[union-attr]
    give_out(school)
    loaded = load_case(find_project(school), KACPER)
    assert not loaded.broken and len(loaded.case.records) == records  # type: ignore[union-attr]


@pytest.mark.whole
def test_changes_are_told_field_by_field(school: Path) -> None:
    give_out(school)
    project, case = opened(school)
    assert since(project, case, "profile").same  # type: ignore[arg-type]
    old = first_point(school, "how_to_support_me")
    edit(school, "profile.yaml", old.split("\n")[0][:20], "Sit beside me. " + old.split("\n")[0][:20])
    edit(school, "profile.yaml", "important_to_me:\n", "important_to_me:\n  - Feeding the ducks\n")
    project, case = opened(school)
    found = since(project, case, "profile")  # type: ignore[arg-type]
    assert not found.same
    told = [str(change) for change in found.changes]
    assert len(told) == 2
    assert told[0].startswith("What is important to me, entry 1: new: “Feeding the ducks”")
    assert told[1].startswith("How best to support me, entry 1: was “") and "is now “Sit beside me. " in told[1]
    assert found.changes[0].record == "One-page profile"


@pytest.mark.whole
def test_what_a_document_does_not_print_is_no_change_of_it(school: Path) -> None:
    give_out(school)
    edit(school, "plan.yaml", "status: ", "status: draft # ")
    project, case = opened(school)
    assert since(project, case, "profile").same  # type: ignore[arg-type]
    assert [held.state for held in standing(project, case)] == ["unchanged since"]  # type: ignore[arg-type]


@pytest.mark.whole
def test_a_changed_house_style_is_told_as_that(school: Path) -> None:
    give_out(school)
    assert sendpack(school, "template", "copy", "house").returncode == 0
    house = school / "templates" / "school" / "house.docx"
    word = read_docx(str(house))
    word.sections[0].header.paragraphs[0].add_run("New motto")
    word.save(str(house))
    project, case = opened(school)
    found = since(project, case, "profile")  # type: ignore[arg-type]
    assert found.looks and not found.changes and not found.same


@pytest.mark.whole
def test_a_copy_that_somebody_changed_is_told(school: Path) -> None:
    give_out(school)
    project, case = opened(school)
    [one] = versions(project, KACPER)
    (one.folder / "profile.pdf").write_bytes(b"%PDF-1.7 something else")
    (one.folder / "profile.docx").unlink()
    assert one.altered == ["profile.docx", "profile.pdf"]
    assert "NOT AS IT WAS GIVEN OUT" in standing(project, case)[0].state  # type: ignore[arg-type]
    (one.folder / "issued.yaml").write_text("version: x\n", "utf-8")
    with pytest.raises(FilesHaveErrors, match="cannot be read"):
        versions(project, KACPER)


def test_what_was_never_given_out_or_does_not_exist_says_so(school: Path) -> None:
    project, case = opened(school)
    with pytest.raises(WrongUse, match="was not given out"):
        since(project, case, "profile")  # type: ignore[arg-type]
    with pytest.raises(WrongUse, match="no document called profil"):
        since(project, case, "profil")  # type: ignore[arg-type]


@pytest.mark.whole
def test_the_commands(school: Path) -> None:
    made = sendpack(school, "issue", KACPER, "support-plan", "--to", "Mrs Wiśniewska", "--date", "12/03/2026")
    assert made.returncode == 0, made.stderr
    assert "support-plan.pdf: version 1" in made.stdout and "never changed" in made.stdout
    edit(school, "plan.yaml", "story: >-\n", "story: >-\n  We began again in March.\n")
    listed = sendpack(school, "issued")
    narrow = sendpack(school, "issued", COLUMNS="80").stdout.splitlines()
    assert max(map(display_width, narrow)) <= 80, narrow
    assert [n for n, line in enumerate(narrow) if set(line) <= {" ", "-"}] == [1], narrow
    assert "changed since issued" in listed.stdout and "Mrs Wiśniewska" in listed.stdout
    assert "changed since issued" in sendpack(school, "status").stdout
    told = sendpack(school, "changes", KACPER, "support-plan", "--print", "--on", "20/03/2026")
    assert told.returncode == 0, told.stderr
    assert "compared with version 1" in told.stdout and "March" in told.stdout
    page = pypdf.PdfReader(school / "output" / KACPER / "changes-support-plan.pdf").pages[0].extract_text()
    text = " ".join(page.split())
    assert "What has changed" in text and "given to Mrs Wiśniewska on 12 March 2026" in text and "20 March 2026" in text
    assert "Before" in text and "Now" in text and "Page 1 of" in text


def test_rows_with_an_id_are_compared_with_themselves_and_lists_where_they_are_alike(school: Path) -> None:
    project, _ = opened(school)
    shape = project.schemas.shape("plan")
    one = {"id": "a", "text": "Reads alone.", "by": date(2027, 7, 1)}
    two = {"id": "b", "text": "Joins in.", "by": date(2027, 7, 1)}
    before = {"outcomes": [one, two], "status": "draft"}
    now = {"outcomes": [{**two, "by": date(2027, 12, 1)}, one], "status": "final"}
    told = [str(change) for change in different(before, now, shape, "Plan", "plan.yaml")]
    assert len(told) == 2
    assert any("“Joins in.”" in one and "was 1 July 2027, is now 1 December 2027" in one for one in told)
    assert any("was Draft, is now Final" in one for one in told)
    [gone] = different({"title": "Autumn"}, None, project.schemas.shape("cycle"), "Cycle", "cycles/a.yaml")
    assert str(gone) == "The whole record: taken out: “Autumn”"


def test_a_page_for_a_meeting_names_records_and_fields_in_plain_words(school: Path) -> None:
    """Parents read it: no file names, no path of keys."""
    shape = find_project(school).schemas.shape("cycle")
    target = {"id": "t", "text": "Tells the story in six words.", "by": date(2027, 7, 1)}
    before = {"title": "Autumn term 2026", "plan": {"targets": [target]}}
    longer = {**target, "text": "Tells the story in eight words.", "by": date(2027, 7, 8)}
    now = {"title": "Autumn term 2026", "plan": {"targets": [longer]}}
    told = list(different(before, now, shape, "Assess, Plan, Do, Review cycle", "cycles/2026-autumn.yaml"))
    assert {one.record for one in told} == {"Assess, Plan, Do, Review cycle: Autumn term 2026"}
    assert [one.field for one in told] == [
        "Targets, “Tells the story in eight words.”",
        "Targets, “Tells the story in eight words.”, by",
    ]
    meeting = find_project(school).schemas.shape("meeting")
    held = {"date": date(2026, 11, 12)}
    [one] = different(held, {**held, "time": "9:30"}, meeting, "Meeting", "meetings/2026-11-12-review.yaml")
    assert one.record == "Meeting, 12 November 2026"


# -- copies given feed the rules --------------------------------------------------------------------------------------


@pytest.mark.whole
@pytest.mark.parametrize(
    ("to", "says"), [("ivan", "Those at home are: "), ("Agnieszka", "Did you mean --to agnieszka?")]
)
def test_a_word_that_names_nobody_is_asked_back_and_nothing_is_kept(school: Path, to: str, says: str) -> None:
    path = school / "cases" / KACPER / "pupil.yaml"
    path.write_text(path.read_text("utf-8").replace("id: agnieszka\n", "id: agnieszka-nowak-1\n"), "utf-8")
    says = says.replace("--to agnieszka?", "--to agnieszka-nowak-1?")
    with pytest.raises(WrongUse, match="is nobody in pupil") as error:
        give_out(school, to=to)
    assert error.value.advice.startswith("Nothing was kept. ") and says in error.value.advice
    assert not (school / "cases" / KACPER / "issued").exists()
