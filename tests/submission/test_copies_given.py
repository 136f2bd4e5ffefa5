"""Copies given out count for the rules, and reach only whom they may."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.cases.family.family_copies import must_not_have, reaches_family
from generator.folder.school_folder import find_project
from generator.problems import WrongUse
from generator.submission.given_out.issued_versions import versions
from tests.example_school import KACPER, copy_school, sendpack
from tests.submission.given_out_school import DAY, edit, give_out, opened


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return copy_school(tmp_path, KACPER)


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


@pytest.mark.whole
def test_notes_given_out_are_a_copy_for_check_status_and_reviews(school: Path) -> None:
    without_copies(school, MEETING)
    assert "nobody at home has its notes" in told(school, "check", KACPER)
    assert "Give the family the notes of the meeting of 30" in told(school, "reviews", KACPER)
    assert "Give the family the notes" in told(school, "status", KACPER)
    made = sendpack(school, "issue", KACPER, NOTES, "--to", "Mr and Mrs Wiśniewski", "--date", "02/10/2026")
    assert "It counts as a copy for the family." in made.stdout, made.stderr
    for command in ("check", "reviews", "status"):
        assert "notes" not in told(school, command, KACPER), command


@pytest.mark.whole
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


@pytest.mark.whole
def test_notes_that_went_out_late_are_told_as_late(school: Path) -> None:
    without_copies(school, MEETING)
    assert sendpack(school, "issue", KACPER, NOTES, "--to", "parents", "--date", "20/10/2026").returncode == 0
    assert "the notes reached the parents 20 days after the meeting" in told(school, "check", KACPER)


@pytest.mark.whole
def test_the_plan_given_out_is_the_copy_at_home(school: Path) -> None:
    without_copies(school, "plan.yaml")
    assert "nobody at home has a copy of the plan yet" in told(school, "check", KACPER)
    assert "Give the family the plan of" in told(school, "reviews", KACPER)
    assert sendpack(school, "issue", KACPER, "support-plan", "--to", "parents", "--date", "15/10/2026").returncode == 0
    assert "copy of the plan" not in told(school, "check", KACPER)
    assert "Give the family the plan" not in told(school, "reviews", KACPER)


@pytest.mark.whole
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


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("Northmoor LA", "is not for the authority"),
        ("SEND casework team", "is not for the authority"),
        ("Kacper", "is not for the pupil"),
        ("School Council", "nobody can tell who “School Council” is"),
        ("Dr Patel", "nobody can tell who “Dr Patel” is"),
    ],
)
def test_a_record_for_the_parents_goes_to_nobody_else(school: Path, to: str, said: str) -> None:
    file = school / "cases" / KACPER / "profile.yaml"
    file.write_text(f"{file.read_text('utf-8').rstrip()}\naudience: [parents]\n", "utf-8")
    with pytest.raises(WrongUse, match=said):
        give_out(school, to=to)
    assert not versions(find_project(school), KACPER)


@pytest.mark.whole
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


@pytest.mark.whole
def test_a_parents_letter_is_not_given_to_the_other_parent(school: Path) -> None:
    with pytest.raises(WrongUse, match="parent-letter-agnieszka is addressed to Ms Agnieszka Nowak, not to Tomasz"):
        give_out(school, "parent-letter-agnieszka", "tomasz")
    give_out(school, "parent-letter-agnieszka", "agnieszka")
    [one] = versions(find_project(school), KACPER)
    assert one.data["to"] == "Ms Agnieszka Nowak"
