"""What we printed on a form, line by line, and which question each line belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.forms.given.question_list import Question, QuestionForm

EMPTY = "☐"

GOOD_OK_HARD = ("good", "OK", "hard")
"""What the three columns of a table of faces or boxes mean, in whatever words they are headed."""

_NOTHING_ASKED = frozenset(
    {
        "About this form",
        "How is school?",
        "How is it at the moment?",
        "Put a ring round a face",
        "The meeting",
        "For the adult who helped",
        "Who may see this form",
    }
)


@dataclass(frozen=True)
class PrintedLine:
    """A printed line: its text, the question of what stands below it, and those that stand in it with their labels.

    `labels` are (label, question) for questions that are answered in the line itself; `early` is true above the
    question proper; `hint` for words that are often written over; `options` for a row of boxes.
    """

    text: str
    question: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()
    early: bool = False
    hint: bool = False


def comparable_line(text: str) -> str:
    """A line as it is compared: small letters, no signs, no boxes."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def printed_lines(texts: Iterable[str], form: QuestionForm) -> tuple[PrintedLine, ...]:
    """The English lines of a form with their questions; an empty text is a line to write on and is left out."""
    made: list[PrintedLine] = []
    question, early, last = "", False, ""
    for text in (t for t in texts if t):
        for line in text.split("\n"):
            found = _asked_in(line, form, last)
            upcoming = next((q.id for q in form.questions if q.early and _begins(line, q.early)), "")
            if found:
                question, early = found[-1][1].id, False
                last = found[-1][1].id
            elif upcoming:
                question, early = upcoming, True
            elif _is_heading_of_nothing(line, form):
                question, early = "", False
            made.append(_line(line, found, question, early))
    return tuple(made)


def _line(line: str, found: Sequence[tuple[str, Question]], question: str, early: bool) -> PrintedLine:
    labels = tuple((label, one.id) for label, one in found)
    options = options_of(line) if found and found[0][1].kind in ("choice", "choices", "tick") else ()
    hint = line.startswith(("Draw or write here", "Write here"))
    return PrintedLine(line, question, labels, options, early, hint)


def _asked_in(line: str, form: QuestionForm, last: str) -> list[tuple[str, Question]]:
    """The questions that a line asks, as (label as printed, question), in their order on the line."""
    bare = line.lstrip(f"{EMPTY} ")
    found: list[tuple[int, str, Question]] = []
    for question in form.questions:
        for asks in question.asks:
            at = _place(line, bare, asks, question, bool(found))
            if at >= 0:
                found.append((at, asks, question))
    return [(label, question) for _, label, question in sorted(found, key=lambda row: row[0])]


def _place(line: str, bare: str, asks: str, question: Question, others: bool) -> int:
    if _begins(bare, asks):
        exact = question.kind != "text" or len(asks) > 12 or len(bare) < len(asks) + 4
        return len(line) - len(bare) if exact else -1
    inside = question.kind in ("name", "date", "who", "short") or asks == "This person can speak for me"
    at = line.find(asks) if inside else -1
    return at if at > 0 and (others or asks != "Date") else -1


def _begins(line: str, asks: str) -> bool:
    return line.casefold().startswith(asks.casefold())


def _is_heading_of_nothing(line: str, form: QuestionForm) -> bool:
    """Headings after which no answer of the question before belongs."""
    return line in _NOTHING_ASKED


def options_of(line: str) -> tuple[str, ...]:
    """The words behind each box of a line."""
    return tuple(" ".join(part.split()).strip(" :") for part in line.split(EMPTY)[1:])


def in_other_words(english: Sequence[PrintedLine], texts: Iterable[str]) -> tuple[PrintedLine, ...]:
    """The same lines in another language, which has the same number of them in the same order."""
    lines = [line for text in texts if text for line in text.split("\n")]
    if len(lines) != len(english):
        return tuple(english)
    return tuple(_translated(one, text) for one, text in zip(english, lines, strict=True))


def _translated(one: PrintedLine, text: str) -> PrintedLine:
    options = options_of(text) if one.options else ()
    parts = [part.strip() for part in re.split(r"\t|\s{2,}", text) if part.strip()]
    labels = tuple(
        (parts[number] if number < len(parts) and len(one.labels) > 1 else text.split(EMPTY)[0] or text, question)
        for number, (_, question) in enumerate(one.labels)
    )
    return PrintedLine(text, one.question, labels, options, one.early, one.hint)
