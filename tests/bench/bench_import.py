"""How long `sendpack import` takes for a whole school's list: processor and wall time of each step.

    .venv/bin/python -m tests.bench.bench_import [PUPILS] [--profile]

Invented pupils, one in six on the SEND register, in the columns of an Arbor list: a first import that begins every
folder, and the same list again, of which nothing changes.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from generator.folder.create import new_school
from generator.folder.school_folder import find_project
from generator.school.imports.apply_import import apply
from generator.school.imports.compare_import import ImportWish, compare
from generator.school.imports.lists.pupils_of_list import pupils_of
from generator.school.imports.lists.spreadsheet_columns import Columns, propose, read_lists
from generator.school.imports.match_pupil import known_in
from tests.school.pupil_lists import ARBOR, upn

ON = date(2026, 11, 20)
WISH = ImportWish(create=True, on=ON, since=date(2026, 9, 7), says_sen=True)


def listed(pupils: int) -> str:
    """A list of that many invented pupils."""
    rows = []
    for n in range(pupils):
        status, need = ("K - SEN Support", "SEMH; SLCN") if n % 6 == 0 else ("", "")
        born = f"{n % 28 + 1:02}/{n % 12 + 1:02}/{2015 + n % 6}"
        rows.append(f"Child{n},Name{n},Name{n},{upn(n)},{born},,,{status},{need},WBRI,F,T,F,F")
    return "\n".join([ARBOR, *rows]) + "\n"


def once(root: Path, file: Path) -> int:
    """Import a list as the command does; the number of files written."""
    project = find_project(root)
    lists = read_lists(file, {}, ())
    columns = propose(lists, Columns({}))
    incoming = pupils_of(lists.rows, columns, {}, ON)
    return len(apply(compare(project, incoming, known_in(project), WISH).outcomes))


def main() -> None:
    """Print the table; with --profile where the time of the first import goes."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    pupils = numbers[0] if numbers else 1500
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "school"
        new_school(root)
        file = Path(folder) / "list.csv"
        file.write_text(listed(pupils), "utf-8")
        for name in ("first import", "the same again"):
            profile = cProfile.Profile()
            wall, cpu = perf_counter(), process_time()
            written = profile.runcall(once, root, file) if "--profile" in sys.argv else once(root, file)
            wall, cpu = perf_counter() - wall, process_time() - cpu
            print(f"{name:16} {pupils} rows, {written} files: {cpu:.2f} s of processor, {wall:.2f} s")
            if "--profile" in sys.argv:
                pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
