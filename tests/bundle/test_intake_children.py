"""Files taken in by child processes: kept by content, limited, and texts of other programs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import closing
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from generator.build.worker_pool import Here
from generator.bundle import Options, Part
from generator.bundle.bundle_parts import Limits
from generator.bundle.evidence import child_processes
from generator.bundle.evidence.child_processes import Children
from generator.bundle.evidence.intake import begin, take_all
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts, texts_to_search
from generator.engines import Docx, Engine, Failure, Pdf, choose, to_word
from generator.engines.rdocx import drawn_in_child
from generator.files.kept_results import KeptResults
from generator.submission.wish_and_submission import WORKERS_LOAD
from tests.bundle_makers import docx, made, plan_pdf, saved
from tests.conftest import need_program
from tests.engines.real_engines import engine_called
from tests.example_school import ROOT


def part(path: Path, name: str = "one") -> Part:
    return Part(name, "Evidence", "Speech report", path)


@pytest.mark.whole
def test_a_child_takes_a_file_and_the_cache_remembers(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(saved(made(2)))
    options = Options("Bundle", kept=KeptResults(tmp_path / "cache"))
    first = take_all([part(path)], options)[0]
    assert first.refused is None
    assert (first.account.name, first.account.pages) == ("report.pdf", 2)
    kept = next((tmp_path / "cache").glob("*.bin"))
    before = kept.stat().st_mtime_ns
    assert take_all([part(path)], options)[0].content == first.content
    assert kept.stat().st_mtime_ns == before


@pytest.mark.whole
def test_a_damaged_cache_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(saved(made(2)))
    options = Options("Bundle", kept=KeptResults(tmp_path / "cache"))
    first = take_all([part(path)], options)[0]
    next((tmp_path / "cache").glob("*.bin")).write_bytes(b"something else")
    assert take_all([part(path)], options)[0].content == first.content


@pytest.mark.whole
def test_the_texts_of_a_file_are_read_where_it_is_taken_in(tmp_path: Path) -> None:
    """Many files are taken in side by side; who reads their pages later, one after the other, finds them read."""
    path = tmp_path / "report.pdf"
    path.write_bytes(saved(made(2, text="Ada read two pages.")))
    kept = KeptResults(tmp_path / "cache")
    clean = take_all([part(path)], Options("Bundle", kept=kept))[0].content
    read, searched = page_texts(clean), texts_to_search(clean)
    held = [kept.get(kept.key(clean, what)) for what in ("texts", "texts to search")]
    assert [one[1]["pages"] if one else None for one in held] == [read, searched]
    assert "Ada read two pages." in read[0]


@pytest.mark.whole
def test_pages_of_a_word_file_are_counted_before_it_is_asked_for_and_it_is_drawn_once(tmp_path: Path) -> None:
    letter, broken = tmp_path / "letter.docx", tmp_path / "broken.pdf"
    letter.write_bytes(docx("Letter", ["Ada reads every day."]))
    broken.write_bytes(b"%PDF-1.7 no more than this")
    drawn: list[str] = []

    def convert(named: Sequence[tuple[str, bytes]]) -> list[Pdf | Failure]:
        drawn.extend(name for name, _ in named)
        return [Pdf(name, saved(made(2, text="Ada reads every day.")), 2) for name, _ in named]

    with closing(Children()) as children:
        kept = KeptResults(tmp_path / "cache")
        options = Options("Bundle", kept=kept, children=children, convert=convert, engine="pretended")
        parts = [part(letter, "letter"), part(broken, "broken")]
        counted = begin(parts, options)
        while not counted(False):  # the letter stays without pages until its drawing is waited for
            if counted(True):
                break
        assert counted(True) == counted(False) == {"letter": 2} and drawn == ["letter.docx"]
        taken, refused = take_all(parts, options)
    assert taken.account.pages == 2 and refused.refused is not None and drawn == ["letter.docx"]


@pytest.mark.whole
def test_a_word_file_that_cannot_be_drawn_is_tried_once_ahead_of_time(tmp_path: Path) -> None:
    letter = tmp_path / "letter.docx"
    letter.write_bytes(docx("Letter", ["Ada reads every day."]))
    tried: list[str] = []

    def convert(named: Sequence[tuple[str, bytes]]) -> list[Pdf | Failure]:
        tried.extend(name for name, _ in named)
        return [Failure(name, "took too long") for name, _ in named]

    with closing(Children()) as children:
        kept = KeptResults(tmp_path / "cache")
        options = Options("Bundle", kept=kept, children=children, convert=convert, engine="pretended")
        counted = begin([part(letter, "letter")], options)
        while not tried:
            counted(True)
        counted(True)
    assert tried == ["letter.docx"]


@pytest.mark.whole
@pytest.mark.skipif(not Children.quick, reason="elsewhere each file has a process that loads all by itself")
def test_files_that_are_taken_in_side_by_side_load_what_they_need_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[object] = []
    start = child_processes._started
    monkeypatch.setattr(child_processes, "_started", lambda *given, **how: begun.append(given) or start(*given, **how))
    paths = [tmp_path / f"{name}.pdf" for name in "abc"]
    for number, path in enumerate(paths, 1):
        path.write_bytes(saved(made(number)))
    taken = take_all([part(path, path.stem) for path in paths], Options("Bundle"))
    assert [one.account.pages for one in taken] == [1, 2, 3]
    assert len(begun) == 1


@pytest.mark.whole
@pytest.mark.skipif(not Children.quick, reason="elsewhere each file has a process that loads all by itself")
def test_a_file_is_taken_in_although_the_process_that_children_are_split_off_died(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(saved(made(2)))
    children = Children()
    with closing(children):
        options = Options("Bundle", children=children)
        assert take_all([part(path)], options)[0].account.pages == 2
        assert children._starter is not None
        children._starter.process.kill()
        children._starter.wait()
        assert take_all([part(path)], options)[0].account.pages == 2


def bomb() -> bytes:
    """A small file whose page content is 600 MB."""
    pdf = made()
    squeezed = zlib.compressobj(9)
    data = b"".join(squeezed.compress(b" " * 1_000_000) for _ in range(600)) + squeezed.flush()
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, data, Filter=Name.FlateDecode)
    return saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


@pytest.mark.whole
def test_a_bomb_is_stopped_and_told(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(bomb())
    assert path.stat().st_size < 3_000_000
    taken = take_all([part(path)], Options("Bundle"))[0]
    assert taken.refused is not None
    assert taken.refused.rule in ("bundle/too-big", "bundle/too-much", "bundle/too-slow", "bundle/broken-pdf")


@pytest.mark.whole
def test_a_file_that_takes_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "slow.pdf"
    path.write_bytes(saved(made(3)))
    refused = take_all([part(path)], Options("Bundle", seconds=0))[0].refused
    assert refused is not None
    assert refused.rule == "bundle/too-slow"


def test_missing_files_folders_and_big_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "big.pdf").write_bytes(bytes(2_000_000))
    parts = [part(tmp_path / name, name) for name in ("absent.pdf", "big.pdf")] + [part(tmp_path, "folder")]
    refused = [one.refused for one in take_all(parts, Options("Bundle", max_mb=1))]
    assert [one.rule if one else "" for one in refused] == ["bundle/missing", "bundle/too-big", "bundle/unreadable"]


@pytest.mark.whole
def test_a_word_file_without_a_converter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(docx("Report", ["Words"]))
    refused = take_all([part(path)], Options("Bundle"))[0].refused
    assert refused is not None
    assert refused.rule == "bundle/word-failed"


@pytest.mark.whole
def test_a_word_file_is_converted_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(docx("Report", ["Words"]))
    calls: list[str] = []

    def convert(documents: Any) -> list[Pdf | Failure]:
        calls.extend(name for name, _ in documents)
        return [Pdf(name, plan_pdf(), 1) for name, _ in documents]

    options = Options("Bundle", convert=convert, engine="LibreOffice", kept=KeptResults(tmp_path / "cache"))
    first, second = (take_all([part(path)], options)[0] for _ in range(2))
    assert calls == ["report.docx"]
    assert first.content == second.content
    assert "converted to PDF" in second.account.done


@pytest.mark.whole
@pytest.mark.parametrize("count", [3, 6])
def test_our_own_parts_are_cleaned_in_one_thread_or_in_processes(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """PDFium is not made for two threads at once: with a pool around it the whole command died, now and then."""
    import threading

    from generator.bundle.evidence import intake

    threads = []
    clean = intake.clean_ours

    def watched(*given: Any, **wishes: Any) -> Any:
        threads.append(threading.current_thread())
        return clean(*given, **wishes)

    monkeypatch.setattr(intake, "clean_ours", watched)
    contents = [saved(made(text=f"Words {number}")) for number in range(count)]
    parts = [Part(f"p{number}", "Section", f"Part {number}", content) for number, content in enumerate(contents)]
    taken = take_all(parts, Options("Bundle"))
    assert [one.refused for one in taken] == [None] * count
    assert set(threads) <= {threading.main_thread()}
    assert len(threads) == (count if count < intake._MANY or not Children.quick else 0)
    monkeypatch.setattr(Children, "quick", False)
    here = take_all(parts, Options("Bundle"))
    assert [(one.content, one.account) for one in here] == [(one.content, one.account) for one in taken]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One report as LibreOffice saves it in its own way, as rich text, and for an old Word."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "report.docx").write_bytes(docx("Report", [("Heading 1", "Visit"), "Ada read aloud."]))
    for kind in ("odt", "rtf", "doc"):
        soffice = need_program("soffice", "it makes the files of this test")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), "report.docx"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def office() -> Engine:
    return engine_called("libreoffice")


@pytest.mark.whole
@pytest.mark.parametrize(
    ("name", "kind"), [("odt", "OpenDocument text"), ("rtf", "rich text file"), ("doc", "old Word document")]
)
def test_a_text_of_another_program_goes_in_where_libreoffice_is(
    office: Engine, texts: Path, tmp_path: Path, name: str, kind: str
) -> None:
    calls: list[str] = []

    def word(content: bytes, ending: str) -> bytes | str:
        calls.append(ending)
        return to_word(office, content, ending)

    def convert(documents: Sequence[tuple[str, bytes]]) -> list[Pdf | Failure]:
        return list(office.convert([Docx(*documents[0])]))

    options = Options(
        "Bundle", convert=convert, to_word=word, engine="LibreOffice", kept=KeptResults(tmp_path / "cache")
    )
    first, second = (take_all([part(texts / f"report.{name}")], options)[0] for _ in range(2))
    assert first.refused is None, first.refused
    assert "Ada read aloud." in page_texts(first.content)[0]
    assert first.account.done[0] == f"{kind} made into a Word document: compare it with the original"
    assert (first.content, first.account, calls) == (second.content, second.account, [name]), "made once, and kept"


@pytest.mark.whole
def test_a_text_of_another_program_is_refused_by_name_where_libreoffice_is_not(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDPACK_SOFFICE", "/nowhere/soffice")
    engine = choose("embedded", None)
    options = Options("Bundle", to_word=lambda content, kind: to_word(engine, content, kind))
    refused = [take_all([part(texts / f"report.{kind}")], options)[0].refused for kind in ("odt", "rtf")]
    assert [one.message if one else "" for one in refused] == [
        "is an OpenDocument text, and only LibreOffice can read it, and it was not found on this computer",
        "is a rich text file, and only LibreOffice can read it, and it was not found on this computer",
    ]


@pytest.mark.whole
def test_a_damaged_text_of_another_program_is_refused(tmp_path: Path) -> None:
    need_program("soffice")
    path = tmp_path / "report.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<no")
    engine = choose("embedded", None)
    options = Options("Bundle", to_word=lambda content, kind: to_word(engine, content, kind))
    refused = take_all([part(path)], options)[0].refused
    assert refused is not None and refused.message.startswith("is a damaged text (")


def test_a_file_gets_500_megabytes_and_30_seconds_and_more_only_when_it_is_large_itself() -> None:
    assert (Options("Bundle").memory_mb, Options("Bundle").seconds) == (500, 30)
    assert Limits() == Limits(500, 30)


@pytest.mark.whole
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits memory")
def test_large_photos_and_scans_need_no_more_than_that(tmp_path: Path) -> None:
    noise = Image.effect_noise((2000, 1500), 60).resize((8000, 6000))
    noise.convert("RGB").save(tmp_path / "photo.jpg", quality=80)
    noise.resize((4960, 7016)).save(tmp_path / "scan.png")
    taken = take_all([part(tmp_path / "photo.jpg", "a"), part(tmp_path / "scan.png", "b")], Options("Bundle"))
    assert [one.refused for one in taken] == [None, None]


@pytest.mark.whole
@pytest.mark.skipif(not Children.quick, reason="elsewhere each file has a process that loads all by itself")
def test_children_come_from_the_process_that_workers_come_from_and_draw_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes more loaded what that one has loaded: for evidence, and for each Word file of it."""
    path, content = tmp_path / "report.pdf", saved(made(2, text="Ada read two pages."))
    path.write_bytes(content)
    letter = Docx("letter", docx("Letter", ["Ada reads every day."]), foreign=True)
    [alone] = drawn_in_child.converted([letter])
    expected = take_all([part(path)], Options("Bundle"))[0]

    def nobody(*_: object, **__: object) -> Any:
        raise AssertionError("a process that loads all by itself")

    monkeypatch.setattr(child_processes, "_started", nobody)
    monkeypatch.setattr(child_processes, "run_limited", nobody)
    with closing(Children(Here(2, WORKERS_LOAD).clean_process)) as children:
        taken = take_all([part(path)], Options("Bundle", children=children))[0]
        [drawn] = drawn_in_child.converted([letter], children.run)
        starter = children._starter
        assert starter is not None
        process = starter.process
        assert isinstance(process, BaseProcess)
        with pytest.raises(AssertionError, match="loads all"):  # whatever else is asked for has a process of its own
            children.run("generator.files.temp_folders", tmp_path, 1, 100)
    assert (taken.content, taken.account) == (expected.content, expected.account)
    assert isinstance(drawn, Pdf) and drawn == alone
    assert not process.is_alive(), "it ends with those who ask it"


SERVED = """
import multiprocessing, os, signal, sys
from pathlib import Path
from generator.bundle.evidence import sandbox
sandbox._load = lambda: None
signal.alarm = lambda seconds: Path(f"{seconds}.alarm").touch()
ours, theirs = multiprocessing.Pipe()
if os.fork() == 0:
    ours.close()
    sandbox.serve_from(theirs)
    os._exit(0)
theirs.close()
for line in (f"\\t900\\t{os.getcwd()}", "no line that anybody asks"):
    os.write(ours.fileno(), f"{line}\\n".encode())
    os.read(ours.fileno(), 100)
ours.close()
os.wait()
"""


@pytest.mark.whole
@pytest.mark.skipif(not Children.quick, reason="elsewhere no child is split off")
def test_a_child_has_all_its_time_and_what_breaks_there_says_nothing_at_our_terminal(tmp_path: Path) -> None:
    command, environment = [sys.executable, "-c", SERVED], {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert said.stdout + said.stderr == ""
    until = time.monotonic() + 30
    while not (alarms := list(tmp_path.glob("*.alarm"))) and time.monotonic() < until:
        time.sleep(0.02)
    assert [int(one.stem) > 900 for one in alarms] == [True], "ended by itself only after the one who waits ends it"
