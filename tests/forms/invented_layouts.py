"""More invented forms: an annual review, boxes of one character, names of rows, and single rows under heads."""

from __future__ import annotations

from tests.forms.invented_forms import OFFICE, InventedForm


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
