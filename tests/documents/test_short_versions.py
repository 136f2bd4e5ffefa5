"""Short versions: chosen by the school or for a pupil, never too long, never in a bundle."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.documents import page_fit
from generator.documents.catalogue import documents
from generator.documents.page_fit import all_fitted
from generator.engines import Docx, Engine, Pdf, as_draft, choose
from generator.folder.school_folder import BUILT_IN
from tests.documents.test_new_documents import desk_of, texts
from tests.example_school import copy_school, sendpack
from tests.verapdf import failures_of

ADA, MAISIE = "ada-brown", "maisie-thorne"


def given(root: Path, pupil: str) -> set[str]:
    desk = desk_of(root, pupil)
    return {document.kind for document in documents(desk.case, desk.pack) if document.given}


def school(folder: Path, chosen: str, pupil: str, own: str = "") -> Path:
    """The example school with its choice of short versions, and a pupil's own."""
    copy_school(folder, pupil)
    file = folder / "cases" / "school.yaml"
    before, _, after = file.read_text("utf-8").partition("short_versions:\n")
    kept = after[after.index("\ninformation_system") :]
    file.write_text(before + (f"short_versions: {chosen}\n" if chosen else "") + kept, "utf-8")
    record = folder / "cases" / pupil / "pupil.yaml"
    record.write_text(record.read_text("utf-8") + (f"short_versions: {own}\n" if own else ""), "utf-8")
    return folder


@pytest.mark.whole
def test_a_school_that_chose_nothing_has_the_long_versions_alone(tmp_path: Path) -> None:
    made = given(school(tmp_path, "", MAISIE), MAISIE)
    assert {"support-plan", "cycle", "behaviour-plan"} <= made
    assert not {"short-plan", "short-cycle", "behaviour-steps"} & made


def test_short_versions_are_given_beside_the_long_ones_or_instead(tmp_path: Path) -> None:
    made = given(school(tmp_path, "{support_plan: beside, behaviour_plan: instead}", MAISIE), MAISIE)
    assert {"support-plan", "short-plan", "cycle", "behaviour-steps"} <= made
    assert not {"behaviour-plan", "short-cycle"} & made


def test_a_pupil_has_another_version_than_the_school_gives_out(tmp_path: Path) -> None:
    root = school(tmp_path, "{support_plan: beside, cycle: instead}", MAISIE, "{cycle: long, support_plan: instead}")
    made = given(root, MAISIE)
    assert {"short-plan", "cycle"} <= made and not {"support-plan", "short-cycle"} & made


@pytest.mark.whole
def test_the_long_version_is_made_when_asked_for_and_does_not_grow_old(tmp_path: Path) -> None:
    root = school(tmp_path, "{support_plan: instead}", MAISIE)
    plan = root / "output" / MAISIE / "support-plan.docx"
    assert "support-plan" not in sendpack(root, "build", MAISIE, "--no-pdf").stdout and not plan.exists()
    assert (plan.parent / "short-plan.docx").exists()
    assert sendpack(root, "build", MAISIE, "--no-pdf", "--only", "support-plan").returncode == 0 and plan.exists()
    old = plan.read_bytes()
    record = root / "cases" / MAISIE / "plan.yaml"
    record.write_text(record.read_text("utf-8").replace("Drama club on Wednesdays", "The youth theatre"), "utf-8")
    assert "left" not in sendpack(root, "build", MAISIE, "--no-pdf").stdout
    assert plan.read_bytes() != old


def test_a_bundle_takes_the_long_versions_whatever_is_given_out(tmp_path: Path) -> None:
    desk = desk_of(school(tmp_path, "{support_plan: instead, cycle: instead}", ADA), ADA)
    parts = {document.kind for document in documents(desk.case, desk.pack) if document.section}
    assert {"support-plan", "cycle"} <= parts and not {"short-plan", "short-cycle"} & parts


def test_the_short_plan_names_every_outcome_target_and_support() -> None:
    desk = desk_of(BUILT_IN, ADA)
    told = texts(desk, "short-plan")["short-plan"]
    cycle = desk.case.cycles[-1].data["plan"]
    for row in (*desk.case.data("plan")["outcomes"], *cycle["targets"]):
        assert " ".join(str(row["text"]).split()) in told
    assert all(str(row["title"]) in told for row in cycle["provision"])
    assert "Samira Brown (Parent): agreed on 15 September 2026." in told


@pytest.mark.whole
def test_what_makes_it_too_long_is_what_it_prints(tmp_path: Path) -> None:
    root = school(tmp_path, "{support_plan: beside}", MAISIE)
    record = root / "cases" / MAISIE / "plan.yaml"
    text = record.read_text("utf-8")
    family = ", ".join(f'"Rings the office before half past eight on day {n}."' for n in range(150))
    text = text.replace("  family: [", f"  family: [{family}, ").replace(
        "story: >-\n", f"story: >-\n  {'A long story. ' * 300}\n"
    )
    record.write_text(text, "utf-8")
    desk = desk_of(root, MAISIE)
    [document] = documents(desk.case, desk.pack, ["short-plan"])
    word = desk.write(document)
    [made] = choose("embedded").convert([Docx("short-plan", word)])
    assert isinstance(made, Pdf)
    said = page_fit.too_long(desk.case, document, word, made, 2)
    assert "The longest entries" in said and "story" not in said


def test_the_crisis_stands_first_on_the_behaviour_page() -> None:
    told = texts(desk_of(BUILT_IN, MAISIE), "behaviour-steps")["behaviour-steps"]
    order = [told.index(words) for words in ("hold the door open", "Call button once", "Calm", "Anxious", "Recovery")]
    assert order == sorted(order)


@pytest.mark.whole
def test_the_longest_case_keeps_to_its_pages_and_is_accessible(engine: Engine, tmp_path: Path) -> None:
    """Ada's plan and cycles are the longest of the example school, Maisie's the only behaviour plan."""
    wanted = {ADA: ("short-plan", "short-cycle"), MAISIE: ("behaviour-steps",)}
    desks = {pupil: desk_of(BUILT_IN, pupil) for pupil in wanted}
    short = [(desk, one) for pupil, desk in desks.items() for one in documents(desk.case, desk.pack, wanted[pupil])]
    words = [desk.write(document) for desk, document in short]
    made = list(engine.convert([Docx(one.id, word) for (_, one), word in zip(short, words, strict=True)]))
    fitting = []
    for (desk, document), word, pdf in zip(short, words, made, strict=True):
        assert isinstance(pdf, Pdf)
        fitting.append(page_fit.fitted(desk.case, document, word, as_draft(pdf)))
    found = []
    for (_, document), (_, draft) in zip(short, all_fitted(engine, fitting), strict=True):
        fits = page_fit.finished(draft)
        assert fits.pages <= document.row["pages"], (document.id, fits.warnings)
        found.append(tmp_path / f"{document.id}.pdf")
        found[-1].write_bytes(fits.content)
    assert len(found) == 6
    assert failures_of(found) == [[]] * 6
