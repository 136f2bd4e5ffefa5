"""What documents print of needs and outcomes: what each rests on, and where the pupil newest was on the way to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.cases.case import Case
from generator.cases.family.people import first_name
from generator.cases.vocabulary import AREA_NOT_KNOWN, AREAS, PFA
from generator.documents.printed_facts.newest_results import newest_results
from generator.documents.printed_facts.pupil_facts import View
from generator.values.parsing import NOT_KNOWN


def names_of(case: Case) -> dict[str, Any]:
    """What needs, outcomes, services, evidence and support are called, by their ids.

    The id of something that is withheld from a reader is empty where their copy is made, and so is its name.
    """
    pupil, plan = case.data("pupil"), case.data("plan")
    provision = [row for record in case.cycles for row in record.data["plan"]["provision"]]
    named = {
        "need_names": {row["id"]: str(row["title"]) for row in pupil.get("needs", ())},
        "outcome_names": {row["id"]: str(row["text"]) for row in plan.get("outcomes", ())},
        "agency_names": {row["id"]: str(row["service"]) for row in pupil.get("agencies", ())},
        "evidence_names": {row["id"]: str(row["title"]) for row in case.data("evidence").get("items", ())},
        "provision_names": {row["id"]: str(row["title"]) for row in provision},
    }
    return {kind: {"": "", **names} for kind, names in named.items()}


def areas(case: Case, view: View, on: date) -> list[dict[str, Any]]:
    """Strengths and needs by area, of what was known on a day."""
    pupil, strengths = view(case.one("pupil"), "pupil"), case.data("plan").get("strengths", {})
    rows = []
    for key, title in {**AREAS, NOT_KNOWN: AREA_NOT_KNOWN}.items():
        needs = [need for need in pupil.needs if need.area == key and (need.identified or on) <= on]
        known = strengths.get(key) or "\n".join(str(n.strengths) for n in needs if n.strengths) or None
        if needs or known:
            rows.append({"key": key, "label": title, "strengths": known, "needs": needs})
    return rows


def outcomes(case: Case, cycle: Mapping[str, Any] | None, on: date) -> list[dict[str, Any]]:
    """The outcomes with what each rests on, and the targets and support of a cycle that serve it."""
    needs, first = names_of(case)["need_names"], first_name(case.data("pupil"))
    newest = {row["id"]: newest_results(case, row, on) for row in case.data("plan").get("outcomes", ())}
    parties = {"pupil": first, "parents": "parents", "school": "school", "services": "services"}
    return [
        {
            "id": row["id"],
            "number": number,
            "text": row["text"],
            "by": row["by"],
            "for_pupil": row.get("for_pupil"),
            "baseline": row.get("baseline"),
            "newest": newest[row["id"]],
            "latest": _latest(newest[row["id"]]),
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


def _latest(newest: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """All of them in one line, each with what was counted, and the newest day; nothing where there is none."""
    if not newest:
        return None
    said = "; ".join(f"{one['what']}: {one['result']}" for one in newest)
    return {"date": max(one["date"] for one in newest), "result": said}
