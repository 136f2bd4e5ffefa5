"""PDF forms whose labels stand above their fields, below them, or both on one page."""

from __future__ import annotations

from datetime import date

import pikepdf
import pytest

from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import MappedPlace
from generator.forms.authority.learn import learn
from tests.forms.invented_pdf import PdfPage, saved

LABELS = ("Surname", "Forename", "Date of birth", "UPN", "Year group")
FIELDS = ["pupil.legal_surname", "pupil.forenames", "pupil.date_of_birth", "pupil.upn", "pupil.year_group"]


def mapped(page: PdfPage) -> tuple[MappedPlace, ...]:
    blank = read_form_file(saved(page.pdf, page), "form.pdf")
    return learn(blank, "form", "standard", load_dictionary(), date(2026, 11, 29)).places


def titled() -> PdfPage:
    page = PdfPage(pikepdf.new())
    page.say(50, 800, "Harrowmere: EHC needs assessment request", 16, True)
    return page


def rows_above(page: PdfPage, pitch: float, under: float, top: float = 760) -> None:
    """Each label with its field below it, whose foot is `under` points lower."""
    for number, label in enumerate(LABELS):
        page.say(50, top - number * pitch, label)
        page.field(f"Up{number}", 50, top - under - number * pitch, 230, None)


def foot_below(page: PdfPage, top: float) -> None:
    for x, label in ((50, "Name of SENCO"), (220, "Name of headteacher"), (390, "Name of school")):
        page.field(f"Foot{x}", x, top, 150, None)
        page.say(x, top - 10, label, 8)


@pytest.mark.parametrize(("pitch", "under"), [(26, 20), (28, 20), (30, 20), (30, 22), (34, 20), (44, 22), (44, 26)])
def test_a_label_above_its_field_in_close_rows_belongs_to_that_field(pitch: float, under: float) -> None:
    page = titled()
    rows_above(page, pitch, under)
    assert [(p.where.field, *p.fields) for p in mapped(page)] == [(f"Up{n}", f) for n, f in enumerate(FIELDS)]


@pytest.mark.parametrize("note_under", [9, 12])
def test_close_rows_with_words_below_the_last_are_never_sure_of_another_field(note_under: float) -> None:
    page = titled()
    rows_above(page, 30, 20)
    page.say(50, 760 - 4 * 30 - 20 - note_under, "Please go on overleaf")
    wrong = [p for n, p in enumerate(mapped(page)) if p.sure and p.fields and p.fields != (FIELDS[n],)]
    assert wrong == []


def test_a_page_with_labels_above_and_below_is_read_block_by_block() -> None:
    page = titled()
    rows_above(page, 30, 20)
    foot_below(page, 540)
    places = mapped(page)
    assert [p.fields[0] for p in places[:5]] == FIELDS
    assert [p.label for p in places[5:]] == ["Name of SENCO", "Name of headteacher", "Name of school"]
    assert not [p.id for p in places if p.sure]


def test_labels_below_their_lines_are_found_and_nothing_on_such_a_page_is_sure() -> None:
    page = titled()
    for number, label in enumerate(LABELS):
        page.field(f"Up{number}", 50, 740 - number * 44, 230, None)
        page.say(50, 740 - 11 - number * 44, label, 8)
    places = mapped(page)
    assert [(p.where.field, *p.fields) for p in places] == [(f"Up{n}", f) for n, f in enumerate(FIELDS)]
    assert not [p.id for p in places if p.sure]
