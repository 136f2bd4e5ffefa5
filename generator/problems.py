"""What can be wrong, as values: a Problem is a mistake in the user's files; a Stop is being unable to go on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol


class Exit(IntEnum):
    """What the command's exit code tells the caller."""

    FINE = 0
    FILES_HAVE_ERRORS = 1
    WRONG_USE = 2
    MISSING_ON_THIS_MACHINE = 3
    DOCUMENTS_FAILED = 4
    OUR_BUG = 9
    INTERRUPTED = 130


SEVERITIES = ("data", "law", "code", "local", "quality")
"""`data` blocks a build; `law` and `code` cite a paragraph; `local` is one authority's policy; `quality` is advice."""

HEADINGS = {
    "data": "Mend first: nothing is built until this is right",
    "law": "Law",
    "code": "SEND Code of Practice",
    "local": "Local policy: the authority may send it back",
    "quality": "Advice",
}
"""The heading under which the findings of each severity are told."""

_SHOWN = {"data": "error", "law": "law", "code": "code", "local": "local", "quality": "advice"}


class HasLine(Protocol):
    """A place in a file; line and column start at 1."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


class HasPlaces(Protocol):
    """A file that knows where each of its values stands (generator.records.record.Record)."""

    @property
    def path(self) -> str:
        """The file, relative to the school's folder."""

    def place(self, *keys: str | int) -> HasLine:
        """Where the value under these keys stands."""


_STEERING = (
    *((0, 8), (11, 31), (127, 159), (0x061C, 0x061C), (0x200E, 0x200F), (0x2028, 0x202E), (0x2066, 0x206F)),
    *((0xD800, 0xDFFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F)),
)
"""First and last of what steers a terminal or turns the order of letters, and halves of characters that no terminal can
write: controls, marks of direction (Unicode Standard Annex 9), separators of lines, tags."""


def _units(number: int) -> list[int]:
    """A character as UTF-16, as JSON writes it."""
    return [number] if number < 0x10000 else [0xD800 + (number - 0x10000 >> 10), 0xDC00 + (number - 0x10000 & 0x3FF)]


_STEERS = {number: "\ufffd" for first, last in _STEERING for number in range(first, last + 1)}
_GONE: dict[int, str | None] = {
    **dict.fromkeys(_STEERS),
    **dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " "),
}
"""What breaks a line where no line ends becomes a space; the rest goes."""
_IN_JSON = {number: "".join(f"\\u{unit:04x}" for unit in _units(number)) for number in _STEERS}


def shown(text: str) -> str:
    """A text from somebody's file as a terminal may show it: nothing in it moves the cursor or hides a word."""
    return text.translate(_STEERS)


def without_steering(text: str) -> str:
    """A text without what does not show and steers: for values that come from another program's file."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_GONE)


def without_steering_in_json(text: str) -> str:
    """A JSON text that means the same, with what steers written as `\\u202e`."""
    return text.translate(_IN_JSON)


@dataclass(frozen=True, order=True)
class Problem:
    """One finding at one place in one file.

    `path` is relative to the school's folder, with forward slashes. `line` and `column` start at 1; line 0 means the
    file as a whole. `rule` is a stable id. `source` names the Act, Regulation, Code paragraph or page behind it.
    `rewrite` is the sentence as it could read, with ___ for each fact that nobody has written yet. `keys` leads to the
    value that is meant, also where nothing is written yet and the place can only be near it.
    """

    path: str
    line: int
    column: int
    severity: str
    rule: str
    message: str
    hint: str = ""
    source: str = ""
    rewrite: str = ""
    keys: tuple[str | int, ...] = field(default=(), compare=False, repr=False, kw_only=True)

    @classmethod
    def at(cls, record: HasPlaces, keys: Sequence[str | int], severity: str, rule: str, *words: str) -> Problem:
        """A problem at the value under these keys of a record; `words` are message, hint, source and rewrite."""
        place = record.place(*keys)
        return cls(record.path, place.line, place.column, severity, rule, *words, keys=tuple(keys))

    @classmethod
    def of_file(cls, path: str, severity: str, rule: str, *words: str) -> Problem:
        """A problem with a file as a whole; `words` are message, hint, source and rewrite."""
        return cls(path, 0, 0, severity, rule, *words)

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"unknown severity {self.severity!r}")

    @property
    def blocks(self) -> bool:
        """True when nothing may be built from the case that holds this problem."""
        return self.severity == "data"

    def __str__(self) -> str:
        place = self.path if self.line == 0 else f"{self.path}:{self.line}:{self.column}"
        hint = f" ({self.hint})" if self.hint else ""
        source = f" [{self.source}]" if self.source else ""
        return shown(f"{place}: {_SHOWN[self.severity]}: {self.message}{hint}{source}")

    def as_dict(self) -> dict[str, str | int]:
        """The same facts for `--json`."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "severity": self.severity,
            "rule": self.rule,
            "message": self.message,
            "hint": self.hint,
            "source": self.source,
            "rewrite": self.rewrite,
        }


def counted(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 law, 4 advice`; `nothing to mend` when there are none."""
    names = {"data": ("error", "errors"), "law": ("law", "law"), "code": ("Code", "Code"), "local": ("local", "local")}
    names["quality"] = ("advice", "advice")
    found = [problem.severity for problem in problems]
    parts = [
        f"{found.count(s)} {one if found.count(s) == 1 else many}" for s, (one, many) in names.items() if s in found
    ]
    return ", ".join(parts) or "nothing to mend"


def in_one_line(error: object) -> str:
    """What a library or another program says of a fault, in one line: some say it over several."""
    return " ".join(str(error).split())


class Stop(Exception):
    """We cannot go on: says why in plain English, what to do about it, and which exit code the command ends with."""

    exit_code: Exit = Exit.WRONG_USE

    def __init__(self, message: str, advice: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.problems = problems


class FilesHaveErrors(Stop):
    """The user's files are wrong; `problems` says where."""

    exit_code = Exit.FILES_HAVE_ERRORS


class WrongUse(Stop):
    """The command was called with something that does not exist or does not fit."""

    exit_code = Exit.WRONG_USE


class MissingOnThisMachine(Stop):
    """A program, font or library that the work needs is not here."""

    exit_code = Exit.MISSING_ON_THIS_MACHINE


class DocumentsFailed(Stop):
    """Some documents could not be made; the others were."""

    exit_code = Exit.DOCUMENTS_FAILED


class OurBug(Stop):
    """What we made is not what we meant to make: never the user's fault."""

    exit_code = Exit.OUR_BUG
