"""Words that must not be in a bundle, looked for in the text of its pages as people would read it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.bundle.as_read import each, plain, squeezed, words_of
from generator.bundle.name_forms import perhaps_spans, read, spans
from generator.bundle.names_that_are_words import SURNAMES
from generator.values.spelling.street_names import stands_as_written

__all__ = [
    "NamesFound",
    "Perhaps",
    "begins_a_name",
    "names_found",
    "perhaps_named",
    "plain",
    "terms_found",
    "without_terms",
]

_SHORTEST = 3
"""Letters of a surname from which it is looked for by itself."""

_CLASS = r"(?:year|yr|y|class|form|group)? ?(?:\d{1,2} ?[a-z]?|reception|nursery)"
_CLASS_ALONE = r"(?:(?:year|yr|y) ?\d{1,2} ?[a-z]?|\d{1,2}[a-z])"
_BESIDE = re.compile(
    rf"^[ ,]*(?:[(\[]? ?(?:from |in |of )?{_CLASS} ?[)\]]|,? (?:from|in|of) {_CLASS}(?!\w)|, {_CLASS}(?!\w)"
    rf"|[-/]? ?{_CLASS_ALONE}(?!\w))"
)
"""What stands behind a first name to tell which child is meant: “Nia (5B)”, “Nia in Year 4”, “Nia, 5B”, “Nia Y4”."""


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


def names_found(pages: Sequence[str], names: Iterable[str], *, unasked: bool = False) -> list[NamesFound]:
    """Where whole names stand in the pages' text, in whatever way they are written (see `name_forms`).

    "Sam Lee" is found in "SAM\\nLEE", "Lee, Sam", "S. Lee" and "S a m  L e e", and not in "Samuel Leeson". Names that
    nobody asked for (`unasked`) need capitals where they are words too.
    """
    wanted = [name for name in dict.fromkeys(names) if plain(name)]
    texts = [read(page) for page in pages]
    return sorted(
        NamesFound(name, number)
        for number, text in enumerate(texts, 1)
        for name in wanted
        if spans(text, name, unasked=unasked)
    )


def begins_a_name(text: str, names: Iterable[str]) -> bool:
    """True of a text that is cut (“…”) within or behind a word that one of the names has, whichever came next."""
    words = [word for name in names for word in plain(name).split()]
    last = [found[0] for begun in text.split("…")[:-1] if (found := _LAST_WORD.search(plain(begun)))]
    return any(word.startswith(one) for one in last for word in words)


_LAST_WORD = re.compile(r"[^\W_]{3,}(?=\W*$)")


def perhaps_named(pages: Sequence[str], names: Iterable[str], known: Iterable[str]) -> list[Perhaps]:
    """Where only a surname stands, a first name with a class behind it, or a surname that is a word in small letters.

    Once for each name and page.

    `known` are words that mean somebody else here, such as the pupil's own name and the teachers'.
    """
    own = {word for name in known for word in words_of(name)}
    surnames, firsts = _by_word(names, -1, own), _by_word(names, 0, own)
    pairs = {(words[0], words[-1]): name for name in names if len(words := words_of(name)) > 1}
    spelled = _surnames_by_first(name for name in names if not own.issuperset(words_of(name)))
    found: set[Perhaps] = set()
    for number, page in enumerate(pages, 1):
        found |= {Perhaps(said, name, number) for said, name in _alone(page, surnames)}
        found |= {Perhaps(said, name, number) for said, name in _with_class(page, firsts)}
        found |= {Perhaps(said, name, number) for said, name in _with_more(page, pairs)}
        found |= {Perhaps(said, name, number) for said, name in _with_a_slip(page, spelled, own)}
        reading = read(page)
        for name in names:
            runs = perhaps_spans(reading, name)
            found |= {Perhaps(" ".join(page[run.start : run.stop].split()), name, number) for run in runs}
    return sorted(found)


def _by_word(names: Iterable[str], which: int, own: set[str]) -> dict[str, str]:
    """For each surname or first name that is nobody's here whom we know, the shortest name that it may mean."""
    found: dict[str, set[str]] = {}
    for name in names:
        words = words_of(name)
        if len(words) > 1 and words[which] not in own and len(squeezed(words[which])) >= _SHORTEST:
            found.setdefault(words[which], set()).add(name)
    return {word: sorted(said, key=lambda one: (len(one), one))[0] for word, said in found.items()}


_CAPITAL = re.compile(r"[^\W\d_](?:[\w'’‘\-‐‑\u00ad\ufffe\u200b-\u200d]*\w)?")
"""A word with the hyphens in it; one at its end is a dash: “Ada Brown- she reads”."""


def _alone(page: str, surnames: dict[str, str]) -> Iterator[tuple[str, str]]:
    for match in _CAPITAL.finditer(page):
        said = match[0]
        if not said[:1].isupper():
            continue
        word = plain(said)
        for one in (word, word.removesuffix("'s"), word.removesuffix("'")):
            if one in surnames and (one not in SURNAMES or _within_a_sentence(page, match.start())):
                yield said, surnames[one]
                break


def _within_a_sentence(page: str, at: int) -> bool:
    """True where the word before is in small letters, so that the capital is a name's."""
    before = page[:at].split()[-1:]
    return bool(before) and before[0].isalpha() and before[0].islower()


def _with_class(page: str, firsts: dict[str, str]) -> Iterator[tuple[str, str]]:
    for match in _CAPITAL.finditer(page):
        if not match[0][:1].isupper():
            continue
        word = plain(match[0]).removesuffix("'s")
        behind = _BESIDE.match(f" {plain(page[match.end() : match.end() + 30])} ") if word in firsts else None
        if behind:
            yield f"{match[0]}{behind[0].rstrip()}", firsts[word]


_NAME_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 3
"""Characters between the names of one person: a space, a hyphen, quotation marks."""
_ENDS = frozenset(".!?;:,")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "and"})


def _with_more(page: str, pairs: dict[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    """A pupil's first name and surname with another name or two between: “Jordan Lee Peters”, “Jordan Lee-Peters”."""
    lasts = {last for _, last in pairs}
    tokens = [(match[0], match.start(), match.end()) for match in _NAME_WORD.finditer(page) if match[0][0].isupper()]
    for at, (word, start, _) in enumerate(tokens):
        for behind in (at + 2, at + 3):
            if behind >= len(tokens) or plain(tokens[behind][0]) not in lasts:
                continue
            between = [one for one, _, _ in tokens[at + 1 : behind]]
            joined = all(
                tokens[n + 1][1] - tokens[n][2] <= _NEAR and not set(page[tokens[n][2] : tokens[n + 1][1]]) & _ENDS
                for n in range(at, behind)
            )
            name = pairs.get((plain(word), plain(tokens[behind][0])))
            if name and joined and not _TITLES & {plain(one) for one in between}:
                yield " ".join(page[start : tokens[behind][2]].split()), name


_LONG = 5
"""Letters of a surname from which one that is written almost so counts as it."""


def _surnames_by_first(names: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """For each first name the surnames that go with it, also each half of a double one, and the whole name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        first, *rest = words_of(name) or [""]
        halves = [half for word in rest for half in word.split("-") if len(half) >= _SHORTEST]
        found.setdefault(first, []).extend((one, name) for one in dict.fromkeys([*rest[-1:], *halves]))
        for one in first.split("-") if "-" in first else ():
            if len(one) >= _SHORTEST:
                found.setdefault(one, []).extend((last, name) for last in rest[-1:])
    return found


def _with_a_slip(
    page: str, spelled: Mapping[str, Sequence[tuple[str, str]]], own: set[str]
) -> Iterator[tuple[str, str]]:
    """A pupil's first name beside a half of a double surname, or beside a surname with a slip: “Jordan Petres”."""
    tokens = [(match[0], match.start(), match.end()) for match in _CAPITAL.finditer(page) if match[0][0].isupper()]
    for (one, start, end), (other, begins, stop) in pairwise(tokens):
        between = page[end:begins]
        if len(between) > _NEAR or set(between) & (_ENDS - {","}):
            continue
        for first, last in ((one, other), (other, one)) if "," in between else ((one, other),):
            said = plain(last).removesuffix("'s").removesuffix("'")
            for surname, name in spelled.get(plain(first), ()) if said not in own else ():
                whole = [plain(first), surname] == words_of(name)[:: len(words_of(name)) - 1]
                if (said == surname and not whole) or (said != surname and _is_almost(said, surname)):
                    yield " ".join(page[start:stop].split()), name


def _is_almost(said: str, meant: str) -> bool:
    """True where one letter is missing, more, another, or changed places with the next."""
    if min(len(said), len(meant)) < _LONG - 1 or len(meant) < _LONG or abs(len(said) - len(meant)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(said, meant, strict=False)) if a != b), min(len(said), len(meant)))
    a, b = said[at:], meant[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[2:] == b[2:] and a[:2] == b[1::-1])


def terms_found(text: str, terms: Iterable[str]) -> list[str]:
    """The terms that stand anywhere in a text, even inside longer words; for what must not be there at all.

    Spaces, hyphens and line ends do not count, nor does what cannot be seen; the end of a line of an address and the
    number at its beginning do, as sentences have the same letters by chance.
    """
    wanted = {term: letters for term in dict.fromkeys(terms) if (letters := squeezed(plain(term)))}
    whole = plain(text) if wanted else ""
    flat = squeezed(whole)
    return [term for term, letters in wanted.items() if letters in flat and stands_as_written(term, whole)]


def without_terms(text: str, terms: Collection[str]) -> str:
    """A text without these terms, whatever signs part them and inside longer words too, as `terms_found` finds them."""
    said = str(text)
    reading = read(said)
    runs = [run for term in terms for run in spans(reading, term)]
    for letters in filter(None, (squeezed(plain(term)) for term in terms)):
        apart = re.compile(r"[\W_]*".join(map(re.escape, letters)))
        runs += each([match.span() for match in apart.finditer(reading.flat)], reading.places)
    gone = {place for run in runs for place in run}
    kept = ("\0" if place in gone else letter for place, letter in enumerate(said))
    return re.sub("\0+", "…", "".join(kept))
