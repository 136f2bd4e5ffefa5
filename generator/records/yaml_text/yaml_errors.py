"""What is wrong with a file that is not YAML, in words for a teacher: the parser's refusal and the lines, explained."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.problems import Problem
from generator.records.yaml_text.yaml_slips import (
    Slip,
    dash_slip,
    first_bullet,
    merge_mark,
    missing_dash,
    open_bracket,
    swallowing_quote,
)

Position = tuple[int, int]
"""Line and column, both from 0, as the parser counts."""

# Spaces are taken once (`*+`): a line may have a hundred thousand of them.
_QUOTED_VALUE = re.compile(r"""\s*+(?:- ++(?=\S))*+(?:[^\s"'#][^"'#]*?: ++)?(["'])""")
_VALUE = re.compile(r"\s*+(?:- ++(?=\S))*+(?:[^:#]++: ++)?(\S)")
_ODD_INDENT = re.compile("[ \t]*[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\u2060]")

_ODD_AFTER_COLON = re.compile(r"""\s*+[^\s"'#:][^"'#:]*+:[\u00a0\u2007\u202f]""")


class YamlFault(Exception):
    """The file cannot be read any further; line and column from 1."""

    def __init__(self, line: int, column: int, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.rule, self.message, self.hint = line, column, rule, message, hint

    def problem(self, path: str) -> Problem:
        """The fault as a problem of the file at `path`."""
        return Problem(path, self.line, self.column, "data", self.rule, self.message, self.hint)


def explain(lines: list[str], refusal: str, context_at: Position, at: Position) -> YamlFault:
    """The Fault that a refusal of PyYAML's parser means: "context: problem" with the places of both."""
    if odd := _odd_indent(lines, context_at[0], at[0]):
        return odd
    if odd := odd_after_colon(lines, context_at[0], at[0]):
        return odd
    last = max(context_at[0], at[0])
    slip = (
        merge_mark(lines) or swallowing_quote(lines, last) or first_bullet(lines, min(context_at[0], at[0]) - 1, last)
    )
    if "block sequence entries" in refusal or ("expected the node content" in refusal and "- " in _line(lines, at[0])):
        slip = slip or _bracket_above(lines, at[0])
    if "quoted scalar" not in refusal:
        slip = slip or dash_slip(lines, min(context_at[0], at[0]) - 1, last)
    if "expected the node content" in refusal and not _line(lines, at[0])[at[1] :].strip():
        slip = slip or open_bracket(lines)
    if "quoted scalar" not in refusal:
        slip = slip or missing_dash(lines, *at) or missing_dash(lines, *context_at)
    if slip:
        return _fault((slip[0], slip[1]), slip[2], slip[3])
    for words, explained in _EXPLANATIONS:
        if words in refusal:
            return explained(lines, context_at, at)
    return _fault(at, "this cannot be read", "check the spaces, colons and quotes on this line and the line above")


def _bracket_above(lines: list[str], number: int) -> Slip | None:
    """The bracket of an earlier line that is still open where a list item stands."""
    if not _line(lines, number).lstrip().startswith("- "):
        return None
    return open_bracket(lines[:number])


def _fault(at: Position, message: str, hint: str) -> YamlFault:
    return YamlFault(at[0] + 1, at[1] + 1, "yaml-syntax", message, hint)


def _odd_indent(lines: list[str], first: int, last: int) -> YamlFault | None:
    advice = "delete the spaces before the text and type them again"
    return _odd(lines, first, last, _ODD_INDENT, "an invisible special space stands before the text", advice)


def odd_after_colon(lines: list[str], first: int, last: int) -> YamlFault | None:
    """The Fault of a space that looks like one and is none after a key's colon, between two lines; None without one."""
    advice = "delete it and type a space; it often comes from pasting"
    return _odd(lines, first, last, _ODD_AFTER_COLON, "an invisible no-break space stands after the colon", advice)


def _odd(lines: list[str], first: int, last: int, odd: re.Pattern[str], message: str, advice: str) -> YamlFault | None:
    for number in range(max(0, min(first, last) - 1), min(last + 1, len(lines))):
        if found := odd.match(lines[number]):
            return _fault((number, found.end() - 1), message, advice)
    return None


def _line(lines: list[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _above(lines: list[str], number: int) -> int | None:
    """The nearest line above that is neither blank nor a remark."""
    above = range(min(number, len(lines)) - 1, -1, -1)
    return next((n for n in above if lines[n].strip() and not lines[n].lstrip().startswith("#")), None)


def _tab(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    return _fault(at, "there is a tab here, where only spaces may stand", "delete it and type spaces instead")


def _cannot_start(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    number, column = at
    mark = _line(lines, number)[column : column + 1]
    what = "a line" if not _line(lines, number)[:column].strip() else "a value"
    return _fault(at, f"{what} cannot start with {mark}", 'put all of the text in quotes: "…"')


def _indicator(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    return _cannot_start(lines, context_at, context_at)


def _colon(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    """A colon where no key can be: text with a colon in it, an indent too deep, or a line above that is no key."""
    number, column = at
    line = _line(lines, number)
    before = line[:column]
    start = _indent(line)
    while line[start : start + 2] == "- ":
        start += 2 + _indent(line[start + 2 :])
    if ": " in before or ":\t" in before:
        curly = "curly quotes do not count: " if "“" in before or "‘" in before else ""
        advice = f'{curly}put the text after the first colon in quotes: "…"'
        return _fault(at, "there is a second colon in this line", advice)
    above = _above(lines, number)
    if above is not None:
        over = lines[above].strip().removeprefix("- ")
        if ":" in over and ": " not in over and not over.endswith(":"):
            return _no_space_after_colon(lines, above)
        if ":" not in over:
            return _fault((above, _indent(lines[above])), "this line is neither `key: value` nor a list item", _JOIN)
        if (left := _left_out(lines, above, start)) is not None:
            message = f"this line stands too far to the left: lines {left + 1} and {number + 1} belong together"
            return _fault((above, _indent(lines[above])), message, f"line it up with line {left + 1}")
        message = f"this line is indented too far: line {above + 1} already has its value"
        advice = f"line it up with line {above + 1}, or put the text of line {above + 1} in quotes"
        return _fault((number, start), message, advice)
    return _fault(at, "a colon cannot stand here", 'put the text in quotes: "…"')


def _left_out(lines: list[str], odd: int, column: int) -> int | None:
    """The line before an odd one whose keys begin in a column; None when the odd one is not between two of them."""
    before = _above(lines, odd)
    if before is None or _indent(lines[odd]) >= column:
        return None
    line = lines[before]
    start = _indent(line)
    while line[start : start + 2] == "- ":
        start += 2 + _indent(line[start + 2 :])
    return before if start == column and _KEY_THERE.match(line, start) else None


_KEY_THERE = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")


_JOIN = "write `key: value`; text that goes on from the line above must be indented more than its key"


def _no_space_after_colon(lines: list[str], number: int) -> YamlFault:
    line = lines[number]
    column = line.index(":")
    return _fault((number, column), "there is no space after the colon", f"write `{line[:column].strip()}: …`")


def _no_colon(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    number, column = context_at
    text = _line(lines, number)[column:]
    if text.startswith("-") and not text.startswith("- "):
        return _fault(context_at, "there is no space after the dash", "write `- ` and then the text")
    if re.match(r"[\w -]+:\S", text):
        return _no_space_after_colon(lines, number)
    return _fault(context_at, "this line is neither `key: value` nor a list item", _JOIN)


def _unclosed_quote(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    mark = _line(lines, context_at[0])[context_at[1] : context_at[1] + 1]
    message = f"the quotation mark {mark} opened here is never closed"
    return _fault(context_at, message, f"put {mark} at the end of the text")


def _escape(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    line = _line(lines, at[0])
    slash = line.rfind("\\", 0, at[1] + 1)
    place = (at[0], slash) if slash >= 0 else at
    return _fault(
        place, 'a backslash \\ has a special meaning inside "…"', "write it twice, or use '…' around the text"
    )


def _bracket(closing: str) -> Callable[[list[str], Position, Position], YamlFault]:
    def explained(lines: list[str], context_at: Position, at: Position) -> YamlFault:
        mark = _line(lines, context_at[0])[context_at[1] : context_at[1] + 1]
        advice = f'put {closing} at its end; if it is just text, put all of it in quotes: "…"'
        return _fault(context_at, f"the bracket {mark} opened here is not closed, or a comma is missing", advice)

    return explained


def _block_text(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    mark = _line(lines, context_at[0])[context_at[1] : context_at[1] + 1]
    if mark == ">":
        return _cannot_start(lines, at, context_at)
    return _fault(at, f"nothing may follow {mark} on its line", "start the text on the next line, indented")


def _list_here(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    number, column = at
    if _line(lines, number)[:column].strip():
        advice = 'start it on the next line; or put text in quotes: "- …"'
        return _fault(at, "a list cannot start on the line of its key", advice)
    return _fault(at, "a list item (-) cannot stand here", "line it up with the list above, or with its key")


def _document_start(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    above = _above(lines, at[0])
    if above is not None and lines[above].startswith("%"):
        return _cannot_start(lines, at, (above, 0))
    advice = "remove the line `...` or the line that starts with %"
    return _fault(at, "more text follows after the end of the document", advice)


def _unexpected(lines: list[str], context_at: Position, at: Position) -> YamlFault:
    """Something stands inside a mapping or list that belongs to neither."""
    number, column = at
    line = _line(lines, number)
    before = line[:column]
    if before.strip(" -"):
        return _rest_of_value(lines, at)
    if line[column : column + 1] == ":":
        return _fault(at, "the key before the colon is missing", "write `key: value`")
    above = _above(lines, number)
    if above is not None and lines[above].rstrip().endswith(('"', "'")) and not _QUOTED_VALUE.match(lines[above]):
        return _fault(at, "this line does not belong to the text above", "check the quotation marks on the line above")
    if line[column : column + 2] in ("- ", "-"):
        advice = f"line it up with the list it belongs to; line {context_at[0] + 1} starts a group of keys"
        return _fault(at, "a list item (-) stands where a key is expected", advice)
    return _fault(at, "this line is not lined up with any line above", _line_up(lines, context_at, column))


def _line_up(lines: list[str], context_at: Position, column: int) -> str:
    number, start = context_at
    if _line(lines, number)[start : start + 1] == "-" and column == start:
        return f"start it under the first letter after the dash of line {number + 1}, or with `- ` to begin a new item"
    if _line(lines, number)[start : start + 1] == "-":
        return f"start it under the first letter after the dash of line {number + 1}, or with a dash"
    return f"start it exactly under line {number + 1}, or exactly under the other keys of the group it belongs to"


def _rest_of_value(lines: list[str], at: Position) -> YamlFault:
    line = _line(lines, at[0])
    if found := _QUOTED_VALUE.match(line):
        mark = found[1]
        if mark == "'":
            advice = "to write an apostrophe inside '…' write it twice (''), or use \"…\" around the text"
        else:
            advice = "put the quotation marks around all of the text, and use '…' for the outer ones"
        return _fault(at, f"the text goes on after its closing quotation mark {mark}", advice)
    found_value = _VALUE.match(line)
    if found_value and found_value[1] in "[{&*!|>":
        return _cannot_start(lines, at, (at[0], found_value.start(1)))
    return _fault(at, "this part of the line cannot be read", 'put all of the text after the colon in quotes: "…"')


_EXPLANATIONS: tuple[tuple[str, Callable[[list[str], Position, Position], YamlFault]], ...] = (
    ("found character '\\t'", _tab),
    ("that cannot start any token", _cannot_start),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("quoted scalar: found unexpected", _unclosed_quote),
    ("double-quoted scalar", _escape),
    ("flow sequence", _bracket("]")),
    ("flow mapping", _bracket("}")),
    ("scanning an anchor", _indicator),
    ("scanning an alias", _indicator),
    ("scanning a tag", _indicator),
    ("tag handle", _indicator),
    ("scanning a block scalar", _block_text),
    ("sequence entries are not allowed", _list_here),
    ("mapping keys are not allowed", _cannot_start),
    ("expected the node content", _cannot_start),
    ("scanning a directive", _indicator),
    ("YAML document (version", _document_start),
    ("<document start>", _document_start),
    ("expected <block end>", _unexpected),
)
"""Words of PyYAML's messages, the more particular first, and who explains them."""
