"""Where a form is signed or a parent consents: names and dates that records hold, and signatures that nobody fills."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.forms.authority.dictionary import best_code
from generator.forms.authority.proposing.phrases import SIGNATURE, SIGNING, comparable, core
from generator.forms.authority.proposing.place_context import Context, about_of
from generator.forms.authority.proposing.proposal import SIGNED_BY_HAND, Proposal

_CAPACITIES = {
    "parent": "parent",
    "child": "pupil",
    "teacher": "class_teacher",
    "senco": "senco",
    "head": "headteacher",
}
_DATE = re.compile(r"\bdate\b|^\s*on\s*:?$|\bdated\b", re.I)
_NAME = re.compile(r"\b(?:print(?:ed)?\s+)?names?\b|^\s*i,?\s*$", re.I)
_ROLE = re.compile(r"\b(?:position|role|designation|capacity|job title)\b", re.I)
_AGREES = re.compile(
    r"\bi\b.{0,4}$|\bi\s*(?:/we)?,?\s*(?:agree|consent|give|confirm|am happy)\b|\bwe (?:agree|consent)\b|\bconsent\b",
    re.I,
)


def signing(
    context: Context, group: Sequence[Context], table: Sequence[Context], table_signed: bool, number: int
) -> Proposal | None:
    """The proposal for a place in a block of signatures or consents; None elsewhere.

    `group` are the places of the same line or row, `table` those of the same table, `table_signed` says whether one of
    those is signed (asked once for all of them), `number` counts the lines of this kind on the form from 0.
    """
    label = _label(context)
    if context.place.how.startswith("digital signature") or (SIGNATURE.search(label) and not _typed(label)):
        return None if _DATE.search(label) and "signature" not in label.lower() else SIGNED_BY_HAND
    if not (table_signed or _in_block(context, group)):
        return None
    who, told = _who(context, group, table)
    if context.place.kind == "checkbox":
        return _agreeing(context, who, number)
    if _bare_role(context, label) and any(
        _NAME.search(_label(c)) or _DATE.search(_label(c)) for c in group if c is not context
    ):
        return SIGNED_BY_HAND
    if _DATE.search(label) and len(core(label)) <= 4:
        return _told(_dated(context, who, number), told)
    if _NAME.search(label) or _typed(label):
        return _told(_named(context, who, number), told)
    if _ROLE.search(label) and len(core(label)) <= 2 and who == "head":
        return Proposal(
            ("request.declaration.capacity",),
            "option",
            options={"Headteacher": "headteacher"},
            certainty=92,
            sure=context.form == "request",
        )
    return None


_BY_SCHOOL = ("request", "top-up", "involvement")


def name_of_writer(context: Context, line: Sequence[Context]) -> Proposal | None:
    """A bare `Name` on a line that asks for a position too: that of whoever fills the form in; a person confirms it."""
    label = _label(context)
    bare = bool(_NAME.search(label)) and set(core(label)) <= {"name", "print", "full", "printed"}
    if not bare or context.form not in _BY_SCHOOL or context.reader or set(context.abouts) - {"request", "papers"}:
        return None
    asked = any(_ROLE.search(_label(c)) and len(core(_label(c))) <= 2 for c in line if c is not context)
    return Proposal(("request.completed_by.name",), certainty=80) if asked else None


def _typed(label: str) -> bool:
    return bool(re.search(r"\btyped? name\b|\bname of .{2,40} as signature\b", label, re.I))


def _label(context: Context) -> str:
    around = context.place.around
    if around.left and around.above and not around.before and not context.place.where.field:
        return around.above
    return around.before or around.left or around.label_inside or around.option or around.title or around.above


def _in_block(context: Context, group: Sequence[Context]) -> bool:
    around = context.place.around
    told = " ".join((around.section, around.caption, around.left, around.before, around.option, *context.beside))
    return (
        has_signature(group)
        or bool(SIGNING.search(told))
        or bool(re.search(r"\bsignatures?\b|\bsign", around.section, re.I))
    )


def has_signature(group: Sequence[Context]) -> bool:
    """True where one of some places is for a signature."""
    return any(SIGNATURE.search(_label(c)) for c in group)


def _told(proposal: Proposal | None, told: bool) -> Proposal | None:
    """A line that does not say itself whose it is has to be confirmed."""
    return proposal if proposal is None or told or proposal.by_hand else replace(proposal, sure=False)


def _who(context: Context, group: Sequence[Context], table: Sequence[Context]) -> tuple[str, bool]:
    """Whose line it is, and whether line, table or section of signatures says so; a consent is a parent's."""
    around = context.place.around
    line = [
        *context.beside,
        around.before,
        around.left,
        *(c.place.around.before for c in group[:1]),
        *(_label(c) for c in group[:1]),
    ]
    rows = [c.place.around.left for c in table if c.place.around.left]
    signed = bool(SIGNING.search(around.section))
    texts = [*((t, True) for t in (*line, around.caption, *rows)), (around.heading, False), (around.section, signed)]
    for text, told in texts:
        if found := [a for a in about_of(text, context.words) if a in _CAPACITIES or a == "writer"]:
            if "child" in found and len(found) > 1:
                found.remove("child")
            return found[0], told
    if context.reader:
        return context.reader, True
    return ("parent", False) if _AGREES.search(context.everything) else ("", False)


def _bare_role(context: Context, label: str) -> bool:
    found = about_of(label, context.words)
    return (
        bool(found)
        and len(core(label)) <= 3
        and not _NAME.search(label)
        and not _DATE.search(label)
        and found[0] in _CAPACITIES
    )


def _kept_in(context: Context, who: str, number: int) -> str:
    """The record that holds this signature's name and date, or nothing."""
    capacity = _CAPACITIES.get(who, "")
    if context.form in ("plan", "review") and capacity:
        record = "plan" if context.form == "plan" else "annual-review"
        return f"{record}.signatures[capacity={capacity}][0]"
    if context.form == "request" and who == "parent":
        return f"request.consents[{number}]"
    if context.form == "request" and who == "head":
        return "request.declaration"
    if context.form == "involvement" and who == "parent":
        return f"pupil.consents[{number}]"
    return ""


def _dated(context: Context, who: str, number: int) -> Proposal:
    home = _kept_in(context, who, number)
    if not home:
        return Proposal(by_hand="written at the signature", certainty=88, sure=True)
    return Proposal((f"{home}.date",), "date", certainty=90, sure=not home.startswith("pupil.consents"))


def _named(context: Context, who: str, number: int) -> Proposal | None:
    home = _kept_in(context, who, number)
    if home:
        return Proposal((f"{home}.person",), certainty=91, sure=not home.startswith("pupil.consents"))
    names = {
        "head": "school.headteacher.name",
        "senco": "school.senco.name",
        "parent": f"pupil.people[{number}].name",
        "teacher": "pupil.class_teacher",
    }
    if who in names:
        return Proposal((names[who],), certainty=90, sure=who != "parent")
    return None


def _agreeing(context: Context, who: str, number: int) -> Proposal | None:
    """The boxes of a consent: that it is given, and for which services."""
    home = _kept_in(context, "parent", number)
    if not home or (who and who not in ("parent", "child")):
        return None
    around = context.place.around
    code, points = best_code(around.option, context.words.codes["scope"])
    if points >= 95 and len(around.option) < 40:
        return Proposal(
            (f"{home}.scope",), "tick if", code, certainty=points - 4, sure=not home.startswith("pupil.consents")
        )
    if _AGREES.search(around.option) or comparable(around.option) in ("i", ""):
        return Proposal((f"{home}.date",), "tick if there is one", certainty=84, sure=False)
    return None
