"""Work on a stranger's file in a process of its own, with limits on memory and time: what breaks it stays there."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_loaded = [0]


def also_loaded(memory_mb: int) -> None:
    """This process holds so much more than one of its own would, before it works: `limit` adds it."""
    _loaded[0] = memory_mb


def limit(memory_mb: int, seconds: int) -> None:
    """Memory and processor time of this process, where the system can limit them; elsewhere the parent watches.

    0 seconds are no limit of time: `allow` sets one for each piece of work.

    Linux limits both, Windows the memory; of a Mac `run_limited` looks at the memory from time to time. No memory is
    written to disk when the process breaks: it would hold what a child's file says.
    """
    if sys.platform == "win32":
        _limit_on_windows(memory_mb)
        return
    import resource

    limits = [(resource.RLIMIT_AS, (memory_mb + _loaded[0]) * 1024 * 1024), (resource.RLIMIT_CORE, 0)]
    limits += [(resource.RLIMIT_CPU, seconds)] if seconds else []
    for what, most in limits:
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS; a lower limit may already stand
            continue


def allow(seconds: int) -> None:
    """So much more processor time for this process, which is ended after it; on Windows the parent watches alone."""
    if sys.platform == "win32":
        return
    import resource

    used, most = sum(resource.getrusage(resource.RUSAGE_SELF)[:2]), resource.getrlimit(resource.RLIMIT_CPU)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds + 1, most))


def run_limited(module: str, folder: Path, seconds: int, *words: str, memory_mb: int = 0) -> bool:
    """Run `python -m MODULE FOLDER WORDS` without our terminal; False when it was ended for its time or its memory.

    The module limits itself with `limit` and leaves its results in the folder. Nothing that it writes is run.
    `memory_mb` is what it is ended at on a Mac, which lets no process limit its own memory.
    """
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))}
    environment.pop("SENDPACK_PASSWORD", None)
    command = [sys.executable, "-P", "-X", "utf8", "-m", module, str(folder), *words]
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    try:
        return _waited(child, seconds, memory_mb if sys.platform == "darwin" else 0)
    finally:
        if child.poll() is None:  # also when Ctrl-C came while it ran
            child.kill()
            child.wait()


_WITHIN = 'ulimit -c 0; ulimit -v "$0" 2>/dev/null; exec "$@"'


def within_memory(command: Sequence[str], memory_mb: int) -> list[str]:
    """The command of another program so that it, and each program it starts, can take that much memory on Linux.

    Elsewhere the command as it is: a program that is not ours cannot be made to limit itself.
    """
    if not sys.platform.startswith("linux") or not Path("/bin/sh").exists():
        return list(command)
    return ["/bin/sh", "-c", _WITHIN, str(memory_mb * 1024), *command]


LOOK_EVERY = 0.5
"""Seconds after which the memory of a process is looked at where it cannot be limited."""


def _waited(child: subprocess.Popen[bytes], seconds: int, memory_mb: int) -> bool:
    """True when a child ended by itself; False when its time was over, or it grew over its memory and was ended."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        try:
            child.wait(min(left, LOOK_EVERY) if memory_mb else left)
            return True
        except subprocess.TimeoutExpired:
            if memory_mb and megabytes(child.pid) > memory_mb:
                child.kill()
                child.wait()
                return False
    return False


def megabytes(process: int) -> int:
    """What a process holds in memory, as `ps` knows it; 0 where it does not."""
    try:
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=False)
        return int(told.stdout.strip() or 0) // 1024
    except (OSError, ValueError):
        return 0


# -- Windows ----------------------------------------------------------------------------------------------------------

_PROCESS_MEMORY = 0x100
_EXTENDED_LIMITS = 9
_job: Any = None
"""The job object that this process is in: its limits hold as long as it is open."""


def _limit_on_windows(memory_mb: int) -> None:
    """Put this process into a job of its own that may not hold more memory.

    https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-jobobject_extended_limit_information
    """
    global _job
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    system = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    system.CreateJobObjectW.restype = system.GetCurrentProcess.restype = wintypes.HANDLE
    system.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    system.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    _job = system.CreateJobObjectW(None, None)
    wish = Extended()
    wish.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY
    wish.ProcessMemoryLimit = memory_mb * 1024 * 1024
    if _job and system.SetInformationJobObject(_job, _EXTENDED_LIMITS, ctypes.byref(wish), ctypes.sizeof(wish)):
        system.AssignProcessToJobObject(_job, system.GetCurrentProcess())
