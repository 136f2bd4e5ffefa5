"""What a reader would expect in a bundle and does not find there, with the reason as far as the records know it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial

from generator.bundle import AbsentPaper, Part
from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.values.formatting import date as in_words
from generator.values.parsing import to_fill_in

_NEAR = timedelta(days=42)
"""A paper with a date so close to a check is taken to be what came of it."""

_CHECKED = re.compile(
    r"\b(hearing|eyes?|sight|vision|optician|optometrist|orthoptist|audiolog\w*|doctor|GP|paediatric\w*|health)\b.*?"
    r"\b(checks?|tests?|letter|report|results?|appointment)\b",
    re.IGNORECASE,
)
"""An action of which somebody outside the school makes a paper: `Hearing check`, `Optician’s letter to school`."""

_REPORT_SENT = re.compile(r"\breport\b.*\b(sent|given|handed)\b", re.IGNORECASE)


def absent_papers(
    case: Case, seen: Case, parts: Sequence[Part], unlisted: Sequence[str] = ()
) -> tuple[AbsentPaper, ...]:
    """The list for one bundle; `seen` is the case as its readers may see it, `case` the whole.

    `unlisted` are files in evidence/ that no entry names: like an entry that is still to be written, each may be the
    very paper.

    Only what a record that they see speaks of is listed, and nothing of which the school holds the paper: that it is
    kept from these readers is not told to them.
    """
    inside = {part.id for part in parts}
    on = case.data("request")["date"]
    held = _Held((*case.evidence_held, *({"file": name} for name in unlisted)))
    found = (
        *_cycles(seen, inside, on),
        *_versions(seen, inside),
        *_reports(seen, held, on),
        *_waited_for(seen, held, on),
    )
    return (*found, *_checks(seen, held, on), *_sent(seen, held, on))


@dataclass(frozen=True)
class _Held:
    """The papers on file; of some it is not written yet what they are, or of which day."""

    papers: Sequence[Data]

    @cached_property
    def all_known(self) -> bool:
        """True when of each paper somebody has said what it is, so that one can be said to be missing."""
        return all(_filled_in(paper, "title") for paper in self.papers)

    def any(self, day: date, what: Callable[[Data], bool]) -> bool:
        """Whether a paper of about a day is held, or one that may be."""
        return any(what(paper) and _may_be_of(paper, day) for paper in self.papers)


def _may_be_of(paper: Data, day: date) -> bool:
    return not isinstance(paper.get("date"), date) or abs(paper["date"] - day) <= _NEAR


def _filled_in(paper: Data, key: str) -> bool:
    """True when somebody has written this field of a paper."""
    return key in paper and not to_fill_in(paper[key])


def _words_of(paper: Data, *keys: str) -> str:
    """What a paper says of itself under some keys; without a title, the name of its file."""
    named = () if _filled_in(paper, "title") else (re.sub(r"[-_.]+", " ", str(paper.get("file", ""))),)
    return " ".join([*named, *(str(paper[key]) for key in keys if _filled_in(paper, key))]).casefold()


def _cycles(seen: Case, inside: set[str], on: date) -> Iterator[AbsentPaper]:
    """Cycles that are still running, or that the request does not name."""
    for record in seen.cycles:
        cycle = record.data
        if f"cycle-{c.file_id(record)}" in inside or c.is_drafted(record) or cycle["start"] > on:
            continue
        review = cycle.get("review", {}).get("date")
        if review is None or review > on:
            why = f"it is still running; its review is planned for {in_words(cycle['planned_review'])}."
        else:
            why = "it is reviewed; the request does not count on it, and the school can send it."
        yield AbsentPaper(f"The cycle {cycle['title']}", why)


def _versions(seen: Case, inside: set[str]) -> Iterator[AbsentPaper]:
    """Versions before the one that is in the bundle."""
    for kind, part, title in (
        ("plan", "support-plan", "support plan"),
        ("my-support-plan", "my-support-plan", "My Support Plan"),
    ):
        version = str(seen.data(kind).get("version", ""))
        named = f"version {version}" if version[:1].isdigit() else version
        if part in inside and _LATER.match(version):
            yield AbsentPaper(f"Earlier versions of the {title}", f"only the newest is here: {named}.")


_LATER = re.compile(r"(version )?([2-9]|\d\d)|amend", re.IGNORECASE)
"""A version that is not the first: `2`, `Amendment 3 (Year 4)`."""


def _reports(seen: Case, held: _Held, on: date) -> Iterator[AbsentPaper]:
    """Reports that pupil.yaml names and of which there is no file."""
    for row in seen.data("pupil").get("agencies", ()):
        day = row.get("last_report")
        if (
            isinstance(day, date)
            and day <= on
            and not any(_is_of(item, row) and _may_be_since(item, day - _NEAR) for item in held.papers)
        ):
            where = "is on file" if held.all_known else _HERE
            yield AbsentPaper(
                f"Report of {row['service']}, {in_words(day)}", f"the records name it; no copy of it {where}."
            )


_HERE = "is among these papers"
"""All that can be said while there are papers of which nobody has written what they are."""


def _may_be_since(paper: Data, day: date) -> bool:
    return not isinstance(paper.get("date"), date) or paper["date"] >= day


def _is_of(item: Data, agency: Data) -> bool:
    """True for a paper of a service: by its id, or by the name of its person or of the service."""
    names = {str(agency[key]).casefold() for key in ("person", "service") if agency.get(key)}
    said = _words_of(item, "author", "title")
    return item.get("agency") == agency["id"] or any(name in said for name in names)


def _waited_for(seen: Case, held: _Held, on: date) -> Iterator[AbsentPaper]:
    """Services that the child was referred to and that have not written yet."""
    for row in seen.data("pupil").get("referrals", ()):
        if row["referred"] <= on and not any(
            str(row["service"]).casefold() in _words_of(item, "author", "title") for item in held.papers
        ):
            what = "there is no report yet" if held.all_known else f"no report of it {_HERE}"
            yield AbsentPaper(f"Report of {row['service']}", f"referred on {in_words(row['referred'])}; {what}.")


def _checks(seen: Case, held: _Held, on: date) -> Iterator[AbsentPaper]:
    """Checks and letters that a meeting agreed and that are marked as done, without a paper of about that day."""
    for meeting in seen.meetings:
        for row in meeting.data.get("actions", ()):
            what, done = str(row["what"]), row.get("done")
            if not (isinstance(done, date) and done <= on and _CHECKED.search(what)):
                continue
            if not held.any(done, partial(_same_subject, what)):
                agreed = f"agreed on {in_words(meeting.data['date'])} and noted as done on {in_words(done)}"
                where = "is on file" if held.all_known else _HERE
                yield AbsentPaper(what, f"{agreed}; no paper with what came of it {where}.")


def _same_subject(what: str, item: Data) -> bool:
    """True where a paper and an action share a telling word."""
    said = _words_of(item, "title", "author", "role", "shows")
    stems = {word.casefold()[:6] for word in re.findall(r"[^\W\d_]{4,}", what)} - _EVERYWHERE
    return any(stem in said for stem in stems)


_EVERYWHERE = {
    "letter",
    "report",
    "check",
    "checks",
    "result",
    "school",
    "with",
    "from",
    "test",
    "tests",
    "brough",
    "forwar",
}


def _sent(seen: Case, held: _Held, on: date) -> Iterator[AbsentPaper]:
    """Written reports that the log says were sent, without a copy of about that day."""
    for row in seen.data("log").get("entries", ()):
        what, day = str(row["what"]).rstrip("."), row.get("date")
        if not (isinstance(day, date) and day <= on and _REPORT_SENT.search(what)):
            continue
        if not held.any(day, _may_be_report):
            yield AbsentPaper(what, f"noted on {in_words(day)}; no copy of it is among these papers.")


def _may_be_report(paper: Data) -> bool:
    """True for a report of the school, and for an entry whose kind is still to be written."""
    return bool(paper["kind"] == "school_report" if "kind" in paper else "title" in paper)
