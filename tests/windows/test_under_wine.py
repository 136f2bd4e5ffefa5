"""The archive unzipped and used on Windows, as far as Wine is one: commands, documents, names, places, locked files.

Not shown here: Microsoft Word, AppLocker, SmartScreen, OneDrive.
"""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.example_school import KACPER, ROOT, copy_school, sendpack
from tests.school.pupil_lists import upn, workbook
from tests.small_school import FOR_A_BUNDLE, bare_rosa, list_evidence
from tests.windows.wine import Ran, Wine, on_windows

pytestmark = pytest.mark.whole

ADA = "ada-brown"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example school's pupils whose names have letters that cp1252 lacks, in a folder that has them too."""
    return copy_school(tmp_path_factory.mktemp("Schöol & Łódź"), KACPER, ADA)


def files(folder: Path) -> dict[str, bytes]:
    """Documents and the bundle by name."""
    kept = (".pdf", ".docx")
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix in kept}
    return {name: path.read_bytes() for name, path in found.items()}


ATTENDANCE = """
attendance:
  - {from: 3 September 2025, to: 19 December 2025, attended: 138, possible: 144}
  - {from: 5 January 2026, to: 27 March 2026, attended: 93, possible: 106}
"""
EVIDENCE = {
    "speech-and-language-2026-01.docx": "kind: professional_report",
    "audiology-letter-2026-03-scan.pdf": "kind: health",
    "attendance-record.pdf": "kind: attendance, redact: [Lorna Pike]",
    "writing-by-hand-and-dictation.jpg": "kind: work_sample, describes: Two sheets of paper",
    "ada-good-day-hard-day.png": "kind: pupil_views, describes: Two drawings",
}
"""Files of Ada's: Word, a scan, a PDF from which a name is taken out, a photo from a telephone, a drawing."""


def rosa(folder: Path) -> Path:
    """A school with the smallest pupil: her papers, one with a chart, and a file of each kind as evidence."""
    school = copy_school(folder)
    home = bare_rosa(school / "cases", *FOR_A_BUNDLE)
    pupil = (home / "pupil.yaml").read_text("utf-8")
    (home / "pupil.yaml").write_text(pupil.replace("Eva Lind", "Ewa Łoś") + ATTENDANCE, "utf-8")
    said = "author: Dr Lee, role: Doctor, date: 15 May 2026, shows: That she is deaf"
    for name in EVIDENCE:
        shutil.copy(ROOT / "cases" / ADA / "evidence" / name, home / "evidence")
    list_evidence(
        home,
        *(f"id: {name[:9]}, title: Of {name[:9]}, file: {name}, {said}, {more}" for name, more in EVIDENCE.items()),
    )
    return school


def test_the_bundle_has_the_same_bytes_as_here(wine: Wine, tmp_path: Path) -> None:
    ours, theirs = (rosa(tmp_path / name) for name in ("here", "Schöol & Łódź"))
    here = sendpack(ours, "bundle", "rosa-lind")
    there = wine.sendpack("bundle", "rosa-lind", "--engine", "embedded", cwd=theirs)
    assert (here.returncode, there.code) == (0, 0), here.stderr + there.out + there.err
    made, again = files(ours / "output"), files(theirs / "output")
    assert made.keys() == again.keys() and "rosa-lind/submission/bundle.pdf" in made
    assert [name for name in made if made[name] != again[name]] == []


README = (
    ("doctor",),
    ("check", "--errors"),
    ("status",),
    ("register", "--xlsx", "register.xlsx"),
    ("reviews", "--ics", "reviews.ics"),
    ("new", "meeting", KACPER, "--type", "review"),
    ("sar", KACPER, "--for", "other"),
)


@pytest.fixture(scope="module")
def ran_in_turn(wine: Wine, school: Path) -> dict[tuple[str, ...], Ran]:
    """How each of these commands ended."""
    return dict(zip(README, wine.sendpack_in_turn(README, school), strict=True))


@pytest.mark.parametrize("words", README, ids=lambda words: words[0])
def test_a_command_of_the_readme_runs(ran_in_turn: dict[tuple[str, ...], Ran], words: tuple[str, ...]) -> None:
    ran = ran_in_turn[words]
    assert ran.code in (0, 1), ran.out + ran.err
    assert "our mistake" not in ran.err and "Traceback" not in ran.err


def test_names_keep_their_letters_in_a_pipe_whatever_the_code_page(wine: Wine, school: Path) -> None:
    python = str(wine.program / "python" / "python.exe")
    for how in (("-X", "utf8"), ("-X", "utf8=0")):
        ran = wine.run(python, *how, "-m", "generator", "register", cwd=school)
        assert "Kacper Wiśniewski" in ran.out, how


def test_a_schools_folder_finds_the_program_again(wine: Wine, tmp_path: Path) -> None:
    school = tmp_path / "Our Schööl & Co"
    made = wine.run("cmd", "/c", "sendpack.cmd", "init", on_windows(school), cwd=wine.program)
    assert made.code == 0 and (school / "Open sendpack.cmd").is_file(), made.out + made.err
    ran = wine.run("cmd", "/c", "sendpack.cmd", "check", cwd=school)
    assert ran.code == 0 and "Checked 1 pupil" in ran.out, ran.out + ran.err
    elsewhere = wine.program.parent / "elsewhere"
    wine.program.rename(elsewhere)
    try:
        lost = wine.run("cmd", "/c", "sendpack.cmd", "check", cwd=school, code_page="cp850")
    finally:
        elsewhere.rename(wine.program)
    assert lost.code == 3 and "The program sendpack was not found. It was here:" in lost.out


def test_the_first_double_click_asks_for_the_folder_and_makes_none_without_an_answer(
    wine: Wine, tmp_path: Path
) -> None:
    ran = wine.sendpack("open", "--begin", cwd=tmp_path)
    assert ran.code == 130 and "Documents\\SEND]" in ran.out, ran.out + ran.err
    assert not list(tmp_path.iterdir())


def test_the_programs_own_folder_may_be_one_that_cannot_be_written(wine: Wine, school: Path) -> None:
    """A share for reading: nothing but what Python compiles is put there, and it does without."""
    before = {path for path in wine.program.rglob("*") if "__pycache__" not in path.parts}
    python = str(wine.program / "python" / "python.exe")
    ran = wine.run(python, "-B", "-X", "utf8", "-m", "generator", "check", "--errors", cwd=school)
    assert ran.code == 0, ran.err
    assert before == {path for path in wine.program.rglob("*") if "__pycache__" not in path.parts}


def test_paths_longer_than_260_letters_work_or_are_told(wine: Wine, tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*(f"{letter}-{'long' * 12}" for letter in "abcde"))
    copy_school(deep, KACPER)
    assert len(on_windows(deep)) > 260
    ran = wine.sendpack(
        "-C", on_windows(deep), "build", KACPER, "--only", "profile", "--engine", "embedded", cwd=tmp_path
    )
    if ran.code:
        assert "too long for this computer" in ran.err and "C:\\SEND" in ran.err, ran.err
    else:
        assert (deep / "output" / KACPER / "profile.pdf").is_file()


def test_a_workbook_becomes_the_register(wine: Wine, tmp_path: Path) -> None:
    school = copy_school(tmp_path / "school")
    head = ["UPN", "Surname", "Forename", "DOB", "SEN Status", "SEN Start Date"]
    row = [upn(1), "Wiśniewska", "Łucja", date(2018, 5, 14), "SEN support (K)", date(2025, 9, 1)]
    (school / "list.xlsx").write_bytes(workbook(("Pupils", [head, row])))
    ran = wine.sendpack("import", "list.xlsx", "--create", "--apply", "--yes", cwd=school)
    assert ran.code == 0 and "1 new file" in ran.out, ran.out + ran.err
    assert "Łucja" in (school / "cases" / "lucja-wisniewska" / "pupil.yaml").read_text("utf-8")


def test_the_second_version_that_onedrive_keeps_is_told(wine: Wine, tmp_path: Path) -> None:
    school = copy_school(tmp_path / "OneDrive - School", KACPER)
    folder = school / "cases" / KACPER
    (folder / "pupil-DESKTOP-AB12CD3.yaml").write_bytes((folder / "pupil.yaml").read_bytes())
    ran = wine.sendpack("check", KACPER, "--errors", cwd=school)
    assert ran.code == 1 and "second version of pupil.yaml" in " ".join(ran.out.split()), ran.out + ran.err


def test_a_document_that_is_open_elsewhere_is_told_and_kept(wine: Wine, tmp_path: Path) -> None:
    school = copy_school(tmp_path / "school", KACPER)
    words = ("build", KACPER, "--only", "profile", "--engine", "embedded", "--force")
    assert sendpack(school, *words).returncode == 0  # made here, as the same bytes are made there
    pdf = school / "output" / KACPER / "profile.pdf"
    before = pdf.read_bytes()
    holder = "import sys; file = open(sys.argv[1], 'rb'); print('open', flush=True); sys.stdin.read()"
    command = ["wine", str(wine.program / "python" / "python.exe"), "-c", holder, on_windows(pdf)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=wine.environment, text=True
    ) as viewer:
        assert viewer.stdin is not None and viewer.stdout is not None
        assert viewer.stdout.readline().strip() == "open"
        pupil = school / "cases" / KACPER / "pupil.yaml"
        pupil.write_text(
            pupil.read_text("utf-8").replace("preferred_name: Kacper", "preferred_name: Kacperek"), "utf-8"
        )
        ran = wine.sendpack(*words, cwd=school)
        viewer.stdin.close()
    assert ran.code not in (0, 9) and "profile.pdf" in ran.err + ran.out and "close" in ran.err + ran.out, ran.err
    assert pdf.read_bytes() == before


class _Browser:
    """What a browser does that goes to the page of another process: its cookie, and the token of the last form."""

    def __init__(self, port: int) -> None:
        self.host, self.cookie, self.token = f"127.0.0.1:{port}", "", ""

    def ask(self, method: str, address: str, answers: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the text of an answer."""
        connection = http.client.HTTPConnection(self.host)
        body = urlencode({"~token": self.token, **answers}) if answers else None
        heads = {"Cookie": self.cookie, "Origin": f"http://{self.host}"}
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, address, body, {**heads, **kind})
        answer = connection.getresponse()
        text = answer.read().decode()
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        found = re.search(r'name="~token"[^>]*value="([^"]+)"', text)
        self.token = found[1] if found else self.token
        connection.close()
        return answer.status, text


def test_a_double_click_in_the_schools_folder_opens_the_page_and_a_pupil_is_saved(wine: Wine, tmp_path: Path) -> None:
    school = tmp_path / "Our Schööl & Co"
    made = wine.run("cmd", "/c", "sendpack.cmd", "init", on_windows(school), cwd=wine.program)
    assert made.code == 0, made.out + made.err
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    command = ["wine", "cmd", "/c", "Open sendpack.cmd"]
    with subprocess.Popen(
        command, cwd=school, stdin=nothing, stdout=pipe, stderr=nothing, env=wine.environment, text=True
    ) as started:
        try:
            assert started.stdout is not None
            said = next(line for line in started.stdout if "The page is open at" in line)
            browser = _Browser(int(said.rpartition(":")[2].partition("/")[0]))
            status, _ = browser.ask("GET", "/begin" + said.strip().partition("/begin")[2])
            assert status == 303 and browser.cookie, "the secret in the address lets in"
            assert "New pupil" in browser.ask("GET", "/")[1]
            answers = {"forenames": "Łucja", "surname": "O'Hara", "born": "14/05/2018", "status": "K"}
            status, _ = browser.ask("POST", "/new-pupil", {**answers, "since": "07/09/2026"})
            assert status in (302, 303)
            saved = (school / "cases" / "lucja-ohara" / "pupil.yaml").read_text("utf-8")
            assert "Łucja" in saved and "status: K" in saved
            status, register = browser.ask("GET", "/register")
            assert status == 200 and "Łucja" in register
        finally:
            wine.stop()  # ends what cmd.exe started as well
            wine.start_again()
