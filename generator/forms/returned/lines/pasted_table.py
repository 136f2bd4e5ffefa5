"""A table that somebody put in place of an answer, as words: nothing of it is lost, its columns stay together."""

from __future__ import annotations

from collections.abc import Sequence

from generator.forms.returned.lines.returned_line import ReturnedLine


def table_words(lines: Sequence[ReturnedLine]) -> str:
    """Its words: below a header row column by column, `For us: one; two`; of one column or one row line by line."""
    cells: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        if line.text and line.cell is not None:
            cells.setdefault((line.cell[1], line.cell[2]), []).append(line.text)
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    if len(rows) < 2 or len(columns) < 2:
        return "\n".join(" ".join(words) for _, words in sorted(cells.items()))
    said = []
    for column in columns:
        head = " ".join(cells.get((rows[0], column), []))
        below = [" ".join(cells[row, column]) for row in rows[1:] if (row, column) in cells]
        said.append(f"{head}: {'; '.join(below)}" if head else "; ".join(below))
    return "\n".join(said)
