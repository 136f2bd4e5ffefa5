"""Rows for one person each at the review of a plan: `Class teacher`, `Parent`, `Educational psychologist`."""

from __future__ import annotations

from dataclasses import replace

from generator.forms.authority.dictionary import best_code
from generator.forms.authority.proposing.likeness import likeness
from generator.forms.authority.proposing.phrases import core
from generator.forms.authority.proposing.place_context import Context, about_of
from generator.forms.authority.proposing.proposal import SURE, Proposal

_ROLES = {
    "parent": ("mother", "father", "parent", "carer", "parent/carer", "foster carer", "guardian"),
    "child": ("pupil", "child", "young person"),
    "teacher": ("class teacher", "form tutor"),
    "senco": ("SENCO", "SENDCO"),
    "head": ("headteacher", "head teacher", "principal"),
}
_TICKS = {"came or not": "present|online", "report received or not": "received"}
"""What a box in a column wants: the values of our list for which it is ticked."""
_IN_ROWS = {"came or not": "tick each row if", "report received or not": "tick each row if"}


def person_of_review(context: Context) -> Proposal | None:
    """The row of a role in a table of those invited: name, whether they came, whether a report came."""
    around = context.place.around
    listed = next((g for g in context.words.grids if g.name == "review_people"), None)
    if context.form != "review" or listed is None or not (around.left and around.above):
        return None
    roles = _roles(context)
    ranked = sorted(
        ((max(likeness(core(around.above), p) for p in e.phrases), n) for n, e in enumerate(listed.columns)),
        reverse=True,
    )
    points, entry = ranked[0][0], listed.columns[ranked[0][1]]
    if not roles or points < 84 or context.block is not None:
        return None
    fields = tuple(f.replace("[*]", f"[role={'|'.join(roles)}][{context.number or 0}]", 1) for f in entry.fields)
    made = Proposal(
        fields, entry.writing if entry.writing != "each row" else "text", certainty=points, sure=points >= SURE
    )
    return ticked(made) if context.place.kind == "checkbox" else made


def _roles(context: Context) -> tuple[str, ...]:
    """The roles that records may give whom a row is for; nothing for `Other` and for what we do not know."""
    label = context.place.around.left
    role, fit = best_code(label, context.words.professions)
    if fit >= 92:
        return tuple(dict.fromkeys((role, *context.words.professions[role])))
    named = [a for a in about_of(label, context.words) if a in _ROLES]
    return _ROLES[named[0]] if len(named) == 1 and len(core(label)) <= 5 else ()


def ticked(proposal: Proposal, rows: bool = False) -> Proposal | None:
    """The same for a box, or with `rows` for a column of boxes; None where a box cannot say it."""
    if proposal.writing in _TICKS:
        writing = _IN_ROWS[proposal.writing] if rows else "tick if"
        return replace(proposal, writing=writing, wanted=_TICKS[proposal.writing])
    return None
