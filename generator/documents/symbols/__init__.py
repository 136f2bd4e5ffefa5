"""Symbols for a child's own lines, drawn by ourselves as paths: which there are, and which line gets which.

In: a word, or a line of a child's paper. Out: a Symbol, which draws a Picture with its alt text. They may be used and
changed like the rest of the program. `symbol_drawings` draws, `symbol_words` chooses.
"""

from __future__ import annotations

from generator.documents.symbols.symbol_drawings import FACES, SYMBOLS, Symbol
from generator.documents.symbols.symbol_words import symbol_for

__all__ = ["FACES", "SYMBOLS", "Symbol", "symbol_for"]
