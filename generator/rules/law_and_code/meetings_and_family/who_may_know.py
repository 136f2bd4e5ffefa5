"""Who may know what: addresses that are withheld, how to reach the other parent, and which authority it goes to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.authorities.pack import authority_name
from generator.cases.family.contact_details import (
    Reader,
    Secret,
    lives_elsewhere,
    secrets_from,
    told_in_records,
    withheld,
)
from generator.cases.family.family_copies import may_have_copies
from generator.rules.rule import Finding, Rule, View, rule


@rule(
    id="address-told",
    severity="quality",
    source="UK GDPR Art 5(1)(f); a withheld address is on no paper",
    why="One line in a log is enough for somebody to find a family that has moved in order not to be found.",
    good="address_withheld: yes, and the log says “moved”",
    bad="address_withheld: yes, and the log says “moved to 12 Tannery Row”",
)
def address_told(view: View) -> Iterator[Finding]:
    yield from _told(view, withheld(view.case), "the address is withheld, so a document or bundle with it is stopped")


@rule(
    id="contact-told",
    severity="quality",
    source="UK GDPR Art 5(1)(f); a copy shows how to reach its own reader, and others only with share_contact",
    why="A parent who finds the other parent’s address in a meeting’s notes has been told what nobody may have wanted.",
    good="share_contact: yes, or notes that say “he moved in May”",
    bad="the notes of a meeting that both get say “Mr Brown moved to 4 Quay Street”",
)
def contact_told(view: View) -> Iterator[Finding]:
    """Only where the family has two homes: in one, everybody knows the address."""
    pupil = view.case.data("pupil")
    readers = may_have_copies(pupil)
    if not any(lives_elsewhere(person, pupil) for person in pupil.get("people", ())):
        return
    secrets = [secret for person in readers for secret in secrets_from(view.case, Reader(str(person["id"])))]
    known = {form for secret in withheld(view.case) for form in secret.written}
    others = [one for one in dict.fromkeys(secrets) if not known & set(one.written)]
    yield from _told(view, others, "their copies would tell it to the other home")


def _told(view: View, secrets: list[Secret], why: str) -> Iterator[Finding]:
    seen = set()
    for record, keys, secret in told_in_records(view.case, secrets):
        if (record.path, keys) not in seen:
            seen.add((record.path, keys))
            hint = f"write it without that ({why}), or keep the entry from those readers with audience"
            yield Finding(record, keys, f"this tells {secret.what}", hint)


@rule(
    id="authority-name",
    severity="quality",
    source="the pack that decides for the pupil names the authority",
    why="A request that is addressed to another council than the one it goes to is a wrong letter about a child.",
    good="authority: york, without authority_name",
    bad="authority: york beside authority_name: Northmoor Council",
)
def authority_named(view: View) -> Iterator[Finding]:
    school, pupil = view.case.school, view.case.one("pupil")
    named = authority_name(view.case, view.pack)
    if pupil and "home_authority" in pupil.data:
        written = str(pupil.data.get("home_authority_name") or named)
        where, key = pupil, "home_authority_name"
    elif school and pupil and "home_authority_name" not in pupil.data:
        written, where, key = str(school.data.get("authority_name") or named), school, "authority_name"
    else:
        return
    if written.casefold() != named.casefold():
        yield Finding(
            where,
            (key,),
            f"this says {written}, but documents name {named}, whose pack decides",
            f"take out {key}, or choose the pack of the authority that it names",
        )


RULES: tuple[Rule, ...] = (address_told, contact_told, authority_named)
