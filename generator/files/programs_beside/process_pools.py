"""Processes that work for this one: who they are, and how they are ended in the middle of what they do."""

from __future__ import annotations

import contextlib
from concurrent.futures import Executor
from multiprocessing import connection
from multiprocessing.process import BaseProcess

_ENDS = 60
"""Seconds that a process may take to end: it removes what it keeps in temporary folders."""


def processes_of(pool: Executor | None) -> list[BaseProcess]:
    """The processes that a pool has begun; none of one whose workers are no processes."""
    return list((getattr(pool, "_processes", None) or {}).values())


def end_pool(pool: Executor | None, *, now: bool) -> None:
    """End a pool's processes when they are done, or `now`: each may still remove what it keeps in temporary folders."""
    if pool is None:
        return
    if now:
        cut_off(pool)
    pool.shutdown(wait=True, cancel_futures=now)


def cut_off(pool: Executor | None) -> None:
    """End a pool's processes in the middle of what they do; what they had to do fails.

    One that ends while it tells what it made leaves half of it. The pool waits for the rest for ever, as this process
    could write there too, unless it closes its end.
    """
    processes = processes_of(pool)
    for process in processes:
        process.terminate()
    for process in processes:
        connection.wait([process.sentinel], _ENDS)
    results = getattr(pool, "_result_queue", None)
    if results is not None and processes:
        with contextlib.suppress(OSError):
            results._writer.close()


def is_broken_off(pool: Executor | None) -> bool:
    """True when a process of the pool has ended though its pool still counts on it."""
    return bool(connection.wait([process.sentinel for process in processes_of(pool)], 0))
