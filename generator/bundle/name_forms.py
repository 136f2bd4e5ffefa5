"""The ways in which a name is written: in order, surname first, with initials, spaced out, misread from a scan."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, product

from generator.bundle.as_read import (
    as_misread,
    close,
    each,
    flat_of,
    flatten,
    loose,
    misread_of,
    squeezed,
    words_of,
)
from generator.bundle.names_that_are_words import is_word, is_word_behind_number, is_word_joined

_LOOSE = 6
"""Letters of a name from which it is also looked for with spaces between them; “Al Li” would be found in “all I”."""
_MISREAD = 8
"""Letters from which it is also looked for as a scan's reader may have misread it."""
_NAME_WORDS = (2, 4)
"""Words of a term that is taken for a person's name, which may be shortened to initials."""

_EDGE, _END = r"(?<!\w)", r"(?!\w)"
_LETTERS_EDGE, _LETTERS_END = r"(?<![^\W\d_])", r"(?![^\W\d_])"
"""Of names: beside one may stand the number of a footnote or an underscore, but no letter."""
_PLAIN_GAP = r"[ \x01]+"
_LABEL = r"[^\w.!?]{0,3}(?:(?:first|fore|given|last|family|sur)[ ]?names?|name)[^\w.!?]{1,3}"
_CODE = r"(?:[%=]20|\\[nrt]|&(?:nbsp|#x?[\da-f]{1,4});|(?:</?[a-z][^<>]{0,60}>[ ]?){1,4})"
_GAP = rf"(?:{_LABEL}|(?:[^\w,;:.!?]|[_\d]){{1,5}}|[.+,;:]|[ \x01]?{_CODE}[ \x01]?)"
"""Between the words of a name: a space, signs as in “Jordan/Peters” and “_Jordan_ _Peters_”, what a form calls them,
the comma of a list without a space, a space as it is coded in addresses, mails and web pages.
"""
_TURNED_GAP = rf"(?:{_LABEL}|(?:[^\w.!?]|[_\d]){{1,5}}|[.+])"
"""The same where the surname comes first."""
_BRACKETED = r"[(\[{«<]{1,2}[^()\[\]{}«»<>!?]{1,30}[)\]}»>]{1,2}"
_QUOTED = r"[\"“”„][^\"“”„'!?]{1,30}[\"“”]"
_IN_APOSTROPHES = r"(?<!\w)'(?=\S)[^\"“”„'!?]{1,30}(?<=\S)'(?!\w)"
"""Not those of “Ella's brother, Max's”: one that opens stands behind no letter, one that closes before none."""
_ASIDE = rf"(?:{_BRACKETED}|{_QUOTED}|{_IN_APOSTROPHES})"
_CLASS = r"(?<!\w)(?:(?:year|yr|y|class)[ ]?\d{1,2}[ ]?[a-z]?|\d{1,2}[a-z]|reception|nursery)(?!\w)"
_ASIDE_OR_CLASS = re.compile(f"{_ASIDE}|{_CLASS}")
"""What is put between the words of a name: “Jordan (5B) Peters”, “Jordan ‘JP’ Peters”, “Peters, 5B, Jordan”."""
_ASIDES = re.compile(rf"[ \x01]?(?:{_ASIDE}[ \x01]?){{1,3}}")
_CLASSES = re.compile(rf"[ \x01,/|*_–-]{{0,3}}{_CLASS}[ \x01,/|*_–-]{{0,3}}")
_SIGNS_OF_ASIDES = re.compile(r"[()\[\]{}«»<>\"“”„]+")
_ONE_OF_LIST = r"[ \t]*[^\W\d_][\w'’-]*[ \t]*"
_IN_LIST = re.compile(
    rf"^{_ONE_OF_LIST}({_BRACKETED})(?=[ \t\r]*\n{_ONE_OF_LIST}{_BRACKETED}[ \t\r]*$)"
    rf"|({_BRACKETED})(?=\s*/\s*{_ONE_OF_LIST}{_BRACKETED})",
    re.MULTILINE,
)
"""What is said of one of several people, each on a line or between strokes: “Jordan (LSA) / Peters (HT)” are two."""
_CLOSES = {"(": ")", "[": "]", "{": "}"}
_BESIDE_ASIDE = 60
"""Letters before and behind it in which the words of the name stand."""
_NO_GAP = " . . . . . "
"""What stands within no name."""
_SIGNS = r"[^\w]{0,4}"
_APART = r"[ \x01.,·•*_|/~+-]?"
"""Between letters that are set apart."""
_HIDDEN = r"(?:[-*_…•#]{2,20}|[-*_.…•#]{2,6})"
"""What stands for letters that were left out: “J***** Peters”, “Jordan P___”. Many dots lead to a page's number."""
_STARS = r"[*_•#]"
"""The same between the first letter of a word and its last."""
_STARRED = re.compile(rf"[^\W\d_]{_STARS}{{1,20}}[^\W\d_]?[ \x01][^\W\d_]{_STARS}{{1,20}}")
_WITH_DOT = frozenset({"st", "ste"})
"""Words of a name that are written with a dot too."""
_MARKS = frozenset("äöüåøđÄÖÜÅØĐ\u0308\u030a")
_SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj"}
_SPOTS = re.compile(f"([{''.join(_SPELLED_OUT)}]|[aou]e|aa|dj)")
_MOST_SPELLINGS = 32


@dataclass(frozen=True)
class Reading:
    """A text made ready for looking: as it is read, as it may be misread, and where each letter stands.

    Most pages name nobody: where their letters stand is only asked when something was found.
    """

    given: Sequence[str]

    @cached_property
    def flat(self) -> str:
        """The text as it is compared."""
        return flat_of(self.given) if isinstance(self.given, str) else flatten(self.given)[0]

    @cached_property
    def has_marks(self) -> bool:
        """Whether some letter has two dots, a ring or a stroke."""
        return not _MARKS.isdisjoint(self.given)

    @cached_property
    def has_stars(self) -> bool:
        """Whether two words may stand there of which letters were left out."""
        return _STARRED.search(self.flat) is not None

    @cached_property
    def around_asides(self) -> tuple[Reading, ...]:
        """The text near brackets, quotation marks and classes as it would be without them, and without the signs alone.

        In the first “Jordan (5B) Peters” is a whole name, in the other “(J) Peters” and “J(ordan) Peters” are.
        """
        near = _near_asides(self.flat)
        cuts = (_ASIDES, _CLASSES), (_SIGNS_OF_ASIDES,)
        return tuple(_Without(self, near, patterns) for patterns in cuts) if near else ()

    @cached_property
    def of_lists(self) -> frozenset[int]:
        """Where brackets open that are said of one of several people in a list."""
        text = "".join(letter[:1] or " " for letter in self.given)
        return frozenset(found.start(found.lastindex or 0) for found in _IN_LIST.finditer(text))

    @cached_property
    def places(self) -> list[int]:
        """For each of its letters, the character it comes from."""
        return flatten(self.given)[1]

    @cached_property
    def letters(self) -> str:
        """Only letters and digits."""
        return squeezed(self.flat)

    @cached_property
    def misread(self) -> str:
        """The text as a scan's reader may have taken it."""
        return misread_of(self.flat)

    @cached_property
    def misread_places(self) -> list[int]:
        """For each of its letters, the character it comes from."""
        return as_misread(self.flat, self.places)[1]

    @cached_property
    def misread_letters(self) -> str:
        """Only the letters and digits of that."""
        return squeezed(self.misread)


class _Without(Reading):
    """Stretches of a text without what some patterns find in them, a space where that was whole words."""

    _whole: Reading
    _kept: list[int]
    """Where each of its letters stands in the whole as it is compared."""

    def __init__(self, whole: Reading, near: Sequence[range], patterns: Sequence[re.Pattern[str]]) -> None:
        super().__init__(whole.given)
        flat: list[str] = []
        kept: list[int] = []
        uncut = frozenset(
            at for at, place in enumerate(whole.places) if place in whole.of_lists
        ) if whole.of_lists else frozenset()  # fmt: skip
        for stretch in near:
            said, where = whole.flat[stretch.start : stretch.stop], list(stretch)
            for pattern in patterns:
                said, where = _cut_out(said, where, pattern, uncut)
            flat += [said, _NO_GAP]
            kept += [*where, *[stretch.stop - 1] * len(_NO_GAP)]
        self.__dict__ |= {"flat": "".join(flat), "around_asides": (), "_whole": whole, "_kept": kept}

    @cached_property
    def places(self) -> list[int]:
        """For each of its letters, the character it comes from."""
        return [self._whole.places[at] for at in self._kept]


def _near_asides(flat: str) -> list[range]:
    """Where a text says something in brackets or quotation marks or names a class, each with what stands beside it."""
    found: list[range] = []
    for match in _ASIDE_OR_CLASS.finditer(flat):
        start, stop = max(0, match.start() - _BESIDE_ASIDE), min(len(flat), match.end() + _BESIDE_ASIDE)
        if found and start <= found[-1].stop:
            found[-1] = range(found[-1].start, stop)
        else:
            found.append(range(start, stop))
    return found


def _cut_out(said: str, where: Sequence[int], pattern: re.Pattern[str], uncut: frozenset[int]) -> tuple[str, list[int]]:
    """A text and the places of its letters without what a pattern finds, which leaves the space that it had.

    Where one of the places `uncut` is in it, it stays.
    """
    flat: list[str] = []
    places: list[int] = []
    last = 0
    for match in pattern.finditer(said):
        if uncut and not uncut.isdisjoint(where[match.start() : match.end()]):
            continue
        flat.append(said[last : match.start()])
        places += where[last : match.start()]
        if " " in match[0]:
            flat.append(" ")
            places.append(where[match.start()])
        last = match.end()
    return "".join([*flat, said[last:]]), [*places, *where[last:]]


def read(letters: Sequence[str]) -> Reading:
    """A text, or a page's characters one by one, made ready for looking."""
    return Reading(letters)


def spans(reading: Reading, term: str, *, unasked: bool = False) -> list[range]:
    """Where a term or a name stands, in whole words, as runs of the text's characters; in order, none twice.

    A name that somebody asks for (`redact`) is found in capitals or not. One that is looked for `unasked`, as every
    other pupil's is, needs them where its words are words too: else “will young people” would name Will Young.
    """
    ways = [one for one in _spellings(term) if reading.has_marks or not one.with_mark]
    found = [run for one in ways for run in _spelled(reading, one, unasked)]
    runs = _apart(sorted(found, key=lambda run: (run.start, run.stop)))
    return [_with_brackets(reading, run) for run in runs] if is_name(term) else list(runs)


def _with_brackets(reading: Reading, run: range) -> range:
    """A name with the second of two brackets where only the other is in it: “(J) Peters”, “J[ordan] P[eters]”."""
    said = "".join(reading.given[run.start : run.stop])
    before = reading.given[run.start - 1] if run.start else ""
    behind = reading.given[run.stop] if run.stop < len(reading.given) else ""
    for opens, closes in _CLOSES.items():
        more = said.count(opens) - said.count(closes)
        run = range(run.start - (more < 0 and before == opens), run.stop + (more > 0 and behind == closes))
    return run


def _spelled(reading: Reading, spelling: _Spelling, unasked: bool) -> list[range]:
    """Where a name stands in one of its spellings; runs may overlap."""
    form = _form(spelling.name)
    if form is None:
        return []
    runs = _runs(reading, form, unasked)
    if form.half_wordy and unasked:
        runs = [run for run in runs if not _is_half_in_small_letters(reading, run)]
    if spelling.with_mark:
        runs = [run for run in runs if not _MARKS.isdisjoint("".join(reading.given[at] for at in run))]
    return runs


@dataclass(frozen=True)
class _Spelling:
    """A name as it may be spelled; `with_mark` where only letters with a mark are that: Jorg is not Joerg, Jörg is."""

    name: str
    with_mark: bool = False


@lru_cache(maxsize=20_000)
def _spellings(term: str) -> tuple[_Spelling, ...]:
    """A name as it is, and with each ö as oe and each oe as ö, or not: Michael Müller has one of his two."""
    marked = unicodedata.normalize("NFC", term).lower()
    pieces = _SPOTS.split(marked) if is_name(term) else [marked]
    found = {term: False}
    for chosen in islice(product(*map(_written, pieces)), 1, _MOST_SPELLINGS):
        found.setdefault("".join(letters for letters, _ in chosen).title(), any(mark for _, mark in chosen))
    return tuple(_Spelling(name, with_mark) for name, with_mark in found.items())


def _written(piece: str) -> tuple[tuple[str, bool], ...]:
    """A piece of a name in its spellings, and whether each of them has a mark."""
    if piece in _SPELLED_OUT:
        return (piece, False), (_SPELLED_OUT[piece], False)
    return ((piece, False), (piece[0], True)) if _SPOTS.fullmatch(piece) else ((piece, False),)


def perhaps_spans(reading: Reading, term: str) -> list[range]:
    """Where one word of a name has a capital and the other, which is a word too, has none: “Ella white pushed”."""
    form = _form(term)
    if form is None or not form.half_wordy:
        return []
    return [run for run in _runs(reading, form, True) if _is_half_in_small_letters(reading, run)]


def _runs(reading: Reading, form: _Form, unasked: bool) -> list[range]:
    """Where a name stands in any of its ways, in order; several ways may give runs that overlap."""
    found: set[tuple[int, int]] = set()
    if any(word in reading.letters for word in form.one_of):
        pattern = form.pattern if unasked else form.asked
        found |= {match.span() for match in pattern.finditer(reading.flat)}
        if form.careful and unasked:
            perhaps = {match.span() for match in form.careful.finditer(reading.flat)} - found
            found.update(spot for spot in perhaps if _has_capitals(reading, spot))
    if form.name and reading.has_stars:
        starred = {match.span() for match in form.starred(unasked).finditer(reading.flat)}
        found.update(spot for spot in starred if not unasked or reading.given[reading.places[spot[0]]].isupper())
    if form.turned and form.turned in reading.letters:
        found |= {match.span() for match in re.finditer(_backwards(form.words), reading.flat)}
    of_names = each(sorted(found), reading.places) if found else ()
    runs = {(run.start, run.stop): run for run in of_names if not (form.name and _is_of_class(reading, run))}
    if form.misread_last and form.misread_last in reading.misread_letters:
        spots = [match.span() for match in form.misread.finditer(reading.misread)]
        read_wrong = each(spots, reading.misread_places) if spots else ()
        free = not (unasked and form.wordy)
        runs |= {(run.start, run.stop): run for run in read_wrong if free or _said_with_capitals(reading, run)}
    for other in reading.around_asides if form.name else ():
        runs |= {(run.start, run.stop): run for run in _runs(other, form, unasked)}
    return [runs[key] for key in sorted(runs)]


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
    def asked(self) -> re.Pattern[str]:
        """The term in whatever way it is written, in capitals or not."""
        ways = [*_whole(self.words, self._letters, self.name), *(_initials(self.words) if self.name else ())]
        return self._within_edges(ways)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The same but for the ways that a name's words have as words of their own."""
        if self.wordy:
            return _NOWHERE
        ways = [*_whole(self.words, self._letters, self.name), *(_shortened(self.words, False) if self.name else ())]
        return self._within_edges(ways)

    @cached_property
    def careful(self) -> re.Pattern[str] | None:
        """Ways that are a name's only where they are written with capitals."""
        if not self.name:
            return None
        ways = [*(_whole(self.words, self._letters) if self.wordy else ()), *_shortened(self.words, True)]
        return self._within_edges(ways) if ways else None

    def starred(self, unasked: bool) -> re.Pattern[str]:
        """With letters left out of both words: “J*n P*****s”; “J_____ P_____”, which may be anybody, where asked."""
        first, last = squeezed(self.words[0]), squeezed(self.words[-1])
        ends = [rf"{word[0]}{_STARS}{{1,20}}{word[-1]}{_LETTERS_END}" for word in (first, last)]
        begins = [rf"{word[0]}{_STARS}{{2,20}}" for word in (first, last)]
        ways = [ends] if unasked else [ends, begins]
        return re.compile(_LETTERS_EDGE + f"(?:{'|'.join(map(_PLAIN_GAP.join, ways))})")

    def _within_edges(self, ways: Sequence[str]) -> re.Pattern[str]:
        return re.compile(f"{_starts(self.words, self.name)}(?:{'|'.join(ways)}){_ends(self.words, self.name)}")

    @cached_property
    def wordy(self) -> bool:
        """True for a name of words alone: in small letters it is none."""
        return self.name and all(map(is_word, self.words))

    @cached_property
    def half_wordy(self) -> bool:
        """True for a name of which one word alone is a word too: “Ella White”."""
        return self.name and not self.wordy and (is_word(self.words[0]) or is_word(self.words[-1]))

    @cached_property
    def turned(self) -> str:
        """The letters of a long name from the last to the first, as a program writes them that turns text round."""
        return squeezed("".join(self.words))[::-1] if self.name and self._letters >= _MISREAD else ""

    @cached_property
    def misread(self) -> re.Pattern[str]:
        """A name as a scan's reader may have taken it."""
        sounds = [_sound(word) for word in self.words]
        return re.compile(f"{_EDGE}(?:{'|'.join(_whole(sounds, self._letters))}){_END}")

    @cached_property
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


def _starts(words: Sequence[str], name: bool) -> str:
    return (_LETTERS_EDGE if name else _EDGE) if words[0][:1].isalnum() else ""


def _ends(words: Sequence[str], name: bool) -> str:
    return (_LETTERS_END if name else _END) if words[-1][-1:].isalnum() else ""


_NOWHERE = re.compile(r"(?!)")


def _backwards(words: Sequence[str]) -> str:
    return _LETTERS_EDGE + _PLAIN_GAP.join(re.escape(word[::-1]) for word in reversed(words)) + _LETTERS_END


def _has_capitals(reading: Reading, spot: tuple[int, int]) -> bool:
    """True where what stands there is written as a name: “Will Young”, “D. Ash”, “DAsh”; not “will young”, “dash”."""
    [run] = each([spot], reading.places)
    return _said_with_capitals(reading, run)


def _said_with_capitals(reading: Reading, run: range) -> bool:
    said = "".join(reading.given[index] for index in run)
    words = re.findall(r"[^\W\d_]+", said)
    if len(words) == 1:
        return said[0].isupper() and any(map(str.isupper, said[1:])) and not said.isupper()
    return len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper()


def _is_of_class(reading: Reading, run: range) -> bool:
    """True for “Jordan P8 in maths”, “Peters-J2”: a level or a class, no initial. A footnote's number is raised."""
    behind = reading.given[run.stop] if run.stop < len(reading.given) else ""
    if not behind.isdecimal():
        return False
    words = re.findall(r"[^\W\d_]+", "".join(reading.given[index] for index in run))
    return len(words) > 1 and len(words[-1]) == 1 and len(words[0]) > 1


def _is_half_in_small_letters(reading: Reading, run: range) -> bool:
    """True for “Ella white goods”, “white, Ella wore”: who writes one name with a capital mostly means a word by the
    other.
    """
    words = re.findall(r"[^\W\d_]{2,}", "".join(reading.given[index] for index in run))
    ends = words[:1] + words[-1:]
    small = [word for word in ends if word[0].islower()]
    return len(words) > 1 and len(small) == 1 and is_word(flat_of(small[0]))


def is_name(term: str) -> bool:
    """True for two to four words of letters, the first and the last with a capital: a person's name, most likely.

    Between them may stand one letter: “Seán Ó Briain”.
    """
    words, said = words_of(term), term.split()
    fewest, most = _NAME_WORDS
    return (
        fewest <= len(words) <= most
        and all(squeezed(word).isalpha() for word in words)
        and min(len(squeezed(words[0])), len(squeezed(words[-1]))) > 1
        and said[0][:1].isupper()
        and said[-1][:1].isupper()
    )


def _apart_in(word: str) -> str:
    """A word, the digits of which may be grouped."""
    return r"[ \x01./-]?".join(word) if word.isdigit() else close(word)


def _word(word: str) -> str:
    """A pattern for a word of a name, with its dot: “St. John”."""
    return close(word) + (r"\.?" if word in _WITH_DOT else "")


def _whole(words: Sequence[str], letters: int, name: bool = False) -> Iterator[str]:
    """All words, in order or with the last one first: “Lee, Sam”, “Lee (Sam)”, “S a m  L e e”."""
    gap, one = (_GAP, _word) if name else (_PLAIN_GAP, close)
    yield gap.join(map(one, words))
    if letters >= _LOOSE:
        yield loose(words)
        if any(word.isdigit() for word in words):  # of a telephone or an address: “07700.900-123”, “4, Quay-Street”
            yield _SIGNS.join(_apart_in(word) for word in words)
        if name:
            yield gap.join(_APART.join(map(re.escape, word)) for word in words)
            yield gap.join("-?".join(map(re.escape, word)) for word in words)
    if len(words) > 1:
        first = gap.join(map(one, words[:-1]))
        yield rf"{one(words[-1])}(?:,?[ \x01]+|[ \x01]*[,/;]?[ \x01]*\([ ]?){first}"
        if name:
            yield rf"{one(words[-1])}{_TURNED_GAP}{first}"
        if name and len(words) > 2:  # a surname of several words: “van der Berg, Lotte”, “L. van der Berg”
            surname = gap.join(map(one, words[1:]))
            yield rf"{surname}{_TURNED_GAP}{one(words[0])}"
            yield rf"{re.escape(words[0][0])}(?:\.[ \x01]*|[ \x01]+){surname}"
        if letters >= _LOOSE:
            yield loose([words[-1], *words[:-1]], r"[ ,\x01]*")


_BEHIND_INITIAL = rf"(?:\.[ \x01]*|[ \x01]+|[-_]|{_HIDDEN}[ \x01]?)"
_BEHIND_INITIAL_OR_NOTHING = rf"(?:\.?[ \x01]*|[-_]|{_HIDDEN}[ \x01]?)"
_BEFORE_INITIAL = r"(?:,?[ \x01]+|[-_])"


def _double(first: str, last: str) -> Iterator[str]:
    """Both initials of a double first name: “A-M Stone”, “AM Stone”."""
    if initials := _both(first):
        yield rf"{initials}(?:\.[ \x01]?|[ \x01])[ ]?{_word(last)}"


def _double_behind(first: str, last: str) -> Iterator[str]:
    """The same behind the surname: “Stone, A-M”."""
    if initials := _both(first):
        yield rf"{_word(last)}{_BEFORE_INITIAL}{initials}(?:\.|{_LETTERS_END})"


def _both(first: str) -> str:
    parts = [part for part in first.split("-") if part]
    return r"\.?[- \x01]?".join(re.escape(part[0]) for part in parts) if len(parts) > 1 else ""


def _initials(words: Sequence[str]) -> Iterator[str]:
    """With initials: “J. Peters”, “JPeters”, “Peters, J.”, “Jordan L. Peters”, “Jordan P.”."""
    first, last = words[0], words[-1]
    one, other = re.escape(first[0]), re.escape(last[0])
    yield rf"{one}{_BEHIND_INITIAL_OR_NOTHING}(?:\w\.[ ]?)?{_word(last)}"
    yield from _double_behind(first, last)
    yield rf"{_word(last)}{_BEFORE_INITIAL}{one}(?:{_HIDDEN}|\.|{_LETTERS_END})"
    yield rf"{_word(first)}[ \x01]+\w(?:\.|[ \x01])[ ]?{_word(last)}"
    yield rf"{_word(first)}[ \x01]+{other}(?:{_HIDDEN}|\.|{_LETTERS_END})"
    yield from _double(first, last)
    yield from _accounts(first, last)


def _shortened(words: Sequence[str], with_capitals: bool) -> Iterator[str]:
    """The same for a name that nobody asked for: the ways that need capitals, or the others.

    “I” and “a” are words: as initials they have a dot.
    """
    first, last = words[0], words[-1]
    one, other = re.escape(first[0]), re.escape(last[0])
    dot, other_dot = (
        rf"(?:{_HIDDEN}|\.)" if letter in "ai" else rf"(?:{_HIDDEN}|\.|{_LETTERS_END})"
        for letter in (first[0], last[0])
    )
    if with_capitals:
        yield from _double_behind(first, last)
    if is_word(last) == with_capitals:
        yield rf"{one}{_BEHIND_INITIAL}(?:\w\.[ ]?)?{_word(last)}"
        yield rf"{_word(last)}{_BEFORE_INITIAL}{one}{dot}"
        yield from _double(first, last)
    if not with_capitals:
        yield from _accounts(first, last)
    if (is_word(last) or is_word_joined(first[0] + last)) == with_capitals:
        yield rf"{one}{close(last)}"
    if is_word(first) == with_capitals:
        yield rf"{_word(first)}[ \x01]+{other}{other_dot}"
    if not with_capitals:
        yield rf"{_word(first)}[ \x01]+\w(?:\.|[ \x01])[ ]?{_word(last)}"


def _accounts(first: str, last: str) -> Iterator[str]:
    """What schools call their pupils' accounts: “petersj@”, “22petersj”, “jordanp7”; a number or an @ is beside it.

    A number stands beside a word too: “24marks of 30” names no Mark S.
    """
    yield rf"{re.escape(first[0])}{close(last)}(?=@)"
    for word, letter in ((last, first[0]), (first, last[0])):
        joined = f"{close(word)}{re.escape(letter)}"
        yield rf"{joined}(?=@)"
        if not is_word_behind_number(word + letter):
            yield rf"(?<=\d){joined}"
            yield rf"{joined}(?=\d)"
