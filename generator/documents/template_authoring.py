"""Work on templates for the people who edit them: find, check, begin, copy, try one out on a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree

from generator.authorities.pack import STANDARD, Pack, load_pack
from generator.cases.case import Case, newest_date
from generator.documents.catalogue import Document, MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.documents.templates import older_house
from generator.documents.templates.checking.available_fields import KnownFields, known, record_kinds, singular
from generator.documents.templates.checking.check_template import check_template
from generator.documents.templates.house_style import heading_colour
from generator.documents.templates.render import load_template, render
from generator.documents.templates.school_look import house_bytes, recoloured, told_of_logo, top_margin, with_logo
from generator.files.atomic_files import keep_copy, write_file
from generator.folder.school_folder import BUILT_IN, Project
from generator.problems import Problem, WrongUse
from generator.word_files.docx_package import Member, W, content_types, parse, read_package, serialize, write_package
from generator.word_files.pictures_with_alt_text import read_picture

SCHOOL = "school"
"""The folder in templates/ that holds a school's own."""

FRONT = (
    "ask-",
    "views-",
    "bundle-",
    "evidence-index",
    "changes",
    "briefing",
    "register",
    "inclusion-strategy",
    "governors",
    "provision-map",
)
"""How the templates of pages that are no document of a case are named: they get more than a case's fields."""


def school_pack(project: Project) -> Pack:
    """The pack of the school's own authority."""
    school = project.school_data
    return load_pack(str(school.get("authority") or STANDARD), project.template_folders, project.schemas)


def known_to(project: Project, pack: Pack, name: str) -> KnownFields:
    """What the template of a name may print."""
    return known(project.schemas, pack.words, bundle_pages=name.startswith(FRONT))


@dataclass(frozen=True)
class FoundTemplate:
    """One template file: where it is, how it is shown, and the pack whose words and house style hold for it."""

    path: Path
    shown: str
    pack: Pack

    @property
    def comes_with_the_program(self) -> bool:
        """False for a template of the school's own."""
        return self.path.is_relative_to((BUILT_IN / "templates").resolve())


def find_templates(project: Project, wanted: Sequence[str], here: Path) -> list[FoundTemplate]:
    """The templates that are named, as a file or as the name of one in templates/; all when none is named."""
    if not wanted:
        return [
            _found(project, path) for folder in project.template_folders for path in sorted(folder.glob("*/*.docx"))
        ]
    pack, shelf = school_pack(project), TemplateShelf(project.template_folders)
    found = []
    for name in wanted:
        places = [here / name, project.root / name]
        file = next((place for place in places if place.is_file()), None)
        found.append(_found(project, file or shelf.find(with_ending(name), pack)))
    return found


def with_ending(name: str) -> str:
    """The file name of a template."""
    return name if name.endswith(".docx") else f"{name}.docx"


def _found(project: Project, path: Path) -> FoundTemplate:
    path = path.resolve()
    home = path.parent.name
    inside = any(path.parent.parent == folder.resolve() for folder in project.template_folders)
    own = inside and (path.parent / "pack.yaml").is_file()
    pack = load_pack(home, project.template_folders, project.schemas) if own else school_pack(project)
    return FoundTemplate(path, f"templates/{home}/{path.name}" if inside else path.name, pack)


def check(project: Project, found: FoundTemplate) -> list[Problem]:
    """Every finding about a template, with its own pack's words and house style."""
    shelf = TemplateShelf(project.template_folders)
    house = None if found.path.name == "house.docx" else shelf.find("house.docx", found.pack)
    known_names = known_to(project, found.pack, found.path.name)
    standard = BUILT_IN / "templates" / STANDARD / found.path.name
    usual = standard if standard.is_file() else None
    problems = check_template(found.path, house, found.shown, known_names, _records(project, found), usual)
    if house is None and usual is not None and not any(problem.blocks for problem in problems):
        own = read_package(found.path.read_bytes())
        told = (*older_house.told(own, read_package(usual.read_bytes())), *told_of_logo(own))
        problems += [Problem.of_file(found.shown, "quality", *finding) for finding in told]
    return problems


def _records(project: Project, found: FoundTemplate) -> list[str]:
    """The kinds of record that the pack's documents print with this template; none for those that come with it.

    What a standard template leaves out of a record is meant: several documents print one kind of record between them.
    """
    if found.comes_with_the_program:
        return []
    rows = [row for row in found.pack.documents if row["template"] == found.path.name]
    kinds = [str(row.get("each") or next(iter(row.get("needs", ())), "")) for row in rows]
    return [kind for kind in dict.fromkeys(kinds) if len(rows) == 1 and kind in record_kinds(project.schemas)]


# -- beginning --------------------------------------------------------------------------------------------------------


def copied(project: Project, name: str) -> tuple[Path, bytes]:
    """Where a copy of a standard template for the school's own changes goes, and its bytes.

    Raises WrongUse when the school has its own already, FilesHaveErrors when there is none of that name.
    """
    file = with_ending(name)
    target = _free(project, file)
    return target, TemplateShelf(project.template_folders).find(file, school_pack(project)).read_bytes()


def styled(project: Project, logo: Path | None, colour: str) -> tuple[Path, bytes]:
    """Where the school's house style is, and its bytes with the logo and the colour put in.

    Begun from the nearest house.docx; everything else in it stays. Raises FilesHaveErrors for a file that is no
    picture, WrongUse for a colour that is none or too pale.
    """
    path = TemplateShelf(project.template_folders).find("house.docx", school_pack(project))
    house = read_package(path.read_bytes())
    standard = read_package((BUILT_IN / "templates" / STANDARD / "house.docx").read_bytes())
    older_house.completed(house, standard, heading_colour(house))
    if colour:
        recoloured(house, colour)
    if logo is not None:
        name = str(project.school.data.get("name", "the school")) if project.school else "the school"
        with_logo(house, read_picture(logo.read_bytes(), f"Logo of {name}", logo.name), top_margin(standard))
    return project.root / "templates" / SCHOOL / "house.docx", house_bytes(house)


def put_house(project: Project, content: bytes) -> Path | None:
    """Make a Word file the school's house style; the one that was there is kept, and its new place is given.

    Raises WrongUse for what is no Word file.
    """
    if not content.startswith(b"PK"):
        raise WrongUse("That is not a Word file (.docx). Nothing was changed.", "Save it in Word as .docx first.")
    path = project.root / "templates" / SCHOOL / "house.docx"
    kept = None
    if path.is_file() and path.read_bytes() != content:
        kept = keep_copy(path, (path.parent / "before" / f"house {number}.docx" for number in range(1, 1000)))
    write_file(path, content)
    return kept


def begun(project: Project, name: str, kind: str) -> tuple[Path, bytes]:
    """Where a new template goes, and its bytes: the house style's file with a body to go on from.

    With a kind of record its body prints every field. Raises WrongUse for a name that is taken or an unknown kind.
    """
    kinds = record_kinds(project.schemas)
    if kind and kind not in kinds:
        raise WrongUse(f"There is no kind of record called {kind}.", f"There are: {', '.join(kinds)}.")
    target = _free(project, with_ending(name))
    pack = school_pack(project)
    house = TemplateShelf(project.template_folders).find("house.docx", pack)
    lines = list(_of_kind(known_to(project, pack, target.name), kind)) if kind else _MINIMAL
    return target, _with_body(house.read_bytes(), [_TITLE, _UNDER_IT, *lines])


def _free(project: Project, file: str) -> Path:
    target = project.root / "templates" / SCHOOL / file
    if Path(file).name != file:
        raise WrongUse(f"{file} is not a plain file name.", "Give a name like medical-plan.")
    if target.exists():
        raise WrongUse(
            f"templates/{SCHOOL}/{file} is there already; nothing was changed.",
            "Open it in Word, or choose another name.",
        )
    return target


_Line = tuple[str, str]
"""Style id and text of a paragraph."""

_TITLE: _Line = ("Title", "{{ document.title }}")
_UNDER_IT: _Line = ("Subtitle", "{{ facts.full_name }} · {{ facts.year_group }} · {{ document.date }}")
_MINIMAL: list[_Line] = [
    ("Heading1", "First heading"),
    ("", "Write here. A field stands in double braces, like {{ facts.first_name }}."),
    ("Heading2", "A list"),
    ("", "{%p for need in pupil.needs %}"),
    ("ListBullet", "{{ need.title }}"),
    ("", "{%p endfor %}"),
]


def _of_kind(known: KnownFields, kind: str) -> list[_Line]:
    """A paragraph for each field of a record, lists in loops."""
    name, shape = kind.replace("-", "_"), known.schemas.shape(kind)
    lines: list[_Line] = []
    for field in shape.names:
        inner = known.meant(shape.property(field))
        if inner is None or field == "audience":
            continue
        path, title = f"{name}.{field}", str(inner.keywords.get("title", field))
        item = inner.item() if "array" in inner.types else None
        if item is not None:
            one = singular(field)
            names = item.names if item.types == {"object"} else []
            texts = [f"{{{{ {one}.{n} }}}}" for n in names if _prints(item.property(n))] or [f"{{{{ {one} }}}}"]
            lines += [("", f"{{%p if {path} %}}"), ("Heading2", title), ("", f"{{%p for {one} in {path} %}}")]
            lines += [("ListBullet", " · ".join(texts)), ("", "{%p endfor %}"), ("", "{%p endif %}")]
        elif inner.types == {"object"}:
            lines += [("", f"{{%p if {path} %}}"), ("Heading2", title)]
            lines += [
                ("", f"{part.keywords.get('title', n)}: {{{{ {path}.{n} }}}}")
                for n in inner.names
                if (part := inner.property(n)) is not None and _prints(part)
            ]
            lines.append(("", "{%p endif %}"))
        else:
            lines += [("Heading2", title), ("", f"{{{{ {path} }}}}")]
    return lines


def _prints(shape: Any) -> bool:
    return shape is not None and "array" not in shape.types and shape.types != {"object"}


def _with_body(house: bytes, lines: Sequence[_Line]) -> bytes:
    package = read_package(house)
    root = parse(package.parts[package.main])
    body = root.find(f"{W}body")
    if body is None:
        raise WrongUse("house.docx has no body.", "Copy it again with: sendpack template copy house")
    section = body.find(f"{W}sectPr")
    for child in list(body):
        if child is not section:
            body.remove(child)
    for number, (style, text) in enumerate(lines):
        body.insert(number, etree.fromstring(_paragraph(style, text)))
    package.parts[package.main] = serialize(root)
    package.parts["[Content_Types].xml"] = content_types(package.names)
    return write_package(Member.of(name, content) for name, content in sorted(package.parts.items()))


def _paragraph(style: str, text: str) -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    words = f'<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'
    return f'<w:p xmlns:w="{W[1:-1]}">{named}{words}</w:p>'


# -- trying out -------------------------------------------------------------------------------------------------------


def preview(project: Project, case: Case, found: FoundTemplate) -> bytes:
    """The template merged with a case, as a Word file; with the newest document that it is used for, if any."""
    pack, shelf = project.pack_of(case), TemplateShelf(project.template_folders)
    desk = MergeDesk(project, case, pack, shelf)
    made = [document for document in documents(case, pack) if document.template == found.path.name]
    plain = Document(found.path.stem, found.path.stem, _title(found.path.stem), found.path.name, {}, newest_date(case))
    document = made[-1] if made else plain
    template = load_template(found.path, shelf.find("house.docx", pack))
    return render(template, desk.context(document, None))


def _title(stem: str) -> str:
    return stem[:1].upper() + stem[1:].replace("-", " ")
