"""Whose voice speaks: the child's own papers say I, me and you; a line about the child in the third person is found.

A pronoun may stand for somebody else (“she makes it stick”), so one alone counts only in a line that names nobody
and in which the child does not speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.cases.case import Data
from generator.cases.family.people import first_name

_FIRST = re.compile(r"\b(I|I['’](m|d|ll|ve)|me|my|mine|myself|we|us|our|ours)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"‘][^”\"]*[”\"’]")
_SHE, _HE, _THEY = (
    {"she", "her", "hers", "herself"},
    {"he", "him", "his", "himself"},
    {"they", "them", "their", "theirs", "themself", "themselves"},
)
_PRONOUNS = {"she": _SHE, "her": _SHE, "he": _HE, "him": _HE, "they": _THEY, "them": _THEY}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_RELATIONS = {"mum", "dad", "mummy", "daddy", "nan", "nana", "gran", "grandad", "sister", "brother"}
_SOMEBODY = {"mr", "mrs", "ms", "miss", "dr", "mx"} | _RELATIONS


def speaks_of_the_child(line: str, pupil: Data) -> bool:
    """True when a line that should be the child's speaks about the child: “Get down to her height”.

    What stands in quotation marks is somebody's speech and is left alone.
    """
    said = _outside_quotes(str(line))
    words = _WORD.findall(said)
    name = first_name(pupil).casefold()
    bare = [re.sub(r"['’]s$", "", word).casefold() for word in words]
    if name in bare and not _FIRST.search(said):
        return True
    if _FIRST.search(said) or _names_somebody(words):
        return False
    return bool(_own_pronouns(pupil) & {word.casefold() for word in words})


def _outside_quotes(line: str) -> str:
    """A line without what is quoted. Behind the last mark that closes nothing is: a search for it would be for each
    mark that opens, and take minutes in a line of nothing but these."""
    end = max(map(line.rfind, '”"’')) + 1
    return _QUOTED.sub(" ", line[:end]) + line[end:]


def _own_pronouns(pupil: Data) -> set[str]:
    """The pronouns by which adults speak of this child: those written down, else by the sex that is recorded."""
    written = {
        word for part in re.split(r"\W+", str(pupil.get("pronouns", "")).casefold()) for word in _PRONOUNS.get(part, ())
    }
    by_sex = {"f": _SHE, "m": _HE}.get(str(pupil.get("sex", ""))[:1].casefold(), _SHE | _HE)
    return written or by_sex


def _names_somebody(words: list[str]) -> bool:
    """True when a line names a person or a thing by a name: a capital letter inside the line, a title, a relation."""
    inside = any(word[:1].isupper() for word in words[1:])
    return inside or any(word.casefold() in _SOMEBODY for word in words)


def in_own_voice(lines: Iterable[str], pupil: Data) -> tuple[list[str], list[str]]:
    """Lines that the child may say, and lines that speak about the child."""
    own: list[str] = []
    about: list[str] = []
    for line in lines:
        (about if speaks_of_the_child(line, pupil) else own).append(str(line))
    return own, about
