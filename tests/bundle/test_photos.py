"""Photos, scans and screenshots as they come from phones and fax machines."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from generator.bundle import Account, Refused
from generator.bundle.evidence.accessible.letters.embed_fonts import FOLDER
from generator.bundle.evidence.file_type import by_name, sniff
from generator.bundle.evidence.page_by_page.looks_written import looks_written
from generator.bundle.evidence.page_by_page.page_text_and_scans import PHOTO
from generator.bundle.evidence.sanitise import IntakeWish
from tests.bundle.taken import take_and_try
from tests.bundle_makers import photo
from tests.raw_word import para, word


def take(content: bytes) -> tuple[bytes, Account]:
    return take_and_try(content, IntakeWish("Photo"))


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        take(content)
    assert "object at" not in refused.value.message
    return refused.value.message


def saved(image: Image.Image, format: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def noise(size: tuple[int, int] = (800, 600)) -> Image.Image:
    return Image.effect_noise(size, 60).convert("RGB")


@pytest.mark.parametrize("left", [0.3, 0.6, 0.95])
def test_a_photo_that_was_cut_off_is_refused(left: float) -> None:
    whole = saved(noise(), "JPEG")
    assert refusal(whole[: int(len(whole) * left)]).startswith("is a damaged picture (it breaks off before its end")


def test_a_photo_of_broken_data_is_refused_in_plain_words() -> None:
    whole = bytearray(saved(noise(), "JPEG", quality=30))
    del whole[300:600]
    with pytest.raises(Refused):
        take(bytes(whole[:200]) + b"\xff\xd8\xff\xe0" + bytes(whole[5000:]))
    assert "or one of a kind that no program here can read" in refusal(b"\xff\xd8\xff" + bytes(40))


def test_a_whole_photo_goes_in() -> None:
    _, account = take(photo((200, 150)))
    assert account.pages == 1


def long_chat(height: int = 9_000) -> bytes:
    image = Image.new("RGB", (1_080, height), "white")
    pen = ImageDraw.Draw(image)
    for top in range(0, height, 100):
        pen.rectangle((40, top + 20, 900, top + 60), fill="black")
    return saved(image, "PNG")


@pytest.mark.whole
def test_a_long_screenshot_is_cut_over_pages_that_can_be_read() -> None:
    result, account = take(long_chat())
    assert account.pages == 6
    assert "cut over 6 pages, each beginning with the last lines of the one before" in account.done
    with pypdfium2.PdfDocument(result) as document:
        for page in document:
            [picture] = page.get_objects([3], max_depth=5)
            left, _, right, _ = picture.get_bounds()
            assert right - left > 450, "as wide as the page, not a strip"


def test_a_phone_screen_stays_on_one_page() -> None:
    assert take(saved(Image.new("RGB", (1_080, 2_400), "white"), "PNG"))[1].pages == 1


def test_a_fax_has_its_proportions() -> None:
    """204 dots an inch across and 98 down: a sheet of A4, not half of one."""
    fax = Image.new("1", (1_728, 1_143), 1)
    result, _ = take(saved(fax, "TIFF", dpi=(204, 98)))
    with pypdfium2.PdfDocument(result) as document:
        [picture] = document[0].get_objects([3], max_depth=5)
        left, low, right, high = picture.get_bounds()
    assert (high - low) / (right - left) == pytest.approx(1143 / 98 / (1728 / 204), rel=0.02)


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_of_a_film_the_first_picture_is_shown_and_told(format: str) -> None:
    frames = [Image.new("RGB", (50, 40), (n * 20, 0, 0)) for n in range(12)]
    _, account = take(saved(frames[0], format, save_all=True, append_images=frames[1:]))
    assert account.pages == 1
    assert "it is a moving picture of 12 pictures: only the first is shown" in account.warnings


def test_all_pages_of_a_scan_go_in() -> None:
    pages = [Image.new("L", (500, 700), 255) for _ in range(3)]
    assert take(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))[1].pages == 3


# -- what a file is ---------------------------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize("name", ["WordDocument", "worddocument", "WORDDOCUMENT"])
def test_an_old_word_file_is_known_however_its_parts_are_spelled(name: str) -> None:
    assert sniff(OLE + bytes(500) + name.encode("utf-16-le") + bytes(500)) == ("other text", "old Word document")


def test_an_outlook_message_is_known_by_what_is_in_it_and_by_its_name() -> None:
    with pytest.raises(Refused) as refused:
        sniff(OLE + bytes(500) + "__properties_version1.0".encode("utf-16-le"))
    assert refused.value.message == "is not a PDF but an Outlook message"
    assert "Outlook" in refused.value.hint
    with pytest.raises(Refused) as refused:
        sniff(OLE + bytes(2_000))
    assert by_name(refused.value, ".MSG").message == "is not a PDF but an Outlook message"
    assert by_name(refused.value, ".xls") is refused.value


def test_a_pages_document_is_known() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("Index/Document.iwa", b"x")
    with pytest.raises(Refused) as refused:
        sniff(out.getvalue())
    assert "Apple Pages" in refused.value.message
    assert "Export To, PDF" in refused.value.hint


@pytest.mark.parametrize("kind", ["document.main", "template.main"])
@pytest.mark.parametrize("main", ["word/document.xml", "word/document22.xml"])
def test_word_online_and_templates_are_word(kind: str, main: str) -> None:
    content = word(para("Words"), main=main, kind=kind)
    assert sniff(content) == ("Word document", "Word document")
    clean, account = take(content)
    assert account.kind == "Word document"
    assert b"template.main" not in zipfile.ZipFile(io.BytesIO(clean)).read("[Content_Types].xml")


FETCHED = {"rT": ("attachedTemplate", "file:///C:/School/Template.dotx"), "rI": ("image", "https://example.org/a.png")}
LINKED = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="700000"/><wp:docPr id="5" name="p"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
    '<a:blip r:link="rI"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)


def test_what_word_would_fetch_from_elsewhere_is_taken_out_and_told() -> None:
    from generator.engines import Docx, Pdf, choose

    content, account = take(word(para("Words ", LINKED), {}, FETCHED))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    for gone in (b"example.org", b"Template.dotx", b"External", b"r:link"):
        assert gone not in everything
    assert "1 template(s) that were to be fetched from elsewhere" in account.removed
    assert list(account.warnings) == [
        "1 picture(s) would be fetched from elsewhere and cannot be shown: put them into the document"
    ]
    [made] = choose("embedded").convert([Docx("report", content)])
    assert isinstance(made, Pdf), made


LINES = ("Dear Mrs Thorne, we saw Maisie in clinic on Monday", "and she told us that she cannot hear the teacher")


def letter(paper: tuple[int, int, int] = (232, 228, 220), lines: int = 24) -> Image.Image:
    """A sheet of print as a camera sees it, on a table, with a shadow over one side."""
    sheet = Image.new("RGB", (900, 1200), paper)
    font = ImageFont.truetype(io.BytesIO((FOLDER / "Sans-Regular.ttf").read_bytes()), 30)
    for number in range(lines):
        ImageDraw.Draw(sheet).text((60, 60 + 44 * number), LINES[number % 2], font=font, fill=(45, 45, 60))
    table = Image.new("RGB", (1200, 1500), (120, 84, 56))
    table.paste(sheet, (150, 150))
    dark = Image.new("RGB", table.size, (60, 56, 52))
    return Image.composite(table, dark, Image.linear_gradient("L").resize(table.size).point(lambda v: 140 + v // 3))


def drawing() -> Image.Image:
    picture = Image.new("RGB", (1200, 900), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((300, 200, 800, 700), outline="black", width=12)
    draw.line((0, 800, 1200, 780), fill="green", width=20)
    return picture


def scene() -> Image.Image:
    return Image.merge(
        "RGB", [Image.effect_noise((900, 700), 90).filter(ImageFilter.GaussianBlur(n)) for n in (2, 5, 9)]
    )


@pytest.mark.whole
@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (letter(), True),
        (letter((250, 250, 250)).rotate(90, expand=True), True),
        (letter(lines=0), False),
        (drawing(), False),
        (scene(), False),
        (Image.radial_gradient("L"), False),
    ],
)
@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_photo_of_writing_says_that_it_has_no_text(picture: Image.Image, said: bool, format: str) -> None:
    _, account = take(saved(picture, format))
    assert [PHOTO in one for one in account.warnings] == ([True] if said else [])


def in_light(paper: int, ink: int, grain: int, lines: int = 20) -> Image.Image:
    """A sheet of print by so much light, with the grain of a camera."""
    sheet = Image.new("L", (800, 1000), paper)
    font = ImageFont.truetype(io.BytesIO((FOLDER / "Sans-Regular.ttf").read_bytes()), 26)
    for number in range(lines):
        ImageDraw.Draw(sheet).text((40, 40 + 44 * number), LINES[number % 2], font=font, fill=ink)
    return ImageChops.add(sheet, Image.effect_noise(sheet.size, grain), 1, -128)


@pytest.mark.parametrize("light", [(50, 15, 3), (30, 8, 2), (100, 85, 2), (200, 180, 3), (235, 215, 2)])
def test_writing_is_seen_in_the_dark_and_when_it_is_faint(light: tuple[int, int, int]) -> None:
    assert looks_written(in_light(*light))


@pytest.mark.parametrize("light", [(40, 15, 6), (128, 90, 20), (235, 215, 3), (128, 90, 60)])
def test_the_grain_of_a_photo_is_no_writing(light: tuple[int, int, int]) -> None:
    assert not looks_written(in_light(*light, lines=0))


def test_a_photo_of_writing_that_somebody_has_described_is_not_asked_for() -> None:
    _, account = take_and_try(
        saved(letter(), "JPEG"), IntakeWish("Photo", "A letter from the clinic: Maisie hears 40%")
    )
    assert not any(PHOTO in one for one in account.warnings)
