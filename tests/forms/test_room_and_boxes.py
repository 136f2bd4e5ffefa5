"""How much a shape of a Word form holds, and how a date fills boxes of one figure each."""

from __future__ import annotations

import pytest
from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import W
from generator.forms.answer_places.place import AnswerPlace, Around, Where
from generator.forms.authority.form_map import mapped
from generator.forms.authority.proposing.proposal import Proposal
from generator.forms.filling.room_in_shapes import room_of_text_box

_OOXML = "http://schemas.openxmlformats.org"
_OFFICE = "http://schemas.microsoft.com/office/word/2010"
_NAMES = (
    f'xmlns:w="{_OOXML}/wordprocessingml/2006/main" xmlns:wp="{_OOXML}/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:a="{_OOXML}/drawingml/2006/main" xmlns:wps="{_OFFICE}/wordprocessingShape" '
    f'xmlns:wpg="{_OFFICE}/wordprocessingGroup"'
)
POINT = 12700


def shape(wide: int = 0, high: int = 0) -> str:
    """A text box, with its own size in points where it has one."""
    size = f'<a:xfrm><a:ext cx="{wide * POINT}" cy="{high * POINT}"/></a:xfrm>' if wide else ""
    return (
        f"<wps:wsp><wps:spPr>{size}</wps:spPr><wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp>"
    )


def drawing(inside: str) -> etree._Element:
    """The text box of a drawing of 460 by 620 points."""
    root = etree.fromstring(
        f'<w:drawing {_NAMES}><wp:inline><wp:extent cx="{460 * POINT}" cy="{620 * POINT}"/>{inside}</wp:inline>'
        "</w:drawing>"
    )
    return next(root.iter(W + "txbxContent"))


def group(inside: str, drawn: int, within: int) -> str:
    return (
        f'<wpg:wgp><wpg:grpSpPr><a:xfrm><a:ext cx="{drawn}" cy="{drawn}"/><a:chExt cx="{within}" cy="{within}"/>'
        f"</a:xfrm></wpg:grpSpPr>{inside}</wpg:wgp>"
    )


def test_a_box_in_a_group_holds_what_it_holds_itself() -> None:
    alone = room_of_text_box(drawing(shape(114, 36)))
    assert alone == (18, 2)
    assert room_of_text_box(drawing(group(shape(114, 36), 5, 5))) == alone
    assert room_of_text_box(drawing(group(shape(228, 72), 5, 10))) == alone
    assert room_of_text_box(drawing(group(group(shape(456, 144), 5, 10), 5, 10))) == alone


def test_a_box_whose_size_is_not_told_is_as_large_as_its_drawing_and_unknown_in_a_group() -> None:
    assert room_of_text_box(drawing(shape())) == (81, 42)
    assert room_of_text_box(drawing(group(shape(), 5, 5))) is None


@pytest.mark.parametrize(
    ("style", "boxes", "written"),
    [
        ("dd/mm/yyyy", 8, "ddmmyyyy"),
        ("dd/mm/yyyy", 6, "ddmmyy"),
        ("mm/yyyy", 6, "mmyyyy"),
        ("yyyy-mm-dd", 8, "yyyymmdd"),
        ("yyyy-mm-dd", 6, "yymmdd"),
        ("d MMMM yyyy", 8, "ddmmyyyy"),
        ("dd/mm/yyyy", 10, "dd/mm/yyyy"),
        ("dd/mm/yyyy", 7, "dd/mm/yyyy"),
        ("dd", 8, "dd"),
    ],
)
def test_a_date_in_boxes_keeps_the_order_of_its_style(style: str, boxes: int, written: str) -> None:
    place = AnswerPlace("cell", "", Where(), Around(), characters=boxes, date_format=style)
    assert mapped([place], [Proposal(("pupil.date_of_birth",), "date")])[0].date_format == written
