"""The order of the evidence in a bundle: as the school numbered it, else by kind and date; kept in the case.

The number is `order` of each entry of evidence.yaml, so that it goes where the entry goes and is read by everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.authorities.pack import Pack
from generator.folder.changing.edit_record import Saved, open_record, save
from generator.folder.school_folder import Project
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.yaml_text.yaml_keys import PlainNumber
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.values.did_you_mean import did_you_mean

Placed = tuple[Mapping[str, Any], int, Mapping[str, Any]]
"""The section of the pack, the number of the entry in evidence.yaml from 0, and the entry."""

_LAST = 1000
"""Behind every number that the schema lets somebody give."""


def in_bundle_order(items: Sequence[Mapping[str, Any]], pack: Pack) -> list[Placed]:
    """The entries of the evidence that go in with their sections of the bundle, in the order in which they stand there.

    Within a section those with a number come first, then the others by kind, in the pack's order, and date. Raises
    FilesHaveErrors for a kind that the pack has no section for.
    """
    sections: Sequence[Mapping[str, Any]] = pack.data["bundle"]["sections"]
    homes = {kind: row for row in sections for kind in row.get("evidence", ())}
    ranks = {kind: number for number, kind in enumerate(homes)}
    places = {str(row["id"]): number for number, row in enumerate(sections)}

    def place(one: Placed) -> tuple[Any, ...]:
        section, _, item = one
        by_kind = ranks.get(item["kind"], len(ranks))
        return places[str(section["id"])], item.get("order", _LAST), by_kind, item["date"]

    return sorted(_at_home(items, homes, pack), key=place)


def _at_home(
    items: Sequence[Mapping[str, Any]], homes: Mapping[str, Mapping[str, Any]], pack: Pack
) -> Iterator[Placed]:
    for number, item in enumerate(items):
        if not item.get("include", True):
            continue
        home = homes.get(item["kind"]) or homes.get("other")
        if home is None:
            raise FilesHaveErrors(
                f"The pack {pack.id} has no section for evidence of the kind {item['kind']}.",
                "Name the kind, or other, under evidence: of one of the sections in its pack.yaml.",
            )
        yield home, number, item


def put_in_order(project: Project, pupil: str, ids: Sequence[str]) -> Saved:
    """Number these pieces of the evidence 1, 2, 3 …, and take the number from every other; none is the usual order.

    Raises WrongUse for an id that the evidence does not have or that is named twice, FilesHaveErrors where the file
    cannot be read or its `items` are no list of entries: nothing is guessed at, and nothing written.
    """
    path = f"cases/{pupil}/evidence.yaml"
    record = open_record(project, path)
    if record.tree is None:
        raise FilesHaveErrors(f"{path} cannot be read.", problems=tuple(read_yaml(record.content, path)[1]))
    rows = record.tree.get("items")
    rows = [] if rows is None else rows
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise FilesHaveErrors(
            f"{path} cannot be put in order: items is no list of pieces of evidence, each with an id.",
            f"Mend it first; sendpack check {pupil} says where. Nothing was changed.",
        )
    there = [str(row.get("id")) for row in rows]
    for one in ids:
        if one not in there:
            near = did_you_mean(one, there)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(there) or 'none'}."
            raise WrongUse(f"The evidence has no piece with the id {one}.", f"{hint} Nothing was changed.")
        if list(ids).count(one) > 1:
            raise WrongUse(f"{one} is named twice.", "Name each piece once. Nothing was changed.")
    numbers = {one: PlainNumber(str(place)) for place, one in enumerate(ids, 1)}
    tree = {**record.tree, "items": [_numbered(row, numbers) for row in rows]}
    return save(project, record, tree, "Order of the evidence changed" if ids else "Evidence in its usual order again")


def _numbered(row: Mapping[str, Any], numbers: Mapping[str, PlainNumber]) -> Mapping[str, Any]:
    number = numbers.get(str(row.get("id")))
    if number is not None:
        return {**row, "order": number}
    return {key: value for key, value in row.items() if key != "order"}
