"""Everything held on a child: who asks is asked, and what this person must not be told is found page by page."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from generator.folder.school_folder import find_project
from generator.problems import WrongUse
from generator.school.pupil_files.askers_copy import Asker, asker_meant, look_through
from generator.school.pupil_files.data_rights import MUST_NOT_GO, HeldOnPupil, held
from generator.school.pupil_files.files_as_text import not_read, pages_as_text
from tests.bundle_makers import made, saved, scan
from tests.bundle_makers import photo as jpeg
from tests.example_school import copy_school, sendpack
from tests.joined import case

ADA = "ada-brown"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada, whose parents live in two homes, with one document that tells the mother's number on its second page."""
    folder = copy_school(tmp_path_factory.mktemp("access"), ADA)
    output = folder / "output" / ADA
    output.mkdir(parents=True)
    (output / "request.pdf").write_bytes(saved(_two_pages()))
    (output / "drawing.jpg").write_bytes(jpeg())
    return folder


def _two_pages() -> pikepdf.Pdf:
    pdf, second = made(text="Ada likes snails:"), made(text="Ring 07700 900123,")
    pdf.pages.extend(second.pages)
    return pdf


def asked(school: Path, who: str) -> HeldOnPupil:
    project = find_project(school)
    return held(project, ADA, asker_meant(project, ADA, who))


@pytest.mark.whole
@pytest.mark.parametrize("said", ["", "Uncle Bob"])
def test_nothing_is_gathered_before_it_is_said_who_asks(school: Path, said: str) -> None:
    with pytest.raises(WrongUse) as stop:
        asked(school, said)
    assert "daniel: Daniel Brown (father)" in stop.value.advice and "pupil: Ada, the pupil" in stop.value.advice
    ran = sendpack(school, "sar", ADA, "--to", "none.zip")
    assert ran.returncode == 2 and not (school / "none.zip").exists()


@pytest.mark.whole
@pytest.mark.parametrize("said", ["daniel", "Daniel Brown", "father", "dad"])
def test_a_person_is_meant_by_id_name_or_word(school: Path, said: str) -> None:
    assert asker_meant(find_project(school), ADA, said).id == "daniel"


@pytest.mark.whole
def test_the_father_must_not_be_told_how_to_reach_the_mother(school: Path) -> None:
    found = asked(school, "daniel")
    assert "documents/request.pdf, page 2: how to reach Samira Brown" in found.must_not_go
    assert "records/pupil.yaml: how to reach Samira Brown" in found.must_not_go
    assert "records/pupil.yaml: the other home’s address" in found.must_not_go
    assert not any("Daniel Brown" in line for line in found.must_not_go)
    assert any(line.startswith("documents/drawing.jpg: has no text") for line in found.look_at)
    index = found.contents["index.txt"].decode()
    assert f"{MUST_NOT_GO} (take" in index and "Asked for by: Daniel Brown (father)" in index


@pytest.mark.whole
def test_the_mother_is_told_what_is_her_own(school: Path) -> None:
    found = asked(school, "samira")
    assert not any("request.pdf" in line or "reach Samira" in line for line in found.must_not_go)
    assert "records/pupil.yaml: the address of Daniel Brown" in found.must_not_go


@pytest.mark.whole
def test_who_must_not_be_sent_copies_is_said_first(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, ADA)
    file = folder / "cases" / ADA / "pupil.yaml"
    before, _, after = file.read_text("utf-8").partition("  - id: daniel")
    file.write_text(before + "  - id: daniel" + after.replace("copies: yes", "copies: no", 1), "utf-8")
    assert asked(folder, "daniel").must_not_go[0].startswith("Daniel Brown must not be sent copies")


MOTHER = {"id": "samira", "name": "Samira Brown", "relationship": "mother", "parental_responsibility": True}


@pytest.mark.parametrize(("held", "told"), [("not_known", "not say yet"), (False, "Brown has no"), (True, "")])
def test_whether_who_asks_has_parental_responsibility_is_said(held: object, told: str) -> None:
    pupil = {"forenames": "Ada", "legal_surname": "Brown", "people": [{**MOTHER, "parental_responsibility": held}]}
    lines = look_through(Asker("samira", "Samira"), case(pupil=pupil), {}).must_not_go
    assert [told in line and "parental responsibility" in line for line in lines] == [True] * bool(told)


@pytest.mark.parametrize(("day", "told"), [(date(2026, 6, 26), False), (date(2026, 6, 27), True)])
def test_a_parent_who_asks_about_a_young_person_needs_their_consent(day: date, told: bool) -> None:
    born = {"date_of_birth": date(2009, 9, 1), "forenames": "Ada", "legal_surname": "Brown", "people": [MOTHER]}
    lines = look_through(Asker("samira", "Samira"), case(pupil=born), {}, day).must_not_go
    assert any("Ada’s consent" in line for line in lines) is told
    assert look_through(Asker("pupil", "Ada"), case(pupil=born), {}, day).must_not_go == ()


def zipped(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return held.getvalue()


TYPES = {"[Content_Types]_xml": b"<Types/>", "docProps__app_xml": b"<P>Word</P>"}


@pytest.mark.parametrize(
    ("name", "content", "unread"),
    [
        ("a.eml", b"Content-Transfer-Encoding: base64\n\nNCBRdWF5", "e-mail"),
        ("a.txt", b"A line", ""),
        ("a.docx", zipped(**TYPES, word__document_xml=b"<w><t>Ada reads</t></w>"), ""),
        ("a.docx", zipped(**TYPES, word__document_xml=b"<w/>"), "has no text"),
        ("a.docx", zipped(**TYPES, word__document_xml=b"<t>x</t>", **{"word__media__a.png": jpeg()}), "media/a.png"),
        ("a.zip", zipped(**{"a.json": b"{}", "b.pdf": b"%PDF-1.4", "c.pdf": b"%PDF"}), "holds b.pdf and 1 more"),
        ("a.pdf", b"broken", "has no text"),
        ("a.jpg", jpeg(), "has no text"),
    ],
)
def test_a_file_counts_as_searched_only_where_all_of_it_was(name: str, content: bytes, unread: str) -> None:
    said = not_read(name, content, pages_as_text(name, content))
    assert unread in said and bool(said) is bool(unread)


def test_a_scan_with_a_stamp_on_it_is_not_searched() -> None:
    stamped = pikepdf.open(io.BytesIO(scan()))
    stamp = made(text="Received on 3 May")
    stamped.pages[0].add_overlay(stamp.pages[0])
    content = saved(stamped)
    [text] = pages_as_text("a.pdf", content) or [""]
    assert "Received" in text
    assert not_read("a.pdf", content, [text]) == "is mostly a picture on page 1, and what it says is not searched"


@pytest.mark.whole
def test_an_error_in_another_record_hides_nothing_and_one_in_pupil_yaml_is_said(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, ADA)
    (folder / "cases" / ADA / "log.yaml").write_text(
        "entries:\n  - {date: 1 Decembr 2026, what: x, kind: other}\n", "utf-8"
    )
    assert "records/pupil.yaml: how to reach Samira Brown" in asked(folder, "daniel").must_not_go
    (folder / "cases" / ADA / "pupil.yaml").write_text("forenames: [\n", "utf-8")
    [only] = asked(folder, "other").must_not_go
    assert "mend it first" in only


@pytest.mark.whole
def test_earlier_archives_are_nothing_to_look_at(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, ADA)
    assert sendpack(folder, "register", "--csv", "output/_school/register.csv").returncode == 0
    for _ in range(2):
        ran = sendpack(folder, "sar", ADA, "--for", "daniel", "--on", "2026-11-20")
        assert ran.returncode == 0, ran.stderr
    assert MUST_NOT_GO in ran.stdout and "how to reach Samira Brown" in ran.stdout
    [file] = (folder / "output" / "_school").glob("sar-*.zip")
    with zipfile.ZipFile(file) as archive:
        index = archive.read("index.txt").decode()
    assert "sar-" not in index and "register.csv: a whole-school file" in index
