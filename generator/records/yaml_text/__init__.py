"""YAML as people write it: text to nodes with places, mistakes in plain words, and edits that keep every comment.

The only door to the yaml library.
"""

__all__ = ["yaml_changes", "yaml_editor", "yaml_keys", "yaml_layout", "yaml_reader"]
