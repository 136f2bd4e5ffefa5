"""A build may be cut off at any moment: whole files only, the next run correct, no process or folder left behind."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
import pytest

from generator.build.build_documents import Order, Outcome, build
from generator.build.digest_cache import COARSE, Index
from generator.build.output_folder import MANIFEST, Journal, Memory
from generator.build.worker_pool import Crew, Habit, Here
from generator.engines import Docx, Engine, Failure, Pdf, choose
from generator.files.atomic_files import CACHE, digest
from generator.folder.school_folder import find_project
from generator.problems import Stop
from tests.big_school import write_school
from tests.conftest import need_program
from tests.example_school import KACPER, ROOT, copy_school, in_english

PUPILS = (KACPER, "idris-chowdhury", "zoe-obrien-smidt")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def run(school: Path, engine: Engine | None, *pupils: str, jobs: int = 2) -> list[Outcome]:
    order = Order(pdf=engine is not None, jobs=jobs)
    return build(find_project(school), pupils or PUPILS, engine, order, lambda _: None)


def start(school: Path, *words: str) -> subprocess.Popen[bytes]:
    """`sendpack build` in a process group of its own, with temporary folders inside the test's own folder."""
    (school / "tmp").mkdir(exist_ok=True)
    code = "from generator.cli import main\nif __name__ == '__main__': main()"
    script = school / "run.py"
    script.write_text(code, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(school / "tmp"), "SENDPACK_ENGINE": "embedded"}
    return subprocess.Popen(
        [sys.executable, str(script), "build", "--jobs", "2", *words],
        cwd=school,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def documents_of(school: Path) -> dict[str, bytes]:
    output = school / "output"
    return {str(p.relative_to(output)): p.read_bytes() for p in output.glob("*/*") if p.suffix in (".docx", ".pdf")}


def all_whole(school: Path) -> None:
    for path in (school / "output").glob("*/*.*"):
        if path.suffix == ".pdf" and not path.name.startswith("."):
            with pypdfium2.PdfDocument(path) as pdf:
                assert len(pdf) >= 1
        elif path.name == MANIFEST:
            json.loads(path.read_text("utf-8"))


def family(group: int) -> list[str]:
    """The command lines of all processes of a session."""
    listed = subprocess.run(["ps", "-eo", "sid,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if line.split()[0] == str(group)]


def gone(group: int) -> bool:
    """True when every process of a session ends within a minute, which is for a machine with much else to do."""
    for _ in range(600):
        if not family(group):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The documents as a run makes them that is left alone, one at a time."""
    school = copy_school(tmp_path_factory.mktemp("reference"), *PUPILS)
    run(school, choose("embedded"), jobs=1)
    return documents_of(school)


def test_side_by_side_gives_the_same_bytes_as_one_after_the_other(tmp_path: Path, reference: dict[str, bytes]) -> None:
    school = copy_school(tmp_path, *PUPILS)
    outcomes = run(school, choose("embedded"), jobs=2)
    assert {o.state for o in outcomes} == {"made"}
    assert [o.case for o in outcomes] == sorted((o.case for o in outcomes), key=PUPILS.index)
    assert documents_of(school) == reference


def test_killed_at_any_moment_the_next_run_makes_it_right(tmp_path: Path, reference: dict[str, bytes]) -> None:
    school = copy_school(tmp_path, *PUPILS)
    chance = random.Random(5)
    for _ in range(6):
        running = start(school)
        wanted = chance.randint(0, len(reference))
        while running.poll() is None and len(documents_of(school)) < wanted:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.2)
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
        assert gone(running.pid), family(running.pid)
        all_whole(school)
    outcomes = run(school, choose("embedded"))
    assert {o.state for o in outcomes} <= {"made", "unchanged"}, [o for o in outcomes if o.state == "kept"]
    assert documents_of(school) == reference
    assert {o.state for o in run(school, choose("embedded"))} == {"unchanged"}
    assert not list((school / "output").rglob("*.part"))


def test_ctrl_c_ends_with_130_and_whole_files(tmp_path: Path, reference: dict[str, bytes]) -> None:
    school = copy_school(tmp_path, *PUPILS)
    running = start(school)
    while not documents_of(school):
        assert running.poll() is None
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)  # as the terminal does: to every process at once
    said = running.communicate(timeout=300)[0].decode()
    assert running.returncode == 130
    assert "What was finished is whole" in said and "Traceback" not in said
    assert gone(running.pid), family(running.pid)
    assert not list((school / "tmp").glob("sendpack-*"))
    all_whole(school)
    run(school, choose("embedded"))
    assert documents_of(school) == reference


def test_ctrl_c_while_libreoffice_works_leaves_no_document_in_a_temporary_folder(tmp_path: Path) -> None:
    """A worker is told to end more than once: the second time must not cut off the cleaning of the first."""
    need_program("soffice")
    school = copy_school(tmp_path, *PUPILS)
    running = start(school, "--engine", "libreoffice")
    while not list((school / "tmp").glob("sendpack-*/run-*/in/*.docx")):
        assert running.poll() is None
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)
    said = running.communicate(timeout=300)[0].decode()
    assert running.returncode == 130, said
    assert gone(running.pid), family(running.pid)
    assert not list((school / "tmp").glob("sendpack-*"))


def test_one_changed_record_starts_no_other_process(tmp_path: Path) -> None:
    school = copy_school(tmp_path, *PUPILS)
    run(school, None)
    profile = school / "cases" / KACPER / "profile.yaml"
    profile.write_text(
        profile.read_text("utf-8").replace("important_to_me:\n", "important_to_me:\n  - Cats.\n"), "utf-8"
    )
    site = Here(2)
    site.submit = lambda *_: pytest.fail("started")  # type: ignore[method-assign]
    outcomes = build(find_project(school), PUPILS, None, Order(pdf=False), lambda _: None, site)
    assert {o.case for o in outcomes if o.state == "made"} == {KACPER}


def test_a_folder_that_is_as_it_was_is_told_without_reading_its_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = copy_school(tmp_path, KACPER)
    run(school, None, KACPER)
    settled(school)
    before = run(school, None, KACPER)
    settled(school)
    with monkeypatch.context() as patch:
        patch.setattr(Memory, "read", lambda *_: pytest.fail("read"))
        assert run(school, None, KACPER) == before
    (school / "output" / KACPER / "profile.docx").unlink()
    again = {o.document: o.state for o in run(school, None, KACPER)}
    assert again.pop("profile") == "made" and set(again.values()) == {"unchanged"}


def settled(school: Path) -> None:
    """As if some seconds had passed: what was remembered of each file may be trusted."""
    place = school / "output" / CACHE / "index.json"
    held = json.loads(place.read_bytes())
    for mark in held["files"].values():
        mark[4] += COARSE * 2
    place.write_text(json.dumps(held), "utf-8")


def test_a_file_written_just_before_the_end_is_ours(tmp_path: Path) -> None:
    """The moment between writing a file and noting it: the next run must not think that someone edited it."""
    school = copy_school(tmp_path, KACPER)
    run(school, None, KACPER)
    folder = school / "output" / KACPER
    journal = Journal(school / "output")
    journal.note(folder, {"profile.docx": digest(b"new"), "support-plan.docx": digest(b"never written")})
    (folder / "profile.docx").write_bytes(b"new")
    (folder / ".profile.docx.1-1.part").write_bytes(b"ne")
    others = (".profile.docx.part", ".holiday.jpg.1-1.part", ".mine.part")
    for name in others:
        (folder / name).write_bytes(b"of somebody else")
    journal.abandon()
    states = {o.document: (o.state, o.reason) for o in run(school, None, KACPER)}
    assert states["profile"] == ("made", "profile.docx was not finished")
    assert states["support-plan"] == ("unchanged", "")
    assert {path.name for path in folder.glob(".*.part")} == set(others)
    assert {o.state for o in run(school, None, KACPER)} == {"unchanged"}


def test_two_runs_at_once_in_one_folder_are_refused(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    journal = Journal(school / "output")
    with pytest.raises(Stop, match="Another sendpack is making documents"):
        run(school, None, KACPER)
    journal.close()
    assert run(school, None, KACPER)


# -- workers that die -------------------------------------------------------------------------------------------------


class Deadly:
    """An engine whose process ends without a word at one document, as a crash in a library would."""

    name = "deadly"

    def about(self) -> str:
        return "an engine of this test"

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        for document in documents:
            if "support-plan" in document.name:
                os._exit(7)
            yield Pdf(document.name, b"%PDF-1.7 x", 1)

    def close(self) -> None: ...


def test_a_document_that_kills_its_worker_costs_only_itself(tmp_path: Path) -> None:
    school = in_english(copy_school(tmp_path, KACPER, "idris-chowdhury"))
    outcomes = run(school, Deadly(), KACPER, "idris-chowdhury")
    failed = [o for o in outcomes if o.state == "failed"]
    assert [o.document for o in failed] == ["support-plan"]
    assert "stopped twice while it was made" in failed[0].reason
    assert {o.state for o in outcomes if o.document != "support-plan"} == {"made"}


def test_libreoffice_side_by_side(tmp_path: Path) -> None:
    need_program("soffice")
    school = copy_school(tmp_path, *PUPILS)
    engine = choose("libreoffice")
    outcomes = run(school, engine, jobs=2)
    engine.close()
    assert {o.state for o in outcomes} == {"made"}
    all_whole(school)


def test_memory_does_not_grow_with_the_number_of_pupils() -> None:
    """Tasks are taken from the source only as they can be worked on."""
    taken = 0

    def source() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken = number
            yield number

    class Site:
        workers = 2

        started = False

        def get_ready(self) -> None: ...

        def submit(self, kit: bytes, tasks: Sequence[int]) -> object:
            from concurrent.futures import Future

            future: Future[list[int]] = Future()
            future.set_result(list(tasks))
            return future

        def renew(self) -> None: ...

        def still_there(self) -> None: ...

        def close(self, *, now: bool) -> None: ...

    crew = Crew(Site(), lambda: b"", Habit())  # type: ignore[arg-type]
    for done, _ in enumerate(crew.run(source()), 1):  # type: ignore[arg-type]
        assert taken - done < 40
    assert done == 1000


# -- what is remembered -----------------------------------------------------------------------------------------------


def test_a_change_within_the_clocks_tick_is_seen(tmp_path: Path) -> None:
    """Same size, same times: only what was old when it was looked at may be trusted."""
    file = tmp_path / "a.yaml"
    file.write_text("one", "utf-8")
    index = Index(tmp_path / "output" / CACHE / "index.json")
    first = index.digest(file)
    before = file.stat()
    file.write_text("two", "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    index._seen[str(file)][2] = file.stat().st_ctime_ns  # a file system without change times, or with a coarse clock
    assert index.digest(file) == digest(b"two") != first


def test_an_old_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("one", "utf-8")
    index = Index(tmp_path / "output" / CACHE / "index.json")
    index.digest(file)
    index._seen[str(file)][4] += COARSE * 2  # as if it had been looked at later
    monkeypatch.setattr("generator.build.digest_cache._content", lambda path: pytest.fail("read again"))
    assert index.digest(file) == digest(b"one")


def test_an_unchanged_case_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    school = write_school(tmp_path / "school", 3, 3)
    names = ["pupil-0000", "pupil-0001", "pupil-0002"]
    run(school, None, *names)
    again: list[str] = []
    from generator.build import out_of_date
    from generator.folder.load_case import load_case

    def noted(project: object, name: str) -> object:
        again.append(name)
        return load_case(project, name)  # type: ignore[arg-type]

    monkeypatch.setattr(out_of_date, "load_case", noted)
    assert {o.state for o in run(school, None, *names)} == {"unchanged"}
    assert again == []
    plan = school / "cases" / "pupil-0001" / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("To be happy", "To be glad"), "utf-8")
    assert {o.case for o in run(school, None, *names) if o.state == "made"} == {"pupil-0001"}
    assert again == ["pupil-0001"]


def test_a_document_that_the_case_no_longer_gives_is_named_and_stays(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    run(school, None, KACPER)
    (school / "cases" / KACPER / "profile.yaml").unlink()
    for _ in range(2):
        left = [o for o in run(school, None, KACPER) if o.state == "left"]
        assert "profile" in {o.document for o in left}
        assert (school / "output" / KACPER / "profile.docx").is_file()


def test_word_only_then_pdf_then_word_only(tmp_path: Path) -> None:
    """A run for Word files alone neither loses the PDFs nor takes an old one for new."""
    school = copy_school(tmp_path, "idris-chowdhury")
    engine = choose("embedded")
    run(school, engine, "idris-chowdhury")
    assert {o.state for o in run(school, None, "idris-chowdhury")} == {"unchanged"}
    assert {o.state for o in run(school, engine, "idris-chowdhury")} == {"unchanged"}
    pupil = school / "cases" / "idris-chowdhury" / "profile.yaml"
    pupil.write_text(pupil.read_text("utf-8").replace("important_to_me:\n", "important_to_me:\n  - Cats.\n"), "utf-8")
    assert "made" in {o.state for o in run(school, None, "idris-chowdhury")}
    memory = Memory.read(school / "output" / "idris-chowdhury")
    assert "profile.pdf" in memory.ours and "profile.pdf" not in memory.entries["profile"]["files"]
    again = {o.document: o.state for o in run(school, engine, "idris-chowdhury")}
    assert again["profile"] == "made"
    assert {o.state for o in run(school, engine, "idris-chowdhury")} == {"unchanged"}


def test_here_starts_nothing_until_it_must() -> None:
    site = Here(2)
    site.close(now=False)
    assert isinstance(site.workers, int)


def test_a_long_path_of_the_temporary_folder_is_no_hindrance(tmp_path: Path, reference: dict[str, bytes]) -> None:
    """A socket's path has at most 107 characters: where the folder's is longer, workers start without one."""
    school = copy_school(tmp_path / ("a-long-name-" * 8), *PUPILS)
    running = start(school)
    said = running.communicate(timeout=300)[0].decode()
    assert running.returncode == 0, said
    assert documents_of(school) == reference
