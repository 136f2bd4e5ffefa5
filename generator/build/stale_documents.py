"""Documents in output/ whose source is gone: a cycle that was deleted, a letter to somebody who left the file."""

from __future__ import annotations

from collections.abc import Iterator

from generator.build.output_folder import Memory
from generator.cases.case import Case
from generator.documents.catalogue import documents
from generator.documents.languages.language import Asked, in_languages, languages
from generator.folder.school_folder import Project


def stale_documents(project: Project, case: Case) -> Iterator[str]:
    """The names of the files in a pupil's output folder that were made from records that are no longer there.

    Nothing is removed: it is said, and such a file is not packed.
    """
    memory = Memory.read(project.root / "output" / case.name)
    if not memory.entries:
        return
    every = in_languages(documents(case, project.pack_of(case)), case, Asked(tuple(languages(project))))
    there = {document.id for document in every}
    for name, entry in sorted(memory.entries.items()):
        if name not in there:
            yield from (file for file in sorted(entry["files"]) if (memory.folder / file).is_file())
