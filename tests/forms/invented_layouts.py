"""More invented forms: an annual review, boxes of one character, names of rows, and single rows under heads."""

from __future__ import annotations

from tests.forms.invented_forms import ANY, OFFICE, InventedForm


def thornmoor() -> InventedForm:
    """A request with boxes for each character, a date in parts, mother and father by name, and one row of a list."""
    form = InventedForm()
    form.document.add_heading("Thornmoor: EHC needs assessment request", 1)
    form.table(["UPN", *[""] * 13])
    form.document.add_paragraph()
    form.table(["Date of birth", "DD", "", "MM", "", "YYYY", ""])
    form.expect("X999400122017", "14", "05", "2018")
    form.document.add_paragraph()
    people = form.table(
        ["Parent/carer", "Name(s)", ""],
        ["", "Telephone", ""],
        ["Referrer", "Name", ""],
        ["", "Telephone", ""],
        ["Medical", "GP name", ""],
        ["", "Telephone", ""],
    )
    for first in (0, 2, 4):
        words = people.cell(first, 0).text
        people.cell(first, 0).merge(people.cell(first + 1, 0)).text = words
    form.expect("Samira Brown", "07700 900 123", "Mrs Joanna Hale", "01632 960 104", "Dr Emi Sato", "01632 960 200")
    form.document.add_paragraph()
    form.table(["Father’s name", "", "Mother’s name", ""], ["SENCO", "", "Email", ""])
    form.expect("Daniel Brown", "Samira Brown", "Mrs Joanna Hale", "senco@larkfield.example")
    form.document.add_paragraph("Standardised test results")
    form.table(["Test", "Date", "Standardised score", "Age equivalent"], ["", "", "", ""])
    form.expect(["Single Word Reading"], ["09/09/2025"], ["80"], ["6y 0m"])
    form.document.add_paragraph("Areas of need (tick one primary need and any secondary need)")
    form.table(["", "Primary", "Secondary"], ["Communication & Interaction", "", ""], ["Cognition & Learning", "", ""])
    form.expect(False, True, True, False)
    form.table(["Yearly cost of the support", "£"], ["SENCo name & email", ""])
    form.expect("6,091.40", "Mrs Joanna Hale, senco@larkfield.example")
    form.document.add_paragraph("For office use only")
    form.table(["Date received", ""])
    form.expect(OFFICE)
    return form


def wexbridge() -> InventedForm:
    """The annual review of an EHC plan, in the words of several real ones."""
    form = InventedForm()
    form.document.add_heading("Annual / Interim Review of an Education, Health and Care Plan", 1)
    form.table(
        ["Date of this review:", "", "Date of last review:", ""],
        ["Date of current EHC Plan:", "", "Type of review", "☐ Annual  ☐ Interim / early"],
    )
    form.expect("05/11/2026", "06/11/2025", "12/12/2024", True, False)
    form.heading("People and services invited to this review")
    form.table(["Name", "Role", "Advice submitted Y/N", "Attended Y/N"], [""] * 4, [""] * 4, header=True)
    form.expect(["Grace Okafor"], ["mother"], ["Yes"], ["Yes"])
    form.heading("Section A: views")
    form.table(["Child/young person’s views", ""], ["Parent/carer’s views", ""], ["What is going well?", ""])
    form.expect("Swimming, yes.", "She tells us about her day", "45 signs")
    form.heading("Progress towards the outcomes in the EHC plan")
    form.table(["Outcome in the plan", "Progress made", "Achieved?", "Continue, change or cease"], [""] * 4, [""] * 4)
    form.expect(["By the end of Year 6"], ["Tells one adult"], ["Partly met"], ["Change"])
    form.heading("Recommendation")
    form.document.add_paragraph("Recommendation of the review meeting (tick one)")
    for words in ("maintained without changes", "amended", "ceased"):
        form.document.add_paragraph(f"☐ The EHC plan should be {words}")
    form.expect(False, True, False)
    form.table(["Reasons for the recommendation", ""], ["Does anyone disagree? Please give details", ""])
    form.expect("Sections B, E and F", "Marcus Okafor, father: I would like")
    form.heading("Action plan")
    form.table(["Action", "By whom", "By when"], ["", "", ""], ["", "", ""], header=True)
    form.expect(["Ask the transport team"], ["Mrs Hale"], ["13/11/2026"])
    return form


def moorgate() -> InventedForm:
    """A request with a row for each profession, targets beside results, heads in two rows, labels with room behind."""
    form = InventedForm()
    form.document.add_heading("Moorgate: request for an EHC needs assessment", 1)
    form.heading("Child")
    form.table(["Surname:", "Other name(s):"], ["Date of birth:", "Sex:"])
    form.expect("Brown", "Ada Rose", "14/05/2018", "Female")
    form.document.add_paragraph("").add_run("Parent(s)/person(s) responsible:").bold = True
    form.table(["Name:", "Relationship to child:"], ["Address (if different from above):"], ["Postcode:", "Tel. No."])
    form.expect("Samira Brown", "mother", ANY, "", "07700 900 123")
    form.heading("Professionals")
    form.table(
        ["", "Name & contact details", "Date of most recent involvement", "Date of most recent report"],
        ["Educational Psychologist", "", "", ""],
        ["Speech and Language Therapist", "", "", ""],
        ["Physiotherapist", "", "", ""],
    )
    form.expect(
        "Dr Helen Marsh, eps@", "05/05/2026", "15/05/2026", "Kofi Mensah", "13/01/2026", "20/01/2026", "", "", ""
    )
    form.heading("Attainment")
    form.table(["Subject", "Current level", "Target for end of key stage"], ["Reading", "", ""], ["Maths", "", ""])
    form.expect("Secure in Year 1", None, "Within Year 4", None)
    form.heading("Agencies involved")
    agencies = form.table(
        ["Agency", "Named contact", "Involvement", "", "Date of report"],
        ["", "", "Start", "Finish", ""],
        [""] * 5,
        [""] * 5,
    )
    agencies.cell(0, 2).merge(agencies.cell(0, 3))
    form.expect(["Northmoor Speech"], ["Kofi"], ["04/12/2025"], ANY, ["20/01/2026"])
    form.document.add_paragraph("Has the pupil got an EHC plan?   Yes / No")
    form.expect("No")
    form.document.add_paragraph("New request ☐ or updated request ☐ (please tick)")
    form.expect(ANY, ANY)
    return form
