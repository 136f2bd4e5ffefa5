"""A bundle as several files: too big for one, or each part by itself."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator.bundle import Bundle, ContentsLine, FrontPage, IndexRow, Options, Part, bundle
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.problems import FilesHaveErrors
from tests import tagcheck, verapdf
from tests.bundle.test_make_bundle import part, quick, quick_front
from tests.bundle_makers import front, made, saved

pytestmark = pytest.mark.whole


def heavy(folder: Path, name: str, pages: int = 2, weight: int = 300_000) -> Path:
    """A report that weighs something."""
    import random

    pdf = made(pages, text=f"{name} report")
    pdf.pages[0].obj.Thumb = pdf.make_stream(random.Random(name).randbytes(weight))
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(
        Im=pdf.make_stream(
            random.Random(name).randbytes(weight),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=100,
            Height=weight // 100,
            BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceGray,
        )
    )
    pdf.pages[0].contents_add(b"q 1 0 0 1 0 0 cm /Im Do Q")
    path = folder / f"{name}.pdf"
    path.write_bytes(saved(pdf))
    return path


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    folder = tmp_path_factory.mktemp("heavy")
    parts = [part(f"r{n}", heavy(folder, f"r{n}"), section="Reports" if n < 4 else "Work") for n in range(6)]
    return bundle(parts, front, Options("Request", split_mb=1, criteria=(IndexRow("c", "Action", ("r0", "r5")),)))


def test_a_bundle_that_is_too_big_becomes_files_that_are_not(split: Bundle) -> None:
    assert split.failures == ()
    assert len(split.volumes) > 1 and all(len(file.content) <= 1_000_000 for file in split.volumes)
    count = len(split.volumes)
    assert [file.name for file in split.volumes] == [f"bundle-{n}-of-{count}.pdf" for n in range(1, count + 1)]


def test_pages_go_on_from_file_to_file(split: Bundle) -> None:
    total, seen = split.plan.total, []
    for file in split.volumes:
        first, _, last = file.pages.partition("-")
        texts = page_texts(file.content)
        seen += list(range(int(first), int(last or first) + 1))
        assert f"{first} of {total}" in texts[0] and f"{last} of {total}" in texts[-1]
        with pikepdf.open(io.BytesIO(file.content)) as pdf:
            assert int(pdf.Root.PageLabels.Nums[1].get("/St", 1)) == int(first)
    assert seen == list(range(1, total + 1))


def test_each_file_begins_with_what_is_in_it_and_the_first_says_where_all_is(split: Bundle) -> None:
    whole = " ".join(page_texts(split.volumes[0].content)[:3])
    assert all(f"R{n}" in whole for n in range(6))
    second = page_texts(split.volumes[1].content)[0]
    assert "Contents" in second and "R0" not in second


def test_links_lead_into_the_other_files(split: Bundle) -> None:
    with pikepdf.open(io.BytesIO(split.volumes[0].content)) as pdf:
        links = [a for page in pdf.pages for a in page.obj.get("/Annots", [])]
        outside = {(str(a.A.F.UF), int(a.A.D[0])) for a in links if "/A" in a and str(a.A.S) == "/GoToR"}
        assert not [a for a in links if "/A" in a and "bundle.invalid" in str(a.A.get("/URI", ""))]
        assert all("in the file bundle-" in str(a.Contents) for a in links if "/A" in a)
    names = {file.name: len(page_texts(file.content)) for file in split.volumes}
    assert {name for name, _ in outside} == set(names) - {split.volumes[0].name}
    assert all(0 < page < names[name] for name, page in outside)


def test_every_file_is_accessible_by_itself(split: Bundle, tmp_path: Path) -> None:
    paths = [tmp_path / file.name for file in split.volumes]
    for path, file in zip(paths, split.volumes, strict=True):
        path.write_bytes(file.content)
        found = tagcheck.count(path)
        assert (found.lost_contents, found.lost_annotations, found.wrong_parents) == (0, 0, 0)
    assert verapdf.failures_of(paths) == [[] for _ in paths]


def test_a_bundle_that_is_small_enough_stays_whole(tmp_path: Path) -> None:
    result = quick(part("a", heavy(tmp_path, "a")), split_mb=5)
    assert result.volumes == () and result.content


def test_one_document_that_is_too_big_alone_is_told(tmp_path: Path) -> None:
    parts = [part(n, heavy(tmp_path, n, weight=w)) for n, w in (("a", 100_000), ("b", 1_200_000), ("c", 100_000))]
    result = quick(*parts, split_mb=1)
    told = [problem for problem in result.warnings if problem.rule == "bundle/too-big-file"]
    assert len(told) == 1 and "it is one document" in told[0].message
    assert result.failures == ()


def test_parts_as_files_of_their_own_keep_the_pages_of_the_bundle(tmp_path: Path) -> None:
    def name(item: ContentsLine) -> str:
        return f"{item.number}-{item.id}.pdf"

    result = quick(part("a", saved(made(2))), part("b", saved(made(3))), separate=name)
    assert result.failures == ()
    assert [file.name for file in result.separate] == ["0-contents.pdf", "A1-a.pdf", "A2-b.pdf"]
    last = result.separate[2]
    assert last.pages == str(result.plan.pages["b"])
    assert f"{result.plan.pages['b'].first} of {result.plan.total}" in page_texts(last.content)[0]


def test_what_is_withheld_is_not_let_through_in_evidence(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(saved(made(text="The flat is in Mill Lane above the bakery.")))
    with pytest.raises(FilesHaveErrors) as stop:
        quick(
            part("report", tmp_path / "report.pdf", path="evidence.yaml", line=7),
            forbidden=("in Mill Lane above the bakery",),
            audience="parents",
        )
    [problem] = stop.value.problems
    assert problem.line == 7 and "page 1 what is withheld from the parents" in problem.message


def test_words_taken_out_of_one_part_that_stand_in_another_are_told(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.pdf").write_bytes(saved(made(text="Jordan Pike came,")))
    result = quick(part("a", tmp_path / "a.pdf", redact=("Jordan Pike",)), part("b", tmp_path / "b.pdf"), made=None)
    assert result.failures == ()
    assert [problem.message for problem in result.warnings if problem.rule == "bundle/redact"] == [
        "“Jordan Pike” was taken out of A and still stands in B, page 1"
    ]
    assert "Jordan" not in page_texts(result.content)[result.plan.pages["a"].first - 1]


def test_a_title_that_says_what_is_taken_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(saved(made()))
    with pytest.raises(FilesHaveErrors) as stop:
        quick(part("a", tmp_path / "a.pdf", title="Letter about Jordan Pike", redact=("Jordan Pike",)))
    assert stop.value.problems[0].rule == "bundle/redact-title"


def test_a_redacted_part_keeps_the_bundle_accessible(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(saved(made(text="Jordan Pike and Łucja came, café,")))
    parts = [Part("a", "Evidence", "Report", tmp_path / "a.pdf", redact=("Jordan Pike",))]
    result = bundle(parts, front, Options("Request"))
    assert result.accessible and result.failures == ()
    (tmp_path / "bundle.pdf").write_bytes(result.content)
    assert verapdf.failures(tmp_path / "bundle.pdf") == []


def rows(page: FrontPage) -> list[Any]:
    return [row for section in page.context.get("sections", []) for row in section["documents"]]


def test_contents_say_in_which_file_each_document_is(tmp_path: Path) -> None:
    seen: list[FrontPage] = []

    def front_seen(pages: Any) -> list[bytes]:
        seen.extend(pages)
        return quick_front(pages)

    parts = [part(n, heavy(tmp_path, n)) for n in "abcd"]
    bundle(parts, front_seen, Options("Request", split_mb=1))
    last = [page for page in seen if page.name == "bundle-contents" and not page.context["file"]][-1]
    assert [row["file"] for row in rows(last)] == sorted(row["file"] for row in rows(last))
    assert {row["file"] for row in rows(last)} == {1, 2}
