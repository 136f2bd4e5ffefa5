"""Long runs of one sign, for which a pattern that looks on from each takes minutes: each is read in a moment."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from lxml import etree

from generator.bundle.assemble import bundle_read_back
from generator.bundle.evidence import sanitise
from generator.bundle.evidence.accessible import fit_and_tag
from generator.bundle.evidence.accessible.letters import missing_shapes
from generator.bundle.evidence.accessible.letters.character_maps import counted
from generator.bundle.evidence.hidden import remarks_in_code
from generator.cases.child_voice import speaks_of_the_child
from generator.cases.family import family_copies
from generator.documents.charts import progress_charts
from generator.documents.languages.corrections import filled_in, lost
from generator.documents.templates.nearly_tags import nearly_tags
from generator.documents.templates.word_features.tags_of_paragraphs import TAG
from generator.engines.docx.docx_contents import W
from generator.engines.pdf import pdf_read_back, tag_repair
from generator.engines.rdocx.copy_for_engine.drawn_shapes import not_drawn
from generator.forms.answer_places.in_word_files import spots
from generator.forms.authority import paths
from generator.forms.authority.proposing import propose_boxes
from generator.forms.authority.proposing.phrases import comparable, ordinal
from generator.records.yaml_text import yaml_changes
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.rules.grammar import rewrite
from generator.school.imports import ctf
from generator.school.imports.lists import value_words
from generator.school.imports.lists.name_parts import apart, without_known_name
from generator.values.notice import LESS, Notice
from generator.values.parsing import Unreadable
from generator.web import ways

MANY = 300_000
Reader = Callable[[str], object]
T = TypeVar("T")
READ: dict[str, tuple[Reader, tuple[str, ...], tuple[str, ...]]] = {
    "a name": (without_known_name, ("", "Ada (", "Ada “"), (" ", "(", "“", '"')),
    "a whole name": (apart, ("", "Ada ["), (" ", "a ", "[")),
    "a SEN status": (value_words.read_status, ("", "K -", "K ("), (" ", "(", "- ", "a ")),
    "kinds of need": (value_words.read_need_types, ("", "SLCN -", "SLCN ("), (" ", "[", "-")),
    "an ethnicity": (value_words.read_ethnicity, ("", "WBRI -"), (" ", "(", "a- ")),
    "a year group": (value_words.read_year_group, ("", "Year"), (" ", ".", "7")),
    "a yes": (value_words.read_yes_no, ("", "yes ("), (" ", "(", "- ")),
    "looked after": (
        lambda text: value_words.read_looked_after(text, date(2026, 1, 1)),
        ("", "yes"),
        (" ", "(", "to "),
    ),
    "a label of a form": (comparable, ("", "(", "y"), (" ", "(", "see ", "a")),
    "a number on a form": (ordinal, ("", "parent", "parent /"), (" ", "parent ")),
    "two words in a line of a form": (
        lambda text: spots._EITHER.search(text),
        ("", "m / f", "I a /"),
        (" ", "m ", "a"),
    ),
    "a prompt of a form": (propose_boxes._is_prompt, ("", "("), (" ", "(")),
    "a line of a language": (lambda text: lost(text, text), ("", "{{ "), (" ", "{", "{{ a")),
    "a Welsh label of a form": (comparable, ("",), ("plant ", "enw", "ysgol /", "plant/")),
    "a child's line": (lambda text: speaks_of_the_child(text, {"forenames": "Ada"}), ("", "“"), ("“", "‘", "a ")),
    "how a copy went": (family_copies._WAY.findall, ("", "Mum", "Mum, by"), (" ", "(by ", "via ")),
    "tags of a template": (lambda text: list(nearly_tags(text)), ("", "{{"), ("{", "{{", "[", "{#", "{%", "a.")),
    "tags of other programs": (
        lambda text: list(nearly_tags(text)),
        ("", "%{", "${", "«", "<<", "[", "{ if", "{ a.b"),
        (" ", "%{", "${ ", "« ", "<< ", "[ ", "{ if ", "a "),
    ),
    "what goes with a form": (lambda text: propose_boxes._ENCLOSED.sub("", text), ("", "a"), (" ", "attached ", "!")),
    "whole tags": (TAG.findall, ("", "{{ a"), ("{", "{{", "{#", "{%", "%")),
    "a list in brackets": (yaml_changes._FIRST_COMMA.match, ("", "[a "), ("#", "#a", "# \n")),
    "the end of a target": (lambda text: rewrite._END.sub("", f"{text}x"), ("",), (" ", ".", " .")),
    "where a field is": (ways._IN_FILE.findall, ("",), ("y", "a in ")),
    "a path of a form": (lambda text: paths._STEP.findall(text), ("", "a"), ("[", "[a", ".")),
    "boxes of a form": (lambda text: spots._cut(text), ("", "a"), (":", " ", "? ", "yes ")),
    "the title of a cycle": (lambda text: progress_charts._NO_BRACKETS.sub("", text), ("", "a ("), ("(", " ", " (")),
    "tags of a page": (
        lambda text: bundle_read_back._MARK.findall(text.encode()),
        ("", "/P <<"),
        (" ", "/P <<", "<</MCID 7"),
    ),
    "marks of a page": (
        lambda text: fit_and_tag._cut_marks(text.encode()),
        ("", "/P", "/P <<", "("),
        (" ", "<<", "/P ", "(", "\\(", "(a", "BI ", "<"),
    ),
    "marks of a page of ours": (
        lambda text: tag_repair.decorated(text.encode()),
        ("", "("),
        (" ", "(", "\\(", "(a", "BI ", "<", "<0"),
    ),
    "what a page shows": (
        lambda text: list(missing_shapes._SHOWN.finditer(text.encode())),
        ("", "<<", "(", "/F 1 Tf ("),
        (" ", "(", "\\(", "(a", "(\\(", "<", "<0", "<<(", "/F ", "()"),
    ),
    "a font's table of meanings": (
        lambda text: counted(text.encode()),
        ("", "1 beginbfchar ", "1 beginbfrange "),
        ("1", " ", "1 beginbfchar ", "<", "<a>", "<a><b>[", "<a><b>[ ", "1 beginbfchar <a> <b> "),
    ),
    "remarks in the code of a page": (
        lambda text: remarks_in_code._cuts_of([text.encode()]),
        ("", "%", "("),
        ("%", "(", "(a) x ", "<0> x ", "BI ", "\\(", "%a\n", "[", "<<", "/a ", "(a) ", "/a <</b ", "[(a)"),
    ),
    "a claim of a PDF": (
        lambda text: sanitise._CLAIM.search(text.encode()),
        ("", "pdfuaid:part a="),
        (" ", "pdfuaid:part x="),
    ),
}


def seconds(read: Callable[[T], object], given: T) -> float:
    began = time.thread_time()
    with contextlib.suppress(Unreadable):
        read(given)
    return time.thread_time() - began


def grows_faster(read: Callable[[T], object], made: Callable[[int], T], size: int = MANY) -> bool:
    """True when four times as much takes far more than four times as long; a moment is none, however it grows.

    By proportion, as a machine may be slow: what looks on from each sign takes sixteen times as long.
    """
    whole = seconds(read, made(size))
    return whole > 1 and whole > 9 * seconds(read, made(size // 4))


def long(begins: str, run: str, ends: str) -> Callable[[int], str]:
    """Texts of so many letters, nearly all of them the same run again and again."""
    return lambda size: f"{begins}{run * (size // len(run))}{ends}"


@pytest.mark.whole
@pytest.mark.parametrize("what", READ)
def test_a_long_run_is_read_in_a_moment(what: str) -> None:
    read, begins, runs = READ[what]
    tried = [(before, run, long(before, run, "\x00!")) for before in begins for run in runs]
    slow = [f"{before}{run}" for before, run, made in tried if grows_faster(read, made)]
    assert slow == []


@pytest.mark.whole
@pytest.mark.parametrize("broken", ["a: 'b", "a: b: c", "\ta: 1"])
def test_a_file_with_a_long_run_is_told_in_a_moment(broken: str) -> None:
    for run in (" ", "- ", "a ", ": ", "a: ", '"', "\u00a0"):
        for begins, ends in (("", f"\n{broken}\n"), (f"{broken}\n", "x\n")):
            assert not grows_faster(lambda text: read_yaml(text.encode(), "plan.yaml"), long(begins, run, ends)), run


def test_many_remarks_before_a_transfer_file_are_read_in_a_moment() -> None:
    def made(size: int) -> str:
        return f"{'<!---->' * (size // 10)}{'<!-- a --> ' * size}<other>"

    assert not grows_faster(ctf._BEGINS.match, made, 300)
    remarks = made(300).removesuffix("<other>")
    assert ctf._BEGINS.match(f'<?xml version="1.0"?>\n{remarks}<CTfile>') and ctf._BEGINS.match(" <a:ctfile ")


def test_many_shapes_beside_no_words_are_told_at_once() -> None:
    """Of each the words beside it are looked for, in every paragraph before it."""
    oval = '<w:p><w:r><w:pict><v:oval style="width:90pt"/></w:pict></w:r></w:p>'

    def made(shapes: int) -> etree._Element:
        names = f'xmlns:w="{W[1:-1]}" xmlns:v="urn:schemas-microsoft-com:vml"'
        return etree.fromstring(f"<w:document {names}>{oval * shapes}</w:document>")

    assert not grows_faster(not_drawn, made, 3000)
    [told] = not_drawn(made(3000))
    assert told.startswith("3000 drawn shapes of the document are not shown")


def test_many_notices_are_placed_at_once() -> None:
    texts = ["A long page of words. " * 400, "By the words of the second page"]

    def made(notices: int) -> list[Notice]:
        return [Notice(str(number), LESS, near="the words of the second") for number in range(notices)]

    assert not grows_faster(lambda notices: list(pdf_read_back._placed(notices, texts)), made, 3000)
    told = list(pdf_read_back._placed(made(3000), texts))
    assert {one.page for one in told} == {2} and len(told) == 3000


def test_what_is_read_is_still_the_same() -> None:
    assert filled_in("{{ pupil.name | upper }} and {{- days -}}, {{ pupil.name }}") == ["pupil.name", "days"]
    assert comparable("B4  D.O.B. (dd/mm/yyyy) *") == "date of birth"
    assert comparable("Name (legal)") == "name legal" and comparable("Cost (£)") == "cost"
    assert without_known_name("William ( Bill ) Hart") == ("William Hart", "Bill", "")
    assert bundle_read_back._MARK.findall(b"/P << /MCID 3 /E <FEFF> >> BDC") == [b" /MCID 3 /E <FEFF> "]
    for claim in (b"<pdfuaid:part>1<", b'<x pdfuaid:part="1"', b"<pdfuaid:part xmlns:p='u' >\n2<"):
        assert sanitise._CLAIM.search(claim)
    assert not sanitise._CLAIM.search(b"<pdfuaid:part>x<pdfuaid:amd>1<")
    assert speaks_of_the_child("Get down to her height", {"forenames": "Ada", "sex": "female"})
    assert not speaks_of_the_child("Say “get down to her height”", {"forenames": "Ada", "sex": "female"})
