"""Whether two targets of one outcome count the same thing in the same way, so that their results make one line."""

from __future__ import annotations

import re
from collections import Counter

from generator.cases.case import Data
from generator.documents.printed_facts.target_names import unit_parts
from generator.values.parsing import MONTHS

_MONTH = "|".join(MONTHS)
_DAYS = re.compile(rf"\b(?:(?:\d{{1,2}} )?(?:{_MONTH})(?: \d{{4}})?|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}})\b")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


def is_same_measure(earlier: Data, later: Data) -> bool:
    """True for targets in one unit of which one says all that the other says, but for how much and by when.

    A target that is only made harder in words, `with a queue`, goes on; two-step and three-step instructions, or pain
    of 5 or less and of 4 or less, are two measures. Under its old id a later target with `carried_from` goes on too.
    """
    if str(earlier.get("unit", "")) != str(later.get("unit", "")):
        return False
    carried = earlier["id"] == later["id"] and "carried_from" in later
    said, told = _said(earlier), _said(later)
    return carried or said <= told or told <= said


def _said(target: Data) -> Counter[str]:
    """The words of a target without days, without its goal and without the most that there can be."""
    said = Counter(_WORD.findall(_DAYS.sub(" ", str(target["text"])).casefold()))
    most = unit_parts(str(target.get("unit", "")))[1]
    figures = [str(target[key]) for key in ("goal_value",) if key in target] + ([most] if most else [])
    return said - Counter(figures)
