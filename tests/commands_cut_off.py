"""The commands, and the saves of the local page, that change something on the disk, each with what must lie there."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx

from tests import page_saves
from tests.cut_off import Work, done
from tests.example_school import ADA, KACPER
from tests.forms.invented_forms import brackenshire
from tests.forms.returned.filled_controls import filled_word
from tests.school import pupil_lists
from tests.small_school import FOR_A_BUNDLE, give_rosa

ROSA = "rosa-lind"
DAY = ["--on", "20/11/2026"]


PAGE_SAVES = (
    *(page_saves.record, page_saves.begun_record, page_saves.new_pupil, page_saves.removed_record),
    *(page_saves.evidence, page_saves.photo, page_saves.house_style, page_saves.language),
)


@dataclass(frozen=True)
class Command:
    """A command that writes: its words, and what must lie in the school's folder before."""

    name: str
    words: Work
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


def _rosa(school: Path) -> None:
    shutil.rmtree(school / "cases" / ADA)
    give_rosa(school / "cases", *FOR_A_BUNDLE)


def _rosa_again(school: Path) -> None:
    """Her bundle was made, and her plan is another now."""
    _rosa(school)
    done(["bundle", ROSA], school)
    plan = school / "cases" / ROSA / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("three things", "four things", 1), "utf-8")


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


def _issued(school: Path) -> None:
    done(["issue", KACPER, "profile", "--to", "parents", "--date", "20/11/2026"], school)
    profile = school / "cases" / KACPER / "profile.yaml"
    profile.write_text(profile.read_text("utf-8").replace("important_to_me:\n", "important_to_me:\n  - Ducks\n", 1))


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
    Command("bundle", ["bundle", ROSA], _rosa, between=MANIFESTS),
    Command("bundle-again", ["bundle", ROSA, "--separate", "--worksheet"], _rosa_again, between=MANIFESTS),
    Command("bundle-libreoffice", ["bundle", ROSA, "--engine", "libreoffice"], _rosa, between=MANIFESTS),
    Command("changes", ["changes", KACPER, "profile", "--print", *DAY], _issued, between=MANIFESTS),
    Command("template-new", ["template", "new", "note", "--of", "log"]),
    Command("template-copy", ["template", "copy", "profile"]),
    Command("template-preview", ["template", "preview", "profile", "--case", KACPER]),
    Command("form-worksheet", ["form", "worksheet", ADA, "request-form"], _learned),
    Command("provision", ["provision", "--xlsx", "map.xlsx", "--docx", "map.docx", *DAY], chance=CLOCK),
    Command("inclusion-strategy", ["inclusion-strategy", *DAY], chance=LEDGER),
    Command("new-behaviour", ["new", "behaviour-plan", KACPER, *DAY]),
    *(Command(f"page-{work.__name__}", work) for work in PAGE_SAVES),
)
