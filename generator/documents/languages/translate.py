"""Documents in a family's language: the template's fixed wording replaced, whole or not at all."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from generator.authorities.pack import STANDARD, Pack, load_pack
from generator.documents.catalogue import Document, MergeDesk
from generator.documents.languages.english_passages import mark_latin, settle
from generator.documents.languages.language import VALUES, Language, Spoken, load_language, local_names
from generator.documents.languages.right_to_left import turn
from generator.documents.large_print import enlarged, widen_labels
from generator.documents.printed_facts.told_once import Places
from generator.documents.templates.render import Template, dressed, load_template, render
from generator.documents.templates.word_features import own_text
from generator.files import temp_folders
from generator.folder.school_folder import Project
from generator.problems import FilesHaveErrors
from generator.values.formatting import SPEECH, Ours
from generator.word_files.docx_package import (
    Member,
    Package,
    W,
    content_types,
    packed,
    parse,
    serialize,
    unpacked,
    write_package,
)

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Unfinished(FilesHaveErrors):
    """A document has texts that a language does not say: nothing of it is made. `lines` are the English texts."""

    def __init__(self, document: Document, language: Language, lines: Sequence[str]) -> None:
        super().__init__(
            f"{document.title} is not finished in {language.name}: {len(lines)} line{'s' * (len(lines) != 1)} without "
            f"a translation.",
            f"Add them under wording: in {language.path}; sendpack language check {language.code} lists them.",
        )
        self.lines = tuple(lines)


# -- the wording of a template ----------------------------------------------------------------------------------------


def parts_of(package: Package) -> list[str]:
    """The parts of a template that hold wording: its body, headers and footers."""
    edges = [r.target for r in package.relations(package.main) if r.kind in ("header", "footer")]
    return [package.main, *sorted({name for name in edges if name in package.parts})]


@dataclass
class Stretch:
    """Wording that is said as one: a paragraph, or its part up to a tab or a field. `**` stands around what is bold."""

    text: str
    held: list[etree._Element]
    mixed: bool

    @property
    def line(self) -> str:
        """As it stands in a language's file."""
        return " ".join(self.text.split())

    def put(self, said: str) -> None:
        """Replace it."""
        before, after = re.match(r"\s*", self.text), re.search(r"\s*$", self.text)
        whole = f"{before[0] if before else ''}{said}{after[0] if after else ''}"
        if self.mixed:
            self._put_runs(whole)
        for number, element in enumerate(self.held):
            element.text = whole if number == 0 and not self.mixed else ""
            element.set(_SPACE, "preserve")

    def _put_runs(self, whole: str) -> None:
        """New runs before the old ones, which are left empty: every second piece is bold."""
        _alone(self.held[0])
        looks = {_bold(element): element.getparent() for element in reversed(self.held)}
        first = self.held[0].getparent()
        for number, piece in enumerate(whole.split("**")):
            look = looks.get(number % 2 == 1)
            if piece and first is not None and look is not None:
                run = etree.Element(f"{W}r")
                run.extend(copy.deepcopy(own) for own in look.findall(f"{W}rPr"))
                text = etree.SubElement(run, f"{W}t")
                text.text = piece
                text.set(_SPACE, "preserve")
                first.addprevious(run)


def _alone(text: etree._Element) -> None:
    """What stands before the text in its run, a picture and a tab, gets a run of its own: it stays before the text."""
    run = text.getparent()
    before = [one for one in text.itersiblings(preceding=True) if one.tag != f"{W}rPr"] if run is not None else []
    if run is not None and before:
        own = etree.Element(f"{W}r")
        own.extend(copy.deepcopy(look) for look in run.findall(f"{W}rPr"))
        own.extend(reversed(before))
        run.addprevious(own)


def _bold(text: etree._Element) -> bool:
    run = text.getparent()
    return run is not None and run.find(f"{W}rPr/{W}b") is not None


def stretches(root: etree._Element) -> Iterator[Stretch]:
    """All wording of a part that has anything to translate."""
    for paragraph in root.iter(f"{W}p"):
        held: list[etree._Element] = []
        # A tab stop is called w:tab as well, but stands in the paragraph's properties.
        for element in [*paragraph.iter(f"{W}t", f"{W}fldChar", f"{W}tab", f"{W}br"), None]:
            if element is not None and element.tag == f"{W}t":
                held.append(element)
            elif held and (element is None or element.getparent().tag == f"{W}r"):  # type: ignore[union-attr]
                stretch = _stretch(held)
                if _english(stretch.text):
                    yield stretch
                held = []


def _stretch(held: list[etree._Element]) -> Stretch:
    bold = [_bold(element) for element in held if (element.text or "").strip()]
    if len(set(bold)) < 2:
        return Stretch("".join(t.text or "" for t in held), held, mixed=False)
    text, last = "", False
    for element in held:
        now = _bold(element) if (element.text or "").strip() else last
        text += ("**" if now != last else "") + (element.text or "")
        last = now
    return Stretch(text + "**" * last, held, mixed=True)


def _english(text: str) -> bool:
    """True when there is something to translate: letters outside of tags, or a text that a tag prints."""
    printed = " ".join(re.findall(r"\{\{(.*?)\}\}", text))
    return bool(
        re.search(r"[A-Za-z]", re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text))
        or re.search(r"""(?<!\[)(['"])(?=[^'"]*[A-Za-z])[^'"]*[A-Z ][^'"]*\1""", printed)
    )


def lines_of(package: Package) -> list[str]:
    """The template's own lines, each once, in the order of the pages."""
    return list(dict.fromkeys(s.line for name in parts_of(package) for s in stretches(parse(package.parts[name]))))


def text_in(package: Package) -> str:
    """All text of a template, tags included."""
    return " ".join(own_text(p) for name in parts_of(package) for p in parse(package.parts[name]).iter(f"{W}p"))


def _translate(package: Package, language: Language) -> list[str]:
    """Put the language's wording into the parts; gives the English that has none."""
    missing = []
    for name in parts_of(package):
        root = parse(package.parts[name])
        for stretch in list(stretches(root)):
            said = language.say(stretch.line)
            if said is None:
                missing.append(stretch.line)
            else:
                stretch.put(said)
        package.parts[name] = serialize(root)
    return missing


# -- the values of the program's own ----------------------------------------------------------------------------------

_STRICT = frozenset(VALUES) - {"agreed_with", "relationship"} | {"kind_label"}
_LENIENT = {("meetings", "title"), ("points", "label"), ("agreed_with", "")}
"""Facts that may be the program's words or people's: said where they are among the words known."""


def _spoken(value: Any, language: Language, name: str = "", within: str = "") -> Any:
    """The facts with the program's own words marked as such, so that they are said when they are printed."""
    if isinstance(value, dict):
        return {key: _spoken(inner, language, key, name) for key, inner in value.items()}
    if isinstance(value, list):
        return [_spoken(inner, language, name, within) for inner in value]
    if not isinstance(value, str) or not value:
        return value
    if name in _STRICT or (within, name) == ("areas", "label"):
        return Ours(value)
    if (within, name) == ("facts", "asked"):
        return _with_role(value, language)
    lenient = (within, name) in _LENIENT or name == "agreed_with"
    return language.known(value) if lenient else value


def _with_role(person: str, language: Language) -> str:
    """Somebody who is asked to a meeting, `Agnieszka Nowak (matka)`; a role that the wording lacks stays as it is."""
    found = re.fullmatch(r"(.+) \(([^()]+)\)", person)
    if found is None:
        return person
    role = found[2]
    said = language.phrase(role) or language.phrase(role[:1].upper() + role[1:]) or language.role(role)
    if said == role:
        return person
    return f"{found[1]} ({said[:1].lower() if said[1:2].islower() else said[:1]}{said[1:]})"  # “matka”, “SENCO szkolny”


# -- the document -----------------------------------------------------------------------------------------------------


class Interpreter:
    """Writes documents in the languages that there are; each language is read and each template translated once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._languages: dict[str, Language] = {}
        self._templates: dict[tuple[Path, Path, str], tuple[Template, list[str]]] = {}
        self._standard: Pack | None = None

    def language(self, code: str) -> Language:
        """The wording of a language. Raises WrongUse when there is none, FilesHaveErrors when its file is wrong."""
        if code not in self._languages:
            self._languages[code] = load_language(self._project, code)
        return self._languages[code]

    def names(self, pack: Pack) -> frozenset[str]:
        """What an authority calls things in its own way."""
        if self._standard is None:
            self._standard = load_pack(STANDARD, self._project.template_folders, self._project.schemas)
        return local_names(pack, self._standard)

    def write(self, desk: MergeDesk, document: Document) -> bytes:
        """The document in its own language, as a Word file. Raises Unfinished when it could only be made in part."""
        return in_language(self, desk, document) if document.language else desk.write(document)

    def template(self, desk: MergeDesk, name: str, language: Language) -> tuple[Template, list[str]]:
        """A template with its wording in the language, and the lines that have none."""
        path, house = desk.shelf.find(name, desk.pack), desk.shelf.find("house.docx", desk.pack)
        key = (path, house, language.code)
        if key not in self._templates:
            package = dressed(path, house)
            missing = _translate(package, language)
            self._templates[key] = (_loaded(package, path.name), missing)
        return self._templates[key]


def in_language(
    interpreter: Interpreter,
    desk: MergeDesk,
    document: Document,
    more: Mapping[str, Any] | None = None,
    places: Places | None = None,
) -> bytes:
    """The document in a language other than English: all fixed wording, or Unfinished with every missing line.

    `more` is what it prints beside the case's own, in English; dates in it are said in the language. `places` are the
    parts of its bundle, where it is a page of one.
    """
    language = interpreter.language(document.language)
    template, missing = interpreter.template(desk, document.template, language)
    spoken = Spoken(language, interpreter.names(desk.pack))
    context = desk.context(document, places)
    context["facts"] = _spoken(context["facts"], language, "facts")
    for name, group in ((name, group) for name, group in (more or {}).items() if isinstance(group, Mapping)):
        context[name] = {key: language.known(v) if isinstance(v, str) else v for key, v in group.items()}
    context["words"] = {name: Ours(text) for name, text in context["words"].items()}
    context["document"]["title"] = title_in(document, spoken)
    context["document"]["mark"] = _mark(document, language)
    kept = SPEECH.set(spoken.speech)
    try:
        word = render(template, context)
    finally:
        SPEECH.reset(kept)
    if lines := list(dict.fromkeys([*missing, *spoken.missing])):
        raise Unfinished(document, language, lines)
    word = _set(word, language)
    return enlarged(word) if document.large else word


def title_in(document: Document, spoken: Spoken) -> str:
    """The document's title; what people added after a colon stays."""
    whole = spoken.language.say(document.title)
    head, colon, own = document.title.partition(": ")
    return whole or f"{spoken.phrase(head)}{colon}{own}"


def _mark(document: Document, language: Language) -> str:
    """What the footer says; until somebody reviewed the wording, every page says so."""
    note = "" if language.reviewed else str(language.data.get("draft_note") or "Draft translation")
    return " · ".join(filter(None, [note, language.known(document.footer)]))


def _loaded(package: Package, name: str) -> Template:
    package.parts["[Content_Types].xml"] = content_types(package.names)
    content = write_package(Member.of(part, package.parts[part]) for part in sorted(package.parts))
    with temp_folders.folder() as folder:
        file = folder / name
        file.write_bytes(content)
        return load_template(file, None)


_LONGER = 1.3
"""The room of a label beside the English one's: the longest Polish one, Wychowawca lub wychowawczyni, needs 1.25."""


def _set(word: bytes, language: Language) -> bytes:
    """The Word file marked as in its language; right to left where it is written so."""
    parts = unpacked(word)
    for name, content in parts.items():
        if re.fullmatch(r"word/[\w-]+\.xml", name):
            root = parse(content)
            for mark in root.iter(f"{W}lang"):
                for slot in ("val", "bidi") if language.rtl else ("val",):
                    mark.set(f"{W}{slot}", language.tag)
            settle(root)
            if not language.rtl:
                widen_labels(root, _LONGER)
            if language.rtl:
                turn(root)
                mark_latin(root)
            parts[name] = serialize(root)
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = core.replace(">en-GB<", f">{language.tag}<").encode()
    return packed(parts)
