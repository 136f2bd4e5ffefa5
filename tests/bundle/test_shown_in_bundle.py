"""Pictures, ticks and typed words of a source are looked for on the finished bundle's pages; a loss names the page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.bundle import Bundle, Options, Part, bundle
from generator.bundle.assemble import split_files
from generator.bundle.bundle_parts import account_as_json, account_from_json
from generator.bundle.evidence.page_by_page.shown_on_pages import has_ink
from generator.engines import Docx, Pdf
from generator.values.notice import losses
from tests.bundle.taken import take
from tests.bundle.test_make_bundle import quick_front
from tests.bundle_makers import made, photo, saved
from tests.engines.real_engines import engine_called
from tests.raw_word import dots, para, picture, run, word


def report() -> bytes:
    """A photo on page 1, a ticked and an unticked box and typed words on page 2."""
    pdf = made(2, text="Report")
    shown = pdf.make_stream(photo((200, 150)), Type=Name.XObject, Subtype=Name.Image)
    shown.Width, shown.Height, shown.BitsPerComponent, shown.ColorSpace = 200, 150, 8, Name.DeviceRGB
    shown.Filter = Name.DCTDecode
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(P=shown)
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" q 200 0 0 150 90 300 cm /P Do Q")
    boxes = [tick(pdf, n, on) for n, on in enumerate((True, False))]
    typed = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Contents=String("Typed by a parent"), F=4)
    typed.Rect = Array([90, 500, 300, 540])
    pdf.pages[1].obj.Annots = Array([*boxes, pdf.make_indirect(typed)])
    pdf.Root.AcroForm = Dictionary(Fields=Array(boxes))
    return saved(pdf)


def tick(pdf: pikepdf.Pdf, number: int, on: bool) -> Any:
    box = Array([90 + 40 * number, 600, 110 + 40 * number, 620])
    state = Name.Yes if on else Name.Off
    return pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String(f"b{number}"), V=state, Rect=box)
    )


@pytest.mark.whole
def test_what_a_source_shows_is_counted_and_kept() -> None:
    _, account = take(report())
    assert not losses(account.warnings)
    assert {(one.kind, one.page, one.count, one.words, one.box) for one in account.shows} == {
        ("picture", 1, 1, "", ()),
        ("tick", 2, 0, "", (90, 600, 110, 620)),
        ("words", 2, 0, "Typed by a parent", ()),
    }
    assert account_from_json(account_as_json(account)) == account


@pytest.mark.whole
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_tick_is_seen_on_a_page_however_it_is_turned(turn: int) -> None:
    pdf = pikepdf.open(io.BytesIO(report()))
    for page in pdf.pages:
        page.obj.Rotate, page.obj.CropBox = turn, Array([20, 30, 560, 800])
    clean, account = take(saved(pdf))
    assert not losses(account.warnings)
    with pypdfium2.PdfDocument(clean) as document:
        assert has_ink(document[1], (90, 600, 110, 620)) and not has_ink(document[1], (130, 600, 150, 620))


def without(operator: str) -> Callable[..., None]:
    """A mistake of ours: putting together, it leaves out what this draws on the pages of the report."""
    put_together = split_files.assemble

    def assemble(pieces: Any, plan: Any, about: Any, out: Any, **more: Any) -> None:
        whole = io.BytesIO()
        put_together(pieces, plan, about, whole, **more)
        with pikepdf.open(whole) as pdf:
            there = plan.pages.get("report")
            for place in range(there.first - 1, there.last) if there else ():
                for thing in _contents(pdf.pages[place].obj):
                    kept = [one for one in pikepdf.parse_content_stream(thing) if str(one.operator) != operator]
                    thing.write(pikepdf.unparse_content_stream(kept))
            pdf.save(out, deterministic_id=True)

    return assemble


def _contents(page: Any) -> list[Any]:
    """The page's own streams and those of its forms."""
    found: list[Any] = []
    waiting = [thing for _, thing in page.Resources.get("/XObject", Dictionary()).items()]
    while waiting:
        one = waiting.pop()
        if str(one.get("/Subtype")) == "/Form":
            found.append(one)
            waiting += [thing for _, thing in one.get("/Resources", Dictionary()).get("/XObject", Dictionary()).items()]
    return found


def put(folder: Path, **options: Any) -> Bundle:
    (folder / "report.pdf").write_bytes(report())
    return bundle(
        [Part("report", "Evidence", "The report", folder / "report.pdf")], quick_front, Options("B", **options)
    )


@pytest.mark.whole
def test_a_bundle_with_all_of_it_is_as_planned(tmp_path: Path) -> None:
    assert put(tmp_path).failures == ()


@pytest.mark.whole
def test_what_the_bundle_does_not_show_is_a_failure_with_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_files, "assemble", without("S"))
    [failure] = put(tmp_path).failures
    assert failure == "page 4 (The report): a tick on this page does not show"
    monkeypatch.setattr(split_files, "assemble", without("Do"))
    found = put(tmp_path).failures
    assert "page 3 (The report): 1 picture of this page not shown" in found
    assert any("typed" in one and one.startswith("page 4 (The report): ") for one in found)


@pytest.mark.whole
def test_a_loss_that_was_accepted_by_name_is_told_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_files, "assemble", without("S"))
    result = put(tmp_path, accept_loss={"report": "Mrs Calloway: the box is said in words"})
    assert result.failures == ()
    [told] = [one.message for one in result.warnings if one.rule == "bundle/lost"]
    assert told.endswith(
        "a tick on this page does not show; this loss is accepted: Mrs Calloway: the box is said in words"
    )


@pytest.mark.whole
def test_an_accepted_loss_is_told_once_at_its_part_with_the_page_of_the_last_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_files, "assemble", without("S"))
    (tmp_path / "report.pdf").write_bytes(report())
    (tmp_path / "other.pdf").write_bytes(saved(made(1, text="Other")))
    parts = [
        Part("other", "Evidence", "The other", tmp_path / "other.pdf"),
        Part("report", "Evidence", "The report", tmp_path / "report.pdf", path="cases/ada/evidence.yaml", line=7),
    ]
    wish = Options("B", accept_loss={"report": "Mrs Calloway"}, split_mb=0.001, separate=lambda item: f"{item.id}.pdf")
    result = bundle(parts, quick_front, wish)
    assert len(result.volumes) == 2 and len(result.separate) == 3
    [told] = [one for one in result.warnings if one.rule == "bundle/lost"]
    assert (told.path, told.line) == ("cases/ada/evidence.yaml", 7)
    label = result.plan.labels[result.plan.pages["report"].first]
    assert told.message.startswith(f"page {label} (The report): a tick"), told.message


# --- pictures of Word files -------------------------------------------------------------------------------------------

TWO = {"word/media/a.png": dots("PNG"), "word/media/b.jpeg": dots("JPEG")}
LINKS = {"rI": ("image", "media/a.png"), "rJ": ("image", "media/b.jpeg")}


def drawn(engine: str, content: bytes) -> Sequence[str]:
    chosen = engine_called(engine)
    [made_] = chosen.convert([Docx("report", content)])
    assert isinstance(made_, Pdf)
    return losses(made_.warnings)


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_pictures_that_are_all_drawn_are_not_missed(engine: str) -> None:
    whole = word(para("Words ", picture("rI"), picture("rJ"), picture("rI")), TWO, LINKS)
    assert not drawn(engine, whole)


def test_a_picture_that_an_engine_leaves_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.engines.docx import pictures_counted

    count = pictures_counted.pictures
    monkeypatch.setattr(pictures_counted, "pictures", lambda *given: count(*given) + 1)
    told = drawn("embedded", word(para("Words ", picture("rI")), TWO, LINKS))
    assert told == ["1 of the 2 pictures of the document cannot be found in the PDF"]


HIDDEN = {
    "hidden text": para("Words", f"<w:r><w:rPr><w:vanish/></w:rPr>{picture('rI')[5:]}"),
    "linked from elsewhere": para("Words", picture("rX")),
}


@pytest.mark.parametrize("why", HIDDEN)
def test_a_picture_that_nobody_is_shown_is_not_missed(why: str) -> None:
    assert not drawn("embedded", word(HIDDEN[why], TWO, LINKS))


def test_a_line_of_dashes_is_no_word() -> None:
    assert not drawn("embedded", word(para(run("Name: __________ and ____"))))
