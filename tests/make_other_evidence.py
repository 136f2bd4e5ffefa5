"""Makes the evidence files of the example pupil Zoë O'Brien-Šmidt, byte for byte the same each time.

Run: python tests/make_other_evidence.py
The report is a PDF as a service's own program would send it: real text, no tags, and metadata that a bundle must clean.
The letter is a Word file as a pupil would type it, without house style.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path(__file__).parent.parent / "cases" / "zoe-obrien-smidt" / "evidence"
LONG_AGO = (2026, 11, 16, 9, 0, 0)

REPORT = [
    ("Northmoor Sensory Support Service", 16),
    ("Report of a visit: Zoë O'Brien-Šmidt, Year 6", 13),
    ("Wendy Achebe, Teacher of the Deaf. Visit 10 November 2026; report 13 November 2026.", 10),
    ("", 10),
    ("Hearing and equipment", 13),
    ("Moderate sensorineural loss in both ears. Two aids, worn all day; both moulds fit. The radio", 10),
    ("receiver was charged, and Zoë ran the check herself. The second microphone works.", 10),
    ("", 10),
    ("Listening to sentences in the classroom (20 sentences each)", 13),
    ("    in quiet, with both aids: 19 of 20", 10),
    ("    in class noise (58 dB), with both aids: 9 of 20", 10),
    ("    in class noise, with the radio microphone: 19 of 20", 10),
    ("", 10),
    ("Vocabulary", 13),
    ("British Picture Vocabulary Scale, 3rd edition: standard score 90 (25th centile).", 10),
    ("In January 2026 the score was 84 (14th centile).", 10),
    ("", 10),
    ("What this means", 13),
    ("In noise Zoë loses half of what is said unless the person who speaks holds the microphone.", 10),
    ("The class now passes it, and her part in discussion has grown with it. Endings of words lie", 10),
    ("above the pitch that she hears best, so she must see them in order to write them.", 10),
    ("", 10),
    ("Advice for the move to Year 7", 13),
    ("1. Measure the noise in the rooms before the timetable is made. I will do so with Ms Ortiz.", 10),
    ("2. Carry on with both microphones, charged in one place, with one adult responsible.", 10),
    ("3. Ten topic words before each topic, once a week, 20 minutes, with Mrs Danso.", 10),
    ("4. Let Zoë tell new teachers herself. She does it better than any of us.", 10),
]

LETTER = [
    "Dear Year 7 teacher,",
    "My name is Zoë and I am deaf-ish. That means I have two hearing aids and a radio microphone. I hear "
    "vowels and I guess the rest, and I am good at guessing, which is why you will not notice when I have "
    "missed something.",
    "Four things help. One: wear the mic under your chin. Two: look at me when you talk, not at the board. "
    "Three: when somebody at the back says something, get them the mic or say it again and say who it was. "
    "Four: put the new words on the board first.",
    "Two things do not help. Shouting. And asking “did you get that?” because I will say yes.",
    "If I look grumpy after lunch it is not you, it is the dinner hall.",
    "You can ask me about it. I don't mind being asked. I mind not being asked. My friends Mina and Chidi know"
    " how the mic works if you are stuck.",
    "From Zoë O'Brien-Šmidt, 16 November 2026",
]


def report() -> bytes:
    """One A4 page with the lines of REPORT, in a font that every reader has."""
    lines, y = [], 790
    for text, size in REPORT:
        shown = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        lines.append(b"BT /F%d %d Tf 56 %d Td (%s) Tj ET" % (2 if size > 10 else 1, size, y, shown))
        y -= size + 8
    page = b"\n".join(lines)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    fonts = b"<< /Font << /F1 5 0 R /F2 6 0 R >> >>"
    return _pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % fonts,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
            font % b"Helvetica",
            font % b"Helvetica-Bold",
            b"<< /Title (visit report FINAL v3) /Author (w.achebe) /CreationDate (D:20261113161200Z) >>",
        ]
    )


def _pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects: the first is the catalogue, the last the document information."""
    out, starts = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table, count = len(out), len(objects)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (count + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (count + 1, count)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "application/vnd.openxmlformats-"


def letter() -> bytes:
    """A plain Word file with the paragraphs of LETTER."""
    text = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in LETTER)
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    rels = f'<Default Extension="rels" ContentType="{TYPES}package.relationships+xml"/>'
    main_type = f'ContentType="{TYPES}officedocument.wordprocessingml.document.main+xml"'
    target = f'Type="{OFFICE}/officeDocument" Target="word/document.xml"'
    return _docx(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{rels}<Override '
            f'PartName="/word/document.xml" {main_type}/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" {target}/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{text}{page}</w:body></w:document>',
        }
    )


def _docx(parts: dict[str, str]) -> bytes:
    """The parts of a Word file, zipped with one fixed time."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system = 3  # else Windows writes another byte here than the others
            archive.writestr(entry, (head + part).encode())
    return out.getvalue()


FILES = {"teacher-of-the-deaf-2026-11.pdf": report, "letter-to-year-7.docx": letter}


def main() -> None:
    """Writes each file, or leaves it alone when it is already right."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        path, content = FOLDER / name, make()
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)


if __name__ == "__main__":
    main()
