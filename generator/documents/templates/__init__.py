"""Word templates: merged in a sandbox, dressed in the house style, and checked before a school relies on them.

The only door to docxtpl and jinja2.
"""

__all__ = ["render"]
