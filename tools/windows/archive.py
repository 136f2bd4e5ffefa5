"""The archive: every file by name, its hash, and a zip with the same bytes whenever it is made."""

from __future__ import annotations

import hashlib
import html
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tools.windows.interpreter import interpreter, short_version
from tools.windows.licences import Library, library, licence_files
from tools.windows.locked_wheels import ROOT, files_of_wheel, project, wheels
from tools.windows.starters import starters

IT_PAGE = "For your IT department.html"
SUMS = "SHA256SUMS.txt"

ONE_DAY = (2020, 1, 1, 0, 0, 0)
"""The time of every file, so that two archives of the same content are the same."""


def make_archive(python: Path, wheel_folder: Path, into: Path) -> Path:
    """Make `sendpack-<version>-windows.zip` and its `.sha256` in a folder; gives the archive's path.

    Raises ValueError when the Python is not the pinned one or a library cannot be had as it is locked.
    """
    version = str(project()["version"])
    folder = f"sendpack-{version}-windows"
    files = _files(version, python, wheel_folder)
    into.mkdir(parents=True, exist_ok=True)
    target = into / f"{folder}.zip"
    beside = target.with_name(f".{target.name}.part")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name in sorted(files):
            packed.writestr(_info(f"{folder}/{name}"), files[name], zipfile.ZIP_DEFLATED)
    beside.replace(target)
    target.with_name(f"{target.name}.sha256").write_text(f"{_sha(target.read_bytes())}  {target.name}\n", "utf-8")
    return target


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, ONE_DAY)
    info.create_system, info.external_attr = 0, 0
    return info


def _files(version: str, python: Path, wheel_folder: Path) -> dict[str, bytes]:
    """Everything in the archive's folder by name, with its sums and the page for those who look after computers."""
    parts = [dict(files_of_wheel(wheel)) for wheel in wheels(wheel_folder)]
    libraries = sorted((library(part) for part in parts), key=lambda found: found.name.lower())
    engine = interpreter(python)
    program = _own_files()
    texts = licence_files(libraries, engine["LICENSE.txt"], _own_licences(program))
    files = starters(version) | _under("python", engine) | _under("program", program) | _under("LICENSES", texts)
    for part in parts:
        files |= _under("libraries", part)
    files["LICENSES/Read me.txt"] = _table(libraries)
    files[IT_PAGE] = _it_page(version, libraries, files)
    files[SUMS] = "".join(f"{_sha(files[name])}  {name}\r\n" for name in sorted(files)).encode()
    return files


def _under(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in files.items()}


def _own_files() -> dict[str, bytes]:
    """The files of the program's own wheel, which is made anew."""
    with tempfile.TemporaryDirectory(prefix="sendpack-wheel-") as folder:
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ValueError(f"The program's own wheel could not be made:\n{done.stderr}")
        return dict(files_of_wheel(next(Path(folder).glob("*.whl"))))


def _own_licences(program: Mapping[str, bytes]) -> dict[str, bytes]:
    """The program's own licence, and those of the fonts and scripts that come with it."""
    inner = {name: text for name, text in program.items() if "LICEN" in name.rpartition("/")[2].upper()}
    return {name.removeprefix("generator/").replace("/", ", "): text for name, text in inner.items()}


HOW_TO_REPLACE = """Whose work is in this folder, and under which licence

The text of each licence is in the folder of its name beside this file. sendpack itself is MIT.

Any library can be put in place of the one that is here, as the LGPL and the MPL want it to be possible: each is in
"libraries", as its makers publish it, unchanged. Unzip another version of its wheel over it, or put another .dll or
.pyd in place of the one of that name: nothing checks which version is there. Its source is at the address beside it.

libheif and libde265 (LGPL 3), which read iPhone photos, are libheif-....dll and libde265-....dll in "libraries"; their
sources are named in pi_heif, LICENSES_bundled.txt. libgcc and libstdc++ beside them are under the GPL 3 with the
runtime library exception: pikepdf, "third-party-licenses, GCC-exception-3.1.txt".

"""


def _table(libraries: list[Library]) -> bytes:
    lines = [f"{lib.name} {lib.version}\n    {lib.licence}\n    {lib.home}\n" for lib in libraries]
    return (
        (HOW_TO_REPLACE + "".join(["Python\n    PSF-2.0\n    https://www.python.org\n", *lines]))
        .replace("\n", "\r\n")
        .encode()
    )


def _it_page(version: str, libraries: list[Library], files: Mapping[str, bytes]) -> bytes:
    """The page for those who look after the school's computers, with the hash of every file that can be run."""
    runs = sorted(name for name in files if name.endswith((".exe", ".cmd", ".dll", ".pyd")))
    rows = "".join(f"<tr><td>{html.escape(n)}</td><td><code>{_sha(files[n])}</code></td></tr>\n" for n in runs)
    names = "".join(
        f"<tr><td>{html.escape(lib.name)}</td><td>{html.escape(lib.version)}</td><td>{html.escape(lib.licence)}</td></tr>\n"
        for lib in libraries
    )
    page = Path(__file__).with_name("it_page.html").read_text("utf-8")
    size = f"{sum(map(len, files.values())) / 1e6:.0f}"
    told = {"version": version, "runs": rows, "libraries": names, "size": size, "python": f"3.{short_version()[1:]}"}
    for word, value in told.items():
        page = page.replace(f"${{{word}}}", value)
    return page.encode()


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
