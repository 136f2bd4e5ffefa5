"""For whom a bundle is: the authority, the school, or one home of the family; what that home must not learn is gone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator.cases.audience import Seen, seen_by
from generator.cases.case import Case, Data
from generator.cases.family.contact_details import Reader, secrets_from, withheld
from generator.cases.family.family_copies import may_have_copies, must_not_have, names_person, of_family
from generator.cases.family.people import known_as, name_of_copy
from generator.folder.school_folder import Project
from generator.problems import WrongUse
from generator.records.record import Schemas

if TYPE_CHECKING:
    from generator.documents.catalogue import Document

PARENTS = "parents"
_TELLING = 6
"""Letters and digits of an address or a number from which finding it again means that it leaked."""


@dataclass(frozen=True)
class BundleReaders:
    """What these readers see, how the names of their files end, and for whose eyes alone a copy for parents is.

    `contacts` are how to reach people of other homes, by what it is: evidence that says it is told.
    """

    seen: Seen
    ending: str = ""
    reader: Reader | None = None
    contacts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def readers_of(case: Case, audience: str, to: str, schemas: Schemas) -> BundleReaders:
    """The case as these readers may see it, with what their copy must not tell.

    A copy for all at home says of nobody how to reach them, unless they share it; with `to`, a person's id or name, it
    is for that person. Raises WrongUse for a person who must not have copies or is not known.
    """
    seen = seen_by(case, audience, schemas)
    if audience != PARENTS:
        if to:
            raise WrongUse("--to is for the bundle of a parent.", "Give it together with --for parents.")
        nowhere = tuple(form for secret in withheld(case) for form in secret.written if _is_telling(form))
        seen = replace(seen, withheld=(*seen.withheld, *nowhere))
        return BundleReaders(seen, "" if audience == "authority" else f"-for-{audience}")
    reader = _reader(case.data("pupil"), to)
    never = withheld(case)
    forms = tuple(form for secret in never for form in secret.written if _is_telling(form))
    others = {
        one.what: tuple(filter(_is_telling, one.written)) for one in secrets_from(case, reader) if one not in never
    }
    left_out = (*seen.left_out, *(f"{what}: it is not for this reader" for what in others))
    seen = replace(seen, withheld=(*seen.withheld, *forms), left_out=left_out)
    return BundleReaders(seen, f"-for-{name_of_copy(reader.person, case.data('pupil')) or audience}", reader, others)


def _is_telling(form: str) -> bool:
    return len(re.sub(r"\W", "", form)) >= _TELLING


def _reader(pupil: Data, to: str) -> Reader:
    """The person for whom a copy is; nobody by name for a copy that anybody at home may read."""
    if barred := must_not_have(to, pupil) if to else "":
        raise WrongUse(f"pupil.yaml says that {barred} must not be sent copies.", "Nothing was made.")
    there = may_have_copies(pupil)
    if not to:
        if pupil.get("people") and not there:
            raise WrongUse("Nobody in pupil.yaml may be sent copies.", "Nothing was made.")
        return Reader()
    found = [person for person in there if names_person(of_family(to, pupil), person)]
    if len(found) != 1:
        advice = f"Give {' or '.join('--to ' + str(person['id']) for person in there)}." if there else ""
        raise WrongUse(f"“{to}” is nobody in pupil.yaml who may have copies of {known_as(pupil)}.", advice)
    return Reader(str(found[0]["id"]))


def is_theirs(document: Document, found: BundleReaders) -> bool:
    """False for a letter that is addressed to somebody else; it holds an address."""
    if found.reader is None or document.addressee is None:
        return True
    return str(document.addressee["id"]) == found.reader.person


def language_of_copy(project: Project, case: Case, reader: Reader | None) -> str:
    """The code of the language in which a copy for home speaks to its reader (`papers_in`); empty for English.

    A copy for all at home is in the one language that everybody there asks for, else in English.
    """
    from generator.documents.languages.language import languages  # here: it loads all that writes documents

    people = [
        row
        for row in may_have_copies(case.data("pupil"))
        if not (reader and reader.person) or row["id"] == reader.person
    ]
    wanted = {str(row.get("papers_in") or "") for row in people}
    code = wanted.pop() if len(wanted) == 1 else ""
    return code if code in languages(project) else ""
