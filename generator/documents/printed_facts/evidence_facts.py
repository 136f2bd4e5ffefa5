"""The evidence of a request as its documents print it: what is sent, where, and what answers each criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from generator.authorities.legal_test import Criterion
from generator.authorities.local_requirements import chosen
from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.documents.printed_facts.pupil_facts import Occasion
from generator.documents.printed_facts.told_once import family_pages, headings_left_out, told_in
from generator.records.record import Record
from generator.values.formatting import label


def in_bundle(item: Data, request: Data) -> bool:
    """True for evidence that goes to the authority: not kept out, and released by name where it is safeguarding."""
    released = {row["evidence"] for row in request.get("release", ())}
    return item.get("include", True) and (item.get("sensitivity") != "safeguarding" or item["id"] in released)


def submitted_cycles(case: Case) -> list[Record]:
    """The cycles that go with the request: those it names, else all reviewed ones."""
    wanted = case.data("request").get("cycles")
    return [r for r in case.cycles if (c.file_id(r) in wanted if wanted else c.is_reviewed(r.data))]


def by_whom(item: Data) -> str:
    """Who made a piece of evidence, with their role: `Ada (Pupil), photographed by Mrs Begum`, not Mrs Begum, Pupil."""
    author, role = str(item["author"]), item.get("role")
    if not role:
        return author
    name, comma, more = author.partition(",")
    return f"{name} ({role}),{more}" if comma else f"{author}, {role}"


def evidence_facts(case: Case, occasion: Occasion, joined: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The evidence and the cycles that are sent, with their pages, and what answers each criterion."""
    request, pages = case.data("request"), {name: place.pages for name, place in occasion.places.items()}
    held = [item for item in case.data("evidence").get("items", ()) if in_bundle(item, request)]
    rows = [
        {
            "id": item["id"],
            "title": item["title"],
            "author": item["author"],
            "role": item.get("role"),
            "by": by_whom(item),
            "date": item["date"],
            "shows": item["shows"],
            "kind_label": label(item["kind"]),
            "pages": pages.get(item["id"], ""),
        }
        for item in held
    ]
    cycles = [{**joined[r.path], "pages": pages.get(f"cycle-{c.file_id(r)}", "")} for r in submitted_cycles(case)]
    return {
        "evidence": rows,
        "evidence_pages": pages,
        "family_pages": family_pages(occasion.places, occasion.carries),
        "in_bundle": {name: str(place) for name, place in occasion.places.items()},
        "told_in": told_in(
            occasion.kind,
            occasion.places,
            occasion.carries,
            occasion.summary_first,
            headings_left_out(case) if occasion.our_headings else None,
        ),
        "request_cycles": cycles,
        "stage_consents": list(_stage_consents(case, occasion.stages)),
        "asked_locally": [_asked(*row) for row in occasion.asked],
        "criteria": [_criterion(row, {r["id"]: r for r in rows}, cycles) for row in occasion.matrix],
    }


def _stage_consents(case: Case, stages: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Each consent that was given for one stage of the authority's ladder, with the stage's title."""
    for row in case.data("pupil").get("consents", ()):
        if "stage" in row:
            given = {key: row[key] for key in ("person", "capacity", "date", "method")}
            stage = stages.get(str(row["stage"]), str(row["stage"]))
            yield {"stage": stage, "statement": row.get("statement"), **given}


def _asked(question: str, answer: str, offered: Sequence[str]) -> dict[str, Any]:
    """A question of the authority's own: its answer, ticked among those on offer where it is one of them."""
    given = chosen(answer, offered)
    options = [{"text": one, "chosen": one == given} for one in offered]
    return {"question": question, "answer": "" if given else answer, "options": options}


def _criterion(row: Criterion, rows: Mapping[str, Any], cycles: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A criterion with the evidence and the cycles that answer it, as far as they are sent."""
    answering = {*row.cycles, *(PurePosixPath(path).stem for path in row.records if "/cycles/" in path)}
    return {
        "head": row.head,
        "text": row.text,
        "source": row.source,
        "evidence": [rows[key] for key in row.evidence if key in rows],
        "cycles": [cycle for cycle in cycles if cycle["id"] in answering],
        "note": row.note or None,
    }
