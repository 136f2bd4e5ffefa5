"""What any stage notices reaches the person at the end, and a document that would lose words stops the bundle."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pytest

from generator.bundle import Bundle, Options, Part, bundle
from generator.bundle.bundle_parts import account_as_json, account_from_json
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.engines import Docx, Failure, Pdf, choose, drawn_whole
from generator.files.kept_results import KeptResults
from generator.problems import FilesHaveErrors
from generator.values.notice import LOOK, LOST, Notice, losses, noticed
from tests.bundle.taken import refusal, take
from tests.bundle.test_make_bundle import quick_front
from tests.bundle_makers import docx, made, photo, saved, scan
from tests.engines.real_engines import engine_called
from tests.raw_word import cell, para, row, strict, table, word


def made_of(path: Path, **options: object) -> Bundle:
    """A bundle of one piece of evidence."""
    part = Part("report", "Evidence", "The report", path)
    return bundle([part], quick_front, Options("Bundle", convert=embedded, **options))  # type: ignore[arg-type]


def embedded(named: Sequence[tuple[str, bytes]]) -> list[Pdf | Failure]:
    return drawn_whole(choose("embedded"), [Docx(*one) for one in named])


def says(*told: Notice) -> Callable[[Sequence[tuple[str, bytes]]], list[Pdf | Failure]]:
    """An engine that notices something."""

    def convert(named: Sequence[tuple[str, bytes]]) -> list[Pdf | Failure]:
        return [Pdf(name, saved(made()), 1, told) for name, _ in named]

    return convert


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_notice_is_kept_with_its_kind() -> None:
    told = Notice("words are gone", LOST, 3, 12)
    assert told == "words are gone"
    for again in (pickle.loads(pickle.dumps(told)), noticed([told.as_list()])[0], noticed([told])[0]):
        assert (again, again.kind, again.page, again.amount) == ("words are gone", LOST, 3, 12)
    assert losses(["plain words", told, Notice("a look")]) == [told]
    assert noticed(["plain words"])[0].kind == LOOK


ODD = '<w:r><w:rPr><w:rFonts w:ascii="Odd"/></w:rPr><w:t>Words</w:t></w:r>'
STAGES = {
    "the engine": ("report.docx", docx("Report", ["Words"]), "the engine says something"),
    "the engine's reading back": ("fonts.docx", word(para(ODD)), "fonts that sendpack does not carry"),
    "the cleaner": ("scan.pdf", scan(1), "scan without text"),
    "the repair": ("broken.pdf", saved(made(2))[:-40], "has been repaired"),
}  # fmt: skip


@pytest.mark.whole
@pytest.mark.parametrize("stage", STAGES)
def test_what_a_stage_notices_is_told_at_the_end(tmp_path: Path, stage: str) -> None:
    name, content, words = STAGES[stage]
    part = Part("report", "Evidence", "The report", file(tmp_path, name, content))
    convert = says(Notice("the engine says something")) if stage == "the engine" else embedded
    for _ in range(2):  # made anew, and from what was kept
        options = Options("Bundle", convert=convert, engine="engine", kept=KeptResults(tmp_path / "cache"))
        result = bundle([part], quick_front, options)
        assert any(words in notice for notice in result.accounts[0].warnings)
        assert any(words in problem.message for problem in result.warnings)


def test_an_account_is_the_same_after_it_was_kept() -> None:
    [account] = bundle(
        [Part("a", "Evidence", "A", saved(made(Rotate=90)))], quick_front, Options("Bundle")
    ).accounts  # fmt: skip
    assert account.warnings
    assert account_from_json(account_as_json(account)) == account


@pytest.mark.whole
def test_evidence_that_would_lose_words_stops_the_bundle_with_page_and_words(tmp_path: Path) -> None:
    lost = Notice("2 of the 9 words of the document cannot be found in the PDF: gone, away", LOST, 4, 2)
    path = file(tmp_path, "report.docx", docx("Report", ["Words"]))
    part = Part("report", "Evidence", "The report", path, path="evidence.yaml", line=7)
    with pytest.raises(FilesHaveErrors) as stopped:
        bundle([part], quick_front, Options("Bundle", convert=says(lost)))
    [problem] = stopped.value.problems
    assert problem.rule == "bundle/lost"
    assert problem.message == (
        "report.docx would not go in whole: "
        "2 of the 9 words of the document cannot be found in the PDF: gone, away (page 4)"
    )
    assert "accept_loss" in problem.hint


@pytest.mark.whole
def test_a_loss_that_somebody_accepts_by_name_goes_in_and_is_told(tmp_path: Path) -> None:
    part = Part("report", "Evidence", "R", file(tmp_path, "report.docx", docx("Report", ["Words"])))
    accepted = {"report": "Mrs Calloway: only the logo"}
    options = Options("Bundle", convert=says(Notice("x is gone", LOST)), accept_loss=accepted)
    result = bundle([part], quick_front, options)
    [told] = [problem for problem in result.warnings if problem.rule == "bundle/lost"]
    assert told.message == "report.docx: x is gone; this loss is accepted: Mrs Calloway: only the logo"


@pytest.mark.whole
def test_a_photo_is_taken_in_without_a_word_too_many(tmp_path: Path) -> None:
    assert not losses(made_of(file(tmp_path, "photo.jpg", photo())).accounts[0].warnings)


CHUNK = '<w:altChunk r:id="rA"/>'
WEB = "<html><body><h1>Findings</h1><p>Ada hears &amp; follows.</p>{}</body></html>"


def with_chunk(name: str, content: bytes | str) -> bytes:
    return word(CHUNK + para("after"), {f"word/{name}": content}, {"rA": ("aFChunk", name)})


@pytest.mark.whole
def test_a_document_inside_the_document_goes_in_with_its_words_in_either_engine(tmp_path: Path) -> None:
    path = file(tmp_path, "report.docx", with_chunk("c.html", WEB.format("")))
    for engine in ("embedded", "libreoffice"):

        def convert(named: Sequence[tuple[str, bytes]], name: str = engine) -> list[Pdf | Failure]:
            return list(engine_called(name).convert([Docx(*one) for one in named]))

        made_ = bundle([Part("r", "Evidence", "R", path)], quick_front, Options("Bundle", convert=convert))
        text = "\n".join(page_texts(made_.content))
        assert "Findings" in text and "Ada hears & follows." in text and "after" in text


def test_what_a_document_inside_a_document_hides_is_looked_for_too() -> None:
    by = 'w:author="A" w:date="2026-11-01T10:00:00Z"'
    inner = word(f'<w:p><w:del w:id="1" {by}><w:r><w:delText>never</w:delText></w:r></w:del></w:p>')
    assert refusal(with_chunk("c.docx", inner)).rule == "bundle/tracked-changes"
    assert refusal(with_chunk("c.rtf", rb"{\rtf1 words}")).rule == "bundle/document-inside"


def test_a_picture_of_a_document_inside_the_document_is_a_loss_that_is_told() -> None:
    _, account = take(with_chunk("c.html", WEB.format('<img src="a.png">')))
    assert losses(account.warnings) == ["1 picture of a document inside the document not shown"]


@pytest.mark.whole
def test_a_strict_word_file_goes_in_whole(tmp_path: Path) -> None:
    whole = word(para("Words of a strict report") + table(row(cell(para("Reads")), cell(para("yes")))))
    made_ = made_of(file(tmp_path, "strict.docx", strict(whole)))
    text = "\n".join(page_texts(made_.content))
    assert all(said in text for said in ("Words of a strict report", "Reads", "yes"))


def test_pages_that_only_a_viewer_can_read_are_pictures_and_lose_nothing() -> None:
    out = io.BytesIO()
    made(2).save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    content = out.getvalue().replace(b"/W [", b"/Index [ 0 400 ] /W [")  # qpdf then finds no beginning
    _, account = take(content)
    assert account.pages == 2 and any("its pages are pictures" in one for one in account.warnings)
    assert losses(account.warnings) == []
