"""The merged parts of a document made whole: what a loop printed many times, and what each program would work out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.documents.templates.word_features import content_controls, contents_list, unique_ids, word_fields
from generator.word_files.docx_package import W
from generator.word_files.word_names import drop, is_on


@dataclass
class Finishing:
    """What the parts of one merged document share: its facts, its headings' levels, the numbers given so far."""

    facts: word_fields.FieldFacts
    levels: Mapping[str, int]
    styles: frozenset[str]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    names: set[str] = field(default_factory=set)


def finish(root: etree._Element, with_: Finishing) -> None:
    """Ticks set, hidden words left out, dates and properties written out, references and contents filled, ids apart."""
    content_controls.set_ticks(root)
    for run in [run for run in root.iter(f"{W}r") if is_on(run.find(f"{W}rPr/{W}vanish"))]:
        drop_words(run)
    word_fields.write_out(root, with_.facts)
    word_fields.fill_references(root)
    contents_list.fill(root, with_.levels, with_.styles)
    unique_ids.settle(root, with_.numbers, with_.names)


def drop_words(run: etree._Element) -> None:
    """Take what is hidden out of a run; the marks of a field, which must end where it began, stay."""
    for child in [c for c in run if c.tag not in (f"{W}rPr", f"{W}fldChar", f"{W}instrText")]:
        drop(child)
