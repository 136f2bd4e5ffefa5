"""The worksheet for a portal: one page that works offline, with each question, its answer to paste, words counted."""

# ruff: noqa: E501 - HTML, styles and script read best as they are

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.values.formatting import date as in_words

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
    body = "\n".join(_section(number, row) for number, row in enumerate(rows, 1))
    where = f" for {escape(portal)}" if portal else ""
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>{escape(title)}: worksheet</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
<p>Worksheet{where}. Copy each answer and paste it under its question. This page is a file on your own computer:
nothing is sent anywhere. What you change here is not kept; change it in request.yaml.</p>
<p id="told" role="status" aria-live="polite"></p>
{body}
</main>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _section(number: int, row: PortalQuestion) -> str:
    name = f"q{number}"
    limit = f" of at most {row.words}" if row.words else ""
    over = f", {row.over} too many" if row.over else ""
    lines = min(24, max(3, sum(1 + len(line) // 68 for line in row.answer.split("\n"))))
    return f"""<section aria-labelledby="{name}-title">
<h2 id="{name}-title">{number}. {escape(row.question)}</h2>
<textarea id="{name}" rows="{lines}" aria-labelledby="{name}-title" aria-describedby="{name}-words" spellcheck="true">{escape(row.answer)}</textarea>
<p class="line"><button type="button" data-copies="{name}" aria-label="Copy answer {number}">Copy</button>
<span id="{name}-words" class="words{" over" if row.over else ""}" data-most="{row.words}">{row.counted} words{limit}{over}</span></p>
</section>"""


_STYLE = """
body{font:1.125rem/1.5 system-ui,Arial,sans-serif;color:#1b1b1b;background:#fff;margin:0}
main{max-width:46rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.75rem}h2{font-size:1.25rem;margin:2rem 0 .5rem}
textarea{box-sizing:border-box;width:100%;font:inherit;padding:.75rem;border:2px solid #505050;border-radius:4px}
button{font:inherit;font-weight:600;padding:.5rem 1.5rem;border:2px solid #00457c;border-radius:4px;background:#00457c;color:#fff}
button.done{background:#fff;color:#00457c}
button:focus-visible,textarea:focus-visible{outline:3px solid #b35c00;outline-offset:2px}
.line{display:flex;gap:1rem;align-items:center;flex-wrap:wrap;margin:.5rem 0}
.over{color:#a30000;font-weight:700}
#told{position:sticky;top:0;background:#fff;margin:0;min-height:1.5rem;font-weight:600}
@media print{button,#told{display:none}}
"""

_SCRIPT = """
"use strict";
const told = document.getElementById("told");
function count(area) {
  const line = document.getElementById(area.id + "-words");
  const words = area.value.split(/\\s+/).filter(Boolean).length, most = Number(line.dataset.most);
  const over = most && words > most ? words - most : 0;
  line.textContent = words + " words" + (most ? " of at most " + most : "") + (over ? ", " + over + " too many" : "");
  line.classList.toggle("over", over > 0);
}
async function copy(button) {
  const area = document.getElementById(button.dataset.copies);
  let fine = false;
  try { await navigator.clipboard.writeText(area.value); fine = true; } catch (refused) {
    area.focus(); area.select(); fine = document.execCommand("copy");
  }
  const number = button.dataset.copies.slice(1);
  told.textContent = fine ? "Answer " + number + " is copied." : "Your browser does not let this page copy: press Ctrl+C now.";
  button.classList.toggle("done", fine);
  if (fine) { button.textContent = "Copied"; }
}
for (const area of document.querySelectorAll("textarea")) {
  area.addEventListener("input", () => { count(area); });
  count(area);
}
for (const button of document.querySelectorAll("button")) { button.addEventListener("click", () => copy(button)); }
"""
