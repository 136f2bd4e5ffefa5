"""Which readers an addressee belongs to, so that a copy holds only what all of them may see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.cases.case import Case, Data
from generator.cases.family.family_copies import named_person, names_person, not_of_family, reaches_family, words

EVERYBODY = ("parents", "pupil", "authority")
"""The readers for whom a record may be withheld (`audience`), and all of whom a stranger is treated as."""

_ANOTHER_COUNCIL = re.compile(
    r"\b(?:school|student|pupil|youth|class|parent|parish|town|medical)s?(?:['’]s?)?\s+council\b"
    r"|\bhealth\s+authority\b",
    re.IGNORECASE,
)
_LA = re.compile(r"\bLA\b|\bla(?=\s*(?:$|[,;:()]))")
"""Short for the authority: in capitals anywhere, in small letters not as in “de la Cruz”."""
_AUTHORITY = {"council", "council's", "authority", "authority's", "casework", "caseworker", "lea", "borough"}
_THE_PUPIL = {"the", "pupil", "child", "student"}
_SEVERAL = re.compile(r"\band\b|&|[,;/+]", re.IGNORECASE)


def readers_of_copy(to: str, case: Case, on: date) -> tuple[str, ...]:
    """The readers an addressee belongs to, of EVERYBODY; all of them for whom nobody can tell, none for the staff.

    The pupil is meant only where every word is a name of theirs: “Ada Brown’s parents” are the parents.
    """
    pupil = case.data("pupil")
    if _is_pupil(to, pupil):
        return ("parents", "pupil") if any(names_person(to, one) for one in pupil.get("people", ())) else ("pupil",)
    # “Ms Brown, Northmoor Council” may be either: the copy is for both.
    either = _is_authority(to) and any(names_person(to, one) for one in pupil.get("people", ()))
    found = {"parents"} if either or _is_family(to, pupil, on) else set()
    if found and _pupil_beside(to, pupil):
        found.add("pupil")
    if _is_authority(to):
        found.add("authority")
    if found and all(map(_is_authority, not_of_family(to, pupil))):
        return tuple(one for one in EVERYBODY if one in found)
    return () if _is_staff(to, case.school.data if case.school else {}) else EVERYBODY


def _is_pupil(to: str, pupil: Data) -> bool:
    said, first = _parts(to), _forenames(pupil)
    surnames = _parts(f"{pupil.get('known_as_surname', '')} {pupil['legal_surname']}")
    return bool(said) and (
        (said <= {*first, *surnames} and bool(said & first)) or (said <= _THE_PUPIL and said != {"the"})
    )


def _forenames(pupil: Data) -> set[str]:
    return _parts(f"{pupil.get('preferred_name', '')} {pupil['forenames']}")


def _surnames(pupil: Data) -> set[str]:
    return _parts(f"{pupil.get('known_as_surname', '')} {pupil['legal_surname']}")


def _parts(text: str) -> set[str]:
    """The words of a name, of a double name each by itself, as a folder is called too: `ada-brown`."""
    return words(re.sub(r"[-‐‑–_]", " ", text))


def _is_family(to: str, pupil: Data, on: date) -> bool:
    """True for somebody at home; a young person who decides alone is not meant here."""
    home = {key: value for key, value in pupil.items() if key != "date_of_birth"}
    return named_person(to, pupil) is not None or reaches_family(to, home, on)


def _pupil_beside(to: str, pupil: Data) -> bool:
    """True for “Ada and her mother”; not for “parents of Ada Brown”, who are one addressee."""
    first = _forenames(pupil)
    own = "|".join(
        map(re.escape, sorted({*first, *_parts(f"{pupil.get('known_as_surname', '')} {pupil['legal_surname']}")}))
    )
    without = re.sub(rf"\b(?:of|for)\s+(?:(?:{own})\b\s*)+", "", to, flags=re.IGNORECASE)
    return bool(_SEVERAL.search(without)) and bool(_parts(without) & first)


def _is_authority(to: str) -> bool:
    left = _ANOTHER_COUNCIL.sub("", to)
    return bool(words(left) & _AUTHORITY) or bool(_LA.search(left))


def _is_staff(to: str, school: Mapping[str, Any]) -> bool:
    """True for somebody whom school.yaml lists, and no word that says otherwise: they have the school's own copy."""
    ours = words(f"the school staff {school.get('name', '')}")
    return any(
        (to.strip() == row["id"] or names_person(to, row))
        and words(to) <= {*words(str(row["name"])), *words(str(row.get("role", ""))), *ours, *words(str(row["id"]))}
        for row in school.get("staff", ())
    )
