"""Words that look like a place to fill and are none, and what to write where a tag cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.values.did_you_mean import did_you_mean

_FIELD = r"[^\W\d]\w*(?:\.\w+)+"
_BLOCK = r"(?:if|elif|else|for|endif|endfor)\b[^{}%]{0,300}+"
_NEARLY = re.compile(
    rf"(?<!\{{)\{{ ?%?\s*+(?P<brace>{_FIELD}|{_BLOCK})\s*+%? ?\}}(?!\}})"
    r"|%\{(?P<turned>[^{}%]{1,300}+)\}%?"
    r"|\$\{(?P<dollar>[^{}]{1,300}+)\}"
    r"|«(?P<merge>[\w\s]{1,80}+)»"
    r"|<<(?P<angle>[\w.\s]{1,80}+)>>"
    rf"|(?<!\[)\[++\s*+(?P<square>{_FIELD})\s*+\]+"
)
_STARTS = re.compile(r"(?:if|elif|else|for|end\w+)\b")
_WHOLE = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{#(?:(?!\{#).)*?#\}", re.DOTALL)


def nearly_tags(text: str) -> Iterator[tuple[str, str]]:
    """What stands in brackets of other programs, or in half of ours: itself, and the tag that fills it."""
    for found in _NEARLY.finditer(_WHOLE.sub(" ", text)):
        inside = found[str(found.lastgroup)].strip()
        if not inside:
            continue
        if _STARTS.match(inside):
            yield found[0], f"{{% {inside} %}}"
        else:
            yield found[0], f"{{{{ {inside if '.' in inside else 'facts.' + _name(inside)} }}}}"


def _name(words: str) -> str:
    """`First Name` and `FirstName` as a field is written."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words)
    return "_".join(re.findall(r"\w+", apart.lower())) or "full_name"


def how_to_write(tag: str, reason: str, words: Sequence[str]) -> str:
    """What to write for a tag that Jinja cannot read, by its reason; `words` begin tags. Or nothing."""
    unknown = re.search(r"unknown tag '(\w+)'", reason)
    if unknown:
        ends, near = unknown[1].startswith("end"), did_you_mean(unknown[1], words)
        starts = [word for word in words if len(word) > 2 and unknown[1].removeprefix("end").startswith(word)]
        right = ("end" * ends + starts[0]) if starts else near[0] if near else ""
        return f"write {right}" if right else ""
    if "got '='" in reason:
        return "to compare, write == with two signs"
    if "unexpected char '&'" in reason:
        return "write and for &&"
    if "unexpected char '!'" in reason:
        return "write not for !, and != for is not equal"
    if "got '|'" in reason and "||" in tag:
        return "write or for ||"
    if "expected token 'in'" in reason:
        return "write {% for one in list %}, with the list's field for list"
    spaced = re.search(rf"(?<!\w)({_FIELD}(?: \w+)+)", tag)
    if "expected token 'end of" in reason and spaced:
        return f"names have _ where words have spaces: {spaced[1].replace(' ', '_')}"
    return ""
