"""Entries that only one program knows, in every kind of thing of a PDF: none goes on into a bundle."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.bundle.evidence.sanitise import IntakeWish, take
from tests.bundle_makers import made, saved
from tests.markers import plain, said_in

SHOWN = b"BT /F1 12 Tf 60 700 Td (hello) Tj ET /Span /MC0 BDC EMC /OC /MC1 BDC EMC /G0 gs /Fm Do"
SHOWN += b" q 50 0 0 50 300 300 cm /Im Do Q"


def _with_markers() -> tuple[pikepdf.Pdf, set[str]]:
    """A page with a word of its own in a private entry of everything that it uses."""
    pdf, words = made(), set[str]()

    def word(what: str) -> String:
        words.add(f"zqprivate{what}")
        return String(f"zqprivate{what}")

    page = pdf.pages[0].obj
    box = Array([0, 0, 600, 800])
    form = pdf.make_stream(b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=box, Zq=word("form"))
    size = {"Width": 2, "Height": 2, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
    image = pdf.make_stream(bytes(12), Type=Name.XObject, Subtype=Name.Image, **size, Zq=word("image"))
    layer = Dictionary(Type=Name.OCG, Name=word("layer"), Usage=Dictionary(CreatorInfo=Dictionary(Creator=word("by"))))
    layer = pdf.make_indirect(layer)
    resources = page.Resources
    resources.Zq, resources.Font.F1.Zq, page.Zq = word("resources"), word("font"), word("page")
    resources.XObject = Dictionary(Fm=form, Im=image)
    resources.Properties = Dictionary(MC0=Dictionary(Zq=word("property")), MC1=layer)
    resources.ExtGState = Dictionary(G0=Dictionary(Zq=word("state")))
    page.Contents = pdf.make_stream(SHOWN)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 600, 200, 620]), T=word("who"))
    link.A = Dictionary(S=Name.URI, URI=String("https://www.york.gov.uk/send"))
    link.BS = Dictionary(W=0, Zq=word("border"))
    page.Annots = Array([pdf.make_indirect(link)])
    page.Group = Dictionary(S=Name.Transparency, Zq=word("group"))
    tile = {"PaintType": 1, "TilingType": 1, "XStep": 9, "YStep": 9, "Resources": Dictionary()}
    tile = pdf.make_stream(b"0 0 1 1 re f", Type=Name.Pattern, PatternType=1, BBox=box, **tile, Zq=word("tile"))
    ramp = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, Zq=word("function"))
    fade = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=box, Function=ramp, Zq=word("shading"))
    resources.Pattern, resources.Shading = Dictionary(P0=tile), Dictionary(S0=fade)
    mask = Dictionary(S=Name.Luminosity, G=form, Zq=word("mask"))
    resources.ExtGState.G0.SMask = mask
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Zq=word("viewer"))
    view = Dictionary(Name=word("view"), Creator=word("maker"), Order=Array([word("order"), layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=view)
    pdf.Root.Zq, pdf.trailer.Zq = word("root"), word("trailer")
    return pdf, words


def test_no_private_entry_is_left_and_what_a_page_shows_is() -> None:
    pdf, words = _with_markers()
    content, account = take(saved(pdf), IntakeWish("Report"))
    said = [plain(part) for part in said_in(content)]
    assert {word for word in words if any(word.encode() in part for part in said)} == set()
    assert "private data of a program" in "; ".join(account.removed)
    assert any(b"hello" in part for part in said) and b"https://www.york.gov.uk/send" in content
    with pikepdf.open(io.BytesIO(content)) as clean:
        drawn = {str(one.get("/Subtype")) for one in clean.objects if isinstance(one, pikepdf.Stream)}
    assert {"/Form", "/Image"} <= drawn


def test_what_the_standard_names_is_no_program_s_own_and_a_script_is_told_as_one() -> None:
    pdf = made()
    page = pdf.pages[0].obj
    page.Resources.Font.F1.Name = Name.F1
    out = io.BytesIO()
    pdf.trailer.DocChecksum = Name("/0123456789ABCDEF")
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"/XRef" in out.getvalue()
    assert "private data" not in "; ".join(take(out.getvalue(), IntakeWish("Report"))[1].removed)
    page.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.beep()")))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 600, 200, 620]), AA=page.AA)
    link.A = Dictionary(S=Name.URI, URI=String("https://www.york.gov.uk/send"))
    page.Annots = Array([pdf.make_indirect(link)])
    removed = take(saved(pdf), IntakeWish("Report"))[1].removed
    assert "2 scripts" in removed and "private data" not in "; ".join(removed)
