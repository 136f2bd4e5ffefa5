"""A PDF that we made, cleaned for a bundle where it was drawn: in the same worker, while others are drawn beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.bundle.bundle_parts import Account, account_as_json
from generator.files.kept_results import KeptResults


@dataclass(frozen=True)
class CleanAtOnce:
    """What is said of a part of ours when it is cleaned; called with its PDF it gives the clean one and its account."""

    title: str
    language: str = "en-GB"

    def __call__(self, content: bytes) -> tuple[bytes, Account]:
        from generator.bundle.evidence.sanitise import clean_ours  # here: its libraries take long to load

        return clean_ours(content, self._wish())

    def keep(self, kept: KeptResults, content: bytes, found: tuple[bytes, Account]) -> None:
        """Keep what came of a PDF where taking in the parts looks for it."""
        kept.put(kept.key(content, "made", self._wish()), found[0], account_as_json(found[1]))

    def _wish(self) -> Any:
        from generator.bundle.evidence.sanitise import IntakeWish

        return IntakeWish(self.title, language=self.language, ours=True)
