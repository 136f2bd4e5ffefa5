"""Letters speak to the person who reads them, and the child's own papers speak for and to the child."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator.cases.family.contact_details import Reader, for_reader
from generator.documents.printed_facts.pupil_facts import letters
from generator.folder.school_folder import BUILT_IN
from tests.documents.test_new_documents import changed, desk_of, texts

ADA, LUCA, NIA, TOBY = "ada-brown", "luca-marchetti", "nia-okafor", "toby-merrick"
PUPILS = sorted(path.parent.name for path in (BUILT_IN / "cases").glob("*/plan.yaml"))


@pytest.mark.whole
def test_a_social_worker_a_carer_and_a_parent_are_each_spoken_to_as_who_they_are() -> None:
    told = texts(desk_of(BUILT_IN, TOBY), "invitation")
    assert set(told) == {"invitation-helen-osei", "invitation-gloria"}  # was: the foster carer not invited
    assert "you know Toby best" not in told["invitation-helen-osei"]
    assert "you are responsible for Toby" in told["invitation-helen-osei"]
    assert "you look after Toby every day" in told["invitation-gloria"]
    assert "you know Ada best" in texts(desk_of(BUILT_IN, ADA), "invitation")["invitation-samira"]


def test_the_formal_letter_goes_to_those_with_responsibility_only() -> None:
    assert set(texts(desk_of(BUILT_IN, TOBY), "parent-letter")) == {"parent-letter-helen-osei"}


def test_a_young_person_reads_no_letter_about_somebody_called_by_their_name() -> None:
    made = texts(desk_of(BUILT_IN, LUCA), "parent-letter", "meeting-letter", "invitation")
    for told in made.values():
        body = told.partition("Dear Luca")[2].partition("Reply slip")[0]
        assert "Luca" not in body  # was: "By 24 June 2027 Luca stays to the end of 9 of 10 seminars"


@pytest.mark.whole
def test_everybody_who_is_asked_is_named_but_for_the_reader(tmp_path: Path) -> None:
    told = texts(desk_of(BUILT_IN, ADA), "invitation")
    for name in (
        "Daniel Brown (father)",
        "Frances Doyle (specialist teacher)",
        "Dr Helen Marsh (educational psychologist)",
    ):
        assert name in told["invitation-samira"]  # was: the class teacher alone
    assert "Samira Brown (mother)" not in told["invitation-samira"]
    assert "Samira Brown (mother)" in told["invitation-daniel"]
    asked = "next_people: [{name: Priya Nair, role: occupational therapist}]\nnext_meeting: 2026-12-08"
    fewer = texts(
        changed(tmp_path, ADA, "meetings/2026-10-13-interim.yaml", "next_meeting: 2026-12-08", asked), "invitation"
    )
    assert "Priya Nair (occupational therapist); Mr Daniel" not in fewer["invitation-samira"]
    assert "Priya Nair (occupational therapist)" in fewer["invitation-samira"]
    assert "Helen Marsh" not in fewer["invitation-samira"] and "Daniel Brown (father)" in fewer["invitation-samira"]


def test_somebody_who_must_not_have_copies_is_not_named_as_asked() -> None:
    assert "Paolo" not in texts(desk_of(BUILT_IN, LUCA), "invitation")["invitation"]
    assert "Leanne" not in texts(desk_of(BUILT_IN, TOBY), "invitation")["invitation-gloria"]


@pytest.mark.whole
def test_a_letter_after_a_meeting_says_first_what_was_decided() -> None:
    asked = texts(desk_of(BUILT_IN, ADA), "meeting-letter")["meeting-letter-daniel"]
    assert asked.index("ask Northmoor Council for an EHC needs assessment") < asked.index("Who does what")
    early = texts(desk_of(BUILT_IN, "kacper-wisniewski"), "meeting-letter")
    for told in early.values():
        assert told.index("We decided that Kacper needs special educational provision") < told.index("Who does what")


def test_the_letter_after_an_annual_review_says_first_what_is_recommended(tmp_path: Path) -> None:
    told = texts(desk_of(BUILT_IN, "nia-okafor"), "meeting-letter")["meeting-letter-grace"]
    said = "We recommend to Northmoor Council that Nia’s EHC plan is amended."  # was: not a word of it
    assert told.index(said) < told.index("within four weeks of the meeting") < told.index("Who does what")
    assert "Sections B, E and F no longer describe her." in told
    kept = changed(
        tmp_path, "nia-okafor", "annual-review.yaml", "kind: annual", "kind: annual\naudience: [school, authority]"
    )
    assert "recommend" not in texts(kept, "meeting-letter")["meeting-letter-grace"]


@pytest.mark.whole
def test_a_request_that_was_decided_is_told_also_where_the_meeting_does_not_say_it(tmp_path: Path) -> None:
    line = "decisions:\n  - The school and both parents ask Northmoor Council for an EHC needs assessment.\n"
    desk = changed(tmp_path, ADA, "meetings/2026-10-13-interim.yaml", line, "")
    told = texts(desk, "meeting-letter")["meeting-letter-samira"]
    assert "We ask Northmoor Council for an EHC needs assessment." in told


@pytest.mark.whole
@pytest.mark.parametrize("pupil", PUPILS)
def test_my_plan_is_in_the_first_and_second_person(pupil: str) -> None:
    desk = desk_of(BUILT_IN, pupil)
    told = texts(desk, "my-plan")["my-plan"]
    name = desk.case.data("pupil").get("preferred_name") or desk.case.data("pupil")["forenames"].split()[0]
    body = told.split("This is important to me")[1]
    assert not re.search(rf"\b{name}\b(?!['’])", body.replace(f"again, {name}", "")), "was: the plan's own words"
    assert "Get down to her height" not in told


@pytest.mark.whole
def test_words_of_adults_stand_apart_in_the_childs_paper(tmp_path: Path) -> None:
    text = (BUILT_IN / "cases" / NIA / "profile.yaml").read_text("utf-8")
    desk = changed(tmp_path, NIA, "profile.yaml", text[text.index("for_pupil:") :], "")
    told = texts(desk, "my-plan")["my-plan"]
    assert "Sign and say each important word." in told and "Get down to her height" not in told
    assert "More of the plan is in the SEN support plan" in told, "what a child of nine is not told is told to adults"
    older = tmp_path / "cases" / NIA / "pupil.yaml"
    older.write_text(older.read_text("utf-8") + "papers_at_age: 13\n", "utf-8")
    told = texts(desk_of(tmp_path, NIA), "my-plan")["my-plan"]
    apart = told.index("Adults have written it like this:", told.index("You can help me like this"))
    assert told.index("Sign and say each important word.") < apart < told.index("Get down to her height")


@pytest.mark.whole
def test_quotes_of_others_are_not_the_childs_own_words() -> None:
    told = " ".join(texts(desk_of(BUILT_IN, ADA), "profile")["profile"].split())
    assert "Ada’s own words, but for what others like and admire." in told  # was: These are Ada’s own words.


def test_letters_have_no_address_that_is_withheld(tmp_path: Path) -> None:
    desk = changed(tmp_path, ADA, "pupil.yaml", "postcode: ZZ99 3CZ\n", "postcode: ZZ99 3CZ\naddress_withheld: yes\n")
    rows = {row["id"]: row["address"] for row in letters(desk.case, desk.case.data("plan")["date"])}
    assert rows["samira"] == [] and rows["daniel"] == ["4 Quay Street", "Northmoor", "ZZ99 3VZ"]


@pytest.mark.whole
def test_an_invitation_speaks_to_its_reader_a_social_worker_or_somebody_who_needs_an_interpreter() -> None:
    worker = texts(desk_of(BUILT_IN, "toby-merrick"), "invitation", "meeting-letter")
    assert "a relative, a friend or an adviser" not in worker["invitation-helen-osei"]  # was: to an office as well
    assert "independent advice" not in worker["invitation-helen-osei"] + worker["meeting-letter-helen-osei"]
    assert "a relative, a friend or an adviser" in worker["invitation-gloria"]
    both = texts(desk_of(BUILT_IN, "kacper-wisniewski"), "invitation")
    assert "We will arrange an interpreter for you." in both["invitation-tomasz"]
    assert "interpreter for you" not in both["invitation-agnieszka"]


@pytest.mark.whole
def test_a_letter_of_before_a_move_has_no_address_of_after_it(tmp_path: Path) -> None:
    """A father moves out on 1 March 2026, the mother with the child on 5 June; where they lived before is not kept."""
    moved = changed(
        tmp_path, ADA, "pupil.yaml", "postcode: ZZ99 3VZ\n", "postcode: ZZ99 3VZ\n    address_since: 1 March 2026\n"
    )
    pupil = tmp_path / "cases" / ADA / "pupil.yaml"
    pupil.write_text(pupil.read_text("utf-8").replace("3CZ\n", "3CZ\naddress_since: 5 June 2026\n"), "utf-8")
    case = desk_of(tmp_path, ADA).case
    first_lines = {
        day: {row["id"]: "".join(row["address"][:1]) for row in letters(case, day)}
        for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 5))
    }
    assert first_lines == {
        date(2026, 2, 28): {"samira": "", "daniel": ""},  # was: the addresses of after the moves
        date(2026, 3, 1): {"samira": "", "daniel": "4 Quay Street"},
        date(2026, 6, 5): {"samira": "12 Tannery Row", "daniel": "4 Quay Street"},
    }
    assert letters(moved.case, date(2026, 2, 28))[0]["address"][0] == "12 Tannery Row"
    assert "address_since" not in for_reader(case, Reader("samira")).data("pupil")["people"][1]
