"""Names in disguise: the guard finds them, `redact` takes them out, and what is no name is left alone."""

from __future__ import annotations

import pytest
from pikepdf import Dictionary, Name

from generator.bundle import NamesFound, names_found, terms_found
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts, texts_to_search
from generator.bundle.evidence.sanitise import IntakeWish, take
from generator.bundle.name_forms import read, spans
from generator.bundle.name_search import Perhaps, perhaps_named
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
    ("Jordan Peters", "ᴊᴏʀᴅᴀɴ ᴘᴇᴛᴇʀs"),
    ("Jordan Peters", "Jօrdan Peterѕ"),
    ("Jordan Peters", "Jor-   \n   dan Peters"),
    ("Jordan Peters", "Jordan_Peters"),
    ("Jordan Peters", "jordan.peters"),
    ("Jordan Peters", "Jordan/Peters"),
    ("Jordan Peters", "Jordan (Peters"),
    ("Jordan Peters", "Jordan%20Peters"),
    ("Jordan Peters", "__Jordan__ __Peters"),
    ("Jordan Peters", "Jordan1 Peters"),
    ("Jordan Peters", "Forename: Jordan\nSurname: Peters"),
    ("Jordan Peters", "Surname: Peters\nForename: Jordan"),
    ("Jordan Peters", "Peters; Jordan"),
    ("Jordan Peters", "JPeters"),
    ("Jordan Peters", "J-Peters"),
    ("Jordan Peters", "j_peters"),
    ("Jordan Peters", "Jordan Pe¬\nters"),
    ("Jordan Peters", "Jordan Pe- ters"),
    ("Jordan Peters", "Jor- dan Peters"),
    ("Jordan Peters", "J0rd4n Pet3rs"),
    ("Ella White", "ella white"),
    ("Ella White", "White, Ella"),
    ("Jack Brown", "JackBrown"),
    ("Jordan Peters", "J·o·r·d·a·n P·e·t·e·r·s"),
    ("Jordan Peters", "Jor-dan Pe-ters"),
    ("Jordan Peters", "\u202esreteP nadroJ\u202c"),
    ("Will Young", "Will Young"),
    ("Will Young", "W. Young"),
    ("Ruby Winters", "RWinters"),
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
    ("Jordan Peters", "Jordan,Peters"),
    ("Jordan Peters", "Jordan;Peters"),
    ("Jordan Peters", "Jordan&nbsp;Peters"),
    ("Jordan Peters", "Jordan&#32;Peters"),
    ("Jordan Peters", "Jordan=20Peters"),
    ("Jordan Peters", "Jordan\\nPeters"),
    ("Jordan Peters", "Jordan</b> <i>Peters"),
    ("Jordan Peters", "Peters_J"),
    ("Jordan Peters", "J_o_r_d_a_n P_e_t_e_r_s"),
    ("Jordan Peters", "J*o*r*d*a*n P*e*t*e*r*s"),
    ("Jordan Peters", "J|o|r|d|a|n P|e|t|e|r|s"),
    ("Jordan Peters", "J,o,r,d,a,n P,e,t,e,r,s"),
    ("Jordan Peters", "🅹🅾🆁🅳🅰🅽 🅿🅴🆃🅴🆁🆂"),
    ("Jordan Peters", "🇯🇴🇷🇩🇦🇳 🇵🇪🇹🇪🇷🇸"),
    ("Jordan Peters", "Jor\u3164dan Peters"),
    ("Jordan Peters", "Jordan P___"),
    ("Jordan Peters", "J***** Peters"),
    ("Jordan Peters", "J_____ Peters"),
    ("Jordan Peters", "J….. Peters"),
    ("Jörg Müller", "Joerg Mueller"),
    ("Joerg Mueller", "Jörg Müller"),
    ("Joerg Mueller", "Jo\u0308rg Mu\u0308ller"),
    ("Bjørn Åsen", "Bjoern Aasen"),
    ("Đorđe Đukić", "Djordje Djukic"),
    ("Anne-Marie Hilton", "A-M Hilton"),
    ("Anne-Marie Hilton", "AM Hilton"),
    ("Anne-Marie Stone", "A. M. Stone"),
    ("Seán Ó Briain", "S. Ó Briain"),
    ("Lotte van der Berg", "van der Berg, Lotte"),
    ("Lotte van der Berg", "L. van der Berg"),
    ("St John Fox", "St. John Fox"),
    ("Mary St John", "St. John, Mary"),
    ("Mary St John", "M. St. John"),
    ("Michael Mueller", "Michael Müller"),
    ("Michael Mueller", "Müller, Michael"),
    ("Zoe Mueller", "Zoe Müller"),
    ("Joerg Soederstroem", "Jörg Soederstroem"),
    ("Jörg Müller", "Joerg Müller"),
    ("Djordje Markovic", "Đorđe Marković"),
    ("Jean-Luc Reid", "Reid, JL"),
    ("Jean-Luc Reid", "Reid, J-L"),
    ("Jordan Peters", "J*n P*****s"),
    ("Jordan Peters", "Jordan P***"),
    ("Jordan Peters", "Peters, J***"),
    ("Jordan Peters", "sat with Jordan P¹ at lunch"),
    ("Jordan Peters", "Jordan</td>\n  <td class='x'>Peters"),
    ("Jordan Peters", "Jordan (5B) Peters"),
    ("Jordan Peters", "Jordan\n(5B)\nPeters"),
    ("Jordan Peters", "Jordan [Year 5] Peters"),
    ("Jordan Peters", "Jordan ((PP)) (5B) Peters"),
    ("Jordan Peters", "Jordan (L.) Peters"),
    ("Jordan Peters", "Jordan (known as Jo) Peters"),
    ("Jordan Peters", "Jordan “JP” Peters"),
    ("Jordan Peters", "Jordan 'Jo' Peters"),
    ("Jordan Peters", "Jordan «Jo» Peters"),
    ("Jordan Peters", "Jordan 5B Peters"),
    ("Jordan Peters", "Jordan | Y5 | Peters"),
    ("Jordan Peters", "Jordan – Reception – Peters"),
    ("Jordan Peters", "Peters (5B), Jordan"),
    ("Jordan Peters", "Peters, 5B, Jordan"),
    ("Jordan Peters", "PETERS 5B JORDAN"),
    ("Jordan Peters", "J0rdan (PP) Pefers"),
    ("Jordan Peters", "J (5B) Peters"),
    ("Jordan Peters", "J. (Joe) Peters"),
    ("Jordan Peters", "Jordan (5B) P."),
    ("Jordan Peters", "Peters (5B) J"),
    ("Jordan Peters", "(J) Peters"),
    ("Jordan Peters", "Peters (J.)"),
    ("Jordan Peters", "Jordan (P)"),
    ("Jordan Peters", "J(ordan) Peters"),
    ("Jordan Peters", "J[ordan] P[eters]"),
    ("Will Young", "Will (5B) Young"),
    ("Will Young", "W (5B) Young"),
    ("Leo Brown", "Leo ‘Lee’ Brown"),
    ("Jordan Peters", "Jordan (Jo)\nPeters"),
    ("Jordan Peters", "Jordan (5B) / Peters"),
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
    ("Will Young", "they will young or old"),
    ("Will Young", "w young"),
    ("Will Adams", "this will a teacher say"),
    ("May Ingram", "May I go?"),
    ("Grace Hope", "faith, grace, hope"),
    ("Dale Ash", "a quick dash, a DASH"),
    ("Angel Cross", "right across"),
    ("Sunny Day", "the children's day"),
    ("Amber Read", "she can read a book"),
    ("An To", "he went to an adult"),
    ("April May", "April/May"),
    ("Jordan Peters", "Jordan. Peters is a town"),
    ("Jordan Peters", "year 4 jordanp petersj"),
    ("Ella White", "Ella white-boarded it"),
    ("Ella White", "in white, Ella wore"),
    ("Leo Brown", "the brown Leo bear"),
    ("Tom Hope", "Tom (hope so)"),
    ("Tom Hope", "we hope Tom comes"),
    ("Mark Smith", "24marks of 30, Marks1"),
    ("Rose Shaw", "5roses"),
    ("Art Shaw", "arts1"),
    ("Tim Evans", "3time"),
    ("Ann Ott", "Anno1900"),
    ("Da Young", "3day"),
    ("Joe Lee", "Jo Lee came"),
    ("Sue Moe", "su mo"),
    ("Joerg Mueller", "Jorg Muller won"),
    ("Anne-Marie Stone", "I am stone cold"),
    ("Anne-Marie Stone", "at 10 a.m. stone tools"),
    ("Tom Hope", "Hope* is what Tom* felt"),
    ("Will Young", "w________ young people"),
    ("Sam Lee", "s-a-m-e l-e-e-k"),
    ("Sam Lee", "Sam, Lee and Ali"),
    ("Mark Smith", "the mark: smith of gold"),
    ("Art Shaw", "Shaw,Artemis"),
    ("Rose Field", "Field: the rose garden"),
    ("An To", "to_an"),
    ("Lotte van der Berg", "the Berg, and Lotte in a van"),
    ("May Ingram", "a person may, in gram units"),
    ("Max Power", "max. power 5 W"),
    ("Jordan Peters", "j---- peter pan"),
    ("Gail Beech", "the 🇬🇧 flag of a beech"),
    ("Bea Long", "Bea’s long_boat"),
    ("Jo Park", "the_park_jogger"),
    ("Jordan Peters", "Jordan P8 in maths"),
    ("Amy Peters", "Amy P1 to Amy P4"),
    ("Will Brown", "Will B1"),
    ("Jordan Peters", "Peters-J2"),
    ("Amy Bell", "Appendix A.......... Bell"),
    ("Michael Mueller", "Michael Muller"),
    ("Jordan Peters", "J_____ P_____"),
    ("Will Young", "he will (5B) young people help"),
    ("Ada Brown", "a (small) brown bear"),
    ("Ada Brown", "a 3b brown bear"),
    ("Jordan Peters", "Jordan (5B). Peters is a town"),
    ("Jordan Peters", "Jordan (and many others who were there that day) Peters"),
    ("Jordan Peters", "Jordan (5B) P8 in maths"),
    ("Jordan Peters", "Jordan 3rdPeters"),
    ("Ella Whitefield", "Ella's brother, Max's Whitefield cousin"),
    ("Ella Whitefield", "Ella’s brother, Max’s Whitefield cousin"),
    ("Tom Hope", "Tom's mum said it's Hope's turn"),
    ("Jordan Peters", "the boys' Jordan, girls' Peters"),
    ("Jordan Peters", "Jordan (LSA)\nPeters (HT)"),
    ("Jordan Peters", "Staff:\r\nJordan (LSA)\r\nPeters (HT)\r\nAli (TA)"),
    ("Jordan Peters", "with Jordan (LSA) / Peters (HT) and others"),
]

ACCOUNTS = ["petersj@school.example", "22petersj", "jordanp@school.example", "jordanp7", "ewhite@school.example"]
ACCOUNTS += ["marks@school.example", "3time@school.example", "22evanst", "evanst7"]
OWNERS = {"white": "Ella White", "mark": "Mark Smith", "time": "Tim Evans", "evans": "Tim Evans"}


@pytest.mark.parametrize(("name", "text"), WRITTEN)
def test_a_name_is_read_as_people_read_it(name: str, text: str) -> None:
    assert names_found(["no name here", text], [name], unasked=True) == [NamesFound(name, 2)]
    assert names_found(["no name here", text], [name]) == [NamesFound(name, 2)]


@pytest.mark.parametrize("text", ACCOUNTS)
def test_the_name_of_a_pupils_account_names_the_pupil(text: str) -> None:
    name = next((name for said, name in OWNERS.items() if said in text), "Jordan Peters")
    assert names_found([f"log in as {text}"], [name], unasked=True) and names_found([f"as {text}"], [name])


@pytest.mark.parametrize(("name", "text"), NOT_WRITTEN)
def test_what_is_no_name_is_left_alone(name: str, text: str) -> None:
    assert names_found([text], [name], unasked=True) == []


@pytest.mark.parametrize("first", ["Jack", "Ruby", "Grace", "Will"])
@pytest.mark.parametrize("last", ["Brown", "White", "Hall", "Young"])
def test_a_name_that_is_asked_for_needs_no_capitals(first: str, last: str) -> None:
    name = f"{first} {last}"
    low, misread = name.lower(), name.lower().replace("o", "0").replace("i", "1")
    said = [low, misread, name.upper(), f"{last}, {first}".lower(), f"{first[0]}{last}".lower(), low.replace(" ", "")]
    assert [text for text in said if not names_found([f"then {text} came"], [name])] == []
    assert names_found([f"then {low} came"], [name], unasked=True) == []


@pytest.mark.parametrize("said", ["jpeters", "jpeters@school.org", "JPETERS", "j.peters"])
def test_an_initial_and_a_surname_as_one_are_a_name_unless_they_are_a_word(said: str) -> None:
    assert names_found([said], ["Jordan Peters"], unasked=True) and names_found([said], ["Jordan Peters"])
    assert names_found(["the trees; a dash"], ["Tom Rees", "Dale Ash"], unasked=True) == []


@pytest.mark.parametrize(("name", "text"), WRITTEN)
def test_the_place_of_a_name_is_known(name: str, text: str) -> None:
    """What is blacked out is the name, whole, and nothing beside it."""
    [run] = spans(read(text), name)
    outside = text[: run.start] + text[run.stop :]
    assert not names_found([outside], [name]) and len(text) - len(outside) >= 6
    assert outside.strip(" .,\u202e\u202c\ufeff_") in (
        "",
        "Forename:",
        "Surname:",
        "with  about it",
        "about  today",
        "sat with  at lunch",
        "sat with ¹ at lunch",
    )


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


@pytest.mark.whole
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

SCHOOL = ["Jordan Peters", "Nia Okafor", "Ella White", "Tom Hope", "Ada Brown", "Leo Brown", "Mia Watson-Smith"]
SCHOOL += ["Anne-Marie Stone"]

PERHAPS = [
    ("Peters would not share", "Jordan Peters"),
    ("Peters’ coat", "Jordan Peters"),
    ("PETERS", "Jordan Peters"),
    ("Ada and Tom Lee Hope came", "Tom Hope"),
    ("Leo Jay-Brown came", "Leo Brown"),
    ("Nia (5B) came", "Nia Okafor"),
    ("Nia in Year 4 came", "Nia Okafor"),
    ("Nia, 5B, came", "Nia Okafor"),
    ("and then White left", "Ella White"),
    ("Nia’s (5B) coat", "Nia Okafor"),
    ("Nia [5B]", "Nia Okafor"),
    ("Nia – 5B", "Nia Okafor"),
    ("Nia Y4 came", "Nia Okafor"),
    ("Jordan Petres came", "Jordan Peters"),
    ("Jordan Peter came", "Jordan Peters"),
    ("Jordan Petters’s", "Jordan Peters"),
    ("Petrs, Jordan", "Jordan Peters"),
    ("Mia Watson came", "Mia Watson-Smith"),
    ("Mia Smith came", "Mia Watson-Smith"),
    ("Peters- would not share", "Jordan Peters"),
    ("Ella white pushed Ada", "Ella White"),
    ("Leo brown pushed", "Leo Brown"),
    ("Anne Stone came", "Anne-Marie Stone"),
    ("white, Ella", "Ella White"),
]
NOBODY = [
    "Leo and Mrs Brown",
    "Leo. Then Brown",
    "Leo, then Brown",
    "white paper",
    "White paper was used",
    "Brown came",
    "Nia came",
    "Hope",
    "peters out",
    "Nia (mum) came",
    "Nia 5 out of 10",
    "Jordan. Petres is a town",
    "Jordan Petersen",
    "Jordan Potter",
    "Ada Browne and Leo Brown",
    "Mia. Watson left",
    "Tom Hops came",
    "Jordan Petrez came",
]


@pytest.mark.parametrize(("text", "name"), PERHAPS)
def test_a_surname_or_a_first_name_with_a_class_may_mean_a_pupil(text: str, name: str) -> None:
    assert [one.name for one in perhaps_named([text], SCHOOL, ["Ada Brown"])] == [name]


@pytest.mark.parametrize("text", NOBODY)
def test_words_that_mean_nobody_are_not_told(text: str) -> None:
    assert perhaps_named([text], SCHOOL, ["Ada Brown"]) == []


def test_a_dash_right_behind_the_pupils_own_name_makes_it_nobody_elses() -> None:
    assert perhaps_named(["Ada Brown- she reads"], ["Ada Browne"], ["Ada Brown"]) == []
    assert perhaps_named(["Ada Brwne- she reads"], ["Ada Browne"], ["Ada Brown"]) != []


def test_what_may_be_a_name_is_told_as_it_is_written() -> None:
    assert perhaps_named(["as Ella\nwhite pushed Ada"], SCHOOL, []) == [Perhaps("Ella white", "Ella White", 1)]


@pytest.mark.parametrize(
    "text",
    ["Her aunt keeps the tele-\nphone number", "Her aunt keeps the tele\ufffephone number", "HER AUNT  KEEPS THE "
     "TELEPHONE NUMBER", "Her aunt keeps the tele\u00adphone num\u200bber", "H e r a u n t keeps the telephone number"],
)  # fmt: skip
def test_a_withheld_sentence_is_found_however_it_is_broken(text: str) -> None:
    assert terms_found(text, ["Her aunt keeps the telephone number"])
