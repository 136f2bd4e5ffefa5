"""The parts put together: as one PDF, as several when one would be too big to send, and each as a file of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.bundle import cover_contents_and_index as own_pages
from generator.bundle.assemble.bundle_read_back import LostOfPart, verify
from generator.bundle.assemble.bundle_writer import About, Piece, assemble
from generator.bundle.assemble.photo_captions import Caption
from generator.bundle.bundle_parts import File, Options, Part, ShownOnPage
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.pagination import ContentsLine, Elsewhere, PagePlan, excerpt
from generator.problems import Problem

_TRIES = 4
_MB = 1_000_000
"""Portals count megabytes in millions or in 1,048,576 bytes; a file below the smaller passes both."""


@dataclass
class Shelf:
    """The finished PDF of every item, and what all files are to say of themselves."""

    inside: Sequence[Part]
    contents: dict[str, bytes]
    options: Options
    accessible: bool
    shows: Mapping[str, Sequence[ShownOnPage]] = field(default_factory=dict)
    """What each part shows beside its text, to be found again."""
    captions: Mapping[str, Caption] = field(default_factory=dict)
    """What stands at the foot of the pages of photos."""
    lost: dict[tuple[str, int, str], LostOfPart] = field(default_factory=dict)
    """What was lost when the parts were put together, of parts whose loss somebody has accepted: each loss once."""

    def put_together(
        self, plan: PagePlan, title: str = "", elsewhere: Mapping[str, Elsewhere] | None = None, keep: bool = True
    ) -> tuple[bytes, list[str]]:
        """One PDF of the items of a plan, and what verification found wrong with it."""
        options = self.options
        languages = {part.id: part.language for part in self.inside if part.language != options.language}
        take: Callable[[str], bytes] = self.contents.__getitem__ if keep else self.contents.pop
        said: dict[str, list[str]] = {}

        def piece(item: ContentsLine) -> Piece:
            content = take(item.id)
            said[item.id] = texts_of(content, options)
            return Piece(item.id, item.title, content, languages.get(item.id, ""), self.captions.get(item.id))

        pieces = map(piece, plan.items)
        about = About(title or options.title, options.language, options.made, self.accessible)
        expected = {n: parts for n, parts in own_pages.expected_links(plan, options).items() if n in plan.pages}
        if elsewhere:
            expected = {n: self._all_links(n, parts) for n, parts in expected.items()}
        redacted = {part.id: part.redact for part in self.inside if part.redact}
        with tempfile.TemporaryDirectory(dir=_place(options), prefix=".new-") as folder:
            file = Path(folder) / "bundle.pdf"
            with file.open("wb") as out:
                assemble(pieces, plan, about, out, elsewhere=elsewhere, kept=options.kept)
            told = options.forbidden, elsewhere or {}, redacted, said, self.shows
            failures = verify(file, plan, expected, *told, beside=options.beside)
            return file.read_bytes(), [one for one in failures if not self._is_accepted(one)]

    def _is_accepted(self, failure: str) -> bool:
        """True for the loss of a part that somebody has accepted by name; it is kept to be told."""
        if not isinstance(failure, LostOfPart) or failure.part not in self.options.accept_loss:
            return False
        self.lost[failure.part, failure.page, failure.what] = failure
        return True

    @property
    def accepted(self) -> list[Problem]:
        """The losses that somebody has accepted, each at the place of its part."""
        parts = {part.id: part for part in self.inside}
        return [
            Problem(
                parts[one.part].path or one.part,
                parts[one.part].line,
                parts[one.part].column,
                "quality",
                "bundle/lost",
                f"{one}; this loss is accepted: {self.options.accept_loss[one.part]}",
                "",
            )
            for one in self.lost.values()
        ]

    def _all_links(self, name: str, parts: list[str]) -> list[str]:
        """Contents lead to every part, also to those in other files; the contents of one file only to its own."""
        if name == own_pages.CONTENTS:
            return [part.id for part in self.inside if not (part.late and self.options.late_letters)]
        if name in (own_pages.INDEX, own_pages.PAPERS):
            there = {part.id for part in self.inside}
            rows = [row.parts for row in self.options.criteria]
            rows = rows if name == own_pages.INDEX else [row.parts for row in self.options.papers]
            return [one for parts in rows for one in parts if one in there]
        return parts


def texts_of(content: bytes, options: Options) -> list[str]:
    """The text of a PDF's pages, read once for each content."""
    key = options.kept.key(content, "texts")
    held = options.kept.get(key)
    if held is None:
        held = b"", {"pages": page_texts(content)}
        options.kept.put(key, *held)
    return list(held[1]["pages"])


def _place(options: Options) -> Path | None:
    """Where a PDF lies while it is put together and read back: beside the evidence, never where others could look."""
    if options.kept.folder is not None:
        options.kept.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return options.kept.folder


def whole_or_split(
    shelf: Shelf, plan: PagePlan, desk: own_pages.FrontDesk
) -> tuple[bytes, tuple[File, ...], PagePlan, list[str]]:
    """The bundle as one PDF, or as several none of which is larger than `split_mb`; the plan that holds; failures."""
    most = shelf.options.split_mb * _MB
    before = dict(shelf.lost)
    content, failures = shelf.put_together(plan, keep=bool(most))
    if not most or len(content) <= most:
        return content, (), plan, failures
    share = most * 0.97 * sum(map(len, shelf.contents.values())) / len(content)
    for _ in range(_TRIES):
        plan = _with_volumes(shelf, desk, share)
        shelf.lost = dict(before)  # of what was put together only to be split again nothing is told
        files, failures = _volumes(shelf, plan)
        if all(len(file.content) <= most or _one_part(plan, number) for number, file in enumerate(files, 1)):
            break
        share *= 0.9
    return b"", files, plan, failures


def _with_volumes(shelf: Shelf, desk: own_pages.FrontDesk, share: float) -> PagePlan:
    """A new plan in which each file begins with its own contents."""
    whole = [item for item in desk.items if item.kind != "volume"]
    desk.items = []
    filled, number = 0, 1
    for item in whole:
        size = len(shelf.contents[item.id])
        held = any(one.kind == "part" for one in desk.items)
        if held and filled + size > share and item.kind == "part":
            number += 1
            title = f"Contents of file {number}"
            desk.items.append(ContentsLine(f"{own_pages.VOLUME}{number}", "volume", title, late=item.late))
            filled = 0
        desk.items.append(replace(item, first=0))
        filled += size
    plan, ours = own_pages.write_front(desk)
    shelf.contents.update(ours)
    return plan


def _volumes(shelf: Shelf, plan: PagePlan) -> tuple[tuple[File, ...], list[str]]:
    files = own_pages.volume_of(plan)
    count = max(files.values())
    names = {number: f"{shelf.options.stem}-{number}-of-{count}.pdf" for number in range(1, count + 1)}
    parts = {number: excerpt(plan, [one for one, n in files.items() if n == number]) for number in names}
    places = {number: _places(own, names[number]) for number, own in parts.items()}
    made: list[File] = []
    failures: list[str] = []
    for number, own in parts.items():
        elsewhere = {key: value for n, found in places.items() if n != number for key, value in found.items()}
        title = f"{shelf.options.title}, file {number} of {count}"
        content, found = shelf.put_together(own, title, elsewhere)
        made.append(File(names[number], content, _span(own)))
        failures += [f"{names[number]}: {failure}" for failure in found]
    return tuple(made), failures


def _places(plan: PagePlan, name: str) -> dict[str, Elsewhere]:
    return {item.id: _elsewhere(item, plan, name) for item in plan.items}


def _elsewhere(item: ContentsLine, plan: PagePlan, name: str) -> Elsewhere:
    stamps = dict(plan.pages[item.id].headings)
    headings = tuple(
        (one, item.first + page, stamps[one].partition("-")[0]) for one, page, _ in item.headings if one in stamps
    )
    return Elsewhere(name, item.first, plan.labels[item.first - 1], item.title, headings)


def _span(plan: PagePlan) -> str:
    first, last = plan.labels[0], plan.labels[-1]
    return first if first == last else f"{first}-{last}"


def _one_part(plan: PagePlan, number: int) -> bool:
    """True when a file holds nothing that could be moved to another."""
    files = own_pages.volume_of(plan)
    return sum(item.kind == "part" and files[item.id] == number for item in plan.items) <= 1


def too_big(volumes: Sequence[File], options: Options) -> list[Problem]:
    """Files that are larger than they may be although each holds a single part."""
    return [
        Problem(
            file.name,
            0,
            0,
            "local",
            "bundle/too-big-file",
            f"{file.name} has {len(file.content) / _MB:.1f} MB, more than {options.split_mb:g}; it is one document",
            "scan it again at 150 dots an inch, in grey, or send only the pages that matter",
        )
        for file in volumes
        if len(file.content) > options.split_mb * _MB
    ]


def separate_files(shelf: Shelf, plan: PagePlan) -> tuple[tuple[File, ...], list[str]]:
    """Cover, contents and index as one file, and each part as a file of its own; page numbers stay the bundle's."""
    assert shelf.options.separate is not None
    fronts = [item.id for item in plan.items if item.kind in ("cover", "contents", "index")]
    groups = {"0-contents.pdf": fronts}
    groups |= {shelf.options.separate(item): [item.id] for item in plan.items if item.kind == "part"}
    plans = {name: excerpt(plan, ids) for name, ids in groups.items()}
    places = {key: place for name, own in plans.items() for key, place in _places(own, name).items()}
    made: list[File] = []
    failures: list[str] = []
    for name, own in plans.items():
        elsewhere = {key: place for key, place in places.items() if key not in own.pages}
        title = shelf.options.title if name == "0-contents.pdf" else own.items[0].title
        content, found = shelf.put_together(own, title, elsewhere)
        made.append(File(name, content, _span(own)))
        failures += [f"{name}: {failure}" for failure in found]
    return tuple(made), failures
