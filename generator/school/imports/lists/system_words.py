"""The words of schools' systems as data: column_words.yaml and value_words.yaml, read as case files are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator.records.yaml_text.yaml_keys import YamlMap
from generator.records.yaml_text.yaml_reader import read_yaml


@cache
def word_file(name: str) -> YamlMap:
    """What one of the files of words holds; every value is text. Raises ValueError when it is not right."""
    root, problems = read_yaml(Path(__file__).with_name(name).read_bytes(), name)
    if root is None or problems:
        raise ValueError(f"{name} is not right: {problems}")
    return root
