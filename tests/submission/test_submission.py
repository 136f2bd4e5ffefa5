"""A submission from the example school's files to the finished folder."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from docx import Document as read_docx

from generator.bundle import names_found
from generator.bundle.assemble.bundle_read_back import _hidden_texts
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.documents.catalogue import documents
from generator.engines import choose
from generator.folder.load_case import load_case
from generator.folder.pupil_names import names_in_school
from generator.folder.school_folder import find_project
from generator.problems import FilesHaveErrors
from generator.submission.parts.gather_parts import _by_date
from generator.submission.submission_files import Out, left_from_before
from generator.submission.submission_warnings import Caution
from generator.submission.submit_request import submit
from generator.submission.wish_and_submission import Submission, SubmissionWish
from tests import tagcheck
from tests.bundled_school import know_evidence
from tests.conftest import need_program
from tests.example_school import ROOT, copy_school, sendpack
from tests.raw_word import para, word
from tests.small_school import ROSA, small_school

pytestmark = pytest.mark.whole

LOG_SECRET = "Grandmother telephoned about the locked cupboard under the stairs."
REPORT_SECRET = "Says that the wallpaper at home frightens the little brother."
BY_NAME = ("wallpaper", "cupboard", "Grandmother telephoned", "Speech and language therapy report")


def school(folder: Path) -> Path:
    """Ada's case without what takes longest to print, with secrets in the log and in a report."""
    copy_school(folder, "ada-brown", "kacper-wisniewski")
    ada = folder / "cases" / "ada-brown"
    shutil.rmtree(ada / "meetings")
    (ada / "my-support-plan.yaml").unlink()
    change(
        ada / "log.yaml",
        "entries:\n",
        f"""entries:
  - {{date: 1 October 2022, kind: contact, what: "{LOG_SECRET}", audience: [school, authority]}}
""",
    )
    change(
        ada / "evidence.yaml",
        "    shows: Following directions",
        f"    audience: [authority, school]\n    shows: {REPORT_SECRET} Following directions",
    )
    change(
        ada / "evidence.yaml",
        "    heads: [action, progress]\n",
        "    heads: [action, progress]\n    redact: [Kofi Mensah, Nobody Here]\n",
    )
    change(ada / "evidence.yaml", "    sensitivity: sensitive\n", "    sensitivity: safeguarding\n")
    return folder


def change(file: Path, old: str, new: str) -> None:
    before = file.read_text("utf-8")
    assert old in before, old
    file.write_text(before.replace(old, new, 1), "utf-8")


def made(folder: Path, pupil: str = "ada-brown", **wish: Any) -> tuple[Submission, list[Caution]]:
    project = find_project(folder)
    told: list[Caution] = []

    def tell(found: Sequence[Caution]) -> None:
        assert not (folder / "output" / pupil / "submission" / "bundle.pdf").exists(), "told before it is written"
        told.extend(found)

    engine = choose("embedded", None)
    case = load_case(project, pupil)
    try:
        return submit(project, case, lambda: names_in_school(project), engine, SubmissionWish(tell=tell, **wish)), told
    finally:
        engine.close()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory, bundled: Path) -> tuple[Submission, list[Caution]]:
    folder = know_evidence(bundled, school(tmp_path_factory.mktemp("one")))
    return made(folder, outputs=frozenset({"separate_files", "portal_worksheet"}))


@pytest.fixture(scope="module")
def parents(tmp_path_factory: pytest.TempPathFactory, bundled: Path) -> Submission:
    return made(know_evidence(bundled, school(tmp_path_factory.mktemp("two"))), audience="parents", to="daniel")[0]


def everything(pdf: bytes) -> str:
    """All that can be read in a PDF: pages, bookmarks, metadata, alternative texts."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        hidden = [text for _, text in _hidden_texts(opened)]
    document = pdfium.PdfDocument(pdf)
    hidden += [mark.get_title() for mark in document.get_toc()]
    document.close()
    return " ".join(" ".join([*page_texts(pdf), *hidden]).split())


# -- nothing lost -----------------------------------------------------------------------------------------------------


def test_what_the_engine_notices_of_evidence_is_told_and_in_the_manifest(tmp_path: Path) -> None:
    """A Word report in a font that nobody has: said in the run, in the manifest for programs and in that for people."""
    folder = small_school(tmp_path)
    odd = '<w:r><w:rPr><w:rFonts w:ascii="Oddly Bold"/></w:rPr><w:t>Rosa Lind reads with help.</w:t></w:r>'
    (folder / "cases" / ROSA / "evidence" / "letter.docx").write_bytes(word(para(odd)))
    result, told = made(folder, ROSA)
    words = "it uses fonts that sendpack does not carry (Oddly Bold)"
    assert any(words in one.text for one in told)
    account = json.loads((result.folder / "manifest.json").read_text("utf-8"))
    assert any(words in one["text"] for one in account["cautions"])
    assert any(words in line for part in account["parts"] for line in part["warnings"])
    people = " ".join(" ".join(page_texts((result.folder / "manifest.pdf").read_bytes())).split())
    assert "Oddly Bold" in people


# -- audiences --------------------------------------------------------------------------------------------------------


def test_one_parents_copy_tells_how_to_reach_that_parent_and_nobody_else(parents: Submission) -> None:
    said = everything(parents.file.read_bytes())
    assert "4 Quay Street" in said and "daniel.brown@family.example" in said
    for other in ("12 Tannery Row", "ZZ99 3CZ", "07700 900 123", "samira.brown@family.example"):
        assert other not in said  # was: the mother's address, telephone and e-mail in the father's copy
    assert "X999400122017" not in said  # was: the UPN on a paper for the family
    taken = [caution.text for caution in parents.cautions if "taken out of this copy" in caution.text]
    assert taken == ["Samira and Daniel Brown's letter: the other home’s address was taken out of this copy"]
    assert any("scan" in caution.text and "the other home" in caution.text for caution in parents.cautions)


def test_the_authority_gets_the_address_and_the_number(authority: tuple[Submission, list[Caution]]) -> None:
    said = everything(authority[0].file.read_bytes())
    assert "12 Tannery Row" in said and "4 Quay Street" in said and "X999400122017" in said


def test_the_copy_for_parents_says_nothing_that_is_not_for_them(parents: Submission) -> None:
    said = everything(parents.file.read_bytes())
    assert parents.file.name == "bundle-for-daniel.pdf"
    assert not [words for words in BY_NAME if words.casefold() in said.casefold()]
    assert "Educational psychologist’s report" in said.replace("'", "’"), "the rest is there"
    raw = parents.file.read_bytes() + (parents.folder / "manifest-for-daniel.pdf").read_bytes()
    assert b"wallpaper" not in raw


def test_the_authority_gets_what_parents_do_not(authority: tuple[Submission, list[Caution]]) -> None:
    said = everything(authority[0].file.read_bytes()).casefold()
    assert "speech and language therapy report" in said and "says that the wallpaper" in said


def chronology(made: Submission) -> str:
    """The text of the chronology in a finished bundle."""
    assert made.bundle is not None
    place = made.bundle.plan.pages["chronology"]
    return " ".join(" ".join(page_texts(made.file.read_bytes())[place.first - 1 : place.last]).split())


def test_the_chronology_tells_each_reader_what_is_for_them(
    authority: tuple[Submission, list[Caution]], parents: Submission
) -> None:
    """What is kept from parents is still for the authority to know."""
    assert LOG_SECRET in chronology(authority[0])
    assert LOG_SECRET not in chronology(parents)
    for bundle in (authority[0], parents):
        assert "Grommets in November 2022" in chronology(bundle), "the rest is in both"


# -- cautions ---------------------------------------------------------------------------------------------------------


def test_everything_to_know_is_told_before_it_is_written_and_kept(authority: tuple[Submission, list[Caution]]) -> None:
    result, told = authority
    kinds = {caution.kind for caution in told}
    assert {"safeguarding", "missing", "others-named", "left-out", "look"} <= kinds
    texts = " ".join(caution.text for caution in told)
    assert "Letter from audiology: left out" in texts and "was not released by name" in texts
    assert "Theo, her brother" in texts
    assert "“Nobody Here” was to be taken out and was not found" in texts
    listed = json.loads((result.folder / "manifest.json").read_text("utf-8"))
    kept = [row["text"] for row in listed["cautions"]]
    assert [one for one in kept if "to look at: sendpack bundle" not in one] == [
        caution.text for caution in told if not names_found([caution.text], REDACTED)
    ]


REDACTED = ("Kofi Mensah", "Nobody Here")


@pytest.mark.parametrize("whose", ["authority", "parents"])
def test_no_account_beside_a_bundle_names_who_was_taken_out(
    authority: tuple[Submission, list[Caution]], parents: Submission, whose: str
) -> None:
    made = authority[0] if whose == "authority" else parents
    account = next(made.folder.glob("manifest.json" if whose == "authority" else "manifest-*.json"))
    assert names_found([account.read_text("utf-8")], REDACTED) == []
    assert names_found(page_texts(account.with_suffix(".pdf").read_bytes()), REDACTED) == []


def test_files_that_are_no_longer_part_of_it_are_told_at_every_run(tmp_path: Path) -> None:
    """A bundle in one file after one in two: the old parts are not deleted, and nobody should send them."""
    for name in ("bundle.pdf", "bundle-1-of-2.pdf", "files/A1-request.pdf", "bundle-for-parents.pdf", "manifest.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    (tmp_path / "manifest.json").write_text('{"files": [{"file": "bundle.pdf"}]}', "utf-8")
    (tmp_path / "manifest-for-parents.json").write_text('{"files": [{"file": "bundle-for-parents.pdf"}]}', "utf-8")
    told = [one.text for one in left_from_before(tmp_path, "manifest.json", [Out("bundle.pdf", b"", "the bundle")])]
    assert [text.split()[0] for text in told] == ["bundle-1-of-2.pdf", "files/A1-request.pdf"]
    assert told[0].endswith("is not part of this bundle and may be old: do not send it")


# -- order ------------------------------------------------------------------------------------------------------------


def test_meetings_of_all_kinds_are_in_the_order_of_their_dates() -> None:
    """A reader follows what happened; the pack lists reviews before person-centred meetings."""
    project = find_project(ROOT)
    case = load_case(project, "ada-brown").case
    assert case is not None
    wanted = [d for d in documents(case, project.pack_of(case)) if d.section]
    ordered = _by_date(wanted)
    meetings = [d for d in ordered if d.record is not None and d.record.kind == "meeting"]
    assert len({d.kind for d in meetings}) > 2
    assert [d.date for d in meetings] == sorted(d.date for d in meetings)
    assert [d.id for d in ordered if "each" not in d.row] == [d.id for d in wanted if "each" not in d.row]


# -- files ------------------------------------------------------------------------------------------------------------


def test_the_manifest_names_every_file_with_its_hash(authority: tuple[Submission, list[Caution]]) -> None:
    folder = authority[0].folder
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    for row in listed["files"]:
        assert hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest() == row["sha256"]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == {row["file"] for row in listed["files"]} | {"manifest.json", "manifest.pdf"}


def test_names_of_files_name_no_child(authority: tuple[Submission, list[Caution]]) -> None:
    names = [file.name for file in authority[0].files]
    assert "files/A1-request.pdf" in names and any(name.endswith("-pupil-views.pdf") for name in names)
    assert not [name for name in names if "ada" in name.casefold() or "brown" in name.casefold()]


def test_parts_by_themselves_are_tagged_and_keep_their_page_numbers(
    authority: tuple[Submission, list[Caution]],
) -> None:
    result, _ = authority
    for file in result.files:
        if file.name.startswith("files/"):
            found = tagcheck.count(result.folder / file.name)
            assert (found.lost_contents, found.lost_annotations, found.wrong_parents) == (0, 0, 0)
            first = file.pages.split("-")[0]
            assert f"{first} of {result.bundle.plan.total}" in page_texts(file.content)[0]


@pytest.fixture(params=["embedded", "libreoffice"])
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "libreoffice":
        need_program("soffice")
    return str(request.param)


def test_the_word_parts_that_an_authority_wants_open_in_word_and_say_what_the_pdf_says(
    engine: str, tmp_path: Path, bundled: Path
) -> None:
    """Shropshire asks for the cycles in Word."""
    folder = know_evidence(bundled, school(tmp_path))
    change(folder / "cases" / "school.yaml", "authority: standard", "authority: shropshire")
    done = sendpack(folder, "bundle", "ada-brown", SENDPACK_ENGINE=engine)
    assert done.returncode == 0, done.stderr
    submission = folder / "output" / "ada-brown" / "submission"
    listed = json.loads((submission / "manifest.json").read_text("utf-8"))
    words = [row["file"] for row in listed["files"] if row["file"].endswith(".docx")]
    assert words and words == [
        row["file"] for row in listed["files"] if row["what"] == "in Word, as the authority asks"
    ]
    assert {Path(name).stem for name in words} == {
        Path(row["file"]).stem for row in listed["files"] if "cycle" in row["file"] and row["file"].endswith(".pdf")
    }
    for name in words:
        document = read_docx(submission / name)
        assert not document.core_properties.author and not document.core_properties.last_modified_by
        cells = {cell.text.strip() for table in document.tables for row in table.rows for cell in row.cells}
        shown = " ".join(page_texts((submission / name).with_suffix(".pdf").read_bytes()))
        said = "".join(re.sub("[\x02\ufffe]", "-", shown).split())  # how PDFium gives a hyphen at the end of a line
        longest = sorted((text for text in cells if "\n" not in text), key=len)[-5:]
        assert all("".join(text.split()) in said for text in longest), (name, longest)
        assert f"{name}: in Word, as the authority asks" in done.stdout


def test_a_profile_that_build_makes_fit_on_one_page_fits_in_the_bundle_too(engine: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "smallest", tmp_path / "cases")
    points = "".join(f"  - {n}. Give me one thing at a time, and time to say it back.\n" for n in range(34))
    change(
        tmp_path / "cases" / ROSA / "profile.yaml",
        "how_to_support_me: [Wait for me.]\n",
        f"how_to_support_me:\n{points}",
    )
    built = sendpack(tmp_path, "build", ROSA, "--only", "profile", SENDPACK_ENGINE=engine)
    assert "tightened so that it fits on one page" in built.stdout + built.stderr
    done = sendpack(tmp_path, "bundle", ROSA, SENDPACK_ENGINE=engine)
    assert done.returncode == 0, done.stderr
    assert "One-page profile: spacing was tightened so that it fits on one page" in done.stdout
    listed = json.loads((tmp_path / "output" / ROSA / "submission" / "manifest.json").read_text("utf-8"))
    [profile] = [part for part in listed["parts"] if part["id"] == "profile"]
    assert "-" not in profile["pages"], "one page of the bundle"


def test_the_page_for_people_is_one_page(authority: tuple[Submission, list[Caution]]) -> None:
    [*pages] = page_texts((authority[0].folder / "manifest.pdf").read_bytes())
    assert "What is in this submission" in pages[0] and "About safeguarding" in " ".join(pages)


def test_same_files_on_another_day_in_another_folder_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the smallest pupil; of Ada, with evidence of every kind, test_what_is_kept.py says it."""
    outputs, real = frozenset({"separate_files", "portal_worksheet"}), time.time
    school = small_school(tmp_path / "one")
    shutil.copytree(school / "cases", tmp_path / "another" / "cases")
    first, _ = made(school, ROSA, outputs=outputs)
    monkeypatch.setattr(time, "time", lambda: real() + 400 * 86_400)
    again, _ = made(tmp_path / "another", ROSA, outputs=outputs)
    assert len(again.files) > 10
    assert {f.name: hashlib.sha256(f.content).hexdigest() for f in again.files} == {
        f.name: hashlib.sha256(f.content).hexdigest() for f in first.files
    }
    assert (first.folder / "manifest.json").read_bytes() == (again.folder / "manifest.json").read_bytes()


# -- sending ----------------------------------------------------------------------------------------------------------


def test_sent_is_written_at_the_end_and_comments_stay(tmp_path: Path) -> None:
    file = copy_school(tmp_path, "ada-brown") / "cases" / "ada-brown" / "request.yaml"
    before = file.read_text("utf-8")
    done = sendpack(
        *(tmp_path, "sent", "ada-brown", "--date", "24/11/2026", "--to", "SEN team: Northmoor"),
        *("--received", "25/11/2026", "--on", "2026-11-26"),
    )
    assert done.returncode == 0, done.stderr
    after = file.read_text("utf-8")
    assert after.startswith(before) and "# sent:" in after
    assert after.endswith(
        'sent:\n  date: 24 November 2026\n  to: "SEN team: Northmoor"\n  received: 25 November 2026\n'
    )
    assert "decides by 6 January 2027" in done.stdout
    assert "06/01/2027" in sendpack(tmp_path, "reviews", "ada-brown", "--on", "2026-11-26").stdout


def test_sent_twice_changes_nothing_and_says_where(tmp_path: Path) -> None:
    file = copy_school(tmp_path, "ada-brown") / "cases" / "ada-brown" / "request.yaml"
    words = ("sent", "ada-brown", "--date", "24/11/2026", "--to", "SEN team", "--on", "2026-11-26")
    assert sendpack(tmp_path, *words).returncode == 0
    before = file.read_bytes()
    again = sendpack(tmp_path, *words)
    assert again.returncode == 1 and "request.yaml:" in again.stderr and file.read_bytes() == before


def test_received_before_it_was_sent_is_a_slip(tmp_path: Path) -> None:
    copy_school(tmp_path, "ada-brown")
    done = sendpack(
        tmp_path, "sent", "ada-brown", "--date", "24/11/2026", "--to", "SEN team", "--received", "20/11/2026"
    )
    assert done.returncode == 2 and "before it is sent" in done.stderr


def test_line_ends_of_windows_stay(tmp_path: Path) -> None:
    file = copy_school(tmp_path, "ada-brown") / "cases" / "ada-brown" / "request.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    words = ("sent", "ada-brown", "--date", "24/11/2026", "--to", "SEN team", "--on", "2026-11-26")
    assert sendpack(tmp_path, *words).returncode == 0
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")


def test_a_case_without_a_request_has_nothing_to_bundle(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, "kacper-wisniewski")
    project = find_project(folder)
    with pytest.raises(FilesHaveErrors, match="nothing to bundle"):
        submit(project, load_case(project, "kacper-wisniewski"), list, choose("embedded", None), SubmissionWish())
