"""What a damaged PDF makes its readers raise, in one place: where a list was, there may be a number or nothing."""

from __future__ import annotations

import pikepdf
import pypdfium2 as pdfium

DAMAGED_PDF = (
    pikepdf.PdfError,
    pdfium.PdfiumError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
