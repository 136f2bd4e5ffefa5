"""Pages made fit for a bundle: small ones onto A4, and untagged ones given the tags that a screen reader needs.

An untagged page becomes one tagged thing. A page whose words can be read is a paragraph: its text stays within
reach of a screen reader, in the order of the page's content. A page without words (a scan, a photo) is a figure
with alternative text. The page's old content moves into a form XObject, so that whatever is unbalanced in it cannot
touch the page number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.engines.pdf.content_asides import ASIDE

A4 = (595, 842)
SMALL = 0.5
"""Pages of less than this part of A4's area are put onto a sheet of A4."""

_MARKS = re.compile(rb"\b(?:BDC|BMC|EMC|DP|MP)\b")


def is_tagged(pdf: pikepdf.Pdf) -> bool:
    """True when the PDF has tags that say anything at all."""
    root = pdf.Root.get("/StructTreeRoot")
    marked = pdf.Root.get("/MarkInfo")
    return (
        isinstance(root, Dictionary)
        and root.get("/K") is not None
        and root.get("/ParentTree") is not None
        and isinstance(marked, Dictionary)
        and bool(marked.get("/Marked", False))
    )


def visible_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """What a reader shows of a page: the crop box inside the media box, left, bottom, right, top, in points."""

    def box(values: Any) -> tuple[float, float, float, float]:
        a, b, c, d = (float(v) for v in values)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    media = box(page.mediabox)
    crop = box(page.cropbox)
    both = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    return both if both[2] - both[0] > 1 and both[3] - both[1] > 1 else media


def fit_small(pdf: pikepdf.Pdf, tagged: bool) -> int:
    """Put pages that are too small for a page number onto A4, their content where it was; how many there were."""
    count = 0
    for page in pdf.pages:
        left, bottom, right, top = visible_box(page)
        unit = float(page.obj.get("/UserUnit", 1))
        width, height = (right - left) * unit, (top - bottom) * unit
        if width * height >= SMALL * A4[0] * A4[1]:
            continue
        sheet = A4 if height >= width else (A4[1], A4[0])
        across, up = max(0.0, sheet[0] / unit - (right - left)) / 2, max(0.0, sheet[1] / unit - (top - bottom)) / 2
        if tagged:  # an untagged page is clipped by the form it is wrapped into
            clip = f"q {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n"
            page.contents_add(clip.encode(), prepend=True)
            page.contents_add(b"Q", prepend=False)
        else:
            _wrap(pdf, page)
        for key in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
            if key in page.obj:
                del page.obj[key]
        page.obj.MediaBox = Array([round(v, 3) for v in (left - across, bottom - up, right + across, top + up)])
        count += 1
    return count


def strip_tags(pdf: pikepdf.Pdf) -> None:
    """Take away tags that no longer fit, before the document is dressed anew."""
    for key in ("/StructTreeRoot", "/MarkInfo"):
        if key in pdf.Root:
            del pdf.Root[key]


def dress(pdf: pikepdf.Pdf, words: Sequence[bool], alt: str, title: str, language: str) -> None:
    """Give every page of an untagged PDF one tag: a paragraph where `words` says that it has any, else a figure."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    root.K = whole
    numbers: list[Any] = []
    links: list[tuple[Any, Any]] = []
    for index, page in enumerate(pdf.pages):
        _wrap(pdf, page)
        tag = "P" if words[index] else "Figure"
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + tag), P=whole, Pg=page.obj, K=0))
        if tag == "Figure":
            element.Alt = String(_alt(alt, title, index, len(pdf.pages)))
        old = page.obj.Contents.read_bytes()
        page.obj.Contents = pdf.make_stream(f"/{tag} <</MCID 0>> BDC\n".encode() + old + b"\nEMC")
        page.obj.StructParents = index
        whole.K.append(element)
        numbers.extend([index, pdf.make_indirect(Array([element]))])
        links += [(annotation, page.obj) for annotation in page.obj.get("/Annots", [])]
    for number, (annotation, sheet) in enumerate(links, len(pdf.pages)):
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=whole, Pg=sheet))
        element.K = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=sheet)
        annotation.StructParent = number
        whole.K.append(element)
        numbers.extend([number, element])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(pdf.pages) + len(links)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String(language)


def describe_links(pdf: pikepdf.Pdf) -> None:
    """Say in words where each link leads, and let Tab follow the tags: PDF/UA asks for both."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        if annotations is None:
            continue
        page.obj.Tabs = Name.S
        for index, annotation in enumerate(annotations):
            if not annotation.is_indirect:
                annotation = annotations[index] = pdf.make_indirect(annotation)
            annotation.F = (int(annotation.get("/F", 0)) | 4) & ~3  # printed, not hidden
            if str(annotation.get("/Contents", "")).strip() == "":
                annotation.Contents = String(_leads_to(annotation, pages))


def _leads_to(annotation: Any, pages: dict[tuple[int, int], int]) -> str:
    if "/Dest" in annotation:
        return f"Go to page {pages.get(annotation.Dest[0].objgen, '?')} of this document"
    return f"Web page {annotation.A.URI}" if "/A" in annotation else "Link"


def _alt(alt: str, title: str, index: int, count: int) -> str:
    what = alt or f"Scanned page, no text: {title}" if count == 1 else f"{alt or title}: scanned page, no text"
    return what if count == 1 else f"{what} (page {index + 1} of {count})"


def _wrap(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Move a page's content into a form XObject, cut to what was visible; done once."""
    if "/SendpackPage" in page.resources.get("/XObject", Dictionary()):
        return
    form = pdf.make_stream(_content(page))  # not page.as_form_xobject(): that reads the content only when saved
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([round(v, 3) for v in visible_box(page)])
    form.Resources = page.resources
    if "/Group" in page.obj:
        form.Group = page.obj.Group
    _unmark(form, set())
    page.obj.Resources = Dictionary(XObject=Dictionary(SendpackPage=form))
    page.obj.Contents = pdf.make_stream(b"q /SendpackPage Do Q")


def _content(page: pikepdf.Page) -> bytes:
    """All that is drawn on a page; streams are joined by a line end, as the standard asks."""
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))


def _unmark(form: Any, seen: set[tuple[int, int]], depth: int = 0) -> None:
    """Take old marks (artifacts, lost tags) out of content that is about to be inside a tag; layers' marks stay."""
    if form.objgen in seen or depth > 20:
        return
    seen.add(form.objgen)
    for key in ("/StructParents", "/StructParent"):
        if key in form:
            del form[key]
    content = form.read_bytes()
    if _MARKS.search(content):
        form.write(_without_marks(form))
    resources = form.get("/Resources")
    drawn = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    for _, child in drawn.items() if isinstance(drawn, Dictionary) else ():
        if isinstance(child, pikepdf.Stream) and str(child.get("/Subtype")) == "/Form":
            _unmark(child, seen, depth + 1)


def _stays(operands: Any, form: Any) -> bool:
    """True for a layer's mark, and for one that only says how letters are to be read."""
    if len(operands) < 2:
        return bool(operands) and str(operands[0]) == "/OC"
    told = operands[1]
    if isinstance(told, Name):
        told = form.get("/Resources", Dictionary()).get("/Properties", Dictionary()).get(str(told))
    read_as = isinstance(told, Dictionary) and "/ActualText" in told and "/MCID" not in told
    return str(operands[0]) == "/OC" or read_as


def _without_marks(form: Any) -> bytes:
    try:
        return pikepdf.unparse_content_stream(_unmarked(form))
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):  # a picture in the line that the library refuses
        return _cut_marks(form.read_bytes())


def _unmarked(form: Any) -> list[Any]:
    kept: list[Any] = []
    open_marks: list[bool] = []
    for instruction in pikepdf.parse_content_stream(form):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            stays = _stays(instruction.operands, form)
            open_marks.append(stays)
            if not stays:
                continue
        elif operator == "EMC":
            if not open_marks or not open_marks.pop():
                continue
        elif operator in ("DP", "MP"):
            continue
        kept.append(instruction)
    return kept


_LIST = rb"<<(?:[^<>]|<[^<>]*+>|<<(?:[^<>]|<[^<>]*+>)*+>>)*+>>"
_NAME = rb"/[^\s/<>\[\]()]+"
_MARK = rb"(?P<tag>" + _NAME + rb")\s*+(?:" + _LIST + rb"|" + _NAME + rb")?\s*+(?P<operator>BDC|BMC|DP|MP)(?!\w)"
_WRITTEN = re.compile(rb"(?P<aside>" + ASIDE + rb")|" + _MARK + rb"|(?<![\w/])(?P<end>EMC)(?!\w)", re.DOTALL)


def _cut_marks(content: bytes) -> bytes:
    """The same on the bytes themselves: strings and pictures are passed over, layers' marks stay."""
    open_marks: list[bool] = []

    def settle(found: re.Match[bytes]) -> bytes:
        if found["aside"] is not None:
            return found[0]
        if found["end"] is not None:
            return found[0] if open_marks and open_marks.pop() else b""
        layer = found["tag"] == b"/OC"
        if found["operator"] in (b"BDC", b"BMC"):
            open_marks.append(layer)
        return found[0] if layer else b""

    return _WRITTEN.sub(settle, content)
