"""What a person must know before a bundle leaves the house: told before it is written, and kept in its manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from generator.authorities.pack import Pack
from generator.authorities.readiness import REQUEST, readiness
from generator.bundle import Account, Bundle, begins_a_name, names_found
from generator.bundle.evidence.file_type import is_photo
from generator.cases.case import Case, document_id
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words
from generator.values.notice import Notice
from generator.values.parsing import places_to_fill_in

HEADS = {
    "sent": "What was sent before",
    "lost": "Words or pictures are lost, and somebody has accepted it",
    "other-pupil": "Other pupils of the school are named",
    "perhaps-pupil": "Perhaps other pupils of the school",
    "contact": "How to reach people of another home",
    "to-fill-in": "Still to be filled in",
    "edited": "Edited by hand, and not in this bundle",
    "not-named": "Perhaps another child's",
    "safeguarding": "About safeguarding",
    "missing": "Still missing for this request",
    "set-aside": "Set aside by the school, with its reason",
    "others-named": "Other people are named, and may be",
    "permission": "Its author has set a limit on sharing",
    "left-out": "Not in this bundle",
    "look": "Look at these pages",
}
"""Kinds of caution in the order in which they are told, each with its heading."""


@dataclass(frozen=True)
class Caution:
    """One thing to know: its kind (a key of HEADS) and a sentence."""

    kind: str
    text: str


_OF_OTHERS = ("sent", "other-pupil", "perhaps-pupil", "not-named", "contact", "safeguarding", "set-aside", "left-out")
"""Kinds of caution that may name what these readers must not learn: other children, what is kept from them, and why."""


def in_account(told: Sequence[Caution], audience: str, redacted: Sequence[str] = ()) -> list[Caution]:
    """What the account says of what was told: it lies beside the files, and goes with them if nobody looks.

    It names nobody who was taken out of evidence (`redacted`), whoever reads it. Beside a copy that is not for the
    authority it says how many there are of what may not be for its readers; what they are is told by every run.
    """

    def hidden(one: Caution) -> bool:
        return (audience != "authority" and one.kind in _OF_OTHERS) or _names(one.text, redacted)

    counts = Counter(one.kind for one in told if hidden(one))
    return [one for one in told if not hidden(one)] + [
        Caution(kind, f"{counts[kind]} to look at: {ON_SCREEN}") for kind in HEADS if counts[kind]
    ]


def _names(line: str, redacted: Sequence[str]) -> bool:
    """True of a line that names one who was taken out, or that is cut where it may be about to: “and helper Jor…”."""
    return bool(names_found([line], redacted)) or begins_a_name(line, redacted)


Text = TypeVar("Text", bound=str)
ON_SCREEN = "sendpack bundle says on the screen which"


def accounts_without(accounts: Iterable[Account], redacted: Sequence[str]) -> tuple[Account, ...]:
    """What was done to each part, without a line that names what was taken out of evidence."""

    def kept(lines: Sequence[Text], more: Callable[[str], Text]) -> tuple[Text, ...]:
        left = [line for line in lines if not _names(line, redacted)]
        gone = len(lines) - len(left)
        return (*left, more(f"{gone} more: {ON_SCREEN}")) if gone else tuple(left)

    return tuple(
        replace(
            one,
            done=kept(one.done, str),
            removed=kept(one.removed, str),
            warnings=kept(one.warnings, Notice),
        )
        for one in accounts
    )


def words_taken_out(case: Case) -> list[str]:
    """The words that are to be taken out of any evidence of the case."""
    return list(
        dict.fromkeys(str(t) for item in case.data("evidence").get("items", ()) for t in item.get("redact", ()))
    )


def cautions(
    case: Case, seen: Case, pack: Pack, on: date, audience: str, made: Bundle, left_out: Sequence[str]
) -> tuple[Caution, ...]:
    """Everything to know, most serious first; `case` is the whole case, `seen` what these readers get."""
    found = [*_of_bundle(made), *_safeguarding(case, made), *_others(seen), *(Caution("left-out", t) for t in left_out)]
    found += [*_to_fill_in(seen, pack, made), *_undescribed(seen, made), *_waiting(case)]
    if audience == "authority":
        found += [*_missing(seen, pack, on), *_set_aside(seen, pack, on)]
    order = list(HEADS)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: order.index(one.kind)))


def _of_bundle(made: Bundle) -> Iterator[Caution]:
    for problem in made.warnings:
        kind = problem.rule.removeprefix("bundle/")
        yield Caution(
            kind if kind in ("lost", "contact", "other-pupil", "perhaps-pupil", "not-named") else "look", str(problem)
        )
    for row in made.left_out:
        if "safeguarding" not in row.reason:
            yield Caution("left-out", f"{row.title}: {row.reason}")


def _safeguarding(case: Case, made: Bundle) -> Iterator[Caution]:
    """What was kept out, and what goes because somebody released it by name."""
    for row in made.left_out:
        if "safeguarding" in row.reason:
            yield Caution("safeguarding", f"{row.title}: left out, {row.reason.removeprefix('it is ')}")
    inside = {account.id for account in made.accounts}
    for row in case.data("request").get("release", ()):
        if row["evidence"] in inside:
            day = f" on {in_words(row['date'])}" if "date" in row else ""
            yield Caution(
                "safeguarding", f"{row['evidence']}: goes with it; released by {row['by']}{day}: {row['reason']}"
            )


def _to_fill_in(case: Case, pack: Pack, made: Bundle) -> Iterator[Caution]:
    """Every line that would be read as “(to be filled in)”; of cycles and meetings, of those that go along."""
    inside = {account.id for account in made.accounts}
    each = {str(row["each"]) for row in pack.documents if "each" in row}
    for record in (*case.records, *([case.school] if case.school else [])):
        if record.kind in each and not any(
            document_id(str(row["id"]), record) in inside for row in pack.documents if row.get("each") == record.kind
        ):
            continue
        lines = sorted({record.place(*path).line for path in places_to_fill_in(record.data)})
        if lines:
            yield Caution("to-fill-in", f"{record.path}, line{'s' * (len(lines) > 1)} {and_list(map(str, lines))}")


def _waiting(case: Case) -> Iterator[Caution]:
    """Evidence of which nobody has written the kind or the date: it is left out until somebody does."""
    record = case.one("evidence")
    for item in record.waiting if record else ():
        yield Caution(
            "left-out", f"{item['title']}: its kind and date are to be filled in, in {record and record.path}"
        )


def _undescribed(case: Case, made: Bundle) -> Iterator[Caution]:
    """Photos and drawings for which nobody has written what is to be seen."""
    photos = {account.id for account in made.accounts if is_photo(account.kind)}
    record = case.one("evidence")
    for number, item in enumerate(record.data["items"] if record else ()):
        if record and item["id"] in photos and not item.get("describes"):
            place = f"{record.path}:{record.place('items', number, 'file').line}"
            asked = "write under `describes` in one sentence what it shows, for people who cannot see it"
            yield Caution("look", f"{place}: {item['file']} is a picture: {asked}")


def _others(case: Case) -> Iterator[Caution]:
    for item in case.data("evidence").get("items", ()):
        if item.get("names_others"):
            yield Caution("others-named", f"{item['title']}: {'; '.join(map(str, item['names_others']))}")
        if item.get("permission"):
            yield Caution("permission", f"{item['title']}: {item['permission']}")


def _missing(case: Case, pack: Pack, on: date) -> Iterator[Caution]:
    """What law, Code and the authority ask for: documents, cycles, ages of reports, words, signatures."""
    for item in readiness(case, pack, on, REQUEST).missing:
        hint = f" ({item.hint})" if item.hint else ""
        source = f" [{item.source}]" if item.source else ""
        yield Caution("missing", f"{item.strength}: {item.said}{hint}{source}")


def _set_aside(case: Case, pack: Pack, on: date) -> Iterator[Caution]:
    """Findings that request.yaml overrides, as they will be read by others."""
    overrides = case.data("request").get("overrides", ())
    if not overrides:
        return
    from generator.rules import RULES, check  # here: they are many modules, and patterns that take long to compile

    named = {str(row["rule"]) for row in overrides}
    used = check(case, pack, on, [rule for rule in RULES if rule.id in named]).set_aside
    for row in used:
        yield Caution("set-aside", str(row))
    rules = {row.problem.rule for row in used}
    for row in overrides:
        if row["rule"] not in rules:
            yield Caution("set-aside", f"{row['rule']} (finds nothing now), by {row['by']}: {row['reason']}")
