"""Forms in two languages: which half of a label is Welsh."""

from __future__ import annotations

import re
from collections.abc import Sequence

WELSH = re.compile(
    r"\b(?:ydy|yw|nac|enw|enwau|cyfenw|dyddiad|ysgol|plentyn|plant|disgybl|perthynas|rhieni|rhiant|cyfeiriad|rhif"
    r"|pennaeth|cydlynydd|grŵp|grwp|rheswm|cais|asesiad|tystiolaeth|barn|darpariaeth|cryfderau|anawsterau|presenoldeb"
    r"|gwasanaeth|addysg|iechyd|geni|cyntaf|cartref|cyswllt|arwyddwyd|ydych|beth|pam|sut|pwy"
    r"|ffôn|côd|cod|rhyw|e-bost|ebost|iaith|oed|anghenion|gofal|blwyddyn|llofnod|teitl|swydd|manylion)\b",
    re.I,
)
"""Tells the Welsh half of a label in both languages, `Cyfenw / Surname`: forms from over the border come so."""


def in_two_languages(lines: Sequence[str]) -> bool:
    """True for a label of two lines, the one Welsh and the other not."""
    return len(lines) == 2 and bool(WELSH.search(lines[0])) != bool(WELSH.search(lines[1]))
