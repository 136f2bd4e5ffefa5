"""Templates by name: which folder's file counts, and each of them prepared once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.authorities.pack import Pack
from generator.documents.templates.house_style import heading_colour
from generator.documents.templates.render import Template, load_template
from generator.problems import FilesHaveErrors
from generator.word_files.docx_package import read_package


class TemplateShelf:
    """Templates by name, the nearest first: the school's own, the pack's, those it extends; each is prepared once."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._prepared: dict[tuple[Path, Path | None], Template] = {}
        self._colours: dict[Path, str] = {}
        self._places: dict[tuple[str, tuple[str, ...]], Path] = {}

    def find(self, name: str, pack: Pack) -> Path:
        """The file of a template. Raises FilesHaveErrors when no folder has it."""
        key = (name, pack.chain)
        if key in self._places:
            return self._places[key]
        for home in ("school", *pack.chain):
            for folder in self._folders:
                if (folder / home / name).is_file():
                    self._places[key] = folder / home / name
                    return self._places[key]
        looked = ", ".join(f"templates/{home}" for home in ("school", *pack.chain))
        raise FilesHaveErrors(f"There is no template called {name}.", f"It was looked for in {looked}.")

    def colour(self, pack: Pack) -> str:
        """The colour of the house's headings, for charts; empty when its Heading 1 has none of its own."""
        house = self.find("house.docx", pack)
        if house not in self._colours:
            self._colours[house] = heading_colour(read_package(house.read_bytes()))
        return self._colours[house]

    def get(self, name: str, pack: Pack) -> Template:
        """The prepared template, dressed in the nearest house style."""
        key = (self.find(name, pack), self.find("house.docx", pack))
        if key not in self._prepared:
            self._prepared[key] = load_template(*key)
        return self._prepared[key]
