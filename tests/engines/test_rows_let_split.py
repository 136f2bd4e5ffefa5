"""Rows that LibreOffice leaves out of a table are seen by their empty tags, and drawn by letting rows split."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement

from generator.documents.catalogue import documents
from generator.engines import Docx, Draft, Failure, Pdf, before_and_after
from generator.engines.docx.copy_prepared.rows_let_split import let_split
from generator.values.notice import losses
from generator.word_files.docx_package import unpacked
from tests.documents.test_new_documents import desk_of
from tests.engines.real_engines import converted, engine_called
from tests.example_school import copy_school

ZOE = "zoe-obrien-smidt"


def with_table(*rows: str) -> bytes:
    """A document with two tables of rows that may not split, the second with these."""
    made = Document()
    for texts in (("before",), rows):
        table = made.add_table(0, 2)
        for text in texts:
            cells = table.add_row().cells
            cells[0].text = text
            table.rows[-1]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        made.add_paragraph("between")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def kept_whole(word: bytes | None) -> int:
    """How many rows may not split."""
    assert word is not None
    return unpacked(word)["word/document.xml"].count(b"<w:cantSplit")


def test_rows_may_split_in_the_table_that_lost_some_and_in_no_other() -> None:
    word = with_table("Help", "Teacher", "")
    assert kept_whole(word) == 4
    assert kept_whole(let_split(word, {1: 2}, 2)) == 1  # two rows show nothing, and one has nothing to show
    assert let_split(word, {1: 1}, 2) is None
    assert let_split(word, {1: 2}, 3) is None, "another number of tables: nobody can tell which is meant"
    split = let_split(word, {1: 2}, 2)
    assert split is not None and let_split(split, {1: 2}, 2) is None


@pytest.mark.parametrize("foreign", [False, True])
def test_a_pdf_that_lacks_rows_is_drawn_again(foreign: bool) -> None:
    whole, lacking = with_table("Help", "Teacher", "Often"), with_table("Help", "", "")
    ready = before_and_after.ready(Docx("x", whole))
    assert not isinstance(ready, Failure)
    for drawn, again in ((whole, False), (lacking, True)):
        content = converted(engine_called("embedded"), drawn).content
        made, better = before_and_after.draft_or_again(Docx("x", whole, foreign=foreign), content, ready, "test")
        assert isinstance(made, Draft) and (better is not None) is again
        assert better is None or kept_whole(better.content) == 1


@pytest.mark.whole
def test_a_plan_of_fifteen_outcomes_loses_no_row_on_libreoffice(tmp_path: Path) -> None:
    """Two of three rows of its support were gone, without a sign but the words that were missed."""
    school = copy_school(tmp_path, ZOE)
    plan, pupil = (school / "cases" / ZOE / f"{name}.yaml" for name in ("plan", "pupil"))
    text = plan.read_text("utf-8")
    outcomes = re.search(r"^outcomes:\n((  - id: (\S+)\n.*?)(?=^  - id: ).*?)(?=^\S)", text, re.MULTILINE | re.DOTALL)
    assert outcomes
    one = outcomes[2].replace("text: By", "text: By 24 June 2027 By", 1)
    more = "".join(one.replace(outcomes[3], f"another-{number}", 1) for number in range(12))
    plan.write_text(text.replace(outcomes[1], outcomes[1] + more, 1), "utf-8")
    long = {"forenames": "Zoë-Maria-Theodora-Anastasia-Wilhelmina-Charlotte",
            "legal_surname": "O'Brien-Šmidt-Featherstonehaugh-Cholmondeley-Smythe"}  # fmt: skip
    said = pupil.read_text("utf-8")
    for key, name in long.items():
        said = re.sub(rf"^{key}:.*$", f"{key}: {name}", said, flags=re.MULTILINE)
    pupil.write_text(re.sub(r"^known_as.*\n", "", said, flags=re.MULTILINE), "utf-8")
    desk = desk_of(school, ZOE)
    [short] = documents(desk.case, desk.pack, ("short-plan",))
    made = converted(engine_called("libreoffice"), desk.write(short))
    assert isinstance(made, Pdf) and losses(made.warnings) == []
