"""The search for page numbers that hold begins where it ended the last time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pikepdf import OutlineItem

from generator.bundle import Bundle, FrontPage, Options, Part, bundle
from generator.engines import Draft, Pdf
from generator.files.kept_results import KeptResults
from tests.bundle_makers import made, saved


class Writer:
    """Our own pages, of which the contents are longer than guessed; notes what was asked for in each round."""

    def __init__(self, contents: int = 3) -> None:
        self.contents = contents
        self.rounds: list[list[str]] = []
        self.to_be_cleaned: list[bool] = []

    def __call__(self, pages: Sequence[FrontPage]) -> list[bytes]:
        self.rounds.append([page.name for page in pages])
        self.to_be_cleaned += [page.then is not None for page in pages]
        return [self._written(page) for page in pages]

    def _written(self, page: FrontPage) -> bytes:
        return saved(made(self.contents if page.name == "bundle-contents" else 1, text=page.name))


def bundled(folder: Path, writer: Writer, plan: str = "plan") -> Bundle:
    part = Part("plan", "Evidence", "Plan", saved(made(2, text=plan)))
    return bundle([part], writer, Options("Request", kept=KeptResults(folder)))


def test_a_second_run_writes_our_pages_once(tmp_path: Path) -> None:
    first, second = Writer(), Writer()
    before = bundled(tmp_path, first)
    after = bundled(tmp_path, second, "plan with a word more")
    assert len(first.rounds) == 2 and len(second.rounds) == 1
    assert second.rounds[0] == ["bundle-contents", "bundle-cover"], "the longest first: others are drawn beside it"
    assert before.plan == after.plan


@pytest.mark.whole
def test_what_no_longer_holds_is_written_again_and_gives_what_a_first_run_gives(tmp_path: Path) -> None:
    bundled(tmp_path / "kept", Writer(3))
    grown, new = Writer(4), Writer(4)
    assert bundled(tmp_path / "kept", grown).content == bundled(tmp_path / "new", new).content
    assert len(grown.rounds) == 2


@pytest.mark.whole
def test_only_pages_that_are_likely_to_stay_are_cleaned_at_once(tmp_path: Path) -> None:
    first, second = Writer(), Writer()
    bundled(tmp_path, first)
    bundled(tmp_path, second, "plan with a word more")
    assert not any(first.to_be_cleaned[:2]) and all(first.to_be_cleaned[2:]) and all(second.to_be_cleaned)


def test_a_search_that_hung_on_the_numbers_begins_at_the_guess_again(tmp_path: Path) -> None:
    """Contents of two pages when the plan starts on page 3, else of one: no plan is the only one that may hold."""

    class Swinging(Writer):
        def _written(self, page: FrontPage) -> bytes:
            self.contents = 2 if page.name != "bundle-contents" or _first(page) == "3" else 1
            return super()._written(page)

    once, twice = Swinging(), Swinging()
    before, after = bundled(tmp_path, once), bundled(tmp_path, twice)
    assert once.rounds == twice.rounds and before.content == after.content


@pytest.mark.whole
def test_where_many_parts_are_new_what_prints_page_numbers_is_written_once(tmp_path: Path) -> None:
    """With three pieces more the contents are a page longer: that is known before the long parts are drawn."""

    def longer(folder: str, writer: Writer, *names: str) -> Bundle:
        parts = [Part("request", "Request", "Request", lambda pages: FrontPage("request", {"at": str(pages["plan"])}))]
        parts += [Part(name, "Evidence", name.title(), saved(made(text=name))) for name in ("plan", *names)]
        return bundle(parts, writer, Options("Request", kept=KeptResults(tmp_path / folder)))

    longer("kept", Writer(1))
    more, few, new = Writer(2), Writer(2), Writer(2)
    after = longer("kept", more, "one", "two", "three")
    assert [round_.count("request") for round_ in more.rounds] == [0, 1]
    assert after.content == longer("new", new, "one", "two", "three").content
    longer("fewer", Writer(1))
    longer("fewer", few, "one")
    assert [round_.count("request") for round_ in few.rounds] == [1, 1], "of one piece they are most likely not"


class Referring(Writer):
    """A request whose own heading is on a page that hangs on nothing but what is written, and a cover that names it."""

    def __init__(self, heading: int) -> None:
        super().__init__(1)
        self.heading, self.printed = heading, ""

    def _written(self, page: FrontPage) -> bytes:
        if page.name == "bundle-cover":
            self.printed = str(page.context["parts"]["request"].headings)
        if page.name != "request":
            return super()._written(page)
        pdf = made(4, text="request")
        with pdf.open_outline() as outline:
            outline.root.append(OutlineItem("5  Views", self.heading))
        return saved(pdf)


def test_a_reference_names_the_page_of_a_heading_and_what_did_not_move_is_written_once(tmp_path: Path) -> None:
    def referring(folder: str, heading: int) -> tuple[Referring, Bundle]:
        writer = Referring(heading)
        request = Part("request", "Request", "Request", lambda _: FrontPage("request", {}), headings=("Views", "None"))
        return writer, bundle([request], writer, Options("Request", kept=KeptResults(tmp_path / folder)))

    first, before = referring("kept", 2)
    assert (first.printed, before.plan.pages["request"].headings) == ("(('Views', '5-6'),)", (("Views", "5-6"),))
    again, same = referring("kept", 2)
    assert len(again.rounds) == 1 and same.content == before.content
    moved, after = referring("kept", 3)
    assert (moved.printed, moved.rounds[1:]) == ("(('Views', '6'),)", [["bundle-cover"]])
    assert after.content == referring("new", 3)[1].content


def _first(page: FrontPage) -> str:
    return str(page.context["sections"][0]["first"])


def test_a_page_that_was_only_measured_is_finished_when_the_guess_held(tmp_path: Path) -> None:
    finished = []

    def front(pages: Sequence[FrontPage]) -> list[Draft]:
        return [_draft(page, finished) for page in pages]

    part = Part("plan", "Evidence", "Plan", saved(made(2)))
    result = bundle([part], front, Options("Request", kept=KeptResults(tmp_path)))
    assert result.failures != () or result.plan.total == 4
    assert sorted(finished) == ["bundle-contents", "bundle-cover"]


def _draft(page: FrontPage, finished: list[str]) -> Draft:
    def finish() -> Pdf:
        finished.append(page.name)
        return Pdf(page.name, saved(made(1, text=page.name)), 1)

    return Draft(page.name, b"", 1, finish)
