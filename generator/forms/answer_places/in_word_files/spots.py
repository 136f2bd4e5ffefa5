"""Answer places in one paragraph: lines of dots or underscores, boxes, words to choose from, controls, fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from generator.forms.answer_places.in_word_files.controls import Control, legacy_field, word_control
from generator.forms.answer_places.in_word_files.paragraph import ParagraphText, W, font_of, is_underlined, tidy
from generator.forms.answer_places.prompt_words import LONE_PROMPT, PROMPTS_IN_LINES

EMPTY_BOXES = "☐□○❏❑❒▢◯◻⬜🔲⃝◽▫"
_SYMBOL_BOXES = {0xF0A8, 0xF06F, 0xF071, 0xF072, 0xF0A1, 0xF099, 0xF09A, 0xF0A3, 0xF030}
"""Empty boxes and rings of Wingdings, Wingdings 2 and Webdings, by their private characters."""

_LINE = re.compile(r"_(?:[ \u00a0]?_){2,}|\.{5,}|…(?: ?…){1,}\.*|(?:\. ){5,}\.?|-{8,}|‐{8,}|–{6,}")
_DATE_LINE = re.compile(r"(?:(?<!_)_+|(?<!\.)\.{2,}|(?<!…)…+) ?/ ?(?:_+|\.{2,}|…+) ?/ ?(?:_{2,}|\.{2,}|…+)")
"""A line for a date with its strokes printed, `__/__/____`: one place, whose strokes are written over."""
_BRACKETS = re.compile(r"\[[ \u00a0\u2002_]{0,4}\]|\([ \u00a0\u2002]{1,4}\)|\{[ \u00a0]{1,4}\}")
_YES_NO = re.compile(
    r"(?<![\w/])(yes|y)\s*/\s*(no|n)"
    r"(?:\s*/\s*(not known|unknown|don[’']t know|n/?a|not applicable|unsure|not sure))?(?![\w/])",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"(?<![\w/])(?:(male|m)\s*+/\s*+(female|f)|(female|f)\s*+/\s*+(male|m)|(boy)\s*+/\s*+(girl)|(girl)\s*+/\s*+(boy))"
    r"(?![\w/’'])(?![ \xa0]*+\)?[ \xa0]*+[:?]?[ \xa0]*+(?:_{2}|\.{3}|…|\t))"
    r"|\b(?:I|we|they)\s++\*?(?:(\w++)\s*+/\s*+((?:do not|don[’']t)\s++\w++))",
    re.I,
)
"""Two words in a line of which one is to stay: `M / F`, `I agree / do not agree`."""
_OPEN_BEFORE = re.compile(r"(?:^|[:(?_…\t\n]|[ \xa0]{2}|\.{3})\s*$")
_OPEN_BEHIND = re.compile(
    r"[ \xa0]*\)?[ \xa0]*[?*:]?[ \xa0]*(?:$|\n|\t|[ \xa0]{2}|[(\[]|(?:please )?(?:circle|delete)\b)", re.I
)
_OF_EITHER = re.compile(r"\b(?:of|the|a|an|any|each|every|for|or|and|by|all)\s+$", re.I)
_SENTENCE = re.compile(r"[^.:;?!()\n]*$")
_WORDS = r"[^\s/|][^/|\n]{0,40}?"
_CHOICE = re.compile(
    rf"^\s*({_WORDS}(?:\s*[/|]\s*{_WORDS}){{1,7}})\s*(?:\(?(?:please )?(?:delete|circle|highlight|underline).*)?$", re.I
)
_ONE_LABEL = re.compile(
    r"(?:name of (?:the )?)?(?:parents?|carers?|guardians?|child|young person|yp|pupil|student|learner|school|setting|"
    r"nursery|college|provider|name|role|mother|father)(?:\(s\))?"
    r"\s*/\s*(?:carers?|guardians?|child|young person|yp|pupil|student|learner|setting|nursery|college|provider|role|"
    r"title|position)(?:\(s\))?(?:\s*/\s*(?:carers?|guardians?|setting|nursery|college|provider))?"
    r"(?:[’']s? \w+| names?)?\s*\(?\d?\)?\s*:?",
    re.I,
)
"""`Parent / carer 2`: two words for one person or place, and nothing to choose between."""
_LEADERS = ("underscore", "dot", "hyphen", "middleDot", "heavy")


@dataclass(frozen=True)
class Spot:
    """One place in a paragraph: characters from `start` to before `end`."""

    start: int
    end: int
    kind: str
    how: str
    options: tuple[str, ...] = ()
    control: Control | None = None
    begin: etree._Element | None = None
    """The run in which a field begins that is a prompt: several may stand at one character."""
    before: str = ""
    after: str = ""
    option: str = ""
    question: str = ""


def find_spots(line: ParagraphText, styles: dict[str, str], choices: bool = False, open_end: bool = True) -> list[Spot]:
    """The places of a paragraph in their order, each with the words before, after, its question and its option.

    `styles` gives the tab leader of paragraph styles, `choices` whether words between strokes are a choice here,
    `open_end` whether room behind a last label is a place: not where a place of its own follows.
    """
    found = [*_inlines(line), *_in_text(line, choices), *_tabs(line, styles), *_underlined(line)]
    taken: list[Spot] = []
    hidden = [(i.start, i.end) for i in line.inlines if i.kind == "field"]
    for spot in sorted(found, key=lambda s: (s.start, -s.end)):
        clear = all(spot.end <= t.start or spot.start >= t.end for t in taken if t.end > t.start)
        outside = all(spot.end <= start or spot.start >= end for start, end in hidden)
        if clear and outside and not (spot.control is None and any(t.start <= spot.start < t.end for t in taken)):
            taken.append(spot)
    return _labelled([*taken, *(_open_end(taken, line.text) if open_end else ())], line.text)


_ASKS_MORE = re.compile(
    r"\b(?:date|name|when|where|who(?:m)?|which|details?|specify|number|why|reasons?|by|from|until)\b[^:]{0,30}:\s*$",
    re.I,
)


PROMPT = "prompt in the line, which the answer replaces"
BUTTON = "field with a prompt, which the answer replaces"
OPEN_END = "room behind the label"


def ends_with_room(spots: list[Spot]) -> bool:
    """True where the last place of a paragraph is the room behind its last label."""
    return bool(spots) and spots[-1].how == OPEN_END


def _open_end(spots: list[Spot], text: str) -> Iterator[Spot]:
    """Room behind the last label of a line of boxes: `Yes ☐ No ☐ Date:`."""
    if not spots or spots[-1].control is not None or spots[-1].kind not in ("checkbox", "choice"):
        return
    rest = text[spots[-1].end :]
    if len(tidy(rest)) <= 45 and _ASKS_MORE.search(rest):
        end = len(text.rstrip())
        yield Spot(end, end, "line", OPEN_END)


def _inlines(line: ParagraphText) -> Iterator[Spot]:
    for inline in line.inlines:
        if inline.kind == "field":
            continue
        if inline.kind == "fillin":
            if inline.end > inline.start:
                yield Spot(inline.start, inline.end, "line", PROMPT)
            continue
        if inline.kind == "button":
            yield Spot(inline.start, inline.start, "line", BUTTON, begin=inline.element)
            continue
        control = word_control(inline.element) if inline.kind == "sdt" else legacy_field(inline.element)
        if control is not None:
            yield Spot(inline.start, inline.end, control.kind, control.how, control.options, control)


def _in_text(line: ParagraphText, choices: bool) -> Iterator[Spot]:
    text = line.text
    for match in _DATE_LINE.finditer(text):
        yield Spot(match.start(), match.end(), "line", "line for a date with its strokes")
    for match in _LINE.finditer(text):
        how = (
            "underscores" if match[0][0] == "_" else "full stops as a dotted line" if match[0][0] in ".…" else "dashes"
        )
        yield Spot(match.start(), match.end(), "line", how)
    if LONE_PROMPT.fullmatch(text.strip()):
        first = len(text) - len(text.lstrip())
        yield Spot(first, first + len(text.strip()), "line", PROMPT)
    for match in PROMPTS_IN_LINES.finditer(text):
        first = match.end() - len(match[0].lstrip())
        yield Spot(first, match.end(), "line", PROMPT)
    for match in _BRACKETS.finditer(text):
        yield Spot(match.start(), match.end(), "checkbox", f"glyph {match[0]} as plain text")
    for index, char in enumerate(text):
        if is_box(line, index):
            how = "symbol" if char >= "\uf000" and ord(char) <= 0xF0FF else f"glyph {char} as plain text"
            yield Spot(index, index + 1, "checkbox", how)
    for match in _YES_NO.finditer(text):
        if not _is_label(text, match.end()):
            yield Spot(match.start(), match.end(), "choice", _choosing(text), tuple(w for w in match.groups() if w))
    for match in _EITHER.finditer(text):
        if not _is_to_choose(text, match):
            continue
        options = tuple(w for w in match.groups() if w)
        first = match.end() - len(re.sub(r"^(?:I|we|they)\s+\*?", "", match[0], flags=re.I))
        yield Spot(first, match.end(), "choice", _choosing(text), options)
    start = max(text.rfind("?"), text.rfind(":")) + 1
    label = _ONE_LABEL.fullmatch(text[start:].strip())
    if choices and not label and (chosen := _CHOICE.match(text[start:])) and not _YES_NO.search(text):
        words = re.sub(
            r"(?:(?<!\s)\s+)?\(?(?:please )?(?:delete|circle|highlight|underline)\b.*$", "", chosen[1], flags=re.I
        )
        options = tuple(tidy(w) for w in re.split(r"[/|]", words))
        if "" not in options:
            first = start + chosen.start(1)
            yield Spot(first, first + len(words), "choice", _choosing(text), options)


def _is_to_choose(text: str, match: re.Match[str]) -> bool:
    """True for words at an end of a line, or behind a gap, a colon or a bracket; not for those of a sentence."""
    before, behind = text[: match.start()], text[match.end() :]
    if match[9]:
        begun = tidy((_SENTENCE.search(before) or before)[0])
        return not re.search(r"\b(?:if|when|whether|unless|where)\b", begun, re.I) and (
            match[0][0] in "IiTt" or not begun
        )
    if _OF_EITHER.search(before):
        return False
    goes_on = tidy(behind).lstrip(")? ")[:1].islower()
    return bool(_OPEN_BEHIND.match(behind) or (_OPEN_BEFORE.search(before) and before.strip() and not goes_on))


def _is_label(text: str, end: int) -> bool:
    """True when a question goes on after `Yes / No`, as in `Yes / No answers only`."""
    rest = tidy(text[end:])
    return bool(rest) and rest[0].islower() and not rest.startswith(("delete", "please", "if ", "circle"))


def _choosing(text: str) -> str:
    for word in ("delete", "circle", "highlight", "underline", "tick"):
        if word in text.lower():
            return f"options as text: {word}"
    return "options as text"


def is_box(line: ParagraphText, index: int) -> bool:
    """True when a character of the paragraph is an empty box or ring to be ticked."""
    atom = line.atoms[index]
    if atom.char in EMPTY_BOXES:
        return True
    if atom.element.tag == W + "sym":
        return ord(atom.char) in _SYMBOL_BOXES and "symbol" not in (atom.element.get(W + "font") or "").lower()
    fonts = font_of(atom.run).lower()
    pictorial = "wingdings" in fonts or "webdings" in fonts
    return pictorial and (ord(atom.char) in _SYMBOL_BOXES or 0xF000 + ord(atom.char) in _SYMBOL_BOXES)


def _tabs(line: ParagraphText, styles: dict[str, str]) -> Iterator[Spot]:
    """Tabs whose stop draws a line: what looks like a writing line and is no text."""
    positions = [i for i, atom in enumerate(line.atoms) if atom.char == "\t" and atom.element.tag == W + "tab"]
    leaders = _leaders(line, styles)
    if not positions or not any(leaders):
        return
    for number, index in enumerate(positions):
        leader = leaders[min(number, len(leaders) - 1)]
        if leader in _LEADERS and not tidy(line.text[index + 1 :])[:1].isdigit():
            yield Spot(index, index + 1, "line", "tab with a leader (the line is no text)")


def _leaders(line: ParagraphText, styles: dict[str, str]) -> list[str]:
    tabs = line.element.findall(f"{W}pPr/{W}tabs/{W}tab")
    own = [tab.get(W + "leader", "none") for tab in tabs if tab.get(W + "val") != "clear"]
    if own:
        return own
    style = line.element.find(f"{W}pPr/{W}pStyle")
    leader = styles.get(style.get(W + "val", "") if style is not None else "", "")
    return [leader] if leader else []


def _underlined(line: ParagraphText) -> Iterator[Spot]:
    """Spaces and tabs with a line drawn under them."""
    start = None
    for index, atom in enumerate([*line.atoms, None]):
        blank = atom is not None and atom.char in " \u00a0\t\u2002\u2003" and is_underlined(atom.run)
        if blank and start is None:
            start = index
        elif not blank and start is not None:
            text = line.text[start:index]
            if len(text) >= 4 or "\t" in text:
                yield Spot(start, index, "line", "underlined spaces")
            start = None


def _labelled(spots: list[Spot], text: str) -> list[Spot]:
    """Each place with the words before and after it; boxes with their option and question."""
    edges = [0, *(s.end for s in spots)]
    starts = [*(s.start for s in spots), len(text)]
    gaps = [text[a:b].replace("\n", " ") for a, b in zip(edges, starts, strict=True)]
    between = [tidy(gap) for gap in gaps]
    if spots and "\n" in text[edges[0] : starts[0]]:
        between[0] = tidy(text[edges[0] : starts[0]].rsplit("\n", 1)[-1]) or between[0]
    named = [replace(s, before=between[i], after=between[i + 1]) for i, s in enumerate(spots)]
    for number in range(1, len(spots)):
        if _is_box_spot(spots[number - 1]) and not _is_box_spot(spots[number]):
            option, label = _split(gaps[number])
            named[number - 1] = replace(named[number - 1], after=option)
            named[number] = replace(named[number], before=label)
    number = 0
    while number < len(named):
        last = number
        while last + 1 < len(named) and _is_box_spot(named[last + 1]) and _is_box_spot(named[last]):
            last += 1
        if _is_box_spot(named[number]):
            named[number : last + 1] = _options(named[number : last + 1], last + 1 == len(named))
        number = last + 1
    return named


def _split(gap: str) -> tuple[str, str]:
    """The words between a box and a line: the box's option, and after wide room or a full stop the line's label."""
    parts = [p for p in re.split(r"\s{2,}|\t|(?<=[a-z)])\.\s+", gap.strip()) if p.strip()]
    if len(parts) < 2:
        return tidy(gap), tidy(gap)
    return tidy(parts[0]), tidy(" ".join(parts[1:]))


def _is_box_spot(spot: Spot) -> bool:
    return spot.kind == "checkbox"


_ENDS_QUESTION = re.compile(r"[:?–—]\s*$")


def _options(boxes: list[Spot], at_end: bool) -> list[Spot]:
    """Which side of its box an option stands on: after it, unless words are before the first, none after the last."""
    first, last = boxes[0], boxes[-1]
    answered = re.search(r"\b(?:yes|no|y|n)$", first.before, re.I) and len(boxes) > 1
    rest = re.sub(r"\((?:please )?(?:tick|cross|mark|select)\b[^()]*\)", "", last.after)
    behind = bool(first.before) and not _ENDS_QUESTION.search(first.before) and not rest.strip(" .,;()[]/")
    if not behind and first.before and not _ENDS_QUESTION.search(first.before) and not at_end:
        behind = len(boxes) == 1 and len(first.before.split()) <= 6 and len(last.after.split()) <= 2
    if behind or answered:
        question, option = _cut(first.before)
        words = [option, *(re.sub(r"^(?:or|and)\s+", "", box.before.strip(" ][,;/")) for box in boxes[1:])]
        return [replace(b, option=w, question=question) for b, w in zip(boxes, words, strict=True)]
    question = first.before.strip(" :–—")
    return [replace(box, option=box.after.strip(" ][,;/."), question=question) for box in boxes]


_QUESTION = 1000
"""Letters before a box in which its question is looked for."""


def _cut(before: str) -> tuple[str, str]:
    """`EAL Yes` is the question EAL and the option Yes; any other words are the option alone."""
    before = before[-_QUESTION:]
    match = re.match(r"^(.*\S)(?:\s+|[:?])(yes|no|y|n)$", before, re.IGNORECASE)
    match = match or re.match(r"^(.*\S)\s*[:?]\s+(\S.{0,40})$", before)
    return (match[1].strip(" :"), match[2]) if match else ("", before.strip(" ]["))


def bullet_box(paragraph: etree._Element, boxes: dict[tuple[str, str], str]) -> bool:
    """True when the paragraph's list bullet is itself a box: there is no character to tick."""
    numbering = paragraph.find(f"{W}pPr/{W}numPr")
    if numbering is None:
        return False
    number, level = numbering.find(W + "numId"), numbering.find(W + "ilvl")
    key = ("" if number is None else number.get(W + "val", ""), "0" if level is None else level.get(W + "val", "0"))
    return key in boxes
