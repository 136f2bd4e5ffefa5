"""What each kind of record may hold: the schemas, a quick and a full validator, and refusals in plain words.

The only door to the jsonschema library; the full validator is loaded when the quick one is not sure.
"""

__all__ = ["schema_files", "schema_view"]
