"""What a photo shows, and when, at the foot of its own page: the photo does not say it where a reader looks at it.

On the line of the page number, below the picture: only a photo has one whose page keeps a margin there. Outside the
tags, as the number is: the picture's own words for a screen reader and the contents say it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array

from generator.bundle.assemble.page_stamps import EDGE, PAD, SIZE, Box, page_shape, stamp_place, upright, with_fonts
from generator.bundle.evidence.drawn_answers.lettering import Lettering, undrawable, width
from generator.bundle.pagination import PagePlan
from generator.files.kept_results import KeptResults
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


def caption_photos(pdf: pikepdf.Pdf, plan: PagePlan, captions: Mapping[str, Caption], kept: KeptResults) -> None:
    """Put the caption of each item that has one, by id, onto all of its pages; after the page numbers.

    To choose the letters out of our fonts takes longer than all else here, so the drawn captions are kept.
    """
    pages = [
        (pdf.pages[number - 1], captions[item.id], plan.stamp(number))
        for item in plan.items
        if item.id in captions
        for number in range(item.first, item.first + item.pages)
    ]
    asked = [_CaptionPlace.on(page, caption, stamp) for page, caption, stamp in pages]
    with pikepdf.open(io.BytesIO(_sheets(asked, kept))) as sheets:
        fonts = {name: pdf.copy_foreign(font) for name, font in sheets.Root.SendpackFonts.items()}
        for (page, _, _), sheet in zip(pages, sheets.pages, strict=True):
            if drawn := sheet.obj.Contents.read_bytes():
                page.obj.Contents = Array([*page.obj.Contents, pdf.make_stream(drawn)])
                page.obj.Resources = with_fonts(page.obj, fonts, {})


@dataclass(frozen=True)
class _CaptionPlace:
    """A caption and the page that it is put onto: what its drawing hangs on, as plain values."""

    caption: Caption
    box: Box
    rotation: int
    number: tuple[float, float, float, float, float]
    """Where the page number stands beside it, as `stamp_place` gives it."""

    @classmethod
    def on(cls, page: pikepdf.Page, caption: Caption, stamp: str) -> _CaptionPlace:
        """The place on one page of the bundle, which is numbered so."""
        box, rotation, unit = page_shape(page)
        return cls(caption, box, rotation, stamp_place(stamp, box, rotation, unit))


def _sheets(asked: Sequence[_CaptionPlace], kept: KeptResults) -> bytes:
    """A PDF with a page for each caption, that draws it or nothing, and the fonts of all; kept from run to run."""
    key = kept.key(repr(asked).encode(), "captions")
    if held := kept.get(key):
        return held[0]
    with pikepdf.new() as pdf:
        lettering = Lettering(pdf)
        for one in asked:
            caption = one.caption.drawable
            drawn = _drawn(lettering, caption, one) if caption != Caption("") else b""
            pdf.add_blank_page().Contents = pdf.make_stream(drawn)
        pdf.Root.SendpackFonts = lettering.resources().Font
        lettering.put_in()
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    kept.put(key, out.getvalue(), {})
    return out.getvalue()


def _drawn(lettering: Lettering, caption: Caption, place: _CaptionPlace) -> bytes:
    """The drawing of a caption from the left edge up to the page number."""
    right, y, _, height, size = place.number
    scale = size / SIZE
    left, pad = EDGE * scale, PAD * scale
    text = caption.within(right - _BESIDE * scale - left - 2 * pad, size)
    matrix = " ".join(f"{value:.3f}" for value in upright(place.box, place.rotation))
    return b"".join(
        [
            f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq {matrix} cm\n".encode(),
            f"1 g {left:.3f} {y:.3f} {width(text, size) + 2 * pad:.3f} {height:.3f} re f\n".encode(),
            f"0 g BT 0 Tr 0 Tc 0 Tw 100 Tz 0 Ts {left + pad:.3f} {y + pad:.3f} Td\n".encode(),
            lettering.line(text, size),
            b"\nET\nQ\nEMC",
        ]
    )
