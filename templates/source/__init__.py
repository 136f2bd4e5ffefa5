"""The standard Word templates as reviewable text; `python -m templates.source` writes templates/standard/*.docx."""
