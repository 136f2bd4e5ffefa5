"""What somebody added to one printed line: words behind a label, a tick, one of several boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.forms.given.printed_lines import PrintedLine
from generator.forms.returned.lines.returned_line import EMPTY, MARKS, TICKED

_TOKEN = re.compile(rf"[{EMPTY}{TICKED}]|[^\W_]+(?:[’'][^\W_]+)*|\n|[^\s]")
_MARK = re.compile(rf"(?<![^\W_])[{MARKS}](?![^\W_])")


@dataclass(frozen=True)
class Added:
    """Words that were added to a printed line, behind a label of a question."""

    question: str
    text: str


def words_added(printed: PrintedLine, text: str) -> list[Added]:
    """The words of a returned line that we did not print, each with the question of the label before it."""
    ours = [m[0].casefold() for m in _TOKEN.finditer(printed.text)]
    tokens = list(_TOKEN.finditer(text))
    theirs = [m[0].casefold() for m in tokens]
    starts = _label_starts(printed, ours)
    found: list[Added] = []
    for kind, a1, _, b1, b2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind not in ("insert", "replace"):
            continue
        piece = text[tokens[b1].start() : tokens[b2 - 1].end()]
        said = trimmed(piece)
        if said:
            before = [question for at, question in starts if at < max(a1, 1)]
            found.append(Added(before[-1] if before else printed.question, said))
    return _joined(found)


def _label_starts(printed: PrintedLine, ours: Sequence[str]) -> list[tuple[int, str]]:
    """At which token of the printed line each label begins."""
    found, at = [], 0
    for label, question in printed.labels:
        first = next(iter(_TOKEN.findall(label.lstrip(f"{EMPTY} "))), "").casefold()
        at = next((n for n in range(at, len(ours)) if ours[n] == first), at)
        found.append((at, question))
    return found


def _joined(found: Sequence[Added]) -> list[Added]:
    texts: dict[str, list[str]] = {}
    for one in found:
        texts.setdefault(one.question, []).append(one.text)
    return [Added(question, " ".join(parts)) for question, parts in texts.items()]


def trimmed(text: str) -> str:
    """Added words without the dash or colon that ties them to the label, and without boxes."""
    bare = re.sub(rf"[{EMPTY}{TICKED}]", " ", text).strip()
    bare = re.sub(r"^[\s:–—·,;-]+(?=\S)", "", bare)
    return bare.strip() if re.search(r"\w|[^\x00-\x7f]", bare) and not re.fullmatch(r"[\W_]{1,2}", bare) else ""


@dataclass(frozen=True)
class Boxes:
    """What a row of boxes says: the options chosen, words beside them, and why that is not certain ("" when it is)."""

    chosen: tuple[str, ...]
    beside: str = ""
    doubt: str = ""


def boxes_read(options: Sequence[str], text: str, highlighted: Sequence[str] = ()) -> Boxes:
    """Which of the options of a printed row are chosen in a returned line."""
    chosen, beside, doubts = [], [], []
    for option, box, mark, rest in _segments(options, text):
        if box == TICKED or mark == "before":
            chosen.append(option)
        elif mark == "behind":
            chosen.append(option)
            doubts.append(f"a mark stands behind “{option}”, its box is empty")
        elif not box and EMPTY not in text and TICKED not in text and len(_left(options, text)) == 1:
            chosen.append(option)
            doubts.append(f"the box was deleted, “{option}” stays")
        if rest:
            beside.append(rest)
    if not chosen:
        for option in options:
            if any(word and word.casefold() in option.casefold() for word in map(str.strip, highlighted)):
                chosen.append(option)
                doubts.append(f"“{option}” is highlighted, no box is ticked")
    if len(chosen) > 1:
        doubts.append("more than one box is ticked")
    return Boxes(tuple(chosen), " ".join(beside), "; ".join(dict.fromkeys(doubts)))


def _left(options: Sequence[str], text: str) -> list[str]:
    return [option for option in options if option.casefold() in text.casefold()]


def _segments(options: Sequence[str], text: str) -> Iterator[tuple[str, str, str, str]]:
    """Each option that is still there with its box, where a mark stands, and the other words up to the next box."""
    at = 0
    places = []
    for option in options:
        found = re.search(re.escape(option), text[at:], re.IGNORECASE)
        if found:
            places.append((option, at + found.start(), at + found.end()))
            at += found.end()
    for number, (option, start, end) in enumerate(places):
        before = text[places[number - 1][2] if number else 0 : start]
        after = text[end : places[number + 1][1] if number + 1 < len(places) else len(text)]
        box_at = max(before.rfind(EMPTY), before.rfind(TICKED))
        box = before[box_at] if box_at >= 0 else ""
        own = before[box_at + 1 :] if box_at >= 0 else ""
        next_box = min((p for p in (after.find(EMPTY), after.find(TICKED)) if p >= 0), default=len(after))
        tail = after[:next_box]
        first = number == 0 and _MARK.search(before[: max(box_at, 0)]) and ":" not in before
        mark = "before" if _MARK.search(own) or first else "behind" if _MARK.search(tail) else ""
        yield option, box, mark, trimmed(_MARK.sub(" ", tail))
