"""Slips of a hand that writes lists and quotes as in a letter, found on the lines, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

BULLETS = "•·‣●○▪◦‧∙–—−*➢➤►▸\uf0b7\uf0a7\uf0d8\uf076"
"""Signs that word processors put before the lines of a list, where a hyphen and a space belong."""

CURLY = "yaml-curly-quotes"
"""The rule that curly quotes meant as YAML's own belong to."""

_BULLET = re.compile(rf"\s*([{BULLETS}])(?:\s|$)|\s*(o)\s+(?=[A-Z]|[A-Za-z_][\w-]*:(?:\s|$))")
"""An o is Word's bullet of the second level, as it comes out when a list is pasted."""

_OPENED = re.compile(r"""\s*(?:- +)*(?:[^\s"'#\[{][^"'#]*?: +)?(["'])""")
_KEY_OR_ITEM = re.compile(r"\s*(?:- +\S|[A-Za-z_][\w-]*:(?:\s|$))")
_KEY = re.compile(r"(?:[0-9]+[.)] +)?[A-Za-z_][\w-]*:(?:\s|$)")
_NUMBERED = re.compile(r"[0-9]+[.)] +")
_CURLY = {"“": "”", "‘": "’", "„": "“", "”": "”", "’": "’"}
_CURLY_END = re.compile(r"([”“’])\s*$")
_SPEECH = re.compile(r"[.!?…,]$")
_MANY_WORDS = 6
"""A text of so many words in curly quotes is what somebody said, and keeps them."""

Slip = tuple[int, int, str, str]
"""Line and column from 0, what is wrong, and what to do."""


def bullet_at(line: str) -> Slip | None:
    """The sign of a word processor's list at the start of a line; its line is 0."""
    found = _BULLET.match(line)
    if not found:
        return None
    sign = found[1] or found[2]
    shown = sign if sign.isprintable() else "•"
    message = f"a list item starts with - (a hyphen), not with {shown}"
    return (
        0,
        found.start(found.lastindex or 0),
        message,
        f"write `- ` for `{shown}`; text that must begin so goes in quotes",
    )


def first_bullet(lines: Sequence[str], first: int, last: int) -> Slip | None:
    """The first such sign between two lines."""
    for number in range(max(first, 0), min(last + 1, len(lines))):
        if slip := bullet_at(lines[number]):
            return number, *slip[1:]
    return None


def swallowing_quote(lines: Sequence[str], last: int) -> Slip | None:
    """A quotation mark opened on a line up to `last` that is closed only behind lines with keys or items of their own.

    The parser stumbles where the next quotation mark stands, often many lines below; the slip is here.
    """
    number = 0
    while number <= min(last, len(lines) - 1):
        found = _OPENED.match(lines[number])
        if not found or _closed(lines[number], found.end(), found[1]):
            number += 1
            continue
        indent = len(lines[number]) - len(lines[number].lstrip())
        end = next((n for n in range(number + 1, len(lines)) if _closed(lines[n], 0, found[1])), len(lines))
        own = [n for n in range(number + 1, min(end + 1, len(lines))) if _stands_alone(lines[n], indent)]
        whole = end < len(lines) and not own and _ends_there(lines[end], found[1])
        curly = _CURLY_END.search(lines[number], found.end())
        if curly and not whole:
            message = f"the text begins with {found[1]} and ends with the curly quote {curly[1]}, which does not count"
            return number, curly.start(1), message, f"write {found[1]} for {curly[1]}"
        if own:
            how = "never closed" if end == len(lines) else "not closed on this line"
            message = f"the quotation mark {found[1]} opened here is {how}"
            return number, found.start(1), message, f"put {found[1]} at the end of its text"
        number = end + 1
    return None


def _stands_alone(line: str, indent: int) -> bool:
    return bool(_KEY_OR_ITEM.match(line)) and len(line) - len(line.lstrip()) <= indent


def _closed(line: str, start: int, mark: str) -> bool:
    """True when a text in quotes that is open at a place is closed on this line."""
    return _up_to_close(line[start:], mark) is not None


def _ends_there(line: str, mark: str) -> bool:
    """True when a text in quotes that goes on to this line is closed on it, and nothing of another text follows."""
    found = _up_to_close(line, mark)
    return found is not None and bool(re.match(r"\s*(?:[]},].*|#.*)?$", line[found.end() :]))


def _up_to_close(text: str, mark: str) -> re.Match[str] | None:
    """An open text in quotes up to the mark that closes it."""
    return re.match(r'(?:[^"\\]|\\.)*"' if mark == '"' else r"(?:[^']|'')*'(?!')", text)


def merge_mark(lines: Sequence[str]) -> Slip | None:
    """The mark that a program leaves where it could not put two versions of a file together."""
    found = next((n for n, line in enumerate(lines) if re.match(r"<{7}(?: |$)", line)), None)
    if found is None:
        return None
    end = next((n for n in range(found, len(lines)) if re.match(r">{7}(?: |$)", lines[n])), found)
    message = f"two versions of this file stand here one below the other, down to line {end + 1}"
    return found, 0, message, "keep what is right, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"


def dash_slip(lines: Sequence[str], first: int, last: int) -> Slip | None:
    """A dash without its space before a key, or two dashes where one belongs, between two lines."""
    for number in range(max(first, 0), min(last + 1, len(lines))):
        if found := re.match(r"\s*(-)[A-Za-z_][\w-]*:(?:\s|$)", lines[number]):
            return number, found.start(1), "there is no space after the dash", "write `- ` and then the text"
        if found := re.match(r"\s*- +(-) +[A-Za-z_][\w-]*:(?:\s|$)", lines[number]):
            return number, found.start(1), "there are two dashes before this item", "take one of them away"
    return None


def open_bracket(lines: Sequence[str]) -> Slip | None:
    """The last bracket of a file that is never closed."""
    for number in range(len(lines) - 1, -1, -1):
        bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\s#.*$", lambda found: " " * len(found[0]), lines[number])
        for opened, closing in ("[]", "{}"):
            if bare.count(opened) > bare.count(closing):
                message = f"the bracket {opened} opened here is not closed"
                advice = f'put {closing} at its end; if it is just text, put all of it in quotes: "…"'
                return number, bare.rindex(opened), message, advice
    return None


def missing_dash(lines: Sequence[str], number: int, column: int) -> Slip | None:
    """A line that starts where the dashes of the list above it stand, and has none."""
    line = lines[number] if number < len(lines) else ""
    if line[:column].strip() or line[column : column + 1] in ("-", "", "#"):
        return None
    for above in range(number - 1, -1, -1):
        stripped = lines[above].lstrip(" ")
        indent = len(lines[above]) - len(stripped)
        if not stripped or stripped.startswith("#") or indent > column:
            continue
        if indent == column and stripped.startswith("- "):
            if _KEY.match(stripped[2:]) and not _KEY.match(line[column:]) and line[column] not in "{[":
                return None  # text that goes on, under an item that is a group of keys
            if found := _NUMBERED.match(line, column):
                message = f"a list item starts with - (a hyphen), not with {found[0].strip()}"
                return number, column, message, f"write `- ` for `{found[0].strip()}`"
            message = f"a dash is missing: this line stands under the dash of line {above + 1} and has none"
            inside = "start it under the first letter after that dash"
            return number, column, message, f"write `- ` before it; if it belongs to the item above, {inside}"
        return None
    return None


_ESCAPE = re.compile(r"\\(u00[01][0-9A-Fa-f]|.)")
_PART = r"\\(?!\\|[nrt](?:[A-Z]|(?![\w.-])))[\w.-]+"
"""A folder or file of a path; behind a line break that is meant a sentence may begin with its capital."""
_FILE = r"\.(?:pdf|docx?|odt|rtf|txt|xlsx?|ods|csv|pptx?|ya?ml|png|jpe?g|tiff?|heic|msg|eml|zip)\Z"
_IN_A_PATH = re.compile(
    rf"(?<!\w)[A-Za-z]:(?:{_PART}\Z|(?:{_PART}){{2,}})|(?:^|(?<=\s))\\\\[\w.-]+(?:{_PART})+"
    rf"|\A[\w.-]+(?:\\[\w.-]+)*\\[\w.-]+{_FILE}"
)


def read_backslash(written: str) -> int | None:
    """Where a backslash of a path is read as another sign, in a text in double quotes as the file has it, or None.

    In `C:\\notes` YAML reads the `\\n` as a new line, and nobody is told. Whoever writes `\\n` outside of a path, or
    for a line that begins behind `Plan A:`, means it.
    """
    read = [found.start() for found in _ESCAPE.finditer(written) if re.fullmatch(r"\w", found[1])]
    paths = [found.span() for found in _IN_A_PATH.finditer(written)] if read else []
    return read[0] if read and all(any(start <= at < end for start, end in paths) for at in read) else None


def curly_quotes(text: str) -> str:
    """What to write instead of a value in curly quotes that were meant as YAML's; empty for what somebody said."""
    closing = _CURLY.get(text[:1])
    if closing is None or len(text) < 2:
        return ""
    inner = text[1:-1] if text.endswith((closing, "”", "’", "“", '"')) else text[1:]
    if inner == text[1:] and (text[:1] in "”’" or any(mark in inner for mark in "”’")):
        return ""  # an apostrophe, as in ’tis, or words that somebody said at the start of a longer text
    if inner != text[1:] and (_SPEECH.search(inner) or len(inner.split()) >= _MANY_WORDS):
        return ""
    return f'write {inner.strip()} or "{inner.strip()}"; if they belong to the text, put straight quotes around it all'
