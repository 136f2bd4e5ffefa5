"""Who the pupil is: age and year group, numbers, parental responsibility, whether the child is looked after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.cases.case import Data
from generator.cases.dates.age_and_year import age, usual_year_group, year_label
from generator.cases.family.contact_details import is_professional
from generator.cases.family.people import parents, responsibility_unknown
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words
from generator.values.identifiers import is_temporary_upn
from generator.values.parsing import to_fill_in


@rule(
    id="year-group",
    severity="quality",
    source="the usual year groups in England, from the date of birth",
    why="A year group that does not fit the date of birth is a slip in one of them, or a decision readers must know.",
    good="year_group: 4, or year_group: 3 with out_of_cohort: Repeats Year 3, agreed with parents in June 2025",
    bad="year_group: 3 for a child who is nine in the autumn term of Year 5",
)
def year_group(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil is None or "date_of_birth" not in pupil.data or "out_of_cohort" in pupil.data:
        return
    born, year = pupil.data["date_of_birth"], pupil.data["year_group"]
    usual = usual_year_group(born, view.on)
    if born <= view.on and usual != year:
        years = age(born, view.on)[0]
        fits = (
            f"for a child of {years} {year_label(usual)} would be usual"
            if usual
            else f"a child of {years} is not of school age"
        )
        yield Finding(
            pupil,
            ("year_group",),
            f"{view.first_name} is written down in {year_label(year)}, but {fits}",
            "correct year_group or date_of_birth, or give the reason under out_of_cohort",
        )


@rule(
    id="born-in-future",
    severity="data",
    source="",
    why="Nothing can be right about the age of a child who is not born yet.",
    good="date_of_birth: 14 May 2018",
    bad="date_of_birth: 14 May 2081",
)
def born_in_future(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and pupil.data.get("date_of_birth", date.min) > view.on:
        born = in_words(pupil.data["date_of_birth"])
        yield Finding(
            pupil, ("date_of_birth",), f"the date of birth, {born}, is in the future", "look for a mistyped year"
        )


@rule(
    id="temporary-upn",
    severity="quality",
    source="Government Data Standards Catalogue, Unique Pupil Number 2.0: a temporary number ends with a letter",
    why="A temporary number changes; whoever files under it will not find the child again.",
    good="upn: F999999925001",
    bad="upn: E99999992501A",
)
def temporary_upn(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and is_temporary_upn(str(pupil.data.get("upn", ""))):
        yield Finding(
            pupil,
            ("upn",),
            "this is a temporary UPN",
            "ask the last school or the DfE service for the permanent one and keep this as former_upn",
        )


@rule(
    id="no-parent",
    severity="quality",
    source="Children and Families Act 2014 s.19; Code 6.43",
    why="Letters, copies and views go to everybody with parental responsibility; with nobody named they go nowhere.",
    good="people: a mother with parental_responsibility: yes",
    bad="people: only a grandmother with parental_responsibility: no",
)
def no_parent(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil is None or any(map(responsibility_unknown, pupil.data["people"])):
        return  # responsibility-unknown asks about each of them
    if "looked_after" not in pupil.data and not parents(pupil.data):
        yield Finding(
            pupil,
            ("people",),
            f"nobody with parental responsibility for {view.first_name} is named",
            "ask the office who holds it, or fill in looked_after",
        )


@rule(
    id="responsibility-unknown",
    severity="quality",
    source="Children and Families Act 2014 s.19; Code 6.43",
    why="Letters go to everybody with parental responsibility, and to nobody of whom it is a guess: a wrong yes gives "
    "a child’s papers away, a wrong no keeps them from a parent.",
    good="people: a mother with parental_responsibility: yes, once the office has looked",
    bad="people: a mother with parental_responsibility: not_known",
)
def responsibility_unknown_still(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    for number, person in enumerate(pupil.data["people"] if pupil else ()):
        if pupil and responsibility_unknown(person) and not is_professional(person):
            yield Finding(
                pupil,
                ("people", number, "parental_responsibility"),
                f"whether {_called(person)} has parental responsibility for {view.first_name} is not known, so "
                "no letter, copy or form for parents is made for this person",
                "ask the office, then write yes or no",
            )


def _called(person: Data) -> str:
    """`Anna Kowalska (mother)`; of somebody whose name is still to be written only the relationship."""
    if to_fill_in(person["name"]):
        return f"the {person['relationship']} whose name is to be filled in"
    return f"{person['name']} ({person['relationship']})"


@rule(
    id="looked-after-said-twice",
    severity="data",
    source="",
    why="A form that says that a child is not looked after, beside the name of the social worker, is sent back.",
    good="is_looked_after: yes, with looked_after filled in",
    bad="is_looked_after: no, with looked_after filled in",
)
def looked_after_said_twice(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and "looked_after" in pupil.data and pupil.data.get("is_looked_after", "yes") != "yes":
        said = str(pupil.data["is_looked_after"]).replace("_", " ")
        yield Finding(
            pupil,
            ("is_looked_after",),
            f"is_looked_after says {said}, but looked_after is filled in",
            "correct the one that is wrong",
        )


@rule(
    id="looked-after-unknown",
    severity="quality",
    source="request forms of several authorities ask for yes, no or not known, the virtual school and the last PEP",
    why="A looked-after child has a social worker and a virtual school, whom a request must reach.",
    good="is_looked_after: no; or yes, with authority, social worker and virtual school under looked_after",
    bad="is_looked_after: not_known when a request is written",
)
def looked_after_unknown(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil is None or view.case.one("request") is None:
        return
    said = pupil.data.get("is_looked_after")
    if said == "not_known":
        message, hint = (
            f"nobody has found out whether {view.first_name} is looked after",
            "ask the office or the family",
        )
        yield Finding(pupil, ("is_looked_after",), message, hint)
    if said == "yes" and "looked_after" not in pupil.data:
        message = f"{view.first_name} is looked after, but nobody is named to reach"
        yield Finding(pupil, ("is_looked_after",), message, "fill in looked_after with the social worker")
    if "virtual_school" not in pupil.data.get("looked_after", {"virtual_school": ""}):
        message = f"{view.first_name} is looked after, but no contact at the virtual school is named"
        yield Finding(pupil, ("looked_after",), message, "add virtual_school, and the day of the last PEP meeting")


RULES: tuple[Rule, ...] = (
    year_group,
    born_in_future,
    temporary_upn,
    no_parent,
    responsibility_unknown_still,
    looked_after_said_twice,
    looked_after_unknown,
)
