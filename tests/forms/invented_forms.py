"""Blank forms of invented councils in layouts of their own, each with what belongs at every place for Ada.

A form is written with its answers: `expect(...)` notes, in reading order, what belongs at the next places. None is a
place that a person fills in, OFFICE one of the authority, and ANY one where several answers are right.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

OFFICE, ANY = "(office)", "(any)"


@dataclass
class InventedForm:
    """A Word form while it is written, and its answers so far."""

    document: Any = field(default_factory=Document)
    answers: list[Any] = field(default_factory=list)

    def expect(self, *answers: Any) -> None:
        """What belongs at the next places."""
        self.answers += answers

    def heading(self, text: str) -> None:
        """A heading of the second level."""
        self.document.add_heading(text, 2)

    def line(self, *parts: str) -> Any:
        """A paragraph; parts that begin with `~` are spaces with a line under them, `box` is a Wingdings box."""
        paragraph = self.document.add_paragraph()
        for part in parts:
            if part.startswith("~"):
                paragraph.add_run(" " * (len(part) * 4)).underline = True
            elif part == "box":
                symbol(paragraph.add_run())
            else:
                paragraph.add_run(part)
        return paragraph

    def table(self, *rows: list[str], header: bool = False) -> Any:
        """A table of texts; `` is an empty cell."""
        table = self.document.add_table(rows=0, cols=max(map(len, rows)), style="Table Grid")
        for texts in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, texts, strict=False):
                cell.text = text
            if len(texts) < len(cells):
                cells[len(texts) - 1].merge(cells[-1])
        if header:
            for run in (run for cell in table.rows[0].cells for run in cell.paragraphs[0].runs):
                run.bold = True
        return table

    def content(self) -> bytes:
        """The finished file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def symbol(run: Any, char: str = "F0A8") -> None:
    """A box of the font Wingdings, as Word inserts symbols."""
    sym = OxmlElement("w:sym")
    sym.set(qn("w:font"), "Wingdings")
    sym.set(qn("w:char"), char)
    run._r.append(sym)


def control(
    paragraph: Any, kind: str = "<w:text/>", prompt: str = "Click or tap here to enter text.", title: str = ""
) -> None:
    """A content control at the end of a paragraph, showing its prompt."""
    alias = f'<w:alias w:val="{title}"/>' if title else ""
    paragraph._p.append(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr>{alias}<w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent><w:r><w:rPr>"
            f'<w:rStyle w:val="PlaceholderText"/></w:rPr><w:t xml:space="preserve">{prompt}</w:t></w:r>'
            "</w:sdtContent></w:sdt>"
        )
    )


def brackenshire() -> InventedForm:
    """A request: labels and answers in one cell, answers below their labels, underlined spaces, Wingdings boxes."""
    form = InventedForm()
    form.document.add_heading("Brackenshire Council: request for an EHC needs assessment", 1)
    form.table(["Office use only"], ["Date logged", "", "Caseworker", ""])
    form.expect(OFFICE, OFFICE)
    form.heading("A. About the child or young person")
    form.table(["Family name:", "Given names:"], ["Date of birth:", "Unique Pupil Number:"])
    form.expect("Brown", "Ada Rose", "14/05/2018", "X999400122017")
    form.document.add_paragraph()
    form.table(["Preferred name", "National Curriculum Year Group", "Ethnic origin"], ["", "", ""])
    form.expect("Ada", "4", "MWBC")
    form.document.add_paragraph()
    form.line("Home address ", "~~~~~~~~~~~~", "  Post code ", "~~~~")
    form.expect("12 Tannery Row, Northmoor, ZZ99 3CZ", "ZZ99 3CZ")
    form.line("Gender:  Male ", "box", "  Female ", "box")
    form.expect(False, True)
    form.line("Is the child looked after by a local authority?  ", "box", " Yes  ", "box", " No")
    form.expect(False, True)
    form.line("Is English an additional language?  Yes / No")
    form.expect("No")
    form.line("GP surgery: ……………………………………  Telephone: ……………………")
    form.expect("Tannery Road Surgery", "01632 960 200")
    form.heading("B. Parents and carers")
    for person, name, mail in (("Parent 1", "Samira Brown", "samira.brown@family.example"),
                               ("Parent 2", "Daniel Brown", "daniel.brown@family.example")):  # fmt: skip
        form.table([person], ["Name", "", "Relationship to child", ""], ["Email address", "", "Mobile number", ""])
        relation, phone = ("mother", "07700 900 123") if "1" in person else ("father", "07700 900 456")
        form.expect(name, relation, mail, phone)
        form.document.add_paragraph()
    form.heading("C. The setting")
    form.table(["Name of setting", ""], ["DfE number", ""], ["Headteacher", ""], ["SENCO", ""], ["SENCO telephone", ""])
    form.expect("Larkfield Community School", "999/4001", "Mrs Ruth Calloway", "Mrs Joanna Hale", "01632 960 104")
    form.document.add_paragraph()
    form.table(["Date child started at the setting", "", "Attendance (%)", ""])
    form.expect("06/09/2022", "93.0")
    form.heading("D. Needs")
    form.table(["Area of need", "Strengths", "Difficulties"], ["Communication and interaction", "", ""],
               ["Cognition and learning", "", ""])  # fmt: skip
    form.expect("Listens well one to one", "Following directions at the", "Average reasoning", "Reading age 6 years")
    form.document.add_paragraph("Reason for request (maximum 250 words)")
    form.table([""])
    form.expect("Ada is 8 and in Year 4.")
    form.heading("E. Professionals involved")
    form.table(["", "Name", "Service", "Date of last report"], ["1", "", "", ""], ["2", "", "", ""], ["3", "", "", ""],
               header=True)  # fmt: skip
    form.expect(["Kofi Mensah"], ["Northmoor Speech and Language Therapy Service"], ["20/01/2026"])
    form.heading("F. Signatures")
    form.line("Signature of parent/carer ", "~~~~~~~~", "  Date ", "~~~~")
    form.expect(None, "17/11/2026")
    form.line("Headteacher’s signature ", "~~~~~~~~", "  Date ", "~~~~")
    form.expect(None, "19/11/2026")
    return form


def dalesmoor() -> InventedForm:
    """A support plan and review: controls with prompts in running text, leader tabs, an instruction to write below."""
    form = InventedForm()
    form.document.add_heading("Dalesmoor: SEN Support Plan", 1)
    first = form.document.add_paragraph("Pupil: ")
    control(first, prompt="name of pupil")
    first.add_run("   Class: ")
    control(first, prompt="class")
    first.add_run("   Date of birth: ")
    control(first, '<w:date><w:dateFormat w:val="d MMMM yyyy"/></w:date>', "Click to enter a date.")
    form.expect("Ada Rose Brown", "4A", "14 May 2018")
    for label, answer in (("Class teacher", "Mr Tunde Adeyemi"), ("SENCO", "Mrs Joanna Hale")):
        tabbed = form.document.add_paragraph(f"{label}\t")
        tabbed.paragraph_format.tab_stops.add_tab_stop(Cm(14), leader=WD_TAB_LEADER.DOTS)
        form.expect(answer)
    form.table(["Date of plan", "", "Review date", ""])
    form.expect("15/09/2026", "08/12/2026")
    form.heading("What I want you to know")
    form.table(["What is important to me"], [""], ["How best to support me"], [""])
    form.expect("My rabbit Biscuit", "Tell me one thing at a time.")
    form.heading("Targets")
    form.table(["Outcome", "Target", "Baseline", "How will we know?"], ["", "", "", ""], ["", "", "", ""], header=True)
    form.expect(
        ["By July 2027 Ada reads aloud"], ["Ada reads 17 of 20 unseen words"], ["10 of 20"], ["New list of 20 words"]
    )
    form.heading("Provision")
    form.table(["Intervention", "Staff", "Frequency", "Length of session", "Group size"], ["", "", "", "", ""],
               ["", "", "", "", ""], header=True)  # fmt: skip
    form.expect(["Structured cumulative phonics"], ["Teaching assistant (Mrs Begum)"], ["4"], ["30"], ["1"])
    form.heading("Review of the last plan")
    form.table(["What went well?", ""], ["Parents’ views", ""], ["Expected progress?", "Yes / No"])
    form.expect("Mornings and asking yes.", "Samira: we have our girl back", "No")
    form.document.add_paragraph()
    form.table(["Shoe size", ""], ["Favourite colour", ""])
    form.expect(None, None)
    return form


def fenwick() -> InventedForm:
    """A referral in the words of many real ones: YP, PR? Y/N beside empty cells, one box a line, (Y/N) in a header."""
    form = InventedForm()
    form.document.add_heading("Fenwick Metropolitan Borough: EHCNA referral form", 1)
    form.heading("Section 1 - Child/Young Person Details")
    form.table(
        ["Child/YP Full Name", "", "Date of Birth", ""],
        ["Address (inc. postcode)", ""],
        ["Gender", "☐ Male ☐ Female ☐ Other", "Ethnicity", ""],
        ["Is the child adopted?", "Yes ☐ No ☐", "Religion", ""],
    )
    form.expect("Ada Rose Brown", "14/05/2018", "12 Tannery Row", False, True, False, "MWBC", None, None, "")
    form.heading("Section 2 - Parent/Carer Details")
    form.table(
        ["", "Parent/Carer 1", "Parent/Carer 2"],
        ["Name:", "", ""],
        ["Relationship to child/YP:", "", ""],
        ["Contact number(s):", "", ""],
        ["Email:", "", ""],
        ["Does this person have PR? Y/N", "", ""],
    )
    form.expect(
        "Samira Brown",
        "Daniel Brown",
        "mother",
        "father",
        "07700 900 123",
        "07700 900 456",
        "samira",
        "daniel",
        "Yes",
        "Yes",
    )
    form.heading("Section 3 - Educational Setting")
    form.table(
        ["Setting name", ""],
        ["Setting address", ""],
        ["Name of SENDCo", ""],
        ["SENDCo email", ""],
        ["Date started", ""],
        ["Current % attendance", ""],
    )
    form.expect("Larkfield", "Mill Lane", "Mrs Joanna Hale", "senco@", "06/09/2022", "93.0")
    form.heading("Section 4 - Child’s SEND")
    form.document.add_paragraph("Primary area of need (please tick one box only):")
    for a in ("Cognition & Learning", "Communication & Interaction", "SEMH", "Sensory and/or Physical"):
        form.document.add_paragraph("☐ " + a)
    form.expect(True, False, False, False)
    form.document.add_paragraph("What are the child’s strengths?")
    form.table([""])
    form.expect("Communication and interaction: Listens")
    form.document.add_paragraph("What progress has the child made over the last 12 months?")
    form.table([""])
    form.expect("Words on sight")
    form.document.add_paragraph(
        "Please describe the graduated approach (Assess, Plan, Do, Review) that has been taken to date"
    )
    form.table([""])
    form.expect("Early discussions")
    form.heading("Section 5 - Agency involvement")
    form.table(
        ["Agency", "Name of professional", "Contact details", "Date of most recent report", "Report attached? (Y/N)"],
        ["", "", "", "", ""],
        ["", "", "", "", ""],
        ["", "", "", "", ""],
        header=True,
    )
    form.expect(["Northmoor Speech"], ["Kofi"], ["salt@"], ["20/01/2026"], ANY)
    form.heading("Section 6 - Voice of the child and family")
    form.table(["Child/YP’s views", ""], ["How were these views obtained?", ""], ["Parent/carer views", ""])
    form.expect("“I am getting on", "Three talks", ANY)
    form.heading("Section 7 - Declaration")
    form.table(["Name of Headteacher", ""], ["Signature", ""], ["Date", ""])
    form.expect("Mrs Ruth Calloway", None, "19/11/2026")
    form.heading("For LA use only")
    form.table(["Received by", ""], ["Date", ""])
    form.expect(OFFICE, OFFICE)
    return form


FORMS = {"brackenshire-request": brackenshire, "dalesmoor-plan": dalesmoor, "fenwick-referral": fenwick}
