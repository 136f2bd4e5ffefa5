"""Strings and pictures inside a page's content, as a pattern: whatever they hold is no operator."""

_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+(?:\)|\Z)"
PICTURE = rb"B(?<![\w/]B)I\s(?:.*?\sEI(?!\S)|.*+)"
"""An inline picture; for `re.DOTALL`."""
ASIDES = _STRING + rb"|<[0-9A-Fa-f\s]*+>|" + PICTURE
"""Alternatives, for `re.DOTALL`. One that never ends goes on to the end, as readers take it: so each byte is looked at
once. Each begins with a sign of its own: a pattern of such alternatives alone is looked for in a third of the time."""
ASIDE = rb"(?:" + ASIDES + rb")"
