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


_LINES = re.compile(r"[:,] lines? \d+(?:, \d+)*(?: and \d+)?(?: and on)?(?=[.;]|$)")
"""Where a text of a file counts its lines: the form has fields instead, which say it themselves."""

_FOR_A_FILE = {
    " (redact)": " (under “Black out”)",
    "or take the key out": "or leave the field empty",
    "take the key out": "leave the field empty",
    "list the ids from": "choose what shows it from",
    "add the need's id": "choose the need",
    "add their ids under": "choose them under",
    "in no entry of": "not described in",
    "add an entry for it, or move it out of evidence/": "describe it, or remove it",
    "write person, capacity": "write who signs, as",
    ", date and method under": ", the day and how, under",
    "write to, date and format under": "write to whom, when and how under",
    ": to, date, format": " to whom, when and how",
    ", and made again by --force": ", and made again",
    "add --with-safeguarding or --without-safeguarding": "choose whether it goes along",
    "say whose it is with --pupil": "choose below whose it is",
    "add a line under": "write a row under",
}
"""What somebody writes in a file, or adds to a command, as it is done in a form."""

_TICKS = {
    "--placeholder": "Put a visible page where a part cannot go in",
    "--accept-changes": "Accept tracked changes in Word evidence",
    "--ocr": "Make scans searchable",
    "--force": "Also what was edited by hand",
}
"""The ticks of the page that do what an option does, by how they begin."""

_OPTION = re.compile(rf"(?:{'|'.join(_TICKS)})(?![\w-])")
_BOXES = {"--date": "“Day”", "--meeting": "“For the meeting on”"}
_TO = re.compile(r' \(--to [\w-]+\)|--to "([^"]+)"')


def sentences(*parts: str) -> str:
    """Texts as one paragraph: each begins with a capital letter, or a file's name, and ends with a full stop."""
    return " ".join(_sentence(for_the_page(part.strip())) for part in parts if part.strip())


def for_the_page(text: str) -> str:
    """What is said for files and commands as it is done on the page, whose forms count no lines."""
    text = _LINES.sub("", text)
    for words, instead in _FOR_A_FILE.items():
        text = text.replace(words, instead)
    for option, box in _BOXES.items():
        text = re.sub(rf"{option}(?![\w-])", box, text)
    text = _TO.sub(lambda match: f"“{match[1]}”" if match[1] else "", text)
    return _OPTION.sub(lambda match: f"the tick “{_TICKS[match[0]]}”", text)


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
