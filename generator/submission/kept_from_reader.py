"""What one reader of a bundle must not find in it: withheld addresses, and how to reach the other home."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from generator.bundle import Bundle, ContactTold, Part, without_terms
from generator.cases.case import Case
from generator.cases.dates.age_and_year import speaks_for_themselves
from generator.cases.family.contact_details import Reader, for_reader, secrets_from, told_in_records, withheld
from generator.cases.family.people import parents
from generator.problems import FilesHaveErrors, Problem
from generator.submission.submission_warnings import Caution
from generator.values.notice import Notice

_ALWAYS_PRINTED = {"pupil", "plan", "request", "evidence", "log"}
"""The records that the request, the index and the chronology print, whatever else goes into a bundle."""


def readers_at_home(case: Case) -> list[str]:
    """The ids of those who get a copy of their own of the parents' bundle; none where a young person decides."""
    pupil, request = case.data("pupil"), case.data("request")
    if "date_of_birth" in pupil and "date" in request and speaks_for_themselves(pupil, request["date"]):
        return []
    return [str(row["id"]) for row in parents(pupil) if row.get("copies", True)]


def must_not_be_told(case: Case, reader: Reader | None, parts: Sequence[Part]) -> None:
    """Stop when a record that goes into the bundle says in its own words what this reader must not learn.

    Raises FilesHaveErrors with every place: only a person can decide what is written instead.
    """
    secrets = withheld(case) if reader is None else secrets_from(case, reader)
    inside = {part.path for part in parts}
    kinds = _ALWAYS_PRINTED | {part.id for part in parts}  # a document without a record of its own is named after one
    problems = [
        Problem.at(
            record,
            keys,
            "data",
            "bundle/contact-told",
            f"this tells {secret.what}, which is not for everybody who reads this bundle",
            "write it without that, keep the entry from those readers with audience, or set share_contact if the "
            "person agrees",
        )
        for record, keys, secret in told_in_records(for_reader(case, reader), list(secrets), as_read=True)
        if record.kind in kinds or record.path in inside
    ]
    if problems:
        raise FilesHaveErrors("This bundle would tell what must not be told", "nothing was written", tuple(problems))


def made_without_contacts(
    make: Callable[[Sequence[Part], bool], Bundle], parts: Sequence[Part]
) -> tuple[Bundle, list[Caution]]:
    """The bundle; what evidence says of how to reach the other home is taken out of this one copy, and told.

    `make` gets the parts, and whether contacts were taken out of them.
    """
    try:
        return make(parts, False), []
    except ContactTold as stop:
        found = stop.found
    terms: dict[str, list[str]] = {}
    for part, term in found:
        terms.setdefault(part, []).append(term)
    made = make([replace(part, redact=(*part.redact, *terms.get(part.id, ()))) for part in parts], True)
    titles = {part.id: part.title for part in parts}
    # What it was is not said: the account lies beside the copy, and goes home with it if somebody does not look.
    told = dict.fromkeys(f"{titles[part]}: {what} was taken out of this copy" for (part, _), what in found.items())
    said = {term for found_in in terms.values() for term in found_in}
    return _without_words(made, said), [Caution("contact", text) for text in told]


def _without_words(made: Bundle, terms: Collection[str]) -> Bundle:
    """The bundle with accounts that quote none of the words that were to be taken out: they go home with the copy."""

    def quiet(notice: Notice) -> Notice:
        return Notice(without_terms(notice, terms), notice.kind, notice.page, notice.amount, notice.near)

    accounts = (replace(one, warnings=tuple(map(quiet, one.warnings))) for one in made.accounts)
    return replace(made, accounts=tuple(accounts))


def unsearched(made: Bundle) -> Iterator[Caution]:
    """The scans in a copy for one home in which nobody has looked for the other's address, since they have no text."""
    for account in made.accounts:
        if any("scan without text" in warning for warning in account.warnings):
            title = made.plan.item(account.id).title
            how = "is a scan, so how to reach the other home was not looked for in it: read it before it goes home"
            yield Caution("contact", f"{title} {how}")
