"""A PDF that we made, cleaned for a bundle where it was drawn: in the same worker, while others are drawn beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.bundle.bundle_parts import Account, account_as_json
from generator.files.kept_results import KeptResults

Cleaned = tuple[bytes, Account, list[str]]
"""The clean PDF, its account, and the text of each page."""


@dataclass(frozen=True)
class CleanAtOnce:
    """What is said of a part of ours when it is cleaned; called with its PDF it gives the clean one and its account."""

    title: str
    language: str = "en-GB"

    def __call__(self, content: bytes) -> Cleaned:
        from generator.bundle.evidence import sanitise  # here: its libraries take long to load

        return sanitise.clean_ours_and_read(content, self._wish())

    def keep(self, kept: KeptResults, content: bytes, found: Cleaned) -> None:
        """Keep what came of a PDF where taking in the parts, and reading them, looks for it."""
        clean, account, texts = found
        kept.put(kept.key(content, "made", self._wish()), clean, account_as_json(account))
        kept.put(kept.key(clean, "texts"), b"", {"pages": texts})

    def _wish(self) -> Any:
        from generator.bundle.evidence.sanitise import IntakeWish

        return IntakeWish(self.title, language=self.language, ours=True)
