"""What families and pupils wrote on forms that came back, for a request that is begun later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.cases.case import Case, Data
from generator.values.formatting import date as in_words

VIEWS = ("parents_views", "pupil_views")


def views_given(case: Case) -> dict[str, dict[str, Any]]:
    """The views for a new request: each field's answers, oldest first, with who and when where there are several.

    Answers that somebody should look at first, and those that went into a field already, are left out.
    """
    found: dict[str, dict[str, Any]] = {}
    for back, answer in _answers(case):
        _, group, field = answer["about"].split(".")
        words = str(answer.get("text", ""))
        held = found.setdefault(group, _begun(group, back))
        if field in held and words not in held[field]:
            held[field] = f"{held[field]}\n\n{back['by']}, {in_words(back['date'])}: {words}"
        else:
            held[field] = words
    return {group: held for group, held in found.items() if group != "pupil_views" or _whole(held)}


def _begun(group: str, back: Data) -> dict[str, Any]:
    begun = {"date": back["date"]}
    return {"author": str(back["by"]), **begun} if group == "parents_views" else begun


def _whole(views: dict[str, Any]) -> bool:
    """True when a pupil's views say how they were found out; their text is then all that was said."""
    if "how" not in views:
        return False
    said = ("likes", "strengths", "helps", "does_not_help")
    views.setdefault("text", "\n\n".join(str(views[key]) for key in said if key in views))
    return bool(views["text"])


def _answers(case: Case) -> Iterator[tuple[Data, Mapping[str, Any]]]:
    rows = [back for record in case.by_kind.get("asked", ()) for back in record.data.get("back", ())]
    for back in sorted((one for one in rows if "by" in one), key=lambda one: one["date"]):
        for answer in back.get("answers", ()):
            keys = str(answer.get("about", "")).split(".")
            wanted = len(keys) == 3 and keys[0] == "request" and keys[1] in VIEWS and keys[2] != "method"
            if wanted and answer.get("text") and not answer.get("doubt") and not answer.get("went_to"):
                yield back, answer
