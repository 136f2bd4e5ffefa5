"""Lines that fit a terminal: text is wrapped under itself, and a command that is recommended is never cut."""

from __future__ import annotations

import os
import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from operator import gt

from generator.cli.text.findings_text import display_width, table

NARROW, WIDE = 80, 110
"""Columns: what every terminal has, and what is still easy to read."""

COMMAND_NAMES = (
    *("ask", "briefing", "build", "bundle", "changes", "check", "collect", "doctor", "export", "forget", "form"),
    *("governors", "import", "inclusion-strategy", "init", "issue", "issued", "language", "new", "new-year", "open"),
    *("pack", "provision", "receive", "register", "remove", "retention", "reviews", "sar", "send-on", "sent", "status"),
    *("answered", "order"),
    *("template", "termly"),
)
"""The words that make a command of `sendpack` and what follows: “sendpack writes the letter” is a sentence."""

_COMMAND = re.compile(
    r"`[^`\n]{1,70}`|sendpack (?:-C \S+ )?(?:" + "|".join(sorted(COMMAND_NAMES, key=len, reverse=True)) + r")(?![\w-])"
    r"(?: (?:--?[a-z][a-z-]*|[a-z0-9][\w./-]*|[A-Z]+|\"[^\"]*\"))*"
)
_LONG_WORD = 20
"""Columns of a table are made no narrower than their words as long as it fits; longer words may be cut."""

_KEEP = "\u2007"
"""Stands for a space inside a command while lines are cut."""


def terminal_width() -> int:
    """The columns of the terminal, between 80 and 110; 80 where there is none; those of COLUMNS where it is set."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said) >= NARROW:
        return int(said)
    return min(max(shutil.get_terminal_size((NARROW, 24)).columns, NARROW), WIDE)


def fitted(lines: Iterable[str], width: int = 0) -> Iterator[str]:
    """The lines, each that is too wide cut at spaces and going on four columns further in."""
    limit = width or terminal_width()
    for line in lines:
        if display_width(line) <= limit:
            yield line
            continue
        kept = _COMMAND.sub(lambda found: found[0].replace(" ", _KEEP), line)
        indent = len(line) - len(line.lstrip())
        wrapped = textwrap.wrap(
            kept.strip(),
            limit,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + 4),
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield from (piece.replace(_KEEP, " ") for piece in wrapped)


def fitted_table(rows: Sequence[Sequence[str]], width: int = 0) -> Iterator[str]:
    """Rows as aligned columns that fit: the widest columns are made narrower and their cells go over several lines."""
    limit = width or terminal_width()
    columns = list(zip(*rows, strict=True))
    widths = [max(map(display_width, column)) for column in columns]
    words = [max((display_width(word) for cell in column for word in cell.split()), default=0) for column in columns]
    whole_words = [min(word, _LONG_WORD) for word in words]
    for floors in (whole_words, [min(10, floor) for floor in whole_words], [6] * len(widths)):
        while sum(widths) + 2 * (len(widths) - 1) > limit and any(map(gt, widths, floors)):
            widths[max(range(len(widths)), key=lambda n: (widths[n] > floors[n], widths[n]))] -= 1
    pieces: list[list[str]] = []
    for row in rows:
        cells = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, widths, strict=True)]
        tallest = max(map(len, cells))
        pieces += [[cell[n] if n < len(cell) else "" for cell in cells] for n in range(tallest)]
    head = max((len(textwrap.wrap(cell, size)) for cell, size in zip(rows[0], widths, strict=True)), default=1)
    lines = list(table(pieces))
    # The line under the headings stands below all of their lines.
    yield from [*lines[:1], *lines[2 : head + 1], lines[1], *lines[head + 1 :]]
