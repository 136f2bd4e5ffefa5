"""What Word itself puts into a template, kept right through merging: changes, notes, controls, breaks, fields, lists.

`settle` puts a template's parts in order before its tags are read, `finish` the merged parts; in: parts of a Word file,
out: the same parts. A tag in a note is merged where its number stands (`notes`).
"""

from generator.documents.templates.word_features.after_merging import Finishing, finish
from generator.documents.templates.word_features.before_merging import settle, stories
from generator.documents.templates.word_features.tags_of_paragraphs import own_runs, own_text

__all__ = ["Finishing", "finish", "own_runs", "own_text", "settle", "stories"]
