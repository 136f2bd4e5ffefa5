"""Which parts go into a bundle, in which order: our documents, the authority's own forms, and the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.bundle import Foreseen, Part
from generator.cases import case as c
from generator.cases.family.contact_details import addresses_of
from generator.cases.family.people import first_name
from generator.documents.catalogue import Document, MergeDesk, documents
from generator.documents.printed_facts.evidence_facts import by_whom, submitted_cycles
from generator.documents.printed_facts.told_once import headings_referred_to
from generator.files.spelled_alike import find_file
from generator.records.record import Record
from generator.submission.evidence_order import in_bundle_order
from generator.submission.given_out.day_of_sending import is_late
from generator.submission.parents_copy import BundleReaders, is_theirs
from generator.submission.parts.authority_forms import FormInBundle, form_parts
from generator.submission.parts.print_parts import Press


def gather(
    desk: MergeDesk,
    press: Press,
    whose: BundleReaders,
    audience: str,
    receipt: Mapping[str, Any],
    forms: Sequence[FormInBundle],
    evidence: Sequence[Part],
    foresee: Callable[[Sequence[Part], bool], Foreseen | None],
) -> tuple[list[Part], tuple[str, ...]]:
    """The parts of the bundle in the pack's order, and in words which documents were left out and why.

    `receipt` tells what was sent before: what is new since then is late, and goes to the end. `forms` are the
    authority's own, which stand before our documents, or in the place of the one that they name. `foresee` tells
    where parts will probably be that have no content yet.
    """
    sections = _sections(desk)
    wanted = [d for d in documents(desk.case, desk.pack) if d.section in sections]
    kept, left_out = _choose(desk, _by_date(wanted), audience)
    instead = {one.form.instead_of for one in forms}
    kept = [one for one in kept if is_theirs(one, whose) and one.kind not in instead]
    first = next(iter(sections.values()))
    before = list(form_parts(forms, desk, press, sections.get("request", first)))

    def arranged(ours: Iterable[Part]) -> list[Part]:
        request = desk.case.data("request")
        parts = [
            replace(part, late=part.id != "request" and is_late(part.id, part.date, request, receipt))
            for part in (*before, *ours, *evidence)
        ]
        order = list(sections.values())
        return sorted(parts, key=lambda part: order.index(part.section))

    ours = [
        Part(
            id=d.id,
            section=sections[d.section],
            title=d.title,
            content=b"",
            date=d.date,
            path=d.record.path if d.record else "",
            audience=d.audience,
            headings=headings_referred_to(d.id, first_name(desk.case.data("pupil")), desk.has_our_headings(d.template)),
        )
        for d in kept
    ]
    printed = press.documents(kept, lambda wait: foresee(arranged(ours), wait))
    contents = [printed[d.id] if d.id in printed else press.numbered(d) for d in kept]
    return arranged(replace(o, content=c) for o, c in zip(ours, contents, strict=True)), tuple(left_out)


def _by_date(wanted: Sequence[Document]) -> list[Document]:
    """Documents of which there is one for each record, as of meetings, by date where they share a section."""
    first: dict[str, int] = {}
    places = [first.setdefault(d.section, n) if "each" in d.row else n for n, d in enumerate(wanted)]
    found = sorted(zip(places, wanted, strict=True), key=lambda one: (one[0], one[1].date))
    return [document for _, document in found]


def _choose(desk: MergeDesk, wanted: Sequence[Document], audience: str) -> tuple[list[Document], list[str]]:
    case = desk.case
    cycles = {record.path for record in submitted_cycles(case)}
    kept, left_out = [], []
    for document in wanted:
        record = document.record
        if record and record.kind == "cycle" and record.path not in cycles:
            reviewed = c.is_reviewed(record.data)
            why = "request.yaml does not list it" if reviewed else "it is not reviewed yet"
            left_out.append(f"{document.title}: {why}")
        elif audience not in document.audience:
            left_out.append(f"{document.title}: it is not for the {audience}")
        elif _is_empty(desk, document):
            left_out.append(f"{document.title}: it is begun, and nothing is written in it yet")
        else:
            kept.append(document)
    return kept, left_out


def _is_empty(desk: MergeDesk, document: Document) -> bool:
    """True for a document of a record that was begun and that nobody has written in: it would be an empty form.

    The request itself goes in as it is: without it there is no bundle.
    """
    kind = str(next(iter(document.row.get("needs", ())), ""))
    own = kind if kind == document.kind or kind in document.kind.split("-") else ""  # the chronology is of everything
    record = document.record or desk.case.one(own)
    return record is not None and record.path in desk.case.begun


def _sections(desk: MergeDesk) -> dict[str, str]:
    """The titles of the bundle's sections, by id, in their order."""
    return {row["id"]: str(row["title"]) for row in desk.pack.data["bundle"]["sections"]}


def evidence_parts(desk: MergeDesk) -> Iterator[Part]:
    """Each piece of evidence as a part; what is kept out by the record itself is not offered at all."""
    record = desk.case.one("evidence")
    if record is None:
        return
    for section, number, item in in_bundle_order(record.data["items"], desk.pack):
        yield _exhibit(desk, record, number, item, str(section["title"]))


def _exhibit(desk: MergeDesk, record: Record, number: int, item: Mapping[str, Any], section: str) -> Part:
    place = record.place("items", number, "file")
    return Part(
        id=item["id"],
        section=section,
        title=str(item["title"]),
        content=find_file(desk.project.cases / desk.case.name / "evidence", item["file"]),
        date=item["date"],
        path=record.path,
        line=place.line,
        column=place.column,
        audience=frozenset(item.get("audience", ())),
        sensitivity=item.get("sensitivity", "normal"),
        alt=str(item.get("describes") or item["title"]),
        redact=tuple(str(term) for term in item.get("redact", ())),
        remove_unseen=bool(item.get("remove_unseen", False)),
        addresses=tuple((one.written, one.rest) for one in addresses_of(desk.case)),
        shows=f"{by_whom(item)}: {item['shows']}",
    )
