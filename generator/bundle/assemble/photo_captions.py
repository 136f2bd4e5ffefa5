"""What a photo shows, and when, at the foot of its own page: the photo does not say it where a reader looks at it.

On the line of the page number, below the picture: only a photo has one whose page keeps a margin there. Outside the
tags, as the number is: the picture's own words for a screen reader and the contents say it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Array

from generator.bundle.assemble.page_stamps import EDGE, PAD, SIZE, page_shape, stamp_place, upright, with_fonts
from generator.bundle.evidence.drawn_answers.lettering import Lettering, undrawable, width
from generator.bundle.pagination import PagePlan
from generator.values.shortening import first_words

_BESIDE = 12.0
"""Points between the caption and the page number."""


@dataclass(frozen=True)
class Caption:
    """What a photo shows, and its day in words, which may be empty: that is whole whatever room there is."""

    title: str
    day: str = ""

    def within(self, across: float, size: float) -> str:
        """As much of it as fits into so many points."""
        after = f", {self.day}" if self.day else ""
        whole = len(self.title)
        lengths = range(whole, max(min(2, whole - 1), 0), -1)  # of the sign alone nobody has anything
        tried = (f"{first_words(self.title, most)}{after}" for most in lengths)
        return next((text for text in tried if width(text, size) <= across), self.day)

    @property
    def drawable(self) -> Caption:
        """What our fonts can draw of it: a sign in place of words that they cannot, nothing in place of a mere sign."""
        words: list[str] = []
        for word in self.title.split():
            said = word if not undrawable(word) else "…" if any(map(str.isalpha, word)) else ""
            words += [said] if said and (said != "…" or words[-1:] != ["…"]) else []
        return Caption(" ".join(words) if set(words) - {"…"} else "", self.day)


def caption_photos(pdf: pikepdf.Pdf, plan: PagePlan, captions: Mapping[str, Caption]) -> None:
    """Put the caption of each item that has one, by id, onto all of its pages; after the page numbers."""
    lettering = Lettering(pdf)
    written = []
    for item in plan.items:
        caption = captions[item.id].drawable if item.id in captions else Caption("")
        if caption == Caption(""):
            continue
        for number in range(item.first, item.first + item.pages):
            page = pdf.pages[number - 1]
            drawn = _drawn(lettering, caption, page, plan.stamp(number))
            page.obj.Contents = Array([*page.obj.Contents, pdf.make_stream(drawn)])
            written.append(page)
    ours = dict(lettering.resources().Font.items()) if written else {}
    for page in written:
        page.obj.Resources = with_fonts(page.obj, ours, {})
    lettering.put_in()


def _drawn(lettering: Lettering, caption: Caption, page: pikepdf.Page, stamp: str) -> bytes:
    """The drawing of a caption from the left edge up to the page number."""
    box, rotation, unit = page_shape(page)
    right, y, _, height, size = stamp_place(stamp, box, rotation, unit)
    scale = size / SIZE
    left, pad = EDGE * scale, PAD * scale
    text = caption.within(right - _BESIDE * scale - left - 2 * pad, size)
    matrix = " ".join(f"{value:.3f}" for value in upright(box, rotation))
    return b"".join(
        [
            f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq {matrix} cm\n".encode(),
            f"1 g {left:.3f} {y:.3f} {width(text, size) + 2 * pad:.3f} {height:.3f} re f\n".encode(),
            f"0 g BT 0 Tr 0 Tc 0 Tw 100 Tz 0 Ts {left + pad:.3f} {y + pad:.3f} Td\n".encode(),
            lettering.line(text, size),
            b"\nET\nQ\nEMC",
        ]
    )
