"""What calls itself an outcome and is none: provision, or a hope for later life."""

from __future__ import annotations

from functools import lru_cache

from generator.rules.grammar.pattern_table import table
from generator.rules.grammar.quoted_text import outside_quotes
from generator.values.shorthand import plain, small

FILE = "outcomes.toml"


@lru_cache(maxsize=4096)
def is_provision(text: str) -> bool:
    """True when what calls itself an outcome says what the child gets or staff do, not what the child will do."""
    said, short = _forms(text)
    if table(FILE, "counted").search(said) or table(FILE, "earned").search(said):
        return False
    return bool(table(FILE, "provision").search(said, short))


@lru_cache(maxsize=4096)
def is_hope(text: str) -> bool:
    """True when what calls itself an outcome is a hope for later life, which no school can bring about by a date."""
    said, short = _forms(text)
    return bool(table(FILE, "hope").search(said, short)) and not table(FILE, "counted").search(said)


def _forms(text: str) -> tuple[str, str]:
    bare = outside_quotes(text)
    return small(bare), plain(bare)
