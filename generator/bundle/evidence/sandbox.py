"""The child process that takes in one file: limits on itself first, then the work, then its results as two files.

Started as `python -m generator.bundle.evidence.sandbox FOLDER`, on every system alike. FOLDER holds `file` and
`wish.json`; the child leaves `result` (PDF, Word or other text), the texts of its pages and `account.json`, or
`refused.json`.
Nothing it writes is ever run or unpickled. With `--each` instead of a folder (Linux) it loads what children need, reads
folders, one a line, and splits off a child for each, whose number it tells; it looks into no file itself. Before the
folder stand the module whose work it is, where that is not this one, and the seconds for which the child is waited for.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import re
import signal
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.files.programs_beside.limited_child import also_loaded, limit
from generator.problems import in_one_line

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

EACH = "--each"
MAY = frozenset({"generator.engines.rdocx.drawn_in_child"})
"""Other modules whose `main` a child may do with a folder: each limits itself first, as this one does."""
LOADED_MB = 50
"""What a process that workers come from holds more in addresses than one that has loaded this module's needs alone."""
_ORPHAN = 60
"""Seconds after its time in which a child ends by itself: whoever would have ended it may have been killed."""


def main(folder: Path) -> None:
    """Take in FOLDER/file."""
    wish = json.loads((folder / "wish.json").read_text("utf-8"))
    limit(wish.pop("memory_mb"), wish.pop("seconds"))
    from generator.bundle.bundle_parts import Refused, account_as_json
    from generator.bundle.evidence.sanitise import IntakeWish

    try:
        content, asked = (folder / "file").read_bytes(), IntakeWish(**wish)
        result, account, texts = _ours(content, asked) if asked.ours else take_try_and_read(content, asked)
    except Refused as refused:
        _write(folder / "refused.json", {"rule": refused.rule, "message": refused.message, "hint": refused.hint})
        return
    (folder / "result").write_bytes(result)
    _write(folder / "texts.json", texts)
    _write(folder / "account.json", account_as_json(account))


Texts = dict[str, list[str]]
"""The texts of a PDF's pages as they are kept: under "texts", and of evidence under "texts to search"."""


def _ours(content: bytes, wish: Any) -> tuple[bytes, Any, Texts]:
    from generator.bundle.evidence.sanitise import clean_ours_and_read

    result, account, texts = clean_ours_and_read(content, wish)
    return result, account, {"texts": texts}


def take_try_and_read(content: bytes, wish: Any) -> tuple[bytes, Any, Texts]:
    """`take`, then prove that the bundle can hold the result: what cannot be copied faithfully is refused.

    With the texts of the pages, read here since many files are taken in side by side.
    """
    from generator.bundle.bundle_parts import Refused

    broken = (
        "bundle/broken-pdf",
        "is damaged in a way that cannot be repaired",
        "ask for the file again, or print it to PDF",
    )
    try:
        return _taken(content, wish)
    except Refused:
        raise
    except MemoryError:
        raise Refused("bundle/too-big", "needs too much memory", "print it to PDF, or send fewer pages") from None
    except Exception as error:  # noqa: BLE001  the libraries raise untyped errors on broken files; the parent names the file
        raise Refused(broken[0], f"{broken[1]}{_in_words(error)}", broken[2]) from None


def _taken(content: bytes, wish: Any) -> tuple[bytes, Any, Texts]:
    """The result, its account and texts; where the file's own tags do not hold together, with simple ones."""
    from generator.bundle.evidence.file_type import TEXTS, WORD
    from generator.bundle.evidence.page_by_page.page_text_and_scans import texts_to_search
    from generator.bundle.evidence.sanitise import take

    result, account = take(content, wish)
    if account.kind == WORD or account.kind in TEXTS:
        return result, account, {}
    failures, texts = _tried(result, account.pages)
    if failures and not wish.plain_tags:
        result, account = take(content, replace(wish, plain_tags=True))
        _, texts = _tried(result, account.pages)
    return result, account, {"texts": texts, "texts to search": texts_to_search(result, texts)}


def _in_words(error: Exception) -> str:
    """What a library says of a broken file, where these are words for a person."""
    said = in_one_line(error)
    return f" ({said[:100]})" if said and not _INSIDES.search(said) else ""


_INSIDES = re.compile(r"[<>_]|0x|object|codec|NoneType|attribute|argument|subscript|index out")


def _tried(result: bytes, pages: int) -> tuple[list[str], list[str]]:
    """Copy the PDF as the bundle will, and compare every page's text with what it was.

    Gives what is wrong with its tags then, and the texts.
    """
    import pikepdf

    from generator.bundle.assemble.bundle_read_back import tag_failures
    from generator.bundle.assemble.bundle_writer import copied_alone
    from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts

    copy = copied_alone(result)
    before, after = page_texts(result), page_texts(copy)
    if len(after) != pages or before != after:
        raise ValueError("its pages change when they are copied")
    with pikepdf.open(io.BytesIO(copy)) as made:
        return tag_failures(made), before


def _write(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")


# -- a child for each line --------------------------------------------------------------------------------------------


def serve() -> None:
    """A child for each line that comes, side by side, until no more come."""
    _load()
    gc.freeze()  # memory that children share with this process stays shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's: when it ends, no more lines come
    for line in sys.stdin:
        _forget_ended()
        child = os.fork()
        if child == 0:
            _be_child(*line.rstrip("\n").split("\t", 2))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def serve_from(asks: Connection) -> None:
    """As `serve`, in a process that has loaded everything: lines come from there, and answers go there.

    As one that is started for it, it says nothing at our terminal should it break.
    """
    also_loaded(LOADED_MB)
    os.dup2(asks.fileno(), 0)
    os.dup2(asks.fileno(), 1)
    asks.close()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115  for good
    serve()


def _forget_ended() -> None:
    """Let the numbers of children that ended go to others: whoever asked for these has its handle by now."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _load() -> None:
    """What every child needs or may need, and no file."""

    import generator.bundle.assemble.bundle_read_back
    import generator.bundle.assemble.bundle_writer
    import generator.bundle.evidence.sanitise  # noqa: F401


def _be_child(module: str, seconds: str, folder: str) -> None:
    """Take in one file, or do what a module does with it, with nothing of the parent's in hand, and end."""
    with contextlib.suppress(BaseException):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        signal.alarm(int(seconds) + _ORPHAN)
        work = importlib.import_module(module).main if module in MAY else main
        work(Path(folder))
    os._exit(0)


if __name__ == "__main__":
    serve() if sys.argv[1] == EACH else main(Path(sys.argv[1]))
