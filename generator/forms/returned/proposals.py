"""Where each answer would go: into which field of which record, beside what stands there, or why it is only kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.folder.changing.edit_record import open_record
from generator.folder.school_folder import Project
from generator.forms.given.question_list import Question
from generator.forms.returned.read_answers import AnswersRead, GivenAnswer
from generator.forms.returned.recognise import Recognised, running_cycle
from generator.forms.returned.session_rows import session_notes, sessions_given
from generator.forms.returned.who_answered import Answerer
from generator.problems import WrongUse
from generator.records.record import Record
from generator.records.yaml_text.yaml_keys import PlainNumber
from generator.values.formatting import date as in_words

Keys = tuple[str | int, ...]

SHORT = 300
"""Characters that a short field of the records holds."""


@dataclass(frozen=True)
class AnswerProposal:
    """One answer and what would become of it.

    `state` is new (the field is empty), beside (put behind what is there, with who and when), there (it stands there
    already), conflict (the field says something else and is left), kept (stays with the form in asked/). `how` is set,
    join, add or note; `doubt` says why somebody should look first, `why` why it is left or kept.
    """

    answer: GivenAnswer
    title: str
    state: str
    path: str = ""
    keys: Keys = ()
    how: str = ""
    value: Any = None
    before: str = ""
    doubt: str = ""
    why: str = ""

    @property
    def writes(self) -> bool:
        """True when a field would change."""
        return self.state in ("new", "beside")

    @property
    def place(self) -> str:
        """The field as it is told: `request.yaml: parents_views.future`."""
        inside = self.path.split("/", 2)[-1]
        return f"{inside}: {'.'.join(str(key) for key in self.keys if not isinstance(key, int))}" if inside else ""


def proposals(project: Project, recognised: Recognised, read: AnswersRead, who: Answerer) -> tuple[AnswerProposal, ...]:
    """Every answer of a form in the order of its questions, with where it would go."""
    desk = _Desk(project, recognised, who)
    found = [one for q in recognised.form.questions for one in desk.of(q, read.answer(q.id))]
    return tuple(found)


class _Desk:
    """The records of one pupil as they stand, read when a question first needs them."""

    def __init__(self, project: Project, recognised: Recognised, who: Answerer) -> None:
        self.project, self.recognised, self.who = project, recognised, who
        self.home = f"cases/{recognised.case.name}"
        self._trees: dict[str, Mapping[str, Any] | None] = {}
        self._said: set[str] = set()

    def tree(self, path: str) -> Mapping[str, Any] | None:
        if path not in self._trees:
            try:
                self._trees[path] = open_record(self.project, path).tree
            except WrongUse:
                self._trees[path] = None
        return self._trees[path]

    def of(self, question: Question, answer: GivenAnswer) -> Iterator[AnswerProposal]:
        if answer.empty and not answer.doubt:
            return
        made = AnswerProposal(answer, question.title, "kept", doubt=_doubt(answer, self.recognised, self.who, question))
        if question.goes_to == "sessions":
            yield from self.sessions(made, question)
        elif (
            not question.goes_to
            or question.kind in ("name", "who")
            or (question.kind == "date" and not question.goes_to)
        ):
            yield made
        else:
            yield self.placed(made, question, self.value(question, answer))

    def value(self, question: Question, answer: GivenAnswer) -> str:
        """What would be written; empty where the answer says nothing for its field."""
        if question.kind == "tick":
            return question.value if question.value else answer.text
        if question.kind == "choice" and question.how == "set":
            options = next((p.options for p in self.recognised.printed if (question.id in dict_of(p.labels))), ())
            number = next((n for n, option in enumerate(options) if option in answer.chosen), 0)
            return ("yes", "no")[min(number, 1)] if answer.chosen else ""
        text = ", ".join(answer.chosen) if answer.chosen else answer.text
        return f"{text}\n{answer.text}" if answer.chosen and answer.text else text

    def placed(self, made: AnswerProposal, question: Question, value: str) -> AnswerProposal:
        if not value:
            return made
        kind, _, field = question.goes_to.partition(".")
        keys: Keys = tuple(field.split(".")) if field else ()
        if kind == "note":
            return self.note(made, question, value)
        if kind in ("person", "agency"):
            return self.of_row(made, question, kind, keys, value)
        if kind == "request" and (why := self.no_request()):
            return replace(made, why=why)
        return self.into(made, question, f"{self.home}/{kind}.yaml", keys, value)

    def no_request(self) -> str:
        record = self.recognised.case.one("request")
        if record is None:
            command = f"sendpack new request {self.recognised.case.name}"
            return f"there is no request yet: it is kept with the form, and `{command}` takes it over"
        return "the request has been sent and is not changed" if record.data.get("sent", {}).get("date") else ""

    def of_row(self, made: AnswerProposal, question: Question, kind: str, keys: Keys, value: str) -> AnswerProposal:
        name, id_ = ("people", self.who.person) if kind == "person" else ("agencies", self.who.agency)
        path = f"{self.home}/pupil.yaml"
        rows = (self.tree(path) or {}).get(name) or []
        number = next((n for n, row in enumerate(rows) if row.get("id") == id_), -1)
        if number < 0:
            return replace(made, why=f"pupil.yaml does not have them under {name}")
        return self.into(made, question, path, (name, number, *keys), value)

    def note(self, made: AnswerProposal, question: Question, value: str) -> AnswerProposal:
        cycle = running_cycle(self.recognised.case)
        if cycle is None:
            return replace(made, why="no cycle is running")
        said = f"{question.says}: {value}" if question.says else value
        notes = ((self.tree(cycle.path) or {}).get("do") or {}).get("notes") or []
        there = any(said in str(row.get("note", "")) and self.who.name in str(row.get("by", "")) for row in notes)
        return replace(
            made, state="there" if there else "new", path=cycle.path, keys=("do", "notes"), how="note", value=said
        )

    def into(self, made: AnswerProposal, question: Question, path: str, keys: Keys, value: str) -> AnswerProposal:
        tree = self.tree(path)
        if tree is None:
            return replace(made, why=f"there is no {path.rpartition('/')[2]} that can be read")
        there = at(tree, keys)
        made = replace(made, path=path, keys=keys, before=_shown(there))
        if question.how == "list":
            return self.added(made, question, there, value)
        if question.how == "set":
            return self.set_once(made, question, there, value)
        said = f"{question.says}: {value}" if question.says else value
        place = f"{path}{keys}"
        mine = place in self._said
        self._said.add(place)
        if said in _shown(there) or value in _shown(there):
            return replace(made, state="there")
        words = said if there is None or mine else f"{self.who.beside}: {said}"
        return replace(made, state="new" if there is None and not mine else "beside", how="join", value=words)

    def added(self, made: AnswerProposal, question: Question, there: Any, value: str) -> AnswerProposal:
        rows = there if isinstance(there, list) else []
        said = f"{question.says}: {value}" if question.says else value
        item: Any = {question.key: said} if question.key else said
        if item in rows:
            return replace(made, state="there")
        if not question.key and len(said) > SHORT:
            return replace(made, state="conflict", why=f"it is longer than the {SHORT} characters of this field")
        return replace(made, state="beside" if rows else "new", how="add", value=item)

    def set_once(self, made: AnswerProposal, question: Question, there: Any, value: str) -> AnswerProposal:
        place = f"{made.path}{made.keys}"
        if question.kind == "date":
            value = self.day(value)
        if place in self._said or (there is not None and _shown(there).strip() != value.strip()):
            return replace(made, state="conflict", value=value, why="the field says something else, and is left")
        self._said.add(place)
        if there is not None:
            return replace(made, state="there", value=value)
        if len(value) > SHORT and made.keys[0] != "aspirations":
            return replace(made, state="conflict", why=f"it is longer than the {SHORT} characters of this field")
        return replace(made, state="new", how="set", value=value)

    def day(self, value: str) -> str:
        from generator.forms.returned.lines.written_dates import written_day

        day = written_day(value, self.who.day)
        return str(in_words(day)) if day else value

    def sessions(self, made: AnswerProposal, question: Question) -> Iterator[AnswerProposal]:
        cycle = running_cycle(self.recognised.case)
        notes = ((self.tree(cycle.path) or {}).get("do") or {}).get("notes") or [] if cycle else []
        fresh: list[tuple[Mapping[str, str], Mapping[str, str]]] = []
        for row, note, why in session_notes(made.answer.rows, self.who):
            one = replace(made, answer=replace(made.answer, rows=(row,)), why=why)
            if cycle is None or note is None:
                yield replace(one, why=why or "no cycle is running")
                continue
            there = any(str(old.get("note", "")) == note["note"] and old.get("by") == note["by"] for old in notes)
            place: Keys = ("do", "notes")
            fresh += [] if there else [(row, note)]
            yield replace(one, state="there" if there else "new", path=cycle.path, keys=place, how="add", value=note)
        if cycle is not None and fresh:
            yield from self.counts(made, cycle, fresh)

    def counts(
        self, made: AnswerProposal, cycle: Record, fresh: Sequence[tuple[Mapping[str, str], Mapping[str, str]]]
    ) -> Iterator[AnswerProposal]:
        """How many sessions were given, for each provision: never sure, as some may be counted already."""
        provision = cycle.data.get("plan", {}).get("provision", ())
        found, unclear = sessions_given(self.recognised.case, provision, fresh)
        titles = {str(one["id"]): str(one["title"]) for one in provision}
        held = ((self.tree(cycle.path) or {}).get("do") or {}).get("delivery") or []
        for id_, many in found.items():
            number = next((n for n, row in enumerate(held) if row.get("provision") == id_), -1)
            said = f"{many} session{'' if many == 1 else 's'} of “{titles[id_]}”"
            one = replace(made, answer=replace(made.answer, rows=(), text=said), title="Sessions given")
            if number < 0 or not str(held[number].get("delivered", "")).isdecimal():
                yield replace(
                    one, why="do.delivery of the cycle has no row for it: how many were planned, a person says"
                )
                continue
            old = int(str(held[number]["delivered"]))
            keys: Keys = ("do", "delivery", number, "delivered")
            doubt = f"{old} are counted already: look that none of these is among them"
            yield replace(
                one,
                state="beside",
                path=cycle.path,
                keys=keys,
                how="set",
                value=PlainNumber(str(old + many)),
                before=str(old),
                doubt=doubt,
            )
        if unclear:
            said = f"{unclear} session{'' if unclear == 1 else 's'}"
            yield replace(
                made,
                answer=replace(made.answer, rows=(), text=said),
                title="Sessions given",
                why="the rows do not say which support it was",
            )


def dict_of(labels: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The questions of a line's labels."""
    return frozenset(question for _, question in labels)


def at(tree: Any, keys: Keys) -> Any:
    """The value under keys; None where nothing stands."""
    for key in keys:
        if isinstance(tree, Mapping):
            tree = tree.get(str(key))
        elif isinstance(tree, list) and isinstance(key, int) and key < len(tree):
            tree = tree[key]
        else:
            return None
    return tree


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_shown(one) for one in value)
    if isinstance(value, Mapping):
        return "; ".join(_shown(one) for one in value.values())
    return str(value)


def _doubt(answer: GivenAnswer, recognised: Recognised, who: Answerer, question: Question) -> str:
    """Why somebody should look before the answer is written."""
    told = [answer.doubt] if answer.doubt else []
    if recognised.form.by == "parent" and not who.person and question.goes_to:
        told.append(f"{who.name} is nobody in pupil.yaml")
    return "; ".join(told)
