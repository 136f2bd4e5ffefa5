"""What the first document would make each worker load and look up, done once in the process they are split off from."""

from __future__ import annotations

import rdocx  # noqa: F401
from PIL import Image

import generator.engines.rdocx.draw_without_stranded_headings  # noqa: F401
from generator.fonts import letter_outlines, shipped_fonts

Image.preinit()
for _bold in (False, True):
    letter_outlines.width_of("0123456789 abcdefghijklmnopqrstuvwxyz", _bold)
shipped_fonts.is_plain("é")
