"""A part claims to be accessible only where rules of ISO 14289-1 that we check hold; else the reason and the page."""

# ruff: noqa: C408, E501 - a font is its keywords, and a case reads best on one line

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.bundle.evidence.accessible import tag_barriers
from generator.bundle.evidence.accessible.letters import font_barriers
from generator.bundle.evidence.accessible.letters.embed_fonts import FOLDER
from tests.bundle.taken import take
from tests.bundle_makers import made, plan_pdf, saved

SANS = (FOLDER / "Sans-Regular.ttf").read_bytes()
LETTERS = b"/CIDInit begincmap 1 beginbfchar <0003> <0041> endbfchar endcmap"


def with_font(content: bytes, **font: Any) -> pikepdf.Pdf:
    """Two pages, the second with this font and content."""
    pdf = pikepdf.new()
    for _ in range(2):
        pdf.add_blank_page(page_size=(595, 842))
    stream = pdf.make_stream(SANS)
    given = {key: value(pdf, stream) if callable(value) else value for key, value in font.items()}
    page = pdf.pages[1].obj
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(Dictionary(Type=Name.Font, **given))))
    page.Contents = pdf.make_stream(b"BT /F 12 Tf 72 700 Td " + content + b" ET")
    return pdf


def descriptor(flags: int = 32, **more: Any) -> Any:
    def make(pdf: pikepdf.Pdf, file: Any) -> Any:
        return pdf.make_indirect(
            Dictionary(Type=Name.FontDescriptor, FontName=Name.Odd, Flags=flags, FontFile2=file, **more)
        )

    return make


def wide(**more: Any) -> dict[str, Any]:
    """A font of two bytes a letter, as most programs write it."""

    def descendants(pdf: pikepdf.Pdf, file: Any) -> Any:
        described = descriptor(4, CIDSet=pdf.make_stream(b"\x80"))(pdf, file)
        system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        own = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Odd, CIDSystemInfo=system, FontDescriptor=described
        )
        return Array([pdf.make_indirect(own)])

    return dict(
        Subtype=Name.Type0, BaseFont=Name.Odd, Encoding=Name("/Identity-H"), DescendantFonts=descendants, **more
    )


def means(data: bytes = LETTERS) -> Any:
    return lambda pdf, file: pdf.make_stream(data)


TRUE = dict(Subtype=Name.TrueType, BaseFont=Name.Odd)
WIN = Name.WinAnsiEncoding
FONTS: dict[str, tuple[bytes, dict[str, Any], str]] = {
    "all is well": (b"(Ada) Tj", TRUE | dict(Encoding=WIN, FontDescriptor=descriptor()), ""),
    "not inside": (b"(Ada) Tj", TRUE | dict(Encoding=WIN), "fonts are not inside the file: Odd (page 2)"),
    "symbols without meaning (7.21.7)": (b"(Ada) Tj", TRUE | dict(FontDescriptor=descriptor(4)), "no meaning a machine can read: Odd (page 2)"),
    "symbols with meaning": (b"(A) Tj", TRUE | dict(FontDescriptor=descriptor(4), ToUnicode=means()), ""),
    "names of no letters (7.21.7)": (b"(A) Tj", TRUE | dict(FontDescriptor=descriptor(), Encoding=Dictionary(BaseEncoding=WIN, Differences=Array([65, Name.g17]))), "no meaning a machine can read: Odd (page 2)"),
    "names of letters": (b"(A) Tj", TRUE | dict(FontDescriptor=descriptor(), Encoding=Dictionary(BaseEncoding=WIN, Differences=Array([65, Name.eacute]))), ""),
    "letters without an encoding (7.21.6)": (b"(A) Tj", TRUE | dict(FontDescriptor=descriptor(), ToUnicode=means()), "encoded in a way that PDF/UA does not allow: Odd (page 2)"),
    "a code without a shape (7.21.8)": (b"(Ada \\t) Tj", TRUE | dict(Encoding=WIN, FontDescriptor=descriptor()), "have no shape: Odd (page 2)"),
    "a letter that the font lacks (7.21.8)": (b"(A) Tj", TRUE | dict(FontDescriptor=descriptor(), Encoding=Dictionary(BaseEncoding=WIN, Differences=Array([65, Name.alef]))), "have no shape: Odd (page 2)"),
    "two bytes and well": (b"<00030003> Tj", wide(ToUnicode=means()), ""),
    "two bytes without meaning (7.21.7)": (b"<0003> Tj", wide(), "no meaning a machine can read: Odd (page 2)"),
    "two bytes that mean nothing (7.21.7)": (b"<0003> Tj", wide(ToUnicode=means(b"1 beginbfchar <0003> <0000> endbfchar")), "no meaning a machine can read: Odd (page 2)"),
    "two bytes without a shape (7.21.8)": (b"[<0003> 20 <0000>] TJ", wide(ToUnicode=means()), "have no shape: Odd (page 2)"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FONTS)
def test_what_about_a_font_keeps_a_file_from_being_accessible_is_told_with_its_page(kind: str) -> None:
    content, font, said = FONTS[kind]
    found = font_barriers.barriers(with_font(content, **font))
    own = [one for one in found if "Odd" in one]
    assert (len(own) == 1 and said in own[0]) if said else own == [], found


def test_lists_of_letters_that_need_not_be_there_go_and_what_is_meant_is_said() -> None:
    content, _ = take(saved(with_font(b"<0003> Tj", **wide(ToUnicode=means()))))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        [own] = [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Subtype") == "/CIDFontType2"]
        assert own.CIDToGIDMap == "/Identity" and "/CIDSet" not in own.FontDescriptor


def tagged(*elements: tuple[str, Any]) -> list[str]:
    """The barriers of a tagged file with these elements: a role, and its kids or its own entries."""
    pdf = made(1)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def element(role: str, inside: Any) -> Any:
        entries = dict(inside) if isinstance(inside, dict) else {}
        entries |= {
            key: Dictionary(dict(value.items())) for key, value in entries.items() if isinstance(value, Dictionary)
        }
        kids = [element(*kid) for kid in inside] if isinstance(inside, list) else []
        return pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + role), K=Array(kids), **entries))

    root.K = Array([element("Document", list(elements))])
    pdf.Root.StructTreeRoot = root
    return tag_barriers.barriers(pdf)


def test_notes_must_have_names_of_their_own() -> None:
    named: list[tuple[str, Any]] = [("Note", {"ID": String(name)}) for name in "ab"]
    assert tagged(*named) == []
    nameless: list[tuple[str, Any]] = [("Note", {})]
    for wrong in (nameless, [named[0], named[0]]):
        assert tagged(*wrong) == ["its notes have no names of their own, so that no reader can be led to them"]


HEAD: tuple[str, Any] = ("TH", {"A": Dictionary(O=Name.Table, Scope=Name.Column)})
ROW: tuple[str, Any] = ("TR", [("TD", [])])
TWO: tuple[str, Any] = ("TR", [("TD", []), ("TD", [])])
WIDE: tuple[str, Any] = ("TR", [("TD", {"A": Dictionary(O=Name.Table, ColSpan=2)})])
UNEVEN: list[tuple[tuple[str, Any], str]] = [
    (("Table", [ROW, TWO]), "rows of a table with different numbers of columns"),
    (("Table", [("TBody", [ROW, TWO])]), "rows of a table with different numbers of columns"),
    (("Table", [("THead", [ROW])]), "parts of a table that do not make one"),
    (("Table", [("THead", [ROW]), ("THead", [ROW]), ("TBody", [ROW])]), "parts of a table that do not make one"),
    (("Table", [ROW, ("Caption", []), ROW]), "Caption in the middle of Table"),
    (("L", [("LI", []), ("Caption", [])]), "Caption in the middle of L"),
    (("Table", [("TR", [("TH", [])])]), "TH without what it is the heading of"),
    (("NonStruct", [("H", []), ("H", [])]), "several headings without a level in one place"),
    (("Paragraph", []), "Paragraph, which is no usual tag"),
]


@pytest.mark.parametrize(("wrong", "said"), UNEVEN)
def test_what_is_built_otherwise_is_a_barrier(wrong: tuple[str, Any], said: str) -> None:
    assert tagged(wrong) == [f"its tags are not built as they must be: {said}"]
    assert tagged(("Table", [WIDE, TWO]), ("Table", [("Caption", []), ROW])) == []


@pytest.mark.parametrize("odd", [Name.Two, String("2"), 1.0, True], ids=repr)
@pytest.mark.parametrize("key", ["RowSpan", "ColSpan"])
def test_what_is_no_number_of_rows_or_columns_is_one(key: str, odd: Any) -> None:
    cell: tuple[str, Any] = ("TD", {"A": Dictionary({"/O": Name.Table, "/" + key: odd})})
    assert tagged(("Table", [("TR", [cell]), ROW])) == []


def test_the_cells_of_a_table_fill_its_grid() -> None:
    def row(*cells: tuple[int, int]) -> tuple[str, Any]:
        return "TR", [("TD", {"A": Dictionary(O=Name.Table, RowSpan=high, ColSpan=wide)}) for high, wide in cells]

    said = ["its tags are not built as they must be: rows of a table with different numbers of columns"]
    for right in (
        [row((2, 1), (1, 1)), row((1, 1))],
        [row((1, 2), (2, 1)), row((1, 1), (1, 1))],
        [row((3, 1)), row(), row()],
    ):
        assert tagged(("Table", right)) == [], right
    for wrong in ([row((2, 1), (1, 1)), row((1, 2))], [row((2, 1), (1, 1))], [row((1, 1), (2, 1)), row((1, 2))]):
        assert tagged(("Table", wrong)) == said, wrong


def test_headings_without_a_level_are_as_deep_as_they_stand() -> None:
    deep: tuple[str, Any] = ("Sect", [("H", [])])
    assert tagged(("H", []), deep) == []
    assert tagged(deep) == ["its headings leave a level out, or do not begin with the first"]


def test_a_language_that_there_is_not_is_a_barrier() -> None:
    assert tagged(("P", {"Lang": String("pl-PL")})) == []
    assert tagged(("P", {"Lang": String("-pl")})) == ["it names a language that there is not"]


def test_tables_and_lists_hold_what_they_may_hold() -> None:
    right = ("Table", [("THead", [("TR", [HEAD])]), ("TBody", [("TR", [("TD", [("P", [])])])])])
    assert tagged(right, ("L", [("LI", [("Lbl", []), ("LBody", [])])])) == []
    for wrong, said in (
        (("Table", [("TR", [("P", [])])]), "P in TR"),
        (("TD", []), "TD in Document"),
        (("L", [("P", [])]), "P in L"),
    ):
        assert tagged(wrong) == [f"its tags are not built as they must be: {said}"]


def test_our_own_documents_claim_what_they_claimed() -> None:
    assert not take(plan_pdf())[1].barriers
