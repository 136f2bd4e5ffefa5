"""Every answer place of a fillable PDF in reading order: its form fields, with the words printed around each."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from generator.forms.answer_places.in_word_files.tick_cells import is_answer
from generator.forms.answer_places.on_pdf_pages.around_box import AroundBox, Widget
from generator.forms.answer_places.on_pdf_pages.date_parts import in_date_parts, reading_order
from generator.forms.answer_places.on_pdf_pages.labels_below import LabelsBelow, is_caption_of, labels_below
from generator.forms.answer_places.on_pdf_pages.labels_inside import labels_inside, named_outside
from generator.forms.answer_places.on_pdf_pages.labels_right import labels_right
from generator.forms.answer_places.on_pdf_pages.pdf_words import Words, page_words
from generator.forms.answer_places.on_pdf_pages.turned_pages import upright
from generator.forms.answer_places.place import AnswerPlace, Around, FormRefused, Where

READ_ONLY, MULTILINE, PUSH_BUTTON, RADIO, COMB, NO_SCROLL = 1, 1 << 12, 1 << 16, 1 << 15, 1 << 24, 1 << 23


@dataclass
class PdfField:
    """A form field with a value: its full name, type (Tx, Btn, Ch, Sig), flags and widgets."""

    name: str
    obj: Any
    type: str
    flags: int
    widgets: list[Widget] = field(default_factory=list)

    def get(self, key: str) -> Any:
        """A setting of the field, which it may have from its parents."""
        return inherited(self.obj, key)


def inherited(obj: Any, key: str) -> Any:
    """The value of a key on a field or the nearest of its parents that has it, or None."""
    for _ in range(32):
        if key in obj:
            return obj[key]
        if "/Parent" not in obj:
            return None
        obj = obj["/Parent"]
    return None


def pdf_fields(pdf: pikepdf.Pdf) -> list[PdfField]:
    """The form's fields with their widgets; a widget of no page is left out."""
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return []
    pages = {
        annotation.objgen: (number, annotation)
        for number, page in enumerate(pdf.pages, 1)
        for annotation in page.obj.get("/Annots", [])
        if isinstance(annotation, pikepdf.Dictionary)
    }
    found: list[PdfField] = []
    for root in form.get("/Fields", []):
        _collect(root, "", pages, found, 0)
    return found


def _collect(obj: Any, prefix: str, pages: dict[Any, Any], found: list[PdfField], depth: int) -> None:
    if depth > 32:
        return
    own = str(obj["/T"]) if "/T" in obj else ""
    name = f"{prefix}.{own}" if prefix and own else own or prefix
    kids = list(obj.get("/Kids", []))
    if any("/T" in kid for kid in kids):
        for kid in kids:
            _collect(kid, name, pages, found, depth + 1)
        return
    type_ = str(inherited(obj, "/FT") or "").lstrip("/")
    made = PdfField(name, obj, type_, int(inherited(obj, "/Ff") or 0))
    for number, kid in enumerate(kids or [obj]):
        if kid.objgen in pages and "/Rect" in kid:
            x0, y0, x1, y1 = (float(v) for v in kid["/Rect"])
            rect = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            made.widgets.append(Widget(kid, pages[kid.objgen][0], rect, _on_state(kid), number))
    if made.widgets:
        found.append(made)


def _on_state(widget: Any) -> str:
    states = widget.get("/AP", {}).get("/N", {})
    if not isinstance(states, pikepdf.Dictionary):
        return ""
    return next((str(k).lstrip("/") for k in states.keys() if k != "/Off"), "")  # noqa: SIM118  a pikepdf dictionary


def pdf_places(content: bytes) -> list[AnswerPlace]:
    """The answer places of a fillable PDF, page by page from top to bottom. Raises FormRefused when it has none."""
    content = upright(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fields = pdf_fields(pdf)
        if not fields:
            raise FormRefused(
                "this PDF has no fields to fill in",
                "ask the authority for its Word version, or use `sendpack form worksheet` beside the printed form",
            )
        order = [str(f.objgen) for f in pdf.Root.AcroForm.get("/CO", [])]
        drawn = pdfium.PdfDocument(content)
        pages = [page_words(page) for page in drawn]
        boxes: list[tuple[PdfField, Widget]] = [(f, w) for f in fields for w in f.widgets]
        lines = [(f, w) for f, w in boxes if f.type in ("Tx", "Ch")]
        below = {
            number: labels_below([w for _, w in lines if w.page == number], words)
            for number, words in enumerate(pages, 1)
        }
        behind: dict[int, str] = {}
        inside: dict[int, str] = {}
        for number, words in enumerate(pages, 1):
            here = [w for _, w in lines if w.page == number]
            behind.update(labels_right(here, words))
            inside.update(labels_inside(here, words))
        found = []
        for item, widget in _one_each(fields):
            place = _place(item, widget, boxes, pages[widget.page - 1], order, below[widget.page])
            others = [w for _, w in boxes if w.page == widget.page and w is not widget]
            label = inside.get(id(widget), "")
            if label and named_outside(widget, others, pages[widget.page - 1]):
                place = replace(place, facts={**place.facts, "doubtful": True})
            elif label:
                place = replace(_named(place, label), facts={**place.facts, "doubtful": False})
            elif label := behind.get(id(widget), ""):
                place = _named(place, label)
            found.append(place)
    placed = _continued(_in_rows(in_date_parts(found)))
    return [placed[number] for number in reading_order(placed)]


def _named(place: AnswerPlace, label: str) -> AnswerPlace:
    """A place with the label that stands behind or inside it."""
    return replace(place, around=replace(place.around, left=label, above="", higher="", group="", question=label))


def _in_rows(places: list[AnswerPlace]) -> list[AnswerPlace]:
    """Places that stand under one column head know the number of their row from 0, and the other heads of the row."""
    marked = []
    for place in places:
        under = [p for p in places if _same_column(p, place)]
        if not place.around.left and place.around.above and len(under) > 1 and place.kind != "choice":
            row = sorted(under, key=lambda p: -p.where.rect[3]).index(place)
            level = [p for p in places if p.page == place.page and abs(p.where.rect[3] - place.where.rect[3]) < 4]
            heads = " | ".join(
                p.around.above for p in sorted(level, key=lambda p: p.where.rect[0]) if not p.around.left
            )
            facts = {**place.facts, "row": row, "rows": len(under), "heads": heads}
            place = replace(place, facts=facts, group=f"rows:{place.page}:{heads}")
        marked.append(place)
    return marked


def _same_column(one: AnswerPlace, other: AnswerPlace) -> bool:
    return (
        one.page == other.page
        and one.around.above == other.around.above
        and not one.around.left
        and abs(one.where.rect[0] - other.where.rect[0]) < 3
        and abs(one.where.rect[2] - other.where.rect[2]) < 3
    )


def _continued(places: list[AnswerPlace]) -> list[AnswerPlace]:
    """A field with no label right below one with a label, as wide as it, is the next line of the same answer."""
    by_order = sorted(places, key=lambda p: (p.page, -p.where.rect[3]))
    done: list[AnswerPlace] = []
    for place in by_order:
        top = next((p for p in reversed(done) if _right_below(p, place)), None)
        if top is not None and place.where.widget == 0 and place.kind == "acro field" and not place.around.left:
            line = top.facts.get("line", 1) + 1
            around = replace(place.around, left=top.around.left, question=top.around.question, above="")
            place = replace(place, around=around, facts={**place.facts, "line": line}, group="")
        done.append(place)
    return done


def _right_below(top: AnswerPlace, place: AnswerPlace) -> bool:
    a, b = top.where.rect, place.where.rect
    alike = top.page == place.page and abs(a[0] - b[0]) < 2 and abs(a[2] - b[2]) < 2
    labelled = bool(top.around.left) and top.kind == "acro field"
    return alike and labelled and 0 < a[1] - b[3] + 4 < 12 and not top.lines


def _one_each(fields: list[PdfField]) -> Iterator[tuple[PdfField, Widget]]:
    """Each widget of a text field, but a group of rings or ticks once: it is one question."""
    for item in fields:
        if item.type == "Btn" and item.flags & PUSH_BUTTON:
            continue
        yield from ((item, w) for w in (item.widgets[:1] if item.type == "Btn" else item.widgets))


def _place(
    item: PdfField,
    widget: Widget,
    boxes: list[tuple[PdfField, Widget]],
    words: list[Words],
    order: list[str],
    below: LabelsBelow,
) -> AnswerPlace:
    others = [w for f, w in boxes if w.page == widget.page and w.obj.objgen != widget.obj.objgen]
    captions = [p for p in words if is_caption_of(p, widget)] if id(widget) in below.widgets else None
    look = AroundBox(widget, others, words, captions)
    title = str(item.get("/TU") or "")
    around = Around(
        left=look.left(),
        above=look.above(),
        higher=look.higher(),
        group=look.group(),
        section=look.section(),
        heading=look.heading(),
        title=title or _spoken(item.name),
    )
    where = Where(field=item.name, widget=widget.number, page=widget.page, rect=tuple(round(v, 1) for v in widget.rect))
    calculated = str(item.obj.objgen) in order or "/C" in item.obj.get("/AA", {})
    most = item.get("/MaxLen")
    scripts = _script(item)
    base = AnswerPlace(
        "acro field",
        _how(item),
        where,
        around,
        office_use=bool(item.flags & READ_ONLY) and not calculated,
        characters=int(most) if most else None,
        lines=bool(item.flags & MULTILINE),
        calculated=calculated,
        date_format=scripts,
        page=widget.page,
        facts={"type": item.type, "tooltip": title, "doubtful": below.doubt and not around.left},
    )
    if item.type == "Btn":
        return _button(item, base, look, boxes, words)
    if item.type == "Ch":
        return replace(base, kind="choice", options=tuple(shown for _, shown in choices(item)))
    asked = around.left or around.above
    return replace(base, around=replace(around, question=asked))


def _spoken(name: str) -> str:
    """`Parent1.Name` as words; nothing for names that a program gave, such as Text24, undefined_2 or Check Box7."""
    last = re.sub(r"[\[\]#]", " ", name)
    if re.fullmatch(
        r"(?:undefined|text ?field|text|check ?box|group|field|untitled|fill|toggle|date)\s*[_\d. ]*(?:_af_date)?",
        last,
        re.I,
    ):
        return ""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[._]+", " ", last)
    return " ".join(re.sub(r"(?<=[A-Za-z])(?=\d)", " ", words).split())


def choices(item: PdfField) -> list[tuple[str, str]]:
    """The choices of a list as (value that is stored, words that are shown)."""
    rows = []
    for option in item.get("/Opt") or []:
        pair = [str(o) for o in option] if isinstance(option, pikepdf.Array) else [str(option)] * 2
        rows.append((pair[0], pair[-1]))
    return rows


def _how(item: PdfField) -> str:
    names = {"Tx": "text field", "Ch": "list of choices", "Sig": "digital signature field", "Btn": "check box"}
    if item.type == "Btn" and item.flags & RADIO:
        return "radio buttons"
    extra = ", comb" if item.flags & COMB else ", multi-line" if item.flags & MULTILINE and item.type == "Tx" else ""
    return names.get(item.type, "field") + extra


def _script(item: PdfField) -> str:
    """The date format that the form's own script sets (`dd/mm/yyyy`), or nothing."""
    script = item.obj.get("/AA", {}).get("/F", {}).get("/JS", "")
    text = bytes(script.read_bytes()).decode("latin-1") if isinstance(script, pikepdf.Stream) else str(script)
    found = re.search(r"AFDate_FormatEx\(\s*[\"']([^\"']+)", text)
    return found[1] if found else ""


def _button(
    item: PdfField, base: AnswerPlace, look: AroundBox, boxes: list[tuple[PdfField, Widget]], words: list[Words]
) -> AnswerPlace:
    """A tick box with its words, or rings with the words of each."""
    states = {w.on for w in item.widgets}
    if len(item.widgets) == 1 or len(states) == 1:
        alike = [w for f, w in boxes if f.type == "Btn" and not f.flags & RADIO and w.page == item.widgets[0].page]
        behind = look.words_before(alike)
        right, left = "" if behind else look.right(), look.left(near=True, own=behind)
        row_label = look.left()
        option = right or left or base.around.title
        if (not right and left) or (row_label and look.column_of_boxes()):
            option = left or row_label
        question = "" if option == row_label else row_label
        around = replace(base.around, option=option, question=question, left="" if question == "" else row_label)
        return replace(base, kind="checkbox", how=f"check box, on-state /{item.widgets[0].on}", around=around)
    stored = [str(o) for o in item.get("/Opt") or []]
    options: dict[str, str] = {}
    heads = {
        AroundBox(w, [o for _, o in boxes if o.page == w.page and o is not w], words).above() for w in item.widgets
    } - {""}  # rings of a table have their words above, each its own
    answers = len(heads) == len(item.widgets) > 1 and all(is_answer(head) for head in heads)
    last = max(item.widgets, key=lambda w: w.rect[0])
    asked_behind = ""
    if answers:  # `Yes | No` over two columns of rings: what stands behind the last ring is the question
        asked_behind = AroundBox(last, [w for _, w in boxes if w.page == last.page and w is not last], words).right()
    for widget in item.widgets:
        others = [w for _, w in boxes if w.page == widget.page and w.obj.objgen != widget.obj.objgen]
        look_here = AroundBox(widget, others, words)
        behind = look_here.words_before(item.widgets)
        said = look_here.left(near=True, own=True) if behind else look_here.right()
        said = "" if asked_behind else said
        said = said or (look_here.above() if len(heads) == len(item.widgets) else "") or widget.on
        if stored and widget.on.isdigit() and int(widget.on) < len(stored):
            said = stored[int(widget.on)]
        options[said] = widget.on
    around = replace(base.around, question=asked_behind or base.around.left or base.around.above)
    if asked_behind:
        around = replace(around, left=asked_behind, above="", higher="")
    return replace(base, kind="choice", options=tuple(options), around=around, facts={**base.facts, "states": options})
