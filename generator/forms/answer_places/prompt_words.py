"""Words that ask one to write over them, in a cell, a line or alone: `Click here to enter text`, `[insert name]`."""

from __future__ import annotations

import re

_PROMPT = re.compile(
    r"[\W_]*(?:please\s+)?(?:(?:click|tap|press|type|write)(?:\s+or\s+(?:click|tap))?\b(?:[\w\s,’']*)"
    r"|d{1,2} ?[/.-] ?m{1,2} ?[/.-] ?y{2,4}|_{1,3} ?/ ?_{1,3} ?/ ?_{1,6}"
    r"|(?:enter|insert|add|choose|select|pick)\s+(?:an?\s+|your\s+|the\s+)?"
    r"(?:text|date|item|option|value|answer|response|details?|name|number)\b(?:\s+(?:here|below))?)[\W_]*",
    re.I,
)
_LONGEST = 60
_ASIDES = r"see|office|official|for|leave|not|n/?a|no|if|max|up to|delete|tick|circle|optional"
_ASKING = r"insert|enter|type|add|click|tap|write|state|specify|give|fill in|provide|describe|choose|select"
_NOUNS = (
    r"(?:fore|sur)?names?|initials|date|d\.?o\.?b\.?|time|role|title|position|designation|relationship|address|postcode"
    r"|school|setting|authority|council|(?:tele)?phone|mobile|e-?mail|numbers?|upn|class|year|year group|age|gender"
    r"|language|subject|text|details?|comments?|response|answer|amount|hours|pupil|child|parent|carer|senco|headteacher"
    r"|agency|service"
)
_WANTED = (
    rf"(?:please\s+)?(?:{_ASKING})\b[^\[\]]{{0,56}}|d{{1,2}} ?[/.-] ?m{{1,2}} ?[/.-] ?y{{2,4}}"
    rf"|(?!(?:{_ASIDES})\b)(?:[\w’'/-]{{1,20}}\s+){{0,3}}(?:{_NOUNS})(?:(?:\s+(?:of|and|or)\s|\s*[/&,])[^\[\]]{{1,40}})?"
)
"""What a prompt says in brackets: a verb that asks, or the name of what goes there; `[Draft]` and `[Page 1]` tell."""
_IN_BRACKETS = re.compile(rf"(?i:\[\s*(?:{_WANTED})\s*[.:]?\s*\]|<\s*(?:insert|enter|type|add|write)\b[^<>]{{0,56}}>)")
"""A prompt in brackets that a person is to write over: `[insert name]`, `[role]`, `<enter address>`."""
LONE_PROMPT = re.compile(
    rf"{_IN_BRACKETS.pattern}|[\W_]*(?i:please )?(?i:"
    r"(?:click|tap|press)(?: or (?:click|tap))? (?:here|to (?:enter|add|type|insert))[\w ,]{0,40}"
    r"|(?:type|enter|write|insert) (?:your )?(?:text|answer|response|details)?(?: ?here| below)?|choose an item)[\W_]*"
)
"""A paragraph that is nothing but a prompt; `Write clearly` is advice."""
PROMPTS_IN_LINES = re.compile(
    r"\[\s*(?:please\s+)?(?:insert|enter|type|add|click|tap|write|state|specify|give|fill in)\b[^\[\]]{0,56}\]"
    rf"|(?<=:)\s*\[\s*(?:{_WANTED})\s*\](?=\s{{2,}}|\s*$|\s+[A-Z(])"
    r"|<\s*(?:insert|enter|type|add|write)\b[^<>]{0,56}>|\[\s*d{1,2} ?[/.-] ?m{1,2} ?[/.-] ?y{2,4}\s*\]"
    r"|(?<=[:?])\s*(?:click|tap)(?: or tap)? (?:here )?to (?:enter|add|type)\b[\w ]{0,30}",
    re.I,
)
"""The same in the middle of a line, `Completed by: [name]   Role: [role]`; words that ask for it may stand anywhere."""
_MERGED = re.compile(
    r"«[^«»]{1,60}»|\{\{[^{}]{1,80}\}\}|<<[^<>]{1,60}>>"
    r"|<(?!(?i:see|office|official|for|leave|not|n/?a|blank)\b)[A-Za-z][\w .’'-]{1,58}>"
)
"""A mark that another program puts its value over: `«Forename»` of a letter that is merged, `{{ forename }}`.

Single `<…>` are also printed round addresses and remarks (`<https://…>`, `<see website>`): only names count there.
"""


def is_prompt(text: str) -> bool:
    """True for words that stand where an answer goes and are to be written over."""
    if _MERGED.fullmatch(text) or _IN_BRACKETS.fullmatch(text.strip()):
        return True
    return len(text) <= _LONGEST and "?" not in text and ":" not in text and bool(_PROMPT.fullmatch(text))
