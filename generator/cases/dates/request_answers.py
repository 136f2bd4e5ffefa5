"""What the authority answered to a request: by `answer` in the log, or by the plain words of a logged decision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from generator.cases.case import Case, Data, sen_status
from generator.cases.dates.statutory_clock import Clock, Step
from generator.values.spelling.plain_letters import plain_letters

ANSWERS: dict[str, tuple[str, ...]] = {
    "will_assess": ("decision",),
    "will_not_assess": ("decision", "no-plan", "final-plan"),
    "will_issue": ("decision", "no-plan"),
    "will_not_issue": ("decision", "no-plan", "final-plan"),
    "final_plan": ("decision", "no-plan", "final-plan"),
}
"""The steps of the clock that each answer settles.

A “no” ends the clock, to assess (reg 5) as to issue (reg 10). A “yes” to assess leaves what follows it: a decision not
to issue within 16 weeks, or the final plan within 20 (reg 13(2)); a “yes” to issue leaves the plan alone.
"""


@dataclass(frozen=True)
class Answers:
    """What is known of the answers to a request on a day.

    `owed` are the steps that nothing answers yet, the earliest first; `unclear` are the days of logged decisions that
    may be an answer, but do not say which.
    """

    owed: tuple[Step, ...]
    unclear: tuple[date, ...] = ()


def asks_for_decision(request: Data) -> bool:
    """True for a request that the authority must answer: updated advice to one that it has asks for no decision."""
    return request.get("kind") != "updated_advice"


def answers(case: Case, clock: Clock, on: date) -> Answers:
    """What the log and the status of a pupil say of the answers to the request that the clock runs for.

    A pupil with an EHC plan is owed none. An entry that gives no `answer` counts from the day after receipt: a decision
    of that day or before is about something earlier.
    """
    if sen_status(case.data("pupil"), on) == "E":
        return Answers(())
    settled: set[str] = set()
    unclear = []
    for row in case.data("log").get("entries", ()):
        day = row.get("date", date.min)
        if not clock.received <= day <= on:
            continue
        if "answer" in row:
            settled.update(ANSWERS[row["answer"]])
        elif row["kind"] == "decision" and day > clock.received and _is_of_an_authority(case, row):
            said = answer_in_words(str(row.get("what", ""))) if _is_surely_of_it(case, row) else ""
            settled.update(ANSWERS.get(said, ()))
            unclear += [] if said else [day]
    return Answers(tuple(step for step in clock.steps if step.key not in settled), tuple(unclear))


_AUTHORITY = (
    r"authority|authority's|council|council's|borough|l\.?a\.?|la's|panel|"
    r"ehcp?s?|ehcna|education, health and care|needs assessment"
)
_SURELY = re.compile(rf"\b(?:{_AUTHORITY})\b")
_PERHAPS = re.compile(rf"\b(?:{_AUTHORITY}|county|send? team|send? casework\w*|statutory)\b")
"""A school has a SEND team too, and an assessment of its own: such words make a decision worth asking about."""

_SPECIALIST = r"ep|psycholog\w*|therap\w*|specialist\w*|teacher\w*|nurse\w*|paediatric\w*|salt|slt"
_BY_ANOTHER = re.compile(
    rf"\b(?:{_SPECIALIST}|we|i|school|senco)(?: (?:also|now|has|have|had|did|does|do|is|are))*"
    r"(?: not)? (?:will|agree|decide|refuse|decline|cannot)"
)
"""Who assesses there is one person, also where the council sends them: not the authority that answers."""


def _is_of_an_authority(case: Case, row: dict[str, object]) -> bool:
    """True for a decision that may be the authority's, by what it says or by who decided."""
    text = _flat(f"{row.get('what', '')} / {row.get('who', '')}")
    return bool(_PERHAPS.search(text)) or _names_the_authority(case, text)


def _is_surely_of_it(case: Case, row: dict[str, object]) -> bool:
    """True for a decision that can be nobody else's, so that its plain words may be read as the answer."""
    what, who = _flat(str(row.get("what", ""))), _flat(str(row.get("who", "")))
    if _BY_ANOTHER.search(what):
        return False
    by = what if re.search(rf"\b(?:{_SPECIALIST})\b", who) else f"{what} / {who}"
    return bool(_SURELY.search(by)) or _names_the_authority(case, by)


def _flat(text: str) -> str:
    return plain_letters(text).replace("’", "'")


def _names_the_authority(case: Case, text: str) -> bool:
    request, school = case.data("request"), case.school.data if case.school else {}
    names = (
        school.get("authority_name"),
        case.data("pupil").get("home_authority_name"),
        request.get("sent", {}).get("to"),
    )
    named = (plain_letters(str(name)).strip() for name in names if name)
    return any(name and name in text for name in named)


_OPEN = re.compile(
    r"\b(?:whether|if|may|might|ask\w*|appl(?:y|ied|ies|ication)|appeal\w*|tribunal|mediation|reconsider\w*|"
    r"complain\w*|(?:will|to) (?:decide|consider)|by when|waiting|awaiting|not yet|yet to|until|unless|"
    r"draft|overturn\w*|withdr\w*)\b"
)
"""Words with which a decision is no answer yet, or an answer to something else."""

_NOT = re.compile(
    r"\b(?:not|never|no|nor|neither|nobody|cannot|without|unable|unlikely|refus\w*|declin\w*|reject\w*)\b|n't\b"
)
_TO_COME = re.compile(
    r"\b(?:will|would|shall|should|must|to be|says?|said|promis\w*|expect\w*|hop(?:e|es|ed|ing)|due|owed|late|overdue|"
    r"delay\w*|when|once|before|about|regarding|comments?|changes?|amend\w*|proposed|request\w*)\b"
)
"""Words with which a final plan is spoken of that nobody need have."""

_REFUSED = r"\b(?:not|cannot|refus(?:es|ed|al)(?: to)?|declin(?:es|ed)(?: to)?|no) (?:to )?"
_AGREED = r"\b(?:will|agree[sd]?(?: to)?|decide[sd] to) "
_ASSESS = (
    r"(?:carry out |make |do )?(?:an? |the |any )?"
    r"(?:(?:ehc needs|ehc|needs) assess(?:ment)?\b(?! (?:request|appl|referral))|"
    r"assess(?:ment)?(?: (?:her|him|them|the (?:child|pupil)))?"
    r"(?=$| ?[.,;:!?()/–-]| (?:and|but|because|as|since|after all|following|under)\b))"
)
"""To assess, with nothing behind it but a person: an authority's answer. To assess Ada's reading is none."""
_ISSUE = r"(?:issue|make|write|secure|draw up) (?:an? |the )?(?:ehc )?(?:plan|ehcp)\b"
_FINAL = r"final (?:ehc )?(?:plan|ehcp)\b"
_SAYS = {
    "will_not_assess": re.compile(_REFUSED + _ASSESS),
    "will_assess": re.compile(_AGREED + _ASSESS),
    "will_not_issue": re.compile(rf"{_REFUSED}{_ISSUE}|\bno ehc plan\b"),
    "will_issue": re.compile(_AGREED + _ISSUE),
    "final_plan": re.compile(
        rf"\b(?:issue[sd]|made|received|sent|got) (?:(?:us|the|an?|her|his|their|\w+'s|signed) )*{_FINAL}|"
        rf"\b{_FINAL}(?: for \w+)?:?(?: (?:is|was|has|been|now|today))* (?:issued|made|received|sent|came|here)\b"
    ),
}


def answer_in_words(what: str) -> str:
    """The answer that a logged decision gives in plain words, such as “The authority will not assess”; else empty.

    Anything that could be read in two ways gives none: the clock asks then, and does not guess.
    """
    text = " ".join(_flat(what).replace("won't", "will not").split())
    found = {answer: match.start() for answer, words in _SAYS.items() if (match := words.search(text))}
    if len(found) != 1 or _OPEN.search(text):
        return ""
    [(answer, start)] = found.items()
    # A “no” before another turns it round, and any “no” beside a “yes” leaves it in doubt.
    doubtful = _NOT.search(text[:start] if answer.startswith("will_not") else text)
    return "" if doubtful or (answer == "final_plan" and _TO_COME.search(text)) else answer
