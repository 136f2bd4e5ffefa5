"""How things are said: the child's voice kept for the child, words that parents can read, nothing copied, no "
"labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.records.record import Record
from generator.rules.grammar.quoted_text import outside_quotes
from generator.rules.quality.smart_targets import aims
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.not_known import NotKnown
from generator.values.parsing import Keys, leaves


def texts(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text in a record with its keys; what is not known yet is left out."""
    for path, leaf in leaves(value, keys):
        if isinstance(leaf, str) and not isinstance(leaf, NotKnown):
            yield path, leaf


def texts_under(record: Record | None, *paths: Keys) -> Iterator[tuple[Record, Keys, str]]:
    """The texts under some keys of a record; nothing where the record or the key is not there."""
    for path in paths if record else ():
        value = record.data  # type: ignore[union-attr]
        for key in path:
            value = value.get(key, {}) if isinstance(value, dict) else {}
        for keys, text in texts(value, path):
            yield record, keys, text  # type: ignore[misc]


# -- the child's own words --------------------------------------------------------------------------------------------

_FIRST_PERSON = re.compile(r"\b(?:I|I['’]m|I['’]ve|I['’]ll|I['’]d|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")
_PROFILE = (
    "important_to_me",
    "how_to_support_me",
    "my_goals",
    "how_i_communicate",
    "what_i_find_hard",
    "when_i_am_upset",
)


@rule(
    id="wording-first-person",
    severity="quality",
    source="Children and Families Act 2014 s.19: views, wishes and feelings; good practice: I and me only for "
    "own words",
    covers=("G4", "L14"),
    why="“I” promises the reader that the child said it. Written by an adult, it puts words into the child's mouth.",
    good="“I like it when Mr Adeyemi draws the steps.” · own_words: yes",
    bad="I find transitions challenging. · own_words: no",
)
def first_person(view: View) -> Iterator[Finding]:
    """I and me only where the words are the child's own, or stand in quotation marks."""
    for record, keys, text in _adult_voiced(view):
        if _FIRST_PERSON.search(outside_quotes(text)):
            yield Finding(
                record,
                keys,
                f"this is written as “I”, but `own_words` says that an adult worded it for {view.first_name}",
                f"put what {view.first_name} did say in quotation marks, or write about {view.first_name} by name",
            )


def _adult_voiced(view: View) -> Iterator[tuple[Record, Keys, str]]:
    profile = view.case.one("profile")
    if profile and profile.data.get("own_words") is False:
        yield from texts_under(profile, *((key,) for key in _PROFILE))
    for record in view.case.written:
        for keys, views in pupils_views(record):
            if views.get("own_words") is False and isinstance(views.get("text"), str):
                yield record, (*keys, "text"), views["text"]


def pupils_views(record: Record) -> Iterator[tuple[Keys, Any]]:
    """Where each kind of record keeps the pupil's views."""
    places: dict[str, Keys] = {
        "cycle": ("review", "pupil_thinks"),
        "meeting": ("pupil_views",),
        "request": ("pupil_views",),
        "my-support-plan": ("about_me", "views"),
    }
    value = record.data if record.kind in places else {}
    for key in places.get(record.kind, ()):
        value = value.get(key, {})
    if value:
        yield places[record.kind], value


# -- words about the child --------------------------------------------------------------------------------------------

_LABELS = (
    "naughty",
    "lazy",
    "attention-seek",
    "attention seek",
    "manipulative",
    "suffers from",
    "wheelchair-bound",
    "wheelchair bound",
    "confined to a wheelchair",
    "mental age",
    "handicapped",
    "special needs child",
    "sen child",
    "low-functioning",
    "low functioning",
    "high-functioning",
    "high functioning",
    "normal child",
    "normal kids",
    "normal peers",
    "bad boy",
    "bad girl",
    "kicks off",
    "plays up",
    "tantrum",
    "babyish",
)
_LABEL = re.compile(rf"(?<!\w)(?:{'|'.join(_LABELS)})\w*(?! eye)", re.IGNORECASE)
_OTHERS_WORDS = {"evidence", "school"}


@rule(
    id="wording-label",
    severity="quality",
    source="Good practice: the person first, in words that respect them",
    covers=("G5",),
    why="The parents read it, later the child does. A label says what somebody thinks of the child, not what happens.",
    good="Calls out about ten times a lesson; most when the task is new.",
    bad="Attention-seeking and lazy.",
)
def label(view: View) -> Iterator[Finding]:
    """No labels that judge, outside what somebody is quoted as saying."""
    for record in view.case.written:
        told = list(texts(record.data)) if record.kind not in _OTHERS_WORDS else []
        small = " ".join(text for _, text in told).casefold()
        if not any(label in small for label in _LABELS):
            continue
        for keys, text in told:
            if found := _LABEL.search(outside_quotes(text)):
                yield Finding(
                    record,
                    keys,
                    f"“{found[0]}” is a label that the family will read",
                    "say what happens, when and how often; if somebody said it, put it in quotation marks",
                )


_NOT_ADMIRING = re.compile(
    r"\b(can['’]?t|cannot|refuses|naughty|lazy|disruptive|defiant|aggressive|attention[- ]seeking|unfortunately|"
    r"unable to|is not able|isn['’]t able|struggles (?:to|with)|when (?:s?he|they) (?:wants? to|chooses?|"
    r"can be bothered)|if (?:s?he|they) (?:only )?(?:tried|would try)|could do better|but (?:can|gets|needs|"
    r"struggles|finds|does not|doesn['’]t))\b",
    re.IGNORECASE,
)


@rule(
    id="wording-admire",
    severity="quality",
    source="Person-centred practice: what people like and admire comes first and without a sting",
    covers=("S2-1",),
    why="This is the line that a child remembers. Praise with a “but” is heard as the part after the “but”.",
    good="She notices when someone is left out and makes room.",
    bad="Can be kind when he wants to.",
)
def admire(view: View) -> Iterator[Finding]:
    """Like and admire is only what people like and admire."""
    for record, keys, text in texts_under(view.case.one("profile"), ("like_and_admire",)):
        if found := _NOT_ADMIRING.search(outside_quotes(text)):
            yield Finding(
                record,
                keys,
                f"“{found[0]}” under what people like and admire is not praise",
                "keep only what is good; what is hard has its own place in the profile",
            )


_DIAGNOSIS_FIRST = re.compile(
    r"^\W*(?:[A-Z][\w’'-]+ ){1,3}(?:has|is|was)(?: been)?(?: an?| diagnosed with| a diagnosis of| on the|"
    r" severe(?:ly)?| recently)* (?:autis\w+|ASD|ASC|ADHD|ADD|dyslexi\w+|dyspraxi\w+|Down\b|diagnosed|diagnosis|"
    r"disorder|spectrum|cerebral|syndrome|epilep\w+)",
)


@rule(
    id="wording-diagnosis-first",
    severity="quality",
    source="Good practice: begin with the person, not the diagnosis",
    covers=("G5", "S1-2"),
    why="A reader who meets the diagnosis first sees the diagnosis in everything that follows.",
    good="Theo knows every bus route in Northmoor and plans his grandad's trips. He is autistic, and …",
    bad="Theo has autism and ADHD.",
)
def diagnosis_first(view: View) -> Iterator[Finding]:
    """The story and the profile begin with the person."""
    for kind, keys in (
        ("plan", ("story",)),
        ("my-support-plan", ("needs_summary",)),
        ("profile", ("like_and_admire",)),
    ):
        for record, place, text in list(texts_under(view.case.one(kind), keys))[:1]:
            if _DIAGNOSIS_FIRST.search(text):
                yield Finding(
                    record,
                    place,
                    f"this begins with the diagnosis, not with {view.first_name}",
                    "begin with who the child is and what matters; the diagnosis can come next",
                )


# -- words that the family can read -----------------------------------------------------------------------------------

_ACRONYM = re.compile(
    r"\b(SALT|SLT|SaLT|SLCN|SEMH|SPLD|SpLD|MLD|PMLD|EP|OT|EBSA|APDR|WTS|GDS|ARE|QFT|QFP|IEP|IPP|PSP|PECS|BSP|HI|VI|"
    r"MSI|CoP|LSA|HLTA|DSL|PCP|MDT|TAF|TAC|CYPS|CIN|EHA|ELKLAN|SDQ|BPVS|WRAT|YARC|CTOPP|HFW|CVC|PDA|SPD|ASC|ASD|ODD|"
    r"FASD|NQT|ECT)\b"
)
_JARGON = re.compile(
    r"\b((?:expressive|receptive|pragmatic) language|phonological awareness|proprioceptive|vestibular|"
    r"executive function\w*|co-?regulat\w+|dysregulat\w+|metacogniti\w+|scaffold(?:ed|ing)|differentiat(?:ed|ion)|"
    r"multi-?sensory|interventions?|graphemes?|phonemes?|provision|curriculum|attainment|age[- ]related expectations|"
    r"low arousal|transitions?|peers)\b",
    re.IGNORECASE,
)
_CHILDS = (("responsibilities", "pupil"),)
_FAMILYS = (("responsibilities", "family"), ("parents_informed", "summary"), ("community_support",))


@rule(
    id="wording-acronym",
    severity="quality",
    source="Good practice: plain language; SEND Code of Practice 6.67-6.71: the record is given to the parents",
    covers=("G5",),
    why="An abbreviation that a parent does not know shuts the parent out of the conversation.",
    good="The speech and language therapist (SALT) visits once a half term.",
    bad="SALT to liaise with EP re SLCN.",
)
def acronym(view: View) -> Iterator[Finding]:
    """Abbreviations are told in full where child and family read."""
    for record, keys, text in _for_family(view):
        known = {hit[0] for hit in re.finditer(r"(?<=\()[A-Za-z]{2,6}(?=\))", text)}
        unknown = [hit[0] for hit in _ACRONYM.finditer(text) if hit[0] not in known and f"{hit[0]} (" not in text]
        if unknown:
            yield Finding(
                record, keys, f"“{unknown[0]}” will not be known to every family", "write it in full the first time"
            )


@rule(
    id="wording-jargon",
    severity="quality",
    source="Good practice: plain language",
    covers=("G5",),
    why="The profile and the child's own part are read by the child, by supply teachers and by grandparents.",
    good="Tell me what comes next before it changes.",
    bad="Scaffolded transitions to avoid dysregulation.",
)
def jargon(view: View) -> Iterator[Finding]:
    """Plain words in the one-page profile and in what the pupil will do."""
    profile = [(key,) for key in ("like_and_admire", *_PROFILE)]
    places = [texts_under(view.case.one("profile"), *profile), texts_under(view.case.one("plan"), *_CHILDS)]
    for record, keys, text in (place for found in places for place in found):
        if found := _JARGON.search(outside_quotes(text)):
            message = (
                f"“{found[0]}” is a word for professionals, in a part that {view.first_name} should be able to read"
            )
            yield Finding(record, keys, message, "say it as you would say it to the child")


@rule(
    id="wording-long-sentence",
    severity="quality",
    source="Good practice: plain language",
    covers=("G5",),
    why="Sentences over 40 words lose most readers before the verb.",
    good="Two sentences of fifteen words.",
    bad="One sentence of fifty words with four commas.",
)
def long_sentence(view: View) -> Iterator[Finding]:
    """No sentence over 40 words where child and family read."""
    for record, keys, text in _for_family(view):
        longest = max((len(sentence.split()) for sentence in re.split(r"(?<=[.!?;:])\s|\n", text)), default=0)
        if longest > 40:
            yield Finding(record, keys, f"a sentence here has {longest} words", "make two or three of it")


def _for_family(view: View) -> Iterator[tuple[Record, Keys, str]]:
    """Texts that the child or the family reads first of all."""
    yield from texts_under(view.case.one("profile"), *((key,) for key in ("like_and_admire", *_PROFILE)))
    yield from texts_under(view.case.one("plan"), *_CHILDS, *_FAMILYS)
    yield from texts_under(view.case.one("behaviour-plan"), ("pupil_part",), ("parents_part",))
    for aim in aims(view):
        yield aim.record, (*aim.keys, "text"), aim.text


RULES: tuple[Rule, ...] = (first_person, label, admire, diagnosis_first, acronym, jargon, long_sentence)
