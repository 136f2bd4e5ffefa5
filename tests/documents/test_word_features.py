"""What Word itself puts into a school's own template, merged and given out: the right thing, and nothing private."""

# ruff: noqa: E501 - small XML texts read best on one line

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree

from generator.documents.templates.render import TemplateFailed, load_template, render
from generator.documents.templates.word_features.contents_list import outline_levels
from generator.engines import Docx, Pdf, choose
from generator.word_files.docx_package import W, parse, read_package
from tests.engines.real_engines import engine_called
from tests.raw_word import NAMESPACES, cell, field, footnotes, note, page, para, row, run, strict, table, word

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
NOTES = {"rF": ("footnotes", "footnotes.xml")}


def context(**more: Any) -> dict[str, Any]:
    return {
        "school": {"name": "Larkfield & Co"},
        "document": {"title": "Plan for Ada", "date": date(2026, 3, 1)},
        "facts": {"full_name": "Ada Brown"},
        "needs": [{"title": "Reading"}, {"title": "Writing"}, {"title": "Sums"}],
        "no": False,
        "yes": True,
        **more,
    }


def merged(folder: Path, content: bytes, **more: Any) -> dict[str, bytes]:
    path = folder / "own.docx"
    path.write_bytes(content)
    return read_package(render(load_template(path, None), context(**more))).parts


def body(folder: Path, inside: str, **more: Any) -> etree._Element:
    return parse(merged(folder, word(inside), **more)["word/document.xml"])


def lines(root: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


def loop(inside: str) -> str:
    return para("{%p for n in needs %}") + inside + para("{%p endfor %}")


# -- numbers that must stand once -------------------------------------------------------------------------------------


def marked(name: str, number: int, inside: str) -> str:
    begin = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'<w:p>{begin}{run(inside)}<w:bookmarkEnd w:id="{number}"/></w:p>'


def test_bookmarks_in_loops_have_numbers_and_names_of_their_own(tmp_path: Path) -> None:
    inside = marked("_GoBack", 0, "{{ n.title }}") + marked("_Toc77", 1, "x") + marked("Here", 2, "y")
    halves = '<w:p><w:bookmarkStart w:id="9" w:name="Half"/></w:p>'
    split = para("{%p if no %}") + halves + para("{%p endif %}") + '<w:p><w:bookmarkEnd w:id="9"/></w:p>'
    root = body(tmp_path, loop(inside) + marked("Other", 0, "z") + split)
    starts, ends = list(root.iter(f"{W}bookmarkStart")), list(root.iter(f"{W}bookmarkEnd"))
    assert [s.get(f"{W}name") for s in starts] == ["_Toc77", "Here", "Other"]
    numbers = [s.get(f"{W}id") for s in starts]
    assert len(set(numbers)) == 3 and numbers == [e.get(f"{W}id") for e in ends]
    assert lines(root)[:4] == ["Reading", "x", "y", "Writing"]


def test_the_bookmark_that_word_leaves_in_a_row_does_not_stop_the_engine(tmp_path: Path) -> None:
    inside = row(cell(marked("_GoBack", 0, "{{ n.title }}")), cell(para("b")))
    rows = row(cell(para("{%tr for n in needs %}")), cell(para(""))) + inside
    content = word(table(rows + row(cell(para("{%tr endfor %}")), cell(para("")))))
    (tmp_path / "own.docx").write_bytes(content)
    made = render(load_template(tmp_path / "own.docx", None), context())
    [pdf] = choose("embedded").convert([Docx("own", made)])
    assert isinstance(pdf, Pdf) and "Sums" in drawn(pdf.content)


def test_controls_and_word_s_own_numbers_of_paragraphs_stand_once(tmp_path: Path) -> None:
    control = f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{para("{{ n.title }}")}</w:sdtContent></w:sdt>'
    numbered = f'<w:p xmlns:w14="{W14[1:-1]}" w14:paraId="00AA00AA">{run("x")}</w:p>'
    root = body(tmp_path, loop(control + numbered))
    assert len({i.get(f"{W}val") for i in root.iter(f"{W}id")}) == 3
    assert [p.get(f"{W14}paraId") for p in root.iter(f"{W}p") if p.get(f"{W14}paraId")] == ["00AA00AA"]


# -- notes ------------------------------------------------------------------------------------------------------------


def noted(folder: Path, inside: str, *notes: str) -> tuple[list[str], list[str]]:
    """The numbers in the body in order, each with the words of its note."""
    parts = merged(folder, word(inside, {"word/footnotes.xml": footnotes(*notes)}, NOTES))
    kept = parse(parts["word/footnotes.xml"])
    texts = {n.get(f"{W}id"): "".join(t.text or "" for t in n.iter(f"{W}t")) for n in kept.iter(f"{W}footnote")}
    references = [r.get(f"{W}id") for r in parse(parts["word/document.xml"]).iter(f"{W}footnoteReference")]
    assert len(set(references)) == len(references)
    return [texts[number] for number in references], list(texts.values())


def test_a_note_of_words_that_are_left_out_goes_and_the_others_keep_theirs(tmp_path: Path) -> None:
    left_out = para("{%p if no %}") + para("Yellow", note(2)) + para("{%p endif %}")
    found, kept = noted(
        tmp_path, para("Red", note(1)) + left_out + para("Green", note(3)), "of red", "of yellow", "of green"
    )
    assert found == kept == ["of red", "of green"]


def test_a_note_in_a_loop_is_there_each_time_with_the_loop_s_names(tmp_path: Path) -> None:
    rows = row(cell(para("{%tr for n in needs %}"))) + row(cell(para("{{ n.title }}", note(1))))
    inside = table(rows + row(cell(para("{%tr endfor %}"))), columns=1) + para("end", note(2))
    found, _ = noted(tmp_path, inside, "why {{ n.title }}", "of {{ facts.full_name }} & all".replace("&", "&amp;"))
    assert found == ["why Reading", "why Writing", "why Sums", "of Ada Brown & all"]


def test_the_lines_above_notes_stay_and_a_number_without_a_note_goes(tmp_path: Path) -> None:
    line = f'<w:footnote w:type="separator" w:id="-1">{para("<w:r><w:separator/></w:r>")}</w:footnote>'
    part = footnotes("kept").replace("<w:footnote w:id", line + "<w:footnote w:id", 1)
    parts = merged(tmp_path, word(para("a", note(1)) + para("b", note(7)), {"word/footnotes.xml": part}, NOTES))
    kinds = [n.get(f"{W}type") for n in parse(parts["word/footnotes.xml"]).iter(f"{W}footnote")]
    assert kinds == ["separator", None]
    assert len(list(parse(parts["word/document.xml"]).iter(f"{W}footnoteReference"))) == 1


def test_a_link_in_a_note_leads_where_it_says(tmp_path: Path) -> None:
    inside = para("a", note(1))
    part = footnotes("{{ 'Read' | link('https://example.com/a') }}")
    parts = merged(tmp_path, word(inside, {"word/footnotes.xml": part}, NOTES))
    assert b"example.com/a" in parts["word/_rels/footnotes.xml.rels"]
    assert b"example.com/a" not in parts["word/_rels/document.xml.rels"]


# -- nothing private --------------------------------------------------------------------------------------------------

BY = 'w:author="A Head" w:date="2026-11-01T10:00:00Z"'


def test_tracked_changes_are_accepted_and_what_was_deleted_is_nowhere(tmp_path: Path) -> None:
    deleted = f'<w:del w:id="1" {BY}><w:r><w:delText>UPN Z999 {{{{ secret }}}}</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" {BY}>{run("{%p for n in needs %}")}</w:ins>'
    moved = f'<w:moveFrom w:id="3" {BY}>{run("moved away")}</w:moveFrom><w:moveTo w:id="4" {BY}>{run("moved here")}</w:moveTo>'
    inside = f"<w:p>{inserted}</w:p>{para('{{ n.title }}')}{para('{%p endfor %}')}<w:p>{deleted}{moved}</w:p>"
    parts = merged(tmp_path, word(inside))
    assert lines(parse(parts["word/document.xml"])) == ["Reading", "Writing", "Sums", "moved here"]
    assert not any(word in part for part in parts.values() for word in (b"Z999", b"moved away", b"A Head"))


def test_remarks_in_the_margin_are_not_given_out(tmp_path: Path) -> None:
    marks = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    comments = f'<w:comments {NAMESPACES}><w:comment w:id="0" w:author="A Head">{para("a private remark")}</w:comment></w:comments>'
    inside = loop(f"<w:p>{marks[0]}{run('{{ n.title }}')}{marks[1]}</w:p>")
    parts = merged(tmp_path, word(inside, {"word/comments.xml": comments}, {"rC": ("comments", "comments.xml")}))
    assert not any(b"private" in part or b"A Head" in part or b"comment" in part for part in parts.values())
    assert lines(parse(parts["word/document.xml"])) == ["Reading", "Writing", "Sums"]


def test_hidden_words_are_not_given_out(tmp_path: Path) -> None:
    root = body(tmp_path, para("seen", run(" and {{ facts.full_name }} hidden", "<w:vanish/>")))
    assert lines(root) == ["seen"]


# -- controls ---------------------------------------------------------------------------------------------------------


def tick(printed: str, signs: str = "2612", more: str = "") -> str:
    states = f'<w14:checkedState w14:val="{signs}" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610"/>'
    box = f'<w14:checkbox xmlns:w14="{W14[1:-1]}"><w14:checked w14:val="0"/>{states if signs else ""}</w14:checkbox>'
    return f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{run(printed)}{more}</w:sdtContent></w:sdt>"


def test_a_tick_box_is_ticked_when_its_sign_is_and_shows_its_own_sign(tmp_path: Path) -> None:
    inside = para(tick("{{ yes | tick }}"), tick("{{ no | tick }}"), tick("{{ yes | tick }}", "2611"), tick("☐", ""))
    root = body(tmp_path, inside + para(tick("{{ yes | tick }}", "00FE")))
    assert [c.get(f"{W14}val") for c in root.iter(f"{W14}checked")] == ["1", "0", "1", "0", "1"]
    assert lines(root) == ["☒☐☑☐", "☒"]


def test_a_control_keeps_what_is_merged_into_it(tmp_path: Path) -> None:
    binding = '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>'
    waiting = "<w:showingPlcHdr/><w:text/>"
    grey = '<w:rStyle w:val="PlaceholderText"/>'
    filled = f"<w:sdt><w:sdtPr>{binding}{waiting}</w:sdtPr><w:sdtContent>{para(run('{{ facts.full_name }}', grey))}</w:sdtContent></w:sdt>"
    blank = f"<w:sdt><w:sdtPr>{waiting}</w:sdtPr><w:sdtContent>{para(run('Click here', grey))}</w:sdtContent></w:sdt>"
    data, links = {"customXml/item1.xml": "<a>of another child</a>"}, {"rX": ("customXml", "../customXml/item1.xml")}
    parts = merged(tmp_path, word(filled + blank, data, links))
    assert not any(b"another child" in part for part in parts.values())
    root = parse(parts["word/document.xml"])
    assert lines(root) == ["Ada Brown", "Click here"]
    assert root.find(f".//{W}dataBinding") is None
    assert len(list(root.iter(f"{W}showingPlcHdr"))) == 1, "what a person still writes waits for it"
    assert [s.get(f"{W}val") for s in root.iter(f"{W}rStyle")] == ["PlaceholderText"]


# -- breaks -----------------------------------------------------------------------------------------------------------

WIDE = page().replace('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"')
PAGE = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize(("asked", "sections"), [("yes", ["16838", "11906"]), ("no", ["11906"])])
def test_a_section_that_an_end_tag_carries_is_there_with_what_it_encloses(
    tmp_path: Path, asked: str, sections: list[str]
) -> None:
    inside = para(f"{{%p if {asked} %}}") + para("wide") + para("{%p endif %}", properties=WIDE) + para("after")
    root = body(tmp_path, inside)
    assert [size.get(f"{W}w") for size in root.iter(f"{W}pgSz")] == sections
    assert [line for line in lines(root) if line] == (["wide", "after"] if asked == "yes" else ["after"])


def test_breaks_in_the_paragraphs_of_a_loop_are_made_once(tmp_path: Path) -> None:
    inside = para("{%p for n in needs %}", PAGE) + para("{{ n.title }}") + para("{%p endfor %}", properties=WIDE)
    root = body(
        tmp_path, inside + para("{%p if yes %}", properties="<w:pageBreakBefore/>") + para("x") + para("{%p endif %}")
    )
    seen = [
        "section" if p.find(f".//{W}sectPr") is not None else "page" if p.find(f".//{W}br") is not None else text
        for p, text in zip(root.iter(f"{W}p"), lines(root), strict=True)
    ]
    assert seen == ["page", "Reading", "Writing", "Sums", "section", "page", "x"]


# -- tags as Word and its users write them ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        (para("{{\u00a0facts.full_name\u00a0}}"), ["Ada Brown"]),
        (para("{%p\u00a0if yes %}") + para("x") + para("{%p\u202fendif %}"), ["x"]),
        (para("{{ facts\u200b.full_\u00adname }}"), ["Ada Brown"]),
        (para("Name: {{r facts.full_name }} end"), ["Name: Ada Brown end"]),
        (para("{% for n in needs %}{{r n.title }}, {% endfor %}"), ["Reading, Writing, Sums, "]),
        (para("{{p facts.full_name }}"), ["Ada Brown"]),
        (para("{{r 'a' if no else 'b' }}"), ["b"]),
        (para("Name: {{r facts.full_name -}} end"), ["Name: Ada Brown end"]),
        (para("{{p- facts.full_name -}}"), ["Ada Brown"]),
        (para("{%p+ if yes %}") + para("x") + para("{%p endif +%}") + para("y"), ["x", "y"]),
        (f"<w:p><w:smartTag w:element='x'>{run('{{ facts')}</w:smartTag>{run('.full_name }}!')}</w:p>", ["Ada Brown!"]),
        (f"<w:p>{run('{{ facts')}<w:hyperlink w:anchor='a'>{run('.full_name }} x')}</w:hyperlink></w:p>", ["Ada Brown x"]),
        (para("{% for i in range(2) %}{{ i }}{% endfor %}"), ["01"]),
        (para("{%p- if yes -%}") + para("x") + para("{%-p endif %}") + para("y"), ["x", "y"]),
    ],
)  # fmt: skip
def test_a_tag_prints_however_word_holds_it(tmp_path: Path, inside: str, printed: list[str]) -> None:
    assert lines(body(tmp_path, inside)) == printed


def test_a_value_printed_with_r_keeps_the_look_of_its_run(tmp_path: Path) -> None:
    root = body(tmp_path, f"<w:p>{run('{{r facts.full_name }}', '<w:b/>')}</w:p>")
    [piece] = [r for r in root.iter(f"{W}r") if "Ada" in "".join(t.text or "" for t in r.iter(f"{W}t"))]
    assert piece.find(f"{W}rPr/{W}b") is not None


# -- fields -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instruction", "printed"),
    [
        ('DATE \\@ "d MMMM yyyy"', "1 March 2026"),
        ('DATE \\@ "dddd, dd/MM/yy" \\* MERGEFORMAT', "Sunday, 01/03/26"),
        ("SAVEDATE", "1 March 2026"),
        ('TIME \\@ "HH:mm"', "1 March 2026"),
        ("TITLE", "Plan for Ada"),
        ("FILENAME \\p", "Plan for Ada"),
        ("DOCPROPERTY Author", "Larkfield & Co"),
        ('DOCPROPERTY "Our class"', "old"),
        ("LASTSAVEDBY", "Larkfield & Co"),
        ("TEMPLATE", ""),
    ],
)
def test_what_each_program_would_work_out_anew_is_text(tmp_path: Path, instruction: str, printed: str) -> None:
    simple = f'<w:fldSimple w:instr="{instruction.replace(chr(34), "&quot;")}">{run("old")}</w:fldSimple>'
    for inside in (
        field(instruction, result="old"),
        field(instruction, result="old" if printed == "old" else ""),
        simple,
    ):
        root = body(tmp_path, para("Seen: ", inside, " end"))
        assert lines(root) == [f"Seen: {printed} end"]
        assert not list(root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"))


def test_a_reference_to_words_shows_those_of_this_document(tmp_path: Path) -> None:
    to_words, to_number = field("REF _Ref7 \\h", result="Part of old"), field("REF _Ref7 \\r \\h", result="2.1")
    root = body(
        tmp_path, marked("_Ref7", 7, run("Part of {{ facts.full_name }}")) + para("See ", to_words, ", ", to_number)
    )
    assert lines(root) == ["Part of Ada Brown", "See Part of Ada Brown, 2.1"]
    assert len(list(root.iter(f"{W}instrText"))) == 2


@pytest.mark.parametrize(
    ("begins", "refers", "seen"),
    [
        (run("Part 1") + "<w:r><w:tab/></w:r>" + run("Reading"), "REF R \\h", "old"),
        (run("Part 1") + "<w:r><w:br/></w:r>" + run("Reading"), "REF R", "old"),
        (run("well") + "<w:r><w:noBreakHyphen/></w:r>" + run("being"), "REF R", "old"),
        (run("Part ") + field("SEQ Part", result="1"), "REF R", "old"),
        (run("{% if no %}x{% endif %}"), "REF R \\h", "old"),
        (run("Reading"), "REF R \\* Upper", "old"),
        (run("Reading"), "REF R \\*FirstCap \\h", "old"),
        (run("Reading"), "REF R \\h  \\* MERGEFORMAT ", "Reading"),
        (run("Reading"), 'REF "R" \\* CHARFORMAT', "Reading"),
        (run("Read", "<w:b/>") + run("ing"), "ref r", "Reading"),
    ],
)
def test_a_reference_whose_words_are_not_sure_keeps_those_of_the_template(
    tmp_path: Path, begins: str, refers: str, seen: str
) -> None:
    marked_words = f'<w:p><w:bookmarkStart w:id="3" w:name="R"/>{begins}<w:bookmarkEnd w:id="3"/></w:p>'
    assert lines(body(tmp_path, marked_words + para(field(refers, result="old"))))[1] == seen
    assert lines(body(tmp_path, para(field(refers, result="old")) + marked_words))[0] == seen


def test_a_reference_in_a_loop_shows_the_words_of_its_own_pass(tmp_path: Path) -> None:
    refers = para(field("REF R", result="old"))
    root = body(tmp_path, loop(marked("R", 3, "{{ n.title }}") + refers))
    assert lines(root) == ["Reading", "Reading", "Writing", "Writing", "Sums", "Sums"]
    assert len(list(root.iter(f"{W}instrText"))) == 1, "the bookmark of the first pass alone keeps its name"
    ahead = body(tmp_path, loop(refers + marked("R", 3, "{{ n.title }}")))
    assert lines(ahead) == ["old", "Reading", "old", "Writing", "old", "Sums"]


def test_a_reference_to_a_reference_shows_the_words_of_now(tmp_path: Path) -> None:
    def refers(name: str) -> str:
        return field(f"REF {name}", result="old")

    first = f'<w:p><w:bookmarkStart w:id="4" w:name="Whole"/>{run("See ")}{refers("R")}<w:bookmarkEnd w:id="4"/></w:p>'
    circle = f'<w:p><w:bookmarkStart w:id="5" w:name="Me"/>{run("I ")}{refers("Me")}<w:bookmarkEnd w:id="5"/></w:p>'
    root = body(tmp_path, para(refers("Whole")) + first + marked("R", 3, "{{ facts.full_name }}") + circle)
    assert lines(root) == ["See Ada Brown", "See Ada Brown", "Ada Brown", "I old"]


def test_page_numbers_stay_fields(tmp_path: Path) -> None:
    root = body(tmp_path, para(field("PAGE", result="1"), field("NUMPAGES", result="1")))
    assert len(list(root.iter(f"{W}instrText"))) == 2


STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/>{more}</w:style>'
    for name, called, more in (
        ("Heading1", "heading 1", ""),
        ("Heading2", "heading 2", ""),
        ("Part", "Part", '<w:basedOn w:val="Heading2"/>'),
        ("Question", "Question", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        ("Body", "Body", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
    )
)


def test_a_style_s_level_is_its_own_or_that_of_what_it_is_based_on() -> None:
    styles = parse(f"<w:styles {NAMESPACES}>{STYLES}</w:styles>".encode())
    assert outline_levels(styles) == {"Heading1": 1, "Heading2": 2, "Part": 2, "Question": 3}


def styled(name: str, *inside: str) -> str:
    return para(*inside, properties=f'<w:pStyle w:val="{name}"/>')


def with_contents(levels: str = "1-2") -> bytes:
    whole = para(field(f'TOC \\o "{levels}" \\h \\z \\u', result="Update the field"))
    turned = styled("Heading1", run("Last {{ facts.full_name }}")).replace("<w:r>", f"{PAGE}<w:r>", 1)
    inside = styled("Heading1", "First") + whole + loop(styled("Heading2", "{{ n.title }}") + para("words")) + turned
    inside += styled("Question", "Deep")
    styles = {"word/styles.xml": f"<w:styles {NAMESPACES}>{STYLES}</w:styles>"}
    return word(inside + para("end"), styles, {"rS": ("styles", "styles.xml")})


def test_a_contents_list_has_the_headings_of_the_document(tmp_path: Path) -> None:
    for levels, deep in (("1-2", []), ("1-3", ["Deep1"])):
        root = parse(merged(tmp_path, with_contents(levels))["word/document.xml"])
        expected = ["First1", "Reading1", "Writing1", "Sums1", "Last Ada Brown1", *deep]
        assert lines(root)[1 : 1 + len(expected)] == expected
        assert "Update the field" not in lines(root)
        names = {b.get(f"{W}name") for b in root.iter(f"{W}bookmarkStart")}
        assert {h.get(f"{W}anchor") for h in root.iter(f"{W}hyperlink")} == names and len(names) == len(expected)
        kinds = [f.get(f"{W}fldCharType") for f in root.iter(f"{W}fldChar")]
        assert kinds.count("begin") == kinds.count("end") == len(expected) + 1


def drawn(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.whole
def test_both_engines_draw_contents_with_pages_and_every_note(tmp_path: Path) -> None:
    content = with_contents()
    path = tmp_path / "own.docx"
    path.write_bytes(content)
    made = render(load_template(path, None), context())
    for name in ("embedded", "libreoffice"):
        engine = engine_called(name)
        [pdf] = engine.convert([Docx("own", made)])
        assert isinstance(pdf, Pdf), pdf
        text = drawn(pdf.content)
        assert re.search(r"Reading[ .…]*1", text), text
        assert re.search(r"Last Ada Brown[ .…]*2", text), text


# -- Strict Open XML --------------------------------------------------------------------------------------------------


def test_a_strict_file_is_a_template_like_any_other(tmp_path: Path) -> None:
    look = '<w:jc w:val="end"/><w:ind w:start="36pt"/><w:spacing w:after="8pt"/>'
    sized = run("{{ facts.full_name }}", '<w:rStyle w:val="12pt"/><w:sz w:val="14pt"/>')
    shape = page().replace('w:w="11906" w:h="16838"', 'w:w="595.3pt" w:h="297mm"')
    usual = word(para(sized, properties=look) + loop(para("{{ n.title }}")), section=shape)
    parts = merged(tmp_path, strict(usual))
    assert not any(b"purl.oclc" in part for part in parts.values())
    root = parse(parts["word/document.xml"])
    assert lines(root) == ["Ada Brown", "Reading", "Writing", "Sums"]
    found = {tag: next(root.iter(f"{W}{tag}")) for tag in ("jc", "ind", "spacing", "sz", "rStyle", "pgSz")}
    assert found["jc"].get(f"{W}val") == "right" and found["ind"].get(f"{W}left") == "720"
    assert found["spacing"].get(f"{W}after") == "160" and found["sz"].get(f"{W}val") == "28"
    assert found["rStyle"].get(f"{W}val") == "12pt", "a style may well be called so"
    assert (found["pgSz"].get(f"{W}w"), found["pgSz"].get(f"{W}h")) == ("11906", "16838")


def test_a_template_whose_words_would_be_lost_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    for inside, said in (
        (para("Lost {%p if yes %}") + para("{%p endif %}"), "words beside"),
        (para("Dear ", field("MERGEFIELD FirstName", result="«FirstName»")), "mail-merge field FirstName"),
    ):
        path.write_bytes(word(inside))
        with pytest.raises(TemplateFailed, match=said):
            load_template(path, None)
