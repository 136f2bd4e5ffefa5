"""The embeddable Python: its files are held against the pinned hashes, one by one."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path, PurePosixPath

PINS = Path(__file__).with_name("python.sha256")
"""`<sha256>  <name>` for each file. Pinned by file, not by archive, so that the same Python packed by somebody else is
known as the same; a Python that differs in one byte is refused."""

PLACES = (r"..\libraries", r"..\libraries\win32", r"..\libraries\win32\lib", r"..\program")
"""Where modules are looked for, seen from python.exe; those of win32 are pywin32's, which drives Microsoft Word."""

NOT_TAKEN = {"winsound.pyd", "_sqlite3.pyd", "sqlite3.dll"}
"""Nothing of ours plays sounds or keeps a database."""


def files_of(archive: Path) -> dict[str, bytes]:
    """The files of an embeddable Python by name, whether or not they stand in one folder of the archive."""
    with zipfile.ZipFile(archive) as packed:
        found = {PurePosixPath(i.filename).name: packed.read(i) for i in packed.infolist() if not i.is_dir()}
    if "python.exe" not in found:
        raise ValueError(f"{archive.name} holds no python.exe: it is not the embeddable Python for Windows.")
    return found


def pin(archive: Path) -> int:
    """Write the hash of every file of an embeddable Python to `python.sha256`; gives how many."""
    found = files_of(archive)
    PINS.write_text("".join(f"{_sha(content)}  {name}\n" for name, content in sorted(found.items())), "utf-8")
    return len(found)


def pinned() -> dict[str, str]:
    """The pinned hash of every file by name."""
    lines = PINS.read_text("utf-8").splitlines()
    return {name: sha for sha, name in (line.split("  ", 1) for line in lines if line)}


def interpreter(archive: Path) -> dict[str, bytes]:
    """The files to ship, each checked, with a `._pth` that leads to the libraries and the program and to nothing else.

    With that file Python runs isolated: no registry, no PYTHON… variable, no packages of the user.
    Raises ValueError naming every file that is not as pinned.
    """
    found, wanted = files_of(archive), pinned()
    wrong = sorted(n for n in wanted.keys() | found.keys() if n not in found or _sha(found[n]) != wanted.get(n))
    if wrong:
        raise ValueError(
            f"{archive.name} is not the Python of tools/windows/python.sha256. Different: {', '.join(wrong)}.\n"
            "If you mean to take another version, check it against python.org's own hash, then: "
            f"python -m tools.windows pin --python {archive.name}"
        )
    [path_file] = [name for name in found if name.endswith("._pth")]
    base = path_file.removesuffix("._pth")
    found[path_file] = "\r\n".join([f"{base}.zip", ".", *PLACES, ""]).encode()
    return {name: content for name, content in found.items() if name not in NOT_TAKEN}


def short_version() -> str:
    """The pinned Python's version as wheels spell it: `313`."""
    [dll] = [name for name in pinned() if re.fullmatch(r"python3\d+\.dll", name)]
    return dll.removeprefix("python").removesuffix(".dll")


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
