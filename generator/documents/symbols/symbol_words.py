"""Which symbol stands beside a line: by the first word of the line that names a thing that we can draw."""

from __future__ import annotations

import re

_WORDS = {
    "book": "read reads reading book books story stories phonics library",
    "pencil": "write writes writing spell spelling handwriting pencil pen",
    "numbers": "maths number numbers count counting sums money",
    "talk": "talk talks say says tell tells speak speaks conversation",
    "listen": "listen listens hear hearing headphones microphone",
    "friends": "friend friends group together everybody",
    "clock": "time minutes seconds wait early late clock timer",
    "calm": "quiet quietly calm rest",
    "worry": "worry worries worried worrying upset scared sad",
    "card": "card cards picture pictures symbol symbols sign signs timetable planner",
    "play": "play playing game games ball football playtime",
    "music": "music sing singing song songs drum drums",
    "draw": "draw draws drawing paint painting colour",
    "tablet": "tablet computer laptop type typing screen keyboard",
    "food": "dinner lunch food toast breakfast snack",
    "animal": "rabbit dog cat animal animals pet horse",
    "home": "home house family mum dad mummy daddy nan nana",
    "school": "school class classroom lesson lessons",
    "swim": "swim swimming pool",
    "travel": "bus train car journey taxi",
    "seat": "sit sits sitting seat chair desk",
    "steps": "next first step steps order list",
    "night": "sleep bed night",
    "star": "hope dream wish proud",
    "help": "help helps helping",
    "love": "love loves",
}
_SYMBOL_OF = {word: name for name, words in _WORDS.items() for word in words.split()}


def symbol_for(line: str) -> str:
    """The name of the symbol that goes with a line; empty where the line names nothing that we can draw."""
    words = (word.casefold() for word in re.findall(r"[^\W\d_]+", line))
    return next((_SYMBOL_OF[word] for word in words if word in _SYMBOL_OF), "")
