"""What was sent, to whom and when: a block at the end of request.yaml, and the very files, kept with the case.

Each sending has a folder cases/<pupil>/sent/<date>/ with the files that were sent, their account and receipt.json. No
command changes it; it goes where the case goes, to the next school or, at the end, with everything on the child.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from generator.files.atomic_files import digest, new_folder, write_file
from generator.folder.changing.changes_made import FileChange, remember
from generator.folder.school_folder import LoadedCase, Project
from generator.problems import FilesHaveErrors, Problem, Stop, WrongUse
from generator.records.record import read_record
from generator.submission.parts.part_ids import is_told
from generator.values.formatting import date as in_words

RECEIPT = "receipt.json"
SENT = "sent"
"""The folder of what was sent, in the pupil's folder."""


@dataclass(frozen=True)
class Sent:
    """One sending."""

    date: dt.date
    to: str
    how: str = ""
    received: dt.date | None = None

    @property
    def lines(self) -> list[str]:
        """The block as it stands in request.yaml."""
        rows = [("date", in_words(self.date)), ("to", json.dumps(self.to, ensure_ascii=False))]
        rows += [("how", json.dumps(self.how, ensure_ascii=False))] if self.how else []
        rows += [("received", in_words(self.received))] if self.received else []
        return ["sent:", *(f"  {key}: {value}" for key, value in rows)]


@dataclass(frozen=True)
class Kept:
    """The files of a sending: their folder, and those of the bundle's account that are not as they were made."""

    folder: Path
    receipt: Mapping[str, Any] = field(default_factory=dict)
    not_kept: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of the parts that were sent."""
        return tuple(map(str, self.receipt.get("parts", ())))

    @property
    def to_fill_in(self) -> tuple[str, ...]:
        """The places that were still to be filled in, by the account that went with the files."""
        told = read_json(self.folder / "manifest.json").get("cautions", ())
        return tuple(str(one.get("text")) for one in told if one.get("kind") == "to-fill-in")

    @property
    def marks(self) -> frozenset[str]:
        """The hashes of what was sent, each from before a password was put on it."""
        return marks(self.receipt.get("files", ()))

    @property
    def day(self) -> dt.date | None:
        """When it was sent; None when the receipt does not say it as we write it."""
        try:
            return dt.date.fromisoformat(str(self.receipt.get("sent")))
        except ValueError:
            return None


def marks(files: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The hashes of files as a manifest lists them, each from before a password was put on it."""
    return frozenset(str(row.get("sha256_before_password") or row.get("sha256")) for row in files)


def last_sent(project: Project, pupil: str) -> Kept | None:
    """The files that were sent last; None when none are kept."""
    found = [Kept(file.parent, read_json(file)) for file in (project.cases / pupil / SENT).glob(f"[!.]*/{RECEIPT}")]
    return max(found, key=lambda one: (one.day or dt.date.min, one.folder.name), default=None)


def record_sent(project: Project, loaded: LoadedCase, sent: Sent, today: dt.date) -> tuple[Path, Kept | None]:
    """Write down that the request was sent, and keep the files of the bundle for good; None where there is no bundle.

    The block is added at the end of request.yaml and nothing else in it changes. Raises WrongUse when a day is still to
    come or it was received before it was sent, FilesHaveErrors when there is a `sent:` already or the file cannot take
    one, Stop when the files cannot be kept: then nothing was changed.
    """
    request = loaded.case.one("request") if loaded.case else None
    file = project.cases / loaded.name / "request.yaml"
    shown = f"cases/{loaded.name}/request.yaml"
    if request is None:
        raise FilesHaveErrors("There is no request that can have been sent.", f"See: sendpack check {loaded.name}")
    _must_have_been(sent, today)
    if "sent" in request.data:
        there = Problem.at(request, ["sent"], "data", "sent-already", "it says already when this was sent")
        raise FilesHaveErrors("Nothing was changed.", "Open the file and correct what it says under sent.", (there,))
    before = file.read_bytes()
    after = before + _block(before, sent)
    read, problems = read_record(after, shown, "request", project.schemas)
    if read is None or problems or {k: v for k, v in read.data.items() if k != "sent"} != request.data:
        advice = "Add these lines to it yourself:\n" + "\n".join(sent.lines)
        raise FilesHaveErrors(f"{shown} does not end in a way that lines can be added to.", advice, tuple(problems))
    home = project.cases / loaded.name / SENT
    earlier = set(home.glob("*"))
    kept = _keep(project, loaded.name, sent)
    try:
        write_file(file, after)
    except Stop:
        if kept and kept.folder not in earlier:  # what an earlier run kept stays, whoever asks for it again
            shutil.rmtree(kept.folder, ignore_errors=True)
        raise
    new = [one for one in kept.folder.rglob("*") if one.is_file()] if kept and kept.folder not in earlier else []
    files = [
        FileChange(one.relative_to(project.root).as_posix(), None, digest(one.read_bytes())) for one in sorted(new)
    ]
    did = f"Recorded as sent on {in_words(sent.date)}, to {sent.to}"
    remember(project.root, did, [FileChange(shown, before, digest(after)), *files])
    return file, kept


def _must_have_been(sent: Sent, today: dt.date) -> None:
    """Deadlines are counted from these days: a slip in the year or month would move all of them."""
    if sent.received and sent.received < sent.date:
        raise WrongUse("It cannot be received before it is sent.", "Look at both days again.")
    for day, done in ((sent.date, "sent"), (sent.received, "received")):
        if day and day > today:
            message = f"It cannot have been {done} on {in_words(day)}: today is {in_words(today)}."
            raise WrongUse(message, f"Look at that day again, or record it when it has been {done}.")


def _block(before: bytes, sent: Sent) -> bytes:
    """The lines to add, in the file's own line endings."""
    end = b"\r\n" if b"\r\n" in before else b"\n"
    blank = before[len(before.rstrip()) :]
    gap = b"" if blank.endswith(b"\n") and b"\n" in blank[:-1] else end if before.endswith(b"\n") else end + end
    return gap + end.join(line.encode() for line in sent.lines) + end


def _keep(project: Project, pupil: str, sent: Sent) -> Kept | None:
    """A copy of every file of the bundle that is as its account says, in a folder that no run writes into again."""
    made = project.root / "output" / pupil / "submission"
    manifest = read_json(made / "manifest.json")
    if not manifest:
        return None
    files: dict[str, bytes] = {}
    rows = list(manifest.get("files", ()))
    for row in rows:
        content = _content(made / str(row["file"]))
        if content is not None and digest(content) == row["sha256"]:
            files[str(row["file"])] = content
    lost = tuple(str(row["file"]) for row in rows if row["file"] not in files)
    receipt = {
        "sent": sent.date.isoformat(),
        "to": sent.to,
        "how": sent.how,
        "received": sent.received.isoformat() if sent.received else None,
        "files": [row for row in rows if row["file"] in files],
        "parts": [part["id"] for part in manifest.get("parts", [])],
        "not_kept": list(lost),
    }
    accounts = {name: content for name in ACCOUNTS if (content := _content(made / name)) is not None}
    written = (json.dumps(receipt, indent=1, ensure_ascii=False) + "\n").encode()
    whole = {**files, **accounts, RECEIPT: written}
    home = project.cases / pupil / SENT
    folder = next((one for one in home.glob(f"{sent.date.isoformat()}*") if _holds(one, whole)), None)
    if folder is None:  # else a run was cut off after it, before it was written down
        folder = _free(home, sent.date.isoformat())
        new_folder(folder, whole)
    return Kept(folder, receipt, lost)


ACCOUNTS = ("manifest.json", "manifest.pdf")


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    """True for a folder with these files and no other."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return there.keys() == files.keys() and all(_content(there[name]) == content for name, content in files.items())


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _free(home: Path, name: str) -> Path:
    """A folder that is not there yet: what was kept before stays as it is."""
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(home / one for one in names if not (home / one).exists())


def read_json(path: Path) -> dict[str, Any]:
    """What a file of ours holds; nothing when it is not there or not ours."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_late(name: str, dated: dt.date | None, request: Mapping[str, Any], receipt: Mapping[str, Any]) -> bool:
    """True for a part that was not among what was sent: by the receipt, else by its date."""
    sent = request.get("sent", {}).get("date")
    if sent is None:
        return False
    if receipt.get("parts"):
        return not is_told(name, receipt["parts"])
    return bool(dated and dated > sent)
