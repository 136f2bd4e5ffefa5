"""Which version of a document a school gives out: the long one, the short one, or both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.authorities.pack import Pack
from generator.cases.case import Case


def is_given_out(row: Mapping[str, Any], case: Case, pack: Pack) -> bool:
    """Whether the school gives out this version, as it chose in school.yaml or for this pupil in pupil.yaml."""
    if "short_of" in row:
        return _short_version(str(row["short_of"]), case) != "long"
    short = any(other.get("short_of") == row["id"] for other in pack.documents)
    return not short or _short_version(str(row["id"]), case) != "instead"


def _short_version(kind: str, case: Case) -> str:
    """How the short version of a kind is given out: not at all (`long`), `beside` the long one, or `instead`."""
    key = kind.replace("-", "_")
    school = case.school.data if case.school else {}
    chosen = {**school.get("short_versions", {}), **case.data("pupil").get("short_versions", {})}
    return str(chosen.get(key, "long"))
