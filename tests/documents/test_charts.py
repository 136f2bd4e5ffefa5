"""Charts in documents: what is drawn, in words and in numbers; the same bytes; the house's colour; readable in grey."""

from __future__ import annotations

import copy
import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from generator.authorities.pack import load_pack
from generator.cases import case as c
from generator.cases.case import Case
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.charts import draw_chart
from generator.documents.charts.canvas import Sheet
from generator.documents.charts.draw_chart import Bar, BarChart, Point, ProgressChart
from generator.documents.charts.progress_charts import attendance_chart, progress, support_by_area, support_chart
from generator.documents.printed_facts.same_measure import is_same_measure
from generator.documents.template_shelf import TemplateShelf
from generator.documents.templates.house_style import heading_colour
from generator.documents.templates.jinja_tags import Unprintable
from generator.documents.templates.render import TemplateFailed
from generator.files.kept_results import KeptResults
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from generator.word_files.docx_package import read_package
from templates.source.vocabulary import para
from tests.documents.merged_templates import HOUSE, body_of, merged, text_of

WORDS = ProgressChart(
    "words on sight",
    (
        Point("Start", Decimal(22)),
        Point("Autumn term 2025", Decimal(33), Decimal(50)),
        Point("Spring term 2026", Decimal(52), Decimal("52")),
        Point("Summer term 2026", None, Decimal("80.5")),
    ),
)
BARS = BarChart(
    "attendance", (Bar("Autumn", Decimal("95.8"), "95.8%"), Bar("Spring", Decimal(50), "50%")), Decimal(100)
)


def example(name: str) -> Case:
    case = load_case(find_project(BUILT_IN), name).case
    assert case is not None
    return case


def dots(chart: ProgressChart | BarChart) -> Image.Image:
    return Image.open(io.BytesIO(chart.draw().content)).convert("L")


def test_a_chart_says_in_words_all_that_it_shows() -> None:
    assert WORDS.description == (
        "Line chart of words on sight. Start: 22; Autumn term 2025: 33, goal 50; Spring term 2026: 52, goal 52; "
        "Summer term 2026: not reviewed yet, goal 80.5."
    )
    assert BARS.draw().description == "Bar chart of attendance. Autumn: 95.8%; Spring: 50%."


def test_a_chart_has_the_same_bytes_whenever_it_is_drawn_and_is_crisp_and_small() -> None:
    again = ProgressChart(WORDS.unit, WORDS.points, WORDS.colour, WORDS.width + 0.0)
    from generator.documents.charts.draw_chart import _drawn

    first = WORDS.draw().content
    _drawn.cache_clear()
    assert again.draw().content == first and len(first) < 20_000
    assert WORDS.draw().width == round(WORDS.width / 2.54 * 200)


def test_a_bar_is_as_long_as_its_value_and_dark_enough_for_a_grey_copier() -> None:
    grey = dots(BARS)

    def dark(row: float) -> int:
        return sum(grey.getpixel((x, round(row * 78.74))) < 110 for x in range(450, round(13.1 * 78.74)))  # type: ignore[operator]

    first, second = dark(0.15 + 0.425), dark(0.15 + 0.85 * 1.5)
    assert second / first == pytest.approx(50 / 95.8, abs=0.02)


def test_lines_bars_and_words_stand_out_in_grey() -> None:
    """WCAG 2.2 asks for 4.5 to 1 for words and 3 to 1 for what a drawing shows; grey has only the lightness."""
    paths = (WORDS.draw().vector or b"") + (BARS.draw().vector or b"")
    fills = {colour.decode() for colour in re.findall(rb'fill="(#\w{6})"', paths)}
    lines = {colour.decode() for colour in re.findall(rb'stroke="(#\w{6})"', paths)}
    paper, behind_bars, grid, house = "#ffffff", "#e6ebec", "#b8c7cb", "#17505E"
    words = fills - {paper, behind_bars}
    assert words == {"#1d2428", "#505a5f", house} and lines - {paper, grid} == {"#505a5f", house}
    assert min(contrast(colour, paper) for colour in words | lines - {paper, grid}) > 4.5
    assert contrast(house, behind_bars) > 3
    assert contrast(house, grid) > 3  # the curve is not taken for a line of the grid that it crosses


def contrast(one: str, other: str) -> float:
    def lightness(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((lightness(one), lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("most", ["0", "0.4", "1", "2", "7", "12", "85", "100", "2600"])
def test_any_figures_stay_inside_the_picture(most: str) -> None:
    points = (
        Point("Start", Decimal(0)),
        Point("A long name of a cycle that needs lines", Decimal(most), Decimal(most)),
    )
    grey = dots(ProgressChart("things", points))
    edge = [grey.getpixel((x, 0)) for x in range(grey.width)] + [
        grey.getpixel((grey.width - 1, y)) for y in range(grey.height)
    ]
    assert min(edge) > 200  # type: ignore[type-var]


def test_progress_is_what_was_measured_in_one_unit_over_two_cycles_the_running_one_with_its_newest_day() -> None:
    series = progress(example("ada-brown"), date(2026, 11, 22), "17505E")
    assert [row["unit"] for row in series] == [
        "sounds",
        "words on sight",
        "mornings of 5",
        "words of 20",
    ]
    words = [(p["label"], p["value"], p["goal"]) for p in series[1]["points"]]
    assert words[0] == ("Start", 22, None) and words[1] == ("Autumn term 2025", 33, 50)
    assert words[-1] == ("Autumn term 2026, 6 Nov 2026", 72, 85)


def test_one_line_joins_results_of_one_measure_only() -> None:
    """Ada's 7 of 10 two-step instructions and her 5 of 10 three-step ones would draw a child who gets worse."""
    labels = [row["label"] for row in progress(example("ada-brown"), date(2026, 11, 22), "17505E")]
    assert "Instructions" not in labels
    two = {"id": "a", "unit": "of 10", "goal_value": 7, "text": "Carries out two-step instructions in 7 of 10 checks."}
    three = {**two, "id": "b", "text": two["text"].replace("two", "three")}
    assert not is_same_measure(two, three) and is_same_measure(two, {**two, "id": "b"})
    assert not is_same_measure(two, {**two, "unit": "of 20"})
    pain = {"id": "a", "unit": "days out of 5", "goal_value": 3, "text": "Pain of 5 or less on 3 of 5 days in June."}
    harder = {**pain, "id": "b", "text": "Pain of 4 or less on 3 of 5 days in November."}
    assert not is_same_measure(pain, harder)
    more = {
        **pain,
        "id": "b",
        "goal_value": 4,
        "text": "Pain of 5 or less on 4 of 5 days, also in lessons, by 27/11/2026.",
    }
    assert is_same_measure(pain, more) and is_same_measure(more, pain)
    assert is_same_measure(pain, {**harder, "id": "a", "carried_from": "2026-summer"})


def test_two_measures_in_one_unit_have_a_line_and_a_name_each() -> None:
    case = example("ada-brown")
    cycles = {c.file_id(record): record for record in case.cycles}
    autumn = cycles["2025-autumn"]
    spring, summer = copy.deepcopy(autumn.data), copy.deepcopy(autumn.data)
    three = copy.deepcopy(next(row for row in autumn.data["plan"]["targets"] if row["id"] == "two-step-7"))
    three |= {"id": "three-step", "text": three["text"].replace("two-step", "three-step")}
    told = {
        **next(row for row in autumn.data["review"]["targets"] if row["target"] == "two-step-7"),
        "target": "three-step",
    }
    for data in (spring, summer):
        data["plan"]["targets"].append(three)
        data["review"]["targets"].append({**told, "value": 4})
    rows = [replace(cycles["2026-spring"], data=spring), replace(cycles["2026-summer"], data=summer)]
    found = progress(replace(case, records=(case.one("plan"), *rows)), date(2026, 11, 22), "17505E")
    instructions = [row for row in found if row["unit"] == "two-step instructions of 10"]
    assert [[p["value"] for p in row["points"]] for row in instructions] == [[2, 7, 7], [2, 4, 4]]
    assert [row["label"].split()[3] for row in instructions] == ["two-step", "three-step"]


def test_a_day_at_the_end_of_a_label_stands_whole_on_its_own_line() -> None:
    sheet = Sheet(10.2, 4.2)
    point = Point("Autumn term 2026, 6 Nov 2026", Decimal(72), None, "6 Nov 2026")
    lines = draw_chart._label_lines(sheet, point, "Start", 1.6)
    assert lines[-1] == "6 Nov 2026" and "".join(lines[:-1]).startswith("Autumn") and len(lines) <= 3
    series = progress(example("ada-brown"), date(2026, 11, 22), "17505E")
    assert series[1]["chart"].points[-1].day == "6 Nov 2026"


def test_progress_knows_nothing_of_the_time_after_the_document() -> None:
    early = progress(example("zoe-obrien-smidt"), date(2026, 7, 10), "17505E")
    assert [(row["unit"], len(row["points"])) for row in early] == [("contributions a week", 3)]
    assert progress(example("kacper-wisniewski"), date(2026, 11, 22), "17505E") == []


def test_one_bar_is_no_comparison() -> None:
    row = {"from": date(2026, 1, 5), "to": date(2026, 3, 27), "percent": Decimal("87.7")}
    assert attendance_chart([row], "000000") is None
    chart = attendance_chart([row, row], "000000")
    assert chart is not None and chart.bars[0].label == "5 Jan 2026 – 27 Mar 2026"


def test_support_adds_up_by_area_and_keeps_what_is_not_known_apart() -> None:
    rows = [
        {"area_label": "Cognition and learning", "weekly_minutes": Decimal(60), "yearly_cost": Decimal("100.50")},
        {"area_label": "Cognition and learning", "weekly_minutes": Decimal(30), "yearly_cost": None},
        {"area_label": "", "weekly_minutes": None, "yearly_cost": None},
    ]
    assert support_by_area(rows) == [
        {"label": "Cognition and learning", "hours": Decimal("1.5"), "cost": Decimal("100.50")},
        {"label": "More than one area", "hours": None, "cost": None},
    ]
    assert support_chart(support_by_area(rows), "000000") is None


@pytest.mark.whole
def test_a_document_prints_the_chart_with_its_words_and_its_numbers_beside_it() -> None:
    project = find_project(BUILT_IN)
    pack, case = load_pack("standard", project.template_folders, project.schemas), example("ada-brown")
    desk = MergeDesk(project, case, pack, TemplateShelf(project.template_folders))
    docx = desk.write(documents(case, pack, ["my-support-plan"])[0])
    told = [
        d.get("descr", "")
        for d in body_of(docx).iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    ]
    assert any(words.startswith("Line chart of words on sight. Start: 22;") for words in told)
    assert any(words.startswith("Bar chart of hours of support") for words in told)
    assert "Autumn term 2025: 33 (goal 50)" in text_of(docx)


def test_a_chart_takes_the_colour_of_the_house(tmp_path: Path) -> None:
    assert heading_colour(read_package(HOUSE.read_bytes())) == "17505E"
    red = ProgressChart(WORDS.unit, WORDS.points, "AA0000")
    assert (170, 0, 0) in [
        colour for _, colour in Image.open(io.BytesIO(red.draw().content)).convert("RGB").getcolors(100_000)
    ]  # type: ignore[union-attr]


def test_a_chart_is_printed_with_its_filter_only(tmp_path: Path) -> None:
    assert "Line chart" not in text_of(merged(tmp_path, para("{{ c | chart }}"), c=WORDS))
    assert text_of(merged(tmp_path, para("[{{ c | chart }}]"), c=None)).startswith("[]")
    for wrong in ("{{ c }}", "{{ 'x' | chart }}"):
        with pytest.raises((TemplateFailed, Unprintable), match="chart"):
            merged(tmp_path, para(wrong), c=WORDS)


def test_a_chart_that_was_drawn_before_is_taken_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    new = draw_chart._new
    monkeypatch.setattr(draw_chart, "_new", lambda *given: (drawn.append(given), new(*given))[1])
    plain = [WORDS.draw(), BARS.draw()]
    draw_chart._drawn.cache_clear()
    drawn.clear()
    kept = draw_chart.KEPT.set(KeptResults(tmp_path))
    try:
        for _ in range(2):
            assert [WORDS.draw(), BARS.draw()] == plain
            draw_chart._drawn.cache_clear()
        assert len(drawn) == 2, "the second time nothing was drawn"
        assert replace(BARS, title="absence").draw() != plain[1] and len(drawn) == 3
    finally:
        draw_chart.KEPT.reset(kept)
