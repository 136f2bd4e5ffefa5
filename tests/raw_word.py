"""Word files written by hand, as other programs and old Words write them: what python-docx cannot make."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from PIL import Image

from generator.word_files.docx_package import packed, read_package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/relationships",
    "m": f"{_OFFICE}/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
}
NAMESPACES = " ".join(f'xmlns:{short}="{name}"' for short, name in _NAMES.items())
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = ("footnotes", "endnotes", "header", "footer", "comments", "settings")


def word(
    body: str,
    members: Mapping[str, bytes | str] | None = None,
    links: Mapping[str, tuple[str, str]] | None = None,
    *,
    section: str = "",
    main: str = "word/document.xml",
    kind: str = "document.main",
) -> bytes:
    """A Word file with this body; `links` are the document's relations by id: (kind, target)."""
    members = members or {}
    links = links or {}
    overrides = [(f"/{main}", f"{_KIND}.{kind}+xml")]
    overrides += [
        (f"/{name}", f"{_KIND}.{one}+xml") for name in members for one in _KINDS if name.startswith(f"word/{one}")
    ]
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    defaults |= {e: f"image/{e}" for e in ("png", "gif", "jpeg", "tiff", "bmp")} | {
        "html": "text/html",
        "mht": "message/rfc822",
    }
    types = "".join(f'<Default Extension="{e}" ContentType="{k}"/>' for e, k in defaults.items())
    types += "".join(f'<Override PartName="{n}" ContentType="{k}"/>' for n, k in overrides)
    relations = "".join(_relation(name, *target) for name, target in links.items())
    folder, _, name = main.rpartition("/")
    shape = section or page()
    written: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": _relations(_relation("r1", "officeDocument", main)),
        f"{folder}/_rels/{name}.rels": _relations(relations),
        main: f"<w:document {NAMESPACES}><w:body>{body}{shape}</w:body></w:document>",
        **members,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for part, data in written.items():
            package.writestr(part, data)
    return out.getvalue()


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _relation(name: str, kind: str, target: str) -> str:
    outside = ' TargetMode="External"' if "://" in target else ""
    return f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"{outside}/>'


def page(top: int = 1134, head: str = "") -> str:
    """An A4 page; `head` are references to headers and footers."""
    around = f'w:top="{top}" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567"'
    return f'<w:sectPr>{head}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar {around}/></w:sectPr>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*inside: str, properties: str = "") -> str:
    """A paragraph of runs; what does not begin with a tag becomes one."""
    runs = "".join(one if one.startswith("<") else run(one) for one in inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def cell(inside: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="4800" w:type="dxa"/>{properties}</w:tcPr>{inside}</w:tc>'


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def table(*rows: str, columns: int = 2, properties: str = "") -> str:
    grid = '<w:gridCol w:w="4800"/>' * columns
    shape = f'<w:tblPr>{properties}<w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    return f"<w:tbl>{shape}{''.join(rows)}</w:tbl>"


def vml_box(inside: str) -> str:
    """A text box as Word 97 to 2007 writes it."""
    box = f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>"
    return f'<w:r><w:pict><v:shape style="width:200pt;height:50pt">{box}</v:shape></w:pict></w:r>'


_TEXT = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def box(inside: str, inline: bool = False) -> str:
    """A text box of today."""
    text = f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>"
    shape = f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>{text}<wps:bodyPr/></wps:wsp>'
    graphic = f'<a:graphic><a:graphicData uri="{_TEXT}">{shape}</a:graphicData></a:graphic>'
    size = '<wp:extent cx="2000000" cy="900000"/>'
    named = '<wp:docPr id="3" name="box"/>'
    if inline:
        return f"<w:r><w:drawing><wp:inline>{size}{named}{graphic}</wp:inline></w:drawing></w:r>"
    place = (
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    )
    wrap = '<wp:wrapSquare wrapText="bothSides"/>'
    flags = 'simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"'
    return f"<w:r><w:drawing><wp:anchor {flags}>{place}{size}{wrap}{named}{graphic}</wp:anchor></w:drawing></w:r>"


def picture(reference: str = "rI", words: str = "A red square") -> str:
    """A picture in the line."""
    size = 'cx="900000" cy="700000"'
    fill = f'<pic:blipFill><a:blip r:embed="{reference}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    frame = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
    shape = f'<pic:spPr>{frame}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    named = '<pic:nvPicPr><pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr>'
    data = f'<a:graphicData uri="{_NAMES["pic"]}"><pic:pic>{named}{fill}{shape}</pic:pic></a:graphicData>'
    inline = f'<wp:extent {size}/><wp:docPr id="5" name="p" descr="{words}"/><a:graphic>{data}</a:graphic>'
    return f"<w:r><w:drawing><wp:inline>{inline}</wp:inline></w:drawing></w:r>"


def dots(format: str, mode: str = "RGB") -> bytes:
    """A red picture in a format of Pillow's."""
    out = io.BytesIO()
    image = Image.new("RGB", (40, 30), "red")
    (image.quantize(4) if mode == "P" else image.convert(mode)).save(out, format)
    return out.getvalue()


def field(instruction: str, data: str = "", result: str = "") -> str:
    """A field of runs, with the data of an old form field where it is one."""

    def mark(kind: str, inside: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'

    shown = run(result) if result else ""
    named = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return f"{mark('begin', data)}{named}{mark('separate')}{shown}{mark('end')}"


def tick_box(checked: bool) -> str:
    state = "<w:checked/>" if checked else ""
    return field("FORMCHECKBOX", f'<w:ffData><w:checkBox><w:default w:val="0"/>{state}</w:checkBox></w:ffData>')


def footnotes(*notes: str) -> str:
    """The part with footnotes 1, 2, …"""
    written = "".join(f'<w:footnote w:id="{n}">{para(text)}</w:footnote>' for n, text in enumerate(notes, 1))
    return f"<w:footnotes {NAMESPACES}>{written}</w:footnotes>"


def note(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def strict(content: bytes) -> bytes:
    """The same file as Word saves it as Strict Open XML Document."""
    parts = read_package(content).parts
    usual = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(\w+)")

    def renamed(found: re.Match[bytes]) -> bytes:
        if found[1] in (b"package",):
            return found[0]
        return b"http://purl.oclc.org/ooxml/" + found[1] + b"/" + found[2]

    return packed(
        {name: usual.sub(renamed, data) if name != "[Content_Types].xml" else data for name, data in parts.items()}
    )
