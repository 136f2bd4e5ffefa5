"""Every document that can be made of a case: which there are, what they print, in which template and language.

In: a case, its pack and an occasion. Out: a merged Word file. `catalogue` lists the documents, `context` gives what
templates may print; `templates/`, `charts/`, `languages/` and `word/` do the parts.
"""

__all__ = [
    "catalogue",
    "document",
    "large_print",
    "pack_check",
    "page_fit",
    "page_numbers_apart",
    "template_authoring",
    "template_shelf",
]
