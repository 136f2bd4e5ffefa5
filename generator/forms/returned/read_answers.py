"""The answers of a returned form: what is not ours on it, question by question, with what is not certain and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.forms.given.marks import PLACEHOLDERS
from generator.forms.given.printed_lines import GOOD_OK_HARD, PrintedLine, comparable_line
from generator.forms.given.question_list import Question, QuestionForm
from generator.forms.given.reference import is_reference
from generator.forms.returned.lines.align_lines import Match, aligned, coverage
from generator.forms.returned.lines.face_rows import face_rows, marked_on_line, rows_on_one_line
from generator.forms.returned.lines.filled_rows import beside_rows, grid_rows
from generator.forms.returned.lines.line_answers import boxes_read, trimmed, words_added
from generator.forms.returned.lines.lost_headings import placed_by_gaps
from generator.forms.returned.lines.pasted_table import table_words
from generator.forms.returned.lines.returned_line import EMPTY, TICKED, ReturnedFile, ReturnedLine
from generator.forms.returned.lines.right_above import RIGHT_ABOVE, right_above

TWICE = "its field stands in the file more than once: all that they hold is shown"


@dataclass(frozen=True)
class GivenAnswer:
    """One answer: words as written, options chosen, whether a box is ticked (None where that is not certain).

    `doubt` says why a person should look; `pictures` are files in the returned one, `floating` those
    of them that may belong to the question before; `remark` is what another person
    wrote among the words; `rows` are the filled rows of a table.
    """

    question: str
    text: str = ""
    chosen: tuple[str, ...] = ()
    ticked: bool | None = False
    doubt: str = ""
    pictures: tuple[str, ...] = ()
    remark: str = ""
    floating: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()

    @property
    def empty(self) -> bool:
        """True when nothing was answered."""
        return not (self.text or self.chosen or self.ticked or self.pictures or self.rows or self.remark)

    @property
    def sure(self) -> bool:
        """True when nobody needs to look before it is written."""
        return not self.doubt


@dataclass
class _Gathered:
    pieces: list[ReturnedLine] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    ticked: bool = False
    beside: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    floating: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class AnswersRead:
    """All answers of a form in the order of its questions, words that belong to no question, the part recognised."""

    answers: tuple[GivenAnswer, ...]
    unplaced: tuple[str, ...]
    coverage: float

    def answer(self, question: str) -> GivenAnswer:
        """The answer to a question; an empty one where there is none."""
        return next((one for one in self.answers if one.question == question), GivenAnswer(question))


def read_answers(
    returned: ReturnedFile, printed: Sequence[PrintedLine], form: QuestionForm, also_ours: Sequence[str] = ()
) -> AnswersRead:
    """The answers of a returned form. `also_ours` are texts that we may have printed, such as other targets."""
    reader = _Reading(returned, printed, form, also_ours)
    reader.named_fields()
    reader.walk()
    answers = tuple(reader.answer(question) for question in form.questions)
    return AnswersRead(answers, tuple(reader.unplaced), reader.coverage)


class _Reading:
    def __init__(
        self, returned: ReturnedFile, printed: Sequence[PrintedLine], form: QuestionForm, ours: Sequence[str]
    ) -> None:
        if returned.wrapped:
            returned = replace(returned, lines=rows_on_one_line(returned.lines, form))
        self.returned, self.printed, self.form = returned, printed, form
        self.found: dict[str, _Gathered] = {}
        self.unplaced: list[str] = []
        self.above: list[tuple[str, str, str]] = []
        self.matches = aligned(printed, returned.lines, returned.wrapped)
        self.coverage = coverage(printed, self.matches)
        known = [*ours, *(p.text for p in printed), *(part for p in printed for part in p.text.split("\t"))]
        # A page shows the cells of a row on one line.
        known += [" ".join(p.text for p in printed[n : n + many]) for many in (2, 3, 4) for n in range(len(printed))]
        self.slipped = [p.text.partition(EMPTY)[0].strip() for p in printed if p.options and p.text[:1] != EMPTY]
        self.faces = face_rows(returned.grids, form)
        self.ours = frozenset(comparable_line(text) for text in known)
        self.with_ours = {line.cell[0] for m in self.matches for line in self._lines(m) if line.cell is not None}

    def _lines(self, match: Match) -> Sequence[ReturnedLine]:
        return self.returned.lines[match.first : match.last + 1]

    def gather(self, question: str) -> _Gathered:
        return self.found.setdefault(question, _Gathered())

    # -- by name ------------------------------------------------------------------------------------------------------

    def named_fields(self) -> None:
        """Answers that came in a control or field of ours."""
        for name, value in self.returned.fields.items():
            question, _, number = name.partition("/")
            if not value:
                continue
            if self.form.question(question) is None:
                if value != EMPTY:
                    self.unplaced.append(f"a ticked box ({question})" if value == TICKED else value)
                continue
            got = self.gather(question)
            got.doubts += [TWICE] if name in self.returned.twice else []
            if value == TICKED:
                options = options_asked(self.printed, question) or list(GOOD_OK_HARD)
                got.ticked = True
                got.chosen += options[int(number) : int(number) + 1] if number.isdecimal() else []
            elif value != EMPTY and not number:
                got.pieces.append(ReturnedLine(value, field=question))

    # -- by place -----------------------------------------------------------------------------------------------------

    def walk(self) -> None:
        """Every line: ours, with what was added to it, or an answer to the question above it."""
        by_first = {match.first: match for match in self.matches}
        current, at = -1, 0
        loose: list[ReturnedLine] = []
        while at < len(self.returned.lines):
            match = by_first.get(at)
            if match is None:
                loose.append(self.returned.lines[at])
                at += 1
                continue
            self.between(current, match.printed, loose)
            loose = []
            self.added(match)
            current, at = match.printed, match.last + 1
        self.between(current, len(self.printed), loose)

    def between(self, before: int, after: int, lines: Sequence[ReturnedLine]) -> None:
        """Lines that we did not print, between two that we did."""
        named = [line for line in lines if line.field]
        for line in named:
            self.take(line.field, line)
        at_foot = before >= 0 and is_reference(self.printed[before].text)
        end = 0 if at_foot else next((n for n, line in enumerate(lines) if is_reference(line.text)), len(lines))
        self._take_all("", [line for line in lines[end:] if not line.field and not self._is_ours(line)], before)
        lines = lines[:end]  # the reference is the last line of ours: what stands below it answers nothing
        rest = [line for line in lines if not line.field and not self._is_ours(line) and not self._is_face(line)]
        question = self.printed[before].question if before >= 0 else ""
        rest = self._one_person(question, rest, before)
        rest = self._floating(question, after, rest)
        lost = self._lost(before, after, question)
        if _one_line(self.form.question(question)):
            # Nothing is written below a signature: what stands there answers the question whose words are gone.
            question, lost = (lost[0], lost[1:]) if lost else ("", [])
        if not lost:
            self._take_all(question, rest, before)
            if (how := right_above(rest)) and after < len(self.printed):
                self.above.append((question, self.printed[after].question, how))
            return
        for name, some, why in placed_by_gaps(question, lost, rest):
            self._take_all(name, some, before, why.format(title=self._title(name)))

    def _one_person(self, question: str, lines: list[ReturnedLine], before: int) -> list[ReturnedLine]:
        """Of lines below the name and relationship the first, where none stands beside it: more is no name."""
        asked = self.form.question(question)
        if asked is None or asked.kind != "who":
            return lines
        words = [line for line in lines if line.text]
        named = [] if self.gather(question).pieces else words[:1]
        self._take_all("", [line for line in words if line not in named], before)
        return [line for line in lines if not line.text or line in named]

    def _floating(self, question: str, after: int, lines: Sequence[ReturnedLine]) -> list[ReturnedLine]:
        """The lines without floating pictures: one that hangs between two questions is the next one's, with a doubt."""
        following = self.printed[after].question if after < len(self.printed) else ""
        kept = []
        for line in lines:
            if line.floating and not line.text and following not in ("", question):
                got = self.gather(following)
                got.pictures += line.pictures
                got.floating += line.pictures
            else:
                kept.append(line)
        return kept

    def _bare(self, question: str) -> bool:
        got = self.found.get(question, _Gathered())
        return not (got.pieces or got.chosen or got.ticked or got.beside or got.pictures)

    def _title(self, question: str) -> str:
        asked = self.form.question(question)
        return asked.title if asked else question

    def _lost(self, before: int, after: int, question: str) -> list[str]:
        """The questions whose printed lines are missing between two that are there."""
        lost: list[str] = []
        for line in self.printed[before + 1 : after]:
            if line.question not in ("", question, *lost) and any(q == line.question for _, q in line.labels):
                lost.append(line.question)
        return lost

    def _is_ours(self, line: ReturnedLine) -> bool:
        known = comparable_line(line.text) in self.ours or is_reference(line.text)
        return bool(line.text) and known and not line.pictures

    def _is_face(self, line: ReturnedLine) -> bool:
        """True for what stands in a table of faces or boxes, which is read by its rows."""
        return line.cell is not None and line.cell[0] in self.faces.tables

    def _take_all(self, question: str, lines: Sequence[ReturnedLine], before: int, doubt: str = "") -> None:
        early = before >= 0 and self.printed[before].early
        tables = {line.cell[0] for line in lines if line.cell is not None} - self.with_ours
        for line in lines:
            if line.cell is not None and line.cell[0] in tables:
                continue
            self.take(question, line, doubt or ("it stands above the question" if early and line.text else ""))
        for number in sorted(tables):
            words = table_words([line for line in lines if line.cell is not None and line.cell[0] == number])
            if words:
                self.take(question, ReturnedLine(words), doubt or "a table was put here: look at it in the file")

    def take(self, question: str, line: ReturnedLine, doubt: str = "") -> None:
        asked = self.form.question(question)
        if asked is None:
            text = "" if comparable_line(line.text) in self.ours else trimmed(line.text)
            self.unplaced += [text] if text else [f"a picture ({name})" for name in line.pictures]
            return
        line = replace(line, text=self._without_label(_without_placeholder(line.text)))
        if not line.text and not line.pictures:
            return
        got = self.gather(question)
        got.pictures += line.pictures
        if asked.kind in ("choice", "choices") and re.search(f"[{EMPTY}{TICKED}]", line.text):
            read = boxes_read(options_asked(self.printed, question), line.text, line.highlighted)
            if read.chosen:
                # The row of boxes without the words before it, as one program leaves it after saving twice.
                got.chosen += read.chosen
                return
        got.doubts += [doubt] if doubt and line.text else []
        if asked.kind in ("choice", "choices", "tick") and line.field:
            got.chosen.append(line.text)
        elif line.text:
            got.pieces.append(line)

    def _without_label(self, text: str) -> str:
        """The words behind a label that slipped from its row of boxes in front of the next answer."""
        label = next((one for one in self.slipped if text.startswith(f"{one}  ")), "")
        return text[len(label) :].strip() if label else text

    def added(self, match: Match) -> None:
        """What was added to a printed line."""
        printed, lines = self.printed[match.printed], self._lines(match)
        text = " ".join(line.text for line in lines) if len(lines) > 1 else lines[0].text
        got = self.form.question(printed.labels[0][1]) if printed.labels else None
        if got is not None and printed.options:
            self._boxes(printed, got, text, lines)
            return
        if any(self._is_face(line) for line in lines):
            return
        if (row := marked_on_line(text, self.form)) is not None:
            self.gather(row[0]).chosen += row[1]
            return
        ours, theirs = comparable_line(printed.text), comparable_line(text)
        inline = len(printed.labels) > 1 or bool(got and got.kind in ("name", "date", "who", "short"))
        if not inline and ours not in theirs:
            # Another version's wording of the same line: where its words differ, they are no answer.
            return
        for one in words_added(printed, text):
            self.take(one.question, replace(lines[-1], text=one.text, pictures=(), field=""))
        for line in lines:
            # A line without a question of its own may have been printed with a picture, as a target of a young child.
            if line.pictures and printed.labels:
                self.take(printed.question, replace(line, text="", field=""))

    def _boxes(self, printed: PrintedLine, asked: Question, text: str, lines: Sequence[ReturnedLine]) -> None:
        options = _own(printed)
        read = boxes_read(options, text, [word for line in lines for word in line.highlighted])
        got = self.gather(asked.id)
        if asked.kind != "tick" and not re.search(f"[{EMPTY}{TICKED}]", text):
            lead = printed.text.partition(EMPTY)[0].strip()
            said = trimmed(text.partition(lead)[2] if lead and lead in text else text)
            bare = said.casefold()
            for option in read.chosen:
                bare = bare.replace(option.casefold(), "")
            if got.chosen or re.search(r"\w", bare):
                # No box is left on the line: whatever else stands there is kept as words.
                got.beside += [said] if said and comparable_line(said) not in self.ours else []
                if not got.chosen:
                    got.chosen += read.chosen
                    got.doubts += [read.doubt] if read.doubt else []
                return
        if asked.kind == "tick":
            got.ticked = got.ticked or bool(read.chosen)
            got.beside += [read.beside] if read.beside else []
            unticked = read.beside and not read.chosen
            got.doubts += ["words stand beside a box that is not ticked"] if unticked else []
        else:
            got.chosen += read.chosen
            label, last = printed.labels[-1]
            said = read.beside.partition(label)[2] if label in read.beside else read.beside
            beside = trimmed(said.strip().removeprefix(printed.text.partition(label)[2].strip()))
            if beside and last != asked.id:
                self.take(last, ReturnedLine(beside))
            elif beside:
                got.beside.append(beside)
        several = asked.kind == "choices" and len(read.chosen) > 1
        got.doubts += [read.doubt] if read.doubt and asked.kind != "tick" and not several else []

    # -- answers ------------------------------------------------------------------------------------------------------

    def answer(self, question: Question) -> GivenAnswer:
        got = self.found.get(question.id, _Gathered())
        below = [q for mine, q, how in self.above if mine == question.id != q and (how == "alone" or self._bare(q))]
        doubts = list(dict.fromkeys([*got.doubts, *(RIGHT_ABOVE.format(title=self._title(q)) for q in below if q)]))
        text = joined(got.pieces, self.returned.wrapped)
        beside = " ".join([*got.beside, text]).strip()
        if question.kind == "tick":
            unsure = bool(beside) and not got.ticked
            return GivenAnswer(question.id, beside, (), None if unsure else got.ticked, "; ".join(doubts))
        if question.kind in ("choice", "choices"):
            chosen = tuple(dict.fromkeys([*got.chosen, *self.faces.chosen.get(question.id, ())]))
            if question.kind == "choice" and len(chosen) > 1 and not any("more than one" in doubt for doubt in doubts):
                doubts.append("more than one box is ticked")
            return GivenAnswer(question.id, beside, chosen, False, "; ".join(doubts))
        if question.kind == "rows":
            rows = grid_rows(self.returned, question.columns)
            # What was written round the table belongs to none of its rows.
            self.unplaced += beside_rows([piece.text for piece in got.pieces], rows)
            return GivenAnswer(
                question.id, "", (), False, "; ".join(doubts), tuple(dict.fromkeys(got.pictures)), rows=rows
            )
        text, remark = without_remark(text) if self.form.by == "pupil" else (text, "")
        pictures = tuple(dict.fromkeys(got.pictures))
        floating = tuple(dict.fromkeys(got.floating))
        return GivenAnswer(question.id, text, (), False, "; ".join(doubts), pictures, remark, floating)


def options_asked(printed: Sequence[PrintedLine], question: str) -> list[str]:
    """All options of a question, which may stand on several lines, as they are printed."""
    return [option for line in printed if line.labels and line.labels[0][1] == question for option in _own(line)]


def _own(line: PrintedLine) -> list[str]:
    cut = [label for label, question in line.labels if question != line.labels[0][1]]
    found = []
    for option in line.options:
        for label in cut:
            option = option.partition(label)[0].strip()
        found.append(option)
    return found


def _without_placeholder(text: str) -> str:
    """Words without what stood in the empty control, which stays as words where a program knows no controls."""
    for placeholder in PLACEHOLDERS:
        text = text.removeprefix(placeholder).removesuffix(placeholder).strip()
    return text


def _one_line(question: Question | None) -> bool:
    return question is not None and question.kind in ("name", "date", "short")


_ENDS = re.compile(r"[.!?:;…][”’\"')]*$")


def joined(pieces: Sequence[ReturnedLine], wrapped: bool) -> str:
    """Lines as one text: a sentence that goes on over lines of a page is one; other lines stay lines."""
    text = ""
    for number, piece in enumerate(pieces):
        words = re.sub(r"^[•▪·‣]\s*", "", piece.text).strip()
        before = pieces[number - 1] if number else None
        goes_on = wrapped and before is not None and before.full and not _ENDS.search(before.text)
        text += ("" if not text else " " if goes_on else "\n") + words
    return text.strip()


_REMARK = re.compile(r"\s*\((?=[^()]{3,})([^()]*)\)\s*$")


def without_remark(text: str) -> tuple[str, str]:
    """A child's words, and what an adult put in brackets behind them, speaking of the child or signed by letters."""
    found = _REMARK.search(text)
    if found is None:
        return text, ""
    signed = re.search(r"\b[A-Z]{2,3}\.?$", found[1].strip())
    about = re.search(r"\b(?:said|says|told|wrote|drew|pointed|showed|chose|adult|scribed?)\b", found[1], re.IGNORECASE)
    return (text[: found.start()].strip(), f"({found[1]})") if signed or about else (text, "")


def answered(read: AnswersRead) -> Iterator[GivenAnswer]:
    """The answers in which something stands."""
    return (one for one in read.answers if not one.empty)
