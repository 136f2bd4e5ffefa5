"""The pupil's own language inside an English document: words whose record says their language are marked as in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.cases.case import Case
from generator.documents.languages.english_passages import marked, settle
from generator.documents.templates.render import Template, render
from generator.values.formatting import SPEECH, Speech
from generator.word_files.docx_package import packed, parse, serialize, unpacked


def words_in_other_languages(case: Case) -> dict[str, str]:
    """What pupils said in another language than English, as it was written down, to the language: `pl`."""
    return {text: code for record in case.records for text, code in _said(record.data)}


def _said(data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, Mapping):
        text, code = data.get("text"), data.get("language")
        if isinstance(text, str) and isinstance(code, str) and "how" in data:
            yield text, code
        for value in data.values():
            yield from _said(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _said(value)


def in_english(template: Template, context: Mapping[str, Any], said: Mapping[str, str]) -> bytes:
    """The document in English, as `render` makes it; what was `said` in another language has that language."""
    if not said:
        return render(template, context)
    kept = SPEECH.set(Speech(written=lambda text: marked(text.strip(), said[text]) if text in said else text))
    try:
        parts = unpacked(render(template, context))
    finally:
        SPEECH.reset(kept)
    for name, content in parts.items():
        if re.fullmatch(r"word/[\w-]+\.xml", name):
            root = parse(content)
            settle(root)
            parts[name] = serialize(root)
    return packed(parts)
