"""Word's content controls: what is merged into one is its text, and a tick box is what its tick says."""

from __future__ import annotations

import re

from lxml import etree

from generator.word_files.docx_package import W
from generator.word_files.word_names import drop

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_BINDINGS = (f"{W}dataBinding", f"{_W15}dataBinding")
_TICKED, _EMPTY = "☒☑✓✔✅", "☐□"
_CROSS, _BOX = "☒", "☐"


def unbind(root: etree._Element) -> None:
    """Controls keep their own text: Word would put what the file's hidden data say over it.

    One that holds a tag is no longer marked as waiting for an answer: Word shows such text grey, and counts it as none.
    The day that a date control was last set to goes, and a control around rows of a table, as around those of a
    repeating section: rows stand in their table, where tags, engines and readers look for them. So does one that holds
    half of a loop or condition, which would end in the middle of it.
    """
    for date in root.iter(f"{W}date"):
        date.attrib.pop(f"{W}fullDate", "")
    for control in list(root.iter(f"{W}sdt")):
        around = control.getparent()
        if (around is not None and around.tag == f"{W}tbl") or _holds_half(control):
            _free(control)
    for control in root.iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        if properties is None:
            continue
        for binding in properties.findall(_BINDINGS[0]) + properties.findall(_BINDINGS[1]):
            properties.remove(binding)
        waiting = properties.find(f"{W}showingPlcHdr")
        if waiting is not None and _holds_a_tag(control):
            properties.remove(waiting)
            for style in list(control.iter(f"{W}rStyle")):
                if "placeholder" in style.get(f"{W}val", "").lower():
                    drop(style)


def _free(control: etree._Element) -> None:
    """Put what a control encloses into its place."""
    content = control.find(f"{W}sdtContent")
    for inner in list(content) if content is not None else ():
        control.addprevious(inner)
    drop(control)


_BEGINS_OR_ENDS = re.compile(r"\{%[-+]?(?:p|tr|tc|r)?\s*(end)?(?:for|if|macro|call|filter|set(?=\s+\w+\s*%))\b")


def _holds_half(control: etree._Element) -> bool:
    """True for a control with more beginnings than ends of loops and conditions, or the other way round."""
    marks = _BEGINS_OR_ENDS.findall("".join(t.text or "" for t in control.iter(f"{W}t")))
    return 2 * marks.count("end") != len(marks)


def _holds_a_tag(control: etree._Element) -> bool:
    return any(mark in "".join(t.text or "" for t in control.iter(f"{W}t")) for mark in ("{{", "{%"))


def set_ticks(root: etree._Element) -> None:
    """Every tick box is ticked when the sign in it is, and shows the sign that it has for that."""
    for box in root.iter(f"{_W14}checkbox"):
        control = next(box.iterancestors(f"{W}sdt"), None)
        texts = [t for t in control.iter(f"{W}t") if (t.text or "").strip()] if control is not None else []
        sign = (texts[0].text or "").strip() if len(texts) == 1 else ""
        signs = {state: _sign(box, state) for state in ("checkedState", "uncheckedState")}
        if sign and (sign in _TICKED or sign in _EMPTY or sign in signs.values()):
            ticked = sign == signs["checkedState"] or (sign in _TICKED and sign != signs["uncheckedState"])
            texts[0].text = signs["checkedState" if ticked else "uncheckedState"]
            _set_checked(box, ticked)


def _sign(box: etree._Element, state: str) -> str:
    found = box.find(f"{_W14}{state}")
    given = found.get(f"{_W14}val", "") if found is not None else ""
    usual = _CROSS if state == "checkedState" else _BOX
    try:
        code = int(given, 16)
    except ValueError:
        return usual
    # Lower numbers are places in a font of signs such as Wingdings, which text in another font must not take.
    return chr(code) if 0x2000 <= code < 0xE000 else usual


def _set_checked(box: etree._Element, ticked: bool) -> None:
    checked = box.find(f"{_W14}checked")
    if checked is None:
        checked = etree.Element(f"{_W14}checked")
        box.insert(0, checked)
    checked.set(f"{_W14}val", "1" if ticked else "0")
