"""Where a worker merges documents: a folder of its own with the templates of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.documents.catalogue import Document, MergeDesk
from generator.documents.languages.translate import Interpreter
from generator.documents.template_shelf import TemplateShelf
from generator.files import temp_folders
from generator.folder.school_folder import Project
from generator.records.record import Schemas


class MergeBench:
    """Schemas and templates unpacked, kept until the process ends."""

    def __init__(self, files: Mapping[str, dict[str, Any]], templates: Mapping[str, bytes]) -> None:
        self.root = temp_folders.make()
        for name, content in templates.items():
            place = self.root / "templates" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        self.project = Project(self.root, Schemas(files), None, ())
        self.shelf = TemplateShelf((self.root / "templates",))
        self.interpreter = Interpreter(self.project)

    def close(self) -> None:
        """Remove the folder."""
        temp_folders.drop(self.root)

    def merge(self, case: Case, pack: Pack, document: Document, photos: Mapping[str, bytes]) -> bytes:
        """The Word file of a document. Raises Stop where its template, or its language, does not do."""
        places = {self.root / "cases" / case.name / name: content for name, content in photos.items()}
        for place, content in places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        try:
            return self.interpreter.write(MergeDesk(self.project, case, pack, self.shelf), document)
        finally:
            for place in places:
                place.unlink()
