"""What law and Code want of a request: the two limbs of section 36(8), views, and the heads of evidence as a matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.authorities.pack import Pack
from generator.authorities.requirement import Requirement, at, known, records_filled
from generator.cases.case import Case, Data, file_id, is_reviewed
from generator.values.formatting import and_list

LAW_36_8 = "Children and Families Act 2014 s.36(8)"
CODE_9_14 = "SEND Code 9.14"
HEADS = {
    "attainment": "Academic attainment (or developmental milestones) and rate of progress",
    "nature": "The nature, extent and context of the needs",
    "action": "The action already taken by the school",
    "progress": "Progress made only as the result of much additional support",
    "development": "Physical, emotional and social development and health needs",
}
"""The Code's heads of evidence (9.14), to which every authority pays particular attention."""


def limb_items(case: Case) -> Iterator[Requirement]:
    """The two limbs of section 36(8), each with its reasons and the evidence that bears them out."""
    limbs = (
        ("has_sen", "(a)", "the child has or may have special educational needs"),
        ("needs_plan", "(b)", "it may be necessary for provision to be made through an EHC plan"),
    )
    for name, letter, test in limbs:
        limb = case.data("request").get(name, {})
        text, evidence = known(limb.get("text")), len(limb.get("evidence", ()))
        missing = "no reasons are given" if not text else "" if evidence else "no evidence is named"
        yield Requirement(
            "limb",
            name,
            f"Why {test}",
            not missing,
            f"The test of section 36(8){letter}, that {test}: {missing or f'answered, {evidence} items of evidence'}",
            **at(case, "request", name),
            hint=f"list the ids from evidence.yaml under {name}: evidence" if text else f"say why in {name}: text",
            source=f"{LAW_36_8}{letter}",
            strength="law",
        )


def views_items(case: Case) -> Iterator[Requirement]:
    """The parents' and the child's views, wishes and feelings (section 19)."""
    request = case.data("request")
    parents = request.get("parents_views", {})
    answers = [
        parents.get(key)
        for key in ("history", "working", "not_working", "important_now", "future", "support_wanted", "other")
    ]
    given = any(map(known, answers)) or bool(parents.get("evidence"))
    child = request.get("pupil_views", {})
    heard = known(child.get("text")) or bool(child.get("evidence"))
    for name, title, ready in (("parents_views", "Parents’ views", given), ("pupil_views", "The child’s views", heard)):
        yield Requirement(
            "views",
            name,
            title,
            ready,
            f"{title} are {'there' if ready else 'not in the request'}",
            **at(case, "request", name),
            hint=f"write them under {name}, or name the evidence that holds them; any format will do",
            source="Children and Families Act 2014 s.19",
            strength="law",
        )


@dataclass(frozen=True)
class Criterion:
    """One row of the evidence matrix: what the authority asks itself, and what answers it.

    `evidence` and `cycles` are ids, `fields` are the fields of other records that answer it (`pupil.agencies`), and
    `records` the paths of the files in which they are filled.
    """

    id: str
    text: str
    source: str
    head: str
    evidence: tuple[str, ...]
    cycles: tuple[str, ...]
    fields: tuple[str, ...] = ()
    note: str = ""
    records: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """True when at least one item of evidence, one cycle or one filled field bears on it."""
        return bool(self.evidence or self.cycles or self.fields)


def criteria(case: Case, pack: Pack) -> tuple[Criterion, ...]:
    """The evidence matrix: each criterion of the pack with the evidence, the cycles and the fields that answer it.

    A head of the Code that the pack leaves out is added at the end: no pack can take it away.
    """
    return tuple(_criterion(case, row) for row in criterion_rows(pack))


def criterion_rows(pack: Pack) -> list[Data]:
    """The pack's criteria, and the Code's heads of evidence (9.14) that are not among them."""
    rows: list[Data] = list(pack.data.get("criteria", ()))
    there = {row.get("head") for row in rows}
    left_out = [head for head in HEADS if head not in there]
    return rows + [{"id": head, "text": HEADS[head], "head": head, "source": CODE_9_14} for head in left_out]


def _criterion(case: Case, row: Data) -> Criterion:
    request, head = case.data("request"), str(row.get("head", ""))
    said = [r for r in request.get("criteria", ()) if head and r["head"] == head]
    items = case.data("evidence").get("items", ())
    evidence = [
        *request.get(str(row.get("limb")), {}).get("evidence", ()),
        *(name for r in said for name in r.get("evidence", ())),
        *(item["id"] for item in items if head and head in item.get("heads", ())),
    ]
    cycles = [str(name) for r in said for name in r.get("cycles", ())]
    if head == "action" and not cycles:
        # Reviewed cycles are what was done about it, whether or not the request says so line by line.
        cycles = [file_id(cycle) for cycle in case.cycles if is_reviewed(cycle.data)]
    filled = {str(name): records_filled(case, str(name)) for name in row.get("answered_by", ())}
    return Criterion(
        id=str(row["id"]),
        text=str(row["text"]),
        source=str(row.get("source", "")),
        head=head,
        evidence=tuple(dict.fromkeys(map(str, evidence))),
        cycles=tuple(dict.fromkeys(cycles)),
        fields=tuple(name for name, found in filled.items() if found),
        note=" ".join(str(r["note"]) for r in said if "note" in r),
        records=tuple(dict.fromkeys(record.path for found in filled.values() for record in found)),
    )


def criterion_items(case: Case, pack: Pack) -> Iterator[Requirement]:
    """Whether something answers each criterion that is not one of the limbs."""
    limbs = {str(row["id"]) for row in criterion_rows(pack) if "limb" in row}
    for row in criteria(case, pack):
        if row.id in limbs:
            continue
        counted = and_list(_of(len(ids), *words) for ids, words in _held(row) if ids)
        yield Requirement(
            "criterion",
            row.id,
            row.text,
            row.answered,
            f"{row.text}: {counted or 'nothing answers it yet'}",
            **at(case, "request", "criteria"),
            hint=f"give an item of evidence.yaml the head `{row.head}`, or name a cycle under criteria"
            if row.head
            else "fill in what the authority asks for here",
            source=row.source,
            strength="code" if row.head else "local",
        )


def _held(row: Criterion) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    yield row.evidence, ("piece of evidence", "pieces of evidence")
    yield row.cycles, ("cycle", "cycles")
    yield row.fields, ("answer", "answers")


def _of(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
