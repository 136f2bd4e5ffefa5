"""What only a viewer draws or hides: films, fields, links over a name, layers, words drawn as patterns and shapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from generator.bundle import names_found
from generator.bundle.evidence.hidden.said_beside import said_beside
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts, texts_to_search
from generator.bundle.evidence.sanitise import IntakeWish, take
from tests.attacks.test_hidden_by_marks import BOX, ink
from tests.bundle_makers import made, saved

LINE = "BT 0 g /F1 12 Tf 50 700 Td (Ada and Jordan Peters in the hall) Tj ET "
BLACK = "0 g 0 0 77 16 re f"
NAMED = "BT 0 g /F1 12 Tf 2 4 Td (Jordan Peters) Tj ET"

Change = Callable[[pikepdf.Pdf, Any], None]


def page(content: str = LINE, change: Change | None = None, **mark: Any) -> bytes:
    pdf = made()
    sheet = pdf.pages[0].obj
    sheet.Contents = pdf.make_stream(content.encode())
    if mark:
        look = mark.pop("look", None)
        mark |= {"MK": Dictionary(BG=Array([0, 0, 0]))} if "MK" in mark else {}
        note = Dictionary({f"/{key}": value for key, value in ({"Rect": Array(BOX), "F": 4} | mark).items()})
        if look:
            note.AP = Dictionary(N=form(pdf, look, (0, 0, 77, 16), sheet.Resources))
        sheet.Annots = Array([pdf.make_indirect(note)])
        if mark["Subtype"] == Name.Widget:
            pdf.Root.AcroForm = Dictionary(Fields=Array([sheet.Annots[0]]))
    if change:
        change(pdf, sheet)
    return saved(pdf)


def form(pdf: pikepdf.Pdf, content: str, box: tuple[float, ...] = (0, 0, 595, 842), resources: Any = None) -> Any:
    held = resources if resources is not None else Dictionary()
    return pdf.make_stream(
        content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array(list(box)), Resources=held
    )


def warned(content: bytes) -> str:
    return "\n".join(take(content, IntakeWish("Report"))[1].warnings)


LEFT: dict[str, dict[str, Any]] = {
    "the picture of a film": {"Subtype": Name("/3D"), "look": BLACK},
    "the picture of a file": {"Subtype": Name.FileAttachment, "look": BLACK},
    "a printer's mark": {"Subtype": Name.PrinterMark, "look": BLACK},
    "the ground of a button": {"Subtype": Name.Widget, "FT": Name.Btn, "Ff": 65536, "MK": None},
    "the ground of an empty field": {"Subtype": Name.Widget, "FT": Name.Tx, "MK": None},
    "the border of a link": {"Subtype": Name.Link, "BS": Dictionary(W=30)},
    "the old border of a link": {"Subtype": Name.Link, "Border": Array([0, 0, 30])},
    "the inner colour of a typed note": {"Subtype": Name.FreeText, "Contents": " ", "IC": Array([0, 0, 0])},
}


@pytest.mark.parametrize("kind", LEFT)
def test_what_viewers_draw_over_a_name_hides_it_and_is_told(kind: str) -> None:
    content, account = take(page(**LEFT[kind]), IntakeWish("Report"))
    bright, dark = ink(content)
    assert bright - dark < 20, "the name is not to be read"
    assert [line for line in account.warnings if "can still be copied from page 1" in line and "Jordan" in line]


def test_the_edge_of_a_field_that_is_turned_is_as_thick_as_it_says() -> None:
    def turned(pdf: pikepdf.Pdf, sheet: Any) -> None:
        sheet.Annots[0].MK = Dictionary(BG=Array([1, 1, 1]), BC=Array([0, 0, 0]), R=90)
        sheet.Annots[0].BS = Dictionary(W=3)

    given = page(LINE, turned, Subtype=Name.Widget, FT=Name.Btn, Ff=65536, MK=None)
    bright, dark = ink(take(given, IntakeWish("Report"))[0])
    assert bright - dark < 20 < dark, "white, without the edge"


def layer(off: bool, words: Any = None, use: Any = "View", **usage: Any) -> Change:
    def change(pdf: pikepdf.Pdf, sheet: Any) -> None:
        one = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="L", Usage=Dictionary(usage)))
        normal = Dictionary(OFF=Array([one] if off else []))
        normal.AS = Array([Dictionary(Event=Name.View, OCGs=Array([one]), Category=Array([Name(f"/{use}")]))])
        pdf.Root.OCProperties = Dictionary(OCGs=Array([one]), D=normal)
        sheet.Annots[0].OC = words(pdf, one) if words else one

    return change


def group(rule: str) -> Any:
    return lambda pdf, one: pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=one, P=Name(rule)))


def said(*words: Any) -> Any:
    def expression(pdf: pikepdf.Pdf, one: Any) -> Any:
        return pdf.make_indirect(Dictionary(Type=Name.OCMD, VE=Array([Name(words[0]), one])))

    return expression


HIDDEN_LAYERS: dict[str, Change] = {
    "off": layer(True),
    "off on the screen": layer(False, **{"/View": Dictionary(ViewState=Name.OFF)}),
    "one of none": layer(True, group("/AnyOn")),
    "none may be off": layer(True, group("/AllOn")),
    "all are on": layer(False, group("/AnyOff")),
    "not on": layer(False, said("/Not")),
    "off, and its use on the screen does not count": layer(
        True, use="Print", **{"/View": Dictionary(ViewState=Name.ON)}
    ),
}
SHOWN_LAYERS: dict[str, Change] = {
    "on": layer(False),
    "all off wanted": layer(True, group("/AllOff")),
    "and": layer(False, said("/And")),
    "on on the screen": layer(True, **{"/View": Dictionary(ViewState=Name.ON)}),
    "off, and its use on the screen says nothing": layer(False, **{"/View": Dictionary()}),
}


@pytest.mark.parametrize("way", HIDDEN_LAYERS)
def test_a_mark_on_a_layer_that_is_off_is_not_brought_to_light(way: str) -> None:
    content, account = take(page("", HIDDEN_LAYERS[way], Subtype=Name.Stamp, look=NAMED), IntakeWish("Report"))
    assert "Jordan" not in page_texts(content)[0]
    assert "1 mark on layers that are switched off" in account.removed


def test_the_border_of_a_link_on_a_layer_that_is_off_hides_nothing() -> None:
    content, account = take(page(LINE, layer(True), Subtype=Name.Link, BS=Dictionary(W=30)), IntakeWish("Report"))
    bright, dark = ink(content)
    assert bright - dark > 20 and not [line for line in account.warnings if "can still be copied" in line]


@pytest.mark.parametrize("way", SHOWN_LAYERS)
def test_a_mark_on_a_layer_that_is_on_stays(way: str) -> None:
    content, _ = take(page("", SHOWN_LAYERS[way], Subtype=Name.Stamp, look=NAMED), IntakeWish("Report"))
    assert "Jordan" in page_texts(content)[0]


UNREADABLE = {
    "pale yellow": "BT 1 1 0.8 rg /F1 12 Tf 50 600 Td (Jordan Peters) Tj ET",
    "pressed together": "BT 0 g 2 Tz /F1 12 Tf 50 600 Td (Jordan Peters) Tj ET",
    "pressed flat": "BT 0 g /F1 12 Tf 1 0 0 0.03 50 600 Tm (Jordan Peters) Tj ET",
}


@pytest.mark.parametrize("way", UNREADABLE)
def test_words_that_no_eye_reads_are_told(way: str) -> None:
    assert "cannot be seen" in warned(page(UNREADABLE[way]))


@pytest.mark.parametrize("content", ["1 1 0 rg", "0 0 1 rg", "0 g 40 Tz", "0 g /F1 5 Tf"])
def test_words_that_can_be_read_are_not(content: str) -> None:
    assert "cannot be seen" not in warned(page(f"BT /F1 12 Tf {content} 50 600 Td (Illinois Jill 1111) Tj ET"))


def _pattern(pdf: pikepdf.Pdf, sheet: Any) -> None:
    tile = form(pdf, NAMED, resources=sheet.Resources)
    tile.PatternType, tile.PaintType, tile.TilingType, tile.XStep, tile.YStep = 1, 1, 1, 595, 842
    sheet.Resources.Pattern = Dictionary(P=pdf.make_indirect(tile))


def _mask(pdf: pikepdf.Pdf, sheet: Any) -> None:
    mask = Dictionary(S=Name.Luminosity, G=form(pdf, NAMED, resources=Dictionary(Font=sheet.Resources.Font)))
    sheet.Resources.ExtGState = Dictionary(G=Dictionary(SMask=mask))


@pytest.mark.parametrize("change", [_pattern, _mask])
def test_words_of_a_pattern_or_a_mask_are_told(change: Change) -> None:
    assert "words are drawn as a pattern on page 1" in warned(page(LINE, change))


def shapes(count: int, alike: bool = False) -> str:
    sizes = [(2 + 0.2 * (0 if alike else n % 13), 4 + 0.3 * (0 if alike else n % 7)) for n in range(count)]
    places = [(50 + 8 * (n % 60), 300 + 20 * (n // 60)) for n in range(count)]
    return " ".join(
        f"{x} {y} m {x} {y + h} {x + w} {y + h} {x + w} {y} c f" for (x, y), (w, h) in zip(places, sizes, strict=True)
    )


def test_words_drawn_as_shapes_are_told() -> None:
    assert "there may be words drawn as shapes on page 1" in warned(page(LINE + shapes(70)))
    assert "without text on page 1" in warned(page(shapes(20)))
    assert "shapes" not in warned(page(LINE + shapes(70, alike=True))), "the dots of a chart"


def _bookmark(pdf: pikepdf.Pdf, sheet: Any) -> None:
    line = pdf.make_indirect(Dictionary(Title="Jordan Peters", Dest=Array([sheet, Name.Fit])))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=line, Last=line, Count=1))


def _link(**entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf, sheet: Any) -> None:
        address = entries.get("URI", "https://x.example/")
        link = Dictionary(Subtype=Name.Link, Rect=Array(BOX), A=Dictionary(S=Name.URI, URI=address))
        link.Contents = entries.get("Contents", "")
        sheet.Annots = Array([pdf.make_indirect(link)])

    return change


def _tag(**entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf, sheet: Any) -> None:
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tag = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=sheet, K=0, **entries))
        root.K, root.ParentTree, sheet.StructParents = tag, Dictionary(Nums=Array([0, Array([tag])])), 0
        root.IDTree = Dictionary(Names=Array([entries.get("ID", "1"), tag]))
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
        sheet.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC " + sheet.Contents.read_bytes() + b" EMC")

    return change


def _layer_lists(pdf: pikepdf.Pdf, sheet: Any) -> None:
    one = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="L"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([one]), D=Dictionary(Order=Array(["Jordan Peters", Array([one])])))


def _own_entry(pdf: pikepdf.Pdf, sheet: Any) -> None:
    sheet.Pupil = Dictionary(Who=pdf.make_indirect(Array(["Jordan Peters"])))


USER = Dictionary(O=Name.UserProperties, P=Array([Dictionary(N="pupil", V="Jordan Peters")]))

BESIDE: dict[str, Change] = {
    "a bookmark": _bookmark,
    "the number of a tag": _tag(ID="Jordan Peters"),
    "what a program says of a tag": _tag(A=USER),
    "what a table is about": _tag(A=Dictionary(O=Name.Table, Summary="Jordan Peters")),
    "a link's address": _link(URI="https://x.example/Jordan%20Peters.jpg"),
    "a link's note": _link(Contents="Jordan Peters at play"),
}


def test_what_is_said_of_a_tag_is_told_of_its_page() -> None:
    """`/P` of a tag is the tag around it, and no page."""
    pdf = made()
    pdf.add_blank_page()
    second = pdf.pages[1].obj
    root = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    around = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=root, Pg=second))
    inside = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, P=around, Alt="Inside"))
    of_kids = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, P=root, Alt="Of its content"))
    of_kids.K = Array([Dictionary(Type=Name.MCR, Pg=second, MCID=0)])
    root.K = Array([around, of_kids])
    around.K = Array([inside])
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=root))
    pdf.Root.Outlines = pdf.make_indirect(
        Dictionary(Title="Chapter two", A=Dictionary(S=Name.GoTo, D=Array([second, Name.Fit])))
    )
    assert {"Inside", "Of its content", "Chapter two"} <= set(said_beside(pdf)[2].split("\n"))


@pytest.mark.whole
@pytest.mark.parametrize("way", BESIDE)
def test_the_guard_reads_what_stands_beside_the_page(way: str) -> None:
    source = page("BT /F1 12 Tf 50 700 Td (Ada) Tj ET", BESIDE[way])
    clean = take(source, IntakeWish("Report"))[0]
    assert names_found(texts_to_search(clean), ["Jordan Peters"])
    redacted = take(source, IntakeWish("Report", redact=("Jordan Peters",)))[0]
    assert not names_found(texts_to_search(redacted), ["Jordan Peters"])


@pytest.mark.parametrize("change", [_layer_lists, _own_entry])
def test_what_only_a_program_reads_is_gone(change: Change) -> None:
    source = page("BT /F1 12 Tf 50 700 Td (Ada) Tj ET", change)
    assert names_found(texts_to_search(source), ["Jordan Peters"])
    assert not names_found(texts_to_search(take(source, IntakeWish("Report"))[0]), ["Jordan Peters"])


def test_what_belongs_to_no_page_is_told_of_none() -> None:
    def bookmark(pdf: pikepdf.Pdf, sheet: Any) -> None:
        _bookmark(pdf, sheet)
        del pdf.Root.Outlines.First["/Dest"]

    texts = texts_to_search(page(LINE, bookmark))
    assert [text.partition("\x1c")[2].strip() for text in texts] == ["", "Jordan Peters"]
    [link] = texts_to_search(page(LINE, _link(URI="https://x.example/Jordan%20Peters.jpg")))
    assert "Jordan Peters.jpg" in link


def test_a_long_text_beside_the_pages_hides_no_other() -> None:
    pdf = made()
    pdf.Root.Lang = "en-GB"
    pdf.Root.Own = Array([Dictionary(Who="Jordan Peters"), Dictionary(Who="x" * 250_000)])
    assert "Jordan Peters" in said_beside(pdf)[0] and "en-GB" not in said_beside(pdf)[0]


@pytest.mark.whole
def test_words_typed_only_in_their_style_are_drawn() -> None:
    styled = "<body><p>Jordan &amp; Ada</p></body>"
    content, _ = take(page("", Subtype=Name.FreeText, RC=styled, C=Array([1])), IntakeWish("Report"))
    assert "Jordan & Ada" in page_texts(content)[0]


def test_what_a_mark_of_an_unknown_kind_hid_is_told_where_it_comes_to_light() -> None:
    assert "the file hides words under a mark" in warned(page(Subtype=Name("/Odd"), F=1, look=BLACK))
