"""Findings in SARIF 2.1.0, so that editors and other programs show them beside the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from generator.problems import Problem, shown
from generator.rules import Rule

_LEVELS = {"data": "error", "law": "warning", "code": "warning", "local": "note", "quality": "note"}


def sarif(problems: Sequence[Problem], rules: Sequence[Rule], version: str) -> dict[str, Any]:
    """One run with every finding; lines and columns start at 1, a finding about a whole file is at its first line."""
    driver = {"name": "sendpack", "version": version, "rules": [_rule(rule) for rule in rules]}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_result(problem) for problem in problems]}],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.why},
        "help": {"text": f"Good: {rule.good}\nNot so good: {rule.bad}\nSource: {rule.source}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(problem: Problem) -> dict[str, Any]:
    hint = f" {problem.hint}." if problem.hint else ""
    hint += f" It could read: {problem.rewrite}" if problem.rewrite else ""
    region = {"startLine": max(problem.line, 1), "startColumn": max(problem.column, 1)}
    return {
        "ruleId": problem.rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": shown(f"{problem.message}.{hint}")},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": quote(problem.path, errors="replace")}, "region": region}}
        ],
    }
