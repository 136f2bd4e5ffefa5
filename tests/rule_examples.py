"""Examples of rules, found by themselves: tests/rules/<rule>/good*.yaml and bad*.yaml.

One file holds the records it is about, each after a line `# file: plan.yaml`; what was given out after one like
`# file: issued/profile-v1/issued.yaml`. Lines at its top say what else there is:

    # on: 2026-10-01                    the day of the check; 1 October 2026 when it is not said
    # pack: norfolk                     the authority's pack, or an invented one of tests/packs; else standard
    # with: pupil.yaml school.yaml      files taken from tests/rules/ordinary
    # missing: plan.yaml plan-missing   the rule points at a file that is not there

`# finding: rule` stands above each line that the rule must point at; it must point at no other. Good files have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from generator.authorities.pack import Pack, load_pack
from generator.cases.case import Case, given_by
from generator.records.record import Record, Schemas, read_record
from generator.rules import Rule, View

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "rules"
ORDINARY = FOLDER / "ordinary"
TODAY = date(2026, 10, 1)
CASE = "cases/one"

_HEAD = re.compile(r"^# (on|pack|with|missing): (.*)$")
_FILE = re.compile(r"^# file: (\S+)$")


@dataclass(frozen=True)
class Example:
    """One example file, read: the case, the pack, the day, and where the rule must point."""

    path: Path
    view: View
    expected: frozenset[tuple[str, int]]


@cache
def schemas() -> Schemas:
    return Schemas.load([ROOT / "schemas"])


@cache
def pack(name: str) -> Pack:
    return load_pack(name, [ROOT / "templates", ROOT / "tests" / "packs"], schemas())


def files(rule_id: str, kind: str) -> list[Path]:
    """The good or the bad examples of a rule."""
    return sorted((FOLDER / rule_id).glob(f"{kind}*.yaml"))


def read_example(path: Path) -> Example:
    """Raises AssertionError when a record in the example does not fit its schema."""
    lines = path.read_text("utf-8").splitlines()
    heads = [match.groups() for line in lines if (match := _HEAD.match(line))]
    head = dict(heads)
    on = date.fromisoformat(head["on"]) if "on" in head else TODAY
    records = [_record(name, (ORDINARY / name).read_bytes()) for name in head.get("with", "").split()]
    records += [_record(name, content) for name, content in _parts(lines)]
    school = [record for record in records if record.kind == "school"]
    own = tuple(record for record in records if record.kind not in ("school", "issued"))
    papers = given_by(record for record in records if record.kind == "issued")
    case = Case("one", own, school[0] if school else None, papers)
    missing = {(f"{CASE}/{value.split()[0]}", 0) for key, value in heads if key == "missing"}
    view = View(case, pack(head.get("pack", "standard")), on)
    return Example(path, view, frozenset({*_marked(lines), *missing}))


def _parts(lines: list[str]) -> Iterator[tuple[str, bytes]]:
    """Each record's file name and text, with empty lines before it so that its line numbers are the example's."""
    starts = [(n, match[1]) for n, line in enumerate(lines) if (match := _FILE.match(line))]
    ends = [n for n, _ in starts[1:]] + [len(lines)] * bool(starts)
    for (start, name), end in zip(starts, ends, strict=True):
        yield name, ("\n" * (start + 1) + "\n".join(lines[start + 1 : end]) + "\n").encode()


def _shown(name: str) -> str:
    return "cases/school.yaml" if name == "school.yaml" else f"{CASE}/{name}"


def _record(name: str, content: bytes) -> Record:
    aside = {"school.yaml": "school", "issued.yaml": "issued"}.get(name.rpartition("/")[2])
    kind = aside or schemas().kind_of(name)
    assert kind, name
    record, problems = read_record(content, _shown(name), kind, schemas())
    assert record and not problems, "\n".join(map(str, problems))
    return record


def _marked(lines: list[str]) -> Iterator[tuple[str, int]]:
    """Path and line number of every line under a `# finding:` comment."""
    name = ""
    for number, line in enumerate(lines):
        if match := _FILE.match(line):
            name = _shown(match[1])
        if line.strip().startswith("# finding:"):
            below = next(n for n in range(number + 1, len(lines)) if not lines[n].strip().startswith("#"))
            yield name, below + 1


def found(rule: Rule, example: Example) -> frozenset[tuple[str, int]]:
    """Where the rule points in an example."""
    return frozenset((problem.path, problem.line) for problem in rule.problems(example.view))
