"""A field for every place of a form: the rules of each kind of place in turn, then what only the whole form shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.forms.answer_places.place import AnswerPlace
from generator.forms.authority.dictionary import Dictionary
from generator.forms.authority.proposing.phrases import comparable
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
from generator.forms.authority.proposing.propose_signatures import signing


def propose(places: Sequence[AnswerPlace], words: Dictionary, titles: Sequence[str] = ()) -> list[Proposal]:
    """A proposal for every place, in order. `titles` are the form's first words and its file's name."""
    form = kind_of_form((*titles, *dict.fromkeys(p.around.section for p in places[:40])))
    beside = beside_of(places)
    after = _followers(places)
    earlier = _earlier(places)
    mates = _mates(places)
    title, reader = titles[0] if titles else "", reader_of(titles)
    contexts = [
        Context(p, words, form, b, n, e, m, title, reader)
        for p, b, n, e, m in zip(places, beside, after, earlier, mates, strict=True)
    ]
    found: list[Proposal | None] = [None] * len(places)
    _office(contexts, found)
    _groups(contexts, found, words, form)
    lines = _lines(contexts)
    signed = _Signed(contexts)
    for number, context in enumerate(contexts):
        if found[number] is None:
            found[number] = _one(context, contexts, lines[number], signed, _before(found, contexts, number))
    return _joined(contexts, [p or UNKNOWN for p in found])


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
        table = [p.around.left for p in places[max(0, number - 8) : number] if table_key(p) == table_key(place)]
        others = [t for t in dict.fromkeys(reversed(table)) if t and t != place.around.left]
        found.append(tuple(others[:2]))
    return found


def _mates(places: Sequence[AnswerPlace]) -> list[tuple[str, ...]]:
    """For each place the labels of the places before it in its row, the nearest first."""
    found: list[tuple[str, ...]] = []
    for number, place in enumerate(places):
        row = [p for p in places[max(0, number - 8) : number] if _row_key(p) == _row_key(place)]
        labels = [p.around.left or p.around.before for p in reversed(row)]
        found.append(tuple(dict.fromkeys(t for t in labels if t and t != place.around.left)))
    return found


def _office(contexts: Sequence[Context], found: list[Proposal | None]) -> None:
    """Office use, with the rest of its row: `Office: band agreed … from … to`."""
    rows: set[tuple[str, str]] = set()
    for number, context in enumerate(contexts):
        place = context.place
        row = (place.where.part, re.split(r"/w:(?:tc|sdt)(?:\[|$)", place.where.xpath)[0])
        if place.calculated:
            found[number] = Proposal(by_hand="the form works it out itself", certainty=100, sure=True)
        elif context.office or (row in rows and "/w:tr" in row[1]):
            found[number] = OFFICE_USE
            rows.add(row)


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
        columns = grid([contexts[n] for n in numbers], words, form)
        if sum(p is not None for p in columns) * 3 >= len(numbers) * 2:
            for number, column in zip(numbers, columns, strict=True):
                found[number] = replace(column or UNKNOWN, note="column")
    for name, numbers in groups.items():
        rule: Callable[..., list[Proposal | None]] = numbered_rows if name.startswith("rows:") else grid
        for number, proposal in zip(numbers, rule([contexts[n] for n in numbers], words, form), strict=True):
            if name.startswith("rows:") and (proposal is None or contexts[number].place.kind == "checkbox"):
                continue
            found[number] = proposal or (UNKNOWN if contexts[number].place.kind == "grid column" else None)


def _lines(contexts: Sequence[Context]) -> list[list[Context]]:
    """For each place the places of its own line or row."""
    keys = [_row_key(c.place) for c in contexts]
    return [[c for c, k in zip(contexts, keys, strict=True) if k == key] for key in keys]


def _row_key(place: AnswerPlace) -> str:
    if place.where.field:
        return f"{place.page}:{round((place.where.rect[1] + place.where.rect[3]) / 20)}"
    path = place.where.xpath
    cut = path.rfind("/w:tc")
    if "/w:tr" in path and cut > 0:
        return place.where.part + path[: path.rfind("/w:tr")] + path[path.rfind("/w:tr") : cut]
    return place.where.part + re.split(r"/w:(?:sdt|r)(?:\[|$)", path)[0]


_SIGNS = re.compile(
    r"\bsign(?:ed|ature)?\b|\bi\b.{0,4}$|\bi\s*(?:/we)?,?\s*(?:agree|consent|give|confirm)\b|^\s*i,?\s*$", re.I
)


class _Signed:
    """Counts the lines on which a parent signs or consents."""

    def __init__(self, contexts: Sequence[Context]) -> None:
        self.lines: list[str] = []
        for context in contexts:
            around = context.place.around
            told = (around.before, around.left, around.option, around.after if context.place.kind == "checkbox" else "")
            key = _row_key(context.place)
            if any(_SIGNS.search(t) for t in told if t) and key not in self.lines and not _other_signs(context):
                self.lines.append(key)

    def number(self, context: Context) -> int:
        """Which parent's line this is, from 0."""
        key = _row_key(context.place)
        if context.number is not None:
            return context.number
        return self.lines.index(key) if key in self.lines else 0


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


def table_key(place: AnswerPlace) -> str:
    """The table of a cell, or the place itself."""
    path = place.where.xpath
    return place.where.part + path[: path.rfind("/w:tr")] if "/w:tr" in path else str(place.where.key)


_GOES_ON = re.compile(
    r"^(?:on|by|in|at|given on|given by|date|if yes,? date|if yes,? when|when|from|hours a week|postcode)\s*:?$", re.I
)


def _one(
    context: Context, contexts: Sequence[Context], line: Sequence[Context], signed: _Signed, before: Proposal | None
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
    table = [c for c in contexts if table_key(c.place) == table_key(place)]
    if (proposal := signing(context, line, table, signed.number(context))) is not None:
        return proposal
    if place.kind == "checkbox":
        return box(context, [c for c in contexts if c.place.group == place.group and place.group])
    if place.kind == "choice" and place.options:
        return choice(context)
    if (page := _page(context)) is not None:
        return page
    proposal = matrix(context) or made(context, scored(context, context.words.entries))
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


# -- what the whole form shows ----------------------------------------------------------------------------------------


def _joined(contexts: Sequence[Context], found: list[Proposal]) -> list[Proposal]:
    """Persons counted, repeated lines told from each other, one area's rows taken from one record."""
    found = _postcodes(contexts, _second_lines(contexts, _persons(contexts, found)))
    return _once_a_row(contexts, _same_record(contexts, found))


def _once_a_row(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """A second cell in the row of an answered question has no label of its own: a person says what goes there."""
    done: list[Proposal] = []
    for number, (context, proposal) in enumerate(zip(contexts, found, strict=True)):
        around = context.place.around
        before = range(max(0, number - 4), number)
        same = any(
            found[n].fields == proposal.fields
            and contexts[n].place.around.left == around.left
            and _row_key(contexts[n].place) == _row_key(context.place)
            and contexts[n].place.kind != "checkbox"
            and contexts[n].place.date_format == context.place.date_format
            for n in before
        )
        plain = (
            proposal.fields and around.left and not around.above and not around.before and not context.place.where.field
        )
        done.append(replace(UNKNOWN, certainty=40) if plain and same and context.place.kind == "cell" else proposal)
    return done


def _persons(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """[N] becomes the number that the form says, else how often the same was asked for before."""
    seen: dict[str, int] = {}
    totals: dict[str, int] = {}
    for context, proposal in zip(contexts, found, strict=True):
        if any("[N]" in f for f in proposal.fields) and _counts(context):
            totals[_once(context, proposal)] = totals.get(_once(context, proposal), 0) + 1
    done = []
    for context, proposal in zip(contexts, found, strict=True):
        if not any("[N]" in f for f in proposal.fields):
            done.append(proposal)
            continue
        if context.somebody_else and context.number is None:
            done.append(replace(UNKNOWN, certainty=40))
            continue
        if context.relation:
            wanted = "|".join(RELATIONS[context.relation])
            fields = tuple(f.replace("[N]", f"[relationship={wanted}][0]") for f in proposal.fields)
            done.append(replace(proposal, fields=fields))
            continue
        number = context.number
        sure = proposal.sure
        if number is None:
            key = _once(context, proposal)
            number = seen.get(key, 0)
            seen[key] = number + 1
            sure = sure and totals[key] == 1
        fields = tuple(f.replace("[N]", f"[{number}]") for f in proposal.fields)
        done.append(replace(proposal, fields=fields, sure=sure))
    return done


RELATIONS = {
    "mother": ("mother", "mum"),
    "father": ("father", "dad"),
}
"""How records may call the two: the birth mother or a stepfather is somebody else, whom a person names."""


def _counts(context: Context) -> bool:
    """True where only the order of the places says which person is meant."""
    return context.number is None and not context.relation and not context.somebody_else


def _once(context: Context, proposal: Proposal) -> str:
    """Places for the same of a further person; boxes of one question count once."""
    option = context.place.around.option if context.place.kind == "checkbox" else ""
    return f"{proposal.key}|{option}|{context.place.where.widget}"


def _second_lines(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """A line with nothing before it goes on from the line before: one answer, written on the first."""
    done: list[Proposal] = []
    for number, (context, proposal) in enumerate(zip(contexts, found, strict=True)):
        around, place = context.place.around, context.place
        fresh = number and contexts[number - 1].place.where.xpath != place.where.xpath
        bare = (
            fresh
            and place.kind == "line"
            and not around.before
            and not around.left
            and (not around.after or _next_label(contexts, number) == around.after)
            and "room" not in place.how
        )
        if (
            bare
            and number
            and contexts[number - 1].place.kind == "line"
            and not contexts[number - 1].place.around.after
            and not (around.heading == around.question != contexts[number - 1].place.around.question)
        ):
            reason = "second line of the answer above: only if the first is full"
            proposal = Proposal(by_hand=reason, certainty=90, sure=True, note="continues")
        done.append(proposal)
    return done


def _next_label(contexts: Sequence[Context], number: int) -> str:
    """The words before the next place of the same paragraph."""
    following = contexts[number + 1].place if number + 1 < len(contexts) else None
    here = contexts[number].place.where
    same = following is not None and (following.where.part, following.where.xpath) == (here.part, here.xpath)
    return following.around.before if following is not None and same else ""


def _postcodes(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """A postcode belongs to the address that stands just before it, whosever that is."""
    done: list[Proposal] = []
    for number, proposal in enumerate(found):
        if len(proposal.fields) == 1 and proposal.fields[0].endswith(".postcode"):
            near = [p for p in done[max(0, number - 4) :] if p.fields and p.fields[0].endswith(".address")]
            owner = near[-1].fields[0].removesuffix(".address") if near else ""
            if owner and not proposal.fields[0].startswith(f"{owner}.") and owner in ("pupil", "school"):
                proposal = replace(proposal, fields=(f"{owner}.postcode",), sure=proposal.sure and near[-1].sure)
            elif owner and owner.startswith("pupil.people[") and proposal.fields[0] == "pupil.postcode":
                proposal = replace(proposal, fields=(f"{owner}.postcode",), sure=False)
        done.append(proposal)
    return done


def _same_record(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """Strengths beside what is seen and its impact come from the same needs as those."""
    areas = {
        f
        for p in found
        for f in p.fields
        if f.startswith("pupil.needs[area=") and f.endswith((".description", ".impact"))
    }
    done = []
    for _context, proposal in zip(contexts, found, strict=True):
        area = next((f.rpartition(".")[2] for f in proposal.fields if f.startswith("request.strengths.")), "")
        if area and any(f"[area={area}]" in f for f in areas):
            field = f"pupil.needs[area={area}].strengths"
            proposal = replace(proposal, fields=(field,), writing="one paragraph for each")
        done.append(proposal)
    return done
