"""What a file really is, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile

from generator.bundle.bundle_parts import Refused
from generator.files.damaged_archives import DAMAGED

PDF, PICTURE, WORD, TEXT = "PDF", "picture", "Word document", "other text"
TEXTS = {"OpenDocument text": "odt", "rich text file": "rtf", "old Word document": "doc"}
"""Kinds of text that are made into Word documents first, with the ends of their files' names."""


_PICTURES = (
    (b"\xff\xd8\xff", "JPEG photo"),
    (b"\x89PNG\r\n\x1a\n", "PNG picture"),
    (b"II*\x00", "TIFF scan"),
    (b"MM\x00*", "TIFF scan"),
    (b"II+\x00", "TIFF scan"),
    (b"MM\x00+", "TIFF scan"),
    (b"GIF8", "GIF picture"),
    (b"BM", "BMP picture"),
)
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevx", b"mif1", b"msf1")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_WORD = "worddocument".encode("utf-16-le")
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_MESSAGE = "an Outlook message"
_SOUND, _FILM = "a sound recording", "a film"
_TYPE_OUT = "write down what matters in it, or have it typed, and put that file here"
_PICTURE_OF = "open it, save it as a JPEG or PNG picture, and put that file here"
_HOW = {
    _MESSAGE: "open it in Outlook, print it to PDF (File, Print, Microsoft Print to PDF), and put that file here; save "
    "what is attached to it one by one",
    _SOUND: _TYPE_OUT,
    _FILM: _TYPE_OUT,
    **dict.fromkeys(
        (
            "a drawing (SVG)",
            "a Photoshop picture",
            "a JPEG 2000 picture",
            "an AVIF picture",
            "a Windows drawing (EMF or WMF)",
            "a Windows icon",
        ),
        _PICTURE_OF,
    ),
}
_BEGINS = (
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
    (b"#!AMR", _SOUND),
    (b"\x1aE\xdf\xa3", _FILM),
    (b"8BPS", "a Photoshop picture"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"\xd7\xcd\xc6\x9a", "a Windows drawing (EMF or WMF)"),
    (b"\x00\x00\x01\x00", "a Windows icon"),
    (b"AT&TFORM", "a DjVu document"),
)
_SOUND_BRANDS, _AVIF_BRANDS = (b"M4A ", b"M4B "), (b"avif", b"avis")
_EXPORT = "open it, choose File, Export To, PDF, and put that file here"
_SAVE_AS = "open it, save it as PDF or as a Word document (.docx), and put that file here"


def is_photo(kind: str) -> bool:
    """True for a photo or drawing, not for a scan of pages."""
    return kind.endswith((" photo", " picture"))


def is_picture(kind: str) -> bool:
    """True for what came as pictures: photos, drawings and scans of pages."""
    return is_photo(kind) or kind in {name for _, name in _PICTURES}


def sniff(content: bytes) -> tuple[str, str]:
    """The way a file is taken in (PDF, PICTURE, WORD or TEXT), its kind in plain words; Refused for anything else."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Refused("bundle/empty", "is empty", "look for the right file; it may not have been saved or copied fully")
    if b"%PDF-" in content[:1024]:
        return PDF, "PDF"
    for magic, kind in _PICTURES:
        if content.startswith(magic):
            return PICTURE, kind
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return PICTURE, "HEIC photo"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return PICTURE, "WebP picture"
    if content.startswith(b"PK\x03\x04"):
        kind = _office(content)
        return (TEXT if kind in TEXTS else WORD), kind
    if content.startswith(b"{\\rtf"):
        return TEXT, "rich text file"
    if content.startswith(_OLD_OFFICE) and _is_old_word(content):
        return TEXT, "old Word document"
    what = _what(content)
    raise Refused("bundle/not-a-pdf", f"is not a PDF but {what}", _HOW.get(what, _SAVE_AS))


_BY_NAME = {
    ".msg": (_MESSAGE, _HOW[_MESSAGE]),
    ".eml": ("an e-mail", "open it, print it to PDF, and put that file here; save what is attached to it one by one"),
    ".pages": ("an Apple Pages document", _EXPORT),
    ".numbers": ("an Apple Numbers document", _EXPORT),
    ".key": ("an Apple Keynote presentation", _EXPORT),
    ".pub": ("a Microsoft Publisher document", _SAVE_AS),
    ".one": ("a OneNote page", "in OneNote: File, Export, PDF; put that file here"),
    ".wps": ("a Microsoft Works document", _SAVE_AS),
    ".xps": ("an XPS document", _SAVE_AS),
}
"""What a file that cannot be taken is by its name, where that says more than what is in it."""


def by_name(refused: Refused, ending: str) -> Refused:
    """The refusal of a file in the words of its name."""
    if refused.rule != "bundle/not-a-pdf" or ending.lower() not in _BY_NAME:
        return refused
    what, how = _BY_NAME[ending.lower()]
    return Refused(refused.rule, f"is not a PDF but {what}", how)


def _is_old_word(content: bytes) -> bool:
    """Programs other than Word write the names inside the file in small letters."""
    return _OLD_WORD in content.lower() and _ENCRYPTED_OFFICE not in content and _OUTLOOK not in content


def _office(content: bytes) -> str:
    """What a zip file holds: a Word document or an OpenDocument text; Refused with what it is otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                opened = archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text")
                if opened and "content.xml" in names:
                    return "OpenDocument text"
                if archive.read("mimetype").startswith(b"application/epub"):
                    raise Refused("bundle/not-a-pdf", "is an e-book (EPUB)", "save it as PDF and put that file here")
    except DAMAGED:
        raise Refused("bundle/broken-word", "is a damaged Word or zip file", "ask for the file again") from None
    if "word/vbaProject.bin" in names:
        raise Refused("bundle/macros", "is a Word document with macros", "save it as PDF and put that file here")
    if "word/document.xml" in names or _holds_word(content):
        return "Word document"
    if any(name.endswith(".iwa") for name in names):
        raise Refused("bundle/not-a-pdf", "is an Apple Pages, Numbers or Keynote file", _EXPORT)
    for part, what in (
        ("FixedDocumentSequence.fdseq", "an XPS document"),
        ("xl/workbook.xml", "an Excel workbook"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("mimetype", "an OpenDocument (LibreOffice) file that is no text"),
    ):
        if part in names:
            raise Refused("bundle/not-a-pdf", f"is {what}", "save it as PDF and put that file here")
    raise Refused("bundle/not-a-pdf", "is a zip file", "unpack it and name the documents in it one by one")


_MAIN_PARTS = re.compile(rb"wordprocessingml\.(?:document|template)\.main\+xml")


def _holds_word(content: bytes) -> bool:
    """True when the file says that its main part is a Word document, whatever that part is called (Word Online)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _MAIN_PARTS.search(archive.read("[Content_Types].xml")) is not None
    except DAMAGED:
        return False


def _by_beginning(content: bytes) -> str:
    """The kind of a picture, film or recording that no bundle shows; "" for everything else."""
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        return _SOUND if brand in _SOUND_BRANDS else "an AVIF picture" if brand in _AVIF_BRANDS else _FILM
    if content[:4] == b"RIFF" and content[8:12] in (b"WAVE", b"AVI "):
        return _SOUND if content[8:12] == b"WAVE" else _FILM
    if content.startswith(b"\x01\x00\x00\x00") and content[40:44] == b" EMF":
        return "a Windows drawing (EMF or WMF)"
    return next((what for magic, what in _BEGINS if content.startswith(magic)), "")


_IS_DRAWING = re.compile(
    rb"(?:\s|<\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<!doctype(?!\s+svg\b)[^>]*+>)*+<(?:!doctype\s+svg\b|(?:[\w.-]+:)?svg\b)"
)
"""What stands first is a drawing: pages of the web hold drawings too."""


def _what(content: bytes) -> str:
    """Plain words for things people send by mistake."""
    start = content[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(_OLD_OFFICE) and _OUTLOOK in content:
        return _MESSAGE
    if content.startswith(_OLD_OFFICE):
        locked = _ENCRYPTED_OFFICE in content
        return "a Word or Excel file protected by a password" if locked else "an old Office file (such as .xls or .ppt)"
    if named := _by_beginning(content):
        return named
    if _IS_DRAWING.match(start):
        return "a drawing (SVG)"
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<script")) or b"<html" in start:
        return "a web page (perhaps a log-in page saved by mistake)"
    for magic, what in (
        (b"<?xml", "an XML file"),
        (b"%!ps", "a PostScript file"),
        (b"from ", "an e-mail"),
        (b"received:", "an e-mail"),
        (b"return-path:", "an e-mail"),
    ):
        if start.startswith(magic):
            return what
    if re.fullmatch(rb"[\x09\x0a\x0d\x20-\x7e\x80-\xff]*", content[:2048]):
        return "plain text"
    return "some other kind of file"
