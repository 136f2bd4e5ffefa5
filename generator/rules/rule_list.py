"""All rules, family by family."""

from __future__ import annotations

from generator.rules import local_policy
from generator.rules.law_and_code.meetings_and_family import (
    copies_to_family,
    early_discussion,
    meetings,
    person_centred_planning,
    taking_part,
    who_is_told,
    who_may_know,
)
from generator.rules.law_and_code.request_and_records import (
    child_identity,
    ehc_request,
    record_dates,
    request_clock,
    school_census,
    yearly_report,
)
from generator.rules.law_and_code.support_and_cycles import (
    agreements,
    cycle_sequence,
    cycles,
    decisions,
    ehc_plan_holders,
    plan_agreement,
    support_plan,
)
from generator.rules.quality import (
    behaviour,
    child_paper,
    copied_text,
    figures_agree,
    forms_out,
    golden_thread,
    own_words,
    plain_english,
    smart_targets,
    specific_provision,
    target_dates,
    unfinished,
)
from generator.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *unfinished.RULES,
    *forms_out.RULES,
    *child_identity.RULES,
    *record_dates.RULES,
    *school_census.RULES,
    *early_discussion.RULES,
    *support_plan.RULES,
    *plan_agreement.RULES,
    *cycles.RULES,
    *cycle_sequence.RULES,
    *meetings.RULES,
    *person_centred_planning.RULES,
    *ehc_plan_holders.RULES,
    *copies_to_family.RULES,
    *agreements.RULES,
    *who_may_know.RULES,
    *decisions.RULES,
    *taking_part.RULES,
    *who_is_told.RULES,
    *yearly_report.RULES,
    *ehc_request.RULES,
    *request_clock.RULES,
    *local_policy.RULES,
    *smart_targets.RULES,
    *target_dates.RULES,
    *specific_provision.RULES,
    *figures_agree.RULES,
    *golden_thread.RULES,
    *behaviour.RULES,
    *plain_english.RULES,
    *own_words.RULES,
    *child_paper.RULES,
    *copied_text.RULES,
)
"""All rules, family by family; ids are unique."""
