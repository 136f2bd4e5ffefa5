"""Tags in places where merging would lose or tear something: each mistake is told once, and says what to do."""

# ruff: noqa: E501 - small XML texts read best on one line

from __future__ import annotations

from pathlib import Path

import pytest

from generator.authorities.pack import load_pack
from generator.documents.templates.checking.available_fields import known
from generator.documents.templates.checking.check_template import check_template
from generator.documents.templates.render import TemplateFailed, load_template
from generator.folder.school_folder import BUILT_IN, find_project
from generator.problems import Problem
from tests.raw_word import NAMESPACES, box, cell, field, footnotes, note, para, picture, row, run, table, word

PROJECT = find_project(BUILT_IN)
STANDARD_HOUSE = BUILT_IN / "templates" / "standard" / "house.docx"
KNOWN = known(PROJECT.schemas, load_pack("standard", PROJECT.template_folders, PROJECT.schemas).words)


def found(folder: Path, content: bytes) -> list[Problem]:
    (folder / "own.docx").write_bytes(content)
    return check_template(folder / "own.docx", None, "own.docx", KNOWN)


def cells(*texts: str) -> str:
    return row(*(cell(para(text)) for text in texts), properties="<w:tblHeader/>")


def rows(*made: str) -> str:
    return table(*made)


FOR, END = "for n in pupil.needs", "endfor"
ADDRESS = {"rL": ("hyperlink", "mailto://%7b%7b%20school.email%20%7d%7d")}
MISTAKES = {
    # the rule of docxtpl-lint 2.0.1 that tells the same, where it has one
    "space before tr (DTL202)": (rows(cells(f"{{%tr {FOR} %}}", ""), cells("{{ n.title }}", ""), cells("{% tr endfor %}", "")), "write it without the space: {%tr endfor %}"),
    "space before p (DTL202)": (para("{% p if pupil.eal %}") + para("x") + para("{%p endif %}"), "write it without the space: {%p if … %}"),
    "capital If": (para("{% If pupil.eal %}x{% endif %}"), "write if in small letters"),
    "capital ENDFOR": (para(f"{{% {FOR} %}}x{{% ENDFOR %}}"), "write endfor in small letters"),
    "capital P": (para("{%P if pupil.eal %}") + para("x") + para("{%p endif %}"), "write {%p … %}"),
    "end if": (para("{% if pupil.eal %}x{% end if %}"), "write endif as one word"),
    "else if": (para("{% if pupil.eal %}x{% else if pupil.gp %}y{% endif %}"), "write elif as one word"),
    "percent in a p tag (DTL201)": (para("{%p if pupil.needs | length % 2 %}") + para("x") + para("{%p endif %}"), "{% set x = … %}"),
    "tr outside a table (DTL203)": (para(f"{{%tr {FOR} %}}") + para("x") + para("{%tr endfor %}"), "stands outside of any table"),
    "cellbg outside a table (DTL208)": (para("{% cellbg 'FFEECC' %}x"), "put it into a cell"),
    "p ended without p (DTL204)": (para("{%p if pupil.eal %}") + para("x") + para("{% endif %}"), "write both with p"),
    "tr ended with p (DTL204)": (rows(cells(f"{{%tr {FOR} %}}", ""), cells("{{ n.title }}", ""), cells("{%p endfor %}", "")), "write both with tr"),
    "else without p": (para("{%p if pupil.eal %}") + para("x") + para("{% else %}") + para("y") + para("{%p endif %}"), "write both with p"),
    "two tables (DTL205)": (rows(cells(f"{{%tr {FOR} %}}", "")) + para("between") + rows(cells("{%tr endfor %}", "")), "stand in different tables"),
    "one row (DTL206)": (rows(cells(f"{{%tr {FOR} %}}", "{%tr endfor %}")), "give each a row of a table of its own"),
    "tc over rows (DTL207)": (rows(cells(f"{{%tc {FOR} %}}", "x"), cells("y", "{%tc endfor %}")), "stand in different rows"),
    "one paragraph (DTL210)": (para("{%p if pupil.eal %}{%p endif %}"), "give each a paragraph of its own"),
    "cells of a row": (rows(cells(f"{{% {FOR} %}}{{{{ n.title }}}}", "x{% endfor %}")), "for whole rows write {%tr for … %} in a row of its own above"),
    "over rows": (rows(cells(f"{{% {FOR} %}}{{{{ n.title }}}}", "x"), cells("y", "{% endfor %}")), "for whole rows write {%tr for … %}"),
    "p over cells": (rows(cells("{%p if pupil.eal %}", "{%p endif %}")), "stand in different cells"),
    "words beside p (DTL209)": (para("Keep me {%p if pupil.eal %}") + para("x") + para("{%p endif %}"), "are not printed: “Keep me”"),
    "words beside tr (DTL209)": (rows(cells(f"{{%tr {FOR} %}}", "Keep me"), cells("{{ n.title }}", ""), cells("{%tr endfor %}", "")), "are not printed: “Keep me”"),
    "two tags in a paragraph": (para("{%p if pupil.eal %}{%p if pupil.gp %}") + para("x") + para("{%p endif %}") + para("{%p endif %}"), "`{%p if pupil.eal %}` and `{%p if pupil.gp %}` stand in the same paragraph"),
    "an end and a begin in a paragraph": (para(f"{{%p {FOR} %}}") + para("x") + para(f"{{%p endfor %}}{{%p {FOR} %}}") + para("y") + para("{%p endfor %}"), f"`{{%p endfor %}}` and `{{%p {FOR} %}}` stand in the same paragraph"),
    "two tags in the cells of a row": (rows(cells(f"{{%tr {FOR} %}}", "{%tr if n.title %}"), cells("{{ n.title }}", ""), cells("{%tr endif %}", ""), cells("{%tr endfor %}", "")), "stand in the same row of a table, which is taken away whole"),
    "a picture beside p": (para("{%p if pupil.eal %}", picture()) + para("x") + para("{%p endif %}"), "the picture, box or note beside"),
    "a field of mail merge": (para("Dear ", field("MERGEFIELD First_Name \\* MERGEFORMAT", result="«First_Name»")), "the mail-merge field First_Name"),
    "a simple field of mail merge": (para('<w:fldSimple w:instr=" MERGEFIELD Name "><w:r><w:t>«Name»</w:t></w:r></w:fldSimple>'), "the mail-merge field Name"),
    "a field that asks": (para(field('FILLIN "Which class?"', result="4B")), "the field FILLIN"),
    "in a box and out of it": (para("{% if pupil.eal %}", box(para("x{% endif %}"))), "do not stand in the same text box"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_once_and_says_what_to_do(tmp_path: Path, mistake: str) -> None:
    inside, said = MISTAKES[mistake]
    told = [
        problem for problem in found(tmp_path, word(inside, links={"rI": ("image", "media/i.png")})) if problem.blocks
    ]
    assert len(told) == 1 and said in f"{told[0].message} ({told[0].hint})", [str(problem) for problem in told]
    with pytest.raises(TemplateFailed):
        load_template(tmp_path / "own.docx", None)


def test_a_tag_in_the_address_of_a_link_is_told_with_what_to_write(tmp_path: Path) -> None:
    [told] = found(
        tmp_path, word(para('<w:hyperlink r:id="rL"><w:r><w:t>Write</w:t></w:r></w:hyperlink>'), links=ADDRESS)
    )
    assert told.blocks and "{{ school.email }} is not filled" in told.message
    assert "| link('mailto:' ~ school.email) }}" in told.hint


RIGHT = {
    "a box with tags": para("Beside the box", box(para("{%p if pupil.eal %}") + para("x") + para("{%p endif %}"))),
    "a block over paragraphs": para("{% if pupil.eal %}a") + para("b{% endif %}"),
    "a block in a cell": rows(cells("{% if pupil.eal %}a{% endif %}", "b")),
    "rows in rows": rows(
        cells(f"{{%tr {FOR} %}}", ""),
        cells("{%tr if n.title %}", ""),
        cells("{{ n.title }}", ""),
        cells("{%tr endif %}", ""),
        cells("{%tr endfor %}", ""),
    ),
    "hard spaces": para("{%p\u00a0if\u00a0pupil.eal\u00a0%}") + para("x") + para("{%p endif %}"),
    "else of a p": para("{%p if pupil.eal %}") + para("x") + para("{%p else %}") + para("y") + para("{%p endif %}"),
    "a row left out by a remark": rows(cells("{#tr not this row #}", "and what is in it"), cells("a", "b")),
    "a remark": para("{#p not printed #}") + para("a {# nor this #} b"),
    "a page number": para(field("PAGE", result="1"), field('DATE \\@ "d MMMM yyyy"', result="1 May")),
    "r for runs": para(f"{{%r {FOR} %}}{{{{ n.title }}}}, {{%r endfor %}}"),
    "braces that are no tag": para("{_{ not a tag }_} { } {x}"),
    "a percent in print": para("{{ pupil.needs | length % 2 }} 50%"),
}


@pytest.mark.parametrize("kind", RIGHT)
def test_what_is_right_is_not_told(tmp_path: Path, kind: str) -> None:
    problems = found(tmp_path, word(RIGHT[kind]))
    assert [str(p) for p in problems if p.rule not in ("template-floating", "template-picture", "template-table")] == []
    load_template(tmp_path / "own.docx", None)


NO_TAGS = {
    "Dear «FirstName»,": "{{ facts.first_name }}",
    "{ pupil.forenames }": "{{ pupil.forenames }}",
    "[pupil.forenames]": "{{ pupil.forenames }}",
    "&lt;&lt;First name&gt;&gt;": "{{ facts.first_name }}",
    "${pupil.forenames}": "{{ pupil.forenames }}",
    "«Yes»": "a field of sendpack there",
    "Find us at [www.gov.uk] or [our.form]": "",
    "%{ if pupil.eal }%": "{% if pupil.eal %}",
    "{% raw %}{{ x.y }}{% endraw %} {# [a.b] #} see [1], {this}, 5 < 6 >> 2, “««”": "",
}


@pytest.mark.parametrize("text", NO_TAGS)
def test_places_to_fill_as_other_programs_write_them_are_told(tmp_path: Path, text: str) -> None:
    told = [one for one in found(tmp_path, word(para(text.replace(" < ", " &lt; ")))) if one.rule == "template-nearly"]
    assert [one.hint.split("write ")[1].split(" (send")[0] for one in told] == [NO_TAGS[text]] * bool(NO_TAGS[text])


UNREAD = {
    "{% if pupil.eal = true %}x{% endif %}": "write == with two signs",
    "{{ pupil.date of birth }}": "pupil.date_of_birth",
    "{{ pupil.date-of-birth }}": "did you mean 'date_of_birth'?",
    "{% for n of pupil.needs %}{{ n.title }}{% endfor %}": "{% for one in list %}",
    "{% foreach n in pupil.needs %}": "(write for)",
    "{% if pupil.eal &amp;&amp; pupil.gp %}x{% endif %}": "write and",
    "{% if pupil.eal || pupil.gp %}x{% endif %}": "write or",
    "{% if !pupil.eal %}x{% endif %}": "write not",
}


@pytest.mark.parametrize("text", UNREAD)
def test_a_tag_that_cannot_be_read_is_told_with_how_to_write_it(tmp_path: Path, text: str) -> None:
    told = [f"{one.message} ({one.hint})" for one in found(tmp_path, word(para(text))) if one.blocks]
    assert UNREAD[text] in told[0], told


def test_a_difference_of_two_numbers_is_no_name_with_dashes(tmp_path: Path) -> None:
    counted = para("{% set n = 2 %}{{ pupil.needs | length - n }} {{ pupil.year_group - n }}")
    assert not [one for one in found(tmp_path, word(counted)) if one.blocks]


def test_a_watermark_and_a_letterhead_of_its_own_are_told_and_faults_in_notes_and_pictures_have_a_place(
    tmp_path: Path,
) -> None:
    art = '<w:r><w:pict><v:shape style="width:9pt;height:9pt"><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'
    own = tmp_path / "own.docx"
    for inside in (art, picture()):
        header = {"word/header1.xml": f"<w:hdr {NAMESPACES}>{para(inside)}</w:hdr>"}
        own.write_bytes(word(para("x"), header, {"rH": ("header", "header1.xml")}))
        assert "template-edge" in [one.rule for one in check_template(own, STANDARD_HOUSE, "own.docx", KNOWN)]
    noted = {"word/footnotes.xml": footnotes("{{ pupil.forname }}")}
    [told] = found(tmp_path, word(para("x", note(1)), noted, {"rF": ("footnotes", "footnotes.xml")}))
    assert told.message.endswith("in a note, “{{ pupil.forname }}”")
    described = word(para(picture(words="{{ pupil.forname }}")), links={"rI": ("image", "media/i.png")})
    assert found(tmp_path, described)[0].message.endswith("in the alternative text “{{ pupil.forname }}”")


def test_a_greeting_of_mail_merge_is_called_by_its_name(tmp_path: Path) -> None:
    [told] = [one for one in found(tmp_path, word(para(field('GREETINGLINE \\f "Dear"', result="«X»")))) if one.blocks]
    assert "the mail-merge field GREETINGLINE" in told.message


def test_what_word_keeps_in_the_file_is_told(tmp_path: Path) -> None:
    by = 'w:author="A" w:date="2026-11-01T10:00:00Z"'
    tracked = f'<w:p><w:ins w:id="1" {by}>{run("new")}</w:ins><w:del w:id="2" {by}><w:r><w:delText>old {{{{ x }}}}</w:delText></w:r></w:del></w:p>'
    comments = f'<w:comments {NAMESPACES}><w:comment w:id="0">{para("private")}</w:comment></w:comments>'
    members, links = {"word/comments.xml": comments}, {"rC": ("comments", "comments.xml")}
    told = found(tmp_path, word(tracked + para("seen", run("hidden", "<w:vanish/>")), members, links))
    assert [problem.rule for problem in told] == ["template-tracked", "template-comment", "template-hidden"]
    assert "(2)" in told[0].message and "1 comment" in told[1].message and not any(p.blocks for p in told)


def test_a_note_may_name_what_the_loop_around_its_number_names(tmp_path: Path) -> None:
    def noted(tag: str) -> list[Problem]:
        inside = para(f"{{%p {FOR} %}}") + para("a", note(1)) + para("{%p endfor %}")
        return found(
            tmp_path, word(inside, {"word/footnotes.xml": footnotes(tag)}, {"rF": ("footnotes", "footnotes.xml")})
        )

    assert noted("{{ n.title }}") == []
    [wrong] = noted("{{ n.tittle }}")
    assert "did you mean 'title'" in wrong.message and "“{{ n.tittle }}”" in wrong.message
