"""The one-page profile: the child first, on one page."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import bullets, grid, panel, panels, para, title, when

_ME = "{% if profile.own_words %}me{% else %}{{ facts.first_name }}{% endif %}"


def profile() -> str:
    """Like and admire, important to me, how best to support me: three panels, and what else the child wants known."""
    admire = f"What people like and admire about {_ME}"
    liked = bullets("point in profile.like_and_admire")
    return "".join(
        [
            title(
                "{{ facts.full_name }}",
                "{{ words.one_page_profile }} · {{ facts.year_group }}{% if pupil.class %} · {{ pupil.class }}{% endif %}",
            ),
            when(
                "facts.photo",
                panels(
                    (2.9, 6.5),
                    ("This is {{ facts.first_name }}", admire),
                    "PanelOne",
                    [para("{{ facts.photo | photo(4.2, 4.8) }}", "PhotoLine")],
                    [liked],
                ),
                otherwise=[panel(admire, "PanelOne", liked)],
            ),
            panel(f"What is important to {_ME}", "PanelTwo", bullets("point in profile.important_to_me")),
            panel(f"How best to support {_ME}", "PanelThree", bullets("point in profile.how_to_support_me")),
            _more(),
            para(
                "{% if profile.own_words %}{{ facts.first_name | possessive }} own words, but for what others like and admire. "
                "{% else %}Adults have put {{ facts.first_name | possessive }} views into words"
                "{% if profile.based_on %}, based on: {{ profile.based_on | no_stop }}{% endif %}. {% endif %}"
                "{% if profile.completed_by %}Made by {{ profile.completed_by }}, {% else %}Made {% endif %}"
                "{{ profile.date }}.{% if profile.review_date %} We will look at it again by {{ profile.review_date }}."
                "{% endif %}",
                "SmallPrint",
            ),
        ]
    )


def _more() -> str:
    """The optional parts, in small tables of their own so that nothing empty is printed."""
    parts = (
        ("my_goals", "{% if profile.own_words %}My goals{% else %}Goals{% endif %}"),
        ("how_i_communicate", "How {% if profile.own_words %}I communicate{% else %}{{ facts.first_name }} communicates{% endif %}"),
        ("what_i_find_hard", "What {% if profile.own_words %}I find{% else %}{{ facts.first_name }} finds{% endif %} hard"),
        ("when_i_am_upset", "When {% if profile.own_words %}I am{% else %}{{ facts.first_name }} is{% endif %} upset"),
    )  # fmt: skip
    return grid_of(*((text, f"profile.{name}") for name, text in parts))


def grid_of(*parts: tuple[str, str]) -> str:
    """One table for the lists that are there, one row each; no table when none is."""
    any_of = " or ".join(field for _, field in parts)
    head = (("More about {{ facts.first_name }}", 2.6), ("What to know", 6.8))
    rows = [(f"if {field}", text, [bullets(f"point in {field}", style="TableBullet")]) for text, field in parts]
    return when(any_of, grid(head, rows))
