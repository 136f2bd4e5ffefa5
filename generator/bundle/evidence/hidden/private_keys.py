"""Entries of a PDF that only the program knows that wrote them: a path, a user, words of an earlier version.

No viewer shows them, and a search finds them: in the kinds of things that are listed here (a page, a font, a picture,
a pattern, a link, a layer) they go, whatever their name. What the standard names goes too where no page needs it, and
is not told: it is no program's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name


def _names(words: str) -> frozenset[str]:
    return frozenset(f"/{word}" for word in words.split())


_STREAM = _names("Length Filter DecodeParms DL")
_TRAILER = _names("Size Prev Root Encrypt Info ID")
_ROOT = _names(
    "Type Version Pages Names Dests ViewerPreferences Outlines OpenAction AcroForm StructTreeRoot MarkInfo Lang"
    " OCProperties NeedsRendering"
)
_PAGE = _names(
    "Type Parent Resources MediaBox CropBox BleedBox TrimBox ArtBox Contents Rotate Group Annots StructParents Tabs"
    " UserUnit Kids Count"
)
_RESOURCES = _names("ExtGState ColorSpace Pattern Shading XObject Font ProcSet Properties")
_FONT = _names(
    "Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo"
    " DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs Resources"
)
_DESCRIPTOR = _names(
    "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight"
    " XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style Lang FD CIDSet"
)
_FORM = _STREAM | _names(
    "Type Subtype FormType BBox Matrix Resources Group Ref OC StructParent StructParents OPI Measure"
)
_IMAGE = _STREAM | _names(
    "Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate Alternates SMask"
    " SMaskInData StructParent OC Matte"
)
_LOOKS = _names(
    "Type LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM SMask CA ca AIS TK UseBlackPtComp HTO"
)
_PROPERTIES = _names(
    "Type Subtype ActualText Alt E Lang MCID BBox Attached OCGs P VE Name Intent Usage Columns Contents O"
)
_LINK = _names("Type Subtype Rect Contents P F AP AS Border C StructParent OC A Dest H QuadPoints BS Lang CA ca BM")
_BOOKMARK = _names("Title Parent Prev Next First Last Count Dest A SE C F")
_GROUP = _names("Type S CS I K")
_SOFT_MASK = _names("Type S G BC TR")
_BORDER = _names("Type W S D")
_COLLECTION = _names("Registry Ordering Supplement")
_PATTERN = _STREAM | _names("Type PatternType PaintType TilingType BBox XStep YStep Resources Matrix Shading ExtGState")
_SHADING = _STREAM | _names(
    "ShadingType ColorSpace Background BBox AntiAlias Function Domain Matrix Extend Coords BitsPerCoordinate"
    " BitsPerComponent BitsPerFlag Decode VerticesPerRow"
)
_FUNCTION = _STREAM | _names(
    "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Functions Bounds"
)
_VIEW = _names(
    "HideToolbar HideMenubar HideWindowUI FitWindow CenterWindow DisplayDocTitle NonFullScreenPageMode Direction"
    " ViewArea ViewClip PrintArea PrintClip PrintScaling Duplex PickTrayByPDFSize PrintPageRange NumCopies Enforce"
)
_NUMBERED = {"/PatternType": _PATTERN, "/ShadingType": _SHADING, "/FunctionType": _FUNCTION}
_QUIET = _names(
    "Type W Index Filter DecodeParms Length XRefStm DocChecksum Name Metadata PieceInfo LastModified Thumb AF AA PA B"
    " Dur Trans PZ ID SeparationInfo TemplateInstantiated PresSteps VP DPart OutputIntents PS PtData NM M URI"
    " Extensions Legal Perms Requirements Collection PageLabels PageLayout PageMode SpiderInfo Threads Alternates OPI"
)
"""Of the standard (and LibreOffice's sum of a file's bytes): they hold nothing that a program alone knows."""
_PACKED = {"/Form": _FORM, "/Image": _IMAGE}
_TYPED = {
    "/Catalog": _ROOT,
    "/Page": _PAGE,
    "/Pages": _PAGE,
    "/Font": _FONT,
    "/FontDescriptor": _DESCRIPTOR,
    "/ExtGState": _LOOKS,
}


def without_private_keys(pdf: pikepdf.Pdf, every: Collection[Any]) -> bool:
    """Take them out of every dictionary among these; True where there was one. Layers lose their names too."""
    found = [key for thing in every for key in list(_of(thing))]
    found += _kept(pdf.trailer, _TRAILER)
    root = pdf.Root
    if isinstance(view := root.get("/ViewerPreferences"), Dictionary):
        found += _kept(view, _VIEW)
    if isinstance(layers := root.get("/OCProperties"), Dictionary):
        _unname(layers)
    if isinstance(bookmarks := root.get("/Outlines"), Dictionary):
        _kept(bookmarks, _BOOKMARK | {"/Type"})
    return bool(found)


def _of(thing: Any) -> Iterator[str]:
    """The private entries of one dictionary or stream, each taken out."""
    kind, subtype = str(thing.get("/Type", "")), str(thing.get("/Subtype", ""))
    numbered = next((known for key, known in _NUMBERED.items() if isinstance(thing.get(key), int)), None)
    if numbered:
        yield from _kept(thing, numbered)
    elif isinstance(thing, pikepdf.Stream):
        if kind in ("", "/XObject") and subtype in _PACKED:
            yield from _kept(thing, _PACKED[subtype])
    elif kind in _TYPED:
        yield from _kept(thing, _TYPED[kind])
    elif subtype == "/Link" and "/Rect" in thing:
        yield from _kept(thing, _LINK)
        if isinstance(border := thing.get("/BS"), Dictionary):
            yield from _kept(border, _BORDER)
    elif thing.get("/S") == Name.Transparency:
        yield from _kept(thing, _GROUP)
    elif "/G" in thing and thing.get("/S") in (Name.Alpha, Name.Luminosity):
        yield from _kept(thing, _SOFT_MASK)
    elif "/Registry" in thing and "/Ordering" in thing:
        yield from _kept(thing, _COLLECTION)
    elif "/Title" in thing and "/Parent" in thing and ("/Prev" in thing or "/Next" in thing or "/Dest" in thing):
        yield from _kept(thing, _BOOKMARK)
    if isinstance(resources := thing.get("/Resources"), Dictionary):
        yield from _kept(resources, _RESOURCES)
        for group, known in (("/Properties", _PROPERTIES), ("/ExtGState", _LOOKS)):
            for one in _values(resources.get(group)):
                yield from _kept(one, known)


def _values(holder: Any) -> Iterator[Any]:
    if isinstance(holder, Dictionary):
        yield from (one for _, one in holder.items() if isinstance(one, Dictionary))


def _kept(thing: Any, known: Collection[str]) -> list[str]:
    """Take out what is not known; the keys that are a program's own."""
    private = [str(key) for key in thing.keys() if str(key) not in known]  # noqa: SIM118
    for key in private:
        del thing[key]
    return [key for key in private if key not in _QUIET]


def _unname(layers: Any) -> None:
    """Names of layers and of who drew them: what is shown is told by their order and states."""
    groups = layers.get("/OCGs")
    for group in groups if isinstance(groups, Array) else ():
        if isinstance(group, Dictionary):
            group.Name = pikepdf.String("Layer")
            if isinstance(usage := group.get("/Usage"), Dictionary) and "/CreatorInfo" in usage:
                del usage["/CreatorInfo"]
    others = layers.get("/Configs")
    for view in (layers.get("/D"), *(others if isinstance(others, Array) else ())):
        for key in ("/Name", "/Creator", "/Order") if isinstance(view, Dictionary) else ():
            if key in view:
                del view[key]
