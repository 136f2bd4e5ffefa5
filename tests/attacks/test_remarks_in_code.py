"""Words that stand in a PDF where nobody looks: in the code of its pages, in names, in marks for paper alone."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from generator.bundle import names_found
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts, texts_to_search
from generator.bundle.evidence.page_by_page.pdf_objects import strings_and_names
from generator.bundle.evidence.sanitise import IntakeWish, take
from tests.bundle_makers import made, saved
from tests.markers import plain, said_in

SHOWN = b"BT /F1 14 Tf 60 600 Td (Hello 50% of them) Tj ET"
REMARK = "programmer's remark"
CODE = {
    "a comment": b"% Jordan Peters was here\n" + SHOWN,
    "a comment at the end": SHOWN + b"\n%Jordan Peters",
    "a comment with a bracket": b"%(Jordan Peters\r" + SHOWN,
    "an operator that is none": SHOWN + b" BX (Jordan Peters) zq EX",
    "one with other signs": SHOWN + b" BX <4a6f7264616e205065746572732077> zq EX",
    "a list for one": SHOWN + b" BX [(Jordan Peters)] zq EX",
    "a number behind it": SHOWN + b" BX (Jordan Peters) 5 zq EX",
    "a dictionary for one": SHOWN + b" BX <</A (Jordan Peters)>> zq EX",
    "a name for one": SHOWN + b" BX /JordanPeters zq EX",
    "its own name": SHOWN + b" BX Jordan Peters EX",
    "one that takes no text": SHOWN + b" (Jordan Peters) q Q",
    "none at all": SHOWN + b" (Jordan Peters)",
    "a text that never ends": SHOWN + b" (Jordan Peters",
    "words that another text takes the place of": SHOWN.replace(b"(Hello", b"(Jordan Peters) (Hello"),
    "words that none draws, though one follows": SHOWN + b" BT /F1 9 Tf 9 9 Td (Jordan Peters) (xxx) zq Tj ET",
}


@pytest.mark.parametrize("code", CODE.values(), ids=CODE)
def test_words_in_the_code_of_a_page_go(code: bytes) -> None:
    pdf = made()
    pdf.pages[0].obj.Contents = pdf.make_stream(code)
    clean, account = take(saved(pdf), IntakeWish("Report"))
    assert not any(b"jordan" in plain(part) or b"4a6f7264616e" in part for part in said_in(clean))
    assert page_texts(clean)[0].strip() == "Hello 50% of them"
    assert any(REMARK in what for what in account.removed)


SPLIT = {
    "a text": ([b"BT /F1 14 Tf 60 600 Td (Hel", b"lo 50% of) Tj ET"], "Hel lo 50% of"),
    "a text with brackets in brackets": (
        [b"BT /F1 14 Tf 60 600 Td (a (b (c) % d", b") e q) Tj ET"],
        "a (b (c) % d ) e q",
    ),
    "a picture": ([b"q BI /W 4 /H 1 /BPC 8 /CS /G ID % ", b"% EI Q", SHOWN], "Hello 50% of them"),
    "an operand": ([b"BT /F1 14 Tf 60 600 Td (Hello)", b"Tj ET"], "Hello"),
}


@pytest.mark.parametrize(("codes", "shown"), SPLIT.values(), ids=SPLIT)
def test_code_in_several_streams_is_read_as_one(codes: list[bytes], shown: str) -> None:
    pdf = made()
    pdf.pages[0].obj.Contents = Array([pdf.make_stream(code) for code in (*codes, b"\n%Jordan Peters")])
    clean, account = take(saved(pdf), IntakeWish("Report"))
    assert not any(b"jordan" in plain(part) for part in said_in(clean))
    assert " ".join(page_texts(clean)[0].split()) == shown and not account.warnings


def test_a_stream_that_is_within_a_text_on_one_page_is_left_as_it_is() -> None:
    pdf = made(2)
    shared = pdf.make_stream(b"lo %Jordan) Tj ET\n")
    pdf.pages[0].obj.Contents = Array([pdf.make_stream(b"BT /F1 14 Tf 60 600 Td (Hel"), shared])
    pdf.pages[1].obj.Contents = Array([pdf.make_stream(SHOWN), shared])
    clean, _ = take(saved(pdf), IntakeWish("Report"))
    assert [" ".join(text.split()) for text in page_texts(clean)] == ["Hel lo %Jordan", "Hello 50% of them"]


def test_words_in_the_code_of_forms_patterns_and_letters_go() -> None:
    pdf = made()
    box, code = Array([0, 0, 90, 90]), b"%Jordan Peters\n0 0 1 1 re f"
    form = pdf.make_stream(code, Type=Name.XObject, Subtype=Name.Form, BBox=box)
    tile = {"PaintType": 1, "TilingType": 1, "XStep": 9, "YStep": 9, "Resources": Dictionary()}
    tile = pdf.make_stream(code, Type=Name.Pattern, PatternType=1, BBox=box, **tile)
    letter = pdf.make_stream(b"9 0 d0 " + code)
    resources = pdf.pages[0].obj.Resources
    resources.XObject, resources.Pattern = Dictionary(Fm=form), Dictionary(P0=tile)
    drawn = Dictionary(
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])), FirstChar=97, LastChar=97
    )
    resources.Font.F3 = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=box, FontMatrix=Array([1, 0, 0, 1, 0, 0]),
        CharProcs=Dictionary(a=letter), Widths=Array([9]), **drawn,
    )  # fmt: skip
    pdf.pages[0].obj.Contents = pdf.make_stream(
        SHOWN + b" /Fm Do /Pattern cs /P0 scn 0 0 9 9 re f BT /F3 9 Tf 9 9 Td (a) Tj ET"
    )
    clean, account = take(saved(pdf), IntakeWish("Report"))
    assert not any(b"jordan" in plain(part) for part in said_in(clean))
    assert "3 programmer's remarks that no page shows" in account.removed


def test_code_without_words_is_left_as_it_is() -> None:
    pdf = made()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"%%\n" + SHOWN)
    clean, account = take(saved(pdf), IntakeWish("Report"))
    assert not any(REMARK in what for what in account.removed) and "Hello" in page_texts(clean)[0]


def test_a_number_that_came_out_as_none_is_no_word() -> None:
    pdf = made()
    pdf.pages[0].obj.Contents = pdf.make_stream(SHOWN + b" 1 nan m 9 9 l S")
    clean, account = take(saved(pdf), IntakeWish("Report"))
    assert not any(REMARK in what for what in account.removed) and any(b"1 nan m" in part for part in said_in(clean))


@pytest.mark.parametrize(
    ("flags", "drawn", "told"),
    [(36, True, True), (4, True, False), (32, True, True), (38, False, False), (34, False, False)],
)
@pytest.mark.parametrize("kind", [Name.Stamp, Name.Widget])
def test_what_shows_on_no_screen_is_told_where_it_is_drawn(kind: Name, flags: int, drawn: bool, told: bool) -> None:
    pdf = made()
    look = pdf.make_stream(
        b"BT /F1 14 Tf 5 5 Td (Jordan Peters) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 150, 30]),
        Resources=pdf.pages[0].obj.Resources,
    )
    mark = Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array([60, 600, 210, 630]), F=flags, AP=Dictionary(N=look))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(mark)])
    if kind == Name.Widget:
        mark = pdf.pages[0].obj.Annots[0]
        mark.FT, mark.T, mark.V = Name.Tx, "x", "Jordan Peters"
        pdf.Root.AcroForm = Dictionary(Fields=Array([mark]))
    clean, account = take(saved(pdf), IntakeWish("Report"))
    assert bool(names_found(texts_to_search(clean), ["Jordan Peters"])) is drawn
    assert ("1 mark on page 1 shows on no screen, and is drawn: look at it" in account.warnings) is told


def test_what_shows_on_no_screen_and_is_not_drawn_is_not_told_as_drawn() -> None:
    pdf = made()
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([60, 600, 210, 630]), F=36)
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([60, 500, 210, 530]), F=36, FT=Name.Tx, T="x")
    field.AP = Dictionary(N=pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 150, 30])))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp), pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[1]]))
    _, account = take(saved(pdf), IntakeWish("Report"))
    assert not any("on no screen" in warning for warning in account.warnings)
    assert any("have no look of their own" in warning for warning in account.warnings)


@pytest.mark.parametrize("name", ["/Jordan Peters", "/JordanPeters", "/jordan_peters"])
def test_a_name_as_a_name_of_a_pdf_is_told(name: str) -> None:
    pdf = made()
    pdf.pages[0].obj.Tabs = Name(name)
    clean, _ = take(saved(pdf), IntakeWish("Report"))
    assert names_found(texts_to_search(clean), ["Jordan Peters"], unasked=True)
    with pikepdf.open(io.BytesIO(clean)) as opened:
        assert str(opened.pages[0].obj.Tabs) == name


@pytest.mark.parametrize("key", ["Properties", "XObject"])
def test_a_thing_kept_under_a_name_is_told_and_called_otherwise(key: str) -> None:
    pdf = made(2)
    form = pdf.make_stream(
        b"BT /F1 14 Tf 60 300 Td (Drawn) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 500, 500]),
        Resources=pdf.pages[0].obj.Resources,
    )  # fmt: skip
    resources = pdf.pages[1].obj.Resources
    resources["/" + key] = Dictionary({"/Taken.out.1": Dictionary(MCID=7)})
    resources["/" + key]["/Jordan Peters"] = form if key == "XObject" else Dictionary(MCID=0)
    code = b" /Jordan#20Peters Do" if key == "XObject" else b" /P /Jordan#20Peters BDC " + SHOWN + b" EMC"
    pdf.pages[1].obj.Contents = pdf.make_stream(SHOWN + code)
    clean, _ = take(saved(pdf), IntakeWish("Report"))
    assert names_found(texts_to_search(clean), ["Jordan Peters"], unasked=True)
    taken, account = take(saved(pdf), IntakeWish("Report", redact=("Jordan Peters",)))
    assert not any(b"jordan" in plain(part) for part in said_in(taken))
    assert page_texts(taken) == page_texts(clean) and ("Drawn" in page_texts(taken)[1]) is (key == "XObject")
    assert list(account.warnings) == ["“Jordan Peters” was taken out of what no page shows, and no page says it"]


@pytest.mark.parametrize("name", ["/Jordan Peters", "/JordanPeters"])
def test_a_name_as_a_name_of_a_pdf_is_taken_out(name: str) -> None:
    pdf = made(2)
    pdf.pages[1].obj.Tabs = Name(name)
    pdf.pages[0].obj.Resources.Odd = Array([Name(name)])
    taken, _ = take(saved(pdf), IntakeWish("Report", redact=("Jordan Peters",)))
    assert not any(b"jordan" in plain(part) for part in said_in(taken))
    assert not names_found(texts_to_search(taken), ["Jordan Peters"])


def test_words_of_the_standard_are_no_names_of_people_wherever_they_stand() -> None:
    pdf = made()
    packed = pdf.make_stream(b"", Filter=Array([Name.ASCII85Decode, Name.FlateDecode]))
    pdf.Root.Odd = Array([Name.DeviceGray, Name.FlateDecode, packed, Array([Name.Sam_Rivers])])
    said = [str(value) for *_, value in strings_and_names(pdf)]
    assert "/Sam_Rivers" in said and not {"/FlateDecode", "/DeviceGray", "/ASCII85Decode"} & set(said)


def test_words_that_nobody_sees_are_quoted_to_the_end_of_a_word() -> None:
    pdf = made()
    words = b"A long account of all that was said in the hall on that day by the helper called Jordanetta"
    pdf.pages[0].obj.Contents = pdf.make_stream(SHOWN + b" BT 3 Tr /F1 6 Tf 60 500 Td (%s) Tj ET" % words)
    _, account = take(saved(pdf), IntakeWish("Report"))
    [told] = [one for one in account.warnings if "cannot be seen" in one]
    begun = told.partition("“")[2].partition(" …")[0]
    assert words.decode().startswith(f"{begun} ") and len(begun) > 60
