"""Rules for pupils who have an Education, Health and Care plan: its review each year, its outcomes in steps."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cases.case import sen_status
from generator.cases.dates.twelve_months import last_day_in_time
from generator.rules.law_and_code.meetings_and_family.meetings import held
from generator.rules.law_and_code.support_and_cycles.support_plan import before_the_file
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words


@rule(
    id="annual-review",
    severity="law",
    source="Children and Families Act 2014 s.44(1); SEND Regulations 2014 regs 18–21: reviewed within twelve months",
    why="The authority reviews the plan every year, and the school holds the meeting for it.",
    good="meetings/2026-03-12-annual.yaml, and the one before in April 2025",
    bad="status E for two years and no annual meeting in the last twelve months",
    covers=("L11",),
)
def annual_review(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil is None or sen_status(pupil.data, view.on) != "E":
        return
    number, row = [(n, r) for n, r in enumerate(pupil.data["sen_status"]) if r["status"] == "E"][-1]
    reviews = [record.data["date"] for record in held(view) if record.data["type"] == "annual"]
    reviews += [r.data["date"] for r in view.case.by_kind.get("annual-review", ()) if r.data["date"] <= view.on]
    last = max([row["from"], *reviews])
    if view.on > last_day_in_time(last) and not reviews and before_the_file(view, last_day_in_time(last)):
        yield Finding(
            pupil,
            ("sen_status", number),
            f"when the EHC plan was last reviewed is not on file: from its day, {in_words(last)}, a review was due by "
            f"{in_words(last_day_in_time(last))}",
            "write up the last annual review with its day (type: annual); if none was held within twelve months, hold "
            "it now, and ask the authority",
        )
    elif view.on > last_day_in_time(last):
        yield Finding(
            pupil,
            ("sen_status", number),
            f"the EHC plan was last reviewed or made on {in_words(last)}, so its review was due by "
            f"{in_words(last_day_in_time(last))}",
            "hold the annual review, send its report within two weeks, and write it up with type: annual",
        )


@rule(
    id="ehc-plan-steps",
    severity="quality",
    source="Devon IAS: schools should have their own plan beside an EHC plan, for short-term steps",
    why="An EHC plan looks a year or a key stage ahead; the steps of this term stand nowhere in it.",
    good="status E with plan.yaml and a running cycle",
    bad="status E and no cycle at all",
    covers=("S1-23",),
)
def ehc_plan_steps(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and sen_status(pupil.data, view.on) == "E" and not view.case.cycles:
        rows = pupil.data["sen_status"]
        yield Finding(
            pupil,
            ("sen_status", len(rows) - 1),
            f"{view.first_name} has an EHC plan, but no cycle with this term’s targets",
            f"`sendpack new cycle {view.case.name}` begins one",
        )


RULES: tuple[Rule, ...] = (
    ehc_plan_steps,
    annual_review,
)
