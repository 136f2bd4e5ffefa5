"""What a Word document holds and nobody sees on its pages: tracked changes, hidden text, documents within it.

They are found by what the XML means, in whatever part, encoding and prefix it is written: `<w:del` is only how Word
happens to write it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from generator.bundle.bundle_parts import Refused
from generator.bundle.evidence.hidden.rtf_links import names_reader
from generator.bundle.evidence.hidden.svg_links import is_svg, without_links
from generator.word_files.tracked_changes import accept_all, tracked
from generator.word_files.word_names import SPACES, child, drop, is_on, local, named, space_of, value

_KEPT_IN_HIDDEN = ("rPr", "fldChar", "instrText", "delInstrText")
"""What stays of a hidden run: fields go on over several runs, and must end where they began."""

Parts = dict[str, bytes]
Trees = dict[str, "etree._Element"]


def parser() -> etree.XMLParser:
    """A parser that fetches nothing, resolves no entities and refuses what is too deep or too large to be a text."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_pis=True)


def trees_of(parts: Mapping[str, bytes]) -> Trees:
    """The parts that are WordprocessingML, read. Raises Refused for one that cannot be read or declares entities."""
    found: Trees = {}
    for name, data in parts.items():
        if not _may_be_xml(data):
            continue
        try:
            root = etree.fromstring(data, parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            if name.startswith("word/") and name.endswith(".xml"):
                raise _broken(str(getattr(error, "msg", error))) from None
            continue
        if space_of(root) in SPACES:
            if root.getroottree().docinfo.internalDTD is not None:
                raise _broken("it declares entities of its own")
            found[name] = root
    return found


def _broken(why: str) -> Refused:
    return Refused("bundle/broken-word", f"is a damaged Word document ({why})", "ask for the file again")


def _may_be_xml(data: bytes) -> bool:
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00")
    return start.startswith(b"<")


def settle(parts: Parts, accept_changes: bool) -> tuple[list[str], list[str]]:
    """Leave in the parts only what may be printed; what was done, and what was removed, in words.

    Raises Refused for documents within the document, and for tracked changes that nobody has accepted.
    """
    trees = trees_of(parts)
    refuse_documents_inside(trees)
    done, removed = [], []
    changed = set()
    if any(True for root in trees.values() for _ in tracked(root)):
        if not accept_changes:
            raise Refused(
                "bundle/tracked-changes",
                "has tracked changes: words that were deleted would be printed",
                "in Word: Review, Accept All Changes, save; or have them accepted in the bundle (--accept-changes)",
            )
        for root in trees.values():
            accept_all(root)
        changed |= set(trees)
        done.append("all tracked changes accepted")
    if hidden := drop_hidden(trees):
        changed |= set(hidden)
        removed.append(f"hidden text in {sum(hidden.values())} place(s)")
    fields = {name: cut_fields(root) for name, root in trees.items()}
    changed |= {name for name, count in fields.items() if count}
    if any(fields.values()):
        removed.append(f"{sum(fields.values())} field(s) that read other files or programs")
    parts.update({name: written(trees[name]) for name in sorted(changed)})
    drawings = {name: without_links(data) for name, data in parts.items() if is_svg(name, data)}
    parts.update({name: data for name, (data, count) in drawings.items() if count})
    if links := sum(count for _, count in drawings.values()):
        removed.append(f"{links} link(s) of drawings to other files")
    return done, removed


def cut_fields(root: Any) -> int:
    """Empty the instructions of fields that read other files or programs; their last result stays as text."""
    count = 0
    for field in named(root, "fldSimple"):
        for space in SPACES:
            key = f"{{{space}}}instr"
            if names_reader(str(field.get(key, ""))):
                field.set(key, "")
                count += 1
    texts: list[Any] = []
    for element in named(root, "fldChar", "instrText", "delInstrText"):
        if local(element) != "fldChar":
            texts.append(element)
            continue
        if names_reader("".join(one.text or "" for one in texts)):
            for one in texts:
                one.text = ""
            count += 1
        texts = []
    return count


# -- documents within the document ------------------------------------------------------------------------------------


def refuse_documents_inside(trees: Trees) -> None:
    """Raises Refused for an altChunk: a whole document that Word reads on opening, and no engine of ours prints."""
    if any(True for root in trees.values() for _ in named(root, "altChunk")):
        raise Refused(
            "bundle/document-inside",
            "holds another document that only Word unfolds (some programs save this way): its words would be lost",
            "open it in Word, save it under a new name, and put that file here; or save it as PDF",
        )


# -- hidden text ------------------------------------------------------------------------------------------------------


def drop_hidden(trees: Trees) -> dict[str, int]:
    """Take out what is formatted as hidden, which some programs print; how many passages, by part."""
    styles = _hiding_styles(trees)
    counts = {name: sum(_emptied(run) for run in _hidden_runs(root, styles)) for name, root in trees.items()}
    for name, root in trees.items():
        for mark in [mark for mark in named(root, "trPr") if is_on(child(mark, "hidden"))]:
            drop(mark.getparent())
            counts[name] += 1
    return {name: count for name, count in counts.items() if count}


def _hiding_styles(trees: Trees) -> set[str]:
    """The ids of styles whose text is hidden, by their own word or that of the style they are based on."""
    own: dict[str, tuple[bool | None, str]] = {}
    for root in trees.values():
        for style in named(root, "style"):
            look, based = child(style, "rPr"), child(style, "basedOn")
            mark = child(look, "vanish") if look is not None else None
            name = next((str(style.get(f"{{{space}}}styleId", "")) for space in SPACES if style.keys()), "")
            own[name] = (None if mark is None else is_on(mark), value(based) if based is not None else "")
    return {name for name in own if _hides(name, own)}


def _hides(name: str, own: Mapping[str, tuple[bool | None, str]]) -> bool:
    seen: set[str] = set()
    while name in own and name not in seen:
        seen.add(name)
        said, name = own[name]
        if said is not None:
            return said
    return False


def _hidden_runs(root: Any, styles: set[str]) -> Iterator[Any]:
    for run in list(named(root, "r")):
        look = child(run, "rPr")
        mark = child(look, "vanish") if look is not None else None
        if is_on(mark) if mark is not None else _style_hides(run, look, styles):
            yield run


def _style_hides(run: Any, look: Any | None, styles: set[str]) -> bool:
    """True when the style of a run or of its paragraph hides it; both together show it again (ISO 29500-1, 17.7.3)."""
    if not styles:
        return False
    style = child(look, "rStyle") if look is not None else None
    paragraph = next((one for one in run.iterancestors() if local(one) == "p"), None)
    marks = child(paragraph, "pPr") if paragraph is not None else None
    below = child(marks, "pStyle") if marks is not None else None
    return (style is not None and value(style) in styles) != (below is not None and value(below) in styles)


def _emptied(run: Any) -> bool:
    """Take the words and pictures out of a run; True when there were any."""
    gone = [one for one in run if local(one) not in _KEPT_IN_HIDDEN]
    for one in gone:
        run.remove(one)
    return bool(gone)


def written(root: Any) -> bytes:
    """A part's bytes again."""
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found
