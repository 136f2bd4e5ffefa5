"""What is noticed and done while one file is taken in, until it is an account."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.bundle.bundle_parts import Account, ShownOnPage
from generator.values.notice import noticed


@dataclass
class Notes:
    """The account, as it grows."""

    kind: str
    repaired: bool = False
    done: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    pictured: set[int] = field(default_factory=set)
    """Pages that could not be decoded, and were told."""
    written: frozenset[int] = frozenset()
    """Pages of a photo on which there seems to be writing."""
    margin: bool = False
    """Whether every page is a picture with a margin of ours all round."""
    shown: list[tuple[int, str]] = field(default_factory=list)
    """Words that a viewer shows and that are no part of a page's content, with the page."""

    texts: list[str] = field(default_factory=list)
    """The text of each page, of what was made here."""
    shows: list[ShownOnPage] = field(default_factory=list)
    """What is to be looked for in the finished bundle."""

    def account(self, pages: int) -> Account:
        """The finished account of a document with so many pages."""
        return Account(
            self.kind,
            pages,
            repaired=self.repaired,
            done=tuple(self.done),
            removed=tuple(self.removed),
            warnings=noticed(self.warnings),
            barriers=tuple(self.barriers),
            shows=tuple(self.shows),
            margin=self.margin,
        )
