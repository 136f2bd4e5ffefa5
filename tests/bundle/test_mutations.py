"""Bytes of evidence changed at random: it is taken whole or refused with a reason, never lost and never a traceback."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from generator.bundle import Options, Part, Refused
from generator.bundle.evidence.intake import take_all
from generator.bundle.evidence.sanitise import IntakeWish
from tests.bundle.taken import take_and_try
from tests.bundle_makers import docx, made, photo, plan_pdf, saved, scan

ROUNDS = 200
WORD = 4


def sources() -> list[bytes]:
    pdf = made(3)
    return [
        saved(pdf, compress_streams=False),
        plan_pdf(),
        scan(2, (300, 400)),
        photo((200, 150), gps=True),
        docx("Report", ["Words of a report"]),
    ]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a piece cut out, doubled, or the end lost."""
    data = bytearray(content)
    kind = chance.randrange(4)
    at = chance.randrange(len(data))
    length = chance.randrange(1, max(2, len(data) // 10))
    if kind == 0:
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif kind == 1:
        del data[at : at + length]
    elif kind == 2:
        data[at:at] = data[at : at + length]
    else:
        del data[at:]
    return bytes(data)


@pytest.mark.whole
@pytest.mark.parametrize("source", range(5))
def test_damaged_evidence_is_taken_or_refused_by_name(source: int) -> None:
    content = sources()[source]
    chance = random.Random(source)
    taken = 0
    for _ in range(ROUNDS // 5):
        started = time.process_time()
        try:
            result, account = take_and_try(mutated(content, chance), IntakeWish("Report"))
        except Refused as refused:
            assert refused.message
            assert "\n" not in refused.message
        else:
            taken += 1
            assert result
            assert account.pages > 0 or account.kind == "Word document"
        assert time.process_time() - started < 30
    assert taken or source == WORD  # a Word file guards every part with a checksum


@pytest.mark.whole
def test_damaged_evidence_in_children_is_told_all_at_once(tmp_path: Path) -> None:
    chance = random.Random(7)
    parts = []
    for number, content in enumerate(sources()[:4]):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(mutated(content, chance))
        parts.append(Part(str(number), "Evidence", "Report", path))
    taken = take_all(parts, Options("Bundle", seconds=30))
    assert [one.part.id for one in taken] == ["0", "1", "2", "3"]
    assert all(one.refused or one.account.pages for one in taken)
