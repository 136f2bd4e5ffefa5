"""Telling phrases apart: seen, measured, dated, provision, a hope, or vague. In doubt, nothing is said.

Written against hand-marked sentences in tests/rules; each function takes plain text and looks only at that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_TERM = r"(?:autumn|spring|summer|christmas|easter|half[- ]term|term|school year|academic year|year|month|week)"
_NUMBER = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred)"
)


class _Any:
    """Alternatives, compiled when they are first looked for: all together take longer than checking a pupil."""

    def __init__(self, *parts: str) -> None:
        self._parts = parts

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(self._parts), re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in a text."""
        return self._pattern.search(text)

    def sub(self, instead: str, text: str) -> str:
        """The text with something else at every place."""
        return self._pattern.sub(instead, text)


def outside_quotes(text: str) -> str:
    """The text without what stands in quotation marks."""
    return _QUOTED.sub(" ", text)


def normal(text: str) -> str:
    """Text for comparing: small letters and digits, dates and punctuation gone, spaces single."""
    return " ".join(_WORD.findall(_DATES.sub(" ", text.casefold())))


_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"")
_WORD = re.compile(r"[^\W_]+")
_DATES = _Any(
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)? )?\b{_MONTH}\b(?: 20\d\d)?",
    r"\b(?:by|before) (?:the )?end of (?:year|y|ks|key stage) ?\d+",
    r"\b20\d\d\b",
    r"\d{1,2}/\d{1,2}/\d{2,4}",
)


# -- S: can somebody see or hear it? ----------------------------------------------------------------------------------

_ACTS = """
add answer apply arrive ask attend balance blend book bring brush build-a button buy calculate call carry catch
change-her change-his check chew choose circle clap clean climb close collect colour come-in come-into communicate-by
communicate-her communicate-his communicate-using compare complete contribute cook copy correct count cross crouch cut
dance describe do-up draw dress drink dry eat enter explain express fasten fetch fill find finish fix fold follow
gesture get-dressed get-herself get-himself get-out get-themselves get-to get-up give go-to greet hand-in hand-out
hand-over hang hold hop identify imitate initiate invite join jump keep-her keep-his kick knock label leave lie-down
lift line-up listen-to log look make-a make-eye make-her make-his make-their make-three make-two match measure meet
mend move name nod note offer open order pack paint park pay pedal peel perform phone pick plan-a plan-her plan-his
play point post pour predict prepare present press print pull push put queue quote raise-her-hand raise-his-hand read
recall recite recognise recover reduce-the remain remember-to repeat reply request respond retell return ring roll run
save say scan search segment select send separate sequence set-out set-up share sharpen shop show-a show-an show-her
show-his show-the sign sing sit sketch skip sleep smile socialise solve sort sound-out speak spell spread stand
start-a start-her start-his start-the start-work start-written stay stick stop-and stop-at subtract summarise swallow
swap sweep swim take-a take-her take-his take-off take-out take-part take-the take-turns talk tap taste tell text
throw tick tidy tie toilet tolerate trace transfer travel turn type underline undress visit volunteer wait wake walk
wash watch wave wear weigh wipe withdraw-from work-alone wrap write zip
"""
_PASTS = (
    "read written spoken said told made bought met eaten kept left sent chosen gone swum worn drawn cut put sat stood "
    "found given taken asked used visited travelled shown paid held thrown caught begun finished"
)


def _forms(verb: str) -> Iterator[str]:
    """A verb with its -s and -ed forms; of `take-part` only the first word changes."""
    first, *rest = verb.split("-")
    endings: tuple[str, ...] = ("", "s", "es", "d", "ed", f"{first[-1]}ed")
    if first.endswith("y") and first[-2] not in "aeo":
        first, endings = first[:-1], ("y", "ies", "ied")
    yield from (" ".join([f"{first}{ending}", *rest]) for ending in endings)


@cache
def _acts() -> frozenset[str]:
    """Every form of every verb that can be seen being done: a set, because a pattern of them takes long to compile."""
    return frozenset({form for verb in _ACTS.split() for form in _forms(verb)} | set(_PASTS.split()))


_RUN = re.compile(r"\w+(?: \w+)*")


def _acts_in(text: str) -> bool:
    """True when one of the verbs stands in a text, as a word or as words with single spaces between."""
    for run in _RUN.findall(text.lower()):
        words = run.split(" ")
        for start in range(len(words)):
            if any(" ".join(words[start : start + length]) in _acts() for length in (1, 2, 3)):
                return True
    return False


_SEEN = _Any(
    r"\b(?:by|while|when|without) (?!being|becoming|feeling|improving|developing|working|engaging)\w+ing\b",
    r"\b(?:uses?|using)\b(?! of\b)",
    r"\b(?:dismiss|produce|create|deliver|lets?|let|sits|hops)\w*\b",
)

_HOLLOW = _Any(
    r"\bengag(?:e|es|ed|ing)\b(?! in (?:a |an )?conversation)|\bengagement\b",
    r"\benjoy(?:s|ing|ment)?\b",
    r"\baccess(?:es|ing)?\b(?! (?:card|arrangement))",
    r"\b(?:be|becomes?|being|is|are) (?:\w+ )?aware\b|\bawareness\b",
    r"\bappreciat(?:e|es|ing|ion)\b",
    r"\bfeels?\b",
    r"\bconcentrat(?:e|es|ing|ion)\b",
    r"\b(?:be|becomes?|is|gets?|are) (?:an? )?(?:more|better|less)\b",
    r"\b(?:better|more) (?:confident|independent|resilient|focus+ed|engaged|motivated|settled|mature|sociable|"
    r"positive|organised|behaved)\b",
    r"\b(?:be|is|feels?) (?:fully )?(?:ready|prepared) for\b",
    r"\bmakes? (?:some |good |better |more |expected |accelerated |steady |the right |positive )*(?:progress|"
    r"choices)\b",
    r"\bworks? (?:towards|toward)\b",
    r"\bcopes? (?:better|with)\b",
    r"\b(?:be|is|becomes?) (?:confident|resilient|focus+ed|motivated|happ(?:y|ier)|independent|included)\b",
    r"\bbehaves? (?:better|well|appropriately)\b",
    r"\b(?:attitude|self[- ]esteem|self[- ]confidence|self[- ]worth|well-?being|resilience|motivation|potential)\b",
)
"""Nobody can see this being done, whatever figure is put beside it."""

_HIDDEN = _Any(
    r"\bimprov(?:e|es|ing|ed|ement)\b|\bincreas(?:e|es|ing|ed)\b|\breduc(?:e|es|ing|ed)\b",
    r"\b(?:develop|extend|expand|broaden|strengthen)(?:s|ing|ed)?\b",
    r"\b(?:rais|enhanc|consolidat|secur)(?:e|es|ing|ed)\b|\b(?:build|boost)(?:s|ing)?\b",
    r"\bunderst(?:ands?|anding|ood)\b|\bknow(?:s|ledge)?\b|\blearns?\b|\bexplores?\b",
    r"(?:^\W*|\bto |\bwill |\band )work(?:s|ing)? on\b",
    r"\bmanag(?:e|es|ing) (?:his|her|their|my)(?: own)? (?:emotions?|feelings|behaviou?r|anger|anxiety|emotional)",
    r"\b(?:self[- ])?regulat(?:e|es|ing|ion)\b",
    r"\b(?:be|is|becomes?) (?:\w+ )?(?:settled|calm(?:er)?)\b",
    r"\b(?:better|greater|stronger|growing|happier|calmer|improved|positive|appropriate)\b",
    r"\b(?:skills|confidence|independence|relationships|friendships|attention|participation|behaviou?r|progress|"
    r"ability|communication|concentration|stamina|maturity|organisation)\W*$",
)
"""Hidden inside the child, but a figure beside it (60 of 100, from 78 to 84) makes it plain what is meant."""

_WEASEL = re.compile(
    r"^\W*(?:\w+ )?(?:(?:will|to|should) )?(?:try|tries|attempt|attempts|continue|continues) to\b", re.IGNORECASE
)

_RATIO = _Any(
    r"\b\d+ ?(?:/|of|out of|in) ?(?:the |a |every )?(?:last |first |next |same )?\d+",
    rf"\b{_NUMBER} (?:times )?(?:out of|of|in) (?:every |the )?{_NUMBER}\b",
    r"\bfrom \d+(?:\.\d+)? ?%? ?(?:\w+ ){0,3}to \d+",
    r"\d+(?:\.\d+)? ?(?:%|per ?cent)(?! (?:of the time|more|better))",
    r"\b\d+ (?:[a-z-]+ ){0,3}(?:words?|sounds?|facts|sums|questions|pictures|minutes?|seconds?|days?|times|sentences|"
    r"letters|numbers|signs|steps|months?|years?|points?)\b",
    rf"\b{_NUMBER} (?:[a-z-]+ ){{0,2}}(?:words?|sounds?|facts|sums|questions|minutes?|days?|times|sentences|letters|"
    rf"signs|steps|months?|years?|points?)\b",
)


@lru_cache(maxsize=4096)
def is_vague(text: str, goal: str = "") -> bool:
    """True when nothing in a target could be seen or heard being done: vague verbs, no observable one, no figure."""
    plain = _DATES.sub(" ", text)
    figure = bool(_RATIO.search(plain) or any(sign.isdigit() for sign in goal))
    if _WEASEL.search(plain) and not figure:
        return True
    if _acts_in(plain) or _SEEN.search(plain):
        return False
    return bool(_HOLLOW.search(plain)) or (bool(_HIDDEN.search(plain)) and not figure)


# -- M: how will we know? ---------------------------------------------------------------------------------------------

_NOT_A_MEASURE = _Any(
    r"\b1 ?: ?1\b",
    r"\b(?:year|y|ks|key stage|set|phase|stage|level|zone|class|ages?) ?\d+\b(?! ?(?:text|book|word|level|expect|"
    r"paper|score|test|standard|vocab))",
    r"\b(?:one|two) (?:another|day)\b",
)
_MEASURE = _Any(
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

_DATED = _Any(
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
    r"(?:support|therapy|interventions?|sessions?|provision|tuition|input|programme|hours|access to|adult help|"
    r"a ta\b|ta\b|lsa\b|teaching assistant|1 ?: ?1|one[- ]to[- ]one|key ?worker|mentor(?:ing)?|elsa|counselling|"
    r"laptop|visual timetable|movement breaks|check[- ]ins?|time[- ]?out|sensory (?:room|breaks|diet|circuits)|"
    r"small[- ]group|extra time|a reader|a scribe|nurture|resources|equipment|overlay|radio aid|wobble cushion|"
    r"ear defenders|workstation)"
)
_STAFF = (
    r"(?:all |the |school |class |support |key |teaching )*(?:staff|teachers?|tas?|teaching assistants?|adults?|"
    r"school|senco|lsas?|professionals|therapists?|parents|lunchtime supervisors?)"
)
_LEAD = r"^\W*(?:by [^,]*, ?)?(?:for )?"
_PROVISION = _Any(
    rf"{_LEAD}{_STAFF}(?: and {_STAFF})* (?:will|to|should|must|use|uses|provide|provides|support|supports|give|"
    rf"gives|ensure|ensures|are to)\b",
    r"\b(?:will|to|should|must) (?:continue to )?(?:receive|be (?:provided|supported|given|offered|helped|taught|"
    r"seated|referred|assessed|seen|withdrawn|allocated|monitored))\b",
    rf"\b(?:have|has|having|receives?|receiving|be part of|access) (?!him|her|them|no |to )(?:\w+[ -]){{0,4}}{_HELP}",
    rf"\b(?:gets?|take part in|participate in) (?:(?:an?|the|daily|weekly|regular|extra|more|small|twice|"
    rf"\d+)[ -])*{_HELP}",
    r"\b(?:have|has|having) (?:an? |the |his |her |their )?(?:[\w-]+ ){0,2}(?:safe|quiet|calm) (?:space|place|room|"
    r"area|base)\b",
    r"\b(?:have|has|having) (?:an? |the )?(?:[\w-]+ ){0,2}(?:key|trusted|named|identified|familiar|consistent|"
    r"designated|dedicated) (?:adult|person|worker|member|space|place|room|area)",
    r"\b(?:take part|takes part|participates?|be included|be involved|be enrolled) in (?:an? |the |his |"
    r"her )?(?:[\w-]+ ){0,4}(?:interventions?|programme|therapy|sessions|support|small[- ]group)\b",
    r"\b(?:have|has|having) (?:an? )?(?:member of staff|adult)\b|\b(?:will|would|to) benefit from\b",
    r"^\W*(?:provide|ensure|arrange|refer|supply|allocate|monitor|offer)\b",
    r"\b(?:have|has|having|receives?) [^.]*\b(?:delivered|provided|led|run|overseen|supervised) by\b",
    r"\b(?:have|has) an? (?:\w+ )?(?:personalised|bespoke|differentiated|individual|adapted|modified|reduced) \w+",
    r"\b(?:attend|attends|attending|join|go to) (?:an? |the |his |her |their |daily |weekly |regular |small |"
    r"twice[- ]weekly |\w+ ){0,5}(?:intervention|therapy|programme|nurture group|support group|social skills group|"
    r"elsa|speech group|catch[- ]up|booster)",
    rf"^\W*(?:daily|weekly|fortnightly|regular|1 ?: ?1|one[- ]to[- ]one|small[- ]group|\d+ (?:hours?|minutes?)|"
    rf"access to|continued?|additional|extra|full[- ]time)\b(?: [\w:-]+){{0,6}} ?{_HELP}",
)
_HAS_EARNED = _Any(r"\b(?:no longer|without|fewer|less)\b[^.]*\b(?:support|help|adult|prompt)")


@lru_cache(maxsize=4096)
def is_provision(text: str) -> bool:
    """True when what calls itself an outcome says what the child gets or staff do, not what the child will do."""
    plain = outside_quotes(text)
    return bool(_PROVISION.search(plain)) and not _HAS_EARNED.search(plain) and not _RATIO_OF.search(plain)


_RATIO_OF = _Any(r"\b\d+ (?:out )?of (?:the )?\d+", rf"\b{_NUMBER} (?:out )?of {_NUMBER}")

_HOPE = _Any(
    rf"{_LEAD}(?:\w+ ){{1,2}}(?:wants?|would (?:love|like)|dreams?|hopes?|wish(?:es)?|aspires?) (?:of \w+ing|to \w+)\b",
    r"\b(?:wants?|would (?:love|like)|dreams?|hopes?|wish(?:es)?|aspires?|longs?) (?:of |to )(?:be|become|becoming|"
    r"being|live|work|have|go|own|play)\b",
    r"\bwhen (?:he|she|they|i) (?:grows? up|(?:is|are|am) (?:older|grown|an? adult)|leaves? school)\b",
    r"\bone day\b(?! (?:a|each|per|in|out|of))|\bas an adult\b|\bin (?:his|her|their|my) future\b",
    r"\b(?:reach|fulfil|achieve|realise) (?:his|her|their|my) (?:full |true )?potential\b",
    r"\b(?:live|lead|have) (?:an? )?(?:happy|fulfill?(?:ed|ing)|full|independent|good|successful|"
    r"normal)(?: and \w+)? life\b",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:have|make) (?:lots of|many|plenty of|good|more) friends\b",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:be|feel) (?:an? )?(?:\w+,? (?:and )?){{0,2}}(?:happy|successful|fulfilled|"
    rf"the best)\b",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:be|become) an? (?:\w+ )?(?:\w+(?:er|or|ist|ian|man|woman)|vet|nurse|chef|"
    rf"pilot|scientist|youtuber|gamer|artist|mechanic)\W*$",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?go to (?:university|college)(?: and [\w ]+)?\W*$",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:get|find|have) an? (?:\w+ )?(?:job|career|girlfriend|boyfriend)\W*$",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:own|live in) (?:his|her|their|my) own (?:house|home|flat)\b",
    r"(?:^\W*(?:\w+ )?(?:will |to )?|\band )work (?:with|in|as)(?: an?| the)? (?!adults?\b|partners?\b|friends?\b|"
    r"others?\b|peers?\b|groups?\b|pairs?\b|staff\b|ta\b|class\b|small\b)[a-z]+\W*$",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:join the (?:army|navy|police|raf|fire)|have a (?:family|nice home|house|"
    rf"career))\b",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?(?:be|become) an? (?!more|better|good|great|kind|confident|independent|fluent|"
    rf"part\b|member|able|happier|calm|active|regular|valued|successful learner|listener|reader|"
    rf"writer)[a-z]+(?: or an? [a-z]+)?\W*$",
    r"\bgets? (?:married|rich|famous|engaged|(?:his|her|their|my) (?:driving )?licen[cs]e)\b|"
    r"\btravel(?:s)? the world\b",
    r"\b(?:have|has|raise|start) (?:children|kids|a family|(?:his|her|their|my) own (?:family|children|business|home|"
    r"house|flat|car))\b|\b(?:earn|earns|make|makes) (?:lots of |a lot of |good )?money\b",
    rf"{_LEAD}(?:\w+ )?(?:will |to )?live independently\W*$",
)


@lru_cache(maxsize=4096)
def is_hope(text: str) -> bool:
    """True when what calls itself an outcome is a hope for later life, which the school cannot bring about by a "
    "date."""
    plain = outside_quotes(text)
    return bool(_HOPE.search(plain)) and not _RATIO_OF.search(plain)


# -- provision --------------------------------------------------------------------------------------------------------

_VAGUE_PROVISION = _Any(
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

_HOW_OFTEN = _Any(
    r"\b(?:daily|weekly|fortnightly|monthly|half[- ]termly)\b",
    r"(?<!\bat )\b(?:once|twice|three times|four times|five times|\d+ times|\d+x|\d+ x)\b",
    r"\b(?:every|each) (?:\w+ )?(?:day|morning|afternoon|lunch|lunchtime|playtime|lesson|week|fortnight|month|"
    r"half[- ]term|term|(?:mon|tues|wednes|thurs|fri)day)\b",
    rf"\b(?:{_NUMBER}|one|\d+) (?:\w+ )?(?:a|per|each|every) (?:day|week|fortnight|month|half[- ]term|term|year)\b",
    r"\b(?:mon|tues|wednes|thurs|fri)days?\b",
    r"\ball (?:\w+ )?lessons\b|\bfull[- ]time\b",
)
_HOW_LONG = _Any(
    r"\b\d+(?:\.\d+)?[ -]?(?:minutes?|mins?|hours?|hrs?)\b(?! timed)",
    rf"\b{_NUMBER}[ -]minutes?\b",
    r"\bhalf an hour\b|\ban hour\b|\bfull[- ]time\b|\ball day\b",
)
_UNTIL_WHEN = _Any(
    r"\b\d+[ -]?weeks?\b",
    rf"\b{_NUMBER}[ -]weeks?\b",
    r"\buntil (?:the )?(?:end|half|christmas|easter|july|december|\d)|\b(?:all|whole|school) (?:term|year)\b|"
    r"\bthis (?:term|year)\b",
)
_GROUP_OF = _Any(
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
