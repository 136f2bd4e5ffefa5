"""Work on a stranger's file in a process of its own, with limits on memory and time: what breaks it stays there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def limit(memory_mb: int, seconds: int) -> None:
    """Memory and processor time, where the system can limit them (Linux, macOS); elsewhere the parent's clock does.

    No memory is written to disk when the process breaks: it would hold what a child's file says.
    """
    try:
        import resource
    except ImportError:
        return
    limits = ((resource.RLIMIT_AS, memory_mb * 1024 * 1024), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0))
    for what, most in limits:
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS; a lower limit may already stand
            continue


def run_limited(module: str, folder: Path, seconds: int, *words: str) -> bool:
    """Run `python -m MODULE FOLDER WORDS` without our terminal; False when it was ended because its time was over.

    The module limits itself with `limit` and leaves its results in the folder. Nothing that it writes is run.
    """
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))}
    environment.pop("SENDPACK_PASSWORD", None)
    command = [sys.executable, "-P", "-X", "utf8", "-m", module, str(folder), *words]
    try:
        subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds,
            env=environment, check=False, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return True
