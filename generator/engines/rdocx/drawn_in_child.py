"""Somebody else's Word documents drawn by the built-in engine in processes of their own, with limits on each.

A Word file of a few kilobytes can ask for gigabytes, or for hours, when it is laid out; and what breaks the engine ends
the process that it runs in. Our own documents are drawn where the program runs: they are small, and many. What a
school's own template makes is drawn there too, unless it asks for far more than any of ours (`unusual_size`).

Started as `python -m generator.engines.rdocx.drawn_in_child FOLDER`; FOLDER holds `file` and `wish.json`, the child
leaves `drawn.json` and, where there is one, `drawn.pdf`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import metadata
from pathlib import Path

from generator.engines.protocol import Docx, Failure, Pdf
from generator.files import temp_folders
from generator.files.programs_beside.limited_child import limit, run_limited
from generator.values.notice import noticed

_MODULE = __name__
MEMORY_MB, SECONDS = 500, 30
UNUSUAL_MB, UNUSUAL_SECONDS = 1000, 90
"""For a document of the school's own, as the register of thousands of pupils is."""
_USUAL_MB = 25
"""Up to this size of file the usual memory is enough; photos as they are take five times their size, PNGs eight."""
_EACH_MB = 8
_PATIENCE = 4
"""How much longer than its processor time a document may take on a machine that has other things to do as well."""


Run = Callable[[str, Path, int, int], bool]
"""Runs `main` of a module on a folder in a process with limits; seconds and megabytes are those of `run_limited`."""


def _run(module: str, folder: Path, seconds: int, memory_mb: int) -> bool:
    return run_limited(module, folder, seconds, memory_mb=memory_mb)


def converted(documents: Sequence[Docx], run: Run | None = None) -> Iterator[Pdf | Failure]:
    """One result for each document, in their order; as many at once as there are processors.

    `run` runs a module on a folder, for whom has processes that have loaded it.
    """
    with ThreadPoolExecutor(max_workers=max(1, min(os.cpu_count() or 1, 4))) as pool:  # the threads only wait
        yield from pool.map(partial(_one, run or _run), documents)


def _one(run: Run, document: Docx) -> Pdf | Failure:
    more = max(0, len(document.content) // 1_000_000 - _USUAL_MB)
    return drawn(document, MEMORY_MB + _EACH_MB * more, SECONDS + more, run)


def drawn(
    document: Docx, memory_mb: int = UNUSUAL_MB, seconds: int = UNUSUAL_SECONDS, run: Run = _run
) -> Pdf | Failure:
    """One document drawn by a process that may take so much memory and time of a processor."""
    with temp_folders.folder() as folder:
        (folder / "file").write_bytes(document.content)
        wish = {"name": document.name, "foreign": document.foreign, "memory_mb": memory_mb, "seconds": seconds}
        (folder / "wish.json").write_text(json.dumps(wish), "utf-8")
        run(_MODULE, folder, seconds * _PATIENCE, memory_mb)
        try:
            told = json.loads((folder / "drawn.json").read_text("utf-8"))
        except (OSError, ValueError):
            return Failure(document.name, _too_much(memory_mb, seconds))
        if "reason" in told:
            return Failure(document.name, told["reason"])
        content = (folder / "drawn.pdf").read_bytes()
        return Pdf(document.name, content, told["pages"], noticed(told["warnings"]))


def _too_much(memory_mb: int, seconds: int) -> str:
    return f"to lay it out takes more than {memory_mb} MB of memory or {seconds} seconds of work, or breaks the engine"


# -- in the child -----------------------------------------------------------------------------------------------------


def main(folder: Path) -> None:
    """Draw FOLDER/file."""
    wish = json.loads((folder / "wish.json").read_text("utf-8"))
    limit(wish["memory_mb"], wish["seconds"])
    from generator.engines.rdocx import draw_without_stranded_headings

    try:
        document = Docx(wish["name"], (folder / "file").read_bytes(), wish["foreign"])
        made = draw_without_stranded_headings.converted(document, f"rdocx {metadata.version('rdocx')}")
    except MemoryError:
        made = Failure(wish["name"], _too_much(wish["memory_mb"], wish["seconds"]))
    if isinstance(made, Failure):
        told: dict[str, object] = {"reason": made.reason}
    else:
        (folder / "drawn.pdf").write_bytes(made.content)
        told = {"pages": made.pages, "warnings": [one.as_list() for one in made.warnings]}
    (folder / "drawn.json").write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
