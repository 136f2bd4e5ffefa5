"""Templates are safe to edit: what their check finds, what docxtpl's own kinds of template become, the commands."""

# ruff: noqa: E501 - small XML texts read best on one line

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import docxtpl
import pytest
from docx import Document as read_docx
from lxml import etree
from markupsafe import Markup

from generator.authorities.pack import load_pack
from generator.cases.case import Case
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_authoring import check, find_templates
from generator.documents.template_shelf import TemplateShelf
from generator.documents.templates.checking.available_fields import KnownFields, field_rows, known
from generator.documents.templates.checking.check_appearance import contrast
from generator.documents.templates.checking.check_template import check_template
from generator.documents.templates.jinja_tags import JINJA
from generator.documents.templates.render import load_template, render
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, case_names, find_project
from generator.problems import Problem
from generator.records.field_view import Fields
from generator.records.schema.schema_view import Shape
from generator.word_files.docx_package import W, parse, read_package
from templates.source.package import document as package
from templates.source.vocabulary import each, grid, para, table, when
from tests.example_school import KACPER, copy_school, sendpack

HOUSE = BUILT_IN / "templates" / "standard" / "house.docx"
PROJECT = find_project(BUILT_IN)
WORDS = load_pack("standard", PROJECT.template_folders, PROJECT.schemas).words


def template(folder: Path, body: str, name: str = "letter.docx") -> Path:
    path = folder / name
    path.write_bytes(package("test", body))
    return path


def found(folder: Path, body: str, *records: str) -> list[Problem]:
    return check_template(template(folder, body), HOUSE, "letter.docx", known(PROJECT.schemas, WORDS), records)


def errors(folder: Path, body: str) -> list[str]:
    return [problem.message for problem in found(folder, body) if problem.blocks]


def advice(folder: Path, body: str) -> list[str]:
    return [problem.rule for problem in found(folder, body) if not problem.blocks]


# -- tags and names ---------------------------------------------------------------------------------------------------


def test_every_misspelt_name_is_found_at_once_also_where_no_case_goes(tmp_path: Path) -> None:
    body = (
        para("Name: {{ pupil.fornames }}")
        + when("plan.storry", para("x"))
        + when("false", para("{{ facts.ful_name }} and {{ wrds.senco }}"))
        + each("need in pupil.needs", para("{{ need.tittle }}"))
        + table("p in facts.provision", ("A", 1, "{{ p.howoften }}"))
    )
    assert errors(tmp_path, body) == [
        "there is no field 'fornames' (did you mean 'forenames'?), “Name: {{ pupil.fornames }}”",
        "there is no field 'storry' (did you mean 'story'?), “{%p if plan.storry %}”",
        "there is no field 'ful_name' (did you mean 'full_name'?), “{{ facts.ful_name }} and {{ wrds.senco }}”",
        "there is no field 'wrds' (did you mean 'words'?), “{{ facts.ful_name }} and {{ wrds.senco }}”",
        "there is no field 'tittle' (did you mean 'title'?), “{{ need.tittle }}”",
        "there is no field 'howoften' (did you mean 'how_often'?), “{{ p.howoften }}”",
    ]


@pytest.mark.parametrize(
    ("tags", "words"),
    [
        ("{{ need.title }}", "there is no field 'need'"),
        ("{% for n in pupil.needs %}{% endfor %}{{ n.title }}", "there is no field 'n'"),
        (
            "{% for c in facts.cycles %}{% for t in c.targets %}{{ t.txt }}{% endfor %}{% endfor %}",
            "did you mean 'text'",
        ),
        ("{% for c in facts.cycles %}{{ c.record.asess.lead }}{% endfor %}", "did you mean 'assess'"),
        ("{{ (facts.parents | first).nam }}", "did you mean 'name'"),
        ("{{ pupil.needs | map(attribute='titel') | and_list }}", "did you mean 'title'"),
        ("{% for n in pupil.needs | selectattr('areas') %}{% endfor %}", "did you mean 'area'"),
        ("{% set first = pupil.people | first %}{{ first.telephon }}", "there is no field 'telephon'"),
        ("{{ words.senko }}", "did you mean 'senco'"),
        ("{{ pupil.needs.title }}", "this is a list, so loop over it first"),
        ("{{ pupil.forenames.first }}", "this is a single value"),
        ("{% for x in pupil.forenames %}{% endfor %}", "nothing to loop over"),
        ("{{ pupil.needs }}", "a list cannot be printed as it is"),
        ("{{ pupil.gp }}", "a group of fields cannot be printed"),
        ("{{ pupil.photo }}", "be printed (write {{ facts.photo | photo(4, 5) }})"),
        ("{{ pupil.photo | photo }}", "the filter photo needs a picture (write {{ facts.photo | photo(4, 5) }})"),
        ("{{ facts.photo }}", "printed with the filter photo (write {{ facts.photo | photo(4, 5) }})"),
        ("{{ facts.attendance_chart }}", "printed with the filter chart (write {{ facts.attendance_chart | chart }})"),
        ("{{ meetings.date }}", "loop over it first"),
        ("{{ pupil.forenames | shout }}", "there is no filter 'shout'"),
        ("{{ pupil.date_of_birth | shrt_date }}", "did you mean 'short_date'"),
        ("{% include 'x' %}", "cannot take in other files"),
        ("{% else %}", "stands outside of any if"),
        ("{% endfor %}", "ends nothing: there is no for before it"),
        ("{% if plan %}", "`{% if plan %}` is never closed"),
        ("{% if plan %}{% for n in pupil.needs %}{% endif %}", "`{% for n in pupil.needs %}` is never closed"),
        ("{% for n pupil.needs %}{{ n }}{% endfor %}", "wrongly written"),
    ],
)
def test_a_wrong_name_is_told_wherever_it_stands(tmp_path: Path, tags: str, words: str) -> None:
    told = [problem for problem in found(tmp_path, para(tags)) if problem.blocks]
    assert len(told) == 1 and words in f"{told[0].message.split(', “')[0]} ({told[0].hint})", told


@pytest.mark.parametrize(
    "tags",
    [
        "{{ facts.need_names['reading'] }}",
        "{% for n in pupil.needs %}{{ loop.index }} {{ n.title.upper() }}{% endfor %}",
        "{% for name, value in pupil | pairs %}{{ name }}{% endfor %}",
        "{{ document.date.year }} {{ (plan.story or pupil.class) | default_text('x') }}",
        "{% for a, rows in facts.provision | groupby('area_label') %}{{ a }}{% for p in rows %}{{ p.title }}{% endfor %}{% endfor %}",
        "{% set x = facts.cycle or none %}{{ x.title }}",
        "{% macro twice(a) %}{{ a }}{{ a.b }}{% endmacro %}{{ twice('x') }}",
        "{% for c in cycles %}{{ c.assess.needs | and_list }}{% endfor %}{{ meetings | length }}",
    ],
)
def test_what_is_right_is_not_told(tmp_path: Path, tags: str) -> None:
    assert errors(tmp_path, para(tags)) == []


@pytest.mark.whole
def test_every_broken_tag_is_told_and_the_rest_is_still_read(tmp_path: Path) -> None:
    body = (
        para("Begun {{ pupil.forenames")
        + para("and ended }} twice }}")
        + para("{%p if pupil.eal %}")
        + para("Half {% if plan %}said")
        + para("{%p for n in pupil.needs %}")
        + para("{{ n.tittle }}")
        + para("{% endif %}")
        + para("{{ 1 + }}")
    )
    told = errors(tmp_path, body)
    assert sum("never closed" in one for one in told) == 2
    assert any("begins with `{{` and does not end with `}}`" in one and "Begun" in one for one in told)
    assert any("did you mean 'title'" in one for one in told)
    assert any("wrongly written" in one and "{{ 1 + }}" in one for one in told)
    assert {p.rule for p in found(tmp_path, body) if p.blocks} == {"template-tag", "template-field"}


@pytest.mark.whole
def test_words_beside_a_paragraph_tag_and_patched_tags_are_told(tmp_path: Path) -> None:
    [lost] = errors(tmp_path, para("Lost {%p if plan.story %}") + para("{%p endif %}"))
    assert "words beside a {%p if plan.story %} tag are not printed: “Lost”" in lost
    assert advice(tmp_path, para("{{ pupil.**forenames** }}")) == ["template-pieces"]
    # What Word's spelling checker does to a tag is no fault: the pieces look alike.
    split = '<w:p><w:r><w:t>{{ pupil.</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t>forenames }}</w:t></w:r></w:p>'
    assert found(tmp_path, split) == []


# -- looks ------------------------------------------------------------------------------------------------------------


@pytest.mark.whole
def test_faint_letters_are_told_in_the_house_style(tmp_path: Path) -> None:
    assert round(contrast("000000", "FFFFFF")) == 21 and round(contrast("767676", "FFFFFF"), 1) == 4.5
    for colour, rules in (("AAAAAA", ["template-contrast"]), ("333333", [])):
        coloured = f'<w:p><w:r><w:rPr><w:color w:val="{colour}"/></w:rPr><w:t>Words</w:t></w:r></w:p>'
        assert advice(tmp_path, coloured) == rules


@pytest.mark.whole
def test_white_letters_on_a_table_styles_own_colour_can_be_read_and_on_none_they_cannot(tmp_path: Path) -> None:
    headed = grid((("{{ pupil.forenames }}", 1), ("B", 1)), [("", "a", "b")])
    assert advice(tmp_path, headed) == []
    assert advice(tmp_path, headed.replace('w:val="RecordTable"', 'w:val="PictureTable"')) == ["template-contrast"] * 2


def test_a_font_that_does_not_travel_is_named(tmp_path: Path) -> None:
    other = '<w:p><w:r><w:rPr><w:rFonts w:ascii="Comic Sans MS" w:hAnsi="Comic Sans MS"/></w:rPr><w:t>Hello</w:t></w:r></w:p>'
    [problem] = found(tmp_path, other)
    assert problem.rule == "template-font" and "Comic Sans MS" in problem.message and "Hello" in problem.message


def test_the_page_is_named_where_word_noted_it(tmp_path: Path) -> None:
    turned = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>{{ pupil.fornames }}</w:t></w:r></w:p>"
    assert "page 2, “{{ pupil.fornames }}”" in errors(tmp_path, para("One") + turned)[0]


def test_fields_that_are_never_printed_are_a_note(tmp_path: Path) -> None:
    [note] = found(tmp_path, para("{{ profile.date }}{% for x in profile.my_goals %}{{ x }}{% endfor %}"), "profile")
    assert note.rule == "template-unprinted" and not note.blocks
    assert "like_and_admire" in note.message and "my_goals" not in note.message and "audience" not in note.message


# -- what may be printed ----------------------------------------------------------------------------------------------


def unknown(value: Any, shape: Shape | None, known: KnownFields, path: str) -> set[str]:
    """The names of a value that schemas/template.schema.json does not tell, and those that it tells and are not there."""
    shape = known.meant(shape)
    if shape is None or isinstance(value, Fields):
        return set()
    if isinstance(value, dict) and not shape.keywords.get("additionalProperties"):
        wrong = {f"{path}.{name}" for name in value.keys() ^ set(shape.names)}
        return wrong.union(
            *(unknown(v, shape.property(n), known, f"{path}.{n}") for n, v in value.items() if n in shape.names)
        )
    if isinstance(value, list):
        return set().union(*(unknown(one, shape.item(), known, f"{path}[]") for one in value))
    return set()


@pytest.mark.whole
def test_every_fact_of_every_example_is_told_in_the_schema_of_templates() -> None:
    """When this fails, say in schemas/template.schema.json what the new fact is: people who write templates read it."""
    names, wrong = known(PROJECT.schemas, WORDS), set()
    for name in case_names(PROJECT):
        case: Case | None = load_case(PROJECT, name).case
        assert case is not None
        desk = MergeDesk(PROJECT, case, PROJECT.pack_of(case), TemplateShelf(PROJECT.template_folders))
        for document in documents(case, desk.pack):
            context = desk.context(document, None)
            assert set(context) <= set(names.names)
            for part in ("facts", "document"):
                wrong |= unknown(context[part], names.names[part], names, part)
    assert wrong == set()


@pytest.mark.whole
def test_every_example_tag_can_be_written_into_a_template(tmp_path: Path) -> None:
    names = known(PROJECT.schemas, WORDS)
    listed = [(name, row) for name in names.names for row in field_rows(names, name)]
    rows = [row for _, row in listed]
    assert len(rows) > 400
    tags = [row.tag for name, row in listed if row.tag.startswith("{{") and row.path.startswith(f"{name}.")]
    assert errors(tmp_path, "".join(para(tag) for tag in tags)) == []
    assert all(row.meaning for row in rows)
    assert "{{ pupil.date_of_birth }}" in tags and "{{ facts.yearly_cost | money }}" in tags


@pytest.mark.whole
def test_the_standard_templates_name_nothing_that_does_not_exist() -> None:
    """Every tag of every standard template, headers and footers of the house among them."""
    wrong = [p for one in find_templates(PROJECT, (), BUILT_IN) for p in check(PROJECT, one) if p.blocks]
    assert [str(problem) for problem in wrong] == []


# -- docxtpl's own kinds of template ----------------------------------------------------------------------------------

_CELL = '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>'


def word_grid(*rows: list[str]) -> str:
    columns = '<w:gridCol w:w="2000"/>' * max(len(row) for row in rows)
    made = "".join("<w:tr>" + "".join(_CELL.format(cell) for cell in row) + "</w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{made}</w:tbl>'


KINDS = {
    "loops in rows": word_grid(
        ["A", "B"], ["{%tr for r in rows %}", ""], ["{{ r.a }}", "{{ r.b }}"], ["{%tr endfor %}", ""]
    ),
    "loops in columns": word_grid(
        ["{%tc for r in rows %}", "{{ r.a }}", "{%tc endfor %}"],
        ["{%tc for r in rows %}", "{{ r.b }}", "{%tc endfor %}"],
    ),
    "rich text": para("Before {{r rich }} after"),
    "nested conditions": para(
        "{% if rows %}{% if name %}both{% else %}one{% endif %}{% elif name %}name{% else %}none{% endif %}"
    ),
    "paragraph conditions": when("rows", when("nothing", para("no"), otherwise=[para("yes")])),
    "merged down": word_grid(
        ["A", "B"], ["{%tr for r in rows %}", ""], ["{% vm %}once", "{{ r.b }}"], ["{%tr endfor %}", ""]
    ),
    "merged across": word_grid(
        ["{%tc for r in rows %}", "{% hm %}once", "{%tc endfor %}"],
        ["{%tc for r in rows %}", "{{ r.a }}", "{%tc endfor %}"],
    ),
    "coloured cells": word_grid(
        ["A", "B"],
        ["{%tr for r in rows %}", ""],
        ["{% cellbg r.colour %}{{ r.a }}", "{{ r.b }}"],
        ["{%tr endfor %}", ""],
    ),
    "column spans": word_grid(["{% colspan 2 %}{{ name }}"], ["A", "B"]),
    "escaping": para("{{ name }} {{ '<b>&' }} and written {_{ not a tag }_} {_% nor this %_}"),
    "runs in a loop": para("{%r for r in rows %}{{ r.a }}, {%r endfor %}"),
    "tags cut by Word": "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{ na</w:t></w:r><w:r><w:t>me }}</w:t></w:r></w:p>",
    "joined paragraphs": para("one {{ name }}") + para("{%- if rows %} two{% endif %}"),
    "comments": para("{#p not printed #}") + para("a {# nor this #} b"),
    "lines and tabs": para("{{ lines }}", "ListBullet"),
    "curly quotes": para(
        "{% if name == ‘A &amp; <B>’ %}x{% else %}y{% endif %}{{ rows | map(attribute=“a”) | join(“, ”) }}"
    ),
    "spaces kept": para("  {{ name }}  ") + para("{% for r in rows %} {{ r.a }} {% endfor %}"),
    "calculation": para("{{ 2 * 3 + rows | length }} {{ 'yes' if rows else 'no' }}"),
    "assigned": para("{% set total = rows | length %}{{ total }}"),
    "macro": para("{% macro bold(x) %}*{{ x }}*{% endmacro %}{{ bold(name) }}"),
}


@pytest.mark.whole
def test_twenty_kinds_of_docxtpl_template_become_what_docxtpl_makes_of_them(tmp_path: Path) -> None:
    rich = docxtpl.RichText("red & ", color="FF0000", bold=True)
    rich.add("blue", color="0000FF", italic=True)
    context: dict[str, Any] = {
        "school": {"name": "Larkfield", "address": "1 Road", "postcode": "ZZ99 9ZZ", "phone": "1", "email": None},
        "document": {"title": "A & B", "date": date(2026, 3, 1), "mark": "", "bundled": False},
        "words": {"confidential": "Confidential"},
        "facts": {"full_name": "Ada Brown"},
        "name": "A & <B>",
        "nothing": None,
        "lines": "one\ntwo\tthree\n\nfour",
        "rich": Markup(str(rich)),
        "rows": [{"a": "1", "b": "x\ny", "colour": "FFEECC"}, {"a": "2 & 3", "b": "z", "colour": "CCEEFF"}],
    }
    assert len(KINDS) == 20

    def canonical(xml: bytes) -> bytes:
        root = parse(xml)
        for kept in root.findall(f".//{W}keepNext"):  # the ends of a list stay together: ours alone
            kept.getparent().remove(kept)  # type: ignore[union-attr]
        return bytes(etree.tostring(root, method="c14n", exclusive=True))

    for kind, body in KINDS.items():
        path = template(tmp_path, body)
        theirs, saved = docxtpl.DocxTemplate(path), io.BytesIO()
        theirs.render(context, JINJA, autoescape=True)
        theirs.save(saved)
        expected = read_package(saved.getvalue()).parts
        made = render(load_template(path, None), context)
        ours = read_package(made).parts
        for name in (n for n in ours if n.startswith(("word/document", "word/header", "word/footer"))):
            assert canonical(ours[name]) == canonical(expected[name]), (kind, name)
        assert read_docx(io.BytesIO(made)).element.body is not None


# -- commands ---------------------------------------------------------------------------------------------------------


@pytest.mark.whole
def test_a_school_begins_checks_and_tries_out_a_template_of_its_own(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    made = sendpack(school, "template", "new", "about-me", "--of", "profile")
    assert made.returncode == 0, made.stderr
    own = school / "templates" / "school" / "about-me.docx"
    assert "What people like and admire" in "\n".join(p.text for p in read_docx(str(own)).paragraphs)
    checked = sendpack(school, "template", "check", "about-me")
    assert checked.returncode == 0 and "Checked 1 template: 0 errors" in checked.stdout
    tried = sendpack(school, "template", "preview", "about-me", "--case", KACPER)
    assert tried.returncode == 0, tried.stderr
    text = "\n".join(
        p.text for p in read_docx(str(school / "output" / "preview" / f"{KACPER}-about-me.docx")).paragraphs
    )
    assert "{{" not in text and "{%" not in text and "Kacper" in text
    assert (school / "output" / "preview" / f"{KACPER}-about-me.pdf").read_bytes().startswith(b"%PDF")
    again = sendpack(school, "template", "new", "about-me")
    assert again.returncode == 2 and "is there already" in again.stderr


@pytest.mark.whole
def test_a_copied_template_is_used_and_its_mistakes_are_told(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    assert sendpack(school, "template", "copy", "profile").returncode == 0
    own = school / "templates" / "school" / "profile.docx"
    word = read_docx(str(own))
    word.paragraphs[0].add_run(" {{ pupil.fornames }}")
    word.save(str(own))
    checked = sendpack(school, "template", "check", str(own))
    assert checked.returncode == 1
    assert (
        "templates/school/profile.docx: error: there is no field 'fornames' (did you mean 'forenames'?)"
        in checked.stdout
    )
    assert sendpack(school, "template", "check", "support-plan", "cycle", "--errors").returncode == 0


@pytest.mark.whole
def test_fields_are_listed_with_what_they_are_and_a_tag(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    listed = sendpack(school, "template", "fields", "behaviour-plan")
    assert listed.returncode == 0 and "{{ behaviour_plan.date }}" in listed.stdout
    assert "did you mean profile" in sendpack(school, "template", "fields", "profil").stderr.lower()
    assert "{{ document.title }}" in sendpack(school, "template", "fields").stdout


@pytest.mark.whole
def test_the_house_style_has_a_specimen_page(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    assert sendpack(school, "template", "copy", "house").returncode == 0
    made = sendpack(school, "template", "style", "--engine", "embedded")
    assert made.returncode == 0, made.stderr
    assert "output/preview/house-style.pdf: 1 page" in made.stdout


def test_the_paragraph_of_a_fault_is_the_one_where_it_stands(tmp_path: Path) -> None:
    body = para("{{ profile.date }}") + para("Made on {{ profile.date ") + para("{{ profile.date }}")
    [half] = errors(tmp_path, body)
    assert "“Made on {{ profile.date”" in half
    body = para("{% if profile.own_words %}x{% endif %}") + para("{%p for x in profile.my_goals %}") + para("{{ x }}")
    [unclosed] = errors(tmp_path, body)
    assert unclosed.count("for x in profile.my_goals") == 2, "the tag, and the paragraph in which it is"
