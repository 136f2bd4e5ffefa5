"""What is one home's is in no file of the other home's copy: not as text, in raw streams, metadata, names or manifests."""

# ruff: noqa: E501 - texts of examples read best on one line

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.cases.case import Case, Data
from generator.cases.family.contact_details import Reader, for_reader
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.records.record import Record
from generator.submission.given_out import give_out
from generator.submission.given_out.give_out import Handover
from generator.submission.given_out.readers_of_copy import readers_of_copy
from tests.bundled_school import know_evidence
from tests.example_school import ROOT, copy_school, sendpack
from tests.markers import plain, said_by
from tests.word_files import paragraphs

ADA = "ada-brown"
HERS = {
    "12 Tannery Row": "77 Zanzibarmark Row",
    "07700 900 123": "07700 900 199",
    "samira.brown@family.example": "zanzibarmail@family.example",
}
"""How to reach Ada's mother in the example, and what nobody says by chance instead."""
MARKERS = (b"zanzibarmark", b"900199", b"zanzibarmail")
ENTRY = "{date: 11 October 2022, what: "
REPORT = """
  - id: visit-note
    title: Note of a visit
    file: visit.docx
    kind: other
    author: Ms Una Able
    date: 12 October 2026
    shows: Ada was glad to be visited.
"""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_school(tmp_path_factory.mktemp("two-homes"), ADA)
    home = folder / "cases" / ADA
    pupil = (home / "pupil.yaml").read_text("utf-8")
    for old, new in HERS.items():
        assert old in pupil
        pupil = pupil.replace(old, new)
    (home / "pupil.yaml").write_text(pupil, "utf-8")
    said = " and ".join(HERS.values())
    log = (home / "log.yaml").read_text("utf-8")
    assert ENTRY in log
    withheld = ENTRY.replace("{", "{audience: [school], ").replace("what: ", f"what: Letters go to {said} now. ")
    (home / "log.yaml").write_text(log.replace(ENTRY, withheld, 1), "utf-8")
    (home / "evidence" / "visit.docx").write_bytes(
        paragraphs("Ada Brown, born 14 May 2017.", f"Write to {said}.", "All is well.")
    )
    with (home / "evidence.yaml").open("a", encoding="utf-8") as file:
        file.write(REPORT)
    return folder


def test_the_search_itself_finds_what_is_packed(school: Path) -> None:
    assert any(
        marker in plain(part)
        for part in said_by(school / "cases" / ADA / "evidence" / "visit.docx")
        for marker in MARKERS
    )


@pytest.mark.whole
def test_a_copy_for_one_home_holds_nothing_of_the_other(school: Path, bundled: Path) -> None:
    know_evidence(bundled, school)
    done = sendpack(school, "bundle", ADA, "--for", "parents", "--to", "daniel")
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr
    made = [path for path in (school / "output").rglob("*") if path.is_file() and ".cache" not in path.parts]
    assert any(path.suffix == ".pdf" for path in made)
    found = {
        (path.relative_to(school).as_posix(), marker)
        for path in made for said in map(plain, said_by(path)) for marker in MARKERS if marker in said
    }  # fmt: skip
    assert found == set()


HOME = {"address": "12 Tannery Row\nNorthmoor", "postcode": "ZZ99 3CZ"}
ELSEWHERE = {"address": "4 Quay Street, Northmoor", "postcode": "ZZ99 3VZ"}


@pytest.mark.parametrize(
    ("mother", "father", "told"),
    [
        ({}, {}, True),
        ({}, ELSEWHERE, False),
        ({}, {"lives_with_child": "no"}, False),
        ({"lives_with_child": "yes"}, {"lives_with_child": "part_of_the_time"}, True),
        (HOME, ELSEWHERE, False),
        ({"address": "12 tannery row, Northmoor"}, ELSEWHERE, False),
        ({"postcode": "ZZ993CZ"}, {"postcode": "ZZ99 3VZ"}, False),
        (HOME, HOME, True),
        (ELSEWHERE, ELSEWHERE, False),
        ({**HOME, "share_contact": True}, ELSEWHERE, True),
        ({}, {**ELSEWHERE, "lives_with_child": "part_of_the_time"}, False),
    ],
)
def test_a_father_reads_where_the_child_lives_only_at_that_home(mother: Data, father: Data, told: bool) -> None:
    """Also where the home's address stands once more beside the mother, and where his own is not known."""
    people = [{"id": "m", "relationship": "mother", **mother}, {"id": "f", "relationship": "father", **father}]
    record = Record("cases/a/pupil.yaml", "pupil", {**HOME, "people": people}, {})
    seen = for_reader(Case("a", (record,)), Reader("f")).data("pupil")
    assert ("address" in seen) is told
    assert "address" not in seen["people"][0] or mother == {**HOME, "share_contact": True}


@pytest.mark.parametrize(
    ("to", "seen"),
    [
        ("Solicitor for Samira Brown", Reader("samira")),
        ("Samira Brown", Reader("samira")),
        ("the parents", Reader()),
        ("Dr Patel", Reader()),
        ("a solicitor", Reader()),
        ("Northmoor Council", None),
    ],
)
def test_what_a_copy_tells_of_two_homes_follows_from_who_gets_it(to: str, seen: Reader | None) -> None:
    """Who is nobody that the records know must not carry one home's address to the other."""
    case = load_case(find_project(ROOT), "ada-brown").case
    assert case is not None
    handover = Handover(to, date(2026, 11, 20))
    assert give_out._reader(handover, case.data("pupil"), readers_of_copy(to, case, handover.on)) == seen
