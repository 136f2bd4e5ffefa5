"""What somebody wrote into the header or footer of a returned form: it belongs to no question, and is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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

    The form is printed anew to be compared with, and in other languages only where English leaves a line over.
    """
    left = list(returned.edges)
    for ours in _printed(project, recognised) if left else ():
        left = [line for line in left if _alike(line) not in ours]
        if not left:
            break
    return tuple(f"its header or footer says: {line}" for line in left)


def _printed(project: Project, recognised: Recognised) -> Iterator[frozenset[str]]:
    interpreter = Interpreter(project)
    for language in ("", *languages(project)):
        paper = blank_paper(project, recognised.case, recognised.form, interpreter, language=language)
        if paper is not None:
            yield _lines(read_returned_word(read_package(paper.word)).edges)


def _lines(edges: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_alike, edges))


def _alike(line: str) -> str:
    """A line as it is compared: without the numbers of its pages."""
    return re.sub(r"\d+", "0", comparable_line(line))
