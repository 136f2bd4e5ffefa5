"""A form of ours filled in its controls or fields, as Word and PDF readers do it."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import W14
from generator.forms.filling.runs import run_of
from generator.word_files.docx_package import Member, W, parse, read_package, serialize, write_package

TAG = "sendpack:"


def filled_word(word: bytes, answers: Mapping[str, str], unwrapped: bool = False) -> bytes:
    """The controls filled by their tags (`x` ticks a box); `unwrapped` leaves only words, as Google Docs does."""
    package = read_package(word)
    root = parse(package.parts[package.main])
    for sdt in list(root.iter(W + "sdt")):
        tag = sdt.find(f"{W}sdtPr/{W}tag")
        name = "" if tag is None else (tag.get(W + "val") or "").removeprefix(TAG)
        content = sdt.find(W + "sdtContent")
        assert content is not None
        if name in answers:
            _fill(sdt, content, answers[name])
        if unwrapped:
            parent = sdt.getparent()
            assert parent is not None
            for child in list(content):
                sdt.addprevious(child)
            parent.remove(sdt)
    parts = {**package.parts, package.main: serialize(root)}
    if unwrapped:
        parts.pop("docProps/custom.xml", None)
        for name in ("[Content_Types].xml", "_rels/.rels"):
            tree = parse(parts[name])
            for row in list(tree):
                if "custom" in (row.get("PartName") or row.get("Target") or ""):
                    tree.remove(row)
            parts[name] = serialize(tree)
    return write_package(Member.of(name, content) for name, content in parts.items())


def _fill(sdt: etree._Element, content: etree._Element, answer: str) -> None:
    properties = sdt.find(W + "sdtPr")
    assert properties is not None
    checked = properties.find(f"{W14}checkbox/{W14}checked")
    if checked is not None:
        checked.set(W14 + "val", "1")
        for text in content.iter(W + "t"):
            text.text = "☒"
        return
    for mark in properties.findall(W + "showingPlcHdr"):
        properties.remove(mark)
    paragraph = content.find(W + "p")
    holder = content if paragraph is None else paragraph
    for run in holder.findall(W + "r"):
        holder.remove(run)
    holder.append(run_of(answer, None))


def filled_pdf(pdf: bytes, answers: Mapping[str, str]) -> bytes:
    """The fields of a PDF filled by their names."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for field in opened.Root.AcroForm.Fields:
            name = str(field.T).removeprefix(TAG)
            if name in answers:
                if str(field.FT) == "/Btn":
                    field.V = field.AS = pikepdf.Name.Yes
                else:
                    field.V = pikepdf.String(answers[name])
        out = io.BytesIO()
        opened.save(out)
        return out.getvalue()
