"""How long `sendpack check` takes for a school, against plain jsonschema validation of the same files in the same run.

    .venv/bin/python -m tests.bench.bench_check [PUPILS]

Plain way: yaml.safe_load and a Draft 2020-12 validator of jsonschema for each file, nothing else.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from generator.folder.school_folder import case_names, find_project
from generator.records.record import Schemas
from generator.school.check_school import check_school
from tests.big_school import ON, write_school

ROUNDS = 3


def plain(root: Path, schemas: Schemas) -> int:
    """Validate every file with jsonschema alone; the number of files."""
    kinds = {kind: schemas.schema(kind) for kind in schemas.kinds}
    files = {f"{name}.schema.json": schemas.schema(name) for name in (*kinds, "common")}
    registry: Registry[Any] = Registry().with_resources((n, Resource.from_contents(s)) for n, s in files.items())
    validators = {kind: Draft202012Validator(schema, registry=registry) for kind, schema in kinds.items()}
    count = 0
    for file in sorted((root / "cases").rglob("*.yaml")):
        relative = file.relative_to(root / "cases").as_posix().partition("/")[2]
        kind = schemas.kind_of(relative) if relative else "school"
        if kind:
            loaded = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
            list(validators[kind].iter_errors(loaded))
            count += 1
    return count


def main() -> None:
    """Print the table."""
    pupils = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        root = write_school(Path(folder), pupils, pupils)
        project = find_project(root)
        names = case_names(project)
        times: dict[str, list[float]] = {"plain": [], "check": []}
        for _ in range(ROUNDS):
            begun = perf_counter()
            files = plain(root, project.schemas)
            times["plain"].append(perf_counter() - begun)
            begun = perf_counter()
            found = sum(len(part.problems) for part in check_school(project, names, ON))
            times["check"].append(perf_counter() - begun)
    ratio = median(c / p for c, p in zip(times["check"], times["plain"], strict=True))
    print(f"{pupils} pupils, {files} files, {found} findings, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(f"plain jsonschema   {median(times['plain']):6.2f} s")
    print(f"sendpack check     {median(times['check']):6.2f} s   {ratio:.2f} x plain")


if __name__ == "__main__":
    main()
