"""A template of a school's own that asks for far more than any document is drawn with limits; all others as ever."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.engines import Docx, Failure, Pdf, choose, drafts, sketch
from generator.engines.rdocx import drawn_in_child
from generator.engines.rdocx.unusual_size import asks_much
from generator.files.programs_beside.limited_child import within_memory
from tests.engines.test_drawn_in_child import GREEDY, most_memory_of_a_child, packed
from tests.raw_word import cell, para, row, run, table, word

TEMPLATES = Path(__file__).parents[2] / "templates"

UNUSUAL: dict[str, Callable[[], str]] = {
    **GREEDY,
    "a sheet of two centimetres": lambda: para("a") + '<w:sectPr><w:pgSz w:w="1134" w:h="1134"/></w:sectPr>',
    "margins that leave no room": lambda: (
        para("a") + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="8000" w:bottom="8000"/></w:sectPr>'
    ),
    "a row as high as two pages": lambda: table(row(cell(para("x"))).replace("<w:tr>", "<w:tr><w:trPr><w:trHeight "
                                                    'w:val="31680"/></w:trPr>')),
    "a distance of metres": lambda: para("a", properties='<w:spacing w:before="31680"/>'),
    "a distance of metres before another": lambda: para(
        "a", properties='<w:spacing w:before="30000000" w:line="240" w:after="0"/>'
    ),
    "an indent before another": lambda: para("a", properties='<w:ind w:left="11000" w:firstLine="0" w:right="0"/>'),
    "an indent beyond the page": lambda: para("a", properties='<w:ind w:left="11000"/>'),
}  # fmt: skip


@pytest.mark.whole
@pytest.mark.parametrize("what", UNUSUAL)
def test_what_asks_for_far_more_is_known_before_it_is_drawn(what: str) -> None:
    assert asks_much(packed(word(UNUSUAL[what]())))


def test_no_template_of_ours_is_unusual_and_no_broken_file() -> None:
    templates = sorted(TEMPLATES.rglob("*.docx"))
    assert len(templates) > 20
    assert not [one.name for one in templates if asks_much(one.read_bytes())]
    assert not asks_much(b"PK no archive")


@pytest.mark.whole
@pytest.mark.skipif(sys.platform != "linux", reason="the memory that a child took is known on Linux alone")
def test_the_run_goes_on_when_a_template_asks_for_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = drawn_in_child.drawn
    monkeypatch.setattr(drawn_in_child, "drawn", lambda document: drawn(document, 300, 20))
    greedy = Docx("own", packed(word(GREEDY["letters as high as a house"]())))
    plain = Docx("plain", word(para("Words")))
    with most_memory_of_a_child() as most:
        first, second = choose("embedded").convert([greedy, plain])
        [draft], sketched = drafts(choose("embedded"), [greedy]), sketch(greedy)
    assert isinstance(second, Pdf)
    for failed in (first, draft, sketched):
        assert isinstance(failed, Failure)
        assert failed.reason.startswith("to lay it out takes more than 300 MB of memory or 20 seconds of work")
    assert 20 * 1024 < max(most) < 310 * 1024


@pytest.mark.whole
def test_an_unusual_one_that_can_be_drawn_is_drawn_as_it_is_here() -> None:
    document = Docx("own", word(para(run("High", '<w:sz w:val="400"/>'))))
    assert asks_much(document.content)
    [made], [draft] = choose("embedded").convert([document]), drafts(choose("embedded"), [document])
    assert made == choose("embedded").here(document)  # type: ignore[attr-defined]
    assert not isinstance(draft, Failure) and draft.finish() == made and draft.pages == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit a program from outside")
def test_a_program_that_is_not_ours_is_kept_within_its_memory() -> None:
    for megabytes, ends_well in ((50, True), (600, False)):
        code = f"x = bytearray({megabytes} * 1024 * 1024)"
        command = within_memory([sys.executable, "-c", code], 400)
        assert (subprocess.run(command, capture_output=True, check=False).returncode == 0) is ends_well
