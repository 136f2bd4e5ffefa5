"""Who is told: every adult who teaches the child, each parent at each address, and where families find advice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from generator.cases.case import Data, Given, by_id, current_cycle
from generator.cases.dates.twelve_months import year_before
from generator.cases.family.family_copies import may_have_copies, names_person, separated, words
from generator.records.record import Record
from generator.rules.law_and_code.meetings_and_family.copies_to_family import notes_given
from generator.rules.law_and_code.meetings_and_family.meetings import held
from generator.rules.law_and_code.meetings_and_family.taking_part import is_young_person
from generator.rules.law_and_code.support_and_cycles.support_plan import settled, supported
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list

_TITLE = re.compile(r"\b(?:Mr|Mrs|Miss|Ms|Mx|Dr)\.? (?:[A-Z][\w’'-]+ )*([A-Z][\w’'-]+)")


@rule(
    id="staff-all-told",
    severity="code",
    source="SEND Code 6.49: all teachers and support staff who work with the pupil are made aware",
    why="The one adult who was not told is the one who takes the coloured overlay away.",
    good="staff_informed: class teacher, teaching assistant, and everybody who gives the provision, each with a date",
    bad="staff_informed: the teaching assistant alone, while Miss Okoro teaches the class",
    covers=("C5", "S1-13"),
)
def staff_all_told(view: View) -> Iterator[Finding]:
    """Everybody whom the records name as working with the pupil stands under staff_informed."""
    plan, cycle = view.case.one("plan"), current_cycle(view.case)
    if plan is None or plan.data.get("status") == "draft" or not settled(view, plan.data.get("date")):
        return
    told = plan.data.get("staff_informed", ())
    if not told or (cycle and "staff_informed" in cycle.data["plan"]):
        return  # nobody: staff-informed tells that; everybody on one day: the cycle says so
    heard = {_surname(str(row["name"])) for row in told}
    heard |= {_surname(str(row["person"])) for row in plan.data.get("signatures", ()) if "date" in row}
    gaps = [name for name in _works_with(view, plan, cycle) if _surname(name) not in heard]
    if gaps:
        yield Finding(
            plan,
            ("staff_informed",),
            f"nothing says that {and_list(gaps)} {'knows' if len(gaps) == 1 else 'know'} the plan",
            "add them under staff_informed with the day, or write staff_informed: in the cycle once all are told",
        )


def _works_with(view: View, plan: Record, cycle: Record | None) -> list[str]:
    """Names of the staff whom pupil.yaml, the plan and the running cycle name, each once."""
    pupil, school = view.case.data("pupil"), view.case.school.data if view.case.school else {}
    staff = by_id(school.get("staff", ()))
    named = [pupil.get("class_teacher"), pupil.get("key_worker"), plan.data.get("coordinator")]
    if cycle:
        named.append(cycle.data.get("lead_teacher"))
        for row in cycle.data["plan"].get("provision", ()):
            person = staff.get(row.get("staff"))
            if row["type"] != "specialist":
                named.append(person["name"] if person else row["delivered_by"])
    found: dict[str, str] = {}
    for text in named:
        for hit in _TITLE.finditer(str(text or "")):
            found.setdefault(hit[1].casefold(), hit[0])
    return list(found.values())


def _surname(name: str) -> str:
    bare = name.split(",")[0].split("(")[0].split()
    return bare[-1].casefold() if bare else ""


@rule(
    id="notes-each-parent",
    severity="code",
    source="SEND Code 6.71; Devon IAS: notes within a week or so; everybody with parental responsibility is a parent",
    why="Notes in one of two homes are half told. The other parent hears of it from the child, or not at all.",
    good="copies: one to Mrs Brown, one to Mr Brown at his own address",
    bad="parents at two addresses, and one copy of the notes, to the mother",
    covers=("S1-3", "S1-21", "C12"),
)
def notes_each_parent(view: View) -> Iterator[Finding]:
    """Where parents live apart each home has the notes of the last year's meetings; the plan has a rule of its own."""
    if is_young_person(view, view.on):
        return  # who has a copy is the young person's to decide
    for meeting in held(view):
        old = meeting.data["date"] < year_before(view.on) or not settled(view, meeting.data["date"])
        to = [*_written(meeting, meeting.data["date"]), *_final(notes_given(view, meeting))]
        # Notes that nobody has are told by meeting-copies.
        for person in _without(view.case.data("pupil"), to) if to and not old else ():
            message = f"{person['name']} lives apart from the other parent and has no copy of the notes"
            hint = "give them one: sendpack issue keeps it, or add a row under copies"
            yield Finding(meeting, ("copies",), message, hint)


def _written(record: Record, since: date) -> Iterator[str]:
    return (str(row["to"]) for row in record.data.get("copies", ()) if row.get("date", since) >= since)


def _final(given: Iterable[Given]) -> Iterator[str]:
    return (one.to for one in given if one.status == "final")


def _without(pupil: Data, to: Sequence[str]) -> list[Data]:
    """The parents living apart whom no copy reaches: each at an own address, and one of those at the child's."""
    apart = separated(pupil)
    if not apart or any(words(each) & {"parents", "both"} or {"mr", "mrs"} <= words(each) for each in to):
        return []

    def reached(person: Data) -> bool:
        return any(names_person(each, person) or _kin(each, person) for each in to)

    home = [person for person in may_have_copies(pupil) if person not in apart]
    nobody_home = [] if any(map(reached, home)) else home[:1]
    return [*(person for person in apart if not reached(person)), *nobody_home]


_SAME = {"mum": "mother", "mummy": "mother", "dad": "father", "daddy": "father"}


def _kin(to: str, person: Data) -> bool:
    """True when an addressee is this person by relationship: “Dad” for the father."""
    said = {_SAME.get(word, word) for word in words(to)}
    return bool(said & words(str(person["relationship"])))


_LINKS = {
    "sendiass": "the independent advice service (sendiass)",
    "sen_information_report": "the SEN information report (sen_information_report)",
}


@rule(
    id="family-links",
    severity="quality",
    source="Derby City Council: the advice service supports parents; Rutland: the school publishes its SEN support",
    why="A parent who disagrees needs a number to ring that is not the school’s.",
    good="links: sendiass and sen_information_report in school.yaml; families’ papers print them",
    bad="school.yaml without links",
    covers=("S3-3", "L12"),
)
def family_links(view: View) -> Iterator[Finding]:
    """The school's file holds what families' papers print: who advises parents, and the SEN information report."""
    school = view.case.school
    if school is None or not supported(view):
        return
    gaps = [told for key, told in _LINKS.items() if not school.data.get("links", {}).get(key)]
    if gaps:
        message = f"families’ papers cannot name {and_list(gaps)}"
        yield Finding(school, ("links",), message, "add links: to school.yaml; letters and plans print them")


RULES: tuple[Rule, ...] = (staff_all_told, notes_each_parent, family_links)
