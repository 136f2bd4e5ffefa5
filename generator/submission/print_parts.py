"""Our own documents for a bundle as PDFs: merged, printed and fitted by the same means as in a build."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from generator.authorities.pack import where_to_send, words_for
from generator.bundle import LINK, FrontPage, Pages
from generator.documents.catalogue import Document, MergeDesk, worded
from generator.documents.page_fit import STEPS, Fitting, all_fitted, fitted, tightened, without_leftover
from generator.documents.printed_facts.told_once import COVER, PartPlace, Places
from generator.engines import Docx, Draft, Failure, Pdf, as_draft, drafts, drawn_whole, to_word
from generator.engines.kept_drawings import KeptDrawings
from generator.problems import DocumentsFailed
from generator.values.notice import Notice, losses

_KEEP_WHOLE = (
    "Look at the document's template, use the other engine (--engine), or accept the loss by name (accept_loss in "
    "request.yaml)."
)


def bundle_title(desk: MergeDesk) -> str:
    """The title on the cover and in the file's properties."""
    return worded(str(desk.pack.data["bundle"]["title"]), words_for(desk.case, desk.pack))


def places_of(pages: Pages) -> dict[str, PartPlace]:
    """Where the parts of a bundle are, as documents say it."""
    return {name: PartPlace(str(found), found.number, found.title, LINK + name) for name, found in pages.items()}


def _titled(context: Mapping[str, Any], title: str, send: str) -> dict[str, Any]:
    """What a front page shows, with the bundle's title as it is printed: without the name that the file's title has.

    `send` says where the authority takes requests.
    """
    bundle = context.get("bundle")
    return {**context, "bundle": {**bundle, "title": title, "send": send}} if bundle else dict(context)


@dataclass
class Press:
    """Turns our documents and the bundle's own pages into PDFs with one engine.

    `words` are the Word files that the PDFs were last made from, by the document's id: an authority that wants Word
    gets the same. `notes` are what is to be said of a document or of the bundle's own pages: that it was tightened, is
    too long, or what the engine noticed.
    """

    desk: MergeDesk
    engine: KeptDrawings
    accepted: frozenset[str] = frozenset()
    """Documents of which somebody has accepted by name that something is lost."""
    words: dict[str, bytes] = field(default_factory=dict)
    notes: dict[str, tuple[Notice, ...]] = field(default_factory=dict)
    with_numbers: dict[str, Document] = field(default_factory=dict)
    """Documents that print page numbers of the bundle, by id: they are drawn in one batch with our own pages."""

    def print(self, named: Sequence[tuple[str, bytes]]) -> list[bytes]:
        """One PDF for each Word file. Raises DocumentsFailed with every reason when any cannot be made."""
        return [made.content for made in self._print(named)]

    def _print(self, named: Sequence[tuple[str, bytes]]) -> list[Pdf]:
        return self._whole(list(self.engine.convert([Docx(name, word) for name, word in named])))

    def _whole(self, results: Sequence[Pdf | Failure]) -> list[Pdf]:
        """What was drawn, when all of it was and nothing is lost that nobody accepted."""
        failures = [f"{result.name}: {result.reason}" for result in results if isinstance(result, Failure)]
        if failures:
            raise DocumentsFailed("Some parts of the bundle could not be made: " + "; ".join(failures))
        made = [result for result in results if not isinstance(result, Failure)]
        lost = [f"{pdf.name}: {one}" for pdf in made if pdf.name not in self.accepted for one in losses(pdf.warnings)]
        if lost:
            raise DocumentsFailed("Something of our own documents would be lost: " + "; ".join(lost), _KEEP_WHOLE)
        return made

    def documents(self, wanted: Sequence[Document], places: Places | None = None) -> list[bytes]:
        """Our documents as PDFs, each on as many pages as it may have; `places` are the bundle's parts, where known."""
        words = [self.desk.write(document, places, bundled=True) for document in wanted]
        made = self._print([(document.id, word) for document, word in zip(wanted, words, strict=True)])
        fittings = [
            fitted(self.desk.case, document, word, as_draft(pdf))
            for document, word, pdf in zip(wanted, words, made, strict=True)
        ]
        fit = all_fitted(self.engine, fittings)
        return [self._fit(document, *one).content for document, one in zip(wanted, fit, strict=True)]

    def _fit(self, document: Document, word: bytes, made: Draft) -> Pdf:
        """A document finished; what it was made from is kept, and what is to be said of it."""
        [pdf] = self._whole([made.finish()])
        self.words[document.id] = word
        self._note(document.id, document.title, pdf)
        return pdf

    def _note(self, name: str, title: str, made: Pdf) -> None:
        """Keep what was noticed of the last version of a document."""
        self.notes[name] = tuple(
            Notice(f"{title}{f', page {one.page}' if one.page else ''}: {one}", one.kind, one.page, one.amount)
            for one in made.warnings
        )

    def numbered(self, document: Document) -> Callable[[Pages], FrontPage]:
        """A document that names other parts of the bundle: drawn again, with our own pages, when these are known."""
        self.with_numbers[document.id] = document
        return lambda pages: FrontPage(document.id, {"places": places_of(pages)})

    def convert(self, named: Sequence[tuple[str, bytes]]) -> list[Pdf | Failure]:
        """One PDF for each Word file of evidence with all that was noticed, or the reason why there is none."""
        return drawn_whole(self.engine, [Docx(name, word) for name, word in named])

    def to_word(self, content: bytes, kind: str) -> bytes | str:
        """Evidence of another text program (odt, rtf, doc) as a Word file, or the reason why there is none."""
        return to_word(self.engine.engine, content, kind)

    def front(self, pages: Sequence[FrontPage]) -> list[Draft]:
        """Cover, contents and index, and documents that name other parts, all in one batch.

        The cover with the case summary is one page, set tighter if need be. They are finished when their numbers hold.
        """
        words = [self._written(page) for page in pages]
        drawn = drafts(self.engine, [Docx(page.name, word) for page, word in zip(pages, words, strict=True)])
        made = [one for one in drawn if isinstance(one, Draft)]
        if len(made) < len(drawn):
            self._whole([one for one in drawn if isinstance(one, Failure)])
        fit = all_fitted(self.engine, [self._fitting(*one) for one in zip(pages, words, made, strict=True)])
        return [
            replace(draft, finish=partial(self._finished, f"{page.name}/{number}", page, word, draft))
            for number, (page, (word, draft)) in enumerate(zip(pages, fit, strict=True))
        ]

    def _finished(self, name: str, page: FrontPage, word: bytes, draft: Draft) -> Pdf:
        if page.name in self.with_numbers:
            return self._fit(self.with_numbers[page.name], word, draft)
        [pdf] = self._whole([draft.finish()])
        self._note(name, page.name, pdf)
        return pdf

    def _fitting(self, page: FrontPage, word: bytes, made: Draft) -> Fitting:
        if page.name in self.with_numbers:
            return fitted(self.desk.case, self.with_numbers[page.name], word, made)
        return self._on_one_page(word, made) if page.name == COVER else without_leftover(word, made)

    def _written(self, page: FrontPage) -> bytes:
        if page.name in self.with_numbers:
            return self.desk.write(self.with_numbers[page.name], page.context["places"], bundled=True)
        on = self.desk.case.data("request")["date"]
        places = places_of(page.context.get("parts", {}))
        title = bundle_title(self.desk)
        send = where_to_send(self.desk.pack) if "authority" in self.desk.readers else ""
        return self.desk.front(page.name, title, on, _titled(page.context, title, send), places)

    def _on_one_page(self, word: bytes, made: Draft) -> Fitting:
        for step in STEPS:
            if made.pages == 1:
                break
            tighter = tightened(word, step)
            drawn = yield Docx(made.name, tighter)
            if isinstance(drawn, Failure):
                self._whole([drawn])
            else:
                made = drawn
        return word, made
