"""A SENCO who uses only the page, from an empty school to a request that is sent; then a class teacher.

No file and no command after `sendpack open`; what the page wrote is looked at in the end.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from generator.folder.create import new_school
from generator.values.formatting import date as in_words
from tests.web.browser import add_row, begin, enter, fill_in, open_all, read_through, save, wait_for_work
from tests.web.test_server import running

pytestmark = [pytest.mark.whole, pytest.mark.filterwarnings("ignore::ResourceWarning")]

CASE = "cases/maya-grace-ellis"
TODAY = date.today()
BEGAN, MET, NEXT, END = (in_words(TODAY + timedelta(days=days)) for days in (-20, -24, 70, 230))
BORN = f"3/2/{TODAY.year - 8}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new school's folder, as `sendpack init` makes it."""
    made = tmp_path_factory.mktemp("journey") / "school"
    new_school(made)
    return made


@pytest.fixture(scope="module")
def tab(folder: Path, browser: Browser) -> Iterator[Tab]:
    """One browser and one server for the whole way."""
    with running(folder) as (_, address):
        made = browser.new_page(viewport={"width": 1280, "height": 900})
        made.set_default_timeout(60_000)
        enter(made, address)
        yield made
        made.close()


def pupil_page(tab: Tab) -> None:
    """Back to the pupil's page, from a page of theirs."""
    tab.click(".back a")
    tab.wait_for_selector("#records")


def test_the_school_is_written_first(tab: Tab, folder: Path) -> None:
    tab.click("text=write its name")
    tab.wait_for_selector("#record")
    fill_in(tab, {"name": "Larkfield Primary School", "address": "Mill Lane, Northmoor", "phone": "01632 960100"})
    fill_in(tab, {"headteacher/name": "Mrs Ruth Calloway", "senco/name": "Mrs Joanna Hale", "authority": "standard"})
    add_row(tab, "staff")
    fill_in(tab, {"staff/0/name": "Jahanara Begum", "staff/0/role": "Teaching assistant"})
    add_row(tab, "terms")
    fill_in(tab, {"terms/0/name": "Autumn 2026", "terms/0/start": "2/9/2026", "terms/0/end": "18/12/2026"})
    save(tab)
    assert "id: jahanara-begum" in (folder / "cases/school.yaml").read_text("utf-8")
    expect(tab.locator(".school a")).to_have_text("Larkfield Primary School")


def test_a_pupil_with_two_homes(tab: Tab, folder: Path) -> None:
    tab.click("nav >> text=Pupils")
    read_through(tab)
    tab.click("text=New pupil")
    fill_in(tab, {"forenames": "Maya Grace", "surname": "Ellis", "born": BORN, "since": BEGAN})
    tab.check("#status-K")
    tab.click("text=Begin the pupil’s folder")
    tab.wait_for_selector("#record")
    open_all(tab)
    father = {"name": "Tom Ellis", "relationship": "father", "address": "4 Bridge Street, Northmoor"}
    mother = {"name": "Leah Carter", "relationship": "mother", "address": "12 Hill Rise, Eastbrook"}
    add_row(tab, "people")
    for number, person in enumerate((father, mother)):
        fill_in(tab, {f"people/{number}/{key}": value for key, value in person.items()})
        tab.select_option(f"[name='people/{number}/parental_responsibility']", "yes")
    add_row(tab, "needs")
    need = {
        "area": "cognition_and_learning",
        "title": "Reading words accurately",
        "description": "Guesses words from their first letter.",
        "impact": "Cannot read instructions alone.",
    }
    fill_in(tab, {f"needs/0/{key}": value for key, value in need.items()})
    save(tab)
    assert tab.locator(".finding.data").all_inner_texts() == []
    assert "status: K" in (folder / CASE / "pupil.yaml").read_text("utf-8")


def test_the_next_step_has_a_button(tab: Tab, folder: Path) -> None:
    pupil_page(tab)
    expect(tab.locator(".next button")).to_have_text("Begin: Meeting, Early discussion")
    tab.select_option("#type", "early_discussion")
    tab.fill("#day", MET)
    tab.click("button:has-text('the meeting’s record')")
    tab.wait_for_selector("#record")
    open_all(tab)
    fill_in(tab, {"chair": "Mrs Joanna Hale", "parents_views": "Reading at home ends in tears in both homes."})
    fill_in(tab, {"decision": "sen_support", "next_meeting": NEXT})
    for number in range(3):
        fill_in(tab, {f"people/{number}/came": "present"})
    rows = tab.locator("#f-people > .row")
    rows.last.locator("button:has-text('Take out')").click()
    expect(rows).to_have_count(3, timeout=60_000)
    assert tab.input_value("[name=chair]") == "Mrs Joanna Hale"
    save(tab)
    [file] = (folder / CASE / "meetings").glob("*.yaml")
    assert file.name == f"{TODAY - timedelta(days=24)}-early-discussion.yaml"


def test_plan_and_cycle(tab: Tab, folder: Path) -> None:
    pupil_page(tab)
    begin(tab, "SEN support plan")
    fill_in(tab, {"aspirations/pupil": "“I want to read maps.”", "aspirations/parents": "Bedtime without tears."})
    outcome = "Maya reads 40 of the 45 Year 1 words without help."
    fill_in(
        tab,
        {
            "outcomes/0/text": outcome,
            "outcomes/0/by": END,
            "review_date": NEXT,
            "date": BEGAN,
            "responsibilities/pupil/0": "Reads two maps a week.",
        },
    )
    fill_in(tab, {"responsibilities/family/0": "Read together.", "responsibilities/school/0": "Precision teaching."})
    fill_in(tab, {"parents_informed/decision_date": MET, "parents_informed/letter_date": BEGAN})
    tab.wait_for_selector(".paper img")
    save(tab)
    pupil_page(tab)
    begin(tab, "Assess, Plan, Do, Review cycle")
    open_all(tab)
    fill_in(
        tab,
        {
            "start": BEGAN,
            "planned_review": NEXT,
            "lead_teacher": "Mr Sam Okoro",
            "assess/teacher": "Reads 20 of the 45 words.",
            "assess/by": "Mr Okoro",
        },
    )
    target = {
        "text": "Maya reads 32 of the 45 words.",
        "baseline": "20 of 45",
        "goal": "32 of 45",
        "measure": "Words read, every Friday",
        "by": NEXT,
    }
    fill_in(tab, {f"plan/targets/0/{key}": value for key, value in target.items()})
    support = {"title": "Precision teaching", "type": "one_to_one", "delivered_by": "Jahanara Begum", "minutes": "10"}
    fill_in(tab, {f"plan/provision/0/{key}": value for key, value in support.items()})
    fill_in(tab, {"plan/provision/0/staff": "jahanara-begum"})
    save(tab)
    assert tab.locator(".finding.data").all_inner_texts() == []
    assert len(list((folder / CASE / "cycles").glob("*.yaml"))) == 1


def test_evidence_and_a_bundle_for_each_parent(tab: Tab, folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "Report of the educational psychologist.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(report)
    pupil_page(tab)
    tab.click("section[aria-labelledby=documents] >> text=Evidence")
    tab.set_input_files("#files", report)
    tab.click("button:has-text('Take them in')")
    tab.wait_for_selector("text=Still to be described")
    start = (tab.get_attribute("#l0-author", "name") or "").partition("/")[0]
    said = {"kind": "professional_report", "author": "Dr K Mensah", "date": BEGAN, "shows": "Reads little."}
    fill_in(tab, {f"{start}/{name}": value for name, value in said.items()})
    tab.click("text=Add it to the evidence")
    tab.wait_for_selector("#said >> text=It is in the evidence.")
    pupil_page(tab)
    tab.click("section[aria-labelledby=documents] >> text=Request and bundle")
    tab.click("text=Begin the request")
    tab.wait_for_selector("#record")
    fill_in(tab, {"reason": "Two years behind in reading after a year of support."})
    fill_in(tab, {"has_sen/text": "Reads 20 of 45 words.", "needs_plan/text": "More than the school has."})
    save(tab)
    pupil_page(tab)
    tab.click("section[aria-labelledby=documents] >> text=Request and bundle")
    tab.check("#for-parents")
    tab.click("button:has-text('Make the bundle')")
    said = wait_for_work(tab)
    assert "For Tom Ellis: " in said and "For Leah Carter: " in said
    tab.click("text=Go on")
    tab.wait_for_selector("#made")
    made = folder / "output/maya-grace-ellis/submission"
    texts = {file.name: _text(file) for file in made.glob("bundle-for-*.pdf")}
    assert len(texts) == 2
    assert all("Bridge Street" not in text or "Hill Rise" not in text for text in texts.values())


def _text(file: Path) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages)


def test_the_bundle_for_the_authority_is_recorded_as_sent(tab: Tab, folder: Path) -> None:
    tab.check("#for-authority")
    tab.click("button:has-text('Make the bundle')")
    assert "the bundle" in wait_for_work(tab)
    tab.click("text=Go on")
    fill_in(tab, {"date": in_words(TODAY), "to": "SEN team, Northmoor Council"})
    tab.click("text=Record that it was sent")
    tab.wait_for_selector("#said >> text=kept for good")
    assert "to: SEN team, Northmoor Council" in (folder / CASE / "request.yaml").read_text("utf-8").replace('"', "")
    assert list((folder / CASE / "sent").rglob("bundle.pdf"))


def test_a_class_teacher_writes_the_review(tab: Tab, folder: Path) -> None:
    """Nothing to add and nothing to look for: a row stands ready for each target and each support."""
    tab.click("text=Let a teacher write here")
    tab.click("button:has-text('Change this browser')")
    tab.wait_for_selector("h1:has-text('My pupils')")
    tab.click("section:has(h2:has-text('Maya')) >> text=what was done, and the review")
    tab.wait_for_selector("#record")
    fill_in(tab, {"do/delivery/0/planned": "8", "do/delivery/0/delivered": "7"})
    fill_in(tab, {"review/date": in_words(TODAY), "review/by": "Mr Okoro with Maya"})
    fill_in(tab, {"review/targets/0/result": "26 of 45 words", "review/targets/0/status": "partly"})
    fill_in(tab, {"review/provision/0/decision": "continue", "review/working": "Yes."})
    save(tab)
    assert tab.locator(".finding.data").all_inner_texts() == []
    text = next((folder / CASE / "cycles").glob("*.yaml")).read_text("utf-8")
    assert "delivered: 7" in text and "status: partly" in text and "decision: continue" in text
