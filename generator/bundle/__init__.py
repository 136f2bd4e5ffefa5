"""Many documents as one: evidence taken in, pages planned, tags and links kept, everything numbered and read back."""

from __future__ import annotations

from collections.abc import Sequence

from generator.bundle.bundle_parts import (
    Account,
    Bundle,
    ContactTold,
    Convert,
    File,
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
from generator.bundle.name_search import NamesFound, names_found, terms_found
from generator.bundle.pagination import LINK, Bookmark, ContentsLine, PagePlan, PageRange, Pages

__all__ = [
    "LINK",
    "Account",
    "Bookmark",
    "Bundle",
    "CleanAtOnce",
    "ContactTold",
    "ContentsLine",
    "Convert",
    "File",
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
    "bundle",
    "names_found",
    "take_ahead",
    "terms_found",
]


def bundle(parts: Sequence[Part], front: Front, options: Options) -> Bundle:
    """One numbered, linked, tagged PDF of all parts: see `generator.bundle.make_bundle.bundle`."""
    from generator.bundle.make_bundle import bundle as make  # here, since the libraries behind it take long to load

    return make(parts, front, options)


def take_ahead(parts: Sequence[Part], options: Options) -> None:
    """Begin with evidence that will be in a bundle, with `options.children`, beside what else is being done."""
    from generator.bundle.make_bundle import take_ahead as begin

    begin(parts, options)
