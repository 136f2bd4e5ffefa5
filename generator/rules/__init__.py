"""What a colleague would say about a case: every rule of law, Code, local policy and quality, applied to one case.

In: a case (cases/), its authority's pack (authorities/) and a day. Out: findings with their sources, and those that the
school set aside with a reason. A rule is a function in the tuple RULES of its family's module; `rule_list` names the
families. No rule reads or writes a file.
"""

from __future__ import annotations

from generator.rules.check_case import Checked, check
from generator.rules.overrides import SetAside
from generator.rules.rule import Finding, Rule, View, rule
from generator.rules.rule_list import RULES

__all__ = ["RULES", "Checked", "Finding", "Rule", "SetAside", "View", "check", "rule"]
