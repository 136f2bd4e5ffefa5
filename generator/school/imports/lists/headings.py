"""Where a list's headings stand, below titles and under groups, and which rows below them speak of pupils."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from generator.school.imports.lists.export_file import ExportSheet

_LOOKED_AT = 40
"""Lines at the top among which the headings are looked for."""

Known = Callable[[str], int]
"""How well a heading is known: 2 by itself, 1 beside others, 0 not at all."""

_UPN = re.compile(r"[A-Za-z][0-9]{11}[0-9A-Za-z]")
_DATE = re.compile(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}|[0-9]{1,2}[ -][A-Za-z]{3,9}[ -][0-9]{2,4}")

_OF_PEOPLE = re.compile(r"\b(?:upn|(?:sur|fore|first |last )?names?|pupil|student|dob|date of birth)\b", re.IGNORECASE)
"""Headings without which no list is one of pupils; cells of a row may hold words like SEN, PP and FSM."""


@dataclass(frozen=True)
class ListRow:
    """One row of a list: where it stands, for messages, and its cells as text by heading; empty cells are not there."""

    where: str
    cells: dict[str, str]
    list_of: tuple[str, Sequence[str]] = ("", ())
    """The sheet's name and the headings above the row."""
    from_1904: bool = False
    """True where plain numbers for days count from 1904."""


@dataclass
class PupilList:
    """The rows of a sheet under its headings, and the lines below them that are no rows of the list."""

    sheet: str
    headings: list[str]
    rows: list[ListRow] = field(default_factory=list)
    other_lines: list[str] = field(default_factory=list)
    blocks: list[list[str]] = field(default_factory=list)
    """The headings that stand in one line: those of one list below another may mean the same fields again."""


def read_list(sheet: ExportSheet, known: Known) -> PupilList | None:
    """The list of a sheet; nothing when it has fewer than two lines with more than one cell.

    `known` says how well a heading is known, 2 to 0: the line with the most known ones is the headings. A further line
    of headings, as above the next class, counts from there on, in whatever order its columns are.
    """
    at = _heading_line(sheet.lines, known)
    if at is None:
        return None
    headings, first = _headings(sheet.lines, at, known)
    found = PupilList(sheet.name, list(headings), blocks=[list(headings)])
    prefix = f"sheet {sheet.name}, " if sheet.name else ""
    for number, line in enumerate(sheet.lines[first:], first + 1):
        cells = {name: cell for name, cell in zip(headings, line, strict=False) if name and cell}
        where = f"{prefix}row {number}"
        if not any(line):
            continue
        if _again(headings, line, known):
            found.other_lines.append(f"{where}: the headings again")
        elif _other_headings(headings, line, known):
            headings = _each_once([*line, *[""] * (len(headings) - len(line))])
            found.blocks.append(list(headings))
            found.headings += [name for name in headings if name not in found.headings]
            found.other_lines.append(f"{where}: other headings, which count from here on")
        elif len(cells) == 1 and len(headings) > 2 and not any(_UPN.fullmatch(cell) for cell in cells.values()):
            found.other_lines.append(f"{where}: “{next(iter(cells.values()))}”")
        else:
            found.rows.append(ListRow(where, cells, (sheet.name, headings), sheet.from_1904))
    return found


def _other_headings(headings: Sequence[str], line: Sequence[str], known: Known) -> bool:
    """True for a line of which nearly all cells are known headings: those of another list below the first."""
    score, filled = _score(line, known), _filled(line)
    of_people = sum(bool(_OF_PEOPLE.search(cell)) for cell in line)
    return score >= 3 and score >= filled * 2 / 3 and of_people >= 2


def _again(headings: Sequence[str], line: Sequence[str], known: Known) -> bool:
    """True for the headings printed once more, as at the top of each page; not for a pupil with words of them."""
    pairs = [(name, cell) for name, cell in zip(headings, line, strict=False) if cell]
    same = sum(cell.casefold() in name.casefold() for name, cell in pairs)
    if len(pairs) < 2 or same <= len(pairs) * 2 / 3 or any(_DATE.fullmatch(cell) for _, cell in pairs):
        return False
    return all(cell.casefold() == name.casefold() for name, cell in pairs) or _are_headings(
        [cell for name, cell in pairs if cell.casefold() in name.casefold()], [cell for _, cell in pairs], known
    )


def _are_headings(same: Sequence[str], cells: Sequence[str], known: Known) -> bool:
    """True when cells that stand in the headings too are headings again: one names people, or no cell is unknown.

    A pupil's row may hold SEN, PP and FSM below headings of these words.
    """
    return any(_OF_PEOPLE.search(cell) for cell in same) or all(map(known, cells))


def _heading_line(lines: Sequence[Sequence[str]], known: Known) -> int | None:
    """The first of the lines that have the most known headings; without any, the first with several cells."""
    scores = [_score(line, known) for line in lines[:_LOOKED_AT]]
    best = max(scores, default=0)
    if best >= 2 or (best == 1 and max(map(_filled, lines[:_LOOKED_AT])) == 1):
        at = scores.index(best)
        return at + 1 if at + 1 < len(lines) and _repeated(lines[at], lines[at + 1], known) else at
    return next((number for number, line in enumerate(lines) if _filled(line) > 1), None)


def _repeated(line: Sequence[str], below: Sequence[str], known: Known) -> bool:
    """True when headings are merged downwards, so that the line below has them too, with what divides the groups."""
    same = [cell for cell, lower in zip(line, below, strict=False) if cell and cell == lower]
    if len(same) < 2 or len(same) >= _filled(below) or any(_UPN.fullmatch(c) or _DATE.fullmatch(c) for c in below):
        return False
    return _are_headings(same, [cell for cell in below if cell], known)


def _score(line: Sequence[str], known: Known) -> int:
    if any(_UPN.fullmatch(cell) or _DATE.fullmatch(cell) for cell in line):
        return 0  # a row of the list
    return len({cell for cell in line if cell and known(cell)})


def _filled(line: Sequence[str]) -> int:
    return sum(map(bool, line))


def _headings(lines: Sequence[Sequence[str]], at: int, known: Known) -> tuple[list[str], int]:
    """The heading of each column, none twice, and the number of the first line below them."""
    below = lines[at + 1] if at + 1 < len(lines) else []
    if _continues(lines[at], below, known):
        names, first = _joined(lines[at], below, known), at + 2
    else:
        above = lines[at - 1] if at else []
        names, first = _joined(above if _filled(above) > 1 else [], lines[at], known), at + 1
    width = max((len(line) for line in lines[at:]), default=0)
    names += [""] * (width - len(names))
    return _each_once([name or _unnamed(lines[first:], n) for n, name in enumerate(names)]), first


def _continues(line: Sequence[str], below: Sequence[str], known: Known) -> bool:
    """True when the line below divides groups of this one: “SEN” over “Status” and “Need”."""
    if not any(below) or any(_UPN.fullmatch(cell) or _DATE.fullmatch(cell) for cell in below):
        return False
    groups = _spread(line)
    parts = [(groups[n] if n < len(groups) else "", cell) for n, cell in enumerate(below) if cell]
    if len(parts) > _filled(line) + 3 and all(known(cell) for _, cell in parts):
        return True
    first_of_all = bool(line and line[0] and below and below[0])
    return not first_of_all and sum(bool(known(f"{group} {cell}")) for group, cell in parts) > len(parts) / 2


def _joined(groups: Sequence[str], names: Sequence[str], known: Known) -> list[str]:
    """Each column's own heading; with its group's where only both together say what it is."""
    spread = _spread(groups)
    width = max(len(names), len(groups))
    own = [names[n] if n < len(names) else "" for n in range(width)]
    joined = []
    for n, name in enumerate(own):
        group = spread[n] if n < len(spread) else ""
        both = f"{group} {name}".strip()
        if not name:
            joined.append(groups[n] if n < len(groups) else "")
        elif group and known(both) and (known(both) > known(name) or own.count(name) > 1):
            joined.append(both)
        else:
            joined.append(name)
    return joined


def _spread(groups: Sequence[str]) -> list[str]:
    """A group's name over all of its columns: a merged cell has its text only at its start."""
    held, spread = "", []
    for name in groups:
        held = name or held
        spread.append(held)
    return spread


def _unnamed(lines: Sequence[Sequence[str]], column: int) -> str:
    """A name for a column that has cells and no heading; empty when it has neither."""
    filled = any(column < len(line) and line[column] for line in lines)
    return f"(column {_letter(column)}, no heading)" if filled else ""


def _letter(column: int) -> str:
    """A column's letter as Excel shows it."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _each_once(names: Sequence[str]) -> list[str]:
    """The headings; one that is there already gets its column's letter."""
    seen: set[str] = set()
    unique = []
    for column, name in enumerate(" ".join(name.split()) for name in names):
        one = f"{name} (column {_letter(column)})" if name and name in seen else name
        seen.add(one)
        unique.append(one)
    return unique
