"""Somebody else's Word document is drawn by a process with limits: as here, and never more than it may cost."""

from __future__ import annotations

import io
import os
import re
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from generator.engines import Docx, Failure, Pdf, choose, drawn_whole
from generator.engines.libreoffice import converter
from generator.engines.rdocx import drawn_in_child
from generator.files.programs_beside import limited_child
from generator.problems import MissingOnThisMachine
from generator.values.notice import losses
from tests.raw_word import cell, dots, para, picture, row, run, table, word

GREEDY = {
    "a page for each of its letters": lambda: para("a", properties="<w:pageBreakBefore/>") * 20_000,
    "letters as high as a house": lambda: para(run("word " * 20_000, '<w:sz w:val="3276"/>')),
    "a table of 180,000 cells": lambda: table(*[row(*[cell(para("x"))] * 60)] * 3000, columns=60),
}
"""Each asks for more than any document is given; the second is drawn with just that, as it gets there soonest."""


def packed(content: bytes) -> bytes:
    """As small as such a file is when it is sent."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as loose, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as tight:
        for name in loose.namelist():
            tight.writestr(name, loose.read(name))
    return out.getvalue()


def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> converter.LibreOffice:
        raise MissingOnThisMachine("it is not here", "")

    monkeypatch.setitem(sys.modules["generator.engines.another_engine"]._OTHERS, converter.NAME, none)


@pytest.mark.whole
@pytest.mark.skipif(sys.platform != "linux", reason="the memory that a child took is known on Linux alone")
@pytest.mark.parametrize(
    ("what", "memory", "seconds", "held"),
    [*zip(GREEDY, (250, 500, 2000), (30, 30, 2), (260, 510, 1000), strict=True)],
)
def test_a_document_that_asks_for_too_much_is_refused_in_a_sentence(
    what: str, memory: int, seconds: int, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last is ended for its time: it would take more memory than it then holds."""
    without_libreoffice(monkeypatch)
    assert (drawn_in_child.MEMORY_MB, drawn_in_child.SECONDS) == (500, 30)
    monkeypatch.setattr(drawn_in_child, "MEMORY_MB", memory)
    monkeypatch.setattr(drawn_in_child, "SECONDS", seconds)
    content = packed(word(GREEDY[what]()))
    assert len(content) < 100_000
    with most_memory_of_a_child() as most:
        [failed] = drawn_whole(choose("embedded"), [Docx("report", content)])
    assert isinstance(failed, Failure)
    assert failed.reason == (
        f"to lay it out takes more than {memory} MB of memory or {seconds} seconds of work, or breaks the engine"
    )
    assert 20 * 1024 < max(most) < held * 1024


@contextmanager
def most_memory_of_a_child() -> Iterator[list[int]]:
    """The kilobytes that programs started by this one held at most, looked at while they run.

    Not getrusage: what it tells of a program begins with the memory of the process that started it.
    """
    most, done, own = [0], threading.Event(), Path("/proc/self/cmdline").read_bytes()
    before = set(Path("/proc").iterdir())  # such as the Java of other tests

    def look() -> None:
        while not done.wait(0.05):
            for place in {one for one in Path("/proc").iterdir() if one.name.isdecimal()} - before:
                with suppress(OSError):
                    if (place / "stat").read_text("utf-8").rpartition(")")[2].split()[1] != str(os.getpid()):
                        continue
                    # asked before the memory, which is ours until another program runs; while that begins none is named
                    started = (place / "cmdline").read_bytes() not in (own, b"")
                    told = (place / "status").read_text("utf-8")
                    if started:
                        most.extend(int(kilobytes) for kilobytes in re.findall(r"VmHWM:\s+(\d+) kB", told))

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield most
    finally:
        done.set()
        watch.join()


@pytest.mark.whole
def test_one_that_asks_for_too_much_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    without_libreoffice(monkeypatch)
    greedy = packed(word(GREEDY["letters as high as a house"]()))
    found = drawn_whole(choose("embedded"), [Docx("a", greedy), Docx("b", word(para("Words")))])
    assert [type(one) for one in found] == [Failure, Pdf]


@pytest.mark.whole
def test_it_is_drawn_as_in_this_process_with_all_that_was_noticed() -> None:
    drawing = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(44)
    content = word(para("Words", picture("rI", "")), {"word/media/a.emf": drawing}, {"rI": ("image", "media/a.emf")})
    document = Docx("report", content)
    [there], [here] = drawn_in_child.converted([document]), choose("embedded").convert([document])
    assert isinstance(here, Pdf) and there == here
    assert losses(here.warnings) and losses(here.warnings) == losses(there.warnings)
    assert [one.kind for one in there.warnings] == [one.kind for one in here.warnings]


@pytest.mark.whole
def test_photos_of_a_usual_size_go_in() -> None:
    parts = {f"word/media/{n}.png": dots("PNG") for n in range(3)}
    links = {f"r{n}x": ("image", f"media/{n}.png") for n in range(3)}
    content = word(para(*(picture(name) for name in links)), parts, links)
    [made] = drawn_in_child.converted([Docx("report", content)])
    assert isinstance(made, Pdf) and not losses(made.warnings)


@pytest.mark.whole
def test_why_it_cannot_be_drawn_is_told_as_it_is_here() -> None:
    document = Docx("report", b"PK no archive")
    assert list(drawn_in_child.converted([document])) == list(choose("embedded").convert([document]))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no ps")
def test_the_memory_of_a_process_is_known_where_it_cannot_limit_itself() -> None:
    import os

    assert 10 < limited_child.megabytes(os.getpid()) < 10_000
    assert limited_child.megabytes(2**22 + 7) == 0
