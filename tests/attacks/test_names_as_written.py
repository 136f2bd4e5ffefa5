"""Names in disguise: the guard finds them, `redact` takes them out, and what is no name is left alone."""

from __future__ import annotations

import pytest
from pikepdf import Dictionary, Name

from generator.bundle import NamesFound, names_found, terms_found
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts, texts_to_search
from generator.bundle.evidence.sanitise import IntakeWish, take
from generator.bundle.name_forms import read, spans
from generator.bundle.name_search import perhaps_named
from tests.bundle_makers import made, saved

WRITTEN = [
    ("Jordan Peters", "with Jordan Pe\ufffeters about it"),
    ("Jordan Peters", "Jordan Pe-\nters"),
    ("Jordan Peters", "Jordan Pe-\r\n  ters"),
    ("Jordan Peters", "Jor\u00addan Pet\u00aders"),
    ("Jordan Peters", "Jordan\u00a0Peters"),
    ("Jordan Peters", "Jordan\nPeters"),
    ("Jordan Peters", "J o r d a n  P e t e r s"),
    ("Jordan Peters", "about J O R D A N P E T E R S today"),
    ("Jordan Peters", "J\no\nr\nd\na\nn\n\nP\ne\nt\ne\nr\ns"),
    ("Jordan Peters", "J ordan Pet ers"),
    ("Jordan Peters", "Jor\u200bdan P\u2060eters\ufeff"),
    ("Jordan Peters", "\u202eJordan Peters\u202c"),
    ("Jordan Peters", "J. Peters"),
    ("Jordan Peters", "J Peters"),
    ("Jordan Peters", "Peters, J."),
    ("Jordan Peters", "Peters (Jordan)"),
    ("Jordan Peters", "PETERS Jordan"),
    ("Jordan Peters", "Jordan P."),
    ("Jordan Peters", "sat with Jordan P at lunch"),
    ("Jordan Peters", "Jordan L. Peters"),
    ("Jordan Peters", "J0rdan Pefers"),
    ("Jordan Peters", "Jordan Pctcrs"),
    ("Jordan Peters", "Jоrdаn Реters"),
    ("Jordan Peters", "Ｊordan Ｐeters"),
    ("Nia Okafor", "Okafor (Nia)"),
    ("Nia Okafor-Reid", "Nia Okafor-\nReid"),
    ("Nia Okafor-Reid", "Okafor Reid, Nia"),
    ("Sofie Griffin", "So\ufb01e Gri\ufb03n"),
    ("Łukasz Wójcik", "Lukasz Wojcik"),
    ("Lukasz Wojcik", "ŁUKASZ WÓJCIK"),
    ("Søren Ægir", "Soren AEgir"),
    ("Zoë Strauß", "ZOE STRAUSS"),
    ("Zoë Grant", "Zoe\u0308 Grant"),
    ("Siân O’Brien", "Sian OBrien"),
]

NOT_WRITTEN = [
    ("Jordan Peters", "Jordan and Mrs Petersen"),
    ("Jordan Peters", "the jordan peterson book"),
    ("Jordan Peters", "Jordan put the book away"),
    ("Al Li", "all I did"),
    ("Sam Lee", "the same, leek soup"),
    ("Sam Lee", "Samuel Leeson"),
    ("12 High Street", "12 Highfield Street"),
    ("Jordan", "Jordanian figs"),
]


@pytest.mark.parametrize(("name", "text"), WRITTEN)
def test_a_name_is_read_as_people_read_it(name: str, text: str) -> None:
    assert names_found(["no name here", text], [name]) == [NamesFound(name, 2)]


@pytest.mark.parametrize(("name", "text"), NOT_WRITTEN)
def test_what_is_no_name_is_left_alone(name: str, text: str) -> None:
    assert names_found([text], [name]) == []


@pytest.mark.parametrize(("name", "text"), WRITTEN)
def test_the_place_of_a_name_is_known(name: str, text: str) -> None:
    """What is blacked out is the name, whole, and nothing beside it."""
    [run] = spans(read(text), name)
    outside = text[: run.start] + text[run.stop :]
    assert not names_found([outside], [name]) and len(text) - len(outside) >= 6
    assert outside.strip(" .,()\u202e\u202c\ufeff") in ("", "with  about it", "about  today", "sat with  at lunch")


def test_several_on_one_page_are_each_found() -> None:
    text = "Jordan Peters, J. Peters and Peters, Jordan"
    assert [text[run.start : run.stop] for run in spans(read(text), "Jordan Peters")] == [
        "Jordan Peters",
        "J. Peters",
        "Peters, Jordan",
    ]


# -- in a PDF ---------------------------------------------------------------------------------------------------------

DRAWN = {
    "a line's end with a hyphen": "BT /F1 12 Tf 50 700 Td (saw Jordan Pe-) Tj 0 -14 Td (ters there.) Tj ET",
    "a soft hyphen": "BT /F1 12 Tf 50 700 Td (saw Jordan Pe\255) Tj 0 -14 Td (ters there.) Tj ET",
    "letters set apart": "BT /F1 12 Tf 9 Tc 50 700 Td (saw Jordan Peters) Tj ET",
    "letters with spaces": "BT /F1 12 Tf 50 700 Td (saw J o r d a n  P e t e r s there) Tj ET",
    "a column of letters": "BT /F1 12 Tf 50 700 Td " + " ".join(f"({c}) Tj 0 -14 Td" for c in "JordanPeters") + " ET",
    "turned letters": "BT /F1 12 Tf 0 1 -1 0 300 300 Tm (saw Jordan Peters) Tj ET",
    "two pieces far apart in the file": "BT /F1 12 Tf 50 700 Td (Jordan) Tj ET 0 0 1 1 re f "
    "BT /F1 12 Tf 92 700 Td (Peters) Tj ET",
    "letters that are read as a name": "/Span <</ActualText (Jordan Peters)>> BDC BT /F1 12 Tf 50 700 Td (JP) "
    "Tj ET EMC",
    "a name that is read as something else": "/Span <</ActualText (x)>> BDC BT /F1 12 Tf 50 700 Td "
    "(Jordan Peters) Tj ET EMC",
}


@pytest.mark.parametrize("way", DRAWN)
def test_the_guard_and_redact_find_it_on_a_page(way: str) -> None:
    pdf = made()
    pdf.pages[0].obj.Contents = pdf.make_stream(DRAWN[way].encode("latin-1"))
    pdf.pages[0].obj.Resources.Font.F1 = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    plain = take(saved(pdf), IntakeWish("Report"))[0]
    assert names_found(texts_to_search(plain), ["Jordan Peters"])
    content, account = take(saved(pdf), IntakeWish("Report", redact=("Jordan Peters",)))
    assert not names_found(texts_to_search(content), ["Jordan Peters"]) and "eters" not in page_texts(content)[0]
    assert any("taken out on page 1" in line for line in account.done)


# -- who may be meant -------------------------------------------------------------------------------------------------

SCHOOL = ["Jordan Peters", "Nia Okafor", "Ella White", "Tom Hope", "Ada Brown", "Leo Brown"]

PERHAPS = [
    ("Peters would not share", "Jordan Peters"),
    ("Peters’ coat", "Jordan Peters"),
    ("PETERS", "Jordan Peters"),
    ("Nia (5B) came", "Nia Okafor"),
    ("Nia in Year 4 came", "Nia Okafor"),
    ("Nia, 5B, came", "Nia Okafor"),
    ("and then White left", "Ella White"),
]
NOBODY = ["white paper", "White paper was used", "Brown came", "Nia came", "Hope", "peters out", "Nia (mum) came"]


@pytest.mark.parametrize(("text", "name"), PERHAPS)
def test_a_surname_or_a_first_name_with_a_class_may_mean_a_pupil(text: str, name: str) -> None:
    assert [one.name for one in perhaps_named([text], SCHOOL, ["Ada Brown"])] == [name]


@pytest.mark.parametrize("text", NOBODY)
def test_words_that_mean_nobody_are_not_told(text: str) -> None:
    assert perhaps_named([text], SCHOOL, ["Ada Brown"]) == []


@pytest.mark.parametrize(
    "text",
    ["Her aunt keeps the tele-\nphone number", "Her aunt keeps the tele\ufffephone number", "HER AUNT  KEEPS THE "
     "TELEPHONE NUMBER", "Her aunt keeps the tele\u00adphone num\u200bber", "H e r a u n t keeps the telephone number"],
)  # fmt: skip
def test_a_withheld_sentence_is_found_however_it_is_broken(text: str) -> None:
    assert terms_found(text, ["Her aunt keeps the telephone number"])
