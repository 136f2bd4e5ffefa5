"""A case as one group of readers may see it: what is not for them is gone, and so is every mention of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.cases.case import Case, file_id
from generator.records.record import Record, Schemas, marked
from generator.values.not_known import NotKnown

_TELLING = 24
"""Characters: a sentence at least so long is nobody's chance wording, so finding it again means that it leaked."""

_LIST_MARK = re.compile(r"^\s*[-*]\s+")
"""Before an entry of a list; the sentence is the same one where it stands without it."""

_Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Seen:
    """What one audience sees of a case, and the sentences that it must not find anywhere."""

    case: Case
    withheld: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def seen_by(case: Case, audience: str, schemas: Schemas) -> Seen:
    """The case without records and rows whose `audience` does not name these readers, and without citations of them.

    A list of ids loses the ids that are gone; a single id that is gone becomes empty text. What was withheld comes with
    it: sentences that nothing left says too, and a line for each part.
    """
    left, dropped, gone = _left_for(case, audience, schemas)
    if left is case:
        return Seen(case)
    kept = [record for record in case.records if record not in dropped]
    lost = [record.data for record in dropped]
    lost += [_at(record.data, path) for record in kept for path in sorted(gone[record.path], key=str)]
    return Seen(left, _sentences_only_in(lost, left), tuple(_told(case, dropped, gone)))


def _left_for(
    case: Case, audience: str, schemas: Schemas, keep: Collection[str] = ()
) -> tuple[Case, list[Record], dict[str, set[_Path]]]:
    """The case as these readers may see it, the records that are gone, and the rows, by their record's path."""
    kept = [record for record in case.records if record.kind in keep or _may(record.data, audience)]
    gone = {record.path: set(_withheld_rows(record.data, (), audience)) for record in kept}
    dropped = [record for record in case.records if record not in kept]
    if not dropped and not any(gone.values()):
        return case, dropped, gone
    ids = _ids_of(dropped, schemas) | {
        name for record in kept for name in _ids_below(record, gone[record.path], schemas)
    }
    return replace(case, records=tuple(_cut(record, gone[record.path], ids, schemas) for record in kept)), dropped, gone


def without_waiting(case: Case, schemas: Schemas) -> Case:
    """The case without citations of rows that wait for what they hang on: no document has them yet."""
    ids = {one for record in case.records for one in record.waiting_ids}
    if not ids:
        return case
    return replace(case, records=tuple(_cut(record, set(), ids, schemas) for record in case.records))


def is_for_all(record: Record, audiences: Collection[str]) -> bool:
    """True for a record that all of these readers may see."""
    return all(_may(record.data, one) for one in audiences)


def without_records_for_others(case: Case, audiences: Collection[str], keep: Collection[str] = ()) -> Case:
    """The case without the records of which the whole is not for all of these readers; rows and citations stay.

    Records of the kinds in `keep` stay as well.
    """
    kept = tuple(record for record in case.records if record.kind in keep or is_for_all(record, audiences))
    return case if len(kept) == len(case.records) else replace(case, records=kept)


def seen_by_all(case: Case, audiences: Collection[str], schemas: Schemas, keep: Collection[str] = ()) -> Case:
    """The case as each of these readers may see it: what goes home is read by parents and child.

    Records of the kinds in `keep` stay, but for the rows in them that are not for these readers. A worker's case may be
    asked for too, which has no places: nothing is told here of what is gone.
    """
    for audience in sorted(audiences):
        case, _, _ = _left_for(case, audience, schemas, keep)
    return case


def _may(data: Any, audience: str) -> bool:
    named = data.get("audience") if isinstance(data, Mapping) else None
    return not named or audience in named


def _withheld_rows(data: Any, path: _Path, audience: str) -> Iterator[_Path]:
    """Where the rows stand that are not for this audience; nothing inside them is looked at."""
    below = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ()
    for key, value in below:
        if not _may(value, audience):
            yield (*path, key)
        else:
            yield from _withheld_rows(value, (*path, key), audience)


def _at(data: Any, path: _Path) -> Any:
    for key in path:
        data = data[key]
    return data


# -- citations --------------------------------------------------------------------------------------------------------


def _ids_of(records: list[Record], schemas: Schemas) -> set[tuple[str, str]]:
    """Every id that these records define: group and word; cycles and meetings are cited by their file's name."""
    found = {(schema["x-id"], str(value)) for r in records for _, value, schema in marked(r, schemas, ("x-id",))}
    return found | {(record.kind, file_id(record)) for record in records}


def _ids_below(record: Record, rows: set[_Path], schemas: Schemas) -> Iterator[tuple[str, str]]:
    for path, value, schema in marked(record, schemas, ("x-id",)):
        if any(path[: len(row)] == row for row in rows) and "x-id" in schema:
            yield schema["x-id"], str(value)


def _cut(record: Record, rows: set[_Path], ids: set[tuple[str, str]], schemas: Schemas) -> Record:
    """The record without some rows and without citations of ids that are gone; every place still leads to its value."""
    cited = {
        path
        for path, value, schema in marked(record, schemas, ("x-ref",))
        if isinstance(value, str) and (schema.get("x-ref"), value) in ids
    }
    if not rows and not cited:
        return record
    new: dict[_Path, _Path] = {(): ()}
    data = _rebuilt(record.data, (), (), rows | cited, cited, new)
    places = {new[path]: place for path, place in record.places.items() if path in new}
    return replace(record, data=data, places=places)


def _rebuilt(data: Any, old: _Path, new: _Path, gone: set[_Path], cited: set[_Path], moved: dict[_Path, _Path]) -> Any:
    if isinstance(data, dict):
        found = {}
        for key, value in data.items():
            if (*old, key) in cited:
                found[key] = ""
            elif (*old, key) not in gone:
                moved[(*old, key)] = (*new, key)
                found[key] = _rebuilt(value, (*old, key), (*new, key), gone, cited, moved)
        return found
    if isinstance(data, list):
        rows: list[Any] = []
        for number, value in enumerate(data):
            if (*old, number) not in gone:
                moved[(*old, number)] = (*new, len(rows))
                rows.append(_rebuilt(value, (*old, number), (*new, len(rows)), gone, cited, moved))
        return rows
    return data


# -- what must not be found -------------------------------------------------------------------------------------------


def _sentences_only_in(lost: list[Any], seen: Case) -> tuple[str, ...]:
    """The telling sentences of what was withheld that what is left does not say as well."""
    left = [_plain(text) for record in seen.records for text in _texts(record.data)]
    left += [_plain(text) for text in _texts(seen.school.data if seen.school else {})]
    whole = "\n".join(left)
    sentences = dict.fromkeys(s for data in lost for text in _texts(data) for s in _sentences(text))
    # The sign at its end says nothing: “Grommets in 2022.” is told where “Grommets in 2022; she hears well” stands.
    return tuple(s for s in sentences if _plain(s).rstrip(".!?;:") not in whole)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data.reason if isinstance(data, NotKnown) else data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            if key not in ("file", "title", "author", "role", "kind", "audience"):  # not sentences: names of things
                yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?;:])\s+|\n\s*\n|\n\s*[-*]\s", text.replace("**", "")):
        words = " ".join(_LIST_MARK.sub("", sentence).split())
        if len(words) >= _TELLING and len(words.split()) >= 4:
            yield words


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _told(case: Case, dropped: list[Record], gone: Mapping[str, set[_Path]]) -> Iterator[str]:
    """One line for each thing withheld; it names the file and the row's own title or date, for the person who sends."""
    for record in dropped:
        yield f"{record.path}: all of it"
    for record in case.records:
        for path in sorted(gone.get(record.path, ()), key=str):
            row = _at(record.data, path)
            yield f"{record.path}, line {record.place(*path).line}: {row.get('title') or row.get('id') or path[0]}"
