"""Draws the gallery: every document, short and long, from both engines, and writes its list.

    .venv/bin/python -m tests.make_gallery            # everything; LibreOffice must be there
    .venv/bin/python -m tests.make_gallery my-plan    # the sheets of one kind; the list is left as it is

Short is a pupil of whom only the least is known (tests/smallest), long the longest document of its kind in the example
school. The pages of a bundle are taken from output/, after `make demo`.
"""

from __future__ import annotations

import datetime
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from generator.authorities.pack import load_pack
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.engines import Docx, Engine, Pdf, choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, case_names, find_project
from generator.school.class_briefing import classes, fitted
from generator.school.register import Choice, chosen, entry
from generator.school.register_document import register_document
from tests.two_engines import pages, said_otherwise, words

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "templates" / "gallery"
SHEETS = "sheets"
ON = datetime.date(2026, 11, 22)
WIDTH = 480
"""Of a page that is shown alone, in pixels."""
SMALL, ACROSS, SPACE, CAPTION = 400, 5, 10, 30
"""Of a page on a sheet; pages in a row; pixels between them; height of the line above each engine's pages."""

ENGINES = {"embedded": "Built-in engine", "libreoffice": "LibreOffice"}

PAGES = {
    "profile": ("ada-brown", 0),
    "early-discussion": ("idris-chowdhury", 0),
    "parent-letter": ("kacper-wisniewski", 0),
    "support-plan": ("zoe-obrien-smidt", 4),
    "short-plan": ("ada-brown", 0),
    "cycle": ("ada-brown", 2),
    "short-cycle": ("ada-brown", 0),
    "meeting": ("zoe-obrien-smidt", 0),
    "pcp-meeting": ("ada-brown", 0),
    "views-parents": ("ada-brown", 0),
    "views-pupil": ("ada-brown", 0),
    "invitation": ("ada-brown", 0),
    "meeting-letter": ("ada-brown", 0),
    "my-support-plan": ("ada-brown", 5),
    "behaviour-plan": ("maisie-thorne", 1),
    "behaviour-steps": ("maisie-thorne", 0),
    "request": ("ada-brown", 0),
    "chronology": ("ada-brown", 0),
    "my-plan": ("ada-brown", 0),
    "annual-report": ("zoe-obrien-smidt", 1),
    "transition-passport": ("zoe-obrien-smidt", 0),
    "annual-review": ("nia-okafor", 0),
    "briefing": ("4A", 0),
    "register": ("the school", 0),
}
"""Every kind of document: whose page is shown alone, and which, from 0; of several of a kind the last is shown."""

BUNDLE = {"bundle-contents": 1, "evidence-index": 3}

NAMES = {
    "profile": "One-page profile",
    "early-discussion": "Note of an early discussion",
    "parent-letter": "Letter: special educational provision is being made",
    "support-plan": "SEN support plan",
    "short-plan": "The plan in short",
    "cycle": "Assess, Plan, Do, Review",
    "short-cycle": "A cycle on one page",
    "meeting": "Meeting record",
    "pcp-meeting": "Person-centred planning meeting",
    "views-parents": "Views of the family, before a meeting",
    "views-pupil": "Views of the child: this form is for a child of eight",
    "invitation": "Invitation, with a reply slip",
    "meeting-letter": "Letter after a meeting",
    "my-support-plan": "My Support Plan",
    "behaviour-plan": "Behaviour support plan",
    "behaviour-steps": "Behaviour step by step, the crisis first",
    "request": "Request for an EHC needs assessment",
    "chronology": "Chronology",
    "my-plan": "My plan, for the child",
    "annual-report": "Annual report to parents",
    "transition-passport": "Transition passport",
    "annual-review": "Annual review of an EHC plan",
    "briefing": "Briefing of a class",
    "register": "SEND register",
    "bundle-contents": "Contents of the bundle",
    "evidence-index": "Evidence index of the bundle",
}


@dataclass(frozen=True)
class Written:
    """A document as a Word file: its kind, whose it is, and its name in the case."""

    kind: str
    whose: str
    name: str
    word: bytes


# -- what is drawn ----------------------------------------------------------------------------------------------------


def smallest_school(folder: Path) -> Project:
    """A school of its own, with the pupil of whom the least is known."""
    shutil.copytree(ROOT / "tests" / "smallest", folder / "cases")
    return find_project(folder)


def written(project: Project, kinds: Sequence[str] = ()) -> Iterator[Written]:
    """Every document of a school; `kinds` names those to keep."""
    shelf, all_cases = TemplateShelf(project.template_folders), []
    for name in case_names(project):
        case = load_case(project, name).case
        assert case is not None, name
        all_cases.append(case)
        desk = MergeDesk(project, case, project.pack_of(case), shelf)
        for document in documents(case, desk.pack, list(kinds)):
            yield Written(document.kind, name, document.id, desk.write(document))
    if not kinds or "briefing" in kinds:
        pack = load_pack("standard", project.template_folders, project.schemas)
        engine = choose("embedded")
        for one in classes(all_cases, ON):
            word, _ = fitted(project, pack, shelf, one, ON, engine)
            yield Written("briefing", one.name, "briefing", word)
        engine.close()
    if not kinds or "register" in kinds:
        rows = chosen([entry(case, project.pack_of(case), ON) for case in all_cases], Choice())
        yield Written("register", "the school", "register", register_document(project, rows, ON))


def converted(engine: Engine, all_of_it: Iterable[Written]) -> list[bytes]:
    """The PDFs of documents by one engine, in their order."""
    results = list(engine.convert([Docx(f"{number}", one.word) for number, one in enumerate(all_of_it)]))
    assert all(isinstance(result, Pdf) for result in results), results
    return [result.content for result in results if isinstance(result, Pdf)]


# -- pictures ---------------------------------------------------------------------------------------------------------


def drawn(pdf: bytes, width: int) -> list[Image.Image]:
    """The pages of a PDF as pictures."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=width / page.get_width()).to_pil().convert("RGB") for page in document]


def sheet(pdfs: dict[str, bytes]) -> Image.Image:
    """All pages of a document by each engine, one engine below the other, under its name."""
    font = ImageFont.truetype(str(ROOT / "templates" / "fonts" / "Carlito-Regular.ttf"), 20)
    drawings = {title: drawn(pdf, SMALL) for title, pdf in pdfs.items()}
    across = min(ACROSS, max(map(len, drawings.values())))
    tall = max(image.height for images in drawings.values() for image in images) + SPACE
    rows = {title: -(-len(images) // across) for title, images in drawings.items()}
    size = (across * (SMALL + SPACE) + SPACE, sum(CAPTION + count * tall for count in rows.values()) + SPACE)
    paper, top = Image.new("RGB", size, "#d4d8da"), 0
    for title, images in drawings.items():
        count = f"{len(images)} page{'s' * (len(images) != 1)}"
        ImageDraw.Draw(paper).text((SPACE, top + 4), f"{title}, {count}", "#1d2428", font)
        for number, image in enumerate(images):
            row, column = divmod(number, across)
            paper.paste(image, (SPACE + column * (SMALL + SPACE), top + CAPTION + row * tall))
        top += CAPTION + rows[title] * tall
    return paper


def save(image: Image.Image, place: Path, colours: int) -> None:
    """A PNG with few colours, as it is mostly paper."""
    place.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(colours).save(place, "PNG", optimize=True)
    print(f"{place.name}, {place.stat().st_size // 1024} KB")


# -- the list ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """One sheet of the list: kind, short or long, whose, and how many pages each engine gives."""

    kind: str
    length: str
    whose: str
    pages: tuple[int, ...]

    @property
    def file(self) -> str:
        """The sheet's place in the gallery."""
        return f"{SHEETS}/{self.kind}-{self.length}.png"

    def __str__(self) -> str:
        alike = len(set(self.pages)) == 1
        count = str(self.pages[0]) if alike else " and ".join(map(str, self.pages))
        return f"[{count} page{'s' * (count != '1')}]({self.file}), {self.whose}"


def readme(sheets: Sequence[Sheet], differences: Iterable[str]) -> str:
    """The gallery's list: a page of every document, then all pages of each, then where the engines differ."""
    lines = [
        "# Gallery",
        "",
        "A page of every document, as the built-in engine draws it from the example school. "
        "`python -m tests.make_gallery` draws them anew.",
        "",
        "| | | |",
        "|---|---|---|",
    ]
    names = list(NAMES)
    for start in range(0, len(names), 3):
        row = [*names[start : start + 3], "", ""][:3]
        lines.append("| " + " | ".join(f"![{NAMES[n]}]({n}.png)" if n else "" for n in row) + " |")
        lines.append("| " + " | ".join(NAMES[n] if n else "" for n in row) + " |")
    lines += [
        "",
        "## All pages, short and long, from both engines",
        "",
        "Short is a pupil of whom only the least is known. "
        "Long is the longest document of its kind in the example school.",
        "",
        "| document | short | long |",
        "|---|---|---|",
    ]
    found = {(one.kind, one.length): one for one in sheets}
    for kind in PAGES:
        lines.append(f"| {NAMES[kind]} | {found[kind, 'short']} | {found[kind, 'long']} |")
    return "\n".join([*lines, "", "## Where the two engines differ", "", *differences, ""])


def compared(all_of_it: Sequence[Written], pdfs: dict[str, list[bytes]]) -> Iterator[str]:
    """How many documents have the same pages and words from both engines, and a line for each that has not."""
    names = [f"{one.whose}/{one.name}" for one in all_of_it]
    counts = [tuple(pages(pdf) for pdf in both) for both in zip(*pdfs.values(), strict=True)]
    texts = [tuple(words(pdf) for pdf in both) for both in zip(*pdfs.values(), strict=True)]
    same = sum(len(set(count)) == 1 for count in counts)
    ordered, fewer = sum(one == other for one, other in texts), list(zip(names, texts, strict=True))
    yield (
        f"Of the {len(names)} documents of the example school {same} have the same number of pages from both, and "
        f"{ordered} the same words in the same order."
    )
    yield ""
    for name, count in zip(names, counts, strict=True):
        if len(set(count)) > 1:
            yield f"* {name}: {count[0]} pages by the built-in engine, {count[1]} by LibreOffice"
    for name, (one, other) in fewer:
        if one != other:
            only = said_otherwise(one, other)
            what = (
                f"only one has: {' '.join(only)}"
                if only
                else "a page breaks elsewhere, so a table’s head is repeated elsewhere"
            )
            yield f"* {name}: {what}"


# -- all of it --------------------------------------------------------------------------------------------------------


def make_sheets(
    short: Sequence[Written], long: Sequence[Written], engines: dict[str, Engine], to: Path
) -> Iterator[Sheet]:
    """Draw both sheets of each kind, the last of several short ones and the longest of the long."""
    for length, all_of_it in (("short", short), ("long", long)):
        pdfs = {name: converted(engine, all_of_it) for name, engine in engines.items()}
        for kind in PAGES:
            several = [number for number, one in enumerate(all_of_it) if one.kind == kind]
            if several:
                first = next(iter(pdfs.values()))
                number = max(several, key=lambda n: (pages(first[n]), n))
                both = {ENGINES[name]: made[number] for name, made in pdfs.items()}
                one = Sheet(kind, length, all_of_it[number].whose, tuple(map(pages, both.values())))
                save(sheet(both), to / one.file, 24)
                yield one


def draw_pages(long: Sequence[Written], engine: Engine) -> None:
    """Draw the page of each kind that is shown alone."""
    for kind, (whose, page) in PAGES.items():
        wanted = [one for one in long if (one.kind, one.whose) == (kind, whose)]
        images = drawn(converted(engine, wanted[-1:])[0], WIDTH)
        save(images[min(page, len(images) - 1)], GALLERY / f"{kind}.png", 48)
    bundle = ROOT / "output" / "ada-brown" / "submission" / "bundle.pdf"
    for name, page in BUNDLE.items() if bundle.is_file() else ():
        save(drawn(bundle.read_bytes(), WIDTH)[page], GALLERY / f"{name}.png", 48)


def main(kinds: Sequence[str]) -> None:
    """Draw every picture of the gallery and write its list, or draw the sheets of some kinds."""
    engines = {name: choose(name) for name in ENGINES}
    with tempfile.TemporaryDirectory() as folder:
        short = list(written(smallest_school(Path(folder)), kinds))
    long = list(written(find_project(ROOT), kinds))
    sheets = list(make_sheets(short, long, engines, GALLERY))
    if not kinds:
        draw_pages(long, engines["embedded"])
        pdfs = {name: converted(engine, long) for name, engine in engines.items()}
        (GALLERY / "README.md").write_text(readme(sheets, compared(long, pdfs)), "utf-8", newline="\n")
    for engine in engines.values():
        engine.close()


if __name__ == "__main__":
    main(sys.argv[1:])
