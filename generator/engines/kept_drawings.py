"""An engine that draws nothing twice: what it drew of the same Word file before is kept, the rest goes in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.engines.protocol import Docx, Engine, Failure, Pdf
from generator.files.kept_results import KeptResults
from generator.values.notice import noticed

Draw = Callable[[Sequence[Docx]], Sequence[Pdf | Failure]]
"""Draws many documents, in their order; on as many processors as there are."""


class KeptDrawings:
    """Stands in front of an engine; `draw` draws what was not kept, the engine itself where it is not given."""

    def __init__(self, engine: Engine, kept: KeptResults, draw: Draw | None = None) -> None:
        self.engine, self.kept = engine, kept
        self.name = engine.name
        self._draw: Draw = draw or (lambda documents: list(engine.convert(documents)))
        self.drawn: list[str] = []
        """The names of the documents that were drawn anew, as long as this run goes."""

    def about(self) -> str:
        return self.engine.about()

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        keys = [self.kept.key(one.content, "drawn", one.name, self.about()) for one in documents]
        found: list[Pdf | Failure | None] = [
            self._before(key, one.name) for key, one in zip(keys, documents, strict=True)
        ]
        new = [number for number, result in enumerate(found) if result is None]
        if new:
            self.drawn += [documents[number].name for number in new]
            for number, result in zip(new, self._draw([documents[number] for number in new]), strict=True):
                found[number] = result
                if isinstance(result, Pdf):
                    note = {"pages": result.pages, "warnings": [one.as_list() for one in result.warnings]}
                    self.kept.put(keys[number], result.content, note)
        return iter([result for result in found if result is not None])

    def _before(self, key: str, name: str) -> Pdf | None:
        held = self.kept.get(key)
        return Pdf(name, held[0], int(held[1]["pages"]), noticed(held[1]["warnings"])) if held else None

    def close(self) -> None:
        self.engine.close()
