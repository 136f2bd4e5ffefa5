"""A bundle for an authority that wants a tick-list, yes or no, whose page it is, and its questions answered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from tests.example_school import ROOT, copy_school, sendpack
from tests.submission.test_submission import change, made

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page of Ada's bundle for Northmoor, on one line each."""
    folder = school(tmp_path_factory.mktemp("northmoor"))
    return [" ".join(page.split()) for page in page_texts(made(folder)[0].file.read_bytes())]


def school(folder: Path) -> Path:
    copy_school(folder, "ada-brown", "kacper-wisniewski")
    shutil.copytree(ROOT / "tests" / "packs" / "northmoor", folder / "templates" / "northmoor")
    change(
        folder / "cases" / "school.yaml",
        "authority: standard\nauthority_name: Northmoor Council",
        "authority: northmoor",
    )
    ada = folder / "cases" / "ada-brown"
    with (ada / "request.yaml").open("a", encoding="utf-8") as out:
        out.write("\nlocal: {band: Band 2}\n")
    consent = (
        "  - {person: Samira Brown, capacity: parent, stage: sen-support, date: 12 September 2025, method: wet_ink}\n"
    )
    change(ada / "pupil.yaml", "\nconsents:\n", f"\nconsents:\n{consent}")
    shutil.rmtree(ada / "meetings")
    (ada / "my-support-plan.yaml").unlink()
    return folder


def test_every_page_says_whose_it_is_pages_of_evidence_too(pages: list[str]) -> None:
    total = len(pages)
    assert [n for n, page in enumerate(pages, 1) if "AB, born 14/05/2018, " not in page] == []
    assert f"AB, born 14/05/2018, 1 of {total}" in pages[0]


def test_the_cover_says_where_it_is_sent_and_what_the_authority_calls_it(pages: list[str]) -> None:
    # The hyphen of e-mail may end a line, and is then no letter of the page's text.
    assert "Sent by secure e" in pages[0] and "to the SEN team, sen.requests@northmoor.example." in pages[0]
    assert "EHC1: request by a setting" in pages[0]


def test_the_tick_list_has_every_paper_with_its_pages(pages: list[str]) -> None:
    [listed] = [page for page in pages if "Papers that the authority asks for" in page and "Where it is" in page]
    assert "☒ Yes" in listed and "A support plan or a provision map" in listed
    assert "Report of an educational psychologist (usually expected, not required)" in listed
    assert "☒ Yes One-page profile" in listed and "page" in listed


def test_the_evidence_index_says_yes_or_no_beside_the_pages(pages: list[str]) -> None:
    index = " ".join(page for page in pages if "What must be shown" in page and "Where it is shown" in page)
    assert " Yes " in index and index.count("Yes") + index.count(" No ") >= 5


def test_the_authoritys_question_shows_the_answers_on_offer_and_the_one_given(pages: list[str]) -> None:
    [asked] = [page for page in pages if "Northmoor band" in page and "☒" in page]
    assert "☐ Band 1" in asked and "☒ Band 2" in asked and "☐ Band 3" in asked


def test_consent_given_at_a_stage_is_printed_with_the_stage(pages: list[str]) -> None:
    [signed] = [page for page in pages if "Consent at each stage" in page]
    assert "SEN support Samira Brown (parent) 12 Sep 2025" in signed


def test_check_and_status_say_where_it_goes(tmp_path: Path) -> None:
    folder = school(tmp_path)
    wanted = "Send it by secure e-mail to the SEN team, sen.requests@northmoor.example. One e-mail for each child."
    told = sendpack(folder, "check", "ada-brown", "--for", "request").stdout
    assert wanted in told and "Usually expected, never required" in told
    assert f"The request: {wanted}" in sendpack(folder, "status", "ada-brown").stdout
