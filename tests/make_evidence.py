"""Makes Ada's example evidence: reports, scans, a phone photo and drawings, all invented, the same bytes each time.

    python tests/make_evidence.py            writes cases/ada-brown/evidence/ and cases/ada-brown/rabbit.png
    python tests/make_evidence.py FOLDER     writes them there instead

The files are as mixed as what schools receive: tagged and untagged PDFs, scans without text, a Word report, a landscape
table, a photo that lies on its side and knows where it was taken (a spot in the North Sea).
"""

from __future__ import annotations

import io
import itertools
import random
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import docx
import img2pdf
import pikepdf
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from generator.engines.protocol import Docx, Failure
from generator.engines.rdocx.rdocx_engine import Embedded

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "cases" / "ada-brown"
FONTS = ROOT / "templates" / "fonts"
INK, PAPER = (38, 38, 46), (250, 248, 240)
Pen = ImageDraw.ImageDraw


# Word reports, and the PDFs made from them


def new_report(title: str, author: str, written: datetime, face: str = "Arial") -> Document:
    """An empty A4 document with a title in its properties, in English, in `face`."""
    report = docx.Document()
    properties = report.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = written
    properties.comments = ""
    section = report.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        set_face(report, name, face)
    report.styles["Normal"].font.size = Pt(11)
    report.styles["Normal"].paragraph_format.space_after = Pt(7)
    report.styles["Title"].font.size = Pt(19)
    return report


def set_face(report: Document, style: str, face: str) -> None:
    """One face for a style, without the theme's fonts, in dark ink and British English."""
    font = report.styles[style].font
    font.name, font.color.rgb = face, RGBColor(*INK)
    fonts = font.element.rPr.rFonts
    for name in list(fonts.attrib):
        if "heme" in name:
            del fonts.attrib[name]
    language = font.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "en-GB"})
    font.element.rPr.append(language)


def add_link(paragraph: Paragraph, words: str, address: str) -> None:
    """A link that can be clicked, blue and underlined."""
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run = paragraph.add_run(words)
    run.font.underline, run.font.color.rgb = True, RGBColor(5, 82, 160)
    link.append(run._element)
    paragraph._element.append(link)


def add_table(report: Document, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """A grid whose first row is a header row; widths in centimetres."""
    table = report.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Cm(width)
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(10), number == 0
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))
    report.add_paragraph()


def word_file(report: Document) -> bytes:
    """The .docx with the same date on every part, so that it is the same file on every day."""
    first, second = io.BytesIO(), io.BytesIO()
    report.save(first)
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            fixed.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), parts.read(name), zipfile.ZIP_DEFLATED, 9)
    return second.getvalue()


def pdf_file(report: Document, tagged: bool = True) -> bytes:
    """The report as a PDF with text, headings and links; untagged as older programs write it."""
    (result,) = Embedded().convert([Docx("report", word_file(report), foreign=True)])
    if isinstance(result, Failure):
        raise SystemExit(result.reason)
    with pikepdf.Pdf.open(io.BytesIO(result.content)) as pdf:
        if not tagged:
            for key in ("/StructTreeRoot", "/MarkInfo", "/Lang", "/Metadata"):
                if key in pdf.Root:
                    del pdf.Root[key]
            for page in pdf.pages:
                for key in ("/StructParents", "/Tabs"):
                    if key in page.obj:
                        del page.obj[key]
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The PDF with an id that depends on its content alone."""
    out = io.BytesIO()
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def psychologist() -> bytes:
    report = new_report("Educational psychology report: Ada Brown", "Dr Helen Marsh", datetime(2026, 5, 15, 9, 0))
    report.add_paragraph("Northmoor Educational Psychology Service, Civic Centre, Northmoor")
    report.add_heading("Educational psychology report", 0)
    report.add_paragraph(
        "Child: Ada Brown, born 14 May 2018 (7 years 11 months when seen). School: Larkfield Community School, Year 3. "
        "Seen on 5 May 2026 in school for two sessions of 50 minutes. Report of 15 May 2026 by Dr Helen Marsh, "
        "educational psychologist."
    )
    report.add_heading("Why I was asked", 1)
    report.add_paragraph(
        "Two cycles of support have brought less progress in reading than planned. Ada's parents and teachers "
        "want to know "
        "what makes reading hard for her, what she does well, and what teaching she needs. I talked with Ada, "
        "with both "
        "parents by telephone, with Miss Okoro and with Mrs Begum, saw a lesson, and read the two cycle records."
    )
    report.add_heading("Ada's view", 1)
    report.add_paragraph(
        "Ada told me that she is good at rabbits and sums. About reading she said: “I know it and then it's "
        "gone.” On a "
        "scale from 1 to 10 she put talking at 9, number at 8, and reading a page at 2. Asked what helps, she drew Mrs "
        "Begum and a chart."
    )
    report.add_heading("What I found", 1)
    report.add_heading("Strengths", 2)
    report.add_paragraph(
        "Ada reasons as well as most children of her age, in words and without them. She worked with humour for "
        "the whole of "
        "both sessions, corrected herself, and asked for a task to be said again when she had lost it."
    )
    report.add_heading("Test results", 2)
    report.add_paragraph("Standard scores have an average of 100; about two thirds of children score from 85 to 115.")
    add_table(
        report,
        [
            ("What was measured", "Test", "Standard score", "Range (90 %)", "Percentile"),
            ("Verbal ability", "British Ability Scales, 3rd edition", "97", "89 to 105", "42"),
            ("Non-verbal reasoning", "British Ability Scales, 3rd edition", "101", "93 to 109", "53"),
            ("Phonological awareness", "CTOPP, 2nd edition", "73", "67 to 82", "4"),
            ("Phonological memory", "CTOPP, 2nd edition", "72", "66 to 82", "3"),
        ],
        (4.3, 5.1, 2.3, 2.7, 2.0),
    )
    report.add_heading("What it means", 2)
    report.add_paragraph(
        "Ada has a severe and persistent difficulty with reading and spelling words, also called dyslexia. It is "
        "explained by "
        "weak awareness of the sounds in words and by a short memory for them, and not by her reasoning, by poor "
        "teaching or "
        "by missed school. The glue ear of her early years will have played a part; her hearing is now normal. Because "
        "sounds fade quickly, anything she has learned must come back often and in small steps, or it is lost."
    )
    report.add_paragraph(
        "The worry that showed in spring is a sensible answer to a school day in which she is asked many times "
        "an hour to "
        "do what she cannot yet do. It has eased since she can tell a trusted adult about it."
    )
    report.add_heading("What I advise", 1)
    for advice in (
        "A structured, cumulative phonics programme every day, one to one, by an adult who is trained in it. It "
        "should be "
        "planned, checked each week and in part taught by a specialist teacher; I have three lessons a week in mind.",
        "No copying from the board, and no long handwriting where the aim is something else. Let her show what "
        "she knows by "
        "voice, by tablet or by drawing.",
        "One instruction at a time, with pictures, and time to say it back.",
        "A trusted adult and a set time each week to talk about worries; school has begun this with Ms Quinn.",
        "A second look at all of this within a year.",
    ):
        report.add_paragraph(advice, style="List Bullet")
    report.add_heading("More to read", 1)
    reading = report.add_paragraph("Our service's pages for schools: ")
    add_link(reading, "daily reading programmes", "https://www.northmoor.example/eps/reading")
    reading.add_run(" and ")
    add_link(reading, "talking about worries", "https://www.northmoor.example/eps/worries")
    reading.add_run(".")
    report.add_paragraph(
        "Shared with Samira and Daniel Brown on 15 May 2026; they agree that it may be sent to the local authority."
    )
    report.add_paragraph("Dr Helen Marsh, educational psychologist, eps@northmoor.example")
    return pdf_file(report)


def specialist_teacher() -> bytes:
    report = new_report("Specialist teacher's report: Ada Brown", "Frances Doyle", datetime(2026, 9, 29, 16, 0))
    report.add_paragraph("Northmoor Specialist Teaching Service")
    report.add_heading("Report and visit notes", 0)
    report.add_paragraph(
        "Ada Brown, Year 4, Larkfield Community School. Lesson watched on 23 April 2026, lesson taught and "
        "progress checked "
        "on 24 September 2026. Written on 29 September 2026."
    )
    report.add_heading("What I saw", 1)
    report.add_paragraph(
        "Mrs Begum teaches the programme as it is meant to be taught: short, brisk, every pattern said, built, "
        "read and "
        "written. Ada works hard and likes to see her own score. The teaching is not the reason for slow progress."
    )
    report.add_heading("What Ada has kept", 1)
    add_table(
        report,
        [
            ("When", "Patterns taught so far", "Kept without help", "Lessons for one new pattern"),
            ("23 April 2026", "3", "2", "not counted yet"),
            ("3 July 2026", "14", "12", "about 5, with daily lessons on one new pattern"),
            ("10 September 2026, after the holidays", "14", "6", "-"),
            ("24 September 2026", "15", "9", "about 9, counting the lessons in which old patterns were taught again"),
        ],
        (4.6, 3.6, 3.4, 4.8),
    )
    report.add_paragraph(
        "In my own lessons with children who have a similar profile, a pattern is secure after about four lessons. The "
        "difference is not time alone: it is choosing each day, from what was forgotten, what comes next."
    )
    report.add_heading("What I advise", 1)
    for advice in (
        "Four lessons of 30 minutes a week instead of five short ones, with older patterns in each. (Agreed by "
        "telephone in "
        "July; begun on 14 September.)",
        "Three lessons a week of 45 minutes by a teacher who is qualified to teach pupils with dyslexia. Mrs "
        "Begum's lessons "
        "should go on between them.",
        "A check of what was kept after each holiday, in the first week.",
    ):
        report.add_paragraph(advice, style="List Bullet")
    report.add_paragraph(
        "School buys one hour of my time every second week from 24 September. I teach Ada for 35 minutes and "
        "plan with Mrs "
        "Begum for the rest. That is better than nothing and less than she needs."
    )
    link = report.add_paragraph("The word lists we use: ")
    add_link(link, "www.northmoor.example/sts/lists", "https://www.northmoor.example/sts/lists")
    report.add_paragraph("Frances Doyle, specialist teacher for literacy difficulties")
    return pdf_file(report)


def reading_tests() -> bytes:
    report = new_report("Reading and spelling tests: Ada Brown", "Joanna Hale", datetime(2026, 11, 10, 15, 0))
    section = report.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    report.add_heading("Reading and spelling tests, September 2025 to November 2026", 0)
    report.add_paragraph(
        "Ada Brown, born 14 May 2018. All tests given by Mrs Joanna Hale, SENCO (assessor's certificate, level "
        "7), one to "
        "one, in the Rainbow room before break."
    )
    add_table(
        report,
        [
            ("Date", "Age", "Test", "Standard score", "Range (90 %)", "Percentile", "Age equivalent", "Behind age by"),
            ("9 September 2025", "7y 3m", "Single Word Reading Test 6-16", "80", "75 to 87", "9", "6y 0m", "15 months"),
            ("9 September 2025", "7y 3m", "Helen Arkell Spelling Test 2", "79", "73 to 87", "8", "6y 0m", "15 months"),
            ("17 March 2026", "7y 10m", "Single Word Reading Test 6-16", "77", "72 to 84", "6", "6y 2m", "20 months"),
            ("10 November 2026", "8y 5m", "Single Word Reading Test 6-16", "74", "69 to 81", "4", "6y 6m", "23 months"),
            ("10 November 2026", "8y 5m", "Helen Arkell Spelling Test 2", "72", "66 to 80", "3", "6y 2m", "27 months"),
        ],
        (3.6, 1.9, 5.9, 2.6, 3.0, 2.5, 2.8, 2.8),
    )
    report.add_paragraph(
        "First 100 high-frequency words on sight: 22 in September 2025, 33 in December, 52 in March 2026, 66 in "
        "July, 61 after "
        "the summer holidays, 72 on 6 November 2026."
    )
    return pdf_file(report)


def attendance_record() -> bytes:
    report = new_report("Attendance record", "Larkfield Community School", datetime(2026, 11, 16, 10, 0))
    report.add_heading("Attendance record", 0)
    report.add_paragraph("Pupil: Ada Brown, 4A. Half-day sessions. Printed on 16 November 2026 by Mrs Lorna Pike.")
    rows = [
        ("3 September 2024 to 18 July 2025", 361, 380, "Illness; hospital, ears, 1 day"),
        ("3 September to 19 December 2025", 138, 144, "Illness"),
        ("5 January to 27 March 2026", 93, 106, "Illness 6; tummy ache, mornings, 7"),
        ("13 April to 17 July 2026", 116, 126, "Chickenpox 10"),
        ("2 September to 13 November 2026", 90, 94, "Illness 4"),
    ]
    add_table(
        report,
        [
            ("Period", "Attended", "Possible", "Per cent", "Reasons for absence"),
            *((when, str(a), str(b), f"{100 * a / b:.1f}", why) for when, a, b, why in rows),
        ],
        (5.6, 2.0, 2.0, 2.0, 4.8),
    )
    report.add_paragraph(
        "School closed on 14 and 15 January 2026 (heating): these sessions are not counted as possible."
    )
    return pdf_file(report, tagged=False)


def speech_therapist() -> bytes:
    report = new_report("Speech and language therapy report", "Kofi Mensah", datetime(2026, 1, 20, 11, 0), "Calibri")
    report.add_paragraph("Northmoor Speech and Language Therapy Service")
    report.add_heading("Speech and language therapy report", 0)
    report.add_paragraph(
        "Ada Brown, born 14 May 2018. Seen in school on 13 January 2026 with Mrs Silva. Report of 20 January 2026."
    )
    report.add_heading("How Ada communicates", 1)
    report.add_paragraph(
        "Ada is a friendly talker who looks at you and takes turns. She tells what happened in order and with "
        "detail. When a "
        "word does not come she says “the thing”, shows it with her hands, or draws it."
    )
    report.add_heading("Assessment", 1)
    add_table(
        report,
        [
            ("Area", "Result", "What it means in class"),
            ("Understanding single words", "As others of her age", "She has the words."),
            (
                "Following directions (CELF-5)",
                "5th percentile",
                "Keeps the first and the last part of a long instruction and loses the middle.",
            ),
            (
                "Naming pictures (Renfrew)",
                "26 of 50, age equivalent 5 years 6 months",
                "Knows words that she cannot find quickly.",
            ),
            ("Pictures of everyday things (our set)", "17 of 40 without a cue", "The starting point for practice."),
        ],
        (4.6, 4.7, 7.0),
    )
    report.add_heading("Advice", 1)
    for advice in (
        "Word-finding practice with picture cards and first-sound cues, 15 minutes, four times a week. I have "
        "trained Mrs "
        "Silva.",
        "One instruction at a time, with a picture strip, and time to say it back. In every lesson, by every adult.",
        "Ten seconds of quiet when she looks for a word. Then its first sound.",
    ):
        report.add_paragraph(advice, style="List Bullet")
    more = report.add_paragraph("Picture strips to print: ")
    add_link(more, "www.northmoor-health.example/salt/strips", "https://www.northmoor-health.example/salt/strips")
    report.add_paragraph("Kofi Mensah, speech and language therapist. To be looked at again in March.")
    return word_file(report)


def parents_letter() -> bytes:
    report = new_report("Our letter about Ada", "Samira and Daniel Brown", datetime(2026, 11, 12, 20, 0), "Calibri")
    report.add_paragraph("12 Tannery Row, Northmoor")
    report.add_paragraph("12 November 2026")
    report.add_paragraph("To whom it may concern,")
    for text in (
        "Ada is our daughter. She is eight. She can tell you how to hold a rabbit so that it is not afraid, how many "
        "rabbits there would be after a year if nobody did anything about it, and the whole of chapter seven of "
        "the book "
        "she is listening to. She cannot read the back of a cereal packet.",
        "When she was two she did not turn round when we called. When she was four and a half she got grommets, "
        "and on the "
        "way home she asked what the noise was. It was rain. By then the others in her class knew their sounds.",
        "At home we see what it costs. In Year 3 there were Sundays when she was sick before bed, and mornings "
        "when one of "
        "us walked back from the gate crying. She called herself the stupid one. Her brother Theo, who is four, "
        "told her: "
        "“You are not the stupid one, you are the rabbit one.” Nana Bea reads to her on Thursdays, and those are the "
        "evenings when nobody minds who does the reading.",
        "This year is better. She has Mrs Begum, who came up with her, and Ms Quinn, and a blue card that works. "
        "She talks "
        "stories into the tablet and we hear them at tea. We want you to know that the school has done "
        "everything we could "
        "have asked for and some things that we had not thought of.",
        "But she works harder than anyone and the others get further away. Every report says the same thing: she "
        "needs to "
        "be taught by someone who is trained for children like her, several times a week. The school gets that "
        "person for "
        "one hour every second week. We do not want her taken out of art or playtime to make up for the rest.",
        "We hope that she will be able to read what she needs to become a vet, or whatever she wants by then, "
        "and that she "
        "will like herself. Please look at her properly.",
    ):
        report.add_paragraph(text)
    report.add_paragraph("Samira Brown and Daniel Brown")
    return word_file(report)


# Scans: pictures of printed pages, a little crooked, without a text layer


def typed_page(lines: Sequence[tuple[str, int]], seed: int) -> bytes:
    """One scanned A4 page as a grey JPEG: each line is its text and its size in points (0 for a gap)."""
    dpi = 120
    page = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 246)
    pen, top = ImageDraw.Draw(page), round(0.9 * dpi)
    for text, points in lines:
        size = round((points or 8) * dpi / 72)
        bold = "-Bold" if points > 12 else "-Regular"
        if text:
            font = ImageFont.truetype(FONTS / f"LiberationSans{bold}.ttf", size)
            pen.text((round(0.95 * dpi), top), text, font=font, fill=40)
        top += round(size * 1.45)
    dice = random.Random(seed)
    page = page.rotate(dice.uniform(-1.4, 1.4), Image.Resampling.BICUBIC, fillcolor=246)
    specks = ImageDraw.Draw(page)
    for _ in range(160):
        x, y = dice.randrange(page.width), dice.randrange(page.height)
        specks.point((x, y), fill=dice.randrange(90, 190))
    specks.rectangle((0, 0, 9, page.height), fill=208)  # the shadow of the scanner's lid
    return jpeg(page.filter(ImageFilter.GaussianBlur(0.6)), 58, dpi)


def jpeg(picture: Image.Image, quality: int, dpi: int = 72, exif: Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    more = {"exif": exif.tobytes()} if exif else {}
    picture.save(out, "JPEG", quality=quality, dpi=(dpi, dpi), optimize=True, **more)
    return out.getvalue()


def scan(pages: Sequence[Sequence[tuple[str, int]]], seed: int) -> bytes:
    """A PDF of scanned pages, as the machine in a clinic writes it."""
    pictures = [typed_page(lines, seed + number) for number, lines in enumerate(pages)]
    a4 = img2pdf.get_layout_fun((img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)))
    scanned = datetime(2026, 6, 12, 8, 0)
    with pikepdf.Pdf.open(
        io.BytesIO(img2pdf.convert(pictures, layout_fun=a4, creationdate=scanned, moddate=scanned))
    ) as pdf:
        return saved(pdf)


def occupational_therapy() -> bytes:
    first = [
        ("Northmoor Children's Occupational Therapy", 11),
        ("", 0),
        ("Occupational therapy report", 18),
        ("", 0),
        ("Ada Brown, born 14 May 2018. Seen at school on 4 June 2026. Report of 11 June 2026.", 11),
        ("", 0),
        ("Why we saw Ada", 14),
        ("Her hand hurts when she writes, and she writes very little.", 11),
        ("", 0),
        ("What Ada said", 14),
        ("“My hand gets hot. Drawing is different because nobody is in a hurry.”", 11),
        ("", 0),
        ("What we found", 14),
        ("Very bendy joints in the fingers and thumbs of both hands. Tight grip with the thumb", 11),
        ("across the pencil; the hand tires after six minutes. Good strength in the shoulders.", 11),
        ("", 0),
        ("Test: Beery-Buktenica, 6th edition", 14),
        ("Motor co-ordination: standard score 74, 4th percentile.", 11),
        ("Copying shapes: standard score 84, 14th percentile.", 11),
        ("Seeing differences between shapes: standard score 98, 45th percentile.", 11),
        ("", 0),
        ("Writing for ten minutes: two sentences, nine of 17 words readable to a stranger.", 11),
        ("Letters 'a', 'd' and 'g' begin at the bottom. No fixed place on the line.", 11),
        ("", 0),
        ("Page 1 of 2", 9),
    ]
    second = [
        ("Occupational therapy report, Ada Brown, continued", 11),
        ("", 0),
        ("What it means", 14),
        ("Ada sees shapes as well as others. Her fingers cannot hold still what she plans.", 11),
        ("More practice will not make long handwriting possible: her joints would only hurt more.", 11),
        ("", 0),
        ("What we advise", 14),
        ("1. Keyboard and dictation for anything longer than two sentences, taught as a skill:", 11),
        ("    20 minutes, three times a week, for two terms.", 11),
        ("2. Sloping board and a pencil with a wide grip for short writing.", 11),
        ("3. A break after six minutes of any handwriting.", 11),
        ("4. Letter families only for her name and for short notes.", 11),
        ("5. Drawing for pleasure, as much as she likes.", 11),
        ("", 0),
        ("We will show dictation to her adults at school on 10 July and then close the case.", 11),
        ("School may telephone us until June 2027.", 11),
        ("", 0),
        ("Priya Nair, occupational therapist", 11),
        ("childrens.ot@northmoor-health.example", 11),
        ("", 0),
        ("Page 2 of 2", 9),
    ]
    return scan([first, second], seed=11)


def audiology_letter() -> bytes:
    return scan(
        [
            [
                ("Northmoor Children's Audiology, Tannery Road Clinic", 11),
                ("", 0),
                ("5 March 2026", 11),
                ("", 0),
                ("Dear Ms Brown and Mr Brown,", 11),
                ("", 0),
                ("Ada Brown, born 14 May 2018", 14),
                ("", 0),
                ("Thank you for bringing Ada on 3 March 2026. She listened with great care.", 11),
                ("", 0),
                ("Hearing: within normal limits in both ears (all sounds heard at 20 decibels or softer).", 11),
                ("Middle ear: moves normally on both sides. The grommets of 2022 have come out.", 11),
                ("Listening to words in noise: 28 of 30 right.", 11),
                ("", 0),
                ("Ada's hearing does not explain why longer instructions are hard for her.", 11),
                ("Please let her go on sitting near the teacher and away from the projector.", 11),
                ("", 0),
                ("Next check: March 2027.", 11),
                ("", 0),
                ("Tom Avery, audiologist", 11),
                ("Copies: Dr Sato, Tannery Road Surgery; Larkfield Community School", 9),
            ]
        ],
        seed=37,
    )


# Pictures: what children make, and what phones do to it


def wobbly(
    pen: Pen, points: Sequence[tuple[float, float]], dice: random.Random, colour: object, width: int = 5
) -> None:
    """A line through `points` as a child draws it: almost straight."""
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        steps = max(2, round(max(abs(x1 - x0), abs(y1 - y0)) / 14))
        shaky = [
            (x0 + (x1 - x0) * n / steps + dice.uniform(-2, 2), y0 + (y1 - y0) * n / steps + dice.uniform(-2, 2))
            for n in range(steps + 1)
        ]
        pen.line(shaky, fill=colour, width=width, joint="curve")


def child(pen: Pen, x: float, y: float, size: float, dice: random.Random, colour: object, smile: bool = True) -> None:
    """A stick child whose feet stand at (x, y)."""
    head = size * 0.2
    top = y - size
    pen.ellipse((x - head, top, x + head, top + 2 * head), outline=colour, width=5)
    start, end = (25, 155) if smile else (205, 335)
    mouth = top + head * (0.7 if smile else 1.25)
    pen.arc((x - head * 0.5, mouth, x + head * 0.5, mouth + head * 0.7), start, end, fill=colour, width=4)
    wobbly(pen, [(x, top + 2 * head), (x, y - size * 0.3)], dice, colour)
    wobbly(pen, [(x - size * 0.22, y - size * 0.45), (x + size * 0.22, y - size * 0.5)], dice, colour)
    wobbly(pen, [(x - size * 0.15, y), (x, y - size * 0.3), (x + size * 0.15, y)], dice, colour)


def rabbit(pen: Pen, x: float, y: float, size: float, dice: random.Random) -> None:
    """A brown rabbit that sits at (x, y), one ear up and one ear down."""
    brown, dark = (166, 118, 78), (88, 58, 38)
    pen.ellipse((x - size * 0.5, y - size * 0.75, x + size * 0.5, y), fill=brown, outline=dark, width=4)
    pen.ellipse((x + size * 0.18, y - size * 1.15, x + size * 0.78, y - size * 0.55), fill=brown, outline=dark, width=4)
    pen.ellipse((x + size * 0.3, y - size * 1.75, x + size * 0.47, y - size * 1.05), fill=brown, outline=dark, width=4)
    pen.ellipse((x + size * 0.6, y - size * 1.05, x + size * 1.2, y - size * 0.88), fill=brown, outline=dark, width=4)
    pen.ellipse((x + size * 0.56, y - size * 0.95, x + size * 0.63, y - size * 0.87), fill=dark)
    pen.ellipse((x - size * 0.62, y - size * 0.3, x - size * 0.38, y - size * 0.06), fill=(240, 236, 226), outline=dark)
    for rise in (-0.06, 0.0, 0.06):
        start, end = (x + size * 0.74, y - size * 0.76), (x + size * 1.02, y - size * (0.76 + rise))
        wobbly(pen, [start, end], dice, dark, 2)


def small_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def rabbit_drawing() -> bytes:
    dice = random.Random(4)
    page = Image.new("RGB", (520, 420), PAPER)
    pen = ImageDraw.Draw(page)
    wobbly(pen, [(20, 372), (500, 366)], dice, (96, 152, 84), 7)
    rabbit(pen, 190, 368, 170, dice)
    pen.polygon([(406, 282), (442, 282), (424, 372)], fill=(236, 138, 48), outline=(168, 84, 22))
    for lean in (-16, 0, 16):
        wobbly(pen, [(424, 282), (424 + lean, 246)], dice, (70, 138, 62), 5)
    return small_png(page)


def good_and_hard_day() -> bytes:
    dice = random.Random(12)
    page = Image.new("RGB", (1240, 800), PAPER)
    pen = ImageDraw.Draw(page)
    letters = ImageFont.truetype(FONTS / "Carlito-Regular.ttf", 46)
    wobbly(pen, [(622, 20), (616, 780)], dice, (120, 120, 128), 4)
    pen.text((190, 28), "a gud day", font=letters, fill=(60, 60, 150))
    pen.text((830, 28), "a hrd day", font=letters, fill=(60, 60, 150))
    pen.ellipse((460, 90, 570, 200), fill=(250, 206, 66), outline=(214, 160, 30), width=5)
    wobbly(pen, [(120, 520), (500, 516), (470, 650), (150, 654), (120, 520)], dice, (130, 92, 60), 6)
    for x, y, size, colour in (
        (110, 480, 190, (190, 60, 60)),
        (230, 460, 190, (60, 110, 170)),
        (360, 462, 195, (70, 140, 80)),
        (520, 520, 280, (120, 70, 140)),
    ):
        child(pen, x, y, size, dice, colour)
    rabbit(pen, 290, 720, 70, dice)
    wobbly(pen, [(840, 150), (900, 120), (980, 126), (1050, 116), (1090, 156), (840, 158)], dice, (130, 138, 150), 7)
    for _ in range(26):
        x, y = dice.uniform(690, 1200), dice.uniform(180, 400)
        wobbly(pen, [(x, y), (x - 8, y + 26)], dice, (110, 140, 190), 3)
    for place, colour in enumerate(((190, 60, 60), (60, 110, 170), (70, 140, 80), (200, 130, 40))):
        child(pen, 950 + 76 * place, 620, 180, dice, colour)
    child(pen, 700, 740, 90, dice, (80, 80, 90), smile=False)
    return small_png(page)


def by_hand(page: Image.Image, text: str, left: int, top: int, dice: random.Random) -> None:
    """Writes `text` letter by letter, each a little crooked and off the line."""
    for letter in text:
        font = ImageFont.truetype(FONTS / "Carlito-Regular.ttf", dice.randrange(52, 78))
        tile = Image.new("L", (90, 110), 0)
        ImageDraw.Draw(tile).text((20, 12), letter, font=font, fill=255)
        tile = tile.rotate(dice.uniform(-13, 13), Image.Resampling.BICUBIC)
        page.paste((78, 78, 88), (left, top + dice.randrange(-12, 13)), tile)
        left += round(font.getlength(letter)) + dice.randrange(-3, 9)


def writing_photo() -> bytes:
    """A photo as it leaves the phone: stored on its side, with an orientation and a position in its EXIF."""
    dice = random.Random(6)
    desk = Image.new("RGB", (1200, 1600), (186, 148, 106))
    pen = ImageDraw.Draw(desk)
    for y in range(0, 1600, 23):
        wobbly(pen, [(0, y), (1200, y + 8)], dice, (176, 138, 98), 3)
    pen.rectangle((90, 90, 1110, 800), fill=PAPER)
    for y in range(230, 780, 110):
        pen.line((110, y, 1090, y), fill=(176, 196, 220), width=3)
    by_hand(desk, "the rabit wos poly so", 130, 150, dice)
    by_hand(desk, "he sed i ned a dokt", 130, 262, dice)
    by_hand(desk, "he wen", 130, 378, dice)
    pen.rectangle((140, 900, 1060, 1500), fill=(255, 255, 255), outline=(220, 220, 220))
    typed = ImageFont.truetype(FONTS / "LiberationSans-Regular.ttf", 40)
    for number, line in enumerate(
        (
            "The rabbit was poorly, so he said,",
            "I need a doctor. But the doctor was a",
            "rabbit too. She had a very small bag",
            "and in the bag there was a carrot.",
            "She said, eat this and do not hop for",
            "two days. He hopped anyway and his",
            "ear went floppy for ever, and that is",
            "why you have to listen to doctors.",
        )
    ):
        pen.text((180, 950 + 62 * number), line, font=typed, fill=(30, 30, 30))
    photo = desk.filter(ImageFilter.GaussianBlur(0.7)).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # "turn me a quarter to the right"
    exif[0x010F], exif[0x0110], exif[0x0132] = "Example", "Phone 4", "2026:11:06 11:58:20"
    exif.get_ifd(0x8825).update({1: "N", 2: (55.0, 12.0, 30.0), 3: "E", 4: (3.0, 6.0, 15.0)})  # the North Sea
    return jpeg(photo, 72, exif=exif)


FILES: dict[str, Callable[[], bytes]] = {
    "evidence/educational-psychologist-2026-05.pdf": psychologist,
    "evidence/speech-and-language-2026-01.docx": speech_therapist,
    "evidence/occupational-therapy-2026-06-scan.pdf": occupational_therapy,
    "evidence/specialist-teacher-2026-09.pdf": specialist_teacher,
    "evidence/reading-and-spelling-tests.pdf": reading_tests,
    "evidence/audiology-letter-2026-03-scan.pdf": audiology_letter,
    "evidence/attendance-record.pdf": attendance_record,
    "evidence/writing-by-hand-and-dictation.jpg": writing_photo,
    "evidence/ada-good-day-hard-day.png": good_and_hard_day,
    "evidence/parents-letter.docx": parents_letter,
    "rabbit.png": rabbit_drawing,
}


def main(folder: Path) -> None:
    for name, make in FILES.items():
        content = make()
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{len(content) // 1024:5} KB  {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CASE)
