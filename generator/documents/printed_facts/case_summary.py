"""The case on one page: what is asked, both limbs of section 36(8), needs, support, outcomes and views, with pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.cases.case import Case, Data
from generator.cases.vocabulary import AREA_NOT_KNOWN, AREAS
from generator.documents.printed_facts.request_facts import beside_threshold, hours_in_words
from generator.documents.printed_facts.told_once import (
    AGREEMENT,
    COSTS,
    FAMILY_VIEWS,
    HAS_SEN,
    IN_SHORT,
    NEEDS,
    NEEDS_PLAN,
    REASONS,
    SOUGHT,
    VIEWS_ON,
    PartPlace,
    Places,
    carrier,
    child_views,
    headings_told,
)
from generator.values.formatting import and_list, date, money
from generator.values.parsing import NOT_KNOWN
from generator.values.shortening import first_sentences, first_words

_LIMB, _AREA, _OUTCOME, _VIEW = 300, 150, 160, 260
"""Letters that a line of the summary may have: so that all of it is one page, whatever people wrote."""

_OUTCOMES = 4

Part = str | tuple[str, ...]
"""A part of the bundle that a line leads to: its id, or that and headings in it, the one to be preferred first."""

_ANSWER_LAW = "SEND Regulations 2014, regulation 5(3)"


def _cut(text: Any, most: int) -> str:
    """As much of a text as fits into so many letters of a line: whole sentences, else its first words and a sign."""
    return first_sentences(" ".join(str(text or "").split()), most)


def case_summary(case: Case, facts: Mapping[str, Any], places: Places, wanted: str = "") -> list[dict[str, Any]]:
    """Groups of lines for the first page: `head`, and `rows` of `label`, `text` and `refs` (`text`, `link`).

    Every text is somebody's own, cut at a sentence; a line for which nothing is written is not there.
    """
    if case.one("request") is None:
        return []
    plan = carrier(places, wanted)
    groups = (
        ("What is asked", _asked(case, facts, places)),
        ("The two questions of the law (Children and Families Act 2014, section 36(8))", _limbs(case, places)),
        ("Needs", _needs(case, facts, places, plan)),
        ("Support now", _support(facts, places)),
        ("Outcomes we seek", _outcomes(case, facts, places, plan)),
        ("Views", _views(case, facts, places)),
    )
    return [{"head": head, "rows": found} for head, rows in groups if (found := list(rows))]


def _line(text: str, places: Places, parts: Sequence[Part] = (), label: str = "") -> dict[str, Any]:
    """A line with the places to which it leads."""
    named = [(part,) if isinstance(part, str) else part for part in parts]
    found = [places[name].at(*headings) for name, *headings in named if name in places]
    return {"label": label, "text": text, "refs": [{"text": str(place), "link": place.link} for place in found]}


def _told(plan: str, topic: str, ours: str, *closer: str) -> tuple[str, ...]:
    """The plan that carries a topic, or the request, with the heading under which it is told; closer ones first.

    Of several of a plan the first tells the topic itself: needs are not under “Other services”.
    """
    return (plan, *closer, *headings_told(plan, topic)[:1]) if plan else ("request", ours)


def _asked(case: Case, facts: Mapping[str, Any], places: Places) -> Iterator[dict[str, Any]]:
    request = case.data("request")
    asks = (
        "Updated advice"
        if request.get("kind") == "updated_advice"
        else "An assessment of education, health and care needs"
    )
    who = {"school": "the school", "parent": "a parent"}.get(request["made_by"], "the young person")
    to = f" by {facts['authority']}" if facts["authority"] else ""
    yield _line(f"{asks}{to}, asked for by {who}. {_cut(request['reason'], _LIMB)}", places, [("request", REASONS)])
    if facts["answer"]:
        says = f"{facts['authority'] or 'The authority'} says whether it will assess"
        yield _line(f"{says} {facts['answer']['words']} ({_ANSWER_LAW}).", places, label="Answer due")
    if consents := request.get("consents"):
        given = f"{_given(consents)}."
        more = f" Every consent is under “{AGREEMENT}”." if len(given) > _LIMB else ""
        yield _line(first_words(given, _LIMB - len(more)) + more, places, [("request", AGREEMENT)], "Consent")


def _given(consents: Sequence[Data]) -> str:
    """Who consented to the request, by day, and who has not yet: an authority asks for it first.

    Of who gave one consent and not yet another it is said that a part is open.
    """
    people: dict[str, dict[str, None]] = {}
    for row in consents:
        name = " ".join(str(row["person"]).split())
        people.setdefault(f"on {date(row['date'])}" if row.get("date") else "", {})[name] = None
    waiting = people.pop("", {})
    gave = {name for names in people.values() for name in names}
    open_ = {"not yet": [n for n in waiting if n not in gave], "in part not yet": [n for n in waiting if n in gave]}
    return "; ".join(
        [f"given by {and_list(names)} {day}" for day, names in people.items()]
        + [f"{how} given by {and_list(names)}" for how, names in open_.items() if names]
    )


def _limbs(case: Case, places: Places) -> Iterator[dict[str, Any]]:
    request = case.data("request")
    for key, label, heading in (
        ("has_sen", "Has or may have special educational needs", HAS_SEN),
        ("needs_plan", "Provision through an EHC plan may be necessary", NEEDS_PLAN),
    ):
        limb = request[key]
        parts: list[Part] = [("request", heading), *(str(name) for name in limb.get("evidence", ()))]
        yield _line(_cut(limb["text"], _LIMB), places, parts, label)


def _needs(case: Case, facts: Mapping[str, Any], places: Places, plan: str) -> Iterator[dict[str, Any]]:
    said = case.data("request").get("difficulties", {})
    titles = {row["key"]: [str(need.title) for need in row["needs"]] for row in facts["areas"]}
    for area, label in {**AREAS, NOT_KNOWN: AREA_NOT_KNOWN}.items():
        text = _cut(said[area], _AREA) if said.get(area) else first_words("; ".join(titles.get(area, ())), 2 * _AREA)
        if text:
            written = [("request", IN_SHORT, NEEDS)] if plan and said.get(area) else []  # its own words stand there
            yield _line(text, places, [*written, _told(plan, "needs", NEEDS, label)], label)


def _support(facts: Mapping[str, Any], places: Places) -> Iterator[dict[str, Any]]:
    rows, cost = [row for row in facts["provision"] if not row["ended"]], facts["yearly_cost"]
    if rows:
        said = [f"{len(rows)} kind{'s' * (len(rows) != 1)} of support", hours_in_words(facts)]
        text = ", ".join(filter(None, said)) + "."
        cycle = facts.get("cycle") or {}
        if cycle.get("reviewed"):  # as the plan says of the same support
            text = f"{text[:-1]} in {cycle['title']}; it is reviewed, and the next cycle has not begun."
        if cost is not None:
            text += f" Given all year it costs {money(cost)}: {beside_threshold(facts['over_threshold'])}."
        yield _line(text, places, [("request", COSTS)])
    cycles = [cycle for cycle in facts["request_cycles"] if cycle["reviewed"]]
    if cycles:
        results = [t["status_label"].lower() for cycle in cycles for t in cycle["targets"] if t["status_label"]]
        counts = [f"{results.count(name)} {name}" for name in dict.fromkeys(results)]
        text = f"{len(cycles)} reviewed cycle{'s' * (len(cycles) != 1)}"
        text += f" with {len(results)} targets: {and_list(counts)}." if counts else "."
        yield _line(text, places, [f"cycle-{cycle['id']}" for cycle in cycles])


def _outcomes(case: Case, facts: Mapping[str, Any], places: Places, plan: str) -> Iterator[dict[str, Any]]:
    wanted = case.data("request").get("outcomes")
    rows = [row for row in facts["outcomes"] if not wanted or row["id"] in wanted]
    for row in rows[:_OUTCOMES]:
        last = row is rows[min(len(rows), _OUTCOMES) - 1]
        more = f" And {len(rows) - _OUTCOMES} more." if last and len(rows) > _OUTCOMES else ""
        yield _line(_cut(row["text"], _OUTCOME) + more, places, [_told(plan, "outcomes", SOUGHT)] if last else ())


def _views(case: Case, facts: Mapping[str, Any], places: Places) -> Iterator[dict[str, Any]]:
    request = case.data("request")
    child, family = request.get("pupil_views", {}), request.get("parents_views", {})
    if child.get("text"):
        own = child_views(facts["first_name"])
        parts: list[Part] = [("request", own), *(str(name) for name in child.get("evidence", ()))]
        yield _line(_cut(child["text"], _VIEW), places, parts, facts["first_name"])
    field = next((name for name in _WISHES if family.get(name)), "")
    if field:
        parts = [("request", VIEWS_ON[field], FAMILY_VIEWS), *(str(name) for name in family.get("evidence", ()))]
        label = str(family.get("author") or "The family") + _WISHES[field]
        yield _line(_cut(family[field], _VIEW), places, parts, label)


_WISHES = {
    **dict.fromkeys(("support_wanted", "important_now", "future"), ""),
    **{"not_working": ", on what is not working", "working": ", on what is working", "history": "", "other": ""},
}
"""What a family says, what they want first; what is not a wish says what it answers."""


__all__ = ["PartPlace", "case_summary"]
