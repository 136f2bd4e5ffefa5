"""Charts with their numbers beside them: progress from cycle to cycle, attendance, support by area of need."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import each, heading, para, table, when


def progress(level: int = 2) -> str:
    """What was measured over at least two reviewed cycles: a chart and its numbers; nothing when there is none."""
    numbers = [
        para("**{{ series.label }}**", "TableText"),
        each("point in series.points", para(
            "{{ point.label }}: {% if point.value is none %}not reviewed yet{% else %}**{{ point.shown }}**{% endif %}"
            "{% if point.goal is not none %} (goal {{ point.goal_shown }}){% endif %}", "TableText")),
    ]  # fmt: skip
    return when(
        "facts.progress",
        heading(level, "Progress from cycle to cycle"),
        para("A dot is what was reached, an empty diamond the goal, the dotted line where {{ facts.first_name }} started.",
             "SmallPrint", more="<w:keepNext/>"),
        table("series in facts.progress",
              ("Progress", 6.1, [para("{{ series.chart | chart }}", "ChartLine")]), ("In numbers", 3.3, numbers), split=False),
    )  # fmt: skip


def attendance() -> str:
    """Attendance as bars; its numbers are at their ends."""
    return when("facts.attendance_chart", para("{{ facts.attendance_chart | chart }}", "ChartLine"))


def support() -> str:
    """Hours a week and cost a year by area of need; nothing when only one area is known."""
    return when(
        "facts.support_chart",
        para("**Hours of support a week, and its cost a year, by area of need**", more="<w:keepNext/>"),
        para("{{ facts.support_chart | chart }}", "ChartLine"),
    )
