"""Scans that a program reads, where there is one."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

from generator.bundle import Options, Part
from generator.bundle.evidence import intake
from generator.bundle.evidence.intake import Taken, take_all
from generator.bundle.evidence.page_by_page import ocr
from generator.bundle.evidence.page_by_page.ocr import about_ocr
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.files.kept_results import KeptResults
from generator.files.programs_beside.ended_program import ProgramsAtWork
from generator.problems import MissingOnThisMachine
from tests.bundle.taken import take
from tests.conftest import need_program
from tests.example_school import ROOT


def scan(folder: Path) -> Path:
    """A scanned slip with words a program can read, no larger than they need: every dot is looked at."""
    font = ImageFont.truetype(ROOT / "templates" / "fonts" / "LiberationSans-Regular.ttf", 48)
    image = Image.new("L", (1200, 800), 255)
    for line, words in enumerate(("Hearing was within normal limits", "in both ears. Jordan Pike came too.")):
        ImageDraw.Draw(image).text((200, 300 + 90 * line), words, fill=0, font=font)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=200)
    (folder / "scan.pdf").write_bytes(out.getvalue())
    return folder / "scan.pdf"


def taken(path: Path, redact: tuple[str, ...] = ()) -> Taken:
    need_program("ocrmypdf")
    need_program("tesseract")
    options = Options("Request", ocr=True, kept=KeptResults(path.parent / "cache"))
    return take_all([Part("scan", "Evidence", "Letter", path, redact=redact)], options)[0]


def in_place_of_ocrmypdf(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A script that is found under the name of the program."""
    program = folder / "bin" / "ocrmypdf"
    program.parent.mkdir()
    program.write_text(script, "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(ocr, "about_ocr", lambda: "another program")


@pytest.mark.skipif(sys.platform == "win32", reason="the program that hangs is a script of a shell")
def test_a_program_that_hangs_is_ended_with_all_it_started_and_its_pictures_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    in_place_of_ocrmypdf(
        tmp_path,
        monkeypatch,
        f"""#!/bin/sh
mkdir "$TMPDIR/ocrmypdf.io"; echo page > "$TMPDIR/ocrmypdf.io/000001.png"; echo "$TMPDIR" > '{tmp_path}/place'
sleep 600 & echo $! > '{started}.new'; mv '{started}.new' '{started}'; wait
""",
    )
    communicate = subprocess.Popen.communicate

    def waited(self: subprocess.Popen[str], *words: Any, timeout: float | None = None) -> tuple[str, str]:
        while timeout and not started.exists() and self.poll() is None:  # its time is over when it hangs, no sooner
            time.sleep(0.01)
        return communicate(self, *words, timeout=timeout and 0.01)

    monkeypatch.setattr(subprocess.Popen, "communicate", waited)
    assert ocr.read_scan(b"%PDF-1.7", "en-GB", 1) == "it takes too long"
    assert not Path((tmp_path / "place").read_text("utf-8").strip()).exists()
    until_ended(int(started.read_text("utf-8")))


def until_ended(number: int) -> None:
    """Return when a process is at work no more: killed, it may be so for a moment yet.

    Where there is no /proc, as on a Mac, one that has ended and that nobody waited for counts as at work until the
    system has waited for it.
    """
    while True:
        try:
            os.kill(number, 0)
            if Path("/proc", str(number), "stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z":
                return
        except ProcessLookupError:
            return
        except FileNotFoundError:
            pass
        time.sleep(0.01)


@pytest.mark.whole
@pytest.mark.skipif(sys.platform == "win32", reason="the program that reads on and on is a script of a shell")
def test_who_stops_the_run_stops_the_reading_of_scans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Ctrl-C does: the program has a group of its own, which the terminal does not reach."""
    started, outlived = tmp_path / "started", tmp_path / "outlived"
    in_place_of_ocrmypdf(
        tmp_path,
        monkeypatch,
        f"""#!/bin/sh
sleep 600 & echo $! > '{started}.new'; mv '{started}.new' '{started}'; wait; echo > '{outlived}'
""",
    )
    monkeypatch.setattr(intake, "about_ocr", ocr.about_ocr)
    monkeypatch.setattr(ocr, "_SECONDS_A_PAGE", 10_000)

    def stop() -> None:
        while not started.exists():
            time.sleep(0.01)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    watch = threading.Thread(target=stop, daemon=True)
    watch.start()
    with pytest.raises(KeyboardInterrupt):
        take_all([Part("scan", "Evidence", "Letter", scan(tmp_path))], Options("Request", ocr=True))
    watch.join()
    until_ended(int(started.read_text("utf-8")))
    assert not outlived.exists()


def test_no_program_starts_when_all_were_ended() -> None:
    programs = ProgramsAtWork()
    programs.end()
    with pytest.raises(CancelledError):
        programs.start([sys.executable, "--version"])


@pytest.mark.whole
def test_a_scan_can_be_searched_and_says_who_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = subprocess.Popen
    threads: list[str] = []

    def told(command: Sequence[str], **options: Any) -> subprocess.Popen[str]:
        threads.extend([options["env"]["OMP_THREAD_LIMIT"]] if "--jobs" in command else [])
        return start(command, **options)

    monkeypatch.setattr(subprocess, "Popen", told)
    result = taken(scan(tmp_path))
    assert threads == ["1"]  # several threads for a page wait for each other in loops: six times the work beside others
    assert result.refused is None
    assert "Hearing was within normal limits" in " ".join(page_texts(result.content)[0].split())
    assert result.account.done[0].startswith("words read from the pictures")
    assert not [line for line in result.account.warnings if "scan without text" in line]


@pytest.mark.whole
@pytest.mark.parametrize(("skewed", "light", "turned"), [(6, 0.35, 90), (0, 1.0, 180)])
def test_a_dark_skewed_photo_on_its_side_is_read_and_stays_as_it_is(
    tmp_path: Path, skewed: int, light: float, turned: int
) -> None:
    font = ImageFont.truetype(ROOT / "templates" / "fonts" / "LiberationSans-Regular.ttf", 46)
    letter = Image.new("RGB", (1654, 2339), "white")
    for line, words in enumerate(LETTER):
        ImageDraw.Draw(letter).text((150, 250 + 110 * line), words, fill="black", font=font)
    letter = letter.rotate(skewed, expand=True, fillcolor=(90, 80, 70))
    dark = ImageEnhance.Brightness(letter).enhance(light).rotate(turned, expand=True)
    path = tmp_path / "letter.jpg"
    dark.save(path, "JPEG", quality=80)
    result = taken(path)
    assert result.refused is None
    read = page_texts(result.content)[0].split()
    words = " ".join(LETTER).split()
    # Lines that run slantwise are cut into pieces, so that a word may stand in the line above or below.
    assert sum(word in read for word in words) >= 0.9 * len(words), read
    before, after = (photo_in(content) for content in (take(path.read_bytes())[0], result.content))
    assert before == after


LETTER = (
    "Speech and language report",
    "Ada was seen in school in spring.",
    "She uses sentences of five words",
    "and finds the sounds k and g hard.",
    "We suggest daily practice of ten",
    "minutes with a familiar adult,",
    "and a review in the summer term.",
)


@pytest.mark.whole
@pytest.mark.parametrize("lost", [b"/SendpackPhoto", b"the whole picture"])
def test_a_picture_that_the_program_does_not_give_back_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: bytes
) -> None:
    """In place of the program one that packs the picture anew and drops its mark, or writes other pages."""
    in_place_of_ocrmypdf(
        tmp_path,
        monkeypatch,
        f"""#!{sys.executable}
import pikepdf, sys
with pikepdf.open(sys.argv[-2]) as pdf:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and "/SendpackPhoto" in thing:
            del thing["/SendpackPhoto"]
    if {lost!r} == b"the whole picture":
        pdf.pages[0].obj.Resources = pikepdf.Dictionary()
    pdf.save(sys.argv[-1])
""",
    )
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "silver").save(picture, "JPEG")
    clean = take(picture.getvalue())[0]
    assert ocr.read_scan(clean, "en-GB", 1, photo=True) == "the program that reads scans gave back another picture"
    assert isinstance(ocr.read_scan(clean, "en-GB", 1), bytes)


def photo_in(content: bytes) -> list[tuple[bytes, str]]:
    """The data of a file's pictures and their colours."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        photos = [one for one in streams if one.get("/Subtype") == "/Image"]
        assert not [one for one in photos if "/SendpackPhoto" in one]
        return [(one.read_raw_bytes(), str(one.ColorSpace)) for one in photos]


@pytest.mark.whole
@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_a_photo_or_a_scanner_s_picture_of_a_letter_is_read_too(tmp_path: Path, format: str) -> None:
    font = ImageFont.truetype(ROOT / "templates" / "fonts" / "LiberationSans-Regular.ttf", 48)
    image = Image.new("RGB", (1200, 800), "white")
    ImageDraw.Draw(image).text((200, 300), "Hearing was within normal limits", fill="black", font=font)
    path = tmp_path / f"letter.{format.lower()}"
    image.save(path, format, dpi=(200, 200))
    result = taken(path)
    assert result.refused is None
    assert "Hearing was within normal limits" in " ".join(page_texts(result.content)[0].split())
    assert result.account.kind.startswith(format)
    assert result.account.done[0].startswith("words read from the pictures")


@pytest.mark.whole
def test_the_same_scan_gives_the_same_bytes_without_what_was_kept(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert taken(scan(tmp_path / "one")).content == taken(scan(tmp_path / "two")).content


@pytest.mark.whole
def test_words_are_taken_out_of_a_scan_that_was_read(tmp_path: Path) -> None:
    result = taken(scan(tmp_path), ("Jordan Pike",))
    text = " ".join(page_texts(result.content)[0].split())
    assert "Pike" not in text and "in both ears." in text and "came too." in text


def test_a_machine_without_the_program_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    about_ocr.cache_clear()
    with pytest.raises(MissingOnThisMachine, match="no program here that reads scans"):
        about_ocr()
    about_ocr.cache_clear()
