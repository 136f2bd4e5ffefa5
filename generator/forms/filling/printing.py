"""A filled Word form made ready for a PDF engine, and the blank form with a number at every place."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

import pikepdf
from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import W, read_line
from generator.forms.answer_places.on_pdf_pages.turned_pages import upright
from generator.forms.answer_places.place import AnswerPlace
from generator.forms.filling.pdf_fields.pdf_font import metrics_file
from generator.forms.filling.pdf_fields.pdf_text import standard_face
from generator.forms.filling.runs import element, isolate, mark, run_of
from generator.word_files.docx_package import Member, parse, read_package, serialize, write_package

_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")


def for_printing(word: bytes) -> bytes:
    """The same form with the words of its controls as plain words.

    LibreOffice puts the line breaks of a control's words in front of them all, so the PDF is made without controls.
    """
    package = read_package(word)
    parts = dict(package.parts)
    for name in filter(_PRINTED.fullmatch, parts):
        root = parse(parts[name])
        for sdt in list(root.iter(W + "sdt")):
            _open(sdt)
        parts[name] = serialize(root)
    return write_package(Member.of(name, content) for name, content in parts.items())


def _open(sdt: etree._Element) -> None:
    parent, content = sdt.getparent(), sdt.find(W + "sdtContent")
    if parent is None or content is None or sdt.find(f"{W}sdtPr/{W}docPartObj") is not None:
        return
    at = parent.index(sdt)
    for number, child in enumerate(list(content)):
        parent.insert(at + number, child)
    parent.remove(sdt)


def numbered_word(blank: bytes, places: Sequence[AnswerPlace]) -> bytes:
    """The blank form with the number of each place beside it, in red, to be looked at while the map is checked."""
    package = read_package(blank)
    roots = {part: parse(package.parts[part]) for part in {p.where.part for p in places}}
    found = []
    for number, place in enumerate(places, 1):
        root = roots[place.where.part]
        names = {k: v for k, v in root.nsmap.items() if k}
        hits = root.xpath(place.where.xpath, namespaces=names)
        if isinstance(hits, list) and hits and isinstance(hits[0], etree._Element):
            found.append((number, place, hits[0]))
    for number, place, target in reversed(found):
        _number(number, place, target)
    parts = {**package.parts, **{name: serialize(root) for name, root in roots.items()}}
    return for_printing(write_package(Member.of(name, content) for name, content in parts.items()))


def _number(number: int, place: AnswerPlace, target: etree._Element) -> None:
    run = run_of(f"[{number}]", None)
    mark(run, "b")
    mark(run, "color", val="C00000")
    mark(run, "sz", val="16")
    at = place.where.at
    if target.tag == W + "p" and at is not None:
        line = read_line(target)
        if at[1] and at[0] + at[1] <= len(line.atoms):
            isolate(line.atoms[at[0] : at[0] + at[1]])[-1].addnext(run)
        else:
            target.append(run)
    elif target.tag == W + "r":
        target.addprevious(run)
    elif target.tag == W + "sdt" and target.getparent() is not None and target.getparent().tag == W + "p":  # type: ignore[union-attr]
        target.addnext(run)
    else:
        _inside(target, run)


def _inside(target: etree._Element, run: etree._Element) -> None:
    paragraph = next(iter(target.iter(W + "p")), None)
    if paragraph is None:
        paragraph = element("p")
        target.append(paragraph)
    paragraph.append(run)


def numbered_pdf(blank: bytes, places: Iterable[AnswerPlace]) -> bytes:
    """The blank PDF form with the number of each place drawn at its corner."""
    with pikepdf.open(io.BytesIO(upright(blank))) as pdf:
        base = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/Helvetica-Bold"),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        font = pdf.make_indirect(base)
        face = standard_face(font, metrics_file())
        drawn: dict[int, list[str]] = {}
        for number, place in enumerate(places, 1):
            x, y = place.where.rect[0], place.where.rect[3]
            wide = face.measure(f"{number}", 7) + 3
            drawn.setdefault(place.where.page, []).append(
                f"q 0.75 0 0 rg {x:.1f} {y - 8:.1f} {wide:.1f} 8.5 re f "
                f"1 g BT /SPnumber 7 Tf {x + 1.5:.1f} {y - 6:.1f} Td ({number}) Tj ET Q"
            )
        for page_number, lines in drawn.items():
            _over(pdf, pdf.pages[page_number - 1], "\n".join(lines), font)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _over(pdf: pikepdf.Pdf, page: pikepdf.Page, content: str, font: pikepdf.Object) -> None:
    """Draw over a page and its fields: the fields are flattened, so that the numbers lie on top."""
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    fonts = resources.get("/Font", pikepdf.Dictionary())
    fonts["/SPnumber"] = font
    resources["/Font"] = fonts
    page.obj["/Resources"] = resources
    page.contents_add(b"q", prepend=True)
    page.contents_add(b"Q\n" + content.encode())


def flattened(filled: bytes) -> bytes:
    """A filled PDF form with its fields as plain print, for a bundle that nobody fills in any more."""
    with pikepdf.open(io.BytesIO(filled)) as pdf:
        pdf.flatten_annotations("print")
        if "/AcroForm" in pdf.Root:
            del pdf.Root["/AcroForm"]
        for page in pdf.pages:
            if "/Annots" in page.obj:
                kept = [a for a in page.obj["/Annots"] if str(a.get("/Subtype", "")) != "/Widget"]
                page.obj["/Annots"] = pikepdf.Array(kept)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
