"""An engine that draws nothing twice: what it drew of the same Word file before is kept, the rest goes in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from generator.engines.protocol import Docx, Draft, Engine, Failure, Pdf
from generator.engines.unfinished_drawings import as_draft, drafts
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

    def drafts(self, documents: Sequence[Docx]) -> list[Draft | Failure]:
        """As an engine's, with what was drawn or measured before; only what is finished is kept as a result."""
        held = [self._measured(one) for one in documents]
        new = [one for one, found in zip(documents, held, strict=True) if found is None]
        made = iter(self._new_drafts(new))
        return [next(made) if found is None else found for found in held]

    def _measured(self, document: Docx) -> Draft | None:
        if whole := self._before(self._key(document), document.name):
            return as_draft(whole)
        held = self.kept.get(self._key(document, "measured"))
        return Draft(document.name, held[0], int(held[1]["pages"]), lambda: self._again(document)) if held else None

    def _again(self, document: Docx) -> Pdf | Failure:
        return next(self.convert([document]))

    def _new_drafts(self, documents: Sequence[Docx]) -> Iterator[Draft | Failure]:
        self.drawn += [one.name for one in documents]
        for document, made in zip(documents, drafts(self.engine, documents) if documents else (), strict=True):
            if isinstance(made, Draft):
                self.kept.put(self._key(document, "measured"), made.content, {"pages": made.pages})
                yield replace(made, finish=self._finishing(document, made))
            else:
                yield made

    def _finishing(self, document: Docx, made: Draft) -> Callable[[], Pdf | Failure]:
        def finish() -> Pdf | Failure:
            found = made.finish()
            if isinstance(found, Pdf):
                self._keep(self._key(document), found)
            return found

        return finish

    def _key(self, document: Docx, what: str = "drawn") -> str:
        return self.kept.key(document.content, what, document.name, self.about())

    def _keep(self, key: str, made: Pdf) -> None:
        note = {"pages": made.pages, "warnings": [one.as_list() for one in made.warnings]}
        self.kept.put(key, made.content, note)

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        keys = [self._key(one) for one in documents]
        found: list[Pdf | Failure | None] = [
            self._before(key, one.name) for key, one in zip(keys, documents, strict=True)
        ]
        new = [number for number, result in enumerate(found) if result is None]
        if new:
            self.drawn += [documents[number].name for number in new]
            for number, result in zip(new, self._draw([documents[number] for number in new]), strict=True):
                found[number] = result
                if isinstance(result, Pdf):
                    self._keep(keys[number], result)
        return iter([result for result in found if result is not None])

    def _before(self, key: str, name: str) -> Pdf | None:
        held = self.kept.get(key)
        return Pdf(name, held[0], int(held[1]["pages"]), noticed(held[1]["warnings"])) if held else None

    def close(self) -> None:
        self.engine.close()
