"""Documents that follow from the newest meeting or from a record of their own: when they are there, what they keep."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document as read_docx

from generator.authorities.pack import load_pack
from generator.cases.case import Case
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from tests.documents.merged_templates import text_of
from tests.example_school import copy_school

FORMS = ["views-parents", "views-pupil", "invitation", "meeting-letter"]


def desk_of(root: Path, pupil: str, pack: str = "standard") -> MergeDesk:
    project = find_project(root)
    case = load_case(project, pupil).case
    assert isinstance(case, Case)
    chosen = load_pack(pack, project.template_folders, project.schemas)
    return MergeDesk(project, case, chosen, TemplateShelf(project.template_folders))


def texts(desk: MergeDesk, *kinds: str) -> dict[str, str]:
    return {d.id: text_of(desk.write(d)) for d in documents(desk.case, desk.pack, kinds)}


def changed(folder: Path, pupil: str, file: str, before: str, after: str) -> MergeDesk:
    copy_school(folder, pupil)
    path = folder / "cases" / pupil / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    return desk_of(folder, pupil)


@pytest.mark.whole
def test_forms_and_letters_follow_from_the_newest_meeting() -> None:
    made = texts(desk_of(BUILT_IN, "nia-okafor"), *FORMS)
    assert set(made) == {
        "views-parents",
        "views-pupil",
        "invitation-grace",
        "invitation-marcus",
        "meeting-letter-grace",
        "meeting-letter-marcus",
    }
    assert "12 February 2027" in made["invitation-grace"] and "15:30" in made["invitation-grace"]
    assert "Tablet on loan" in made["meeting-letter-marcus"] and "Dear Mr Okafor" in made["meeting-letter-marcus"]


def test_without_a_next_meeting_nobody_is_invited(tmp_path: Path) -> None:
    desk = changed(tmp_path, "nia-okafor", "meetings/2026-11-05-annual.yaml", "next_meeting: 12 February 2027\n", "")
    assert {name.partition("-g")[0].partition("-m")[0] for name in texts(desk, *FORMS)} == {"meeting-letter"}


def test_a_young_person_is_written_to_and_asked_in_person() -> None:
    made = texts(desk_of(BUILT_IN, "luca-marchetti"), "invitation", "views-parents")
    (invitation,) = [text for name, text in made.items() if name.startswith("invitation")]
    assert "Dear Luca" in invitation and "how you are getting on" in invitation
    assert "only if Luca agrees" in made["views-parents"].replace("\n", " ")


@pytest.mark.whole
@pytest.mark.parametrize(("pupil", "stays"), [("maisie-thorne", 1), ("ada-brown", 0)])
def test_a_chronology_for_the_authority_leaves_out_what_is_not_for_it_and_says_so(pupil: str, stays: int) -> None:
    told = texts(desk_of(BUILT_IN, pupil), "chronology")["chronology"]
    assert ("Stool thrown" in told) is False
    assert (f"{stays} entry is not for every reader" in told) == bool(stays)


@pytest.mark.whole
def test_after_a_review_the_plans_say_so_and_look_ahead_to_the_next(tmp_path: Path) -> None:
    kacper = "kacper-wisniewski"
    running = texts(desk_of(BUILT_IN, kacper), "my-plan", "support-plan")
    assert "We look at it again on 7 December 2026." in running["my-plan"]
    assert "has not begun" not in running["support-plan"]
    copy_school(tmp_path, kacper)
    cycle = tmp_path / "cases" / kacper / "cycles" / "2026-autumn.yaml"
    met = "".join(
        f"    - {{target: {one}, status: met}}\n" for one in ("five-word-sentences", "castle-words", "three-key-words")
    )
    cycle.write_text(cycle.read_text("utf-8") + f"review:\n  date: 7 December 2026\n  targets:\n{met}", "utf-8")
    plan = tmp_path / "cases" / kacper / "plan.yaml"
    again = plan.read_text("utf-8").replace("review_date: 7 December 2026", "review_date: 1 March 2027")
    plan.write_text(again, "utf-8")
    of_october = " ".join(texts(desk_of(tmp_path, kacper), "support-plan")["support-plan"].split())
    assert "was reviewed on 7 December" not in of_october, "a paper tells nothing of a later day than its own"
    plan.write_text(again.replace("\ndate: 8 October 2026", "\ndate: 8 December 2026"), "utf-8")
    told = texts(desk_of(tmp_path, kacper), "my-plan", "support-plan")
    assert "We look at it again on 1 March 2027." in told["my-plan"]
    said = "The cycle was reviewed on 7 December 2026; the next one has not begun."
    assert said in " ".join(told["support-plan"].split())


@pytest.mark.whole
def test_my_plan_uses_the_childs_words_where_they_are_written() -> None:
    told = texts(desk_of(BUILT_IN, "ada-brown"), "my-plan")["my-plan"]
    assert "I read 85 words by myself." in told and "within two seconds each" not in told
    other = texts(desk_of(BUILT_IN, "zoe-obrien-smidt"), "my-plan")["my-plan"]
    assert "I say 12 things in class discussion" in other and "Zoë makes 12 contributions" not in other


@pytest.mark.whole
def test_the_annual_report_tells_of_its_own_year_only() -> None:
    (told,) = texts(desk_of(BUILT_IN, "zoe-obrien-smidt"), "annual-report").values()
    for wanted in ("Religious education", "23 March 2026: Spring review", "355 of 376", "94.4%", "Tuesday 14 July"):
        assert wanted in told
    assert "17 November 2026" not in told and "91 of 94" not in told and "Autumn term 2026" not in told


@pytest.mark.whole
def test_the_annual_review_shows_what_is_to_be_amended_and_who_sees_it_differently() -> None:
    (told,) = texts(desk_of(BUILT_IN, "nia-okafor"), "annual-review").values()
    assert "☒  Amend the plan" in told and "☐  End the plan" in told
    assert "☒\u00a0B" in told and "☐\u00a0C" in told and "☒\u00a0F" in told
    assert "Marcus Okafor, father" in told and "every week" in told


@pytest.mark.whole
def test_the_passport_begins_with_the_pupils_own_words() -> None:
    (told,) = texts(desk_of(BUILT_IN, "zoe-obrien-smidt"), "transition-passport").values()
    assert told.index("I will tell you about my hearing myself") < told.index("What works")
    assert "Zoë agreed on 18 November 2026 that this is handed over." in told


def test_records_of_their_own_are_needed(tmp_path: Path) -> None:
    assert texts(desk_of(BUILT_IN, "ada-brown"), "annual-report", "annual-review", "transition-passport") == {}


@pytest.mark.whole
def test_a_cell_of_a_cycle_never_begins_with_an_empty_line(tmp_path: Path) -> None:
    """Where it is not written how things were before, what is after stands first."""
    copy_school(tmp_path, "ada-brown")
    for file in (tmp_path / "cases" / "ada-brown" / "cycles").iterdir():
        kept = [
            line
            for line in file.read_text("utf-8").splitlines()
            if not line.lstrip().startswith(("entry:", "baseline:"))
        ]
        file.write_text("\n".join(kept) + "\n", "utf-8")
    desk = desk_of(tmp_path, "ada-brown")
    [*reviewed, _] = documents(desk.case, desk.pack, ["cycle"])
    word = read_docx(io.BytesIO(desk.write(reviewed[-1])))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any(text.startswith("After: ") for text in cells) and any(text.startswith("To: ") for text in cells)
    assert [text for text in cells if text.startswith("\n")] == []


@pytest.mark.whole
@pytest.mark.parametrize("kind", ["cycle", "support-plan"])
def test_one_to_one_stands_on_a_line_of_its_own_so_that_no_engine_breaks_it(kind: str) -> None:
    desk = desk_of(BUILT_IN, "ada-brown")
    word = read_docx(io.BytesIO(desk.write(documents(desk.case, desk.pack, [kind])[-1])))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    told = [p.text for cell in cells for p in cell.paragraphs if "1\u00a0to\u00a01" in p.text]
    assert told and all(line.startswith("1\u00a0to\u00a01: ") for line in told)
