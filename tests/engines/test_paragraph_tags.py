"""The built-in engine for everyone: long words break, lists in cells are lists, lines to write on are decoration."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from generator.documents.templates.render import load_template, render
from generator.engines import Docx, Engine, Pdf, choose
from templates.source.vocabulary import bullets, para, table, write_lines
from tests.documents.test_templates import HOUSE, around, write_template
from tests.verapdf import failures_of

ADDRESS = "senco.office.larkfieldcommunityschool@larkfieldcommunityschool.example"
NAME = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return choose("embedded")


@pytest.fixture(scope="module")
def drawn(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    body = "".join(
        [
            para("Questions"),
            write_lines(3),
            para("Who helped: \t", "WriteHere"),
            table("row in rows", ("A", 1, "{{ row }}"), ("B", 3, [bullets("one in rows", style="TableBullet")])),
            para("{{ rows | join('') }}{{ rows | join('') }}"),
        ]
    )
    word = render(
        load_template(write_template(tmp_path_factory.mktemp("word"), body), HOUSE), around(rows=[ADDRESS, NAME])
    )
    [made] = engine.convert([Docx("paper", word)])
    assert isinstance(made, Pdf) and not made.warnings
    return made


def roles(pdf: pikepdf.Pdf) -> list[tuple[str, str]]:
    """Every element's role with its parent's."""
    element = pikepdf.Name.StructElem
    made = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == element]
    return [(str(one.S), str(one.P.get("/S", ""))) for one in made if "/P" in one]


def test_words_and_addresses_stay_on_the_page_and_in_their_cell(drawn: Pdf) -> None:
    page = pypdfium2.PdfDocument(drawn.content)[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(n) for n in range(text.count_chars())]
    assert max(right for _, _, right, _ in boxes) <= 595 - 56, "nothing runs off the page"
    written = text.get_text_range()
    assert "\u200b" not in written and NAME[:30] in written.replace("\r\n", "")
    assert ADDRESS[:20] in written


def test_lists_in_cells_are_lists(drawn: Pdf) -> None:
    found = roles(pikepdf.open(io.BytesIO(drawn.content)))
    assert found.count(("/L", "/TD")) == 2
    assert found.count(("/LI", "/L")) == 4 and found.count(("/P", "/LBody")) == 4


@pytest.mark.whole
def test_lines_to_write_on_are_decoration_and_a_labelled_one_is_read(drawn: Pdf, tmp_path: Path) -> None:
    pdf = pikepdf.open(io.BytesIO(drawn.content))
    texts = [role for role, parent in roles(pdf) if role == "/P" and parent == "/Document"]
    assert len(texts) == 3, "Questions, Who helped, the long line"
    content = pdf.pages[0].Contents.read_bytes()
    assert content.count(b"/Artifact BMC") >= 3
    file = tmp_path / "paper.pdf"
    file.write_bytes(drawn.content)
    assert failures_of([file]) == [[]]
