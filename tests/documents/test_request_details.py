"""What real request forms ask and ours prints: in one request with every detail filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document as read_docx

from tests.example_school import copy_school, sendpack

MORE = """
religion: Quaker
service_child: no
is_looked_after: yes
looked_after:
  legal_status: section_20
  authority: Northmoor Council
  social_worker: {name: Imani Reid, phone: 01632 960 123}
  virtual_school: {name: Paul Denny, email: p.denny@northmoor.example}
  personal_education_plan: 12 February 2026
youth_justice:
  since: 12 January 2026
  worker: {name: Dele Osei, phone: 01632 960 141}
  note: Prevention programme on Thursdays.
household:
  - {name: Theo Brown, relationship: Brother, date_of_birth: 3 March 2021, setting: Acorn Nursery}
"""


@pytest.fixture(scope="module")
def request_text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The words of Ada's request."""
    folder = copy_school(tmp_path_factory.mktemp("details"), "ada-brown")
    ada = folder / "cases" / "ada-brown"
    pupil = ada / "pupil.yaml"
    lines = pupil.read_text("utf-8").splitlines()
    ours = {line.split(":")[0] for line in MORE.splitlines() if line and line[0].isalpha()} | {"class_history"}
    kept, skipping = [], False
    for line in lines:
        if line and line[0].isalpha():
            skipping = line.split(":")[0] in ours
        kept += [] if skipping else [line]
    text = "\n".join(kept) + "\n" + MORE
    mother = "    parental_responsibility: yes\n"
    assert mother in text
    text = text.replace(mother, mother + "    lives_with_child: part_of_the_time\n", 1)
    pupil.write_text(text.replace("year_group: 4", "year_group: 3\nout_of_cohort: Repeats Year 3", 1), "utf-8")
    request = ada / "request.yaml"
    written = request.read_text("utf-8")
    request.write_text(
        written.replace("  role: SENCO\n", "  role: SENCO\n  address: Mill Lane, Northmoor\n", 1), "utf-8"
    )
    ran = sendpack(folder, "build", "ada-brown", "--only", "request", "--no-pdf")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    made = read_docx(str(folder / "output" / "ada-brown" / "request.docx"))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


@pytest.mark.whole
@pytest.mark.parametrize(
    "words",
    [
        "Year by age\tYear 4",
        "Taught out of the usual year: Repeats Year 3",
        "Religion\tQuaker",
        "Service family\tNo",
        "Looked after\tYes: Section 20, Northmoor Council; social worker Imani Reid, 01632 960 123",
        "Virtual school\tPaul Denny, p.denny@northmoor.example",
        "Last PEP meeting\t12 February 2026",
        "Youth justice\tSince 12 January 2026. Worker: Dele Osei, 01632 960 141. Prevention programme on Thursdays.",
        "Others who live with Ada",
        "Acorn Nursery",
        "Language: English",
        "Lives with Ada: part of the time",
        "How to reach the professionals",
        "Mill Lane, Northmoor",
    ],
)
def test_the_request_prints_what_forms_ask(request_text: str, words: str) -> None:
    assert words in request_text


@pytest.mark.whole
def test_each_professional_is_printed_with_how_to_reach_them_and_when_they_last_saw_the_child(
    request_text: str,
) -> None:
    assert "Telephone or e-mail" in request_text and "Last saw Ada" in request_text


@pytest.mark.whole
def test_support_without_a_cost_is_said_to_be_not_costed_and_health_has_its_heading(tmp_path: Path) -> None:
    said = "Support without a cost here is not costed."
    folder = copy_school(tmp_path, "ada-brown")
    texts = []
    for _ in range(2):
        ran = sendpack(folder, "build", "ada-brown", "--only", "request", "--no-pdf")
        assert ran.returncode == 0, ran.stdout + ran.stderr
        made = read_docx(str(folder / "output" / "ada-brown" / "request.docx"))
        texts.append([paragraph.text for paragraph in made.paragraphs])
        for file in (folder / "cases" / "ada-brown" / "cycles").glob("*.yaml"):
            text = file.read_text("utf-8")
            file.write_text(re.sub(r"(?m)^ +yearly_cost: .*\n", "", text), "utf-8")
    assert said not in texts[0] and said in texts[1]
    assert "Health" in texts[0]
