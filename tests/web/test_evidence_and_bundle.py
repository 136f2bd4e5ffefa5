"""Evidence dropped in and looked at; documents made and given out; the bundle made and recorded as sent."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pypdf
import pytest

from tests.web.client import Page

PATIENCE = 240


def finished(page: Page) -> Page:
    """Wait for the work whose page this is."""
    for _ in range(PATIENCE * 5):
        page.get(page.address)
        if "This is being done" not in page.text:
            return page
        time.sleep(0.2)
    raise AssertionError("it did not end")


def pdf(words: str) -> bytes:
    """A PDF of one page."""
    made = pypdf.PdfWriter()
    made.add_blank_page(300, 300)
    made.add_metadata({"/Title": words})
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


@pytest.mark.whole
@pytest.mark.parametrize("name", ["../../../evil.pdf", "C:\\Users\\evil.pdf", "a/b/../evil.pdf", "evil.PDF"])
def test_a_file_s_name_leads_nowhere(page: Page, school: Path, name: str) -> None:
    page.pupil("kacper-wisniewski")
    page.post(f"{page.address}/evidence", {"files": (io.BytesIO(pdf(name)), name)})
    folder = school / "cases/kacper-wisniewski/evidence"
    [file] = folder.rglob("*evil*")
    assert file.parent == folder and file.name in ("evil.pdf", "c-usersevil.pdf")
    assert not list(school.parent.glob("evil*")) and not list((school / "cases").glob("evil*"))


@pytest.mark.whole
def test_a_file_is_described_by_its_form_and_gets_an_entry(page: Page, school: Path) -> None:
    page.pupil("kacper-wisniewski")
    home = page.address
    page.post(f"{home}/evidence", {"files": (io.BytesIO(pdf("x")), "Report of the speech therapist.pdf")})
    assert "Still to be described" in page.text
    form = next(f for f in page.root.xpath("//form") if "/evidence/" in f.get("action", ""))
    page.post(form.get("action"), {"title": "Speech report"})
    assert "Still to be written: Kind, Author, Date, What it shows." in page.text  # and nothing is written in the file
    assert 'value="Speech report"' in page.text  # nor lost on the page
    answers = {"title": "Speech report", "kind": "professional_report", "author": "K Mensah", "date": "3 November 2026",
               "shows": "Understands two of five steps."}  # fmt: skip
    page.post(form.get("action"), answers)
    text = (school / "cases/kacper-wisniewski/evidence.yaml").read_text("utf-8")
    assert "file: report-of-the-speech-therapist.pdf" in text and "id: speech-report" in text
    page.post(f"{home}/evidence", {"files": (io.BytesIO(pdf("x")), "again.pdf")})
    assert "is there already" in page.text


@pytest.mark.whole
def test_something_that_is_no_evidence_is_refused(page: Page, school: Path) -> None:
    page.pupil("kacper-wisniewski")
    page.post(f"{page.address}/evidence", {"files": (io.BytesIO(b"MZ"), "setup.exe")})
    assert "not a kind of file" in page.text


@pytest.mark.whole
def test_documents_are_made_and_given_out(page: Page, school: Path) -> None:
    page.pupil("kacper-wisniewski")
    home = page.address
    assert "not made yet" in page.text
    finished(page.post(f"{home}/make", {}))
    assert "made: " in page.text
    page.get(home)
    assert "not made yet" not in page.text
    link = page.root.xpath("//table[@class='documents']//a[contains(@href, '/file/')]")[0]
    answer = page.client.get(link.get("href"), headers={"Host": page.host})
    assert answer.data.startswith(b"%PDF") and "kacper" not in link.get("href")
    answer.close()
    person = page.get(f"{home}/give?document=profile").root.xpath("//input[@name='person']")[0].get("value")
    finished(page.post(f"{home}/give", {"document": "profile", "person": person, "date": "1 November 2026"}))
    assert "version 1" in page.text
    assert len(list((school / "cases/kacper-wisniewski/issued").glob("2026-11-01-profile-v1/*.pdf"))) == 1
    assert "Given out: version 1" in page.get(home).text


def test_a_day_to_come_and_nobody_are_asked_again(page: Page) -> None:
    page.pupil("kacper-wisniewski")
    page.post(f"{page.address}/give", {"document": "profile", "date": "1 January 2099"})
    assert "still to come" in page.text and "Choose or write who gets it" in page.text


@pytest.mark.whole
def test_evidence_is_shown_as_it_goes_in_with_names_boxed(page: Page, school: Path) -> None:
    page.pupil("ada-brown")
    finished(page.post(f"{page.address}/evidence-look", {"id": "ep-report"}))
    assert "can go in" in page.text
    source = page.root.xpath("//img[@class='sheet']/@src")[0]
    assert page.client.get(source, headers={"Host": page.host}).data.startswith(b"\x89PNG")
