"""What only the whole form shows: persons counted, second lines, what is asked twice, whom the form is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.forms.answer_places.place import AnswerPlace
from generator.forms.authority.proposing.place_context import Context, about_of
from generator.forms.authority.proposing.proposal import UNKNOWN, Proposal


def table_key(place: AnswerPlace) -> str:
    """The table of a cell, or the place itself."""
    path = place.where.xpath
    return place.where.part + path[: path.rfind("/w:tr")] if "/w:tr" in path else str(place.where.key)


def row_key(place: AnswerPlace) -> str:
    """The line or table row of a place."""
    if place.where.field:
        return f"{place.page}:{round((place.where.rect[1] + place.where.rect[3]) / 20)}"
    path = place.where.xpath
    cut = path.rfind("/w:tc")
    if "/w:tr" in path and cut > 0:
        return place.where.part + path[: path.rfind("/w:tr")] + path[path.rfind("/w:tr") : cut]
    return place.where.part + re.split(r"/w:(?:sdt|r)(?:\[|$)", path)[0]


def only_of_a_child(contexts: Sequence[Context], titles: Sequence[str], found: Sequence[Proposal]) -> list[Proposal]:
    """A form that nowhere speaks of a child or pupil is about somebody else: nothing in it is sure."""
    if not contexts or contexts[0].form != "other":
        return list(found)
    words = contexts[0].words
    told = (*titles, *(t for c in contexts for t in (*c.around, c.place.around.question, c.place.around.option)))
    if any("child" in about_of(text, words) for text in dict.fromkeys(told)):
        return list(found)
    return [replace(p, sure=False) if p.fields else p for p in found]


def joined(contexts: Sequence[Context], found: list[Proposal]) -> list[Proposal]:
    """Persons counted, repeated lines told from each other, one area's rows taken from one record."""
    found = _postcodes(contexts, _second_lines(contexts, _persons(contexts, _one_each(contexts, found))))
    found = _twice_in_a_row(contexts, _once_a_row(contexts, _same_record(contexts, found)))
    return _one_value_for_a_field(contexts, _one_child_in_a_list(contexts, _whole_account_once(contexts, found)))


def _one_each(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """`The parents are ____ and ____`: two gaps for two people, where one alone would take all of them."""
    done = list(found)
    for number, (context, proposal) in enumerate(zip(contexts[:-1], found, strict=False)):
        here, following = context.place, contexts[number + 1].place
        split = here.kind == following.kind == "line" and _AND.fullmatch(following.around.before)
        if not split or proposal.writing != "joined with and" or here.where.paragraph != following.where.paragraph:
            continue
        for n, person in ((number, 0), (number + 1, 1)):
            fields = tuple(f.replace("[*]", f"[{person}]") for f in proposal.fields)
            done[n] = replace(proposal, fields=fields, writing="text", sure=False)
    return done


_AND = re.compile(r"\W*(?:and|&)\W*", re.I)


def _one_value_for_a_field(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """A PDF's field that stands at two questions shows one value at both: sure only where both ask the same."""
    asked: dict[str, set[str]] = {}
    for context, proposal in zip(contexts, found, strict=True):
        around, field = context.place.around, context.place.where.field
        if field and (around.left or around.above):
            asked.setdefault(field, set()).add(proposal.key)
    return [
        replace(p, sure=False) if p.fields and len(asked.get(c.place.where.field, ())) > 1 else p
        for c, p in zip(contexts, found, strict=True)
    ]


def _one_child_in_a_list(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """Rows under one head (`First name`), or fields behind one, are several people: none is surely the child."""
    rows: dict[tuple[str, str, str], set[str]] = {}
    keys = []
    for context, proposal in zip(contexts, found, strict=True):
        place = context.place
        head = place.around.above if not place.where.field else place.around.left or place.around.above
        row = place.where.field or row_key(place)
        table = f"{place.page}:{place.around.section}" if place.where.field else table_key(place)
        of_child = head and place.kind not in ("grid column", "checkbox") and _is_of_child(proposal)
        key = (table, head, f"{proposal.key}{place.facts.get('line', '')}{place.date_format}") if of_child else None
        keys.append(key)
        if key is not None:
            rows.setdefault(key, set()).add(row)
    return [
        replace(p, sure=False) if key is not None and len(rows[key]) > 1 else p
        for p, key in zip(found, keys, strict=True)
    ]


def _is_of_child(proposal: Proposal) -> bool:
    """True for what there is one of: the child's name, birthday, number, address, one account of the request."""
    homes = ("pupil.", "request.", "plan.")
    return bool(proposal.fields) and all(f.startswith(homes) and "[" not in f for f in proposal.fields)


_ACCOUNT = "four areas with their names"


def _whole_account_once(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """What is said of all areas together is asked for once: a form that asks it again asks it area by area."""
    tables: dict[str, set[str]] = {}
    for context, proposal in zip(contexts, found, strict=True):
        if proposal.writing == _ACCOUNT:
            tables.setdefault(proposal.key, set()).add(table_key(context.place))
    return [replace(p, sure=False) if len(tables.get(p.key, ())) > 1 else p for p in found]


def _twice_in_a_row(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """One answer below several heads of a row (`Social care`: `Date`, `From`) leaves out what the heads ask."""
    rows: dict[tuple[str, str, str], set[str]] = {}
    keys = []
    for context, proposal in zip(contexts, found, strict=True):
        around = context.place.around
        usable = proposal.fields and around.left and around.above and context.place.kind != "checkbox"
        key = (row_key(context.place), around.left, f"{proposal.key}|{context.place.date_format}") if usable else None
        keys.append(key)
        if key is not None:
            rows.setdefault(key, set()).add(around.above)
    return [
        replace(p, sure=False) if key is not None and len(rows[key]) > 1 else p
        for p, key in zip(found, keys, strict=True)
    ]


def _once_a_row(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """A second cell in the row of an answered question has no label of its own: a person says what goes there."""
    done: list[Proposal] = []
    for number, (context, proposal) in enumerate(zip(contexts, found, strict=True)):
        around = context.place.around
        before = range(max(0, number - 4), number)
        same = any(
            found[n].fields == proposal.fields
            and contexts[n].place.around.left == around.left
            and row_key(contexts[n].place) == row_key(context.place)
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
        if number is None and (said := context.earlier_number) is not None:
            number, sure = said, False  # a line below `Second parent: …`
        elif number is None:
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
        fresh = number and contexts[number - 1].place.where.paragraph != place.where.paragraph
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
    same = following is not None and (following.where.part, following.where.paragraph) == (here.part, here.paragraph)
    return following.around.before if following is not None and same else ""


def _postcodes(contexts: Sequence[Context], found: Sequence[Proposal]) -> list[Proposal]:
    """A postcode belongs to the address that stands just before it, whosever that is."""
    done: list[Proposal] = []
    for number, proposal in enumerate(found):
        if len(proposal.fields) == 1 and proposal.fields[0].endswith(".postcode"):
            near = [p for p in done[max(0, number - 4) :] if p.fields and p.fields[0].endswith(".address")]
            owner = near[-1].fields[0].removesuffix(".address") if near else ""
            if owner in ("pupil", "school") and proposal.fields[0] != f"{owner}.postcode":
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
