"""Templates are prepared once for the same files and program; what is wrong with one is said each time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.documents.templates import compiled_tags, render
from tests.example_school import ROOT

PROFILE, HOUSE = (ROOT / "templates" / "standard" / f"{name}.docx" for name in ("profile", "house"))


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were prepared, with a cache that is empty at first."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "cache")
    made: list[str] = []
    real = render._prepared

    def prepared(path: Path, house: Path | None) -> tuple[object, ...]:
        made.append(path.name)
        return real(path, house)

    monkeypatch.setattr(render, "_prepared", prepared)
    return made


def test_what_was_kept_is_the_template_as_it_was_prepared(counted: list[str]) -> None:
    first, second = (render.load_template(PROFILE, HOUSE) for _ in range(2))
    assert counted == ["profile.docx"]
    assert (second.untouched, second.package, second.styles, second.levels) == (
        first.untouched, first.package, first.styles, first.levels,
    )  # fmt: skip
    assert list(second.package.parts) == list(first.package.parts), "parts are written in their order"
    assert [(p.name, p.source, p.relations, p.notes) for p in second.parts] == [
        (p.name, p.source, p.relations, p.notes) for p in first.parts
    ]


@pytest.mark.whole
def test_another_house_style_name_or_program_prepares_anew(
    counted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render.load_template(PROFILE, HOUSE)
    render.load_template(PROFILE, None)
    shutil.copy(PROFILE, tmp_path / "renamed.docx")
    render.load_template(tmp_path / "renamed.docx", HOUSE)
    monkeypatch.setattr(compiled_tags, "program", lambda: "another")
    render.load_template(PROFILE, HOUSE)
    assert counted == ["profile.docx", "profile.docx", "renamed.docx", "profile.docx"]


def test_what_is_wrong_is_said_each_time(counted: list[str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"no Word file")
    for _ in range(2):
        with pytest.raises(render.TemplateFailed, match=r"broken\.docx"):
            render.load_template(broken, HOUSE)
    broken.unlink()
    with pytest.raises(render.TemplateFailed, match="cannot be opened"):
        render.load_template(broken, HOUSE)
