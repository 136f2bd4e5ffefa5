"""The page beside the form: drawn again as it is written, at the place that changed, and never by two at once."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from generator.engines.pdf.page_view import MARK
from generator.problems import FilesHaveErrors
from generator.web.live_preview.page_wanted import PageWanted
from generator.web.live_preview.preview import Preview
from tests.web.conftest import closed, opened
from tests.web.every_page import DRAWN, kinds_of

PROFILE = "cases/kacper-wisniewski/profile.yaml"


@pytest.fixture(scope="module")
def preview() -> Iterator[Preview]:
    """The process beside, started once."""
    made = Preview()
    yield made
    made.close()


def wanted(school: Path, old: str = "", new: str = "", **more: object) -> PageWanted:
    """A wish for the profile's page with some words changed."""
    text = (school / PROFILE).read_text("utf-8")
    assert old in text
    return PageWanted("kacper-wisniewski", PROFILE, text.replace(old, new, 1).encode(), **more)  # type: ignore[arg-type]


def coloured(png: bytes) -> list[tuple[int, int]]:
    """Where a picture has the colour of a mark."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    pixels = picture.load()
    return [(x, y) for y in range(0, picture.height, 3) for x in range(20, picture.width, 3) if pixels[x, y] == MARK]


@pytest.mark.whole
def test_what_is_written_is_drawn_and_marked(preview: Preview, school: Path) -> None:
    first = preview.drawn(school, (0, 0), "a", wanted(school))
    assert first is not None and first[0].document == "profile" and coloured(first[0].view.png) == []
    third = preview.drawn(school, (0, 0), "a", wanted(school, "Paper and pencils", "Newword and pencils"))
    assert third is not None and "Newword" in third[0].view.changed
    marks = coloured(third[0].view.png)
    assert marks and abs(marks[0][1] / 1160 - third[0].view.at) < 0.05
    assert preview.picture(third[1]) == third[0].view.png


@pytest.mark.whole
def test_what_does_not_fit_is_told_instead(preview: Preview, school: Path) -> None:
    with pytest.raises(FilesHaveErrors) as caught:
        preview.drawn(school, (0, 0), "b", PageWanted("kacper-wisniewski", PROFILE, b"date: 31 November 2026\n"))
    assert any("November has 30 days" in problem.message for problem in caught.value.problems)


@pytest.mark.whole
def test_an_overtaken_wish_is_dropped(preview: Preview, school: Path) -> None:
    results: dict[int, object] = {}
    preview.wishes.turn.acquire()

    def wish_for(number: int) -> None:
        results[number] = preview.drawn(school, (0, 0), "c", wanted(school))

    wishes = [threading.Thread(target=wish_for, args=(number,)) for number in range(4)]
    for number, wish in enumerate(wishes):
        wish.start()
        while preview.wishes.newest.get("c", 0) <= number:
            pass
    preview.wishes.turn.release()
    for wish in wishes:
        wish.join()
    assert [results[number] is not None for number in range(4)] == [False, False, False, True]


@pytest.mark.whole
def test_a_process_that_dies_is_started_again(preview: Preview, school: Path) -> None:
    preview.drawn(school, (0, 0), "d", wanted(school))
    preview.beside._process.kill()
    preview.beside._process.join()
    assert preview.drawn(school, (0, 0), "d", wanted(school)) is not None


@pytest.mark.whole
def test_beside_the_form_of_every_kind_that_has_a_document_is_its_page(example: Path) -> None:
    """In a browser test_every_page.py waits for those of two kinds."""
    page, without = opened(example, "senco"), set()
    place = page.client.application.extensions["sendpack"]
    try:
        kinds = {kind: path for kind, path in kinds_of(page).items() if path and kind not in DRAWN}
        for kind, path in kinds.items():
            page.record(path)
            if not page.root.xpath("//*[@id='preview']"):
                without.add(kind)
                continue
            page.post(f"{page.address}/preview", page.answers)
            pictures = page.root.xpath("//img/@src")
            assert page.status == 200 and len(pictures) == 1, (kind, page.status, page.text)
            drawn = place.preview.picture(Path(pictures[0]).stem)
            assert drawn is not None and coloured(drawn) == [] and drawn[:4] == b"\x89PNG", kind
    finally:
        closed(page)
    assert without == {"evidence", "log", "pupil", "school"} and len(kinds) > 9
