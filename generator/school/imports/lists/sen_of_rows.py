"""SEN as a list's rows tell it: needs by rank, a status for each time, ticks for SEN support and for a plan."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

from generator.school.imports.incoming_pupil import Incoming
from generator.school.imports.lists.value_words import read_status, read_yes_no, status_and_need
from generator.values.parsing import Unreadable

_RANKS = {"primary": 1, "first": 1, "1st": 1, "main": 1, "secondary": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3,
          "p": 1, "s": 2}  # fmt: skip
_SUPPORT = re.compile(r"support|\bk\b", re.IGNORECASE)
_NO_SUPPORT = "no SEN support"
_NOT_SAID = re.compile(r"\W*|n\W*a\W*|not applicable", re.IGNORECASE)


def plain_status(heading: str, text: str) -> str:
    """A status in words where a column by its heading is of SEN support alone and its cell says yes or no.

    No SEN support is a status beside which there may be a plan.
    """
    said = _yes_or_no(text)
    return text if said is None or not _SUPPORT.search(heading) else "K" if said else _NO_SUPPORT


def _yes_or_no(text: str) -> bool | None:
    try:
        return read_yes_no(text)
    except Unreadable:
        return None


def is_tick(text: str) -> bool:
    """True for what stands in a column of one need: a tick, a no, or the need's rank."""
    said = text.casefold()
    return said == "x" or said in _RANKS or said in ("2", "3") or _yes_or_no(text) is not None


def tick_need(one: Incoming, need: str, text: str) -> None:
    """A need from a column of its own: ticked, or with its rank."""
    rank = _RANKS.get(text.casefold()) or (int(text) if text in ("2", "3") else 0)
    if rank or _yes_or_no(text):
        one.needs.append((rank, need))
    elif _yes_or_no(text) is None:
        one.faults.append(f"need {need}: `{text}` is neither yes nor no (write Y or N)")


def two_in_one(one: Incoming) -> None:
    """A status and needs in one cell, as `K - SLCN`, put apart, in the column of either."""
    values = one.values
    status, need = status_and_need(values.get("sen_status", ""))
    if need:
        values["sen_status"] = status
        one.needs.append((0, need))
    status, need = status_and_need(values.get("sen_type", ""))
    if need and _readable(values.get("sen_status", "")) in ("", _readable(status)):
        values["sen_type"] = need
        if not values.get("sen_status"):
            values["sen_status"] = status


def take_sen(one: Incoming) -> None:
    """Put aside what a row says of status and needs, to be settled when all rows of the child are read."""
    _plan(one)
    values = one.values
    status, since, until = (values.pop(name, "") for name in ("sen_status", "sen_from", "sen_to"))
    if status or since or until:
        one.statuses.append((status, since, until, one.where))
    said = values.pop("need_rank", "").strip().rstrip(".").casefold()
    rank = _RANKS.get(said) or (int(said) if said.isdecimal() else 0)
    if said and not rank:
        one.faults.append(f"rank of the need: `{said}` is no rank (write 1 for the primary need, 2 for the secondary)")
    for name, default in (("sen_type", rank), ("sen_type_2", 2), ("sen_type_3", 3)):
        if text := values.pop(name, ""):
            one.needs.append((default, text))


def _plan(one: Incoming) -> None:
    """A column that says yes or no to an EHC plan, put together with the one for SEN."""
    said = one.values.pop("ehc_plan", None)
    status = one.values.get("sen_status", "")
    if said is None:
        if status and _yes_or_no(status) is False and not _readable(status):
            one.values["sen_status"] = "N"
        if _yes_or_no(status) and not _readable(status):
            one.values.pop("sen_status")
            one.faults.append(
                f"SEN status: `{status}` does not say whether it is SEN support or an EHC plan (write K or E)"
            )
        return
    plan = _yes_or_no(said)
    if plan is None:
        plan = _readable(said) == "E"
        if not plan:
            one.faults.append(f"EHC plan: `{said}` is neither yes nor no (write Y or N)")
    held = _readable(status)
    if plan and (held == "K" or (held == "N" and status != _NO_SUPPORT)):
        one.faults.append(f"SEN status: `{status}` and an EHC plan in one row (write {held} or E)")
    elif plan is False and held == "E" and not _NOT_SAID.fullmatch(said):
        one.faults.append(f"SEN status: `{status}` and no EHC plan in one row (write which of them is right)")
    elif plan and (held or status in ("", _NO_SUPPORT) or _yes_or_no(status) is not None):
        one.values["sen_status"] = "E"
    elif not held and _yes_or_no(status):
        one.values["sen_status"] = "K"
    elif not held and status and _yes_or_no(status) is False:
        one.values["sen_status"] = "N"


def _readable(status: str) -> str:
    try:
        return read_status(status) if status else ""
    except Unreadable:
        return ""


def rank_needs(one: Incoming) -> None:
    """The primary need first, then the others; told where more than one comes first."""
    needs = sorted(dict.fromkeys(one.needs), key=lambda need: need[0] or 1)
    kinds = list(dict.fromkeys(text for _, text in needs))
    firsts = Counter(rank or 1 for rank, _ in {text: (rank, text) for rank, text in needs}.values())
    if firsts[1] > 1:
        one.look_at.append("more than one need comes first: look which is the primary one")
    if kinds:
        one.values["sen_type"] = kinds[0]
    if kinds[1:]:
        one.values["sen_type_2"] = "; ".join(kinds[1:])


def settle_statuses(one: Incoming, on: date) -> None:
    """The status held on a day, and those before it; rows that contradict each other are a fault."""
    rows = {row[:3]: row[3] for row in reversed(one.statuses)}
    if not rows:
        return
    if len(rows) == 1:
        _hold(one, *next(iter(rows)), on)
        return
    days = [since for _, since, _ in rows]
    readable = all(status and _readable(status) and _day(since) for status, since, _ in rows)
    if not readable or len(set(days)) < len(days) or not all(_day(until) for _, _, until in rows if until):
        said = ", ".join(f"`{row[0]}` in {where}" for row, where in reversed(rows.items()))
        one.faults.append(f"SEN status: {said}: which is held, and since when?")
        return
    ordered = sorted(rows, key=lambda row: row[1])
    for (status, since, until), (_, later, _) in pairwise(ordered):
        one.history.append((_readable(status), since))
        if until and (date.fromisoformat(later) - date.fromisoformat(until)).days > 1:
            one.history.append(("N", until))
    _hold(one, *ordered[-1], on)


def _hold(one: Incoming, status: str, since: str, until: str, on: date) -> None:
    """One status as the one held, or as ended by a day that has come."""
    ended = bool(_day(until)) and until < on.isoformat()
    if ended and _readable(status) in ("K", "E"):
        one.history.append((_readable(status), since or until))
        status, since = "N", until
    elif until and not _day(until):
        one.faults.append(f"SEN status until: `{until}` is no date")
    for name, text in (("sen_status", status), ("sen_from", since)):
        if text:
            one.values[name] = text


def _day(text: str) -> bool:
    try:
        return bool(text and date.fromisoformat(text))
    except ValueError:
        return False
