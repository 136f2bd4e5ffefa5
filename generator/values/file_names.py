"""Names of files and folders that every system can keep: made from people's names, and looked at as they are."""

from __future__ import annotations

import re
import unicodedata

from generator.values.spelling.plain_letters import plain_letters

_PORTS = [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
_DEVICES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))
"""Names that Windows keeps for itself, with any ending behind them (Microsoft: Naming Files, Paths, and Namespaces)."""

_NO_SIGN = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_LONGEST = 235
"""Bytes of a name: systems take 255, and a file is first written under a longer name."""


def slug(text: str) -> str:
    """A plain name from a person's: `Zoë O'Brien-Šmidt` gives `zoe-obrien-smidt`, `李 小龍` gives `li-xiaolong`.

    Empty for a text without a letter or digit.
    """
    plain = plain_letters(re.sub("['’ʻ`]", "", text))
    if not plain.isascii():
        from anyascii import anyascii  # its tables are needed for few names

        plain = anyascii(plain)
    made = re.sub(r"[^a-z0-9]+", "-", re.sub("['`]", "", plain.lower())).strip("-")
    return f"{made}-1" if made in _DEVICES else made


def alike(name: str) -> str:
    """What two names share that are one name on some system: capital letters and how accents are put together."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def cannot_be_kept(name: str) -> str:
    """Why some system cannot keep a file or folder of that name, in words; empty when all can."""
    if any("\ud800" <= letter <= "\udfff" for letter in name):
        return "holds bytes that are no letters"
    if name.partition(".")[0].rstrip(" ").casefold() in _DEVICES:
        return f"begins with {name.partition('.')[0]}, which Windows keeps for itself"
    if found := _NO_SIGN.search(name):
        return f"holds {found[0] if found[0].isprintable() else 'a sign that does not show'}, which Windows cannot keep"
    if name.endswith((".", " ")):
        return f"ends in a {'full stop' if name[-1] == '.' else 'space'}, which Windows takes away"
    return f"is longer than {_LONGEST} bytes" if len(name.encode()) > _LONGEST else ""


def typed(name: str) -> str:
    """A name as it is typed in a terminal: in quotes that every system's terminal knows where it has a space."""
    return f'"{name}"' if " " in name else name
