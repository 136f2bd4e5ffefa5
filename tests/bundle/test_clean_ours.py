"""What was made here is cleaned by looking its names up: the same bytes and account as by looking everywhere."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.bundle.bundle_parts import Account
from generator.bundle.evidence import sanitise
from generator.bundle.evidence.accessible import tag_barriers
from generator.bundle.evidence.hidden import strip_metadata
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.page_by_page.shown_on_pages import pictures
from generator.bundle.evidence.sanitise import IntakeWish
from generator.engines import Docx, Pdf, choose
from tests.bundle_makers import docx, photo

Odd = Callable[[pikepdf.Pdf], None]
WISH = IntakeWish("Plan", ours=True)


@pytest.fixture(scope="module")
def plan() -> bytes:
    engine = choose("embedded")
    word = docx("Plan", [("Heading 1", "Plan"), "Reads two pages aloud."], [["Who", "What"]])
    [made] = engine.convert([Docx("plan", word)])
    engine.close()
    assert isinstance(made, Pdf)
    return made.content


def _element(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root.StructTreeRoot.K[0] if isinstance(pdf.Root.StructTreeRoot.K, Array) else pdf.Root.StructTreeRoot.K


def private_data(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.PieceInfo = Dictionary(Program=Dictionary(Private=String("a name")))


def photo_with_a_place(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(photo(gps=True), Type=Name.XObject, Subtype=Name.Image, Width=1200, Height=900)
    picture.ColorSpace, picture.BitsPerComponent, picture.Filter = Name.DeviceRGB, 8, Name.DCTDecode
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(P=picture)
    pdf.pages[0].contents_add(b"/Artifact BMC q 99 0 0 99 300 300 cm /P Do Q EMC")


def no_language(pdf: pikepdf.Pdf) -> None:
    _element(pdf).Lang = String("no language at all")


def language_in_other_letters(pdf: pikepdf.Pdf) -> None:
    _element(pdf).Lang = String("ąę")


def page_of_another_file(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Ref = Dictionary(F=String("other.pdf"), Page=0)
    pdf.pages[0].obj.Resources.XObject = Dictionary(F=form)
    pdf.pages[0].contents_add(b"/Artifact BMC /F Do EMC")


def font_that_is_not_in_it(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    pdf.pages[0].obj.Resources.Font["/Own"] = pdf.make_indirect(font)
    pdf.pages[0].contents_add(b"/Artifact BMC BT /Own 9 Tf 300 300 Td (more) Tj ET EMC")


def loose_link(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://example.org"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 700, 200, 720]), A=action)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def nothing(_: pikepdf.Pdf) -> None:
    """As it was drawn."""


ODD: dict[str, tuple[Odd, str]] = {
    "as drawn": (nothing, ""),
    "private data": (private_data, "private data of a program"),
    "photo with a place": (photo_with_a_place, "camera's note"),
    "no language": (no_language, "it names a language that there is not"),
    "language in other letters": (language_in_other_letters, "it names a language that there is not"),
    "page of another file": (page_of_another_file, "pages of another file"),
    "font that is not in it": (font_that_is_not_in_it, "fonts of the same widths put in for Helvetica"),
    "loose link": (loose_link, ""),
}


@pytest.mark.whole
@pytest.mark.parametrize("name", ODD)
def test_nothing_is_missed_by_looking_names_up(name: str, plan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    change, told = ODD[name]
    with pikepdf.open(io.BytesIO(plan)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    quick, account = sanitise.clean_ours(out.getvalue(), WISH)
    assert told in " ".join(_said(account))
    everywhere = tag_barriers.barriers
    monkeypatch.setattr(sanitise, "names_any", lambda *_: True)
    monkeypatch.setattr(strip_metadata, "names_any", lambda *_: True)
    monkeypatch.setattr(tag_barriers, "barriers", lambda pdf, _written=None: everywhere(pdf))
    assert sanitise.clean_ours(out.getvalue(), WISH) == (quick, account)


def _said(account: Account) -> list[str]:
    return [*account.done, *account.removed, *account.warnings, *account.barriers]


@pytest.mark.parametrize("change", [nothing, photo_with_a_place])
def test_what_was_read_on_the_way_is_what_the_clean_one_says(change: Odd, plan: bytes) -> None:
    with pikepdf.open(io.BytesIO(plan)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    clean, account, texts = sanitise.clean_ours_and_read(out.getvalue(), WISH)
    assert texts == page_texts(clean) and list(account.shows) == pictures(clean)
    assert "Reads two pages aloud." in texts[0] and bool(account.shows) == (change is not nothing)


def test_of_a_page_made_anew_what_it_says_now_is_read(plan: bytes) -> None:
    wish = IntakeWish("Plan", redact=("Reads two pages",), ours=True)
    clean, account, texts = sanitise.clean_ours_and_read(plan, wish)
    assert texts == page_texts(clean) and "aloud" in texts[0] and "Reads two pages" not in texts[0]
    assert list(account.shows) == pictures(clean)
