"""Answers read back from forms that were given out, whatever became of the file on its way.

In: the bytes of a returned file. The way: `read_returned` opens it as lines (Word, OpenDocument, PDF, workbook) →
`align_lines` lays them beside what we printed → `line_answers` takes what is not ours as answers → `proposals` says
where each would go → `take_answers` writes what was wanted through the editor that keeps comments.
"""

__all__ = ["proposals", "read_answers", "take_answers"]
