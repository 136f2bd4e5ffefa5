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
    Written,
)
from generator.bundle.name_search import NamesFound, names_found, terms_found
from generator.bundle.pagination import LINK, Bookmark, ContentsLine, PagePlan, PageRange, Pages

__all__ = [
    "LINK",
    "Account",
    "Bookmark",
    "Bundle",
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
    "Written",
    "bundle",
    "names_found",
    "terms_found",
]


def bundle(parts: Sequence[Part], front: Front, options: Options) -> Bundle:
    """One numbered, linked, tagged PDF of all parts: see `generator.bundle.make_bundle.bundle`."""
    from generator.bundle.make_bundle import bundle as make  # here, since the libraries behind it take long to load

    return make(parts, front, options)
