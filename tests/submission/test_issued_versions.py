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

from generator.cases.family.family_copies import must_not_have, reaches_family, slip_of
from generator.engines import choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.compare import different
from generator.submission.given_out.give_out import Handover, issue
from generator.submission.given_out.issued_versions import since, standing, versions
from tests.example_school import KACPER, copy_school, sendpack

DAY = date(2026, 3, 12)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return copy_school(tmp_path, KACPER)


def opened(school: Path) -> tuple[Project, object]:
    project = find_project(school)
    loaded = load_case(project, KACPER)
    assert loaded.case is not None, [str(p) for p in loaded.problems]
    return project, loaded.case


def give_out(
    school: Path,
    document: str = "profile",
    to: str = "Mr and Mrs Wiśniewski: “both”",
    on: date = DAY,
    draft: bool = False,
) -> None:
    project, case = opened(school)
    engine = choose("embedded")
    issue(project, case, document, engine, Handover(to, on, draft))  # type: ignore[arg-type]
    engine.close()


def edit(school: Path, file: str, old: str, new: str) -> None:
    path = school / "cases" / KACPER / file
    text = path.read_text("utf-8")
    assert old in text, text
    path.write_text(text.replace(old, new, 1), "utf-8")


def first_point(school: Path, key: str) -> str:
    _, case = opened(school)
    return str(case.data("profile")[key][0])  # type: ignore[attr-defined]


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


def test_a_version_is_never_overwritten_and_the_next_has_the_next_number(school: Path) -> None:
    give_out(school)
    project, _ = opened(school)
    before = {p: p.read_bytes() for p in (school / "cases" / KACPER / "issued").rglob("*") if p.is_file()}
    give_out(school)
    give_out(school)
    assert [one.version for one in versions(project, KACPER)] == [1, 2, 3]
    assert all(path.read_bytes() == content for path, content in before.items())


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
    give_out(school)
    assert len(versions(project, KACPER)) == 2


def test_a_file_of_a_build_that_was_cut_off_was_not_edited_by_hand(school: Path) -> None:
    made = school / "output" / KACPER / "profile.docx"
    made.parent.mkdir(parents=True)
    made.write_bytes(b"PK")
    journal = school / "output" / ".cache" / "writing.txt"
    journal.parent.mkdir()
    journal.write_text(json.dumps([KACPER, {"profile.docx": hashlib.sha256(b"PK").hexdigest()}]) + "\n", "utf-8")
    give_out(school)
    assert len(versions(opened(school)[0], KACPER)) == 1


def test_a_day_that_is_still_to_come_is_no_day_of_issue(school: Path) -> None:
    refused = sendpack(school, "issue", KACPER, "profile", "--to", "parents", "--date", "01/02/2099")
    assert refused.returncode == 2 and "01/02/2099 is still to come" in refused.stderr
    assert not (school / "cases" / KACPER / "issued").exists()


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


@pytest.mark.parametrize(("command", "meant"), [("issue", "support-plan"), ("changes", "support-plan")])
def test_a_record_s_name_leads_to_the_document_made_from_it(school: Path, command: str, meant: str) -> None:
    more = ["--to", "parents"] if command == "issue" else []
    refused = sendpack(school, command, KACPER, "plan", *more)
    assert refused.returncode == 2 and f"Did you mean {meant}?" in refused.stderr
    built = sendpack(school, "build", KACPER, "--only", "plan")
    assert built.returncode == 2 and f"Did you mean {meant}?" in built.stderr


def test_the_reader_of_cases_does_not_look_into_it(school: Path) -> None:
    records = len(load_case(find_project(school), KACPER).case.records)  # type: ignore[union-attr]
    give_out(school)
    loaded = load_case(find_project(school), KACPER)
    assert not loaded.broken and len(loaded.case.records) == records  # type: ignore[union-attr]


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


def test_what_a_document_does_not_print_is_no_change_of_it(school: Path) -> None:
    give_out(school)
    edit(school, "plan.yaml", "status: ", "status: draft # ")
    project, case = opened(school)
    assert since(project, case, "profile").same  # type: ignore[arg-type]
    assert [held.state for held in standing(project, case)] == ["unchanged since"]  # type: ignore[arg-type]


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


def test_the_commands(school: Path) -> None:
    made = sendpack(school, "issue", KACPER, "support-plan", "--to", "Mrs Wiśniewska", "--date", "12/03/2026")
    assert made.returncode == 0, made.stderr
    assert "support-plan.pdf: version 1" in made.stdout and "never changed" in made.stdout
    edit(school, "plan.yaml", "story: >-\n", "story: >-\n  We began again in March.\n")
    listed = sendpack(school, "issued")
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

NOTES = "early-discussion-2026-09-30"
MEETING = "meetings/2026-09-30-early-discussion.yaml"


def without_copies(school: Path, file: str) -> None:
    """Take out what the record itself says of copies, as in a school that only uses `sendpack issue`."""
    path = school / "cases" / KACPER / file
    lines = path.read_text("utf-8").splitlines()
    start = lines.index("copies:")
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith((" ", "-"))), len(lines))
    path.write_text("\n".join(lines[:start] + lines[end:]) + "\n", "utf-8")


def told(school: Path, *command: str) -> str:
    return sendpack(school, *command, "--on", "22/11/2026").stdout


def test_notes_given_out_are_a_copy_for_check_status_and_reviews(school: Path) -> None:
    without_copies(school, MEETING)
    assert "nobody at home has its notes" in told(school, "check", KACPER)
    assert "Give the family the notes of the meeting of 30" in told(school, "reviews", KACPER)
    assert "Give the family the notes" in told(school, "status", KACPER)
    made = sendpack(school, "issue", KACPER, NOTES, "--to", "Mr and Mrs Wiśniewski", "--date", "02/10/2026")
    assert "It counts as a copy for the family." in made.stdout, made.stderr
    for command in ("check", "reviews", "status"):
        assert "notes" not in told(school, command, KACPER), command


def test_notes_for_the_authority_or_as_a_draft_are_none(school: Path) -> None:
    without_copies(school, MEETING)
    sent = sendpack(school, "issue", KACPER, NOTES, "--to", "Northmoor Council", "--date", "02/10/2026")
    assert "It does not count" in sent.stdout and "“Northmoor Council” is nobody at home" in sent.stdout
    draft = sendpack(school, "issue", KACPER, NOTES, "--to", "parents", "--draft", "--date", "03/10/2026")
    assert "It does not count as a copy for the family: it is a draft." in draft.stdout
    found = " ".join(told(school, "check", KACPER).split())
    assert "nobody at home has its notes" in found
    assert "“Northmoor Council”, to whom it went on 2 October 2026, is nobody at home in pupil.yaml" in found
    assert "what went out on 3 October 2026 was a draft" in found
    assert "Give the family the notes" in told(school, "reviews", KACPER)


def test_notes_that_went_out_late_are_told_as_late(school: Path) -> None:
    without_copies(school, MEETING)
    assert sendpack(school, "issue", KACPER, NOTES, "--to", "parents", "--date", "20/10/2026").returncode == 0
    assert "the notes reached the parents 20 days after the meeting" in told(school, "check", KACPER)


def test_the_plan_given_out_is_the_copy_at_home(school: Path) -> None:
    without_copies(school, "plan.yaml")
    assert "nobody at home has a copy of the plan yet" in told(school, "check", KACPER)
    assert "Give the family the plan of" in told(school, "reviews", KACPER)
    assert sendpack(school, "issue", KACPER, "support-plan", "--to", "parents", "--date", "15/10/2026").returncode == 0
    assert "copy of the plan" not in told(school, "check", KACPER)
    assert "Give the family the plan" not in told(school, "reviews", KACPER)


def test_a_person_is_named_by_id_and_nobody_gets_what_they_must_not_have(school: Path) -> None:
    _, case = opened(school)
    person = case.data("pupil")["people"][0]  # type: ignore[attr-defined]
    give_out(school, to=person["id"])
    [one] = versions(find_project(school), KACPER)
    assert one.data["to"] == f"{person['title']} {person['name']}"
    edit(school, "pupil.yaml", f"id: {person['id']}", f"id: {person['id']}\n    copies: no")
    with pytest.raises(WrongUse, match="must not be sent copies"):
        give_out(school, to=str(one.data["to"]), on=date(2026, 3, 13))
    assert len(versions(find_project(school), KACPER)) == 1


def test_check_tells_of_a_kept_copy_that_was_changed_or_cannot_be_read(school: Path) -> None:
    give_out(school)
    [one] = versions(find_project(school), KACPER)
    (one.folder / "profile.pdf").write_bytes(b"%PDF-1.7 something else")
    assert "profile.pdf was changed or is missing since it was given out" in told(school, "check", KACPER)
    (one.folder / "issued.yaml").write_text("version: x\n", "utf-8")
    checked = sendpack(school, "check", KACPER)
    assert checked.returncode == 1 and "issued/2026-03-12-profile-v1/issued.yaml" in checked.stdout


@pytest.mark.parametrize(
    ("to", "reached"),
    [
        ("Mr and Mrs Brown", True),
        ("Samira Brown", True),
        ("samira", True),
        ("Ms Brown, by e-mail", True),
        ("mother", True),
        ("Mum and Dad", True),
        ("the parents", True),
        ("Ada’s family", True),
        ("Brown", False),
        ("Mrs Green", False),
        ("Northmoor Council, parents’ team", False),
        ("Family Support Service", False),
        ("grandmother", False),
        ("Ada Brown", False),
    ],
)
def test_who_is_at_home(to: str, reached: bool) -> None:
    pupil = {
        "forenames": "Ada",
        "legal_surname": "Brown",
        "date_of_birth": date(2018, 5, 14),
        "people": [
            {
                "id": "samira",
                "title": "Ms",
                "name": "Samira Brown",
                "relationship": "mother",
                "parental_responsibility": True,
            },
            {
                "id": "dan",
                "title": "Mr",
                "name": "Daniel Brown",
                "relationship": "father",
                "parental_responsibility": True,
            },
            {
                "id": "gran",
                "title": "Mrs",
                "name": "Edith Green",
                "relationship": "grandmother",
                "parental_responsibility": False,
            },
        ],
    }
    assert reaches_family(to, pupil, DAY) is reached


def test_copies_of_a_young_person_and_of_one_parent_who_must_not_have_them() -> None:
    father = {
        "id": "dan",
        "title": "Mr",
        "name": "Daniel Brown",
        "relationship": "father",
        "copies": False,
        "parental_responsibility": True,
    }
    mother = {
        "id": "samira",
        "title": "Ms",
        "name": "Samira Brown",
        "relationship": "mother",
        "parental_responsibility": True,
    }
    young = {"forenames": "Luca", "legal_surname": "Brown", "date_of_birth": date(2008, 5, 14), "people": [father]}
    assert reaches_family("Luca", young, DAY) and reaches_family("Luca Brown", young, DAY)
    assert not reaches_family("Mr Brown", young, DAY) and not reaches_family("parents", young, DAY)
    both = {**young, "people": [father, mother]}
    assert must_not_have("Mr and Ms Brown", both) == "Daniel Brown" and must_not_have("Ms Brown", both) == ""
    carer = {"id": "pat", "name": "Pat Lin", "relationship": "foster carer", "parental_responsibility": False}
    child = {**young, "date_of_birth": date(2018, 5, 14), "people": [carer]}
    assert reaches_family("Pat Lin", child, DAY) and reaches_family("her foster carer", child, DAY)
    assert not reaches_family("Foster Hill", child, DAY) and not reaches_family("Luca", child, DAY)


def test_a_parents_letter_is_not_given_to_the_other_parent(school: Path) -> None:
    with pytest.raises(WrongUse, match="parent-letter-agnieszka is addressed to Ms Agnieszka Nowak, not to Tomasz"):
        give_out(school, "parent-letter-agnieszka", "tomasz")
    give_out(school, "parent-letter-agnieszka", "agnieszka")
    [one] = versions(find_project(school), KACPER)
    assert one.data["to"] == "Ms Agnieszka Nowak"
