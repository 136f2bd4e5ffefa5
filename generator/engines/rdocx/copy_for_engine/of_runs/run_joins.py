"""Runs that belong together in one: the embedded engine may end a line between any two runs, a word and its comma too.

Runs that look alike are joined. Where they do not, a full stop or closing bracket goes to the word before it and an
opening bracket to the word after it, which changes its weight at most; the text of the page stays what it was. So it is
at the edges of a link: its comma becomes a part of it.

A word of two looks still breaks between them: U+2060 (word joiner) and U+200D at the seam were broken as often as the
bare seam, 3 times in 30 lines, and U+FEFF makes text that cannot be copied. To keep it whole one half would have to
take the other's look, and what was written bold or raised is not ours to change.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from generator.word_files.word_names import drop, is_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT = {W + "rPr", W + "t", W + "lastRenderedPageBreak"}
_NOTHING = {W + "proofErr"}
_LINK = W + "hyperlink"
_NOT_SHOWN = {W + "lang", W + "noProof"}
_KEPT_APART = ("rFonts", "vertAlign", "position", "sz", "rtl", "vanish", "highlight", "shd", "bdr")
"""Looks that a sign must not take from the word beside it: a font that may lack it, raised, of another size, marked."""
_CLOSING, _OPENING = ",.;:!?)]}’”'\"%…»", "([{‘“«£$€#"


def write_out(root: etree._Element) -> None:
    """Join the runs of every paragraph of a story.

    “Not from right to left”, which Google Docs writes on every run, goes: the engine takes it for the opposite, sets
    each word by itself, and programs that read the PDF's text read the last words twice.
    """
    for mark in [mark for mark in root.iter(W + "rtl") if not is_on(mark)]:
        drop(mark)
    for first, second in _neighbours(root):
        if second.getparent() is None or first.getparent() is None:
            continue
        if _look(first) == _look(second) and first.getparent() is second.getparent():
            _write(second, _text(first) + _text(second))
            first.getparent().remove(first)  # type: ignore[union-attr]
        elif _may_share(first, second):
            _share(first, second)


def _neighbours(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Each two runs of plain text that stand beside each other, in order; the first may be gone when it comes up."""
    for run in list(root.iter(W + "r")):
        following = _next(run)
        if following is not None and following.tag == W + "r" and _is_text(run) and _is_text(following):
            yield run, following


def _next(run: etree._Element) -> etree._Element | None:
    """What stands behind a run; a link's first run behind the one before the link, and what follows behind its last."""
    around = run.getparent()
    following = _shown_after(run)
    if following is None and around is not None and around.tag == _LINK:
        following = _shown_after(around)
    if following is not None and following.tag == _LINK:
        return next((one for one in following if one.tag not in _NOTHING), None)
    return following


def _shown_after(element: etree._Element) -> etree._Element | None:
    following = element.getnext()
    while following is not None and following.tag in _NOTHING:
        following = following.getnext()
    return following


def _is_text(run: etree._Element) -> bool:
    return all(child.tag in _TEXT for child in run) and run.find(W + "t") is not None


def _text(run: etree._Element) -> str:
    return "".join(piece.text or "" for piece in run.iterfind(W + "t"))


def _look(run: etree._Element) -> bytes:
    """The run's own look, without what the page does not show: its language, and what no spelling checker looks at."""
    properties = run.find(W + "rPr")
    shown = [] if properties is None else [one for one in properties if one.tag not in _NOT_SHOWN]
    return b"".join(bytes(etree.tostring(one, method="c14n")) for one in shown)


def _write(run: etree._Element, text: str) -> None:
    first, *rest = run.findall(W + "t")
    first.text = text
    first.set(_SPACE, "preserve")
    for piece in rest:
        run.remove(piece)


def _may_share(first: etree._Element, second: etree._Element) -> bool:
    """False where a sign would be raised, marked or of another size in the other run."""
    return all(
        _value(first.find(f"{W}rPr/{W}{name}")) == _value(second.find(f"{W}rPr/{W}{name}")) for name in _KEPT_APART
    )


def _value(property: etree._Element | None) -> dict[str, str] | None:
    return None if property is None else {str(key): str(value) for key, value in property.attrib.items()}


def _share(first: etree._Element, second: etree._Element) -> None:
    before, after = _text(first), _text(second)
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return
    moved = after[: len(after) - len(after.lstrip(_CLOSING))]
    if moved:
        before, after = before + moved, after[len(moved) :]
    else:
        moved = before[len(before.rstrip(_OPENING)) :]
        before, after = before[: len(before) - len(moved)], moved + after
    if not moved:
        return
    for run, text in ((first, before), (second, after)):
        if text:
            _write(run, text)
        else:
            run.getparent().remove(run)  # type: ignore[union-attr]
