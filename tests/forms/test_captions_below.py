"""Word forms whose labels stand below their lines or cells: each belongs to what is above it, or nothing is sure."""

from __future__ import annotations

import pytest

from generator.forms.authority.form_map import MappedPlace
from tests.forms.invented_forms import InventedForm
from tests.forms.test_labels_in_other_places import firsts, mapped, titled

LINE = "_" * 40
LABELS = ("Surname", "First name", "Date of birth")
FIELDS = ["pupil.legal_surname", "pupil.forenames", "pupil.date_of_birth"]


def lines(*texts: str) -> list[MappedPlace]:
    """The places of a form of such paragraphs between a heading and a table."""
    form = titled()
    form.heading("Child")
    for text in texts:
        form.line(text)
    form.table(["UPN", ""])
    return [p for p in mapped(form) if p.kind == "line"]


def test_captions_below_the_lines_of_a_block_name_the_lines_above_them() -> None:
    places = lines(*(text for label in LABELS for text in (LINE, label)))
    assert firsts(places) == FIELDS and [p.label for p in places] == list(LABELS)


def test_captions_in_brackets_stand_below_also_one_alone_and_after_an_introduction() -> None:
    assert [p.label for p in lines(LINE, "(Surname)")] == ["Surname"]
    places = lines("Please fill in", *(text for label in LABELS for text in (LINE, f"({label})")))
    assert firsts(places) == FIELDS


@pytest.mark.whole
def test_labels_above_stay_above_and_a_hint_in_brackets_is_no_caption() -> None:
    above = [text for label in LABELS for text in (f"{label}:", LINE)]
    assert firsts(lines(*above)) == FIELDS
    assert [p.label for p in lines(*above, "(please continue overleaf)")] == list(LABELS)
    assert [p.sure for p in lines(*above)] == [True] * 3


@pytest.mark.whole
def test_a_block_that_may_be_read_either_way_is_never_sure() -> None:
    between = [text for label in LABELS for text in (LINE, label)]
    assert not [p.label for p in lines(*between, LINE) if p.sure and p.fields]
    assert not [p.label for p in lines("Child", *between) if p.sure and p.fields]


def test_two_lines_with_two_captions_are_told_apart_and_with_one_they_are_not_sure() -> None:
    two = f"{LINE[:20]}     {LINE[:20]}"
    places = lines(two, "Surname          First name", two, "Date of birth          Year group")
    assert firsts(places) == [*FIELDS, "pupil.year_group"]
    unclear = lines(two, "Surname First name", two, "Date of birth Year group")
    assert not [p.label for p in unclear if p.sure and p.fields]


def test_captions_in_the_row_below_name_the_cells_above_them() -> None:
    form = titled()
    form.table(["", ""], ["(Surname)", "(First name)"], ["", ""], ["(Date of birth)", "(Year group)"])
    places = mapped(form)
    assert firsts(places) == [*FIELDS, "pupil.year_group"]
    assert ["tr[1]" in p.where.xpath for p in places] == [True, True, False, False]


def test_heads_over_cells_stay_heads_below_an_empty_row() -> None:
    form = titled()
    form.table(["", ""], ["Surname", "First name"], ["", ""])
    assert [p.where.xpath[-13:-8] for p in mapped(form)] == ["tr[3]", "tr[3]"]


def test_signatures_above_their_captions_are_by_hand() -> None:
    form: InventedForm = titled()
    form.table(["Surname", ""], ["First name", ""])
    form.line("Agreed")
    form.table(["", "", ""], ["Signature of headteacher", "Name in capitals", "Date"])
    places = mapped(form)
    assert len(places) == 5 and places[2].by_hand and places[2].label == "Signature of headteacher"


@pytest.mark.parametrize(
    ("heading", "heads", "labels"),
    [
        ("Professionals", ["Service", "Name", "Date last seen"], ["Educational psychologist", "Paediatrician"]),
        ("Parents and carers", ["Name", "Relationship", "Telephone"], ["Mother"]),
        ("Child", ["Surname", "First name"], ["Legal"]),
    ],
)
def test_a_blank_row_between_a_heading_and_heads_is_no_more_than_space(
    heading: str, heads: list[str], labels: list[str]
) -> None:
    form = titled()
    blank = [""] * len(heads)
    table = form.table([heading, *blank[1:]], blank, heads, *([label, *blank[1:]] for label in labels))
    table.cell(0, 0).merge(table.cell(0, len(heads) - 1))
    places = mapped(form)
    assert not [p.label for p in places if "tr[2]" in p.where.xpath and p.sure and p.fields]
    filled = [p for p in places if "tr[2]" not in p.where.xpath]
    assert [p.label for p in filled] == [f"{label}: {head}" for label in labels for head in heads[1:]]


def test_captions_above_a_row_with_room_of_its_own_are_not_sure_without_brackets() -> None:
    form = titled()
    form.table(["", ""], ["Surname", "First name"], ["", ""], ["Date of birth", "Year group"], ["UPN", ""])
    assert [p.sure for p in mapped(form)] == [False] * 4 + [True]
