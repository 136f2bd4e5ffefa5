"""Answers of a filled PDF form drawn onto its pages, each where a viewer shows it and so that it can be read whole.

A field's own look is kept when its words are those of the answer. Else the answer is drawn anew: in lines where the
field has several, in cells where it is a comb, in a smaller size where it is long, in fonts that have its letters.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.bundle.evidence.drawn_answers import lettering
from generator.bundle.evidence.drawn_answers.lettering import ASCENT, DESCENT, LEADING, Lettering
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.page_by_page.pdf_objects import box_of, number_of

_MULTILINE, _PASSWORD, _COMB, _PUSH, _RADIO = 1 << 12, 1 << 13, 1 << 24, 1 << 16, 1 << 15
_HIDDEN, _PRINT, _NO_VIEW = 2, 4, 32
_PAD, _LEAST, _MOST = 2.0, 4.0, 12.0
SMALL = 6.0
"""Points below which letters can hardly be read."""
_WORDS = re.compile(r"\w+")


@dataclass
class Answer:
    """One widget that shows an answer: its page from 1, the field's name, what it says."""

    page: int
    name: str
    text: str
    widget: Any
    kind: str
    flags: int
    whole: bool = True
    """False when the box is too small for the answer in any size that can be read."""
    size: float = _MOST
    """Of its letters, where it was drawn anew."""


@dataclass
class Drawn:
    """What became of a form's answers."""

    answers: list[Answer] = field(default_factory=list)
    drawn_anew: list[Answer] = field(default_factory=list)
    ticks: list[tuple[int, tuple[float, ...]]] = field(default_factory=list)
    """The pages and boxes of the ticks that viewers show."""


def draw(pdf: pikepdf.Pdf, letters: Lettering) -> Drawn:
    """Give every widget with an answer a look that shows it, and let all that is seen on the screen be printed."""
    done = Drawn(list(answers(pdf)))
    done.ticks += _show_ticks(pdf)
    texts = [a for a in done.answers if a.kind in ("/Tx", "/Ch")]
    stale = _is_stale(pdf)
    for answer, shown in zip(texts, _shown_now(pdf, texts), strict=True):
        if _says(shown, answer.text) or (not stale and _is_formatted(shown, answer.text)):
            continue
        _draw_text(pdf, answer, letters)
        done.drawn_anew.append(answer)
    drawn_anew = {answer.widget.objgen for answer in done.drawn_anew}
    for _, widget in _widgets(pdf):
        if widget.objgen not in drawn_anew:
            _show_ground(pdf, widget, stale)
        if not _is_push_button(widget):
            widget.F = int(number_of(widget.get("/F"))) | _PRINT
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/NeedAppearances" in form:
        del form["/NeedAppearances"]  # with it, no field is flattened
    return done


def answers(pdf: pikepdf.Pdf) -> Iterator[Answer]:
    """Every answer in words that a viewer shows, page by page."""
    for number, widget in _widgets(pdf):
        kind, value = str(of_field(widget, "/FT", "")), of_field(widget, "/V")
        flags = int(number_of(of_field(widget, "/Ff")))
        if kind not in ("/Tx", "/Ch") or (flags & _PASSWORD and kind == "/Tx"):
            continue
        text = _words_of(widget, kind, value)
        if text.strip():
            yield Answer(number, _name(widget), text, widget, kind, flags)


def _widgets(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """The widgets that a viewer shows, with the numbers of their pages."""
    for number, page in enumerate(pdf.pages, 1):
        held = page.obj.get("/Annots")
        for annotation in held if isinstance(held, Array) else ():
            is_widget = isinstance(annotation, Dictionary) and annotation.get("/Subtype") == Name.Widget
            if is_widget and not int(number_of(annotation.get("/F"))) & (_HIDDEN | _NO_VIEW):
                yield number, annotation


def of_field(widget: Any, key: str, default: Any = None) -> Any:
    """An entry of a field, which a widget may have from its parents."""
    thing = widget
    for _ in range(20):
        if not isinstance(thing, Dictionary):
            break
        if key in thing:
            return thing.get(key)
        thing = thing.get("/Parent")
    return default


def _within(widget: Any, key: str) -> Any:
    """A dictionary of a widget's own; an empty one where there is none."""
    held = widget.get(key)
    return held if isinstance(held, Dictionary) else Dictionary()


def _name(widget: Any) -> str:
    names, thing = [], widget
    for _ in range(20):
        if not isinstance(thing, Dictionary):
            break
        if "/T" in thing:
            names.append(str(thing.T))
        thing = thing.get("/Parent")
    return ".".join(reversed(names))


def _is_push_button(widget: Any) -> bool:
    return str(of_field(widget, "/FT")) == "/Btn" and bool(int(number_of(of_field(widget, "/Ff"))) & _PUSH)


def _words_of(widget: Any, kind: str, value: Any) -> str:
    """A value as it is shown: of a choice, the words that stand for what is stored."""
    values = list(value) if isinstance(value, Array) else [] if value is None else [value]
    told = [
        one.read_bytes().decode("utf-8", "replace") if isinstance(one, pikepdf.Stream) else _text(one) for one in values
    ]
    if kind == "/Ch":
        options = of_field(widget, "/Opt")
        pairs = [o for o in options if isinstance(o, Array) and len(o) > 1] if isinstance(options, Array) else []
        names = {_text(o[0]): _text(o[1]) for o in pairs}
        told = [names.get(one, one) for one in told]
    return "\n".join(told)


def _text(value: Any) -> str:
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace")
    return str(value) if isinstance(value, (pikepdf.String, str)) else ""


# --- what a field shows as it came ------------------------------------------------------------------------------------


def _shown_now(pdf: pikepdf.Pdf, found: list[Answer]) -> list[str]:
    """The text of each widget's own look, read by a second library."""
    if not found:
        return []
    proof = pikepdf.new()
    shared = _shared_resources(pdf, proof)
    for answer in found:
        page = proof.add_blank_page(page_size=(2_000, 2_000))
        look = _within(answer.widget, "/AP").get("/N")
        if isinstance(look, pikepdf.Stream):
            form = proof.copy_foreign(look) if look.is_indirect else proof.copy_foreign(pdf.make_indirect(look))
            if "/Resources" not in form and shared is not None:
                form.Resources = shared
            page.obj.Resources = Dictionary(XObject=Dictionary(Look=form))
            page.obj.Contents = proof.make_stream(b"q 1 0 0 1 300 300 cm /Look Do Q")
    out = io.BytesIO()
    proof.save(out)
    try:
        return page_texts(out.getvalue())
    except Exception:  # noqa: BLE001  a look that cannot be read says nothing, and is drawn anew
        return [""] * len(found)


def _is_stale(pdf: pikepdf.Pdf) -> bool:
    """True when the form says that its fields' looks are not those of their values."""
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, Dictionary) and bool(form.get("/NeedAppearances", False))


def _is_formatted(shown: str, text: str) -> bool:
    """True when a look may be the value in other words, as 1 March 2026 is 2026-03-01 and £1,200.00 is 1200."""
    short = len(text) <= _SHORT and "\n" not in text
    return short and any(c.isdigit() for c in shown) and any(c.isdigit() for c in text)


_SHORT = 20


def _shared_resources(pdf: pikepdf.Pdf, proof: pikepdf.Pdf) -> Any:
    """The fonts that a form names for all its fields."""
    form = pdf.Root.get("/AcroForm")
    named = form.get("/DR") if isinstance(form, Dictionary) else None
    if not isinstance(named, Dictionary):
        return None
    return proof.copy_foreign(named if named.is_indirect else pdf.make_indirect(named))


def _says(shown: str, text: str) -> bool:
    """True when all letters of the answer are in what is shown, whatever the breaks between them."""
    there = "".join(_WORDS.findall(shown)).casefold()
    wanted = _WORDS.findall(text.casefold())
    return bool(wanted) and all(word in there for word in wanted) and len(there) >= len("".join(wanted))


# --- drawn anew -------------------------------------------------------------------------------------------------------


def _draw_text(pdf: pikepdf.Pdf, answer: Answer, letters: Lettering) -> None:
    widget = answer.widget
    across, down, turn = _size(widget)
    size, colour = _letters_of(widget)
    many = (answer.kind == "/Tx" and bool(answer.flags & _MULTILINE)) or "\n" in answer.text
    most = size or (_MOST if many else max(_LEAST, min(_MOST, down * 0.75)))
    comb = int(number_of(of_field(widget, "/MaxLen"))) if answer.flags & _COMB and answer.kind == "/Tx" else 0
    room = across - 2 * _PAD, down - (2 * _PAD if many else 0)
    if comb:
        size = min(most, down * 0.8)
        drawn = _in_cells(answer.text[:comb], comb, size, across, down, letters)
        answer.whole = len(answer.text) <= comb
    else:
        size = lettering.size_that_fits(answer.text, *room, most, min(most, _LEAST), one_line=not many)
        answer.whole = _fits(answer.text, room, size, many)
        if not many and not answer.whole:
            many = True  # a long answer in a low box: as many lines as there is room for
            size = lettering.size_that_fits(answer.text, *room, most, _LEAST, one_line=False)
            answer.whole = _fits(answer.text, room, size, many)
        drawn = _in_lines(answer.text, size, (across, down), many, int(number_of(of_field(widget, "/Q"))), letters)
    shown = b"/Tx BMC\nq BT\n" + colour + b"\n" + drawn + b"\nET Q\nEMC"
    answer.size = size
    _set_look(pdf, widget, _ground(widget, across, down) + shown, (across, down, turn), letters.resources())


def _fits(text: str, room: tuple[float, float], size: float, many: bool) -> bool:
    if many:
        return len(lettering.lines(text, size, room[0])) * size * LEADING <= room[1] + size * 0.3
    return lettering.width(text, size) <= room[0] + 0.5


def _size(widget: Any) -> tuple[float, float, int]:
    left, bottom, right, top = box_of(widget.get("/Rect")) or (0.0, 0.0, 0.0, 0.0)
    across, down = right - left, top - bottom
    turn = int(number_of(_within(widget, "/MK").get("/R"))) % 360
    return (down, across, turn) if turn in (90, 270) else (across, down, turn)


_SIZE = re.compile(rb"([-+]?[\d.]{1,20})\s{1,9}Tf")
_COLOUR = re.compile(rb"(?:[-+]?[\d.]{1,20}\s{1,9}){1,4}(?:g|rg|k)\b")


def _letters_of(widget: Any) -> tuple[float, bytes]:
    """Size (0: any that fits) and colour of a field's letters."""
    look = of_field(widget, "/DA")
    written = bytes(look) if isinstance(look, pikepdf.String) else b""
    size, colour = _SIZE.search(written), _COLOUR.search(written)
    try:
        return abs(float(size[1])) if size else 0.0, colour[0] if colour else b"0 g"
    except ValueError:
        return 0.0, b"0 g"


def _in_lines(text: str, size: float, box: tuple[float, float], many: bool, aligned: int, letters: Lettering) -> bytes:
    across, down = box
    rows = lettering.lines(text, size, across - 2 * _PAD) if many else [text]
    high = down - _PAD - size * ASCENT if many else (down - size * (ASCENT + DESCENT)) / 2 + size * DESCENT
    drawn = []
    for number, row in enumerate(rows):
        free = across - 2 * _PAD - lettering.width(row, size)
        x = _PAD + (max(0.0, free) * (0.5 if aligned == 1 else 1.0 if aligned == 2 else 0.0))
        drawn.append(b"1 0 0 1 %.3f %.3f Tm\n" % (x, high - number * size * LEADING) + letters.line(row, size))
    return b"\n".join(drawn)


def _in_cells(text: str, cells: int, size: float, across: float, down: float, letters: Lettering) -> bytes:
    """One letter a cell."""
    wide, y = across / cells, (down - size * (ASCENT + DESCENT)) / 2 + size * DESCENT
    return b"\n".join(
        b"1 0 0 1 %.3f %.3f Tm\n" % (n * wide + (wide - lettering.width(c, size)) / 2, y) + letters.line(c, size)
        for n, c in enumerate(text)
    )


def _ground(widget: Any, across: float, down: float) -> bytes:
    """The box's own colour and edge, as far as the field says them."""
    look, drawn = _within(widget, "/MK"), b""
    if ground := _colour(look.get("/BG"), b"g", b"rg", b"k"):
        drawn += b"q %s 0 0 %.3f %.3f re f Q\n" % (ground, across, down)
    if edge := _colour(look.get("/BC"), b"G", b"RG", b"K"):
        thick = number_of(_within(widget, "/BS").get("/W"), 1)
        inner = (thick / 2, thick / 2, across - thick, down - thick)
        drawn += b"q %s %.3f w %.3f %.3f %.3f %.3f re S Q\n" % (edge, thick, *inner)
    return drawn


def _show_ground(pdf: pikepdf.Pdf, widget: Any, stale: bool) -> None:
    """The coloured box of a field that is left to the viewer to draw: it may lie over a name."""
    look = _within(widget, "/AP").get("/N")
    empty = str(of_field(widget, "/FT")) in ("/Tx", "/Ch") and of_field(widget, "/V") is None
    if _colour(_within(widget, "/MK").get("/BG"), b"g", b"rg", b"k") and (look is None or (stale and empty)):
        across, down, turn = _size(widget)
        _set_look(pdf, widget, _ground(widget, across, down), (across, down, turn), Dictionary())
        widget.F = int(number_of(widget.get("/F"))) | _PRINT


def _colour(values: Any, *operators: bytes) -> bytes:
    numbers = [number_of(v) for v in values] if isinstance(values, Array) else []
    names = dict(zip((1, 3, 4), operators, strict=True))
    return b" ".join(b"%.3f" % v for v in numbers) + b" " + names[len(numbers)] if len(numbers) in names else b""


_TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def _set_look(pdf: pikepdf.Pdf, widget: Any, drawn: bytes, shape: tuple[float, float, int], resources: Any) -> None:
    across, down, turn = shape
    look = pdf.make_stream(drawn, Type=Name.XObject, Subtype=Name.Form, Resources=resources)
    look.BBox = Array([0, 0, round(across, 3), round(down, 3)])
    if turn in _TURNS and turn:
        look.Matrix = Array([*_TURNS[turn], 0, 0])
    widget.AP = Dictionary(N=look)
    if "/AS" in widget:
        del widget["/AS"]


# --- ticks ------------------------------------------------------------------------------------------------------------


def _show_ticks(pdf: pikepdf.Pdf) -> Iterator[tuple[int, tuple[float, ...]]]:
    """Every box shows what the field's value is, also where its own state or look was left out; those with a tick.

    A box without a place is shown by no viewer.
    """
    for number, widget in _widgets(pdf):
        box = box_of(widget.get("/Rect"))
        if str(of_field(widget, "/FT")) != "/Btn" or _is_push_button(widget) or box is None:
            continue
        value = of_field(widget, "/V")
        on = str(widget.get("/AS", value if value is not None else "/Off"))
        looks = _within(widget, "/AP").get("/N")
        if isinstance(looks, Dictionary) and not isinstance(looks, pikepdf.Stream):
            known = [str(key) for key in looks.keys() if str(key) != "/Off"]  # noqa: SIM118
            if "/AS" not in widget:
                widget.AS = Name(on if on in known else "/Off")
            if str(widget.AS) == "/Off":
                continue
            if str(widget.AS) in known:
                shown = looks[str(widget.AS)]  # one that is empty, or no drawing, is a box that shows no ticks
                if isinstance(shown, pikepdf.Stream) and len(shown.read_bytes()) > 1:
                    yield number, box
                continue
        elif isinstance(looks, pikepdf.Stream):
            continue
        ticked = on not in ("/Off", "None", "")
        _draw_tick(pdf, widget, ticked)
        if ticked:
            yield number, box


def _draw_tick(pdf: pikepdf.Pdf, widget: Any, ticked: bool) -> None:
    across, down, turn = _size(widget)
    side = min(across, down)
    x, y = (across - side) / 2 + 1, (down - side) / 2 + 1
    inner = side - 2
    drawn = _ground(widget, across, down) or b"q 0 G 0.8 w %.3f %.3f %.3f %.3f re S Q\n" % (x, y, inner, inner)
    if ticked:
        a, b, c, d = x + inner * 0.2, y + inner * 0.2, x + inner * 0.8, y + inner * 0.8
        drawn += b"q 0 G 1.2 w %.3f %.3f m %.3f %.3f l %.3f %.3f m %.3f %.3f l S Q\n" % (a, b, c, d, a, d, c, b)
    _set_look(pdf, widget, drawn, (across, down, turn), Dictionary())
