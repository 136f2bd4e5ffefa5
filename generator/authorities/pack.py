"""Authority packs: what one local authority calls things, expects and wants sent. A pack is only data."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.cases.case import Case
from generator.problems import FilesHaveErrors, Problem, WrongUse
from generator.records.record import Record, Schemas, read_record

STANDARD = "standard"

SCHOOL = "school"
"""The school's own folder of templates. Its pack.yaml lies over the pack of every authority: see `ADDED`."""

ADDED = ("words", "documents")
"""What a school's own pack.yaml adds or renames; what an authority asks for stays the authority's."""

ORDERED = {("bundle", "sections"), ("ladder",), ("criteria",), ("portal", "questions")}
"""Lists whose order is the authority's own: a pack's list stands alone, each row filled up from the row it extends."""

WORD = re.compile(r"\{\{\s*words\.(\w+)\s*\}\}")
"""A word of the pack in a title of it: `{{ words.support_plan }}`."""

OWN = {("sources",), ("checked",), ("note",), ("la_code",), ("one_authority",)}
"""What is never taken over: a source, a day of checking and a note speak for the pack that has them."""


@dataclass(frozen=True)
class Pack:
    """A pack with everything it extends merged in. `chain` is its id and those that it extends, nearest first."""

    id: str
    chain: tuple[str, ...]
    data: Mapping[str, Any]
    path: str = ""

    @property
    def words(self) -> Mapping[str, str]:
        """What the authority calls things: label to text."""
        return {name: str(text) for name, text in self.data.get("words", {}).items()}

    @property
    def documents(self) -> Sequence[Mapping[str, Any]]:
        """The kinds of document that can be made."""
        return tuple(self.data.get("documents", ()))


def pack_ids(folders: Iterable[Path]) -> list[str]:
    """Every authority's pack there is in some folders of templates, sorted."""
    return sorted({path.parent.name for folder in folders for path in folder.glob("*/pack.yaml")} - {SCHOOL})


def load_pack(pack_id: str, folders: Sequence[Path], schemas: Schemas) -> Pack:
    """The pack of an id, found in the first of the folders that has it; what it extends; the school's own lines.

    Raises WrongUse when there is no such pack, FilesHaveErrors when one of its files is wrong or packs extend in
    a ring.
    """
    chain: list[str] = []
    layers: list[Mapping[str, Any]] = []
    path, next_id = "", pack_id
    while next_id:
        if next_id in chain:
            raise FilesHaveErrors(
                f"The packs {', '.join(chain)} extend each other in a ring.", "End the chain with standard."
            )
        record = read_pack_file(next_id, folders, schemas)
        data = record.data
        path = path or record.path
        chain.append(next_id)
        layers.append(data)
        next_id = str(data.get("extends") or ("" if next_id == STANDARD else STANDARD))
    merged: dict[str, Any] = {}
    for layer in reversed(layers):
        merged = extend(merged, layer)
    if SCHOOL not in chain and any((folder / SCHOOL / "pack.yaml").is_file() for folder in folders):
        own = read_pack_file(SCHOOL, folders, schemas).data
        merged = extend(merged, {key: own[key] for key in ADDED if key in own})
    return Pack(pack_id, tuple(chain), merged, path)


def read_pack_file(pack_id: str, folders: Sequence[Path], schemas: Schemas) -> Record:
    """A pack's own file, in the first of the folders that has it, without what it extends.

    Raises WrongUse when there is no such pack, FilesHaveErrors when the file is wrong.
    """
    for folder in folders:
        file = folder / pack_id / "pack.yaml"
        if file.is_file():
            shown = f"templates/{pack_id}/pack.yaml"
            record, problems = _read(file.read_bytes(), shown, schemas)
            if record is None or any(problem.blocks for problem in problems):
                raise FilesHaveErrors(f"The authority pack {pack_id} has errors.", problems=tuple(problems))
            if record.data["id"] != pack_id:
                raise FilesHaveErrors(
                    f"The authority pack {pack_id} has errors.", problems=(_misnamed(record.path, pack_id),)
                )
            return record
    there = ", ".join(pack_ids(folders))
    raise WrongUse(
        f"There is no authority pack called {pack_id}.",
        f"Use standard, or begin one with `sendpack pack new {pack_id}`. There are: {there}.",
    )


@lru_cache(maxsize=128)
def _read(content: bytes, shown: str, schemas: Schemas) -> tuple[Record | None, Sequence[Problem]]:
    """A pack's file read as a record; a form offers every pack, and each extends the standard one."""
    return read_record(content, shown, "pack", schemas)


def _misnamed(path: str, pack_id: str) -> Problem:
    return Problem(path, 1, 1, "data", "pack-id", f"the pack's `id` is not the name of its folder, {pack_id}")


def extend(base: Mapping[str, Any], own: Mapping[str, Any], place: tuple[str, ...] = ()) -> dict[str, Any]:
    """The values of `base` with those of `own` over them.

    Mappings are merged key by key. Rows with an id are merged with the row of the same id and new ones are added at the
    end, except in lists whose order is the authority's own (`ORDERED`). Other lists and values replace.
    """
    merged = {key: value for key, value in copy.deepcopy(dict(base)).items() if (*place, key) not in OWN}
    for key, value in own.items():
        where = (*place, key)
        if isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = extend(merged[key], value, where)
        elif _has_ids(value) and _has_ids(merged.get(key)):
            merged[key] = _rows(merged[key], value, where)
        else:
            merged[key] = copy.deepcopy(value)
    return merged


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) and "id" in row for row in value)


def _rows(base: Sequence[Mapping[str, Any]], own: Sequence[Mapping[str, Any]], place: tuple[str, ...]) -> list[Any]:
    before = {row["id"]: row for row in base}
    changed = {row["id"]: extend(before.get(row["id"], {}), row, place) for row in own}
    if place in ORDERED:
        return list(changed.values())
    return [changed.pop(key, row) for key, row in before.items()] + list(changed.values())


def with_words(text: str, words: Mapping[str, str]) -> str:
    """A pack's text with its words put in; one that the pack has not stands by its own name."""
    return WORD.sub(lambda found: words.get(found[1], found[1]), text)


def words_for(case: Case, pack: Pack) -> Mapping[str, str]:
    """The pack's words for a case: a request that a parent or young person makes is not called the school's."""
    own = asked_with_request(case, pack).get("title") or pack.words.get(f"request_by_{_made_by(case)}")
    return {**pack.words, "request": str(own)} if own else pack.words


def asked_with_request(case: Case, pack: Pack) -> Mapping[str, Any]:
    """What the pack says under request, as it holds for the one who makes this request: school, parent or child."""
    asked = pack.data.get("request", {})
    return {**asked, **asked.get("by_requester", {}).get(_made_by(case), {})}


def _made_by(case: Case) -> str:
    return str(case.data("request").get("made_by", "school"))


_WAYS = {"portal": "through its portal", "secure_email": "by secure e-mail", "post": "by post"}


def where_to_send(pack: Pack) -> str:
    """How and where the authority takes a request, `by post, Town Hall`; nothing where its pack does not say."""
    submit = pack.data.get("submit", {})
    way, name, address = _WAYS.get(submit.get("kind", ""), ""), submit.get("name", ""), submit.get("address", "")
    if way and name and submit["kind"] == "portal":
        way = f"through {name}"
    elif name:
        way = f"{way} to {name}".strip()
    told = ", ".join(str(one) for one in (way, address) if one)
    return told if way else f"to {told}" if told else ""


def sending(pack: Pack) -> str:
    """How a request is sent, for the school: where to, and what to mind; or that the pack does not know."""
    note = str(pack.data.get("submit", {}).get("note", "")).strip()
    found = where_to_send(pack)
    where = f"Send it {found}" if found else ""
    if not where:
        where = "Where to send it is not in the pack: ask the authority’s SEN team" if not note else ""
    return " ".join(f"{one.rstrip('.')}." for one in (where, note) if one)


def authority_name(case: Case, pack: Pack) -> str:
    """The name of the authority where a pupil lives.

    The pack that decides for the pupil names it, unless it belongs to no single authority or to the school's only;
    then pupil.yaml or school.yaml does.
    """
    pupil, school = case.data("pupil"), case.school.data if case.school else {}
    if "home_authority_name" in pupil and "home_authority" not in pupil:
        return str(pupil["home_authority_name"])
    if pack.data.get("one_authority", True):
        return str(pack.data["name"])
    return str(pupil.get("home_authority_name") or school.get("authority_name") or "")
