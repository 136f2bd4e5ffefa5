"""Input with bits flipped or its end cut off: a sentence, and nothing placed; never "our mistake"."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image

from generator.bundle.evidence.page_by_page.photos_without_gps import photos_to_pdf, strip_jpeg
from generator.folder.school_folder import find_project
from generator.problems import Stop
from generator.school.pupil_files.received import receive
from tests.big_school import write_school
from tests.bundle_makers import photo
from tests.example_school import copy_school, sendpack

ADA = "ada-brown"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    school = copy_school(tmp_path_factory.mktemp("sender"), ADA)
    assert sendpack(school, "send-on", ADA, "--to", "ada.zip", "--without-safeguarding").returncode == 0
    return (school / "ada.zip").read_bytes()


@pytest.mark.whole
def test_a_damaged_archive_is_told_and_nothing_is_placed(archive: bytes, tmp_path: Path) -> None:
    project = find_project(write_school(tmp_path / "receiver", 1, 1))
    before = sorted(path.name for path in project.cases.iterdir())
    luck, file, refused = random.Random(7), tmp_path / "bad.zip", 0
    for number in range(120):
        content = bytearray(archive)
        if number % 4 == 0:
            content = content[: luck.randrange(len(content))]
        else:
            for _ in range(luck.choice((1, 8, 200))):
                content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
        file.write_bytes(content)
        try:
            receive(project, file)
        except Stop as stop:
            refused += 1
            assert stop.message and stop.advice
            assert sorted(path.name for path in project.cases.iterdir()) == before
        else:
            break
    assert refused > 100, "a flipped bit that harms nothing is taken in, and ends the trial"


def with_strays(content: bytes, stray: bytes) -> bytes:
    """A JPEG with bytes between its first segments, over which readers go."""
    first = 2 + 2 + int.from_bytes(content[4:6], "big")
    return content[:first] + stray + content[first:]


@pytest.mark.parametrize("stray", [b"\x00", b"junk", b"\xff", b"\xff\xff\x00", b"\x00" * 99])
def test_notes_go_from_a_photo_with_stray_bytes(stray: bytes) -> None:
    given = with_strays(photo((300, 200), gps=True), stray)
    with Image.open(io.BytesIO(given)) as image:
        image.load()
    clean = strip_jpeg(given)
    assert b"Exif" not in clean and b"SecretCamera" not in clean
    with Image.open(io.BytesIO(clean)) as image:
        image.load()
    made = photos_to_pdf(given)[0]
    assert b"SecretCamera" not in made and b"Exif" not in made
