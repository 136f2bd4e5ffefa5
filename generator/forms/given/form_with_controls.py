"""A form of ours as Word with content controls: titled for a screen reader, known again by their tags."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import W14, read_line
from generator.forms.filling.runs import element, isolate, run_of
from generator.forms.given.answer_places_of_paper import BOX, PANEL, PaperPlace, boxes_in, writing_tabs
from generator.forms.given.marks import MARK, QUESTION, SHORT_HERE, WRITE_HERE
from generator.forms.given.question_list import QuestionForm
from generator.word_files.docx_package import Member, parse, read_package, serialize, write_package

_GREY = "595959"
_BOX_FONT = "MS Gothic"
_FIRST_ID = 710_000_000
_PROPERTIES = "docProps/custom.xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VTYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def add_controls(places: Sequence[PaperPlace], form: QuestionForm, english: bool = True) -> None:
    """Put a control at each place of a parsed form: in the line, in place of the box, around the hint of a panel.

    Further lines of a question stay as they are, for those who print the form.
    """
    for number, place in enumerate(places):
        if place.kind == BOX:
            _box(place, _FIRST_ID + number)
        elif place.kind == PANEL:
            _panel(place, _FIRST_ID + number)
        elif place.first:
            _line(place, _FIRST_ID + number, form, english)


def _control(place: PaperPlace, number: int, tag: str, *kind: etree._Element, empty: bool = True) -> etree._Element:
    sdt = element("sdt")
    properties = element("sdtPr")
    properties.append(element("alias", val=place.title[:64]))
    properties.append(element("tag", val=f"{QUESTION}{tag}"))
    properties.append(element("id", val=str(number)))
    if empty:
        properties.append(element("showingPlcHdr"))
    properties.extend(kind)
    sdt.append(properties)
    sdt.append(element("sdtContent"))
    return sdt


def _hint_run(text: str) -> etree._Element:
    look = element("rPr")
    look.append(element("color", val=_GREY))
    return run_of(text, look)


def _line(place: PaperPlace, number: int, form: QuestionForm, english: bool) -> None:
    asked = form.question(place.question)
    kind = _date() if asked is not None and asked.kind == "date" else element("text", multiLine="1")
    sdt = _control(place, number, place.question, kind)
    own_line = english and asked is not None and asked.kind == "text"
    sdt[-1].append(_hint_run(WRITE_HERE if own_line else SHORT_HERE))
    tab = writing_tabs(read_line(place.paragraph))[place.number]
    isolate([tab])[0].addprevious(sdt)


def _date() -> etree._Element:
    made = element("date")
    made.append(element("dateFormat", val="d MMMM yyyy"))
    made.append(element("lid", val="en-GB"))
    made.append(element("storeMappedDataAs", val="dateTime"))
    made.append(element("calendar", val="gregorian"))
    return made


def _box(place: PaperPlace, number: int) -> None:
    box = etree.Element(W14 + "checkbox", nsmap={"w14": W14.strip("{}")})
    etree.SubElement(box, W14 + "checked").set(W14 + "val", "0")
    for state, code in (("checkedState", "2612"), ("uncheckedState", "2610")):
        one = etree.SubElement(box, W14 + state)
        one.set(W14 + "val", code)
        one.set(W14 + "font", _BOX_FONT)
    sdt = _control(place, number, f"{place.question}/{place.option}", box, empty=False)
    run = isolate([boxes_in(read_line(place.paragraph))[place.number]])[0]
    run.addprevious(sdt)
    sdt[-1].append(run)


def _panel(place: PaperPlace, number: int) -> None:
    """The hint is the control's own: it goes when somebody writes."""
    sdt = _control(place, number, place.question)
    place.paragraph.addprevious(sdt)
    sdt[-1].append(place.paragraph)


def with_reference(word: bytes, reference: str) -> bytes:
    """The file with its reference among its properties, where Word, LibreOffice and others keep it."""
    package = read_package(word)
    parts = dict(package.parts)
    parts[_PROPERTIES] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VTYPES}"><property fmtid="{_FORMAT_ID}" pid="2" name="{MARK}">'
        f"<vt:lpwstr>{escape(reference, quote=False)}</vt:lpwstr></property></Properties>"
    ).encode()
    parts["[Content_Types].xml"] = _with_type(parts["[Content_Types].xml"])
    parts["_rels/.rels"] = _with_relation(parts["_rels/.rels"])
    return write_package(Member.of(name, content) for name, content in parts.items())


def _with_type(content: bytes) -> bytes:
    root = parse(content)
    name = etree.QName(root).namespace
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    etree.SubElement(root, f"{{{name}}}Override", PartName=f"/{_PROPERTIES}", ContentType=kind)
    return serialize(root)


def _with_relation(content: bytes) -> bytes:
    root = parse(content)
    name = etree.QName(root).namespace
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    etree.SubElement(root, f"{{{name}}}Relationship", Id="rIdSendpackForm", Type=kind, Target=_PROPERTIES)
    return serialize(root)
