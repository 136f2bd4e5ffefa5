"""Nine more Word forms of invented councils, each in a layout of its own, with what belongs at every place for Ada."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.forms.invented_forms import ANY, OFFICE, InventedForm, control


def new(title: str) -> InventedForm:
    """A form under its title."""
    form = InventedForm()
    form.document.add_heading(title, 1)
    return form


def shade(cell: Any, fill: str = "D9D9D9") -> None:
    """Colour a cell."""
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
    )


def grid_landscape() -> InventedForm:
    """Landscape, questions numbered in their own cell."""
    form = new("Calderwick Council – Request for Education, Health and Care Needs Assessment")
    s = form.document.sections[0]
    s.orientation = WD_ORIENT.LANDSCAPE
    s.page_width, s.page_height = s.page_height, s.page_width
    form.heading("Part 1: Child or young person")
    form.table(
        ["1.1", "Legal surname", ""],
        ["1.2", "Legal forename(s)", ""],
        ["1.3", "Preferred name", ""],
        ["1.4", "D.O.B.", ""],
        ["1.5", "UPN", ""],
        ["1.6", "NCY", ""],
        ["1.7", "Home language", ""],
        ["1.8", "Home address and postcode", ""],
    )
    form.expect("Brown", "Ada Rose", "Ada", "14/05/2018", "X9994001", "4", "English", "12 Tannery Row")
    form.heading("Part 2: Education")
    form.table(
        ["2.1", "Name of setting", ""],
        ["2.2", "Date admitted", ""],
        ["2.3", "SENCO", ""],
        ["2.4", "SENCO telephone", ""],
        ["2.5", "Percentage attendance over the last 12 months", ""],
        ["2.6", "Number of fixed term suspensions", ""],
    )
    form.expect("Larkfield", "06/09/2022", "Mrs Joanna Hale", "01632 960 104", ANY, ANY)
    form.heading("Part 3: Parents / carers")
    form.table(
        ["3.1", "Parent/carer 1: full name", "", "Relationship", ""],
        ["3.2", "Parent/carer 1: mobile", "", "Email", ""],
        ["3.3", "Parent/carer 2: full name", "", "Relationship", ""],
        ["3.4", "Parent/carer 2: mobile", "", "Email", ""],
    )
    form.expect("Samira", "mother", "07700 900 123", "samira", "Daniel", "father", "07700 900 456", "daniel")
    form.heading("Part 4: Why now?")
    form.table(["4.1", "Please say why you are making this request at this time (max 250 words)"], ["", ""])
    form.expect("Ada is 8")
    return form


def office_header() -> InventedForm:
    """Header table with answers, shaded office part, footers."""
    form = new("EHC Needs Assessment – School advice")
    h = form.document.sections[0].header
    t = h.add_table(1, 4, form.document.sections[0].page_width - 2000000)
    for c, x in zip(t.rows[0].cells, ["Pupil name:", "", "DOB:", ""], strict=True):
        c.text = x
    form.expect("Ada Rose Brown", "14/05/2018")
    o = form.table(["SEND Service use only", "", ""], ["Date stamp", "Case ref", "Allocated to"], ["", "", ""])
    for r in o.rows:
        for c in r.cells:
            shade(c)
    form.expect(OFFICE, OFFICE, OFFICE, OFFICE, OFFICE)
    form.heading("1 Pupil")
    form.table(
        ["Year group", "", "Class teacher", ""],
        ["First language", "", "Ethnicity", ""],
        ["Pupil Premium (please circle)", "Yes / No", "Free School Meals (please circle)", "Yes / No"],
    )
    form.expect("4", ANY, "English", "MWBC", "No", "No")
    form.heading("2 Area of need")
    form.line(
        "Please tick the main area of need:  ☐ Cognition and learning   ☐ Communication and interaction   ☐ SEMH   "
        "☐ Sensory and/or physical"
    )
    form.expect(True, False, False, False)
    form.heading("3 Strengths and difficulties")
    form.table(
        ["Area", "Strengths", "Difficulties"],
        ["Cognition and Learning", "", ""],
        ["Communication and Interaction", "", ""],
        ["Social, Emotional and Mental Health", "", ""],
        ["Sensory and Physical", "", ""],
        header=True,
    )
    form.expect(*[ANY] * 8)
    form.heading("4 Declaration")
    form.table(["Headteacher (print name)", "", "Signature", "", "Date", ""])
    form.expect(ANY, None, ANY)
    return form


def welsh() -> InventedForm:
    """Welsh / English pairs."""
    form = new("Cyngor Brynmoel / Brynmoel Council: Request for statutory assessment of a child")
    form.table(
        ["Cyfenw / Surname", ""],
        ["Enw(au) cyntaf / First name(s)", ""],
        ["Dyddiad geni / Date of birth", ""],
        ["Cyfeiriad / Address", ""],
        ["Côd post / Postcode", ""],
        ["Rhyw / Gender", ""],
        ["Ysgol / School", ""],
    )
    form.expect("Brown", "Ada Rose", "14/05/2018", "12 Tannery", "ZZ99", "Female", "Larkfield")
    form.heading("Rhieni / Parents")
    form.table(
        ["Enw / Name", ""],
        ["Perthynas / Relationship to child", ""],
        ["Rhif ffôn / Telephone number", ""],
        ["E-bost / Email", ""],
    )
    form.expect("Samira", "mother", "07700 900 123", "samira")
    form.line("A yw’r plentyn yn derbyn gofal? / Is the child looked after?   Ydy / Yes ☐   Nac ydy / No ☐")
    form.expect(False, True)
    return form


def nested() -> InventedForm:
    """Nested tables, merged label cells, instructions in cells."""
    form = new("Ashmere LA: Top-up funding request for a pupil with SEND")
    t = form.document.add_table(rows=3, cols=2, style="Table Grid")
    t.cell(0, 0).text = "Pupil details"
    n = t.cell(0, 1).add_table(3, 2)
    for r, x in zip(n.rows, ["Name of pupil", "Date of birth", "Year group"], strict=True):
        r.cells[0].text = x
    form.expect("Ada Rose Brown", "14/05/2018", "4")
    t.cell(1, 0).text = "School details"
    n = t.cell(1, 1).add_table(2, 2)
    for r, x in zip(n.rows, ["School", "DfE number"], strict=True):
        r.cells[0].text = x
    form.expect("Larkfield", ANY)
    t.cell(2, 0).text = "What is the pupil’s main difficulty?"
    t.cell(2, 1).text = "Describe here in no more than 300 words. Refer to professional reports."
    form.expect(ANY)
    form.heading("Provision in place")
    form.table(
        ["Provision", "Staff : pupil ratio", "Minutes per session", "Sessions per week", "Annual cost"],
        [""] * 5,
        [""] * 5,
        [""] * 5,
        [""] * 5,
        header=True,
    )
    form.expect(ANY, ANY, ANY, ANY, ANY)
    form.table(["Total annual cost of provision", "£"], ["Less first £6,000", "£"], ["Top-up requested", "£"])
    form.expect("6,091.40", None, "91.40")
    return form


def eyfs() -> InventedForm:
    """The early years: areas of learning, a check with its date behind the boxes."""
    form = new("Early Years: request for an EHC needs assessment (setting)")
    form.table(
        ["Child’s full name", ""],
        ["Known as", ""],
        ["Date of birth", "", "Gender", "☐ M  ☐ F"],
        ["Start date at setting", ""],
        ["Key person", ""],
        ["Hours attended each week", ""],
        ["2 year old progress check completed?", "Yes ☐ No ☐ Date:"],
    )
    form.expect("Ada Rose Brown", "Ada", "14/05/2018", False, True, "06/09/2022", "Mrs Jahanara", ANY, ANY, ANY, ANY)
    form.heading("EYFS profile / stage of development")
    form.table(
        ["Area of learning", "Age in months", "Comment"],
        ["Communication and Language", "", ""],
        ["Physical Development", "", ""],
        ["PSED", "", ""],
        header=True,
    )
    form.expect(*[ANY] * 6)
    form.heading("Health")
    form.table(
        ["NHS number", ""],
        ["GP name and practice", ""],
        ["Health visitor", ""],
        ["Any allergies or medication?", ""],
        ["Hearing – date last tested and result", ""],
    )
    form.expect("999 000 0018", "Dr Emi Sato", ANY, ANY, ANY)
    return form


def post16() -> InventedForm:
    """A young person: course, adulthood, own views."""
    form = new("Post-16 request for EHC needs assessment: young person")
    form.table(
        ["Learner name", "", "ULN", ""],
        ["Course", "", "Start date", ""],
        ["I live at", ""],
        ["Do you want someone to help you with this request?", "Yes / No"],
    )
    form.expect("Ada Rose Brown", ANY, None, ANY, ANY, ANY)
    form.heading("Preparing for adulthood")
    form.table(["Employment", ""], ["Independent living", ""], ["Community inclusion", ""], ["Health", ""])
    form.expect(ANY, ANY, ANY, ANY)
    form.heading("My views")
    form.table(["What I am good at"], [""], ["What I find hard"], [""], ["What I want to do in the future"], [""])
    form.expect(ANY, ANY, ANY)
    return form


_OOXML = "http://schemas.openxmlformats.org"
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_TEXT_BOX = (
    f'<w:r xmlns:w="{_OOXML}/wordprocessingml/2006/main" xmlns:wp="{_OOXML}/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:a="{_OOXML}/drawingml/2006/main" xmlns:wps="{_SHAPE}"><w:drawing><wp:inline>'
    '<wp:extent cx="5000000" cy="900000"/><wp:docPr id="1" name="b"/><a:graphic>'
    f'<a:graphicData uri="{_SHAPE}"><wps:wsp><wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx><wps:bodyPr/>'
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def textbox() -> InventedForm:
    """Lines and text boxes of a fixed height."""
    form = new("Fernleigh: Request for involvement of an educational psychologist")

    def box(label: str) -> None:
        p = form.document.add_paragraph(label)
        p._p.append(parse_xml(_TEXT_BOX))

    form.line("Pupil: ______________________  D.o.B: ____/____/______  Year: ______")
    form.expect("Ada Rose Brown", "14/05/2018", "4")
    form.line("School: ______________________  SENCo: ______________________")
    form.expect("Larkfield", "Mrs Joanna Hale")
    box("Reason for request:")
    form.expect(ANY)
    box("What has been tried so far and with what result?")
    form.expect(ANY)
    box("Parents’ views:")
    form.expect(ANY)
    form.line("Parent signature ____________________ Date ________")
    form.expect(None, ANY)
    form.line("Parent consent given?  Y / N  (please circle)")
    form.expect(ANY)
    return form


def mixed_parts() -> InventedForm:
    """Parental and school parts in one form."""
    form = new("Larchdale Council: EHC needs assessment request (parents and school)")
    form.heading("SECTION A – TO BE COMPLETED BY PARENT/CARER")
    form.table(
        ["Your name", ""],
        ["Your relationship to the child", ""],
        ["Your child’s name", ""],
        ["Your child’s date of birth", ""],
        ["Your address", ""],
        ["Your telephone number", ""],
    )
    form.expect("Samira", "mother", "Ada Rose Brown", "14/05/2018", ANY, "07700 900 123")
    form.line("What are your hopes for your child’s future?")
    form.table([""])
    form.expect("That she can read")
    form.line("What is working well?")
    form.table([""])
    form.expect(ANY)
    form.heading("SECTION B – TO BE COMPLETED BY SCHOOL")
    form.table(["Name of person completing this section", ""], ["Role", ""], ["Email", ""], ["Date", ""])
    form.expect("Mrs Joanna Hale", "SENCO", "senco@", ANY)
    form.table(
        ["Name of professional", "Job title", "Organisation", "Date last seen", "Report attached? Y/N"],
        [""] * 5,
        [""] * 5,
        [""] * 5,
        [""] * 5,
        header=True,
    )
    form.expect(["Kofi Mensah"], ["Speech"], ["Northmoor"], ANY, ANY)
    form.heading("SECTION C – FOR LA USE")
    form.table(["Received", "", "Panel date", "", "Outcome", "☐ Agreed ☐ Not agreed"])
    form.expect(OFFICE, OFFICE, OFFICE, OFFICE)
    return form


def controls() -> InventedForm:
    """Controls in cells and behind their labels."""
    form = new("Silverbourne: SEND support plan and request for assessment")
    t = form.table(
        ["Name of pupil", ""],
        ["Date of birth", ""],
        ["Primary area of need", ""],
        ["Local authority", ""],
        ["Looked after child?", ""],
    )
    lists = (
        '<w:dropDownList><w:listItem w:displayText="Choose an item." w:value=""/>'
        + "".join(
            f'<w:listItem w:displayText="{x}" w:value="{x}"/>'
            for x in ("Cognition and Learning", "Communication and Interaction", "SEMH", "Sensory/Physical")
        )
        + "</w:dropDownList>"
    )
    answers = "".join(f'<w:listItem w:displayText="{x}" w:value="{n}"/>' for n, x in ((1, "Yes"), (2, "No")))
    yn = f"<w:comboBox>{answers}</w:comboBox>"
    control(t.cell(0, 1).paragraphs[0])
    control(
        t.cell(1, 1).paragraphs[0],
        '<w:date><w:dateFormat w:val="dd MMMM yyyy"/></w:date>',
        "Click or tap to enter a date.",
    )
    control(t.cell(2, 1).paragraphs[0], lists, "Choose an item.")
    control(t.cell(3, 1).paragraphs[0])
    control(t.cell(4, 1).paragraphs[0], yn, "Choose an item.")
    form.expect("Ada Rose Brown", "14 May 2018", "Cognition", ANY, "No")
    form.heading("Outcomes")
    form.table(
        ["Outcome", "Provision", "By whom", "How often", "Review date"], [""] * 5, [""] * 5, [""] * 5, header=True
    )
    form.expect(ANY, ANY, ANY, ANY, ANY)
    p = form.line("Views of the young person: ")
    control(p, '<w:text w:multiLine="1"/>', "Type here")
    form.expect(ANY)
    p = form.line("Views of parents: ")
    control(p, '<w:text w:multiLine="1"/>', "Type here")
    form.expect(ANY)
    p = form.line("Completed by: ")
    control(p)
    p = form.line("Position: ")
    control(p)
    p = form.line("Date: ")
    control(p, '<w:date><w:dateFormat w:val="dd/MM/yyyy"/></w:date>', "Date")
    form.expect("Mrs Joanna Hale", "SENCO", ANY)
    return form


WORD = (grid_landscape, office_header, welsh, nested, eyfs, post16, textbox, mixed_parts, controls)
