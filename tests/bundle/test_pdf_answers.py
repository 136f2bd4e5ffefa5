"""Answers of a filled PDF form, and what was typed onto a page, can be read on the page of the bundle."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.bundle import Account
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.sanitise import IntakeWish
from generator.values.notice import losses
from tests.bundle.taken import take_and_try
from tests.bundle_makers import made, saved

MULTILINE, COMB, COMBO, PASSWORD = 1 << 12, 1 << 24, 1 << 17, 1 << 13
LONG = "Ada needs adults who wait ten seconds before they repeat an instruction. " * 6


def form(*fields: Any, needs: bool = True) -> bytes:
    """A page with fields; each a dictionary of a widget's entries."""
    pdf = made(text="Form")
    widgets = [
        pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, T=String(f"f{n}"), **one))
        for n, one in enumerate(fields)
    ]
    pdf.pages[0].Annots = Array(widgets)
    pdf.Root.AcroForm = Dictionary(Fields=Array(widgets), NeedAppearances=needs)
    return saved(pdf)


def text(value: str, box: tuple[float, ...] = (60, 600, 300, 690), **more: Any) -> dict[str, Any]:
    return {"FT": Name.Tx, "V": String(value), "Rect": Array(list(box)), **more}


def taken(content: bytes) -> tuple[str, Account, bytes]:
    """The words of the page, squeezed, the account, and the PDF."""
    result, account = take_and_try(content, IntakeWish("Form"))
    return " ".join(" ".join(page_texts(result)).split()), account, result


ANSWERS = {
    "one line": (text("Ada Brown"), "Ada Brown"),
    "letters outside Latin-1": (text("Łukasz Wiśniewski"), "Łukasz Wiśniewski"),
    "Greek and Cyrillic": (text("Καλημέρα Привет"), "Καλημέρα Привет"),
    "several lines": (text(LONG, Ff=MULTILINE), LONG.strip()),
    "several lines in one that has none": (text("first line\nsecond line"), "first line second line"),
    "longer than its line": (text(LONG[:70], (60, 600, 120, 620), DA=String("/Helv 12 Tf 0 g")), LONG[:70].strip()),
    "a comb": (text("AB12", Ff=COMB, MaxLen=8), "A B 1 2"),
    "no resources and no look": (text("Ada Brown", DA=String("/Nowhere 0 Tf")), "Ada Brown"),
    "not to be printed": (text("Seen on the screen", F=0), "Seen on the screen"),
    "turned": (text("Sideways", MK=Dictionary(R=90)), "Sideways"),
    "a choice": (
        {
            "FT": Name.Ch,
            "Ff": COMBO,
            "V": String("y2"),
            "Opt": Array([Array([String("y1"), String("Year 1")]), Array([String("y2"), String("Year 2")])]),
            "Rect": Array([60, 600, 300, 620]),
        },
        "Year 2",
    ),
}


@pytest.mark.whole
@pytest.mark.parametrize("needs", [True, False])
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_readable(name: str, needs: bool) -> None:
    field, words = ANSWERS[name]
    said, account, _ = taken(form(field, needs=needs))
    assert words in said
    assert not losses(account.warnings)


def test_what_is_hidden_is_no_answer() -> None:
    said, account, _ = taken(form(text("hidden words", F=2), text("secret", Ff=PASSWORD)))
    assert "hidden" not in said and "secret" not in said
    assert not losses(account.warnings)


@pytest.mark.whole
def test_a_good_look_is_kept_and_an_old_one_is_not() -> None:
    kept = looks("1 March 2026", value="2026-03-01", needs=False)
    assert "1 March 2026" in kept and "2026-03-01" not in kept
    assert "the new answer" in looks("the old one", value="the new answer", needs=True)


def looks(shown: str, value: str, needs: bool) -> str:
    """The page of a form whose field brings a look of its own."""
    with pikepdf.open(io.BytesIO(form(text(value), needs=needs))) as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        look = pdf.make_stream(f"BT /F1 12 Tf 2 40 Td ({shown}) Tj ET".encode())
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 240, 90])
        look.Resources = Dictionary(Font=Dictionary(F1=font))
        pdf.pages[0].Annots[0].AP = Dictionary(N=look)
        return taken(saved(pdf))[0]


@pytest.mark.whole
def test_letters_that_we_cannot_draw_stop_with_the_page() -> None:
    _, account, _ = taken(form(text("中文")))
    [lost] = losses(account.warnings)
    assert lost == "these letters of the answer in the field f0 cannot be drawn: 中文"
    assert lost.page == 1


@pytest.mark.whole
def test_an_answer_that_fits_no_box_stops_with_its_field() -> None:
    _, account, _ = taken(form(text(LONG * 5, (60, 600, 100, 610))))
    assert [one.partition(":")[0] for one in losses(account.warnings)] == [
        "the answer in the field f0 is longer than its box and is cut off"
    ]


@pytest.mark.parametrize("value", ["/Yes", "/Off"])
def test_a_tick_box_without_a_look_shows_whether_it_is_ticked(value: str) -> None:
    box = {"FT": Name.Btn, "V": Name(value), "Rect": Array([60, 600, 100, 640])}
    _, _, result = taken(form(box))
    page = pypdfium2.PdfDocument(result)[0].render(scale=1).to_pil().convert("L")
    middle = page.crop((75, 842 - 625, 85, 842 - 615)).getextrema()[0]
    assert (middle < 100) == (value == "/Yes")


TICKED = {"FT": Name.Btn, "V": Name.Yes, "AS": Name.Yes}
NO_LOOK = Dictionary(N=Dictionary(Yes=Dictionary()))


@pytest.mark.whole
@pytest.mark.parametrize(
    "field",
    [
        TICKED | {"AP": NO_LOOK, "Rect": Array([60, 600, 100, 640])},
        TICKED,
        TICKED | {"AP": NO_LOOK},
        TICKED | {"Rect": Array([60, 600, 100])},
        TICKED | {"Rect": Array([60, 600, String("right"), 640])},
        TICKED
        | {"AP": Name.Nothing, "MK": Name.Nothing, "F": Name.Four, "Ff": String("0"), "Rect": Array([60, 600, 9, 9])},
    ],
    ids=["a look that draws nothing", "no place", "neither", "half a place", "a word as place", "words for numbers"],
)
def test_an_odd_box_keeps_no_sound_form_out(field: dict[str, Any]) -> None:
    said, account, _ = taken(form(field, text("Ada Brown")))
    assert "Ada Brown" in said and not losses(account.warnings)


def test_an_answer_without_a_place_is_told() -> None:
    without = {"FT": Name.Tx, "V": String("Nowhere to be seen")}
    [lost] = losses(taken(form(without))[1].warnings)
    assert lost.page == 1 and "the field f0" in lost and "Nowhere to be seen" in lost


def typed(kind: str, **entries: Any) -> bytes:
    pdf = made(text="Page")
    mark = Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=Array([60, 500, 300, 560]), **entries)
    pdf.pages[0].Annots = Array([pdf.make_indirect(mark)])
    return saved(pdf)


@pytest.mark.parametrize("flags", [0, 4])
def test_typed_words_without_a_look_are_drawn(flags: int) -> None:
    said, account, _ = taken(typed("/FreeText", Contents=String("Typed by the parent, Zoë"), F=flags))
    assert "Typed by the parent, Zoë" in said
    assert not losses(account.warnings)
    assert "what was typed on page 1 drawn onto the page" in account.done


def test_a_stamp_without_a_look_says_its_name() -> None:
    assert "Not Approved" in taken(typed("/Stamp", Name=Name.NotApproved))[0]


def test_hidden_typed_words_stay_hidden() -> None:
    assert "never" not in taken(typed("/FreeText", Contents=String("never shown"), F=2))[0]
