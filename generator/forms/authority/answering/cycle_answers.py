"""Answers that a form wants of cycles: from when to when, what changed, targets with results and support."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.forms.authority.answering.writers import Answer, Manner, rows_of, words, writer
from generator.forms.authority.paths import Sources

Row = Mapping[str, Any]

_RESULTS = (("met", "met"), ("partly", "partly met"), ("not_met", "not met"))


def _span(cycle: Row, manner: Manner) -> str:
    ends = words(cycle.get("start"), manner), words(cycle.get("review", {}).get("date"), manner)
    return " – ".join(filter(None, ends))


@writer("from – to")
def _from_to(_: Sources, values: list[Any], manner: Manner) -> Answer:
    cycles = rows_of(values)
    return (
        [_span(c, manner) for c in cycles]
        if isinstance(values[0], list)
        else _span(cycles[0], manner)
        if cycles
        else ""
    )


@writer("what changed")
def _change(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    cycles = rows_of(values)
    return words(cycles[0].get("plan", {}).get("change"), manner) or "First cycle" if cycles else ""


@writer("results and whether it is working")
def _outcome(_: Sources, values: list[Any], manner: Manner) -> Answer:
    said = [_summary(cycle, manner) for cycle in rows_of(values)]
    return said if isinstance(values[0], list) else (said[0] if said else "")


def _summary(cycle: Row, manner: Manner) -> str:
    held = [row.get("status") for row in cycle.get("review", {}).get("targets", ())]
    counted = ", ".join(f"{held.count(key)} {said}" for key, said in _RESULTS if key in held)
    return " ".join(
        filter(None, (f"{counted}." if counted else "", words(cycle.get("review", {}).get("working"), manner)))
    )


@writer("titles of the support")
def _titles(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return ["; ".join(str(p["title"]) for p in cycle["plan"]["provision"]) for cycle in rows_of(values)]


@writer("targets and their results")
def _targets(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return ["\n".join(_target_lines(cycle, manner)) for cycle in rows_of(values)]


def _target_lines(cycle: Row, manner: Manner) -> list[str]:
    """Each target with its result and, in brackets, whether it was met."""
    said = []
    names = {"met": "met", "partly": "partly", "not_met": "not met"}
    for target, row in _reviewed(cycle):
        status = names.get(str(row.get("status", "")), "")
        end = " ".join(filter(None, (words(row.get("result"), manner), f"({status})" if status else "")))
        said.append(f"{words(target.get('text'), manner)} {end}".strip())
    return said


def _reviewed(cycle: Row) -> list[tuple[Row, Row]]:
    """The targets of a cycle with their rows of the review, in the order of the plan."""
    rows = {row.get("target"): row for row in cycle.get("review", {}).get("targets", ())}
    return [(t, rows[t["id"]]) for t in cycle.get("plan", {}).get("targets", ()) if t.get("id") in rows]


@writer("every reviewed target")
def _all_targets(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return [words(t.get("text"), manner) for c in rows_of(values) for t, _ in _reviewed(c)]


@writer("every reviewed target: start")
def _all_starts(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return [_pair(c.get("start"), t.get("baseline"), manner) for c in rows_of(values) for t, _ in _reviewed(c)]


@writer("every reviewed target: end")
def _all_ends(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return [_pair(c["review"].get("date"), r.get("result"), manner) for c in rows_of(values) for _, r in _reviewed(c)]


def _pair(when: Any, what: Any, manner: Manner) -> str:
    return ", ".join(filter(None, (words(when, manner), words(what, manner))))


@writer("every reviewed target: met, partly or not")
def _all_results(_: Sources, values: list[Any], manner: Manner) -> Answer:
    names = manner.options or {"Met": "met", "Partly": "partly", "Not": "not_met"}
    by_code = {code: word for word, code in names.items()}
    return [by_code.get(str(r.get("status", "")), "") for c in rows_of(values) for _, r in _reviewed(c)]


@writer("outcome of each target")
def _outcomes(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    outcomes = {row["id"]: row for row in sources.roots.get("plan", {}).get("outcomes", ())}
    return [words(outcomes.get(row.get("outcome"), {}).get("text"), manner) for row in rows_of(values)]


@writer("support for each target")
def _support(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    given = sources.roots["cycle"].get("plan", {}).get("provision", ())
    return [
        "\n".join(_support_line(p, manner) for p in given if row.get("outcome") in p.get("outcomes", ()))
        for row in rows_of(values)
    ]


@writer("who gives the support for each target")
def _support_who(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    return [_of_each(sources, row, lambda p: words(p.get("delivered_by"), manner)) for row in rows_of(values)]


@writer("how often the support for each target")
def _support_often(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    return [_of_each(sources, row, lambda p: _times(p, manner)) for row in rows_of(values)]


def _of_each(sources: Sources, target: Row, said: Callable[[Row], str]) -> str:
    """One line for each provision of a target's outcome, each line once."""
    given = sources.roots["cycle"].get("plan", {}).get("provision", ())
    lines = [said(p) for p in given if target.get("outcome") in p.get("outcomes", ())]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _times(row: Row, manner: Manner) -> str:
    if row.get("times_a_week") is None or row.get("minutes") is None:
        return ""
    return f"{words(row['times_a_week'], manner)} × {words(row['minutes'], manner)} min"


def _support_line(row: Row, manner: Manner) -> str:
    said = (str(row["title"]), words(row.get("delivered_by"), manner), _times(row, manner))
    return ", ".join(filter(None, said))
