"""What somebody wrote into the header or footer of a returned form: it belongs to no question, and is told."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator

from generator.documents.languages.language import languages
from generator.documents.languages.translate import Interpreter
from generator.folder.school_folder import Project
from generator.forms.given.blank_form import blank_paper
from generator.forms.given.printed_lines import comparable_line
from generator.forms.returned.lines.of_each_kind.read_returned_word import read_returned_word
from generator.forms.returned.lines.returned_line import ReturnedFile
from generator.forms.returned.recognise import Recognised
from generator.word_files.docx_package import read_package


def written_in_edges(project: Project, recognised: Recognised, returned: ReturnedFile) -> tuple[str, ...]:
    """A note for each line of a header or footer that the form does not print there, whatever its pages are numbered.

    The form is printed anew to be compared with where `recognise` had no need of that, and in other languages only
    where English leaves a line over.
    """
    left = list(returned.edges)
    for ours in _printed(project, recognised) if left else ():
        left = [line for line in left if not any(_alike(line) == _alike(one) or _as_before(line, one) for one in ours)]
        if not left:
            break
    return tuple(f"its header or footer says: {line}" for line in left)


def _printed(project: Project, recognised: Recognised) -> Iterator[tuple[str, ...]]:
    if recognised.word:
        yield _edges(recognised.word)
    interpreter = Interpreter(project)
    for language in ("", *languages(project)):
        paper = blank_paper(project, recognised.case, recognised.form, interpreter, language=language)
        if paper is not None:
            yield _edges(paper.word)


def _edges(word: bytes) -> tuple[str, ...]:
    return read_returned_word(read_package(word)).edges


_MAIL = re.compile(r"\S+@\S+|[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"[\d\s()+-]{5,30}")


def _as_before(line: str, ours: str) -> bool:
    """Whether a line is ours with another telephone, mail or web address: those of the school when it asked."""
    before, now = _BETWEEN.split(line.strip()), _BETWEEN.split(ours.strip())
    if len(before) != len(now):
        return False
    same = [_alike(one) == _alike(other) for one, other in zip(before, now, strict=True)]
    return any(same) and all(map(operator.or_, same, map(_of_one_kind, before, now)))


def _of_one_kind(one: str, other: str) -> bool:
    return any(kind.fullmatch(one) and kind.fullmatch(other) for kind in (_MAIL, _TELEPHONE))


_BETWEEN = re.compile(r"\s+·\s+")
"""What stands between the parts of a line of our house style."""


def _alike(line: str) -> str:
    """A line as it is compared: without the numbers of its pages."""
    return re.sub(r"\d+", "0", comparable_line(line))
