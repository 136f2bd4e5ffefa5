"""Words taken out of evidence: really gone, and everything else still there to be read."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, String
from PIL import ImageChops

from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.rest_of_address import rest_of_addresses
from generator.bundle.evidence.sanitise import IntakeWish, take
from generator.bundle.name_forms import read, spans
from tests.bundle_makers import docx, link_to, made, office, saved, scan

LINES = [
    "Ada sat beside Jordan Pike at the second table.",
    "Pike, Jordan, was moved to the window. JORDAN PIKE’S mother agreed.",
    "Jordanian figs, Mrs Spike and a jordan almond stay.",
]


def report(lines: list[str] = LINES, pages: int = 2, **entries: Any) -> pikepdf.Pdf:
    """Pages of lines in Helvetica; the names are on the first."""
    pdf = made(pages, text="Report of the autumn term,", **entries)
    page = pdf.pages[0]
    drawn = "".join(
        f"BT /F1 12 Tf 60 {640 - 30 * n} Td ({line.replace('’', chr(0o222))}) Tj ET\n" for n, line in enumerate(lines)
    )
    page.contents_add(drawn.encode("cp1252", "replace").replace(b"?S mother", b"'S mother"))
    return pdf


def taken(content: bytes, *terms: str) -> tuple[bytes, Any]:
    return take(content, IntakeWish("Report", redact=terms))


@pytest.mark.whole
def test_the_words_are_gone_and_the_others_are_still_there() -> None:
    content, account = taken(saved(report()), "Jordan Pike")
    first, second = page_texts(content)
    assert "Pike" not in first.replace("Spike", "") and "JORDAN" not in first
    assert "Ada sat beside" in first and "at the second table." in first and "mother agreed." in first
    assert "Jordanian figs, Mrs Spike and a jordan almond stay." in " ".join(first.split())
    assert "Report of the autumn term, page 2" in second
    assert b"Jordan" not in _everything(content)
    assert account.done[-1].startswith("words taken out on page 1, which are pictures now")


def _everything(content: bytes) -> bytes:
    """Every stream of a PDF decoded, and every string."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def test_only_pages_that_hold_a_term_become_pictures() -> None:
    content, _ = taken(saved(report()), "Jordan Pike")
    document = pdfium.PdfDocument(content)
    kinds = [{thing.type for thing in document[n].get_objects(max_depth=3)} for n in (0, 1)]
    document.close()
    assert pdfium.raw.FPDF_PAGEOBJ_IMAGE in kinds[0] and pdfium.raw.FPDF_PAGEOBJ_IMAGE not in kinds[1]


def test_black_stands_where_the_words_stood_and_nowhere_else() -> None:
    content, _ = taken(saved(report(["Ada and Jordan", "Ada and Freya"])), "Jordan")
    document = pdfium.PdfDocument(content)
    picture = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    dark = [box for box in ((60, 190, 300, 206), (60, 220, 300, 236)) if _black(picture.crop(box)) > 300]
    assert dark == [(60, 190, 300, 206)]


def _black(image: Any) -> int:
    return int(sum(image.histogram()[:40]))


@pytest.mark.whole
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_pages_stay_the_way_they_are_shown(rotation: int) -> None:
    pdf = report(Rotate=rotation)
    before = _picture(saved(report(Rotate=rotation)))
    content, _ = taken(saved(pdf), "Jordan Pike")
    assert "Pike" not in page_texts(content)[0].replace("Spike", "")
    assert "Ada sat beside" in page_texts(content)[0]
    after = _picture(content)
    assert after.size == before.size
    lighter = ImageChops.subtract(after, before, 1, -100).histogram()
    assert sum(lighter[1:]) < 150, "nothing but boxes was added"


def _picture(content: bytes) -> Any:
    document = pdfium.PdfDocument(content)
    picture = document[0].render(scale=0.5).to_pil().convert("L")
    document.close()
    return picture


def test_a_word_broken_at_the_end_of_a_line_is_found() -> None:
    content, _ = taken(saved(report(["We spoke with Jor-", "dan about the trip."])), "Jordan")
    text = page_texts(content)[0]
    assert "Jor" not in text and "We spoke with" in text and "about the trip." in text


def test_bookmarks_links_and_other_hidden_texts_go_too() -> None:
    pdf = report()
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("About Jordan Pike", 0))
    link_to(pdf, 2, A=Dictionary(S=Name.URI, URI=String("https://example.org/x")), Contents=String("Jordan Pike, page"))
    pdf.docinfo["/Title"] = "Jordan Pike"
    content, _ = taken(saved(pdf), "Jordan Pike")
    assert b"Jordan" not in _everything(content)
    assert b"example.org" in _everything(content), "a link on another page stays"


def test_a_palette_that_holds_the_letters_of_a_name_by_chance_stays() -> None:
    pdf = report()
    palette = Array([Name.Indexed, Name.DeviceRGB, 1, String(b" Li \x10\x90")])
    image = pdf.make_stream(b"\x55", Type=Name.XObject, Subtype=Name.Image, Width=8, Height=1, BitsPerComponent=1)
    image.ColorSpace = palette
    pdf.pages[1].obj.Resources.XObject = Dictionary(I=image)
    pdf.pages[1].contents_add(b"q 400 0 0 300 60 200 cm /I Do Q")
    content, _ = taken(saved(pdf), "Li")
    document = pdfium.PdfDocument(content)
    picture = document[1].render(scale=0.2).to_pil().convert("RGB")
    document.close()
    assert {(32, 76, 105), (32, 16, 144)} <= {colour for _, colour in picture.getcolors(100_000)}


def test_words_that_nobody_sees_are_not_put_back() -> None:
    pdf = report(["Jordan Pike came."])
    pdf.pages[0].contents_add(b"BT 1 g /F1 12 Tf 60 300 Td (Written in white) Tj ET")
    content, _ = taken(saved(pdf), "Jordan Pike")
    assert "white" not in page_texts(content)[0] and "came." in page_texts(content)[0]


def test_a_term_that_is_not_there_is_told() -> None:
    content, account = taken(saved(report()), "Robin Ash")
    assert "“Robin Ash” was to be taken out and was not found" in account.warnings
    assert page_texts(content)[0].startswith("Report")


def test_a_scan_in_which_nothing_can_be_found_is_told() -> None:
    _, account = taken(scan(2), "Jordan")
    assert any("there is no text on pages 1-2 in which to look" in warning for warning in account.warnings)


@pytest.mark.whole
def test_tags_are_made_anew_where_the_old_ones_held_the_words(tmp_path: Path) -> None:
    from tests import tagcheck

    content, account = taken(office([docx("Report", [("Heading 1", "Visit"), *LINES])])[0], "Jordan Pike")
    assert account.barriers == ()
    assert b"Jordan Pike" not in _everything(content)
    (tmp_path / "redacted.pdf").write_bytes(content)
    found = tagcheck.count(tmp_path / "redacted.pdf")
    assert (found.lost_contents, found.lost_annotations, found.wrong_parents) == (0, 0, 0) and found.contents


@pytest.mark.whole
def test_the_same_words_taken_out_twice_give_the_same_bytes() -> None:
    assert taken(saved(report()), "Jordan Pike")[0] == taken(saved(report()), "Jordan Pike")[0]


ADDRESS = ("77 Harbour Rise", "ZZ99 9QQ"), ("Otherton",)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Ivan, 77 Harbour Rise, Otherton ZZ99 9QQ. He reads.", "Ivan, #. He reads."),
        ("77 Harbour Rise\nOtherton\nZZ99 9QQ\nOtherton Primary School", "#\nOtherton Primary School"),
        ("77 Harbour Rise,\r\nLittle Wick,\r\nOTHERTON,\r\nWest Shire\r\nZZ99 9QQ\r\nDear", "#\r\nDear"),
        ("Now at 77 Harbour Rise in Otherton; his school is in Otherton.", "Now at #; his school is in Otherton."),
        ("77 harbour rise, otherton, zz99 9qq", "#"),
        ("Otherton, ZZ99 9QQ", "#"),
        ("In Otherton she reads. He moved to 77 Harbour Rise.", "In Otherton she reads. He moved to #."),
        ("77 Harbour Rise. Ada has a friend in Otherton. ZZ99 9QQ", "#. Ada has a friend in Otherton. #"),
    ],
)  # fmt: skip
def test_the_town_goes_where_it_stands_beside_the_address(said: str, left: str) -> None:
    assert _without_address(said, [ADDRESS]) == (left, False)


@pytest.mark.parametrize(
    ("said", "left", "more"),
    [
        ("77 Harbour Rise, Wicken, ZZ99 9QQ, Wicken", "#, Wicken", False),
        ("77 Harbour Rise, Wicken, and", "#, Wicken, and", True),
        ("at 77 Harbour Rise in Wicken", "at # in Wicken", True),
        ("77 Harbour Rise\nWicken\nDear Mrs Hale", "#\nWicken\nDear Mrs Hale", True),
        ("77 Harbour Rise\nDear Mrs Hale,\n", "#\nDear Mrs Hale,\n", False),
        ("77 Harbour Rise, and Ada was there", "#, and Ada was there", False),
    ],
)
def test_what_stands_between_street_and_postcode_goes_and_what_is_left_is_told(
    said: str, left: str, more: bool
) -> None:
    """Also where nobody has said which town it is."""
    assert _without_address(said, []) == (left, more)


def _without_address(said: str, addresses: list[Any]) -> tuple[str, bool]:
    reading = read(said)
    hits = [(term, span) for term in ADDRESS[0] for span in spans(reading, term)]
    rest, more = rest_of_addresses(reading, hits, addresses)
    gone = {place for run in (*rest, *(span for _, span in hits)) for place in run}
    return re.sub("\0+", "#", "".join("\0" if n in gone else one for n, one in enumerate(said))), more


def test_no_town_of_an_address_is_left_between_black_boxes() -> None:
    page = saved(
        report(["Ivan lives at 77 Harbour Rise, Otherton ZZ99 9QQ", "His street is 77 Harbour Rise, Wicken"], 1)
    )
    wish = IntakeWish("Report", redact=ADDRESS[0], addresses=(ADDRESS,))
    content, account = take(page, wish)
    assert "Ivan lives at" in page_texts(content)[0] and b"Otherton" not in _everything(content)
    assert any("page 1 may say more of it" in warning for warning in account.warnings)
