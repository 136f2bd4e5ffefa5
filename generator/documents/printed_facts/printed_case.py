"""A pupil's records as one document prints them: for its reader, on its day, in words instead of codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from generator.cases.case import Case
from generator.cases.classes import class_at, class_teacher_at, year_group_at
from generator.values.ethnicity import ethnicity


def printed_on(case: Case, on: date) -> Case:
    """The case whose `pupil` says year group, class and teacher of a day, and no code.

    A class that is not known for that day is not there at all: no document names a class of another year.
    """
    record = case.one("pupil")
    if record is None:
        return case
    data = {key: value for key, value in record.data.items() if key not in ("class", "class_teacher")}
    of_day = {"class": class_at(case, on), "class_teacher": class_teacher_at(case, on)}
    data |= {key: value for key, value in of_day.items() if value is not None}
    data["year_group"] = year_group_at(case, on) or data["year_group"]
    if "ethnicity" in data:
        data["ethnicity"] = ethnicity(str(data["ethnicity"]))
    left = replace(record, data=data)
    return replace(case, records=tuple(left if one is record else one for one in case.records))
