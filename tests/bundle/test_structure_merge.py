"""Tags of many documents become one tree, and every mark and link on every page keeps its own tag."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.bundle.assemble.bundle_read_back import tag_failures
from generator.bundle.assemble.bundle_writer import About, Piece
from generator.bundle.evidence.intake_notes import Notes
from generator.bundle.evidence.sanitise import IntakeWish, clean_pdf
from generator.bundle.pagination import ContentsLine, lay_out
from tests import tagcheck, verapdf
from tests.bundle_makers import assembled, made, plan_pdf, review_pdf, saved, scan


def merged(*contents: bytes, clean: bool = True) -> bytes:
    """Documents put together as the bundle does it, without pages of our own."""
    pieces = []
    items = []
    for number, content in enumerate(contents):
        if clean:
            content = clean_pdf(content, IntakeWish(f"Part {number}", "Handwriting"), Notes("PDF"))[0]
        pages = len(pikepdf.open(io.BytesIO(content)).pages)
        pieces.append(Piece(f"p{number}", f"Part {number}", content))
        items.append(ContentsLine(f"p{number}", "part", f"Part {number}", pages=pages))
    return assembled(pieces, lay_out(items), About("Bundle"))


def tagged(kids: Any, content: bytes = b"/P <</MCID 0>> BDC EMC", **root: Any) -> bytes:
    """A one-page PDF with the tags that `kids` makes: called with the PDF, the page and the parent of the elements."""
    pdf = made()
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(content)
    page.StructParents = 0
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, **root))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
    tree.K = top
    top.K = Array(kids(pdf, page, top))
    tree.ParentTree = Dictionary(Nums=Array([0, Array([top.K[0]])]))
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    return saved(pdf)


def element(pdf: pikepdf.Pdf, parent: Any, role: str, **entries: Any) -> Any:
    return pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + role), P=parent, **entries))


def elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    return [thing for thing in pdf.objects if isinstance(thing, Dictionary) and thing.get("/S") == "/" + role]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tags") / "two.pdf"
    path.write_bytes(merged(plan_pdf(), review_pdf()))
    return path


def test_every_mark_and_link_of_two_documents_keeps_its_tag(two: Path, tmp_path: Path) -> None:
    counted = tagcheck.count(two)
    before = []
    for index, content in enumerate((plan_pdf(), review_pdf())):
        (tmp_path / f"{index}.pdf").write_bytes(content)
        before.append(tagcheck.count(tmp_path / f"{index}.pdf"))
    assert (counted.lost_contents, counted.lost_annotations, counted.wrong_parents) == (0, 0, 0)
    assert counted.contents == sum(one.contents for one in before)
    assert counted.annotations == sum(one.annotations for one in before) == 1


@pytest.mark.whole
def test_two_documents_pass_pdf_ua(two: Path) -> None:
    assert verapdf.failures(two) == []


@pytest.mark.whole
def test_scans_among_tagged_documents_pass_pdf_ua(tmp_path: Path) -> None:
    path = tmp_path / "mixed.pdf"
    path.write_bytes(merged(plan_pdf(), scan(2), review_pdf()))
    assert verapdf.failures(path) == []
    assert tagcheck.roles(path).count("Figure") == 2


def test_each_document_is_a_part_with_its_title(two: Path) -> None:
    with pikepdf.open(two) as pdf:
        document = pdf.Root.StructTreeRoot.K
        assert Name.Document == document.S
        assert [(str(part.S), str(part.T)) for part in document.K] == [("/Part", "Part 0"), ("/Part", "Part 1")]
        assert Name.Sect == document.K[0].K.S  # the source's own Document


def test_the_same_name_for_two_roles_is_kept_apart() -> None:
    def one(role: str, target: str) -> bytes:
        return tagged(
            lambda pdf, page, top: [element(pdf, top, role, Pg=page, K=0)],
            RoleMap=Dictionary({"/Own": Name("/" + target)}),
        )

    with pikepdf.open(io.BytesIO(merged(one("Own", "P"), one("Own", "Figure"), one("Own", "P")))) as pdf:
        roles = {key: str(value) for key, value in pdf.Root.StructTreeRoot.RoleMap.items()}
        assert roles == {"/Own": "/P", "/Own-2": "/Figure"}
        assert (len(elements(pdf, "Own")), len(elements(pdf, "Own-2"))) == (2, 1)
        assert not tag_failures(pdf)


def test_table_headers_still_point_to_their_cells() -> None:
    def table(pdf: pikepdf.Pdf, page: Any, top: Any) -> list[Any]:
        head = element(pdf, top, "TH", Pg=page, K=0, ID=String("h1"), A=Dictionary(O=Name.Table, Scope=Name.Column))
        cell = element(pdf, top, "TD", A=Dictionary(O=Name.Table, Headers=Array([String("h1")])))
        return [head, cell]

    with pikepdf.open(io.BytesIO(merged(tagged(table), tagged(table)))) as pdf:
        names = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        assert len(list(names)) == 2
        for cell in elements(pdf, "TD"):
            header = names[str(cell.A.Headers[0])]
            assert header.S == Name.TH
            assert header.P.objgen == cell.P.objgen


def test_a_heading_without_a_level_gets_one() -> None:
    def headings(pdf: pikepdf.Pdf, page: Any, top: Any) -> list[Any]:
        first = element(pdf, top, "H", Pg=page, K=0)
        section = element(pdf, top, "Sect")
        section.K = Array([element(pdf, section, "H")])
        return [first, section]

    with pikepdf.open(io.BytesIO(merged(tagged(headings)))) as pdf:
        assert (len(elements(pdf, "H")), len(elements(pdf, "H1")), len(elements(pdf, "H2"))) == (0, 1, 1)


def test_marks_inside_a_form_xobject_keep_their_tag() -> None:
    def inside(pdf: pikepdf.Pdf, page: Any, top: Any) -> list[Any]:
        form = pdf.make_stream(b"/P <</MCID 0>> BDC EMC")
        form.Type, form.Subtype, form.BBox, form.StructParents = Name.XObject, Name.Form, Array([0, 0, 9, 9]), 1
        page.Resources.XObject = Dictionary(Fm=form)
        content = Dictionary(Type=Name.MCR, Pg=page, Stm=form, MCID=0)
        return [element(pdf, top, "P", Pg=page, K=Array([content]))]

    content = tagged(inside, b"/Fm Do")
    with pikepdf.open(io.BytesIO(merged(content, content))) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        keys = [int(page.obj.Resources.XObject.Fm.StructParents) for page in pdf.pages]
        assert len(set(keys)) == 2
        for page, key in zip(pdf.pages, keys, strict=True):
            owner = parents[key][0]
            assert owner.K.Stm.objgen == page.obj.Resources.XObject.Fm.objgen


@pytest.mark.whole
def test_a_tree_that_goes_round_in_circles_ends() -> None:
    def circle(pdf: pikepdf.Pdf, page: Any, top: Any) -> list[Any]:
        child = element(pdf, top, "P", Pg=page)
        child.K = Array([0, top, child])
        return [child]

    with pikepdf.open(io.BytesIO(merged(tagged(circle)))) as pdf:
        assert not tag_failures(pdf)


@pytest.mark.whole
def test_a_tree_a_thousand_deep_is_copied() -> None:
    def deep(pdf: pikepdf.Pdf, page: Any, top: Any) -> list[Any]:
        first = last = element(pdf, top, "Sect")
        for _ in range(3000):
            last.K = element(pdf, last, "Sect")
            last = last.K
        last.K = element(pdf, last, "P", Pg=page, K=0)
        return [first]

    with pikepdf.open(io.BytesIO(merged(tagged(deep), clean=False))) as pdf:
        assert len(elements(pdf, "Sect")) == 3001 + 1  # and the source's own Document


def test_a_wrong_parent_is_seen_by_our_own_check(two: Path) -> None:
    with pikepdf.open(two) as pdf:
        assert not tag_failures(pdf)
        pdf.pages[0].obj.StructParents, pdf.pages[2].obj.StructParents = (
            pdf.pages[2].obj.StructParents,
            pdf.pages[0].obj.StructParents,
        )
        assert any("page 1" in failure for failure in tag_failures(pdf))
