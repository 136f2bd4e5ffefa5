"""What was sent, to whom and when: a block at the end of request.yaml, and a receipt beside the files."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.build import write_file
from generator.problems import FilesHaveErrors, Problem, WrongUse
from generator.project import LoadedCase, Project
from generator.records import read_record
from generator.wording import date as in_words

RECEIPT = "receipt.json"


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


def record_sent(project: Project, loaded: LoadedCase, sent: Sent) -> tuple[Path, Path | None]:
    """Write down that the request was sent; the request's file, and the receipt where there are files to account for.

    The block is added at the end of request.yaml and nothing else in it changes. Raises WrongUse when it was sent
    before its own date or received before it was sent, FilesHaveErrors when there is a `sent:` already or the file
    cannot take one.
    """
    request = loaded.case.one("request") if loaded.case else None
    file = project.cases / loaded.name / "request.yaml"
    shown = f"cases/{loaded.name}/request.yaml"
    if request is None:
        raise FilesHaveErrors("There is no request that can have been sent.", f"See: sendpack check {loaded.name}")
    if sent.received and sent.received < sent.date:
        raise WrongUse("It cannot be received before it is sent.", "Look at --date and --received again.")
    if "sent" in request.data:
        place = request.place("sent")
        there = Problem(shown, place.line, place.column, "data", "sent-already", "it says already when this was sent")
        raise FilesHaveErrors("Nothing was changed.", "Open the file and correct what it says under sent.", (there,))
    before = file.read_bytes()
    after = before + _block(before, sent)
    read, problems = read_record(after, shown, "request", project.schemas)
    if read is None or problems or {k: v for k, v in read.data.items() if k != "sent"} != request.data:
        advice = "Add these lines to it yourself:\n" + "\n".join(sent.lines)
        raise FilesHaveErrors(f"{shown} does not end in a way that lines can be added to.", advice, tuple(problems))
    write_file(file, after)
    return file, _keep_receipt(project.root / "output" / loaded.name / "submission", sent)


def _block(before: bytes, sent: Sent) -> bytes:
    """The lines to add, in the file's own line endings."""
    end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if re.search(rb"\n\s*\n\Z", before) else end if before.endswith(b"\n") else end + end
    return gap + end.join(line.encode() for line in sent.lines) + end


def _keep_receipt(folder: Path, sent: Sent) -> Path | None:
    manifest = read_json(folder / "manifest.json")
    if not manifest:
        return None
    receipt = {
        "sent": sent.date.isoformat(),
        "to": sent.to,
        "how": sent.how,
        "received": sent.received.isoformat() if sent.received else None,
        "files": manifest.get("files", []),
        "parts": [part["id"] for part in manifest.get("parts", [])],
    }
    write_file(folder / RECEIPT, (json.dumps(receipt, indent=1, ensure_ascii=False) + "\n").encode())
    return folder / RECEIPT


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
        return name not in receipt["parts"]
    return bool(dated and dated > sent)
