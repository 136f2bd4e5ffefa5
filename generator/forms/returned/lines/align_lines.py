"""Which line of a returned form is which line that we printed: in order, each at most once, whatever was added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from generator.forms.given.printed_lines import PrintedLine, comparable_line
from generator.forms.returned.lines.returned_line import ReturnedLine

_ALIKE = 0.86
_MOST_LINES = 6
"""Lines of a page over which one printed paragraph may run."""


@dataclass(frozen=True)
class Match:
    """Lines `first` to `last` of the returned form are the printed line `printed`."""

    printed: int
    first: int
    last: int
    alike: float


def aligned(printed: Sequence[PrintedLine], lines: Sequence[ReturnedLine], wrapped: bool = False) -> list[Match]:
    """The matches that together explain most of what was printed."""
    ours = [comparable_line(p.text) for p in printed]
    theirs = [comparable_line(line.text) for line in lines]
    spans = _spans(lines, theirs, wrapped)
    best: list[list[tuple[float, int]]] = [[(0.0, 0)] * (len(lines) + 1) for _ in range(len(printed) + 1)]
    # best[i][j]: weight of the best matching of the first i printed and j returned lines, and the lines that i took.
    for i in range(1, len(printed) + 1):
        for j in range(1, len(lines) + 1):
            found = max((best[i - 1][j][0], -1), (best[i][j - 1][0], -2))
            for size, text in spans[j - 1]:
                alike = likeness(ours[i - 1], text, printed[i - 1])
                weight = best[i - 1][j - size][0] + alike * _weight(ours[i - 1], printed[i - 1])
                if alike and weight > found[0]:
                    found = (weight, size)
            best[i][j] = found
    return _walked(best, printed, lines)


def _spans(lines: Sequence[ReturnedLine], theirs: Sequence[str], wrapped: bool) -> list[list[tuple[int, str]]]:
    """For each line, the texts that end with it: of itself, and where paragraphs wrap of several lines before it."""
    found = []
    for end in range(len(lines)):
        sizes = range(1, _MOST_LINES + 1) if wrapped else (1,)
        texts = []
        for size in sizes:
            part = theirs[end - size + 1 : end + 1] if end - size + 1 >= 0 else []
            typed = any(lines[k].typed or lines[k].field for k in range(end - size + 1, end + 1)) if part else True
            if part and part[0] and part[-1] and not typed:
                texts.append((size, " ".join(filter(None, part))))
        found.append(texts)
    return found


def _weight(text: str, printed: PrintedLine) -> float:
    return (0.3 if printed.hint else 1.0) * (1 + min(len(text), 40) / 20)


def likeness(ours: str, theirs: str, printed: PrintedLine) -> float:
    """How certainly a returned line is a printed one, from 0.0 (not) to 1.0; words may have been added to it."""
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 1.0
    if theirs.startswith(ours + " ") and len(ours) >= 3:
        return 0.95
    alike = fuzz.ratio(ours, theirs) / 100
    if alike >= _ALIKE and min(len(ours), len(theirs)) > 5:
        return alike
    if (printed.options or len(printed.labels) > 1) and _holds_in_order(ours, theirs):
        return 0.85
    if len(ours) >= 12 and len(theirs) > len(ours) and fuzz.partial_ratio(ours, theirs) >= 94:
        return 0.8
    return _shortened(ours, theirs, printed)


def _holds_in_order(ours: str, theirs: str) -> bool:
    words = iter(theirs.split())
    return ours.split()[0] == theirs.split()[0] and all(word in words for word in ours.split())


def _shortened(ours: str, theirs: str, printed: PrintedLine) -> float:
    """A row of boxes of which words were taken out, or a label whose end was written over."""
    label = comparable_line(printed.labels[0][0]) if printed.labels and printed.options else ""
    return 0.7 if len(label) > 5 and theirs.startswith(label) else 0.0


def _walked(
    best: Sequence[Sequence[tuple[float, int]]], printed: Sequence[PrintedLine], lines: Sequence[ReturnedLine]
) -> list[Match]:
    found: list[Match] = []
    i, j = len(printed), len(lines)
    while i and j:
        step = best[i][j][1]
        if step == -1:
            i -= 1
        elif step == -2:
            j -= 1
        elif step > 0:
            found.append(Match(i - 1, j - step, j - 1, best[i][j][0]))
            i, j = i - 1, j - step
        else:
            break
    found.reverse()
    assert all(one.last < two.first for one, two in pairwise(found))
    return found


def coverage(printed: Sequence[PrintedLine], matches: Sequence[Match]) -> float:
    """The part of the printed questions that a returned form still shows."""
    wanted = {number for number, line in enumerate(printed) if line.labels}
    return len(wanted & {match.printed for match in matches}) / max(len(wanted), 1)
