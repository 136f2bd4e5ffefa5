"""Files outside a pupil's own folders that name the child: what goes with a deletion, what is cut, and what stays.

Only what the program wrote goes, or a page of a class, which every round writes anew; the rest is listed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.bundle import names_found
from generator.files.atomic_files import CACHE
from generator.files.user_files import LEDGER, as_we_wrote_it
from generator.folder.school_folder import Project
from generator.school.class_briefing import BRIEFINGS
from generator.school.pupil_files.files_as_text import pages_as_text
from generator.values.spelling.plain_letters import plain_letters

RECEIPTS = "output/_school/receipts"
_ARCHIVE = re.compile(r"(sar|send-on)-([0-9A-F]{4})-\d{4}-\d\d-\d\d(?:-\d+)?\.zip")
_PACKED = {
    "sar": "everything held on the child, gathered for whoever asked; if it has not been given out, stop here",
    "send-on": "the file packed for the next school; if it has not been sent, stop here and send it first, or move it "
    "out of this folder",
}
_MADE_WITH = {
    "briefing": "sendpack briefing",
    "governors": "sendpack governors",
    "inclusion-strategy": "sendpack inclusion-strategy",
    "provision": "sendpack provision",
    "register": "sendpack register",
    "retention": "sendpack retention",
    "reviews": "sendpack reviews",
}
"""How the names of papers begin, and the command that makes them again."""


@dataclass(frozen=True)
class NamedOutside:
    """A file that names the child and goes, or is `cut`: written again without the child's lines; what to do then."""

    path: str
    advice: str
    cut: bool = False


def found_outside(project: Project, case: str, names: Iterable[str], reference: str) -> list[NamedOutside]:
    """The files in output that name the child and are ours to delete or to cut: lists, pages of classes, archives."""
    output, wanted = project.root / "output", tuple(names)
    ledger = _ledger(project)
    found = []
    for path in _outside(project, [output]):
        name = path.relative_to(project.root).as_posix()
        if path.is_relative_to(project.root / RECEIPTS) or not _ours(project, path, ledger.get(name)):
            continue
        packed = _ARCHIVE.fullmatch(path.name)
        if packed:
            if packed[2] == reference and _says(_text(path), wanted):
                found.append(NamedOutside(name, _PACKED[packed[1]]))
        elif case in path.name or _names_child(path, wanted):
            found.append(_paper(name, path, wanted, case))
    return found


def still_named(project: Project, names: Iterable[str]) -> Iterator[str]:
    """Every file in cases and output, and every one that was written elsewhere, that names the child, with its line.

    The child's own folders are looked through too: this is for when they are gone.
    """
    wanted = tuple(names)
    for path in _outside(project, [project.cases, project.root / "output"], pupils=True):
        name = path.relative_to(project.root).as_posix()
        text = _text(path)
        if path.suffix == ".yaml":
            rows = (number for number, line in enumerate(text.splitlines(), 1) if _says(line, wanted))
            yield from (f"{name}:{number}: named there" for number in rows)
        elif _says(text, wanted):
            yield f"{name}: named there"
    yield from handed_over(project, wanted, elsewhere=True)


def handed_over(project: Project, names: Iterable[str], *, elsewhere: bool = False) -> Iterator[str]:
    """Whole-school files that were written, are still there and name the child, or may, where nobody can read them.

    `elsewhere`: only those outside the folders cases and output.
    """
    wanted = tuple(names)
    for name in _ledger(project):
        path = project.root / name
        inside = any(path.is_relative_to(home) for home in (project.cases, project.root / "output"))
        if not path.is_file() or (elsewhere and inside):
            continue
        if pages_as_text(path.name, path.read_bytes()) is None:
            yield f"{name}: a whole-school file that may name the child"
        elif _names_child(path, wanted):
            yield f"{name}: a whole-school file that names the child"


def without_child(text: str, names: Iterable[str]) -> str:
    """A list without the lines that name the child, and without what is indented below each."""
    kept, head, wanted = [], None, tuple(names)
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        if head is not None and line.strip() and indent > head:
            continue
        head = indent if _says(line, wanted) else None
        if head is None:
            kept.append(line)
    return "".join(kept)


def _names_child(path: Path, names: tuple[str, ...]) -> bool:
    """Whether a file of ours names the child; a table has first name and surname in columns of their own."""
    text = _text(path)
    words = _words(text) if path.suffix != ".txt" else set()
    return any(_words(name) <= words for name in names) or _says(text, names)


def _paper(name: str, path: Path, names: tuple[str, ...], case: str) -> NamedOutside:
    """A list of text keeps what it says of others: it may be all that is left to be worked through."""
    if path.suffix == ".txt" and case not in path.name and not _says(without_child(_text(path), names), names):
        return NamedOutside(name, "written again without the child", cut=True)
    if path.parent.name == "preview":
        return NamedOutside(name, "a try-out of a template")
    made = next((made for begin, made in _MADE_WITH.items() if path.name.startswith(begin)), "")
    return NamedOutside(name, f"names the child; make it again without, afterwards{made and ': '}{made}")


def _ours(project: Project, path: Path, line: Any) -> bool:
    page = path.parent == project.root / BRIEFINGS and path.name.startswith("briefing-")
    return path.parent.name == "preview" or page or as_we_wrote_it(path, line)


def _outside(project: Project, homes: Iterable[Path], pupils: bool = False) -> Iterator[Path]:
    """Every file below some folders but what the program remembers; `pupils` also in the folders of pupils."""
    output = project.root / "output"
    folders = () if pupils else (path.name for path in project.cases.iterdir() if path.is_dir())
    skipped = [output / CACHE, *(output / name for name in folders)]
    for home in homes:
        for path in sorted(home.rglob("*")):
            remembered = path == output / LEDGER or any(path.is_relative_to(one) for one in skipped)
            if path.is_file() and not path.is_symlink() and not remembered:
                yield path


def _says(text: str, names: tuple[str, ...]) -> bool:
    return _may_say(text, names) and bool(names_found([text], names))


def _may_say(text: str, names: tuple[str, ...]) -> bool:
    """Whether a word of a name stands anywhere, in whatever letters: quick, where thousands of files are looked at."""
    letters = re.sub(r"[\W_]+", "", plain_letters(text))
    return any(word in letters for name in names for word in _words(name) if len(word) > 1)


def _words(text: str) -> set[str]:
    # Word by word: a line's end is no letter, and would join two words if it went with what does not show.
    return {word for one in re.split(r"[\W_]+", text) if (word := plain_letters(one))}


def _text(path: Path) -> str:
    """What a file says, as far as it can be read; one that no library reads names nobody whom we could find."""
    try:
        return "\n".join(pages_as_text(path.name, path.read_bytes()) or ())
    except OSError:
        return ""


def _ledger(project: Project) -> dict[str, Any]:
    try:
        found = json.loads((project.root / "output" / LEDGER).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
