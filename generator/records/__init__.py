"""One YAML file is one record: read with the place of every value, checked by its schema, edited with its comments.

In: the bytes of a file and its kind. Out: a Record, or every mistake in it as Problems in plain words. `yaml_text/`
reads and edits the text, `schema/` knows what may be written, `blank_records` begins new ones.
"""

__all__ = ["blank_records", "compare", "field_view", "record", "three_way"]
