"""Bytes as they come from a broken disk or a line that was cut: bits flipped, ends missing, pieces lost or doubled."""

from __future__ import annotations

import random
from collections.abc import Iterator


def damaged(content: bytes, times: int, seed: int) -> Iterator[bytes]:
    """So many damaged copies of a file, of four kinds in turn."""
    luck = random.Random(seed)
    for number in range(times):
        copy = bytearray(content)
        at = luck.randrange(len(copy))
        if number % 4 == 0:
            del copy[at:]
        elif number % 4 == 1:
            for _ in range(luck.choice((1, 3, 10, 100))):
                copy[luck.randrange(len(copy))] ^= 1 << luck.randrange(8)
        elif number % 4 == 2:
            copy[at : at + luck.randrange(1, 40)] = luck.randbytes(luck.randrange(40))
        else:
            start = luck.randrange(len(copy))
            copy[at:at] = copy[start : start + luck.randrange(400)]
        yield bytes(copy)
