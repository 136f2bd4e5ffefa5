"""Before a bundle leaves: what is unfinished or foreign in it is told. After that: what was sent stays as it was."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.problems import Stop
from generator.school.pupil_files.askers_copy import Asker
from generator.school.pupil_files.data_rights import held
from generator.school.pupil_files.transfer import pack_case
from generator.submission.given_out import day_of_sending
from generator.submission.parts.part_ids import told_id
from generator.submission.submission_warnings import Caution
from tests.bundle_makers import made as pdf
from tests.bundle_makers import photo as jpeg
from tests.bundle_makers import saved
from tests.bundled_school import know_evidence
from tests.example_school import copy_school, sendpack
from tests.small_school import ROSA, small_school
from tests.submission.test_submission import change, made, school

pytestmark = pytest.mark.whole

SENT = ("sent", "ada-brown", "--to", "SEN team", "--on", "2026-11-26")


def files(folder: Path) -> dict[str, str]:
    """The hash of every file of a folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school that has sent the bundle of its smallest pupil on 24 November."""
    folder = small_school(tmp_path_factory.mktemp("sent"))
    assert sendpack(folder, "bundle", ROSA).returncode == 0
    done = sendpack(folder, "sent", ROSA, *SENT[2:], "--date", "24/11/2026", "--received", "25/11/2026")
    assert done.returncode == 0, done.stderr
    return folder


KEPT = Path("cases", "ada-brown", "sent", "2026-11-24")
KEPT_OF_ROSA = Path("cases", ROSA, "sent", "2026-11-24")


def test_what_was_sent_is_kept_and_every_later_bundle_leaves_it_and_says_where_it_is(sent: Path) -> None:
    before = files(sent / KEPT_OF_ROSA)
    receipt = json.loads((sent / KEPT_OF_ROSA / "receipt.json").read_text("utf-8"))
    assert receipt["files"] and all(before[row["file"]] == row["sha256"] for row in receipt["files"])
    assert receipt["parts"] and receipt["received"] == "2026-11-25"

    same = sendpack(sent, "bundle", ROSA)
    assert same.returncode == 0 and "not what was sent" not in same.stdout, "it is still what was sent"

    change(sent / "cases" / ROSA / "request.yaml", "date: 16 November 2026", "date: 17 November 2026")
    for late in ((), ("--late-letters",)):
        again = sendpack(sent, "bundle", ROSA, *late)
        assert again.returncode == 0, again.stderr
        told = f"this is not what was sent on 24 November 2026: that is kept in {KEPT_OF_ROSA.as_posix()}"
        assert told in again.stdout
        listed = json.loads((sent / "output" / ROSA / "submission" / "manifest.json").read_text("utf-8"))
        assert any(told in row["text"] for row in listed["cautions"])
        assert files(sent / KEPT_OF_ROSA) == before


def test_the_kept_files_are_no_records_and_are_told_to_the_family(sent: Path) -> None:
    project = find_project(sent)
    assert "records/sent/2026-11-24/bundle.pdf" in held(project, ROSA, Asker("other", "somebody")).contents


def test_what_is_not_as_it_was_made_is_not_kept_as_if_it_had_been_sent(tmp_path: Path) -> None:
    made = copy_school(tmp_path, "ada-brown") / "output" / "ada-brown" / "submission"
    made.mkdir(parents=True)
    good, bad = ("a.pdf", b"as it was"), ("b.pdf", b"somebody changed it")
    rows = [{"file": n, "sha256": hashlib.sha256(c).hexdigest()} for n, c in (good, ("b.pdf", b"before"))]
    (made / "manifest.json").write_text(json.dumps({"files": rows, "parts": []}), "utf-8")
    for name, content in (good, bad):
        (made / name).write_bytes(content)
    done = sendpack(tmp_path, *SENT, "--date", "24/11/2026")
    assert done.returncode == 0 and "not kept: b.pdf" in done.stdout
    assert set(files(tmp_path / KEPT)) == {"a.pdf", "manifest.json", "receipt.json"}


def test_a_second_sending_of_a_day_leaves_the_first(tmp_path: Path) -> None:
    """As when somebody took `sent:` out of request.yaml and recorded it again."""
    made = copy_school(tmp_path, "ada-brown") / "output" / "ada-brown" / "submission"
    made.mkdir(parents=True)
    (made / "manifest.json").write_text('{"files": [], "parts": [{"id": "request"}]}', "utf-8")
    request = tmp_path / "cases" / "ada-brown" / "request.yaml"
    unsent = request.read_bytes()
    assert sendpack(tmp_path, *SENT, "--date", "24/11/2026").returncode == 0
    before = files(tmp_path / KEPT)
    request.write_bytes(unsent)
    assert sendpack(tmp_path, *SENT, "--date", "24/11/2026").returncode == 0
    assert [path.name for path in (tmp_path / KEPT).parent.iterdir()] == ["2026-11-24"], "one sending is kept once"
    request.write_bytes(unsent)
    assert sendpack(tmp_path, *SENT, "--date", "24/11/2026", "--how", "portal").returncode == 0
    assert files(tmp_path / KEPT) == before
    assert (tmp_path / KEPT.with_name("2026-11-24-2") / "receipt.json").is_file()


@pytest.mark.parametrize("by_earlier_run", [True, False])
def test_only_what_this_run_kept_goes_when_it_cannot_be_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_earlier_run: bool
) -> None:
    def locked(*_: object) -> None:
        raise Stop("request.yaml cannot be written.", "Close it.")

    made = copy_school(tmp_path, "ada-brown") / "output" / "ada-brown" / "submission"
    made.mkdir(parents=True)
    (made / "manifest.json").write_text('{"files": [], "parts": [{"id": "request"}]}', "utf-8")
    project = find_project(tmp_path)
    request = tmp_path / "cases" / "ada-brown" / "request.yaml"
    unsent, day = request.read_bytes(), dt.date(2026, 11, 24)
    sending = day_of_sending.Sent(day, "SEN team")
    if by_earlier_run:
        day_of_sending.record_sent(project, load_case(project, "ada-brown"), sending, day)
        request.write_bytes(unsent)
    before = files(tmp_path / KEPT)
    monkeypatch.setattr(day_of_sending, "write_file", locked)
    with pytest.raises(Stop):
        day_of_sending.record_sent(project, load_case(project, "ada-brown"), sending, day)
    assert files(tmp_path / KEPT) == before and (tmp_path / KEPT).is_dir() is by_earlier_run
    assert request.read_bytes() == unsent


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("--date", "27/11/2026"), "cannot have been sent on 27 November 2026: today is 26 November 2026"),
        (
            ("--date", "24/11/2026", "--received", "25/11/2027"),
            "cannot have been received on 25 November 2027: today is 26 November 2026",
        ),
    ],
)
def test_a_day_that_is_still_to_come_is_a_slip(days: tuple[str, ...], said: str, tmp_path: Path) -> None:
    file = copy_school(tmp_path, "ada-brown") / "cases" / "ada-brown" / "request.yaml"
    before = file.read_bytes()
    done = sendpack(tmp_path, *SENT, *days)
    assert done.returncode == 2 and said in done.stderr, done.stderr
    assert file.read_bytes() == before


@pytest.mark.parametrize("blocked", [".cache", "submission"])
def test_an_output_folder_that_cannot_be_written_is_told_with_advice(blocked: str, tmp_path: Path) -> None:
    """A file where the folder should be stands for a folder without the right to write: either is an OSError."""
    copy_school(tmp_path, "ada-brown")
    (tmp_path / "output" / "ada-brown").mkdir(parents=True)
    (tmp_path / "output" / "ada-brown" / blocked).write_bytes(b"")
    done = sendpack(tmp_path, "bundle", "ada-brown")
    assert done.returncode == 2, done.stderr
    assert f"The folder {blocked} in " in done.stderr and "cannot be written" in done.stderr
    assert "our mistake" not in done.stderr and "the right to write" in done.stderr


# -- told before it is written ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unready(tmp_path_factory: pytest.TempPathFactory, bundled: Path) -> tuple[Path, list[Caution]]:
    """Ada's bundle with a text to be written, another child's report, and a plan that was edited in Word."""
    folder = know_evidence(bundled, school(tmp_path_factory.mktemp("unready")))
    ada, before = folder / "cases" / "ada-brown", folder / "output" / "ada-brown"
    change(ada / "profile.yaml", "how_to_support_me:\n", "how_to_support_me:\n  - (to be filled in) what helps\n")
    change(ada / "cycles" / "2026-autumn.yaml", "by: Mr Adeyemi", "by: (to be filled in) Mr Adeyemi")
    photo = "{id: lego, title: Lego, file: lego.jpg, kind: work_sample, author: Mr Adeyemi, role: Teacher, "
    photo += "date: 1 May 2026, shows: Builds well., heads: [attainment]}"
    change(ada / "evidence.yaml", "items:\n", f"items:\n  - {photo}\n")
    (ada / "evidence" / "lego.jpg").write_bytes(jpeg())
    foreign = "{id: foreign, title: A report, file: EP report.pdf, kind: professional_report, author: Dr Lowe, "
    foreign += "role: Educational psychologist, date: 1 May 2026, shows: Slow reading., heads: [attainment]}"
    change(ada / "evidence.yaml", "items:\n", f"items:\n  - {foreign}\n")
    (ada / "evidence" / "EP report.pdf").write_bytes(saved(pdf(text="Ben Carter was seen in class by Dr Lowe")))
    before.mkdir(parents=True, exist_ok=True)
    (before / "support-plan.docx").write_bytes(b"edited in Word")
    (before / "profile.docx").write_bytes(b"as it was built")
    entry = {"files": {"profile.docx": hashlib.sha256(b"as it was built").hexdigest()}, "fingerprints": {}}
    (before / "manifest.json").write_text(json.dumps({"documents": {"profile": entry}}), "utf-8")
    return folder, made(folder)[1]


def test_a_sent_bundle_with_safeguarding_evidence_stays_behind_with_that_evidence(tmp_path: Path) -> None:
    folder = school(tmp_path)
    project = find_project(folder)
    case = load_case(project, "ada-brown").case
    assert case is not None
    [secret] = [item["id"] for item in case.data("evidence")["items"] if item.get("sensitivity") == "safeguarding"]
    homes = {"sent/1": folder / "cases" / "ada-brown" / "sent" / "1", "sent/2": folder / "cases/ada-brown/sent/2"}
    homes["documents/submission"] = folder / "output" / "ada-brown" / "submission"
    for shown, home in homes.items():
        home.mkdir(parents=True)
        (home / "bundle.pdf").write_bytes(b"%PDF")
        # In the account of one the id names somebody who was taken out, and stands there as a mark.
        told = told_id(secret, [secret.replace("-", " ")] if shown == "sent/1" else [])
        assert (told == secret) is (shown != "sent/1")
        parts = [{"id": "request" if shown == "sent/2" else told}]
        (home / "manifest.json").write_text(json.dumps({"parts": parts}), "utf-8")
    without = pack_case(project, case, dt.date(2026, 11, 26), safeguarding=False)
    assert set(without.left_out) >= {"sent/1", "documents/submission"} and "sent/2" not in without.left_out
    assert [n for n in without.files if n.endswith("bundle.pdf")] == ["records/sent/2/bundle.pdf"]
    everything = pack_case(project, case, dt.date(2026, 11, 26), safeguarding=True)
    assert len([n for n in everything.files if n.endswith("bundle.pdf")]) == 3


def of(kind: str, told: list[Caution]) -> list[str]:
    return [caution.text for caution in told if caution.kind == kind]


def test_every_place_to_be_filled_in_is_told_with_its_line_and_kept(unready: tuple[Path, list[Caution]]) -> None:
    folder, told = unready
    lines = (folder / "cases" / "ada-brown" / "profile.yaml").read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "(to be filled in)" in line)
    assert of("to-fill-in", told) == [f"cases/ada-brown/profile.yaml, line {number}"]
    listed = json.loads((folder / "output" / "ada-brown" / "submission" / "manifest.json").read_text("utf-8"))
    assert "to-fill-in" in {row["kind"] for row in listed["cautions"]}


def test_a_report_that_never_names_the_child_is_asked_about_and_a_scan_is_not(
    unready: tuple[Path, list[Caution]],
) -> None:
    [asked] = of("not-named", unready[1])
    assert "“EP report.pdf” does not name Ada Brown anywhere: is it about Ada Brown?" in asked


def test_a_photo_is_asked_for_its_words_and_not_called_a_scan(unready: tuple[Path, list[Caution]]) -> None:
    looks = of("look", unready[1])
    [asked] = [text for text in looks if "lego.jpg" in text]
    assert asked.endswith("write under `describes` in one sentence what it shows, for people who cannot see it")
    assert not any("writing-by-hand-and-dictation.jpg" in text for text in looks), "that one is described"
    assert any("-scan.pdf: scan without text" in text for text in looks)


def test_a_document_that_was_edited_by_hand_is_said_not_to_be_in_the_bundle(
    unready: tuple[Path, list[Caution]],
) -> None:
    told = "support-plan.docx was edited by hand; the bundle is made from the files in cases/, without that edit"
    assert of("edited", unready[1]) == [told]


def test_the_cost_over_a_year_speaks_of_no_short_blocks_where_there_are_none(
    unready: tuple[Path, list[Caution]],
) -> None:
    """Where there are some, tests/documents/test_request_facts.py."""
    pages = page_texts((unready[0] / "output" / "ada-brown" / "submission" / "bundle.pdf").read_bytes())
    said = " ".join(" ".join(pages).split())
    assert "Cost of this support over a whole year: £" in said
    assert "six weeks or less" not in said


def test_updated_advice_waits_for_no_decision(tmp_path: Path) -> None:
    file = copy_school(tmp_path, "ada-brown") / "cases" / "ada-brown" / "request.yaml"
    text = file.read_text("utf-8")
    assert "kind: new" in text
    file.write_text(text.replace("kind: new", "kind: updated_advice"), "utf-8")
    words = ("--date", "24/11/2026", "--to", "SEN team", "--received", "25/11/2026", "--on", "2026-11-26")
    done = sendpack(tmp_path, "sent", "ada-brown", *words)
    assert done.returncode == 0, done.stderr
    assert "is written at its end" in done.stdout
    assert "weeks" not in done.stdout and "decides by" not in done.stdout  # was: the weeks of a request
