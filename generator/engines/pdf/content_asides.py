"""Strings and pictures inside a page's content, as a pattern: whatever they hold is no operator."""

_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+(?:\)|\Z)"
PICTURE = rb"(?<![\w/])BI\s(?:.*?\sEI(?!\S)|.*+)"
"""An inline picture; for `re.DOTALL`."""
ASIDE = rb"(?:" + _STRING + rb"|<[0-9A-Fa-f\s]*+>|" + PICTURE + rb")"
"""For `re.DOTALL`. One that never ends goes on to the end, as readers take it: so each byte is looked at once."""
