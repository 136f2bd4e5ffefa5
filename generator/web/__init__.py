"""The local page: a second way to the same files, for whoever does not like to write YAML.

In: a school's folder. Out: pages on 127.0.0.1 for one person's browser, and the same files changed through the editor
that keeps every other byte. It holds no rule, reads and writes no file of its own way, and words no finding: it calls
the doors of the other rooms, as `cli/` does. The door is `serve`.
"""

from generator.web.server import serve

__all__ = ["serve"]
