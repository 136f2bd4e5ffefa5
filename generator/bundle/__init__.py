"""Many documents as one: evidence taken in, pages planned, tags and links kept, everything numbered and read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.bundle.bundle_parts import (
    AbsentPaper,
    Account,
    Beside,
    Bundle,
    ContactTold,
    Convert,
    File,
    Foreseen,
    Front,
    FrontPage,
    IndexRow,
    LeftOut,
    Options,
    PaperAsked,
    Part,
    Refused,
    TakesIn,
    Written,
)
from generator.bundle.clean_at_once import CleanAtOnce
from generator.bundle.name_search import NamesFound, begins_a_name, names_found, terms_found, without_terms
from generator.bundle.pagination import LINK, Bookmark, ContentsLine, Found, PagePlan, PageRange, Pages, link_to
from generator.files.kept_results import KeptResults

__all__ = [
    "LINK",
    "AbsentPaper",
    "Account",
    "Beside",
    "Bookmark",
    "Bundle",
    "CleanAtOnce",
    "ContactTold",
    "ContentsLine",
    "Convert",
    "File",
    "Foreseen",
    "Found",
    "Front",
    "FrontPage",
    "IndexRow",
    "LeftOut",
    "NamesFound",
    "Options",
    "PagePlan",
    "PageRange",
    "Pages",
    "PaperAsked",
    "Part",
    "Refused",
    "TakesIn",
    "Written",
    "begins_a_name",
    "bundle",
    "foresee",
    "heading_places",
    "link_to",
    "names_found",
    "take_ahead",
    "terms_found",
    "without_terms",
]


def bundle(parts: Sequence[Part], front: Front, options: Options) -> Bundle:
    """One numbered, linked, tagged PDF of all parts: see `generator.bundle.make_bundle.bundle`."""
    from generator.bundle.make_bundle import bundle as make  # here, since the libraries behind it take long to load

    return make(parts, front, options)


def take_ahead(parts: Sequence[Part], options: Options) -> Callable[[bool], dict[str, int]]:
    """Begin with evidence that will be in a bundle: see `generator.bundle.make_bundle.take_ahead`."""
    from generator.bundle.make_bundle import take_ahead as begin

    return begin(parts, options)


def foresee(parts: Sequence[Part], options: Options, evidence: Mapping[str, int]) -> Foreseen | None:
    """Where the parts of a bundle will probably be: see `generator.bundle.make_bundle.foresee`."""
    from generator.bundle.make_bundle import foresee as found

    return found(parts, options, evidence)


def heading_places(content: bytes, names: Sequence[str], kept: KeptResults) -> Found:
    """On which pages of a PDF named headings are: see `generator.bundle.part_headings.kept_places`."""
    from generator.bundle.part_headings import kept_places as found

    return found(content, names, kept)
