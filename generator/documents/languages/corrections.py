"""Lines of a language written or corrected: the school's own file of it, changed only where something was said anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.documents.languages.language import FOLDER, words_file
from generator.files.atomic_files import digest, write_file
from generator.folder.changing.changes_made import alone
from generator.folder.school_folder import Project
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.record import read_record
from generator.records.yaml_text.yaml_changes import NoPlaceForIt, edited
from generator.records.yaml_text.yaml_reader import read_yaml

_FILLED_IN = re.compile(r"\{\{-?((?:(?!\{\{)[^|}])*+)(?:\||\}\})")
"""What is printed between braces, without its filters: a language may want it in another form."""


@dataclass(frozen=True)
class WordsFile:
    """The file of a language as it is written: where the school's own one is or will be, its bytes, and its data."""

    code: str
    shown: str
    content: bytes
    tree: Mapping[str, Any]

    @property
    def mark(self) -> str:
        """The digest of what was read."""
        return digest(self.content)

    @property
    def wording(self) -> Mapping[str, Any]:
        """The English lines with what stands beside them; None for one that is not filled in."""
        return self.tree.get("wording") or {}


def words_of(project: Project, code: str) -> WordsFile:
    """The file of a language, also one that is not finished. Raises WrongUse, FilesHaveErrors where it is no YAML."""
    shown = f"templates/{FOLDER}/{code}.yaml"
    content = words_file(project, code).read_bytes()
    tree, problems = read_yaml(content, shown)
    if tree is None:
        raise FilesHaveErrors(f"{shown} has errors.", problems=tuple(problems))
    return WordsFile(code, shown, content, tree)


def lost(english: str, said: str) -> list[str]:
    """What the program fills in (`{{ … }}`) and numbers (#) of an English line that a translation does not have."""
    there = filled_in(said)
    missing = [f"{{{{ {one} }}}}" for one in filled_in(english) if one not in there]
    return missing + (["#"] if "#" in english and "#" not in said else [])


def filled_in(line: str) -> list[str]:
    """The expressions that a line prints between braces, each once, without filters and the dashes of Jinja."""
    return list(dict.fromkeys(one.strip().removesuffix("-").strip() for one in _FILLED_IN.findall(line)))


def put_lines(project: Project, code: str, lines: Mapping[str, str], about: Mapping[str, Any], seen: str) -> int:
    """Write translations, and what else is said of a language, into the school's own file; gives how many changed.

    `seen` is the digest of the file that was looked at. One that comes with the program is copied first, and stays as
    it is itself. Raises WrongUse when the file is another by now, a translation lacks what is filled in, or the change
    cannot be made with certainty.
    """
    with alone(project.root):
        return _put_lines(project, words_of(project, code), lines, about, seen)


def _put_lines(project: Project, held: WordsFile, lines: Mapping[str, str], about: Mapping[str, Any], seen: str) -> int:
    if held.mark != seen:
        raise WrongUse("This language’s file was changed meanwhile.", "Look at it again; nothing was written.")
    lines = {english: said for english, said in lines.items() if said != (held.wording.get(english) or "")}
    for english, said in lines.items():
        if said and (missing := lost(english, said)):
            raise WrongUse(
                f"The translation “{said}” lacks {', '.join(missing)}.",
                "That is filled in by the program: keep it, where the language wants it. Nothing was written.",
            )
    wording = {**held.wording, **{english: said or None for english, said in lines.items()}}
    changed = len(lines) + sum(bool(value != held.tree.get(key)) for key, value in about.items())
    if not changed:
        return 0
    try:
        content = edited(held.content, {**held.tree, **about, "wording": wording}, project.schemas.shape("wording"))
    except NoPlaceForIt as error:
        raise WrongUse(f"{held.shown} cannot be changed here: {error}.", "Change it in a text editor.") from None
    _must_be_no_worse(project, held, content)
    write_file(project.root / held.shown, content)
    return changed


def _must_be_no_worse(project: Project, held: WordsFile, content: bytes) -> None:
    """A new mistake is not written; what is still to be written of a language that was just begun is none."""
    before = {problem.message for problem in read_record(held.content, held.shown, "wording", project.schemas)[1]}
    found = read_record(content, held.shown, "wording", project.schemas)[1]
    if fresh := [problem for problem in found if problem.blocks and problem.message not in before]:
        raise WrongUse(_sentences(fresh[0].message), _sentences(fresh[0].hint, "Nothing was written"))


def _sentences(*parts: str) -> str:
    """What a problem says, which begins small and ends without a full stop, as whole sentences."""
    whole = (f"{part[0].upper()}{part[1:]}" for part in parts if part)
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in whole)
