"""One way of putting files together, in a process of its own that loads nothing else: see bench_bundle."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def run_one(way: str, out: Path, paths: list[Path]) -> None:
    """One way of putting the files together, in this process."""
    if way == "pypdf":
        from pypdf import PdfWriter

        writer = PdfWriter()
        for path in paths:
            writer.append(path)
        writer.write(out)
        return
    from generator.bundle.assemble.bundle_writer import About, Piece, assemble
    from generator.bundle.pagination import ContentsLine, lay_out

    counts = json.loads(out.with_name("counts.json").read_text())  # a real bundle knows them from taking the files in
    plan = lay_out([ContentsLine(f"p{n}", "part", paths[n].stem, pages=count) for n, count in enumerate(counts)])
    pieces = (Piece(f"p{n}", path.stem, path.read_bytes()) for n, path in enumerate(paths))
    with out.open("wb") as file:
        assemble(pieces, plan, About("Bench"), file, tags=way != "plain")
    if way == "verified":
        from generator.bundle.assemble.bundle_read_back import verify

        failures = verify(out, plan, {}, ["Joe Other"])
        assert failures == [], failures[:5]


if __name__ == "__main__":
    run_one(sys.argv[1], Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
