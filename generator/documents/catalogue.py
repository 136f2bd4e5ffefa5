"""Which documents a case gets, from which template, and everything that template may print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from generator.authorities.legal_test import Criterion, criteria, criterion_rows
from generator.authorities.local_requirements import local_answers
from generator.authorities.pack import STANDARD, WORD, Pack, authority_name, with_words, words_for
from generator.cases.audience import seen_by_all
from generator.cases.case import Case, document_id, is_drafted, newest_date
from generator.cases.family.contact_details import Reader, contacts_left_out, for_reader
from generator.cases.family.people import name_of_copy
from generator.cases.vocabulary import MEETINGS
from generator.documents.charts.draw_chart import COLOUR
from generator.documents.context import facts
from generator.documents.document import Document as Document
from generator.documents.languages.own_language import in_english, words_in_other_languages
from generator.documents.large_print import enlarged, with_large_print
from generator.documents.printed_facts.printed_case import printed_on
from generator.documents.printed_facts.pupil_facts import Occasion, letters
from generator.documents.printed_facts.told_once import Places, carrier
from generator.documents.short_versions import is_given_out
from generator.documents.symbols import Symbol
from generator.documents.template_shelf import TemplateShelf
from generator.documents.templates.render import Picture, read_picture, render
from generator.documents.withheld_from_home import AT_HOME, as_family, is_withheld, withheld_needs
from generator.files.spelled_alike import find_file
from generator.folder.school_folder import BUILT_IN, Project
from generator.problems import FilesHaveErrors
from generator.records.record import Record

NEWEST_MEETING = "newest-meeting"
"""What a pack writes for the last meeting, as in `newest-meeting.next_meeting`: forms and letters follow from it."""


def documents(case: Case, pack: Pack, only: Sequence[str] = ()) -> list[Document]:
    """Every document whose records are there, in the pack's order; `only` names kinds of document to keep.

    Long and short versions are both there; `given` tells which of them the school gives out.
    """
    rows = [row for row in pack.documents if not only or row["id"] in only]
    made = (document for row in rows for document in _of_row(row, case, pack))
    return [paper for document in made for paper in with_large_print(document, case)]


def _of_row(row: Mapping[str, Any], case: Case, pack: Pack) -> Iterator[Document]:
    if any(case.one(kind) is None for kind in row.get("needs", ())) or any(withheld_needs(row, case)):
        return
    seen = as_family(row, case)
    if "each" in row:
        for record in _in_order(case, row["each"]):
            if _wanted(row, seen, record) and not is_withheld(row, record):
                yield _document(row, seen, pack, record)
    elif _wanted(row, seen, None):
        made = _document(row, seen, pack, None)
        yield from _one_for_each_reader(made, seen) if row.get("letter") else (made,)


def not_for_the_family(case: Case, pack: Pack, only: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    """Papers for the family alone that are not made, as a record is not for them: kind, title, the record's path."""
    rows = [row for row in pack.documents if not only or row["id"] in only]
    found = [(row, record) for row in rows for record in withheld_needs(row, case) if _wanted(row, case, None)]
    words = words_for(case, pack)
    return [(str(row["id"]), worded(str(row["title"]), words), record.path) for row, record in found]


def _in_order(case: Case, kind: str) -> Sequence[Record]:
    ordered = {"cycle": case.cycles, "meeting": case.meetings_and_begun}
    return ordered.get(kind) or case.by_kind.get(kind, ())


def _one_for_each_reader(document: Document, case: Case) -> Iterator[Document]:
    """A letter of its own for each reader: parents who live apart must not learn each other's address.

    The file is named by the reader's id in pupil.yaml, or by the name where the id does not tell who it is, so that
    nobody hands over the wrong one.
    """
    for reader in letters(case, document.date, carers=bool(document.row.get("carers"))):
        suffix = f"-{name_of_copy(reader['id'], case.data('pupil'))}" if reader["id"] else ""
        yield replace(document, id=document.id + suffix, addressee=reader)


def made_from(rows: Iterable[Mapping[str, Any]], kind: str) -> str:
    """The first kind of document made from a kind of record, one of its name first: `plan`, the support plan."""
    made = [str(row["id"]) for row in rows if kind in (row.get("each"), *row.get("needs", ()))]
    return next((name for name in made if kind in name.split("-")), made[0] if made else "")


def _wanted(row: Mapping[str, Any], case: Case, record: Record | None) -> bool:
    condition = row.get("when")
    if not condition:
        return True
    value = _value(condition["field"], case, record)
    return value in condition["is"] if "is" in condition else bool(value)


def _value(dotted: str, case: Case, record: Record | None) -> Any:
    """A value by kind and keys with dots: `plan.parents_informed.letter_date`."""
    kind, *keys = dotted.split(".")
    value: Any = record.data if record and record.kind == kind else case.data(kind)
    if kind == NEWEST_MEETING:
        value = case.meetings[-1].data if case.meetings else {}
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def worded(text: str, words: Mapping[str, str]) -> str:
    """A pack's text with its words put in: `{{ words.support_plan }}`. An unknown word raises FilesHaveErrors."""
    for name in WORD.findall(text):
        if name not in words:
            raise FilesHaveErrors(f"The pack has no word called {name}.", "Add it under words: in its pack.yaml.")
    return with_words(text, words)


def _document(row: Mapping[str, Any], case: Case, pack: Pack, record: Record | None) -> Document:
    title = _kind_of_meeting(row, record) or worded(str(row["title"]), words_for(case, pack))
    own = record.data.get("title") if record else None
    dated = _value(row["date"], case, record) if row.get("date") else None
    return Document(
        id=document_id(str(row["id"]), record),
        kind=row["id"],
        title=f"{title}: {own}" if own and own != title else title,
        template=str(row["template"]),
        row=row,
        date=dated or newest_date(case),
        record=record,
        version=str(_value(row["version"], case, record) or "") if row.get("version") else "",
        status=_status(row, case, record),
        given=is_given_out(row, case, pack),
        kept_to=_kept_to(row, case, record),
    )


def _kind_of_meeting(row: Mapping[str, Any], record: Record | None) -> str:
    """What a meeting is called that shares its paper with reviews: `Parents' evening`; empty for a review."""
    kind = str(record.data["type"]) if record and record.kind == "meeting" else ""
    shared = row.get("when", {}).get("is", ())
    return MEETINGS[kind] if kind not in ("", "review") and kind in shared and "review" in shared else ""


def _kept_to(row: Mapping[str, Any], case: Case, record: Record | None) -> frozenset[str] | None:
    used = [record, *(case.one(kind) for kind in row.get("needs", ()))]
    named = [frozenset(one.data["audience"]) for one in used if one is not None and one.data.get("audience")]
    return frozenset.intersection(*named) if named else None


def _status(row: Mapping[str, Any], case: Case, record: Record | None) -> str:
    """Draft or final as the record says; draft in any case while something that it prints is still to be filled in."""
    used = [record] if record else [case.one(kind) for kind in row.get("needs", ())]
    if any(one is not None and is_drafted(one) for one in used):
        return "draft"
    return str(_value(row["status"], case, record) or "") if row.get("status") else ""


# -- templates --------------------------------------------------------------------------------------------------------


_REFERENCES = ("told_in", "in_bundle", "evidence_pages", "family_pages", ".pages", "facts.summary")
"""Names by which a template says where other parts of the bundle are."""


# -- merging ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MergeDesk:
    """What is needed to write a case's documents: the school's folder, the case, its pack and the templates.

    `readers` are given where only they will read, as in a bundle; a document is else for everybody it is made for.
    `reader` is the one person for whom a copy is made; what goes home is else made so that anybody there may read it.
    """

    project: Project
    case: Case
    pack: Pack
    shelf: TemplateShelf
    readers: frozenset[str] = frozenset()
    reader: Reader | None = None
    summary_first: bool = False
    """True where the bundle is one file, whose first page is the case summary."""

    def write(self, document: Document, places: Places | None = None, bundled: bool = False) -> bytes:
        """The document as a Word file; `places` are the parts of its bundle, where it refers to them.

        `bundled` is for a part of a bundle, whose stamp numbers the pages: it leaves out page numbers of its own.
        """
        template, context = self.shelf.get(document.template, self.pack), self.context(document, places, bundled)
        word = in_english(template, context, self._said_otherwise)
        return enlarged(word) if document.large else word

    @cached_property
    def _needs_in(self) -> str:
        return str(self.pack.data.get("bundle", {}).get("needs_in", ""))

    @cached_property
    def _said_otherwise(self) -> Mapping[str, str]:
        """What was said in another language than English, looked for once for all documents of the case."""
        return words_in_other_languages(self.case)

    def refers(self, document: Document) -> bool:
        """True for a document whose template names other parts of the bundle: it is made again when they move."""
        return any(
            name in part.source for part in self.shelf.get(document.template, self.pack).parts for name in _REFERENCES
        )

    def front(self, name: str, title: str, on: date, given: Mapping[str, Any], places: Places | None = None) -> bytes:
        """A page of the bundle's own, such as its cover, as a Word file."""
        page = Document(name, name, title, f"{name}.docx", {}, on)
        return render(self.shelf.get(page.template, self.pack), {**self.context(page, places, bundled=True), **given})

    def context(self, document: Document, places: Places | None, bundled: bool = False) -> dict[str, Any]:
        """Everything that a template may print, by name."""
        seen = self._seen(document)
        document = _of_case(document, seen)
        case = for_reader(seen, self.reader_of(document))
        own_cycle = document.record if document.record and document.record.kind == "cycle" else None
        known_by = self._known_by(document, places or {})
        occasion = Occasion(
            on=document.date,
            known_by=known_by,
            cycle=own_cycle,
            kind=document.kind,
            places=places or {},
            carries=self._needs_in,
            our_headings=self._carrier_has_our_headings(places or {}),
            summary_first=self.summary_first,
            plan_costs=bool(self.pack.data.get("plan_costs")),
            photo=self._photo(self.case.data("pupil").get("photo")),
            pictures=self._pictures(),
            addressee=document.addressee,
            matrix=_matrix(seen, self.pack),
            asked=tuple(local_answers(seen, self.pack)),
            stages={str(row["id"]): str(row["title"]) for row in self.pack.data.get("ladder", ())},
            readers=self.readers or document.audience,
            reader=self.reader_of(document),
            left_out_people=contacts_left_out(seen, case) if self.reader_of(document) else (),
            colour=self.shelf.colour(self.pack) or COLOUR,
        )
        return {
            **self._records(document, printed_on(case, document.date, known_by)),
            "words": dict(words_for(self.case, self.pack)),
            "document": {
                "id": document.id,
                "kind": document.kind,
                "title": document.title,
                "date": document.date,
                "version": document.version,
                "status": document.status,
                "mark": document.footer,
                "bundled": bundled or bool(places),
                "not_counted": "",  # of papers of the whole school alone
            },
            "facts": facts(case, self.project.view, occasion, self.home_authority),
        }

    def has_our_headings(self, template: str) -> bool:
        """True where a template is the standard one, neither the pack's own nor the school's."""
        return self.shelf.find(template, self.pack).parent == BUILT_IN / "templates" / STANDARD

    def _carrier_has_our_headings(self, places: Places) -> bool:
        """True where the plan that carries the needs of a bundle is made from the standard template."""
        plan = carrier(places, self._needs_in)
        row = next((row for row in self.pack.documents if row["id"] == plan), None)
        return row is not None and self.has_our_headings(str(row["template"]))

    def _known_by(self, document: Document, places: Places) -> date | None:
        """The request's day, for the plan that carries results and reports for the whole bundle; else nothing."""
        asked: date | None = self.case.data("request").get("date")
        return asked if asked and asked > document.date and document.kind == carrier(places, self._needs_in) else None

    def reader_of(self, document: Document) -> Reader | None:
        """For which person a copy is made; None for a paper that the authority or staff read as well."""
        if self.reader is not None:
            return self.reader
        if document.addressee is not None:
            return Reader(str(document.addressee["id"]))
        return Reader() if document.row.get("family") or self.readers == {"parents"} else None

    def _seen(self, document: Document) -> Case:
        """The case as those may see it to whom a document goes home, with the records that it cannot be made without.

        It is the whole case for a paper that others read as well. Records that were only begun are in no other paper.
        """
        made_of = {document.kind, *document.row.get("needs", ()), *([document.record.path] if document.record else ())}
        case = self.case.without_begun(keep=made_of)
        home = AT_HOME & document.written_for
        if self.reader_of(document) is None or not home:
            return case
        return seen_by_all(case, home, self.project.schemas, keep=document.row.get("needs", ()))

    @property
    def home_authority(self) -> str:
        """The name of the authority where the child lives, as its pack gives it where there is one."""
        return authority_name(self.case, self.pack)

    def _records(self, document: Document, case: Case) -> dict[str, Any]:
        view, schemas = self.project.view, self.project.schemas
        given: dict[str, Any] = {"school": view(case.school, "school")}
        for kind in schemas.kinds:
            if kind in ("school", "pack"):
                continue
            name = kind.replace("-", "_")
            own = document.record if document.record and document.record.kind == kind else None
            if schemas.has_many(kind):
                given[f"{name}s"] = [view(record, kind) for record in _in_order(case, kind)]
                given[name] = view(own, kind)
            else:
                given[name] = view(case.one(kind), kind)
        given["evidence"] = given["evidence"].items
        return given

    def _photo(self, photo: Mapping[str, Any] | None) -> Picture | None:
        """A photo that a record names, when the family agreed to its use."""
        if not photo or not photo["consent"]:
            return None
        file = find_file(self.project.cases / self.case.name, str(photo["file"]))
        return read_picture(file.read_bytes(), str(photo["describes"]), f"cases/{self.case.name}/{photo['file']}")

    def _pictures(self) -> list[tuple[str, Picture | Symbol]]:
        """The child's own pictures and the symbols chosen for a word, the longest word first."""
        rows = self.case.data("profile").get("pictures", ())
        found: list[tuple[str, Picture | Symbol | None]] = [
            (str(row["word"]), Symbol(str(row["symbol"])) if "symbol" in row else self._photo(row.get("photo")))
            for row in sorted(rows, key=lambda row: -len(str(row["word"])))
        ]
        return [(word, picture) for word, picture in found if picture is not None]


def _matrix(case: Case, pack: Pack) -> list[Criterion]:
    """The evidence matrix without the limbs of section 36(8), which the request answers on their own."""
    limbs = {str(row["id"]) for row in criterion_rows(pack) if "limb" in row}
    return [row for row in criteria(case, pack) if row.id not in limbs]


def _same(record: Record, case: Case) -> Record | None:
    """The record of a case that stands in the same file; None where the case is without it."""
    return next((one for one in case.records if one.path == record.path), None)


def _of_case(document: Document, case: Case) -> Document:
    """The document with its own record as this case has it, without citations of what the readers do not see."""
    same = _same(document.record, case) if document.record else None
    return replace(document, record=same) if same is not None and same is not document.record else document
