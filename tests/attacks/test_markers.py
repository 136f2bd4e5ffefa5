"""A word of its own in every field of every record and in evidence: no copy says one that is not for its reader.

Ada's parents live in two homes. Which fields there are is read from the schemas, so a new field is covered by itself.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
import yaml

from generator.cases.case import Case
from generator.documents.catalogue import Document, documents
from generator.engines import choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.problems import Stop
from generator.submission.given_out.give_out import Handover, issue
from generator.submission.given_out.issued_versions import desk_of
from tests.bundle_makers import made, saved
from tests.bundled_school import know_evidence
from tests.example_school import KACPER, ROOT, copy_school, plain_yaml, sendpack
from tests.markers import Marker, Planter, found_in, hits, plain, said_in

ADA = "ada-brown"
DAY = date(2026, 11, 20)
HOMES = {"samira": "daniel", "daniel": "samira"}
HERS = {"address", "postcode", "phone", "mobile", "email", "preferred_contact", "difficult_times", "barriers"}
"""What says how to reach a person."""
FOLDERS = {"cycles": "cycle", "meetings": "meeting", "annual-reports": "annual-report"}
SCHOOL_ALONE = [
    "log.yaml: entries",
    "evidence.yaml: items",
    "meetings/2026-07-02-school.yaml",
    "cycles/2024-autumn.yaml",
]
BORROWED = {
    "maisie-thorne": "behaviour-plan.yaml",
    "nia-okafor": "annual-review.yaml",
    "zoe-obrien-smidt": "transition.yaml",
}
"""Records of kinds that Ada has none of."""
ALIKE = (
    *("cycles/2026-summer.yaml", "meetings/2025-09-11-early-discussion.yaml"),
    *("meetings/2025-12-02-review.yaml", "meetings/2026-07-07-review.yaml"),
)
"""Records of Ada's that are like others of hers: what is said of them is said of those."""
UPN = {"upn": "X999400122017", "former_upn": "V999999925002"}


@dataclass
class School:
    folder: Path
    ada: list[Marker]
    kacper: list[Marker]
    people: list[str]
    """The ids of the people around Ada, in the order of her record."""

    def of(self, file: str, *keys: object) -> list[str]:
        """The words planted in a record below keys."""
        return [m.word for m in self.ada if m.file == file and m.keys[: len(keys)] == keys]

    def secret_from(self, reader: str) -> list[str]:
        """The words that one parent must find nowhere: the other's contact, what is the school's, another child's."""
        number = self.people.index(HOMES[reader])
        words = [
            m.word for m in self.ada
            if m.file == "pupil.yaml" and m.keys[:2] == ("people", number) and m.keys[2] in HERS
        ]  # fmt: skip
        if reader == "daniel":  # Ada's home is her mother's
            words += [*self.of("pupil.yaml", "address"), *self.of("pupil.yaml", "household")]
        return [*words, *self.schools_own()]

    def schools_own(self) -> list[str]:
        return [
            *(m.word for m in self.ada if _is_the_schools(self, m)),
            *(m.word for m in self.kacper),
            "zqevidence",
            "zqprogram",
            *UPN.values(),
        ]


def _is_the_schools(school: School, marker: Marker) -> bool:
    if marker.file in (LATER_MEETING, EARLY_CYCLE):
        return True
    rows = {"log.yaml": "entries", "evidence.yaml": "items"}.get(marker.file)
    return bool(rows) and marker.keys[0] == rows and marker.keys[1] == 0


LATER_MEETING, EARLY_CYCLE = "meetings/2026-11-02-review.yaml", "cycles/2024-autumn.yaml"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    folder = copy_school(tmp_path_factory.mktemp("markers"), ADA, KACPER)
    home = folder / "cases" / ADA
    for pupil, name in BORROWED.items():
        shutil.copy(ROOT / "cases" / pupil / name, home)
    leave_out_what_is_alike(home)
    withhold(home)
    signed_by_a_program(home)
    planted = {}
    for pupil, start in ((ADA, "zq"), (KACPER, "zk")):
        planter = Planter(start)
        first = ["pupil", "plan", "evidence"]
        files = sorted(
            (folder / "cases" / pupil).rglob("*.yaml"),
            key=lambda path: (first.index(path.stem) if path.stem in first else 9, path),
        )
        for path in files:
            shown = path.relative_to(folder / "cases" / pupil).as_posix()
            kind = FOLDERS.get(shown.split("/")[0], path.stem)
            planter.plant(path, shown, f"{kind}.schema.json", leave=("looked_after", "review"))
        planted[pupil] = planter.planted
    samira = plain_yaml(home / "pupil.yaml")
    for key in ("address", "postcode"):  # she lives where Ada does
        samira["people"][0].pop(key, None)
    (home / "pupil.yaml").write_text(yaml.safe_dump(samira, allow_unicode=True, sort_keys=False), "utf-8")
    return School(folder, planted[ADA], planted[KACPER], [row["id"] for row in samira["people"]])


def leave_out_what_is_alike(home: Path) -> None:
    """Two reviewed cycles, which a chart needs, and the running one; one meeting of each type."""
    for name in ALIKE:
        (home / name).unlink()
    request = (home / "request.yaml").read_text("utf-8")
    for cited, left in ((", 2026-summer]", "]"), ("[2026-summer]", "[2026-spring]")):
        assert cited in request
        request = request.replace(cited, left)
    (home / "request.yaml").write_text(request, "utf-8")


def withhold(home: Path) -> None:
    """A meeting, a cycle, an entry of the log and a piece of evidence that are for the school alone."""
    for name, new in (("meetings/2026-03-24-review.yaml", LATER_MEETING), ("cycles/2025-autumn.yaml", EARLY_CYCLE)):
        (home / new).write_text("audience: [school]\n" + (home / name).read_text("utf-8"), "utf-8")
    for name, rows in (("log.yaml", "entries"), ("evidence.yaml", "items")):
        data = yaml.load((home / name).read_text("utf-8"), yaml.BaseLoader)
        row = {**data[rows][0], "audience": ["school"]}
        if name == "evidence.yaml":
            row |= {"id": "school-alone", "file": "zqevidence-alone.docx", "kind": "other"}
        data[rows].insert(0, row)
        (home / name).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    word = docx.Document()
    word.add_paragraph("zqevidence is for the school alone. It says much of Ada.")
    word.core_properties.author = "zqevidence"
    word.save(str(home / "evidence" / "zqevidence-alone.docx"))


def signed_by_a_program(home: Path) -> None:
    """A paper that everybody may read, with what programs write into it beside its pages."""
    with pikepdf.open(home / "evidence" / "attendance-record.pdf") as pdf:
        pdf.docinfo["/Author"] = "zqprogram"
        with pdf.open_metadata() as about:
            about["pdf:Keywords"] = "zqprogram"
        pdf.attachments["zqprogram.txt"] = b"zqprogram"
        page = pdf.pages[0].obj
        page.PieceInfo, page.Own = pikepdf.Dictionary(Zq=pikepdf.String("zqprogram")), pikepdf.String("zqprogram")
        pdf.save(home / "evidence" / "signed.pdf")
    data = yaml.load((home / "evidence.yaml").read_text("utf-8"), yaml.BaseLoader)
    row = next(row for row in data["items"] if row["file"] == "attendance-record.pdf")
    data["items"].append({**row, "id": "signed", "file": "signed.pdf"})
    (home / "evidence.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def loaded(school: School) -> tuple[Project, Case]:
    project = find_project(school.folder)
    found = load_case(project, ADA)
    assert found.case is not None, [str(problem) for problem in found.problems]
    return project, found.case


def test_the_search_finds_what_no_page_shows() -> None:
    """Text in white, drawn invisibly, outside the page, cut away, tiny: the tests below would miss it else."""
    pdf = made()
    shown = {
        "zqplain": b"60 700 Td", "zqdrawn": b"3 Tr 60 600 Td", "zqwhite": b"1 1 1 rg 60 500 Td",
        "zqaway": b"-400 9500 Td", "zqtiny": b"/F1 0.1 Tf 60 400 Td",
    }  # fmt: skip
    lines = [b"BT /F1 12 Tf %s (%s) Tj ET" % (how, word.encode()) for word, how in shown.items()]
    cut = b" q 0 0 1 1 re W n BT /F1 12 Tf 60 300 Td (zqcut) Tj ET Q"
    pdf.pages[0].obj.Contents = pdf.make_stream(b" ".join(lines) + cut)
    words = [*shown, "zqcut"]
    assert words_of(saved(pdf), words) == set(words)
    with pypdfium2.PdfDocument(saved(pdf)) as pages:
        said = pages[0].get_textpage().get_text_range()
    assert {word for word in words if word in said} == set(words), "the reader of pages alone finds each"


@pytest.mark.whole
def test_every_field_that_takes_words_is_marked(school: School) -> None:
    assert len(school.ada) > 1500
    loaded(school)


@pytest.mark.whole
@pytest.mark.parametrize("reader", HOMES)
def test_a_bundle_for_one_home(school: School, reader: str, tmp_path: Path, bundled: Path) -> None:
    copy = know_evidence(bundled, shutil.copytree(school.folder, tmp_path / "school"))
    done = sendpack(copy, "bundle", ADA, "--for", "parents", "--to", reader, "--separate", "--worksheet")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    files = [path for path in (copy / "output").rglob("*") if path.is_file() and ".cache" not in path.parts]
    assert found_in(files, school.secret_from(reader)) == set()


@pytest.mark.whole
def test_what_is_issued_to_each_home(school: School, tmp_path: Path) -> None:
    copy = replace(school, folder=shutil.copytree(school.folder, tmp_path / "school"))
    project, case = loaded(copy)
    engine, found, refused = choose("embedded"), set(), set()
    for document in each_once(documents(case, desk_of(project, case).pack)):
        for reader in HOMES:
            try:
                given = issue(project, case, document.id, engine, Handover(reader, DAY))
            except Stop as stop:
                refused.add((document.id, reader, stop.message))
                continue
            own = next(row["file"] for row in given.copies if row["to"] and row["file"])
            files = [path for path in given.folder.iterdir() if path.stem == Path(own).stem]
            found |= {(document.id, reader, *hit) for hit in found_in(files, copy.secret_from(reader))}
            shutil.rmtree(given.folder)
    engine.close()
    assert found == set()
    assert any("is not for the parents" in message for *_, message in refused)


def each_once(found: Iterable[Document]) -> list[Document]:
    """One document of those that a template makes of alike records: of a reviewed cycle and the running one each."""
    alike: dict[object, Document] = {}
    for one in found:
        record = one.record.data if one.record else {"id": one.id}
        alike[one.kind, record.get("type"), record.get("id"), "review" in record, one.audience] = one
    return list(alike.values())


@pytest.mark.whole
def test_papers_that_go_home_as_they_lie_in_output(school: School) -> None:
    """A paper for the family says of nobody how to reach them; a letter says it of its own reader alone."""
    project, case = loaded(school)
    desk, found, home = desk_of(project, case), set(), 0
    for document in documents(case, desk.pack):
        reader = desk.reader_of(document)
        if reader is None or document.audience <= {"school"}:
            continue
        own = [document.record] if document.record else [case.one(kind) for kind in document.row.get("needs", ())]
        if any(record and record.data.get("audience") == ["school"] for record in own):
            continue  # the school's own paper: `issue` gives it to no parent
        secret = {word for one in HOMES if one != reader.person for word in school.secret_from(HOMES[one])}
        secret |= set(school.schools_own())
        home += 1
        found |= {(document.id, word) for word in words_of(desk.write(document), secret)}
    assert home > 8
    assert found == set()


def words_of(content: bytes, words: Collection[str]) -> set[str]:
    found = hits((plain(part) for part in said_in(content)), {word.casefold().encode() for word in words})
    return {word for word in words if word.casefold() in found}


@pytest.mark.whole
@pytest.mark.parametrize(
    "command", [["governors", "--fewest", "2"], ["inclusion-strategy"]], ids=lambda words: words[0]
)
def test_what_the_school_publishes_names_nobody(school: School, tmp_path: Path, command: list[str]) -> None:
    copy = shutil.copytree(school.folder, tmp_path / "school")
    done = sendpack(copy, *command, "--docx", "paper.docx")
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert (copy / "paper.docx").is_file(), done.stdout + done.stderr
    every = {m.word for m in (*school.ada, *school.kacper)} | set(UPN.values())
    public = {m.word for m in school.ada if m.keys[-1] in ("title", "name") and "provision" in m.keys}
    assert words_of((copy / "paper.docx").read_bytes(), every - public) == set()


@pytest.mark.whole
def test_what_one_parent_is_asked(school: School, tmp_path: Path) -> None:
    copy = shutil.copytree(school.folder, tmp_path / "school")
    done = sendpack(copy, "ask", ADA, "--who", "parents", "--on", "20/11/2026")
    assert done.returncode == 0, done.stdout + done.stderr
    for reader in HOMES:
        line = next(line for line in done.stdout.splitlines() if line.casefold().startswith(reader))
        files = [copy / "output" / ADA / "ask" / name for name in line.split("): ")[1].split(", ")]
        assert found_in(files, school.secret_from(reader)) == set()


@pytest.mark.whole
@pytest.mark.parametrize("command", ["send-on", "sar"])
def test_one_childs_archive_says_nothing_of_another(school: School, tmp_path: Path, command: str) -> None:
    copy = shutil.copytree(school.folder, tmp_path / "school")
    more = ["--without-safeguarding"] if command == "send-on" else ["--for", "other"]
    done = sendpack(copy, command, ADA, "--to", "ada.zip", *more)
    assert done.returncode == 0, done.stdout + done.stderr
    assert found_in([copy / "ada.zip"], [m.word for m in school.kacper]) == set()
