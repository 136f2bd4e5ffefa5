"""The house stays as it was designed: one direction of imports, one door for each library, no I/O in the middle."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"

LEVELS = [
    {"problems"},
    {"locks"},
    {"scratch"},
    {"outputs"},
    {"index"},
    {"tables", "calendars"},
    {"fields", "identifiers", "values", "yaml_tree", "yaml_faults", "yaml_text", "pictures", "word", "house"},
    {
        "shapes",
        "schema_refs",
        "schema_fits",
        "schema_check",
        "schema_faults",
        "schemas",
        "records",
        "wording",
        "drawing",
        "charts",
        "differences",
        "tags",
        "templates",
        "tag_check",
        "tag_marks",
        "template_check",
        "template_fields",
        "template_look",
        "right_to_left",
        "engines",
    },
    {"sheets"},
    {"case", "references", "packs", "skeletons", "bundle"},
    {"given"},
    {"yaml_edit", "incoming"},
    {"ctf", "pupil_match"},
    {"audience"},
    {"needs", "pack_report"},
    {"criteria", "progress", "local_needs"},
    {"facts", "readiness", "starts"},
    {"rules"},
    {"sarif"},
    {"registers", "register_view", "timetable", "impact", "provision_map", "reviews"},
    {"project"},
    {"documents", "fit", "checking", "doctor"},
    {"languages"},
    {"translating"},
    {"work", "press"},
    {"crew", "plans"},
    {"cluster"},
    {"build"},
    {"template_work"},
    {"issued", "translators"},
    {"pack_check", "cautions", "worksheet", "receipt"},
    {"submission", "submission_files", "create", "report", "handover"},
    {"school_documents"},
    {"school_report", "briefing", "termly", "import_columns", "pupil_import", "new_year"},
    {"transfer", "disclosure"},
    {
        *("cli", "cli_build", "cli_bundle", "cli_issued", "cli_languages", "cli_packs", "cli_papers"),
        *("cli_records", "cli_school", "cli_templates"),
    },
]
"""Lower levels never import higher ones; a new module is added to the level where it belongs."""

DOORS = {
    "yaml": {"yaml_text"},
    "jsonschema": {"schema_check"},
    "referencing": {"schema_check"},
    "docxtpl": {"templates"},
    "jinja2": {"templates", "tags", "tag_check", "tag_marks"},
    "rdocx": {"engines"},
    "distributed": {"cluster"},
    "click": {
        *("cli", "cli_build", "cli_bundle", "cli_issued", "cli_languages", "cli_packs", "cli_papers"),
        *("cli_records", "cli_school", "cli_templates"),
    },
    "pypdf": {"bundle", "engines"},
    "pikepdf": {"bundle", "engines"},
    "pypdfium2": {"bundle", "engines"},
    "fontTools": {"bundle", "engines"},
    "openpyxl": {"sheets"},
}

PURE = {
    "problems",
    "audience",
    "cautions",
    "worksheet",
    "fields",
    "identifiers",
    "values",
    "case",
    "given",
    "references",
    "facts",
    "skeletons",
    "starts",
    "wording",
    "readiness",
    "registers",
    "report",
    "tables",
    "register_view",
    "school_report",
    "timetable",
    "impact",
    "provision_map",
    "reviews",
    "calendars",
    "progress",
    "incoming",
    "yaml_edit",
    "pupil_match",
}


def modules() -> dict[Path, str]:
    """Every module of the package with the name of its level: a module, or the subpackage that it is in."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        if inside.parts[0] != "_data":
            found[path] = inside.parts[0].removesuffix(".py")
    return found


def imports(path: Path) -> set[str]:
    """The full names of everything that a module imports, also inside functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module == "generator":
                names |= {f"generator.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    level = {name: number for number, names in enumerate(LEVELS) for name in names}
    own = modules()[path]
    if own == "__init__":
        return
    assert own in level, f"say in this test at which level {own} stands"
    for name in imports(path):
        package, _, rest = name.partition(".")
        if package == "generator" and rest:
            other = rest.split(".")[0]
            assert level[other] <= level[own], f"{own} must not import {other}"


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library: str) -> None:
    users = {name for path, name in modules().items() if any(i.split(".")[0] == library for i in imports(path))}
    assert users <= DOORS[library]


def test_the_middle_reads_and_writes_nothing() -> None:
    for path, name in modules().items():
        if name in PURE:
            source = path.read_text("utf-8")
            assert not {"pathlib.Path", "os", "subprocess", "io", "shutil", "tempfile"} & imports(path), name
            assert "open(" not in source and "date.today" not in source, name


def test_no_module_reaches_for_the_network() -> None:
    for path in modules():
        assert not {"socket", "urllib.request", "http.client", "requests", "ssl", "ftplib", "smtplib"} & imports(
            path
        ), path
