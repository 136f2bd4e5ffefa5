"""Bodies become .docx files: lean, and the same bytes every time."""

from __future__ import annotations

from xml.sax.saxutils import escape

from generator.word_files.docx_package import Member, content_types, write_package
from templates.source.house import MARGINS, NAMESPACES, XML, numbering_xml, settings_xml, styles_xml
from templates.source.vocabulary import para, runs

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _field(code: str) -> str:
    kinds = ("begin", code, "separate", "1", "end")
    made = [
        f'<w:r><w:instrText xml:space="preserve"> {part} </w:instrText></w:r>'
        if part == code
        else f"<w:r><w:t>{part}</w:t></w:r>"
        if part == "1"
        else f'<w:r><w:fldChar w:fldCharType="{part}"/></w:r>'
        for part in kinds
    ]
    return "".join(made)


def _header() -> str:
    return para("{{ school.name | one_line }}\t{{ document.title | one_line }}", "Header")


def _letterhead() -> str:
    line = (
        "{{ school.address | address }}{% if school.postcode %}, {{ school.postcode }}{% endif %} · {{ school.phone }}"
        "{% if school.email %} · {{ school.email }}{% endif %}"
    )
    return para("{{ school.name | one_line }}", "LetterheadName") + para(line, "LetterheadText")


_BELOW = "{% if (words.confidential ~ facts.full_name ~ document.mark) | length > 78 %}\n{% endif %}"
"""Under a long name and version the number of the page has a line of its own: never “Page 1” and below it “of 13”."""


def _footer() -> str:
    """Whose paper it is, and its page; in a bundle the bundle's own stamp is the only number."""
    words = (
        "{{ words.confidential }}{% if facts.full_name %} · {{ facts.full_name }}{% endif %}"
        "{% if document.mark %} · {{ document.mark }}{% endif %}"
        "{% if not document.bundled %}" + _BELOW + "\tPage "
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{runs(words)}{_field("PAGE")}'
        f"{runs(' of ')}{_field('NUMPAGES')}{runs('{% endif %}')}</w:p>"
    )


def _part(element: str, inside: str) -> bytes:
    return f"{XML}<w:{element} {NAMESPACES}>{inside}</w:{element}>".encode()


_PARTS = (
    ("styles", "styles", "styles.xml"),
    ("numbering", "numbering", "numbering.xml"),
    ("settings", "settings", "settings.xml"),
    ("header", "header", "header1.xml"),
    ("header", "header", "header2.xml"),
    ("footer", "footer", "footer1.xml"),
    ("footer", "footer", "footer2.xml"),
)


def document(title: str, body: str, letterhead: bool = False, landscape: bool = False) -> bytes:
    """A .docx with this body; `letterhead` gives its first page the school's letterhead for a header."""
    paper = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    different = "<w:titlePg/>" if letterhead else ""
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="r4"/><w:headerReference w:type="first" r:id="r5"/>'
        '<w:footerReference w:type="default" r:id="r6"/><w:footerReference w:type="first" r:id="r7"/>'
        f"<w:pgSz {paper}/>{MARGINS}{different}</w:sectPr>"
    )
    contents = {
        "word/document.xml": _part("document", f"<w:body>{body}{section}</w:body>"),
        "word/styles.xml": styles_xml().encode(),
        "word/numbering.xml": numbering_xml().encode(),
        "word/settings.xml": settings_xml().encode(),
        "word/header1.xml": _part("hdr", _header()),
        "word/header2.xml": _part("hdr", _letterhead()),
        "word/footer1.xml": _part("ftr", _footer()),
        "word/footer2.xml": _part("ftr", _footer()),
        "docProps/core.xml": _core(title),
    }
    names = {f"word/{file}": f"{_TYPE}{kind}+xml" for _, kind, file in _PARTS}
    names["word/document.xml"] = f"{_TYPE}document.main+xml"
    names["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    contents["[Content_Types].xml"] = content_types(names)
    contents["_rels/.rels"] = _relationships(
        ("officeDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
        ("core", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
         "docProps/core.xml"),
    )  # fmt: skip
    contents["word/_rels/document.xml.rels"] = _relationships(*((k, f"{_OFFICE}/{k}", file) for k, _, file in _PARTS))
    return write_package(Member.of(name, contents[name]) for name in sorted(contents))


def _relationships(*relations: tuple[str, str, str]) -> bytes:
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>' for n, (_, kind, target) in enumerate(relations, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{XML}<Relationships xmlns="{space}">{lines}</Relationships>'.encode()


def _core(title: str) -> bytes:
    return (
        f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        "<dc:language>en-GB</dc:language></cp:coreProperties>"
    ).encode()
