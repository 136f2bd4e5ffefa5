"""Word templates: what a school may write into them, what they say when it is wrong, what the standard ones print."""

# ruff: noqa: E501 - small XML and YAML texts read best on one line

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import docxtpl
import pytest
from docx import Document as read_docx
from lxml import etree
from PIL import Image

from generator.documents.templates.jinja_tags import JINJA
from generator.documents.templates.list_ends import keep_ends_together
from generator.documents.templates.render import load_template, read_picture, render
from generator.documents.templates.table_shape import shape_tables
from generator.problems import FilesHaveErrors
from generator.records.field_view import UnknownField
from generator.word_files.docx_package import W, parse, read_package, serialize
from templates.source.house import TEXT_WIDTH
from templates.source.vocabulary import each, para, table, when
from tests.documents.merged_templates import (
    HOUSE,
    around,
    body_of,
    merged,
    paragraphs,
    photo,
    text_of,
    write_template,
)
from tests.documents.test_template_mistakes import changed, failure, pupil

# -- small things -----------------------------------------------------------------------------------------------------


# -- values -----------------------------------------------------------------------------------------------------------


def test_values_print_as_people_write_them(tmp_path: Path) -> None:
    body = para(
        "{{ day }}|{{ day | short_date }}|{{ cost | money }}|{{ share | percent }}|{{ agreed }}|{{ nothing }}|{{ hours }}"
    )
    docx = merged(
        tmp_path,
        body,
        day=date(2026, 3, 1),
        cost=Decimal("1662.5"),
        share=Decimal("92.50"),
        agreed=True,
        nothing=None,
        hours=Decimal("2.50"),
    )  # fmt: skip
    assert paragraphs(docx)[0] == "1 March 2026|1 Mar 2026|£1,662.50|92.5%|Yes||2.5"


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ ['Ada', 'Ben', 'Cy'] | and_list }}", "Ada, Ben and Cy"),
        ("{{ ['Ada'] | and_list }}", "Ada"),
        ("{{ 'James' | possessive }}", "James’s"),
        ("{{ born | age_at(day) }}", "7"),
        ("{{ none | default_text('not yet') }}", "not yet"),
        ("{{ true | tick }} {{ false | tick }}", "☒ ☐"),
        ("{{ 'sensory_and_physical' | label }}", "Sensory and/or physical"),
        ("{{ 'wet_ink' | label }}", "On paper"),
        ("{{ 'parents_views' | label }}", "Parents’ views"),
        ("{{ '1 High Street,\\nNorthmoor\\n' | address }}", "1 High Street, Northmoor"),
        ("{{ cost | money }}", "£5.47"),
        ("{{ 'a talk with his mum.' | no_stop }}. Made by", "a talk with his mum. Made by"),
        ("{{ 'and so on ...' | no_stop }}", "and so on ..."),
    ],
)
def test_filters(source: str, printed: str) -> None:
    given = {"born": date(2018, 3, 2), "day": date(2026, 3, 1), "cost": Decimal("5.465")}
    assert JINJA.from_string(source).render(given) == printed


AWKWARD = 'Zoë O\'Brien-Šmidt & Sons <b>bold</b> "quoted" 👩‍🏫 100 % {{ not a tag }} {% nor this %} a\x0bb\x07c'


def test_awkward_text_arrives_whole(tmp_path: Path) -> None:
    docx = merged(tmp_path, para("[{{ text }}]"), text=AWKWARD.replace("\x07", ""))
    assert text_of(docx).startswith(f"[{AWKWARD}]".replace("\x0b", "\n").replace("\x07", ""))
    assert read_docx(io.BytesIO(docx)).paragraphs


TYPED = """\
Ada reads best in the morning, sitting
near the board with Mrs Begum.

What helps:
- one thing at a
  time
• a quiet place
1. Say it
2. Show it

Day\tWords
3 May\t74
"""
"""As people type in an editor: lines wrapped by hand, a list, a pasted bullet, numbers, a pasted table."""


def test_text_wrapped_by_hand_flows_and_lists_are_lists(tmp_path: Path) -> None:
    docx = merged(tmp_path, para("{{ text }}"), text=TYPED)
    assert paragraphs(docx)[:9] == [
        "Ada reads best in the morning, sitting near the board with Mrs Begum.",
        "What helps:", "one thing at a time", "a quiet place", "1. Say it", "2. Show it", "Day · Words", "3 May · 74",
    ][:9]  # fmt: skip
    styles = [style.get(f"{W}val") for style in body_of(docx).iter(f"{W}pStyle")]
    assert styles == ["ListBullet", "ListBullet"]


@pytest.mark.parametrize(
    ("style", "listed", "first"),
    [("TableText", "TableBullet", "a"), ("LargeText", "LargeBullet", "a"), ("OwnWords", "OwnWords", "• a")],
)
def test_a_list_takes_the_list_style_that_goes_with_its_text(
    tmp_path: Path, style: str, listed: str, first: str
) -> None:
    docx = merged(tmp_path, para("{{ text }}", style), text="Two:\n- a\n- b")
    assert [s.get(f"{W}val") for s in body_of(docx).iter(f"{W}pStyle")] == [style, listed, listed]
    assert paragraphs(docx)[1] == first


def test_an_empty_column_is_not_printed_and_no_table_is_a_heading_row_alone(tmp_path: Path) -> None:
    body = table("row in rows", ("A", 1, "{{ row.a }}"), ("B", 2, "{{ row.b }}"), ("C", 1, "{{ row.c }}")) + para("End")
    rows = [{"a": "1", "b": None, "c": "x"}, {"a": "2", "b": None, "c": None}]
    shown = body_of(merged(tmp_path, body, rows=rows))
    assert [["".join(c.itertext()) for c in r.iter(f"{W}tc")] for r in shown.iter(f"{W}tr")] == [
        ["A", "C"], ["1", "x"], ["2", ""]
    ]  # fmt: skip
    widths = [int(column.get(f"{W}w", "0")) for column in shown.iter(f"{W}gridCol")]
    assert sum(widths) == TEXT_WIDTH and all(
        [int(w.get(f"{W}w", "0")) for w in r.iter(f"{W}tcW")] == widths for r in shown.iter(f"{W}tr")
    )
    empty = body_of(merged(tmp_path, body, rows=[]))
    assert not list(empty.iter(f"{W}tbl")) and not [p for p in empty.iter(f"{W}p") if not "".join(p.itertext())]


def test_an_invisible_character_is_not_a_broken_document(tmp_path: Path) -> None:
    assert paragraphs(merged(tmp_path, para("{{ text }}"), text="a\x00b\x1fc\ud800d"))[0] == "abcd"


# -- mistakes in a template -------------------------------------------------------------------------------------------


# -- fields -----------------------------------------------------------------------------------------------------------


def test_fields_know_what_the_schema_declares() -> None:
    ada = pupil(forenames="Ada", needs=[{"id": "n1", "title": "Reading"}])
    assert ada.forenames == ada["forenames"] == "Ada"
    assert ada.preferred_name is None
    assert ada.agencies == []
    assert not ada.gp and ada.gp.surgery is None
    assert [need.title for need in ada.needs] == ["Reading"] and ada.needs[0].diagnosis.name is None
    assert ada.address is None, "text that may be written as not_known is absent text"
    with pytest.raises(UnknownField, match="did you mean 'forenames'"):
        _ = ada.fornames


# -- the same document as docxtpl, and the same bytes -----------------------------------------------------------------


def test_the_merged_xml_is_that_of_docxtpl(tmp_path: Path) -> None:
    body = "".join(
        [
            para("Dear {{ name }}, **{{ name }}**"),
            each("row in rows", para("{{ row.a }}", "ListBullet")),
            when("rows", para("some"), otherwise=[para("none")]),
            table("row in rows", ("A", 1, "{{ row.a }}"), ("B", 2, "{{ row.b }}")),
            para("The end: after a last table we make the paragraph flat, which docxtpl does not.", "Heading1"),
        ]
    )
    path = write_template(tmp_path, body)
    context = around(name="A & <B>", rows=[{"a": "1", "b": "x\n\ny"}, {"a": "2", "b": "z"}])
    theirs, saved = docxtpl.DocxTemplate(path), io.BytesIO()
    theirs.render(context, JINJA, autoescape=True)
    theirs.save(saved)
    expected = read_package(saved.getvalue()).parts
    ours = read_package(render(load_template(path, None), context)).parts

    def canonical(xml: bytes) -> bytes:
        return bytes(etree.tostring(parse(xml), method="c14n", exclusive=True))

    merged_parts = [name for name in ours if name.startswith(("word/document", "word/header", "word/footer"))]
    assert len(merged_parts) == 5
    for name in merged_parts:
        theirs_shaped = parse(expected[name])
        shape_tables(theirs_shaped)
        if name == "word/document.xml":
            keep_ends_together(theirs_shaped)
        assert canonical(ours[name]) == canonical(serialize(theirs_shaped)), name


def test_one_template_renders_many_pupils_and_the_same_pupil_to_the_same_bytes(tmp_path: Path) -> None:
    template = load_template(write_template(tmp_path, para("{{ facts.full_name }}")), HOUSE)
    first = render(template, around())
    assert "Ben" in text_of(render(template, around(facts={"full_name": "Ben"})))
    assert render(template, around()) == first


def test_properties_tell_the_title_with_child_and_day_the_school_and_nothing_else(tmp_path: Path) -> None:
    parts = read_package(merged(tmp_path, para("x"))).parts
    core = parts["docProps/core.xml"].decode()
    assert (
        "<dc:title>A title, Ada Brown, 1 March 2026</dc:title>" in core and "<dc:creator>Larkfield</dc:creator>" in core
    )
    assert "2026-03-01T00:00:00Z" in core and "en-GB" in core
    assert "docProps/app.xml" not in parts and "docProps/custom.xml" not in parts


# -- house style ------------------------------------------------------------------------------------------------------


def test_a_school_brands_every_document_by_editing_one_file(tmp_path: Path) -> None:
    house = tmp_path / "house.docx"
    house.write_bytes(HOUSE.read_bytes())
    changed(house, {"word/styles.xml": ('w:fill="E6F0F1"', 'w:fill="FFEECC"')})
    changed(house, {"word/header1.xml": ("{{ school.name | one_line }}", "Proud of {{ school.name }}")})
    changed(house, {"word/document.xml": ('w:left="1134"', 'w:left="1000"')})
    docx = read_package(render(load_template(write_template(tmp_path, para("x")), house), around()))
    assert b'w:fill="FFEECC"' in docx.parts["word/house-styles.xml"]
    assert b"Proud of Larkfield" in docx.parts["word/house-header1.xml"]
    assert b'w:left="1000"' in docx.parts["word/document.xml"]
    assert not any(name in docx.parts for name in ("word/styles.xml", "word/header1.xml")), (
        "the template's own are gone"
    )


def test_a_style_of_the_template_that_the_house_lacks_comes_along(tmp_path: Path) -> None:
    path = write_template(tmp_path, para("x", "SchoolMotto") + para("y", "Heading1"))
    motto = '<w:style w:type="paragraph" w:styleId="SchoolMotto"><w:name w:val="School Motto"/><w:basedOn w:val="Normal"/></w:style>'
    changed(path, {"word/styles.xml": ("</w:styles>", motto + "</w:styles>")})
    changed(path, {"word/styles.xml": ('w:styleId="Heading1"', 'w:styleId="berschrift1"')})
    changed(path, {"word/document.xml": ('w:val="Heading1"', 'w:val="berschrift1"')})
    docx = render(load_template(path, HOUSE), around())
    assert b"School Motto" in read_package(docx).parts["word/house-styles.xml"]
    assert [s.get(f"{W}val") for s in body_of(docx).iter(f"{W}pStyle")] == ["SchoolMotto", "Heading1"]


def test_a_logo_in_the_house_header_comes_along(tmp_path: Path) -> None:
    logo = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(logo, "PNG")
    house = read_docx(str(HOUSE))
    house.sections[0].header.paragraphs[0].add_run().add_picture(logo)
    house.save(str(tmp_path / "house.docx"))
    docx = render(load_template(write_template(tmp_path, para("x")), tmp_path / "house.docx"), around())
    header = read_docx(io.BytesIO(docx)).sections[0].header
    assert [rel.target_part.blob for rel in header.part.rels.values()] == [logo.getvalue()]


def test_a_list_that_the_template_made_itself_keeps_its_numbers(tmp_path: Path) -> None:
    own = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    docx = render(load_template(write_template(tmp_path, para("x", more=own)), HOUSE), around())
    number = next(body_of(docx).iter(f"{W}numId")).get(f"{W}val")
    numbering = parse(read_package(docx).parts["word/house-numbering.xml"])
    assert number == "1002" and number in [num.get(f"{W}numId") for num in numbering.iter(f"{W}num")]
    tags = [child.tag for child in numbering]
    assert tags == sorted(tags), "Word wants every abstractNum before the first num"


# -- pictures and links -----------------------------------------------------------------------------------------------


def test_a_photo_is_upright_small_and_says_what_it_shows(tmp_path: Path) -> None:
    picture = read_picture(photo(), 'Ada & her rabbit "Biscuit"', "cases/ada/photo.jpg")
    assert (picture.width, picture.height) == (800, 1200)
    assert b"SecretPhone" not in picture.content
    docx = merged(tmp_path, para("{{ facts.photo | photo(4, 5) }}") * 2, facts={"full_name": "Ada", "photo": picture})
    drawings = list(body_of(docx).iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"))
    assert [d.get("descr") for d in drawings] == ['Ada & her rabbit "Biscuit"'] * 2
    assert len({d.get("id") for d in drawings}) == 2
    shapes = read_docx(io.BytesIO(docx)).inline_shapes
    assert round(shapes[0].height.cm, 1) == 5.0 and round(shapes[0].width.cm, 1) == 3.3
    assert [name for name in read_package(docx).parts if "media" in name] == ["word/media/picture1.jpg"]


def test_no_photo_prints_nothing(tmp_path: Path) -> None:
    assert (
        paragraphs(merged(tmp_path, para("[{{ facts.photo | photo }}]"), facts={"full_name": "", "photo": None}))[0]
        == "[]"
    )


def test_a_file_that_is_no_picture_is_refused_by_name() -> None:
    with pytest.raises(FilesHaveErrors, match=r"cases/ada/photo\.jpg cannot be read as a picture"):
        read_picture(b"%PDF-1.7", "x", "cases/ada/photo.jpg")


def test_a_link_leads_where_it_says(tmp_path: Path) -> None:
    docx = merged(
        tmp_path, para("{{ title | link(address) }}"), title="A & B\nreport", address="https://bundle.invalid/e1"
    )
    assert paragraphs(docx)[0] == "A & B report"
    relations = read_package(docx).relations("word/document.xml")
    assert [r.target for r in relations if r.external] == ["https://bundle.invalid/e1"]
    assert "is not an address" in str(failure(tmp_path, para("{{ 'x' | link('file:///etc/passwd') }}")))


# -- the standard templates -------------------------------------------------------------------------------------------
