"""Writes README.md here: each requirement with its rules and their examples. Run: python -m generator.rules"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.rules import Rule
from generator.rules.requirement_index import PLACES, REQUIREMENTS, WITHOUT_RULE
from generator.rules.rule_list import RULES

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "tests" / "rules"
README = Path(__file__).parent / "README.md"


def example(rule: Rule, kind: str) -> Path | None:
    """The first good or bad example of a rule."""
    return next(iter(sorted((EXAMPLES / rule.id).glob(f"{kind}*.yaml"))), None)


def table() -> str:
    """The whole README as text."""
    places = ["## Where it is prompted, checked and printed", "", *_places(), ""]
    rules = ["## Which rule looks at it, with examples", "", *_requirements(), ""]
    return "\n".join([HEAD, *places, *rules, *_rules()]) + "\n"


HEAD = """# Rules

Written by `python -m generator.rules`; do not edit. A test fails when it is out of date.

`data` stops a build; everything else is told with its source and can be set aside with a reason in `request.yaml`.
One authority's policy is `local`: never law, and no pack can weaken law or Code.

S0 Derby City Council · S1 Devon IAS · S2 draft text of an authority that is not named · S3 Leicester City Council ·
S4 Rutland County Council · L law · C SEND Code of Practice 2015 · G good practice.
"""


def _places() -> Iterator[str]:
    """Each requirement of the source documents: where it is prompted, checked and printed; what is lacking is said."""
    yield "| id | requirement | prompted: the record and field that asks | checked by | printed in |"
    yield "| --- | --- | --- | --- | --- |"
    for name, text in REQUIREMENTS.items():
        if name.startswith("S"):
            places = PLACES.get(name, {})
            rules = [f"`{rule.id}`" for rule in RULES if name in rule.covers]
            asked = [f"`{field}`" for field in places.get("asked", ())]
            printed = dict.fromkeys(f"`{place.partition(':')[0]}`" for place in places.get("printed", ()))
            yield f"| {name} | {text} | {_or_none(asked)} | {_or_none(rules)} | {_or_none(printed)} |"


def _or_none(found: Iterable[str]) -> str:
    return ", ".join(found) or "**nowhere**"


def _requirements() -> Iterator[str]:
    yield "| id | requirement | rule | good | bad |"
    yield "| --- | --- | --- | --- | --- |"
    for name, text in REQUIREMENTS.items():
        rules = [rule for rule in RULES if name in rule.covers]
        if not rules:
            yield f"| {name} | {text} | none: it {WITHOUT_RULE.get(name, 'is not covered')} | | |"
        for number, rule in enumerate(rules):
            shown = f"| {name} | {text} |" if number == 0 else "| | |"
            yield f"{shown} `{rule.id}` | {_link(rule, 'good')} | {_link(rule, 'bad')} |"


def _rules() -> Iterator[str]:
    yield f"## All {len(RULES)} rules"
    yield ""
    yield "| rule | severity | why | source |"
    yield "| --- | --- | --- | --- |"
    for rule in RULES:
        yield f"| `{rule.id}` | {rule.severity} | {rule.why} | {rule.source} |"


def _link(rule: Rule, kind: str) -> str:
    path = example(rule, kind)
    return f"[{kind}](../../tests/rules/{rule.id}/{path.name})" if path else "none"


if __name__ == "__main__":
    if not EXAMPLES.is_dir():
        raise SystemExit("The examples are not here: run this in a checkout of the project.")
    README.write_text(table(), encoding="utf-8")
