"""The child's own words speak as the child does: a line about the child in the third person is somebody else's."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cases.case import current_cycle
from generator.cases.child_voice import speaks_of_the_child
from generator.records.record import Record
from generator.rules.quality.plain_english import pupils_views, texts_under
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.parsing import Keys

_OWN = ("important_to_me", "how_to_support_me", "my_goals", "how_i_communicate", "what_i_find_hard", "when_i_am_upset")


@rule(
    id="wording-third-person",
    severity="quality",
    source="Children and Families Act 2014 s.19: views, wishes and feelings; a child’s own paper speaks as the child",
    why="“Get down to her height” in a child’s own plan talks over the child’s head.",
    good="Get down to my height and wait.",
    bad="Get down to her height and wait. (own_words: yes, or in for_pupil)",
    covers=("G4", "L14"),
)
def third_person(view: View) -> Iterator[Finding]:
    """Lines that are the child's own, or that My plan prints, and that speak about the child."""
    pupil = view.case.data("pupil")
    if "forenames" not in pupil:
        return
    for record, keys, text in _own_words(view):
        if speaks_of_the_child(text, pupil):
            yield Finding(
                record,
                keys,
                f"this is {view.first_name}’s own words, and speaks about {view.first_name}",
                "write it as the child would say it, with I and me, or put what others say in quotation marks",
            )


def _own_words(view: View) -> Iterator[tuple[Record, Keys, str]]:
    profile, plan, cycle = view.case.one("profile"), view.case.one("plan"), current_cycle(view.case)
    if profile and profile.data.get("own_words"):
        yield from texts_under(profile, *((key,) for key in _OWN))
    yield from texts_under(profile, ("for_pupil",))
    yield from texts_under(plan, ("aspirations", "for_pupil"), ("responsibilities", "pupil"))
    for number, row in enumerate(plan.data.get("outcomes", ()) if plan else ()):
        if plan and "for_pupil" in row:
            yield plan, ("outcomes", number, "for_pupil"), str(row["for_pupil"])
    for group in ("targets", "provision"):
        for number, row in enumerate(cycle.data["plan"].get(group, ()) if cycle else ()):
            if cycle and "for_pupil" in row:
                yield cycle, ("plan", group, number, "for_pupil"), str(row["for_pupil"])
    for record in view.case.written:
        for keys, views in pupils_views(record):
            if views.get("own_words") and isinstance(views.get("text"), str):
                yield record, (*keys, "text"), views["text"]


RULES: tuple[Rule, ...] = (third_person,)
