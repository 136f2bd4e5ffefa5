"""The libraries: which wheel of each, by hash; downloaded once, and read as files."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools.windows.interpreter import short_version

ROOT = Path(__file__).parents[2]
LOCK = Path(__file__).with_name("wheels.lock")

ONLY_ON_WINDOWS = ("colorama", "pywin32")
"""What is asked for on Windows alone: pip, asked on another system, leaves it out. tests/windows holds the list."""

DROPPED = ("data", "scripts", "headers")
"""Parts of a wheel that are for an installed Python: starters with its path, manual pages, headers."""


def project() -> dict[str, object]:
    """The table `project` of pyproject.toml."""
    told: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return told


def _pip(folder: Path, *words: str) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--dest", str(folder)]
    command += ["--platform", "win_amd64", "--python-version", short_version(), "--implementation", "cp"]
    done = subprocess.run([*command, "--only-binary=:all:", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"The libraries could not be fetched:\n{done.stderr.strip()}")


def lock(folder: Path) -> int:
    """Choose the newest wheels that pyproject.toml allows and write `wheels.lock`; gives how many."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        wanted = [str(line) for line in project()["dependencies"]]  # type: ignore[attr-defined]
        _pip(Path(fresh), *wanted, *ONLY_ON_WINDOWS)
        lines = sorted(_locked_line(wheel) for wheel in Path(fresh).glob("*.whl"))
        for wheel in Path(fresh).glob("*.whl"):
            wheel.replace(folder / wheel.name)
    LOCK.write_text("".join(lines), "utf-8")
    return len(lines)


def _locked_line(wheel: Path) -> str:
    name, version, *_ = wheel.name.split("-")
    return f"{name.replace('_', '-').lower()}=={version} --hash=sha256:{_sha(wheel)}\n"


def locked() -> dict[str, str]:
    """The hash of each library's wheel by `name==version`."""
    found = re.findall(r"^(\S+) --hash=sha256:(\w+)$", LOCK.read_text("utf-8"), re.MULTILINE)
    return dict(found)


def wheels(folder: Path) -> list[Path]:
    """Every locked wheel, from the folder or downloaded into it; each has its hash.

    Raises ValueError when one cannot be had.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = set(locked().values())
    if wanted - set(_by_hash(folder)):
        _pip(folder, "--no-deps", "--require-hashes", "--requirement", str(LOCK))
    there = _by_hash(folder)
    return sorted((there[sha] for sha in wanted), key=lambda path: path.name.lower())


def _by_hash(folder: Path) -> dict[str, Path]:
    return {_sha(path): path for path in folder.glob("*.whl")}


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files_of_wheel(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """What a wheel puts beside other libraries, by name: all but what is for an installed Python."""
    with zipfile.ZipFile(wheel) as packed:
        for info in packed.infolist():
            folder, _, rest = info.filename.partition(".data/")
            part, _, inner = rest.partition("/")
            if info.is_dir() or (rest and part in DROPPED) or info.filename.endswith(".dist-info/RECORD"):
                continue
            yield (inner if rest and "/" not in folder else info.filename), packed.read(info)
