"""What goes into a bundle and what comes out of it, as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from generator.bundle.pagination import ContentsLine, Found, PagePlan, Pages
from generator.engines import Draft, Failure, Pdf
from generator.files.kept_results import KeptResults
from generator.problems import Problem, Stop, in_one_line
from generator.values.notice import Notice, noticed

Convert = Callable[[Sequence[tuple[str, bytes]]], Sequence[Pdf | Failure]]
"""Word to PDF, many at once: (name, docx) in; PDF with what was noticed, or why there is none, in the same order."""


ToWord = Callable[[bytes, str], bytes | str]
"""A text of another kind (odt, rtf, doc) to Word: the docx, or the reason why not."""


AddressLines = tuple[tuple[str, ...], tuple[str, ...]]
"""An address: the lines that tell it, in the ways in which they are written, and its other lines, as the town."""


@dataclass(frozen=True)
class Limits:
    """What one file of evidence may cost: memory in megabytes, and seconds of processor time."""

    memory_mb: int = 500
    seconds: int = 30


class TakesIn(Protocol):
    """Takes evidence in, in processes of its own: begun early, asked for when it is needed, ended at last.

    A wish is what is to be said about a file and taken out of it: `generator.bundle.evidence.sanitise.IntakeWish`.
    """

    @property
    def quick(self) -> bool:
        """True where a process more costs next to nothing."""
        ...

    def begin(self, content: bytes, wish: Any, limits: Limits) -> None:
        """Begin with a file, beside what else is being done."""
        ...

    def has_begun(self, content: bytes, wish: Any, limits: Limits) -> bool:
        """True for a file that was begun and not asked for yet."""
        ...

    def ready(self, content: bytes, wish: Any, limits: Limits) -> TakenIn | None:
        """What came of a file that was begun, where it is ready by now; None also for one that was refused."""
        ...

    def wait_for_most(self) -> None:
        """Wait until fewer files that were begun are left than there are processors."""
        ...

    def take(self, content: bytes, wish: Any, limits: Limits) -> TakenIn:
        """What a file became, its account, and the texts of its pages; raises Refused."""
        ...

    def close(self) -> None:
        """End every process that is left."""
        ...


@dataclass(frozen=True)
class Part:
    """One document of the bundle.

    `content` is a PDF we made (bytes, or a function of the page numbers), or the path of a piece of evidence, which
    is taken in by a child process. `path`, `line`, `column` say where the user wrote it. `audience` names who may
    see it (empty: everyone). `sensitivity` "safeguarding" keeps it out unless it is released by name. `late` puts
    it at the end. `redact` are the words to be taken out of it for good; `remove_unseen` takes out those that
    nobody can see. Of `addresses`, the rest goes too where it stands beside a line that is taken out.
    `shows` is what the contents say of it. `headings` are names of headings in it that other parts
    refer to by their pages.
    """

    id: str
    section: str
    title: str
    content: bytes | Path | Written
    date: dt.date | None = None
    path: str = ""
    line: int = 0
    column: int = 0
    audience: frozenset[str] = frozenset()
    sensitivity: str = ""
    alt: str = ""
    language: str = "en-GB"
    late: bool = False
    redact: tuple[str, ...] = ()
    remove_unseen: bool = False
    addresses: tuple[AddressLines, ...] = ()
    shows: str = ""
    headings: tuple[str, ...] = ()

    @property
    def is_evidence(self) -> bool:
        """True for a file that somebody gave us; everything else we make ourselves."""
        return isinstance(self.content, Path)


@dataclass(frozen=True)
class IndexRow:
    """One thing the authority asks for, and the parts (ids) that answer it; `source` is its Act, paragraph or form.

    `note` is what the school says to look for there.
    """

    id: str
    text: str
    parts: tuple[str, ...]
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class PaperAsked:
    """One paper that the authority asks for and the parts (ids) that are it; `usual` where it is only usual."""

    title: str
    parts: tuple[str, ...]
    usual: bool = False


@dataclass(frozen=True)
class AbsentPaper:
    """Something that a reader would expect in the bundle and that is not there, and why, as sentences go on."""

    what: str
    why: str


@dataclass(frozen=True)
class FrontPage:
    """One page or more that we write ourselves: the name of its Word template and what the template may show.

    `then` is done to the finished PDF at once, where this is likely to be the last version of it.
    """

    name: str
    context: dict[str, Any]
    then: Callable[[bytes], Any] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Foreseen:
    """Where everything will probably be, before the parts are there, and our `own` pages, by id, with these numbers.

    Where that is not `likely`, the numbers are only as wide as they will be: to measure what prints them.
    """

    pages: Pages
    own: dict[str, FrontPage]
    likely: bool


Written = Callable[[Pages], FrontPage | bytes]
"""A part that prints page numbers of the bundle: called with every part's pages, gives what `Front` makes of it."""

Front = Callable[[Sequence[FrontPage]], Sequence[bytes | Draft]]
"""Writes front pages, many at once: one PDF for each, in the same order, or a draft that is finished when it holds."""


def whole(drawn: bytes | Draft) -> bytes:
    """The PDF of a front page; of a draft the finished one. Raises what its `finish` raises."""
    if isinstance(drawn, bytes):
        return drawn
    made = drawn.finish()
    assert isinstance(made, Pdf), "whoever gives a draft to a bundle raises what it cannot finish"
    return made.content


Beside = Callable[..., Callable[[], Any] | None]
"""Begins a function with plain values in a process beside this one: gives what waits for it, None where there is none.

What waits gives None too where that process could not do it.
"""


@dataclass(frozen=True)
class Options:
    """How a bundle is made. Nothing here is read from a clock: the same inputs give the same bytes.

    `kept` are results of earlier runs; the bundle lies in their folder while it is put together. `measured` are the
    pages on which our own pages and the parts that print page numbers came beforehand, by id, and `measured_headings`
    the pages of headings in them that others refer to. `children` take
    evidence in, where that began before the bundle did. `beside` does a part of the work in another process, where
    there is one. `convert` turns Word evidence into PDF, `to_word` other texts into Word first, and `engine` says which
    program does it, so that its results may be kept too. `accept_loss` maps a part of which words or pictures are lost
    to who accepts that, and why. `released` maps a safeguarding part to the reason for releasing it. `forbidden` must
    be nowhere in the
    finished PDF. `other_pupils` are names reported where they stand; `own_names` are first names and surnames of the
    pupil, of which evidence with text should say one, and `pupil` is what to call the child then. `known` are names
    of people whom the case knows: by surname alone, they mean no other pupil. `contacts` are words that say how to
    reach somebody of another home, by what they are: they are told where they stand. `papers` are those of the
    tick-list, where the authority wants one; with `yes_or_no` it and the evidence index say so beside the pages.
    `absent` is what is not in the bundle, and why. `family` is for a copy that goes home: it begins with a page for its
    readers, in the language with the code `family_language`. `mark`
    stands before the number on every page. `split_mb` is the largest file
    that can be sent: a larger bundle becomes several, called `stem`-1-of-3.pdf and so on, each with its contents.
    `separate` names the file that a part gets for itself. `late_letters` numbers late parts 84A, 84B so that the
    pages already sent keep theirs. `ocr` reads scans with the programs that are here. `max_mb`, `seconds` and
    `memory_mb` limit one file of evidence.
    """

    title: str
    audience: str = "authority"
    made: dt.datetime | None = None
    language: str = "en-GB"
    criteria: tuple[IndexRow, ...] = ()
    papers: tuple[PaperAsked, ...] = ()
    absent: tuple[AbsentPaper, ...] = ()
    family: bool = False
    family_language: str = ""
    yes_or_no: bool = False
    mark: str = ""
    kept: KeptResults = field(default_factory=KeptResults)
    measured: Mapping[str, int] = field(default_factory=dict)
    measured_headings: Mapping[str, Found] = field(default_factory=dict)
    children: TakesIn | None = None
    beside: Beside | None = None
    convert: Convert | None = None
    to_word: ToWord | None = None
    engine: str = ""
    accept_changes: bool = False
    released: Mapping[str, str] = field(default_factory=dict)
    accept_loss: Mapping[str, str] = field(default_factory=dict)
    placeholder: bool = False
    forbidden: tuple[str, ...] = ()
    other_pupils: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    contacts_taken_out: bool = False
    contacts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pupil: str = ""
    late_letters: bool = False
    split_mb: float = 0
    stem: str = "bundle"
    separate: Callable[[ContentsLine], str] | None = None
    ocr: bool = False
    max_mb: int = 100
    seconds: int = 30
    memory_mb: int = 500
    progress: Callable[[str], None] | None = None


@dataclass(frozen=True)
class ShownOnPage:
    """What a page of evidence shows beside its text, to be looked for on that page of the finished bundle.

    `kind` is "picture" (`count` of them), "words" (an answer, or what somebody typed onto the page) or "tick" (in the
    `box`: left, bottom, right and top in points). `page` counts from 1.
    """

    kind: str
    page: int
    words: str = ""
    count: int = 0
    box: tuple[float, ...] = ()


@dataclass(frozen=True)
class Account:
    """What happened to one file on its way in: for the manifest, and for the person who answers for the bundle.

    `done` is what we changed, `removed` what we took out, `warnings` what a person should look at, and `barriers`
    why the document keeps the bundle from claiming PDF/UA. `sha256` is of the file as it was given. `shows` is what
    must be found again on its pages of the bundle. `margin` is true where every page is a picture that we laid on it
    with a margin all round.
    """

    kind: str
    pages: int = 0
    id: str = ""
    name: str = ""
    sha256: str = ""
    repaired: bool = False
    done: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    warnings: tuple[Notice, ...] = ()
    barriers: tuple[str, ...] = ()
    shows: tuple[ShownOnPage, ...] = ()
    margin: bool = False


TakenIn = tuple[bytes, Account, dict[str, list[str]]]
"""A file as it was taken in, its account, and its pages' texts by the names under which they are kept."""


def account_as_json(account: Account) -> dict[str, Any]:
    """An account for a file, from which `account_from_json` makes it again with nothing lost."""
    return {**asdict(account), "warnings": [one.as_list() for one in account.warnings]}


def account_from_json(note: Mapping[str, Any]) -> Account:
    """What `account_as_json` wrote."""
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in note.items()}
    shows = tuple(ShownOnPage(**{**one, "box": tuple(one["box"])}) for one in note.get("shows", ()))
    return Account(**{**values, "warnings": noticed(note.get("warnings", ())), "shows": shows})


@dataclass(frozen=True)
class LeftOut:
    """A part that is not in this bundle, and why."""

    id: str
    title: str
    reason: str


@dataclass(frozen=True)
class File:
    """One file of a bundle that is sent as several: its name, the PDF, and the pages of the bundle that it holds."""

    name: str
    content: bytes
    pages: str


@dataclass(frozen=True)
class Bundle:
    """The finished PDF and everything there is to say about it; `failures` (what verification found) must be empty.

    `volumes` are what it was split into, when it was too big for one file; then `content` is empty. `separate` holds
    each part as a file of its own, where that was wanted.
    """

    content: bytes
    plan: PagePlan
    accounts: tuple[Account, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Problem, ...]
    failures: tuple[str, ...]
    accessible: bool
    volumes: tuple[File, ...] = ()
    separate: tuple[File, ...] = ()


class Refused(Exception):
    """One file cannot go in: a stable rule id, one plain sentence (that follows the file's name), and what to do."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = in_one_line(message)  # other programs' words may run over lines
        self.hint = hint


class ContactTold(Stop):
    """Evidence says how to reach somebody of another home; `found` are what each part says, and whose that is."""

    def __init__(self, found: Mapping[tuple[str, str], str]) -> None:
        super().__init__("Evidence says how to reach somebody of another home.", "Have it taken out (redact).")
        self.found = found
