"""Archives of another school that are not what they say: refused in a sentence, and nothing is kept of them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.folder.school_folder import Project, find_project
from generator.problems import WrongUse
from generator.school.pupil_files import received
from generator.school.pupil_files.received import receive
from generator.school.pupil_files.transfer import MANIFEST, archive
from tests.big_school import write_school

PUPIL = (
    "legal_surname: Stone\nforenames: Mary\ndate_of_birth: 14 May 2018\nyear_group: 4\nupn: X999400122017\n"
    "people: [{id: a, name: Ann Stone, relationship: mother, parental_responsibility: yes}]\n"
)
Files = dict[str, bytes]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return find_project(write_school(tmp_path / "school", 1, 1))


def manifest(files: Files, upn: str = "X999400122017") -> dict[str, object]:
    rows = {name: {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)} for name, body in files.items()}
    return {"pupil": {"name": "Mary Stone", "upn": upn, "folder": "mary-stone"}, "staff": [], "files": rows}


def written(tmp_path: Path, files: Files, upn: str = "X999400122017") -> Path:
    file = tmp_path / "mary.zip"
    file.write_bytes(archive({**files, MANIFEST: json.dumps(manifest(files, upn)).encode()}))
    return file


def kept(project: Project) -> list[str]:
    return sorted(path.name for path in project.cases.iterdir())


def test_what_is_as_it_says_is_taken_in(project: Project, tmp_path: Path) -> None:
    done = receive(project, written(tmp_path, {"records/pupil.yaml": PUPIL.encode(), "documents/plan.pdf": b"%PDF-"}))
    assert done.case == "mary-stone" and done.files == 2 and not done.notes
    assert (project.cases / "mary-stone" / "earlier-school" / "plan.pdf").read_bytes() == b"%PDF-"


def test_an_archive_that_cannot_be_read_to_its_end_is_no_fault_of_the_school(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled_out(*_: object) -> bytes:
        raise OSError("the stick was pulled out")

    file, before = written(tmp_path, {"records/pupil.yaml": PUPIL.encode()}), kept(project)
    manifest_of_it = received._checked(file)
    monkeypatch.setattr(received, "_checked", lambda _: manifest_of_it)
    monkeypatch.setattr(zipfile.ZipExtFile, "read", pulled_out)
    with pytest.raises(WrongUse, match=r"mary\.zip cannot be read any more"):
        receive(project, file)
    assert kept(project) == before


@pytest.mark.parametrize("upn", ["X999400122018", "", "A999400100001"])
def test_a_record_of_another_child_is_refused(project: Project, tmp_path: Path, upn: str) -> None:
    before = kept(project)
    with pytest.raises(WrongUse, match=r"its pupil\.yaml says X999400122017"):
        receive(project, written(tmp_path, {"records/pupil.yaml": PUPIL.encode()}, upn))
    assert kept(project) == before


def test_an_archive_without_a_pupil_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"holds no pupil\.yaml"):
        receive(project, written(tmp_path, {"records/plan.yaml": b"aspirations: []\n"}))
    assert "mary-stone" not in kept(project)


def twice(files: Files) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped, pytest.warns(UserWarning, match="Duplicate"):
        for name, body in files.items():
            zipped.writestr(name, body)
        zipped.writestr("records/pupil.yaml", PUPIL.replace("Mary", "Ann"))
    return content.getvalue()


def linked(files: Files) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o120777 << 16
            zipped.writestr(entry, body)
    return content.getvalue()


def encrypted(files: Files) -> bytes:
    content = bytearray(archive(files))
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    return bytes(content)


def with_hole(files: Files) -> bytes:
    """One entry says that it unpacks to less than it does."""
    content = bytearray(archive(files))
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = (3).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize("make", [twice, encrypted, with_hole], ids=lambda one: one.__name__)
def test_a_strange_archive_is_refused(project: Project, tmp_path: Path, make: Callable[[Files], bytes]) -> None:
    files = {"records/pupil.yaml": PUPIL.encode(), "records/log.yaml": b"entries: []\n"}
    before = kept(project)
    (tmp_path / "odd.zip").write_bytes(make({**files, MANIFEST: json.dumps(manifest(files)).encode()}))
    with pytest.raises(WrongUse, match=r"odd\.zip is (damaged|not as it was sent)"):
        receive(project, tmp_path / "odd.zip")
    assert kept(project) == before


def test_a_link_in_an_archive_is_a_plain_file(project: Project, tmp_path: Path) -> None:
    files = {"records/pupil.yaml": PUPIL.encode(), "records/evidence/a.txt": b"/etc/passwd"}
    (tmp_path / "links.zip").write_bytes(linked({**files, MANIFEST: json.dumps(manifest(files)).encode()}))
    receive(project, tmp_path / "links.zip")
    placed = project.cases / "mary-stone" / "evidence" / "a.txt"
    assert not placed.is_symlink() and placed.read_bytes() == b"/etc/passwd"


@pytest.mark.whole
@pytest.mark.skipif(sys.platform != "linux", reason="the memory that a program took itself is known on Linux alone")
def test_a_large_file_is_not_held_in_memory(project: Project, tmp_path: Path) -> None:
    large = bytes(300_000_000)
    file = written(tmp_path, {"records/pupil.yaml": PUPIL.encode(), "records/evidence/film.bin": large})
    del large
    code = "import sys, pathlib; from generator.folder.school_folder import find_project; " + (
        "from generator.school.pupil_files.received import receive; "
        "receive(find_project(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2])); "
        "print(pathlib.Path('/proc/self/status').read_text('utf-8'))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(project.root), str(file)], capture_output=True, text=True, check=True
    )
    # Not getrusage: what it tells begins with the memory of the process that started this one.
    [most] = re.findall(r"VmHWM:\s+(\d+) kB", ran.stdout)
    assert int(most) * 1024 < 150_000_000
