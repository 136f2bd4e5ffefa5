"""A file with a fault mended on its lines as the fault's own advice says, so that what is wrong below is told as well.

Nothing of it is written: a teacher who is told all faults at once mends the file once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.records.yaml_text.yaml_errors import YamlFault
from generator.records.yaml_text.yaml_slips import BULLETS

_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\u2060]")
_BULLET = re.compile(rf"^(\s*)[{BULLETS}](?=\s)")
_KEY = re.compile(r"([\w-]+):(?:\s|$)")
_VALUE = re.compile(r"(\s*(?:- +)*[^\s:#\"'][^:#\"']*:\s+)(.+)")


def mended(lines: Sequence[str], fault: YamlFault) -> list[str] | None:
    """The lines with the one of the fault put right; None where its advice does not say exactly how."""
    number = fault.line - 1
    if not 0 <= number < len(lines):
        return None
    line, at = lines[number], fault.column - 1
    if "a dash is missing" in fault.message and not _begins_like_the_item_above(lines, number, at):
        return None  # it may belong to the item above
    new = _line(line, at, fault.message)
    return None if new is None or new == line else [*lines[:number], new, *lines[number + 1 :]]


def _begins_like_the_item_above(lines: Sequence[str], number: int, column: int) -> bool:
    above = next((one for one in reversed(lines[:number]) if one[column : column + 2] == "- "), "")
    keys = [_KEY.match(text) for text in (above[column + 2 :], lines[number][column:])]
    first, second = keys
    return first[1] == second[1] if first and second else first is second


def _line(line: str, at: int, message: str) -> str | None:
    if "special space" in message or "no-break space" in message:
        return _ODD_SPACES.sub(" ", line)
    if "no space after the colon" in message:
        return re.sub(r"^(\s*(?:- +)*[\w-]+) *:(?=\S)", r"\1: ", line, count=1)
    if "not with" in message:
        return _BULLET.sub(r"\1-", line, count=1)
    if "no space after the dash" in message:
        return re.sub(r"^(\s*)-(?=\S)", r"\1- ", line, count=1)
    if "a dash is missing" in message:
        return f"{line[:at]}- {line[at:]}"
    if "which does not count" in message:
        return f'{line[:at]}"{line[at + 1 :]}'
    if "second colon" in message or "cannot start with" in message or "closing quotation mark" in message:
        found = _VALUE.fullmatch(line)
        return f"{found[1]}'{found[2].replace(chr(39), chr(39) * 2)}'" if found else None
    if "quotation mark" in message and ("never closed" in message or "not closed on this line" in message):
        return f"{line}{line[at : at + 1]}"
    return None
