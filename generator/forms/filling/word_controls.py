"""Content controls and legacy fields filled as Word fills them: placeholder off, date value, tick and state."""

from __future__ import annotations

import copy
import re
from datetime import date

from lxml import etree

from generator.forms.answer_places.in_word_files.controls import legacy_field
from generator.forms.answer_places.in_word_files.paragraph import W14, W
from generator.forms.filling.runs import copied_paragraph, element, properties_of, run_of

_TYPES = ("text", "date", "dropDownList", "comboBox", "picture")


def fill_control(sdt: etree._Element, text: str, day: date | None = None) -> None:
    """Write words into a content control; a date control keeps the day as well, a list its value."""
    properties, content = sdt.find(W + "sdtPr"), sdt.find(W + "sdtContent")
    assert properties is not None and content is not None
    for shown in properties.findall(W + "showingPlcHdr"):
        properties.remove(shown)
    kind = properties.find(W + "date")
    if kind is not None and day is not None:
        kind.set(W + "fullDate", f"{day.isoformat()}T00:00:00Z")
    listed = properties.find(W + "dropDownList")
    if listed is not None:
        _last_value(listed, text)
    own = properties.find(W + "rPr")
    _write(content, text, _tidied(own) if own is not None else None)


def _tidied(own: etree._Element) -> etree._Element:
    kept = copy.deepcopy(own)
    for child in list(kept):
        if child.tag == W + "rStyle" and "placeholder" in child.get(W + "val", "").lower():
            kept.remove(child)
    return kept


def _last_value(listed: etree._Element, text: str) -> None:
    for item in listed.findall(W + "listItem"):
        if (item.get(W + "displayText") or item.get(W + "value")) == text:
            listed.set(W + "lastValue", item.get(W + "value") or text)


def _write(content: etree._Element, text: str, own: etree._Element | None) -> None:
    """Put words into the content of a control: runs of a paragraph, whole paragraphs, or a cell's."""
    cell = content.find(W + "tc")
    home = content if cell is None else cell
    paragraphs = home.findall(W + "p")
    first = next(iter(home.iter(W + "r")), None)
    formatting = own if own is not None else properties_of(first)
    if not paragraphs:
        for child in list(home):
            home.remove(child)
        # A run for each line and each break: LibreOffice loses a break that stands in one run with words.
        for number, line in enumerate(text.split("\n")):
            if number:
                home.append(run_of("\n", formatting))
            home.append(run_of(line, formatting))
        return
    for extra in paragraphs[1:]:
        home.remove(extra)
    fill_paragraphs(paragraphs[0], text, formatting)


def fill_paragraphs(paragraph: etree._Element, text: str, formatting: etree._Element | None) -> None:
    """Put words into a paragraph, a further one of the same formatting for each further line."""
    for child in list(paragraph):
        if child.tag not in (W + "pPr", W + "bookmarkStart", W + "bookmarkEnd"):
            paragraph.remove(child)
    lines = text.split("\n")
    paragraph.append(run_of(lines[0], formatting))
    last = paragraph
    for line in lines[1:]:
        further = copied_paragraph(paragraph)
        further.append(run_of(line, formatting))
        last.addnext(further)
        last = further


def tick_control(sdt: etree._Element, on: bool) -> None:
    """Set a tick-box control: its state, and its glyph in the font that the state names."""
    properties, content = sdt.find(W + "sdtPr"), sdt.find(W + "sdtContent")
    box = None if properties is None else properties.find(W14 + "checkbox")
    assert box is not None and content is not None
    checked = box.find(W14 + "checked")
    if checked is None:
        checked = etree.SubElement(box, W14 + "checked")
        box.insert(0, checked)
    checked.set(W14 + "val", "1" if on else "0")
    state = box.find(W14 + ("checkedState" if on else "uncheckedState"))
    code = "2612" if on else "2610"
    font = "MS Gothic"
    if state is not None:
        code, font = state.get(W14 + "val", code), state.get(W14 + "font", font)
    for said in content.iter(W + "t"):
        said.text = chr(int(code, 16))
        _in_font(said.getparent(), font)
        break


def _in_font(run: etree._Element | None, font: str) -> None:
    fonts = None if run is None else run.find(f"{W}rPr/{W}rFonts")
    if fonts is not None:
        for name in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(W + name, font)


# -- legacy fields ----------------------------------------------------------------------------------------------------


def fill_legacy(begin: etree._Element, text: str) -> None:
    """Write the result of a legacy text field, from the run in which it begins."""
    between, end = _result_of(begin)
    formatting = properties_of(next((r for r in between if r.tag == W + "r"), begin))
    for old in between:
        parent = old.getparent()
        if parent is not None and old.tag == W + "r":
            parent.remove(old)
    end.addprevious(run_of(text, formatting))


def _result_of(begin: etree._Element) -> tuple[list[etree._Element], etree._Element]:
    """The elements between the mark that separates code and result and the one that ends the field."""
    inside: list[etree._Element] = []
    separated, depth = False, 0
    for node in begin.itersiblings():
        mark = node.find(W + "fldChar") if node.tag == W + "r" else None
        kind = "" if mark is None else mark.get(W + "fldCharType", "")
        if kind == "begin":
            depth += 1
        elif kind == "end" and depth:
            depth -= 1
        elif kind == "separate" and not depth:
            separated = True
            continue
        elif kind == "end":
            if not separated:
                middle = element("r")
                middle.append(element("fldChar", fldCharType="separate"))
                node.addprevious(middle)
            return inside, node
        if separated:
            inside.append(node)
    raise ValueError("the field does not end in its paragraph")


def tick_legacy(begin: etree._Element, on: bool) -> None:
    """Set the state of a legacy tick box."""
    field = legacy_field(begin)
    assert field is not None
    box = field.element
    checked = box.find(W + "checked")
    if checked is None:
        checked = etree.SubElement(box, W + "checked")
    checked.set(W + "val", "1" if on else "0")


def choose_legacy(begin: etree._Element, option: str) -> bool:
    """Set the choice of a legacy list; False when it has no such choice."""
    field = legacy_field(begin)
    assert field is not None
    if option not in field.options:
        return False
    for old in field.element.findall(W + "result"):
        field.element.remove(old)
    field.element.insert(0, element("result", val=str(field.options.index(option))))
    return True


# -- binding ----------------------------------------------------------------------------------------------------------


def binding_of(sdt: etree._Element) -> tuple[str, str, str] | None:
    """(id of the store, XPath, prefixes) of a control that is bound to a custom XML part."""
    found = sdt.find(f"{W}sdtPr/{W}dataBinding")
    if found is None:
        return None
    return found.get(W + "storeItemID", "").upper(), found.get(W + "xpath", ""), found.get(W + "prefixMappings", "")


def bind(root: etree._Element, xpath: str, prefixes: str, value: str) -> bool:
    """Write a value into the node of a custom XML part; False when the part has no such node."""
    names = dict(re.findall(r"xmlns:(\w+)=['\"]([^'\"]*)['\"]", prefixes))
    try:
        found = root.xpath(xpath, namespaces=names or None)
    except etree.XPathError:
        return False
    if not found or not isinstance(found, list) or not isinstance(found[0], etree._Element):
        return False
    found[0].text = value
    return True
