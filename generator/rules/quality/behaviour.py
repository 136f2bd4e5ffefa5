"""The behaviour support plan: its need is already in the SEN support plan, and staff know what to do at every "
"stage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list

DEVON = "Devon Information Advice and Support on behaviour support plans"


@rule(
    id="behaviour-need",
    severity="quality",
    source=DEVON,
    covers=("S1-24",),
    why="Behaviour tells of a need. If the need is not in the support plan, nobody works on it and only the "
    "behaviour is managed.",
    good="behaviour-plan.yaml needs: [regulation], and an outcome or adjustment in plan.yaml names it too",
    bad="behaviour-plan.yaml needs: [regulation], which plan.yaml does not mention",
)
def need_in_plan(view: View) -> Iterator[Finding]:
    """The need behind the behaviour is already in the plan."""
    record, plan = view.case.one("behaviour-plan"), view.case.data("plan")
    rows = (*plan.get("outcomes", ()), *plan.get("adjustments", ()))
    planned = {need for row in rows for need in row.get("needs", ())}
    for number, need in enumerate(record.data["needs"] if record else ()):
        if need not in planned:
            yield Finding(
                record,  # type: ignore[arg-type]
                ("needs", number),
                f"the need {need} behind this behaviour plan is not in {view.first_name}'s SEN support plan",
                "name it in an outcome or an adjustment of plan.yaml first",
            )


@rule(
    id="behaviour-stages",
    severity="quality",
    source=DEVON,
    covers=("S1-24",),
    why="Most of the work is before and after the crisis: what keeps the child calm, the first signs, and the "
    "way back.",
    good="stages: calm, anxious, defensive, crisis, recovery",
    bad="stages: crisis only",
)
def stages(view: View) -> Iterator[Finding]:
    """Calm, first signs, crisis and recovery are all there."""
    record = view.case.one("behaviour-plan")
    if not record:
        return
    told = {row["stage"] for row in record.data["stages"]}
    missing = [stage for stage in ("calm", "crisis", "recovery") if stage not in told]
    if not told & {"anxious", "defensive"}:
        missing.insert(1 if "calm" in missing else 0, "anxious")
    if missing:
        hint = "add them: what staff see and hear, and what they do"
        yield Finding(record, ("stages",), f"the behaviour plan has no stage for {and_list(missing)}", hint)


@rule(
    id="behaviour-parts",
    severity="quality",
    source=DEVON,
    covers=("S1-24",),
    why="In the moment nobody looks for who comes, when to call, or what was agreed with whom.",
    good="key_adults, call_for_help and shared_with are filled in",
    bad="no call_for_help",
)
def parts(view: View) -> Iterator[Finding]:
    """Who is best placed, when to call for help, and who knows the plan."""
    record = view.case.one("behaviour-plan")
    if not record:
        return
    data = record.data
    somebody = data.get("key_adults") or any("who" in row for row in data["stages"])
    checks = (
        (somebody, "who is best placed to help", "add `key_adults`, or `who` at each stage"),
        ("call_for_help" in data, "when and how to call for help", "add `call_for_help`"),
        (data.get("shared_with"), "who has been told, so that all act alike", "add `shared_with`"),
    )
    for there, what, hint in checks:
        if not there:
            yield Finding(record, (), f"the behaviour plan does not say {what}", hint)


@rule(
    id="behaviour-who",
    severity="quality",
    source=f"{DEVON}: who is best placed for which intervention, the same approach by everyone",
    covers=("S1-24",),
    why="In the moment two adults step in, or none. A name at each stage leaves no doubt.",
    good="stages: anxious, who: Mrs Begum; crisis, who: Ms Quinn, then Mr Hartley",
    bad="stages: anxious, crisis and recovery with what to do, and nobody named to do it",
)
def who_acts(view: View) -> Iterator[Finding]:
    """Each stage after calm says who acts."""
    record = view.case.one("behaviour-plan")
    for number, row in enumerate(record.data["stages"] if record else ()):
        if record and row["stage"] != "calm" and row.get("do") and not row.get("who"):
            message = f"the stage “{row['stage']}” says what to do, but not who does it"
            yield Finding(record, ("stages", number), message, "add `who:` and who comes if that person is away")


_NAME_ONLY = re.compile(
    r"^\W*(?:(?:s?he|they) )?(?:can be |is |are |gets |shows? |has |very |often |some |displays? |challenging |poor |"
    r"bad )*(?:disruptive|defiant|aggressive|aggression|violent|violence|non-?complian(?:t|ce)|challenging|rude|"
    r"silly|naughty|anger|disobedient|unsafe|outbursts?|tantrums?|meltdowns?)(?: behaviou?rs?| issues|"
    r" in class)?\W*$",
    re.IGNORECASE,
)


@rule(
    id="behaviour-observable",
    severity="quality",
    source=f"{DEVON}: what the behaviour looks like",
    covers=("S1-24",),
    why="Two adults who read “aggressive” see two different things; then they act differently.",
    good="Pushes the table away and shouts, for about two minutes",
    bad="Aggressive behaviour",
)
def observable(view: View) -> Iterator[Finding]:
    """The behaviour is described, not named."""
    record = view.case.one("behaviour-plan")
    for number, text in enumerate(record.data["behaviours"] if record else ()):
        if _NAME_ONLY.match(text):
            yield Finding(
                record,  # type: ignore[arg-type]
                ("behaviours", number),
                f"“{text.strip()}” names the behaviour but does not show it",
                "say what others see and hear, how long and how often",
            )


RULES: tuple[Rule, ...] = (need_in_plan, stages, parts, who_acts, observable)
