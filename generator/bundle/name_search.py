"""Words that must not be in a bundle, looked for in the text of its pages as people would read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.bundle.as_read import plain, squeezed, words_of
from generator.bundle.name_forms import read, spans

__all__ = ["NamesFound", "Perhaps", "names_found", "perhaps_named", "plain", "terms_found"]

_SHORTEST = 3
"""Letters of a surname from which it is looked for by itself."""

_CLASS = r"(?:year|yr|y|class|form|group)? ?(?:\d{1,2} ?[a-z]?|reception|nursery)"
_BESIDE = re.compile(
    rf"^[ ,]*(?:\(? ?(?:from |in |of )?{_CLASS} ?\)|,? (?:from|in|of) {_CLASS}(?!\w)|, {_CLASS}(?!\w))"
)
"""What stands behind a first name to tell which child is meant: “Nia (5B)”, “Nia in Year 4”, “Nia, 5B”."""

_WORDS = frozenset(
    re.findall(
        r"\w+",
        """april august bank banks bell best bird bishop black bloom booth bridge brook brown bush case chance child
        church cook cross day dean english field finch fish fisher flower ford forest fox french friend
        frost gold good grace gray green grey hall hand hands head heath hill hills holland home hope house
        hunt ireland joy june king knight lake lamb lane law little london long lord love low major march
        marsh mason may mills moody moon moore moss mother noble north page park parks parent pool poor pope
        power pratt price prince read reed rice rich ring rivers road root rose sharp short silver small
        smart snow south spring stone storm street strong summer summers swan sweet swift teacher trust ward
        water waters weeks well wells welsh west white winter winters wise wolf wood woods word work young""",
    )
)
"""Surnames that are words too: by themselves they are taken for a name only within a sentence, with a capital."""


@dataclass(frozen=True, order=True)
class NamesFound:
    """A name or term on a page, counted from 1."""

    term: str
    page: int


@dataclass(frozen=True, order=True)
class Perhaps:
    """Words that may mean a person, by surname or first name alone: what is said, who it may be, on which page."""

    said: str
    name: str
    page: int


def names_found(pages: Sequence[str], names: Iterable[str]) -> list[NamesFound]:
    """Where whole names stand in the pages' text, in whatever way they are written (see `name_forms`).

    "Sam Lee" is found in "SAM\\nLEE", "Lee, Sam", "S. Lee" and "S a m  L e e", and not in "Samuel Leeson".
    """
    wanted = [name for name in dict.fromkeys(names) if plain(name)]
    texts = [read(page) for page in pages]
    return sorted(
        NamesFound(name, number) for number, text in enumerate(texts, 1) for name in wanted if spans(text, name)
    )


def perhaps_named(pages: Sequence[str], names: Iterable[str], known: Iterable[str]) -> list[Perhaps]:
    """Where only a surname stands, or a first name with a class behind it; once for each name and page.

    `known` are words that mean somebody else here, such as the pupil's own name and the teachers'.
    """
    own = {word for name in known for word in words_of(name)}
    surnames, firsts = _by_word(names, -1, own), _by_word(names, 0, own)
    found: set[Perhaps] = set()
    for number, page in enumerate(pages, 1):
        found |= {Perhaps(said, name, number) for said, name in _alone(page, surnames)}
        found |= {Perhaps(said, name, number) for said, name in _with_class(page, firsts)}
    return sorted(found)


def _by_word(names: Iterable[str], which: int, own: set[str]) -> dict[str, str]:
    """For each surname or first name that is nobody's here whom we know, the shortest name that it may mean."""
    found: dict[str, set[str]] = {}
    for name in names:
        words = words_of(name)
        if len(words) > 1 and words[which] not in own and len(squeezed(words[which])) >= _SHORTEST:
            found.setdefault(words[which], set()).add(name)
    return {word: sorted(said, key=lambda one: (len(one), one))[0] for word, said in found.items()}


_CAPITAL = re.compile(r"[^\W\d_][\w'’‘\-‐‑\u00ad\ufffe\u200b-\u200d]*")


def _alone(page: str, surnames: dict[str, str]) -> Iterator[tuple[str, str]]:
    for match in _CAPITAL.finditer(page):
        said = match[0]
        word = plain(said)
        for one in (word, word.removesuffix("'s"), word.removesuffix("'")):
            if (
                said[:1].isupper()
                and one in surnames
                and (one not in _WORDS or _within_a_sentence(page, match.start()))
            ):
                yield said, surnames[one]
                break


def _within_a_sentence(page: str, at: int) -> bool:
    """True where the word before is in small letters, so that the capital is a name's."""
    before = page[:at].split()[-1:]
    return bool(before) and before[0].isalpha() and before[0].islower()


def _with_class(page: str, firsts: dict[str, str]) -> Iterator[tuple[str, str]]:
    for match in _CAPITAL.finditer(page):
        word = plain(match[0])
        behind = _BESIDE.match(f" {plain(page[match.end() : match.end() + 30])} ") if word in firsts else None
        if behind and match[0][:1].isupper():
            yield f"{match[0]}{behind[0].rstrip()}", firsts[word]


def terms_found(text: str, terms: Iterable[str]) -> list[str]:
    """The terms that stand anywhere in a text, even inside longer words; for what must not be there at all.

    Spaces, hyphens and line ends do not count, nor does what cannot be seen.
    """
    wanted = {term: letters for term in dict.fromkeys(terms) if (letters := squeezed(plain(term)))}
    flat = squeezed(plain(text)) if wanted else ""
    return [term for term, letters in wanted.items() if letters in flat]
