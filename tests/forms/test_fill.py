"""A form filled: every answer at its place when the file is opened again, everything else as it was."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pikepdf
import pytest

from generator.cases.case import Case
from generator.files.atomic_files import digest
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.answering.place_answers import NOT_SURE, WITHHELD, answers
from generator.forms.authority.form_map import FormMap
from generator.forms.filling.fill_form import fill_form
from generator.forms.filling.fill_word import fill_word
from generator.forms.filling.pdf_fields.fill_pdf import fill_pdf
from generator.problems import FilesHaveErrors
from generator.word_files.docx_package import unpacked
from tests.forms.conftest import Learned, confirmed

Get = Callable[[str], Learned]


def rows_of(content: bytes, first_cell: str) -> list[list[str]]:
    """The rows of the table that begins with a word."""
    document = docx.Document(io.BytesIO(content))
    table = next(t for t in document.tables if t.rows[0].cells[0].text.startswith(first_cell))
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.fixture(scope="module")
def request_filled(learned: Get, ada: Case) -> bytes:
    blank, form, _ = learned("brackenshire-request")
    return fill_word(blank.content, answers(confirmed(form), ada)).content


@pytest.mark.whole
def test_words_stand_in_their_cells_and_behind_their_labels(request_filled: bytes) -> None:
    assert rows_of(request_filled, "Family name") == [
        ["Family name: Brown", "Given names: Ada Rose"],
        ["Date of birth: 14/05/2018", "Unique Pupil Number: X999400122017"],
    ]
    assert rows_of(request_filled, "Preferred name")[1] == ["Ada", "4", "MWBC"]
    assert rows_of(request_filled, "Parent 2")[1] == ["Name", "Daniel Brown", "Relationship to child", "father"]


def test_lines_boxes_and_choices_are_filled_as_a_person_would(request_filled: bytes) -> None:
    document = docx.Document(io.BytesIO(request_filled))
    lines = {p.text.split(":")[0].split("  ")[0].strip(): p for p in document.paragraphs}
    address = next(p for p in document.paragraphs if p.text.startswith("Home address"))
    assert "12 Tannery Row, Northmoor, ZZ99 3CZ" in address.text and address.text.rstrip().endswith("ZZ99 3CZ")
    assert lines["GP surgery"].text.split("Telephone:")[1].strip() == "01632 960 200"
    gender = next(p for p in document.paragraphs if p.text.startswith("Gender"))
    assert re.findall(r'w:char="(\w+)"', gender._p.xml) == ["F0A8", "F0FE"]
    eal = next(p for p in document.paragraphs if "additional language" in p.text)
    assert [run.text.strip(" /") for run in eal.runs if run.font.strike] == ["Yes"]


def test_rows_are_added_where_a_grid_has_too_few(request_filled: bytes) -> None:
    services = next(
        t
        for t in docx.Document(io.BytesIO(request_filled)).tables
        if len(t.columns) == 4 and t.rows[0].cells[1].text == "Name"
    )
    assert [row.cells[1].text for row in services.rows[1:]] == [
        "Kofi Mensah", "Dr Helen Marsh", "Priya Nair", "Frances Doyle", "Tom Avery",
    ]  # fmt: skip


def test_what_is_not_filled_is_the_same_byte_for_byte(learned: Get, ada: Case, request_filled: bytes) -> None:
    blank, _, _ = learned("brackenshire-request")
    before, after = unpacked(blank.content), unpacked(request_filled)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]
    office = rows_of(request_filled, "Office use")
    assert office[1] == ["Date logged", "", "Caseworker", ""]


@pytest.mark.whole
def test_controls_lose_their_prompt_and_dates_keep_their_day(learned: Get, ada: Case) -> None:
    blank, form, _ = learned("dalesmoor-plan")
    xml = unpacked(fill_word(blank.content, answers(confirmed(form), ada)).content)["word/document.xml"].decode()
    assert "showingPlcHdr" not in xml and "PlaceholderText" not in xml
    assert 'w:fullDate="2018-05-14T00:00:00Z"' in xml and "14 May 2018" in xml


def test_a_place_that_is_not_sure_is_not_filled(learned: Get, ada: Case) -> None:
    _, form, _ = learned("brackenshire-request")
    doubtful = replace(form, places=tuple(replace(p, sure=False) for p in form.places))
    states = {one.state for one in answers(doubtful, ada)}
    assert "filled" not in states and NOT_SURE in states


def test_another_file_than_the_one_that_was_learned_is_refused(learned: Get, ada: Case, tmp_path: Path) -> None:
    blank, form, _ = learned("brackenshire-request")
    file = tmp_path / form.file
    file.write_bytes(blank.content + b" ")
    with pytest.raises(FilesHaveErrors, match="not the file that was learned"):
        fill_form(replace(form, blank=file), ada)


def test_too_many_words_go_to_a_sheet_that_both_places_name(learned: Get, ada: Case, tmp_path: Path) -> None:
    blank, form, _ = learned("brackenshire-request")
    file = tmp_path / form.file
    file.write_bytes(blank.content)
    short = tuple(replace(p, words=20) if p.fields == ("request.reason",) else p for p in form.places)
    made = fill_form(replace(confirmed(form), places=short, blank=file), ada)
    [over] = made.overflow
    reason = ada.data("request")["reason"]
    assert over.text == reason and made.sheet is not None
    assert f"[continuation sheet, {over.number}]" in "\n".join(rows_of(made.content, "Ada is")[0])
    assert reason in "\n".join(p.text for p in docx.Document(io.BytesIO(made.sheet)).paragraphs)
    assert any("continuation sheet, 1" in said for said in made.findings)
    assert any(
        said.endswith("Headteacher’s signature (p044)") and "2 places are yours" in said for said in made.findings
    )


def test_an_address_that_is_withheld_stands_nowhere(learned: Get, ada: Case) -> None:
    blank, form, _ = learned("brackenshire-request")
    pupil = ada.one("pupil")
    assert pupil is not None
    hidden = replace(pupil, data={**pupil.data, "address_withheld": True})
    case = replace(ada, records=tuple(hidden if r is pupil else r for r in ada.records))
    found = answers(confirmed(form), case)
    assert [one.place.fields[0] for one in found if one.state == WITHHELD] == ["pupil.address", "pupil.postcode"]
    assert b"Tannery Row" not in unpacked(fill_word(blank.content, found).content)["word/document.xml"]


# -- PDF --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdf_form(learned: Get) -> FormMap:
    return confirmed(learned("kilnshire-referral")[1])


@pytest.mark.whole
def test_a_pdf_gets_values_states_and_appearances(learned: Get, pdf_form: FormMap, ada: Case) -> None:
    blank = learned("kilnshire-referral")[0]
    made = fill_pdf(blank.content, answers(pdf_form, ada))
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        fields = {str(f.T): f for f in pdf.Root.AcroForm.Fields}
        assert str(fields["Text1"].V) == "Brown" and str(fields["Dropdown6"].V) == "Year 4"
        assert str(fields["g"].V) == "/1" and [str(k.AS) for k in fields["g"].Kids] == ["/Off", "/1"]
        assert b"<42726f776e> Tj" in fields["Text1"].AP.N.read_bytes()
        assert fields["Text3"].AP.N.read_bytes().count(b"Tj") == 13
        assert (str(fields["d0"].V), str(fields["d1"].V)) == ("120", "60")
        assert "/V" not in fields["f0"]


def test_rows_that_a_pdf_has_no_room_for_are_on_the_sheet(
    learned: Get, pdf_form: FormMap, ada: Case, tmp_path: Path
) -> None:
    blank = learned("kilnshire-referral")[0]
    file = tmp_path / "form.pdf"
    file.write_bytes(blank.content)
    made = fill_form(replace(pdf_form, file="form.pdf", blank=file, digest=digest(blank.content)), ada)
    [rows] = [over for over in made.overflow if over.rows]
    assert rows.reason == "the form has 2 rows, the records have 9" and len(rows.rows) == 7


@pytest.mark.whole
def test_letters_that_the_form_has_no_font_for_are_drawn_with_ours(learned: Get, pdf_form: FormMap, ada: Case) -> None:
    pupil = ada.one("pupil")
    assert pupil is not None
    polish = replace(pupil, data={**pupil.data, "legal_surname": "Wiśniewska"})
    case = replace(ada, records=tuple(polish if r is pupil else r for r in ada.records))
    made = fill_pdf(learned("kilnshire-referral")[0].content, answers(pdf_form, case))
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        drawn = next(f for f in pdf.Root.AcroForm.Fields if str(f.T) == "Text1").AP.N
        [font] = drawn.Resources.Font.values()
        assert str(font.Subtype) == "/Type0" and "/ToUnicode" in font


def test_a_filled_form_is_read_as_the_same_form(learned: Get, request_filled: bytes) -> None:
    """Nothing that was written hides a place that is still to be filled in by hand."""
    again = read_form_file(request_filled, "filled.docx")
    left = [p for p in again.places if "signature" in p.label.lower()]
    assert len(left) == 2
