"""The archive unzipped and used on Windows, as far as Wine is one: commands, documents, names, places, locked files.

Not shown here: Microsoft Word, AppLocker, SmartScreen, OneDrive.
"""

from __future__ import annotations

import http.client
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from tests.example_school import KACPER, copy_school, sendpack
from tests.school.pupil_lists import upn, workbook
from tests.windows.wine import Wine, on_windows

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


def test_the_bundle_has_the_same_bytes_as_here(wine: Wine, school: Path, tmp_path: Path) -> None:
    here = copy_school(tmp_path / "here", ADA)
    words = ("bundle", ADA, "--engine", "embedded")
    with ThreadPoolExecutor() as both:
        mine = both.submit(sendpack, here, *words)
        there = wine.sendpack(*words, cwd=school)
    assert there.code == mine.result().returncode == 0, there.out + there.err + mine.result().stderr
    ours, theirs = files(here / "output"), files(school / "output")
    assert ours.keys() == theirs.keys() and f"{ADA}/submission/bundle.pdf" in ours
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.parametrize(
    "words",
    [
        ("doctor",),
        ("check", "--errors"),
        ("status",),
        ("register", "--xlsx", "register.xlsx"),
        ("reviews", "--ics", "reviews.ics"),
        ("new", "meeting", KACPER, "--type", "review"),
        ("sar", KACPER),
    ],
    ids=lambda words: words[0],
)
def test_a_command_of_the_readme_runs(wine: Wine, school: Path, words: tuple[str, ...]) -> None:
    ran = wine.sendpack(*words, cwd=school)
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
    assert wine.sendpack(*words, cwd=school).code == 0
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


def test_a_double_click_in_the_schools_folder_opens_the_page(wine: Wine, tmp_path: Path) -> None:
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
            connection = http.client.HTTPConnection("127.0.0.1", int(said.rpartition(":")[2].partition("/")[0]))
            connection.request("GET", "/begin" + said.strip().partition("/begin")[2])
            answer = connection.getresponse()
            assert answer.status == 200 and answer.getheader("Set-Cookie"), "the secret in the address lets in"
            connection.close()
        finally:
            wine.stop()  # ends what cmd.exe started as well
            wine.start_again()
