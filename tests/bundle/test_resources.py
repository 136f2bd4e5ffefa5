"""What a page has at hand and does not name is taken away; where all is named, nobody looks further."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from generator.bundle.evidence.page_by_page.resources import are_all_named


def page_with(drawn: bytes, **at_hand: Dictionary) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].Contents = pdf.make_stream(drawn)
    pdf.pages[0].Resources = Dictionary({f"/{kind}": value for kind, value in at_hand.items()})
    return pdf


def form(pdf: pikepdf.Pdf, **own: object) -> pikepdf.Object:
    return pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=pikepdf.Array([0, 0, 1, 1]), **own)


def font() -> Dictionary:
    return Dictionary(Type=Name.Font)


@pytest.mark.parametrize(
    ("drawn", "all_named"),
    [(b"BT /F1 9 Tf/F2 8 Tf ET", True), (b"BT /F1 9 Tf ET", False), (b"BT /F1 9 Tf (/F2x) Tj ET", False), (b"", False)],
)
def test_every_name_must_stand_in_the_content(drawn: bytes, all_named: bool) -> None:
    with page_with(drawn, Font=Dictionary(F1=font(), F2=font())) as pdf:
        assert are_all_named(pdf) is all_named
        pdf.remove_unreferenced_resources()
        assert (len(pdf.pages[0].Resources.Font.keys()) == 2) is all_named, "and the library takes away what is not"


def test_a_form_with_names_of_its_own_is_looked_at_more_closely() -> None:
    for own, all_named in ((Dictionary(), True), (Dictionary(Font=Dictionary(F1=font())), False), (None, False)):
        with page_with(b"/X Do") as pdf:
            drawn = form(pdf) if own is None else form(pdf, Resources=own)
            pdf.pages[0].Resources.XObject = Dictionary(X=drawn)
            assert are_all_named(pdf) is all_named
