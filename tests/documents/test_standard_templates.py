"""The standard templates: from their source, sound in both engines, whole for the least and for any text."""

# ruff: noqa: E501 - small XML and YAML texts read best on one line

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document as read_docx

from generator.authorities.pack import load_pack
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.engines import Docx, Pdf
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from generator.word_files.docx_package import W, parse, read_package
from templates.source.__main__ import TEMPLATES, made
from tests.documents.merged_templates import CASE_TEMPLATES, STANDARD, body_of, photo, text_of
from tests.documents.smallest_school import MINIMAL, filled, make_school, minimal, written
from tests.engines.real_engines import engine_called


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_committed_template_is_what_its_source_makes(name: str) -> None:
    assert (STANDARD / name).read_bytes() == made(name), "run: python -m templates.source"


@pytest.mark.parametrize("name", TEMPLATES)
def test_word_files_are_sound_and_keep_the_rules_of_both_engines(name: str) -> None:
    docx = (STANDARD / name).read_bytes()
    assert read_docx(io.BytesIO(docx)).core_properties.title
    body = body_of(docx)
    known = {style.get(f"{W}styleId") for style in parse(read_package(docx).parts["word/styles.xml"])}
    assert {s.get(f"{W}val") for s in body.iter(f"{W}pStyle", f"{W}rStyle")} <= known
    for printed in body.iter(f"{W}tbl"):
        rows = printed.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None, "the first row of every table is a heading row"
        widths = [int(column.get(f"{W}w", "0")) for column in printed.iter(f"{W}gridCol")]
        assert all([int(w.get(f"{W}w", "0")) for w in row.iter(f"{W}tcW")] == widths for row in rows)


@pytest.mark.whole
def test_the_least_that_the_schemas_ask_for_makes_every_document_without_an_empty_heading_or_table(
    tmp_path: Path,
) -> None:
    made_now = written(make_school(tmp_path, minimal("Something")))
    assert len(made_now) == len(CASE_TEMPLATES)
    for name, docx in made_now.items():
        assert_nothing_empty(name, docx)
        assert "None" not in text_of(docx) and "{{" not in text_of(docx), name


@pytest.mark.whole
def test_parts_of_a_request_are_numbered_without_gaps(tmp_path: Path) -> None:
    text = text_of(written(make_school(tmp_path, minimal("Something")))["request"])
    assert [line.split("  ")[0] for line in text.splitlines() if "  " in line[:4]] == ["1", "2", "3", "4", "5", "6"]


def assert_nothing_empty(name: str, docx: bytes) -> None:
    """No heading is followed at once by one of its own or a higher level, or by nothing; no table is without rows."""
    last = 0
    for element in body_of(docx).find(f"{W}body"):  # type: ignore[union-attr]
        style = element.find(f"{W}pPr/{W}pStyle")
        kind = style.get(f"{W}val", "") if style is not None else ""
        level = int(kind[-1]) if kind.startswith("Heading") else 0
        text = "".join(element.itertext()).strip()
        text = text or "".join("_" for _ in element.iter(f"{W}tab"))
        if level:
            assert text, f"{name}: an empty heading"
            assert not last or level > last, f"{name}: nothing stands under the heading before {text!r}"
            last = level
        elif text or element.tag == f"{W}tbl":
            last = 0
        if element.tag == f"{W}tbl":
            rows = ["".join(row.itertext()).strip() for row in element.iter(f"{W}tr")]
            assert len(rows) > 1 and all(rows), f"{name}: a blank table or row {rows}"
    assert not last, f"{name}: it ends with a heading"


@pytest.mark.whole
@pytest.mark.parametrize(
    "text",
    [
        "Zoë O'Brien-Šmidt & Sons <b>",
        "👩‍🏫 {{ x }} {% y %} 100 %",
        "line\nline\n\n" + "A long paragraph of its own. " * 120,
    ],
)
def test_any_text_survives_in_every_document(tmp_path: Path, text: str) -> None:
    files = {name: f"parents_views: TEXT\n{yaml}" if "meetings" in name else yaml for name, yaml in MINIMAL.items()}
    made_now = written(make_school(tmp_path, filled(files, text)))
    for name, docx in made_now.items():
        if name.startswith(("invitation", "chronology")):
            continue  # these print no text of any length
        flat = " ".join(text_of(docx).split())
        words = [" ".join(part.split()) for part in text.split("\n\n")]
        assert all(part in flat for part in words), name
        read_docx(io.BytesIO(docx))


@pytest.mark.whole
def test_the_example_school_makes_every_document_whole(tmp_path: Path) -> None:
    project = find_project(BUILT_IN)
    pack = load_pack("standard", project.template_folders, project.schemas)
    shelf = TemplateShelf(project.template_folders)
    loaded = load_case(project, "ada-brown")
    assert loaded.case is not None
    desk = MergeDesk(project, loaded.case, pack, shelf)
    made_now = written(desk)
    assert made_now.keys() >= {"profile", "support-plan", "parent-letter-samira", "my-support-plan", "request"}
    for name, docx in made_now.items():
        assert_nothing_empty(name, docx)
    plan = text_of(made_now["support-plan"])
    assert (
        plan.index("Hopes for the future")
        < plan.index("Strengths and needs")
        < plan.index("What we are working towards")
    )


@pytest.mark.whole
def test_each_parent_gets_a_letter_of_their_own_and_no_address_of_the_other(tmp_path: Path) -> None:
    files = minimal("Ms X")
    files["pupil.yaml"] = files["pupil.yaml"].replace(
        "needs:",
        "  - {id: p2, name: Bo Brown, title: Mr, relationship: Father, parental_responsibility: yes, address: 9 Far Road, postcode: ZZ99 1AA}\n"
        "address: 1 Near Road\npostcode: ZZ99 2BB\nneeds:",
    )
    made_now = written(make_school(tmp_path, files))
    first, second = text_of(made_now["parent-letter-ms-x"]), text_of(made_now["parent-letter-bo-brown"])
    assert "1 Near Road" in first and "9 Far Road" not in first
    assert "9 Far Road" in second and "1 Near Road" not in second and "Dear Mr Brown" in second


@pytest.mark.whole
def test_a_profile_with_a_photo_shows_it_beside_what_people_admire(tmp_path: Path) -> None:
    files = minimal("Kind")
    files["pupil.yaml"] += "photo: {file: ada.jpg, describes: Ada laughs, consent: yes}\n"
    docx = written(make_school(tmp_path, {**files, "ada.jpg": photo((600, 400))}))["profile"]
    assert len(read_docx(io.BytesIO(docx)).inline_shapes) == 1
    assert "This is Ada" in text_of(docx)


ROW = {"id": "e1", "number": "B2", "title": "Report & more", "date": None, "date_text": "3 March 2026", "first": "12",
       "last": "15", "pages": "12-15", "shows": "What it shows", "link": "https://bundle.invalid/e1", "file": 0}  # fmt: skip


BUNDLE = {"title": "Request", "total": 84, "documents": 9, "made": None, "send": "by post, Town Hall"}


@pytest.mark.parametrize(
    ("name", "given", "shown"),
    [
        ("bundle-cover", {"bundle": BUNDLE}, "9 documents on 84 pages. Sent by post, Town Hall."),
        (
            "bundle-contents",
            {
                "bundle": BUNDLE,
                "late": False,
                "file": 0,
                "sections": [
                    {
                        "letter": "B",
                        "title": "Plans",
                        "link": "https://bundle.invalid/s",
                        "first": "3",
                        "documents": [ROW],
                    }
                ],
                "absent": [{"what": "Hearing check", "why": "no paper is on file."}],
            },
            "Hearing check: no paper is on file.",
        ),
        (
            "evidence-index",
            {
                "bundle": BUNDLE,
                "criteria": [
                    {
                        "id": "a",
                        "text": "Progress",
                        "source": "Code 9.14",
                        "evidence": [ROW],
                        "missing": False,
                        "note": "Scores on page 4",
                        "answer": "",
                    },
                    {
                        "id": "b",
                        "text": "Health",
                        "source": "",
                        "evidence": [],
                        "missing": True,
                        "note": "",
                        "answer": "No",
                    },
                ],
            },
            "Scores on page 4",
        ),
        (
            "bundle-papers",
            {
                "bundle": BUNDLE,
                "papers": [
                    {"title": "Form DP1", "usual": False, "here": True, "answer": "", "evidence": [ROW]},
                    {"title": "Map", "usual": True, "here": False, "answer": "No", "evidence": []},
                ],
            },
            "Map (usually expected, not required)",
        ),
        (
            "bundle-placeholder",
            {"bundle": BUNDLE, "title": "Report", "reason": "it is locked", "hint": "Ask"},
            "it is locked",
        ),
    ],
)
def test_the_pages_of_a_bundle(tmp_path: Path, name: str, given: dict[str, Any], shown: str) -> None:
    docx = make_school(tmp_path, minimal("x")).front(name, "Bundle", date(2026, 3, 1), given)
    assert shown in text_of(docx)
    linked = [r.target for r in read_package(docx).relations("word/document.xml") if r.external]
    assert linked == (["https://bundle.invalid/e1"] if ROW["title"] in text_of(docx) else [])


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_a_profile_of_usual_length_is_one_page_and_a_meeting_note_is_short(tmp_path: Path, engine: str) -> None:
    project = find_project(BUILT_IN)
    pack = load_pack("standard", project.template_folders, project.schemas)
    shelf = TemplateShelf(project.template_folders)
    docs = []
    for pupil_name in ("ada-brown", "zoe-obrien-smidt"):
        case = load_case(project, pupil_name).case
        assert case is not None
        desk = MergeDesk(project, case, pack, shelf)
        docs += [Docx(f"{pupil_name} {d.id}", desk.write(d)) for d in documents(case, pack, ["profile", "meeting"])]
    started = engine_called(engine)
    pages = {pdf.name: pdf.pages for pdf in started.convert(docs) if isinstance(pdf, Pdf)}
    assert len(pages) == len(docs)
    assert {name: n for name, n in pages.items() if n > (1 if name.endswith("profile") else 3)} == {}


@pytest.mark.parametrize("bundled", [False, True])
def test_a_page_of_a_bundle_leaves_its_number_to_the_bundle(tmp_path: Path, bundled: bool) -> None:
    desk = make_school(tmp_path, minimal("x"))
    docx = desk.write(documents(desk.case, desk.pack, ["profile"])[0], bundled=bundled)
    footer = next(part for part in read_package(docx).parts.values() if b"w:ftr" in part)
    assert (b"NUMPAGES" in footer, b"Page " in footer) == (not bundled, not bundled)
