"""Every command that writes, run in a process of its own that is killed, or told by the disk that it is full, anywhere.

A process of its own by fork, so that a run begins at once; Linux and macOS. `audit` sees each change to the disk before
it is made: a run is ended, or fails, exactly there.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib
import json
import os
import pkgutil
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import docx

import generator
from tests.example_school import ENVIRONMENT, KACPER, copy_school
from tests.forms.invented_forms import brackenshire
from tests.forms.returned.filled_controls import filled_word
from tests.school import pupil_lists

ADA = "ada-brown"
DAY = ["--on", "20/11/2026"]
Tree = dict[str, str]


@dataclass(frozen=True)
class Command:
    """A command that writes: its words, and what must lie in the school's folder before."""

    name: str
    words: Sequence[str]
    prepare: Callable[[Path], None] = lambda school: None
    again: tuple[int, ...] = (0, 1, 2)
    """Exit codes with which a second run may end: that it is done already is one of them."""
    chance: str = "(?!)"
    """Names of files that are others each time."""
    between: str = "(?!)"
    """Names of files that are written several times in one run, each time with more of what is done."""
    leaves: str = "(?!)"
    """What may lie there until something is written in that folder again."""


def _archive(school: Path) -> None:
    done(["send-on", KACPER, "--to", "kacper.zip", *DAY], school)
    shutil.rmtree(school / "cases" / KACPER)


def _list(school: Path) -> None:
    (school / "list.csv").write_text(pupil_lists.arbor(), "utf-8")


def _returned(school: Path) -> None:
    done(["ask", ADA, "--who", "teachers", "--no-pdf", *DAY], school)
    form = next((school / "output" / ADA / "ask").glob("teachers-*.docx"))
    given = {"well": "Starts at once.", "signed": "Mr Castle", "date": "1/12/2026"}
    (school / "back.docx").write_bytes(filled_word(form.read_bytes(), given))


def _built(school: Path) -> None:
    done(["build", KACPER], school)
    plan = school / "cases" / KACPER / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("reading", "reading well", 1), "utf-8")


def _bundled(school: Path) -> None:
    made = school / "output" / ADA / "submission"
    made.mkdir(parents=True)
    (made / "bundle.pdf").write_bytes(b"%PDF- a bundle")
    row = {"file": "bundle.pdf", "sha256": hashlib.sha256(b"%PDF- a bundle").hexdigest()}
    (made / "manifest.json").write_text(json.dumps({"files": [row], "parts": [{"id": "request"}]}), "utf-8")


def _handed_over(school: Path) -> None:
    done(["build", ADA, "--only", "profile"], school)
    done(["send-on", ADA, "--without-safeguarding", *DAY], school)


def _sent(school: Path) -> None:
    _bundled(school)
    done(["sent", ADA, "--date", "20/11/2026", "--to", "SEN team", "--on", "20/11/2026"], school)


def _learned(school: Path) -> None:
    (school / "blank.docx").write_bytes(brackenshire().content())
    done([*LEARN, "blank.docx"], school)


def _looked_at(school: Path) -> None:
    """The form was learned and its map looked through; the council has a new edition of it."""
    _learned(school)
    form = school / "templates/standard/forms/request-form.yaml"
    form.write_text(form.read_text("utf-8").replace("sure: no", "sure: yes"), "utf-8")
    edition = docx.Document(str(school / "blank.docx"))
    edition.add_paragraph("Favourite subject: ________")
    edition.save(str(school / "blank.docx"))


def _own_house(school: Path) -> None:
    done(["template", "copy", "house"], school)


def _removed(school: Path) -> None:
    done(["remove", KACPER, "profile", "--confirm"], school)


LEARN = ["form", "learn", "--for", "standard", "--name", "request-form"]
LEDGER = r"written\.json"
"""What we wrote under names that a user chose: without it a file is kept beside, not overwritten."""
CLOCK = rf"^\w+\.xlsx$|{LEDGER}"
"""A workbook says when it was written."""
MANIFESTS = r"output/[^/]+/manifest\.json$"
"""A build writes it again and again, each time with more documents."""
COMMANDS = (
    Command("receive", ["receive", "kacper.zip"], _archive),
    Command("send-on", ["send-on", KACPER, *DAY]),
    Command("sar", ["sar", KACPER, "--for", "other", *DAY]),
    Command("forget", ["forget", KACPER, "--reason", "moved", "--early", "--confirm", KACPER, *DAY], _built),
    Command("forget-ada", ["forget", ADA, "--reason", "moved", "--early", "--confirm", ADA, *DAY], _handed_over),
    Command(
        "import",
        ["import", "list.csv", "--create", "--everyone", "--since", "1/9/2026", "--apply", *DAY],
        _list,
        chance=LEDGER,
        leaves=LEDGER,
    ),
    Command("new-year", ["new-year", "--apply", "--on", "1/9/2027"]),
    Command("issue", ["issue", KACPER, "profile", "--to", "parents", "--date", "20/11/2026"]),
    Command("sent", ["sent", ADA, "--date", "20/11/2026", "--to", "SEN team", "--on", "20/11/2026"], _bundled),
    Command("order", ["order", ADA, "hearing-letter"]),
    Command("answered", ["answered", ADA, "will-assess", "--date", "25/11/2026", "--on", "26/11/2026"], _sent),
    Command("collect", ["collect", "back.docx", "--apply", "--on", "2/12/2026"], _returned),
    Command("build", ["build", KACPER], _built, between=MANIFESTS),
    Command("new-pupil", ["new", "pupil", "Mary Stone", "--born", "14/05/2018", "--status", "k", *DAY]),
    Command("new-log", ["new", "log", KACPER, *DAY]),
    Command("ask", ["ask", KACPER, "--who", "parents", "--no-pdf", *DAY], chance=r"parents-|/asked/"),
    Command(
        "termly",
        ["termly", KACPER, "--no-pdf", *DAY],
        chance=rf"/termly-[\d-]+\.txt$|{LEDGER}",  # it tells what this very run opened and made
        between=MANIFESTS,
    ),
    Command("init", ["init", "new-school"]),
    Command("reviews", ["reviews", "--ics", "days.ics", "--xlsx", "days.xlsx", *DAY], chance=CLOCK),
    Command("form-learn", [*LEARN, "blank.docx", "--apply"], _looked_at),
    Command("form-fill", ["form", "fill", ADA, "--no-pdf"], _learned),
    Command("template-style", ["template", "style", "--colour", "#7a1f2b", "--case", KACPER], _own_house),
    Command("remove", ["remove", KACPER, "profile", "--confirm"]),
    Command("bring-back", ["remove", KACPER, "profile", "--bring-back"], _removed),
    Command("language-new", ["language", "new", "xx", "--name", "Xish"]),
    Command("pack-new", ["pack", "new", "northmoor", "--authority", "Northmoor Council"]),
    Command("briefing", ["briefing", *DAY]),
    Command("governors", ["governors", "--docx", "paper.docx", "--fewest", "2", *DAY], chance=LEDGER),
    Command("register", ["register", "--xlsx", "register.xlsx", "--csv", "register.csv", *DAY], chance=CLOCK),
)


@dataclass
class Outcome:
    """How a run ended: its exit code, or None when it was killed; what it said; how many changes it made."""

    code: int | None
    said: str = ""
    changes: int = 0
    where: str = field(default="", repr=False)


def done(words: Sequence[str], school: Path) -> Outcome:
    """A run that must end well."""
    ended = run(words, school)
    assert ended.code in (0, 1), (words, ended.said)
    return ended


def run(
    words: Sequence[str],
    school: Path,
    *,
    kill_at: int = 0,
    fail_at: int = 0,
    fault: int = errno.ENOSPC,
    after: float = 0,
) -> Outcome:
    """Run a command; at its n-th change to the disk it is killed, or the change and all later ones fail; or both not.

    `after` are seconds until it is killed from outside.
    """
    _read_ahead()
    told, count = school.parent / "said.txt", school.parent / "changes.txt"
    for path in (told, count):
        path.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        _begin(words, school, told, count, kill_at, fail_at, fault)
    if after:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    status = _wait(child)
    code = None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    said = told.read_text("utf-8", "replace") if told.exists() else ""
    number, _, where = (count.read_text() if count.exists() else "0").partition(" ")
    return Outcome(code, said, int(number or 0), where)


@cache
def _read_ahead() -> None:
    """Every module of the program is read before the first fork: no run spends its time on that."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__") and "msword" not in module.name:
            importlib.import_module(module.name)


def _wait(child: int) -> int:
    until = time.monotonic() + 600
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError("a run that does not end")


def _begin(words: Sequence[str], school: Path, told: Path, count: Path, kill_at: int, fail_at: int, fault: int) -> None:
    """The child: never returns."""
    code = 70
    try:
        os.chdir(school)
        os.environ |= ENVIRONMENT | {"TMPDIR": str(school.parent), "XDG_CACHE_HOME": str(school.parent / "kept")}
        import tempfile

        tempfile.tempdir = None
        out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        sys.argv = ["sendpack", *words]
        note = os.open(count, os.O_WRONLY | os.O_CREAT)
        _audit(school, note, kill_at, fail_at, fault)
        from generator.cli.main import main

        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001  whatever it is, it is told
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}


def _audit(school: Path, note: int, kill_at: int, fail_at: int, fault: int) -> None:
    seen, base = 0, str(school)

    def hook(event: str, given: tuple[object, ...]) -> None:
        nonlocal seen
        if event == "open":
            path, _, flags = given
            if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR):
                return
        elif event in _CHANGES:
            path = given[0]
        else:
            return
        if isinstance(path, int) or not (Path.cwd() / os.fsdecode(path)).is_relative_to(base):  # type: ignore[arg-type]
            return
        seen += 1
        os.pwrite(note, f"{seen} {event} {os.fsdecode(path)}".encode() + b" " * 40, 0)  # type: ignore[arg-type]
        if kill_at and seen >= kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if fail_at and seen >= fail_at and (fault == errno.EACCES or event not in ("os.remove", "os.rmdir")):
            raise OSError(fault, os.strerror(fault), os.fsdecode(path))  # type: ignore[arg-type]

    sys.addaudithook(hook)


# -- what lies in the folder ------------------------------------------------------------------------------------------


def tree(school: Path, hidden: bool = False) -> Tree:
    """The SHA-256 of every file by name; those that are hidden, or in a hidden folder, or else all others."""
    found = {}
    for path in sorted(school.rglob("*")):
        name = path.relative_to(school).as_posix()
        if path.is_file() and any(part.startswith(".") for part in name.split("/")) is hidden:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def aged(school: Path) -> None:
    """What was left looks as if it had been left two hours ago."""
    then = time.time() - 7200
    for path in [*school.rglob(".*"), *school.parent.glob("sendpack-*")]:
        with contextlib.suppress(FileNotFoundError):  # a process that ends late removes its own
            os.utime(path, (then, then), follow_symlinks=False)


def begun(command: Command, folder: Path) -> Path:
    """A school in which the command can be run."""
    school = copy_school(folder / "school", ADA, KACPER)
    command.prepare(school)
    return school


def wrong_in_manifest(path: Path) -> list[str]:
    """What may not be of a manifest at any moment: it is read, and names no file that is not there."""
    try:
        documents = json.loads(path.read_text("utf-8"))["documents"]
        named = [name for entry in documents.values() for name in entry["files"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"cannot be read ({type(error).__name__})"]
    return [f"names {name}, which is not there" for name in named if not (path.parent / name).is_file()]


@dataclass
class Trial:
    """One command with the folder before it and after it, to be cut off anywhere."""

    command: Command
    folder: Path
    school: Path = field(init=False)
    before: Tree = field(init=False)
    after: Tree = field(init=False)
    kept: Tree = field(init=False)
    changes: int = field(init=False)

    def __post_init__(self) -> None:
        self.school = begun(self.command, self.folder)
        self.before = tree(self.school)
        self.spare = self.folder / "spare"
        shutil.copytree(self.school, self.spare, symlinks=True)
        whole = run(self.command.words, self.school)
        assert whole.code in (0, 1), whole.said
        self.said, self.changes, self.after = whole.said, whole.changes, tree(self.school)
        self.kept = tree(self.school, hidden=True)

    def back(self) -> None:
        """As it was before the command."""
        shutil.rmtree(self.school)
        shutil.copytree(self.spare, self.school, symlinks=True)

    def wrong(self) -> list[str]:
        """What a cut must not leave: a file that is neither the old one nor the new one."""
        found, now = [], tree(self.school)
        for name, mark in now.items():
            if mark in (self.before.get(name), self.after.get(name)) or re.search(self.command.chance, name):
                continue
            if re.search(self.command.between, name):
                found += [f"{name} {what}" for what in wrong_in_manifest(self.school / name)]
            else:
                found.append(f"{name} is neither the old one nor the new one")
        return found + [f"{name} is gone" for name in self.before if name not in now and name in self.after]

    def not_gone_on(self, ended: Outcome) -> list[str]:
        """What a second run must have done: all of it, and nothing left over."""
        found = []
        if ended.code not in self.command.again:
            found.append(f"the next run ended with {ended.code}: {ended.said[-300:]}")
        now = tree(self.school)
        for name in sorted({*now, *self.after}):
            if now.get(name) != self.after.get(name) and not re.search(self.command.chance, name):
                how = "is missing" if name not in now else "is there" if name not in self.after else "is another"
                found.append(f"after the next run {name} {how}")
        left = {name for name in tree(self.school, hidden=True) if name not in self.kept}
        found += [
            f"{name} was left" for name in sorted(left) if not re.search(rf"/\.cache/|{self.command.leaves}", name)
        ]
        return found
