"""Files beside the records that would be used wrongly or not at all: second versions, and names with a wrong ending."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator.problems import Problem
from generator.records.record import Schemas

_WRONG_ENDS = tuple(
    end + more
    for end in (".yaml", ".yml")
    for more in (".txt", ".docx", ".doc", ".rtf", ".pdf", ".odt", ".pages", ".msg", ".eml", ".html")
)
_MEANT = (".yaml", ".yml", *_WRONG_ENDS)
"""Endings of case files, and those that Notepad and Word put behind them, which a file manager may not show."""

_SAVED_AS = ("txt", "docx", "doc", "rtf", "odt", "pages")

_SECOND_VERSION = re.compile(
    r"(?:-(?:DESKTOP|LAPTOP|MACBOOK)-?\w*(?:-\d+)?| ?\([^()]*(?:conflict|Konflikt)[^()]*\)|\.sync-conflict-[-\w]+"
    r"| - Copy(?: ?\(\d+\))?| copy(?: \d+)?| ?\(\d+\))\.ya?ml$",
    re.IGNORECASE,
)
"""How OneDrive, Dropbox, Nextcloud, Syncthing and file managers name the other of two versions."""


def is_meant_as_record(name: str) -> bool:
    """True for a file of a pupil's folder that is YAML or looks as if it was meant to be; others are not searched."""
    *folders, file = name.split("/")
    aside = {"evidence", "returned"} & set(folders)
    return file.lower().endswith(_MEANT) and not file.startswith("~$") and not aside


def second_version(relative: str, shown: str, files: Collection[str], schemas: Schemas) -> Problem | None:
    """A file that a program kept where two people or computers had changed one: it would count as a further record.

    OneDrive puts the computer's name behind: one that no rule knows is told as advice, where the first file is there.
    """
    severity = "data"
    found = _SECOND_VERSION.search(relative)
    first = f"{relative[: found.start()]}.yaml" if found else ""
    if not found:
        stem = relative.removesuffix(".yaml")
        cuts = (n for n, letter in enumerate(stem) if letter == "-" and any(map(str.isupper, stem[n:])))
        first = next((one for n in cuts if (one := f"{stem[:n]}.yaml") in files), "")
        severity = "quality" if schemas.kind_of(relative) else "data"
    if first not in files or schemas.kind_of(first) is None:
        return None
    message = f"this looks like a second version of {first}, kept where two people or computers had changed it"
    hint = f"compare the two, take over into {first} what is missing there, and move this file out of this folder"
    return Problem.of_file(shown, severity, "file-unknown", message, hint)


def unknown(relative: str, shown: str, schemas: Schemas) -> Problem:
    """A file that no kind of record has the name of."""
    if relative.lower().endswith(_WRONG_ENDS):
        right, _, end = relative.rpartition(".")
        return _wrong_end(shown, right, end, "data")
    meant = schemas.suggest(relative)
    hint = (
        f"did you mean {meant}?"
        if meant
        else "rename it to one of the names in the README, or move it out of this folder"
    )
    message = "no kind of record has this file name, so it would not be used"
    return Problem.of_file(shown, "data", "file-unknown", message, hint)


def _wrong_end(shown: str, right: str, end: str, severity: str) -> Problem:
    message = f"this file's name ends in .{end}, so it would not be used"
    text = f"rename it to {right}" if end.lower() == "txt" else f"save it as plain text under the name {right}"
    hint = f"{text} (let your file manager show the endings of names), or move it out of this folder"
    return Problem.of_file(shown, severity, "file-unknown", message, hint)


def saved_under_another_ending(files: Collection[str], name: str, schemas: Schemas) -> Iterator[Problem]:
    """A record's name with the ending of a text or a document, where the record is not there: `pupil.txt`."""
    for file in files:
        stem, _, end = file.rpartition(".")
        right = f"{stem}.yaml"
        absent = stem and right not in files and schemas.kind_of(right) is not None
        if absent and end.lower() in _SAVED_AS and (stem == "pupil" or end.lower() == "txt"):
            yield _wrong_end(f"cases/{name}/{file}", right, end, "data" if stem == "pupil" else "quality")
