"""Pages of a damaged file: those whose content is gone are told, those that are meant to be blank are not."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode

from generator.values.notice import losses
from tests.bundle.taken import take
from tests.bundle_makers import made, saved


def without_object(content: bytes, number: int) -> bytes:
    """The file with one object called by another number, so that nothing finds it."""
    return re.sub(rb"\n%d 0 obj" % number, b"\n9999 0 obj", content)


def five_pages() -> pikepdf.Pdf:
    """With words, with words, with an empty content, with none, and with a note whose words are an object."""
    pdf = made(5, text="Words")
    pdf.pages[2].obj.Contents = pdf.make_stream(b"")
    del pdf.pages[3].obj["/Contents"]
    words = pdf.make_indirect(pikepdf.String("A note"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=words)
    pdf.pages[4].obj.Annots = Array([pdf.make_indirect(note)])
    return pdf


def lost_pages(content: bytes) -> list[int]:
    return [one.page for one in losses(take(content)[1].warnings) if "nothing of this page is left" in str(one)]


@pytest.mark.parametrize("mode", [ObjectStreamMode.disable, ObjectStreamMode.generate], ids=["plain", "packed pages"])
@pytest.mark.parametrize("lost", [0, 1])
def test_a_page_whose_content_is_gone_is_told_and_no_blank_one(mode: ObjectStreamMode, lost: int) -> None:
    pdf = five_pages()
    whole = saved(pdf, object_stream_mode=mode)
    with pikepdf.open(io.BytesIO(whole)) as read:
        number = read.pages[lost].obj.Contents.objgen[0]
    assert lost_pages(without_object(whole, number)) == [lost + 1]


def test_a_note_whose_words_are_gone_loses_no_page() -> None:
    whole = saved(five_pages(), object_stream_mode=ObjectStreamMode.disable)
    [number] = [int(n) for n in re.findall(rb"\n(\d+) 0 obj\n\(A note\)", whole)]
    assert lost_pages(without_object(whole, number)) == []
