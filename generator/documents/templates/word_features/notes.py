"""Footnotes and endnotes: each is merged where its number stands, so that a loop's note knows the loop's names.

Word keeps all notes in a part of their own. A note of a paragraph that is left out must go, and one that a loop prints
many times must be there as often, each under a number of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.documents.templates.jinja_tags import NOTE_HERE

KINDS = ("footnote", "endnote")

_REFERENCE = re.compile(r'<w:(footnote|endnote)Reference((?: [\w:]+="[^"]*")*?) w:id="(-?\d+)"((?: [\w:]+="[^"]*")*)/>')


def _notes(source: str, kind: str) -> dict[str, str]:
    pattern = re.compile(rf'<w:{kind}(?= )(?=[^>]*? w:id="(-?\d+)")[^>]*>.*?</w:{kind}>', re.DOTALL)
    return {found[1]: found[0] for found in pattern.finditer(source) if not _is_line(found[0])}


def _is_line(note: str) -> bool:
    return 'w:type="' in note.partition(">")[0] and 'w:type="normal"' not in note.partition(">")[0]


def placed(body: str, parts: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The source of the body with each note where its number is, and the notes' parts without them.

    `parts` is the source of each part of notes by its kind.
    """
    notes = {kind: _notes(source, kind) for kind, source in parts.items()}

    def in_place(found: re.Match[str]) -> str:
        kind, before, number, after = found[1], found[2], found[3], found[4]
        note = notes.get(kind, {}).get(number)
        if note is None:
            return ""  # a number without a note, which Word calls damage
        note = re.sub(r'^(<w:\w+[^>]*?) w:id="-?\d+"', r'\1 w:id="0"', note)
        return f"{{% call {NOTE_HERE}('{kind}', '{before}{after}') %}}{note}{{% endcall %}}"

    left = dict(parts)
    for kind, found in notes.items():
        for note in found.values():
            left[kind] = left[kind].replace(note, "")
    return _REFERENCE.sub(in_place, body), left


def with_notes(xml: str, kind: str, notes: list[str]) -> str:
    """The merged part of notes with the notes that the body printed."""
    return xml.replace(f"</w:{kind}s>", "".join(notes) + f"</w:{kind}s>")
