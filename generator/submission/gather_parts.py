"""Which parts go into a bundle, in which order: our documents, the authority's own forms, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.bundle import Part
from generator.cases import case as c
from generator.cases.case import Case
from generator.documents.catalogue import Document, MergeDesk, documents
from generator.documents.printed_facts.evidence_facts import submitted_cycles
from generator.files.spelled_alike import find_file
from generator.problems import FilesHaveErrors
from generator.records.record import Record
from generator.submission.authority_forms import FormInBundle, form_parts
from generator.submission.given_out.day_of_sending import is_late
from generator.submission.parents_copy import BundleReaders, is_theirs
from generator.submission.print_parts import Press


def gather(
    desk: MergeDesk,
    press: Press,
    whose: BundleReaders,
    audience: str,
    receipt: Mapping[str, Any],
    forms: Sequence[FormInBundle],
    evidence: Sequence[Part],
) -> tuple[list[Part], tuple[str, ...]]:
    """The parts of the bundle in the pack's order, and in words which documents were left out and why.

    `receipt` tells what was sent before: what is new since then is late, and goes to the end. `forms` are the
    authority's own, which stand before our documents, or in the place of the one that they name.
    """
    sections = _sections(desk)
    wanted = [d for d in documents(desk.case, desk.pack) if d.section in sections]
    kept, left_out = _choose(desk.case, _by_date(wanted), audience)
    instead = {one.form.instead_of for one in forms}
    kept = [one for one in kept if is_theirs(one, whose) and one.kind not in instead]
    printed = press.documents(_fixed(desk, press, kept))
    parts = [
        Part(
            id=d.id,
            section=sections[d.section],
            title=d.title,
            content=printed[d.id] if d.id in printed else press.numbered(d),
            date=d.date,
            path=d.record.path if d.record else "",
            audience=d.audience,
        )
        for d in kept
    ]
    first = next(iter(sections.values()))
    parts = [*form_parts(forms, desk, press, sections.get("request", first)), *parts, *evidence]
    request = desk.case.data("request")
    parts = [
        replace(part, late=part.id != "request" and is_late(part.id, part.date, request, receipt)) for part in parts
    ]
    order = list(sections.values())
    return sorted(parts, key=lambda part: order.index(part.section)), tuple(left_out)


def _fixed(desk: MergeDesk, press: Press, kept: Sequence[Document]) -> Iterator[Document]:
    """The documents that name no other part; while the last of them are drawn the others are got ready."""
    numbered = []
    for document in kept:
        if desk.refers(document):
            numbered.append(document)
        else:
            yield document
    press.get_ready(numbered)


def _by_date(wanted: Sequence[Document]) -> list[Document]:
    """Documents of which there is one for each record, as of meetings, by date where they share a section."""
    first: dict[str, int] = {}
    places = [first.setdefault(d.section, n) if "each" in d.row else n for n, d in enumerate(wanted)]
    found = sorted(zip(places, wanted, strict=True), key=lambda one: (one[0], one[1].date))
    return [document for _, document in found]


def _choose(case: Case, wanted: Sequence[Document], audience: str) -> tuple[list[Document], list[str]]:
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
        else:
            kept.append(document)
    return kept, left_out


def _sections(desk: MergeDesk) -> dict[str, str]:
    """The titles of the bundle's sections, by id, in their order."""
    return {row["id"]: str(row["title"]) for row in desk.pack.data["bundle"]["sections"]}


def evidence_parts(desk: MergeDesk) -> Iterator[Part]:
    """Each piece of evidence as a part; what is kept out by the record itself is not offered at all."""
    record, sections = desk.case.one("evidence"), _sections(desk)
    if record is None:
        return
    homes = {kind: row for row in desk.pack.data["bundle"]["sections"] for kind in row.get("evidence", ())}
    items = [(number, item) for number, item in enumerate(record.data["items"]) if item.get("include", True)]
    ranks = {kind: number for number, kind in enumerate(homes)}
    items.sort(key=lambda pair: (ranks.get(pair[1]["kind"], len(ranks)), pair[1]["date"]))
    for number, item in items:
        home = homes.get(item["kind"]) or homes.get("other")
        if home is None:
            raise FilesHaveErrors(
                f"The pack {desk.pack.id} has no section for evidence of the kind {item['kind']}.",
                "Name the kind, or other, under evidence: of one of the sections in its pack.yaml.",
            )
        yield _exhibit(desk, record, number, item, sections[home["id"]])


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
        shows=f"{item['author']}{', ' + item['role'] if item.get('role') else ''}: {item['shows']}",
    )
