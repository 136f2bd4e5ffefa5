"""What a request for an EHC needs assessment needs under a pack, item by item, and how much of it is there.

One computation for `check`, the request document and the index of the bundle. Law and Code items do not depend on the
pack; items of `strength` local are one authority's policy and never stop a request (s.36(8) is the only test).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.authorities.pack import STANDARD, Pack, with_words, words_for
from generator.cases.case import Case, Data, file_id, is_drafted
from generator.records.record import Record
from generator.values.formatting import date as in_words
from generator.values.not_known import NotKnown
from generator.values.parsing import places_to_fill_in, to_fill_in

REQUIRED, USUAL = "required", "usual"
"""How much an authority wants something; only what is required is ever called missing."""

MANY = "local policy of several authorities, for instance Norfolk and Staffordshire; not law (s.36(8))"


@dataclass(frozen=True)
class Requirement:
    """One thing that is needed. `said` tells in one sentence what is there or missing; `hint` what to do.

    `kind` groups items: document, cycles, adapted, terms, limb, views, criterion, evidence, choice, attendance,
    attainment, words, signature, answer, advice, consent. `where` and `keys` lead to the place in the files, as in a
    rule's finding. `weight` is required, or usual for what the authority only usually expects: that is shown and never
    counted. `parts` are what it names of documents and evidence, by id.
    """

    kind: str
    id: str
    title: str
    ready: bool
    said: str
    where: Record | str
    keys: tuple[str | int, ...] = ()
    hint: str = ""
    source: str = ""
    strength: str = "local"
    weight: str = REQUIRED
    parts: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """True for what is asked for; False for what is only usual."""
        return self.weight == REQUIRED


# -- days -------------------------------------------------------------------------------------------------------------


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def request_date(case: Case, on: date) -> date:
    """The day of the request; while there is none, the day for which we check."""
    dated: date = case.data("request").get("date") or on
    return dated


# -- the pack's word and its source -----------------------------------------------------------------------------------


def source_of(pack: Pack, key: str) -> str:
    """The page behind a value of the pack itself, like `cycles.min_reviewed`; nothing for what it takes over."""
    for row in pack.data.get("sources", ()):
        if any(key == own or key.startswith(f"{own}.") for own in row.get("supports", ())):
            seen = f", seen {in_words(row['seen'])}" if "seen" in row else ""
            return f"{pack.data['name']}: {row['address']}{seen}"
    return ""


def expects(pack: Pack, key: str, weight: str = REQUIRED) -> str:
    """`Norfolk County Council asks for`, or `Many authorities ask for` where the pack's own pages do not say.

    What is not required is only usually expected.
    """
    own = pack.id != STANDARD and source_of(pack, key)
    if own:
        return f"{pack.data['name']} {'usually expects' if weight == USUAL else 'asks for'}"
    return f"Many authorities {'usually expect' if weight == USUAL else 'ask for'}"


def weight_of(row: Data) -> str:
    """How much the authority wants what a row of its pack names."""
    return USUAL if row.get("usual") else REQUIRED


def file_path(case: Case, name: str) -> str:
    """The path of one of the pupil's files that may not be there yet."""
    pupil = case.one("pupil")
    folder = pupil.path.rsplit("/", 1)[0] if pupil and "/" in pupil.path else f"cases/{case.name}"
    return f"{folder}/{name}"


def at(case: Case, kind: str, *keys: str | int) -> dict[str, Any]:
    """Where in the record of a kind; the file's path when it is not there."""
    record = case.one(kind)
    return {"where": record, "keys": keys} if record else {"where": file_path(case, _file(kind)), "keys": ()}


def known(value: Any) -> bool:
    """True for a real answer: neither empty, nor still to be filled in, nor `not_known`."""
    return bool(value) and not isinstance(value, NotKnown) and not to_fill_in(value)


# -- documents --------------------------------------------------------------------------------------------------------


def document_items(case: Case, pack: Pack, ids: Iterable[str]) -> Iterator[Requirement]:
    """Whether each document can be made from what is written; a plan that is still a draft is not ready."""
    rows = {str(row["id"]): row for row in pack.documents}
    for name in ids:
        if name in rows and _for_this_request(case, rows[name]):
            yield _document_item(case, pack, rows[name])


def _for_this_request(case: Case, row: Data) -> bool:
    """False for a document that only a request of another kind has: EHC2 is the parent's, not the school's."""
    when, request = row.get("when"), case.one("request")
    return request is None or when is None or _kind(when["field"]) != "request" or _holds(request, when)


def _document_item(case: Case, pack: Pack, row: Data) -> Requirement:
    missing, draft = missing_kinds(case, row), _kind(row.get("status"))
    title, first = document_title(case, pack, row), (missing or _kinds(row))[0]
    if missing:
        said = f"{title}: nothing is written for it in {_file(first)} yet"
        command = f"sendpack new {first} {case.name}" if first != "pupil" else "sendpack new pupil"
        when = row.get("when", {})
        if first == "meeting" and when.get("field") == "meeting.type" and when.get("is"):
            command += f" --type {when['is'][0]}"
        many = _file(first).endswith("/")
        hint = f"`{command}` {'begins one' if many else f'writes {_file(first)} for you to fill in'}"
        place: dict[str, Any] = {"where": file_path(case, _file(first)), "keys": ()}
    elif draft and case.data(draft).get("status") == "draft":
        said, hint = f"{title}: still a draft", "set status: final when everyone has agreed"
        place = at(case, draft, "status")
    elif unfinished := _unfinished(case, row):
        said, hint = f"{title}: something is still to be filled in", "write it, or take the key out"
        place = {"where": unfinished, "keys": next(places_to_fill_in(unfinished.data))}
    else:
        said, hint, place = f"{title}: written", "", at(case, first)
    source = source_of(pack, "request.documents") or source_of(pack, "ladder")
    name = str(row["id"])
    return Requirement("document", name, title, not hint, said, hint=hint, source=source, parts=(name,), **place)


def _unfinished(case: Case, row: Data) -> Record | None:
    """A record that the document prints and that is still being written; of several of a kind, when all of them are."""
    for kind in _kinds(row):
        found = _matching(case, kind, row)
        if all(map(is_drafted, found)):
            return found[0]
    return None


def missing_kinds(case: Case, row: Data) -> list[str]:
    """The kinds of record that a document still lacks; none when it is written, be it as a draft."""
    return [kind for kind in _kinds(row) if not _matching(case, kind, row)]


def _kinds(row: Data) -> list[str]:
    """The kinds of record that a document is made of; of one that names none, the one that says when it is made."""
    if "each" in row:
        return [str(row["each"])]
    asked = _kind(row.get("when", {}).get("field")).removeprefix("newest-")
    return [str(kind) for kind in row.get("needs", ())] or [asked or "pupil"]


def _matching(case: Case, kind: str, row: Data) -> list[Record]:
    """The records of a kind from which the document can be made."""
    return [record for record in case.by_kind.get(kind, ()) if _holds(record, row.get("when"))]


def _holds(record: Record, when: Data | None) -> bool:
    if when is None or _kind(when["field"]) != record.kind:
        return True
    value = _field(record.data, str(when["field"]))
    return value in when["is"] if "is" in when else bool(value)


def _field(data: Any, field: str) -> Any:
    """The value of a field named by kind and keys, `plan.parents_informed.letter_date`, in the data of that kind."""
    for key in field.split(".")[1:]:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def field_filled(case: Case, field: str) -> bool:
    """Whether a field named by kind and keys is filled in any of the pupil's records of that kind."""
    return bool(records_filled(case, field))


def records_filled(case: Case, field: str) -> list[Record]:
    """The records in which a field named by kind and keys is filled: `cycle.plan.change` in every cycle that says so.

    Of cycles only those that go with the request, where it names them.
    """
    kind = _kind(field)
    sent = {str(name) for name in case.data("request").get("cycles", ())} if kind == "cycle" else set()
    found = case.cycles if kind == "cycle" else case.by_kind.get(kind, ())
    told = [record for record in found if record.path not in case.begun]
    return [record for record in told if _field(record.data, field) and (not sent or file_id(record) in sent)]


def _kind(field: Any) -> str:
    return str(field or "").split(".")[0]


def _file(kind: str) -> str:
    return {"cycle": "cycles/", "meeting": "meetings/"}.get(kind, f"{kind}.yaml")


def document_title(case: Case, pack: Pack, row: Data) -> str:
    """The document's title with the pack's words in it."""
    return with_words(str(row["title"]), words_for(case, pack))
