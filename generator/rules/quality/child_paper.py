"""My plan is the child's own paper: it tells things in the child's words, and in no more than such a reader reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.cases.case import Data, current_cycle, is_reviewed
from generator.cases.child_reads import Reads, reads
from generator.records.record import Record
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list

_SOURCE = (
    "Children and Families Act 2014 s.19; SEND Code 1.1: children take part, with information that they understand"
)


def _running(view: View) -> Record | None:
    cycle = current_cycle(view.case)
    planned = view.case.one("plan") and view.case.one("pupil")
    return cycle if cycle is not None and planned and not is_reviewed(cycle.data) else None


@rule(
    id="my-plan-words",
    severity="quality",
    source=_SOURCE,
    why="What has no words of the child’s, My plan leaves out for the young and tells others as adults wrote it.",
    good="for_pupil: I read 85 words by myself.",
    bad="A target without for_pupil.",
    covers=("L14",),
)
def words_for_child(view: View) -> Iterator[Finding]:
    """The targets and support of the running cycle that have no words of the child's."""
    cycle = _running(view)
    if cycle is None:
        return
    without = [_counted(cycle.data["plan"].get(part, ()), one, many) for part, one, many in _PARTS]
    if any(without):
        yield Finding(
            cycle,
            ("plan", "provision" if without[1] else "targets"),
            f"{and_list([one for one in without if one])} {'has' if without in _SINGLE else 'have'} no words for "
            f"{view.first_name} yet (for_pupil)",
            f"add for_pupil: the same as {view.first_name} would say it, for My plan",
        )


_PARTS = (("targets", "target", "targets"), ("provision", "support", "kinds of support"))
_SINGLE = (["1 target", ""], ["", "1 support"])


def _counted(rows: Sequence[Data], one: str, many: str) -> str:
    left = sum("for_pupil" not in row for row in rows)
    return "" if not left else f"{left} {one if left == 1 else many}"


@rule(
    id="my-plan-length",
    severity="quality",
    source=_SOURCE,
    why="A line that is too long for a reader of that age is not read to its end.",
    good="for_pupil: I put my blue card on the table when I am stuck. (a child of 8)",
    bad="for_pupil: with 25 words for a child of five.",
    covers=("L14",),
)
def short_enough(view: View) -> Iterator[Finding]:
    """Lines for the child that are longer than a reader of that age takes in at once."""
    cycle, pupil = _running(view), view.case.data("pupil")
    if cycle is None or "date_of_birth" not in pupil:
        return
    reader = reads(pupil, view.on)
    for part, _, _ in _PARTS:
        for number, row in enumerate(cycle.data["plan"].get(part, ())):
            if "for_pupil" in row and (finding := _too_long(view, reader, str(row["for_pupil"]))):
                yield Finding(cycle, ("plan", part, number, "for_pupil"), *finding)


def _too_long(view: View, reader: Reads, line: str) -> tuple[str, str] | None:
    count = len(line.split())
    if count <= reader.words:
        return None
    return (
        f"this line has {count} words; a reader of {view.first_name}’s age takes in about {reader.words} at once",
        "say the main thing in fewer words; the rest stands in the plan",
    )


RULES: tuple[Rule, ...] = (words_for_child, short_enough)
