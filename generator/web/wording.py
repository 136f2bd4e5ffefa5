"""Words made for files and commands, as a page shows them: whole sentences, without backticks, ids or file names.

Nothing is worded anew here: what the other rooms say is cut and joined for somebody who never opens a file.
"""

from __future__ import annotations

import re
from typing import Any

_CODE = re.compile(r"`([^`]*)`")
_OF_A_FILE = re.compile(r"[./_]")
_ID_OF = re.compile(r"^(?:Ids?|File names?|The file's name) (?:of (?:the )?)?(?:pack of (?:the )?)?(\w)")
_WHERE = re.compile(r",? (?:without \.yaml|in (?:meetings|templates|evidence|returned|templates/words)/)")


def sentences(*parts: str) -> str:
    """Texts as one paragraph: each begins with a capital letter, or a file's name, and ends with a full stop."""
    return " ".join(_sentence(part.strip()) for part in parts if part.strip())


def _sentence(text: str) -> str:
    text = _CODE.sub(r"“\1”", text)
    first, rest = text[0], text[1:]
    word = text.split()[0].rstrip(".,:;?!…")
    if _OF_A_FILE.search(word):  # pupil.yaml, cases/ada: it is called so, and by no other name
        begun = text
    else:
        begun = first.upper() + rest if rest[:1].islower() or rest[:1] in " ’" else text
    return begun if begun[-1] in ".?!:…" or begun[-2:] in (".”", "?”", "!”") else f"{begun}."


def told(error: Any) -> str:
    """What an exception says and advises: a Stop's message and advice, or those of a value that cannot be read."""
    return sentences(str(error.message), str(getattr(error, "advice", "") or getattr(error, "hint", "")))


def for_a_form(description: str) -> str:
    """A property's description for somebody who chooses by title and never writes an id or a file's name."""
    text = _WHERE.sub("", description)
    return _ID_OF.sub(lambda match: f"The {match[1]}", text).replace("The in ", "The entry in ")
