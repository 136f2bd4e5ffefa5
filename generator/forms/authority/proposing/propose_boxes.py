"""Boxes and choices: which field asks the question, and which of its values each option stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.forms.answer_places.in_word_files.tick_cells import NAMES_PAPERS
from generator.forms.authority.dictionary import FieldWords, best_code
from generator.forms.authority.proposing.likeness import likeness
from generator.forms.authority.proposing.phrases import comparable, core, mentions
from generator.forms.authority.proposing.place_context import Context
from generator.forms.authority.proposing.proposal import LIKELY, MARGIN, SURE, Proposal, scored, slots
from generator.values.parsing import NOT_KNOWN

JUDGEMENTS = {
    "mild",
    "moderate",
    "severe",
    "profound",
    "significant",
    "low",
    "medium",
    "high",
    "none",
    "some",
    "a lot",
    "never",
    "sometimes",
    "often",
    "always",
    "rarely",
    "emerging",
    "developing",
    "secure",
    "critical",
    "substantial",
    "1",
    "2",
    "3",
    "4",
    "5",
}
_ENCLOSED = re.compile(r"\W{0,9}\b(?:is |are )?(?:attached|enclosed|included)\W*$", re.I)
_PAPERS = re.compile(r"\b(?:enclosed|attached|included|provided|enclosure|attach)\b", re.I)


_UNKNOWN = re.compile(r"(?:not|un)\s?known|do(?:n[’']t| not) know|not sure|unsure", re.I)
"""The third answer that forms print beside yes and no."""


def box(context: Context, group: Sequence[Context]) -> Proposal | None:
    """The proposal for one box; `group` are the boxes of its question, itself among them."""
    around = context.place.around
    if seen := _involved(context):
        return seen
    if (paper := _paper(context)) or _names_papers(context):
        return paper
    option = around.option or around.above
    if core(option) and " ".join(core(option)) in JUDGEMENTS and around.left and around.above:
        return Proposal(by_hand="a judgement: the records do not grade this", certainty=90, sure=True)
    if ranked := _ranked_area(context):
        return ranked
    answer, points = best_code(option, context.words.codes["yes_no"]) if len(comparable(option)) < 12 else ("", 0.0)
    if points >= 97 and _asked(context):
        return _yes_no(context, answer)
    if _UNKNOWN.fullmatch(option.strip()) and _asked(context):
        return _yes_no(context, NOT_KNOWN)
    return _of_codes(context, option, group) or _statement(context, option)


def _asked(context: Context) -> bool:
    return bool(context.place.around.question or context.place.around.left)


def _truths(context: Context) -> list[tuple[float, FieldWords]]:
    entries = [e for e in context.words.entries if e.codes == "yes_no"]
    return [(p, e) for p, e in scored(context, entries) if slots(context, e) is not None]


def _yes_no(context: Context, answer: str) -> Proposal | None:
    """A box for yes or for no of the question before or left of it."""
    found = _likeliest_truth(context)
    if found is not None:
        return replace(found, writing="tick if", wanted=answer)
    if answer not in ("yes", "no") or (status := _has_status(context)) is None:
        return None
    points, entry = status
    others = "|".join(code for code in context.words.codes["status"] if code != entry.box)
    wanted = entry.box if answer == "yes" else others
    return Proposal(entry.fields, "tick if", wanted, certainty=points, sure=points >= SURE)


def _has_status(context: Context) -> tuple[float, FieldWords] | None:
    """The status of support that a question with yes and no asks for: `Has the pupil got an EHC plan?`"""
    entries = [e for e in context.words.entries if e.box in ("E", "K")]
    found = scored(context, entries)
    return found[0] if found and found[0][0] >= LIKELY else None


def _likeliest_truth(context: Context) -> Proposal | None:
    """The yes or no of our records that the words around ask for, before it is said how it is written."""
    found = _truths(context)
    if not found or found[0][0] < LIKELY:
        return None
    points, entry = found[0]
    rival = next((p for p, e in found[1:] if e.key != entry.key), 0.0)
    sure = points >= SURE and points - rival >= MARGIN
    return Proposal(slots(context, entry) or (), absent=entry.absent, certainty=points, sure=sure, then=entry.then)


def _of_codes(context: Context, option: str, group: Sequence[Context]) -> Proposal | None:
    """A box for one value of a fixed list: the question names the list, or several options of the group are in it."""
    best: tuple[float, FieldWords, str] | None = None
    entries = [e for e in context.words.entries if e.codes and e.codes != "yes_no"]
    options = [c.place.around.option for c in group if c.place.around.option]
    for points, entry in [(p, e) for p, e in scored(context, entries)] + [(0.0, e) for e in entries]:
        table = context.words.codes[entry.codes]
        code, fit = best_code(option, table)
        if not code or fit < 80 or not entry.is_for(context.form):
            continue
        held = sum(best_code(o, table)[1] >= 90 for o in options)
        if len(options) > 2 and held * 2 < len(options):
            continue  # the other options are of another list
        asked = points if points >= LIKELY else (74.0 if held >= 2 and held * 10 >= len(options) * 8 else 0.0)
        asked += 12 if held >= max(2, len(options) - 1) and len(options) > 1 else 0
        total = min(asked, 100.0) * 0.5 + fit * 0.5
        if asked >= LIKELY and (best is None or total > best[0]):
            best = (total, entry, code)
    if best is None:
        return _area_alone(context, option)
    total, entry, code = best
    fields = tuple(f.replace("[area=AREA]", "[*]") for f in entry.fields)
    return Proposal(
        fields, "tick if", code, certainty=total, sure=total >= SURE, absent="" if entry.codes != "area" else "no"
    )


_RANKS = (
    (re.compile(r"^\W*(?:primary|main|first|1st|1|most significant)\b", re.I), 1),
    (re.compile(r"^\W*(?:secondary|second|2nd|2|additional|other)\b", re.I), 2),
)


_APPLIES = re.compile(
    r"\W*(?:please )?(?:applies|tick|identified|[√✓✔]|area of (?:need|concern|difficulty)"
    r"|tick (?:all|any|those) that apply|tick if (?:applies|applicable|it applies)|need|concern|applicable)\W*",
    re.I,
)


def _ranked_area(context: Context) -> Proposal | None:
    """A cell to tick below `Primary` or `Secondary` in the row of an area, or beside one under such a head."""
    around = context.place.around
    area, fit = best_code(around.left, context.words.areas) if _APPLIES.fullmatch(around.above) else ("", 0.0)
    if fit >= 92:
        return Proposal(("pupil.needs[*].area",), "tick if", area, certainty=fit - 2, sure=fit >= 95, absent="no")
    for label, head in ((around.left, around.above), (around.above, around.left)):
        rank = next((n for pattern, n in _RANKS if pattern.match(head) and len(head) < 40), 0)
        for field, codes in (("area", context.words.areas), ("sen_type", context.words.codes["sen_type"])):
            code, fit = best_code(label, codes) if rank and label else ("", 0.0)
            if fit >= 92:
                path = f"pupil.needs[rank={rank}].{field}"
                return Proposal((path,), "tick if", code, certainty=92, sure=rank == 1, absent="no")
    return None


def _area_alone(context: Context, option: str) -> Proposal | None:
    """A box before the name of an area of need: the child has a need there; `main` or `primary` asks for the first."""
    code, fit = best_code(option, context.words.areas)
    if fit < 92:
        return None
    told = f"{context.place.around.question} {context.place.around.heading}"
    main = re.search(r"\b(?:main|primary|first|most significant)\b", told, re.I) and not re.search(
        r"\ball (?:that|areas)\b", told, re.I
    )
    field = "pupil.needs[rank=1].area" if main else "pupil.needs[*].area"
    return Proposal((field,), "tick if", code, certainty=fit - 2, sure=fit >= 95, absent="no")


def _statement(context: Context, option: str) -> Proposal | None:
    """A box whose own words are the question: `Looked after ☐`, `☐ EHC plan`, `☐ pupil premium`."""
    if not option:
        return None
    said = core(option)
    found = []
    for entry in context.words.entries:
        if not (entry.codes == "yes_no" or entry.box or entry.writing == "tick if there is one"):
            continue
        if not entry.is_for(context.form):
            continue
        fit = max(likeness(said, phrase) for phrase in entry.phrases)
        other = entry.about != "child" and not entry.own and entry.about not in context.abouts
        near = 2.0 if entry.about in context.abouts[:1] and entry.about == "parent" else 0.0
        found.append((fit + near - (25 if other else 0), entry))
    found.sort(key=lambda pair: -pair[0])
    if not found or found[0][0] < LIKELY + 4:
        return None
    points, entry = found[0]
    rival = next((p for p, e in found[1:] if e.key != entry.key), 0.0)
    sure = points >= SURE and points - rival >= MARGIN / 2
    if entry.by_hand:
        return Proposal(by_hand=entry.by_hand, certainty=points, sure=sure)
    writing, wanted = ("tick if", entry.box or "yes") if entry.writing == "text" else (entry.writing, "")
    return Proposal(
        entry.fields,
        writing,
        wanted,
        absent=entry.absent or ("no" if entry.box else ""),
        certainty=min(points, 100.0),
        sure=sure,
        then=entry.then,
    )


_SEES = re.compile(r"\b(?:involve(?:d|ment)|known to|seen|working with|engaged|supporting|in contact)\b", re.I)


def _involved(context: Context) -> Proposal | None:
    """The row of a profession under `Currently involved`: whether such a service is recorded; a person confirms it."""
    around = context.place.around
    if not _SEES.search(around.above) or re.search(r"\breport", around.above, re.I):
        return None
    role, fit = best_code(around.left or around.option, context.words.professions)
    if fit < 92:
        return None
    wanted = "|".join(dict.fromkeys((role, *context.words.professions[role])))
    return Proposal((f"pupil.agencies[role={wanted}][0].service",), "tick if there is one", certainty=80)


def _paper(context: Context) -> Proposal | None:
    """A row of a list of papers: ticked when the case holds that paper; its pages are known when the bundle is made."""
    around = context.place.around
    told = " ".join((around.section, around.heading, around.caption, around.above, around.question))
    label = around.left if context.place.how.startswith("empty cell") or around.left else around.option
    if label in ("", around.option) and _ENCLOSED.search(around.option):
        return paper_row(context, _ENCLOSED.sub("", around.option))
    if not (_names_papers(context) or mentions(told, context.words.about["papers"]) or _PAPERS.search(told)):
        return None
    return paper_row(context, label or around.option)


def _names_papers(context: Context) -> bool:
    """True for a box before words that are papers by the head over them: what they name is asked for, not whether."""
    around = context.place.around
    return bool(around.option and not around.left and NAMES_PAPERS.search(around.above))


def paper_row(context: Context, label: str) -> Proposal | None:
    """Which of our papers a label means."""
    found = sorted(
        ((max(likeness(core(label), p) for p in e.phrases), e) for e in context.words.papers if e.is_for(context.form)),
        key=lambda x: -x[0],
    )
    if not found or found[0][0] < 78:
        return None
    points, entry = found[0]
    rival = next((p for p, e in found[1:] if e.key != entry.key), 0.0)
    return Proposal(entry.fields, entry.writing, certainty=points, sure=points >= SURE and points - rival >= MARGIN)


# -- words to choose from ---------------------------------------------------------------------------------------------


def choice(context: Context) -> Proposal | None:
    """The proposal for a list or words to choose from: the question's field, and the value of every option."""
    options = [o for o in context.place.options if o.strip(" -–—()") and not _is_prompt(o)]
    answers = {o: code for o in options if (code := _truth(o, context))}
    answers |= {o: NOT_KNOWN for o in options if _UNKNOWN.fullmatch(o.strip())}
    if len(answers) >= 2 and len(answers) >= len(options) - 1:
        return _choice_of_truths(context, options, answers)
    if special := _by_order(context, options):
        return special
    return _choice_of_codes(context, options)


def _is_prompt(option: str) -> bool:
    return bool(re.match(r"^\s*+[(\[<]?\s*+(?:please )?(?:choose|select|click|pick)\b", option, re.I))


def _truth(option: str, context: Context) -> str:
    code, points = best_code(option, context.words.codes["yes_no"])
    return code if points >= 98 else ""


def _choice_of_truths(context: Context, options: Sequence[str], answers: Mapping[str, str]) -> Proposal | None:
    found = _likeliest_truth(context)
    said = {option: answers.get(option, "") for option in options}
    status = _has_status(context)
    if status is not None and (found is None or status[0] > found.certainty):
        points, entry = status
        others = "|".join(code for code in ("N", "K", "E") if code != entry.box)
        said = {o: entry.box if a == "yes" else others if a == "no" else "" for o, a in said.items()}
        return Proposal(entry.fields, "option", options=said, certainty=points, sure=points >= SURE)
    return None if found is None else replace(found, writing="option", options=said)


def _by_order(context: Context, options: Sequence[str]) -> Proposal | None:
    """`CP / CIN / EH / None`: the first of several fields that holds something."""
    entries = [e for e in context.words.entries if e.writing == "first that has a date"]
    found = scored(context, entries)
    if not found or found[0][0] < 80 or len(options) != len(found[0][1].fields) + 1:
        return None
    points, entry = found[0]
    return Proposal(
        entry.fields, entry.writing, options=dict.fromkeys(options, ""), certainty=points, sure=points >= SURE
    )


def _by_options(context: Context, options: Sequence[str]) -> tuple[float, FieldWords, dict[str, str], float] | None:
    """The only list of ours that holds nearly all of the options, where the question itself says too little."""
    found = []
    for name in {e.codes for e in context.words.entries if e.codes and e.codes not in ("yes_no", "lives_with")}:
        codes = {o: best_code(o, context.words.codes[name]) for o in options}
        held = {o: code if fit >= 95 else "" for o, (code, fit) in codes.items()}
        share = sum(bool(c) for c in held.values()) / max(len(options), 1)
        if share >= 0.6 and len({c for c in held.values() if c}) >= 2:
            entries = [e for e in context.words.entries if e.codes == name and e.is_for(context.form)]
            found += [(70.0, e, held, share) for e in entries[:1] if slots(context, e) is not None]
    return found[0] if len(found) == 1 else None


def _choice_of_codes(context: Context, options: Sequence[str]) -> Proposal | None:
    """A choice among the values of a fixed list; options that stand for none are kept without a value."""
    entries = [e for e in context.words.entries if e.codes and e.codes != "yes_no"]
    best: tuple[float, FieldWords, dict[str, str], float] | None = None
    for points, entry in scored(context, entries):
        codes = {o: best_code(o, context.words.codes[entry.codes]) for o in options}
        held = [o for o, (_, fit) in codes.items() if fit >= 85]
        share = len(held) / len(options) if options else 0.0
        if not held or slots(context, entry) is None or points < LIKELY:
            continue
        total = points * 0.7 + share * 30
        if best is None or total > best[0]:
            best = (total, entry, {o: (code if fit >= 85 else "") for o, (code, fit) in codes.items()}, share)
    best = best or _by_options(context, options)
    if best is None:
        return None
    total, entry, mapped, share = best
    twice = len({c for c in mapped.values() if c}) < len([c for c in mapped.values() if c])
    proposal = Proposal(
        slots(context, entry) or (),
        "option",
        options=mapped,
        certainty=total,
        sure=total >= SURE and share >= 0.6 and not twice,
        absent=entry.absent,
    )
    if entry.writing == "name of the area" or not entry.codes:
        return replace(proposal, writing="option")
    return proposal
