"""The engine that comes closest to Word: LibreOffice, run in the background with a profile of its own.

Batches of documents go through one run of the program. It is never trusted: its exit code says nothing, it may hang,
and it would load pictures from the network; so the profile forbids that, every run has a time limit, and every result
is checked. A run that fails is repeated without the document that it stopped at: one broken document costs only itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from generator.engines.libreoffice import find_soffice
from generator.engines.protocol import Docx, EngineFound, Failure, Pdf
from generator.files import temp_folders
from generator.fonts import shipped_fonts
from generator.problems import MissingOnThisMachine

NAME = "libreoffice"
CHUNK = 40
"""Documents in one run of the program, whose start costs as much as six of them."""


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: for the first document of a run, and for each that follows another."""

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

_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    (_SECURITY, "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Office.Update/Update", "Enabled", "false"),
)
"""Nothing linked is loaded (pictures from the network or the disk), no macro runs, nothing asks questions."""


class LibreOffice:
    """Converts with one installed LibreOffice. Its profile, its input and its output live in one private folder."""

    name = NAME

    def __init__(self, program: Path, patience: Patience | None = None) -> None:
        self.program = program
        self._patience = patience or Patience()
        self._version = find_soffice.version(program)
        self._workspace: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __getstate__(self) -> dict[str, object]:
        """A worker elsewhere has a private folder and a running program of its own."""
        return self.__dict__ | {"_workspace": None, "_process": None}

    def about(self) -> str:
        return f"LibreOffice {self._version} at {self.program}"

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        for first in range(0, len(documents), CHUNK):
            yield from self._convert_chunk(documents[first : first + CHUNK])

    def close(self) -> None:
        """End the program, should it be running, and remove the private folder."""
        if self._process is not None:
            _end(self._process)
            self._process = None
        if self._workspace is not None:
            temp_folders.drop(self._workspace)
            self._workspace = None

    def _convert_chunk(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        from generator.engines import before_and_after

        ready = [before_and_after.ready(document) for document in documents]
        drawn = self.draw({n: found.content for n, found in enumerate(ready) if not isinstance(found, Failure)})
        for number, (document, found) in enumerate(zip(documents, ready, strict=True)):
            if isinstance(found, Failure):
                yield found
            elif isinstance(outcome := drawn[number], str):
                yield Failure(document.name, outcome)
            else:
                yield before_and_after.done(document.name, outcome, found, f"LibreOffice {self._version}")

    def to_word(self, content: bytes, kind: str) -> bytes | str:
        """A text of another kind (odt, rtf, doc) as a Word file, or a sentence about why there is none."""
        return self.draw({0: content}, _AS_WORD[kind])[0]

    def draw(self, contents: Mapping[int, bytes], job: _Job = _PRINT) -> dict[int, bytes | str]:
        """The program's own PDF for each document, or a sentence about why there is none; nothing is checked before."""
        results: dict[int, bytes | str] = {}
        waiting = [dict(contents)] if contents else []
        while waiting:
            batch = waiting.pop(0)
            made, words = self._run(batch, job)
            results.update(made)
            left = {number: content for number, content in batch.items() if number not in made}
            if len(batch) == 1 and left:
                results[next(iter(left))] = words
            elif left:
                waiting[:0] = _apart(left)
        return results

    def _run(self, batch: Mapping[int, bytes], job: _Job) -> tuple[dict[int, bytes], str]:
        """One run of the program: the files it made by number, and what it said, as a sentence."""
        place = self._place()
        with tempfile.TemporaryDirectory(prefix="run-", dir=place) as run:
            source, target = Path(run, "in"), Path(run, "out")
            source.mkdir()
            target.mkdir()
            for number, content in batch.items():
                (source / f"{number:04}.{job.takes}").write_bytes(content)
            files = [str(source / f"{number:04}.{job.takes}") for number in batch]
            words = self._call([*self._command(place, job), "--outdir", str(target), *files], place, target)
            made = {number: target / f"{number:04}.{job.gives}" for number in batch}
            return {n: f.read_bytes() for n, f in made.items() if f.is_file() and f.stat().st_size > 0}, words

    def _command(self, place: Path, job: _Job) -> list[str]:
        return [
            str(self.program),
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
            f"--infilter={job.reads}",
            "--convert-to",
            job.writes,
        ]

    def _call(self, command: list[str], place: Path, target: Path) -> str:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=place,
            env=_environment(place),
            start_new_session=sys.platform != "win32",
        )
        self._process = process
        try:
            output = self._patiently(process, target)
        except subprocess.TimeoutExpired as expired:
            _end(process)
            shutil.rmtree(place / "profile", ignore_errors=True)  # a killed program may leave it locked
            _write_profile(place / "profile")
            return f"LibreOffice had not finished after {expired.timeout:.0f} seconds and was stopped"
        except BaseException:
            _end(process)
            raise
        finally:
            self._process = None
        said = _said(output, place)
        return f"LibreOffice made nothing of it{': ' + said if said else ', and did not say why'}"

    def _patiently(self, process: subprocess.Popen[bytes], target: Path) -> bytes:
        """What the program said, once it has ended. Raises TimeoutExpired when it finishes no document for too long."""
        done, limit = 0, self._patience.start
        begun = time.monotonic()
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.communicate(timeout=0.5)[0]
            if (now := len(list(target.iterdir()))) > done:
                done, limit, begun = now, self._patience.each, time.monotonic()
            elif time.monotonic() - begun > limit:
                raise subprocess.TimeoutExpired(str(self.program), limit)

    def _place(self) -> Path:
        """The private folder, made when it is first needed."""
        if self._workspace is None:
            self._workspace = temp_folders.make()
            _write_profile(self._workspace / "profile")
            _write_fontconfig(self._workspace)
        return self._workspace


def _apart(left: dict[int, bytes]) -> list[dict[int, bytes]]:
    """The document the program stopped at by itself, and the rest together."""
    first, *others = left
    return [{first: left[first]}] + ([{number: left[number] for number in others}] if others else [])


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and everything it started; ending only the launcher leaves the real program running."""
    if sys.platform == "win32":
        taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        subprocess.run([str(taskkill), "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()


_ALWAYS_SAID = ("convert ", "Overwriting:", "Warning: failed to launch javaldx")


def _said(output: bytes, place: Path) -> str:
    """The program's own words without our folder names and without what it always says."""
    text = output.decode("utf-8", "replace").replace(place.as_uri(), "").replace(str(place), "")
    lines = (re.sub(r"\S*\.(docx|odt|rtf|doc)\b", "the document", line).strip() for line in text.splitlines())
    told = [line for line in lines if line and not line.startswith(_ALWAYS_SAID)]
    return "; ".join(dict.fromkeys(told))[:400]


def _write_profile(folder: Path) -> None:
    items = "\n".join(
        f'<item oor:path="{escape(path)}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(f"{head}{items}\n</oor:items>\n", encoding="utf-8")


def _environment(place: Path) -> dict[str, str]:
    """The program's surroundings: whatever it writes for itself goes into our private folder."""
    folder = place / "home"
    folder.mkdir(exist_ok=True)
    ours = find_soffice.home(folder)
    if sys.platform.startswith("linux"):
        ours |= {"FONTCONFIG_FILE": str(place / "fonts.conf"), "SAL_USE_VCLPLUGIN": "svp"}
    return os.environ | ours


def _write_fontconfig(place: Path) -> None:
    """Linux: our fonts, and the machine's others behind them; the machine's copies of ours are not seen.

    Elsewhere LibreOffice brings Liberation Sans, Carlito and DejaVu Sans itself.
    """
    ours = shipped_fonts.folder()
    reject = "".join(_pattern("family", family) for family in shipped_fonts.FACES)
    accept = "".join(_pattern("file", str(ours / name)) for names in shipped_fonts.FACES.values() for name in names)
    user = "".join(f"<dir>{escape(str(Path.home() / name))}</dir>" for name in (".fonts", ".local/share/fonts"))
    system = "".join(f'<include ignore_missing="yes">/etc/fonts/{name}.conf</include>' for name in ("fonts", "local"))
    place.joinpath("fonts.conf").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"<cachedir>{escape(str(place / 'fontcache'))}</cachedir>\n<dir>{escape(str(ours))}</dir>{user}\n<selectfont>\n"
        f"<rejectfont>{reject}</rejectfont>\n<acceptfont>{accept}</acceptfont>\n</selectfont>\n{system}\n</fontconfig>\n",
        encoding="utf-8",
    )


def _pattern(name: str, value: str) -> str:
    return f'<pattern><patelt name="{name}"><string>{escape(value)}</string></patelt></pattern>\n'


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
