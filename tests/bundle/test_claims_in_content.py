"""A claim to be accessible is held against what the pages draw: tags, decoration, links, codes and widths."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.bundle.evidence.accessible import content_barriers
from generator.bundle.evidence.accessible.letters import character_maps, letter_widths, missing_shapes
from generator.bundle.evidence.accessible.letters.embed_fonts import FOLDER
from tests.bundle.taken import take
from tests.bundle_makers import made, saved

WORDS = b"BT /F1 12 Tf 72 700 Td (Ada reads) Tj ET\n"
TAGGED = b"/P <</MCID 0>> BDC\n" + WORDS + b"EMC\n"


def tagged_page(content: bytes, marks: int = 1, form: bytes = b"") -> pikepdf.Pdf:
    """One page of which so many marks belong to a paragraph; `form` is drawn as /Form and has a tag inside."""
    pdf = made(1)
    page = pdf.pages[0].obj
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    told = Dictionary(Type=Name.StructElem, S=Name.P, P=whole, Pg=page, K=Array(range(marks)))
    paragraph = pdf.make_indirect(told)
    root.K, whole.K = whole, Array([paragraph])
    owners = [0, Array([paragraph] * marks), 1, Array([paragraph])]
    root.ParentTree = Dictionary(Nums=Array(owners))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo, pdf.Root.Lang = root, Dictionary(Marked=True), String("en-GB")
    page.StructParents = 0
    drawn = pdf.make_stream(form or WORDS, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
    drawn.Resources = Dictionary(Font=page.Resources.Font)
    if form:
        drawn.StructParents = 1
    page.Resources.XObject = Dictionary(Form=drawn)
    page.Contents = pdf.make_stream(content)
    return pdf


FAULTS: dict[str, tuple[bytes, str]] = {
    "all is well": (TAGGED + b"/Artifact BMC 0 0 9 9 re f EMC", ""),
    "a path that only cuts": (b"0 0 595 842 re W n " + TAGGED, ""),
    "words outside (7.1-3)": (TAGGED + WORDS, "neither tagged nor marked as decoration (page 1)"),
    "a line outside (7.1-3)": (TAGGED + b"0 0 m 9 9 l S", "neither tagged nor marked as decoration (page 1)"),
    "a mark of no tag (7.1-3)": (b"/P <</MCID 7>> BDC " + WORDS + b" EMC", "neither tagged nor marked as decoration"),
    "decoration inside (7.1-1)": (b"/P <</MCID 0>> BDC /Artifact BMC " + WORDS + b"EMC EMC", "as decoration at once"),
    "a tag inside decoration (7.1-2)": (b"/Artifact BMC " + TAGGED + b" EMC", "as decoration at once"),
    "a form in a tag": (b"/P <</MCID 0>> BDC /Form Do EMC", ""),
    "a form outside": (TAGGED + b"/Form Do", "neither tagged nor marked as decoration (page 1)"),
    "a picture in the line outside": (
        TAGGED + b"BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI",
        "neither tagged nor marked as decoration",
    ),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_what_is_drawn_is_tagged_or_decoration(kind: str) -> None:
    content, said = FAULTS[kind]
    found = content_barriers.barriers(tagged_page(content))
    assert len(found) == (1 if said else 0) and all(said in one for one in found), found


def test_a_form_with_tags_inside_is_drawn_once() -> None:
    once, twice = (content_barriers.barriers(tagged_page(b"/Form Do " * n, form=TAGGED)) for n in (1, 2))
    assert once == []
    assert twice == ["something with tags inside is drawn more than once (page 1)"]


def test_a_file_that_claims_too_much_claims_nothing_in_a_bundle() -> None:
    def claiming(content: bytes) -> bytes:
        pdf = tagged_page(content)
        with pdf.open_metadata() as metadata:
            metadata["pdfuaid:part"] = "1"
        return saved(pdf)

    assert not take(claiming(TAGGED))[1].barriers
    [barrier] = take(claiming(TAGGED + WORDS))[1].barriers
    assert barrier.startswith("something is shown that is neither tagged")


# --- links and what was taken off the pages ---------------------------------------------------------------------------


def with_annotation(**entries: Any) -> pikepdf.Pdf:
    """A tagged page with an annotation that the paragraph holds."""
    pdf = tagged_page(TAGGED)
    own = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([9, 9, 90, 90]), StructParent=2, **entries))
    pdf.pages[0].obj.Annots = Array([own])
    root = pdf.Root.StructTreeRoot
    [paragraph] = root.K.K
    paragraph.K = Array([0, Dictionary(Type=Name.OBJR, Obj=own, Pg=pdf.pages[0].obj)])
    root.ParentTree.Nums = Array([*root.ParentTree.Nums, 2, paragraph])
    return pdf


def test_a_link_that_a_paragraph_holds_gets_a_link_of_its_own() -> None:
    web = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    content, _ = take(saved(with_annotation(Subtype=Name.Link, A=web)))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        link = pdf.pages[0].obj.Annots[0]
        element = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(link.StructParent)]
        assert Name.Link == element.S and element.P.S == Name.P
        [held] = list(element.K) if isinstance(element.K, Array) else [element.K]
        assert held.Obj.objgen == link.objgen


@pytest.mark.parametrize("kind", ["/Text", "/FileAttachment"])
def test_a_note_or_file_that_was_taken_out_stays_in_no_tag(kind: str) -> None:
    pdf = with_annotation(Subtype=Name(kind), Contents=String("Secret note about Zoe"))
    file = pdf.make_stream(b"the other child's report")
    pdf.pages[0].obj.Annots[0].FS = Dictionary(Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=file))
    content, account = take(saved(pdf))
    assert account.removed
    assert b"Secret note" not in content and b"other child" not in content


# --- fonts ------------------------------------------------------------------------------------------------------------


def collection(supplement: int) -> Any:
    return Dictionary(Registry=String("Adobe"), Ordering=String("Own"), Supplement=supplement)


def coded(encoding: Any, *, wide: int | None = None, supplement: int = 1) -> tuple[pikepdf.Pdf, Any]:
    """A font of two bytes a letter, its letters' widths as they are in the file, or all of another width."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    file = pdf.make_stream((FOLDER / "Sans-Regular.ttf").read_bytes())
    described = Dictionary(Type=Name.FontDescriptor, FontName=Name.Odd, Flags=4, FontFile2=file)
    own = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Odd, FontDescriptor=described)
    own.CIDSystemInfo = collection(supplement)
    own.CIDToGIDMap, own.W = Name.Identity, Array([3, Array([wide])]) if wide is not None else Array()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Odd, DescendantFonts=Array([own]))
    font.Encoding = encoding(pdf) if callable(encoding) else encoding
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(b"BT /F 12 Tf 72 700 Td <0003> Tj ET")
    return pdf, page.Resources.Font.F


def table(content: bytes, **entries: Any) -> Any:
    told = {"Type": Name.CMap, "CMapName": Name.Own, "CIDSystemInfo": collection(1)}
    return lambda pdf: pdf.make_stream(content, **told, **entries)


MAPS: dict[str, tuple[Any, int, bool]] = {
    "by number": (Name("/Identity-H"), 0, True),
    "one that readers are to know": (Name("/90ms-RKSJ-H"), 0, False),
    "in the file": (table(b"/WMode 0 def"), 1, True),
    "of an older collection than the font": (table(b"/WMode 0 def"), 2, False),
    "two ways of writing (7.21.3.3-2)": (table(b"/WMode 1 def"), 1, False),
    "downwards": (table(b"/WMode 1 def", WMode=1), 1, True),
    "one that uses another (7.21.3.3-3)": (table(b"/Other usecmap"), 1, False),
}


@pytest.mark.parametrize("kind", MAPS)
def test_a_table_of_codes_is_in_the_file_and_fits_its_font(kind: str) -> None:
    encoding, supplement, sound = MAPS[kind]
    pdf, font = coded(encoding, supplement=supplement)
    assert character_maps.is_sound(font) is sound, pdf


def test_widths_are_those_of_the_letters() -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(FOLDER / "Sans-Regular.ttf")
    true = round(font["hmtx"].metrics[font.getGlyphOrder()[3]][0] * 1000 / font["head"].unitsPerEm)
    assert letter_widths.barriers(coded(Name("/Identity-H"), wide=true)[0]) == []
    [said] = letter_widths.barriers(coded(Name("/Identity-H"), wide=true + 5)[0])
    assert said == "letters of these fonts are shown with other widths than they have: Odd (page 1)"


def test_so_are_those_of_a_font_of_one_byte_a_letter() -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(FOLDER / "Sans-Regular.ttf")
    true = font["hmtx"].metrics[font.getBestCmap()[ord("A")]][0] * 1000 / font["head"].unitsPerEm
    for width, said in ((true, 0), (true + 5, 1)):
        pdf, wide = coded(Name("/Identity-H"))
        described = wide.DescendantFonts[0].FontDescriptor
        own = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Odd, FontDescriptor=described)
        own.Encoding, own.FirstChar, own.Widths = Name.WinAnsiEncoding, 65, Array([round(width, 3)])
        pdf.pages[0].obj.Resources.Font.F = pdf.make_indirect(own)
        pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F 12 Tf 72 700 Td (A) Tj ET")
        assert len(letter_widths.barriers(pdf)) == said


def test_a_font_is_that_of_before_when_its_place_is_left() -> None:
    pdf, font = coded(Name("/Identity-H"))
    pdf.pages[0].obj.Resources.Font.G = pdf.make_indirect(Dictionary(dict(font.items())))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/F 12 Tf q /G 9 Tf <0004> Tj Q <0003> Tj")
    assert [codes for _, codes in missing_shapes.codes_shown(pdf.pages[0])] == [{4}, {3}]


def test_the_language_of_a_mark_is_nothing_that_is_shown() -> None:
    pdf, _ = coded(Name("/Identity-H"))
    content = b"/Span <</Lang (en-GB) /ActualText <FEFF0041> /E (\\(x\\))>> BDC BT /F 12 Tf <0003> Tj ET EMC"
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    [(_, codes)] = missing_shapes.codes_shown(pdf.pages[0])
    assert codes == {3}


# --- forms, and fonts of many letters ---------------------------------------------------------------------------------


def in_a_form(pdf: pikepdf.Pdf, deep: int = 1, own: bool = True) -> pikepdf.Pdf:
    """The same with what its page shows moved into a form within so many forms, with the page's fonts or its own."""
    page = pdf.pages[0].obj
    form = pdf.make_stream(page.Contents.read_bytes(), Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
    if own:
        form.Resources, page.Resources = Dictionary(Font=page.Resources.Font), Dictionary()
    for _ in range(deep - 1):
        around = pdf.make_stream(b"q /Inner Do Q", Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
        around.Resources = Dictionary(XObject=Dictionary(Inner=form))
        form = around
    page.Resources.XObject, page.Contents = Dictionary(Form=form), pdf.make_stream(b"q /Form Do Q")
    return pdf


@pytest.mark.parametrize(("deep", "own"), [(1, True), (3, True), (1, False)])
def test_what_a_form_shows_is_looked_at_too(deep: int, own: bool) -> None:
    [said] = letter_widths.barriers(in_a_form(coded(Name("/Identity-H"), wide=5)[0], deep, own))
    assert said.endswith("Odd (page 1)")


def test_a_form_begins_with_the_font_around_it_and_is_followed_once() -> None:
    pdf, _ = coded(Name("/Identity-H"))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F 12 Tf ET " + b"/Form Do " * 3)
    form = pdf.make_stream(b"BT <0009> Tj ET /Form Do", Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
    form.Resources = Dictionary(XObject=Dictionary(Form=form))
    pdf.pages[0].obj.Resources.XObject = Dictionary(Form=form)
    assert [codes for _, codes in missing_shapes.codes_shown(pdf.pages[0])] == [{9}]


def compact_font(letters: int, drawn: Counter[str], monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A font in the compact form with so many letters, each 500 wide; which of them are drawn is counted."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.misc.psCharStrings import T2CharString

    names = [".notdef", *(f"letter{n}" for n in range(1, letters))]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    plain = {name: T2CharString(program=[500, 0, "hmoveto", "endchar"]) for name in names}
    builder.setupCFF("Own", {}, plain, {})
    table = builder.font["CFF "].compile(builder.font)
    drawing = T2CharString.draw

    def counted(self: T2CharString, pen: Any, *more: Any) -> None:
        drawn["drawn"] += 1
        drawing(self, pen, *more)

    monkeypatch.setattr(T2CharString, "draw", counted)
    return bytes(table)


def test_of_a_compact_font_only_the_letters_that_are_shown_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: Counter[str] = Counter()
    data = compact_font(400, drawn, monkeypatch)
    for width, said in ((500, 0), (510, 1)):
        pdf, font = coded(Name("/Identity-H"), wide=width)
        own = font.DescendantFonts[0]
        own.Subtype = Name.CIDFontType0
        del own.FontDescriptor.FontFile2
        own.FontDescriptor.FontFile3 = pdf.make_stream(data, Subtype=Name.CIDFontType0C)
        assert len(letter_widths.barriers(pdf)) == said
    assert drawn["drawn"] == 1


def test_a_text_that_is_never_closed_hides_none_after_it_from_its_own_marks() -> None:
    pdf, _ = coded(Name("/Identity-H"))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/F 12 Tf (\0\x05) Tj (\0\x06) Tj <0003> Tj (\0\x04")
    [(_, codes)] = missing_shapes.codes_shown(pdf.pages[0])
    assert {3, 4, 5, 6} <= codes
