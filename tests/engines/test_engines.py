"""What every engine that can run here has to do with a realistic document, and how an engine is chosen."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from generator.engines import Docx, Engine, Failure, Pdf, choose
from generator.engines.docx import docx_contents
from generator.engines.pdf import finish_pdf, pdf_read_back, structure_tree, tag_repair
from generator.engines.rdocx import rdocx_engine
from generator.engines.rdocx.copy_for_engine import layout_rules
from generator.fonts import shipped_fonts
from tests import tagcheck, verapdf, word_files
from tests.engines.real_engines import REAL, converted, engine_called, text_of

PLAN = word_files.plan()


@pytest.fixture(scope="module", params=REAL)
def engine(request: pytest.FixtureRequest) -> Engine:
    return engine_called(request.param)


@pytest.fixture(scope="module")
def plan(engine: Engine) -> Pdf:
    return converted(engine, PLAN)


# --- the plan ---------------------------------------------------------------------------------------------------------


@pytest.mark.whole
def test_the_plan_has_its_pages_and_loses_no_word(plan: Pdf) -> None:
    assert plan.warnings == ()
    assert plan.pages == 4
    text = " ".join(text_of(plan))
    for words in ("Zoë O'Brien-", "Šmidt & Sons", "Zażółć gęślą jaźń", "Καλημέρα", *"☐☒☑✓🦕🚂😀"):
        assert words in text, words


@pytest.mark.whole
def test_the_pages_are_numbered_and_the_header_row_is_repeated(plan: Pdf) -> None:
    pages = [re.sub(r"\s+", " ", page) for page in text_of(plan)]
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"Page {number} ?of ?4", page), page
    assert [page.count("Outcome Who When") for page in pages[:2]] == [1, 1]


@pytest.mark.whole
def test_the_plan_conforms_to_pdf_ua(plan: Pdf, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(plan.content)
    assert verapdf.failures(file) == []
    with pikepdf.open(file) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_the_structure_is_sound_and_says_what_things_are(plan: Pdf, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(plan.content)
    tags = tagcheck.count(file)
    assert (tags.lost_contents, tags.lost_annotations, tags.wrong_parents) == (0, 0, 0)
    roles = tagcheck.roles(file)
    assert {"H1", "H2", "L", "LI", "Table", "TR", "TH", "TD", "Figure", "Link"} <= set(roles)
    assert roles.count("Link") == 2
    assert roles.count("Figure") == 1


def test_links_lead_where_they_should_and_say_so(plan: Pdf) -> None:
    with pikepdf.open(io.BytesIO(plan.content)) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        links.sort(key=lambda link: float(link.Rect[0]))
        assert [str(link.A.URI) for link in links] == ["https://www.example.org/send", "mailto:office@example.org"]
        assert [str(link.Contents) for link in links] == [
            "Go to https://www.example.org/send",
            "Write an email to office@example.org",
        ]
        assert all(page.Tabs == pikepdf.Name.S for page in pdf.pages if "/Annots" in page)


def test_title_and_language_are_set_and_shown(plan: Pdf) -> None:
    with pikepdf.open(io.BytesIO(plan.content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == word_files.TITLE
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == "en-GB"
        assert "/Suspects" not in pdf.Root.MarkInfo, "poppler complains where its default is written out"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == word_files.TITLE


def test_the_outline_holds_the_headings(plan: Pdf) -> None:
    with pikepdf.open(io.BytesIO(plan.content)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in _flat(outline.root)]
    assert titles == [word_files.TITLE, "What helps", "Provision", "The whole story", "Costs"]


def _flat(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _flat(item.children)


def test_only_shipped_fonts_are_in_the_pdf(plan: Pdf) -> None:
    with pikepdf.open(io.BytesIO(plan.content)) as pdf:
        names = {str(o["/FontName"]) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o}
    assert names
    families = tuple(family.replace(" ", "") for family in shipped_fonts.FACES)
    assert all(re.sub(r"^/([A-Z]{6}\+)?", "", name).startswith(families) for name in names), names


@pytest.mark.whole
def test_the_same_document_gives_the_same_bytes_in_another_run(plan: Pdf, engine: Engine) -> None:
    again = choose(engine.name)
    try:
        assert converted(again, PLAN) == plan
    finally:
        again.close()
    assert b"CreationDate" not in plan.content


@pytest.mark.whole
@pytest.mark.parametrize("family", ["Liberation Sans", "Arial"])
def test_fonts_of_the_same_name_on_the_machine_change_nothing(
    plan: Pdf, engine: Engine, family: str, tmp_path: Path
) -> None:
    """Another font that says it is Arial or Liberation Sans, wide as DejaVu, is in the user's font folder.

    A program of its own draws, as the built-in engine looks for the machine's fonts once.
    """
    if not sys.platform.startswith("linux"):
        pytest.skip("fonts are looked up by fontconfig on Linux only")
    _rename(shipped_fonts.folder() / "DejaVuSans.ttf", family, tmp_path / ".fonts" / f"{family} other.ttf")
    (tmp_path / "plan.docx").write_bytes(PLAN)
    homes = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    command = [sys.executable, "-c", _DRAW, engine.name, str(tmp_path)]
    subprocess.run(command, check=True, env={**os.environ, **homes}, cwd=Path(__file__).parents[2])
    assert (tmp_path / "plan.pdf").read_bytes() == plan.content


_DRAW = """
import pathlib, sys
from generator.engines import Docx, choose
if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[2])
    engine = choose(sys.argv[1])
    [made] = engine.convert([Docx("plan", (folder / "plan.docx").read_bytes())])
    engine.close()
    (folder / "plan.pdf").write_bytes(made.content)
"""


def _rename(source: Path, family: str, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    with TTFont(source) as font:
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6, 16):
                record.string = family if record.nameID != 6 else family.replace(" ", "")
        font.save(target)


@pytest.mark.whole
def test_one_bad_document_does_not_stop_the_others(engine: Engine) -> None:
    first, third = (word_files.paragraphs(words) for words in ("First", "Third"))
    documents = [Docx("a", first), Docx("b", b"garbage"), Docx("c", third)]
    results = list(engine.convert(documents))
    assert [(type(r), r.name) for r in results] == [(Pdf, "a"), (Failure, "b"), (Pdf, "c")]
    assert isinstance(results[1], Failure) and results[1].reason == "it is not a Word document (.docx)"


@pytest.mark.whole
def test_a_picture_without_words_is_told_and_nothing_is_claimed(engine: Engine) -> None:
    document = word_files.blank()
    word_files.add_picture(document, "")
    pdf = converted(engine, word_files.content(document))
    assert [warning for warning in pdf.warnings if "1 picture has no words" in warning]
    assert b"pdfuaid:part" not in pikepdf.open(io.BytesIO(pdf.content)).Root.Metadata.read_bytes()


@pytest.mark.whole
def test_a_box_around_a_paragraph_conforms(engine: Engine, tmp_path: Path) -> None:
    document = word_files.blank()
    document.add_paragraph("The child's own words", style="Intense Quote")
    file = tmp_path / "box.pdf"
    file.write_bytes(converted(engine, word_files.content(document)).content)
    assert verapdf.failures(file) == []


@pytest.mark.whole
def test_a_table_with_headings_in_its_first_column_says_so(tmp_path: Path) -> None:
    document = word_files.blank()
    table = word_files.add_table(document, [["Name", "Zoë"], ["Class", "3B"]])
    table.rows[0]._tr.trPr.clear()
    file = tmp_path / "pairs.pdf"
    with_engine = rdocx_engine.start()
    file.write_bytes(converted(with_engine, word_files.content(document)).content)
    assert [role for role in tagcheck.roles(file) if role in ("TH", "TD")] == ["TH", "TD", "TH", "TD"]
    assert verapdf.failures(file) == []


@pytest.mark.whole
def test_both_engines_give_the_same_words_in_the_same_order_on_as_many_pages() -> None:
    results = [converted(engine_called(name), PLAN) for name in REAL]
    edges = r"Hill View Primary School \(invented\)|Page \d ?\s*of ?\s*\d|Outcome\s+Who\s+When"
    texts = [re.sub(edges, "", " ".join(text_of(result))) for result in results]
    words = [re.findall(r"\w+|[☐☒☑✓🦕🚂😀]", text) for text in texts]
    assert words[0] == words[1]
    assert results[0].pages == results[1].pages


# --- reading back -----------------------------------------------------------------------------------------------------


@pytest.mark.whole
def test_words_that_are_not_in_the_pdf_are_named() -> None:
    pdf = converted(rdocx_engine.start(), word_files.paragraphs("present and correct"))
    result = pdf_read_back.checked("x", pdf.content, "present and correct, not absent ☑", ())
    assert isinstance(result, Pdf)
    assert result.warnings == ("3 of the 6 words of the document cannot be found in the PDF: not, absent, ☑",)


def test_hyphens_ligatures_and_line_ends_are_no_missing_words() -> None:
    assert (
        pdf_read_back.missing_words("O'Brien-Šmidt finds co-operation", "O'Brien-\nŠmidt ﬁnds co\ufffe-operation") == []
    )
    assert pdf_read_back.missing_words("one one", "one") == ["one"]


def test_words_that_run_from_the_right_are_looked_for_by_their_letters() -> None:
    """Joined letters are drawn in pieces, and names and figures on their line may be read back from the end."""
    assert pdf_read_back.missing_words("تاریخ Ada 2W", "خ ت ا یر W2 adA") == []
    assert pdf_read_back.missing_words("تاریخ Ada", "تاریخ") == ["ada"]
    assert pdf_read_back.missing_words("تاریخ نام", "تاریخ") == ["نام"]


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\nrubbish"])
def test_what_is_no_pdf_is_a_failure(content: bytes) -> None:
    assert isinstance(pdf_read_back.checked("x", content, "", ()), Failure)


# --- choosing ---------------------------------------------------------------------------------------------------------


# --- what the embedded engine would do badly --------------------------------------------------------------------------


@pytest.mark.whole
@pytest.mark.parametrize("lines", [31, 32, 33, 34])
def test_no_header_row_stands_alone_at_the_foot_of_a_page(lines: int) -> None:
    """The second row is too high for what is left of the page, so heading, header row and it move on together."""
    document = word_files.blank()
    for number in range(lines):
        document.add_paragraph(f"Line {number}").paragraph_format.space_after = 0
    document.add_heading("What we do", 1)
    word_files.add_table(document, [["What", "Who"], ["many words " * 60, "Ms Green"], ["more", "Mr Blue"]])
    pages = text_of(converted(rdocx_engine.start(), word_files.content(document)))
    assert ["What we do" in page for page in pages] == ["many words" in page for page in pages]


@pytest.mark.whole
@pytest.mark.parametrize("lines", [31, 32, 33, 34, 35])
def test_no_heading_is_parted_from_the_table_under_it(lines: int) -> None:
    """A table without a header row whose first row is too high for what is left of the page takes its heading along."""
    document = word_files.blank()
    for number in range(lines):
        document.add_paragraph(f"Line {number}").paragraph_format.space_after = 0
    document.add_heading("What we do", 1)
    table = word_files.add_table(document, [["What", "Who"], ["many words " * 60, "Ms Green"], ["more", "Mr Blue"]])
    table._tbl.remove(table.rows[0]._tr)
    pages = text_of(converted(rdocx_engine.start(), word_files.content(document)))
    assert ["What we do" in page for page in pages] == ["many words" in page for page in pages]


@pytest.mark.whole
def test_a_table_is_moved_on_alike_in_the_open_document_and_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    document = word_files.blank()
    for number in range(32):
        document.add_paragraph(f"Line {number}").paragraph_format.space_after = 0
    document.add_heading("What we do", 1)
    word_files.add_table(document, [["What", "Who"], ["many words " * 60, "Ms Green"]])
    content, places = word_files.content(document), []
    place = layout_rules.place_in_body

    def noted(paragraph: Any) -> int | None:
        places.append(place(paragraph))
        return places[-1]

    monkeypatch.setattr(layout_rules, "place_in_body", noted)
    quick = rdocx_engine.start().here(Docx("plan", content))
    monkeypatch.setattr(layout_rules, "place_in_body", lambda paragraph: None)
    assert places == [32]
    assert isinstance(quick, Pdf) and rdocx_engine.start().here(Docx("plan", content)) == quick


def test_where_a_paragraph_stands_is_said_only_where_both_count_alike() -> None:
    body = etree.fromstring(f'<w:body xmlns:w="{docx_contents.W[1:-1]}"><w:p><w:pPr/><w:r/></w:p><w:tbl/></w:body>')
    assert layout_rules.place_in_body(body[0]) == 0
    body.insert(0, etree.Element(docx_contents.W + "sdt"))  # a content control may hold paragraphs
    assert layout_rules.place_in_body(body[1]) is None


@pytest.mark.parametrize(
    ("written", "marked"),
    [
        (b"0.5 w\n1 2 m\n3 4 l\nS\n", b"0.5 w\n/Artifact BMC\n1 2 m\n3 4 l\nS\nEMC\n"),
        (b"q 1 2 3 4 re W* n /Im1 Do Q", None),
        (b"/P <</MCID 0>> BDC 1 2 3 4 re f EMC", b"/P <</MCID 0>> BDC 1 2 3 4 re f EMC"),
        (b"/P <</MCID 0>> BDC (1 2 m EMC \\) S) Tj 1 2 3 4 re f EMC", b""),
        (b"/P <</MCID 0>> BDC <454d43> Tj EMC /EMC gs 1 2 3 4 re f*", None),
    ],
)
def test_what_is_drawn_outside_the_structure_is_marked_as_decoration(written: bytes, marked: bytes | None) -> None:
    found = tag_repair.decorated(written)
    if marked is None:
        assert found.count(b"/Artifact BMC") == len(re.findall(rb"Do|re", written))
        assert re.sub(rb"/Artifact BMC\n|\nEMC(?=\s|$)", b"", found) == written
    else:
        assert found == (marked or written)


def test_an_empty_draft_is_no_pdf() -> None:
    with pytest.raises(pikepdf.PdfError, match="empty"):
        finish_pdf.UnmendedPdf(b"")


def test_a_header_row_is_read_out_once_however_often_it_is_drawn(plan: Pdf, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(plan.content)) as pdf:
        rows = [node for node in structure_tree.read(pdf).walk() if node.role == "TR"]
        assert rows and all(len(set(row.pages())) == 1 for row in rows)


@pytest.mark.whole
def test_headings_in_the_pdf_begin_at_level_1_and_leave_none_out(engine: Engine, tmp_path: Path) -> None:
    document = word_files.blank()
    for level in (2, 4, 4, 2, 1, 3):
        document.add_heading(f"Level {level}", level)
        document.add_paragraph("Words.")
    file = tmp_path / "levels.pdf"
    file.write_bytes(converted(engine, word_files.content(document)).content)
    assert [role for role in tagcheck.roles(file) if role.startswith("H")] == ["H1", "H2", "H2", "H1", "H1", "H2"]
    assert verapdf.failures(file) == []


@pytest.mark.whole
def test_a_line_end_inside_a_run_is_a_space(engine: Engine) -> None:
    pdf = converted(engine, word_files.with_parts(word_files.paragraphs("x"), {"word/document.xml": _LINES}))
    assert [page.strip() for page in text_of(pdf)] == ["one two"]


_LINES = word_files.part(word_files.paragraphs("one LINE two"), "word/document.xml").replace(b" LINE ", b"\n")
