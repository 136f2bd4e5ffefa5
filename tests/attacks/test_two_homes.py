"""What is one home's is in no file of the other home's copy: not as text, in raw streams, metadata, names or manifests."""

# ruff: noqa: E501 - texts of examples read best on one line

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdf
import pytest

from tests.example_school import copy_school, sendpack
from tests.word_files import paragraphs

ADA = "ada-brown"
HERS = {
    "12 Tannery Row": "77 Zanzibarmark Row",
    "07700 900 123": "07700 900 199",
    "samira.brown@family.example": "zanzibarmail@family.example",
}
"""How to reach Ada's mother in the example, and what nobody says by chance instead."""
MARKERS = (b"zanzibarmark", b"900199", b"zanzibarmail")
ENTRY = "{date: 11 October 2022, what: "
REPORT = """
  - id: visit-note
    title: Note of a visit
    file: visit.docx
    kind: other
    author: Ms Una Able
    date: 12 October 2026
    shows: Ada was glad to be visited.
"""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_school(tmp_path_factory.mktemp("two-homes"), ADA)
    home = folder / "cases" / ADA
    pupil = (home / "pupil.yaml").read_text("utf-8")
    for old, new in HERS.items():
        assert old in pupil
        pupil = pupil.replace(old, new)
    (home / "pupil.yaml").write_text(pupil, "utf-8")
    said = " and ".join(HERS.values())
    log = (home / "log.yaml").read_text("utf-8")
    assert ENTRY in log
    withheld = ENTRY.replace("{", "{audience: [school], ").replace("what: ", f"what: Letters go to {said} now. ")
    (home / "log.yaml").write_text(log.replace(ENTRY, withheld, 1), "utf-8")
    (home / "evidence" / "visit.docx").write_bytes(
        paragraphs("Ada Brown, born 14 May 2017.", f"Write to {said}.", "All is well.")
    )
    with (home / "evidence.yaml").open("a", encoding="utf-8") as file:
        file.write(REPORT)
    return folder


def said_by(path: Path) -> Iterator[bytes]:
    """Everything that a file holds, also packed, and its name."""
    content = path.read_bytes()
    yield str(path).encode()
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield re.sub(rb"<[^>]+>", b"", packed.read(name))
                yield packed.read(name)
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for found in pdf.objects:
                if not isinstance(found, pikepdf.Stream):
                    yield str(found).encode()
                elif found.get("/Subtype") != "/Image":
                    yield found.read_bytes()
        yield from (page.extract_text().encode() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_the_search_itself_finds_what_is_packed(school: Path) -> None:
    assert any(
        marker in plain(part)
        for part in said_by(school / "cases" / ADA / "evidence" / "visit.docx")
        for marker in MARKERS
    )


def plain(content: bytes) -> bytes:
    return re.sub(rb"[\s-]", b"", content.lower())


@pytest.mark.whole
def test_a_copy_for_one_home_holds_nothing_of_the_other(school: Path) -> None:
    done = sendpack(school, "bundle", ADA, "--for", "parents", "--to", "daniel")
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr
    made = [path for path in (school / "output").rglob("*") if path.is_file() and ".cache" not in path.parts]
    assert any(path.suffix == ".pdf" for path in made)
    found = {
        (path.relative_to(school).as_posix(), marker)
        for path in made for part in said_by(path) for marker in MARKERS if marker in plain(part)
    }  # fmt: skip
    assert found == set()
