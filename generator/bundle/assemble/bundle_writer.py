"""The bundle as one PDF: pages, tags, layers, page numbers, links, bookmarks and metadata put together with pypdf."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from typing import Any, BinaryIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    Fit,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from generator.bundle.assemble.page_stamps import stamp_pages
from generator.bundle.assemble.pypdf_streams import Sink, Writer, reader_of, seldom_collected
from generator.bundle.assemble.structure_merge import TagTree
from generator.bundle.pagination import LINK, Bookmark, Elsewhere, PagePlan

PRODUCER = "sendpack"


@dataclass(frozen=True)
class Piece:
    """The PDF of one item of the plan, clean; `language` only where it is not the bundle's own."""

    id: str
    title: str
    content: bytes
    language: str = ""


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
) -> None:
    """Write one PDF of all the pieces, in the order of the plan, into an open file; same pieces, same bytes.

    Pieces are taken one at a time, so that an iterator may let go of each. Every piece must have as many pages as the
    plan says. Links to LINK + id become links to that piece, or to the file that it is in by `elsewhere`. With `tags`
    False structure trees are dropped, which is only of use for measuring.
    """
    sink = Sink()
    with seldom_collected(), ThreadPoolExecutor(1) as hasher:
        writer = _joined(pieces, plan, about, tags, hasher)
        _rewrite_links(writer, plan, elsewhere or {})
        writer.write(sink)  # type: ignore[arg-type]
        out.writelines(sink.pieces)
        writer._objects.clear()  # they refer to each other in circles, and would stay in memory while all is read back


def _joined(pieces: Iterable[Piece], plan: PagePlan, about: About, tags: bool, hasher: ThreadPoolExecutor) -> PdfWriter:
    """All pages with tags, layers, numbers, bookmarks and metadata; the fingerprint is made beside, in a thread."""
    writer = Writer()
    tree = TagTree(writer, about.language, about.title) if tags else None
    layers = _Layers(writer)
    outlines: dict[str, list[Any]] = {}
    digests: list[tuple[Future[bytes], str]] = []
    for item, piece in zip(plan.items, pieces, strict=True):
        digests.append((hasher.submit(_digest, piece.content), repr((piece.id, piece.title, piece.language))))
        reader = reader_of(piece.content)
        if item.id != piece.id or len(reader.pages) != item.pages:
            raise ValueError(f"{piece.id} has {len(reader.pages)} pages; the plan has {item.pages} of {item.id}")
        writer.append(reader, import_outline=False)
        outlines[item.id] = _headings(reader, item.first)
        layers.add(reader, item.title)
        if tree:
            tree.add(reader, piece.title, piece.language)
        _let_go(writer, reader, item.first)
    if tree:
        tree.finish()
    layers.finish()
    _drop_names(writer)
    stamp_pages(writer, plan)
    for mark in plan.bookmarks:
        _add_bookmark(writer, mark, plan, outlines, None)
    _page_labels(writer, plan)
    _describe(writer, about, _fingerprint(about, plan, digests))
    return writer


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _fingerprint(about: About, plan: PagePlan, digests: Iterable[tuple[Future[bytes], str]]) -> bytes:
    """What the PDF says of itself to tell it from others: the same whenever it is made from the same."""
    total = hashlib.sha256(repr((about, plan.labels, plan.bookmarks)).encode())
    for digest, named in digests:
        total.update(digest.result())
        total.update(named.encode())
    return total.digest()[:16]


def _let_go(writer: PdfWriter, reader: PdfReader, first: int) -> None:
    """Forget a source whose pages are copied: otherwise every file is in memory twice until the end."""
    for page in writer.pages[first - 1 :]:
        page.original_page = None  # type: ignore[assignment]
    writer._resolve_links()
    writer._unresolved_links.clear()
    writer._merged_in_pages.clear()
    writer.reset_translation(reader)


def _drop_names(writer: PdfWriter) -> None:
    """Named destinations of two documents may share a name; clean pieces have none, and the bundle needs none."""
    for key in ("/Names", "/Dests"):
        if key in writer.root_object:
            del writer.root_object[key]


class _Layers:
    """Optional content of all documents, shown and hidden as each of them had it."""

    def __init__(self, writer: PdfWriter) -> None:
        self.writer = writer
        self.groups, self.hidden, self.order = ArrayObject(), ArrayObject(), ArrayObject()

    def add(self, reader: PdfReader, title: str) -> None:
        """Take over the layers of a document whose pages the writer already holds."""
        own = reader.root_object.get("/OCProperties")
        own = own.get_object() if own is not None else None
        if not isinstance(own, DictionaryObject) or not isinstance(own.get("/OCGs"), ArrayObject):
            return
        moved = self.writer._id_translated.get(id(reader), {})
        normal = own.get("/D", DictionaryObject())
        shown = {ref.idnum for ref in normal.get("/ON", []) if isinstance(ref, IndirectObject)}
        hidden = {ref.idnum for ref in normal.get("/OFF", []) if isinstance(ref, IndirectObject)}
        all_hidden = normal.get("/BaseState") == "/OFF"
        names = ArrayObject()
        for group in list(own.get("/OCGs", ())):
            if not isinstance(group, IndirectObject) or group.idnum not in moved:
                continue
            new = IndirectObject(moved[group.idnum], 0, self.writer)
            self.groups.append(new)
            names.append(new)
            if group.idnum in hidden or (all_hidden and group.idnum not in shown):
                self.hidden.append(new)
        if names:
            self.order.extend([ArrayObject([TextStringObject(title), *names])])

    def finish(self) -> None:
        """Write them into the bundle, if there are any."""
        if not self.groups:
            return
        normal = DictionaryObject(
            {
                NameObject("/Name"): TextStringObject("Layers"),
                NameObject("/OFF"): self.hidden,
                NameObject("/Order"): self.order,
            }
        )
        self.writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
            {NameObject("/OCGs"): self.groups, NameObject("/D"): normal}
        )


def _headings(reader: PdfReader, first: int, limit: int = 500) -> list[Any]:
    """A document's own bookmarks as nested (title, page of the bundle, top, children); broken ones are left out."""
    if "/Outlines" not in reader.root_object:
        return []
    left = limit

    def read(entries: Any) -> list[Any]:
        nonlocal left
        found: list[Any] = []
        for entry in entries:
            if isinstance(entry, list):
                if found:
                    found[-1][3].extend(read(entry))
                continue
            page = reader.get_destination_page_number(entry)
            if page is None or page < 0 or left <= 0 or not str(entry.title).strip():
                continue
            left -= 1
            found.append(
                (str(entry.title), first + page, entry.top if isinstance(entry.top, (int, float)) else None, [])
            )
        return found

    return read(reader.outline)


def _add_bookmark(
    writer: PdfWriter, mark: Bookmark, plan: PagePlan, outlines: dict[str, list[Any]], parent: IndirectObject | None
) -> None:
    """A bookmark, those below it, and below a document its own headings; none of them changes the reader's zoom."""
    own = writer.add_outline_item(
        title=mark.title, page_number=mark.page - 1, parent=parent, fit=Fit.xyz(), is_open=parent is None
    )
    for child in mark.children:
        _add_bookmark(writer, child, plan, outlines, own)
    item = next(item for item in plan.items if item.first == mark.page)
    if item.kind == "part":
        _add_headings(writer, outlines[item.id], own)


def _add_headings(writer: PdfWriter, headings: list[Any], parent: IndirectObject) -> None:
    for title, page, top, below in headings:
        own = writer.add_outline_item(
            title=title, page_number=page - 1, parent=parent, fit=Fit.xyz(top=top), is_open=False
        )
        _add_headings(writer, below, own)


def _rewrite_links(writer: PdfWriter, plan: PagePlan, elsewhere: Mapping[str, Elsewhere]) -> None:
    """Placeholder links become links to pages of the bundle; a name that no part has is a mistake of ours."""
    targets = {item.id: (writer.pages[item.first - 1].indirect_reference, item) for item in plan.items}
    for page in writer.pages:
        for reference in page.get("/Annots", ()):
            annotation = reference.get_object()
            action = annotation.get("/A")
            action = action.get_object() if action is not None else {}
            address = str(action.get("/URI", ""))
            if not address.startswith(LINK):
                continue
            name = address.removeprefix(LINK).rstrip("/")
            if name in targets:
                target, item = targets[name]
                del annotation["/A"]
                annotation[NameObject("/Dest")] = _top_of(target)
                text = f"Go to {item.title}, page {plan.labels[item.first - 1]}"
            else:
                there = elsewhere[name]
                annotation[NameObject("/A")] = _to_other_file(there)
                text = f"Go to {there.title}, page {there.label}, in the file {there.file}"
            annotation[NameObject("/Contents")] = TextStringObject(text)


def _top_of(page: Any) -> ArrayObject:
    return ArrayObject([page, NameObject("/XYZ"), NullObject(), NullObject(), NullObject()])


def _to_other_file(there: Elsewhere) -> DictionaryObject:
    """Opens the other file, which lies beside this one, at its page."""
    file = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Filespec"),
            NameObject("/F"): TextStringObject(there.file),
            NameObject("/UF"): TextStringObject(there.file),
        }
    )
    return DictionaryObject(
        {
            NameObject("/S"): NameObject("/GoToR"),
            NameObject("/F"): file,
            NameObject("/D"): _top_of(NumberObject(there.page - 1)),
        }
    )


def _page_labels(writer: PdfWriter, plan: PagePlan) -> None:
    """Viewers show the number that is stamped: runs of plain numbers, and each lettered page by its own label."""
    numbers = ArrayObject()
    for index, label in enumerate(plan.labels):
        if not label.isdigit():
            entry = DictionaryObject({NameObject("/P"): TextStringObject(label)})
        elif index and plan.labels[index - 1] == str(int(label) - 1):
            continue
        else:
            entry = DictionaryObject({NameObject("/S"): NameObject("/D")})
            if label != "1":
                entry[NameObject("/St")] = NumberObject(int(label))
        numbers.extend([NumberObject(index), entry])
    writer.root_object[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): numbers})


def _describe(writer: PdfWriter, about: About, fingerprint: bytes) -> None:
    """Title, language, how to open it, and metadata that depends on the inputs alone."""
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(about.language)
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    opening = [writer.pages[0].indirect_reference, NameObject("/XYZ"), NullObject(), NullObject(), FloatObject(1)]
    root[NameObject("/OpenAction")] = ArrayObject(opening)  # courts ask for a default view of 100 %
    info = {"/Title": about.title, "/Producer": PRODUCER}
    if about.made:
        info |= {"/CreationDate": _pdf_date(about.made), "/ModDate": _pdf_date(about.made)}
    writer.metadata = None
    writer.add_metadata(info)
    metadata = DecodedStreamObject()
    metadata.set_data(_xmp(about).encode())
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    metadata[NameObject("/Subtype")] = NameObject("/XML")
    root[NameObject("/Metadata")] = writer._add_object(metadata)
    writer._ID = ArrayObject([ByteStringObject(fingerprint), ByteStringObject(fingerprint)])
    writer.pdf_header = "%PDF-1.7"


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
