"""The cells of a tagged table laid out on its grid: whether every row has as many columns (ISO 14289-1, 7.2)."""

from __future__ import annotations

from collections.abc import Sequence

Cell = tuple[int, int]
"""Rows and columns that a cell fills."""
_MOST = 500


def is_even(rows: Sequence[Sequence[Cell]]) -> bool:
    """True for a table whose cells fill each row to the same width, none reaching into another or below the last row.

    A table in which a cell says that it fills more than a few hundred rows or columns is not even.
    """
    if any(not (1 <= high <= _MOST and 1 <= wide <= _MOST) for row in rows for high, wide in row):
        return False
    filled: list[set[int]] = [set() for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for high, wide in row:
            while column in filled[number]:
                column += 1
            if number + high > len(rows):
                return False
            taken = set(range(column, column + wide))
            for below in filled[number : number + high]:
                if below & taken:
                    return False
                below |= taken
            column += wide
    return len({len(one) for one in filled}) < 2 and all(one == set(range(len(one))) for one in filled)
