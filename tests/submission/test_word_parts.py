"""Word files for an authority are read without the bundle: what leads into it is text in them."""

from __future__ import annotations

import io

import docx
import pytest

from generator.bundle import link_to
from generator.submission.parts.word_parts import word_to_send
from generator.word_files.docx_package import unpacked
from tests.word_files import add_link, blank, content


@pytest.mark.whole
def test_links_into_the_bundle_are_text_in_a_word_file_and_others_stay() -> None:
    made = blank("Request")
    line, foot = made.add_paragraph("Her words: "), made.sections[0].footer.paragraphs[0]
    add_link(line, link_to("request", "Ada's views"), "page 9")
    line.add_run(", and ")
    add_link(line, "https://www.example.org/send", "the local offer")
    add_link(foot, link_to("plan"), "the plan")
    sent = word_to_send(content(made))
    parts = unpacked(sent)
    assert not [name for name, part in parts.items() if b"bundle.invalid" in part or b"Ada" in part]  # was: both
    read = docx.Document(io.BytesIO(sent))
    assert read.paragraphs[-1].text == "Her words: page 9, and the local offer"
    assert [link.address for link in read.paragraphs[-1].hyperlinks] == ["https://www.example.org/send"]
    assert read.sections[0].footer.paragraphs[0].text == "the plan"
    assert word_to_send(sent) == sent
