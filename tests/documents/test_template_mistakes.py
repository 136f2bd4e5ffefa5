"""Mistakes in a template are named with their paragraph, and what would be a danger is refused."""

# ruff: noqa: E501 - small XML and YAML texts read best on one line

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.documents.templates.checking.check_template import check_template
from generator.documents.templates.render import TemplateFailed, load_template
from generator.folder.school_folder import BUILT_IN
from generator.problems import Exit
from generator.records.field_view import Fields
from generator.records.record import Schemas
from generator.word_files.docx_package import W
from templates.source.__main__ import TEMPLATES
from templates.source.vocabulary import grid, para, table
from tests.documents.merged_templates import HOUSE, STANDARD, body_of, merged, write_template


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


@pytest.mark.whole
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


@pytest.mark.whole
@pytest.mark.parametrize("name", TEMPLATES)
def test_the_standard_templates_pass_their_own_check(name: str) -> None:
    assert check_template(STANDARD / name, HOUSE, name) == []


def test_only_a_short_row_must_stay_on_one_page(tmp_path: Path) -> None:
    body = grid((("A", 1), ("B", 2)), [("", "short", "{{ short }}"), ("", "long", "{{ long }}")])
    rows = list(body_of(merged(tmp_path, body, short="x " * 100, long="x " * 3000)).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, True, False]
