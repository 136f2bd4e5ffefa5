"""What people typed over several lines, as paragraphs and lists: an editor's line ends are no breaks on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BULLET = re.compile(r"\s*(?:[-*•▪●○◦‣⁃·–—]\s+|o\t\s*)(?=\S)")
_NUMBER = re.compile(r"\s*(?:(\d{1,2})|([a-h]))[.)]\s+(?=\S)")
_BETWEEN_CELLS = re.compile(r"(?:(?<!\s)\s+)?(?:\t+|\|)\s*")


@dataclass(frozen=True)
class Block:
    """One paragraph of a text, or one line of a list in it."""

    text: str
    bullet: bool = False


def blocks(text: str) -> list[Block]:
    """The paragraphs and list lines of a text that people typed.

    An empty line begins a paragraph; a line that begins with a bullet or the next number begins a line of a list; rows
    of a pasted table stand each on a line of their own, a dot between their cells. Every other line end is a space:
    the editor's, not the writer's.
    """
    found: list[Block] = []
    for paragraph in re.split(r"\n[ \t]*\n\s*", text.strip("\n")):
        found += _of_paragraph(paragraph.split("\n"))
    return found


def _of_paragraph(lines: list[str]) -> Iterator[Block]:
    several, held, bullet, number = len(lines) > 1, "", False, 0
    tabled = is_table(lines)
    for line in lines:
        marked, counted = _BULLET.match(line), _NUMBER.match(line)
        place = _place(counted) if counted else 0
        starts = several and bool(marked or (place and place == number + 1) or tabled)
        if starts and held:
            yield Block(held, bullet)
            held = ""
        if several and marked:
            bullet, line = True, line[marked.end() :]
        elif starts:
            bullet = False
            number = place or number
        line = _row(line) if tabled else line
        held = f"{held} {line.strip()}" if held else line.strip() if several else line
    if held:
        yield Block(held, bullet)


def _place(counted: re.Match[str]) -> int:
    return int(counted[1]) if counted[1] else ord(counted[2]) - ord("a") + 1


def is_table(lines: list[str]) -> bool:
    """True for lines that were copied from a table: at least two, each with the same cells between tabs or bars."""
    counts = {len(_cells(line)) for line in lines if line.strip()}
    return len([line for line in lines if line.strip()]) > 1 and len(counts) == 1 and counts.pop() > 1


def _cells(line: str) -> list[str]:
    return [cell for cell in _BETWEEN_CELLS.split(line.strip()) if cell]


def _row(line: str) -> str:
    cells = _cells(line)
    return "" if all(set(cell) <= set("-:= ") for cell in cells) else " · ".join(cells)
