"""Documents for families in other languages: the template's fixed wording replaced, whole or not at all.

All wording of a language is in one file, templates/words/<language>.yaml: the English of the templates (tags included)
to its translation. What people wrote in the case stays in the language in which they wrote it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from generator import scratch
from generator.documents import Desk, Document
from generator.problems import FilesHaveErrors, WrongUse
from generator.project import Project
from generator.records import read_record
from generator.template_look import text_of
from generator.templates import dressed, load_template, render
from generator.word import Member, Package, W, content_types, parse, serialize, write_package
from generator.wording import SPEECH, Speech

FONT_RTL = "Noto Naskh Arabic"
_SAID = ("year_group", "age_text", "key_stage", "sen_status", "how_often", "group", "type_label", "area_label",
         "status_label", "decision_label", "kind_label", "label")  # fmt: skip
"""Facts that are English words of ours, not of the people who wrote the case."""


@dataclass(frozen=True)
class Language:
    """The wording of one language."""

    data: Mapping[str, Any]

    @property
    def rtl(self) -> bool:
        """True for a language that is written from right to left."""
        return bool(self.data["direction"] == "rtl")

    @property
    def speech(self) -> Speech:
        """How values are said."""
        return Speech(tuple(self.data["months"]), self.data["yes"], self.data["no"], self.data["and"])

    def say(self, english: str) -> str | None:
        """The translation of some wording; None where there is none. A number may stand where the file has #."""
        wording = self.data["wording"]
        line = " ".join(english.split())
        if line in wording:
            return str(wording[line])
        numbers = re.findall(r"\d+", line)
        found = wording.get(re.sub(r"\d+", "#", line))
        return None if found is None else re.sub("#", lambda _: numbers.pop(0) if numbers else "#", str(found))


def languages(project: Project) -> list[str]:
    """The codes of the languages that there are, sorted."""
    files = (path for folder in project.template_folders for path in folder.glob("words/*.yaml"))
    return sorted({path.stem for path in files})


def load_language(project: Project, code: str) -> Language:
    """The wording of a language. Raises WrongUse when there is none, FilesHaveErrors when its file is wrong."""
    for folder in project.template_folders:
        path = folder / "words" / f"{code}.yaml"
        if path.is_file():
            shown = f"templates/words/{code}.yaml"
            record, problems = read_record(path.read_bytes(), shown, "wording", project.schemas)
            if record is None or any(problem.blocks for problem in problems):
                raise FilesHaveErrors(f"{shown} has errors.", problems=tuple(problems))
            return Language(record.data)
    raise WrongUse(f"There is no wording in {code!r}.", f"There are: en, {', '.join(languages(project))}.")


# -- the template -----------------------------------------------------------------------------------------------------


def _parts(package: Package) -> list[str]:
    edges = [r.target for r in package.relations(package.main) if r.kind in ("header", "footer")]
    return [package.main, *sorted({name for name in edges if name in package.parts})]


def _english(text: str) -> bool:
    """True when there is something to translate: letters outside of tags, or in a text that a tag prints."""
    return bool(re.search(r"[A-Za-z]", re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text)))


def _pieces(root: etree._Element) -> Iterator[tuple[str, list[etree._Element]]]:
    """Each stretch of wording with the text elements that hold it: a paragraph, or its parts between fields, tabs."""
    for paragraph in root.iter(f"{W}p"):
        held: list[etree._Element] = []
        for element in paragraph.iter(f"{W}t", f"{W}fldChar", f"{W}tab", f"{W}br"):
            if element.tag == f"{W}t":
                held.append(element)
            elif held and element.getparent().tag == f"{W}r":  # type: ignore[union-attr]
                yield "".join(t.text or "" for t in held), held
                held = []
        if held:
            yield "".join(t.text or "" for t in held), held


def _translate(package: Package, language: Language) -> list[str]:
    """Put the language's wording into the parts; gives the English that has none."""
    missing: list[str] = []
    for name in _parts(package):
        root = parse(package.parts[name])
        for text, held in list(_pieces(root)):
            if _english(text):
                said = language.say(text)
                if said is None:
                    missing.append(" ".join(text.split()))
                else:
                    before, after = re.match(r"\s*", text), re.search(r"\s*$", text)
                    held[0].text = f"{before[0] if before else ''}{said}{after[0] if after else ''}"
                    held[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                    for other in held[1:]:
                        other.text = ""
        package.parts[name] = serialize(root)
    return missing


def _wanted_values(package: Package, context: Mapping[str, Any]) -> Iterator[str]:
    """The English values of ours that the template prints: words of the pack, the title, facts in words."""
    text = " ".join(text_of(p) for name in _parts(package) for p in parse(package.parts[name]).iter(f"{W}p"))
    yield from (context["words"][word] for word in re.findall(r"\bwords\.(\w+)", text) if word in context["words"])
    if "document.title" in text:
        yield context["document"]["title"]
    names = [name for name in _SAID if re.search(rf"\.{name}\b", text)]
    yield from _values(context["facts"], names)


def _values(value: Any, names: list[str]) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in names and isinstance(inner, str) and inner:
                yield inner
            else:
                yield from _values(inner, names)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner, names)


def _said(value: Any, language: Language, name: str = "") -> Any:
    """The facts with those that are our own words in the language."""
    if isinstance(value, dict):
        return {key: _said(inner, language, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_said(inner, language) for inner in value]
    return language.say(value) or value if name in _SAID and isinstance(value, str) else value


# -- the document -----------------------------------------------------------------------------------------------------


def in_language(desk: Desk, document: Document, language: Language) -> bytes:
    """The document in a language, as a Word file.

    Raises FilesHaveErrors with every line that has no translation: a document is never half in one language.
    """
    path = desk.shelf.find(document.template, desk.pack)
    package = dressed(path, desk.shelf.find("house.docx", desk.pack))
    context = desk.context(replace(document, mark=_mark(document, language)), None)
    missing = [text for text in _wanted_values(package, context) if language.say(text) is None]
    missing += _translate(package, language)
    if missing:
        code, lines = language.data["language"], list(dict.fromkeys(missing))
        raise FilesHaveErrors(
            f"{document.title} cannot be made in {language.data['name']}: {len(lines)} lines have no translation:\n  "
            + "\n  ".join(lines),
            f"Add them under wording: in templates/words/{code}.yaml. Nothing was made.",
        )
    context["words"] = {name: language.say(text) or text for name, text in context["words"].items()}
    context["document"]["title"] = language.say(document.title) or document.title
    context["facts"] = _said(context["facts"], language)
    spoken = SPEECH.set(language.speech)
    try:
        word = render(_loaded(package, path.name), context)
    finally:
        SPEECH.reset(spoken)
    return _set(word, language)


def _mark(document: Document, language: Language) -> str:
    """Until somebody reviewed the wording, every page says so."""
    return document.mark if language.data["reviewed"] else str(language.data.get("draft_note") or "Draft translation")


def _loaded(package: Package, name: str) -> Any:
    package.parts["[Content_Types].xml"] = content_types(package.names)
    content = write_package(Member.of(part, package.parts[part]) for part in sorted(package.parts))
    with scratch.folder() as folder:
        file = folder / name
        file.write_bytes(content)
        return load_template(file, None)


# -- script and direction ---------------------------------------------------------------------------------------------

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_AFTER_BIDI = ("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
               "suppressOverlap",
               "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr",
               "sectPr", "pPrChange")  # fmt: skip
_AFTER_RTL = ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath")


def _set(word: bytes, language: Language) -> bytes:
    """The Word file marked as in its language; right to left where it is written so."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        if re.fullmatch(r"word/[\w-]+\.xml", name):
            root = parse(content)
            for mark in root.iter(f"{W}lang"):
                for slot in ("val", "bidi") if language.rtl else ("val",):
                    mark.set(f"{W}{slot}", str(language.data.get("tag") or language.data["language"]))
            if language.rtl:
                _right_to_left(root)
            parts[name] = serialize(root)
    core = parts["docProps/core.xml"].decode()
    tag = str(language.data.get("tag") or language.data["language"])
    parts["docProps/core.xml"] = core.replace(">en-GB<", f">{tag}<").encode()
    return write_package(Member.of(name, content) for name, content in parts.items())


def _right_to_left(root: etree._Element) -> None:
    """Paragraphs with Arabic letters run from the right, and their tables; English ones stay as they are."""
    for paragraph in root.iter(f"{W}p"):
        if not _ARABIC.search(text_of(paragraph)):
            continue
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        _put(properties, "bidi", _AFTER_BIDI)
        for run in paragraph.iter(f"{W}r"):
            if _ARABIC.search("".join(t.text or "" for t in run.iter(f"{W}t"))):
                own = run.find(f"{W}rPr")
                if own is None:
                    own = etree.Element(f"{W}rPr")
                    run.insert(0, own)
                _name_font(own)
                _put(own, "rtl", _AFTER_RTL)
    for table in root.iter(f"{W}tbl"):
        properties = table.find(f"{W}tblPr")
        if properties is not None and _ARABIC.search("".join(text_of(p) for p in table.iter(f"{W}p"))):
            before = {f"{W}{name}" for name in ("tblStyle", "tblpPr", "tblOverlap")}
            place = next((n for n, child in enumerate(properties) if child.tag not in before), len(properties))
            properties.insert(place, etree.Element(f"{W}bidiVisual"))


def _name_font(properties: etree._Element) -> None:
    fonts = properties.find(f"{W}rFonts")
    if fonts is None:
        fonts = etree.Element(f"{W}rFonts")
        style = properties.find(f"{W}rStyle")
        properties.insert(0 if style is None else 1, fonts)
    for slot in ("ascii", "hAnsi", "cs"):
        fonts.set(f"{W}{slot}", FONT_RTL)


def _put(properties: etree._Element, name: str, after: tuple[str, ...]) -> None:
    """Put a bare mark where Word's order of elements wants it."""
    if properties.find(f"{W}{name}") is None:
        later = {f"{W}{other}" for other in after}
        place = next((n for n, child in enumerate(properties) if child.tag in later), len(properties))
        properties.insert(place, etree.Element(f"{W}{name}"))
