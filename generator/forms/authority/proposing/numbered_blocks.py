"""Parts of a form that are printed once for each outcome or target: `Outcome 2` and the questions below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.forms.answer_places.place import AnswerPlace
from generator.forms.authority.dictionary import FieldWords, best_code
from generator.forms.authority.proposing.likeness import likeness
from generator.forms.authority.proposing.phrases import core
from generator.forms.authority.proposing.place_context import Context, NumberedPart
from generator.forms.authority.proposing.proposal import SURE, Proposal
from generator.forms.authority.proposing.whole_form import table_key

_HEAD = re.compile(r"\W*(outcome|target)\s*+(?:no\.?|number)?\s*+\(?([1-9])\)?(?![\d./])", re.I)
_LONGEST = 8
"""Places below such a label that may still be about it."""
_LISTS = {("outcome", "review"): "review_outcomes", ("target", "plan"): "targets"}
"""Which of our lists a block is a row of, by its word and the kind of form."""
_LEAST = 84.0


def numbered_blocks(places: Sequence[AnswerPlace]) -> list[NumberedPart | None]:
    """For each place the outcome or target that the last such label in its table or part of the form names."""
    found: list[NumberedPart | None] = []
    last: NumberedPart | None = None
    home, since = "", 0
    for place in places:
        around = place.around
        here = table_key(place) if "/w:tr" in place.where.xpath else f"{place.page}{around.section}"
        head = next(
            (m for t in (around.left, around.before, around.inside, around.caption) if t and (m := _HEAD.match(t))),
            None,
        )
        if head:
            last, home, since = NumberedPart(head[1].lower(), int(head[2]) - 1), here, 0
        elif last is not None and (here != home or since >= _LONGEST):
            last = None
        since += 1
        found.append(last)
    return found


def in_block(context: Context) -> Proposal | None:
    """What a place of such a part asks of its outcome or target; None where our list has no such column."""
    name = _LISTS.get((context.block.word, context.form)) if context.block else None
    listed = next((g for g in context.words.grids if g.name == name), None)
    if context.block is None or listed is None:
        return None
    around = context.place.around
    asked = around.left or around.before or around.label_inside
    ranked = sorted(((_fit(entry, asked), n) for n, entry in enumerate(listed.columns)), reverse=True)
    points, entry = ranked[0][0], listed.columns[ranked[0][1]]
    if _HEAD.match(asked):
        points, entry = 96.0, next(e for e in listed.columns if e.fields[0].endswith((".outcome", ".text")))
    if context.place.kind in ("checkbox", "choice"):
        return _status(context, listed.columns)
    if points < _LEAST or entry.by_hand or entry.writing not in ("text", "each row"):
        return None
    fields = tuple(f.replace("[*]", f"[{context.block.number}]", 1) for f in entry.fields)
    return Proposal(fields, certainty=points, sure=points >= SURE)


def _fit(entry: FieldWords, asked: str) -> float:
    return max((likeness(core(asked), phrase) for phrase in entry.phrases), default=0.0)


def _status(context: Context, columns: Sequence[FieldWords]) -> Proposal | None:
    """A box or choice of met, partly and not: how far the outcome of a review was reached."""
    status = next((e for e in columns if e.fields and e.fields[0].endswith(".status")), None)
    if status is None or context.block is None:
        return None
    fields = tuple(f.replace("[*]", f"[{context.block.number}]", 1) for f in status.fields)
    table = context.words.codes["result"]
    if context.place.kind == "checkbox":
        code, fit = best_code(context.place.around.option, table)
        asked = context.place.around.option.strip().lower()
        if fit < 90 or asked in ("yes", "no"):
            return None
        return Proposal(fields, "tick if", code, certainty=fit, sure=fit >= 95)
    held = {o: best_code(o, table) for o in context.place.options}
    if len({code for code, fit in held.values() if fit >= 90}) < 2 or {o.lower() for o in held} <= {"yes", "no"}:
        return None
    options = {o: code if fit >= 90 else "" for o, (code, fit) in held.items()}
    return Proposal(fields, "option", options=options, certainty=92, sure=all(options.values()))
