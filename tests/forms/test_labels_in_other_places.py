"""Layouts in which what a place asks stands where few forms print it: inside, over columns, behind, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pikepdf
import pytest

from generator.cases.case import Case
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.answering.place_answers import answer_of
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import MappedPlace
from generator.forms.authority.learn import learn
from generator.forms.authority.paths import Sources
from tests.forms.invented_forms import InventedForm, control
from tests.forms.invented_pdf import PdfPage, saved

TITLE = "Request for an EHC needs assessment"


def mapped(form: InventedForm | PdfPage) -> tuple[MappedPlace, ...]:
    content, ending = (form.content(), "docx") if isinstance(form, InventedForm) else (saved(form.pdf, form), "pdf")
    blank = read_form_file(content, f"form.{ending}")
    return learn(blank, "form", "standard", load_dictionary(), date(2026, 11, 29)).places


def titled() -> InventedForm:
    form = InventedForm()
    form.document.add_heading(TITLE, 1)
    return form


def titled_pdf() -> PdfPage:
    page = PdfPage(pikepdf.new())
    page.say(50, 800, TITLE, 16, True)
    return page


def firsts(places: Sequence[MappedPlace]) -> list[str]:
    return [p.fields[0] if p.fields else "" for p in places]


def answers(places: Sequence[MappedPlace], ada: Case) -> list[object]:
    return [None if p.by_hand else answer_of(p, Sources.of(ada)) for p in places]


def test_a_label_in_small_print_inside_its_field_names_that_field_and_no_other() -> None:
    page = titled_pdf()
    rows = (
        ("Surname", "Forename(s)", "Date of birth"),
        ("UPN", "NHS number", "Postcode"),
        ("Name of school", "SENCO", "DfE number"),
    )
    for row, labels in enumerate(rows):
        for column, label in enumerate(labels):
            x, y = 50 + 160 * column, 740 - 42 * row
            page.say(x + 2, y + 24, label, 6.5)
            page.field(f"f{row}{column}", x, y, 155, None, tall=32)
    places = mapped(page)
    assert [p.label for p in places] == [label for labels in rows for label in labels]
    assert [p.label for p in places if not p.sure] == ["Name of school"] or all(p.sure for p in places)


def test_a_hint_in_one_field_alone_is_no_label() -> None:
    page = titled_pdf()
    page.say(50, 746, "Surname")
    page.say(152, 752, "in capitals", 6.5)
    page.field("f1", 150, 740, 200, None, tall=24)
    assert [p.label for p in mapped(page)] == ["Surname"]


def test_fields_for_day_month_and_year_share_one_date(ada: Case) -> None:
    page = titled_pdf()
    page.say(50, 750, "Date of birth")
    for number, (x, wide, most) in enumerate(((200, 30, 2), (245, 30, 2), (290, 50, 4))):
        page.field(f"d{number}", x, 746, wide, None, MaxLen=most)
    page.say(235, 750, "/")
    page.say(280, 750, "/")
    places = mapped(page)
    assert answers(places, ada) == ["14", "05", "2018"] and all(p.sure for p in places)


def test_rings_below_yes_and_no_are_asked_by_the_words_behind_them(ada: Case) -> None:
    page = titled_pdf()
    page.say(50, 760, "Yes")
    page.say(85, 760, "No")
    for number, asked in enumerate(("Looked after by the local authority", "English as an additional language")):
        y = 740 - 18 * number
        page.rings(f"r{number}", [(52, y, "Yes"), (87, y, "No")], None)
        page.say(120, y + 2, asked, 9)
    places = mapped(page)
    assert [p.label for p in places] == ["Looked after by the local authority", "English as an additional language"]
    assert answers(places, ada) == ["No", "No"]


def test_professions_over_the_columns_are_those_of_the_records(ada: Case) -> None:
    form = titled()
    form.heading("Professionals")
    form.table(
        ["", "Educational psychologist", "Occupational therapist", "CAMHS"],
        ["Name", "", "", ""],
        ["Date of report", "", "", ""],
    )
    said = answers(mapped(form), ada)
    assert said[:2] == ["Dr Helen Marsh", "Priya Nair"] and not said[2]
    assert said[3:5] == ["15/05/2026", "11/06/2026"] and not said[5]


def test_social_care_among_services_is_not_what_the_request_says_of_social_care() -> None:
    form = titled()
    form.table(
        ["Service", "Length of involvement"],
        ["Educational Psychology", ""],
        ["CAMHS", ""],
        ["Social Care", ""],
    )
    assert firsts(mapped(form)) == ["", "", ""]


def test_a_first_column_of_ticks_takes_the_words_of_the_second(ada: Case) -> None:
    form = titled()
    form.heading("Evidence enclosed")
    form.table(
        ["\u2713", "Document", "Page(s)"],
        ["", "Educational psychologist\u2019s report", ""],
        ["", "Paediatrician\u2019s report", ""],
    )
    ticks = [p for p in mapped(form) if p.kind == "checkbox"]
    assert [p.label for p in ticks] == [
        "Evidence enclosed: Educational psychologist\u2019s report",
        "Evidence enclosed: Paediatrician\u2019s report",
    ]
    assert [bool(a) for a in answers(ticks, ada)] == [True, False]


def test_words_to_delete_in_a_first_cell_are_a_choice_but_not_where_the_choice_is_beside(ada: Case) -> None:
    form = titled()
    form.line("Parent/carer")
    form.table(["Mr / Mrs / Miss / Ms / Dr (delete as appropriate)", "Name", ""])
    form.line("Status")
    form.table(["Child protection plan / Child in need / Early help (circle)", "CP / CIN / EH / None"])
    title, name, status = mapped(form)
    assert title.kind == "choice" and answers([title, name], ada) == ["Ms", "Samira Brown"]
    assert status.options and firsts([status]) == ["pupil.child_protection_plan"]


def test_gaps_of_a_sentence_are_named_by_the_brackets_behind_them_and_never_sure(ada: Case) -> None:
    form = titled()
    form.line("I am __________ (name), the __________ (position) of __________ (school).")
    form.line("I ask for __________ (child\u2019s full name), born on __________ (date of birth).")
    form.line("The child\u2019s parents are __________ and __________. They *agree / do not agree with this request.")
    places = mapped(form)
    said = answers(places, ada)
    assert said[:3] == ["Mrs Joanna Hale", "SENCO", "Larkfield Community School"]
    assert said[3:7] == ["Ada Rose Brown", "14/05/2018", "Samira Brown", "Daniel Brown"]
    assert [p.kind for p in places[7:]] == ["choice"]
    assert not [p.label for p in places if p.sure and p.fields]


def test_the_brackets_of_numbers_and_hints_name_no_gap() -> None:
    form = titled()
    form.line("(a) Surname: __________  (b) Forenames: __________ (in full)")
    assert firsts(mapped(form)) == ["pupil.legal_surname", "pupil.forenames"]


def test_year_beside_another_label_is_the_year_group_and_pounds_a_year_are_not(ada: Case) -> None:
    form = titled()
    form.table(["Pupil\u2019s initials", "", "Year", ""])
    form.heading("Costed provision")
    form.table(
        ["", "Hours per week", "\u00a3 per hour", "\u00a3 per year"],
        ["Teaching assistant 1:1", "", "", ""],
        ["TOTAL", "", "", ""],
    )
    form.heading("Attendance")
    form.table(["", "Autumn", "Spring"], ["This school year (%)", "", ""])
    places = mapped(form)
    assert answers(places[:2], ada) == ["ARB", "4"]
    assert [p.label for p in places[2:] if "pupil.year_group" in p.fields or "pupil.class_teacher" in p.fields] == []
    assert [p.by_hand for p in places[2:5]] == [True] * 3
    assert not [p.label for p in places[5:7] if p.writing.startswith("pounds")]


def test_the_end_of_last_year_is_the_last_school_year_and_a_year_ago_no_more_than_a_year_and_a_half(ada: Case) -> None:
    form = titled()
    form.heading("Attainment")
    form.table(["", "Reading", "Maths"], ["End of last year", "", ""], ["A year ago", "", ""])
    ended_reading, ended_maths, ago_reading, ago_maths = answers(mapped(form), ada)
    assert ended_reading == "Within Year 1 (09/07/2026)"
    assert str(ended_maths).endswith("(09/07/2026)")
    assert str(ago_reading).endswith("(04/07/2025)") and not ago_maths


@pytest.mark.parametrize(("second", "sure"), [("Additional", False), ("Secondary", False)])
def test_types_of_need_are_ranked_as_areas_are(second: str, sure: bool, ada: Case) -> None:
    form = titled()
    form.heading("Category of need (tick)")
    table = form.table(["Category", "Main", second], ["SpLD", "", ""], ["SLCN", "", ""], header=True)
    box = (
        '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="0"/>'
        "</w14:checkbox>"
    )
    for row in (1, 2):
        for column in (1, 2):
            control(table.cell(row, column).paragraphs[0], box, "\u2610")
    places = mapped(form)
    assert answers(places, ada) == [True, False, False, True]
    assert [p.sure for p in places] == [True, sure, True, sure]


@pytest.mark.parametrize(
    ("hints", "sure"),
    [
        (("Block capitals", "Maximum 500 words", "dd/mm/yyyy"), True),
        (("As on the birth certificate", "First and middle names", "Name of school"), False),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_hint_in_each_field_is_no_label_where_words_stand_before_or_above(
    hints: Sequence[str], sure: bool, above: bool
) -> None:
    page = titled_pdf()
    labels = ["Surname", "Forenames", "Date of birth"]
    for number, (label, hint) in enumerate(zip(labels, hints, strict=True)):
        y = 700 - 60 * number
        page.say(150 if above else 50, y + (35 if above else 24), label)
        page.say(152, y + 24, hint, 6.5)
        page.field(f"f{number}", 150, y, 200, None, tall=32)
    places = mapped(page)
    assert [p.label for p in places] == labels and [p.sure for p in places] == [sure] * 3


def test_a_heading_above_does_not_name_a_field_with_its_label_inside() -> None:
    page = titled_pdf()
    page.say(50, 760, "1. The child", 12, True)
    for number, label in enumerate(("Surname", "Forenames", "Date of birth")):
        page.say(52 + 160 * number, 744, label, 6.5)
        page.field(f"f{number}", 50 + 160 * number, 720, 155, None, tall=32)
    assert [p.label for p in mapped(page) if p.sure] == ["Surname", "Forenames", "Date of birth"]


def test_the_parts_of_a_date_are_joined_although_one_stands_a_little_higher(ada: Case) -> None:
    page = titled_pdf()
    page.say(50, 488, "Date of birth")
    for number, (x, wide, most) in enumerate(((200, 30, 2), (245, 30, 2), (290, 50, 4))):
        page.field(f"d{number}", x, 485.1 if number == 1 else 484.9, wide, None, MaxLen=most)
    assert answers(mapped(page), ada) == ["14", "05", "2018"]


def test_a_column_headed_document_is_a_list_of_papers_without_a_heading() -> None:
    form = titled()
    form.table(["Tick", "Document", "Page"], ["", "Timetable", ""], ["", "Looked after", ""])
    ticks = [p for p in mapped(form) if p.kind == "checkbox"]
    assert firsts(ticks) == ["evidence.items[kind=timetable].id", ""]
