"""Documents that promise a number of pages: measured as converted, tightened within limits, what is too long named."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from lxml import etree

from generator.cases.case import Case
from generator.documents.document import Document
from generator.documents.foretold_end import LEFTOVER, ForetoldEnd
from generator.documents.templates.list_ends import rows_held
from generator.engines import Docx, Draft, Engine, Failure, Pdf, drafts
from generator.engines.pdf.overflow import over
from generator.problems import DocumentsFailed
from generator.values.notice import Notice
from generator.word_files.docx_package import W, packed, parse, serialize, unpacked

SMALLEST = 10.5
"""Points: no letter is made smaller than this, and none that is smaller already is touched."""


@dataclass(frozen=True)
class FitStep:
    """How much tighter: the share that is kept of the space between paragraphs and of the line, points off the size."""

    space: float
    line: float
    points: float = 0


STEPS = (FitStep(0.6, 0.96), FitStep(0.4, 0.92, 0.5), FitStep(0.3, 0.9, 1), FitStep(0.3, 0.88, 1.5))
"""Tried in turn; lines never come closer than single spacing."""

SHOWN = 3
"""So many of the longest entries are named."""


Fitting = Generator[Docx, Draft | Failure, tuple[bytes, Draft]]
"""Asks for Word files to be drawn, one after the other, until one fits: gives that one and its draft."""


def all_fitted(engine: Engine, fittings: Sequence[Fitting]) -> list[tuple[bytes, Draft]]:
    """What fits of each document, not finished yet; what they ask for is drawn in as few batches as can be."""
    found: dict[int, tuple[bytes, Draft]] = {}
    asked: dict[int, Docx] = {}
    drawn: dict[int, Draft | Failure] = {}
    while len(found) < len(fittings):
        for number, fitting in enumerate(fittings):
            if number in found:
                continue
            try:
                asked[number] = fitting.send(drawn[number]) if number in drawn else next(fitting)
            except StopIteration as end:
                found[number] = end.value
                asked.pop(number, None)
        drawn = dict(zip(asked, drafts(engine, list(asked.values())), strict=True)) if asked else {}
    return [found[number] for number in range(len(fittings))]


@dataclass(frozen=True)
class Tried:
    """What came of trying tighter versions of a document: the number of the step that was taken, if any was."""

    step: int | None
    pages: int
    untidy: int


@dataclass(frozen=True)
class FitWish:
    """How a Word file is to be fitted: a document as it may be, or without one a page of a bundle's own.

    `one_page` is for a page that must be one: it is set tighter until it is, or as tight as it may be. `tried` is what
    came of the same document with other page numbers in it: what was not taken then is not tried again.
    """

    case: Case | None = None
    document: Document | None = None
    one_page: bool = False
    tried: Tried | None = None

    def first(self, word: bytes) -> bytes:
        """The version to be drawn first."""
        step = self.tried.step if self.tried else None
        return word if step is None else _FOR_TIDIER[step](word)

    def asked(self, name: str, word: bytes) -> Docx:
        """The version to be drawn first, as an engine is asked for it."""
        return Docx(name, self.first(word), once=True)

    def fitting(self, word: bytes, made: Draft) -> Fitting:
        """What the Word file becomes; `made` is what `first` gave, drawn."""
        if self.tried is not None:
            return _as_tried(self.tried, self, word, made)
        if self.case is not None and self.document is not None:
            return fitted(self.case, self.document, word, made)
        return _on_one_page(word, made) if self.one_page else without_leftover(word, made)

    def too_long(self, pages: int) -> bool:
        """True for a document on more pages than it may have: what is said of it hangs on the whole case."""
        most = self.document.row.get("pages") if self.document else None
        return bool(most) and pages > int(most or 0)

    def tried_of(self, word: bytes, found: bytes, made: Draft) -> Tried | None:
        """What to remember of how a Word file was fitted; nothing where what is said of it hangs on how.

        Nor where a version could not be drawn: time or memory that ran out once may be there the next time.
        """
        if self.one_page or self.mark()[0] or made.beside_failure:
            return None
        step = next((n for n, made_of in enumerate(_FOR_TIDIER) if found != word and made_of(word) == found), None)
        return Tried(step, made.pages, _untidy(made))

    def mark(self) -> tuple[int, bool]:
        """What a result hangs on besides the Word file, as plain values."""
        most = self.document.row.get("pages") if self.document else None
        return int(most or 0), self.one_page


def _as_tried(tried: Tried, wish: FitWish, word: bytes, made: Draft) -> Fitting:
    """What was drawn first, where it came to the same as then; else what comes of trying everything."""
    made = _settled(made)
    if (made.pages, _untidy(made)) == (tried.pages, tried.untidy):
        return wish.first(word), made
    if tried.step is not None:
        drawn = yield Docx(made.name, word, once=True)
        if isinstance(drawn, Failure):
            return wish.first(word), replace(made, beside_failure=True)
        made = drawn
    return (yield from replace(wish, tried=None).fitting(word, made))


def _on_one_page(word: bytes, made: Draft) -> Fitting:
    """As tight as it may be until it is one page; a version with a header row alone is two, and stays so."""
    found, whole = [(word, made)], ForetoldEnd(word, made)
    for step in STEPS:
        if made.pages == 1:
            break
        tighter = tightened(word, step)
        if step is not STEPS[-1] and whole.is_longer(tighter, 1):
            continue
        drawn = yield Docx(made.name, tighter, once=True)
        if isinstance(drawn, Draft):
            made = drawn
            found.append((tighter, made))
    word, settled = found[-1][0], _settled(found[-1][1])
    failed = settled.beside_failure
    while settled.beside_failure and found[1:]:  # it cannot be drawn on: the one before may be
        found.pop()
        word, settled = found[-1][0], _settled(found[-1][1])
    return word, replace(settled, beside_failure=failed)


def _settled(made: Draft) -> Draft:
    """A draft with no header row alone, for one that was only drawn once; what cannot be drawn on fails at its end."""
    drawn = made.rest(0) if made.rest else made
    if isinstance(drawn, Draft):
        return drawn
    return replace(made, rest=None, finish=partial(_given_up, drawn), beside_failure=True)


def _given_up(failure: Failure) -> Failure:
    return failure


def finished(draft: Draft) -> Pdf:
    """A draft that fits, mended and read back. Raises DocumentsFailed when that cannot be done."""
    made = draft.finish()
    if isinstance(made, Failure):
        raise DocumentsFailed(f"{made.name} could not be made: {made.reason}")
    return made


def _said(draft: Draft, note: Notice) -> Draft:
    """A draft with a notice more once it is finished."""

    def finish() -> Pdf | Failure:
        made = draft.finish()
        return replace(made, warnings=(*made.warnings, note)) if isinstance(made, Pdf) else made

    return replace(draft, finish=finish, notices=(*draft.notices, note))


def fitted(case: Case, document: Document, word: bytes, made: Draft) -> Fitting:
    """The document on as many pages as it may have: the Word file and PDF as they were, or tightened until they fit.

    When nothing helps they stay as they were, with a warning: how many lines too long, and the longest entries.
    """
    most = document.row.get("pages")
    made = _settled(made) if most and made.pages <= most else made
    if not most or made.pages <= most:
        return (yield from without_leftover(word, made))
    whole = ForetoldEnd(word, made)
    for step in STEPS:
        tighter = tightened(word, step)
        if step is not STEPS[-1] and whole.is_longer(tighter, most):
            continue  # the last is always tried: nothing is too long because it was foretold
        result = yield Docx(made.name, tighter, once=True)
        if isinstance(result, Draft) and result.rest and result.pages <= most:
            result = result.rest(most + 1)
        if isinstance(result, Draft) and result.pages <= most:
            note = f"spacing was tightened so that it fits on {_pages(most)}{_smaller(step)}"
            return tighter, _said(result, Notice(note))
    made = _settled(made)
    return word, _said(made, Notice(too_long(case, document, word, made, most)))


CLOSER = (FitStep(0.5, 0.93), FitStep(0.4, 0.92, 0.5))
"""How much tighter a document may become for tidier pages: no letter by more than half a point.

Of the example school's 181 documents 50 have such a page; smaller steps before these helped 13 of them, and each step
draws the document once more.
"""

_FOR_A_PAGE = FitStep(0.3, 0.9, 1)
"""To save a whole nearly empty page, or one that begins with a row left over, where nothing less does."""


def without_leftover(word: bytes, made: Draft) -> Fitting:
    """The document without a nearly empty last page and without tables that go over to a page for one row.

    Where a little less space between its lines does it, or rows held together, and never on more pages. A form keeps
    its room to write. What is compared is what would be made: no version with a header row alone, before it was drawn
    on. That ends where a tighter version has more pages than the document as it is: it is not taken then, whatever
    would come of it.
    """
    made = _settled(made)
    if made.pages < 2 or _TO_WRITE_ON in unpacked(word)["word/document.xml"]:
        return word, made
    last = over(made.content, made.pages - 1)
    empty = last.lines <= LEFTOVER
    least = empty + made.left_alone(), made.pages
    best, whole, failed = (word, made), ForetoldEnd(word, made, last), False
    steps = (*CLOSER, _FOR_A_PAGE) if least[0] else ()
    for tighter in _worth_trying(word, steps, whole, only_empty=empty and least[0] == 1):
        if not least[0]:
            break
        result = yield Docx(made.name, tighter, once=True)
        if isinstance(result, Draft) and result.rest and result.pages <= made.pages:
            result = result.rest(made.pages + 1)
        failed |= isinstance(result, Failure)
        if not isinstance(result, Draft) or result.pages > made.pages:
            continue
        if (found := (_untidy(result), result.pages)) < least:
            best, least = (tighter, result), found
    if best[1].holds_rows and _has_lone_row(best[1]):
        best = yield from _with_rows_held(*best)
    return best[0], replace(best[1], beside_failure=True) if failed else best[1]


def _has_lone_row(made: Draft) -> bool:
    from generator.engines.pdf.lone_rows import lone_rows  # here: who only says how it is to be fitted does without

    return bool(lone_rows(made.content))


def _with_rows_held(word: bytes, made: Draft) -> Fitting:
    """The document with the last rows of its tables held together, where that leaves fewer things alone.

    That may leave room at the foot of a page, and is tried last, of what came nearest; never on more pages.
    """
    held = rows_held(word)
    if held == word:
        return word, made
    result = yield Docx(made.name, held, once=True)
    if isinstance(result, Draft) and result.rest and result.pages <= made.pages:
        result = result.rest(made.pages + 1)
    if not isinstance(result, Draft):
        return word, replace(made, beside_failure=True)
    better = result.pages <= made.pages and _untidy(result) < _untidy(made)
    return (held, result) if better else (word, made)


def _worth_trying(word: bytes, steps: Sequence[FitStep], whole: ForetoldEnd, *, only_empty: bool) -> Iterator[bytes]:
    """The document tighter by each step, those last that are foretold to end on a nearly empty page.

    What surely stays as it is is left out where an empty page is all that there is to mend.
    """
    later = []
    for tighter in (tightened(word, step) for step in steps):
        if not whole.ends_nearly_empty(tighter):
            yield tighter
        elif not (only_empty and whole.stays(tighter)):
            later.append(tighter)
    yield from later


def _untidy(made: Draft) -> int:
    """How many things a reader stumbles over: a nearly empty last page, a row or a heading that stands alone."""
    return made.left_alone() + (made.pages > 1 and over(made.content, made.pages - 1).lines <= LEFTOVER)


_TO_WRITE_ON = b'"WriteHere"'


def too_long(case: Case, document: Document, word: bytes, made: Draft, most: int) -> str:
    """By about how many lines a PDF is too long, and which of the entries that it prints are the longest."""
    lines = max(1, over(made.content, most).lines)
    said = f"about {lines} line{'s' * (lines != 1)} too long for {_pages(most)}, even with tighter spacing"
    kinds = document.row.get("needs", ())
    data = document.record.data if document.record else case.data(str(kinds[0])) if kinds else {}
    printed = _text(word)
    shown = [(place, text) for place, text in _entries(data) if _bare(text)[:_ENOUGH] in printed]
    longest = sorted(shown, key=lambda entry: -len(entry[1]))
    named = "; ".join(f"{place} ({len(text)} letters, “{_begin(text)}”)" for place, text in longest[:SHOWN])
    return f"{said}. The longest entries: {named}" if named else said


_ENOUGH = 40
"""Letters by which an entry is found among what is printed."""


def _text(word: bytes) -> str:
    body = parse(unpacked(word)["word/document.xml"])
    return _bare("".join(one.text or "" for one in body.iter(f"{W}t")))


def _bare(text: str) -> str:
    """Letters and figures alone: how a line is broken or ended says nothing."""
    return re.sub(r"\W", "", text)


def _pages(most: int) -> str:
    return "one page" if most == 1 else f"{most} pages"


def _smaller(step: FitStep) -> str:
    return f", with letters up to {step.points:g} point smaller" if step.points else ""


def _begin(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39].rstrip() + "…"


def _entries(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record with where it stands: `how_to_support_me, entry 3`."""
    if isinstance(value, str):
        yield place, str(value)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _entries(inner, f"{place} → {name}" if place else str(name))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _entries(inner, f"{place}, entry {number}")


# -- tighter ----------------------------------------------------------------------------------------------------------


def tightened(word: bytes, step: FitStep) -> bytes:
    """The Word file with less space between paragraphs and lines, and smaller letters down to `SMALLEST`."""
    parts = unpacked(word)
    for name, content in parts.items():
        if re.fullmatch(r"word/(document|(house-)?styles)\d*\.xml", name):
            root = parse(content)
            _tighten(root, step)
            parts[name] = serialize(root)
    return packed(parts)


_TO_SIGN = ("Sign", "WriteHere")
"""Styles whose space is room for a hand to write."""


def _tighten(root: etree._Element, step: FitStep) -> None:
    for spacing in root.iter(f"{W}spacing"):
        if any(above.get(f"{W}styleId") in _TO_SIGN for above in spacing.iterancestors(f"{W}style")):
            continue
        for side in ("before", "after"):
            _change(spacing, side, lambda twips: round(twips * step.space))
        if spacing.get(f"{W}lineRule", "auto") == "auto":
            _change(spacing, "line", lambda line: max(min(line, 240), round(line * step.line)))
    if step.points:
        least, off = round(SMALLEST * 2), round(step.points * 2)
        for size in root.iter(f"{W}sz", f"{W}szCs"):
            _change(size, "val", lambda half: half if half <= least else max(least, half - off))


def _change(element: etree._Element, attribute: str, how: Any) -> None:
    value = element.get(f"{W}{attribute}", "")
    if value.isdigit():
        element.set(f"{W}{attribute}", str(how(int(value))))


def _tightened_by(step: FitStep, word: bytes) -> bytes:
    return tightened(word, step)


def _held_as(version: Callable[[bytes], bytes], word: bytes) -> bytes:
    return rows_held(version(word))


_Version = Callable[[bytes], bytes]
_CLOSER: tuple[_Version, ...] = tuple(partial(_tightened_by, step) for step in (*CLOSER, _FOR_A_PAGE))
_FOR_TIDIER: tuple[_Version, ...] = (*_CLOSER, rows_held, *(partial(_held_as, version) for version in _CLOSER))
"""Makes each version that may be taken, by the number that is remembered of it."""
