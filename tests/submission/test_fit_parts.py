"""What fits is drawn once, also where other processes draw it, and is the same as what this process makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.build_documents import place_of_work
from generator.build.draw_documents import SideBySide, ToFit
from generator.bundle import CleanAtOnce
from generator.documents.page_fit import FitWish
from generator.engines import Draft, Failure, Pdf, choose
from generator.engines.kept_drawings import KeptDrawings
from generator.files.kept_results import KeptResults
from generator.folder.school_folder import find_project
from generator.submission.parts.fit_parts import Fitter
from tests.bundle_makers import docx
from tests.documents.test_page_fit import profile
from tests.example_school import copy_school

LINE = "A line of what was agreed, long enough to be a line of its own on the page."


def word(lines: int) -> bytes:
    return docx("Notes", [LINE] * lines)


@pytest.mark.whole
def test_what_fits_is_the_same_beside_and_here_and_is_not_drawn_again(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path / "school"))
    engine = choose("embedded")
    asked = [
        ToFit("short", word(5), FitWish(), CleanAtOnce("Short")),
        ToFit("over", word(32), FitWish(one_page=True), CleanAtOnce("Over")),
    ]
    with place_of_work(engine, jobs=2) as site:
        assert site is not None
        beside = KeptDrawings(engine, KeptResults(tmp_path / "beside"))
        there = [_made(one) for one in Fitter(beside, SideBySide(project, engine, site)).fit(iter(asked))]
        drawn = list(beside.drawn)
        again = [_made(one) for one in Fitter(beside, SideBySide(project, engine, site)).fit(iter(asked))]
    here = [_made(one) for one in Fitter(KeptDrawings(engine, KeptResults(tmp_path / "here"))).fit(asked)]
    assert there == again == here
    assert drawn == beside.drawn == ["short", "over"], "the second time nothing was drawn"


@pytest.mark.whole
def test_what_was_said_of_a_file_that_was_only_measured_is_said_of_it_when_it_is_drawn(tmp_path: Path) -> None:
    engine = choose("embedded")
    asked = []
    for more in (9, 12, 15, 60):
        desk, document = profile(tmp_path / str(more), more)
        asked.append(ToFit(f"profile {more}", desk.write(document), FitWish(desk.case, document)))
    with place_of_work(engine, jobs=2) as site:
        assert site is not None
        kept = KeptDrawings(engine, KeptResults(tmp_path / "kept"))
        first = _said(Fitter(kept, SideBySide(desk.project, engine, site)).fit(iter(asked)))
        again = _said(Fitter(kept, SideBySide(desk.project, engine, site)).fit(iter(asked)))
    here = _said(Fitter(KeptDrawings(engine, KeptResults(tmp_path / "here"))).fit(asked))
    assert first == again == here
    assert any("spacing was tightened" in one for one in first) and "too long for one page" in first[-1], first


def _said(fits: list[tuple[bytes, Draft] | Failure]) -> list[str]:
    made = [one if isinstance(one, Failure) else one[1].finish() for one in fits]
    return ["; ".join(one.warnings) if isinstance(one, Pdf) else one.reason for one in made]


@pytest.mark.whole
def test_a_file_that_cannot_be_drawn_is_a_failure_and_the_others_are_made(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path / "school"))
    engine = choose("embedded")
    asked = [ToFit("broken", b"no Word file", FitWish()), ToFit("short", word(5), FitWish())]
    with place_of_work(engine, jobs=2) as site:
        assert site is not None
        kept = KeptDrawings(engine, KeptResults(tmp_path / "kept"))
        broken, short = Fitter(kept, SideBySide(project, engine, site)).fit(asked)
    assert isinstance(broken, Failure) and broken.name == "broken"
    assert not isinstance(short, Failure) and short[1].pages == 1, "it was only measured"
    assert _made(short)[1] == 1, "and is drawn when it is asked for after all"


def _made(one: tuple[bytes, Draft] | Failure) -> tuple[bytes, int, bytes]:
    assert not isinstance(one, Failure), one
    pdf = one[1].finish()
    assert isinstance(pdf, Pdf)
    return one[0], pdf.pages, pdf.content
