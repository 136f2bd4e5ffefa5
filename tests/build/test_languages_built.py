"""Building in a family's language: beside the English, never instead of it, never half, and kept up to date."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.build.build_documents import Order, Outcome, build
from generator.engines import choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from generator.submission.given_out.give_out import Handover, issue
from generator.submission.given_out.issued_versions import desk_of as desk
from generator.submission.given_out.issued_versions import find_document, since, standing
from tests.example_school import KACPER, copy_school, sendpack

WORDS = BUILT_IN / "templates" / "words"
FORMS = ("views-parents", "views-pupil", "invitation", "my-plan")


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Kacper's father reads Polish, and his record says so; his mother and he get theirs in English."""
    return copy_school(tmp_path, KACPER)


def run(school: Path, *codes: str, only: Sequence[str] = FORMS, jobs: int = 1) -> dict[str, Outcome]:
    order = Order(only=tuple(only), pdf=False, jobs=jobs, languages=codes)
    outcomes = build(find_project(school), [KACPER], None, order, lambda _: None)
    return {outcome.document: outcome for outcome in outcomes}


def translations(outcomes: dict[str, Outcome]) -> dict[str, str]:
    return {name: outcome.state for name, outcome in outcomes.items() if outcome.language}


def of_record(state: str) -> dict[str, str]:
    return dict.fromkeys(("views-parents-pl", "invitation-tomasz-pl", "my-plan-pl"), state)


def test_the_record_decides_who_gets_what_in_which_language(school: Path) -> None:
    outcomes = run(school)
    assert translations(outcomes) == of_record("made")
    english = {name for name, outcome in outcomes.items() if not outcome.language}
    assert english == {"views-parents", "views-pupil", "invitation-agnieszka", "invitation-tomasz", "my-plan"}
    assert all(outcome.state == "made" for outcome in outcomes.values())
    assert outcomes["my-plan-pl"].title == "My plan (pl)"


def test_the_pupils_own_papers_follow_the_pupil(school: Path) -> None:
    record = school / "cases" / KACPER / "pupil.yaml"
    text = record.read_text("utf-8").replace("    papers_in: pl ", "    #")
    record.write_text(text, "utf-8")
    assert translations(run(school)) == {}, "without a word in the record nothing changes"
    record.write_text(text.replace("\neal:", "\npapers_in: ur\neal:"), "utf-8")
    assert translations(run(school)) == {"views-pupil-ur": "made", "my-plan-ur": "made"}


def test_an_option_makes_everything_for_families_and_later_builds_keep_it_fresh(school: Path) -> None:
    asked = translations(run(school, "ur"))
    assert set(asked) - set(of_record("")) == {
        f"{name}-ur"
        for name in ("views-parents", "views-pupil", "invitation-agnieszka", "invitation-tomasz", "my-plan")
    }
    assert set(translations(run(school)).values()) == {"unchanged"}
    case = school / "cases" / KACPER / "plan.yaml"
    case.write_text(case.read_text("utf-8").replace("Build houses.", "Build bridges."), "utf-8")
    outcomes = run(school)
    assert outcomes["my-plan-ur"].state == outcomes["my-plan"].state == "made"
    assert outcomes["my-plan-ur"].reason == f"cases/{KACPER}/plan.yaml changed"
    folder = school / "output" / KACPER
    (folder / "my-plan-ur.docx").unlink()
    outcomes = run(school)
    assert "my-plan-ur" not in outcomes and "my-plan-ur.docx" not in {path.name for path in folder.iterdir()}
    assert outcomes["my-plan-pl"].state == "unchanged"


def test_only_what_a_language_prints_is_made_again_when_its_wording_changes(school: Path) -> None:
    run(school)
    own = school / "templates" / "words" / "pl.yaml"
    own.parent.mkdir(parents=True)
    own.write_text((WORDS / "pl.yaml").read_text("utf-8").replace('"Mam nadzieję"', '"Marzę"'), "utf-8")
    outcomes = run(school)
    assert {name: outcome.reason for name, outcome in outcomes.items() if outcome.state == "made"} == {
        "my-plan-pl": "the wording in pl changed"
    }
    assert outcomes["views-parents-pl"].reason == "the wording in pl changed, but it reads the same"
    assert outcomes["my-plan"].reason == ""


def test_what_is_not_finished_is_reported_and_not_made(school: Path) -> None:
    own = school / "templates" / "words" / "pl.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(re.sub(r'  "(I hope|My part)": .*\n', "", (WORDS / "pl.yaml").read_text("utf-8")), "utf-8")
    done = sendpack(school, "build", KACPER, "--no-pdf", "--only", "my-plan", "--only", "views-parents")
    assert done.returncode == 4
    assert "my-plan-pl (My plan is not finished in Polish: 2 lines without a translation." in done.stderr
    assert 'under wording: in templates/words/pl.yaml\n  "I hope":\n  "My part":\n' in done.stderr
    names = {path.name for path in (school / "output" / KACPER).iterdir()}
    assert names == {"my-plan.docx", "views-parents.docx", "views-parents-pl.docx", "manifest.json"}
    assert "the Polish wording is not reviewed" in done.stdout


def test_a_language_that_is_not_there_stops_only_its_own_documents(school: Path) -> None:
    record = school / "cases" / KACPER / "pupil.yaml"
    record.write_text(record.read_text("utf-8").replace("papers_in: pl", "papers_in: cy"), "utf-8")
    for _ in range(2):
        outcomes = run(school, only=["my-plan"])
        assert outcomes["my-plan"].state in ("made", "unchanged")
        assert outcomes["my-plan-cy"].state == "failed" and "there are: pl, ur" in outcomes["my-plan-cy"].reason
    unknown = sendpack(school, "build", "--language", "xx")
    assert unknown.returncode == 2 and "There are: pl, ur." in unknown.stderr


def test_the_command_makes_pdfs_on_workers_with_names_of_their_own(school: Path) -> None:
    done = sendpack(school, "build", KACPER, "--only", "invitation", "--language", "ur", "--jobs", "2", "--why")
    assert done.returncode == 0, done.stderr
    assert f"made      {KACPER}/invitation-tomasz-ur, 2 pages (new)" in done.stdout
    folder = school / "output" / KACPER
    assert {path.name for path in folder.glob("*tomasz*")} == {
        f"invitation-tomasz{code}.{kind}" for code in ("", "-pl", "-ur") for kind in ("docx", "pdf")
    }
    entries = json.loads((folder / "manifest.json").read_text("utf-8"))["documents"]
    assert {name: entry.get("language") for name, entry in entries.items()} == {
        "invitation-agnieszka": None,
        "invitation-agnieszka-ur": "ur",
        "invitation-tomasz": None,
        "invitation-tomasz-pl": "pl",
        "invitation-tomasz-ur": "ur",
    }


def test_a_translation_can_be_given_out_and_compared(school: Path) -> None:
    from datetime import date

    project = find_project(school)
    case = load_case(project, KACPER).case
    assert case is not None
    given = issue(project, case, "my-plan-pl", choose("embedded"), Handover("Mr Wiśniewski", date(2026, 11, 20)))
    assert (given.folder / "my-plan-pl.pdf").read_bytes().startswith(b"%PDF")
    assert since(project, case, "my-plan-pl").same
    assert [(one.issued.document, one.state) for one in standing(project, case)] == [("my-plan-pl", "unchanged since")]
    assert find_document(case, desk(project, case), "my-plan-pl").language == "pl"


# -- for translators --------------------------------------------------------------------------------------------------


def test_check_counts_lines_and_gives_those_that_are_missing(school: Path) -> None:
    whole = sendpack(school, "language", "check")
    assert whole.returncode == 0 and "Polish (pl), not reviewed" in whole.stdout and "Urdu (ur)" in whole.stdout
    lines = (WORDS / "pl.yaml").read_text("utf-8").replace('"Mój plan"', '""') + '  "Gone long ago": "Dawno"\n'
    own = school / "templates" / "words" / "pl.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(lines, "utf-8")
    told = sendpack(school, "language", "check", "pl")
    counts = dict(re.findall(r"^  ([\w-]+) +(\d+ of \d+) lines$", told.stdout, re.MULTILINE))
    assert counts["views-pupil"].split(" of ")[0] == counts["views-pupil"].split(" of ")[1]
    assert int(counts["my-plan"].split(" of ")[0]) == int(counts["my-plan"].split(" of ")[1]) - 1
    assert 'templates/words/pl.yaml\n  "My plan":\n' in told.stdout
    assert "no document for families prints this line: Gone long ago" in told.stdout


def test_a_new_language_is_begun_filled_in_and_used(school: Path) -> None:
    begun = sendpack(school, "language", "new", "cy", "--name", "Welsh")
    file = school / "templates" / "words" / "cy.yaml"
    assert begun.returncode == 0 and begun.stdout.startswith("templates/words/cy.yaml: fill it in")
    again = sendpack(school, "language", "new", "cy", "--name", "Welsh")
    assert again.returncode == 2 and "already" in again.stderr
    early = sendpack(school, "build", KACPER, "--no-pdf", "--only", "my-plan", "--language", "cy")
    assert early.returncode == 4 and "templates/words/cy.yaml has errors" in early.stderr, "months, yes, no, and"
    text = file.read_text("utf-8")
    months = ", ".join(f"Mis{number}" for number in range(12))
    text = text.replace("\nmonths:\n", f"\nmonths: [{months}]\n")
    for word in ("yes", "no", "and"):
        text = text.replace(f"\n{word}:\n", f'\n{word}: "{word.upper()}"\n')
    file.write_text(text, "utf-8")
    told = sendpack(school, "language", "check", "cy")
    assert re.search(r"^  my-plan +0 of \d+ lines$", told.stdout, re.MULTILINE)
    filled = re.sub(
        r'^  (".*"):$', lambda line: f"  {line[1]}: {line[1][:1]}CY {line[1][1:]}", text, flags=re.MULTILINE
    )
    file.write_text(filled, "utf-8")
    made = sendpack(school, "build", KACPER, "--no-pdf", "--only", "my-plan", "--language", "cy")
    assert made.returncode == 0, made.stderr
    assert (school / "output" / KACPER / "my-plan-cy.docx").is_file()
