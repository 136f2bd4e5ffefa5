"""The wheel holds what a user needs and no more, and works in an environment that knows nothing of this checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.example_school import KACPER, ROOT

pytestmark = pytest.mark.whole

LARGEST = 6_700_000
"""Bytes; fonts are most of it."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel and the libraries of this one."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    [site] = folder.rglob("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    libraries |= {path for path in sys.path if path.endswith("site-packages")}
    (site / "libraries.pth").write_text("\n".join(sorted(libraries)), "utf-8")
    return next(path for path in (folder / "bin" / "python", folder / "Scripts" / "python.exe") if path.exists())


def test_the_wheel_holds_what_a_user_needs_and_no_more(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    folders = {name.removeprefix("generator/_data/").split("/")[0] for name in names if "_data/" in name}
    assert folders == {"schemas", "templates", "cases"}
    packs = {path.parent.name for path in (ROOT / "templates").glob("*/pack.yaml")}
    shipped = {name.split("/")[3] for name in names if name.startswith("generator/_data/templates/")}
    assert packs <= shipped and "fonts" in shipped
    assert not [name for name in names if "gallery" in name or "/source/" in name or "__pycache__" in name]
    assert "generator/py.typed" in names
    assert wheel.stat().st_size < LARGEST


def test_an_installed_program_makes_the_example_pupils_documents(python: Path, tmp_path: Path) -> None:
    def run(*words: str, cwd: Path) -> str:
        done = subprocess.run([python, "-m", "generator", *words], cwd=cwd, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = subprocess.run(
        [python, "-c", "import generator; print(generator.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(python.parents[1]))
    run("init", "Our School", cwd=tmp_path)
    school = tmp_path / "Our School"
    assert "Checked 1 pupil" in run("check", cwd=school)
    run("build", KACPER, "--engine", "embedded", cwd=school)
    assert (school / "output" / KACPER / "profile.pdf").read_bytes().startswith(b"%PDF")
