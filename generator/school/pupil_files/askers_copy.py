"""Who asks for everything that is held, and what of it this person must not learn: how to reach the other home.

In: the pupil's records and the files that would be given. Out: each file and page where it stands. Only a person can
decide what is taken out (UK GDPR Article 15(4), Data Protection Act 2018 Schedule 2 paragraph 16: other people's data).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.bundle import terms_found
from generator.bundle.evidence.page_by_page.page_text_and_scans import in_pages
from generator.cases.case import Case
from generator.cases.dates.age_and_year import speaks_for_themselves
from generator.cases.family.contact_details import Reader, Secret, for_reader, secrets_from
from generator.cases.family.family_copies import named_person
from generator.cases.family.people import first_name, has_responsibility, names, responsibility_unknown
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project
from generator.problems import WrongUse
from generator.school.pupil_files.files_as_text import not_read, pages_as_text

THE_PUPIL, SOMEBODY_ELSE = "pupil", "other"


@dataclass(frozen=True)
class Asker:
    """Who asks: the id of a person in pupil.yaml, `pupil` or `other`, and what people call them."""

    id: str
    called: str

    @property
    def reader(self) -> Reader:
        """Whose eyes the files are looked through with: one person's, or those of anybody at home."""
        return Reader("" if self.id in (THE_PUPIL, SOMEBODY_ELSE) else self.id)


def askers(project: Project, name: str) -> list[Asker]:
    """Everybody who may ask for a pupil's file, as far as pupil.yaml can be read."""
    case = load_case(project, name).readable
    people = case.data("pupil").get("people", ()) if case else ()
    own = first_name(case.data("pupil")) if case else "the pupil"
    return [
        *(Asker(str(one["id"]), f"{one['name']} ({one['relationship']})") for one in people),
        Asker(THE_PUPIL, f"{own}, the pupil"),
        Asker(SOMEBODY_ELSE, "somebody else, who acts for one of them"),
    ]


def asker_meant(project: Project, name: str, said: str) -> Asker:
    """The person whom an id, a name or a word such as `mother` means. Raises WrongUse, which names all who may ask."""
    there = askers(project, name)
    case = load_case(project, name).readable
    meant = named_person(said, case.data("pupil")) if case and said.strip() else None
    own = {one.casefold() for one in names(case.data("pupil"))} if case else set()
    wanted = str(meant["id"]) if meant else THE_PUPIL if said.strip().casefold() in own else said.strip()
    found = next((one for one in there if one.id == wanted), None)
    if found is None:
        what = f"“{said}” is nobody who is in pupil.yaml." if said.strip() else "Who asks for it is not said."
        choices = "; ".join(f"{one.id}: {one.called}" for one in there)
        raise WrongUse(
            f"{what} Nothing was gathered: what may be given out differs for each home.",
            f"Give --for and one of these. {choices}.",
        )
    return found


_FIRST_ASK = "ask your data protection officer first what may be given"


@dataclass(frozen=True)
class LookedThrough:
    """What must not go to one person as it is, and where nobody could look for it, in sentences."""

    must_not_go: tuple[str, ...]
    unsearched: tuple[str, ...] = ()


def look_through(
    asker: Asker, case: Case | None, contents: Mapping[str, bytes], on: date | None = None
) -> LookedThrough:
    """Look through every file, page by page, for what this person must not be told; `contents` by the file's name.

    `on` is the day on which it is given, today unless another is said: whether the pupil decides alone hangs on it.
    """
    if case is None:
        unknown = "pupil.yaml has errors, so nobody could look for what must be kept from whoever asks: mend it first"
        return LookedThrough((unknown,))
    secrets, found = secrets_from(case, asker.reader), list(_said_of(asker, case, on or date.today()))
    blind: list[str] = []
    for name, content in contents.items() if secrets else ():
        pages = pages_as_text(name, content)
        found += _told(name, pages or (), secrets)
        blind += _blind(name, content, pages)
    return LookedThrough(tuple(found), tuple(blind))


def _said_of(asker: Asker, case: Case, on: date) -> Iterator[str]:
    pupil = case.data("pupil")
    own = next((one for one in pupil.get("people", ()) if one["id"] == asker.id), None)
    if own is not None and own.get("copies", True) is False:
        yield f"{own['name']} must not be sent copies, as pupil.yaml says: ask your data protection officer first"
    if own is not None and not has_responsibility(own):
        unknown, who = responsibility_unknown(own), own["name"]
        said = f"does not say yet whether {who} has" if unknown else f"says that {who} has no"
        yield f"pupil.yaml {said} parental responsibility: {_FIRST_ASK}"
    if own is not None and "date_of_birth" in pupil and speaks_for_themselves(pupil, on):
        who = first_name(pupil)
        yield f"{who} is over compulsory school age and decides: {own['name']} needs {who}’s consent, or {_FIRST_ASK}"
    if "household" in pupil and "household" not in for_reader(case, asker.reader).data("pupil"):
        yield "records/pupil.yaml: who else lives in the other home"


def _told(name: str, pages: Sequence[str], secrets: Sequence[Secret]) -> Iterator[str]:
    written = [form for secret in secrets for form in secret.written]
    held = [set(terms_found(text, written)) for text in pages]
    for secret in secrets:
        numbers = [number for number, forms in enumerate(held, 1) if forms & set(secret.written)]
        if numbers:
            yield f"{_where(name, numbers)}: {secret.what}"


def _blind(name: str, content: bytes, pages: list[str] | None) -> Iterator[str]:
    if unread := not_read(name, content, pages):
        yield f"{name}: {unread}, so read it for what tells of the other home"


def _where(name: str, numbers: list[int]) -> str:
    return f"{name}, {in_pages(numbers)}" if name.casefold().endswith(".pdf") else name
