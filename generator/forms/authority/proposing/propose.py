"""A field for every place of a form: the rules of each kind of place in turn, then what only the whole form shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.forms.answer_places.place import AnswerPlace
from generator.forms.authority.dictionary import Dictionary
from generator.forms.authority.proposing.numbered_blocks import in_block, numbered_blocks
from generator.forms.authority.proposing.people_of_review import person_of_review, ticked
from generator.forms.authority.proposing.phrases import SIGNATURE, comparable
from generator.forms.authority.proposing.place_context import (
    Context,
    about_of,
    beside_of,
    kind_of_form,
    line_of,
    reader_of,
)
from generator.forms.authority.proposing.proposal import (
    COMPLETE,
    OFFICE_USE,
    UNKNOWN,
    Proposal,
    composite,
    made,
    scored,
)
from generator.forms.authority.proposing.propose_boxes import box, choice, paper_row
from generator.forms.authority.proposing.propose_grids import grid, matrix, numbered_rows
from generator.forms.authority.proposing.propose_signatures import has_signature, name_of_writer, signing
from generator.forms.authority.proposing.whole_form import joined, only_of_a_child, row_key, table_key


def propose(places: Sequence[AnswerPlace], words: Dictionary, titles: Sequence[str] = ()) -> list[Proposal]:
    """A proposal for every place, in order. `titles` are the form's first words and its file's name."""
    form = kind_of_form((*titles, *dict.fromkeys(p.around.section for p in places[:40])))
    beside = beside_of(places)
    after = _followers(places)
    earlier = _earlier(places)
    mates = _mates(places)
    title, reader = titles[0] if titles else "", reader_of(titles)
    contexts = [
        Context(p, words, form, b, n, e, m, title, reader, block)
        for p, b, n, e, m, block in zip(places, beside, after, earlier, mates, numbered_blocks(places), strict=True)
    ]
    found: list[Proposal | None] = [None] * len(places)
    theirs = _office(contexts, found)
    _groups(contexts, found, words, form)
    lines, tables = _alike(contexts, row_key), _alike(contexts, table_key)
    groups = _alike(contexts, lambda place: place.group)
    signed = _Signed(contexts)
    signatures = {id(one): has_signature(one) for one in {id(one): one for one in tables}.values()}
    for number, context in enumerate(contexts):
        if found[number] is None:
            before = _before(found, contexts, number)
            asked_together = groups[number] if context.place.group else []
            by_hand = signatures[id(tables[number])]
            found[number] = _one(context, tables[number], by_hand, lines[number], asked_together, signed, before)
    proposals = only_of_a_child(contexts, titles, joined(contexts, [p or UNKNOWN for p in found]))
    return [
        replace(q, sure=False) if p.facts.get("doubtful") or (table_key(p) in theirs and not q.office) else q
        for p, q in zip(places, proposals, strict=True)
    ]


def _followers(places: Sequence[AnswerPlace]) -> list[int]:
    """For each place how many places follow on its line with nothing but a stroke or room between."""
    counts = []
    for number, place in enumerate(places):
        after = 0
        for other in places[number + 1 :]:
            if line_of(other) != line_of(place) or re.search(r"\w", other.around.before):
                break
            after += 1
        counts.append(after)
    return counts


def _earlier(places: Sequence[AnswerPlace]) -> list[tuple[str, ...]]:
    """For each place the labels of the two rows before it in its table, the nearest first."""
    found = []
    for number, place in enumerate(places):
        before = places[max(0, number - 8) : number]
        if place.kind == "line" and "/w:tr" not in place.where.xpath and not place.where.field:
            # Lines below one another under one heading go on about the same person, as the rows of a table do.
            table = [p.around.before for p in before if _lines_on(p, place)]
        elif place.where.field:
            table = [p.around.left or p.around.above for p in before if _rows_on(p, place)]
        else:
            table = [p.around.left for p in before if table_key(p) == table_key(place)]
        others = [t for t in dict.fromkeys(reversed(table)) if t and t != place.around.left]
        found.append(tuple(others[: 4 if place.kind == "line" else 2]))
    return found


def _lines_on(before: AnswerPlace, place: AnswerPlace) -> bool:
    """True for a line of an earlier paragraph in the same part of the form."""
    one, other = before.where, place.where
    apart = one.paragraph != other.paragraph and one.part == other.part and "/w:tr" not in one.xpath
    return apart and before.kind == "line" and before.around.section == place.around.section


def _rows_on(before: AnswerPlace, place: AnswerPlace) -> bool:
    """True for a field of an earlier row in the same part of a page."""
    same = before.page == place.page and before.around.section == place.around.section
    return same and row_key(before) != row_key(place)


def _mates(places: Sequence[AnswerPlace]) -> list[tuple[str, ...]]:
    """For each place the labels of the places before it in its row, the nearest first."""
    found: list[tuple[str, ...]] = []
    for number, place in enumerate(places):
        row = [p for p in places[max(0, number - 8) : number] if row_key(p) == row_key(place)]
        labels = [p.around.left or p.around.before or p.around.label_inside for p in reversed(row)]
        found.append(tuple(dict.fromkeys(t for t in labels if t and t != place.around.left)))
    return found


def _office(contexts: Sequence[Context], found: list[Proposal | None]) -> set[str]:
    """Office use, with the rest of its row: `Office: band agreed … from … to`. Gives the tables that it heads."""
    rows: set[tuple[str, str]] = set()
    tables = {table_key(c.place) for c in contexts if _heads_office(c.place)}
    for number, context in enumerate(contexts):
        place = context.place
        row = (place.where.part, re.split(r"/w:(?:tc|sdt)(?:\[|$)", place.where.xpath)[0])
        if place.calculated:
            found[number] = Proposal(by_hand="the form works it out itself", certainty=100, sure=True)
        elif (
            context.office
            or (row in rows and "/w:tr" in row[1])
            or (table_key(place) in tables and not place.around.left)
        ):
            found[number] = OFFICE_USE
            rows.add(row)
    return tables


_SCHOOLS_OWN = re.compile(r"\b(?:schools?|settings?|nursery|college|academy|senco|teachers?)[’']?s?\s+use only\b", re.I)


def _heads_office(place: AnswerPlace) -> bool:
    """True for an empty cell behind `Office use only` in a table's first row: rows without labels are theirs."""
    first = re.search(r"/w:tbl(?:\[\d+\])?/w:tr\[1\]/w:tc(?:\[\d+\])?$", place.where.xpath)
    head = place.around.left
    return bool(first) and bool(re.search(r"\buse only\b", head, re.I)) and not _SCHOOLS_OWN.search(head)


def _groups(contexts: Sequence[Context], found: list[Proposal | None], words: Dictionary, form: str) -> None:
    """Grids as wholes: the heads together say which list is meant."""
    groups: dict[str, list[int]] = {}
    single: dict[str, list[int]] = {}
    for number, context in enumerate(contexts):
        place = context.place
        if found[number] is None and (place.kind == "grid column" or place.group.startswith("rows:")):
            groups.setdefault(place.group, []).append(number)
        elif found[number] is None and ":onerow" in place.group:
            single.setdefault(place.group, []).append(number)
    for numbers in single.values():
        if _of_one_person([contexts[n] for n in numbers]) or _ask_each([contexts[n] for n in numbers]):
            continue
        columns = grid([contexts[n] for n in numbers], words, form)
        if sum(p is not None for p in columns) * 3 >= len(numbers) * 2:
            for number, column in zip(numbers, columns, strict=True):
                found[number] = replace(column or UNKNOWN, note="column")
    for name, numbers in groups.items():
        rule: Callable[..., list[Proposal | None]] = numbered_rows if name.startswith("rows:") else grid
        for number, proposal in zip(numbers, rule([contexts[n] for n in numbers], words, form), strict=True):
            if proposal is not None and contexts[number].place.kind == "checkbox":
                proposal = ticked(proposal)
            if name.startswith("rows:") and proposal is None:
                continue
            found[number] = proposal or (UNKNOWN if contexts[number].place.kind == "grid column" else None)


def _ask_each(row: Sequence[Context]) -> bool:
    """True for a single row whose heads ask something each, such as the parts of a profile: no list either."""
    best = [next(iter(scored(c, c.words.entries)), None) for c in row]
    asked = [one for one in best if one is not None and one[0] >= COMPLETE]
    return sum(one[1].own or one[1].about in _OF_ONE for one in asked) * 3 >= len(row) * 2


_OF_ONE = {"profile", "views_child", "views_parents"}
_ONE_EACH = {"head", "senco", "writer", "teacher", "adult", "gp", "social_worker", "virtual_school"}


def _of_one_person(row: Sequence[Context]) -> bool:
    """True for a single row under heads that is signed, or that stands below `Completed by`: no list of several."""
    if any(SIGNATURE.search(c.place.around.above) for c in row):
        return True
    around = row[0].place.around
    for text in (around.higher, around.caption, around.heading, around.section):
        if found := about_of(text, row[0].words):
            return found[0] in _ONE_EACH
    return False


def _alike(contexts: Sequence[Context], key: Callable[[AnswerPlace], str]) -> list[list[Context]]:
    """For each place the places that have its key: those of its row, or of its table."""
    groups: dict[str, list[Context]] = {}
    for context in contexts:
        groups.setdefault(key(context.place), []).append(context)
    return [groups[key(context.place)] for context in contexts]


_SIGNS = re.compile(
    r"\bsign(?:ed|ature)?\b|\bi\b.{0,4}$|\bi\s*(?:/we)?,?\s*(?:agree|consent|give|confirm)\b|^\s*i,?\s*$", re.I
)


class _Signed:
    """Counts the lines on which a parent signs, and beside them those that hold only the box of a consent."""

    def __init__(self, contexts: Sequence[Context]) -> None:
        signed: dict[str, bool] = {}
        for context in contexts:
            around = context.place.around
            told = (around.before, around.left, around.option, around.after if context.place.kind == "checkbox" else "")
            key = row_key(context.place)
            if any(_SIGNS.search(t) for t in told if t) and not _other_signs(context):
                signed[key] = signed.get(key, False) or context.place.kind != "checkbox"
        self.lines = [key for key, is_signed in signed.items() if is_signed]
        self.boxes = [key for key, is_signed in signed.items() if not is_signed]

    def number(self, context: Context) -> int:
        """Which parent's line this is, from 0."""
        key = row_key(context.place)
        if context.number is not None:
            return context.number
        return next((kind.index(key) for kind in (self.lines, self.boxes) if key in kind), 0)


def _other_signs(context: Context) -> bool:
    """True for the line of somebody who is no parent: the head, the SENCO, the child, a teacher."""
    around = context.place.around
    named = about_of(f"{around.before} {around.left}", context.words)
    return bool(set(named) & {"head", "senco", "teacher", "writer"}) or named[:1] == ("child",)


def _before(found: Sequence[Proposal | None], contexts: Sequence[Context], number: int) -> Proposal | None:
    """The proposal of the place before on the same line."""
    if number and contexts[number].beside and found[number - 1]:
        return found[number - 1]
    return None


_GOES_ON = re.compile(
    r"^(?:on|by|in|at|given on|given by|date|if yes,? date|if yes,? when|when|from|hours a week|postcode)\s*:?$", re.I
)


def _one(
    context: Context,
    table: Sequence[Context],
    table_signed: bool,
    line: Sequence[Context],
    group: Sequence[Context],
    signed: _Signed,
    before: Proposal | None,
) -> Proposal | None:
    """One place: what goes on from the place before, a signature, a box, a choice, a cell of a matrix, words."""
    place = context.place
    label = place.around.before or place.around.left
    if (
        before
        and before.then
        and _GOES_ON.match(label.strip())
        and (path := before.then.get(comparable(label))) is not None
    ):
        if not path:
            return before
        return Proposal(
            (path,),
            "date" if path.rpartition(".")[2] in ("date", "decided_with_family") else "text",
            certainty=min(before.certainty, 92),
            sure=before.sure,
            then=before.then,
        )
    if (proposal := signing(context, line, table, table_signed, signed.number(context))) is not None:
        return proposal
    if (known := in_block(context) or person_of_review(context)) is not None:
        return known
    if place.kind == "checkbox":
        return box(context, group)
    if place.kind == "choice" and place.options:
        return choice(context)
    if (page := _page(context)) is not None:
        return page
    writer = None if context.bracketed else name_of_writer(context, line)
    proposal = matrix(context) or writer or made(context, scored(context, context.words.entries))
    if proposal is None or proposal.certainty < COMPLETE:
        proposal = composite(context) or proposal
    twin = next((c for c in line if c is not context and c.own == context.own), None)
    if proposal and twin is not None and context.beside and not place.where.field:
        return replace(UNKNOWN, certainty=40)
    return proposal


def _page(context: Context) -> Proposal | None:
    """A cell for the page of a paper in the bundle."""
    around = context.place.around
    if not re.search(r"\bpages?\b|\bappendix\b", around.above, re.I) or not around.left:
        return None
    paper = paper_row(context, around.left)
    pages = paper.fields[0] if paper else ""
    return Proposal(by_hand="page in the bundle: known when it has been made", certainty=90, sure=True, pages=pages)
