"""The whole bundle: parts in, one PDF out, nothing left out in silence."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.bundle import Bundle, FrontPage, IndexRow, Options, PagePlan, PageRange, Pages, Part, bundle
from generator.bundle.bundle_parts import AddressLines
from generator.bundle.bundle_warnings import must_not_hold, other_pupils
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.engines import Pdf
from generator.files.kept_results import KeptResults
from generator.problems import FilesHaveErrors, WrongUse
from tests import tagcheck, verapdf
from tests.bundle_makers import docx, front, link_to, made, office, photo, plan_pdf, review_pdf, saved, scan


def quick_front(pages: Sequence[FrontPage]) -> list[bytes]:
    """Our own pages as bare PDFs: one page each, with a link for every document named."""
    return [_quick(page) for page in pages]


def _quick(page: FrontPage, count: int = 1) -> bytes:
    c = page.context
    sections = c.get("sections", [])
    rows = [row for section in sections for row in section["documents"]]
    rows += [row for criterion in c.get("criteria", []) for row in criterion["evidence"]]
    words = "; ".join([page.name, c.get("reason", ""), *(f"{row['title']} {row['pages']}" for row in rows)])
    pdf = made(count, text=words)
    for row in rows:
        link_to(pdf, 1, A=Dictionary(S=Name.URI, URI=String(row["link"])))
    return saved(pdf)


def part(name: str, content: Any, **entries: Any) -> Part:
    return Part(**({"id": name, "section": "Evidence", "title": name.title(), "content": content} | entries))


def quick(*parts: Part, **options: Any) -> Bundle:
    return bundle(parts, quick_front, Options("Request", **options))


def titles(result: Bundle) -> list[str]:
    return [item.id for item in result.plan.items]


def text_of(result: Bundle) -> str:
    return "\n".join(page_texts(result.content))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bundle, Path]:
    """A bundle of everything, with our own pages made by LibreOffice."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "scan.pdf").write_bytes(scan(3))
    (folder / "writing.jpg").write_bytes(photo(gps=True, orientation=6))
    (folder / "report.docx").write_bytes(docx("Report", [("Heading 1", "EP report"), "Ada was seen on Tuesday."]))
    parts = [
        part("plan", plan_pdf(), section="Plans", date=dt.date(2025, 9, 8)),
        part("review", review_pdf(), section="Plans", date=dt.date(2026, 1, 8)),
        part("scan", folder / "scan.pdf", date=dt.date(2024, 1, 8)),
        part("writing", folder / "writing.jpg", alt="Half a page of handwriting", date=dt.date(2026, 2, 3)),
        part("report", folder / "report.docx"),
    ]
    options = Options(
        "Request for an EHC needs assessment: A.B.",
        made=dt.datetime(2026, 3, 1),
        criteria=(
            IndexRow("c1", "The school has taken action", ("plan", "review")),
            IndexRow("c2", "Attendance", ()),
        ),
        convert=lambda documents: [Pdf("report", made, 1) for made in office([content for _, content in documents])],
    )
    result = bundle(parts, front, options)
    (folder / "bundle.pdf").write_bytes(result.content)
    return result, folder / "bundle.pdf"


@pytest.mark.whole
def test_a_whole_bundle_is_as_planned(whole: tuple[Bundle, Path]) -> None:
    result, _ = whole
    assert result.failures == ()
    assert result.accessible
    assert titles(result) == [
        "bundle-cover",
        "bundle-contents",
        "bundle-index",
        "plan",
        "review",
        "scan",
        "writing",
        "report",
    ]
    assert [account.kind for account in result.accounts] == ["PDF", "PDF", "PDF", "JPEG photo", "Word document"]
    texts = page_texts(result.content)
    assert "4-5" in texts[1]
    titled = [n for n, text in enumerate(texts, 1) if "Writing, 3 February 2026" in " ".join(text.split())]
    assert titled == [2, result.plan.pages["writing"].first]  # in the contents, and below the photo itself


@pytest.mark.whole
def test_a_whole_bundle_passes_pdf_ua(whole: tuple[Bundle, Path]) -> None:
    _, path = whole
    assert verapdf.failures(path) == []
    counted = tagcheck.count(path)
    assert (counted.lost_contents, counted.lost_annotations, counted.wrong_parents) == (0, 0, 0)


@pytest.mark.whole
def test_all_refusals_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(b"<html>Log in</html>")
    (tmp_path / "locked.pdf").write_bytes(
        saved(made(), encryption=pikepdf.Encryption(user="secret", owner="secret"), deterministic_id=False)
    )
    parts = [
        part("good", plan_pdf()),
        part("page", tmp_path / "page.pdf", path="evidence.yaml", line=4, column=3),
        part("locked", tmp_path / "locked.pdf", path="evidence.yaml", line=9, column=3),
        part("absent", tmp_path / "absent.pdf", path="evidence.yaml", line=14, column=3),
    ]
    with pytest.raises(FilesHaveErrors) as caught:
        quick(*parts)
    told = [str(problem) for problem in caught.value.problems]
    assert [line.split(" (")[0] for line in told] == [
        "evidence.yaml:4:3: error: page.pdf is not a PDF but a web page",
        "evidence.yaml:9:3: error: locked.pdf needs a password to open",
        "evidence.yaml:14:3: error: absent.pdf is not there",
    ]


def test_a_placeholder_stands_for_what_was_refused(tmp_path: Path) -> None:
    result = quick(part("good", plan_pdf()), part("absent", tmp_path / "absent.pdf"), placeholder=True)
    assert "absent.pdf is not there" in text_of(result)
    assert [(one.id, one.reason) for one in result.left_out] == [("absent", "absent.pdf is not there")]
    assert result.failures == ()


def test_each_audience_sees_what_is_meant_for_it() -> None:
    parts = [
        part("plan", plan_pdf()),
        part("notes", saved(made(text="STAFFONLY")), audience=frozenset({"school"})),
        part("concern", saved(made(text="SAFEGUARD")), sensitivity="safeguarding"),
    ]
    result = quick(*parts, audience="parents", forbidden=("STAFFONLY", "SAFEGUARD"))
    assert result.failures == ()
    assert [one.id for one in result.left_out] == ["notes", "concern"]
    school = quick(*parts, audience="school", released={"concern": "agreed with the DSL on 3 March"})
    assert school.left_out == ()
    assert "SAFEGUARD" in text_of(school)


def test_other_pupils_are_told_with_their_page() -> None:
    result = quick(part("report", saved(made(3, text="Joe Other and"))), other_pupils=("Joe Other", "Sam Lee"))
    told = [problem.message for problem in result.warnings if problem.rule == "bundle/other-pupil"]
    assert told[1] == "Report names another pupil, Joe Other, on its page 2 (page 4 of the bundle)"
    assert len(told) == 3


def test_what_is_said_beside_a_page_without_text_is_told_of_that_page() -> None:
    """A photo's page says nothing itself; only what belongs to no page is told of none."""
    pdf = made(2, text="About Ada")
    sheet = pdf.pages[1].obj
    sheet.Contents = pdf.make_stream(b"0 0 1 rg 60 60 300 300 re f")
    link_to(pdf, 2, A=Dictionary(S=Name.URI, URI="https://x.example/"), Contents="Joe Other at play")
    pdf.Root.Own = Dictionary(Who="Joe Other")
    wanted: dict[str, Any] = {"other_pupils": ("Joe Other",), "own_names": ("Ada",), "pupil": "Ada"}
    contents = {"report": saved(pdf)}
    report = [part("report", Path("report.pdf"))]
    plan = PagePlan((), ("1", "2"), 2, {"report": PageRange(1, 2, "1", "2")}, ())
    told = other_pupils(report, contents, plan, Options("Request", **wanted))
    beside = "in a bookmark or a description that belongs to no page"
    assert [one.message for one in told] == [
        "Report names another pupil, Joe Other, on its page 2 (page 2 of the bundle)",
        f"Report names another pupil, Joe Other, {beside}",
        f"“Other” on page 2 and {beside} of Report may be another pupil, Joe Other",
    ]
    with pytest.raises(FilesHaveErrors) as stopped:
        must_not_hold(report, contents, Options("Request", forbidden=("at play", "Joe Other")))
    said = [one.message for one in stopped.value.problems]
    assert len(said) == 3 and all("on its page 2" in one for one in said[:2]) and beside in said[2]


def test_a_part_may_print_page_numbers_of_others() -> None:
    calls: list[str] = []

    def form(pages: Pages) -> bytes:
        calls.append(str(pages["report"]))
        return saved(made(4, text=f"See pages {pages['report']}."))

    result = quick(part("form", form, section="Form"), part("report", saved(made(2))))
    assert result.plan.pages["report"].first == 7
    assert calls == ["4-5", "7-8"]
    assert "See pages 7-8." in text_of(result)


@pytest.mark.whole
def test_a_request_that_grew_beside_new_parts_is_no_swinging_one(tmp_path: Path) -> None:
    """Its first drawing only tells how long it is now: the counts that hold are kept, and the next run begins there."""
    drawn: list[str] = []

    def counted(pages: Sequence[FrontPage]) -> list[bytes]:
        drawn.extend(page.name for page in pages)
        return quick_front(pages)

    def contents_drawn(form: int, parts: int) -> int:
        drawn.clear()
        given = [part(f"r{number}", saved(made(1))) for number in range(parts)]
        asked = part("form", lambda pages: saved(made(form, text=f"See {pages['r0']}.")), section="Form")
        options = Options("Request", kept=KeptResults(tmp_path / "cache"), stem="request")
        bundle([asked, *given], counted, options)
        return drawn.count("bundle-contents")

    contents_drawn(2, 1)
    assert contents_drawn(2, 1) == 1
    contents_drawn(4, 5)
    assert contents_drawn(4, 5) == 1


def long_contents(pages: Sequence[FrontPage]) -> list[bytes]:
    """Contents that are longer than anybody guessed."""
    return [_quick(page, 3 if page.name == "bundle-contents" else 1) for page in pages]


def test_contents_may_be_longer_than_guessed() -> None:
    result = bundle([part("plan", saved(made(2)))], long_contents, Options("Request"))
    assert result.plan.pages["plan"].first == 5
    assert result.failures == ()
    assert "Plan 5-6" in text_of(result)


def test_contents_that_swing_between_two_lengths_come_to_rest() -> None:
    """Two pages when the plan starts on page 4, one when it starts on page 5: no number of rounds would settle it."""

    def swinging(pages: Sequence[FrontPage]) -> list[bytes]:
        return [
            _quick(page, 2 if page.name == "bundle-contents" and page.context["sections"][0]["first"] == "3" else 1)
            for page in pages
        ]

    result = bundle([part("plan", saved(made(2)))], swinging, Options("Request"))
    assert result.failures == ()
    assert result.plan.pages["bundle-contents"].last == 3


def test_headings_that_swing_with_their_page_numbers_are_printed_with_all_their_pages(tmp_path: Path) -> None:
    """A section that is on two pages where its numbers are short, and on one where they are long."""
    drawn: list[str] = []

    def swinging(pages: Sequence[FrontPage]) -> list[bytes]:
        return [_two_sections(page.context["says"]) if page.name == "plan" else _quick(page) for page in pages]

    def _two_sections(says: str) -> bytes:
        drawn.append(says)
        pdf = made(2, text=f"Needs on {says}")
        tops = (("Needs", 0, 800), ("End", 1, 800 if "-" in says else 300))
        with pdf.open_outline() as outline:
            outline.root.extend(
                pikepdf.OutlineItem(title, Array([pdf.pages[page].obj, Name.XYZ, None, top, None]))
                for title, page, top in tops
            )
        return saved(pdf)

    def says(pages: Pages) -> FrontPage:
        return FrontPage("plan", {"says": dict(pages["plan"].headings).get("Needs", "")})

    kept = KeptResults(tmp_path)
    for _ in range(2):  # the next run ends where this one did
        drawn.clear()
        result = bundle([part("plan", says, headings=("Needs",))], swinging, Options("Request", kept=kept))
        assert dict(result.plan.pages["plan"].headings) == {"Needs": "3-4"}
        assert drawn == ["", "3-4", "3", "3-4"]  # was: five times more, and "3" of a section on two pages


def test_late_parts_keep_the_numbers_already_sent() -> None:
    before = quick(part("plan", saved(made(2))))
    after = quick(part("plan", saved(made(2))), part("letter", saved(made(2)), late=True), late_letters=True)
    assert after.failures == ()
    assert after.plan.labels[: before.plan.total] == before.plan.labels
    assert str(after.plan.pages["letter"]) == "4B-4C"
    assert page_texts(after.content)[: before.plan.total] == page_texts(before.content)


def test_late_parts_without_letters_go_to_the_end() -> None:
    result = quick(part("letter", saved(made(1)), late=True), part("plan", saved(made(2))))
    assert titles(result)[-2:] == ["plan", "letter"]


@pytest.mark.whole
def test_the_same_parts_make_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    made_in = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "scan.pdf").write_bytes(scan(2))
        made_in.append(
            quick(part("plan", plan_pdf()), part("scan", folder / "scan.pdf"), kept=KeptResults(folder / "cache"))
        )
    assert made_in[0].content == made_in[1].content


@pytest.mark.parametrize(
    ("ids", "words"),
    [(["a", "a"], "two parts"), (["b c"], "cannot be"), (["bundle-x"], "cannot be"), ([], "nothing")],
)
def test_ids_that_cannot_be_links_are_refused(ids: list[str], words: str) -> None:
    with pytest.raises(WrongUse, match=words):
        quick(*(part(name, plan_pdf()) for name in ids))


def test_contents_without_a_link_are_our_failure() -> None:
    def forgetful(pages: Sequence[FrontPage]) -> list[bytes]:
        return [saved(made()) for _ in pages]

    result = bundle([part("plan", saved(made(2)))], forgetful, Options("Request"))
    assert result.failures == ("Contents has no link to Plan, page 3",)


def test_what_keeps_it_from_being_accessible_is_told() -> None:
    result = quick(part("plan", saved(made(2, font="Verdana"))))
    assert not result.accessible
    assert any("fonts are not inside" in problem.message for problem in result.warnings)
    with pikepdf.open(io.BytesIO(result.content)) as pdf:
        assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize(("others", "told"), [((), 1), (((("Mill Lane",), ("Otherton",)),), 0)])
def test_a_town_that_stands_apart_from_the_address_is_told(others: tuple[AddressLines, ...], told: int) -> None:
    """Unless it is the town of others too, such as the school's: then it tells nothing."""
    content = saved(made(2, text="Ada comes to Otherton,"))
    addresses = ((("77 Harbour Rise", "ZZ99 9QQ"), ("Otherton",)), *others)
    one = part("report", Path("report.pdf"), redact=("77, Harbour Rise",), addresses=addresses)
    plan = PagePlan((), ("1", "2"), 2, {"report": PageRange(1, 2, "1", "2")}, ())
    found = other_pupils([one], {"report": content}, plan, Options("Request"))
    assert [(row.rule, row.message) for row in found] == [
        ("bundle/contact", "the town of an address that was taken out of Report still stands on pages 1-2")
    ] * told
    assert not other_pupils([replace(one, redact=("Joe",))], {"report": content}, plan, Options("Request"))
