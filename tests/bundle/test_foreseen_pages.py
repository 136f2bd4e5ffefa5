"""Where the parts of a bundle will be is foreseen, so that what prints page numbers is drawn beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.bundle import FrontPage, Options, Part, bundle, foresee
from generator.files.kept_results import KeptResults
from tests.bundle.test_page_counts import Writer
from tests.bundle_makers import made, saved


def _parts(folder: Path, pages: int = 2) -> list[Part]:
    report = folder / "report.pdf"
    report.write_bytes(saved(made(3, text="A report")))
    plan = Part("plan", "Plans", "Plan", saved(made(pages, text="plan")))
    return [plan, Part("report", "Reports", "Report", report)]


def _options(folder: Path) -> Options:
    return Options("Request", kept=KeptResults(folder / "kept"))


@pytest.mark.whole
def test_after_a_bundle_its_pages_are_foreseen(tmp_path: Path) -> None:
    parts, options, writer = _parts(tmp_path), _options(tmp_path), Writer()
    first = bundle(parts, writer, options)
    shapes = [replace(parts[0], content=b""), parts[1]]
    found = foresee(shapes, options, {"report": 0})
    assert found is not None and found.likely and found.pages == first.plan.pages
    assert all(page.then is not None for page in found.own.values())
    asked: list[FrontPage] = []
    bundle(parts, lambda pages: (asked.extend(pages), writer(pages))[1], options)
    assert sorted(asked, key=_name) == sorted(found.own.values(), key=_name)


@pytest.mark.whole
def test_a_new_report_is_counted_as_soon_as_it_is_taken_in(tmp_path: Path) -> None:
    parts, options = _parts(tmp_path), _options(tmp_path)
    bundle(parts[:1], Writer(), options)
    assert foresee(parts, options, {}) is None, "nothing is drawn for numbers that will not be"
    found = foresee(parts, options, {"report": 3})
    assert found is not None and found.likely and found.pages == bundle(parts, Writer(), options).plan.pages


@pytest.mark.whole
def test_before_the_first_bundle_our_pages_are_measured_and_then_drawn_once(tmp_path: Path) -> None:
    parts, options = _parts(tmp_path), _options(tmp_path)
    found = foresee([replace(parts[0], content=b""), parts[1]], options, {})
    assert found is not None and not found.likely and all(page.then is None for page in found.own.values())
    guessed, measured = Writer(), Writer()
    after_guess = bundle(parts, guessed, _options(tmp_path / "guess"))
    after = bundle(parts, measured, replace(options, measured={"bundle-cover": 1, "bundle-contents": 3}))
    assert (len(guessed.rounds), len(measured.rounds)) == (2, 1) and after.content == after_guess.content


def _name(page: FrontPage) -> str:
    return page.name
