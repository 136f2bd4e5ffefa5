"""The worksheet for a portal: its questions, its words, and the page in a real browser."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.submission.portal_worksheet import PortalQuestion, questions, worksheet
from tests.conftest import need_program
from tests.example_school import ROOT

TRICKY = 'Ada said: “I can’t” & </textarea><script>document.title = "hit"</script>'


@pytest.fixture(scope="module")
def ada() -> tuple[Case, Pack]:
    project = find_project(ROOT)
    case = load_case(project, "ada-brown").case
    assert case is not None
    return case, project.pack_of(case)


def with_data(pack: Pack, **data: Any) -> Pack:
    return replace(pack, data={**pack.data, **data})


def test_without_questions_of_the_pack_the_main_ones_are_asked(ada: tuple[Case, Pack]) -> None:
    rows = questions(*ada)
    assert rows[0].question == "Why is the request made now?" and rows[0].answer.startswith("Ada is 8 and in Year 4.")
    assert rows[1].answer.startswith("Ada has a severe") and "ep-report" not in rows[1].answer
    views = next(row for row in rows if row.id == "parents_views").answer
    assert "Not working: Reading." in views and "SENDIASS" not in views
    assert all(row.answer for row in rows)


def test_the_packs_own_questions_come_in_its_order_with_its_limits(ada: tuple[Case, Pack]) -> None:
    case, pack = ada
    asked = [
        {"id": "views", "question": "What does the child say?", "from": "request.pupil_views.text", "words": 20},
        {"id": "why", "question": "Why?", "from": "request.reason"},
        {"id": "none", "question": "Is there a plan for adulthood?", "from": "request.preparing_for_adulthood"},
    ]
    own = with_data(pack, portal={"questions": asked}, request={"word_limits": {"reason": 100}})
    rows = questions(case, own)
    assert [row.id for row in rows] == ["views", "why", "none"]
    assert (rows[0].words, rows[1].words) == (20, 100)
    assert rows[1].over == rows[1].counted - 100 > 0
    assert rows[2].answer == "", "a question that nobody answered is shown, and empty"


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = worksheet("Request", "EHC Hub", [PortalQuestion("a", "Why?", TRICKY, 5)])
    assert not re.search(r"(?:\bsrc=|href=|url\(|@import|https?:)", page)
    assert "default-src 'none'" in page and '<html lang="en-GB">' in page
    assert page.count("<script>") == 1, "what people wrote is text, never part of the page"


def browser(page: Path) -> str:
    """The page as a browser has made it after its script has run."""
    chromium = need_program("chromium", "the worksheet is tried in a real browser")
    profile = page.parent / "profile"
    command = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={profile}",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--virtual-time-budget=3000",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=True)
    return done.stdout


PROBE = """<script>
const seen = [];
Object.defineProperty(navigator, "clipboard", {value: CLIPBOARD});
const first = document.getElementById("q1");
first.value += " four more words here";
first.dispatchEvent(new Event("input"));
for (const button of document.querySelectorAll("button")) { button.click(); }
setTimeout(() => { document.body.dataset.copied = JSON.stringify(seen); }, 500);
</script>"""


def tried(folder: Path, clipboard: str) -> str:
    """The page after someone typed into the first answer and pressed every button."""
    rows = [PortalQuestion("a", "Why?", "one two three", 5), PortalQuestion("b", "And then?", TRICKY)]
    page = worksheet("Request", "", rows).replace("</body>", PROBE.replace("CLIPBOARD", clipboard) + "</body>")
    (folder / "page.html").write_text(page, "utf-8")
    return unescape(browser(folder / "page.html"))


@pytest.mark.whole
def test_in_a_browser_words_are_counted_and_answers_copied(tmp_path: Path) -> None:
    seen = tried(tmp_path, "{writeText: async (text) => { seen.push(text); }}")
    assert "7 words of at most 5, 2 too many" in seen
    copied = re.search(r'data-copied="(\[.*\])">', seen)
    assert copied and json.loads(copied[1]) == ["one two three four more words here", TRICKY]
    assert "<title>Request: worksheet</title>" in seen, "no script in an answer ran"
    assert seen.count(">Copied</button>") == 2 and "Answer 2 is copied." in seen


@pytest.mark.whole
def test_a_browser_that_does_not_let_a_page_copy_is_told_so(tmp_path: Path) -> None:
    seen = tried(tmp_path, "undefined")
    assert "press Ctrl+C now" in seen.split("<script>")[0] and ">Copied</button>" not in seen


@pytest.mark.whole
def test_in_a_browser_every_answer_has_a_label_and_every_button_a_name(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        worksheet("Request", "EHC Hub", [PortalQuestion("a", "Why?", "one")] * 3), "utf-8"
    )
    seen = browser(tmp_path / "page.html")
    for number in (1, 2, 3):
        assert f'aria-labelledby="q{number}-title"' in seen and f'aria-label="Copy answer {number}"' in seen
    assert seen.count("<h1>") == 1 and 'role="status"' in seen and "Worksheet for EHC Hub." in seen
