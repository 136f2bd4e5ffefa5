"""The files of a submission: the bundle in one file or several, parts by themselves, and the account of all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.authorities.pack import Pack
from generator.build.output_folder import Memory
from generator.bundle import Account, Bundle, ContentsLine
from generator.cases.case import Case
from generator.cases.family.people import known_as, names
from generator.files.atomic_files import digest, sweep_halves, write_files
from generator.submission.given_out.day_of_sending import Kept, marks, read_json
from generator.submission.parents_copy import BundleReaders
from generator.submission.parts.part_ids import told_id
from generator.submission.submission_warnings import HEADS, Caution
from generator.values.formatting import date as in_words

_MB = 1_000_000


@dataclass(frozen=True)
class Out:
    """One file to be written: its name in the submission folder, its pages; its hash before it was locked."""

    name: str
    content: bytes
    what: str
    pages: str = ""
    plain: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The file as the manifest tells it."""
        found = {"file": self.name, "what": self.what, "sha256": digest(self.content), "bytes": len(self.content)}
        found |= {"pages": self.pages} if self.pages else {}
        return found | ({"sha256_before_password": self.plain} if self.plain else {})


def neutral_names(case: Case, pack: Pack) -> Callable[[ContentsLine], str]:
    """How the pack names files, by number, document and initials; an id that says the pupil's name is not used."""
    pattern = str(pack.data.get("bundle", {}).get("file_names", "{number}-{document}"))
    pupil = case.data("pupil")
    said = {word.casefold() for name in names(pupil) for word in name.split()}
    kinds = {str(i["id"]): str(i["kind"]).replace("_", "-") for i in case.data("evidence").get("items", ())}
    initials = "".join(name[0] for name in known_as(pupil).split())

    def name(item: ContentsLine) -> str:
        named = any(word in said for word in item.id.casefold().split("-"))
        document = kinds.get(item.id, item.number.lower()) if named else item.id
        return f"{pattern.format(number=item.number, document=document, initials=initials)}.pdf"

    return name


def bundle_files(made: Bundle, ending: str) -> list[Out]:
    """The PDFs of a bundle: one, or its volumes, and its parts by themselves.

    Parts for other readers than the authority lie in a folder of their own, for what is withheld from one is not from
    another.
    """
    found = [Out(f"bundle{ending}.pdf", made.content, "the bundle", f"1-{made.plan.total}")] if made.content else []
    found += [Out(file.name, file.content, "the bundle, in part", file.pages) for file in made.volumes]
    return found + [Out(f"files{ending}/{f.name}", f.content, "one part by itself", f.pages) for f in made.separate]


def sealed(files: Sequence[Out], password: str) -> list[Out]:
    """The PDFs locked with the password, each with the hash of what is inside."""
    from generator.bundle.assemble.encrypt import seal  # here: most bundles have no password

    return [
        replace(file, content=seal(file.content, password), plain=digest(file.content))
        if password and file.name.endswith(".pdf")
        else file
        for file in files
    ]


def left_from_before(folder: Path, listed: str, files: Sequence[Out]) -> Iterator[Caution]:
    """PDFs, Word files and pages that lie in the folder and are of no copy that is still good.

    Nothing is deleted, but it is said at every run. `listed` is the name of this copy's account; what the accounts of
    copies for other readers list is theirs.
    """
    good = {file.name for file in files}
    for account in folder.glob("manifest*.json"):
        good.add(f"{account.stem}.pdf")
        if account.name != listed:
            good |= {str(row.get("file")) for row in read_json(account).get("files", ())}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in (".pdf", ".docx", ".html") and name not in good and not path.name.startswith("."):
            yield Caution(
                "left-out", f"{name} lies in the folder too, is not part of this bundle and may be old: do not send it"
            )


def edited_by_hand(memory: Memory, documents: Iterable[str]) -> Iterator[Caution]:
    """Files of a build that somebody changed, whose changes are not in the bundle: it is made from the records."""
    for name in (f"{document}{ending}" for document in documents for ending in (".docx", ".pdf")):
        if memory.edited(name):
            how = "the bundle is made from the files in cases/, without that edit"
            yield Caution("edited", f"{name} was edited by hand; {how}")


def not_what_was_sent(kept: Kept | None, files: Sequence[Out]) -> Iterator[Caution]:
    """Where the files that were sent are kept, when these are others."""
    if kept is not None and marks(file.as_dict() for file in files) != kept.marks:
        day = f" on {in_words(kept.day)}" if kept.day else ""
        where = "/".join(("cases", *kept.folder.parts[-3:]))
        yield Caution("sent", f"this is not what was sent{day}: that is kept in {where} and stays as it was")


def cautions_of_today(
    folder: Path,
    audience: str,
    whose: BundleReaders,
    files: Sequence[Out],
    documents: Sequence[str],
    sent: Kept | None,
) -> Iterator[Caution]:
    """What is to be known that depends on what else lies in the folders today."""
    yield from edited_by_hand(Memory.read(folder.parent), documents)
    if audience == "authority":
        yield from not_what_was_sent(sent, files)
    yield from left_from_before(folder, f"manifest{whose.ending}.json", files)


def manifest(
    audience: str,
    engine: str,
    made: Bundle,
    files: Sequence[Out],
    cautions: Sequence[Caution],
    redacted: Sequence[str] = (),
) -> dict[str, Any]:
    """The whole account for other programs; it says nothing that changes from day to day.

    `redacted` are the words that were taken out of evidence, which no id of a part may tell.
    """
    return {
        "for": audience,
        "files": [file.as_dict() for file in files],
        "pages": made.plan.total,
        "engine": engine,
        "accessible": made.accessible,
        "parts": [_part(account, made, redacted) for account in made.accounts],
        "cautions": [{"kind": caution.kind, "text": caution.text} for caution in cautions],
        "failures": list(made.failures),
    }


def _part(account: Account, made: Bundle, redacted: Sequence[str]) -> dict[str, Any]:
    item = made.plan.item(account.id)
    return {
        "id": told_id(account.id, redacted),
        "number": item.number,
        "title": item.title,
        "pages": str(made.plan.pages[account.id]),
        "kind": account.kind,
        "sha256_of_original": account.sha256,
        "repaired": account.repaired,
        "removed": list(account.removed),
        "done": list(account.done),
        "warnings": list(account.warnings),
    }


def as_json(found: dict[str, Any]) -> bytes:
    """JSON that a person can read too."""
    return (json.dumps(found, indent=1, ensure_ascii=False, default=str) + "\n").encode()


def for_people(audience: str, made: Bundle, files: Sequence[Out], cautions: Sequence[Caution]) -> dict[str, Any]:
    """What the page for people prints: files, cautions by kind, and the evidence to which something was done."""
    heads = [(HEADS[kind], [one.text for one in cautions if one.kind == kind]) for kind in HEADS]
    return {
        "audience": audience,
        "bundle": {"title": "Submission", "documents": len(made.accounts), "total": made.plan.total, "files": 1},
        "files": _rows(files),
        "cautions": [{"head": head, "lines": lines} for head, lines in heads if lines],
        "done": [
            {"title": made.plan.item(a.id).title, "pages": str(made.plan.pages[a.id]), "done": _done(a)}
            for a in made.accounts
            if _done(a)
        ],
    }


def _rows(files: Sequence[Out]) -> list[dict[str, str]]:
    """The files that are sent as one; parts by themselves are one row, since the page is to be read at a glance."""
    alone = [
        file for file in files if file.name.startswith("files") and "/" in file.name and file.name.endswith(".pdf")
    ]
    rows = [
        {"name": f.name, "pages": f.pages, "size": _size(len(f.content)), "sha256": f"{digest(f.content)[:16]}…"}
        for f in files
        if f not in alone
    ]
    if alone:
        size = _size(sum(len(file.content) for file in alone))
        rows.append(
            {
                "name": f"{alone[0].name.partition('/')[0]}/: {len(alone)} parts, each by itself",
                "pages": "",
                "size": size,
                "sha256": "in the JSON",
            }
        )
    return rows


def _size(count: int) -> str:
    return f"{count / _MB:.1f} MB" if count >= _MB / 10 else f"{max(1, round(count / 1000))} kB"


def _done(account: Account) -> str:
    """What was done and removed; our own documents lose only our engine's name, which is nobody's news."""
    if account.kind == "PDF" and not account.done and all("program names" in line for line in account.removed):
        return ""
    removed = [f"removed: {', '.join(account.removed)}"] if account.removed else []
    return "; ".join([*(["repaired"] if account.repaired else []), *account.done, *removed])


def write_all(folder: Path, files: Sequence[Out]) -> None:
    """Write every file whole, all of them or none, or stop with advice."""
    sweep_halves(folder)
    write_files({folder / file.name: file.content for file in files})
