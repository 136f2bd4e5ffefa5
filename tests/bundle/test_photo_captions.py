"""At the foot of a photo's own page stand what it shows and its day, beside the page number, whole or cut at a word."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from generator.bundle import Options, Part, bundle
from generator.bundle.assemble import photo_captions
from generator.bundle.assemble.bundle_read_back import verify
from generator.bundle.assemble.bundle_writer import About, Piece
from generator.bundle.assemble.photo_captions import Caption
from generator.bundle.evidence.drawn_answers.lettering import width
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.pagination import ContentsLine, lay_out
from generator.files.kept_results import KeptResults
from tests.bundle.taken import take
from tests.bundle.test_make_bundle import quick_front
from tests.bundle_makers import assembled, photo, plan_pdf

DAY = "3 February 2026"


def with_photo(caption: Caption | None, turned: int = 0) -> tuple[bytes, list[str]]:
    """Our plan and a photo, put together; what is not as it was planned."""
    picture, _ = take(photo((900, 1200)))
    if turned:
        picture = rotated(picture, turned)
    pieces = [Piece("plan", "Plan", plan_pdf()), Piece("photo", "Photo", picture, caption=caption)]
    plan = lay_out(
        [ContentsLine("plan", "part", "Plan", pages=2), ContentsLine("photo", "part", "Photo", number="F7", pages=1)]
    )
    made = assembled(pieces, plan, About("Bundle"))
    return made, verify(made, plan, {})


def test_a_caption_is_drawn_once_and_taken_as_it_was_while_it_stays_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = [Piece("photo", "Photo", take(photo((900, 1200)))[0], caption=Caption("A tower", DAY))]
    plan = lay_out([ContentsLine("photo", "part", "Photo", number="F7", pages=1)])
    about, kept = About("Bundle"), KeptResults(tmp_path / "kept", "this program")
    made = assembled(pieces, plan, about)
    assert assembled(pieces, plan, about, kept=kept) == made
    monkeypatch.setattr(photo_captions, "_drawn", lambda *_: b"0 0 99 99 re f")
    assert assembled(pieces, plan, about, kept=kept) == made
    for other in (
        [replace(pieces[0], caption=Caption("A bridge", DAY))],
        [replace(pieces[0], content=rotated(pieces[0].content, 90))],
    ):
        assert "tower" not in page_texts(assembled(other, plan, about, kept=kept))[0]


def rotated(content: bytes, degrees: int) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[0].rotate(degrees, relative=True)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


@pytest.mark.parametrize("turned", [0, 90, 270])
def test_a_photo_says_what_it_is_on_its_own_page_alone(turned: int) -> None:
    made, failures = with_photo(Caption("Żaneta’s tower of bricks", DAY), turned)
    assert failures == []
    texts = [" ".join(text.split()) for text in page_texts(made)]
    assert texts[-1].count(f"Żaneta’s tower of bricks, {DAY}") == 1 and "tower" not in texts[0]
    bare, _ = with_photo(None, turned)
    assert "tower" not in page_texts(bare)[-1] and len(bare) < len(made)


def test_a_long_caption_ends_before_the_page_number_and_keeps_its_day() -> None:
    made, failures = with_photo(Caption("Two pieces of writing of the same morning " * 6, DAY))
    said = " ".join(page_texts(made)[-1].split())
    assert failures == [] and f"Two pieces of writing of the same morning …, {DAY} F7, page 3 of 3" in said
    with pypdfium2.PdfDocument(made) as pdf:
        text = pdf[len(pdf) - 1].get_textpage()
        boxes = [text.get_rect(number) for number in range(text.count_rects())]
        [number] = [box for box in boxes if text.get_text_bounded(*box).strip().startswith("F7")]
        caption = [box for box in boxes if box != number]
    assert max(right for _, _, right, _ in caption) + 6 < number[0]
    assert all(low > 10 and high < 36 for _, low, _, high in caption)  # the margin below a picture


def test_a_caption_is_cut_where_it_must_and_keeps_its_day_where_a_word_cannot_be_drawn() -> None:
    assert Caption("A tower", DAY).within(500, 10) == f"A tower, {DAY}"
    assert Caption("A tower").within(500, 10) == "A tower"
    room = width(f"A tower …, {DAY}", 10)
    assert Caption("A tower of bricks", DAY).within(room, 10) == f"A tower …, {DAY}"
    assert Caption("A tower of bricks", DAY).within(width(f"…, {DAY}", 10), 10) == DAY
    assert [Caption(title, DAY).within(500, 10) for title in ("A", "Up", "")] == [f"A, {DAY}", f"Up, {DAY}", DAY]
    assert Caption("Adam’s رسم آدم of a bye bye tower \ue000", DAY).drawable == Caption(
        "Adam’s … of a bye bye tower", DAY
    )
    arabic, failures = with_photo(Caption("رسم آدم", DAY))
    assert failures == [] and " ".join(page_texts(arabic)[-1].split()) == f"{DAY} F7, page 3 of 3"
    without_day, bare = with_photo(Caption("رسم آدم")), with_photo(None)
    assert without_day == bare


def sheet(kind: str, dots: int = 200) -> bytes:
    """A flatbed's picture of a whole sheet, which says how fine it is."""
    out = io.BytesIO()
    Image.new("RGB", (1654, 2339), "white").save(out, kind, dpi=(dots, dots))
    return out.getvalue()


@pytest.mark.whole
def test_a_photo_has_a_caption_and_a_sheet_that_covers_its_page_has_none(tmp_path: Path) -> None:
    """The white box behind it would hide the last line of what somebody wrote."""
    parts = []
    for name, content in {"photo": photo((900, 1200)), "jpeg": sheet("JPEG"), "png": sheet("PNG")}.items():
        (tmp_path / name).write_bytes(content)
        parts.append(Part(name, "F", f"Title of {name}", tmp_path / name, alt="A tower"))
    texts = page_texts(bundle(parts, quick_front, Options("Bundle")).content)[-3:]
    assert [f"Title of {part.id}" in text for part, text in zip(parts, texts, strict=True)] == [True, False, False]
