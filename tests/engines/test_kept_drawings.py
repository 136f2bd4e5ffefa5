"""The same Word file is drawn once; what an engine noticed is told again; what is new is drawn in one batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.engines import Docx, Draft, Failure, Pdf
from generator.engines.kept_drawings import KeptDrawings
from generator.files.kept_results import KeptResults
from generator.values.notice import LOST, Notice


class Counting:
    """An engine that notes what it is asked for."""

    name = "counting"

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.batches: list[list[str]] = []

    def about(self) -> str:
        return f"counting {self.version}"

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        self.batches.append([one.name for one in documents])
        for one in documents:
            if one.content == b"broken":
                yield Failure(one.name, "it is broken")
            else:
                lost = Notice("a picture is lost", LOST, 2, 1)
                yield Pdf(one.name, b"%PDF " + one.content, 3, (lost,))

    def close(self) -> None:
        """Nothing to end."""


def drawn(engine: Counting, folder: Path, *contents: bytes) -> list[Pdf | Failure]:
    kept = KeptDrawings(engine, KeptResults(folder))
    return list(kept.convert([Docx(f"d{number}", content) for number, content in enumerate(contents)]))


def test_only_what_is_new_is_drawn_and_in_one_batch(tmp_path: Path) -> None:
    engine = Counting()
    first = drawn(engine, tmp_path, b"a", b"b", b"c")
    second = drawn(engine, tmp_path, b"a", b"x", b"c")
    assert engine.batches == [["d0", "d1", "d2"], ["d1"]]
    assert second[0] == first[0] and second[2] == first[2]
    assert isinstance(second[1], Pdf) and second[1].content == b"%PDF x"


def test_a_loss_that_was_noticed_is_still_a_loss_the_next_time(tmp_path: Path) -> None:
    engine = Counting()
    drawn(engine, tmp_path, b"a")
    [again] = drawn(engine, tmp_path, b"a")
    assert len(engine.batches) == 1
    assert isinstance(again, Pdf)
    [notice] = again.warnings
    assert (str(notice), notice.kind, notice.page) == ("a picture is lost", LOST, 2)


def test_a_failure_is_tried_again(tmp_path: Path) -> None:
    engine = Counting()
    assert isinstance(drawn(engine, tmp_path, b"broken")[0], Failure)
    assert isinstance(drawn(engine, tmp_path, b"broken")[0], Failure)
    assert len(engine.batches) == 2


def test_another_version_of_the_engine_draws_anew(tmp_path: Path) -> None:
    drawn(Counting("1"), tmp_path, b"a")
    newer = Counting("2")
    drawn(newer, tmp_path, b"a")
    assert newer.batches == [["d0"]]


class Drafting(Counting):
    """An engine that can draw without finishing."""

    def __init__(self) -> None:
        super().__init__()
        self.finished: list[str] = []

    def drafts(self, documents: Sequence[Docx]) -> list[Draft | Failure]:
        made = list(self.convert(documents))
        return [
            one if isinstance(one, Failure) else Draft(one.name, b"raw", 3, partial(self._end, one)) for one in made
        ]

    def _draft(self, made: Pdf) -> Draft:
        return Draft(made.name, b"raw", 3, partial(self._end, made))

    def _end(self, made: Pdf) -> Pdf:
        self.finished.append(made.name)
        return made


def test_what_is_only_measured_is_not_finished_and_not_drawn_again(tmp_path: Path) -> None:
    engine = Drafting()
    for _ in range(2):
        [draft] = KeptDrawings(engine, KeptResults(tmp_path)).drafts([Docx("d", b"a")])
        assert isinstance(draft, Draft) and (draft.pages, draft.content) == (3, b"raw")
    assert engine.batches == [["d"]] and engine.finished == []


def test_what_is_finished_is_what_converting_gives_and_is_kept(tmp_path: Path) -> None:
    engine = Drafting()
    [draft] = KeptDrawings(engine, KeptResults(tmp_path)).drafts([Docx("d0", b"a")])
    assert isinstance(draft, Draft)
    made = draft.finish()
    assert engine.finished == ["d0"]
    assert drawn(engine, tmp_path, b"a") == [made] == drawn(Counting(), tmp_path / "other", b"a")
    assert engine.batches == [["d0"]]


def test_what_was_measured_before_can_still_be_finished(tmp_path: Path) -> None:
    engine = Drafting()
    KeptDrawings(engine, KeptResults(tmp_path)).drafts([Docx("d0", b"a")])
    [draft] = KeptDrawings(engine, KeptResults(tmp_path)).drafts([Docx("d0", b"a")])
    assert isinstance(draft, Draft)
    assert isinstance(draft.finish(), Pdf)


class DrawsOn(Drafting):
    """An engine whose first drawing of anything leaves a header row alone, where that is allowed."""

    def _drawn_on(self, _: int) -> Draft:
        return self._draft(Pdf("d", b"raw", 3))

    def drafts(self, documents: Sequence[Docx]) -> list[Draft | Failure]:
        found = super().drafts(documents)
        return [
            replace(made, content=b"sketch", rest=self._drawn_on) if one.once else made
            for one, made in zip(documents, found, strict=True)
            if isinstance(made, Draft)
        ]


def test_what_was_drawn_once_is_kept_as_that_and_apart_from_what_was_drawn_on(tmp_path: Path) -> None:
    """What is tried next hangs on it: it must be the same for whom the whole document was drawn before."""
    engine, once = DrawsOn(), Docx("d", b"a", once=True)
    for asked, content in ((replace(once, once=False), b"raw"), (once, b"sketch"), (once, b"sketch")):
        [draft] = KeptDrawings(engine, KeptResults(tmp_path)).drafts([asked])
        assert isinstance(draft, Draft) and (draft.content, draft.rest is None) == (content, content == b"raw")
    assert len(engine.batches) == 2
    assert isinstance(draft, Draft) and draft.rest
    whole = draft.rest(0)
    assert isinstance(whole, Draft) and whole.content == b"raw" and whole.rest is None
    assert len(engine.batches) == 2, "what was drawn whole before"


class Stops(DrawsOn):
    """One that stops drawing on at so many pages, where another header row is alone."""

    def _drawn_on(self, pages: int) -> Draft:
        made = replace(self._draft(Pdf("d", b"raw", 5)), pages=5)
        return replace(made, pages=4, content=b"half", rest=self._drawn_on) if 0 < pages <= 4 else made


def test_what_was_drawn_once_and_kept_is_drawn_on_as_far_as_what_is_new(tmp_path: Path) -> None:
    """A version went in or did not, by whether its first drawing was kept."""
    found = []
    for _ in range(2):
        [draft] = KeptDrawings(Stops(), KeptResults(tmp_path)).drafts([Docx("d", b"a", once=True)])
        assert isinstance(draft, Draft) and draft.rest
        found.append(draft.rest(4))
    for one in found:
        assert isinstance(one, Draft) and (one.content, one.pages) == (b"half", 4) and one.rest
        whole = one.rest(0)
        assert isinstance(whole, Draft) and (whole.pages, whole.rest) == (5, None)


def test_what_is_finished_already_is_measured_as_it_was_drawn(tmp_path: Path) -> None:
    """Tags are mended when it is finished: what stands alone on a page was counted in other tags then."""
    engine = Drafting()
    for _ in range(2):
        [draft] = KeptDrawings(engine, KeptResults(tmp_path)).drafts([Docx("d", b"a")])
        assert isinstance(draft, Draft) and draft.content == b"raw"
        made = draft.finish()
        assert isinstance(made, Pdf) and made.content == b"%PDF a"
    assert engine.batches == [["d"]] and engine.finished == ["d"]
    drawn(engine, tmp_path, b"new")
    [draft] = KeptDrawings(engine, KeptResults(tmp_path)).drafts([Docx("d0", b"new")])
    assert isinstance(draft, Draft) and draft.content == b"raw", "what was only finished was never measured"
