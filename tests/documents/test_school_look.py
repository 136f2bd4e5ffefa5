"""`sendpack template style --logo --colour`: a school's look without Word, in every document and on both engines."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest
from docx import Document as read_docx
from PIL import Image

from generator.documents.templates.checking.check_appearance import contrast
from generator.documents.templates.school_look import tint, told_of_logo, top_margin, with_logo
from generator.folder.school_folder import BUILT_IN
from generator.word_files.docx_package import Package, W, parse, read_package
from generator.word_files.pictures_with_alt_text import Picture
from templates.source.house import GREEN, GREEN_TINT, RUST, RUST_TINT, TEAL, TEAL_TINT
from tests.conftest import need_program
from tests.example_school import KACPER, copy_school, sendpack

MAROON = "7A1F2B"


def styled(folder: Path, *more: str) -> Path:
    school = copy_school(folder, KACPER)
    Image.new("RGB", (300, 100), "maroon").save(school / "badge.png")
    done = sendpack(school, "template", "style", *more, SENDPACK_ENGINE="embedded")
    assert done.returncode == 0, done.stdout + done.stderr
    return school


@pytest.mark.whole
def test_the_schools_colour_takes_the_place_of_every_colour_of_the_house(tmp_path: Path) -> None:
    school = styled(tmp_path, "--colour", f"#{MAROON.lower()}")
    assert sendpack(school, "build", KACPER, "--only", "profile", "--only", "support-plan", "--no-pdf").returncode == 0
    for file in sorted((school / "output" / KACPER).glob("*.docx")):
        parts = read_package(file.read_bytes()).parts
        looks = b"".join(parts[name] for name in ("word/house-styles.xml", "word/document.xml")).decode()
        assert [c for c in (TEAL, TEAL_TINT, RUST, RUST_TINT, GREEN, GREEN_TINT) if f'"{c}"' in looks] == [], file.name
        assert MAROON in looks and tint(MAROON) in looks
        assert not re.search(r"<w:tc>(?:(?!</w:tcPr>).)*<w:shd", parts["word/document.xml"].decode()), "no direct fills"


def house_with(margins: str) -> Package:
    """The standard house style with measures of its page as another program wrote them."""
    house = read_package((BUILT_IN / "templates" / "standard" / "house.docx").read_bytes())
    body = house.parts[house.main].decode()
    house.parts[house.main] = re.sub(r'w:top="\d+"(.*?) w:header="\d+"', rf"{margins}\1", body).encode()
    return house


@pytest.mark.parametrize(
    ("top", "header"), [("1219.0000000000002", "567.00000000000011"), ("2.15cm", "1cm"), ("60.95pt", "28.35pt")]
)
def test_room_is_made_for_a_logo_however_the_margins_are_written(top: str, header: str) -> None:
    house = house_with(f'w:top="{top}" w:header="{header}"')
    with_logo(house, Picture(b"", "png", 100, 100, "Logo"))  # was: ValueError
    assert 1770 <= top_margin(house) <= 1780
    with_logo(house, Picture(b"", "png", 1000, 10, "Logo"), 1219)
    assert 1270 <= top_margin(house) <= 1300, "the flatter logo needs less"  # was: 1777


def test_a_margin_of_the_schools_own_stays_under_a_flatter_logo() -> None:
    house = house_with('w:top="3000" w:header="567"')
    for wide in (100, 1000):
        with_logo(house, Picture(b"", "png", wide, 100, "Logo"), 1219)
    assert top_margin(house) == 3000


def test_a_logo_that_was_put_in_before_room_was_made_for_it_is_told() -> None:
    house = house_with('w:top="1219" w:header="567"')
    assert list(told_of_logo(house)) == []
    with_logo(house, Picture(b"", "png", 100, 100, "Logo"))
    assert list(told_of_logo(house)) == []
    house.parts[house.main] = house.parts[house.main].replace(b'w:top="1777"', b'w:top="1219"')
    assert [rule for rule, *_ in told_of_logo(house)] == ["template-logo-room"]  # was: nothing


@pytest.mark.whole
def test_a_colour_on_which_white_cannot_be_read_is_refused(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    for colour, words in (("#ffd34d", "cannot be read"), ("red", "is no colour")):
        done = sendpack(school, "template", "style", "--colour", colour)
        assert done.returncode == 2 and words in done.stderr
    assert not (school / "templates" / "school" / "house.docx").exists()
    assert contrast(MAROON, "FFFFFF") > 4.5 and contrast("000000", tint(MAROON)) > 15


@pytest.mark.whole
def test_a_second_logo_takes_the_place_of_the_first_and_the_house_before_is_kept(tmp_path: Path) -> None:
    school = styled(tmp_path, "--logo", "badge.png")
    house = school / "templates" / "school" / "house.docx"
    first = house.read_bytes()
    Image.new("RGB", (100, 100), "navy").save(school / "badge.png")
    assert sendpack(school, "template", "style", "--logo", "badge.png", SENDPACK_ENGINE="embedded").returncode == 0
    assert (school / "templates" / "school" / "before" / "house 1.docx").read_bytes() == first
    section = read_docx(str(house)).sections[0]
    under_logo = section.top_margin.twips - section.header_distance.twips - 0.9 * 567
    assert under_logo >= 650, "room for the running header and a gap: a title stood on the header's rule"
    for header in (section.header, section.first_page_header):
        drawn = [d.get("descr") for d in header._element.iter() if d.tag.endswith("}docPr")]
        assert drawn == ["Logo of Larkfield Community School"]
        assert len(header.paragraphs[0].runs) == 1 and not header.paragraphs[0].text, "a line of its own"


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_no_title_runs_into_the_logo(tmp_path: Path, engine: str) -> None:
    if engine == "libreoffice":
        need_program("soffice")
    school = styled(tmp_path, "--logo", "badge.png", "--colour", f"#{MAROON}")
    made = sendpack(school, "build", KACPER, "--only", "support-plan", "--only", "invitation", SENDPACK_ENGINE=engine)
    assert made.returncode == 0, made.stderr
    for file in sorted((school / "output" / KACPER).glob("*.pdf")):
        page = pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages[0]
        low, top = lowest_picture(page), highest_text(page)
        assert top < low + 1, file.name


def lowest_picture(page: pypdf.PageObject) -> float:
    """The foot of the pictures in the upper part of a page, in points."""
    feet: list[float] = []

    def drawn(operator: bytes, _: object, matrix: list[float], __: object) -> None:
        if operator == b"Do" and (foot := min(matrix[5], matrix[5] + matrix[3])) > 600:
            feet.append(foot)

    page.extract_text(visitor_operand_before=drawn)
    return min(feet)


def highest_text(page: pypdf.PageObject) -> float:
    """The foot of the highest line of text, in points."""
    feet: list[float] = []

    def said(text: str, matrix: list[float], place: list[float], *_: object) -> None:
        if text.strip():
            feet.append(place[5] * matrix[3] + matrix[5])

    page.extract_text(visitor_text=said)
    return max(feet)


def test_tables_of_the_standard_templates_have_table_styles_and_no_fills_of_their_own() -> None:
    for file in sorted((Path(__file__).parents[2] / "templates" / "standard").glob("*.docx")):
        body = parse(read_package(file.read_bytes()).parts["word/document.xml"])
        for table in body.iter(f"{W}tbl"):
            assert table.find(f"{W}tblPr/{W}tblStyle") is not None, file.name
        assert not list(body.iter(f"{W}shd", f"{W}tblBorders", f"{W}tblCellMar")), file.name
