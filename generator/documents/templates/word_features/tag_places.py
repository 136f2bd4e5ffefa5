"""Tags that stand where merging would lose words, tear a table or leave a gap that nobody fills.

The same mistakes as docxtpl-lint's DTL2xx, DTL202 and DTL307 find (compared in November 2026), and more: what Word's
mail merge would fill, a tag in a link's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from generator.documents.templates.word_features.tags_of_paragraphs import TAG, own_text
from generator.documents.templates.word_features.word_fields import ASKING, MAIL_MERGE
from generator.word_files.docx_package import Package, W
from generator.word_files.field_codes import fields

_BLOCKS = ("if", "for", "macro", "filter", "call", "with")
_WORDS = {*_BLOCKS, *(f"end{one}" for one in _BLOCKS), "else", "elif"}
_UNITS = {"p": "paragraph", "tr": "row of a table", "tc": "cell of a table"}
_OPENED = re.compile(r"\{%(p|tr|tc|r)?[-+]?\s+([A-Za-z]+)")
_LOOSE = re.compile(r"\{%[-+]?\s+(p|tr|tc|r)\s+([A-Za-z]+)", re.IGNORECASE)
_JOINED = {"end if": "endif", "end for": "endfor", "else if": "elif"}
_SHOWN = (f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sym", f"{W}footnoteReference", f"{W}endnoteReference")


@dataclass(frozen=True)
class Misplaced:
    """A tag in a wrong place: what is wrong, what to do, and the paragraph's words."""

    message: str
    hint: str
    words: str
    rule: str = "template-place"


@dataclass(frozen=True)
class _Placed:
    """A tag of a block, and where it stands."""

    text: str
    prefix: str
    word: str
    paragraph: etree._Element

    def within(self, name: str) -> etree._Element | None:
        return next(self.paragraph.iterancestors(f"{W}{name}"), None)

    def fault(self, message: str, hint: str) -> Misplaced:
        return Misplaced(message, hint, _line(own_text(self.paragraph)))


def _line(text: str, most: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def misplaced(root: etree._Element) -> Iterator[Misplaced]:
    """Every tag of a part that stands wrong, and every field that only Word's mail merge could fill."""
    opened: list[_Placed] = []
    for paragraph in root.iter(f"{W}p"):
        text = own_text(paragraph)
        if "{" not in text:
            continue
        for tag in TAG.findall(text):
            yield from _alone(paragraph, tag)
            found = _OPENED.match(tag)
            if found and found[2] in _WORDS:
                yield from _paired(_Placed(tag, found[1] or "", found[2], paragraph), opened)
        yield from _beside(paragraph, text)
    yield from _fields(root)


# -- one tag ----------------------------------------------------------------------------------------------------------


def _alone(paragraph: etree._Element, tag: str) -> Iterator[Misplaced]:
    words = _line(own_text(paragraph))
    if tag.startswith("{%"):
        yield from (Misplaced(message, hint, words) for message, hint in _misspelt(tag))
    prefix = re.match(r"\{%(p|tr|tc|r)\s", tag)
    if prefix and re.search(r"[%}]", tag[2:-2]):
        message = f"`{tag}` has a % or }} inside, which a tag with {prefix[1]} cannot have"
        yield Misplaced(message, "reckon it first in a tag of its own: {% set x = … %}, and ask for x here", words)
    cell = re.match(r"\{%\s*(?:(tr|tc)\s|(cellbg|colspan|vm|hm)\b)", tag)
    ends = re.match(r"\{%\w+\s+(?:end|el)", tag)  # what it ends was told
    if cell and not ends and next(paragraph.iterancestors(f"{W}tc"), None) is None:
        message = f"`{tag}` stands outside of any table"
        hint = "it works in a cell of a table; for paragraphs write {%p … %}" if cell[1] else "put it into a cell"
        yield Misplaced(message, hint, words)


def _misspelt(tag: str) -> Iterator[tuple[str, str]]:
    """A tag whose first words are nearly those of a block: message, and what to write."""
    loose = _LOOSE.match(tag)
    if loose and loose[2].lower() in _WORDS:
        more = "" if loose[2].lower().startswith("e") else " …"
        right = f"{{%{loose[1].lower()} {loose[2].lower()}{more} %}}"
        yield f"`{tag}` has a space before {loose[1]}", f"write it without the space: {right}"
        return
    prefixed = re.match(r"\{%(p|tr|tc|r)\s", tag, re.IGNORECASE)
    prefix = prefixed[1] if prefixed else ""
    inside = tag[2:-2].strip("-+ ").split()[1 if prefix else 0 :]
    first, both = inside[0] if inside else "", " ".join(inside[:2]).lower()
    if prefix != prefix.lower():
        yield f"`{tag}` has a capital letter in {prefix}", f"write {{%{prefix.lower()} … %}}"
    if first.lower() in _WORDS and first != first.lower():
        yield f"`{tag}` has {first} with a capital letter", f"write {first.lower()} in small letters"
    elif both in _JOINED or first.lower() == "elseif":
        right = _JOINED.get(both, "elif")
        yield f"`{tag}` is not known", f"write {right} as one word: {{%{prefix} {right} … %}}"


_NEARLY = re.compile(
    r"\{%([-+]?)\s*(?:(?:p|tr|tc|r)\s+)?(end\s+(?:if|for)|else\s+if|elseif|" + "|".join(sorted(_WORDS)) + r")\b",
    re.IGNORECASE,
)


def corrected(source: str) -> str:
    """The source with nearly right tags right, so that each is told once and what follows from it is not."""

    def right(found: re.Match[str]) -> str:
        word = " ".join(found[2].lower().split())
        return f"{{%{found[1]} {_JOINED.get(word, 'elif' if word == 'elseif' else word)}"

    return _NEARLY.sub(right, source)


# -- a block's begin and end ------------------------------------------------------------------------------------------


def _paired(tag: _Placed, opened: list[_Placed]) -> Iterator[Misplaced]:
    if tag.word in _BLOCKS:
        opened.append(tag)
        return
    if not opened or (tag.word.startswith("end") and opened[-1].word != tag.word[3:]):
        return  # told with the tags that cannot be read
    begin = opened[-1]
    if tag.word.startswith("end"):
        opened.pop()
    yield from _faults_of_pair(begin, tag)


def _faults_of_pair(begin: _Placed, end: _Placed) -> Iterator[Misplaced]:
    both = f"`{begin.text}` and its `{end.text}`"
    if begin.prefix != end.prefix:
        wanted = begin.prefix or end.prefix
        yield end.fault(
            f"{both} are not of one kind: one has {wanted} and the other has {_other(begin, end)}",
            f"write both with {wanted}: {{%{wanted} {begin.word} … %}} and {{%{wanted} {end.word} … %}}",
        )
        return
    unit = {"p": "p", "tr": "tr", "tc": "tc"}.get(begin.prefix, "")
    if unit and _place(begin, unit) is _place(end, unit) is not None:
        name = _UNITS[unit]
        yield end.fault(f"{both} stand in the same {name}, which is taken away whole", f"give each a {name} of its own")
    elif begin.prefix == "tr" and begin.within("tbl") is not end.within("tbl"):
        yield end.fault(f"{both} stand in different tables", "a block of rows begins and ends in one table")
    elif begin.prefix == "tc" and begin.within("tr") is not end.within("tr"):
        yield end.fault(f"{both} stand in different rows", "a block of cells begins and ends in one row")
    elif begin.prefix in ("", "p") and begin.within("tc") is not end.within("tc"):
        yield end.fault(
            f"{both} stand in different cells of a table, or one of them outside of it",
            f"for whole rows write {{%tr {begin.word} … %}} in a row of its own above and "
            f"{{%tr {end.word} %}} in one below",
        )
    elif begin.within("txbxContent") is not end.within("txbxContent"):
        yield end.fault(f"{both} do not stand in the same text box", "write both inside it, or both outside")


def _place(tag: _Placed, unit: str) -> etree._Element | None:
    return tag.paragraph if unit == "p" else tag.within(unit)


def _other(begin: _Placed, end: _Placed) -> str:
    prefixes = {begin.prefix, end.prefix} - {begin.prefix or end.prefix}
    return next(iter(prefixes)) or "none"


# -- what would be lost -----------------------------------------------------------------------------------------------


def _beside(paragraph: etree._Element, text: str) -> Iterator[Misplaced]:
    """Words, pictures and other tags in the paragraph, row or cell that a tag takes away (a remark is meant to)."""
    found = re.search(r"\{%(p|tr|tc)\s|\{\{p\s", text)
    if found is None:
        return
    prefix = found[1] or "p"
    unit = paragraph if prefix == "p" else next(paragraph.iterancestors(f"{W}{prefix}"), None)
    if unit is None:
        return
    texts = [text] if unit is paragraph else [own_text(p) for p in unit.iter(f"{W}p")]
    takes = re.compile(rf"\{{[%{{]{prefix}\s")
    tags = [tag for one in texts for tag in TAG.findall(one) if takes.match(tag)] or [text]
    if tags[0] not in text:
        return  # told where the first of them stands
    rest = _line(" ".join(texts).replace(tags[0], " ", 1))
    name = _UNITS[prefix]
    others = rest
    for tag in tags[1:]:
        others = others.replace(_line(tag), "", 1)
    if rest and not others.strip():
        if not _end_each_other(tags):  # else told as a pair in one place
            both = f"`{tags[0]}` and `{tags[1]}`"
            message = f"{both} stand in the same {name}, which is taken away whole"
            yield Misplaced(message, f"give each a {name} of its own", _line(text))
    elif rest:
        message = f"words beside a {tags[0]} tag are not printed: “{rest}”"
        yield Misplaced(message, f"give the tag a {name} of its own", _line(text), "template-words-lost")
    elif _shows(unit):
        message = f"the picture, box or note beside a {tags[0]} tag is not printed"
        yield Misplaced(message, f"give the tag a {name} of its own", _line(text), "template-words-lost")


def _end_each_other(tags: Sequence[str]) -> bool:
    """True for tags of blocks that begin and end among themselves."""
    opened: list[str] = []
    for word in (found[2] for tag in tags if (found := _OPENED.match(tag))):
        if word in _BLOCKS:
            opened.append(word)
        elif word.startswith("end") and (not opened or opened.pop() != word[3:]):
            return False
    return not opened


def _shows(unit: etree._Element) -> bool:
    return next(unit.iter(*_SHOWN), None) is not None


# -- fields and links -------------------------------------------------------------------------------------------------


def _fields(root: etree._Element) -> Iterator[Misplaced]:
    for one in fields(root):
        asked = one.instruction.split()
        named = asked[1].strip('"') if len(asked) > 1 and asked[1][0] not in "\\{" else ""
        paragraph = next(one.begin.iterancestors(f"{W}p"), None)
        near = _line(own_text(paragraph)) if paragraph is not None else ""
        if one.kind in MAIL_MERGE:
            what = f"the mail-merge field {named or one.kind}"
            message = f"{what} would be printed as it is: sendpack does not fill fields of Word's mail merge"
            hint = "delete it and write a tag instead, like {{ facts.first_name }} (sendpack template fields)"
            yield Misplaced(message, hint, near, "template-mail-merge")
        elif one.kind in ASKING:
            message = f"the field {one.kind} is worked out by Word alone, so that the page would show what it last had"
            yield Misplaced(message, "delete it and write a tag instead, like {% if … %}", near, "template-mail-merge")


def tags_in_addresses(package: Package, names: Sequence[str]) -> Iterator[Misplaced]:
    """Tags in the address of a link, which Word keeps apart from the text and nothing merges."""
    for name in names:
        for relation in package.relations(name):
            address = unquote(relation.target)
            if relation.external and ("{{" in address or "{%" in address):
                inside = re.search(r"\{\{(.*?)\}\}", address)
                field = inside[1].strip() if inside else "…"
                text = f"{{{{ 'the words of the link' | link('mailto:' ~ {field}) }}}}"
                hint = f"remove the link (right-click, Remove Hyperlink) and write: {text}"
                yield Misplaced(f"the tag in the link to {address} is not filled", hint, address, "template-link")
