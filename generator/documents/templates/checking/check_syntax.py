"""Tags of a template as they are written: half tags, blocks that are not closed, tags that cannot be read."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from generator.documents.templates.jinja_tags import JINJA
from generator.documents.templates.nearly_tags import how_to_write
from generator.values.did_you_mean import nearest_or_all

_MARK = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BLOCKS = {
    "if": "endif",
    "for": "endfor",
    "macro": "endmacro",
    "filter": "endfilter",
    "call": "endcall",
    "with": "endwith",
}
_INNER = {"else": ("if", "for"), "elif": ("if",)}


@dataclass(frozen=True)
class TagFault:
    """One thing that is wrong with the tags: where (a line of the source is a paragraph), what, and what to do."""

    line: int
    message: str
    hint: str = ""
    tag: str = ""


@dataclass(frozen=True)
class _Tag:
    start: int
    end: int
    line: int
    text: str

    @property
    def words(self) -> list[str]:
        return self.text[2:-2].strip("-+ \n").split()


def _tags(source: str, faults: list[TagFault]) -> Iterator[_Tag]:
    """Every whole tag in order; a tag that is opened or closed alone, or runs over paragraphs, is a fault."""
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(source):
        if mark[0] in _CLOSES:
            if opened is not None:
                faults.append(_half(source, opened.start(), opened[0]))
            opened = mark
        elif opened is not None and mark[0] == _CLOSES[opened[0]]:
            text = source[opened.start() : mark.end()]
            if "\n" in text or "<w:" in text:
                faults.append(_half(source, opened.start(), opened[0]))
            else:
                yield _Tag(opened.start(), mark.end(), _line(source, mark.start()), text)
            opened = None
        elif opened is None and mark[0] != "#}":
            message = f"`{mark[0]}` ends a tag that does not begin in this paragraph"
            faults.append(TagFault(_line(source, mark.start()), message, "write both braces of the tag", mark[0]))
    if opened is not None:
        faults.append(_half(source, opened.start(), opened[0]))


def _half(source: str, place: int, mark: str) -> TagFault:
    message = f"a tag begins with `{mark}` and does not end with `{_CLOSES[mark]}` in the same paragraph"
    rest = re.split(r"\n|<w:", source[place:], maxsplit=1)[0]
    return TagFault(_line(source, place), message, f"close it with `{_CLOSES[mark]}`", rest.rstrip())


def _line(source: str, place: int) -> int:
    return source.count("\n", 0, place) + 1


def half_tags(text: str) -> list[TagFault]:
    """Tags that begin or end alone in a paragraph; each line of the text is one."""
    faults: list[TagFault] = []
    for _ in _tags(text, faults):
        pass
    return faults


_OWN = re.compile(r"\{%(?:p|tr|tc|r) |\{%\s*(?:vm|hm)\s*%\}|\{%\s*(?:cellbg|colspan)\s([^%]*)%\}|\{\{(?:p|r) ")
_QUOTES = str.maketrans("“”‘’", "\"\"''")


def as_source(text: str) -> str:
    """The words of some paragraphs, one a line, as Jinja reads them: for a file that docxtpl would tear.

    A tag that runs over the end of a paragraph makes docxtpl join the two, and the paragraph could not be named.
    """

    def plain(tag: re.Match[str]) -> str:
        if tag[1] is not None:
            return f"{{{{ {tag[1]} }}}}"
        return "" if tag[0].endswith("%}") else f"{tag[0][:2]} "

    return _OWN.sub(plain, text).translate(_QUOTES)


def mended(source: str, faults: list[TagFault]) -> str:
    """The source with broken tags left out and open blocks closed, so that all that is whole can be read.

    Each thing mended is a fault.
    """
    pieces: list[str] = []
    done = 0
    open_blocks: list[_Tag] = []
    for tag in list(_tags(source, faults)):
        pieces.append(_without_marks(source[done : tag.start]))
        done = tag.end
        replaced = _checked(tag, open_blocks, faults)
        pieces.append(replaced)
    pieces.append(_without_marks(source[done:]))
    for tag in reversed(open_blocks):
        faults.append(_unclosed(tag))
        pieces.append(f"{{% {_BLOCKS[tag.words[0]]} %}}")
    return "".join(pieces)


def _without_marks(text: str) -> str:
    return _MARK.sub("", text)


def _unclosed(tag: _Tag) -> TagFault:
    closer = _BLOCKS[tag.words[0]]
    message = f"`{tag.text}` is never closed"
    return TagFault(tag.line, message, f"every {tag.words[0]} needs its {closer}", tag.text)


def _checked(tag: _Tag, open_blocks: list[_Tag], faults: list[TagFault]) -> str:
    """What stands for a tag in the mended source: itself when it is right."""
    if tag.text.startswith("{#"):
        return ""
    if tag.text.startswith("{{"):
        return _parsed(tag, tag.text, faults)
    word = tag.words[0] if tag.words else ""
    if word in _BLOCKS:
        whole = _parsed(tag, f"{tag.text}{{% {_BLOCKS[word]} %}}", faults)
        # A block that cannot be read still opens: its end must not be taken for another's.
        open_blocks.append(tag)
        return tag.text if whole else _empty_block(tag, word)
    if word in _INNER:
        return _inner(tag, word, open_blocks, faults)
    if word in _BLOCKS.values():
        return _closed(tag, word, open_blocks, faults)
    return _parsed(tag, tag.text, faults)


def _empty_block(tag: _Tag, word: str) -> str:
    """A block that stands for one that cannot be read, so that what is inside can be."""
    if word == "for":
        named = re.match(r"\{%-?\s*for\s+(\w+(?:\s*,\s*\w+)*)", tag.text)
        return f"{{% for {named[1] if named else 'unread'} in () %}}"
    return f"{{% {word} {'x()' if word in ('macro', 'call') else 'trim' if word == 'filter' else '1'} %}}"


def _inner(tag: _Tag, word: str, open_blocks: list[_Tag], faults: list[TagFault]) -> str:
    if not open_blocks or open_blocks[-1].words[0] not in _INNER[word]:
        faults.append(
            TagFault(tag.line, f"`{tag.text}` stands outside of any if", "put it between an if and its endif", tag.text)
        )
        return ""
    if word == "elif" and not _parsed(tag, f"{{% if 1 %}}{tag.text}{{% endif %}}", faults):
        return ""
    return tag.text


def _closed(tag: _Tag, word: str, open_blocks: list[_Tag], faults: list[TagFault]) -> str:
    """An ending tag; blocks inside that are still open are closed before it."""
    if all(_BLOCKS[one.words[0]] != word for one in open_blocks):
        message = f"`{tag.text}` ends nothing: there is no {word.removeprefix('end')} before it that is still open"
        faults.append(TagFault(tag.line, message, "take it out, or add what it should end", tag.text))
        return ""
    before = ""
    while _BLOCKS[open_blocks[-1].words[0]] != word:
        faults.append(_unclosed(open_blocks[-1]))
        before += f"{{% {_BLOCKS[open_blocks.pop().words[0]]} %}}"
    opener = open_blocks.pop()
    return before + f"{{% {_BLOCKS[opener.words[0]]} %}}"


def _parsed(tag: _Tag, text: str, faults: list[TagFault]) -> str:
    """The text when Jinja can read and compile it, else "" and a fault."""
    try:
        takes_in = _takes_in(text)
    except TemplateSyntaxError as error:
        reason = (error.message or "").rstrip(".")
        name = re.search(r"No filter named '(\w+)'", reason)
        if name:
            faults.append(
                TagFault(
                    tag.line, f"there is no filter {name[1]!r}{nearest_or_all(name[1], JINJA.filters)}", "", tag.text
                )
            )
        else:
            hint = how_to_write(tag.text, reason, [*_BLOCKS, *_BLOCKS.values(), *_INNER])
            faults.append(TagFault(tag.line, f"`{tag.text}` is wrongly written: {reason}", hint, tag.text))
        return ""
    except RecursionError:
        shown = f"{tag.text[:40]}…"
        hint = "write it as several tags, or with fewer brackets within each other"
        faults.append(TagFault(tag.line, f"`{shown}` is nested too deep to be read", hint, shown))
        return ""
    if takes_in:
        faults.append(TagFault(tag.line, "a template cannot take in other files", "", tag.text))
        return ""
    return text


@functools.lru_cache(maxsize=4096)
def _takes_in(text: str) -> bool:
    """Whether a tag takes in another file; raises what Jinja does when it cannot read or compile it.

    Kept for those that it can: a template writes the same tag often, and templates share theirs.
    """
    tree = JINJA.parse(text)
    JINJA.compile(tree)
    return tree.find((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)) is not None  # type: ignore[arg-type]
