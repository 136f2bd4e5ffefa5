"""Many PDFs as one: links, layers, page numbers, metadata; and reading it back finds whatever is not as planned."""

from __future__ import annotations

import datetime as dt
import io
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from docx import Document as NewDocument
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from generator.bundle import part_headings
from generator.bundle.assemble import stamp_font as page_font
from generator.bundle.assemble.bundle_read_back import verify
from generator.bundle.assemble.bundle_writer import About, Piece
from generator.bundle.assemble.page_stamps import stamp_place
from generator.bundle.assemble.stamp_font import stamp_font
from generator.bundle.evidence.intake_notes import Notes
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.sanitise import IntakeWish, clean_pdf
from generator.bundle.pagination import LINK, ContentsLine, Elsewhere, PagePlan, lay_out
from generator.bundle.pagination import link_to as part_link
from generator.bundle.part_headings import headings, kept_places, named, places
from generator.engines import Docx, Draft, drafts
from generator.engines.rdocx.rdocx_engine import Embedded
from generator.files.kept_results import KeptResults
from tests import make_page_number_font
from tests.bundle_makers import assembled, link_to, made, plan_pdf, review_pdf, saved, scan


def plan_of(contents: dict[str, bytes], **item: Any) -> tuple[list[Piece], PagePlan]:
    pieces, items = [], []
    for name, content in contents.items():
        clean, account = clean_pdf(content, IntakeWish(name), Notes("PDF"))
        pieces.append(Piece(name, name, clean))
        items.append(ContentsLine(name, "part", name, pages=account.pages, **item))
    return pieces, lay_out(items)


def put_together(contents: dict[str, bytes]) -> tuple[bytes, PagePlan]:
    pieces, plan = plan_of(contents)
    return assembled(pieces, plan, About("Bundle")), plan


def pages_of_links(content: bytes) -> list[tuple[int, int]]:
    """(page of the link, page it leads to), both from 1."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return [
            (number, numbers[annotation.Dest[0].objgen])
            for number, page in enumerate(pdf.pages, 1)
            for annotation in page.obj.get("/Annots", [])
            if "/Dest" in annotation
        ]


def with_names() -> bytes:
    """Three pages, a name for the third, and links to it: by name, by an action, and by page."""
    pdf = made(3)
    third = Array([pdf.pages[2].obj, Name.XYZ, 0, 800, 0])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("sec1"), third])))
    link_to(pdf, 1, Dest=String("sec1"))
    link_to(pdf, 1, A=Dictionary(S=Name.GoTo, D=String("sec1")))
    link_to(pdf, 1, Dest=third)
    return saved(pdf)


def test_links_of_two_documents_with_the_same_names_stay_in_their_own() -> None:
    content, _ = put_together({"a": with_names(), "b": with_names()})
    assert pages_of_links(content) == [(1, 3)] * 3 + [(4, 6)] * 3


def test_placeholder_links_lead_to_the_part_they_name() -> None:
    pdf = made()
    link_to(pdf, 1, A=Dictionary(S=Name.URI, URI=String(LINK + "b")))
    content, plan = put_together({"a": saved(pdf), "b": made_bytes(2)})
    assert pages_of_links(content) == [(1, 2)]
    with pikepdf.open(io.BytesIO(content)) as result:
        assert str(result.pages[0].Annots[0].Contents) == "Go to b, page 2"
    assert verify(content, plan, {"a": ["b"]}) == []
    assert verify(content, plan, {"b": ["a"]}) == ["b has no link to a, page 1"]


def made_bytes(pages: int = 1, **entries: Any) -> bytes:
    return saved(made(pages, **entries))


def layered(hidden: bool) -> bytes:
    pdf = made()
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group] if hidden else [])))
    pdf.pages[0].obj.Resources.Properties = Dictionary(L=group)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/OC /L BDC 0 g 100 300 400 300 re f EMC")
    return saved(pdf)


def with_headings(*headings: tuple[str, int]) -> bytes:
    """Three pages with bookmarks: (title, page, from 0), each 700 points up."""
    pdf = made(3)
    with pdf.open_outline() as outline:
        places = [(title, Array([pdf.pages[page].obj, Name.XYZ, None, 700, None])) for title, page in headings]
        outline.root.extend(pikepdf.OutlineItem(title, place) for title, place in places)
    return saved(pdf)


def test_a_link_to_a_heading_leads_to_where_it_stands_and_says_its_page() -> None:
    pdf = made(1)
    for name in ("Part 3", "Part 9"):
        link_to(pdf, 1, A=Dictionary(S=Name.URI, URI=String(part_link("plan", name))))
    plan = with_headings(("Plan", 0), ("Part 3: Support", 2))
    content, _ = put_together({"cover": saved(pdf), "plan": plan})
    assert pages_of_links(content) == [(1, 4), (1, 2)]  # a heading that is not there: the part
    with pikepdf.open(io.BytesIO(content)) as made_of:
        there, part = made_of.pages[0].Annots
        assert (there.Dest[3], str(there.Contents)) == (700, "Go to plan, page 4")
        assert str(part.Contents) == "Go to plan, page 2"


def test_a_heading_is_found_by_its_very_name_before_one_that_only_ends_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ["9  Family support", "1  Support", "Part 3: Needs", "Mo has needs", "Part 30"]
    content = with_headings(*((title, number % 3) for number, title in enumerate(titles)))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = headings(pdf)
    asked = {name: heading.title if (heading := named(found, name)) else None
             for name in ("Support", "Part 3", "has needs", "Family support", "support", "Part")}  # fmt: skip
    assert asked == {"Support": titles[1], "Part 3": titles[2], "has needs": titles[3], "Family support": titles[0],
                     "support": titles[0], "Part": None}  # fmt: skip
    assert places(content, ("Part 3", "Part 4")) == (("Part 3", 2, 2),)
    kept = KeptResults(tmp_path)
    assert kept_places(content, ("Part 3",), kept) == (("Part 3", 2, 2),)
    monkeypatch.setattr(part_headings, "places", None)  # a PDF is read once
    assert kept_places(content, ("Part 3",), kept) == (("Part 3", 2, 2),)


def test_a_heading_has_the_pages_up_to_the_next_that_is_not_below_it() -> None:
    pdf = made(4)
    above, below = (
        [
            pikepdf.OutlineItem(title, Array([pdf.pages[page].obj, Name.XYZ, None, top, None]))
            for title, page, top in level
        ]
        for level in (
            [("Needs", 0, 400), ("Support", 2, 800), ("End", 3, 300)],
            [("In short", 0, 300), ("Tests", 1, 500)],
        )
    )
    above[0].children.extend(below)
    with pdf.open_outline() as outline:
        outline.root.extend(above)
    asked = "Needs", "In short", "Tests", "Support", "End"
    assert places(saved(pdf), asked) == (
        ("Needs", 0, 1),  # the next begins the page behind
        ("In short", 0, 1),
        ("Tests", 1, 1),
        ("Support", 2, 3),
        ("End", 3, 3),
    )


@pytest.mark.whole
def test_a_line_above_the_next_heading_is_still_of_the_one_before() -> None:
    word = NewDocument()
    word.add_heading("Needs", 1)
    word.add_page_break()
    word.add_paragraph("Its last line.")
    word.add_heading("Support", 1)
    word.add_page_break()
    word.add_heading("End", 1)
    held = io.BytesIO()
    word.save(held)
    [made] = drafts(Embedded(), [Docx("plan", held.getvalue())])
    assert isinstance(made, Draft)
    wanted = (("Needs", 0, 1), ("Support", 1, 1), ("End", 2, 2))  # was: Needs on its first page alone
    assert places(made.content, ("Needs", "Support", "End")) == wanted
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        del pdf.Root.StructTreeRoot
        assert places(saved(pdf), ("Needs",)) == wanted[:1]  # by how far up they stand


def test_a_heading_in_another_file_is_linked_there() -> None:
    there = Elsewhere("b.pdf", 4, "14", "Plan", (("Part 3", 6, "16"),))
    assert (there.at("Part 3").page, there.at("Part 3").label, there.at("Part 4").page) == (6, "16", 4)


def test_layers_are_shown_and_hidden_as_they_were() -> None:
    content, _ = put_together({"shown": layered(False), "hidden": layered(True)})
    middles = [page.render(scale=0.2).to_pil().getpixel((60, 80)) for page in pdfium.PdfDocument(content)]
    assert [max(colour[:3]) for colour in middles] == [0, 255]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "box",
    [
        {"size": (595, 842)},
        {"size": (842, 595)},
        {"size": (900, 1200), "CropBox": [100, 150, 700, 1000]},
        {"size": (2384, 3370)},
    ],
)
def test_the_page_number_stands_upright_at_the_bottom_right(rotate: int, box: dict[str, Any]) -> None:
    pdf = made(
        1, box["size"], text="", Rotate=rotate, **({"CropBox": Array(box["CropBox"])} if "CropBox" in box else {})
    )
    dark = b"0.2 0.2 0.3 rg -5000 -5000 20000 20000 re f"
    pdf.pages[0].obj.Contents = pdf.make_stream(dark)
    content, plan = put_together({"a": saved(pdf)})
    assert verify(content, plan, {}) == []
    page = pdfium.PdfDocument(content)[0]
    width, height = page.get_size()
    scale = 1000 / min(width, height)
    image = page.render(scale=scale).to_pil().convert("L")
    corner = image.crop((image.width - 130, image.height - 60, image.width, image.height))
    white = corner.point(lambda v: 255 if v > 200 else 0).getbbox()
    assert white is not None  # a white box, wider than high, with black figures in it
    assert white[2] - white[0] > 2 * (white[3] - white[1]) > 20
    assert corner.crop(white).getextrema()[0] < 60
    elsewhere = image.crop((0, 0, image.width, image.height - 60))
    assert elsewhere.getextrema()[1] < 100


def test_a_page_that_ends_in_the_middle_of_everything_is_still_numbered() -> None:
    pdf = made()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q q 0.01 0 0 0.01 0 0 cm 3 Tr BT /F1 14 Tf 60 700 Td (Half) Tj")
    content, plan = put_together({"a": saved(pdf)})
    assert verify(content, plan, {}) == []
    image = pdfium.PdfDocument(content)[0].render(scale=1).to_pil().convert("L")
    assert image.crop((520, 810, 590, 835)).getextrema()[0] < 60


@pytest.mark.whole
def test_the_same_inputs_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(plan_pdf())
    (tmp_path / "b.pdf").write_bytes(scan(2))
    program = (
        "import hashlib,sys;from pathlib import Path;from tests.bundle.test_bundle_writer import put_together;"
        "print(hashlib.sha256(put_together({n: Path(n).read_bytes() for n in sys.argv[1:]})[0]).hexdigest())"
    )
    hashes = set()
    for seed in ("0", "1", "2"):
        command = [sys.executable, "-c", program, "a.pdf", "b.pdf"]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2]), "TZ": f"UTC-{seed}"}
        hashes.add(subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True).stdout)
    assert len(hashes) == 1


def test_what_the_file_says_of_itself() -> None:
    pieces, plan = plan_of({"a": plan_pdf()})
    about = About("Request for A.B. & others", made=dt.datetime(2026, 3, 1, 9, 30))
    with pikepdf.open(io.BytesIO(assembled(pieces, plan, about))) as pdf:
        assert {key: str(value) for key, value in pdf.docinfo.items()} == {
            "/Title": "Request for A.B. & others",
            "/Producer": "sendpack",
            "/CreationDate": "D:20260301093000Z",
            "/ModDate": "D:20260301093000Z",
        }
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Request for A.B. & others"
            assert metadata["pdfuaid:part"] == "1"
    with pikepdf.open(io.BytesIO(assembled(pieces, plan, replace(about, accessible=False)))) as pdf:
        assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()


def test_labels_follow_the_stamps_of_late_pages() -> None:
    pieces, _ = plan_of({"a": made_bytes(2), "b": made_bytes(2)})
    items = [ContentsLine("a", "part", "a", pages=2), ContentsLine("b", "part", "b", pages=2, late=True)]
    plan = lay_out(items, late_letters=True)
    content = assembled(pieces, plan, About("Bundle"))
    assert [pdfium.PdfDocument(content).get_page_label(index) for index in range(4)] == ["1", "2", "2A", "2B"]
    assert verify(content, plan, {}) == []


def test_headings_of_a_document_are_bookmarks_below_it_and_zoom_stays() -> None:
    content, plan = put_together({"a": review_pdf(), "b": plan_pdf()})
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["a [p. 1]", "b [p. 2]"]
        assert [item.title for item in outline.root[1].children] == ["SEN support plan"]
        assert [item.title for item in outline.root[1].children[0].children] == ["Outcomes"]
        target = outline.root[1].obj.get("/Dest") or outline.root[1].obj.A.D
        assert target[1] == Name.XYZ
        assert float(str(target[4]) if str(target[4]) != "None" else 0) == 0  # the reader's zoom is left alone
    assert verify(content, plan, {}) == []


# Reading it back: each thing that can be wrong is made wrong.


def spoiled(change: Any) -> list[str]:
    pdf = made()
    link_to(pdf, 1, A=Dictionary(S=Name.URI, URI=String(LINK + "b")))
    content, plan = put_together({"a": saved(pdf), "b": made_bytes(2)})
    with pikepdf.open(io.BytesIO(content)) as opened:
        change(opened)
        return verify(saved(opened), plan, {"a": ["b"]}, ["Joe Other"])


def test_all_is_well_when_nothing_is_changed() -> None:
    assert spoiled(lambda pdf: None) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda pdf: pdf.pages.__delitem__(2), "has 2 pages and should have 3"),
        (lambda pdf: pdf.pages.reverse(), "page 1 is stamped"),
        (lambda pdf: pdf.pages[0].Annots[0].Dest.__setitem__(0, pdf.pages[2].obj), "a has no link to b, page 2"),
        (lambda pdf: pdf.pages[0].obj.__delitem__("/Annots"), "a has no link to b"),
        (lambda pdf: pdf.Root.Outlines.First.__setitem__("/Title", String("Else")), "no bookmark 'a [p. 1]'"),
        (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "no tags"),
        (lambda pdf: pdf.Root.PageLabels.Nums.__setitem__(1, Dictionary(S=Name.r)), "page 1 is shown as 'i'"),
        (lambda pdf: pdf.pages[0].obj.__setitem__("/StructParents", 7), "does not belong to any tag"),
        (lambda pdf: pdf.docinfo.__setitem__("/Subject", "About Joe  OTHER"), "in the metadata (/Subject)"),
        (lambda pdf: pdf.pages[0].Annots[0].__setitem__("/Contents", String("Joe Other")), "in a hidden text"),
    ],
)
def test_whatever_is_not_as_planned_is_found(change: Any, words: str) -> None:
    assert any(words in failure for failure in spoiled(change)), spoiled(change)


def test_a_number_of_the_page_s_own_that_ends_where_the_stamp_begins_is_no_part_of_it() -> None:
    _, plan = put_together({"a": saved(made())})
    x, y, *_ = stamp_place(plan.stamp(1), (0, 0, 595, 842), 0, 1.0)
    pdf = made()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 9 Tf %.2f %.2f Td (Page 1) Tj ET" % (x - 25, y + 4))
    content, plan = put_together({"a": saved(pdf)})
    assert verify(content, plan, {}) == []


def test_forbidden_words_on_a_page_are_found() -> None:
    content, plan = put_together({"a": saved(made(2, text="Joe Other and friends,"))})
    assert verify(content, plan, {}, ["Joe Other"]) == [
        f"the words 'Joe Other' must not be in this bundle and are, in the text of page {n}" for n in (1, 2)
    ]


def test_the_font_of_the_page_numbers_is_what_its_script_makes() -> None:
    assert stamp_font() == make_page_number_font.make()


def test_the_font_of_the_page_numbers_has_a_name_of_its_own() -> None:
    """Its licence keeps the name Liberation for the whole font: a part of it may not be called so."""
    names = {row.nameID: str(row) for row in TTFont(io.BytesIO(stamp_font().file))["name"].names}
    assert (names[1], names[4], names[6]) == ("Sendpack Page Numbers", "Sendpack Page Numbers", "SendpackPageNumbers")
    assert "Red Hat" in names[0] and "SIL Open Font License" in names[13]
    licence = (Path(page_font.__file__).parent / "page_numbers-LICENSE.txt").read_text("utf-8")
    assert licence.startswith("page_numbers.ttf, the font Sendpack Page Numbers, made from Liberation Sans")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    content, _ = put_together({"a": made_bytes(1)})
    with pikepdf.open(io.BytesIO(content)) as pdf:
        font = pdf.pages[0].obj.Resources.Font["/SendpackNumber"]
        assert font.BaseFont == font.FontDescriptor.FontName == "/SENDPK+SendpackPageNumbers"
        assert font.FontDescriptor.FontFile2.read_bytes() == stamp_font().file


def test_a_word_that_a_part_had_and_the_bundle_has_not_is_found_with_its_page() -> None:
    content, plan = put_together({"a": saved(made(1, text="As it was,")), "b": saved(made(2, text="Seen by us,"))})
    whole = {"a": page_texts(saved(made(1, text="As it was,"))), "b": page_texts(saved(made(2, text="Seen by us,")))}
    assert verify(content, plan, {}, said=whole) == []
    more = [whole["b"][0], f"{whole['b'][1]} Ada hears nothing"]
    assert verify(content, plan, {}, said={"b": more}) == [
        f"page {plan.labels[2]} (b): 3 words of this page are lost on the way: ada, hears, nothing"
    ]


@pytest.mark.whole
@pytest.mark.parametrize("alive", [True, False])
@pytest.mark.parametrize("before", [1, 22])
def test_what_other_processes_read_is_told_like_what_this_one_does(alive: bool, before: int) -> None:
    """Of a long bundle each reads a half; a worker that dies leaves its own to this process."""
    seen = page_texts(saved(made(before + 1, text="Seen by us,")))
    whole = {"b": [*seen[:-1], f"{seen[-1]} Ada hears nothing"]}
    contents = {"a": made_bytes(before), "b": saved(made(before + 1, text="Seen by us,"))}
    content, plan = put_together(contents)
    asked: list[range] = []

    def beside(function: Any, *given: Any) -> Any:
        asked.append(given[-1])
        found = pickle.loads(pickle.dumps(function(*given)))
        return lambda: found if alive else None

    alone = verify(content, plan, {}, ["Seen by us"], said=whole)
    found = verify(content, plan, {}, ["Seen by us"], said=whole, beside=beside)
    assert asked == ([range(3)] if before == 1 else [range(22), range(22, 45)]) and found == alone
    assert [type(one).__name__ for one in found] == ["LostOfPart", *["str"] * (before + 1)]
    assert (found[0].part, found[0].page) == ("b", before + 1)  # type: ignore[attr-defined]
