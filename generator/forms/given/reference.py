"""The reference that is printed on a form: short, without a name, safe to copy by hand."""

from __future__ import annotations

import re
import secrets

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0 and O, no 1 and I."""

_REFERENCE = re.compile(r"\b([2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})\b")


_WORD = 14
"""Letters of the word before a reference at most."""


def new_reference() -> str:
    """A reference like K7QM-2FHR, from chance alone: nobody learns from it who the child is."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(7))
    whole = signs + _check(signs)
    return f"{whole[:4]}-{whole[4:]}"


def references_in(text: str) -> list[str]:
    """The references that stand in a text; their last sign tells them from other words."""
    found = _REFERENCE.findall(text)
    return [one for one in found if _check(one.replace("-", "")[:7]) == one[-1]]


def is_reference(text: str) -> bool:
    """True for a line that is nothing but a reference: `Ref. K7QM-2FHR`, in whatever language."""
    found = references_in(text)
    return len(found) == 1 and len(text.replace(found[0], "").strip()) <= _WORD


def _check(signs: str) -> str:
    return _SIGNS[sum((number + 2) * _SIGNS.index(sign) for number, sign in enumerate(signs)) % len(_SIGNS)]
