"""Word templates: what a school may write into them, what they say when it is wrong, what the standard ones print."""

# ruff: noqa: E501 - small XML and YAML texts read best on one line

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docxtpl
import pytest
from docx import Document as read_docx
from lxml import etree
from PIL import Image

from generator.authorities.pack import load_pack
from generator.documents.catalogue import MergeDesk, TemplateShelf, documents
from generator.documents.templates.check_template import check_template
from generator.documents.templates.jinja_tags import JINJA
from generator.documents.templates.render import TemplateFailed, load_template, read_picture, render
from generator.documents.templates.table_shape import shape_tables
from generator.engines import Docx, Pdf, choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from generator.problems import Exit, FilesHaveErrors
from generator.records.field_view import Fields, UnknownField
from generator.records.record import Schemas
from generator.word_files.docx_package import W, parse, read_package, serialize
from templates.source.__main__ import TEMPLATES, made
from templates.source.house import TEXT_WIDTH
from templates.source.package import document as package
from templates.source.vocabulary import each, grid, para, table, when
from tests.conftest import need_program

STANDARD = BUILT_IN / "templates" / "standard"
HOUSE = STANDARD / "house.docx"
CASE_TEMPLATES = sorted(
    name
    for name in TEMPLATES
    if name not in ("house.docx", "changes.docx", "briefing.docx", "register.docx")
    and not name.startswith(("ask-", "bundle", "evidence"))
)


# -- small things -----------------------------------------------------------------------------------------------------


def write_template(folder: Path, body: str, name: str = "letter.docx") -> Path:
    path = folder / name
    path.write_bytes(package("test", body))
    return path


def around(**more: Any) -> dict[str, Any]:
    """The least that header and footer of the house want."""
    return {
        "school": {"name": "Larkfield", "address": "1 Road", "postcode": "ZZ99 9ZZ", "phone": "1", "email": None},
        "document": {"title": "A title", "date": date(2026, 3, 1), "mark": "", "bundled": False},
        "words": {"confidential": "Confidential"},
        "facts": {"full_name": "Ada Brown"},
        **more,
    }


def merged(folder: Path, body: str, **context: Any) -> bytes:
    return render(load_template(write_template(folder, body), HOUSE), around(**context))


def body_of(docx: bytes) -> etree._Element:
    return parse(read_package(docx).parts["word/document.xml"])


def paragraphs(docx: bytes) -> list[str]:
    """The text of every paragraph of the body; a line break is a newline."""
    found = []
    for paragraph in body_of(docx).iter(f"{W}p"):
        pieces = [
            "\n" if piece.tag == f"{W}br" else "\t" if piece.tag == f"{W}tab" else piece.text or ""
            for piece in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
            if piece.getparent().tag != f"{W}tabs"  # type: ignore[union-attr]
        ]
        found.append("".join(pieces))
    return found


def text_of(docx: bytes) -> str:
    return "\n".join(paragraphs(docx))


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


def failure(folder: Path, body: str, **context: Any) -> TemplateFailed:
    with pytest.raises(TemplateFailed) as caught:
        merged(folder, body, **context)
    return caught.value


def pupil(**data: Any) -> Fields:
    schemas = Schemas.load([BUILT_IN / "schemas"])
    return Fields(data, schemas.shape("pupil"))


def test_a_misspelt_field_is_named_with_its_paragraph_and_what_was_meant(tmp_path: Path) -> None:
    error = failure(tmp_path, para("Fine") + para("Name: {{ pupil.fornames }}, born"), pupil=pupil(forenames="Ada"))
    assert str(error) == (
        "letter.docx: there is no field 'fornames' (did you mean 'forenames'?), in the paragraph "
        "“Name: {{ pupil.fornames }}, born”."
    )
    assert error.field == "fornames"
    assert error.exit_code == Exit.FILES_HAVE_ERRORS
    assert "Word" in error.advice


def test_a_misspelt_record_is_named_too(tmp_path: Path) -> None:
    error = failure(tmp_path, para("{{ pupl.forenames }}"), pupil=pupil(forenames="Ada"))
    assert "there is no field 'pupl' (did you mean 'pupil'?)" in str(error)
    assert "there is no field 'ful_name' (did you mean 'full_name'?)" in str(
        failure(tmp_path, para("{{ facts.ful_name }}"))
    )


@pytest.mark.parametrize(
    "wrong", ["{% if pupl %}x{% endif %}", "{{ pupil.fornames or 'x' }}", "{% for a in pupl %}{% endfor %}"]
)
def test_a_misspelt_field_never_counts_as_empty(tmp_path: Path, wrong: str) -> None:
    assert "did you mean" in str(failure(tmp_path, para(wrong), pupil=pupil(forenames="Ada")))


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{% if pupil %}no end", "a tag is wrongly written"),
        ("{{ pupil.forenames | shout }}", "shout"),
        ("{{ }}", "a tag is wrongly written"),
        ("{% include 'secret.txt' %}", "cannot take in other files"),
        ("{% import 'x' as y %}", "cannot take in other files"),
        ("{{ pupil }}", "a group of fields cannot be printed"),
        ("{{ pupil.people }}", "a list cannot be printed"),
        ("{{ 1 / 0 }}", "a tag cannot be worked out"),
    ],
)
def test_a_tag_that_cannot_work_says_so_plainly(tmp_path: Path, tag: str, words: str) -> None:
    error = failure(tmp_path, para(tag), pupil=pupil(forenames="Ada", people=[{"name": "Bo"}]))
    assert words in str(error)
    assert str(error).startswith("letter.docx: ")


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__ }}",
        "{{ facts.__init__ }}",
        "{{ pupil._data }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ facts.clear() }}",
        "{{ '%s' | attr('x') }}",
        "{{ self }}",
    ],
)
def test_a_template_reaches_nothing_but_its_fields(tmp_path: Path, tag: str) -> None:
    failure(tmp_path, para(tag), pupil=pupil(forenames="Ada"))


def test_a_tag_that_tears_the_document_is_refused_and_not_mended_in_silence(tmp_path: Path) -> None:
    torn = grid((("A", 1), ("B", 1)), [("", "a", "{% if facts.full_name == 'nobody' %}a")]) + para("b{% endif %}")
    assert "stand in different cells of a table" in str(failure(tmp_path, torn))


def test_a_template_with_a_damaged_part_is_refused_by_name(tmp_path: Path) -> None:
    path = changed(write_template(tmp_path, para("x")), {"word/document.xml": ("</w:body>", "")})
    for house in (None, HOUSE):
        with pytest.raises(TemplateFailed, match=r"letter\.docx: a part of it is damaged"):
            load_template(path, house)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 half a zip"])
def test_a_file_that_is_not_word_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateFailed, match=r"plan\.docx: it is not a Word document"):
        load_template(path, None)


def changed(path: Path, changes: Mapping[str, tuple[str, str]]) -> Path:
    """The .docx with some text of some parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name in changes:
                old, new = changes[name]
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path


def test_macros_and_pictures_from_outside_are_refused(tmp_path: Path) -> None:
    macro = changed(
        write_template(tmp_path, para("x"), "macro.docx"),
        {
            "[Content_Types].xml": (
                "wordprocessingml.document.main+xml",
                "wordprocessingml.document.macroEnabled.main+xml",
            )
        },
    )
    with pytest.raises(TemplateFailed, match="macros"):
        load_template(macro, None)
    link = '<Relationship Id="x9" Type="http://x/image" Target="https://example.com/a.png" TargetMode="External"/></Relationships>'
    outside = changed(
        write_template(tmp_path, para("x"), "outside.docx"),
        {"word/_rels/document.xml.rels": ("</Relationships>", link)},
    )
    with pytest.raises(TemplateFailed, match=r"takes its image from outside"):
        load_template(outside, None)


def test_advice_on_a_template_that_works_but_makes_poor_pages(tmp_path: Path) -> None:
    poor = table("a in [1]", ("A", 1, "x")).replace("<w:tblHeader/>", "") + para("x", "SchoolMotto")
    poor += '<w:p><w:r><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="a"/></wp:anchor></w:drawing></w:r></w:p>'
    path = write_template(tmp_path, poor)
    motto = '<w:style w:type="paragraph" w:styleId="SchoolMotto"><w:name w:val="School Motto"/></w:style></w:styles>'
    changed(path, {"word/styles.xml": ("</w:styles>", motto)})
    rules = [problem.rule for problem in check_template(path, HOUSE, "templates/school/letter.docx")]
    assert rules == ["template-style", "template-table", "template-picture", "template-floating"]
    broken = check_template(write_template(tmp_path, para("{% if x %}")), HOUSE, "templates/school/letter.docx")
    assert [(problem.rule, problem.blocks) for problem in broken] == [("template-broken", True)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_standard_templates_pass_their_own_check(name: str) -> None:
    assert check_template(STANDARD / name, HOUSE, name) == []


def test_only_a_short_row_must_stay_on_one_page(tmp_path: Path) -> None:
    body = grid((("A", 1), ("B", 2)), [("", "short", "{{ short }}"), ("", "long", "{{ long }}")])
    rows = list(body_of(merged(tmp_path, body, short="x " * 100, long="x " * 3000)).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, True, False]


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


def photo(size: tuple[int, int] = (3000, 2000)) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the phone on its side
    exif[0x010F] = "SecretPhone"
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


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


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_committed_template_is_what_its_source_makes(name: str) -> None:
    assert (STANDARD / name).read_bytes() == made(name), "run: python -m templates.source"


@pytest.mark.parametrize("name", TEMPLATES)
def test_word_files_are_sound_and_keep_the_rules_of_both_engines(name: str) -> None:
    docx = (STANDARD / name).read_bytes()
    assert read_docx(io.BytesIO(docx)).core_properties.title
    body = body_of(docx)
    known = {style.get(f"{W}styleId") for style in parse(read_package(docx).parts["word/styles.xml"])}
    assert {s.get(f"{W}val") for s in body.iter(f"{W}pStyle", f"{W}rStyle")} <= known
    for printed in body.iter(f"{W}tbl"):
        rows = printed.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None, "the first row of every table is a heading row"
        widths = [int(column.get(f"{W}w", "0")) for column in printed.iter(f"{W}gridCol")]
        assert all([int(w.get(f"{W}w", "0")) for w in row.iter(f"{W}tcW")] == widths for row in rows)


def make_school(folder: Path, files: Mapping[str, str | bytes]) -> MergeDesk:
    """A school with one pupil from YAML texts: what writes the pupil's documents."""
    for name, text in {"../school.yaml": SCHOOL, **files}.items():
        path = folder / "cases" / "ada" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    project = find_project(folder)
    loaded = load_case(project, "ada")
    assert loaded.case is not None and not loaded.broken, [str(p) for p in loaded.problems]
    pack = load_pack("standard", project.template_folders, project.schemas)
    return MergeDesk(project, loaded.case, pack, TemplateShelf(project.template_folders))


def written(desk: MergeDesk) -> dict[str, bytes]:
    return {document.id: desk.write(document) for document in documents(desk.case, desk.pack)}


SCHOOL = """\
name: Larkfield Community School
address: Mill Lane, Northmoor
postcode: ZZ99 4WW
phone: 01632 960 100
authority: standard
headteacher: {name: Mrs Ruth Calloway}
senco: {name: Mrs Joanna Hale}
"""
PUPIL = """\
legal_surname: Brown
forenames: Ada
date_of_birth: 2018-05-14
year_group: 4
people:
  - {id: p1, name: WHO, relationship: Mother, parental_responsibility: yes}
needs:
  - id: n1
    area: cognition_and_learning
    title: WHO
    description: TEXT
    impact: TEXT
"""
MINIMAL = {
    "pupil.yaml": PUPIL,
    "profile.yaml": "date: 2026-01-05\nown_words: no\nbased_on: WHO\nlike_and_admire: [TEXT]\nimportant_to_me: [TEXT]\nhow_to_support_me: [TEXT]\n",
    "plan.yaml": """\
date: 2026-01-05
review_date: 2026-04-01
aspirations: {pupil: TEXT, parents: TEXT}
outcomes:
  - {id: o1, text: TEXT, needs: [n1], by: 2026-07-01}
parents_informed: {decision_date: 2026-01-02, letter_date: 2026-01-03}
""",
    "cycles/2026-spring.yaml": """\
number: 1
title: Spring 2026
start: 2026-01-10
planned_review: 2026-04-01
lead_teacher: WHO
assess: {by: WHO}
plan:
  targets:
    - {id: t1, text: TEXT, outcome: o1}
  provision:
    - {id: pr1, title: WHO, type: group, outcomes: [o1], delivered_by: WHO}
""",
    "meetings/2026-01-02-early.yaml": "type: early_discussion\ndate: 2026-01-02\nchair: WHO\npeople: [{name: WHO, role: WHO, came: present, party: parent}]\n",
    "meetings/2026-02-02-review.yaml": "type: review\ndate: 2026-02-02\nchair: WHO\npeople: [{name: WHO, role: WHO, came: present, party: parent}]\n",
    "meetings/2026-03-02-pcp.yaml": "type: pcp\ndate: 2026-03-02\nchair: WHO\npeople: [{name: WHO, role: WHO, came: present, party: parent}]\n"
    "actions: [{what: TEXT, who: WHO, by: 2026-04-01}]\nnext_meeting: 2026-06-02\n",
    "annual-reports/2026.yaml": "date: 2026-07-01\nsubjects: [{subject: WHO, achievement: TEXT}]\nprogress: TEXT\nto_discuss: TEXT\nby: WHO\n",
    "transition.yaml": "date: 2026-07-01\nto: WHO\nstarts: 2026-09-01\nworks: [TEXT]\n",
    "annual-review.yaml": """\
date: 2026-03-05
plan_date: 2025-03-05
kind: annual
people: [{name: WHO, role: WHO, came: present}]
outcomes: [{outcome: TEXT, progress: TEXT, status: partly, then: keep}]
recommendation: maintain
reasons: TEXT
""",
    "my-support-plan.yaml": """\
date: 2026-03-05
review_by: 2026-07-05
pcp_meeting: 2026-03-02-pcp
about_me:
  views: {text: TEXT, how: TEXT}
family: {important: TEXT}
needs_summary: TEXT
""",
    "behaviour-plan.yaml": """\
date: 2026-03-05
review_date: 2026-07-05
lead: WHO
needs: [n1]
behaviours: [TEXT]
triggers: [{kind: history, text: TEXT}]
goal: TEXT
stages: [{stage: calm, see_and_hear: [TEXT], do: [TEXT]}]
""",
    "request.yaml": """\
date: 2026-03-05
made_by: school
reason: TEXT
has_sen: {text: TEXT}
needs_plan: {text: TEXT}
""",
}


def minimal(text: str) -> dict[str, str]:
    return filled(MINIMAL, text)


def filled(files: Mapping[str, str], text: str) -> dict[str, str]:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    short = quoted if len(text) < 200 else "Somebody"
    return {name: content.replace("TEXT", quoted).replace("WHO", short) for name, content in files.items()}


def test_the_least_that_the_schemas_ask_for_makes_every_document_without_an_empty_heading_or_table(
    tmp_path: Path,
) -> None:
    made_now = written(make_school(tmp_path, minimal("Something")))
    assert len(made_now) == len(CASE_TEMPLATES)
    for name, docx in made_now.items():
        assert_nothing_empty(name, docx)
        assert "None" not in text_of(docx) and "{{" not in text_of(docx), name


def test_parts_of_a_request_are_numbered_without_gaps(tmp_path: Path) -> None:
    text = text_of(written(make_school(tmp_path, minimal("Something")))["request"])
    assert [line.split("  ")[0] for line in text.splitlines() if "  " in line[:4]] == ["1", "2", "3", "4", "5", "6"]


def assert_nothing_empty(name: str, docx: bytes) -> None:
    """No heading is followed at once by one of its own or a higher level, or by nothing; no table is without rows."""
    last = 0
    for element in body_of(docx).find(f"{W}body"):  # type: ignore[union-attr]
        style = element.find(f"{W}pPr/{W}pStyle")
        kind = style.get(f"{W}val", "") if style is not None else ""
        level = int(kind[-1]) if kind.startswith("Heading") else 0
        text = "".join(element.itertext()).strip()
        text = text or "".join("_" for _ in element.iter(f"{W}tab"))
        if level:
            assert text, f"{name}: an empty heading"
            assert not last or level > last, f"{name}: nothing stands under the heading before {text!r}"
            last = level
        elif text or element.tag == f"{W}tbl":
            last = 0
        if element.tag == f"{W}tbl":
            rows = ["".join(row.itertext()).strip() for row in element.iter(f"{W}tr")]
            assert len(rows) > 1 and all(rows), f"{name}: a blank table or row {rows}"
    assert not last, f"{name}: it ends with a heading"


@pytest.mark.parametrize(
    "text",
    [
        "Zoë O'Brien-Šmidt & Sons <b>",
        "👩‍🏫 {{ x }} {% y %} 100 %",
        "line\nline\n\n" + "A long paragraph of its own. " * 120,
    ],
)
def test_any_text_survives_in_every_document(tmp_path: Path, text: str) -> None:
    files = {name: f"parents_views: TEXT\n{yaml}" if "meetings" in name else yaml for name, yaml in MINIMAL.items()}
    made_now = written(make_school(tmp_path, filled(files, text)))
    for name, docx in made_now.items():
        if name.startswith(("invitation", "chronology")):
            continue  # these print no text of any length
        flat = " ".join(text_of(docx).split())
        words = [" ".join(part.split()) for part in text.split("\n\n")]
        assert all(part in flat for part in words), name
        read_docx(io.BytesIO(docx))


def test_the_example_school_makes_every_document_whole(tmp_path: Path) -> None:
    project = find_project(BUILT_IN)
    pack = load_pack("standard", project.template_folders, project.schemas)
    shelf = TemplateShelf(project.template_folders)
    loaded = load_case(project, "ada-brown")
    assert loaded.case is not None
    desk = MergeDesk(project, loaded.case, pack, shelf)
    made_now = written(desk)
    assert made_now.keys() >= {"profile", "support-plan", "parent-letter-samira", "my-support-plan", "request"}
    for name, docx in made_now.items():
        assert_nothing_empty(name, docx)
    plan = text_of(made_now["support-plan"])
    assert (
        plan.index("Hopes for the future")
        < plan.index("Strengths and needs")
        < plan.index("What we are working towards")
    )


def test_each_parent_gets_a_letter_of_their_own_and_no_address_of_the_other(tmp_path: Path) -> None:
    files = minimal("Ms X")
    files["pupil.yaml"] = files["pupil.yaml"].replace(
        "needs:",
        "  - {id: p2, name: Bo Brown, title: Mr, relationship: Father, parental_responsibility: yes, address: 9 Far Road, postcode: ZZ99 1AA}\n"
        "address: 1 Near Road\npostcode: ZZ99 2BB\nneeds:",
    )
    made_now = written(make_school(tmp_path, files))
    first, second = text_of(made_now["parent-letter-p1"]), text_of(made_now["parent-letter-p2"])
    assert "1 Near Road" in first and "9 Far Road" not in first
    assert "9 Far Road" in second and "1 Near Road" not in second and "Dear Mr Brown" in second


def test_a_profile_with_a_photo_shows_it_beside_what_people_admire(tmp_path: Path) -> None:
    files = minimal("Kind")
    files["pupil.yaml"] += "photo: {file: ada.jpg, describes: Ada laughs, consent: yes}\n"
    docx = written(make_school(tmp_path, {**files, "ada.jpg": photo((600, 400))}))["profile"]
    assert len(read_docx(io.BytesIO(docx)).inline_shapes) == 1
    assert "This is Ada" in text_of(docx)


ROW = {"id": "e1", "number": "B2", "title": "Report & more", "date": None, "date_text": "3 March 2026", "first": "12",
       "last": "15", "pages": "12-15", "shows": "What it shows", "link": "https://bundle.invalid/e1", "file": 0}  # fmt: skip
BUNDLE = {"title": "Request", "total": 84, "documents": 9, "made": None, "send": "by post, Town Hall"}


@pytest.mark.parametrize(
    ("name", "given", "shown"),
    [
        ("bundle-cover", {"bundle": BUNDLE}, "9 documents on 84 pages. Sent by post, Town Hall."),
        (
            "bundle-contents",
            {
                "bundle": BUNDLE,
                "late": False,
                "file": 0,
                "sections": [
                    {
                        "letter": "B",
                        "title": "Plans",
                        "link": "https://bundle.invalid/s",
                        "first": "3",
                        "documents": [ROW],
                    }
                ],
            },
            "Report & more",
        ),
        (
            "evidence-index",
            {
                "bundle": BUNDLE,
                "criteria": [
                    {
                        "id": "a",
                        "text": "Progress",
                        "source": "Code 9.14",
                        "evidence": [ROW],
                        "missing": False,
                        "answer": "",
                    },
                    {"id": "b", "text": "Health", "source": "", "evidence": [], "missing": True, "answer": "No"},
                ],
            },
            "12-15",
        ),
        (
            "bundle-papers",
            {
                "bundle": BUNDLE,
                "papers": [
                    {"title": "Form DP1", "usual": False, "here": True, "answer": "", "evidence": [ROW]},
                    {"title": "Map", "usual": True, "here": False, "answer": "No", "evidence": []},
                ],
            },
            "Map (usually expected, not required)",
        ),
        (
            "bundle-placeholder",
            {"bundle": BUNDLE, "title": "Report", "reason": "it is locked", "hint": "Ask"},
            "it is locked",
        ),
    ],
)
def test_the_pages_of_a_bundle(tmp_path: Path, name: str, given: dict[str, Any], shown: str) -> None:
    docx = make_school(tmp_path, minimal("x")).front(name, "Bundle", date(2026, 3, 1), given)
    assert shown in text_of(docx)
    linked = [r.target for r in read_package(docx).relations("word/document.xml") if r.external]
    assert linked == (["https://bundle.invalid/e1"] if ROW["title"] in text_of(docx) else [])


@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_a_profile_of_usual_length_is_one_page_and_a_meeting_note_is_short(tmp_path: Path, engine: str) -> None:
    if engine == "libreoffice":
        need_program("soffice")
    project = find_project(BUILT_IN)
    pack = load_pack("standard", project.template_folders, project.schemas)
    shelf = TemplateShelf(project.template_folders)
    docs = []
    for pupil_name in ("ada-brown", "zoe-obrien-smidt"):
        case = load_case(project, pupil_name).case
        assert case is not None
        desk = MergeDesk(project, case, pack, shelf)
        docs += [Docx(f"{pupil_name} {d.id}", desk.write(d)) for d in documents(case, pack, ["profile", "meeting"])]
    started = choose(engine)
    try:
        pages = {pdf.name: pdf.pages for pdf in started.convert(docs) if isinstance(pdf, Pdf)}
    finally:
        started.close()
    assert len(pages) == len(docs)
    assert {name: n for name, n in pages.items() if n > (1 if name.endswith("profile") else 3)} == {}


@pytest.mark.parametrize("bundled", [False, True])
def test_a_page_of_a_bundle_leaves_its_number_to_the_bundle(tmp_path: Path, bundled: bool) -> None:
    desk = make_school(tmp_path, minimal("x"))
    docx = desk.write(documents(desk.case, desk.pack, ["profile"])[0], bundled=bundled)
    footer = next(part for part in read_package(docx).parts.values() if b"w:ftr" in part)
    assert (b"NUMPAGES" in footer, b"Page " in footer) == (not bundled, not bundled)
