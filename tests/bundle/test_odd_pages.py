"""Odd and partly broken PDFs go in, each page that is not as it was named; the bundle is made of them as planned."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.bundle import Account, Options, Part, bundle
from generator.bundle.evidence.page_by_page.page_repair import lost_words
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.sanitise import IntakeWish
from generator.values.notice import LOST, losses
from tests.bundle.taken import take_and_try
from tests.bundle.test_make_bundle import quick_front
from tests.bundle_makers import link_to, made, saved
from tests.example_school import ROOT


def take(content: bytes) -> tuple[bytes, Account]:
    return take_and_try(content, IntakeWish("Report"))


def tagged(*kids: Any) -> pikepdf.Pdf:
    """A tagged page as Chrome writes it, with a link that no tag holds."""
    pdf = made(text="Tagged")
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC\n" + page.Contents.read_bytes() + b"\nEMC")
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    words = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=whole, Pg=page, K=0))
    whole.K, root.K = Array([words]), whole
    page.StructParents = 0
    root.ParentTree = Dictionary(Nums=Array([0, pdf.make_indirect(Array([words]))]))
    root.ParentTreeNextKey = 1
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    return pdf


def loose_link() -> bytes:
    pdf = tagged()
    link_to(pdf, 1, A=Dictionary(S=Name.URI, URI=String("https://www.example.org/")))
    return saved(pdf)


def wrong_key() -> bytes:
    """The link names a place in the parent tree that is another's."""
    pdf = tagged()
    link_to(pdf, 1, A=Dictionary(S=Name.URI, URI=String("https://www.example.org/")), StructParent=0)
    return saved(pdf)


def tags_that_do_not_fit() -> bytes:
    """Marks on the page that no tag knows."""
    pdf = tagged()
    pdf.pages[0].obj.Contents.write(pdf.pages[0].obj.Contents.read_bytes().replace(b"MCID 0", b"MCID 7"))
    return saved(pdf)


def reversed_boxes() -> bytes:
    pdf = made(2)
    pdf.pages[0].obj.MediaBox = Array([595, 842, 0, 0])
    pdf.pages[1].obj.CropBox = Array([595, 0, 0, 842])
    return saved(pdf)


def large_unit() -> bytes:
    return saved(made(size=(298, 421), UserUnit=2))


def odd_font_name() -> bytes:
    return saved(made(font="QQQQ")).replace(b"/QQQQ", b"/\xba\xda\xcc\xe5")


def odd_inline_picture() -> bytes:
    """A picture in the line that names its width twice, beside marks that have to go."""
    pdf = made(text="Words")
    drawn = pdf.pages[0].obj.Contents.read_bytes()
    inline = b"q 10 0 0 10 50 50 cm BI /W 1 /Width 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/Artifact BMC\n" + inline + b"\nEMC\n" + drawn)
    return saved(pdf)


ODD = [
    loose_link, wrong_key, tags_that_do_not_fit, reversed_boxes, large_unit, odd_font_name, odd_inline_picture,
]  # fmt: skip


@pytest.mark.whole
@pytest.mark.parametrize("make", ODD, ids=lambda make: make.__name__)
def test_an_odd_file_goes_in_and_the_bundle_is_as_planned(tmp_path: Path, make: Any) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(make())
    result = bundle([Part("report", "Evidence", "The report", file)], quick_front, Options("Bundle"))
    assert result.failures == ()
    assert not losses(result.accounts[0].warnings)


def test_a_link_that_no_tag_holds_keeps_the_other_tags() -> None:
    _, account = take(loose_link())
    assert not [line for line in account.done if "its tags replaced" in line]
    _, account = take(tags_that_do_not_fit())
    assert [line for line in account.done if "its tags replaced" in line]


def undecodable() -> bytes:
    pdf = made(3, text="Report")
    pdf.pages[1].obj.Contents = pikepdf.Stream(pdf, b"x\x9cbroken", Filter=Name.FlateDecode)
    return saved(pdf)


def test_a_page_that_cannot_be_decoded_names_itself_and_the_rest_goes_in() -> None:
    result, account = take(undecodable())
    assert ["Report page 1" in page_texts(result)[0], "Report page 3" in page_texts(result)[2]] == [True, True]
    told = [one for one in account.warnings if "decoded" in one]
    assert [one.page for one in told] == [2]


def test_content_that_breaks_off_is_told_with_its_page() -> None:
    pdf = made(2)
    lines = b"".join(b"BT /F1 12 Tf 60 %d Td (Line %d of it) Tj ET\n" % (700 - 20 * n, n) for n in range(20))
    cut = lines.replace(b"(Line 3 of it)", b"(Line 3 of it", 1)  # the string goes on to the end
    pdf.pages[1].obj.Contents = pdf.make_stream(cut)
    _, account = take(saved(pdf))
    assert [one for one in account.warnings if "page 2 has a mistake in its content" in one]
    pdf.pages[1].obj.Contents = pdf.make_stream(lines)
    assert not [one for one in take(saved(pdf))[1].warnings if "mistake" in one]


def test_words_that_a_page_loses_are_counted_with_it() -> None:
    found = list(lost_words(["Ada reads well", "Ada writes"], ["Ada reads well", "Ada"]))
    assert [(one.kind, one.page, one.amount) for one in found] == [(LOST, 2, 1)]
    assert found[0] == "1 words of this page are lost on the way: writes"
    assert not list(lost_words(["one two"], ["two one and more"]))


REPORT = ROOT / "cases" / "ada-brown" / "evidence" / "educational-psychologist-2026-05.pdf"


@pytest.mark.parametrize("content", [b"%PDF-1.4 nothing", saved(made())[:200], REPORT.read_bytes()[:900]])
def test_a_refusal_says_nothing_of_our_insides(content: bytes) -> None:
    from generator.bundle import Refused

    with pytest.raises(Refused) as refused:
        take(content)
    for word in ("Error", "object at", "None", "codec"):
        assert word not in refused.value.message


@pytest.mark.whole
def test_forms_that_all_name_each_other_are_looked_into_once() -> None:
    pdf = made(text="Words")
    shared = pdf.make_indirect(Dictionary())
    for number in range(80):
        form = pdf.make_stream(b"q Q /F0 Do /F1 Do", Type=Name.XObject, Subtype=Name.Form)
        form.BBox, form.Resources = Array([0, 0, 9, 9]), Dictionary(XObject=shared)
        shared[f"/F{number}"] = form
    page = pdf.pages[0].obj
    page.Resources.XObject = shared
    begun = time.process_time()
    _, account = take(saved(pdf))
    assert account.pages == 1 and time.process_time() - begun < 15, "80 times 80 times 80 times 80 looks take minutes"
