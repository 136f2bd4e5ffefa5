"""Small mistakes put into the code, one at a time, to see whether the tests of its room notice: `make mutants`.

For each module a sample of places, chosen by a seed: a comparison turned or moved by its boundary, a sign, a number, an
`and`, a `not`. Each is tried in a process split off one that has loaded the test runner; the module is changed while
it is imported, no file is. What survives is printed with its line. EQUIVALENT names what no test can notice, and why.

    python -m tests.mutants [--each 12] [--seed 1] [MODULE ...]
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).parent.parent
SECONDS = 120
"""After which a run counts as noticed: a loop that does not end fails any test."""

MODULES: dict[str, str] = {
    "values.parsing": "values records/test_records.py records/test_mistakes.py",
    "values.formatting": "values",
    "values.identifiers": "values records/test_records.py",
    "values.file_names": "attacks/test_names_of_files.py",
    "values.plain_letters": "bundle/test_name_search.py attacks/test_names_as_written.py values",
    "cases.costs": "cases/test_costs.py",
    "cases.audience": "cases/test_audience.py",
    "cases.dates.age_and_year": "cases/test_dates.py",
    "cases.dates.school_days": "cases/test_dates.py cases/test_school_days.py",
    "cases.dates.statutory_clock": "cases/test_dates.py",
    "cases.family.contact_details": "cases",
    "cases.family.people": "cases",
    "authorities.requirement": "authorities",
    "authorities.legal_test": "authorities",
    "rules.quality.smart_targets": "rules/test_quality.py",
    "rules.law_and_code.request_and_records.request_clock": "rules/test_request_clock.py",
    "rules.law_and_code.support_and_cycles.cycle_sequence": "rules/test_law_and_code.py",
    "rules.law_and_code.meetings_and_family.meetings": "rules/test_law_and_code.py",
    "bundle.name_forms": "bundle/test_name_forms.py bundle/test_name_search.py",
    "school.provision.provision_map": "school/test_map_lines.py school/test_provision_map.py",
    "school.provision.adult_timetable": "school/test_timetable.py",
    "school.calendar.reviews": "school/test_reviews.py",
    "records.compare": "records",
    "records.three_way": "records",
    "school.imports.ctf": "school/test_ctf.py school/test_imports.py",
    "school.imports.incoming_pupil": "school/test_imports.py school/test_import_lists.py",
    "school.imports.existing_pupil": "school/test_imports.py school/test_import_lists.py",
    "school.imports.lists.value_words": "school/test_ctf.py school/test_import_lists.py",
}
"""The modules that what a family is told or owed depends on, and the tests of their rooms."""

EQUIVALENT: dict[str, str] = {
    "school.provision.adult_timetable:229: len(session.bookings) > first.group_size > 1 -> "
    "len(session.bookings) > first.group_size >= 1": "a session of one pupil holds one booking",
    "cases.costs:46: 1 -> 2": "seven weeks and eight are both longer than half a term",
}
"""`module:line: change` of mutants that no test can notice, with a word why; lines may move by a few."""

_TURNED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_SIGNS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult}


@dataclass(frozen=True)
class Mutant:
    """One change: the module, its line, what stands there and what would."""

    module: str
    line: int
    before: str
    after: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.before} -> {self.after}"


def file_of(module: str) -> Path:
    """The source of a module."""
    return ROOT / "generator" / f"{module.replace('.', '/')}.py"


def mutants(module: str) -> list[Mutant]:
    """Every change that is tried on a module."""
    path = file_of(module)
    tree = ast.parse(path.read_text("utf-8"), str(path))
    decorators = {
        id(part) for node in ast.walk(tree) for one in getattr(node, "decorator_list", ()) for part in ast.walk(one)
    }
    return [
        Mutant(module, before.lineno, ast.unparse(before), ast.unparse(after), compile(whole, str(path), "exec"))
        for number, node in enumerate(ast.walk(tree))
        if id(node) not in decorators
        for which in range(len(_changes(node)))
        for whole, before, after in [_changed(tree, number, which)]
    ]


def _changed(tree: ast.Module, number: int, which: int) -> tuple[ast.Module, ast.expr, ast.expr]:
    whole = deepcopy(tree)
    node = next(one for place, one in enumerate(ast.walk(whole)) if place == number)
    assert isinstance(node, ast.expr)
    before = deepcopy(node)
    _changes(node)[which]()
    return whole, before, node


def _changes(node: ast.AST) -> list[object]:
    """What can be changed at a node, each as a function that does it."""
    if isinstance(node, ast.Compare):
        places = [n for n, sign in enumerate(node.ops) if type(sign) in _TURNED]
        return [lambda n=n: node.ops.__setitem__(n, _TURNED[type(node.ops[n])]()) for n in places]
    if isinstance(node, ast.BoolOp):
        return [lambda: setattr(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())]
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS and not _is_text(node):
        return [lambda: setattr(node, "op", _SIGNS[type(node.op)]())]
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return [lambda: setattr(node, "value", node.value + 1)]
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        return [lambda: setattr(node, "value", not node.value)]
    return []


def _is_text(node: ast.BinOp) -> bool:
    return any(isinstance(side, ast.JoinedStr | ast.Constant) and not isinstance(getattr(side, "value", 0), int | float)
               for side in (node.left, node.right))  # fmt: skip


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module changed to whoever imports it."""

    def __init__(self, mutant: Mutant) -> None:
        self._name, self._code = f"generator.{mutant.module}", mutant.code

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self._name:
            return None
        return importlib.machinery.ModuleSpec(name, self, origin=str(file_of(name.removeprefix("generator."))))

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(file_of(self._name.removeprefix("generator.")))
        exec(self._code, module.__dict__)


_QUIET = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
"""What was loaded before the processes were split off cannot be made to tell more of its assertions."""


def noticed(mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether a test of the room fails with a change; with None, whether one fails as it is."""
    child = os.fork()
    if child == 0:
        _run_tests(mutant, tests)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _run_tests(mutant: Mutant | None, tests: Sequence[str]) -> None:
    """The tests in this process, which ends with them."""
    import pytest

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.environ["SENDPACK_MUTANT"] = "1"
    if mutant is not None:
        for name in [name for name in sys.modules if name.partition(".")[0] == "generator"]:
            del sys.modules[name]  # what is imported already would not be changed
        sys.meta_path.insert(0, _Changed(mutant))
    code = 1
    try:
        code = pytest.main(["-x", "-q", "-m", "not whole", "-p", "no:cacheprovider", "-p", "no:xdist", *_QUIET, *tests])
    finally:
        os._exit(int(code))


def tests_of(module: str) -> list[str]:
    """The test files of a module that are there."""
    named = (ROOT / "tests" / name for name in MODULES[module].split())
    return [str(path) for path in named if path.exists()]


def sample(module: str, each: int, seed: int) -> Iterator[Mutant]:
    """Some of a module's changes, the same for the same seed."""
    every = mutants(module)
    yield from random.Random(f"{seed} {module}").sample(every, min(each, len(every)))


def main(words: Sequence[str]) -> int:
    """Try the modules named, or all; 1 when fewer than 95 in 100 are noticed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("modules", nargs="*")
    options.add_argument("--each", type=int, default=12)
    options.add_argument("--seed", type=int, default=1)
    said = options.parse_args(words)
    import hypothesis  # noqa: F401  loaded once, before the processes are split off
    import jinja2  # noqa: F401
    import jsonschema  # noqa: F401
    import lxml.etree  # noqa: F401
    import pytest  # noqa: F401
    import yaml  # noqa: F401

    tried = killed = 0
    for module in said.modules or MODULES:
        begun, mine, missed = time.monotonic(), 0, list[Mutant]()
        tests = tests_of(module)
        if noticed(None, tests):
            print(f"{module}: its tests fail as it is", flush=True)
            return 1
        for mutant in sample(module, said.each, said.seed):
            mine += 1
            if not noticed(mutant, tests) and not _equivalent(mutant):
                missed.append(mutant)
        tried, killed = tried + mine, killed + mine - len(missed)
        print(f"{module}: {mine - len(missed)} of {mine}, {time.monotonic() - begun:.0f} s", flush=True)
        print("".join(f"    survived {one}\n" for one in missed), end="", flush=True)
    print(f"{killed} of {tried} noticed ({100 * killed / max(tried, 1):.0f} %)")
    return int(killed < 0.95 * tried)


def _equivalent(mutant: Mutant) -> bool:
    for known in EQUIVALENT:
        module, line, change = known.split(":", 2)
        if module == mutant.module and change.strip() == f"{mutant.before} -> {mutant.after}":
            return abs(int(line) - mutant.line) < 30
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
