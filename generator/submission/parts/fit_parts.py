"""Our documents and the bundle's own pages on as many pages as they may have, drawn at once and never drawn twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from generator.build.draw_documents import SideBySide, ToFit
from generator.bundle import CleanAtOnce
from generator.documents.page_fit import Tried, all_fitted
from generator.documents.page_numbers_apart import page_numbers_apart
from generator.engines import Docx, Draft, Failure, Pdf, as_draft, drafts
from generator.engines.kept_drawings import KeptDrawings
from generator.values.notice import Notice, noticed

Fit = tuple[bytes, Draft]
"""The Word file that fits, and its draft; `finish` gives the PDF."""


@dataclass
class Fitter:
    """Fits Word files: in the processes beside this one where there are any, else with the engine in batches.

    What fitted a Word file before is kept with it, so that no tighter one is tried again; nor is one of a file that
    differs in the figures of its page numbers alone.
    """

    engine: KeptDrawings
    side: SideBySide | None = None

    def fit(self, asked: Iterable[ToFit]) -> list[Fit | Failure]:
        """What fits of each, in their order; they may come one by one, while others are drawn already."""
        found: list[Fit | Failure | None] = []
        new: list[tuple[int, ToFit]] = []

        def unknown() -> Iterator[ToFit]:
            for one in asked:
                found.append(self._before(one))
                known = replace(one, fit=replace(one.fit, tried=self._tried(one))) if one.moves else one
                if found[-1] is None:
                    new.append((len(found) - 1, known))
                    yield known

        made = self._beside(self.side, unknown(), new) if self.side else self._here(list(unknown()))
        for (number, _), result in zip(new, made, strict=True):
            found[number] = result
        return [one for one in found if one is not None]

    def _here(self, asked: Sequence[ToFit]) -> list[Fit | Failure]:
        drawn = drafts(self.engine, [one.fit.asked(one.name, one.word) for one in asked]) if asked else []
        pairs = list(zip(asked, drawn, strict=True))
        fittings = [one.fit.fitting(one.word, made) for one, made in pairs if isinstance(made, Draft)]
        fit = iter(all_fitted(self.engine, fittings))
        return [made if isinstance(made, Failure) else self._fitting(one, *next(fit)) for one, made in pairs]

    def _beside(self, side: SideBySide, asked: Iterable[ToFit], new: list[tuple[int, ToFit]]) -> list[Fit | Failure]:
        results = side.fit(asked)
        made: list[Fit | Failure] = []
        for (_, one), result in zip(new, results, strict=True):
            if result.failed:
                made.append(Failure(one.name, result.failed))
                continue
            self.engine.drawn.append(one.name)
            self._keep_tried(one, result.tried)
            if result.pdf is None:
                finish = self._drawing(one, result.word, result.notices)
                made.append((result.word, Draft(one.name, result.drawn, result.pages, finish, result.notices)))
                continue
            if isinstance(one.then, CleanAtOnce):
                one.then.keep(self.engine.kept, result.pdf.content, result.after)
            self._keep(one, result.word, result.pdf)
            made.append((result.word, as_draft(result.pdf)))
        return made

    def _drawing(self, one: ToFit, word: bytes, notices: tuple[Notice, ...]) -> Callable[[], Pdf | Failure]:
        """A file that was only measured is drawn once more when it is the last version after all.

        What was said of how it fits is said of that drawing too.
        """

        def finish() -> Pdf | Failure:
            made = next(self.engine.convert([Docx(one.name, word)]))
            if isinstance(made, Pdf):
                made = replace(made, warnings=(*made.warnings, *notices))
            return self._kept(one, word, made)

        return finish

    def _fitting(self, one: ToFit, word: bytes, draft: Draft) -> Fit:
        if one.moves:
            self._keep_tried(one, one.fit.tried_of(one.word, word, draft))
        return word, replace(draft, finish=lambda: self._kept(one, word, draft.finish()))

    def _kept(self, one: ToFit, word: bytes, made: Pdf | Failure) -> Pdf | Failure:
        if isinstance(made, Pdf):
            self._keep(one, word, made)
        return made

    # -- what fitted before ------------------------------------------------------------------------------------------

    def _key(self, one: ToFit, what: str) -> str:
        return self.engine.kept.key(one.word, what, one.name, self.engine.about(), one.fit.mark())

    def _tried_key(self, one: ToFit) -> str:
        about = one.name, self.engine.about(), one.fit.mark()
        return self.engine.kept.key(page_numbers_apart(one.word), "tried", *about)

    def _tried(self, one: ToFit) -> Tried | None:
        held = self.engine.kept.get(self._tried_key(one))
        return Tried(**held[1]) if held else None

    def _keep_tried(self, one: ToFit, tried: Tried | None) -> None:
        if tried and tried != one.fit.tried:
            self.engine.kept.put(self._tried_key(one), b"", asdict(tried))

    def _keep(self, one: ToFit, word: bytes, made: Pdf) -> None:
        if one.fit.too_long(made.pages):
            return  # what is said of it names entries of the case
        note = {"pages": made.pages, "warnings": [notice.as_list() for notice in made.warnings]}
        if word != one.word:
            self.engine.kept.put(self._key(one, "tighter"), word, {})
        self.engine.kept.put(self._key(one, "fitted"), made.content, {**note, "tighter": word != one.word})

    def _before(self, one: ToFit) -> Fit | None:
        held = self.engine.kept.get(self._key(one, "fitted"))
        if held is None:
            return None
        content, note = held
        tighter = self.engine.kept.get(self._key(one, "tighter")) if note["tighter"] else (one.word, {})
        if tighter is None:
            return None
        made = Pdf(one.name, content, int(note["pages"]), noticed(note["warnings"]))
        return tighter[0], as_draft(made)
