"""What the archive for Windows holds: every library that is asked for, no other system's, texts of all licences."""

from __future__ import annotations

import hashlib
import re
import zipfile
from email.parser import HeaderParser
from pathlib import Path, PureWindowsPath

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.example_school import ROOT
from tools.windows.archive import IT_PAGE, SUMS, make_archive
from tools.windows.compiled_parts import CompiledPart, texts_needed
from tools.windows.interpreter import PINS, interpreter, pin, pinned
from tools.windows.locked_wheels import locked, project

pytestmark = pytest.mark.whole

LARGEST = 75_000_000
"""Bytes of the archive."""

LONGEST_PATH = 130
"""Letters of a path in it: Windows stops at 260, and the school's own folders come before."""

WINDOWS = {
    "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
    "python_version": "3.13", "python_full_version": "3.13.2", "implementation_name": "cpython", "extra": "",
    "platform_python_implementation": "CPython",
}  # fmt: skip


@pytest.fixture(scope="module")
def files(archive: Path) -> dict[str, bytes]:
    """Everything in it by its name inside the one folder."""
    with zipfile.ZipFile(archive) as packed:
        folders = {name.partition("/")[0] for name in packed.namelist()}
        assert folders == {archive.stem}
        return {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}


def installed(files: dict[str, bytes]) -> dict[str, str]:
    """Each library with the text in which it says what it asks for."""
    told = [text.decode() for name, text in files.items() if re.fullmatch(r"[^/]+/[^/]+\.dist-info/METADATA", name)]
    return {canonicalize_name(str(HeaderParser().parsestr(text)["Name"])): text for text in told}


def test_the_top_of_the_folder_is_what_a_person_needs(files: dict[str, bytes]) -> None:
    top = {name for name in files if "/" not in name}
    assert top == {"Open sendpack.cmd", "sendpack.cmd", "Read me first.txt", IT_PAGE, SUMS}
    assert {name.partition("/")[0] for name in files if "/" in name} == {"python", "libraries", "program", "LICENSES"}


def test_starters_are_in_the_bytes_that_windows_reads(files: dict[str, bytes]) -> None:
    for name in ("Open sendpack.cmd", "sendpack.cmd", "Read me first.txt", "LICENSES/Read me.txt", SUMS):
        assert b"\n" not in files[name].replace(b"\r\n", b""), name
    for name in ("Open sendpack.cmd", "sendpack.cmd"):
        text = files[name].decode("ascii")
        assert text.startswith("@echo off") and "chcp 65001" in text
        assert '"%~dp0python\\python.exe" -X utf8 -m generator' in text, "a path with a space or an & is in quotes"
        assert not re.search(r"runas|reg add|setx|powershell|curl|http", text, re.I)


def test_python_looks_nowhere_else(files: dict[str, bytes]) -> None:
    [path_file] = [text for name, text in files.items() if name.endswith("._pth")]
    places = path_file.decode().split()
    assert places[:2] == ["python313.zip", "."] and all(place.startswith("..\\") for place in places[2:])
    assert "site" not in path_file.decode().replace("import site", "site").split()
    for place in places[2:]:
        folder = str(PureWindowsPath(place)).removeprefix("..\\").replace("\\", "/")
        assert any(name.startswith(f"{folder}/") for name in files), place


def test_everything_that_is_asked_for_on_windows_is_there(files: dict[str, bytes]) -> None:
    there = installed(files)
    versions = {name: str(HeaderParser().parsestr(text)["Version"]) for name, text in there.items()}
    assert versions["sendpack"] == project()["version"]
    environment = {**default_environment(), **WINDOWS}
    for name, text in there.items():
        for line in HeaderParser().parsestr(text).get_all("Requires-Dist", []):
            asked = Requirement(line)
            if asked.marker is None or asked.marker.evaluate(environment):
                assert asked.specifier.contains(versions[canonicalize_name(asked.name)], prereleases=True), (name, line)
    assert "pywin32" in there, "drives Microsoft Word where it is"


def test_nothing_of_another_system_or_of_building_is_in_it(files: dict[str, bytes]) -> None:
    wrong = [
        name
        for name, content in files.items()
        if name.endswith((".so", ".dylib", ".pyc", ".whl", "/RECORD", "direct_url.json"))
        or "__pycache__" in name
        or content.startswith((b"\x7fELF", b"\xcf\xfa\xed\xfe"))
    ]
    assert wrong == []
    for name, content in files.items():
        if name.endswith((".pyd", ".dll", ".exe")):
            assert content.startswith(b"MZ"), name
            at = int.from_bytes(content[60:64], "little")
            machine = content[at + 4 : at + 6]
            assert name.startswith("libraries/") or machine == b"\x64\x86", f"{name} is not for 64 bit"
    for name in (n for n in files if n.startswith("program/") and n.endswith((".py", ".yaml", ".json"))):
        assert str(ROOT).encode() not in files[name], name


def test_windows_can_hold_every_name(files: dict[str, bytes], archive: Path) -> None:
    lower = [name.casefold() for name in files]
    assert len(lower) == len(set(lower)), "two names that differ in capitals only are one file"
    for name in files:
        assert len(f"{archive.stem}/{name}") <= LONGEST_PATH + len(archive.stem), name
        for part in name.split("/"):
            assert not re.search(r'[<>:"\\|?*\x00-\x1f]|[ .]$', part), name
            assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part, re.I), name


def test_every_library_has_the_text_of_its_licence(files: dict[str, bytes]) -> None:
    table = files["LICENSES/Read me.txt"].decode().replace("\r\n", "\n")
    texts = {
        name.split("/")[1].casefold().replace("_", "-") for name in files if name.count("/") > 1 and "LICENSES" in name
    }
    for name in installed(files):
        assert name in {canonicalize_name(text) for text in texts}, name
    assert "Python" in {name.split("/")[1] for name in files if name.startswith("LICENSES/")}
    folders = {name.split("/")[1] for name in files if name.startswith("LICENSES/") and name.count("/") > 1}
    for folder in folders:
        longest = max(len(text) for name, text in files.items() if name.startswith(f"LICENSES/{folder}/"))
        assert longest > 500, f"{folder} has no whole text"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in files["LICENSES/docxtpl/LGPL-2.1.txt"].decode()
    assert b"Version 3, 29 June 2007" in files["LICENSES/pi_heif/LGPL-3.txt"]
    assert b"Mozilla Public License" in b"".join(t for n, t in files.items() if n.startswith("LICENSES/pikepdf/"))
    for copyleft in ("docxtpl", "pikepdf", "pi_heif"):
        assert re.search(rf"^{copyleft} .*\n    .+\n    https://\S+$", table, re.M), (
            f"no address of the source of {copyleft}"
        )
    assert any("libheif" in name and name.endswith(".dll") for name in files), (
        "a file of its own, so it can be replaced"
    )


def test_every_crate_compiled_into_a_library_is_named_with_its_licence(files: dict[str, bytes]) -> None:
    for library, crates in (("rdocx", 100), ("python-calamine", 30), ("rpds-py", 10)):
        told = files[f"LICENSES/{library}/compiled parts.txt"].decode().replace("\r\n", "\n")
        rows = re.findall(r"^(\S+ \d\S*)\n    (.+)$", told, re.M)
        assert len(rows) >= crates and "licence not told" not in told
        assert len(re.findall(r"^    https://\S+$", told, re.M)) >= crates * 0.9
    texts = {name.rpartition("/")[2] for name in files if name.startswith("LICENSES/licences of crates/")}
    assert {"MIT.txt", "Apache-2.0.txt", "MPL-2.0.txt", "Unicode-3.0.txt", "Zlib.txt"} <= texts


@pytest.mark.parametrize(
    ("licence", "wanted"),
    [
        ("MIT OR Apache-2.0", {"MIT.txt"}),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", {"MIT.txt", "Unicode-3.0.txt"}),
        ("Apache-2.0 WITH LLVM-exception", {"Apache-2.0.txt", "LLVM-exception.txt"}),
        ("0BSD OR MIT", {"MIT.txt"}),
    ],
)
def test_the_text_of_one_licence_of_each_choice_is_given(licence: str, wanted: set[str]) -> None:
    assert set(texts_needed([CompiledPart("x", "1", "", licence, "", is_crate=True)])) == wanted


def test_a_crate_whose_licence_has_no_text_here_stops_the_archive() -> None:
    with pytest.raises(ValueError, match="put the text"):
        texts_needed([CompiledPart("x", "1", "", "Sleepycat", "", is_crate=True)])


def test_another_version_may_be_put_over_a_library(files: dict[str, bytes]) -> None:
    """What the LGPL and the MPL want: parts lie open in folders of their own, and nothing checks which they are."""
    for place in ("docxtpl/template.py", "pikepdf/__init__.py", "pi_heif/__init__.py"):
        assert any(name.endswith(f"libraries/{place}") for name in files), place
    starters = [content for name, content in files.items() if name.endswith(".cmd")]
    assert starters and not any(b"SHA256" in content or b"certutil" in content for content in starters)


def test_the_sums_are_those_of_the_files(files: dict[str, bytes], archive: Path) -> None:
    lines = dict(reversed(line.split("  ", 1)) for line in files[SUMS].decode().splitlines())
    assert lines == {n: hashlib.sha256(content).hexdigest() for n, content in files.items() if n != SUMS}
    said = archive.with_name(f"{archive.name}.sha256").read_text("utf-8").split()
    assert said == [hashlib.sha256(archive.read_bytes()).hexdigest(), archive.name]
    assert archive.stat().st_size < LARGEST


def test_the_page_for_it_names_every_file_that_can_be_run(files: dict[str, bytes]) -> None:
    page = files[IT_PAGE].decode()
    assert "${" not in page and "http" not in re.sub(r"https://www\.python\.org", "", page)
    for name, content in files.items():
        if name.endswith((".exe", ".cmd", ".dll", ".pyd")):
            assert hashlib.sha256(content).hexdigest() in page, name
    for word in ("AppLocker", "SmartScreen", "127.0.0.1", "registry", "administrator", "OneDrive", "certutil"):
        assert word in page, word


def test_it_is_the_same_bytes_again(archive: Path, embeddable: Path, tmp_path: Path) -> None:
    from tests.windows.wine import CACHE

    again = make_archive(embeddable, CACHE / "wheels", tmp_path)
    assert again.read_bytes() == archive.read_bytes()


def test_the_lock_is_of_what_pyproject_asks_for() -> None:
    names = {canonicalize_name(line.partition("==")[0]): line.partition("==")[2] for line in locked()}
    for line in project()["dependencies"]:  # type: ignore[attr-defined]
        asked = Requirement(str(line))
        assert asked.specifier.contains(names[canonicalize_name(asked.name)]), f"{line}: python -m tools.windows lock"


def test_another_python_is_refused_by_its_files(embeddable: Path, tmp_path: Path) -> None:
    changed = tmp_path / "python.zip"
    with zipfile.ZipFile(embeddable) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, content + b" " if info.filename.endswith("python.exe") else content)
    with pytest.raises(ValueError, match=r"Different: python\.exe\."):
        interpreter(changed)
    (tmp_path / "empty.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    with pytest.raises(ValueError, match=r"no python\.exe"):
        interpreter(tmp_path / "empty.zip")


def test_pins_are_written_as_they_are_read(embeddable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pinned()
    monkeypatch.setattr("tools.windows.interpreter.PINS", tmp_path / PINS.name)
    assert pin(embeddable) == len(before) and pinned() == before
