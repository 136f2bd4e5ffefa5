"""What is done to every PDF that an engine made, so that it is accessible and the same bytes every time.

Title and language are set and shown, tab order follows the structure, every link can be found by a screen reader, lines
and boxes outside the structure are marked as decoration, and no date, file id or trace of the making program stays.
"""

from __future__ import annotations

import functools
import io
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from html import escape
from typing import BinaryIO

import pikepdf

from generator.engines.docx.copy_prepared.docx_prepare import Prepared
from generator.engines.docx.docx_contents import ContentsTable
from generator.engines.pdf import heading_bookmarks, paragraph_tags, structure_tree, tag_repair
from generator.engines.pdf.link_tags import describe_links, mend_links
from generator.engines.pdf.lone_rows import lone_rows_of
from generator.engines.pdf.stranded_headings import Stranded, stranded_in
from generator.engines.rdocx.mend_drawn import glyph_unicode, picture_text, vector_drawings

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer><xmp:CreatorTool>sendpack</xmp:CreatorTool>{claim}
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""
_CLAIM = "<pdfuaid:part>1</pdfuaid:part>"


@dataclass(frozen=True)
class Identity:
    """What a PDF says about itself."""

    title: str
    language: str
    producer: str
    accessible: bool
    """False when the document itself is known not to be: then PDF/UA is not claimed."""


def identity(prepared: Prepared, name: str, producer: str) -> Identity:
    """What a document says about itself; its name stands in for a missing title."""
    return Identity(prepared.title or name, prepared.language, producer, prepared.accessible)


class UnmendedPdf:
    """A PDF as an engine made it, opened and its structure read once: to be looked at, then finished or thrown away.

    It is let go of when nobody holds it any more, if not before. Raises pikepdf.PdfError when the bytes are not a PDF.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._held = ExitStack()
        weakref.finalize(self, self._held.close)
        try:
            self._pdf = self._hold(_on_disk(content))
        except BaseException:
            self.close()
            raise
        self._tree = structure_tree.read(self._pdf, content) if "/StructTreeRoot" in self._pdf.Root else None

    def __enter__(self) -> UnmendedPdf:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the PDF."""
        self._held.close()

    def _hold(self, file: BinaryIO) -> pikepdf.Pdf:
        """The PDF in a file; both are let go of together."""
        self._held.callback(file.close)
        pdf = _opened(file)
        self._held.callback(pdf.close)
        return pdf

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self._pdf.pages)

    def stranded_table(self) -> int | None:
        """The number of the first table whose header row stands alone at the foot of a page, else None."""
        return tag_repair.stranded_table(self._pdf, self._tree) if self._tree else None

    def silent_rows(self) -> tuple[dict[int, int], int]:
        """As `tag_repair.silent_rows`; nothing of a PDF without tags."""
        return tag_repair.silent_rows(self._tree) if self._tree else ({}, 0)

    def stranded_headings(self) -> Stranded:
        """Its headings that end a page, with what follows them on the next."""
        return stranded_in(self._pdf, self._tree) if self._tree else Stranded()

    def left_alone(self) -> int:
        """How many rows of tables begin a page, and headings end one, by themselves."""
        return self._left_alone

    @functools.cached_property
    def _left_alone(self) -> int:
        rows = lone_rows_of(self._pdf, self._tree) if self._tree else 0
        return rows + len(self.stranded_headings().numbers)

    def finish(
        self, identity: Identity, drawn: Prepared | None = None, tables: tuple[ContentsTable, ...] = ()
    ) -> tuple[bytes, tuple[str, ...]]:
        """The finished PDF, and warnings for what stays inaccessible; to be called once.

        `drawn` is the document as the embedded engine saw it, whose links, tables and pictures are mended here; other
        engines do these themselves.
        """
        warnings = tuple(self._mend(drawn, tables))
        _identify(self._pdf, identity, claim=identity.accessible and not warnings)
        if drawn is None:
            self._number_anew()
        target = io.BytesIO()
        self._pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return target.getvalue(), warnings

    def _number_anew(self) -> None:
        """Number objects as one meets them: LibreOffice numbers its fonts in an order that changes with the machine."""
        plain = _on_disk(b"")
        options = {"compress_streams": False, "object_stream_mode": pikepdf.ObjectStreamMode.disable}
        self._pdf.save(plain, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none, **options)
        self.close()
        self._pdf = self._hold(plain)

    def _mend(self, drawn: Prepared | None, tables: tuple[ContentsTable, ...]) -> Iterator[str]:
        pdf, tree = self._pdf, self._tree
        if tree is None:
            yield "it has no structure for screen readers"
            return
        if drawn is not None:
            heading_bookmarks.mend(pdf, tree)
            tag_repair.hide_repeated_rows(pdf, tree)
            paragraph_tags.mend(pdf, tree, drawn.paragraphs)
            mend_links(pdf)
            tag_repair.mend_tables(tree, drawn.tables)
            if lost := picture_text.describe(pdf, tree, drawn.tables, drawn.framed):
                shown = (
                    "1 of the pictures in its tables shows"
                    if lost == 1
                    else f"{lost} of the pictures in its tables show"
                )
                yield f"a screen reader does not say what {shown}"
            vector_drawings.exchange(pdf, drawn.twins)
        else:
            tag_repair.mark_decoration(pdf)
            tag_repair.label_rows(tree, tables)
            picture_text.fill(pdf, tree)
            glyph_unicode.name_pieces(pdf)
            pdf.remove_unreferenced_resources()  # LibreOffice names whatever fonts it met, used or not
        describe_links(pdf)
        tag_repair.level_headings(tree)
        for page in pdf.pages:
            if "/Annots" in page:
                page["/Tabs"] = pikepdf.Name.S


def _on_disk(content: bytes) -> BinaryIO:
    """A nameless file of the bytes: it can be mapped, where the PDF library asks Python for each piece of a BytesIO.

    That halves the time for opening and saving.
    """
    file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115  closed with the PDF that is read from it
    file.write(content)
    file.flush()
    return file


def _opened(file: BinaryIO) -> pikepdf.Pdf:
    if not file.tell():
        raise pikepdf.PdfError("it is empty")  # nothing cannot be mapped
    file.seek(0)
    return pikepdf.open(file, access_mode=pikepdf.AccessMode.mmap)


def _identify(pdf: pikepdf.Pdf, identity: Identity, claim: bool) -> None:
    root = pdf.Root
    root.Lang = pikepdf.String(identity.language)
    # No Suspects entry: false is its default, and poppler complains about a false that is written out.
    root.MarkInfo = pikepdf.Dictionary(Marked="/StructTreeRoot" in root)
    if "/ViewerPreferences" not in root:
        root.ViewerPreferences = pikepdf.Dictionary()
    root.ViewerPreferences.DisplayDocTitle = True
    for key in ("/OpenAction", "/AA", "/PieceInfo"):
        if key in root:
            del root[key]
    for key in ("/ID", "/DocChecksum", "/Info"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    pdf.docinfo["/Title"] = pikepdf.String(identity.title)
    pdf.docinfo["/Creator"] = pikepdf.String("sendpack")
    pdf.docinfo["/Producer"] = pikepdf.String(identity.producer)
    packet = _XMP.format(
        title=escape(identity.title, quote=False),
        language=escape(identity.language, quote=False),
        producer=escape(identity.producer, quote=False),
        claim=_CLAIM if claim else "",
    )
    if "/Metadata" not in root:
        root.Metadata = pdf.make_stream(b"")
    root.Metadata.write(packet.encode())
    root.Metadata["/Type"], root.Metadata["/Subtype"] = pikepdf.Name.Metadata, pikepdf.Name.XML
