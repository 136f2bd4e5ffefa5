"""Starting new things: every new file passes the check, takes over what is known, and overwrites nothing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator.folder.create import new_pupil, new_record, new_school
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.problems import WrongUse
from generator.values.file_names import slug
from tests.example_school import KACPER, copy_school

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Zoë O'Brien-Šmidt", "zoe-obrien-smidt"),
        ("Kacper Wiśniewski", "kacper-wisniewski"),
        ("Łucja Østby", "lucja-ostby"),
        ("Zoë O'Brien-Šmidt & Sons", "zoe-obrien-smidt-sons"),
        ("../../etc", "etc"),
    ],
)
def test_a_folder_name_is_plain(name: str, folder: str) -> None:
    assert slug(name) == folder


def test_a_new_school_passes_its_own_check(tmp_path: Path) -> None:
    written = new_school(tmp_path / "St Agnes")
    assert "cases/school.yaml" in written
    project = find_project(tmp_path / "St Agnes")
    assert project.school_problems == ()
    assert load_case(project, KACPER).problems == ()
    # What the editor is pointed at is really there.
    first = (project.cases / KACPER / "pupil.yaml").read_text("utf-8").splitlines()[0]
    address = first.partition("$schema=")[2]
    assert (project.cases / KACPER / address).resolve().is_file()


def test_a_school_is_never_made_over_another(tmp_path: Path) -> None:
    new_school(tmp_path / "school")
    before = {p: p.read_bytes() for p in (tmp_path / "school").rglob("*") if p.is_file()}
    with pytest.raises(WrongUse, match="nothing was changed"):
        new_school(tmp_path / "school")
    assert {p: p.read_bytes() for p in (tmp_path / "school").rglob("*") if p.is_file()} == before


def test_a_new_pupil_passes_and_is_in_the_right_year(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, KACPER))
    [file] = new_pupil(project, "Zoë Ann O'Brien-Šmidt", date(2018, 5, 14), ON)
    assert file == "cases/zoe-ann-obrien-smidt/pupil.yaml"
    loaded = load_case(project, "zoe-ann-obrien-smidt")
    assert loaded.problems == ()
    assert loaded.case is not None
    pupil = loaded.case.data("pupil")
    assert (pupil["forenames"], pupil["legal_surname"]) == ("Zoë Ann", "O'Brien-Šmidt")
    assert (pupil["date_of_birth"], pupil["year_group"]) == (date(2018, 5, 14), 4)
    with pytest.raises(WrongUse, match="already a pupil"):
        new_pupil(project, "Zoe Ann O’Brien-Smidt", date(2018, 5, 14), ON)


KINDS = ["profile", "plan", "cycle", "meeting", "behaviour-plan", "request", "log"]


@pytest.mark.whole
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_passes_the_check_and_is_explained(tmp_path: Path, kind: str) -> None:
    project = find_project(copy_school(tmp_path, KACPER))
    for old in ("profile.yaml", "behaviour-plan.yaml", "request.yaml", "log.yaml"):
        (project.cases / KACPER / old).unlink(missing_ok=True)
    if kind == "cycle":
        (project.cases / KACPER / "cycles" / "2026-autumn.yaml").unlink()
    if kind == "plan":
        (project.cases / KACPER / "plan.yaml").unlink()
        for cycle in (project.cases / KACPER / "cycles").iterdir():
            cycle.unlink()
        for meeting in (project.cases / KACPER / "meetings").iterdir():
            meeting.unlink()
    [file] = new_record(project, kind, KACPER, ON)
    text = (tmp_path / file).read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../")
    assert (tmp_path / file).parent.joinpath(
        text.splitlines()[0].partition("$schema=")[2]
    ).resolve().parent.name == "schemas"
    loaded = load_case(project, KACPER)
    assert loaded.problems == ()
    explained = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert len(explained) > 4
    with pytest.raises(WrongUse, match="nothing was changed"):
        new_record(project, kind, KACPER, ON)


def test_every_example_in_a_new_file_is_itself_right(tmp_path: Path) -> None:
    """Taking all the # away from the examples of a kind gives a file that the schema accepts."""
    project = find_project(copy_school(tmp_path, KACPER))
    profile = project.cases / KACPER / "profile.yaml"
    profile.unlink()
    new_record(project, "profile", KACPER, ON)
    lines = []
    for line in profile.read_text("utf-8").splitlines():
        bare = line.lstrip().removeprefix("# ")
        is_example = line.lstrip().startswith("# ") and (
            (bare.partition(":")[0].replace("_", "").isalpha() and bare[0].islower()) or bare.startswith("  - ")
        )
        lines.append(line.replace("# ", "", 1) if is_example else line)
    profile.write_text("\n".join(lines), "utf-8")
    assert [p for p in load_case(project, KACPER).problems if p.rule != "schema-missing"] == []
    assert "my_goals:\n  - " in profile.read_text("utf-8")


@pytest.mark.whole
def test_a_new_cycle_carries_unmet_targets_with_a_prompt_to_adapt_them(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, "zoe-obrien-smidt"))
    case = load_case(project, "zoe-obrien-smidt").case
    assert case is not None
    reviewed = [cycle for cycle in case.cycles if cycle.data.get("review")]
    unmet = {row["target"] for row in reviewed[-1].data["review"]["targets"] if row["status"] != "met"}
    assert unmet, "the example must have a target that was not met"
    [file] = new_record(project, "cycle", "zoe-obrien-smidt", ON)
    made = load_case(project, "zoe-obrien-smidt").case
    assert made is not None
    new = next(record for record in made.cycles if record.path == file).data
    assert {row["id"] for row in new["plan"]["targets"]} == unmet
    texts = [row["text"] for row in new["plan"]["targets"]]
    assert all(text.startswith("(to be filled in) Adapt this target, which was") for text in texts)
    assert new["number"] == len(case.cycles) + 1
    assert new["start"] > reviewed[-1].data["review"]["date"]
    assert new["start"].weekday() == new["planned_review"].weekday() == 0


def test_a_meeting_starts_with_the_people_who_matter(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, KACPER))
    [file] = new_record(project, "meeting", KACPER, ON, meeting_type="pcp")
    assert file.endswith("meetings/2026-11-23-pcp.yaml")
    case = load_case(project, KACPER).case
    assert case is not None
    people = next(m for m in case.meetings if m.path == file).data["people"]
    assert [p["party"] for p in people] == ["pupil", "parent", "parent", "school"]


def test_what_cannot_begin_yet_says_what_comes_first(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, "idris-chowdhury"))
    with pytest.raises(WrongUse, match="no plan") as error:
        new_record(project, "cycle", "idris-chowdhury", ON)
    assert error.value.advice == "Begin with: sendpack new plan idris-chowdhury"
    with pytest.raises(WrongUse, match="person-centred planning meeting"):
        new_record(project, "my-support-plan", "idris-chowdhury", ON)
    with pytest.raises(WrongUse, match="no files in cases/idris-chowdhury/evidence"):
        new_record(project, "evidence", "idris-chowdhury", ON)
    with pytest.raises(WrongUse, match="no kind of record called plam"):
        new_record(project, "plam", "idris-chowdhury", ON)


def test_evidence_gets_an_entry_for_each_file(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, "idris-chowdhury"))
    folder = project.cases / "idris-chowdhury" / "evidence"
    folder.mkdir()
    for name, content in (("2026 SALT report.pdf", b"%PDF-1.7\n"), ("Drawing.JPG", b"\xff\xd8\xff\xe0")):
        (folder / name).write_bytes(content)
    new_record(project, "evidence", "idris-chowdhury", ON)
    made = project.cases / "idris-chowdhury" / "evidence.yaml"
    text = made.read_text("utf-8")
    begun = load_case(project, "idris-chowdhury")
    assert begun.case is not None, "a file that was begun a moment ago takes no child off the register"
    nowhere = "is in no document and no bundle until its"
    assert [(p.severity, p.rule, p.message, p.hint) for p in begun.problems] == [
        ("quality", "row-waits", f"2026 SALT report.pdf {nowhere} kind and date are written", "fill in kind and date"),
        ("quality", "row-waits", f"Drawing.JPG {nowhere} date is written", "fill in date"),
    ]
    assert begun.case.data("evidence")["items"] == [], "a date and a kind are never invented"
    assert [row["file"] for row in begun.case.evidence_held] == ["2026 SALT report.pdf", "Drawing.JPG"]
    assert "kind: photo\n" in text and text.count("date: (to be filled in)\n") == 2
    text = text.replace("kind: (to be filled in)", "kind: professional_report")
    made.write_text(text.replace("date: (to be filled in)", "date: 20 January 2026"), "utf-8")
    loaded = load_case(project, "idris-chowdhury")
    assert loaded.problems == ()
    assert loaded.case is not None
    assert [row["kind"] for row in loaded.case.data("evidence")["items"]] == ["professional_report", "photo"]
    assert [row["id"] for row in loaded.case.data("evidence")["items"]] == ["e-2026-salt-report", "drawing"]


@pytest.mark.parametrize(
    ("said", "start", "name"),
    [
        (date(2026, 9, 1), date(2026, 9, 2), "2026-autumn"),  # before the term: an INSET day, the holidays
        (date(2026, 9, 3), date(2026, 9, 3), "2026-autumn"),
        (date(2026, 12, 16), date(2026, 12, 16), "2026-autumn"),
        (date(2026, 12, 21), date(2027, 1, 4), "2027-spring"),
    ],
)
def test_a_cycle_begins_on_the_day_that_was_said_whatever_the_day_of_the_plan(
    tmp_path: Path, said: date, start: date, name: str
) -> None:
    project = find_project(copy_school(tmp_path, KACPER))
    for cycle in (project.cases / KACPER / "cycles").iterdir():
        cycle.unlink()
    plan = project.cases / KACPER / "plan.yaml"
    plan.write_text(re.sub(r"(?m)^date: .*$", "date: 2026-12-01", plan.read_text("utf-8")), "utf-8")
    [file] = new_record(project, "cycle", KACPER, said, day_was_said=True)
    assert file == f"cases/{KACPER}/cycles/{name}.yaml"
    made = load_case(project, KACPER).case
    assert made is not None and made.cycles[-1].data["start"] == start


def test_a_cycle_cannot_be_said_to_begin_before_the_review_of_the_one_before(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, "zoe-obrien-smidt"))
    with pytest.raises(WrongUse, match="would run beside it"):
        new_record(project, "cycle", "zoe-obrien-smidt", date(2024, 1, 8), day_was_said=True)


@pytest.mark.whole
def test_what_goes_on_is_carried_into_the_next_cycle_and_what_stops_is_not(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, "zoe-obrien-smidt"))
    case = load_case(project, "zoe-obrien-smidt").case
    assert case is not None
    last = case.cycles[-1].data
    decided = {row["provision"]: row["decision"] for row in last["review"]["provision"]}
    new_record(project, "cycle", "zoe-obrien-smidt", ON)
    made = load_case(project, "zoe-obrien-smidt").case
    assert made is not None
    rows = {row["id"]: row for row in made.cycles[-1].data["plan"]["provision"]}
    assert set(rows) == {name for name, decision in decided.items() if decision != "stop"}
    before = {row["id"]: row for row in last["plan"]["provision"]}
    for name, row in rows.items():
        assert row.get("minutes") == before[name].get("minutes")
        assert ("(to be filled in)" in str(row.get("description"))) is (decided[name] == "change")


def test_a_cycle_that_is_still_being_written_does_not_enter_the_plan(tmp_path: Path) -> None:
    from generator.cases.case import current_cycle

    project = find_project(copy_school(tmp_path, "zoe-obrien-smidt"))
    before = load_case(project, "zoe-obrien-smidt").case
    new_record(project, "cycle", "zoe-obrien-smidt", ON)
    after = load_case(project, "zoe-obrien-smidt").case
    assert before is not None and after is not None
    assert len(after.cycles) == len(before.cycles) + 1
    old, new = current_cycle(before), current_cycle(after)
    assert old is not None and new is not None and new.path == old.path


def test_a_my_support_plan_begins_in_order(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, KACPER))
    new_record(project, "meeting", KACPER, ON, meeting_type="PCP")
    new_record(project, "my-support-plan", KACPER, ON)
    assert [p for p in load_case(project, KACPER).problems if p.blocks] == []


@pytest.mark.parametrize("written", ["early discussion", "early-discussion", "Early_Discussion"])
def test_a_type_of_meeting_is_understood_as_it_is_meant(tmp_path: Path, written: str) -> None:
    project = find_project(copy_school(tmp_path, "idris-chowdhury"))
    [file] = new_record(project, "meeting", "idris-chowdhury", ON, meeting_type=written)
    text = (tmp_path / file).read_text("utf-8")
    assert "type: early_discussion" in text
    assert "progress_trigger" in text and "why_now" not in text, "only the keys of this type are shown"
    with pytest.raises(WrongUse, match="no type of meeting called chat"):
        new_record(project, "meeting", "idris-chowdhury", ON, meeting_type="chat")


def test_school_yaml_and_pupil_yaml_can_be_begun_again(tmp_path: Path) -> None:
    from generator.folder.create import new_school_record

    school = copy_school(tmp_path, KACPER)
    (school / "cases" / "school.yaml").unlink()
    (school / "cases" / KACPER / "pupil.yaml").unlink()
    new_school_record(find_project(school))
    project = find_project(school)
    assert project.school_problems == ()
    assert new_pupil(project, "Kacper Wiśniewski", date(2020, 2, 19), ON) == [f"cases/{KACPER}/pupil.yaml"]


def test_examples_of_difficulties_are_difficulties(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, KACPER))
    [file] = new_record(project, "meeting", KACPER, ON, meeting_type="early_discussion")
    text = (project.root / file).read_text("utf-8")
    strengths, _, difficulties = text.partition("# difficulties:")
    assert "Knows her number bonds" in strengths and "Knows her number bonds" not in difficulties
    assert "Loses the thread when more than one person talks." in difficulties


def test_a_second_cycle_in_a_term_gets_a_name_of_its_own(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, "zoe-obrien-smidt"))
    home = project.cases / "zoe-obrien-smidt" / "cycles"
    reviewed = home / "2026-autumn.yaml"
    for other in home.glob("*.yaml"):
        if other != reviewed:
            other.unlink()
    reviewed.write_text(reviewed.read_text("utf-8").replace("date: 17 November 2026", "date: 15 October 2026"), "utf-8")
    plan = project.cases / "zoe-obrien-smidt" / "plan.yaml"
    plan.write_text(re.sub(r"(?m)^date:.*", "date: 1 September 2026", plan.read_text("utf-8")), "utf-8")
    day = date(2026, 10, 15)
    assert new_record(project, "cycle", "zoe-obrien-smidt", day) == ["cases/zoe-obrien-smidt/cycles/2026-autumn-2.yaml"]
    made = load_case(project, "zoe-obrien-smidt").case
    assert made is not None
    new = made.cycles[-1].data
    assert (new["title"], new["start"]) == ("Autumn 2026, second cycle", date(2026, 10, 19))
    old = {row["id"]: row for row in made.cycles[0].data["plan"]["targets"]}
    for row in new["plan"]["targets"]:
        new_here = ("text", "baseline", "start_value", "by", "carried_from")
        kept = {key: value for key, value in old[row["id"]].items() if key not in new_here}
        assert kept.items() <= row.items(), "a target that goes on keeps every field"


def test_a_file_is_not_called_unlisted_while_the_list_itself_has_errors(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    folder = school / "cases" / KACPER
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "evidence" / "letter.pdf").write_bytes(b"%PDF-1.4")
    (folder / "evidence.yaml").write_text("items:\n  - id: letter\n    title: Letter\n    file: letter.pdf\n", "utf-8")
    told = [problem.message for problem in load_case(find_project(school), KACPER).problems]
    assert any("`date` is missing" in message for message in told)
    assert not any("in no entry" in message for message in told)
