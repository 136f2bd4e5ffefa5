"""The bundle as one PDF: pages, tags, layers, page numbers, links, bookmarks and metadata put together with pikepdf."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, String

from generator.bundle.assemble.page_stamps import stamp_pages
from generator.bundle.assemble.photo_captions import Caption, caption_photos
from generator.bundle.assemble.structure_merge import TagTree
from generator.bundle.pagination import LINK, Bookmark, Elsewhere, PagePlan, parted_link
from generator.bundle.part_headings import Heading, headings, named
from generator.files.kept_results import KeptResults

PRODUCER = "sendpack"


@dataclass(frozen=True)
class Piece:
    """The PDF of one item of the plan, clean; `language` only where it is not the bundle's own.

    `caption` is of a photo, for its own page.
    """

    id: str
    title: str
    content: bytes
    language: str = ""
    caption: Caption | None = None


@dataclass(frozen=True)
class About:
    """What the finished PDF says of itself. `made` None: no dates at all. `accessible`: it claims PDF/UA-1."""

    title: str
    language: str = "en-GB"
    made: dt.datetime | None = None
    accessible: bool = True


def assemble(
    pieces: Iterable[Piece],
    plan: PagePlan,
    about: About,
    out: BinaryIO,
    tags: bool = True,
    elsewhere: Mapping[str, Elsewhere] | None = None,
    kept: KeptResults | None = None,
) -> None:
    """Write one PDF of all the pieces, in the order of the plan, into an open file; same pieces, same bytes.

    Every piece must have as many pages as the plan says. Links to LINK + id become links to that piece, with `#` and
    the name of a heading to that, or to the file that it is in by `elsewhere`. With `tags` False structure trees are
    dropped, which is only of use for measuring. What is drawn onto pages is taken from what was `kept`, where it is the
    same.
    """
    with pikepdf.new() as pdf:
        captions: dict[str, Caption] = {}
        outlines = _joined(pdf, _noted(pieces, captions), plan, about, tags)
        _rewrite_links(pdf, plan, outlines, elsewhere or {})
        stamp_pages(pdf, plan)
        caption_photos(pdf, plan, captions, kept or KeptResults()) if captions else None
        _bookmark(pdf, plan, outlines)
        _page_labels(pdf, plan)
        _describe(pdf, about)
        # Nothing is compressed here: compressors differ between machines, and two machines must make the same bytes.
        pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


def _noted(pieces: Iterable[Piece], captions: dict[str, Caption]) -> Iterator[Piece]:
    """The pieces, one by one: none is held for the caption alone."""
    for piece in pieces:
        if piece.caption:
            captions[piece.id] = piece.caption
        yield piece


def _joined(
    pdf: pikepdf.Pdf, pieces: Iterable[Piece], plan: PagePlan, about: About, tags: bool
) -> dict[str, tuple[Heading, ...]]:
    """All pages with their tags and layers; the headings that each piece brings along."""
    tree = TagTree(pdf, about.language, about.title) if tags else None
    layers = _Layers(pdf)
    outlines: dict[str, tuple[Heading, ...]] = {}
    for item, piece in zip(plan.items, pieces, strict=True):
        source = pikepdf.open(io.BytesIO(piece.content))
        if item.id != piece.id or len(source.pages) != item.pages:
            raise ValueError(f"{piece.id} has {len(source.pages)} pages; the plan has {item.pages} of {item.id}")
        outlines[item.id] = headings(source)
        pdf.pages.extend(source.pages)
        pages = {page.obj.objgen: page.obj for page in pdf.pages[item.first - 1 :]}
        for page in pages.values():
            _forget_old_keys(page)
        layers.add(source, item.title)
        if tree:
            tree.add(source, pages, piece.title, piece.language)
    if tree:
        tree.finish()
    layers.finish()
    return outlines


def copied_alone(content: bytes) -> bytes:
    """One piece with its tags, copied as into a bundle: to try whether a bundle can hold it."""
    out = io.BytesIO()
    with pikepdf.new() as pdf, pikepdf.open(io.BytesIO(content)) as source:
        tree = TagTree(pdf, "en-GB", "Trial")
        pdf.pages.extend(source.pages)
        pages = {page.obj.objgen: page.obj for page in pdf.pages}
        for page in pages.values():
            _forget_old_keys(page)
        tree.add(source, pages, "Trial")
        tree.finish()
        pdf.save(out)
    return out.getvalue()


def _forget_old_keys(page: Any) -> None:
    """What led from the page to its own parent tree: in the common one it would lead to another's element."""
    if "/StructParents" in page:
        del page["/StructParents"]
    for annotation in page.get("/Annots", ()):
        if isinstance(annotation, Dictionary) and "/StructParent" in annotation:
            del annotation["/StructParent"]


class _Layers:
    """Optional content of all documents, shown and hidden as each of them had it."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.groups: list[Any] = []
        self.hidden: list[Any] = []
        self.order: list[Any] = []

    def add(self, source: pikepdf.Pdf, title: str) -> None:
        """Take over the layers of a document whose pages the bundle already holds."""
        own = source.Root.get("/OCProperties")
        listed = own.get("/OCGs") if isinstance(own, Dictionary) else None
        if not isinstance(own, Dictionary) or not isinstance(listed, Array):
            return
        normal = own.get("/D", Dictionary())
        shown = {group.objgen for group in normal.get("/ON", ()) if isinstance(group, Object)}
        hidden = {group.objgen for group in normal.get("/OFF", ()) if isinstance(group, Object)}
        all_hidden = normal.get("/BaseState") == Name.OFF
        names = []
        for group in listed:
            if not isinstance(group, Dictionary) or not group.is_indirect:
                continue
            new = self.pdf.copy_foreign(group)
            names.append(new)
            if group.objgen in hidden or (all_hidden and group.objgen not in shown):
                self.hidden.append(new)
        self.groups += names
        if names:
            self.order.append(Array([String(title), *names]))

    def finish(self) -> None:
        """Write them into the bundle, if there are any."""
        if self.groups:
            normal = Dictionary(Name=String("Layers"), OFF=Array(self.hidden), Order=Array(self.order))
            self.pdf.Root.OCProperties = Dictionary(OCGs=Array(self.groups), D=normal)


# -- bookmarks --------------------------------------------------------------------------------------------------------


def _bookmark(pdf: pikepdf.Pdf, plan: PagePlan, outlines: Mapping[str, tuple[Heading, ...]]) -> None:
    """The plan's bookmarks, and below a document its own headings; none of them changes the reader's zoom."""
    with pdf.open_outline() as outline:
        outline.root.extend(_mark(pdf, mark, plan, outlines, top=True) for mark in plan.bookmarks)


def _mark(
    pdf: pikepdf.Pdf, mark: Bookmark, plan: PagePlan, outlines: Mapping[str, tuple[Heading, ...]], top: bool
) -> OutlineItem:
    own = OutlineItem(mark.title, _place(pdf, mark.page))
    own.is_closed = not top
    own.children.extend(_mark(pdf, child, plan, outlines, top=False) for child in mark.children)
    item = next(item for item in plan.items if item.first == mark.page)
    if item.kind == "part" and not mark.children:
        own.children.extend(_of_heading(pdf, item.first, heading) for heading in outlines[item.id])
    return own


def _of_heading(pdf: pikepdf.Pdf, first: int, heading: Heading) -> OutlineItem:
    own = OutlineItem(heading.title, _place(pdf, first + heading.page, heading.top))
    own.is_closed = True
    own.children.extend(_of_heading(pdf, first, one) for one in heading.below)
    return own


def _place(pdf: pikepdf.Pdf, page: int, top: float | None = None) -> Any:
    return _top_of(pdf.pages[page - 1].obj, top)


# -- links ------------------------------------------------------------------------------------------------------------


def _rewrite_links(
    pdf: pikepdf.Pdf, plan: PagePlan, outlines: Mapping[str, tuple[Heading, ...]], elsewhere: Mapping[str, Elsewhere]
) -> None:
    """Placeholder links become links to pages of the bundle; a name that no part has is a mistake of ours.

    One to a heading leads to where it stands, or to the part where that has no such heading.
    """
    targets = {item.id: item for item in plan.items}
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            action = annotation.get("/A") if isinstance(annotation, Dictionary) else None
            address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
            if not address.startswith(LINK):
                continue
            name, wanted = parted_link(address)
            if name in targets:
                item = targets[name]
                heading = named(outlines[name], wanted) if wanted else None
                to = item.first + heading.page if heading else item.first
                del annotation["/A"]
                annotation.Dest = _place(pdf, to, heading.top if heading else None)
                text = f"Go to {item.title}, page {plan.labels[to - 1]}"
            else:
                there = elsewhere[name].at(wanted)
                annotation.A = _to_other_file(there)
                text = f"Go to {there.title}, page {there.label}, in the file {there.file}"
            annotation.Contents = String(text)


def _top_of(page: Any, top: float | None = None) -> Any:
    return Array([page, Name.XYZ, None, top, None])


def _to_other_file(there: Elsewhere) -> Any:
    """Opens the other file, which lies beside this one, at its page."""
    file = Dictionary(Type=Name.Filespec, F=String(there.file), UF=String(there.file))
    return Dictionary(S=Name.GoToR, F=file, D=_top_of(there.page - 1))


# -- what the file says of itself -------------------------------------------------------------------------------------


def _page_labels(pdf: pikepdf.Pdf, plan: PagePlan) -> None:
    """Viewers show the number that is stamped: runs of plain numbers, and each lettered page by its own label."""
    numbers: list[Any] = []
    for index, label in enumerate(plan.labels):
        if not label.isdigit():
            entry = Dictionary(P=String(label))
        elif index and plan.labels[index - 1] == str(int(label) - 1):
            continue
        else:
            entry = Dictionary(S=Name.D) if label == "1" else Dictionary(S=Name.D, St=int(label))
        numbers += [index, entry]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))


def _describe(pdf: pikepdf.Pdf, about: About) -> None:
    """Title, language, how to open it, and metadata that depends on the inputs alone."""
    root = pdf.Root
    root.Lang = String(about.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines
    root.OpenAction = Array([pdf.pages[0].obj, Name.XYZ, None, None, 1])  # courts ask for a default view of 100 %
    info = {"/Title": about.title, "/Producer": PRODUCER}
    if about.made:
        info |= {"/CreationDate": _pdf_date(about.made), "/ModDate": _pdf_date(about.made)}
    pdf.trailer.Info = pdf.make_indirect(Dictionary({key: String(value) for key, value in info.items()}))
    root.Metadata = pdf.make_stream(_xmp(about).encode(), Type=Name.Metadata, Subtype=Name.XML)


def _pdf_date(moment: dt.datetime) -> str:
    return f"D:{moment:%Y%m%d%H%M%S}Z"


def _plain(text: str) -> str:
    return escape(text, quote=False)


def _xmp(about: About) -> str:
    """Title, language and the PDF/UA claim as XMP; no line of it depends on the machine."""
    dates = ""
    if about.made:
        stamp = f"{about.made:%Y-%m-%dT%H:%M:%S}Z"
        dates = f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>"
    claim = "<pdfuaid:part>1</pdfuaid:part>" if about.accessible else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_plain(about.title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{_plain(about.language)}</rdf:li></rdf:Bag></dc:language>"
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>{dates}{claim}"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
