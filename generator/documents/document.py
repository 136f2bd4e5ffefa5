"""What one document of a case is: plain values, for whoever draws it and need not know how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.records.record import Record


@dataclass(frozen=True)
class Document:
    """One document that can be made for a case: what the pack says of it, and the record and the reader it is for.

    `id` is unique in the case and names the files: `support-plan`, `cycle-2025-autumn`, `parent-letter-2`. `language`
    is the code of the one that it is translated into; empty for English. `large` is for one in large print.
    """

    id: str
    kind: str
    title: str
    template: str
    row: Mapping[str, Any]
    date: date
    record: Record | None = None
    addressee: Mapping[str, Any] | None = None
    version: str = ""
    status: str = ""
    mark: str = ""
    language: str = ""
    large: bool = False
    given: bool = True
    """False for a version that the school does not give out: it is made when it is asked for, and for a bundle."""
    kept_to: frozenset[str] | None = None
    """Who may see all of the records that it is made from; None where they are for everybody."""

    @property
    def footer(self) -> str:
        """What the footer says of it: `Final, version 2`; nothing where neither is known."""
        numbered = f"version {self.version}" if self.version[:1].isdigit() else self.version
        said = [self.status.replace("_", " ").capitalize(), numbered]
        return self.mark or ", ".join(filter(None, said))

    @property
    def section(self) -> str:
        """The bundle's section; empty for a document that is in no bundle."""
        return str(self.row.get("section", ""))

    @property
    def audience(self) -> frozenset[str]:
        """For whom it is made, narrowed by the records that it is made from."""
        made_for = frozenset(self.row.get("audience", ("school",)))
        return made_for if self.kept_to is None else made_for & self.kept_to

    @property
    def written_for(self) -> frozenset[str]:
        """For whom its words are chosen: a needed record that is kept to the school opens no other record's."""
        made_for = frozenset(self.row.get("audience", ("school",)))
        own = self.record.data.get("audience") if self.record else None
        return made_for & frozenset(own) if own else made_for
