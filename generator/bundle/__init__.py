"""Many documents as one: evidence taken in, pages planned, tags and links kept, everything numbered and read back."""

from generator.bundle.guards import Found, names_found, terms_found
from generator.bundle.make import bundle
from generator.bundle.parts import (
    Account,
    Bundle,
    Convert,
    Criterion,
    Front,
    FrontPage,
    LeftOut,
    Options,
    Part,
    Refused,
    Written,
)
from generator.bundle.plan import LINK, Bookmark, Item, PageRange, Pages, Plan

__all__ = [
    "LINK",
    "Account",
    "Bookmark",
    "Bundle",
    "Convert",
    "Criterion",
    "Found",
    "Front",
    "FrontPage",
    "Item",
    "LeftOut",
    "Options",
    "PageRange",
    "Pages",
    "Part",
    "Plan",
    "Refused",
    "Written",
    "bundle",
    "names_found",
    "terms_found",
]
