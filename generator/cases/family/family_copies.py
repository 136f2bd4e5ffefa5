"""Copies that reached the family: those written in a record, and those that `sendpack issue` keeps.

Only a final copy to somebody counts who may have it: a parent by name or by word, the carers of a looked-after child,
the young person over compulsory school age. A draft, or a copy for the authority, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from generator.cases.case import Case, Data, Given, document_id
from generator.cases.dates.age_and_year import speaks_for_themselves
from generator.cases.family.people import has_responsibility
from generator.records.record import Record
from generator.values.did_you_mean import did_you_mean
from generator.values.formatting import date as in_words
from generator.values.parsing import to_fill_in
from generator.values.spelling.plain_letters import plain_letters

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ANY_OF_THEM = {"parents", "parent", "carers", "carer", "guardians", "guardian", "family", "home"}
_SAME = {
    other: kin
    for kin, others in {
        "mother": "mum mummy mam mammy mom ma mama",
        "father": "dad daddy dada papa pa tata baba abba",
        "grandmother": "nan nana nanny gran granny grandma",
        "grandfather": "grandad granddad grandpa",
        "stepmother": "stepmum",
        "stepfather": "stepdad",
        "aunt": "auntie",
    }.items()
    for other in others.split()
}
_NOT_NAMES = {
    *("the", "his", "her", "their", "to", "for", "and", "of", "fao", "attention", "dear", "by", "post", "email"),
    *("care", "c", "o", "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "child", "child's", "pupil's"),
}
"""Words of an addressee that tell no person from another; a title does only with a surname."""
_ELSEWHERE = {
    *("academy", "agency", "authority", "centre", "clinic", "college", "council", "hospital", "nhs", "nursery"),
    *("officer", "panel", "school", "sendiass", "service", "services", "team", "trust", "worker"),
}
"""Words of an addressee that is no family, such as “Family Support Team”."""


_ACTS_FOR = {
    *("acting", "adviser", "advisor", "advocate", "advocates", "agent", "attorney", "barrister", "behalf", "chambers"),
    *("counsel", "lawyer", "lawyers", "llp", "representative", "solicitor", "solicitors"),
}
"""Words of an addressee who acts for somebody at home, and is not that person."""
_OTHERS = {
    *("another", "anybody", "anyone", "colleague", "councillor", "court", "doctor", "else", "employer", "friend", "gp"),
    *("insurer", "journalist", "landlord", "neighbour", "police", "press", "psychologist", "somebody", "someone"),
    *("stranger", "surgery", "therapist", "tribunal", "tutor"),
}
"""Words of an addressee who is somebody else, though a name of the family stands beside them."""


def words(text: str) -> set[str]:
    """The words of a name or an addressee, in small letters: `Mr O’Brien & Co` → mr, o'brien, co."""
    return {plain_letters(word).replace("’", "'") for word in _WORD.findall(text)}


def _kin_words(text: str) -> set[str]:
    """The words of a name, an addressee or a relationship, one for each kin: `Step-dad` and `step father` are one."""
    return {_SAME.get(word, word) for word in words(_STEP.sub("step", text))}


_STEP = re.compile(r"\bstep[\s-]+", re.IGNORECASE)


def of_family(to: str, pupil: Data) -> str:
    """An addressee without those who are not at home: “Ms Brown and her solicitor” → “Ms Brown”; or nothing left.

    What stands between “and” and “and” is one of them. Words by which pupil.yaml itself calls a person, as a parent who
    is a doctor, make nobody another.
    """
    strangers = _strangers(pupil)
    return " and ".join(one for one in several(to, pupil) if one.strip() and not words(one) & strangers)


def not_of_family(to: str, pupil: Data) -> list[str]:
    """Those named in an addressee who are not at home, as they are written there."""
    strangers = _strangers(pupil)
    return [one for one in several(to, pupil) if words(one) & strangers]


def several(to: str, pupil: Data) -> list[str]:
    """An addressee as those of whom it is made, without the way it went: “Mum, Dad / GP (by post)” → Mum, Dad, GP.

    A comma parts two of them, or one from an office: “Ms Brown, Northmoor Council” and “Ms Brown, social worker” stay
    one, who is then nobody at home.
    """
    went = _WAY.sub(lambda match: match[0] if words(match[0]) & _ACTS_FOR else " ", to)
    return [one for piece in _AND.split(went) for one in _between_commas(piece, pupil)]


def _between_commas(piece: str, pupil: Data) -> list[str]:
    strangers, kin, found = _strangers(pupil), _ANY_OF_THEM | _KIN | _kin_of(pupil), list[str]()
    for part in piece.split(","):
        if words(part) & strangers and not (words(part) <= _PLACES and "dr" not in words(piece)):
            # Whose role or office it is: whoever stands before it, unless that is “Mum”, who needs none.
            while found and not (said := _kin_words(found[-1]) - _NOT_NAMES) <= kin:
                part = f"{found.pop()},{part}"
                if said & _surnames_of(pupil):
                    break
        found.append(part)
    return found


def _kin_of(pupil: Data) -> set[str]:
    """The words by which the people at home are called there: mother, aunt."""
    kin = {word for person in pupil.get("people", ()) for word in _kin_words(str(person["relationship"]))}
    return kin - _ELSEWHERE - {"social", "foster"}


def _surnames_of(pupil: Data) -> set[str]:
    return {_name_of(person)[1] for person in pupil.get("people", ())}


def _strangers(pupil: Data) -> set[str]:
    own = {word for person in pupil.get("people", ()) for word in _entry_words(person)}
    others = _ELSEWHERE | _ACTS_FOR | _OTHERS
    return (others | {f"{word}s" for word in others}) - own


def acts_for(to: str, pupil: Data) -> Data | None:
    """The one person at home for whom an addressee acts, as a solicitor does; None for anybody else."""
    named = [person for person in pupil.get("people", ()) if names_person(to, person)]
    acting = words(to) & _ACTS_FOR and len(named) == 1 and not words(to) & _entry_words(named[0]) & _ACTS_FOR
    return named[0] if acting else None


def _entry_words(person: Data) -> set[str]:
    return words(f"{person['id']} {person['name']} {person.get('title', '')} {person['relationship']}")


_AND = re.compile(r"\band\b|[&;+]|(?<!\bc)/", re.IGNORECASE)
_WAY = re.compile(
    r",?\s{0,9}\(\s{0,9}(?:by|via|through|handed|given|sent|posted|e-?mailed|in person)\b[^()]{0,500}\)|"
    r",?\s{0,9}\b(?:via|(?:sent |handed over )?by (?:hand|post|e-?mail|courier|book bag))\b[^,;&+/()]*",
    re.IGNORECASE,
)
"""How a copy went, “via the school office”: no addressee. Who goes to somebody's solicitor does not reach them so."""
_PLACES = {"gp", "gp's", "gps", "surgery", "clinic", "hospital", "the", "her", "his", "their"}


def names_person(to: str, person: Data) -> bool:
    """True when an addressee names this person: by id, or by surname with title or a forename."""
    if to.strip().casefold() == str(person["id"]).casefold():
        return True
    said = words(to)
    forenames, surname = _name_of(person)
    return surname in said and bool(said & {*forenames, *words(str(person.get("title", "")))})


def _name_of(person: Data) -> tuple[list[str], str]:
    """A person's forenames and surname as they are compared."""
    *forenames, surname = [plain_letters(word).replace("’", "'") for word in _WORD.findall(str(person["name"]))] or [""]
    return forenames, surname


def may_have_copies(pupil: Data) -> list[Data]:
    """The people at home to whom copies go: those with parental responsibility and carers, unless `copies: no`."""
    return [
        person
        for person in pupil.get("people", ())
        if person.get("copies", True) is not False
        and (has_responsibility(person) or "carer" in words(str(person["relationship"])))
    ]


def separated(pupil: Data) -> list[Data]:
    """Those of them whose address is not the child's: a copy at the child's home does not reach them."""
    home = " ".join(str(pupil.get("address", "")).split()).casefold()
    return [
        person
        for person in may_have_copies(pupil)
        if person.get("address_withheld")
        or (person.get("address") and " ".join(str(person["address"]).split()).casefold() != home)
    ]


def reaches_family(to: str, pupil: Data, on: date) -> bool:
    """True when what went to this addressee on a day has reached the family, or the young person."""
    people, to = may_have_copies(pupil), of_family(to, pupil)
    if any(names_person(to, person) for person in people):
        return True
    said = _kin_words(to)
    if "date_of_birth" in pupil and speaks_for_themselves(pupil, on):
        own = words(f"{pupil.get('preferred_name', '')} {pupil['forenames']}")
        surnames = words(f"{pupil.get('known_as_surname', '')} {pupil['legal_surname']}")
        if said & own and (said & surnames or said <= own):
            return True
    if not people:
        return False
    kin = {word for person in people for word in _kin_words(str(person["relationship"]))}
    return bool(said & (_ANY_OF_THEM | kin) - {"foster"})


def speaks_of_family(text: str, pupil: Data) -> bool:
    """True when a line of the log names somebody at home: by name, by first name, as Mum, or as the parents."""
    people, said = [one for one in pupil.get("people", ()) if not to_fill_in(one["name"])], _kin_words(text)
    kin = _ANY_OF_THEM | _KIN | _kin_of(pupil)
    # With its capital: Mark rings, but somebody may mark. Some are capital too where a sentence begins, or are months.
    capital = words(" ".join(word for word in _WORD.findall(text) if word[0].isupper())) - _ALSO_WORDS
    first = {name for person in people for name in _name_of(person)[0]}
    return bool(said & kin or capital & first) or any(names_person(text, person) for person in people)


_ALSO_WORDS = {"will", "may", "june", "april", "august", "mark", "grant", "bill", "drew", "chase", "rob", "sue"}


def must_not_have(to: str, pupil: Data) -> str:
    """The name of a person with `copies: no` whom an addressee names, or may name; empty when there is none.

    A person is named by id, by surname with title, forename or initial, by first name, as “Dad”, and with all others
    as “parents” or “the Browns”. An addressee that fits somebody else better, such as “Ms Brown”, names nobody else.
    """
    barred = [person for person in pupil.get("people", ()) if person.get("copies", True) is False]
    allowed = [person for person in pupil.get("people", ()) if person.get("copies", True) is not False]
    best = max((_fit(to, person) for person in allowed), default=0)
    named = [person for person in barred if _fit(to, person) > 0 and (_fit(to, person) >= best or _both(to, person))]
    if not named and words(to) & _ANY_OF_THEM and not words(to) & _ELSEWHERE:
        # Whoever may have parental responsibility counts as one of the parents here: a copy must not reach them.
        named = [person for person in barred if person["parental_responsibility"] is not False and best < _BY_NAME]
    return str(named[0]["name"]) if named else ""


_BY_NAME, _BY_INITIAL, _BY_KIN, _BY_SURNAME = 4, 3, 2, 1
"""How surely an addressee means a person: by name or id; by first name or initial; as Dad; by surname only."""


def _fit(to: str, person: Data) -> int:
    """How surely an addressee means a person; 0 when it does not."""
    said = _kin_words(to)
    forenames, surname = _name_of(person)
    if names_person(to, person):
        return _BY_NAME
    others = said - _NOT_NAMES - {surname}
    initials = {name[:1] for name in forenames}
    if surname in said and any(len(word) <= len(forenames) and word[:1] in initials for word in others):
        return _BY_INITIAL
    if said & set(forenames) and not (words(to) - _NOT_NAMES - set(forenames)):
        return _BY_INITIAL
    if _kin_words(str(person["relationship"])) & said & _KIN:
        return _BY_KIN
    titled = said & {"mr", "mrs", "ms", "miss", "mx", "dr"} and person.get("title")
    alone = {surname, f"{surname}s"} & said and not others - {f"{surname}s", *_ANY_OF_THEM}
    return _BY_SURNAME if alone and not titled else 0


_KIN = {
    *("mother", "father", "grandmother", "grandfather", "stepmother", "stepfather", "aunt", "uncle", "partner"),
    *("brother", "sister", "guardian", "carer"),
}


def _both(to: str, person: Data) -> bool:
    """True when an addressee names several people, this one among them: “Mum and Dad”, “Mr and Mrs Brown”."""
    return _fit(to, person) >= _BY_KIN and bool(re.search(r"\band\b|&|[,;/+]", to.casefold()))


def somebody_else(to: str, reader: str, pupil: Data) -> str:
    """The name of a person whom an addressee names instead of the reader of a letter; empty when that is the reader."""
    named = [person for person in pupil.get("people", ()) if names_person(to, person)]
    return "" if any(person["id"] == reader for person in named) or not named else str(named[0]["name"])


def named_person(to: str, pupil: Data) -> Data | None:
    """The one person at home whom an addressee names, by id, name or a word such as dad; None for anybody else."""
    people, to = list(pupil.get("people", ())), of_family(to, pupil)
    named = [person for person in people if names_person(to, person)]
    if not named:
        said = _kin_words(to)
        named = [person for person in people if said & _kin_words(str(person["relationship"])) - {"foster"}]
    return named[0] if len(named) == 1 else None


def slip_of(to: str, pupil: Data) -> Data | None:
    """The person whose surname or id an addressee nearly spells, `Mrs Novak` for Nowak; None where it names somebody.

    A surname that is spelled right, a word such as council or parents, and the child's own name are no slips.
    """
    people, said = list(pupil.get("people", ())), words(to)
    surnames = {_name_of(person)[1]: person for person in people}
    own = words(f"{pupil['forenames']} {pupil['legal_surname']} {pupil.get('preferred_name', '')}")
    if said & ({*surnames} | own | _ELSEWHERE | _ANY_OF_THEM) or any(names_person(to, person) for person in people):
        return None
    known = surnames | ({str(person["id"]).casefold(): person for person in people} if len(said) == 1 else {})
    near = [(word, match) for word in sorted(said) for match in did_you_mean(word, known, alike=0.75)]
    return next((known[name] for word, name in near if not _other_form(word, name)), None)


def _other_form(word: str, surname: str) -> bool:
    """True for a surname as a man or a woman has it, Wiśniewska and Wiśniewski: another person, and no slip."""
    return word[:-1] == surname[:-1] and {word[-1], surname[-1]} <= set("aiy")


def addressed(to: str, pupil: Data) -> str:
    """An addressee given by the person's id written out in full, `samira` → `Ms Samira Brown`; any other unchanged."""
    for person in pupil.get("people", ()):
        if to.strip().casefold() == str(person["id"]).casefold():
            return " ".join(filter(None, (str(person.get("title", "")), str(person["name"]))))
    return to


# -- copies of one document -------------------------------------------------------------------------------------------


def given_out(case: Case, kinds: Iterable[str], record: Record | None = None) -> list[Given]:
    """What was given out of some kinds of document, of one record's document or of all; the oldest first."""
    ids = {document_id(kind, record) for kind in kinds}
    return sorted(
        (one for one in case.given if (one.document in ids if record else one.kind in ids)), key=lambda one: one.date
    )


def taken_home(case: Case, given: Iterable[Given], since: date) -> list[date]:
    """The days from a day on at which a final copy reached the family."""
    final = [one for one in given if one.status == "final" and one.date >= since]
    return [one.date for one in final if reaches_family(one.to, case.data("pupil"), one.date)]


def not_counted(case: Case, given: Iterable[Given]) -> str:
    """Why copies that were given out are none that reached the family, as the end of a hint; or empty."""
    return "".join(_excuse(case.data("pupil"), one) for one in given)


def _excuse(pupil: Data, one: Given) -> str:
    if one.status != "final":
        return f"; what went out on {in_words(one.date)} was a draft"
    if not reaches_family(one.to, pupil, one.date):
        return f"; “{one.to}”, to whom it went on {in_words(one.date)}, is nobody at home in pupil.yaml"
    return ""


_ALL = {"all", "both", "each", "everybody", "everyone", "homes"}
_STAFF = {
    *("adults", "agencies", "assistant", "assistants", "authorities", "class", "colleagues", "governor", "governors"),
    *("head", "headteacher", "lsa", "lsas", "practitioners", "professionals", "pupils", "senco", "sencos", "staff"),
    *("ta", "tas", "teacher", "teachers", "visitors", "volunteers"),
}
"""Words of an addressee who works with the child, and has no copy for those at home."""
_THERE = {"meeting", "review", "present", "attended", "attending", "invited"}


def _is_for_all(to: str, pupil: Data) -> bool:
    """True for “everyone at the meeting” and “both homes”; not for “all staff” or “each service”."""
    elsewhere = _STAFF | _strangers(pupil)
    return any(
        said & _ALL and not said & elsewhere - ({"school"} if said & _THERE else set())
        for said in map(words, several(to, pupil))
    )


def copy_days(record: Data, pupil: Data) -> Iterator[date]:
    """The days written under `copies` of a record on which a copy reached the family, or everybody there.

    A copy for the authority, a service or a teacher is none for those at home. Where pupil.yaml names nobody at home,
    anybody counts who is not plainly from elsewhere.
    """
    unnamed = not may_have_copies(pupil)
    for row in record.get("copies", ()):
        to = str(row.get("to", ""))
        home = (unnamed and not words(to) & (_strangers(pupil) | _STAFF)) or _is_for_all(to, pupil)
        if "date" in row and (home or reaches_family(to, pupil, row["date"])):
            yield row["date"]
