"""A name under a mark that a viewer draws and a converter forgets: it must be hidden, gone or told, never printed."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name

from generator.bundle import Account
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.sanitise import IntakeWish, take
from tests.bundle_makers import made, saved

BOX = [93.0, 696.0, 170.0, 712.0]
"""Over “Jordan Peter” of the line that `page` writes."""
QUAD = [93, 712, 170, 712, 93, 696, 170, 696]
MIDDLE = [93, 704, 170, 704]

MARKS: dict[str, dict[str, Any]] = {
    "a filled box": {"Subtype": "Square", "IC": [0, 0, 0]},
    "a filled box without colour of its line": {"Subtype": "Square", "IC": [0, 0, 0], "C": []},
    "a grey box": {"Subtype": "Square", "IC": [0.5]},
    "a box in printer's colours": {"Subtype": "Square", "IC": [0, 0, 0, 1]},
    "a box of one thick line": {"Subtype": "Square", "BS": {"W": 20}},
    "a polygon": {"Subtype": "Polygon", "IC": [1, 0, 0], "Vertices": [93, 696, 170, 696, 170, 712, 93, 712]},
    "a thick line": {"Subtype": "Line", "L": MIDDLE, "BS": {"W": 18}},
    "a thick line of several pieces": {"Subtype": "PolyLine", "Vertices": MIDDLE, "Border": [0, 0, 18]},
    "a marker pen": {"Subtype": "Ink", "InkList": [MIDDLE], "BS": {"W": 18}},
    "a black highlight": {"Subtype": "Highlight", "QuadPoints": QUAD, "C": [0, 0, 0]},
    "a black highlight that goes round": {"Subtype": "Highlight", "QuadPoints": [*QUAD[:4], 170, 696, 93, 696]},
    "a black highlight that names only its place": {"Subtype": "Highlight", "C": [0, 0, 0]},
    "a redaction that was never carried out": {"Subtype": "Redact", "QuadPoints": QUAD, "IC": [0, 0, 0]},
    "a redaction without colours": {"Subtype": "Redact", "C": []},
    "a redaction in white": {"Subtype": "Redact", "IC": [1, 1, 1]},
}


def page(mark: dict[str, Any], flags: int) -> bytes:
    """One page that names Jordan Peters, with a mark that has no look of its own."""
    pdf = made()
    line = "BT /F1 12 Tf 50 700 Td (Ada and Jordan Peters in the hall) Tj ET"
    pdf.pages[0].obj.Contents = pdf.make_stream(line.encode())
    entries = {key: _as_pdf(value) for key, value in ({"C": [0, 0, 0], "Rect": BOX} | mark).items()}
    entries["Subtype"] = Name("/" + mark["Subtype"])
    annotation = pdf.make_indirect(Dictionary(Type=Name.Annot, F=flags, **entries))
    pdf.pages[0].obj.Annots = Array([annotation])
    return saved(pdf)


def _as_pdf(value: Any) -> Any:
    if isinstance(value, list):
        return Array([_as_pdf(one) for one in value])
    return Dictionary({"/" + key: one for key, one in value.items()}) if isinstance(value, dict) else value


def taken(content: bytes, **wishes: Any) -> tuple[bytes, Account]:
    return take(content, IntakeWish("Report", **wishes))


def ink(content: bytes) -> tuple[int, int]:
    """The brightest and the darkest shade in the middle of the box: of letters they are far from each other."""
    document = pdfium.PdfDocument(content)
    picture = document[0].render(scale=3).to_pil().convert("L").crop((3 * 100, 3 * 133, 3 * 160, 3 * 143))
    document.close()
    low, high = picture.getextrema()
    return int(high), int(low)


@pytest.mark.parametrize("flags", [4, 0, 1, 4 + 1, 32 + 4, 128], ids=lambda flags: f"flags {flags}")
@pytest.mark.parametrize("kind", [kind for kind in MARKS if "goes round" not in kind])
def test_what_hides_a_name_in_a_viewer_hides_it_in_the_bundle_and_is_told(kind: str, flags: int) -> None:
    content, account = taken(page(MARKS[kind], flags))
    bright, dark = ink(content)
    assert bright - dark < 20, "the name is not to be read"
    assert any("1 mark(s) and comment(s) drawn" in line for line in account.done)
    [told] = [line for line in account.warnings if "can still be copied from page 1" in line]
    assert "Jordan Peter" in told and "remove_unseen" in told


@pytest.mark.whole
@pytest.mark.parametrize("kind", ["a filled box", "a marker pen", "a redaction in white"])
def test_the_offered_redaction_takes_the_name_out(kind: str) -> None:
    content, account = taken(page(MARKS[kind], 0), remove_unseen=True)
    assert "Jordan" not in page_texts(content)[0] and "the hall" in page_texts(content)[0]
    assert "words that nobody could see taken out on page 1" in account.done
    assert not [line for line in account.warnings if "copied" in line]


def test_a_yellow_highlight_hides_nothing() -> None:
    content, account = taken(page({"Subtype": "Highlight", "QuadPoints": QUAD, "C": [1, 1, 0]}, 0))
    assert account.warnings == ()
    bright, dark = ink(content)
    assert bright - dark > 150


def test_corners_in_any_order_make_the_same_highlight() -> None:
    whole = ink(taken(page(MARKS["a black highlight"], 0))[0])
    assert ink(taken(page(MARKS["a black highlight that goes round"] | {"C": [0, 0, 0]}, 0))[0]) == whole


def test_a_mark_that_viewers_hide_is_not_drawn() -> None:
    content, account = taken(page(MARKS["a filled box"], 2))
    bright, dark = ink(content)
    assert bright - dark > 150 and not any("drawn" in line for line in account.done)


def test_a_mark_that_nothing_here_can_draw_is_told() -> None:
    account = taken(page({"Subtype": "Caret", "Sy": Name.P}, 4))[1]
    assert "1 mark(s) or comment(s) on page 1 have no look of their own and are not shown" in account.warnings
    assert not any("mark(s) and comment(s) drawn" in line for line in account.done)


def test_a_mark_that_says_nowhere_where_it_stands_is_told() -> None:
    account = taken(page({"Subtype": "Polygon", "Vertices": []}, 4))[1]
    assert any("have no look of their own" in line for line in account.warnings)
