"""Wine as the tests need it: a prefix kept in the cache, and what Wine 8 lacks of Windows 10 put beside python.exe."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sendpack-windows"
PREFIX = CACHE / "prefix"
STAND_INS = Path(__file__).parent / "stand_ins"
COMPILER = "x86_64-w64-mingw32-gcc"

_NOT_PASSED_ON = ("PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "DISPLAY")
LONGEST = 900
"""Seconds after which a command under Wine is ended, and its test fails."""


@dataclass(frozen=True)
class Wine:
    """A Windows with the program in a folder."""

    program: Path

    @property
    def environment(self) -> dict[str, str]:
        """What its programs see; without the words of Wine's own about itself."""
        kept = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
        return {
            **kept,
            "WINEPREFIX": str(PREFIX),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=",
        }

    def start(self) -> None:
        """Make the prefix where there is none, start what outlives single commands, and mend Wine's gaps.

        What goes on running is started with no pipe of ours, which it would keep open.
        """
        PREFIX.parent.mkdir(parents=True, exist_ok=True)
        self.start_again()
        if not (PREFIX / "system.reg").is_file():
            self._silently("wine", "wineboot", "-i")
        self._silently("wine", "winecfg", "-v", "win10")
        python = self.program / "python"
        made = python / "bcryptprimitives.dll"
        _compile("-o", str(made), str(STAND_INS / "bcryptprimitives.c"), "-ladvapi32")
        made = python / "api-ms-win-core-synch-l1-2-0.dll"
        parts = [str(STAND_INS / "synch.c"), str(STAND_INS / "synch.def")]
        _compile("-nostdlib", "-Wl,-e,DllMain", "-o", str(made), *parts)
        (python / "_wmi.pyd").unlink()  # Python asks it for the system's version, and Wine 8 has no WMI to answer

    def start_again(self) -> None:
        """What outlives single commands."""
        self._silently("wineserver", "-p3600")
        if (PREFIX / "system.reg").is_file():
            self._silently("wine", "cmd", "/c", "exit")

    def stop(self) -> None:
        """End everything that was started."""
        self._silently("wineserver", "-k")

    def _silently(self, *command: str) -> None:
        none = subprocess.DEVNULL
        subprocess.run(
            command, stdin=none, stdout=none, stderr=none, env=self.environment, timeout=LONGEST, check=False
        )

    def run(self, *words: str, cwd: Path, code_page: str = "utf-8", **environment: str) -> Ran:
        """A program of Windows with its words; what it says as text."""
        done = subprocess.run(
            ["wine", *words],
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**self.environment, **environment},
            timeout=LONGEST,
            check=False,
        )
        return Ran(
            done.returncode,
            *(out.decode(code_page, "replace").replace("\r\n", "\n") for out in (done.stdout, done.stderr)),
        )

    def sendpack_in_turn(self, commands: Sequence[Sequence[str]], cwd: Path) -> list[Ran]:
        """Several commands one after the other in one process: to start takes longer than most of them."""
        python = str(self.program / "python" / "python.exe")
        ran = self.run(python, "-X", "utf8", "-c", _IN_TURN, json.dumps(commands), cwd=cwd)
        assert ran.code == 0, ran.err
        return [Ran(*one) for one in json.loads(ran.out)]

    def sendpack(self, *words: str, cwd: Path) -> Ran:
        """The command as the starter calls it, without cmd.exe between."""
        return self.run(str(self.program / "python" / "python.exe"), "-X", "utf8", "-m", "generator", *words, cwd=cwd)


_IN_TURN = """
import io, json, sys
from generator.cli import main
streams, ran = (sys.stdout, sys.stderr), []
for words in json.loads(sys.argv[1]):
    held = [io.BytesIO(), io.BytesIO()]
    sys.argv = ["sendpack", *words]
    sys.stdout, sys.stderr = (io.TextIOWrapper(one, "utf-8") for one in held)
    try:
        main()
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        ran.append([end.code, *(one.getvalue().decode("utf-8").replace(chr(13), "") for one in held)])
sys.stdout, sys.stderr = streams
print(json.dumps(ran))
"""
"""What runs commands as `sendpack` does, each with streams of its own."""


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


def _compile(*words: str) -> None:
    subprocess.run([COMPILER, "-shared", "-s", *words], check=True, capture_output=True)


def on_windows(path: Path) -> str:
    """A path of this machine as Wine's programs see it: drive Z is the root."""
    return "Z:" + str(path).replace("/", "\\")
