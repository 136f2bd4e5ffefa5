"""The simulation of all schools obeys what must hold of any such run; the real cluster is in test_build_cluster."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.bench.simulate_nation import FIGURES, README, Figures, Setting, read_figures, row, settings, simulate

PLAIN = Figures("plain", 0.25, prepare=0.001, settle=0.001, up=3000, down=160_000, scheduler=0.001, scheduler_byte=1e-9)
FREE = replace(PLAIN, prepare=0.0, settle=0.0, up=0.0, down=0.0, scheduler=0.0, scheduler_byte=0.0)


def test_one_worker_takes_the_sum() -> None:
    result = simulate(FREE, Setting(400, 1))
    assert result.seconds == pytest.approx(400 * 0.25)
    assert result.made == 400 and result.busy["workers"] == pytest.approx(1.0)


def test_one_worker_and_everything_else_in_turn_takes_the_sum_of_all() -> None:
    """With one batch under way at a time nothing overlaps."""
    setting = Setting(400, 1, batch=400, ahead=0, line=1e6)
    passed = PLAIN.up + PLAIN.down
    each = PLAIN.worker + PLAIN.prepare + PLAIN.settle + passed * (1e-6 + PLAIN.scheduler_byte)
    assert simulate(PLAIN, setting).seconds == pytest.approx(400 * each + PLAIN.scheduler)


def test_twice_the_workers_take_half_the_time_below_saturation() -> None:
    times = [simulate(PLAIN, Setting(4096, workers)).seconds for workers in (2, 4, 8, 16)]
    assert all(slow / quick == pytest.approx(2.0, rel=0.03) for slow, quick in pairwise(times))


@pytest.mark.whole
def test_what_is_full_sets_the_pace() -> None:
    """Above saturation the rate is that of the fullest part, whatever the number of workers."""
    asking = simulate(PLAIN, Setting(20_000, 1000))
    assert asking.rate == pytest.approx(1 / (PLAIN.prepare + PLAIN.settle), rel=0.03)
    assert asking.busy["asking program"] > 0.97
    line = simulate(PLAIN, Setting(4000, 1000, line=1.6e6))
    assert line.rate == pytest.approx(1.6e6 / PLAIN.down, rel=0.05)
    scheduler = simulate(replace(FREE, scheduler=0.01), Setting(20_000, 1000, batch=1))
    assert scheduler.rate == pytest.approx(100, rel=0.03)


def test_a_store_takes_the_bytes_off_the_line_and_costs_its_requests() -> None:
    narrow = Setting(4000, 64, line=1.6e6)
    assert simulate(PLAIN, replace(narrow, store=True)).rate > 5 * simulate(PLAIN, narrow).rate
    alone = Setting(400, 1, store=True, fetch=0.05)
    assert simulate(FREE, alone).seconds == pytest.approx(400 * (0.25 + 2 * 0.05), rel=0.01)


@pytest.mark.parametrize("seed", range(5))
def test_no_document_is_lost_or_made_twice_when_workers_die(seed: int) -> None:
    sick = Setting(3000, 8, batch=8, between_failures=20.0, restart=3.0, seed=seed)
    result = simulate(PLAIN, sick)
    assert result.made == 3000 and result.failed == 0
    assert result.deaths > 10 and result.lost > 0
    assert result.seconds > simulate(PLAIN, replace(sick, between_failures=0.0)).seconds


def test_documents_that_kill_their_worker_fail_alone() -> None:
    result = simulate(PLAIN, Setting(1000, 8, deadly=100))
    assert result.failed == 10 and result.made == 990
    assert result.deaths == 10 * 2 * 4, "its batch four times, then by itself four times"


def test_the_same_seed_gives_the_same_run() -> None:
    sick = Setting(2000, 8, between_failures=30.0)
    assert simulate(PLAIN, sick) == simulate(PLAIN, sick)
    assert simulate(PLAIN, sick) != simulate(PLAIN, replace(sick, seed=2))


def test_the_figures_that_were_measured_can_be_used() -> None:
    figures = read_figures(FIGURES)
    assert {"embedded", "libreoffice"} <= figures.keys()
    assert all(0 < one.worker < 5 and 0 < one.prepare < 1 and one.down > 10_000 for one in figures.values())


@pytest.mark.whole
def test_the_tables_in_the_readme_are_what_the_simulation_says() -> None:
    figures, readme = read_figures(FIGURES), README.read_text("utf-8")
    for engine, batch in (("embedded", 4), ("libreoffice", 40)):
        for title, setting in settings(batch):
            if setting.workers in (4, 16):
                assert row(figures[engine], title, setting) in readme
