"""Grids with a row for each service, cycle or kind of support; matrices of subjects, areas and cycles; timetables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.forms.authority.dictionary import Dictionary, FieldWords, Grid, best_code
from generator.forms.authority.proposing.likeness import likeness
from generator.forms.authority.proposing.people_of_review import ticked
from generator.forms.authority.proposing.phrases import SIGNATURE, comparable, core, mentions
from generator.forms.authority.proposing.place_context import Context
from generator.forms.authority.proposing.proposal import LIKELY, MARGIN, SURE, UNKNOWN, Proposal

_DAY = re.compile(r"^(?:mon|tue|wed|thu|fri)[a-z]*\.?$", re.I)
_YEAR_END = re.compile(r"\b(?:end of|at the end of) (?:the )?(?:last|previous) (?:school |academic )?year\b", re.I)
_YEAR_AGO = re.compile(r"\b(?:year ago|12 months ago|last year|previous|earlier|previous year|prior)\b", re.I)
_NOW = re.compile(r"\b(?:now|current|currently|latest|most recent|present|this year)\b", re.I)
_AHEAD = re.compile(
    r"\b(?:targets?|predict(?:ed|ion)|forecast|goal|next|end of (?:the )?(?:year|current|key stage))\b", re.I
)
_EXPECTED = re.compile(r"\b(?:expected|age related|expectation)\b", re.I)


_LEADS, _EXACT = 12.0, 97.0
"""What a list gains where the first head is what its rows are: `Target` heads targets, not what support should do."""


def grid(columns: Sequence[Context], words: Dictionary, form: str) -> list[Proposal | None]:
    """A proposal for each column of one grid: the list is the one that its heads and the words before it fit best."""
    heads = [_heads(c) for c in columns]
    ranked = sorted(
        ((_points(g, heads, columns), g) for g in words.grids if not g.only or form in g.only),
        key=lambda pair: -pair[0],
    )
    if not ranked or ranked[0][0] < 58:
        return [None] * len(columns)
    points, chosen = ranked[0]
    clear = points - ranked[1][0] >= 3 if len(ranked) > 1 else True
    made = [_column(chosen, head, context, clear) for head, context in zip(heads, columns, strict=True)]
    if len(made) > 1 and made[0] is None and columns[0].place.kind == "grid column":
        # The first column says what a row is: where it is not understood, the list may be another one.
        made = [replace(p, sure=False) if p and p.fields else p for p in made]
    if chosen.name == "services" and not _of_services(columns, chosen):
        made = [replace(p, sure=False) if p else p for p in made]
    return _with_rates(_unlike(made))


_SERVES = re.compile(r"\b(?:services?|agenc|professional|specialist|reports?|involve|assess|seen|referr)", re.I)


def _of_services(columns: Sequence[Context], services: Grid) -> bool:
    """True for a list that says it is of services; `Name, Role, Signature` may be those at a meeting."""
    around = columns[0].place.around
    told = (around.heading, around.caption, around.section, *(c.place.around.above for c in columns))
    signed = any(SIGNATURE.search(c.place.around.above) for c in columns)
    return not signed and any(mentions(t, services.named) or _SERVES.search(t) for t in told if t)


def _heads(context: Context) -> tuple[tuple[str, ...], ...]:
    """The comparable words of a column's head, alone and with the head above it."""
    around = context.place.around
    joined = [around.above, f"{around.higher} {around.above}" if around.higher else "", around.title]
    return tuple(core(text) for text in joined if text)


def _best(grid_: Grid, heads: tuple[tuple[str, ...], ...]) -> list[tuple[float, FieldWords]]:
    found = [
        (max((likeness(h, p) - 2 * n for n, h in enumerate(heads) for p in entry.phrases), default=0.0), entry)
        for entry in grid_.columns
    ]
    return sorted(found, key=lambda pair: -pair[0])


def _one_each(grid_: Grid, heads: Sequence[tuple[tuple[str, ...], ...]]) -> list[float]:
    """How well the heads fit when two columns may not be one field: the likelier has it, the other its next best."""
    ranked = [_best(grid_, head) for head in heads]
    taken: set[str] = set()
    found = [0.0] * len(heads)
    for number in sorted(range(len(heads)), key=lambda n: -ranked[n][0][0]):
        points, entry = next(((p, e) for p, e in ranked[number] if e.key not in taken), (0.0, None))
        found[number] = points
        if entry is not None:
            taken.add(entry.key)
    return found


def _points(grid_: Grid, heads: Sequence[tuple[tuple[str, ...], ...]], columns: Sequence[Context]) -> float:
    fits = [min(points, 100.0) for points in _one_each(grid_, heads)]
    around = columns[0].place.around
    named = max(
        20.0 if mentions(around.heading, grid_.named) or mentions(around.caption, grid_.named) else 0.0,
        12.0 if mentions(around.section, grid_.named) else 0.0,
        8.0 if any(mentions(c.place.around.above, grid_.named[:2]) for c in columns) else 0.0,
    )
    leads = any(likeness(head, p) >= _EXACT for head in heads[0] for e in grid_.columns[:2] for p in e.phrases)
    return sum(fits) / len(fits) + named + (4.0 if grid_.only else 0.0) + (_LEADS if leads else 0.0)


def _column(grid_: Grid, heads: tuple[tuple[str, ...], ...], context: Context, clear: bool) -> Proposal | None:
    found = _best(grid_, heads)
    points, entry = found[0]
    if points < LIKELY:
        return None
    rival = next((p for p, e in found[1:] if e.key != entry.key), 0.0)
    sure = points >= SURE and points - rival >= MARGIN and clear
    if entry.by_hand:
        return Proposal(by_hand=entry.by_hand, certainty=points, sure=sure, pages=entry.pages)
    writing = entry.writing if entry.writing != "text" else "each row"
    if writing == "tick each row with evidence" and not context.place.facts.get("box") and not _takes_tick(context):
        sure = False
    proposal = Proposal(entry.fields, writing, certainty=min(points, 100.0), sure=sure)
    if context.place.facts.get("box") and (boxes := ticked(proposal, rows=True)) is not None:
        return boxes
    return replace(proposal, options=_options(context, entry)) if context.place.options else proposal


def _takes_tick(context: Context) -> bool:
    return bool(re.search(r"√|✓|tick|y/n|enclosed|attached", context.place.around.above, re.I))


def _options(context: Context, entry: FieldWords) -> dict[str, str]:
    """A list in a column takes our own words where it lets one type; a closed list only its own."""
    return dict.fromkeys(context.place.options, "")


def _unlike(proposals: list[Proposal | None]) -> list[Proposal | None]:
    """Two columns with one field: the likelier keeps it, the other is not sure."""
    kept = []
    for proposal in proposals:
        twins = [p for p in proposals if p and proposal and p is not proposal and p.key == proposal.key and p.fields]
        if proposal and twins and any(t.certainty >= proposal.certainty for t in twins):
            proposal = replace(proposal, sure=False)
        kept.append(proposal)
    return kept


def _with_rates(proposals: list[Proposal | None]) -> list[Proposal | None]:
    """A table that reckons with hourly rates wants the role that is paid, not the name of the adult."""
    if not any(p and p.writing == "pounds an hour" for p in proposals):
        return proposals
    role = "role of the adult, else who gives it"
    return [
        replace(p, fields=("cycle.plan.provision[*]",), writing=role)
        if p and p.fields == ("cycle.plan.provision[*].delivered_by",)
        else p
        for p in proposals
    ]


def _column_key(context: Context) -> tuple[str, str]:
    return context.place.around.above, context.place.around.higher


def numbered_rows(columns: Sequence[Context], words: Dictionary, form: str) -> list[Proposal | None]:
    """The fields of a PDF's rows: as a grid, with the number of the row in the place of `every`."""
    made = []
    heads: dict[tuple[str, str], Context] = {}
    for context in columns:  # each head once: further rows are no further columns
        heads.setdefault(_column_key(context), context)
    said = dict(zip(heads, grid(list(heads.values()), words, form), strict=True))
    for context in columns:
        proposal = said[_column_key(context)]
        row = context.row
        if proposal is None or row is None or proposal.by_hand:
            made.append(proposal)
            continue
        fields = tuple(f.replace("[*]", f"[{row}]", 1) for f in proposal.fields)
        writing = "text" if proposal.writing == "each row" else proposal.writing
        made.append(replace(proposal, fields=fields, writing=writing, wanted=""))
    return made


# -- matrices ---------------------------------------------------------------------------------------------------------


def matrix(context: Context) -> Proposal | None:
    """A cell with a row's and a column's label: a subject's result, a cycle's dates, an hour of the week."""
    around = context.place.around
    labels = (around.left, around.above)
    if any(_DAY.match(label.strip()) for label in labels if label):
        return Proposal(by_hand="a timetable: days and times of support are in words", certainty=92, sure=True)
    if not all(labels):
        return _in_cycle(context)
    if _STAFF.search(around.left) and _RECKONED.search(around.above):
        return Proposal(by_hand="hours and costs of a kind of staff: the records hold them by support", certainty=85)
    if (known := _professional(context)) is not None:
        return known
    return _cycle(context) or _attainment(context)


_A_PROFESSION = 92.0
"""From this likeness on a label names a profession or a service."""


_STAFF = re.compile(
    r"\b(?:teaching assistants?|tas?|lsas?|hltas?|(?:learning )?support assistants?|(?:specialist|class) teachers?"
    r"|(?:learning )?mentors?|tutors?|midday supervisors?)\b",
    re.I,
)
_RECKONED = re.compile(r"\bhours?\b|\bhrs?\b|£|\bcosts?\b|\brates?\b", re.I)


def _professional(context: Context) -> Proposal | None:
    """The row of a profession in a table of services: its person, how to reach them, when they were here."""
    around = context.place.around
    services = next((g for g in context.words.grids if g.name == "services"), None)
    role, asked, fit = "", "", 0.0
    for label, other in ((around.left, around.above), (around.above, around.left)):
        if fit < _A_PROFESSION:
            role, fit = best_code(label, context.words.professions)
            asked = other
    if fit < _A_PROFESSION or services is None:
        return None
    points, entry = _best(services, (core(asked),))[0]
    if points < 80 or entry.writing not in ("text", "each row"):
        # Among rows of professions `Social care` is one of them, and no heading of what a record says of it.
        others = [best_code(label, context.words.professions)[1] for label in context.earlier]
        return UNKNOWN if others and min(others) >= _A_PROFESSION else None
    wanted = "|".join(dict.fromkeys((role, *context.words.professions[role])))
    fields = tuple(f.replace("[*]", f"[role={wanted}][0]", 1) for f in entry.fields)
    writing = "on one line" if len(fields) > 1 else "text"
    return Proposal(fields, writing, certainty=min(points, fit), sure=points >= SURE)


_OF_CYCLE = (
    (("from to", "dates", "from", "period", "start and end", "dates from to", "when"), "from – to"),
    (("what changed", "changes", "change", "what was changed", "changes made", "what we changed"), "what changed"),
    (
        ("result", "results", "outcome", "impact", "what came of it", "review", "outcome of review"),
        "results and whether it is working",
    ),
)


_IN_CYCLE = (
    (("date from", "from", "start date", "start", "date started", "date of plan", "date began"), "start", "date"),
    (
        ("date to", "to", "end date", "review date", "date of review", "date reviewed", "date ended"),
        "review.date",
        "date",
    ),
    (
        ("outcomes targets", "targets", "outcomes", "smart targets", "targets set", "target"),
        "",
        "targets and their results",
    ),
    (
        ("provision", "support", "interventions", "strategies", "provision in place", "what was done"),
        "",
        "titles of the support",
    ),
    (
        ("impact", "impact and progress", "outcome", "results", "review", "evaluation", "impact of provision"),
        "",
        "results and whether it is working",
    ),
    (("parent carer view", "parents’ view", "views of parents", "parent carer views"), "review.parents_view", "text"),
    (
        ("pupil view", "child’s view", "pupil’s view", "views of child", "pupil views"),
        "review.pupil_thinks.text",
        "text",
    ),
)


def _in_cycle(context: Context) -> Proposal | None:
    """A label in a part of the form that is headed `Cycle 2`: what was planned, done and found in that cycle."""
    around = context.place.around
    asked = around.left or around.before
    if (
        context.cycle is None
        or not asked
        or not _CYCLE_HEAD.search(f"{around.section} | {around.heading} | {around.caption}")
    ):
        return None
    said = core(re.sub(r"\([^()]*\)", " ", asked))
    ranked = [(max(likeness(said, core(p)) for p in phrases), field, way) for phrases, field, way in _IN_CYCLE]
    points, field, writing = max(ranked)
    if points < 84:
        return None
    path = f"cycles[{context.cycle}]"
    return Proposal((f"{path}.{field}" if field else path,), writing, certainty=points, sure=False)


_CYCLE_HEAD = re.compile(r"\b(?:cycle|round|apdr|plan)\s*(?:number|no\.?)?\s*\d\b", re.I)


def _cycle(context: Context) -> Proposal | None:
    if context.cycle is None or context.place.around.left == "":
        return None
    asked = context.place.around.left
    if re.search(r"\bcycle\b", asked, re.I):
        asked = context.place.around.above
    said = core(asked)
    found = sorted(
        ((max(likeness(said, core(p)) for p in phrases), writing) for phrases, writing in _OF_CYCLE), reverse=True
    )
    points, writing = found[0]
    if points < 80:
        return None
    return Proposal((f"cycles[{context.cycle}]",), writing, certainty=points, sure=points >= SURE)


def _attainment(context: Context) -> Proposal | None:
    subject = context.code_near("subjects")
    head = context.place.around.above if _is_subject(context, context.place.around.left) else context.place.around.left
    if not subject or not (
        mentions(context.everything, ("attainment", "progress", "level", "levels", "curriculum", "results"))
    ):
        return None
    if _AHEAD.search(head):
        return Proposal(
            by_hand="a target or forecast for this subject: the records hold results", certainty=90, sure=True
        )
    field = f"pupil.attainment[subject={subject}]"
    if _EXPECTED.search(head):
        return Proposal((f"{field}[-1].expected",), certainty=95, sure=True)
    if _YEAR_END.search(head):
        return Proposal((field,), "the last result of the school year before", certainty=90, sure=True)
    if _YEAR_AGO.search(head):
        return Proposal((field,), "the result a year ago", certainty=93, sure=True)
    if _NOW.search(head):
        return Proposal((field,), "the latest result", certainty=95, sure=True)
    return None


def _is_subject(context: Context, text: str) -> bool:
    return any(comparable(text) == comparable(p) for phrases in context.words.subjects.values() for p in phrases)
