"""The engine that is Microsoft Word itself, on a Windows or macOS machine where someone is signed in.

UNTESTED: no Word was at hand when this was written; it follows Microsoft's documentation and the troubles of others.
It is never chosen by itself, because Microsoft does not support Word running unattended: it may wait for an answer to a
question that nobody sees. One document at a time, and a document that takes too long is given up.
On Windows the copy of Word is our own, is never shown, runs no macros, and only that copy is ended on a timeout. On
macOS Word may ask for access to the folder, so documents go through Word's own folder, for which it need not ask.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module, util
from pathlib import Path

from generator.engines.protocol import Docx, EngineFound, Failure, Pdf
from generator.problems import MissingOnThisMachine

NAME = "word"
PATIENCE = 90.0
"""Seconds that one document may take."""

_ON_MAC = Path("/Applications/Microsoft Word.app")
_MAC_FOLDER = Path.home() / "Library/Group Containers/UBF8T346G9.Office"
_WINDOWS_ADVICE = 'Word has to be installed, and then: pip install "sendpack[word]"'
_ELSEWHERE = "Microsoft Word runs on Windows and macOS only; use --engine libreoffice or --engine embedded"


class Word:
    """Converts with the installed Word, one document after the other."""

    name = NAME

    def about(self) -> str:
        return f"Microsoft Word on {'Windows' if sys.platform == 'win32' else 'macOS'}"

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        for document in documents:
            yield self._convert(document)

    def close(self) -> None:
        """Nothing is left open between documents."""

    def _convert(self, document: Docx) -> Pdf | Failure:
        from generator.engines import before_and_after

        prepared = before_and_after.ready(document, unchanged=True)
        if isinstance(prepared, Failure):
            return prepared
        base = _MAC_FOLDER if sys.platform == "darwin" and _MAC_FOLDER.is_dir() else None
        with tempfile.TemporaryDirectory(prefix="sendpack-", dir=base) as folder:
            source, target = Path(folder, "document.docx"), Path(folder, "document.pdf")
            source.write_bytes(document.content)
            said = draw(source, target)
            content = target.read_bytes() if target.is_file() else b""
        if not content:
            return Failure(document.name, f"Word made no PDF of it: {said or 'it did not say why'}")
        return before_and_after.done(document.name, content, prepared, "Microsoft Word")


def draw(source: Path, target: Path) -> str:
    """Have Word write `target` from `source`; what went wrong in Word's own words, or nothing.

    Word runs in a program of its own (`python -m generator.engines.msword`), so that it can be ended when it hangs.
    """
    command = _mac_command(source, target) if sys.platform == "darwin" else _windows_command(source, target)
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        _end_ours(source.with_suffix(".pid"))
        return f"it had not finished after {PATIENCE:.0f} seconds and was stopped"
    return told.stderr.strip()[-400:] if told.returncode else ""


def _windows_command(source: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "generator.engines.msword", str(source), str(target)]


_SCRIPT = """function run(paths) {
  const word = Application("Microsoft Word");
  word.open(Path(paths[0]), {readOnly: true, addToRecentFiles: false});
  const document = word.activeDocument;
  document.saveAs({fileName: paths[1], fileFormat: "format PDF"});
  document.close({saving: "no"});
}"""


def _mac_command(source: Path, target: Path) -> list[str]:
    return ["osascript", "-l", "JavaScript", "-e", _SCRIPT, str(source), str(target)]


def _end_ours(noted: Path) -> None:
    """End the Word whose process id was noted, and no other: the user's own Word may hold unsaved work."""
    if sys.platform != "win32":
        return
    with contextlib.suppress(OSError, ValueError):
        number = int(noted.read_text(encoding="ascii"))
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(number)], capture_output=True, check=False)


def export(source: Path, target: Path) -> None:
    """Windows only: start a Word of our own, open read-only, update the contents list, write a tagged PDF, end Word."""
    client, process = import_module("win32com.client"), import_module("win32process")

    word = client.DispatchEx("Word.Application")  # Dispatch would take over the user's open Word
    try:
        word.Visible = False
        word.DisplayAlerts = 0
        word.AutomationSecurity = 3  # msoAutomationSecurityForceDisable
        blank = word.Documents.Add(Visible=False)  # a window, whose process id is noted before anything can hang
        _, number = process.GetWindowThreadProcessId(blank.ActiveWindow.Hwnd)
        source.with_suffix(".pid").write_text(str(number), encoding="ascii")
        opened = word.Documents.Open(
            str(source), ConfirmConversions=False, ReadOnly=True, AddToRecentFiles=False, Visible=False
        )
        for contents in opened.TablesOfContents:
            contents.Update()
        opened.ExportAsFixedFormat(
            OutputFileName=str(target),
            ExportFormat=17,  # wdExportFormatPDF
            OpenAfterExport=False,
            OptimizeFor=0,  # wdExportOptimizeForPrint
            IncludeDocProps=True,
            CreateBookmarks=1,  # wdExportCreateHeadingBookmarks
            DocStructureTags=True,
            BitmapMissingFonts=False,
        )
        opened.Close(SaveChanges=0)
    finally:
        word.Quit(SaveChanges=0)


def found() -> EngineFound:
    """What doctor says about this engine."""
    if sys.platform == "win32":
        here = util.find_spec("win32com") is not None and _registered()
        return EngineFound(NAME, here, "Microsoft Word" if here else "Word or pywin32 was not found", _advice(here))
    if sys.platform == "darwin":
        here = _ON_MAC.exists()
        return EngineFound(NAME, here, str(_ON_MAC) if here else "Microsoft Word was not found", _advice(here))
    return EngineFound(NAME, False, "Microsoft Word does not run on this system", _ELSEWHERE)


def _advice(here: bool) -> str:
    if here:
        return "used only when asked for with --engine word, while someone is signed in"
    return _WINDOWS_ADVICE if sys.platform == "win32" else "install Microsoft Word, or use --engine libreoffice"


def _registered() -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, r"Word.Application\CLSID"))
    except OSError:
        return False
    return True


def start() -> Word:
    """The engine, ready; raises MissingOnThisMachine."""
    state = found()
    if not state.available:
        raise MissingOnThisMachine(state.about, state.advice)
    return Word()


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
