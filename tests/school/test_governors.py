"""Papers for governors: landscape pages, with or without findings, and a summary in which nobody can be found."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
from docx import Document as read_docx

from generator.cases.vocabulary import SEN_TYPES
from generator.documents.catalogue import documents
from generator.folder.school_folder import BUILT_IN
from generator.school.governors_summary import summary
from generator.school.provision import provision_map
from generator.school.register import Choice, chosen
from generator.school.register_document import governors_document, provision_document
from generator.values import small_numbers
from generator.values.small_numbers import NOT_SHOWN
from tests.big_school import ON, write_school
from tests.documents.merged_templates import text_of
from tests.documents.test_new_documents import desk_of
from tests.example_school import copy_school, sendpack
from tests.school.test_register import entries

DAY = ("--on", "2026-11-29")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_school(tmp_path_factory.mktemp("school"), "ada-brown", "kacper-wisniewski", "maisie-thorne")
    (folder / "cases" / "kacper-wisniewski" / "profile.yaml").unlink()
    return folder


def made(school: Path, *words: str) -> tuple[str, pypdf.PdfReader]:
    """What a command writes as Word text and as a PDF by the built-in engine."""
    done = sendpack(school, *words, *DAY, "--docx", "paper.docx", "--pdf", "paper.pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    return text_of((school / "paper.docx").read_bytes()), pypdf.PdfReader(school / "paper.pdf")


@pytest.mark.whole
@pytest.mark.parametrize("words", [("register",), ("provision", "--costs"), ("governors",)])
def test_papers_of_the_whole_school_lie_on_landscape_pages(school: Path, words: tuple[str, ...]) -> None:
    _, pdf = made(school, *words)
    assert all(page.mediabox.width > page.mediabox.height for page in pdf.pages)
    header = read_docx(school / "paper.docx").sections[0].header.paragraphs[0]
    assert [stop.position.twips for stop in header.paragraph_format.tab_stops][-1] == 14570, (
        "the title ends at the margin"
    )


@pytest.mark.whole
def test_the_register_goes_out_with_or_without_findings(school: Path) -> None:
    with_them, _ = made(school, "register")
    without, _ = made(school, "register", "--without-findings")
    assert "To put right" in with_them and "To put right" not in without
    assert "Ada Brown" in without and "95.7%" in without


@pytest.mark.whole
def test_the_provision_map_has_costs_only_where_they_are_asked_for(school: Path) -> None:
    costed, _ = made(school, "provision", "--costs")
    plain, _ = made(school, "provision")
    assert "Precision teaching of high-frequency words, mixed sets" in plain and "£" not in plain
    assert "£577.60" in costed and "£6,091.40" in costed


@pytest.mark.whole
def test_a_table_without_a_number_is_no_table() -> None:
    """A small school’s eight pupils in eight year groups: the labels alone say where somebody is."""
    desk = desk_of(BUILT_IN, "ada-brown")
    told = summary(entries(BUILT_IN), provision_map.lines([desk.case], ON), [])
    assert told["told"] == [] and "By year group" in told["held_back"]
    text = text_of(governors_document(desk.project, told, ON))
    assert NOT_SHOWN not in text and "Year 4" not in text  # was: a row for each, “not shown”
    assert "Not told, as a number would tell of a pupil" in text and "By year group" in text


def test_the_provision_map_names_who_is_on_the_register_and_not_on_it() -> None:
    desk = desk_of(BUILT_IN, "toby-merrick")
    late = ON.replace(month=12, day=1)
    resting = list(provision_map.resting([desk.case], late))
    assert provision_map.lines([desk.case], late) == [] and [str(one) for one in resting] == [
        "Toby Merrick (toby-merrick)"
    ]  # was: nobody
    text = text_of(provision_document(desk.project, [], resting, False, late))
    assert "On the register, but no support is running today: Toby Merrick." in text
    alike = [replace(resting[0], form="9W"), replace(resting[0], year=4, form="")]
    text = text_of(provision_document(desk.project, [], alike, False, late))
    assert "today: Toby Merrick (Year 9, 9W) and Toby Merrick (Year 4)." in text  # was: one name twice
    first, *_ = provision_map.sheets(provision_map.Map((), (), (), (), tuple(resting)), {}, False)
    assert [list(row)[:4] for row in first.rows] == [["toby-merrick", "Toby Merrick", resting[0].year, 0]]
    assert first.notes == ("On the register, but no support is running today: Toby Merrick (toby-merrick).",)


@pytest.mark.whole
def test_the_summary_counts_large_groups_and_nobody_else(tmp_path: Path) -> None:
    rows = chosen(entries(write_school(tmp_path / "large", 120, 40)), Choice())
    told = summary(rows, [], [])
    for one in told["tables"]:
        said = [row["pupils"] for row in one["rows"]]
        assert all(word == NOT_SHOWN or int(word) >= 5 for word in said), one["title"]
    by_need = {row["label"]: row["pupils"] for row in told["tables"][1]["rows"]}
    assert by_need[SEN_TYPES["SLCN"]] == str(sum(row.primary == "SLCN" for row in rows))
    assert told["pupils"] == 40 and told["impact"] is None


@pytest.mark.whole
def test_no_name_and_no_small_number_is_in_the_paper(school: Path) -> None:
    text, _ = made(school, "governors")
    assert "fewer than 5" in text and not any(name in text for name in ("Ada", "Kacper", "Maisie", "Begum"))
    lines = {line for line in text.splitlines() if line.isdigit()}
    assert lines == set(), "three pupils: nothing can be counted out"


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([10, 20], [False, False]),
        ([10, 20, 3], [True, False, True]),  # 3 alone could be worked out from the total
        ([6, 1, 1], [True, True, True]),  # 1 and 1 could be: they are 2 together
        ([9, 4, 4], [False, True, True]),
        ([0, 12], [False, False]),
        ([2], [True]),
    ],
)
def test_a_small_number_cannot_be_worked_out_from_the_others(counts: list[int], hidden: list[bool]) -> None:
    assert small_numbers.hidden(counts) == hidden


@pytest.mark.whole
def test_hours_and_costs_of_few_are_left_out_and_of_many_are_sums(school: Path) -> None:
    desk = desk_of(school, "ada-brown")
    rows = provision_map.lines([desk.case], ON)
    few = summary([], rows, [])
    assert all(row["cost"] is None and row["hours"] is None for one in few["tables"] for row in one["rows"])
    many = summary([], rows, [], fewest=1)
    by_type = next(one for one in many["tables"] if one["title"] == "By type of support now")
    whole = sum((row["cost"] for row in by_type["rows"] if row["cost"] is not None), Decimal(0))
    assert whole == provision_map.totals(rows)[0].cost


@pytest.mark.whole
def test_an_authority_that_asks_has_the_provision_map_in_the_bundle(tmp_path: Path) -> None:
    copy_school(tmp_path, "ada-brown")
    pupil = tmp_path / "cases" / "ada-brown" / "pupil.yaml"
    assert "provision-map" not in {
        one.id for one in documents(desk_of(tmp_path, "ada-brown").case, desk_of(tmp_path, "ada-brown").pack)
    }
    pupil.write_text(pupil.read_text("utf-8") + "home_authority: kirklees\n", "utf-8")
    desk = desk_of(tmp_path, "ada-brown", pack="kirklees")
    [document] = documents(desk.case, desk.pack, ["provision-map"])
    assert document.section == "cycles"
    told = text_of(desk.write(document))
    assert "Cost of this support over a whole year: £6,091.40" in told and "47 of 53" in told


@pytest.mark.whole
def test_the_plan_tells_the_cost_where_the_pack_wants_it(tmp_path: Path) -> None:
    copy_school(tmp_path, "ada-brown")
    folder = tmp_path / "templates" / "northmoor"
    folder.mkdir(parents=True)
    pack = "id: northmoor\nname: Northmoor Council\nextends: standard\nversion: '1'\n"
    (folder / "pack.yaml").write_text(pack, "utf-8")
    for wanted in (False, True):
        (folder / "pack.yaml").write_text(pack + "plan_costs: yes\n" * wanted, "utf-8")
        desk = desk_of(tmp_path, "ada-brown", pack="northmoor")
        [document] = documents(desk.case, desk.pack, ["support-plan"])
        assert ("Cost of this support over a whole year: £6,091.40" in text_of(desk.write(document))) is wanted


@pytest.mark.whole
def test_a_table_of_a_landscape_paper_is_as_wide_as_its_page(school: Path) -> None:
    made(school, "register")
    document = read_docx(io.BytesIO((school / "paper.docx").read_bytes()))
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert abs(sum(cell.width for cell in document.tables[0].rows[0].cells) - room) < 20_000
