"""Rich text without fields that make a program read another file: INCLUDEPICTURE, INCLUDETEXT, LINK, DDE.

The name of a field may be cut up by groups, line ends and escapes, so the file is read token by token, as a program
that opens it would (Rich Text Format specification 1.9.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

READS_FILES = (
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "INCLUDE",
    "IMPORT",
    "LINK",
    "DDEAUTO",
    "DDE",
    "RD",
    "DATABASE",
    "EMBED",
)
"""Fields whose result comes from another file or program (ECMA-376-1, 17.16.5)."""

_FIRST = re.compile(r"\W*(?:" + "|".join(READS_FILES) + r")\b")
_TOKEN = re.compile(
    rb"\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]+)(?P<number>-?\d{1,10})? ?|\\(?P<symbol>[^a-zA-Z])|(?P<open>\{)|"
    rb"(?P<close>\})|(?P<line>[\r\n]+)|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_DROPPED = (b"template", b"linkval", b"objdata", b"nextfile", b"filetbl")
"""Destinations that name other files or hold programs' objects; the picture of an object has a group of its own."""


@dataclass
class _Group:
    """A group that is being read: where it begins, whether it is a field's instruction, and the text in it."""

    start: int
    instruction: bool = False
    dropped: bool = False
    text: str = ""
    skip: int = 0


def without_links(content: bytes) -> tuple[bytes, int]:
    """The file with such instructions emptied and such destinations left out, and how many there were."""
    cuts = list(_cuts(content))
    out, at = [], 0
    for start, end in sorted(cuts):
        if start >= at:
            out.append(content[at:start])
            at = end
    return b"".join([*out, content[at:]]), len(cuts)


def _cuts(content: bytes) -> Iterator[tuple[int, int]]:
    groups: list[_Group] = []
    at = 0
    while match := _TOKEN.match(content, at):
        at = match.end()
        if match["open"]:
            groups.append(_Group(match.start()))
        elif match["close"]:
            if groups:
                done = groups.pop()
                if done.dropped or (done.instruction and names_reader(done.text)):
                    yield done.start, at
                elif groups:
                    groups[-1].text += done.text
        elif groups:
            _read(groups[-1], match)
        if match["word"] == b"bin":
            at += max(0, int(match["number"] or 0))
    for left in groups:  # a file that is cut off
        if left.dropped or (left.instruction and names_reader(left.text)):
            yield left.start, len(content)


def _read(group: _Group, match: re.Match[bytes]) -> None:
    if match["word"]:
        word = match["word"]
        group.instruction |= word == b"fldinst"
        group.dropped |= word in _DROPPED
        if word == b"u" and match["number"]:
            group.text += chr(int(match["number"]) % 65536)
            group.skip = 1  # the letter for programs that know no Unicode
        elif word in (b"tab", b"line", b"par"):
            group.text += " "
    elif match["hex"] or match["text"]:
        said = bytes.fromhex(match["hex"].decode()) if match["hex"] else match["text"]
        group.text += said[group.skip :].decode("cp1252", "replace")
        group.skip = 0
    elif match["symbol"] == b"~":
        group.text += " "


def names_reader(instruction: str) -> bool:
    """True for a field's instruction that reads another file or asks another program."""
    return bool(_FIRST.match(instruction.strip().upper()))
