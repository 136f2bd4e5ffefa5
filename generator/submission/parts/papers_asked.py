"""What an authority wants to find at once in a bundle: a tick-list of its papers, and whose every page is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.authorities.pack import Pack
from generator.authorities.readiness import request_items
from generator.bundle import PaperAsked, Part
from generator.cases.case import Data
from generator.cases.family.people import known_as
from generator.documents.catalogue import MergeDesk, documents
from generator.values.formatting import short_date

PAPER_KINDS = ("document", "choice", "evidence")
"""The kinds of requirement that are a paper; a signature or an answer stands in one."""


def papers_asked(desk: MergeDesk, parts: Sequence[Part], instead: Mapping[str, str]) -> tuple[PaperAsked, ...]:
    """Every paper that the pack asks for, in its order, with the parts of this bundle that are it."""
    case, pack = desk.case, desk.pack
    inside = {part.id for part in parts}
    made: dict[str, list[str]] = {}
    for document in documents(case, pack):
        made.setdefault(document.kind, []).append(document.id)
    items = [item for item in request_items(case, pack, case.data("request")["date"]) if item.kind in PAPER_KINDS]
    found = []
    for item in items:
        ids = [one for name in item.parts for one in ([instead[name]] if name in instead else made.get(name, [name]))]
        found.append(PaperAsked(item.title, tuple(one for one in ids if one in inside), not item.counts))
    return tuple(found)


def whose_pages(pupil: Data, pack: Pack) -> str:
    """What stands before the number on every page, where the authority wants that: `AB, born 14/03/2017`."""
    wanted = pack.data.get("bundle", {}).get("footer", ())
    said = []
    if "initials" in wanted:
        said.append("".join(name[0].upper() for name in known_as(pupil).split() if name[0].isascii()))
    if "date_of_birth" in wanted and "date_of_birth" in pupil:
        said.append(f"born {short_date(pupil['date_of_birth'])}")
    return ", ".join(filter(None, said))
