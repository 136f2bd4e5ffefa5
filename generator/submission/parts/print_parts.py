"""Our own documents for a bundle as PDFs: merged, printed and fitted by the same means as in a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from generator.authorities.pack import where_to_send, words_for
from generator.build.draw_documents import SideBySide, ToFit
from generator.bundle import Beside, CleanAtOnce, Foreseen, Found, FrontPage, PageRange, Pages, heading_places, link_to
from generator.documents.catalogue import Document, MergeDesk, worded
from generator.documents.languages.completeness import FAMILY, FIRST_PAGE
from generator.documents.languages.translate import Interpreter, Unfinished, in_language
from generator.documents.page_fit import FitWish
from generator.documents.printed_facts.told_once import COVER, PartPlace, Places
from generator.engines import Docx, Draft, Failure, Pdf, drawn_whole, to_word
from generator.engines.kept_drawings import KeptDrawings
from generator.problems import DocumentsFailed
from generator.submission.parts.fit_parts import Fit, Fitter
from generator.values.notice import Notice, losses

_KEEP_WHOLE = (
    "Look at the document's template, use the other engine (--engine), or accept the loss by name (accept_loss in "
    "request.yaml)."
)


_OUR_PAGES = (COVER, "bundle-contents", "evidence-index")
"""Templates of pages that every bundle has."""


def bundle_title(desk: MergeDesk) -> str:
    """The title on the cover and in the file's properties."""
    return worded(str(desk.pack.data["bundle"]["title"]), words_for(desk.case, desk.pack))


def places_of(pages: Pages) -> dict[str, PartPlace]:
    """Where the parts of a bundle are, as documents say it."""
    return {name: _place_of(name, found) for name, found in pages.items()}


def _place_of(name: str, found: PageRange) -> PartPlace:
    headings = tuple((heading, label, link_to(name, heading)) for heading, label in found.headings)
    return PartPlace(str(found), found.number, found.title, link_to(name), headings)


def _titled(context: Mapping[str, Any], title: str, send: str) -> dict[str, Any]:
    """What a front page shows, with the bundle's title as it is printed: without the name that the file's title has.

    `send` says where the authority takes requests.
    """
    bundle = context.get("bundle")
    return {**context, "bundle": {**bundle, "title": title, "send": send}} if bundle else dict(context)


def _likely(pages: Foreseen | None) -> Foreseen | None:
    return pages if pages and pages.likely else None


def _longest_first(wanted: Sequence[Document], pages: Foreseen) -> list[Document]:
    """So that no processor is left with a long one in the end."""
    found = ((one, pages.pages.get(one.id)) for one in wanted)
    lengths = {one.id: place.last - place.first if place else 0 for one, place in found}
    return sorted(wanted, key=lambda one: -lengths[one.id])


@dataclass
class Press:
    """Turns our documents and the bundle's own pages into PDFs with one engine.

    `words` are the Word files that the PDFs were last made from, by the document's id: an authority that wants Word
    gets the same. `notes` are what is to be said of a document or of the bundle's own pages: that it was tightened, is
    too long, or what the engine noticed.
    """

    desk: MergeDesk
    engine: KeptDrawings
    side: SideBySide | None = None
    accepted: frozenset[str] = frozenset()
    """Documents of which somebody has accepted by name that something is lost."""
    run: Callable[[str, Path, int, int], bool] | None = None
    """Runs a module on a folder with limits: what draws evidence in Word."""
    words: dict[str, bytes] = field(default_factory=dict)
    notes: dict[str, tuple[Notice, ...]] = field(default_factory=dict)
    with_numbers: dict[str, Document] = field(default_factory=dict)
    """Documents that print page numbers of the bundle, by id: they are drawn in one batch with our own pages."""
    _ahead: dict[str, tuple[FrontPage, Fit]] = field(default_factory=dict)
    """What was drawn with foreseen numbers and was not asked for yet, by id."""

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

    def documents(self, wanted: Sequence[Document], foresee: Callable[[bool], Foreseen | None]) -> dict[str, bytes]:
        """Those of our documents that name no other part, as PDFs by id, each on as many pages as it may have.

        The others, and our own pages, are drawn in the same go with the numbers that are foreseen, or measured where
        there are none yet: what is asked for later with these very numbers is there. `foresee` is asked once more
        when the documents are on their way, since more is known then: it may wait for what others do.
        """
        asked: dict[str, FrontPage | None] = {}
        made = self._fitted(self._asked(wanted, foresee, asked))
        fit = dict(zip(asked, made, strict=True))
        self._ahead = {name: (page, fit[name]) for name, page in asked.items() if page is not None}
        return {d.id: self._fit(d, *fit[d.id]).content for d in wanted if d.id in fit and asked[d.id] is None}

    def _asked(
        self, wanted: Sequence[Document], foresee: Callable[[bool], Foreseen | None], asked: dict[str, FrontPage | None]
    ) -> Iterator[ToFit]:
        """What is to be drawn, one by one: the first are drawn while others are merged, the longest first if known.

        Each is noted in `asked`: by its id, with its page where it was drawn ahead.
        """
        pages = _likely(foresee(False))
        numbered = []
        for document in _longest_first(wanted, pages) if pages else wanted:
            if not self.desk.refers(document):
                asked[document.id] = None
                yield self._to_fit(document, self.desk.write(document, bundled=True))
            elif pages:
                asked[document.id] = page = self._with_places(document, pages)
                yield self._page(page)
            else:
                numbered.append(document)
        pages = pages or foresee(True)
        if pages is None:
            self.get_ready(numbered)
            return
        for name, page in ({one.id: self._with_places(one, pages) for one in numbered} | pages.own).items():
            asked[name] = page
            yield self._page(page)

    def _with_places(self, document: Document, pages: Foreseen) -> FrontPage:
        self.with_numbers[document.id] = document
        then = CleanAtOnce(document.title) if pages.likely else None
        return FrontPage(document.id, {"places": places_of(pages.pages)}, then)

    @property
    def measured(self) -> dict[str, int]:
        """On how many pages came what was drawn with foreseen numbers, by id."""
        return {name: draft.pages for name, (_, (_, draft)) in self._ahead.items()}

    def measured_headings(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, Found]:
        """On which pages of what was drawn with foreseen numbers the wanted headings came, by id."""
        there = {name: draft.content for name, (_, (_, draft)) in self._ahead.items() if name in wanted}
        return {
            name: heading_places(content, wanted[name], self.engine.kept) for name, content in there.items() if content
        }

    @property
    def beside(self) -> Beside | None:
        """Where other work than drawing can be done beside this process."""
        return self.side.beside if self.side else None

    @property
    def clean_process(self) -> Callable[..., BaseProcess | None] | None:
        """Begins a function in a process that has loaded what workers need."""
        return self.side.clean_process if self.side else None

    def get_ready(self, numbered: Sequence[Document]) -> None:
        """Load what will be needed to write these and our own pages, where others are at work meanwhile."""
        if self.side is None:
            return
        for page in _OUR_PAGES:
            self.desk.shelf.get(f"{page}.docx", self.desk.pack)
        for document in numbered:
            self.desk.write(document, None, bundled=True)

    def _fitted(self, asked: Iterable[ToFit]) -> list[Fit]:
        """What fits of each. Raises DocumentsFailed with every reason when any cannot be drawn."""
        made = Fitter(self.engine, self.side).fit(asked)
        self._whole([one for one in made if isinstance(one, Failure)])
        return [one for one in made if not isinstance(one, Failure)]

    def _to_fit(self, document: Document, word: bytes) -> ToFit:
        then = CleanAtOnce(document.title)
        return ToFit(document.id, word, FitWish(self.desk.case, document), then)

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
        return drawn_whole(self.engine, [Docx(name, word, foreign=True) for name, word in named], self.run)

    def to_word(self, content: bytes, kind: str) -> bytes | str:
        """Evidence of another text program (odt, rtf, doc) as a Word file, or the reason why there is none."""
        return to_word(self.engine.engine, content, kind)

    def front(self, pages: Sequence[FrontPage]) -> list[Draft]:
        """Cover, contents and index, and documents that name other parts, all in one batch.

        The cover with the case summary is one page, set tighter if need be. They are finished when their numbers hold.
        """
        there = [self._drawn_ahead(page) for page in pages]
        new = iter(self._fitted(self._page(page) for page, one in zip(pages, there, strict=True) if one is None))
        fit = [next(new) if one is None else one for one in there]
        return [
            replace(draft, finish=partial(self._finished, f"{page.name}/{number}", page, word, draft))
            for number, (page, (word, draft)) in enumerate(zip(pages, fit, strict=True))
        ]

    def _drawn_ahead(self, page: FrontPage) -> Fit | None:
        """The page where it was drawn with these very numbers; given once, for a draft is finished once."""
        name = next((name for name, (drawn, _) in self._ahead.items() if drawn == page), None)
        return self._ahead.pop(name)[1] if name else None

    def _page(self, page: FrontPage) -> ToFit:
        return ToFit(page.name, self._written(page), self._fit_wish(page), page.then, moves=True)

    def _finished(self, name: str, page: FrontPage, word: bytes, draft: Draft) -> Pdf:
        if page.name in self.with_numbers:
            return self._fit(self.with_numbers[page.name], word, draft)
        [pdf] = self._whole([draft.finish()])
        self._note(name, page.name, pdf)
        return pdf

    def _fit_wish(self, page: FrontPage) -> FitWish:
        if page.name in self.with_numbers:
            return FitWish(self.desk.case, self.with_numbers[page.name])
        return FitWish(one_page=page.name in (COVER, FAMILY))

    def _spoken(self, page: FrontPage, title: str, on: date, places: Places) -> bytes:
        """The first page of a copy for home in the language of its reader; in English where that lacks a line of it."""
        given, code = _titled(page.context, title, ""), str(page.context["language"])
        document = Document(page.name, page.name, FIRST_PAGE, f"{page.name}.docx", {}, on, language=code)
        try:
            return in_language(Interpreter(self.desk.project), self.desk, document, given, places)
        except Unfinished as said:
            note = Notice(f"The first page is in English: {said}")
            self.notes[page.name] = (note,)
            return self.desk.front(page.name, title, on, given, places)

    def _written(self, page: FrontPage) -> bytes:
        if page.name in self.with_numbers:
            return self.desk.write(self.with_numbers[page.name], page.context["places"], bundled=True)
        on = self.desk.case.data("request")["date"]
        places = places_of(page.context.get("parts", {}))
        title = bundle_title(self.desk)
        send = where_to_send(self.desk.pack) if "authority" in self.desk.readers else ""
        if page.context.get("language"):
            return self._spoken(page, title, on, places)
        return self.desk.front(page.name, title, on, _titled(page.context, title, send), places)
