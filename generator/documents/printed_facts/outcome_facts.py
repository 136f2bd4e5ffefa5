"""What documents print of needs and outcomes: what each rests on, and where the pupil newest was on the way to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.family.people import first_name
from generator.cases.vocabulary import AREAS, PFA
from generator.documents.printed_facts.pupil_facts import View


def names_of(case: Case) -> dict[str, Any]:
    """What needs, outcomes, services, evidence and support are called, by their ids."""
    pupil, plan = case.data("pupil"), case.data("plan")
    provision = [row for record in case.cycles for row in record.data["plan"]["provision"]]
    return {
        "need_names": {row["id"]: str(row["title"]) for row in pupil.get("needs", ())},
        "outcome_names": {row["id"]: str(row["text"]) for row in plan.get("outcomes", ())},
        "agency_names": {row["id"]: str(row["service"]) for row in pupil.get("agencies", ())},
        "evidence_names": {row["id"]: str(row["title"]) for row in case.data("evidence").get("items", ())},
        "provision_names": {row["id"]: str(row["title"]) for row in provision},
    }


def areas(case: Case, view: View, on: date) -> list[dict[str, Any]]:
    """Strengths and needs by area, of what was known on a day."""
    pupil, strengths = view(case.one("pupil"), "pupil"), case.data("plan").get("strengths", {})
    rows = []
    for key, title in AREAS.items():
        needs = [need for need in pupil.needs if need.area == key and (need.identified or on) <= on]
        known = strengths.get(key) or "\n".join(str(n.strengths) for n in needs if n.strengths) or None
        if needs or known:
            rows.append({"key": key, "label": title, "strengths": known, "needs": needs})
    return rows


def outcomes(case: Case, cycle: Mapping[str, Any] | None, on: date) -> list[dict[str, Any]]:
    """The outcomes with what each rests on, and the targets and support of a cycle that serve it."""
    needs, first = names_of(case)["need_names"], first_name(case.data("pupil"))
    parties = {"pupil": first, "parents": "parents", "school": "school", "services": "services"}
    return [
        {
            "id": row["id"],
            "number": number,
            "text": row["text"],
            "by": row["by"],
            "for_pupil": row.get("for_pupil"),
            "baseline": row.get("baseline"),
            "latest": _latest(case, str(row["id"]), on),
            "success_measure": row.get("success_measure"),
            "aspiration": row.get("aspiration"),
            "area_label": AREAS.get(row.get("area", ""), ""),
            "pfa": [PFA[area] for area in row.get("pfa", ())],
            "agreed_with": [parties[who] for who in row.get("agreed_with", ())],
            "needs": [needs.get(need, need) for need in row["needs"]],
            "targets": [t for t in cycle["targets"] if t["outcome_id"] == row["id"]] if cycle else [],
            "provision": [p for p in cycle["provision"] if row["id"] in p["outcome_ids"]] if cycle else [],
        }
        for number, row in enumerate(case.data("plan").get("outcomes", ()), 1)
    ]


def _latest(case: Case, outcome: str, on: date) -> dict[str, Any] | None:
    """Where the pupil newest was on the way to an outcome: results, with the day they are of; nothing before any."""
    found: dict[date, list[str]] = {}
    for record in case.cycles:
        targets = {row["id"] for row in record.data["plan"]["targets"] if row["outcome"] == outcome}
        for day, target, result in _results(record.data):
            if target in targets and day <= on:
                found.setdefault(day, []).append(result)
    newest = max(found, default=None)
    return {"date": newest, "result": "; ".join(found[newest])} if newest else None


def _results(cycle: Data) -> Iterable[tuple[date, str, str]]:
    """What was measured in a cycle, on the way and at its review: the day, the target, the result."""
    for row in cycle.get("do", {}).get("measured", ()):
        yield row["date"], row["target"], str(row["result"])
    if c.is_reviewed(cycle):
        for row in cycle["review"]["targets"]:
            if row.get("result"):
                yield cycle["review"]["date"], row["target"], str(row["result"])
