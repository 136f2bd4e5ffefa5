"""Word evidence changed at random, inside its parts: drawn whole, or told, never a traceback and never silent."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile

import pypdfium2
import pytest

from generator.bundle import Refused
from generator.bundle.evidence.sanitise import IntakeWish
from generator.engines import Docx, Pdf, choose
from generator.values.notice import losses
from tests.bundle.taken import take_and_try
from tests.bundle_makers import docx
from tests.raw_word import cell, dots, footnotes, note, para, picture, row, table, tick_box, vml_box, word

ROUNDS = 300
GROUPS = 6


def sources() -> list[bytes]:
    notes = {"rF": ("footnotes", "footnotes.xml"), "rI": ("image", "media/a.png")}
    parts = {"word/footnotes.xml": footnotes("Noted underneath"), "word/media/a.png": dots("PNG")}
    rows = [row(cell(para(f"Outcome {n}", note(1) if n == 1 else "")), cell(para("Ada reads"))) for n in range(8)]
    whole = [para("Report on Ada"), table(*rows), para("Agreed ", tick_box(True)), para("See ", picture())]
    return [
        docx("Report", ["Words of a report", "A second paragraph"], [["Target", "Met"], ["Reads", "yes"]]),
        word("".join(whole), parts, notes),
        word(para("Before ", vml_box(para("Boxed words"))) + para("After")),
    ]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """One part with a tag renamed, an element dropped, doubled or moved, an attribute or some bytes changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([n for n in parts if n.endswith((".xml", ".rels"))])
    if chance.random() < 0.6:
        name = "word/document.xml"
    parts[name] = _changed(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for part, data in parts.items():
            if chance.random() > 0.01:
                package.writestr(part, data)
    return out.getvalue()


def _changed(data: bytes, chance: random.Random) -> bytes:
    tags = list(re.finditer(rb"<(/?)([\w:]+)([^<>]*?)(/?)>", data))
    if not tags:
        return data
    one, other = chance.choice(tags), chance.choice(tags)
    kind = chance.randrange(6)
    if kind == 0:
        return data.replace(b"<" + one[2] + b">", b"<" + other[2] + b">").replace(
            b"</" + one[2] + b">", b"</" + other[2] + b">"
        )
    if kind == 1:
        return data[: one.start()] + data[one.end() :]
    if kind == 2:
        return data[: one.start()] + other[0] + data[one.start() :]
    if kind == 3:
        return re.sub(
            rb'w:val="[^"]*"', b'w:val="%d"' % chance.randrange(-99999, 99999), data, count=chance.randrange(1, 9)
        )
    if kind == 4:
        first, last = sorted((one.start(), other.start()))
        return data[:first] + data[last:]
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


@pytest.mark.whole
@pytest.mark.parametrize("group", range(GROUPS))
def test_changed_word_files_are_drawn_whole_or_told(group: int) -> None:
    chance, engine = random.Random(group), choose("embedded")
    content = sources()[group % 3]
    drawn = 0
    for _ in range(ROUNDS // GROUPS):
        changed, begun = mutated(content, chance), time.process_time()
        try:
            taken, account = take_and_try(changed, IntakeWish("Report"))
        except Refused as refused:
            assert refused.message and "\n" not in refused.message
            continue
        assert account.kind == "Word document"
        [result] = engine.convert([Docx("report", taken)])
        assert time.process_time() - begun < 30
        if isinstance(result, Pdf):
            drawn += 1
            assert losses(result.warnings) or not _gone(taken, result), "lost in silence"
        else:
            assert result.reason and "Traceback" not in result.reason
    assert drawn, "some are still documents"


def _gone(content: bytes, made: Pdf) -> list[str]:
    """Words of the body that are in no page of the PDF."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        main = next((n for n in package.namelist() if re.fullmatch(r"word/document\d*\.xml", n)), "")
        body = package.read(main).decode("utf-8", "replace") if main else ""
    shown = re.findall(r"<w:t(?:\s[^<>]*)?>([^<>]*)</w:t>", re.sub(r"<w:(del|moveFrom)\b.*?</w:\1>", "", body))
    hidden = "vanish" in body
    with pypdfium2.PdfDocument(made.content) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    there = re.sub(r"\W+", "", text)
    return [] if hidden else [w for piece in shown for w in re.findall(r"[A-Za-z]{3,}", piece) if w not in there]
