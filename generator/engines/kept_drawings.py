"""An engine that draws nothing twice: what it drew of the same Word file before is kept, the rest goes in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from generator.engines.protocol import Docx, Draft, Engine, Failure, Pdf
from generator.engines.unfinished_drawings import drafts
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
        """What is kept of a document; of one to be drawn `once` only what was drawn once: what follows hangs on it."""
        once = self.kept.get(self._key(document, "measured once"))
        if once is not None and once[1]["rest"] and document.once:
            return replace(self._as_measured(document, once), rest=partial(self._rest, document))
        if document.once and once is None:
            return None
        held = self.kept.get(self._key(document, "measured")) if once is None or once[1]["rest"] else once
        return self._as_measured(document, held) if held else None

    def _as_measured(self, document: Docx, held: tuple[bytes, dict[str, Any]]) -> Draft:
        """As it was measured then; never the finished PDF, whose tags are mended: it may say something else."""
        return Draft(
            document.name,
            held[0],
            int(held[1]["pages"]),
            partial(self._again, document),
            holds_rows=held[1].get("holds_rows", True),
        )

    def _again(self, document: Docx) -> Pdf | Failure:
        return next(self.convert([document]))

    def _rest(self, document: Docx, pages: int) -> Draft | Failure:
        """What was only drawn once is not there to be drawn on: where its end is not kept it is drawn anew, as then."""
        if whole := self._measured(replace(document, once=False)):
            return whole
        [made] = self._new_drafts([document])
        return made.rest(pages) if isinstance(made, Draft) and made.rest else made

    def _new_drafts(self, documents: Sequence[Docx]) -> Iterator[Draft | Failure]:
        self.drawn += [one.name for one in documents]
        for document, made in zip(documents, drafts(self.engine, documents) if documents else (), strict=True):
            yield self._kept_draft(document, made)

    def _kept_draft(self, document: Docx, made: Draft | Failure) -> Draft | Failure:
        """A new draft, kept; what is drawn on of it is kept too."""
        if isinstance(made, Failure):
            return made
        draw_on = made.rest
        if document.once or draw_on is None:
            what = "measured once" if document.once else "measured"
            note = {"pages": made.pages, "rest": draw_on is not None, "holds_rows": made.holds_rows}
            self.kept.put(self._key(document, what), made.content, note)
        rest = partial(self._drawn_on, replace(document, once=False), draw_on) if draw_on else None
        return replace(made, finish=self._finishing(document, made), rest=rest)

    def _drawn_on(self, document: Docx, draw_on: Callable[[int], Draft | Failure], pages: int) -> Draft | Failure:
        return self._kept_draft(document, draw_on(pages))

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
