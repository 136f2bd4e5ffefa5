"""The worksheet for a portal: one page that works offline, with each question, its answer to paste, words counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import jinja2

from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.values.formatting import date as in_words

_TEMPLATE = Path(__file__).parent / "portal_worksheet.html.j2"

MAIN = (
    ("request.reason", "Why is the request made now?"),
    ("request.has_sen", "Why does the child have, or may have, special educational needs?"),
    ("request.needs_plan", "Why may it be necessary for provision to be made through an EHC plan?"),
    ("request.parents_views", "What are the parents’ views, wishes and feelings?"),
    ("request.pupil_views", "What are the child’s or young person’s views, wishes and feelings?"),
    ("request.strengths", "What are the child’s strengths?"),
    ("request.difficulties", "What are the child’s difficulties?"),
    ("request.graduated_approach", "What has the school done so far?"),
    ("request.progress", "What progress has been made over time?"),
    ("request.progress_only_with_support", "What support did it take to make this progress?"),
    ("request.attendance_comment", "What should be known about attendance?"),
    ("request.funding", "How is the school’s own funding used?"),
    ("request.more_needed", "What more is needed than the school can give?"),
    ("request.health", "What should be known about health?"),
    ("request.social_care", "What should be known about social care?"),
    ("request.preparing_for_adulthood", "How is the young person prepared for adulthood?"),
)
"""What every request says, for an authority whose portal's questions its pack does not know."""


@dataclass(frozen=True)
class PortalQuestion:
    """One question with the text to paste; `words` is the most that the portal takes, 0 when it does not say."""

    id: str
    question: str
    answer: str
    words: int = 0

    @property
    def counted(self) -> int:
        """Words as Word counts them: what stands between spaces."""
        return len(self.answer.split())

    @property
    def over(self) -> int:
        """By how many words the answer is too long."""
        return max(0, self.counted - self.words) if self.words else 0

    @property
    def lines(self) -> int:
        """How high its box is."""
        return min(24, max(3, sum(1 + len(line) // 68 for line in self.answer.split("\n"))))


def questions(case: Case, pack: Pack) -> list[PortalQuestion]:
    """The pack's own questions in the portal's order, else the main questions of every request that are answered."""
    limits = {
        f"request.{field}": int(most) for field, most in pack.data.get("request", {}).get("word_limits", {}).items()
    }
    own = pack.data.get("portal", {}).get("questions", ())
    if own:
        return [
            PortalQuestion(
                str(row["id"]),
                str(row["question"]),
                _answer(case, str(row["from"])),
                int(row.get("words") or limits.get(str(row["from"]), 0)),
            )
            for row in own
        ]
    found = [
        PortalQuestion(field.split(".")[1], text, _answer(case, field), limits.get(field, 0)) for field, text in MAIN
    ]
    return [question for question in found if question.answer]


def _answer(case: Case, dotted: str) -> str:
    kind, *keys = dotted.split(".")
    value: Any = case.data(kind)
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return "\n\n".join(_said(value))


_NOT_SAID = {
    "evidence",
    "date",
    "author",
    "method",
    "own_words",
    "parents_agreed",
    "helped_by",
    "agreed",
    "audience",
    "id",
}


def _said(value: Any) -> Iterator[str]:
    """A value as text to paste: a group's own text, else its parts each under its name; lists line by line."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            lines = [] if key in _NOT_SAID else list(_said(below))
            if lines:
                name = str(key).replace("_", " ").capitalize()
                yield ("" if key in ("text", "use") else f"{name}: ") + "\n\n".join(lines)
    elif isinstance(value, list | tuple):
        yield from (line for row in value for line in _said(row))
    elif isinstance(value, bool):
        yield "Yes" if value else "No"
    elif isinstance(value, date):
        yield str(in_words(value))
    elif value is not None and str(value).strip():
        yield str(value).strip().replace("**", "")


def worksheet(title: str, portal: str, rows: list[PortalQuestion]) -> str:
    """The page as HTML: no picture, font or script from anywhere else, usable by keyboard and screen reader."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(_TEMPLATE.read_text("utf-8")).render(title=title, portal=portal, rows=rows)
