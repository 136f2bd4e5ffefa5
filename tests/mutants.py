"""Small mistakes put into the code, one at a time, to see whether the tests of its room notice: `make mutants`.

For each module a sample of the changes of tests/mutant_changes.py, chosen by a seed. Each is tried in a process of its
own, split off one that has found the tests: a function is changed where it is in memory, what stands outside functions
while the module is imported; no file is. The tests of the room that reach the function see the change.
What survives is printed with its line. EQUIVALENT names what no test can notice, and why.

    python -m tests.mutants [--each 4] [--seed 1] [MODULE ...]
"""

from __future__ import annotations

import argparse
import functools
import gc
import importlib.abc
import importlib.machinery
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import pytest

from tests.mutant_changes import ROOT, Mutant, Source, file_of
from tests.mutant_modules import EQUIVALENT, MODULES

SECONDS = 120
"""After which a run counts as noticed: a loop that does not end fails any test."""


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


@dataclass
class Reached:
    """Which functions of a module each test calls, by their first line, and how long the test takes."""

    functions: dict[str, list[int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def tests(self, lines: range) -> list[str]:
        """The tests that call what stands in these lines, the quickest first; all when it runs on import."""
        found = [test for test, lines_called in self.functions.items() if not lines or set(lines) & set(lines_called)]
        return sorted(found, key=lambda test: self.seconds.get(test, 0))


class _Watch:
    """Notes what each test reaches."""

    def __init__(self, module: str, into: Path) -> None:
        self._file, self._into, self._now = str(file_of(module)), into, set[int]()
        self._found = Reached()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._now, begun = set(), time.perf_counter()
        sys.setprofile(self._called)
        yield
        sys.setprofile(None)
        self._found.functions[item.nodeid] = sorted(self._now)
        self._found.seconds[item.nodeid] = time.perf_counter() - begun

    def write(self) -> None:
        self._into.write_text(json.dumps([self._found.functions, self._found.seconds]), "utf-8")

    def _called(self, frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code.co_filename == self._file:
            self._now.add(frame.f_code.co_firstlineno)


class _Tried:
    """Runs inside the test runner, after it has found the tests: a process for each change, split off at that moment.

    In it the changed function or value takes the place of the imported one, what was kept is forgotten, and the tests
    that reach the function run, the quickest first.
    """

    def __init__(self, module: str, changes: Sequence[tuple[Mutant, range]], into: Path) -> None:
        self._module, self._changes, self._into = module, changes, into

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        reached = self._into.with_name("reached.json")
        watch = _Watch(self._module, reached)
        gc.unfreeze()  # tests/conftest.py: what is frozen is not among the objects
        file, every = str(file_of(self._module)), gc.get_objects()
        self._functions = [one for one in every if isinstance(one, FunctionType) and one.__code__.co_filename == file]
        self._kept = [one for one in every if isinstance(one, _KEPT)]
        del every
        gc.freeze()
        session.config.pluginmanager.register(watch)
        begun = time.monotonic()
        failed = _split_off(lambda: _fails(session, session.items, watch), SECONDS)
        limit = 20 + 10 * (time.monotonic() - begun)
        session.config.pluginmanager.unregister(watch)
        answers: list[bool] | None = None
        if not failed:
            seen = Reached(*json.loads(reached.read_text("utf-8")))
            answers = [_split_off(lambda one=one: self._fails(session, one, seen), limit) for one in self._changes]
        self._into.write_text(json.dumps(answers), "utf-8")
        return True

    def _fails(self, session: pytest.Session, change: tuple[Mutant, range], seen: Reached) -> bool:
        mutant, lines = change
        if not self._put_in_place(mutant, lines):
            return True
        items = {item.nodeid: item for item in session.items}
        return _fails(session, [items[test] for test in seen.tests(lines)])

    def _put_in_place(self, mutant: Mutant, lines: range) -> bool:
        """The changed function or value where the imported one is; False when the module cannot be imported with it."""
        sys.meta_path.insert(0, _Changed(mutant))  # for what is imported by a test only
        for kept in self._kept:
            kept.cache_clear()
        if not lines:
            return _put_values_in_place(mutant)
        new = next(code for code in _codes(mutant.code) if code.co_firstlineno == lines.start)
        for one in self._functions:
            if one.__code__.co_firstlineno == lines.start and one.__code__.co_name == new.co_name:
                one.__code__ = new
        return True


def _split_off(work: Callable[[], bool], seconds: float) -> bool:
    """What a piece of work says, done in a process of its own; one that dies or does not end says True."""
    child = os.fork()
    if child == 0:
        said = True
        try:
            said = work()
        finally:
            os._exit(int(said))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _fails(session: pytest.Session, items: Sequence[pytest.Item], watch: _Watch | None = None) -> bool:
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return True
    if watch:
        watch.write()
    return False


def _put_values_in_place(mutant: Mutant) -> bool:
    """The values of a changed module where others hold those of the imported one; what they made of them stays."""
    imported = sys.modules.get(f"generator.{mutant.module}")
    if imported is None:
        return True
    fresh = ModuleType(imported.__name__)
    fresh.__dict__.update(__file__=imported.__file__, __package__=imported.__package__)
    try:
        exec(mutant.code, fresh.__dict__)
    except Exception:  # noqa: BLE001  whatever it is, no test could import the module
        return False
    for name, old in list(vars(imported).items()):
        new = vars(fresh).get(name)
        if not name.startswith("__") and _is_value(new) and _is_value(old) and new != old:
            for other in [one for one in sys.modules.values() if isinstance(one, ModuleType)]:
                for their, held in list(vars(other).items()):
                    if held is old and other.__name__.startswith(("generator", "tests")):
                        setattr(other, their, new)
            setattr(imported, name, new)
    return True


def _is_value(value: object) -> bool:
    """What is equal when it says the same: no function, no class, nothing made of one."""
    if isinstance(value, dict):
        return all(map(_is_value, value.keys())) and all(map(_is_value, value.values()))
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(_is_value, value))
    return isinstance(value, str | int | float | bytes | Decimal | date | timedelta | re.Pattern | None)


_KEPT = type(functools.cache(_split_off))


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The functions of a module and of its classes."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


_QUIET = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
"""What was loaded before the processes were split off cannot be made to tell more of its assertions."""


def noticed(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether a test fails with a change, made while the module is imported."""
    return _split_off(lambda: _run_tests(mutant, tests), SECONDS)


def _run_tests(mutant: Mutant | None, tests: Sequence[str], plugin: object = None) -> bool:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.environ["SENDPACK_MUTANT"] = "1"
    if mutant is not None:
        for name in [name for name in sys.modules if name.partition(".")[0] == "generator"]:
            del sys.modules[name]  # what is imported already would not be changed
        sys.meta_path.insert(0, _Changed(mutant))
    with tempfile.TemporaryDirectory() as folder:
        words = ["-x", "-q", "-m", "not whole", f"--basetemp={folder}/t", *_QUIET, *tests]
        without = [word for name in ("cacheprovider", "xdist", "cov") for word in ("-p", f"no:{name}")]
        return pytest.main([*without, *words], plugins=[plugin] if plugin else []) != 0


def survivors(module: str, changes: Sequence[tuple[Mutant, range]]) -> list[Mutant] | None:
    """The changes that no test of the room notices; None when a test fails as it is."""
    tests = tests_of(module)
    inside = [one for one in changes if not one[0].is_default]
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "answers.json"
        into.write_text("null", "utf-8")
        _split_off(lambda: _run_tests(None, tests, _Tried(module, inside, into)), SECONDS * (1 + len(inside)))
        if (answers := json.loads(into.read_text("utf-8"))) is None:
            return None
    found = {id(one[0]) for one, answer in zip(inside, answers, strict=True) if answer}
    sure = {id(one[0]) for one in inside if one[1]}
    left = [mutant for mutant, _ in changes if id(mutant) not in found]
    return [one for one in left if id(one) in sure or not noticed(one, tests)]


def tests_of(module: str) -> list[str]:
    """The test files of a module that are there."""
    named = (ROOT / "tests" / name for name in MODULES[module].split())
    return [str(path) for path in named if path.exists()]


def sample(module: str, each: int, seed: int) -> Iterator[tuple[Mutant, range]]:
    """Some of a module's changes with the lines of the function that each is in, the same for the same seed."""
    source = Source.read(module)
    for number, which in random.Random(f"{seed} {module}").sample(source.places, min(each, len(source.places))):
        mutant = source.mutant(number, which)
        assert mutant.code  # what Python does not take as a program would look like noticed
        yield mutant, source.owner(mutant.line)[1]


def main(words: Sequence[str]) -> int:
    """Try the modules named, or all; 1 when fewer than 95 in 100 are noticed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("modules", nargs="*")
    options.add_argument("--each", type=int, default=4)
    options.add_argument("--seed", type=int, default=1)
    said = options.parse_args(words)
    import hypothesis  # noqa: F401  loaded once, before the processes are split off
    import jinja2  # noqa: F401
    import jsonschema  # noqa: F401
    import lxml.etree  # noqa: F401
    import yaml  # noqa: F401

    tried = found = 0
    for module in said.modules or MODULES:
        begun = time.monotonic()
        changes = [one for one in sample(module, said.each, said.seed) if one[0].known_as not in EQUIVALENT]
        missed = survivors(module, changes)
        if missed is None:
            print(f"{module}: its tests fail as it is", flush=True)
            return 1
        mine = len(changes)
        tried, found = tried + mine, found + mine - len(missed)
        print(f"{module}: {mine - len(missed)} of {mine}, {time.monotonic() - begun:.0f} s", flush=True)
        print("".join(f"    survived {one}\n" for one in missed), end="", flush=True)
    print(f"{found} of {tried} noticed ({100 * found / max(tried, 1):.0f} %)")
    return int(found < 0.95 * tried)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
