"""Telling phrases apart: seen, measured, dated, provision, a hope, or vague. In doubt, nothing is said.

Written against hand-marked sentences in tests/rules; each function takes plain text and looks only at that.
"""

from __future__ import annotations

import re
from functools import lru_cache

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_TERM = r"(?:autumn|spring|summer|christmas|easter|half[- ]term|term|school year|academic year|year|month|week)"
_NUMBER = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred)"
)


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


def outside_quotes(text: str) -> str:
    """The text without what stands in quotation marks."""
    return _QUOTED.sub(" ", text)


def normal(text: str) -> str:
    """Text for comparing: small letters and digits, dates and punctuation gone, spaces single."""
    return " ".join(_WORD.findall(_DATES.sub(" ", text.casefold())))


_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"")
_WORD = re.compile(r"[^\W_]+")
_DATES = _any(
    rf"\b(?:by|before|from|until|since|in|on)?\s*(?:the )?(?:end of )?(?:the )?\d{{0,2}}(?:st|nd|rd|"
    rf"th)?\s*\b{_MONTH}\b(?:\s+20\d\d)?",
    r"\b(?:by|before) (?:the )?end of (?:year|y|ks|key stage) ?\d+",
    r"\b20\d\d\b",
    r"\d{1,2}/\d{1,2}/\d{2,4}",
)


# -- S: can somebody see or hear it? ----------------------------------------------------------------------------------

_HOLLOW = _any(
    r"\bengag(?:e|es|ing)\b(?! in (?:a |an )?conversation)",
    r"\benjoys?\b",
    r"\baccess(?:es|ing)?\b(?! (?:card|arrangement))",
    r"\b(?:be|becomes?|being|is|are) (?:more )?aware\b",
    r"\bappreciates?\b",
    r"\bfeels? (?:more |less |better|happ|confident|safe|included|part of)",
    r"\bconcentrat(?:e|es|ing)\b",
    r"\b(?:be|become|becomes|is|get|gets) (?:more|better|less)\b",
    r"\bmakes? (?:some |good |better |more |expected |accelerated |steady )?(?:progress|choices)\b",
    r"\bworks? (?:towards|toward)\b",
    r"\b(?:cope|copes) (?:better|with)\b",
    r"\bgains? (?:confidence|independence|self)",
    r"\b(?:be|is) (?:confident|resilient|focus+ed|motivated|settled|happy|independent|included)\b",
    r"\bbehaves? (?:better|well|appropriately)\b",
    r"\bfocus(?:es)? (?:better|more)\b",
    r"\b(?:reach|reaches|fulfil|fulfils|achieve|achieves) (?:his|her|their) (?:full )?potential\b",
)
"""Nobody can see this being done, whatever figure is put beside it."""

_HIDDEN = _any(
    r"\bimprov(?:e|es|ing|ed)\b",
    r"\bdevelop(?:s|ing)?\b",
    r"\bincreas(?:e|es|ing)\b",
    r"\b(?:extend|extends|expand|expands|broaden|broadens) (?:his|her|their|my|the|upon)\b",
    r"\b(?:raise|raises|build|builds|boost|boosts|enhance|enhances|strengthen|strengthens|consolidate|"
    r"consolidates|secure)"
    r" (?:up )?(?:on )?(?:his|her|their|my|self|confidence|resilience|skills|knowledge|understanding|basic|key|"
    r"number|friend)",
    r"\bunderstands?\b|\bunderstanding\b",
    r"\bknows?\b",
    r"\bwork(?:s|ing)? on\b",
    r"\b(?:continues?|keeps? working|strives?|aims?|begins?|starts?) to\b(?= (?:work|develop|improve|build|make|"
    r"be|increase|engage|understand|use a range))",
    r"\blearns? (?:about|how|more)\b",
    r"\bexplores?\b",
    r"\bmanag(?:e|es|ing) (?:his|her|their|my)(?: own)? (?:emotions?|feelings|behaviou?r|anger|anxiety|time|"
    r"emotional)",
    r"\b(?:self[- ])?regulat(?:e|es|ing)\b",
)
"""Hidden inside the child, but a figure beside it (60 of 100, from 78 to 84) makes it plain what is meant."""

_WEASEL = re.compile(
    r"^\W*(?:\w+ )?(?:(?:will|to|should) )?(?:try|tries|attempt|attempts|continue|continues) to\b", re.IGNORECASE
)

_SEEN = _any(
    r"\b(?:reads?|reading aloud|writes?|spells?|says?|names?|naming|points?|gives?|asks?|tells?|answers?|"
    r"explains?|counts?)\b",
    r"\b(?:sits?|stays?|stands?|walks?|runs?|joins?|plays?|shares?|takes? turns|waits?|puts?|cuts?|draws?|copies|"
    r"copy|copying)\b",
    r"\b(?:matches|match|sorts?|orders?|adds?|subtracts?|solves?|calculates?|completes?|finishes|finish|hands?|"
    r"brings?|packs?)\b",
    r"\b(?:attends?|arrives?|travels?|buys?|pays?|cooks?|eats?|drinks?|dresses|dress|washes|wash|brushes|uses?|"
    r"using|shows?|showing)\b",
    r"\b(?:chooses|choose|picks?|signs?|gestures?|looks?|turns?|follows?|repeats?|retells?|describes?|lists?|"
    r"labels?|identif(?:y|ies))\b",
    r"\b(?:recognises?|blends?|segments?|sounds? out|types?|catch(?:es)?|throws?|kicks?|hops?|climbs?|balances?|"
    r"holds?|builds? a)\b",
    r"\b(?:greets?|contributes?|raises? (?:his|her|their) hand|puts? up|volunteers?|talks?|speaks?|meets?|"
    r"visits?|phones?|leaves?|enters?)\b",
    r"\b(?:remains?|returns?|recovers?|carries|carry|opens?|records?|ticks?|crosses|cross|plans?|starts? (?:the|"
    r"a|his|her|their|work|writ))\b",
    r"\b(?:tak(?:es?|ing) (?:part|off|out|the|a)|sleeps?|toilets?|changes|sets? (?:out|up)|tidies|tidy|"
    r"socialises?|communicates? (?:his|her|their|by|using))\b",
)

_RATIO = _any(
    r"\b\d+ ?(?:/|of|out of|in) ?(?:the |a |every )?(?:last |first |next |same )?\d+",
    rf"\b{_NUMBER} (?:times )?(?:out of|of|in) (?:every |the )?{_NUMBER}\b",
    r"\bfrom \d+(?:\.\d+)? ?%? ?(?:\w+ ){0,3}to \d+",
    r"\d+(?:\.\d+)? ?(?:%|per ?cent)(?! (?:of the time|more|better))",
    r"\b\d+ (?:[a-z-]+ ){0,3}(?:words?|sounds?|facts|sums|questions|pictures|minutes?|seconds?|days?|times|"
    r"sentences|letters|numbers|signs|steps)\b",
    rf"\b{_NUMBER} (?:[a-z-]+ ){{0,2}}(?:words?|sounds?|facts|sums|questions|minutes?|days?|times|sentences|"
    rf"letters|signs|steps|ways|strategies)\b",
)


@lru_cache(maxsize=4096)
def is_vague(text: str, goal: str = "") -> bool:
    """True when nothing in a target could be seen or heard being done: vague verbs, no observable one, no figure."""
    plain = _DATES.sub(" ", text)
    figure = bool(_RATIO.search(plain) or _RATIO.search(goal))
    if _WEASEL.search(plain) and not figure:
        return True
    if _SEEN.search(plain):
        return False
    return bool(_HOLLOW.search(plain)) or (bool(_HIDDEN.search(plain)) and not figure)


# -- M: how will we know? ---------------------------------------------------------------------------------------------

_NOT_A_MEASURE = _any(
    r"\b1 ?: ?1\b",
    r"\b(?:year|y|ks|key stage|set|phase|stage|level|zone|class|ages?) ?\d+\b(?! ?(?:text|book|word|level|expect|"
    r"paper|score|test|standard|vocab))",
    r"\b(?:one|two) (?:another|day)\b",
)
_MEASURE = _any(
    r"\d",
    rf"\b(?:one|{_NUMBER[3:-1]}|half|once|twice|both|dozen|zero|none)\b",
    r"\b(?:every|each|all|whole|always|never|daily|weekly|full[- ]time|entire|any)\b",
    r"\bwithout (?:\w+ )?(?:help|support|prompt|adult|remind|being|assist|an?\b|losing|leaving|stopping|any)",
    r"\b(?:alone|unaided|unprompted|by (?:him|her|them|my|it)sel(?:f|ves)|on (?:his|her|their|my) own)\b",
    r"%|\bper ?cent\b|\bstandard(?:ised)? score|\bage[- ]equivalent|\bpercentile|\bscaled score",
)


@lru_cache(maxsize=4096)
def is_measured(*texts: str) -> bool:
    """True when one of the texts has a number, a count, a level, or an all-or-nothing criterion to judge "
    "success by."""
    return any(_MEASURE.search(_NOT_A_MEASURE.sub(" ", _DATES.sub(" ", text))) for text in texts)


# -- T: by when? ------------------------------------------------------------------------------------------------------

_DATED = _any(
    rf"\b(?:by|before|within|until|at) (?:the )?(?:\w+ ){{0,3}}(?:{_MONTH}|{_TERM}|weeks|months|review|ks ?\d|"
    rf"key stage|y\d+|20\d\d)\b",
    rf"\b(?:by|before) \d{{1,2}}(?:st|nd|rd|th)? {_MONTH}",
    r"\d{1,2}/\d{1,2}/\d{2,4}",
)
_BY_DAY = re.compile(rf"\bby (?:the )?(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})(?: (20\d\d))?\b", re.IGNORECASE)
_BY_MONTH = re.compile(rf"\bby (?:the )?(?:end of )?({_MONTH})(?: (20\d\d))?\b", re.IGNORECASE)
_MONTHS = tuple(_MONTH[3:-1].split("|"))


@lru_cache(maxsize=4096)
def is_dated(text: str) -> bool:
    """True when the text itself says by when."""
    return bool(_DATED.search(text))


@lru_cache(maxsize=4096)
def date_said(text: str) -> tuple[int | None, int | None, int | None] | None:
    """Year, month, day of the "by 1 December 2026" or "by July" in a text, None for what it leaves open."""
    if found := _BY_DAY.search(text):
        year = int(found[3]) if found[3] else None
        return year, _MONTHS.index(found[2].casefold()) + 1, int(found[1])
    if found := _BY_MONTH.search(text):
        return int(found[2]) if found[2] else None, _MONTHS.index(found[1].casefold()) + 1, None
    return None


# -- what is not an outcome -------------------------------------------------------------------------------------------

_HELP = (
    r"(?:support|therapy|interventions?|sessions?|provision|tuition|lessons? with|input|programme|hours|"
    r"access to|adult help|"
    r"a ta\b|ta\b|lsa\b|teaching assistant|1 ?: ?1|one[- ]to[- ]one|key ?worker|mentor(?:ing)?|elsa|counselling|"
    r"laptop|"
    r"visual timetable|movement breaks|time[- ]?out|sensory (?:room|breaks|diet|circuits)|small[- ]group|"
    r"extra time|a reader|"
    r"a scribe|nurture|resources|equipment|overlay|radio aid|wobble cushion|ear defenders|workstation)"
)
_STAFF = (
    r"(?:all |the |school |class |support |key |teaching )*(?:staff|teachers?|tas?|teaching assistants?|adults?|"
    r"school|senco|"
    r"lsas?|professionals|therapists?|parents|lunchtime supervisors?)"
)
_LEAD = r"^\W*(?:by [^,]*, ?)?(?:for )?"
_PROVISION = _any(
    rf"{_LEAD}{_STAFF} (?:will|to|should|must|use|uses|provide|provides|support|supports|give|gives|ensure|"
    rf"ensures|are to)\b",
    r"\b(?:will|to|should|must) (?:continue to )?(?:receive|be (?:provided|supported|given|offered|helped|taught|"
    r"seated|referred|assessed|seen|withdrawn|allocated|monitored))\b",
    rf"\b(?:have|has|get|gets|having|receives?|receiving|be part of|take part in|participate in|"
    rf"access) (?:\w+[ -]){{0,5}}{_HELP}",
    r"\b(?:attend|attends|attending|join|go to) (?:an? |the |his |her |their |daily |weekly |regular |small |"
    r"twice[- ]weekly |\w+ ){0,5}"
    r"(?:intervention|therapy|programme|nurture group|support group|social skills group|elsa|speech group|"
    r"catch[- ]up|booster)",
    rf"^\W*(?:daily|weekly|fortnightly|regular|1 ?: ?1|one[- ]to[- ]one|small[- ]group|\d+ (?:hours?|minutes?)|"
    rf"access to|continued?|additional|extra|full[- ]time)\b(?: [\w:-]+){{0,6}} ?{_HELP}",
)
_HAS_EARNED = _any(r"\b(?:no longer|without|fewer|less)\b[^.]*\b(?:support|help|adult|prompt)")


@lru_cache(maxsize=4096)
def is_provision(text: str) -> bool:
    """True when what calls itself an outcome says what the child gets or staff do, not what the child will do."""
    plain = outside_quotes(text)
    return bool(_PROVISION.search(plain)) and not _HAS_EARNED.search(plain) and not _RATIO_OF.search(plain)


_RATIO_OF = _any(r"\b\d+ (?:out )?of (?:the )?\d+", rf"\b{_NUMBER} (?:out )?of {_NUMBER}")

_HOPE = _any(
    r"\b(?:wants?|would (?:love|like)|dreams?|hopes?|wish(?:es)?|aspires?|longs?) (?:of |to )(?:be|become|"
    r"becoming|being|live|work|have|go|own|play)\b",
    r"\bwhen (?:he|she|they|i) (?:grows? up|(?:is|are|am) (?:older|grown|an? adult)|leaves? school)\b",
    r"\bone day\b(?! (?:a|each|per|in|out|of))|\bas an adult\b|\bin (?:his|her|their|my) future\b",
    r"\b(?:reach|fulfil|achieve|realise) (?:his|her|their|my) (?:full |true )?potential\b",
    r"\b(?:live|lead|have) (?:an? )?(?:happy|fulfill?(?:ed|ing)|full|independent|good|successful|"
    r"normal)(?: and \w+)? life\b",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:have|make) (?:lots of|many|plenty of|good|more) friends\b",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:be|feel) (?:happy|successful|safe and happy|the best)\b",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:be|become) an? (?:\w+ )?(?:\w+(?:er|or|ist|ian|man|woman)|vet|nurse|chef|"
    rf"pilot|scientist|youtuber|gamer|artist|mechanic)\W*$",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?go to (?:university|college)(?: and [\w ]+)?\W*$",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:get|find|have) an? (?:\w+ )?(?:job|career|girlfriend|boyfriend)\W*$",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:own|live in) (?:his|her|their|my) own (?:house|home|flat)\b",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?live independently\W*$",
)


@lru_cache(maxsize=4096)
def is_hope(text: str) -> bool:
    """True when what calls itself an outcome is a hope for later life, which the school cannot bring about by a "
    "date."""
    plain = outside_quotes(text)
    return bool(_HOPE.search(plain)) and not _RATIO_OF.search(plain)


# -- provision --------------------------------------------------------------------------------------------------------

_VAGUE_PROVISION = _any(
    r"\bregular(?:ly)?\b",
    r"\b(?:as|where|when|if|whenever|wherever)(?: and when)?(?: is)? (?:\w+ )?(?:required|needed|necessary|"
    r"appropriate|possible|available)\b",
    r"\b(?:as and when|when (?:he|she|they) needs?(?: it)?|when time allows)\b",
    r"\baccess to\b",
    r"\bopportunit(?:y|ies) (?:to|for)\b",
    r"\bwould benefit from\b",
    r"\bup to \d+\b",
    r"\b(?:some|additional|extra|further) (?:support|help|time|input|sessions?|work)\b",
    r"\b(?:support|help)(?:ed)? with\b",
    r"\bfrequent(?:ly)?\b|\boften\b|\boccasional(?:ly)?\b",
    r"\bongoing\b|\bperiodic(?:ally)?\b|\btermly input\b|\bthroughout the (?:day|week)\b",
    r"\ba (?:range|variety) of\b",
    r"\bsmall[- ]groups?\b",
)

_HOW_OFTEN = _any(
    r"\b(?:daily|weekly|fortnightly|monthly|half[- ]termly)\b",
    r"\b(?:once|twice|three times|four times|five times|\d+ times|\d+x|\d+ x)\b",
    r"\b(?:every|each) (?:\w+ )?(?:day|morning|afternoon|lunch|lunchtime|playtime|lesson|week|fortnight|month|"
    r"half[- ]term|term|(?:mon|tues|wednes|thurs|fri)day)\b",
    rf"\b(?:{_NUMBER}|one|\d+) (?:\w+ )?(?:a|per|each|every) (?:day|week|fortnight|month|half[- ]term|term|year)\b",
    r"\b(?:mon|tues|wednes|thurs|fri)days?\b",
    r"\ball (?:\w+ )?lessons\b|\bfull[- ]time\b",
)
_HOW_LONG = _any(
    r"\b\d+(?:\.\d+)?[ -]?(?:minutes?|mins?|hours?|hrs?)\b(?! timed)",
    rf"\b{_NUMBER}[ -]minutes?\b",
    r"\bhalf an hour\b|\ban hour\b|\bfull[- ]time\b|\ball day\b",
)
_UNTIL_WHEN = _any(
    r"\b\d+[ -]?weeks?\b",
    rf"\b{_NUMBER}[ -]weeks?\b",
    r"\buntil (?:the )?(?:end|half|christmas|easter|july|december|\d)|\b(?:all|whole|school) (?:term|year)\b|"
    r"\bthis (?:term|year)\b",
)
_GROUP_OF = _any(
    rf"\b(?:groups?|pairs?) of (?:\d|{_NUMBER})|\b1 ?: ?\d|\bin pairs\b|\b(?:\d+|{_NUMBER}) (?:children|pupils|"
    rf"students)\b"
)


def vague_phrase(*texts: str) -> str:
    """The phrase that stands where a number should be ("as required", "access to"), or nothing."""
    found = next((hit for text in texts if (hit := _VAGUE_PROVISION.search(text))), None)
    return found[0] if found else ""


def says_how_often(text: str) -> bool:
    """True for "daily", "twice a week", "once a half term", "every lesson"."""
    return bool(_HOW_OFTEN.search(text))


def says_how_long(text: str) -> bool:
    """True for "20 minutes", "half an hour"."""
    return bool(_HOW_LONG.search(text))


def says_until_when(text: str) -> bool:
    """True for "12 weeks", "until Easter", "all year"."""
    return bool(_UNTIL_WHEN.search(text))


def says_group_size(text: str) -> bool:
    """True for "a group of four", "1:3", "in pairs"."""
    return bool(_GROUP_OF.search(text))
