"""What controls, Google Docs and a typist's keyboard leave in a school's own template, and edges of its own."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from generator.documents.templates.checking.check_template import check_template
from generator.engines import Docx, Pdf, choose
from generator.folder.school_folder import BUILT_IN
from generator.word_files.docx_package import W
from tests.documents.test_word_features import body, lines
from tests.raw_word import NAMESPACES, cell, page, para, row, run, table, word

HOUSE = BUILT_IN / "templates" / "standard" / "house.docx"


def control(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def test_a_control_around_rows_does_not_cost_the_table_its_rows(tmp_path: Path) -> None:
    begin, end = (row(cell(para(f"{{%tr {word} %}}"))) for word in ("for n in needs", "endfor"))
    inner = control(row(cell(para("{{ n.title }}"))))
    for rows in (begin + inner + end, begin + control(inner) + end, control(begin) + inner + control(end)):
        root = body(tmp_path, table(rows, columns=1) + para("end"))
        assert lines(root) == ["Reading", "Writing", "Sums", "end"]
        assert len(root.findall(f".//{W}tbl/{W}tr")) == 3


def test_a_control_that_holds_half_a_loop_is_no_place_where_it_ends(tmp_path: Path) -> None:
    half = control(para("{%p for n in needs %}")) + para("{{ n.title }}") + para("{%p endfor %}") + para("end")
    assert lines(body(tmp_path, half)) == ["Reading", "Writing", "Sums", "end"]
    whole = control(para("{% if yes %}{{ facts.full_name }}{% endif %}"))
    assert len(body(tmp_path, whole).findall(f".//{W}sdt")) == 1


def test_the_day_that_a_date_control_was_set_to_is_not_given_out(tmp_path: Path) -> None:
    date_control = '<w:date w:fullDate="2020-01-01T00:00:00Z"><w:dateFormat w:val="dd/MM/yyyy"/></w:date>'
    root = body(tmp_path, f"<w:p>{control(run('{{ document.date }}'), date_control)}</w:p>")
    assert lines(root) == ["1 March 2026"] and "2020" not in etree.tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    ("tag", "printed"),
    [("{% if facts.full_name == „Ada Brown“ %}yes{% endif %}", "yes"), ("{%– if yes –%} a {%— endif %}", "a")],
)
def test_what_word_makes_of_quotes_and_dashes_in_a_tag_is_read(tmp_path: Path, tag: str, printed: str) -> None:
    assert lines(body(tmp_path, para(tag))) == [printed]


def test_a_text_from_google_docs_is_read_once_from_the_pdf() -> None:
    left_to_right = '<w:rtl w:val="0"/>'
    content = word(para(run("One ", left_to_right), run("two three", left_to_right)))
    [made] = choose("embedded").convert([Docx("google", content)])
    assert isinstance(made, Pdf)
    assert pypdfium2.PdfDocument(made.content)[0].get_textpage().get_text_bounded().strip() == "One two three"


# -- what the check says ----------------------------------------------------------------------------------------------


def advice(folder: Path, content: bytes) -> list[str]:
    (folder / "own.docx").write_bytes(content)
    return [str(problem) for problem in check_template(folder / "own.docx", HOUSE, "own.docx")]


@pytest.mark.parametrize("kind", ["header", "footer"])
def test_an_edge_of_its_own_that_the_house_s_replaces_is_told(kind: str, tmp_path: Path) -> None:
    tag = "hdr" if kind == "header" else "ftr"
    edge = f"<w:{tag} {NAMESPACES}>{para('Oak House, class 4')}</w:{tag}>"
    empty = f"<w:{tag} {NAMESPACES}>{para('')}</w:{tag}>"
    section = page(head=f'<w:{kind}Reference w:type="default" r:id="rE"/>')

    def told(part: str) -> list[str]:
        members, links = {f"word/{kind}1.xml": part}, {"rE": (kind, f"{kind}1.xml")}
        return [one for one in advice(tmp_path, word(para("x"), members, links, section=section)) if kind in one]

    assert told(empty) == []
    [said] = told(edge)
    assert f"its own {kind} is not printed: every document has that of house.docx" in said


@pytest.mark.parametrize(("inside", "tags"), [("<p>Words</p>", False), ("<p>{{ facts.full_name }}</p>", True)])
def test_text_that_a_program_put_in_as_a_file_is_told(inside: str, tags: bool, tmp_path: Path) -> None:
    members, links = {"word/a.html": f"<html>{inside}</html>"}, {"rA": ("aFChunk", "a.html")}
    [said] = [one for one in advice(tmp_path, word('<w:altChunk r:id="rA"/>', members, links)) if "put text" in one]
    assert ("the tags in that are not filled" in said) is tags
