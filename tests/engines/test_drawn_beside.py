"""A template that somebody's Word saved cannot take the run with it: a crash or a hang costs that document alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.documents.templates.render import load_template, render
from generator.engines import Docx, Failure, Pdf, choose
from generator.engines.rdocx import drawn_beside
from generator.engines.rdocx.drawn_beside import DrawnBeside, saved_by_a_program
from generator.engines.unfinished_drawings import drafts
from generator.files.programs_beside.limited_child import megabytes
from generator.folder.school_folder import BUILT_IN
from tests.raw_word import NAMESPACES, para, word

FONTS = {"word/fontTable.xml": f"<w:fonts {NAMESPACES}/>"}
BY_WORD = word(para("Saved by Word"), FONTS, {"rT": ("fontTable", "fontTable.xml")})


def ends_or_draws(document: Docx) -> Pdf | Failure:
    """In place of an engine: breaks, never ends, or draws."""
    if document.name == "breaks":
        os.abort()
    while document.name == "hangs":
        pass
    return Pdf(document.name, str(os.getpid()).encode(), 1)


def test_our_own_templates_are_drawn_here_and_what_word_saved_beside() -> None:
    assert saved_by_a_program(BY_WORD)
    assert saved_by_a_program(word(para("A form of an authority"), {**FONTS, "docProps/app.xml": "<x/>"}))
    assert not saved_by_a_program(word(para("Ours"))) and not saved_by_a_program(b"PK no archive")
    ours = [one for one in (BUILT_IN / "templates").glob("*/*.docx") if one.parent.name != "source"]
    assert ours and not [one for one in ours if saved_by_a_program(one.read_bytes())]


def test_so_is_whatever_takes_on_a_house_style_that_word_saved(tmp_path: Path) -> None:
    ours, house = tmp_path / "letter.docx", tmp_path / "house.docx"
    for content in (word(para("Dear parents")), BY_WORD):
        ours.write_bytes(content)
        for house_style, beside in ((BY_WORD, True), (word(para("")), content == BY_WORD)):
            house.write_bytes(house_style)
            assert saved_by_a_program(render(load_template(ours, house), {"document": {"title": "Letter"}})) is beside


@pytest.mark.whole
@pytest.mark.skipif(sys.platform == "win32", reason="Windows is watched by the clock alone, for minutes")
def test_what_breaks_or_hangs_costs_only_itself() -> None:
    beside = DrawnBeside(ends_or_draws, seconds=1, patience=600)  # of work, whatever else the machine has to do
    try:
        found = [beside.drawn(Docx(name, b"")) for name in ("a", "b", "breaks", "c", "hangs", "d")]
    finally:
        beside.close()
    a, b, breaks, c, hangs, d = found
    assert isinstance(breaks, Failure) and isinstance(hangs, Failure)
    assert "it breaks the built-in engine, or takes it more than 1 seconds" in breaks.reason
    assert isinstance(a, Pdf) and isinstance(b, Pdf) and isinstance(c, Pdf) and isinstance(d, Pdf)
    assert a.content == b.content != str(os.getpid()).encode(), "one process for all that go well"
    assert len({a.content, c.content, d.content}) == 3, "and a new one after each that did not"


@pytest.mark.whole
def test_where_memory_cannot_be_limited_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(drawn_beside, "WATCHED", True)

    def too_much(process: int) -> int:
        asked.append(process)
        return drawn_beside.MEMORY_MB + 1

    monkeypatch.setattr(drawn_beside, "megabytes", too_much)
    beside = DrawnBeside(ends_or_draws, seconds=30)
    try:
        assert isinstance(beside.drawn(Docx("hangs", b"")), Failure)
    finally:
        beside.close()
    assert asked and os.getpid() not in asked
    assert megabytes(os.getpid()) > 1


@pytest.mark.whole
def test_it_is_drawn_as_here() -> None:
    engine = choose("embedded")
    try:
        [there] = engine.convert([Docx("own", BY_WORD)])
        [draft] = drafts(engine, [Docx("own", BY_WORD)])
        assert there == engine.here(Docx("own", BY_WORD))  # type: ignore[attr-defined]
        assert not isinstance(draft, Failure) and draft.finish() == there
    finally:
        engine.close()


_WORKER = """
import sys
from concurrent.futures import ProcessPoolExecutor
from generator.build import worker
from generator.engines import choose
if __name__ == "__main__":
    packed = worker.zlib.compress(worker.pickle.dumps(({}, {}, choose("embedded"))))
    with ProcessPoolExecutor(1, initializer=worker.begin) as pool:
        [made] = pool.submit(worker.work, packed, [worker.Drawing(1, "own", open(sys.argv[1], "rb").read())]).result()
    print(made.pdf.pages if made.pdf else made.failed)
"""


@pytest.mark.whole
def test_a_worker_that_drew_beside_ends_with_its_run(tmp_path: Path) -> None:
    """Its process beside is told to end through a queue, which must not be closed before; else both wait for ever."""
    (tmp_path / "own.docx").write_bytes(BY_WORD)
    command = [sys.executable, "-c", _WORKER, str(tmp_path / "own.docx")]
    ended = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2]
    )
    assert ended.stdout.strip() == "1"
