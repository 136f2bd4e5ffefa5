"""Every page of the school: it opens, holds what the command tells, and does what its buttons say."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from tests.documents.merged_templates import text_of
from tests.web.client import Page
from tests.web.conftest import opened
from tests.web.test_evidence_and_bundle import finished

EVERY = (
    "/",
    "/reviews",
    "/register",
    "/provision",
    "/provision?costs=yes",
    "/retention",
    "/termly",
    "/import",
    "/collect",
    "/packs",
    "/rules",
    "/more",
    "/exports",
    "/inclusion-strategy",
    "/forms",
    "/new-year",
    "/briefing",
    "/receive",
    "/languages",
    "/templates",
    "/house-style",
    "/doctor",
    "/new-pupil",
)


@pytest.fixture(scope="module")
def whole(example: Path) -> Page:
    """The page of the whole example school; nothing is changed through it."""
    return opened(example, "senco")


@pytest.mark.whole
@pytest.mark.parametrize("address", EVERY)
def test_every_page_opens_with_one_heading_and_names_its_command(whole: Page, address: str) -> None:
    whole.get(address)
    assert whole.status == 200
    assert len(whole.root.xpath("//h1")) == 1
    ids = whole.root.xpath("//@id")
    assert len(ids) == len(set(ids))
    for box in whole.root.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert whole.root.xpath(f"//label[@for='{box.get('id')}']"), box.get("name")
    assert "sendpack" in whole.root.xpath("//p[@class='same']")[0].text_content()
    assert whole.root.xpath("//main//*[self::li or self::p or self::dt or self::dd][not(normalize-space())]") == []


@pytest.mark.whole
def test_packs_name_their_pages_and_their_documents_in_words(whole: Page) -> None:
    said = " ".join(whole.get("/packs").root.text_content().split())
    assert "Early concern Note of our early discussion · One-page profile" in said
    assert "The two limbs of the test for an assessment Children and Families Act 2014 s.36(8)" in said
    assert "www.norfolk.gov.uk" in said


@pytest.mark.whole
def test_a_pack_with_a_slip_in_a_title_is_shown_with_all_others(page: Page, school: Path) -> None:
    """The word that it has not stands by its name; the name of a document stands in the ladder."""
    own = school / "templates" / "norfolk-own" / "pack.yaml"
    own.parent.mkdir(parents=True)
    rows = [{"id": "profile", "title": "Our {{ words.no_such_word }}", "template": "profile.docx"}]
    pack = {"id": "norfolk-own", "name": "Ours", "extends": "norfolk", "version": "2026.1", "documents": rows}
    own.write_text(json.dumps(pack), "utf-8")
    said = " ".join(page.get("/packs").root.text_content().split())
    assert page.status == 200 and "Our no_such_word" in said and "Leicester" in said


@pytest.mark.whole
def test_the_tables_are_those_of_the_commands(whole: Page) -> None:
    assert "Three two-week blocks" in whole.get("/provision").text or "Hours of support" in whole.text
    assert whole.get("/register").text.count("/p/") >= 6
    sheet = whole.client.get("/register?as=xlsx", headers={"Host": whole.host})
    assert openpyxl.load_workbook(io.BytesIO(sheet.data)).sheetnames[0] == "SEND register"
    calendar = whole.client.get("/reviews?as=ics", headers={"Host": whole.host})
    assert calendar.data.startswith(b"BEGIN:VCALENDAR") and b"Ada" not in calendar.data


@pytest.mark.parametrize(
    ("address", "name", "told"),
    [
        ("/register?as=paper", "register.docx", "Ada Brown"),
        ("/register?as=plain-paper", "register.docx", "Ada Brown"),
        ("/register?as=governors", "governors.docx", "Not told, as a number would tell of a pupil"),
        ("/provision?as=paper&costs=yes", "provision-map.docx", "£6,091.40"),
    ],
)
def test_papers_for_governors_are_given_from_the_page(whole: Page, address: str, name: str, told: str) -> None:
    answer = whole.client.get(address, headers={"Host": whole.host})
    assert answer.status_code == 200 and name in answer.headers["Content-Disposition"]
    text = text_of(answer.data)
    assert told in text and (name != "governors.docx" or "Ada" not in text)


@pytest.mark.whole
def test_pupils_are_found_and_filtered(whole: Page) -> None:
    for name in ("ada-brown", "nia-okafor"):
        whole.pupil(name)
    assert "1 of 9 pupils" in whole.get("/?find=ada+brown").text
    assert "0 of 9 pupils" in whole.get("/?find=nobody").text


@pytest.mark.whole
def test_a_list_is_looked_at_and_imported(page: Page, school: Path) -> None:
    rows = "UPN,Legal Surname,Legal Forename,DOB,Year,Reg\nF999999925001,Brown,Ada Rose,14/05/2018,4,4X\n"
    upn = re.search(r"(?m)^upn: (\w+)", (school / "cases/ada-brown/pupil.yaml").read_text("utf-8"))
    assert upn
    rows = rows.replace("F999999925001", upn[1])
    page.get("/import")
    page.post("/import", {"file": (io.BytesIO(rows.encode()), "list.csv")})
    assert "What each column is" in page.text and "4X" in page.text
    form = page.root.xpath("//main//form")[0]
    page.post(page.address, {**dict(form.form_values()), "do": "apply"})
    assert re.search(r'(?m)^class: "?4X', (school / "cases/ada-brown/pupil.yaml").read_text("utf-8"))


@pytest.mark.whole
def test_a_column_of_days_that_nobody_uses_is_told_on_the_page_too(page: Page) -> None:
    rows = "UPN,Legal Surname,Legal Forename,DOB,Year,SEN Status,Joined intervention on date\n"
    rows += "F999999925001,Hill,Ben,14/05/2018,4,K,02/09/2025\n"
    page.get("/import")
    page.post("/import", {"file": (io.BytesIO(rows.encode()), "list.csv")})
    assert "Joined intervention on date holds days and is not used." in page.text  # was: in the command alone
    form = dict(page.root.xpath("//main//form")[0].form_values())
    page.post(page.address, {**form, "column-6": "sen_from", "do": "look"})
    assert "holds days and is not used" not in page.text


@pytest.mark.whole
def test_a_list_whose_status_is_a_colour_is_told_on_the_page_too(page: Page) -> None:
    rows = "UPN,Legal Surname,Legal Forename,DOB,Year\nF999999925001,Hill,Ben,14/05/2018,4\n"
    page.get("/import")
    assert "the colour of a cell is not read" in page.text
    page.post("/import", {"file": (io.BytesIO(rows.encode()), "list.csv")})
    form = dict(page.root.xpath("//main//form")[0].form_values())
    page.post(page.address, {**form, "create": "yes", "do": "look"})
    assert "No column says who has SEN; the colours of cells are not read." in page.text  # was: in the command alone


@pytest.mark.whole
def test_a_new_pupil_goes_from_nothing_to_a_form(page: Page, school: Path) -> None:
    page.get("/new-pupil")
    page.post("/new-pupil", {"forenames": "Zed", "surname": "", "born": "31/02/2018"})
    assert "Write the legal surname." in page.text and "February 2018 has 28 days" in page.text
    page.post("/new-pupil", {"forenames": "Zed", "surname": "Young", "born": "14/05/2018"})
    assert page.answers["legal_surname"] == ["Young"]
    assert (school / "cases/zed-young/pupil.yaml").is_file()
    page.post("/new-pupil", {"forenames": "Zoë Anne", "surname": "van der Berg", "born": "14/05/2018"})
    assert (page.answers["forenames"], page.answers["legal_surname"]) == (["Zoë Anne"], ["van der Berg"])
    assert (school / "cases/zoe-anne-van-der-berg/pupil.yaml").is_file()


@pytest.mark.whole
def test_the_termly_round_says_what_it_would_do(page: Page) -> None:
    finished(page.post("/termly", {"write": "no"}))
    assert page.status == 200 and "This is our mistake" not in page.text
