"""What has no place in a bundle (scripts, hidden files, notes, traces of people) taken out of a PDF, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.bundle.evidence.hidden.private_keys import without_private_keys
from generator.bundle.evidence.hidden.remarks_in_code import without_remarks
from generator.bundle.evidence.page_by_page.pdf_objects import as_written, box_of, dictionaries, names_any
from generator.bundle.evidence.page_by_page.pictures import jpeg_2000, picture_streams
from generator.bundle.evidence.page_by_page.pictures.photos_without_gps import blotted, strip_jpeg

KEPT_SCHEMES = ("http://", "https://")
"""Web links stay. Everything else a click could start goes."""

_NOTES = {"/Text": "sticky note", "/Popup": "", "/FileAttachment": "attached file"}
_SIGN = 32
"""Points: the paper clips and notes that programs draw are no larger."""
_OF_LOOK = frozenset({"/Type", "/Subtype", "/AP", "/AS", "/Rect", "/F", "/OC", "/C", "/CA"})
_MEDIA = ("/Sound", "/Movie", "/Screen", "/3D", "/RichMedia", "/TrapNet", "/PrinterMark", "/Watermark3D")
_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "action that starts a program",
    "/ImportData": "action that loads data",
    "/SubmitForm": "action that sends data away",
    "/ResetForm": "form action",
    "/GoToR": "link to another file",
    "/GoToE": "link to an attached file",
    "/Rendition": "film or sound",
    "/Movie": "film or sound",
    "/Sound": "film or sound",
    "/RichMediaExecute": "film or sound",
    "/SetOCGState": "action that shows or hides layers",
    "/Hide": "action that hides fields",
}
_ROOT_KEYS = {
    "/AA": "script",
    "/AF": "attached file",
    "/Collection": "",
    "/PieceInfo": "private data of a program",
    "/Metadata": "author and program names",
    "/URI": "",
    "/SpiderInfo": "",
    "/Threads": "",
    "/Legal": "",
    "/Perms": "",
    "/DSS": "",
    "/Extensions": "",
    "/Requirements": "",
    "/PageMode": "",
    "/PageLayout": "",
    "/PageLabels": "",
    "/OutputIntents": "",
}


@dataclass(frozen=True)
class Removed:
    """What was taken out, in plain words ("2 sticky notes").

    `written` is a file of ours as it is saved, where nothing had to be taken out of its objects: it names all that is
    in it still, and its pages say the same.
    """

    told: list[str]
    written: bytes | None


def remove(pdf: pikepdf.Pdf, ours: bool = False) -> Removed:
    """Take it all out. Named destinations become explicit.

    What is `ours` was made here, and most of it holds nothing of the kind.
    """
    found: Counter[str] = Counter()
    destinations = _named_destinations(pdf)
    _clean_root(pdf, found)
    every: list[Any] = []
    written = as_written(pdf) if ours else None
    if written is None or names_any(written, *_OF_OBJECTS, *_PACKED):
        written = None
        every = list(dictionaries(pdf))
        _clean_objects(every, found)
    for page in pdf.pages:
        _clean_page(page.obj, destinations, found)
    _clean_outline(pdf, destinations, found)
    if not ours and without_private_keys(pdf, every):  # behind the scripts, which are told as such
        found["private data of a program"] = max(found["private data of a program"], 1)
    found["programmer's remark that no page shows"] += 0 if ours else without_remarks(pdf, every)
    return Removed([f"{count} {_plural(what, count)}" for what, count in found.items() if what and count], written)


def _plural(what: str, count: int) -> str:
    if count == 1 or what in ("private data of a program", "author and program names", "film or sound"):
        return what
    head, space, rest = what.partition(" that " if " that " in what else " to " if " to " in what else "\0")
    return f"{head}s{space}{rest}"


def _clean_root(pdf: pikepdf.Pdf, found: Counter[str]) -> None:
    """The document's own entries: what runs on opening, attachments, and who made it with which program."""
    root = pdf.Root
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        found["attached file"] += _tree_size(names.get("/EmbeddedFiles"))
        found["script"] += _tree_size(names.get("/JavaScript"))
        del root["/Names"]
    opening = root.get("/OpenAction")
    if isinstance(opening, Dictionary) and str(opening.get("/S")) in _ACTIONS:
        found[_ACTIONS[str(opening.S)]] += 1
    for key, what in {**_ROOT_KEYS, "/OpenAction": "", "/Dests": ""}.items():
        if key in root:
            if key != "/AF" or not found["attached file"]:
                found[what] += 1
            del root[key]
    if "/Info" in pdf.trailer:
        info = pdf.trailer.get("/Info")
        personal = isinstance(info, Dictionary) and any(str(info.get(key, "")).strip() for key in info.keys())  # noqa: SIM118
        found["author and program names"] = max(found["author and program names"], int(personal))
        del pdf.trailer["/Info"]
    found["author and program names"] = min(found["author and program names"], 1)
    found += Counter()  # drops what was counted as none


def _tree_size(tree: Any, depth: int = 0) -> int:
    """How many entries a name tree holds."""
    if not isinstance(tree, Dictionary) or depth > 20:
        return 0
    names = tree.get("/Names")
    own = len(names) // 2 if isinstance(names, Array) else 0
    kids = tree.get("/Kids")
    return own + (sum(_tree_size(kid, depth + 1) for kid in kids) if isinstance(kids, Array) else 0)


_OF_OBJECTS = ("/PieceInfo", "/Metadata", "/LastModified", "/Thumb", "/AF", "/EF", "/Alternates", "/OPI")
"""What programs keep about a thing, and what they show or print in its place: a picture as it was before a change."""
_PACKED = ("/DCTDecode", "/DCT", "/JPXDecode")
"""Pictures in which cameras and programs write notes."""


def _clean_objects(every: Sequence[Any], found: Counter[str]) -> None:
    """Every object, used or not: private data, metadata streams, thumbnails, and what cameras write into JPEGs."""
    stripped = 0
    for thing in every:
        for key in _OF_OBJECTS:
            if key in thing:
                found["private data of a program"] += key == "/PieceInfo"
                del thing[key]
        if isinstance(thing, pikepdf.Stream) and "/Filter" in thing:
            stripped += _without_notes(thing)
    if stripped:
        found["camera's note (EXIF) in a picture"] += stripped


_OF_CAMERAS = (b"Exif\x00", b"http://ns.adobe.com/xap", b"<x:xmpmeta", b"Photoshop 3.0\x00", b"JpgTiffExif->JP2")


def _without_notes(picture: Any) -> bool:
    """Take out what cameras and programs write into a JPEG or JPEG 2000; True where there was something of a person."""
    try:
        packing = picture_streams.filters(picture)
        kind = packing[-1] if packing else ""
        if kind not in _PACKED:
            return False
        raw = picture_streams.unpacked(picture)
    except picture_streams.ERRORS:  # it was told that it cannot be read
        return False
    clean = jpeg_2000.without_notes(raw) if kind == "/JPXDecode" else blotted(strip_jpeg(raw))
    if clean == raw:
        return False
    parameters = picture.get("/DecodeParms")
    parameters = parameters[-1] if isinstance(parameters, Array) and len(parameters) else parameters
    picture.write(
        clean,
        filter=Name.JPXDecode if kind == "/JPXDecode" else Name.DCTDecode,
        decode_parms=parameters if isinstance(parameters, Dictionary) else None,
    )
    return any(note in raw for note in _OF_CAMERAS)


def _clean_page(page: pikepdf.Object, destinations: dict[str, Any], found: Counter[str]) -> None:
    """One page: its scripts, and every annotation on it."""
    for key in ("/AA", "/B", "/PZ", "/ID", "/Dur", "/Trans", "/SeparationInfo", "/TemplateInstantiated"):
        if key in page:
            found["script"] += key == "/AA"
            del page[key]
    annotations = page.get("/Annots")
    if annotations is None:
        return
    kept = Array()
    for annotation in annotations if isinstance(annotations, Array) else ():
        if isinstance(annotation, Dictionary) and _keep_annotation(annotation, destinations, found):
            kept.append(annotation)
    if len(kept):
        page.Annots = kept
    else:
        del page["/Annots"]


def _keep_annotation(annotation: Any, destinations: dict[str, Any], found: Counter[str]) -> bool:
    """False for notes, files, films and links to nowhere; scripts on the others go."""
    kind = str(annotation.get("/Subtype"))
    if kind in _NOTES or kind in _MEDIA:
        found[_NOTES.get(kind, "film or sound")] += 1
        return _only_its_look(annotation, kind)
    for key in ("/AA", "/PA"):
        if key in annotation:
            found["script"] += key == "/AA"
            del annotation[key]
    _clean_target(annotation, destinations, found)
    return kind != "/Link" or "/A" in annotation or "/Dest" in annotation


def _only_its_look(annotation: Any, kind: str) -> bool:
    """Leave nothing of a film, a sound or a file but the picture that viewers show of it; False where there is none.

    It may lie over a name. The small signs of notes and files are no such pictures.
    """
    looks, box = annotation.get("/AP"), box_of(annotation.get("/Rect"))
    if not isinstance(looks, Dictionary) or "/N" not in looks or box is None:
        return False
    if kind in _NOTES and (kind == "/Popup" or max(box[2] - box[0], box[3] - box[1]) <= _SIGN):
        return False
    for key in set(annotation.keys()) - _OF_LOOK:
        del annotation[key]
    annotation.Subtype = Name.Stamp
    return True


def _clean_target(thing: Any, destinations: dict[str, Any], found: Counter[str]) -> None:
    """Where a link or bookmark leads: pages of this document and the web stay, all else goes."""
    if "/Dest" in thing:
        _set_destination(thing, thing.Dest, destinations)
    action = thing.get("/A")
    if action is None:
        return
    kind = str(action.get("/S")) if isinstance(action, Dictionary) else ""
    if kind == "/URI":
        address = str(action.get("/URI", ""))
        if address.lower().startswith(KEPT_SCHEMES):
            thing.A = Dictionary(S=Name.URI, URI=pikepdf.String(address))
            return
        found["link that is not a web address"] += 1
    elif kind == "/GoTo":
        _set_destination(thing, action.get("/D"), destinations)
    elif kind in _ACTIONS:
        found[_ACTIONS[kind]] += 1
    del thing["/A"]


def _set_destination(thing: Any, target: Any, destinations: dict[str, Any]) -> None:
    """An explicit page for whatever a link names; a name that means nothing is dropped."""
    if isinstance(target, (pikepdf.String, Name)):
        target = destinations.get(str(target))
    if isinstance(target, Dictionary):
        target = target.get("/D")
    if isinstance(target, Array) and len(target) and isinstance(target[0], Dictionary):
        thing.Dest = Array(list(target))
    elif "/Dest" in thing:
        del thing["/Dest"]


def _named_destinations(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """Every name that a link may use, old style (/Dests) and new (/Names)."""
    found: dict[str, Any] = {}
    old = pdf.Root.get("/Dests")
    if isinstance(old, Dictionary):
        found.update({key: old[key] for key in old.keys()})  # noqa: SIM118
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, Dictionary) else None
    stack, seen = [tree], 0
    while stack and seen < 10_000:
        node = stack.pop()
        seen += 1
        if not isinstance(node, Dictionary):
            continue
        kids, pairs = node.get("/Kids"), node.get("/Names")
        stack.extend(kids if isinstance(kids, Array) else ())
        entries = list(pairs) if isinstance(pairs, Array) else []
        found.update({str(name): value for name, value in zip(entries[::2], entries[1::2], strict=False)})
    return found


def _clean_outline(pdf: pikepdf.Pdf, destinations: dict[str, Any], found: Counter[str]) -> None:
    """The document's own bookmarks lead to its pages or nowhere."""
    for item in outline_items(pdf):
        _clean_target(item, destinations, found)


def outline_items(pdf: pikepdf.Pdf, limit: int = 20_000) -> Iterator[Any]:
    """Every bookmark, in order, each once even where the file goes round in circles."""
    root = pdf.Root.get("/Outlines")
    stack = [root.get("/First")] if isinstance(root, Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while stack and len(seen) < limit:
        item = stack.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        yield item
        stack += [item.get("/Next"), item.get("/First")]
