"""The example cases are documentation: each file fits its schema, and its first line leads the editor there."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.records.record import Schemas, read_record
from tests import make_other_evidence

CASES = Path(__file__).parents[2] / "cases"
SCHEMAS = Schemas.load([CASES.parent / "schemas"])
FILES = sorted(path for path in CASES.glob("*/**/*.yaml"))


def name(path: Path) -> str:
    return path.relative_to(CASES).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_example_file_is_read_without_a_problem(path: Path) -> None:
    kind = SCHEMAS.kind_of("/".join(path.relative_to(CASES).parts[1:]))
    assert kind
    record, problems = read_record(path.read_bytes(), name(path), kind, SCHEMAS)
    assert problems == []
    assert record


@pytest.mark.parametrize("path", FILES, ids=name)
def test_first_line_leads_the_editor_to_the_right_schema(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    schema = (path.parent / first.partition("$schema=")[2]).resolve()
    kind = SCHEMAS.kind_of("/".join(path.relative_to(CASES).parts[1:]))
    assert schema == (CASES.parent / "schemas" / f"{kind}.schema.json").resolve()
    assert schema.is_file()


@pytest.mark.parametrize("file", make_other_evidence.FILES)
def test_evidence_is_what_the_script_makes(file: str) -> None:
    assert (make_other_evidence.FOLDER / file).read_bytes() == make_other_evidence.FILES[file]()
