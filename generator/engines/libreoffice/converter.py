"""The engine that comes closest to Word: LibreOffice, run in the background with a profile of its own.

Batches of documents go through one run of the program. It is never trusted: its exit code says nothing, it may hang,
and it would load pictures from the network; so the profile forbids that, every run has a time limit, and every result
is checked. A run that fails is repeated without the document that it stopped at: one broken document costs only itself.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.engines.libreoffice import find_soffice
from generator.engines.libreoffice.private_folder import environment, profile_options, write_fontconfig, write_profile
from generator.engines.libreoffice.waiting_office import WaitingOffice, can_wait
from generator.engines.protocol import Docx, Draft, EngineFound, Failure, Pdf
from generator.files import temp_folders
from generator.files.programs_beside.ended_program import GROUP_OF_ITS_OWN, end_with_all
from generator.files.programs_beside.limited_child import within_memory
from generator.files.programs_beside.processor_waits import ProcessorWaits
from generator.problems import MissingOnThisMachine

if TYPE_CHECKING:
    from generator.engines.docx.copy_prepared.docx_prepare import Prepared

NAME = "libreoffice"
_LOOK_EVERY = 0.05
"""Seconds between looks for what the program has made."""
_SLOW = 5
"""Seconds without a document from which on we count what the program waits for a processor: to look costs some too."""

MEMORY_MB = 3000
"""Of addresses, which is more than is ever filled: a batch of a school's documents asks for some 900."""
_ROUNDS = 4
"""Times that a document is drawn at most: each moves the headings on that the one before left at the foot of a page."""
CHUNK = 40
"""Documents in one run of the program, whose start costs as much as six of them."""


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: for the first document of a run, and for each that follows another.

    What the program waits for a processor itself, on a busy machine, does not count.
    """

    start: float = 60.0
    each: float = 45.0


_OPTIONS: dict[str, bool | int] = {
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "SelectPdfVersion": 0,
    "ExportBookmarks": True,
    "DisplayPDFDocumentTitle": True,
    "InitialView": 1,
    "UseLosslessCompression": False,
    "Quality": 85,
    "ReduceImageResolution": True,
    "MaxImageResolution": 200,
    "ExportFormFields": False,
    "ExportNotes": False,
}


@dataclass(frozen=True)
class _Job:
    """What the program is asked for: files that end in `takes`, read with its filter, made into `gives`."""

    takes: str
    reads: str
    gives: str
    writes: str


_PRINT = _Job(
    "docx",
    "MS Word 2007 XML",
    "pdf",
    "pdf:writer_pdf_Export:"
    + json.dumps(
        {
            name: {"type": "boolean" if isinstance(value, bool) else "long", "value": str(value).lower()}
            for name, value in _OPTIONS.items()
        },
        separators=(",", ":"),
    ),
)
_AS_WORD = {
    "odt": _Job("odt", "writer8", "docx", "docx:MS Word 2007 XML"),
    "rtf": _Job("rtf", "Rich Text Format", "docx", "docx:MS Word 2007 XML"),
    "doc": _Job("doc", "MS Word 97", "docx", "docx:MS Word 2007 XML"),
}
_OLDER_WORD = _Job("doc", "MS WinWord 6.0", "docx", "docx:MS Word 2007 XML")
"""Word 6 and 95, whose files end in .doc too and say so in the first two bytes of their text's stream."""


def _is_older_word(content: bytes) -> bool:
    begins = {content[at : at + 2] for at in range(0, len(content), 512)}
    return content.startswith(b"\xdb\xa5") or (b"\xdc\xa5" in begins and b"\xec\xa5" not in begins)


class _Whole:
    """The files that a call of the program has made whole: it begins the next only when one is."""

    def __init__(self, target: Path, ending: str, numbers: Sequence[int], finish: Callable[[int, bytes], None]) -> None:
        self._target, self._ending, self._numbers, self._finish = target, ending, numbers, finish
        self.files: dict[int, bytes] = {}

    def look(self, *, ended: bool = False) -> int:
        """Take those that are whole now; how many there are, with the one that is being written."""
        there = {path.name for path in self._target.iterdir()}
        begun = [number for number in self._numbers if f"{number:04}.{self._ending}" in there]
        for number in begun if ended else begun[:-1]:
            content = b"" if number in self.files else (self._target / f"{number:04}.{self._ending}").read_bytes()
            if content:
                self.files[number] = content
                self._finish(number, content)
        return len(begun)


class LibreOffice:
    """Converts with one installed LibreOffice. Its profile, its input and its output live in one private folder."""

    name = NAME

    def __init__(self, program: Path, patience: Patience | None = None) -> None:
        self.program = program
        self._patience = patience or Patience()
        self._version = find_soffice.version(program)
        self._workspace: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._stays = False
        self._office: WaitingOffice | None = None

    def __getstate__(self) -> dict[str, object]:
        """A worker elsewhere has a private folder and a running program of its own."""
        return self.__dict__ | {"_workspace": None, "_process": None, "_office": None}

    def about(self) -> str:
        return f"LibreOffice {self._version} at {self.program}"

    def stay(self, *, now: bool = False) -> bool:
        """Several batches will come: the program stays, once started, until `close`; `now` starts it at once.

        False where no program can stay.
        """
        self._stays = can_wait()
        if now:
            self._begin()
        return self._stays

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        for first in range(0, len(documents), CHUNK):
            yield from self._convert_chunk(documents[first : first + CHUNK])

    def close(self) -> None:
        """End the program, should it be running, and remove the private folder."""
        if self._process is not None:
            end_with_all(self._process)
            self._process = None
        self._end_waiting()
        self._stays = False
        if self._workspace is not None:
            temp_folders.drop(self._workspace)
            self._workspace = None

    def _convert_chunk(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        for drawn in self._drawn(documents, finished=True):
            yield drawn.finish() if isinstance(drawn, Draft) else drawn

    def drafts(self, documents: Sequence[Docx]) -> list[Draft | Failure]:
        """Each document drawn and not finished yet."""
        found: list[Draft | Pdf | Failure] = []
        for first in range(0, len(documents), CHUNK):
            found += self._drawn(documents[first : first + CHUNK])
        return [one for one in found if not isinstance(one, Pdf)]

    def _drawn(self, documents: Sequence[Docx], *, finished: bool = False) -> list[Draft | Pdf | Failure]:
        """Each document as it is drawn, once more where a heading of ours stood alone at the foot of a page.

        Those that come right at once are `finished` while the program draws the next.
        """
        from generator.engines import before_and_after

        made: dict[int, Draft | Pdf | Failure] = {}
        again: dict[int, Prepared] = {}
        for number, document in enumerate(documents):
            ready = before_and_after.ready(document)
            if isinstance(ready, Failure):
                made[number] = ready
            else:
                again[number] = ready
        waiting: dict[int, Prepared] = {}

        def look(number: int, content: bytes) -> None:
            document, ready = documents[number], waiting[number]
            found, better = before_and_after.draft_or_again(document, content, ready, self._maker)
            if better is not None:
                again[number] = better
            made[number] = found.finish() if finished and better is None and isinstance(found, Draft) else found

        for _ in range(_ROUNDS):
            if not again:
                break
            waiting, again = again, {}
            drawn = self.draw({number: ready.content for number, ready in waiting.items()}, finish=look)
            for number, outcome in drawn.items():
                if isinstance(outcome, str) and number not in made:
                    made[number] = Failure(documents[number].name, outcome)
        return [made[number] for number in range(len(documents))]

    @property
    def _maker(self) -> str:
        return f"LibreOffice {self._version}"

    def to_word(self, content: bytes, kind: str) -> bytes | str:
        """A text of another kind (odt, rtf, doc) as a Word file, or a sentence about why there is none."""
        job = _OLDER_WORD if kind == "doc" and _is_older_word(content) else _AS_WORD[kind]
        return self.draw({0: content}, job)[0]

    def draw(
        self, contents: Mapping[int, bytes], job: _Job = _PRINT, finish: Callable[[int, bytes], None] | None = None
    ) -> dict[int, bytes | str]:
        """The program's own PDF for each document, or a sentence about why there is none; nothing is checked before.

        `finish` is given each as soon as it is whole, while the program draws the next.
        """
        results: dict[int, bytes | str] = {}
        waiting = [dict(contents)] if contents else []
        while waiting:
            batch = waiting.pop(0)
            made, words = self._run(batch, job, finish or _nothing)
            results.update(made)
            left = {number: content for number, content in batch.items() if number not in made}
            if len(batch) == 1 and left:
                results[next(iter(left))] = words
            elif left:
                waiting[:0] = _apart(left)
        return results

    def _run(
        self, batch: Mapping[int, bytes], job: _Job, finish: Callable[[int, bytes], None]
    ) -> tuple[dict[int, bytes], str]:
        """One call of the program: the files it made by number, and what it said, as a sentence."""
        place = self._place()
        with tempfile.TemporaryDirectory(prefix="run-", dir=place) as run:
            source, target = Path(run, "in"), Path(run, "out")
            source.mkdir()
            target.mkdir()
            for number, content in batch.items():
                (source / f"{number:04}.{job.takes}").write_bytes(content)
            files = [str(source / f"{number:04}.{job.takes}") for number in batch]
            command = [str(self.program), *profile_options(place), "--nodefault", f"--infilter={job.reads}"]
            whole = _Whole(target, job.gives, list(batch), finish)
            words = self._call([*command, "--convert-to", job.writes, "--outdir", str(target), *files], place, whole)
            whole.look(ended=True)
        if len(whole.files) < len(batch):
            self._end_waiting()  # whatever it stopped at, the next batch meets a fresh one
        return whole.files, words

    def _waiting(self) -> WaitingOffice | None:
        """The program that stays, where one is wanted and can be had."""
        self._begin()
        if self._office is not None and not self._office.listens():
            self._end_waiting()
        return self._office

    def _begin(self) -> None:
        if self._stays and self._office is None:
            place = self._place()
            with contextlib.suppress(OSError):
                self._office = WaitingOffice(
                    [str(self.program), *profile_options(place)], MEMORY_MB, place, environment(place)
                )

    def _end_waiting(self) -> None:
        if self._office is not None:
            self._office.end()
            self._office = None

    def _call(self, command: list[str], place: Path, whole: _Whole) -> str:
        office = self._waiting()
        process = subprocess.Popen(
            within_memory(command, MEMORY_MB),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=place,
            env=environment(place),
            start_new_session=GROUP_OF_ITS_OWN,
        )
        self._process = process
        try:
            output = self._patiently(process, whole)
        except subprocess.TimeoutExpired as expired:
            end_with_all(process)
            self._end_waiting()
            shutil.rmtree(place / "profile", ignore_errors=True)  # a killed program may leave it locked
            write_profile(place / "profile")
            return f"LibreOffice had not finished after {expired.timeout:.0f} seconds and was stopped"
        except BaseException:
            end_with_all(process)
            raise
        finally:
            self._process = None
        said = _said(output + (office.said() if office else b""), place)
        return f"LibreOffice made nothing of it{': ' + said if said else ', and did not say why'}"

    def _patiently(self, process: subprocess.Popen[bytes], whole: _Whole) -> bytes:
        """What the program said, once it has ended. Raises TimeoutExpired when it finishes no document for too long."""
        sessions = [process.pid, *([self._office.session] if self._office else [])]
        done, limit, waited = 0, self._patience.start, 0.0
        begun, waits = time.monotonic(), None
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.communicate(timeout=_LOOK_EVERY)[0]
            if (now := whole.look()) > done:
                done, limit, waited = now, self._patience.each, 0.0
                begun, waits = time.monotonic(), None
            elif waits is None:
                if time.monotonic() - begun > min(_SLOW, limit / 4):
                    waits = ProcessorWaits(sessions)
            elif time.monotonic() - begun > limit + waited:
                waited = waits.seconds()
                if time.monotonic() - begun > limit + waited:
                    raise subprocess.TimeoutExpired(str(self.program), limit)

    def _place(self) -> Path:
        """The private folder, made when it is first needed."""
        if self._workspace is None:
            self._workspace = temp_folders.make()
            write_profile(self._workspace / "profile")
            write_fontconfig(self._workspace)
        return self._workspace


def _nothing(number: int, content: bytes) -> None:
    """Nothing is to be done with a file but to keep it."""


def _apart(left: dict[int, bytes]) -> list[dict[int, bytes]]:
    """The document the program stopped at by itself, and the rest together."""
    first, *others = left
    return [{first: left[first]}] + ([{number: left[number] for number in others}] if others else [])


_ALWAYS_SAID = ("convert ", "Overwriting:", "Warning: failed to launch javaldx")


def _said(output: bytes, place: Path) -> str:
    """The program's own words without our folder names and without what it always says."""
    text = output.decode("utf-8", "replace").replace(place.as_uri(), "").replace(str(place), "")
    lines = (re.sub(r"\S*\.(docx|odt|rtf|doc)\b", "the document", line).strip() for line in text.splitlines())
    told = [line for line in lines if line and not line.startswith(_ALWAYS_SAID)]
    return "; ".join(dict.fromkeys(told))[:400]


def found(program: str | None = None) -> EngineFound:
    """What doctor says about this engine."""
    place = find_soffice.find(program)
    if place is None:
        return EngineFound(NAME, False, "LibreOffice was not found", find_soffice.ADVICE)
    return EngineFound(NAME, True, f"LibreOffice {find_soffice.version(place)} at {place}", find_soffice.caution(place))


def start(program: str | None = None) -> LibreOffice:
    """The engine, ready; raises MissingOnThisMachine."""
    place = find_soffice.find(program)
    if place is None:
        where = f" at {program}" if program else ""
        raise MissingOnThisMachine(f"LibreOffice was not found{where}", find_soffice.ADVICE)
    return LibreOffice(place)
