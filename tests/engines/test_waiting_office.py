"""The LibreOffice that stays for a run: started once, the same bytes, and nothing of it is left, however a run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.engines import Docx, Failure, Pdf
from generator.engines.libreoffice import converter, waiting_office
from tests import word_files
from tests.conftest import need_program

pytestmark = pytest.mark.skipif(not waiting_office.can_wait(), reason="a program stays on Linux alone")
ONE, TWO = (Docx(name, word_files.paragraphs(f"Document {name}.")) for name in ("one", "two"))
BROKEN = Docx("broken", word_files.with_parts(ONE.content, {"word/document.xml": b"<w:document"}))


@pytest.fixture(scope="module")
def staying() -> Iterator[converter.LibreOffice]:
    need_program("soffice")
    office = converter.start()
    assert office.stay(now=True)
    yield office
    office.close()


def _pdf(result: object) -> bytes:
    assert isinstance(result, Pdf)
    return result.content


@pytest.mark.whole
def test_it_is_started_once_and_draws_what_a_fresh_one_draws(staying: converter.LibreOffice) -> None:
    first = [_pdf(one) for one in staying.convert([ONE, TWO])]
    kept = []
    for _ in range(3):  # a batch that it does not answer, as on a machine with no time, is drawn by another
        program = staying._office
        again = [_pdf(one) for one in staying.convert([TWO, ONE])]
        assert first == again[::-1]
        kept.append(program is not None and staying._office is program)
    assert any(kept)
    fresh = converter.start()
    assert first == [_pdf(one) for one in fresh.convert([ONE, TWO])]
    fresh.close()


@pytest.mark.whole
def test_after_a_document_that_it_cannot_open_the_others_are_made_and_its_words_are_told(
    staying: converter.LibreOffice,
) -> None:
    drawn = staying.draw({0: ONE.content, 1: BROKEN.content, 2: TWO.content})
    assert isinstance(drawn[0], bytes) and isinstance(drawn[2], bytes)
    assert isinstance(drawn[1], str) and "source file could not be loaded" in drawn[1]
    [after] = staying.convert([ONE])
    assert not isinstance(after, Failure)


@pytest.mark.whole
def test_one_that_was_ended_from_outside_is_replaced(staying: converter.LibreOffice) -> None:
    list(staying.convert([ONE]))
    assert staying._office is not None
    os.killpg(staying._office._process.pid, signal.SIGKILL)
    staying._office._process.wait()
    [made] = staying.convert([TWO])
    assert _pdf(made)


def test_a_run_that_is_killed_leaves_no_program_and_no_socket(tmp_path: Path) -> None:
    need_program("soffice")
    run = (
        "import os, signal\n"
        "from generator.engines.libreoffice import converter\n"
        "office = converter.start()\n"
        "office.stay(now=True)\n"
        "assert office._waiting()\n"
        "print(office._office._process.pid, office._office._socket, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    number, socket = ended.stdout.split()
    until = time.monotonic() + 60
    while time.monotonic() < until and (_runs(int(number)) or Path(socket).exists()):
        time.sleep(0.02)
    assert not _runs(int(number)) and not Path(socket).exists()


def _runs(group: int) -> bool:
    """True while a process of a group is alive; one that ended and was not asked for its end is not."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state, _, of_group = (place / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of_group) == group and state != "Z":
            return True
    return False
