"""Three more PDF forms of invented councils: labels below their lines, odd export values, two parents side by side."""

from __future__ import annotations

from typing import Any

import pikepdf

from tests.forms.invented_forms import ANY, OFFICE
from tests.forms.invented_pdf import PdfPage, saved


def pdf_below() -> tuple[bytes, list[Any]]:
    """Captions below the lines, Text17 names."""
    pdf = pikepdf.new()
    p = PdfPage(pdf)
    p.say(50, 800, "Harrowmere: EHC needs assessment request", 16, True)
    rows = [
        (("Surname", "Brown"), ("Forename", "Ada Rose")),
        (("Date of birth", "14/05/2018"), ("UPN", "X9994001")),
        (("Name of school", "Larkfield"), ("Year group", "4")),
        (("Name of parent or carer", "Samira"), ("Telephone of parent or carer", "07700 900 123")),
    ]
    n = 10
    y = 755
    for row in rows:
        for x, (lab, ans) in zip((50, 310), row, strict=True):
            p.field(f"Text{n}", x, y, 230, ans)
            n += 1
            p.say(x, y - 11, lab, 8)
        y -= 44
    return saved(pdf, p), p.answers


def pdf_radio() -> tuple[bytes, list[Any]]:
    """Radio Yes/No with odd export values, dropdown need, comb."""
    pdf = pikepdf.new()
    p = PdfPage(pdf)
    p.say(50, 800, "Tolgarth Council request for EHC needs assessment", 16, True)
    p.say(50, 770, "Pupil details", 12, True)
    p.say(50, 750, "Full name of child")
    p.field("Text1", 200, 746, 250, "Ada Rose Brown")
    p.say(50, 725, "Date of birth")
    p.field("Text2", 200, 721, 160, "14052018", MaxLen=8, Ff=1 << 24)
    p.say(50, 700, "Is the child looked after?")
    p.rings("Group1", [(220, 698, "Choice1"), (280, 698, "0")], "No")
    p.say(235, 700, "Yes")
    p.say(295, 700, "No")
    p.say(50, 675, "English as an additional language?")
    p.rings("Group2", [(240, 673, "on"), (300, 673, "x2")], "No")
    p.say(255, 675, "Yes")
    p.say(315, 675, "No")
    p.say(50, 650, "Primary need")
    opts = ["Please select", "SpLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "Other"]
    p.choice("Dropdown1", [200, 646, 300, 662], opts, "SpLD")
    p.say(50, 620, "Reasons for the request", 12, True)
    p.field("Text3", 50, 520, 480, "Ada is 8", tall=90, Ff=1 << 12)
    p.say(50, 490, "Professionals involved", 12, True)
    for x, h in ((50, "Name"), (200, "Role"), (350, "Date of report")):
        p.say(x, 475, h, 9)
    k = 4
    for r in range(3):
        for x, a in ((50, ANY), (200, ANY), (350, ANY)):
            p.field(f"Text{k}", x, 452 - 20 * r, 140, a)
            k += 1
    p.say(50, 370, "Office use only", 12, True)
    p.say(50, 350, "Received")
    p.field("Text30", 120, 346, 100, OFFICE)
    return saved(pdf, p), p.answers


def pdf_two_parents() -> tuple[bytes, list[Any]]:
    """Two-column PDF with ticks before words."""
    pdf = pikepdf.new()
    p = PdfPage(pdf)
    p.say(50, 800, "Request for statutory assessment - Parent/carer information (school to complete)", 13, True)
    p.say(50, 770, "Child: name")
    p.field("Text1", 150, 766, 160, "Ada Rose Brown")
    p.say(330, 770, "Sex")
    p.box("Check Box1", 370, 768, "Yes", False)
    p.say(385, 770, "Male")
    p.box("Check Box2", 430, 768, "Yes", True)
    p.say(445, 770, "Female")
    p.say(150, 740, "First parent/carer", 10, True)
    p.say(350, 740, "Second parent/carer", 10, True)
    for i, (lab, a, b) in enumerate(
        (
            ("Title", "Ms", "Mr"),
            ("Name", "Samira", "Daniel"),
            ("Relationship", "mother", "father"),
            ("Mobile", "07700 900 123", "07700 900 456"),
        )
    ):
        y = 715 - 22 * i
        p.say(50, y + 4, lab)
        p.field(f"Text{2 + 2 * i}", 150, y, 180, a)
        p.field(f"Text{3 + 2 * i}", 350, y, 180, b)
    p.say(50, 610, "School", 12, True)
    p.say(50, 590, "School name and address")
    p.field("Text20", 200, 560, 330, "Larkfield", tall=44, Ff=1 << 12)
    p.say(50, 535, "Head teacher")
    p.field("Text21", 200, 531, 200, ANY)
    return saved(pdf, p), p.answers


PDF = (pdf_below, pdf_radio, pdf_two_parents)
