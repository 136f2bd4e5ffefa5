"""The house stays as it was designed: what import-linter (pyproject.toml) cannot say, doors, names, the middle."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"

DOORS = {
    "yaml": {"records/yaml_text"},
    "jsonschema": {"records/schema"},
    "referencing": {"records/schema"},
    "docxtpl": {"documents/templates"},
    "jinja2": {"documents/templates", "forms", "submission", "web"},
    "rdocx": {"engines/rdocx"},
    "distributed": {"build"},
    "click": {"cli"},
    "pypdf": {"bundle", "engines"},
    "pikepdf": {"bundle", "engines", "forms"},
    "pypdfium2": {"bundle", "engines", "forms"},
    "fontTools": {"bundle", "engines", "fonts", "forms"},
    "openpyxl": {"school/tables"},
    "python_calamine": {"files"},
    "rapidfuzz": {"forms"},
    "flask": {"web"},
    "waitress": {"web"},
}
"""Each library is used behind one door, so that a new version of it is one place to look at."""

PURE = {"problems.py", "values", "cases", "authorities", "rules"}
"""Rooms that read and write nothing: plain values in, plain values out."""

READS = {"authorities/pack.py", "rules/__main__.py", "rules/requirement_index.py"}
"""What in those rooms reads the files that come with the program."""


@cache
def modules() -> dict[str, Path]:
    """Every module by its path in the package."""
    found = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
    return {name: path for name, path in found.items() if not name.startswith("_data/")}


@cache
def tree_of(path: Path) -> ast.Module:
    """A module's syntax tree, read once."""
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> set[str]:
    """The full names of everything that a module imports, also inside functions."""
    names = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.whole
@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library: str) -> None:
    users = {name for name, path in modules().items() if any(i.split(".")[0] == library for i in imports(path))}
    assert {name for name in users if not name.startswith(tuple(f"{door}/" for door in DOORS[library]))} == set()


def test_the_middle_reads_and_writes_nothing() -> None:
    for name, path in modules().items():
        if name.split("/")[0] in PURE and name not in READS:
            source = path.read_text("utf-8")
            found = {"pathlib", "os", "subprocess", "io", "shutil", "tempfile"} & {
                i.split(".")[0] for i in imports(path)
            }
            assert not found or (found == {"pathlib"} and "from pathlib import PurePosixPath" in source), name
            assert "open(" not in source and "date.today" not in source, name


def test_the_page_writes_no_file_in_its_own_way() -> None:
    """It goes through the doors of the other rooms: alone the file that takes the secret to the browser, for this user
    alone, and the report of a mistake of ours are its own."""
    ways = ("write_file", "write_files", ".write_text(", ".write_bytes(", "NamedTemporaryFile", '.open("w')
    own = {"web/server.py", "web/workplace.py"}
    found = {
        name
        for name, path in modules().items()
        if name.startswith("web/") and any(way in path.read_text("utf-8") for way in ways)
    }
    assert found <= own


def test_no_module_reaches_for_the_network() -> None:
    reaching = {"socket", "urllib.request", "http.client", "requests", "ssl", "ftplib", "smtplib"}
    for name, path in modules().items():
        allowed = {"socket"} if name == "web/server.py" else set()  # the page listens on 127.0.0.1 alone: tests/web
        assert reaching & imports(path) <= allowed, name


@pytest.mark.whole
def test_no_module_imports_another_ones_private_names() -> None:
    found = [
        f"{name}: {node.module}.{alias.name}"
        for name, path in modules().items()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator")
        for alias in node.names
        if alias.name.startswith("_") and not alias.name.startswith("__")
    ]
    assert found == []


def test_imports_stand_at_the_top() -> None:
    found = []
    for name, path in modules().items():
        body = tree_of(path).body
        code = [number for number, node in enumerate(body) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        late = [
            n for n, node in enumerate(body) if isinstance(node, ast.Import | ast.ImportFrom) and code and n > code[0]
        ]
        found += [name] if late else []
    assert found == []


def imported_files(name: str, path: Path) -> set[str]:
    """The modules of the package that a module imports, also inside functions, by their path in the package."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator"):
            place = "/".join((node.module or "").split(".")[1:])
            asked = [f"{place}/{alias.name}.py".lstrip("/") for alias in node.names]
            found |= {f"{place}.py", *asked}
    return (found & modules().keys()) - {name}


@pytest.mark.whole
def test_no_two_files_import_each_other_however_far_round() -> None:
    arrows = {name: imported_files(name, path) for name, path in modules().items()}
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> tuple[str, ...]:
        if name in way:
            return (*way[way.index(name) :], name)
        if name in done:
            return ()
        circle = next(filter(None, (walk(other, (*way, name)) for other in sorted(arrows[name]))), ())
        done.add(name)
        return circle

    assert [circle for name in arrows if (circle := walk(name, ()))] == []


def door(package: Path) -> set[str]:
    """What a package opens to other rooms: modules and names in its `__all__`."""
    for node in ast.parse((package / "__init__.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["__all__"]:
            return set(ast.literal_eval(node.value))
    return set()


def asked_of_other_rooms() -> dict[tuple[str, str], set[str]]:
    """(package, module or name) to the modules of other rooms that import it."""
    found: dict[tuple[str, str], set[str]] = {}
    known = modules().keys()
    for name, path in modules().items():
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("generator."):
                continue
            place = "/".join((node.module or "").split(".")[1:])
            if place.split("/")[0] == name.split("/")[0] or place == "problems":
                continue
            for alias in node.names:
                if f"{place}/__init__.py" in known:
                    found.setdefault((place, alias.name), set()).add(name)
                else:
                    found.setdefault((place.rpartition("/")[0], place.rpartition("/")[2]), set()).add(name)
    return found


@pytest.mark.whole
def test_other_rooms_use_what_a_room_opens_to_them() -> None:
    asked = asked_of_other_rooms()
    closed = {place: sorted(users) for place, users in asked.items() if place[1] not in door(PACKAGE / place[0])}
    assert closed == {}, "use what the package's __all__ names, or name it there"


@pytest.mark.whole
def test_what_a_room_opens_is_used_or_is_its_front_door() -> None:
    """A module that no other room uses is not open; names that a package itself imports may be for callers outside."""
    asked = asked_of_other_rooms()
    for path in PACKAGE.rglob("__init__.py"):
        place = path.parent.relative_to(PACKAGE).as_posix()
        body = tree_of(path).body
        own = {alias.name for node in body if isinstance(node, ast.ImportFrom) for alias in node.names}
        submodules = {f.stem for f in path.parent.glob("*.py")} - own
        assert {name for name in door(path.parent) & submodules if (place, name) not in asked} == set(), place


def test_no_two_modules_have_one_name() -> None:
    names = [Path(name).stem for name in modules() if Path(name).stem not in ("__init__", "__main__")]
    rooms = [path.name for path in PACKAGE.rglob("*") if path.is_dir() and (path / "__init__.py").exists()]
    twice = {name for name, count in Counter([*names, *rooms]).items() if count > 1}
    assert twice == set()


def test_a_class_name_stands_once() -> None:
    found: dict[str, list[str]] = {}
    for name, path in modules().items():
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(name)
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_a_folder_is_looked_over_at_a_glance() -> None:
    """About a dozen files: what grows beyond is two subjects."""
    found = Counter(
        path.parent.relative_to(PACKAGE).as_posix() for path in modules().values() if path.name != "__init__.py"
    )
    assert {place: number for place, number in found.items() if number > 13} == {}


def test_every_room_says_what_it_is_for() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        said = ast.get_docstring(tree_of(path)) or ""
        assert len(said) > 60, path


def test_every_module_that_the_papers_name_is_there() -> None:
    """A path with folders names a module from the package or from the repository; a bare name any of that name."""
    root, missing = PACKAGE.parent, []
    names = {name.rpartition("/")[2] for name in modules()}
    for paper in (root / "ARCHITECTURE.md", root / "CONTRIBUTING.md", *sorted((root / "docs/decisions").glob("*.md"))):
        for path in re.findall(r"`([\w./-]+(?:\.py|/))`", paper.read_text("utf-8")):
            bare = "/" not in path.rstrip("/")
            there = (PACKAGE / path).exists() or (root / path).exists() or (bare and (path in names or path[-1] == "/"))
            missing += [] if there else [f"{paper.name}: {path}"]
    assert missing == []


def names_of(path: Path) -> set[str]:
    """What a module defines or imports, wherever it stands outside of functions."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            found |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


@pytest.mark.whole
def test_what_scripts_take_from_the_program_is_there() -> None:
    """Benches and makers are run by hand: an import within a function that is not there would be seen by a person."""
    root, missing = PACKAGE.parent, []
    for script in [
        *(root / "tests" / "bench").glob("*.py"),
        *(root / "tests").glob("*.py"),
        *root.glob("tools/**/*.py"),
    ]:
        for node in ast.walk(tree_of(script)):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("generator"):
                continue
            place = root / str(node.module).replace(".", "/")
            file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
            known = names_of(file) if file.is_file() else set()
            missing += [
                f"{script.name}: {node.module}.{alias.name}"
                for alias in node.names
                if alias.name not in known
                and not (place / f"{alias.name}.py").is_file()
                and not (place / alias.name).is_dir()
            ]
    assert missing == []


def test_the_version_is_the_newest_of_the_changelog() -> None:
    """pyproject.toml names it; wheel, archive for Windows and what is given out take it from there."""
    pyproject = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))
    newest = re.search(r"^## (\S+)", (PACKAGE.parent / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest and newest[1] == pyproject["project"]["version"]
