"""An authority's own form: a field proposed for every place, the map that a person confirms, and one pupil's answers.

`fields.yaml` holds what forms call our fields; a proposal that is not sure is not filled until somebody confirmed it.
"""

__all__ = [
    "check_form",
    "dictionary",
    "form_files",
    "form_map",
    "keep_map",
    "learn",
    "make_forms",
    "paths",
    "worksheet",
]
