"""Pages for what is done now and then: a pupil's whole file, the new year, briefings, look, languages, letting go."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests.web.client import Page
from tests.web.conftest import opened, small_school
from tests.web.test_evidence_and_bundle import finished

KACPER = "kacper-wisniewski"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One school for all of these: each works on something else."""
    return small_school(tmp_path_factory.mktemp("whole") / "school")


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    """The page of that school."""
    return opened(folder, "senco")


def downloaded(page: Page, words: str) -> bytes:
    """What a link of the last page gives."""
    links = page.root.xpath(f"//a[contains(., '{words}')]")
    assert links, page.root.xpath("//main")[0].text_content()
    answer = page.client.get(links[0].get("href"), headers={"Host": page.host})
    content: bytes = answer.data
    answer.close()
    return content


@pytest.mark.whole
def test_a_file_goes_to_the_next_school_and_is_received_there(page: Page, tmp_path: Path) -> None:
    page.pupil(KACPER)
    finished(page.post(f"{page.address}/send-on", {}))
    archive = downloaded(page, "archive for the next school")
    assert any(name.endswith("pupil.yaml") for name in zipfile.ZipFile(io.BytesIO(archive)).namelist())
    there = small_school(tmp_path / "next")
    shutil.rmtree(there / "cases" / KACPER)
    other = opened(there, "senco")
    finished(other.post("/receive", {"file": (io.BytesIO(archive), "file.zip")}))
    assert "files are here, as they were sent" in other.text
    assert (there / "cases" / KACPER / "pupil.yaml").is_file()
    assert not list((there / "output/.cache/page/passing").glob("*"))


@pytest.mark.whole
def test_something_else_than_an_archive_is_refused(page: Page) -> None:
    page.post("/receive", {"file": (io.BytesIO(b"x"), "file.txt")})
    assert page.said == ["Choose the archive (.zip) that the other school made with send-on."]
    finished(page.post("/receive", {"file": (io.BytesIO(b"PK no archive"), "file.zip")}))
    assert "is damaged, or was not made by" in page.text


@pytest.mark.whole
def test_everything_held_is_gathered_with_what_to_look_at_and_removed_again(page: Page, folder: Path) -> None:
    page.pupil("ada-brown")
    home = page.address
    page.post(f"{home}/everything-held", {})
    assert page.said == ["Say who asks for it: what may be given out differs for each home. Nothing was gathered."]
    assert "Daniel Brown (father)" in page.text
    finished(page.post(f"{home}/everything-held", {"asks": "daniel"}))
    red = [one.text_content() for one in page.root.xpath("//ul[@class='told']/li[@class='wrong']")]
    assert red[0].startswith("Do not give this to Daniel Brown (father) as it is.")
    assert any("how to reach Samira Brown" in line for line in red)
    assert "Before it is given out, look at" in page.text
    names = zipfile.ZipFile(io.BytesIO(downloaded(page, "Everything as one archive"))).namelist()
    assert "index.txt" in names and "records/pupil.yaml" in names
    page.get(f"{home}/file")
    [form] = page.root.xpath("//form[contains(@action, '/archive-remove')]")
    [archive] = (folder / "output/_school").glob("sar-*.zip")
    page.post(form.get("action"), {"file": "../../cases/school.yaml"})
    assert page.said == ["This archive is not there any more. Nothing was changed."] and archive.is_file()
    page.post(form.get("action"), dict(form.form_values()))
    assert not archive.exists() and "Archives made here" not in page.text


@pytest.mark.whole
def test_nothing_is_deleted_without_the_name_and_the_reason(page: Page, folder: Path) -> None:
    page.pupil("idris-chowdhury")
    address = f"{page.address}/forget"
    page.get(address)
    assert "With them goes:" in page.text and "what of this child could be brought back" in page.text
    page.post(address, {"reason": "", "confirm": "idris"})
    assert "That is not the folder’s name" in page.text and "Write why it is deleted" in page.text
    page.post(address, {"reason": "Moved", "confirm": "idris-chowdhury"})
    assert "Nothing was deleted" in page.text and (folder / "cases/idris-chowdhury").is_dir()
    drafts = folder / "output/.cache/page/drafts"
    for name in ("idris-chowdhury", "ada-brown"):
        page.record(f"cases/{name}/pupil.yaml")
        page.post(f"{page.address}/look", {**page.answers, "preferred_name": ["Sunny"]})
    assert len(list(drafts.glob("*.json"))) == 2
    finished(page.post(address, {"reason": "Begun by mistake", "confirm": "idris-chowdhury", "early": "yes"}))
    assert "were deleted" in page.text and not (folder / "cases/idris-chowdhury").exists()
    [left] = drafts.glob("*.json")  # what is not saved yet of another pupil stays, and of this one nothing
    assert "cases/ada-brown/pupil.yaml" in left.read_text("utf-8")


def test_the_new_year_is_shown_and_then_written(page: Page, folder: Path) -> None:
    before = (folder / "cases/ada-brown/pupil.yaml").read_bytes()
    finished(page.post("/new-year", {"write": "no", "stay": "ada-brown"}))
    assert "Needed: classes and class teachers" in page.text
    assert (folder / "cases/ada-brown/pupil.yaml").read_bytes() == before
    finished(page.post("/new-year", {"write": "no", "last": "banana"}))
    assert "This is our mistake" not in page.text and "banana" in page.text


@pytest.mark.whole
def test_briefings_are_made_for_the_classes_that_are_ticked(page: Page) -> None:
    name = page.get("/briefing").root.xpath("//input[@name='class']/@value")[0]
    finished(page.post("/briefing", {"class": name}))
    assert downloaded(page, f"{name}, PDF").startswith(b"%PDF")


def test_the_inclusion_strategy_is_begun_and_names_nobody(page: Page) -> None:
    finished(page.post("/inclusion-strategy", {}))
    word = zipfile.ZipFile(io.BytesIO(downloaded(page, "inclusion strategy")))
    text = word.read("word/document.xml").decode()
    assert "[" in text and "Ada" not in text and "Kacper" not in text


@pytest.mark.whole
def test_a_logo_and_a_colour_go_into_the_house_style(page: Page, folder: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (60, 30), "navy").save(picture, "PNG")
    page.post("/house-style", {"do": "style", "logo": (io.BytesIO(b"text"), "logo.txt")})
    assert "must be a PNG or JPEG" in page.text
    page.post("/house-style", {"do": "style", "use_colour": "yes", "colour": "#fffff0"})
    assert not (folder / "templates/school/house.docx").exists()  # too pale to be read
    style = {"do": "style", "use_colour": "yes", "colour": "#7a1f2b", "logo": (picture, "logo.png")}
    page.post("/house-style", {**style, "logo": (io.BytesIO(picture.getvalue()), "logo.png")})
    house = zipfile.ZipFile(folder / "templates/school/house.docx")
    assert "7A1F2B" in house.read("word/styles.xml").decode().upper()
    assert any(name.startswith("word/media/") for name in house.namelist())
    page.post("/house-style", {"file": (io.BytesIO(b"not Word"), "house.docx")})
    assert "not a Word file" in page.text
    assert "Nothing to mend" in page.get("/templates").text or "house.docx" in page.text


@pytest.mark.whole
def test_a_language_and_a_pack_are_begun(page: Page, folder: Path) -> None:
    page.post("/languages", {"code": "cy", "name": "Welsh"})
    assert list((folder / "templates").rglob("cy.yaml"))
    assert "Welsh" in page.get("/languages").text and "still to be written" in page.text
    page.post("/new-pack", {"authority": "Eastbrook Council"})
    assert (folder / "templates/eastbrook-council/pack.yaml").is_file()
    page.post("/new-pack", {"authority": "Eastbrook Council"})
    assert "already a pack" in page.text


@pytest.mark.whole
def test_a_piece_is_let_go_by_name_and_a_photo_taken_in(page: Page, folder: Path) -> None:
    page.pupil("ada-brown")
    home = page.address
    page.post(f"{home}/let-go", {"list": "accept_loss", "piece": "ep-report", "by": "", "reason": "x"})
    assert "Nothing was written" in page.text
    page.post(f"{home}/let-go", {"list": "accept_loss", "piece": "ep-report", "by": "Mrs Hale", "reason": "A logo."})
    assert "ep-report: Mrs Hale, A logo." in page.text
    picture = io.BytesIO()
    Image.new("RGB", (60, 60), "green").save(picture, "PNG")
    asked = {"describes": "A drawing of a snail", "consent": "yes"}
    page.post(f"{home}/photo", {**asked, "photo": (io.BytesIO(b"no picture"), "photo.png")})
    assert "not a picture" in page.text
    page.post(f"{home}/photo", {**asked, "photo": (io.BytesIO(picture.getvalue()), "../../My photo.png")})
    text = (folder / "cases/ada-brown/pupil.yaml").read_text("utf-8")
    assert "A drawing of a snail" in text and list((folder / "cases/ada-brown").glob("photo*.png"))


@pytest.mark.whole
def test_what_changed_since_it_was_given_out(page: Page, folder: Path) -> None:
    page.pupil(KACPER)
    home = page.address
    finished(page.post(f"{home}/make", {}))
    finished(page.post(f"{home}/give", {"document": "profile", "to": "Mr Whitlock"}))
    page.record(f"cases/{KACPER}/profile.yaml")
    page.send({**page.answers, "like_and_admire/0": ["Newly written."]})
    page.get(f"{home}/changes?document=profile")
    assert "Newly written" in page.text
    finished(page.post(f"{home}/changes", {"document": "profile", "version": "0"}))
    assert downloaded(page, "The page, PDF").startswith(b"%PDF")
