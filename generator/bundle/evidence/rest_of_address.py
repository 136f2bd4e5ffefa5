"""What stands beside the lines of an address that are taken out: its town, and all from street to postcode.

A street and a postcode under two black boxes tell little; the town that was left between them tells where to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.bundle.bundle_parts import AddressLines
from generator.bundle.name_forms import Reading, spans
from generator.values.identifiers import check_postcode

_FAR, _MOST_WORDS, _MOST_LINES = 60, 6, 4
_LITTLE = frozenset(
    {"by", "cum", "in", "le", "near", "next", "nr", "of", "on", "super", "the", "under", "upon", "with"}
)
"""Words in small letters within a place's name, and before one: “77 Harbour Rise in Wells next the Sea”."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NAME = r"[^\W\d_a-z][\w'’-]*(?:[ \t]+(?:of|on|upon|le|the|[^\W\d_a-z][\w'’-]*)){0,3}"
_MORE = re.compile(
    rf"[ \t]*(?:\bin[ \t]+{_NAME}|,\s*{_NAME}|,?[ \t]*\r?\n[ \t]*(?!(?i:dear)\b){_NAME}[ \t,]*(?:\r?\n|$))"
)


@dataclass
class _AddressFound:
    """Pieces of one address that follow each other, and which of its towns are among them."""

    start: int
    stop: int
    pieces: int = 1
    anchored: bool = False
    street: bool = False
    postcode: bool = False
    small: bool = False
    towns: set[str] = field(default_factory=set)


@dataclass(frozen=True, order=True)
class _AddressPiece:
    start: int
    stop: int
    term: str
    town: bool


def rest_of_addresses(
    reading: Reading, hits: Sequence[tuple[str, range]], addresses: Sequence[AddressLines]
) -> tuple[list[range], bool]:
    """The runs of characters from the first to the last piece of each address of which a line is taken out.

    `hits` are the words that are taken out, and where. Also whether behind one of them stands what may be more of it.
    """
    chains: list[_AddressFound] = []
    for lines, towns in (*addresses, (_streets_and_postcodes(hits), ())):
        anchors = [_AddressPiece(run.start, run.stop, term, False) for term, run in hits if term in lines]
        if anchors:
            beside = [_AddressPiece(run.start, run.stop, town, True) for town in towns for run in spans(reading, town)]
            chains += _chains(_letters(reading), sorted([*anchors, *beside]))
    text = _letters(reading) if chains else ""
    found = [range(one.start, one.stop) for one in chains if one.pieces > 1]
    ended = {stop for one in chains if one.postcode or one.towns for stop in range(one.start, one.stop + 1)}
    more = any(one.street and one.stop not in ended and _MORE.match(text, one.stop) for one in chains)
    return found, more


def _streets_and_postcodes(hits: Sequence[tuple[str, range]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for term, _ in hits if _is_street(term) or check_postcode(term) is None))


def _is_street(term: str) -> bool:
    """True of a house number with a street, as somebody writes it to have it taken out."""
    return bool(re.match(r"\d+\w?\b.*[^\W\d_]{3}", term)) and "@" not in term


def _letters(reading: Reading) -> str:
    """The text with one character for each of its letters, so that places in it are theirs."""
    return "".join(letter[:1] or " " for letter in reading.given)


def _chains(text: str, pieces: Sequence[_AddressPiece]) -> Iterator[_AddressFound]:
    chain: _AddressFound | None = None
    for piece in pieces:
        if chain is None or not _goes_on(chain, piece, text[chain.stop : piece.start]):
            if chain is not None and chain.anchored:
                yield chain
            chain = _AddressFound(piece.start, piece.stop)
        else:
            chain.stop, chain.pieces = max(chain.stop, piece.stop), chain.pieces + 1
        if piece.town:
            chain.towns.add(piece.term)
        else:
            is_code = check_postcode(piece.term) is None
            chain.anchored, chain.postcode = True, chain.postcode or is_code
            chain.street = chain.street or not is_code
            chain.small = chain.small or text[piece.start : piece.stop].islower()
    if chain is not None and chain.anchored:
        yield chain


def _goes_on(chain: _AddressFound, piece: _AddressPiece, between: str) -> bool:
    """Whether a piece belongs to the address before it: what stands between may be a village, no sentence."""
    if piece.start < chain.stop:
        return True
    if piece.town and (piece.term in chain.towns or (chain.postcode and chain.towns)):
        return False  # said once already: what follows is another matter, such as a school of that town
    words = _WORD.findall(between)
    if not words:
        return len(between) <= _FAR and not (chain.towns and re.search(r"[.!?]\s", between))
    near = len(between) <= _FAR and len(words) <= _MOST_WORDS and between.count("\n") <= _MOST_LINES
    if not chain.anchored or chain.postcode or not near or re.search(r"[!?:;]|\.\s", between):
        return False
    return chain.small or all(word[0].isupper() or word in _LITTLE for word in words)
