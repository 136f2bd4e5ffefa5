"""The submission set of one pupil: which parts go to the authority, in which order, and an account of each."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import case as c
from generator.build import digest, write_file
from generator.bundle import Bundle, Criterion, FrontPage, Options, Pages, Part, bundle
from generator.case import Case
from generator.criteria import criteria
from generator.documents import Desk, Document, TemplateShelf, documents, worded
from generator.engines import Docx, Engine, Failure
from generator.facts import submitted_cycles
from generator.packs import Pack
from generator.problems import DocumentsFailed, FilesHaveErrors, OurBug, Problem
from generator.project import LoadedCase, Project
from generator.records import Record


@dataclass(frozen=True)
class Wish:
    """What is wanted of a bundle: for whom, what may be left out visibly, and who may hear of progress."""

    audience: str = "authority"
    placeholder: bool = False
    accept_changes: bool = False
    progress: Callable[[str], None] | None = None


@dataclass(frozen=True)
class Submission:
    """A bundle that was written: where, and what is to be known about it."""

    folder: Path
    file: Path
    bundle: Bundle
    left_out: tuple[str, ...]


def submit(project: Project, loaded: LoadedCase, others: Sequence[Case], engine: Engine, wish: Wish) -> Submission:
    """Make the bundle of a pupil's request in output/<pupil>/submission/.

    `others` are the other pupils of the school, whose names must not be in it. Raises FilesHaveErrors with every part
    that cannot go in, DocumentsFailed when one of our own documents cannot be made, OurBug when the finished bundle is
    not what it should be (the file is kept for a look).
    """
    case = loaded.case
    if case is None:
        raise FilesHaveErrors("The case has errors.", problems=loaded.problems)
    desk = Desk(project, case, project.pack_of(case), TemplateShelf(project.template_folders))
    _must_be_there(case)
    press = Press(desk, engine)
    parts, left_out = gather(desk, press, wish)
    made = bundle(parts, press.front, _options(desk, parts, others, press, wish))
    folder = project.root / "output" / case.name / "submission"
    name = "bundle.pdf" if wish.audience == "authority" else f"bundle-for-{wish.audience}.pdf"
    _write(folder, name, made, engine, left_out)
    if made.failures:
        raise OurBug("The finished bundle is not as it should be: " + "; ".join(made.failures[:5]))
    return Submission(folder, folder / name, made, left_out)


def _must_be_there(case: Case) -> None:
    """A bundle is a bundle of a request: without one there is nothing to send."""
    if case.one("request") is None:
        place = Problem(
            f"cases/{case.name}/request.yaml",
            0,
            0,
            "data",
            "file-missing",
            "there is no request to bundle",
            f"make one with: sendpack new request {case.name}",
        )
        raise FilesHaveErrors("There is nothing to bundle yet.", problems=(place,))


# -- printing our own parts -------------------------------------------------------------------------------------------


class Press:
    """Turns our documents and the bundle's own pages into PDFs with one engine."""

    def __init__(self, desk: Desk, engine: Engine) -> None:
        self.desk = desk
        self.engine = engine

    def print(self, named: Sequence[tuple[str, bytes]]) -> list[bytes]:
        """One PDF for each Word file. Raises DocumentsFailed with every reason when any cannot be made."""
        results = list(self.engine.convert([Docx(name, word) for name, word in named]))
        failures = [f"{result.name}: {result.reason}" for result in results if isinstance(result, Failure)]
        if failures:
            raise DocumentsFailed("Some parts of the bundle could not be made: " + "; ".join(failures))
        return [result.content for result in results if not isinstance(result, Failure)]

    def convert(self, named: Sequence[tuple[str, bytes]]) -> list[bytes | str]:
        """One PDF for each Word file of evidence, or the reason why there is none."""
        results = self.engine.convert([Docx(name, word) for name, word in named])
        return [result.reason if isinstance(result, Failure) else result.content for result in results]

    def front(self, pages: Sequence[FrontPage]) -> list[bytes]:
        """Cover, contents, index and dividers."""
        title = bundle_title(self.desk)
        on = self.desk.case.data("request")["date"]
        return self.print([(page.name, self.desk.front(page.name, title, on, page.context)) for page in pages])

    def numbered(self, document: Document) -> Callable[[Pages], bytes]:
        """A document that prints bundle page numbers: made again whenever the numbers are known better."""

        def make(pages: Pages) -> bytes:
            numbers = {part: str(found) for part, found in pages.items()}
            return self.print([(document.id, self.desk.write(document, numbers))])[0]

        return make


# -- which parts ------------------------------------------------------------------------------------------------------


def bundle_title(desk: Desk) -> str:
    """The title on the cover and in the file's properties."""
    return worded(str(desk.pack.data["bundle"]["title"]), desk.pack.words)


def gather(desk: Desk, press: Press, wish: Wish) -> tuple[list[Part], tuple[str, ...]]:
    """The parts of the bundle in the pack's order, and in words which documents were left out and why."""
    sections = {row["id"]: str(row["title"]) for row in desk.pack.data["bundle"]["sections"]}
    wanted = [d for d in documents(desk.case, desk.pack) if d.section in sections]
    kept, left_out = _choose(desk.case, wanted, wish.audience)
    fixed = [d for d in kept if d.kind != "request"]
    pdfs = press.print([(d.id, desk.write(d, bundled=True)) for d in fixed])
    printed = dict(zip([d.id for d in fixed], pdfs, strict=True))
    parts = [
        Part(
            id=d.id,
            section=sections[d.section],
            title=d.title,
            content=printed[d.id] if d.id in printed else press.numbered(d),
            date=d.date,
            path=d.record.path if d.record else "",
            audience=d.audience,
        )
        for d in kept
    ]
    parts += _evidence(desk, sections)
    order = list(sections.values())
    return sorted(parts, key=lambda part: order.index(part.section)), tuple(left_out)


def _choose(case: Case, wanted: Sequence[Document], audience: str) -> tuple[list[Document], list[str]]:
    cycles = {record.path for record in submitted_cycles(case)}
    kept, left_out = [], []
    for document in wanted:
        record = document.record
        if record and record.kind == "cycle" and record.path not in cycles:
            reviewed = c.is_reviewed(record.data)
            why = "request.yaml does not list it" if reviewed else "it is not reviewed yet"
            left_out.append(f"{document.title}: {why}")
        elif audience not in document.audience:
            left_out.append(f"{document.title}: it is not for the {audience}")
        else:
            kept.append(document)
    return kept, left_out


def _evidence(desk: Desk, sections: Mapping[str, str]) -> Iterator[Part]:
    """Each piece of evidence as a part; what is kept out by the record itself is not offered at all."""
    record = desk.case.one("evidence")
    if record is None:
        return
    homes = {kind: row for row in desk.pack.data["bundle"]["sections"] for kind in row.get("evidence", ())}
    items = [(number, item) for number, item in enumerate(record.data["items"]) if item.get("include", True)]
    ranks = {kind: number for number, kind in enumerate(homes)}
    items.sort(key=lambda pair: (ranks.get(pair[1]["kind"], len(ranks)), pair[1]["date"]))
    for number, item in items:
        home = homes.get(item["kind"]) or homes.get("other")
        if home is None:
            raise FilesHaveErrors(
                f"The pack {desk.pack.id} has no section for evidence of the kind {item['kind']}.",
                "Name the kind, or other, under evidence: of one of the sections in its pack.yaml.",
            )
        yield _exhibit(desk, record, number, item, sections[home["id"]])


def _exhibit(desk: Desk, record: Record, number: int, item: Mapping[str, Any], section: str) -> Part:
    place = record.place("items", number, "file")
    return Part(
        id=item["id"],
        section=section,
        title=str(item["title"]),
        content=desk.project.cases / desk.case.name / "evidence" / item["file"],
        date=item["date"],
        path=record.path,
        line=place.line,
        column=place.column,
        audience=frozenset(item.get("audience", ())),
        sensitivity=item.get("sensitivity", "normal"),
        alt=str(item.get("describes") or item["title"]),
    )


def matrix(case: Case, pack: Pack, parts: Sequence[str]) -> tuple[Criterion, ...]:
    """The evidence matrix with the parts of the bundle that answer each criterion; fields by the request itself."""
    rows = []
    for row in criteria(case, pack):
        ids = [*row.evidence, *(f"cycle-{name}" for name in row.cycles), *(["request"] if row.fields else [])]
        there = tuple(part for part in dict.fromkeys(ids) if part in parts)
        rows.append(Criterion(row.id, row.text, there, row.source))
    return tuple(rows)


def _options(desk: Desk, parts: Sequence[Part], others: Sequence[Case], press: Press, wish: Wish) -> Options:
    request = desk.case.data("request")
    names = {name for other in others if other.name != desk.case.name for name in c.names(other.data("pupil"))}
    allowed = {str(n) for item in desk.case.data("evidence").get("items", ()) for n in item.get("names_others", ())}
    return Options(
        title=bundle_title(desk),
        audience=wish.audience,
        made=datetime.datetime.combine(request["date"], datetime.time(12), datetime.UTC),
        criteria=matrix(desk.case, desk.pack, [part.id for part in parts]),
        cache=desk.project.root / "output" / desk.case.name / ".cache",
        convert=press.convert,
        accept_changes=wish.accept_changes,
        released={row["evidence"]: str(row["reason"]) for row in request.get("release", ())},
        placeholder=wish.placeholder,
        other_pupils=tuple(sorted(names - c.names(desk.case.data("pupil")) - allowed)),
        progress=wish.progress,
    )


# -- writing ----------------------------------------------------------------------------------------------------------


def _write(folder: Path, name: str, made: Bundle, engine: Engine, left_out: Sequence[str]) -> None:
    write_file(folder / name, made.content)
    manifest = {
        "file": name,
        "sha256": digest(made.content),
        "pages": made.plan.total,
        "engine": engine.about(),
        "accessible": made.accessible,
        "parts": [_account(account, made) for account in made.accounts],
        "left_out": [*left_out, *(f"{row.title}: {row.reason}" for row in made.left_out)],
        "warnings": [str(problem) for problem in made.warnings],
        "failures": list(made.failures),
    }
    write_file(
        folder / f"{Path(name).stem}.manifest.json",
        (json.dumps(manifest, indent=1, ensure_ascii=False, default=str) + "\n").encode(),
    )


def _account(account: Any, made: Bundle) -> dict[str, Any]:
    return {
        "id": account.id,
        "pages": str(made.plan.pages[account.id]) if account.id in made.plan.pages else "",
        "kind": account.kind,
        "sha256_of_original": account.sha256,
        "repaired": account.repaired,
        "removed": list(account.removed),
        "done": list(account.done),
        "warnings": list(account.warnings),
    }
