"""Input with bits flipped or its end cut off: a sentence, and nothing placed; never "our mistake"."""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from generator.bundle.bundle_parts import Refused
from generator.bundle.evidence.file_type import sniff
from generator.bundle.evidence.page_by_page.pictures.photos_without_gps import photos_to_pdf, strip_jpeg
from generator.engines.rdocx.unusual_size import asks_much
from generator.files.workbook_parts import facts_of_sheets
from generator.folder.school_folder import find_project
from generator.forms.answer_places.place import FormRefused
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.returned.lines.of_each_kind.open_returned import open_returned
from generator.forms.returned.lines.of_each_kind.read_returned_odt import is_odt
from generator.forms.returned.lines.of_each_kind.read_returned_workbook import is_workbook
from generator.problems import Stop
from generator.school.pupil_files.received import receive
from generator.word_files.docx_package import NotAWordFile, read_package
from tests.big_school import write_school
from tests.bundle_makers import photo
from tests.damage import damaged
from tests.example_school import copy_school, sendpack
from tests.forms.invented_pdf import kilnshire

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
        else:  # a flipped bit that harms nothing, as in the time of an entry: it is taken in, and taken away again
            for placed in {path.name for path in project.cases.iterdir()} - set(before):
                shutil.rmtree(project.cases / placed)
    assert refused > 100


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


def with_a_name_in_no_code() -> bytes:
    """An archive in whose list a name, said to be UTF-8, is none."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/é.xml", "<a/>")
    return out.getvalue().replace("é".encode(), b"\xf3(")


@pytest.mark.parametrize(
    "read",
    [
        is_odt,
        is_workbook,
        asks_much,
        facts_of_sheets,
        lambda content: open_returned(content, "back.docx"),
        read_package,
        sniff,
    ],
    ids=["odt", "workbook", "size", "sheets", "returned", "word", "evidence"],
)
def test_a_name_in_no_code_is_a_damaged_archive(read: Callable[[bytes], object]) -> None:
    try:
        assert not read(with_a_name_in_no_code())
    except (FormRefused, NotAWordFile, Refused) as refused:
        assert str(refused)


def an_odt() -> bytes:
    """A returned OpenDocument text with a line in it."""
    spaces = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "text"))
    line = "<text:p>What goes well? He starts at once, and asks others to join in.</text:p>"
    body = f"<office:document-content {spaces}><office:body><office:text>{line * 9}</office:text></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", f"{body}</office:document-content>")
    return out.getvalue()


@pytest.mark.whole
@pytest.mark.parametrize("kind", ["odt", "pdf", "blank"])
def test_a_damaged_form_is_refused_in_a_sentence(kind: str) -> None:
    content = an_odt() if kind == "odt" else kilnshire()[0]
    read = read_form_file if kind == "blank" else open_returned
    read(content, "back.pdf" if kind == "blank" else f"back.{kind}")
    refused = 0
    for broken in damaged(content, 60, 77):
        try:
            read(broken, "back.pdf" if kind == "blank" else f"back.{kind}")
        except FormRefused as error:
            refused += 1
            assert str(error)
    assert refused > 10
