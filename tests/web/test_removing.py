"""Records and evidence that were begun or taken in by mistake: what keeps them, and that they come back whole."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest
from PIL import Image

from generator.files.atomic_files import write_file
from generator.folder.changing.add_evidence import add_file
from generator.folder.changing.changes_made import changes_made, take_back
from generator.folder.changing.removing import remove_file, remove_record
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.problems import Stop, WrongUse
from tests.example_school import sendpack
from tests.web.client import Page
from tests.web.test_evidence_and_bundle import adds, described, pdf
from tests.web.undoing import files, pupil

KACPER, ADA = "kacper-wisniewski", "ada-brown"


def listed_letter(page: Page, school: Path) -> tuple[str, dict[str, bytes]]:
    """Ada's evidence with one more letter that nothing cites: the link to remove it, and the files."""
    home = pupil(page, ADA)
    page.post(f"{home}/evidence", {"files": (io.BytesIO(pdf("x")), "Letter.pdf")})
    said = {"title": "Letter", "kind": "letter", "author": "Dr Lee", "date": "20/11/2026", "shows": "She is tired."}
    page.post(adds(page, "letter.pdf"), described(page, "letter.pdf", **said))
    [link] = page.root.xpath("//tr[contains(., 'Dr Lee')]//a[contains(@href, '/evidence-remove/')]/@href")
    return link, files(school)


@pytest.mark.whole
def test_removed_evidence_comes_back_also_after_more_was_written(page: Page, school: Path) -> None:
    link, _ = listed_letter(page, school)
    listing = school / "cases" / ADA / "evidence.yaml"
    page.post(link, {})
    home = pupil(page, ADA)
    page.post(f"{home}/evidence", {"files": (io.BytesIO(pdf("y")), "Other.pdf")})
    said = {"title": "Other", "kind": "letter", "author": "Dr Cole", "date": "21/11/2026", "shows": "She reads."}
    page.post(adds(page, "other.pdf"), described(page, "other.pdf", **said))
    assert "Dr Cole" in listing.read_text("utf-8") and "Dr Lee" not in listing.read_text("utf-8")
    assert sendpack(school, "remove", ADA, "evidence/letter.pdf", "--bring-back").returncode == 0
    text = listing.read_text("utf-8")
    assert "Dr Cole" in text and "Dr Lee" in text and (listing.parent / "evidence" / "letter.pdf").is_file()
    assert "evidence.yaml" not in "".join(p.path for p in load_case(find_project(school), ADA).problems if p.blocks)
    take_back(find_project(school), changes_made(find_project(school))[0].name)  # and away again
    assert "Dr Lee" not in listing.read_text("utf-8") and "Dr Cole" in listing.read_text("utf-8")


@pytest.mark.whole
@pytest.mark.parametrize("path", ["evidence.yaml", "plan.yaml", "cycles/2026-summer.yaml"])
def test_a_record_that_others_cite_is_not_removed_and_they_are_named(page: Page, school: Path, path: str) -> None:
    before = files(school)
    page.record(f"cases/{ADA}/{path}")
    link = f"{page.address}/remove"
    page.get(link)
    assert "It is cited in" in page.text
    page.post(link, {})
    assert "is cited in" in page.said[0] and files(school) == before


@pytest.mark.whole
def test_a_broken_record_cites_too(page: Page, school: Path) -> None:
    _, before = listed_letter(page, school)
    project, profile = find_project(school), school / "cases" / ADA / "profile.yaml"
    name = next(line for line in before[f"cases/{ADA}/evidence.yaml"].decode().splitlines() if "id: letter" in line)
    for text in (f"unknown: [\n# {name}\n", before[f"cases/{ADA}/profile.yaml"].decode() + "\n\tx: letter.pdf\n"):
        profile.write_text(text, "utf-8")
        with pytest.raises(WrongUse, match="is cited in"):
            remove_file(project, ADA, "letter.pdf")
    profile.write_bytes(before[f"cases/{ADA}/profile.yaml"])
    request = school / "cases" / ADA / "request.yaml"
    cited = next(
        row["id"] for row in load_case(project, ADA).case.data("evidence")["items"] if row["id"] in request.read_text()
    )
    file = next(r["file"] for r in load_case(project, ADA).case.data("evidence")["items"] if r["id"] == cited)
    for broken in (request, school / "cases" / ADA / "pupil.yaml"):
        kept = broken.read_bytes()
        broken.write_bytes(kept + b"\nunknown_part: x\n")
        with pytest.raises(WrongUse, match="is cited in"):
            remove_file(project, ADA, file)
        broken.write_bytes(kept)
    evidence = school / "cases" / ADA / "evidence.yaml"
    evidence.write_bytes(evidence.read_bytes() + b"\n\tx: [\n")
    with pytest.raises(WrongUse, match="cannot be read"):
        remove_file(project, ADA, "letter.pdf")


@pytest.mark.whole
def test_a_photo_in_the_evidence_is_not_loose(page: Page, school: Path) -> None:
    home = school / "cases" / KACPER
    (home / "evidence").mkdir(exist_ok=True)
    Image.new("RGB", (60, 60), "green").save(home / "evidence" / "rabbit.png")
    with (home / "pupil.yaml").open("a", encoding="utf-8") as file:
        file.write("\nphoto: {file: evidence/rabbit.png, describes: A rabbit, consent: yes}\n")
    page.get(f"{pupil(page, KACPER)}/evidence")
    assert "rabbit.png" not in page.text
    with pytest.raises(WrongUse, match="is cited in Pupil"):
        remove_file(find_project(school), KACPER, "rabbit.png")


@pytest.mark.whole
def test_two_spellings_of_one_name_are_one_file(page: Page, school: Path) -> None:
    listed_letter(page, school)
    home = school / "cases" / ADA
    (home / "evidence" / "letter.pdf").rename(home / "evidence" / unicodedata.normalize("NFD", "café.pdf"))
    listing = home / "evidence.yaml"
    listing.write_text(listing.read_text("utf-8").replace("letter.pdf", "café.pdf"), "utf-8")
    page.get(f"{pupil(page, ADA)}/evidence")
    assert not page.root.xpath("//section[@aria-labelledby='loose']")
    [link] = page.root.xpath("//tr[contains(., 'Dr Lee')]//a[contains(@href, '/evidence-remove/')]/@href")
    page.post(link, {})
    assert "Dr Lee" not in listing.read_text("utf-8") and "café" not in " ".join(files(school))


@pytest.mark.whole
def test_a_file_in_use_is_not_half_removed(page: Page, school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, before = listed_letter(page, school)
    project, many = find_project(school), len(changes_made(find_project(school)))

    unlink = Path.unlink

    def in_use(path: Path, missing_ok: bool = False) -> None:
        if path.suffix in (".pdf", ".yaml") and "cases" in path.parts:
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", in_use)
        with pytest.raises(WrongUse, match="cannot be moved away"):
            remove_file(project, ADA, "letter.pdf")
        with pytest.raises(WrongUse, match="cannot be moved away"):
            remove_record(project, f"cases/{ADA}/profile.yaml")
    monkeypatch.setattr(
        "generator.folder.changing.removing.write_file",
        lambda path, content: write_file(path, content) if path.suffix == ".pdf" else raise_(Stop("No room.", "")),
    )
    with pytest.raises(Stop, match="No room"):
        remove_file(project, ADA, "letter.pdf")
    assert files(school) == before and len(changes_made(project)) == many


def raise_(error: Exception) -> None:
    raise error


def test_no_text_file_is_taken_in_that_no_bundle_takes(school: Path) -> None:
    with pytest.raises(WrongUse, match="not a kind of file"):
        add_file(find_project(school), KACPER, "notes.txt", b"Notes of the day.")


@pytest.mark.whole
def test_the_return_key_describes_no_other_file(page: Page) -> None:
    for name in ("One.pdf", "Two.pdf"):
        page.post(f"{pupil(page, KACPER)}/evidence", {"files": (io.BytesIO(pdf(name)), name)})
    first = page.root.xpath("//section[@aria-labelledby='loose']//form//button")[0]
    assert "disabled" in first.attrib


@pytest.mark.whole
def test_a_name_with_a_space_is_shown_in_quotes(page: Page, school: Path) -> None:
    home = school / "cases" / KACPER / "evidence"
    home.mkdir(exist_ok=True)
    (home / "my report.pdf").write_bytes(pdf("x"))
    page.get(f"{pupil(page, KACPER)}/evidence")
    page.get(page.root.xpath("//a[contains(@href, '/evidence-remove/')]/@href")[0])
    assert f'sendpack remove {KACPER} "evidence/my report.pdf"' in page.root.text_content()
    done = sendpack(school, "remove", KACPER, "evidence/my report.pdf", "--confirm")
    assert done.returncode == 0 and f'remove {KACPER} "evidence/my report.pdf" --bring-back' in done.stdout
