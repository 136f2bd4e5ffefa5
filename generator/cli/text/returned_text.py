"""Returned forms as text for a terminal: each answer, where it would go, what somebody should look at."""

from __future__ import annotations

from collections.abc import Iterator

from generator.forms.returned.proposals import AnswerProposal
from generator.forms.returned.read_answers import GivenAnswer
from generator.forms.returned.take_answers import ReturnedForm, TakenForm
from generator.values.formatting import date as in_words

_STATES = {
    "new": "would be written there",
    "beside": "would be put behind what is there, with who and when",
    "there": "stands there already",
    "conflict": "is left",
    "kept": "stays with the form",
}


def returned_text(form: ReturnedForm) -> Iterator[str]:
    """One returned file: whose it is, each answer with its place, what was left empty, what could not be placed."""
    if form.recognised is None or form.who is None or form.read is None:
        yield f"{form.name}: not taken, because {form.refused}."
        yield f"  {form.advice[:1].upper()}{form.advice[1:]}."
        return
    yield f"{form.name}: {form.recognised.form.title}, {form.pupil}; {form.who.name}, {in_words(form.who.day)}"
    if form.before:
        yield f"  This file was read before: {form.before} holds its answers."
    yield from (f"  Look: {doubt}." for doubt in form.who.doubts)
    yield from (f"  Note: {note}." for note in form.notes)
    stranger = f"{form.who.name} is nobody in pupil.yaml"
    for one in form.proposals:
        yield from _proposal(one, stranger)
    empty = [q.title for q in form.recognised.form.questions if form.read.answer(q.id).empty]
    if empty:
        yield f"  Nothing is written at: {'; '.join(empty)}."
    yield from (f"  Belongs to no question: “{text}”" for text in form.read.unplaced)


def _proposal(one: AnswerProposal, said_above: str) -> Iterator[str]:
    mark = "?" if one.doubt else " "
    yield f"{mark} {one.title} ({one.answer.question}): {answer_words(one.answer)}"
    doubt = one.doubt.removesuffix(said_above).rstrip("; ")
    if doubt:
        yield f"    look first: {doubt}"
    if one.place:
        why = f" ({one.why})" if one.why else ""
        yield f"    → {one.place}: {_STATES[one.state]}{why}"
        if one.state == "conflict" and one.before:
            yield f"      it says: “{_line(one.before)}”"
    elif one.why:
        yield f"    stays with the form: {one.why}"


def answer_words(answer: GivenAnswer) -> str:
    """An answer on one line; lines are parted by a stroke."""
    said = [f"“{_line(answer.text)}”"] if answer.text else []
    said += [" and ".join(answer.chosen)] if answer.chosen else []
    said += ["ticked"] if answer.ticked else ["not ticked"] if answer.ticked is None else []
    said += [f"picture {name}" for name in answer.pictures]
    said += [f"(picture {name} may belong to the question before)" for name in answer.floating]
    said += [f"remark: {answer.remark}"] if answer.remark else []
    said += ["; ".join(f"{name}: {text}" for name, text in row.items()) for row in answer.rows]
    return "; ".join(said) or "nothing"


def _line(text: str) -> str:
    return " | ".join(line.strip() for line in text.split("\n") if line.strip())


def taken_text(form: ReturnedForm, taken: TakenForm) -> Iterator[str]:
    """What was written of one returned form, and what still waits for somebody."""
    yield f"{form.name}: kept as {taken.file}; its answers in {taken.asked}."
    if taken.records:
        yield f"  Changed: {', '.join(taken.records)}."
    yield from (f"  {line}." for line in taken.failed)
    waiting = [one.answer.question for one in form.proposals if one.writes and one.doubt and not _went(one, taken)]
    if waiting:
        yield f"  Not sure, so not written: {', '.join(dict.fromkeys(waiting))}."


def _went(one: AnswerProposal, taken: TakenForm) -> bool:
    return one.answer.question in taken.took
