"""Authority packs from outside: each changes words, order and findings as it says; a new one needs no Python."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from generator.authorities.pack import load_pack, pack_ids
from generator.authorities.readiness import readiness
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.rules.check_case import check
from generator.submission.submission_set import bundle_title
from tests.example_school import KACPER, ROOT, copy_school, sendpack

GOLDEN = Path(__file__).parents[1] / "golden" / "packs"
PROJECT = find_project(ROOT)
PACKS = pack_ids(PROJECT.template_folders)
ON = date(2026, 11, 22)


def told(name: str) -> str:
    """What a pack makes of the example request: title, sections in order with their documents, readiness, findings."""
    case = load_case(PROJECT, "ada-brown").case
    assert case is not None
    pack = load_pack(name, PROJECT.template_folders, PROJECT.schemas)
    desk = MergeDesk(PROJECT, case, pack, TemplateShelf(PROJECT.template_folders))
    made = documents(case, pack)
    lines = [f"{pack.data['name']}: {bundle_title(desk)}", "", "Bundle"]
    for section in pack.data["bundle"]["sections"]:
        lines.append(f"  {section['title']}")
        lines += [f"    {document.title}" for document in made if document.section == section["id"]]
    ready = readiness(case, pack, ON, "request")
    lines += ["", f"{ready}", *(f"  {'[x]' if item.ready else '[ ]'} {item.said}" for item in ready.items)]
    found = check(case, pack, ON).problems
    lines += ["", "Findings", *(f"  {problem.rule} ({problem.severity}): {problem.message}" for problem in found)]
    lines += ["", "Words", *(f"  {key}: {text}" for key, text in sorted(pack.words.items()))]
    return "\n".join(lines) + "\n"


@pytest.mark.whole
@pytest.mark.parametrize("name", PACKS)
def test_the_example_request_under_each_pack(name: str) -> None:
    """Compares with tests/golden/packs; run with GOLDEN=write to make the files anew, then read the difference."""
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        file.write_text(told(name), "utf-8")
    assert told(name) == file.read_text("utf-8")


@pytest.mark.whole
def test_there_are_the_twenty_six_packs_and_they_differ() -> None:
    assert len(PACKS) >= 26
    assert len({told(name).partition("\n")[2] for name in PACKS}) >= 12
    assert "Identify" in told("rutland")


@pytest.mark.whole
def test_every_pack_passes_its_check() -> None:
    done = sendpack(ROOT, "pack", "check")
    assert done.returncode == 0, done.stdout
    assert "0 errors" in done.stdout


def test_the_home_authority_decides() -> None:
    case = load_case(PROJECT, "anjali-venkataraman").case
    assert case is not None
    assert PROJECT.pack_of(case).id == "my-support-plan"


@pytest.mark.whole
def test_a_new_pack_needs_no_python(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    done = sendpack(school, "pack", "new", "eastholm", "--authority", "Eastholm County Council")
    assert done.returncode == 0, done.stderr
    pack = school / "templates" / "eastholm" / "pack.yaml"
    assert "word_limits" in pack.read_text("utf-8")
    done = sendpack(school, "pack", "check", "eastholm")
    assert done.returncode == 0, done.stdout + done.stderr
    text = pack.read_text("utf-8")
    pack.write_text(text + "\nwords:\n  support_plan: One Page Plan\ncycles:\n  min_reviewed: 5\n", "utf-8")
    pupil = school / "cases" / KACPER / "pupil.yaml"
    pupil.write_text(pupil.read_text("utf-8") + "\nhome_authority: eastholm\n", "utf-8")
    done = sendpack(school, "build", "--only", "support-plan", "--no-pdf")
    assert done.returncode == 0, done.stderr
    import docx

    made = docx.Document(str(school / "output" / KACPER / "support-plan.docx"))
    assert "One Page Plan" in "\n".join(paragraph.text for paragraph in made.paragraphs)
    again = sendpack(school, "pack", "new", "eastholm", "--authority", "x")
    assert again.returncode == 2 and "nothing was changed" in again.stderr


@pytest.mark.whole
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "ladder:\n  - id: a\n    title: A\n    documents: [profil]\n",
            "there is no document `profil` (did you mean 'profile'?)",
        ),
        ("bundle:\n  title: '{{ words.requst }}'\n", "no word called requst"),
        ("documents:\n  - id: x\n    title: X\n    template: missing.docx\n", "no template called missing.docx"),
        ("checked: 1 May 2024\n", "months ago"),
        ("cycels: 3\n", "did you mean `cycles`"),
        ("extends: norfolc\n", "no authority pack called norfolc"),
    ],
)
def test_a_mistake_in_a_pack_is_told(tmp_path: Path, change: str, says: str) -> None:
    school = copy_school(tmp_path, KACPER)
    folder = school / "templates" / "x"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(f"id: x\nname: X\nversion: '1'\n{change}")
    done = sendpack(school, "pack", "check", "x")
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.whole
def test_packs_that_extend_each_other_in_a_ring_are_told(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    for one, other in (("a", "b"), ("b", "a")):
        folder = school / "templates" / one
        folder.mkdir(parents=True)
        (folder / "pack.yaml").write_text(f"id: {one}\nname: X\nversion: '1'\nextends: {other}\n")
    assert "in a ring" in sendpack(school, "pack", "check", "a").stdout


@pytest.mark.whole
def test_check_explains_a_rule_and_suggests_its_name() -> None:
    done = sendpack(ROOT, "check", "--explain", "smart-vague")
    assert done.returncode == 0
    assert "Why it matters" in done.stdout and "Not so good" in done.stdout and "Source" in done.stdout
    wrong = sendpack(ROOT, "check", "--explain", "smart-vage")
    assert wrong.returncode == 2 and "smart-vague" in wrong.stderr


@pytest.mark.whole
def test_findings_as_sarif(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    plan = school / "cases" / KACPER / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("review_date:", "reveiw_date:", 1), "utf-8")
    log = json.loads(sendpack(school, "check", "--sarif").stdout)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    result = run["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"cases/{KACPER}/plan.yaml"
    assert place["region"]["startLine"] > 1 and result["level"] == "error"
    assert {"id", "shortDescription", "help"} <= run["tool"]["driver"]["rules"][0].keys()


@pytest.mark.whole
def test_check_for_request_shows_the_evidence_matrix() -> None:
    done = sendpack(ROOT, "check", "ada-brown", "--for", "request", "--on", "2026-11-22")
    assert done.returncode == 0
    for words in ("Evidence for each criterion", "Age of the evidence", "[x]", "ep-report"):
        assert words in done.stdout
    wrong = sendpack(ROOT, "check", "ada-brown", "--for", "reqest")
    assert wrong.returncode == 2 and "Its stages are" in wrong.stderr
