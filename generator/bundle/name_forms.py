"""The ways in which a name is written: in order, surname first, with initials, spaced out, misread from a scan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from generator.bundle.as_read import as_misread, close, each, flatten, loose, squeezed, words_of

_LOOSE = 6
"""Letters of a name from which it is also looked for with spaces between them; “Al Li” would be found in “all I”."""
_MISREAD = 8
"""Letters from which it is also looked for as a scan's reader may have misread it."""
_NAME_WORDS = (2, 4)
"""Words of a term that is taken for a person's name, which may be shortened to initials."""

_EDGE, _END = r"(?<!\w)", r"(?!\w)"
_GAP = r"[ \x01]+"


@dataclass(frozen=True)
class Reading:
    """A text made ready for looking: as it is read, as it may be misread, and where each letter stands."""

    flat: str
    places: tuple[int, ...]

    @cached_property
    def letters(self) -> str:
        """Only letters and digits."""
        return squeezed(self.flat)

    @cached_property
    def misread(self) -> tuple[str, list[int]]:
        """The text as a scan's reader may have taken it, with its places."""
        return as_misread(self.flat, self.places)

    @cached_property
    def misread_letters(self) -> str:
        """Only the letters and digits of that."""
        return squeezed(self.misread[0])


def read(letters: Sequence[str]) -> Reading:
    """A text, or a page's characters one by one, made ready for looking."""
    flat, places = flatten(letters)
    return Reading(flat, tuple(places))


def spans(reading: Reading, term: str) -> list[range]:
    """Where a term or a name stands, in whole words, as runs of the text's characters; in order, none twice."""
    form = _form(term)
    found: set[tuple[int, int]] = set()
    if form is None:
        return []
    if any(word in reading.letters for word in form.one_of):
        found |= {match.span() for match in form.pattern.finditer(reading.flat)}
    runs = {(run.start, run.stop): run for run in each(sorted(found), reading.places)}
    if form.misread_last and form.misread_last in reading.misread_letters:
        text, places = reading.misread
        spots = (match.span() for match in form.misread.finditer(text))
        runs |= {(run.start, run.stop): run for run in each(spots, places)}
    return list(_apart([runs[key] for key in sorted(runs)]))


def _apart(runs: Sequence[range]) -> Iterator[range]:
    """Runs that overlap as one."""
    last: range | None = None
    for run in runs:
        if last is not None and run.start < last.stop:
            last = range(last.start, max(last.stop, run.stop))
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


@dataclass(frozen=True)
class _Form:
    """A term and its patterns, which are made only where `one_of` stands in a text: a school has many names."""

    words: tuple[str, ...]
    name: bool
    one_of: tuple[str, ...]
    misread_last: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The term in whatever way it is written."""
        ways = [*_whole(self.words, self._letters), *(_shortened(self.words) if self.name else ())]
        return re.compile(f"{_starts(self.words)}(?:{'|'.join(ways)}){_ends(self.words)}")

    @cached_property
    def misread(self) -> re.Pattern[str]:
        """A name as a scan's reader may have taken it."""
        sounds = [_sound(word) for word in self.words]
        return re.compile(f"{_EDGE}(?:{'|'.join(_whole(sounds, self._letters))}){_END}")

    @property
    def _letters(self) -> int:
        return sum(len(squeezed(word)) for word in self.words)


@lru_cache(maxsize=20_000)
def _form(term: str) -> _Form | None:
    words = words_of(term)
    if not any(squeezed(word) for word in words):
        return None
    name = is_name(term)
    one_of = tuple(filter(None, (squeezed(words[0]), squeezed(words[-1])))) if name else (_first(words),)
    long = name and sum(len(squeezed(word)) for word in words) >= _MISREAD
    return _Form(tuple(words), name, one_of, squeezed(_sound(words[-1])) if long else "")


def _sound(word: str) -> str:
    return as_misread(word, range(len(word)))[0]


def _first(words: Sequence[str]) -> str:
    return next(filter(None, map(squeezed, words)))


def _starts(words: Sequence[str]) -> str:
    return _EDGE if words[0][:1].isalnum() else ""


def _ends(words: Sequence[str]) -> str:
    return _END if words[-1][-1:].isalnum() else ""


def is_name(term: str) -> bool:
    """True for two to four words of letters, the first and the last with a capital: a person's name, most likely."""
    words, said = words_of(term), term.split()
    fewest, most = _NAME_WORDS
    return (
        fewest <= len(words) <= most
        and all(squeezed(word).isalpha() and len(squeezed(word)) > 1 for word in words)
        and said[0][:1].isupper()
        and said[-1][:1].isupper()
    )


def _whole(words: Sequence[str], letters: int) -> Iterator[str]:
    """All words, in order or with the last one first: “Lee, Sam”, “Lee (Sam)”, “S a m  L e e”."""
    yield _GAP.join(close(word) for word in words)
    if letters >= _LOOSE:
        yield loose(words)
    if len(words) > 1:
        first = _GAP.join(close(word) for word in words[:-1])
        yield rf"{close(words[-1])}(?:,?[ \x01]+|[ \x01]*[,/;]?[ \x01]*\([ ]?){first}"
        if letters >= _LOOSE:
            yield loose([words[-1], *words[:-1]], r"[ ,\x01]*")


def _shortened(words: Sequence[str]) -> Iterator[str]:
    """With initials: “J. Peters”, “Peters, J.”, “Jordan P.”, “Jordan L. Peters”."""
    first, last = words[0], words[-1]
    yield rf"{re.escape(first[0])}\.?[ \x01]*(?:\w\.[ ]?)?{close(last)}"
    yield rf"{close(last)},?[ \x01]+{re.escape(first[0])}(?:\.|{_END})"
    yield rf"{close(first)}[ \x01]+{re.escape(last[0])}(?:\.|{_END})"
    yield rf"{close(first)}[ \x01]+\w(?:\.|[ \x01])[ ]?{close(last)}"
