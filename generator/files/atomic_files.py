"""Whole files only: written beside first, then put in place, so that a cut-off run leaves the old file or the new."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from generator.files.long_paths import TOO_LONG, too_long
from generator.problems import Stop

OUTPUT, CACHE = "output", ".cache"
"""The folder of what is made, and the one in it for what the program may forget without harm."""

PRIVATE = 0o600
"""The rights of a file that its owner alone may open."""
_UMASK = os.umask(0o077)
os.umask(_UMASK)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or nothing: beside it first, then in its place.

    Raises Stop with advice when the place cannot be written, as when the file is open in a viewer on Windows.
    """
    write_files({path: content})


def write_new_file(path: Path, content: bytes) -> bool:
    """Write a whole file where none of that name is; False, and nothing written, where somebody was quicker.

    Raises Stop as `write_file`.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    write_file(beside, content)
    try:
        os.link(beside, path)
    except FileExistsError:
        return False
    except OSError:  # a stick or a share that knows no second name for a file
        if path.exists():
            return False
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together: all are on the disk beside their places before the first takes its name.

    So a run that is cut off while it writes leaves all of the old ones. Raises Stop as `write_file`.
    """
    # The page answers with several threads: two that write one draft must not share what they write beside it.
    writer = f"{os.getpid()}-{threading.get_ident()}"
    beside = {path: path.with_name(f".{path.name}.{writer}.part") for path in files}
    path, begun = next(iter(files), Path()), _missing_folders(files)
    _sweep_halves_of(files)
    try:
        for path, content in files.items():
            make_folder(path.parent)
            beside[path].touch(PRIVATE)  # nobody else reads it before it has its rights
            beside[path].write_bytes(content)
            _give_rights(beside[path], path)
        for path in beside:  # in a loop of its own: hundreds together are on the disk sooner
            _see_on_disk(beside[path])
        for path, written in beside.items():
            written.replace(path)
    except OSError as error:
        for written in beside.values():
            with contextlib.suppress(OSError):
                written.unlink(missing_ok=True)
        for folder in begun:
            with contextlib.suppress(OSError):  # one in which something stands by now stays
                folder.rmdir()
        reason = (error.strerror or str(error)).lower()
        told = path.with_name(_whole_name(path.name))  # a new file is written beside its name
        raise Stop(f"{told.name} cannot be written ({reason}).", _what_to_do(told, beside.get(path), error)) from None


def keep_copy(path: Path, places: Iterable[Path]) -> Path:
    """Keep what a file holds in the first of these places that is free, or that holds just that; gives the place.

    So a run that was cut off behind it and is begun again keeps one copy. Raises Stop where none is free.
    """
    content = path.read_bytes()
    for place in places:
        if not place.exists():
            write_file(place, content)
            return place
        if place.is_file() and place.read_bytes() == content:
            return place
    raise Stop(f"There are too many kept copies of {path.name}.", f"Move the old ones out of {path.parent.name}.")


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a large file piece by piece, in a folder that takes its name only when all of it is there.

    Raises Stop as `write_file`; what reading a piece raises is the caller's.
    """
    with _told(path):
        make_folder(path.parent)
        path.touch(PRIVATE, exist_ok=False)
        file = path.open("rb+")
    with file:
        for piece in pieces:
            with _told(path):
                file.write(piece)
                file.flush()
        with _told(path):
            os.fsync(file.fileno())


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """What writing raises, told as that; Stop with advice."""
    try:
        yield
    except OSError as error:
        raise Stop(
            f"{path.name} cannot be written ({(error.strerror or str(error)).lower()}).", _what_to_do(path, None, error)
        ) from None


def _give_rights(written: Path, path: Path) -> None:
    """A file may be opened by those who might open it before; a new one by those who may open its folder."""
    with contextlib.suppress(OSError):
        if path.exists():
            written.chmod(stat.S_IMODE(path.stat().st_mode))
        else:
            written.chmod(stat.S_IMODE(path.parent.stat().st_mode) & 0o666 & ~_UMASK | PRIVATE)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it: output for this user alone, others for whoever may open the one above.

    So what is made stays with those who may see it, whatever rights the system gives to what is new.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.name not in (OUTPUT, CACHE):
        with contextlib.suppress(OSError):
            folder.chmod(stat.S_IMODE(folder.parent.stat().st_mode) & 0o777 & ~_UMASK | 0o700)


_HALF_FILE = re.compile(r"\.(.+)\.[0-9]+-[0-9]+\.(?:part|new)")
"""What lies beside a file while it is written, with the file's name in it, and stays where the run is killed."""
_NEW = ".sendpack-new-"
_HALF_FOLDER = re.compile(rf"{re.escape(_NEW)}[a-z0-9_]{{8}}")
"""What lies beside a folder while it is written."""
_EARLIER_HALF_FOLDER = re.compile(r"\.new-[a-z0-9_]{8}")
"""The same, as it was called before; others begin names of their own so, and it is swept in a case only."""
OLD = 3600
"""Seconds after which what lies half-written is nobody's any more."""


def sweep_halves(folder: Path, old: float = OLD) -> list[Path]:
    """Remove what killed runs left, in a folder of cases or of output and below, whatever they wrote; which it was.

    `old` are the seconds for which it is left alone, for its run may be at work.
    """
    return [half for half in sorted(folder.rglob(".*")) if _is_half(half.name) and _removed(half, old)]


def half_of(name: str) -> str | None:
    """The name of the file that was being written when its run was cut off; None for what is no half file of ours."""
    return _whole_name(name) if _HALF_FILE.fullmatch(name) else None


def was_left(path: Path) -> str:
    """What is told of something that `sweep_halves` removed."""
    return f"{path.name}, which a run that was cut off had left in {path.parent.name}, was removed"


def _is_half(name: str) -> bool:
    return any(kind.fullmatch(name) for kind in (_HALF_FILE, _HALF_FOLDER, _EARLIER_HALF_FOLDER))


def is_half_written(folder: Path, or_empty: bool = False) -> bool:
    """True for a folder in which a run that was killed had begun to write, and nothing else lies; or nothing at all."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for _, entry in zip(range(9), entries, strict=False)]
    except OSError:
        return False
    return (or_empty or bool(names)) and len(names) < 9 and all(map(_is_half, names))


def _sweep_halves_of(files: Iterable[Path]) -> None:
    """Remove what an earlier run left of these very files; the folder may be anybody's, and nothing else in it goes."""
    wanted: dict[Path, set[str]] = {}
    for path in files:
        wanted.setdefault(path.parent, set()).add(_whole_name(path.name))
    for folder, names in wanted.items():
        for half in _halves_in(folder, _HALF_FILE):
            if _whole_name(half.name) in names and not half.is_dir():
                _removed(half, OLD)


def _whole_name(name: str) -> str:
    """The name of the file of which this is the half: `.a.txt.12-34.part` → `a.txt`; of any other its own."""
    while half := _HALF_FILE.fullmatch(name):  # a half of a half, where a new file is written
        name = half[1]
    return name


def _halves_in(folder: Path, kind: re.Pattern[str]) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if kind.fullmatch(entry.name)]
    except OSError:  # not there yet, or not to be read: then nothing of ours is found
        return []


def _removed(half: Path, old: float) -> bool:
    """True where it was old enough and could be removed."""
    import shutil

    try:
        if half.lstat().st_mtime > time.time() - old:
            return False
        shutil.rmtree(half) if half.is_dir() and not half.is_symlink() else half.unlink()
    except OSError:
        return False
    return True


def is_full(error: OSError) -> bool:
    """True where the disk, or what this user may have of it, is full."""
    return error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


MAKE_ROOM = "The disk is full, or your share of it. Make room, then run again: it goes on."


def _what_to_do(path: Path, beside: Path | None, error: OSError) -> str:
    """The advice for a file that could not be written: no room, the path is too long, no rights, or it is open."""
    if is_full(error):
        return MAKE_ROOM
    if too_long(beside):
        return TOO_LONG
    folder = next((place for place in path.parents if place.is_dir()), path.parent)
    if not os.access(folder, os.W_OK):
        return f"You may not write in {folder}. {ASK_OR_MOVE}"
    return f"If {path.name} is open in another program, close it there and run again."


ASK_OR_MOVE = (
    "Ask whoever looks after this computer for the right to write there, or copy your school's folder to a place where "
    "you may write."
)


def _missing_folders(files: Iterable[Path]) -> list[Path]:
    """The folders that are made for files, innermost first, so that none is left empty when nothing is written."""
    parents = {folder for path in files for folder in path.parents}
    return sorted((f for f in parents if not f.exists()), key=lambda folder: len(folder.parts), reverse=True)


def _see_on_disk(path: Path) -> None:
    """Wait until the disk has it: a name that the disk knows before its content would be half a file after a cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def must_be_writable(folder: Path) -> None:
    """Make a folder for what will be written, so that it is known before the work begins. Raises Stop with advice."""
    import tempfile

    try:
        make_folder(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Stop(
            f"The folder {folder.name} in {folder.parent} cannot be written ({reason}).",
            "Ask whoever looks after this computer for the right to write in the folder output, or copy your school's "
            "folder to a place where you may write.",
        ) from None


def new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """A folder that is there whole, or not at all: written beside under a hidden name, then given its own.

    The caller sees to it that nothing of that name is there. Raises Stop with advice when it cannot be written.
    """
    import shutil
    import tempfile

    try:
        make_folder(folder.parent)
        for half in _halves_in(folder.parent, _HALF_FOLDER):
            _removed(half, OLD)
        beside = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder.parent))
        try:
            for name, content in files.items():
                place = beside / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
                _give_rights(place, folder)
                _see_on_disk(place)
            shutil.copymode(folder.parent, beside)  # whoever may read the case may read this
            beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Stop(
            f"{folder.name} cannot be kept ({reason}).",
            MAKE_ROOM if is_full(error) else f"Can you write in {folder.parent}?",
        ) from None
