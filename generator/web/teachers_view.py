"""What a teacher or teaching assistant may see and write: a few kinds of record, and some parts of each."""

from __future__ import annotations

from generator.web.workplace import workplace

SHOWN: dict[str, tuple[str, ...]] = {"cycle": ("do", "review"), "profile": (), "log": ()}
"""The kinds of record that a teacher may write in, and the parts of each; none named is all of it."""

DRAWN = ("cycle", "profile")
"""The kinds whose own page is drawn beside the form."""

KEPT_ENTRIES = ("log",)
"""The kinds whose saved entries a teacher does not take out: others wrote them too."""


def hidden_of(kind: str, names: list[str]) -> frozenset[str]:
    """The parts of a record that a teacher neither sees nor changes: they stay as they are written."""
    parts = SHOWN.get(kind, ())
    return frozenset(name for name in names if parts and name not in parts)


def may_write(path: str) -> bool:
    """True for a record that a teacher may open: the running cycle, the profile, the log."""
    place = workplace()
    parts = path.split("/")
    kind = place.project.schemas.kind_of("/".join(parts[2:])) if len(parts) > 2 else None
    return kind in SHOWN


def may_begin(kind: str) -> bool:
    """True for a kind that a teacher may begin: of what they write in, that of which a pupil has one."""
    return kind in SHOWN and not workplace().project.schemas.has_many(kind)
