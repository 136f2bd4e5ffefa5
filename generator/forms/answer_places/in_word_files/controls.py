"""Word's content controls and legacy form fields: what each takes, and what it says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import W14, W15, W, plain_text, tidy

_WRAPPERS = ("docPartObj", "docPartList", "group", "bibliography", "citation", "equation")


@dataclass(frozen=True)
class Control:
    """A control or field: its kind as a place, and its settings."""

    kind: str
    how: str
    element: etree._Element
    title: str = ""
    tag: str = ""
    options: tuple[str, ...] = ()
    date_format: str = ""
    multiline: bool = False
    locked: bool = False
    characters: int | None = None
    calculated: bool = False
    bookmark: str = ""
    default: str = ""
    prompt: str = ""


def is_repeating(sdt: etree._Element) -> str:
    """`section` or `item` for the two parts of a repeating section, else nothing."""
    properties = sdt.find(W + "sdtPr")
    if properties is None:
        return ""
    if properties.find(W15 + "repeatingSection") is not None:
        return "section"
    return "item" if properties.find(W15 + "repeatingSectionItem") is not None else ""


def is_wrapper(sdt: etree._Element) -> bool:
    """True for controls that hold other places or things that are no answer (a table of contents, a group)."""
    properties, content = sdt.find(W + "sdtPr"), sdt.find(W + "sdtContent")
    if properties is None or content is None or is_repeating(sdt):
        return True
    if any(properties.find(W + name) is not None for name in _WRAPPERS):
        return True
    if any(True for _ in content.iter(W + "sdt", W + "tbl", W + "ffData")):
        return True
    typed = any(_type_of(properties))
    if not typed and _value(properties, "tag").startswith("goog_rdk_"):
        return True  # Google Docs puts words and tables with comments or suggestions into such controls
    return not typed and properties.find(W + "showingPlcHdr") is None and len(plain_text(content)) > 200


def _type_of(properties: etree._Element) -> Iterator[str]:
    for name in ("text", "date", "dropDownList", "comboBox", "picture"):
        if properties.find(W + name) is not None:
            yield name
    if properties.find(W14 + "checkbox") is not None:
        yield "checkbox"


_HOW = {
    "text": "plain text control",
    "date": "date control",
    "dropDownList": "drop-down list control",
    "comboBox": "combo box control",
    "picture": "picture control",
    "checkbox": "check box (w14) control",
    "": "rich text control",
}


def word_control(sdt: etree._Element) -> Control | None:
    """What a content control takes; None for one that only wraps others."""
    if is_wrapper(sdt):
        return None
    properties = sdt.find(W + "sdtPr")
    assert properties is not None
    type_ = next(_type_of(properties), "")
    kind = {"checkbox": "checkbox", "dropDownList": "choice", "comboBox": "choice"}.get(type_, "content control")
    title, tag = _value(properties, "alias"), _value(properties, "tag")
    text = properties.find(W + "text")
    lines = not type_ or (text is not None and text.get(W + "multiLine") in ("1", "true", "on"))
    return Control(
        kind,
        f"{_HOW[type_]}{f', title “{title}”' if title else ''}",
        sdt,
        title,
        tag,
        _listed(properties),
        _value(properties, "date/dateFormat"),
        lines,
        _value(properties, "lock") in ("contentLocked", "sdtContentLocked"),
        prompt=_prompt(sdt, properties),
    )


def _prompt(sdt: etree._Element, properties: etree._Element) -> str:
    """The form's own words in an empty control, such as `name`; not Word's own `Click or tap here`."""
    content = sdt.find(W + "sdtContent")
    if properties.find(W + "showingPlcHdr") is None or content is None:
        return ""
    words = tidy("".join(t.text or "" for t in content.iter(W + "t")))
    return "" if _USUAL.search(words) else words


_USUAL = re.compile(r"\b(?:click|tap|choose an? item|choose|enter (?:text|a date)|select)\b", re.I)


def _value(element: etree._Element, path: str) -> str:
    found = element.find("/".join(W + step for step in path.split("/")))
    return "" if found is None else found.get(W + "val", "")


def _listed(properties: etree._Element) -> tuple[str, ...]:
    items = [i for name in ("dropDownList", "comboBox") for i in properties.findall(f"{W}{name}/{W}listItem")]
    shown = [item.get(W + "displayText") or item.get(W + "value") or "" for item in items]
    return tuple(word for word in shown if word.strip())


def legacy_field(run: etree._Element) -> Control | None:
    """What a legacy form field takes, from the run with its beginning."""
    data = run.find(f"{W}fldChar/{W}ffData")
    if data is None:
        return None
    name = _value(data, "name")
    shown = f", name “{name}”" if name else ""
    if (box := data.find(W + "checkBox")) is not None:
        return Control("checkbox", f"legacy FORMCHECKBOX{shown}", box, bookmark=name, locked=_is_off(data))
    if (listed := data.find(W + "ddList")) is not None:
        options = tuple(item.get(W + "val", "") for item in listed.findall(W + "listEntry"))
        return Control(
            "choice", f"legacy FORMDROPDOWN{shown}", listed, options=options, bookmark=name, locked=_is_off(data)
        )
    text = data.find(W + "textInput")
    if text is None:
        return None
    type_, longest = _value(text, "type"), _value(text, "maxLength")
    return Control(
        "legacy field",
        f"legacy FORMTEXT{shown}",
        text,
        date_format=_value(text, "format") if type_ == "date" else "",
        multiline=True,
        locked=_is_off(data),
        characters=int(longest) if longest.isdigit() and int(longest) else None,
        calculated=type_ in ("calculated", "currentDate", "currentTime"),
        bookmark=name,
        default=_value(text, "default"),
    )


def _is_off(data: etree._Element) -> bool:
    enabled = data.find(W + "enabled")
    return enabled is not None and enabled.get(W + "val") in ("0", "false", "off")
