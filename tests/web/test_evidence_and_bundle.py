"""Evidence dropped in and looked at; documents made and given out; the bundle made and recorded as sent."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pypdf
import pytest

from tests.web.client import Page

PATIENCE = 900


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


def described(page: Page, file: str, **answers: str) -> dict[str, str]:
    """What the boxes of a file that waits would send: each file's names begin with its own id."""
    title = file.rpartition(".")[0].replace("-", " ").capitalize()
    box = page.root.xpath(f"//div[contains(@class, 'row')][contains(., '{file}')]//input[@value='{title}']")[0]
    start = box.get("name").partition("/")[0]
    return {f"{start}/{name}": value for name, value in answers.items()}


def adds(page: Page, file: str) -> str:
    """Where the button leads that adds a file to the evidence."""
    [button] = page.root.xpath(f"//button[@formaction and contains(., '{file}')]")
    address: str = button.get("formaction")
    return address


@pytest.mark.whole
def test_a_title_is_what_the_file_was_called_and_a_button_pressed_twice_adds_one_entry(
    page: Page, school: Path
) -> None:
    page.pupil("kacper-wisniewski")
    page.post(f"{page.address}/evidence", {"files": (io.BytesIO(pdf("x")), "Report of Dr McKay (EP)_re-read.pdf")})
    (school / "cases/kacper-wisniewski/evidence/IMG-letter-of-GP.jpg").write_bytes(b"\xff\xd8")
    page.get(page.address)
    titles = page.root.xpath("//div[contains(@class, 'row')]//input[contains(@name, '/title')]/@value")
    assert titles == ["IMG letter of GP", "Report of Dr McKay (EP) re-read"]
    box = page.root.xpath("//input[@value='Report of Dr McKay (EP) re-read']/@name")[0]
    whole = {"title": "R", "kind": "letter", "author": "Dr Lee", "date": "3 November 2026", "shows": "Tired."}
    answers = {box.replace("title", name): value for name, value in whole.items()}
    address = adds(page, "report-of-dr-mckay-ep-re-read.pdf")
    for _ in range(2):
        page.post(address, answers)
        assert page.status == 200 and "Still to be written" not in page.text
    assert (school / "cases/kacper-wisniewski/evidence.yaml").read_text("utf-8").count("Dr Lee") == 1


@pytest.mark.whole
def test_what_is_typed_for_another_file_stays(page: Page, school: Path) -> None:
    page.pupil("kacper-wisniewski")
    home = page.address
    files = [(io.BytesIO(pdf("x")), "Letter one.pdf"), (io.BytesIO(pdf("y")), "Letter two.pdf")]
    page.post(f"{home}/evidence", {"files": files})
    whole = {"title": "First", "kind": "letter", "author": "Dr Lee", "date": "3 November 2026", "shows": "Tired."}
    first = described(page, "letter-one.pdf", **whole)
    second = described(page, "letter-two.pdf", title="Second", author="Dr Ray")
    address = adds(page, "letter-one.pdf")
    page.post(address, {**first, **second, f"{next(iter(first)).partition('/')[0]}/date": "9/10/26"})
    assert "9/10/26" in page.text and "It is in the evidence." not in page.text  # a slip in a day is not written down
    page.post(address, {**first, **second})
    assert "It is in the evidence." in page.text and 'value="Dr Ray"' in page.text and 'value="Second"' in page.text
    text = (school / "cases/kacper-wisniewski/evidence.yaml").read_text("utf-8")
    assert "Dr Lee" in text and "Dr Ray" not in text


@pytest.mark.whole
def test_a_file_is_described_by_its_form_and_gets_an_entry(page: Page, school: Path) -> None:
    page.pupil("kacper-wisniewski")
    home = page.address
    page.post(f"{home}/evidence", {"files": (io.BytesIO(pdf("x")), "Report of the speech therapist.pdf")})
    assert "Still to be described" in page.text
    name = "report-of-the-speech-therapist.pdf"
    address, boxes = adds(page, name), described(page, name, title="Speech report")
    start = next(iter(boxes)).partition("/")[0]
    page.post(address, boxes)
    assert "Still to be written: Kind, Author, Date, What it shows." in page.text  # and nothing is written in the file
    assert 'value="Speech report"' in page.text  # nor lost on the page
    answers = {"title": "Speech report", "kind": "professional_report", "author": "K Mensah", "date": "3 November 2026",
               "shows": "Understands two of five steps."}  # fmt: skip
    page.post(address, {f"{start}/{key}": value for key, value in answers.items()})
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
    assert "Made: " in page.text
    page.get(home)
    assert "not made yet" not in page.text
    link = page.root.xpath("//table[@class='documents']//a[contains(@href, '/file/')]")[0]
    answer = page.client.get(link.get("href"), headers={"Host": page.host})
    assert answer.data.startswith(b"%PDF") and "kacper" not in link.get("href")
    answer.close()
    person = page.get(f"{home}/give?document=profile").root.xpath("//input[@name='person']")[0].get("value")
    finished(page.post(f"{home}/give", {"document": "profile", "person": person, "date": "1 November 2026"}))
    assert "Version 1" in page.text
    assert len(list((school / "cases/kacper-wisniewski/issued").glob("2026-11-01-profile-v1/*.pdf"))) == 1
    assert "Given out: version 1" in page.get(home).text
    word = school / "output/kacper-wisniewski/profile.docx"
    word.write_bytes(word.read_bytes() + b"edited")
    assert (
        "the tick “Also what was edited by hand” makes it again" in page.get(home).text and "--force" not in page.text
    )
    finished(page.post(f"{home}/make", {page.root.get_element_by_id("force").get("name"): "yes"}))
    assert word.with_name("profile (edited 1).docx").is_file() and not word.read_bytes().endswith(b"edited")


@pytest.mark.whole
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


@pytest.mark.whole
def test_evidence_is_put_in_another_order_and_back(page: Page, school: Path) -> None:
    file = school / "cases/ada-brown/evidence.yaml"
    before, token = file.read_bytes(), page.session.ids.of("pupil", "ada-brown")

    def pieces() -> list[str]:
        rows = page.root.xpath("//ol[@class='order']/li[contains(., 'child')]/ol/li")
        return [row.text_content().split(" Up")[0].split(" Down")[0].strip() for row in rows]

    page.get(f"/p/{token}/bundle")
    first, second = pieces()
    page.post(f"/p/{token}/order", {"~do": "down:parents-letter"})
    assert pieces() == [second, first] and "order:" in file.read_text("utf-8")
    assert page.post(f"/p/{token}/order", {"~do": "down:nothing"}).status == 404
    page.get(f"/p/{token}/bundle")
    page.post(f"/p/{token}/order", {"~do": "usual"})
    assert pieces() == [first, second] and file.read_bytes() == before


@pytest.mark.whole
def test_every_hint_of_a_day_of_sending_says_something(page: Page, school: Path) -> None:
    file = school / "cases/ada-brown/request.yaml"
    file.write_text(file.read_text("utf-8").replace("kind: new", "kind: updated_advice"), "utf-8")
    page.get(f"/p/{page.session.ids.of('pupil', 'ada-brown')}/bundle")
    [received] = page.root.xpath("//input[@name='received']")
    assert received.get("aria-describedby") is None
    assert all(hint.text_content().strip() for hint in page.root.xpath("//p[@class='hint']"))


@pytest.mark.whole
def test_what_the_authority_answered_is_recorded_on_the_page(page: Page, school: Path) -> None:
    home = f"/p/{page.session.ids.of('pupil', 'ada-brown')}"
    page.post(f"{home}/sent", {"date": "", "to": "SEN team"})
    assert "Write the day it was sent." in page.text
    page.post(f"{home}/sent", {"date": "1/11/2026", "to": "SEN team"})
    page.post(f"{home}/answered", {"answer": "", "day": ""})
    assert "Choose what the authority answered" in page.text
    page.post(f"{home}/answered", {"answer": "will_not_assess", "day": "31/10/2026"})
    assert "when the request was sent" in page.text
    page.post(f"{home}/answered", {"answer": "will_not_assess", "day": "20/11/2026"})
    assert page.said == ["It is written in the log: Will not assess, 20 November 2026."]
    assert "20 November 2026: Will not assess" in page.text
    assert "will_not_assess" in (school / "cases/ada-brown/log.yaml").read_text("utf-8")
