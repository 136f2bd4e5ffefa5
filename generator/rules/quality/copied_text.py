"""Nothing copied: not a target that was not met, not a paragraph, not another child's target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.cases.case import file_id, is_reviewed
from generator.records.record import Record
from generator.rules.grammar.quoted_text import normal, outside_quotes
from generator.rules.quality.plain_english import texts, texts_under
from generator.rules.quality.smart_targets import aims
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.parsing import Keys
from generator.values.text_flow import is_table


@rule(
    id="target-copied",
    severity="quality",
    source="Islington Council wants to see what was adapted; SEND Code of Practice 6.53-6.56: revise",
    covers=("S2-4", "S3-6"),
    why="The same target again after “not met” shows that nothing was learned from the review.",
    good="not met: 20-word sets → next cycle: ten-word sets, mornings (and `change` says so)",
    bad="not met → the same target, and `change` is empty",
)
def copied(view: View) -> Iterator[Finding]:
    """A target that was not met comes back only with a change."""
    missed: dict[str, Record] = {}
    for cycle in view.case.cycles:
        plan = cycle.data["plan"]
        for number, target in enumerate(plan["targets"]):
            before = missed.get(_fingerprint(target)) if missed else None
            if before and "change" not in plan:
                yield Finding(
                    cycle,
                    ("plan", "targets", number, "text"),
                    f"the target {target['id']} is copied unchanged from {before.data['title']}, where it was not met",
                    "make the step smaller, or say under `change` what is done differently this time",
                )
        if is_reviewed(cycle.data):
            failed = {row["target"] for row in cycle.data["review"]["targets"] if row["status"] == "not_met"}
            missed |= {_fingerprint(target): cycle for target in plan["targets"] if target["id"] in failed}


def _fingerprint(target: Any) -> str:
    return normal(f"{target['text']} {target.get('goal', '')}")


_SAID_ANEW = {
    "cycle": (("review",), ("assess",)),
    "meeting": (("going_well",), ("not_going_well",), ("parents_views",), ("pupil_views",)),
    "pupil": (("needs",),),
    "plan": (("outcomes",),),
}
_LONG_ENOUGH = 60


@rule(
    id="text-copied",
    severity="quality",
    source="Good practice; Devon Information Advice and Support: what was tried and what difference it made, over time",
    covers=("S1-22",),
    why="What was true last term is rarely true in the same words now; a pasted paragraph hides that nobody "
    "asked again.",
    good="Each review in its own words.",
    bad="The same three sentences as the parents' view in two reviews.",
)
def duplicate(view: View) -> Iterator[Finding]:
    """No long text twice where each should be said anew."""
    seen: dict[str, tuple[Record, Keys]] = {}
    for record in view.case.written:
        for _, keys, text in texts_under(record, *_SAID_ANEW.get(record.kind, ())):
            if len(text) < _LONG_ENOUGH:
                continue
            words = " ".join(text.casefold().split())
            if words in seen:
                before, place = seen[words]
                where = f"line {before.place(*place).line}" if before is record else f"{file_id(before)}.yaml"
                yield Finding(record, keys, f"this text is the same as in {where}", "say what is so here and now")
            else:
                seen[words] = record, keys


_SHE = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|mum|mummy|mother|dad|daddy|father|brother|sister|gran\w*|nan\w*|aunt\w*|uncle|"
    r"friend|partner|teacher|carer|adult|boy|girl|peer|child|TA)\b",
    re.IGNORECASE,
)


@rule(
    id="wording-pronoun",
    severity="quality",
    source="own check: a target copied from another child's plan usually keeps that child's pronoun",
    covers=("S1-8",),
    why="The wrong “he” or “she” tells the parents that their child's target was written for somebody else.",
    good="pronouns: she/her · Ada checks her work against the card.",
    bad="pronouns: she/her · Will check his work against the card.",
)
def pronoun(view: View) -> Iterator[Finding]:
    """Outcomes and targets use the child's own pronouns."""
    own = str(view.case.data("pupil").get("pronouns", "")).casefold()
    other = _HE if own == "she/her" else _SHE if own == "he/him" else None
    right = _SHE if own == "she/her" else _HE
    for aim in aims(view) if other else ():
        text = outside_quotes(aim.text)
        found = other.search(text) if other else None
        if found and not right.search(text) and not _SOMEBODY_ELSE.search(text):
            yield aim.found(
                "text",
                f"{aim.name} says “{found[0]}”, but {view.first_name}'s pronouns are {own}",
                "was this written for another child?",
            )


@rule(
    id="text-table",
    severity="quality",
    source="sendpack: a table that was pasted into a text loses its columns on paper",
    why="Its rows are printed as lines with a dot between the cells: what belongs to which heading is easily lost.",
    good="The same as lines of a list: - Reading: 12 of 20",
    bad="Two or more lines with tabs or bars between cells",
    covers=("G5",),
)
def pasted_table(view: View) -> Iterator[Finding]:
    """Texts in which a table was pasted."""
    for record in view.case.records:
        for keys, text in texts(record.data):
            paragraphs = re.split(r"\n[ \t]*\n\s*", text.strip("\n")) if "\n" in text else []
            if any(is_table(paragraph.split("\n")) for paragraph in paragraphs):
                yield Finding(
                    record,
                    keys,
                    "a table was pasted into this text; on paper its rows become lines with dots between the cells",
                    "write the rows as lines of a list, each with its heading, or add the table as a file of evidence",
                )


RULES: tuple[Rule, ...] = (copied, duplicate, pronoun, pasted_table)
