"""Forms that came back with something put in: another form, copied controls, pictures, files; nothing is lost."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date

import pytest
from lxml import etree

from generator.documents.languages.translate import Interpreter
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.forms.filling.runs import element, run_of
from generator.forms.given.ask import give_forms, prepare
from generator.forms.given.blank_form import blank_paper
from generator.forms.given.question_list import question_forms
from generator.forms.given.whom_to_ask import whom_to_ask
from generator.forms.returned import edges
from generator.forms.returned.take_answers import ReturnedForm, look_at
from generator.word_files.docx_package import Member, W, parse, read_package, serialize, write_package
from tests.example_school import copy_school
from tests.forms.returned.filled_controls import filled_word

ADA, NIA, KACPER = "ada-brown", "nia-okafor", "kacper-wisniewski"
ASKED, BACK = date(2026, 11, 29), date(2026, 12, 3)
FILLED = {"school": "Maths.", "hard": "Mornings.", "signed": "Samira Brown"}
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VML = "urn:schemas-microsoft-com:vml"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return find_project(copy_school(tmp_path_factory.mktemp("put") / "school", ADA, NIA, KACPER))


@pytest.fixture(scope="module")
def papers(school: Project) -> dict[str, list[bytes]]:
    """The Word forms of Ada's and Nia's parents, and Ada's log of sessions."""
    found = {}
    for pupil, form in ((ADA, "parents"), (NIA, "parents"), (KACPER, "parents"), (ADA, "ta")):
        case = load_case(school, pupil).case
        assert case is not None
        people = whom_to_ask(case, form, (), ASKED)
        made = give_forms(school, case, prepare(school, case, form, people, ASKED), None, ASKED)
        files = [file for one in made for file in one.files if file.name.endswith(".docx")]
        found[f"{pupil}/{form}"] = [file.read_bytes() for file in files]
    return found


def looked(
    school: Project, content: bytes, *changes: Callable[[etree._Element, dict[str, bytes]], None]
) -> ReturnedForm:
    package = read_package(content)
    root, parts = parse(package.parts[package.main]), dict(package.parts)
    for change in changes:
        change(root, parts)
    parts[package.main] = serialize(root)
    return look_at(school, "back.docx", write_package(Member.of(n, part) for n, part in parts.items()), BACK)


def control(root: etree._Element, question: str) -> etree._Element:
    return next(t for t in root.iter(W + "tag") if t.get(W + "val") == f"sendpack:{question}").getparent().getparent()  # type: ignore[union-attr]


def said(form: ReturnedForm, question: str) -> str:
    assert form.read is not None, form.refused
    return form.read.answer(question).text


def paragraph(words: str) -> etree._Element:
    made = element("p")
    made.append(run_of(words, None))
    return made


def written(row: etree._Element, *words: str) -> None:
    """Write words into the cells of a row, one each."""
    for cell, said in zip(row.findall(W + "tc"), words, strict=False):
        next(cell.iter(W + "p")).append(run_of(said, None))


def emptied(root: etree._Element, question: str) -> etree._Element:
    """The control without its words, and where its runs go."""
    held = control(root, question).find(W + "sdtContent")
    assert held is not None
    for run in list(held.iter(W + "r")):
        run.getparent().remove(run)  # type: ignore[union-attr]
    return next(held.iter(W + "p"), held)


def related(parts: dict[str, bytes], name: str, kind: str, target: str) -> None:
    row = f'<Relationship Id="{name}" Type="{REL}/{kind}" Target="{target}"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", row.encode()
    )
    parts[f"word/{target}"] = b"\x89PNG"


@pytest.mark.whole
def test_two_forms_in_one_file_are_refused_and_nothing_lands_at_the_other_child(
    school: Project, papers: dict[str, list[bytes]]
) -> None:
    nia = filled_word(papers[f"{NIA}/parents"][0], {"school": "Her tablet."})
    added = parse(read_package(nia).parts["word/document.xml"]).find(W + "body")
    assert added is not None

    def put(root: etree._Element, parts: dict[str, bytes]) -> None:
        last = root.find(W + "body")[-1]  # type: ignore[index]
        for one in list(added)[:-1]:
            last.addprevious(copy.deepcopy(one))

    form = looked(school, filled_word(papers[f"{ADA}/parents"][0], FILLED), put)
    assert "2 forms in one file" in form.refused and "file of its own" in form.advice and not form.proposals


def test_all_that_copied_controls_hold_is_shown_and_not_sure(school: Project, papers: dict[str, list[bytes]]) -> None:
    def copied(root: etree._Element, parts: dict[str, bytes]) -> None:
        for question, words in (("school", "And music."), ("hard", "")):
            other = copy.deepcopy(control(root, question))
            for text in other.iter(W + "t"):
                text.text = words
            control(root, question).addnext(other)

    form = looked(school, filled_word(papers[f"{ADA}/parents"][0], FILLED), copied)
    assert said(form, "school") == "Maths.\nAnd music." and said(form, "hard") == "Mornings."
    assert form.read is not None and "more than once" in form.read.answer("school").doubt
    assert form.read.answer("hard").sure


def test_words_are_read_although_the_control_still_says_that_it_shows_its_prompt(
    school: Project, papers: dict[str, list[bytes]]
) -> None:
    def marked(root: etree._Element, parts: dict[str, bytes]) -> None:
        for question in ("school", "signed"):
            etree.SubElement(control(root, question).find(W + "sdtPr"), W + "showingPlcHdr")  # type: ignore[type-var]
        emptied(root, "hard")

    form = looked(school, filled_word(papers[f"{ADA}/parents"][0], FILLED), marked)
    assert (said(form, "school"), said(form, "signed")) == ("Maths.", "Samira Brown")
    assert said(form, "hard") == "" and said(form, "like") == ""


def test_a_field_of_no_question_is_told(school: Project, papers: dict[str, list[bytes]]) -> None:
    def other(root: etree._Element, parts: dict[str, bytes]) -> None:
        control(root, "hard").find(f"{W}sdtPr/{W}tag").set(W + "val", "sendpack:../elsewhere")  # type: ignore[union-attr]

    form = looked(school, filled_word(papers[f"{ADA}/parents"][0], FILLED), other)
    assert form.read is not None and form.read.unplaced == ("Mornings.",) and not said(form, "hard")


@pytest.mark.whole
def test_old_pictures_ink_and_files_in_place_of_words_are_there_at_their_question(
    school: Project, papers: dict[str, list[bytes]]
) -> None:
    def put(root: etree._Element, parts: dict[str, bytes]) -> None:
        shape = f'<v:shape xmlns:v="{VML}" xmlns:r="{REL}"><v:imagedata r:id="{{}}"/></v:shape>'
        picture = element("pict")
        picture.append(etree.fromstring(shape.format("rIdA")))
        file = element("object")
        file.append(etree.fromstring(shape.format("rIdIcon")))
        embedded = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:r="{}" r:id="rIdB"/>'
        file.append(etree.fromstring(embedded.format(REL)))
        for question, made in (("school", picture), ("hard", file)):
            run = run_of("", None)
            run.append(made)
            emptied(root, question).append(run)
        related(parts, "rIdA", "image", "media/note.png")
        related(parts, "rIdB", "package", "embeddings/answers.docx")

    form = looked(school, filled_word(papers[f"{ADA}/parents"][0], FILLED), put)
    assert form.read is not None
    assert form.read.answer("school").pictures == ("note.png",)
    assert form.read.answer("hard").pictures == ("answers.docx",)
    assert any("a file was put into it (answers.docx)" in note for note in form.notes)


def test_the_picture_of_what_was_drawn_with_a_pen_is_seen(school: Project, papers: dict[str, list[bytes]]) -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    ink = "http://schemas.microsoft.com/office/word/2010/wordprocessingInk"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    drawn = (
        f'<mc:AlternateContent xmlns:mc="{mc}" xmlns:w="{W[1:-1]}" xmlns:k="{ink}" xmlns:a="{a}" xmlns:r="{REL}">'
        '<mc:Choice Requires="wpi"><w:drawing><k:contentPart r:id="rIdI"/></w:drawing></mc:Choice>'
        '<mc:Fallback><w:drawing><a:blip r:embed="rIdA"/></w:drawing></mc:Fallback></mc:AlternateContent>'
    )

    def put(root: etree._Element, parts: dict[str, bytes]) -> None:
        run = run_of("", None)
        run.append(etree.fromstring(drawn))
        emptied(root, "school").append(run)
        related(parts, "rIdA", "image", "media/ink.png")

    form = looked(school, filled_word(papers[f"{ADA}/parents"][0], FILLED), put)
    assert form.read is not None and form.read.answer("school").pictures == ("ink.png",)


@pytest.mark.whole
def test_equations_endnotes_and_inserted_files_are_told(school: Project, papers: dict[str, list[bytes]]) -> None:
    def put(root: etree._Element, parts: dict[str, bytes]) -> None:
        math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
        sums = f'<m:oMath xmlns:m="{math}"><m:r><m:t>2+2=4</m:t></m:r></m:oMath>'
        paragraph = next(control(root, "school").iterancestors(W + "p"))
        paragraph.append(etree.fromstring(sums))
        paragraph.addnext(element("altChunk"))
        related(parts, "rIdE", "endnotes", "endnotes.xml")
        notes = f'<w:endnotes xmlns:w="{W[1:-1]}"><w:endnote><w:p><w:r><w:t>Since March.</w:t></w:r></w:p></w:endnote>'
        parts["word/endnotes.xml"] = f"{notes}</w:endnotes>".encode()

    notes = looked(school, filled_word(papers[f"{ADA}/parents"][0], FILLED), put).notes
    assert [n for n in notes if "2+2=4" in n] and [n for n in notes if "Since March." in n]
    assert [n for n in notes if "inserted as a whole" in n]


@pytest.mark.whole
@pytest.mark.parametrize("part", ["header", "footer"])
def test_words_in_a_header_or_footer_are_told_and_ours_are_not(
    school: Project, papers: dict[str, list[bytes]], part: str
) -> None:
    filled = filled_word(papers[f"{ADA}/parents"][0], FILLED)

    def put(root: etree._Element, parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if name.startswith(f"word/house-{part}")]:
            edge = parse(parts[name])
            edge.append(paragraph("He cries on Mondays."))
            parts[name] = serialize(edge)

    for blank in (filled, *papers[f"{KACPER}/parents"]):  # his are in Polish and in English
        assert [note for note in looked(school, blank).notes if "header" in note] == []
    told = [note for note in looked(school, filled, put).notes if "header" in note]
    assert told == ["its header or footer says: He cries on Mondays."]


@pytest.mark.whole
@pytest.mark.parametrize(
    ("telephone", "mail", "notes"),
    [
        ("(01632) 960199", "send@mill.example", 0),
        ("01632 960 100", "he cries", 1),
        ("01632 960 100 he cries", "send@mill.example", 1),
        ("01632 960 100", "send@mill.example · he cries", 1),
    ],
)
def test_the_telephone_and_mail_that_the_school_had_when_it_asked_are_not_told(
    school: Project, papers: dict[str, list[bytes]], telephone: str, mail: str, notes: int
) -> None:
    def put(root: etree._Element, parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if name.startswith("word/house-")]:
            edge = parts[name].replace(b"office@larkfield.example", mail.encode())
            parts[name] = edge.replace(b"01632 960 100", telephone.encode())

    told = looked(school, papers[f"{ADA}/parents"][0], put).notes
    assert len([note for note in told if "header or footer" in note]) == notes


@pytest.mark.whole
def test_the_form_that_was_printed_to_recognise_one_is_not_printed_again_for_its_edges(
    school: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One without its reference, which is compared with all that may have been given out."""
    case = load_case(school, ADA).case
    assert case is not None
    paper = blank_paper(school, case, question_forms()["ta"], Interpreter(school))
    assert paper is not None
    monkeypatch.setattr(edges, "blank_paper", None)
    form = look_at(school, "back.docx", paper.word, BACK)
    assert form.recognised is not None and form.recognised.form.id == "ta" and form.recognised.asked is None
    assert [note for note in form.notes if "header or footer" in note] == []


@pytest.mark.whole
def test_letters_drawn_as_a_shape_and_parts_in_other_files_are_told(
    school: Project, papers: dict[str, list[bytes]]
) -> None:
    drawn = '<v:shape><v:textpath string="SHOUTS AT NIGHT"/></v:shape>'
    shape = f'<w:pict xmlns:w="{W[1:-1]}" xmlns:v="{VML}">{drawn}</w:pict>'

    def put(root: etree._Element, parts: dict[str, bytes]) -> None:
        written_on = paragraph("")
        next(written_on.iter(W + "r")).append(etree.fromstring(shape))
        within = paragraph("see there")
        within.append(element("subDoc"))
        next(control(root, "school").iterancestors(W + "p")).addnext(written_on)
        written_on.addnext(within)
        within.addnext(element("subDoc"))
        for name in [name for name in parts if name.startswith("word/house-footer")]:
            foot = parse(parts[name])
            foot.append(copy.deepcopy(written_on))
            parts[name] = serialize(foot)

    notes = looked(school, filled_word(papers[f"{ADA}/parents"][0], FILLED), put).notes
    assert "letters drawn as a shape say: SHOUTS AT NIGHT" in notes
    assert "its header or footer says: SHOUTS AT NIGHT" in notes
    assert [note for note in notes if note.startswith("a part of it is another file")], notes


@pytest.mark.whole
def test_a_table_of_sessions_that_was_split_is_read_whole_and_words_beside_it_are_told(
    school: Project, papers: dict[str, list[bytes]]
) -> None:
    def split(root: etree._Element, parts: dict[str, bytes]) -> None:
        table = next(root.iter(W + "tbl"))
        rows = table.findall(W + "tr")
        second = copy.deepcopy(table)
        for row in second.findall(W + "tr")[:3]:
            second.remove(row)
        for row in rows[3:]:
            table.remove(row)
        for row, day in ((rows[1], "1/12/2026"), (second.findall(W + "tr")[0], "2/12/2026")):
            written(row, day, f"Phonics of {day}")
        first = next(rows[1].findall(W + "tc")[1].iter(W + "p"))
        first.addnext(paragraph("Then a game."))
        table.addnext(second)
        table.addnext(paragraph("I was ill last week."))

    form = looked(school, papers[f"{ADA}/ta"][0], split)
    assert form.read is not None
    rows = next(one.rows for one in form.read.answers if one.rows)
    assert [row["Date"] for row in rows] == ["1/12/2026", "2/12/2026"]
    assert rows[0]["What we did"] == "Phonics of 1/12/2026\nThen a game."
    assert form.read.unplaced == ("I was ill last week.",)


@pytest.mark.whole
def test_another_table_of_the_same_width_below_the_sessions_is_told_and_is_no_session(
    school: Project, papers: dict[str, list[bytes]]
) -> None:
    def added(root: etree._Element, parts: dict[str, bytes]) -> None:
        table = next(root.iter(W + "tbl"))
        rows = table.findall(W + "tr")
        other = copy.deepcopy(table)
        written(rows[1], "1/12/2026", "Phonics")
        for row in other.findall(W + "tr")[3:]:
            other.remove(row)
        for row, words in zip(
            other.findall(W + "tr"), (("Book", "By"), ("Owls", "R. Lane"), ("Bees", "")), strict=True
        ):
            for text in list(row.iter(W + "t")):
                text.getparent().remove(text)  # type: ignore[union-attr]
            written(row, *words)
        table.addnext(other)
        table.addnext(paragraph("Books he read"))

    form = looked(school, papers[f"{ADA}/ta"][0], added)
    assert form.read is not None
    assert [row["Date"] for one in form.read.answers for row in one.rows] == ["1/12/2026"]
    told = " ".join(form.read.unplaced)
    assert all(words in told for words in ("Books he read", "Owls", "R. Lane", "Bees"))


@pytest.mark.whole
@pytest.mark.parametrize("answer", ["Tap dancing", "Type 1 diabetes", "Write stories", "Press"])
def test_an_answer_that_begins_as_a_prompt_does_is_kept_and_told(
    school: Project, papers: dict[str, list[bytes]], answer: str
) -> None:
    def marked(root: etree._Element, parts: dict[str, bytes]) -> None:
        for question in ("school", "hard"):
            etree.SubElement(control(root, question).find(W + "sdtPr"), W + "showingPlcHdr")  # type: ignore[type-var]

    filled = filled_word(papers[f"{ADA}/parents"][0], {"school": answer, "hard": "Click or tap here to enter text."})
    form = looked(school, filled, marked)
    assert said(form, "school") == answer and any(answer in note for note in form.notes)
    assert said(form, "hard") == ""
