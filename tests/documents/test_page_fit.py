"""The one-page promise: measured on the engine in use, kept within limits, told in lines and entries when broken."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document as read_docx

from generator.authorities.pack import load_pack
from generator.documents import page_fit
from generator.documents.catalogue import Document, MergeDesk, documents
from generator.documents.page_fit import SMALLEST, STEPS, all_fitted, tightened
from generator.documents.template_shelf import TemplateShelf
from generator.engines import Docx, Engine, Pdf
from generator.engines.pdf.overflow import over
from generator.engines.unfinished_drawings import as_draft
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from tests.example_school import KACPER, copy_school
from tests.word_files import paragraphs

LONG = "Give me one thing at a time, and time to say it back."


def profile(folder: Path, more: int, long: str = LONG) -> tuple[MergeDesk, Document]:
    """A profile with so many more points about support."""
    school = copy_school(folder, KACPER)
    file = school / "cases" / KACPER / "profile.yaml"
    text = file.read_text("utf-8")
    assert "how_to_support_me:\n" in text
    points = "".join(f"  - “{number}. {long}”\n" for number in range(more))
    file.write_text(text.replace("how_to_support_me:\n", f"how_to_support_me:\n{points}"), "utf-8")
    project = find_project(school)
    loaded = load_case(project, KACPER)
    assert loaded.case is not None, loaded.problems
    pack = load_pack("standard", project.template_folders, project.schemas)
    desk = MergeDesk(project, loaded.case, pack, TemplateShelf(project.template_folders))
    [document] = documents(loaded.case, pack, ["profile"])
    return desk, document


def printed(engine: Engine, name: str, word: bytes) -> Pdf:
    [made] = engine.convert([Docx(name, word)])
    assert isinstance(made, Pdf)
    return made


def fitted(engine: Engine, desk: MergeDesk, document: Document, word: bytes, made: Pdf) -> tuple[bytes, Pdf]:
    [(found, draft)] = all_fitted(engine, [page_fit.fitted(desk.case, document, word, as_draft(made))])
    return found, page_fit.finished(draft)


@pytest.mark.whole
def test_lines_on_later_pages_are_counted_without_header_and_footer(engine: Engine) -> None:
    few, many = (printed(engine, "x", paragraphs(*("word" + "x" * n for n in range(count)))) for count in (5, 60))
    assert over(few.content, 1).lines == 0
    found = over(many.content, 1)
    assert many.pages > 1 and 20 <= 60 - found.lines <= 40 and 0 < found.low < 800
    assert over(many.content, many.pages).lines == 0


@pytest.mark.whole
def test_a_profile_that_fits_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    desk, document = profile(tmp_path, 0)
    word = desk.write(document)
    made = printed(engine, "profile", word)
    assert made.pages == 1
    assert fitted(engine, desk, document, word, made) == (word, made)


@pytest.mark.whole
def test_a_profile_that_is_a_little_too_long_is_tightened_until_it_fits(engine: Engine, tmp_path: Path) -> None:
    for more in range(13, 20):  # where the edge is, on both engines: 14 more fit
        desk, document = profile(tmp_path / str(more), more)
        word = desk.write(document)
        made = printed(engine, "profile", word)
        if made.pages > 1:
            break
    assert 1 <= over(made.content, 1).lines <= 12, "just over the edge"
    tighter, result = fitted(engine, desk, document, word, made)
    assert result.pages == 1 and tighter != word
    assert any("spacing was tightened so that it fits on one page" in warning for warning in result.warnings)
    sizes = {r.font.size.pt for s in read_docx(io.BytesIO(tighter)).styles if (r := s).type in (1, 2) and s.font.size}
    before = {s.font.size.pt for s in read_docx(io.BytesIO(word)).styles if s.type in (1, 2) and s.font.size}
    assert all(size >= SMALLEST or size in before for size in sizes)


@pytest.mark.whole
def test_a_profile_that_cannot_fit_says_by_how_many_lines_and_names_the_longest_entries(
    engine: Engine, tmp_path: Path
) -> None:
    desk, document = profile(tmp_path, 30, long="Please " + "wait and look and listen, " * 8)
    word = desk.write(document)
    made = printed(engine, "profile", word)
    kept, result = fitted(engine, desk, document, word, made)
    assert kept == word and result.pages == made.pages > 1
    said = result.warnings[-1]
    assert "lines too long for one page, even with tighter spacing" in said
    assert "how_to_support_me, entry" in said and "letters, “" in said
    lines = int(said.split("about ")[1].split()[0])
    assert 30 <= lines <= 130


@pytest.mark.whole
def test_tightening_never_goes_below_the_limits(tmp_path: Path) -> None:
    desk, document = profile(tmp_path, 0)
    word = desk.write(document)
    for step in STEPS:
        tight = read_docx(io.BytesIO(tightened(word, step)))
        for style in tight.styles:
            if style.type == 1 and style.paragraph_format.line_spacing:
                assert style.paragraph_format.line_spacing >= 1.0, style.name
        normal = tight.styles["List Bullet"].font.size
        assert normal is not None and normal.pt >= SMALLEST
