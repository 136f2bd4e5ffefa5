"""What a tag in a template may do: the sandbox, the filters, how values print, and what they attach to the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, pass_context, pass_eval_context
from jinja2.filters import do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from generator.documents.charts.draw_chart import BarChart, ProgressChart
from generator.documents.symbols import Symbol
from generator.documents.templates import bounds
from generator.documents.templates.bounds import COUNTED, JOINED, KEPT, Steps
from generator.documents.templates.text_blocks import flowing
from generator.records.field_view import Fields
from generator.values import formatting
from generator.values.did_you_mean import nearest_or_all
from generator.word_files.docx_package import Member, R, legal, parse, serialize
from generator.word_files.pictures_with_alt_text import Picture


class Unprintable(Exception):
    """A template prints something that has no single text, such as a whole list."""


class _Missing(StrictUndefined):
    """A name that is not there: using it in any way is an error that says what was probably meant."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return str(self._undefined_hint)
        known = self._undefined_obj if isinstance(self._undefined_obj, Mapping) else ()
        return f"there is no field {self._undefined_name!r}{nearest_or_all(str(self._undefined_name), map(str, known))}"


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja that looks fields up by name only: data first, no attributes of Python objects, no other files."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Fields) and not attribute.startswith("_"):
            return obj[attribute]
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return obj[argument] if isinstance(obj, Fields) else super().getitem(obj, argument)

    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        bounds.operands(operator, left, right)
        return bounds.fits(super().call_binop(context, operator, left, right))

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        _steps(context).take()
        bounds.call(obj, [*args, *kwargs.values()])
        return super().call(context, obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Any:
        owner = getattr(value, "__self__", None)
        if isinstance(owner, str) and getattr(value, "__name__", "") in ("format", "format_map"):
            bounds.pattern(owner)
        return super().wrap_str_format(value)


def _steps(context: Context) -> Steps:
    """The counter of the merge that goes on; one of its own where nothing is merged."""
    page = context.get(ATTACHED)
    return page.whole.steps if isinstance(page, AttachedTo) else Steps()


@pass_context
def _kept_aside(context: Context, value: Any) -> Any:
    """What a block keeps before it prints it, measured."""
    return _steps(context).keep(value)


@pass_context
def _counted(context: Context, values: Any) -> Any:
    """What a loop goes over; what cannot be gone over stays as it is, and Jinja says so."""
    if isinstance(values, Undefined) or not isinstance(values, Iterable):
        return values
    if isinstance(values, Sized):
        return _Counted(values, _steps(context))
    return _steps(context).of(values)


class _Counted:
    """Values with a number, as `loop.length` asks for it."""

    def __init__(self, values: Any, steps: Steps) -> None:
        self._values, self._steps = values, steps

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Any]:
        return self._steps.of(self._values)


ATTACHED = "_attached"
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}


@dataclass
class Attached:
    """Pictures and notes that one merge puts into the file."""

    names: dict[str, str]
    members: list[Member] = field(default_factory=list)
    targets: dict[bytes, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    """The footnotes and endnotes that the body printed, by their kind, each as XML."""
    pages_of_notes: dict[str, AttachedTo] = field(default_factory=dict)
    steps: Steps = field(default_factory=Steps)

    def picture(self, content: bytes, extension: str) -> str:
        """The name of the part that holds this picture."""
        if content not in self.targets:
            name = f"word/media/picture{len(self.targets) + 1}.{extension}"
            self.targets[content] = name
            self.names[name] = _TYPES[extension]
            self.members.append(Member.of(name, content))
        return self.targets[content]

    def page_of_notes(self, kind: str) -> AttachedTo:
        """What the part of a kind of notes refers to."""
        return self.pages_of_notes.setdefault(kind, AttachedTo(self))


@dataclass
class AttachedTo:
    """The references that one part gains while it is merged."""

    whole: Attached
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    instead: AttachedTo | None = None
    """The part of notes, while a note is merged where its number stands in the body."""

    @contextmanager
    def for_notes(self, kind: str) -> Iterator[None]:
        """Within it, references are those of the part that holds the notes of a kind."""
        self.instead = self.whole.page_of_notes(kind)
        try:
            yield
        finally:
            self.instead = None

    def refer(self, kind: str, target: str) -> str:
        if self.instead is not None:
            return self.instead.refer(kind, target)
        return self.ids.setdefault((kind, target), f"rMerged{len(self.ids) + 1}")

    def relations(self, before: bytes) -> bytes:
        """The part's relationships file with those of this merge added."""
        if not self.ids:
            return before
        root = parse(before)
        for (kind, target), name in self.ids.items():
            attributes = {"Id": name, "Type": f"{R[1:-1]}/{kind}", "Target": target}
            if kind == "hyperlink":
                attributes["TargetMode"] = "External"
            etree.SubElement(root, f"{{{root.nsmap[None]}}}Relationship", attributes)
        return serialize(root)


@pass_context
def _photo(
    context: Context, picture: Picture | Symbol | None, width: float = 4.0, height: float | None = None
) -> Markup:
    """Put a picture into the line, at most `width` and `height` centimetres large; nothing when there is none."""
    if not picture:
        return Markup("")
    if isinstance(picture, Symbol):
        picture = picture.draw()
    if not isinstance(picture, Picture):
        raise Unprintable("the filter photo needs a picture")
    page: AttachedTo = context[ATTACHED]
    name = page.refer("image", "/" + page.whole.picture(picture.content, picture.extension))
    scale = min(width / picture.width, (height or 100.0) / picture.height) * 360_000
    return Markup(
        '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{x}" cy="{y}"/><wp:docPr id="1" name="Picture" '
        'descr="{text}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="0" name="Picture" descr="{text}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="{name}">{twin}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="{x}" cy="{y}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r>"
        '<w:t xml:space="preserve">'
    ).format(
        x=round(picture.width * scale),
        y=round(picture.height * scale),
        text=legal(formatting.one_line(picture.description)),
        name=name,
        twin=_twin(page, picture),
    )


def _twin(page: AttachedTo, picture: Picture) -> Markup:
    """The same in paths, as Office does since 2016: programs that do not know the extension show the dots."""
    if picture.vector is None:
        return Markup("")
    return Markup(
        '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip xmlns:asvg="http://schemas.'
        'microsoft.com/office/drawing/2016/SVG/main" r:embed="{name}"/></a:ext></a:extLst>'
    ).format(name=page.refer("image", "/" + page.whole.picture(picture.vector, "svg")))


@pass_context
def _chart(context: Context, chart: ProgressChart | BarChart | None) -> Markup:
    """Draw a chart into the line, in its own size; nothing when there is none."""
    if chart is None:
        return Markup("")
    if not isinstance(chart, ProgressChart | BarChart):
        raise Unprintable("the filter chart needs a chart, such as facts.attendance_chart")
    return _photo(context, chart.draw(), chart.width)


@pass_context
def _link(context: Context, text: Any, address: Any) -> Markup | str:
    """The text as a link to an address (https, http or mailto), in the house's Hyperlink style."""
    shown = legal(formatting.one_line(text))
    if not address:
        return shown
    if not re.match(r"(https?://|mailto:)\S+$", str(address)):
        raise Unprintable(f"{address!r} is not an address that a document may link to")
    name = context[ATTACHED].refer("hyperlink", str(address))
    return Markup(
        '</w:t></w:r><w:hyperlink r:id="{name}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t xml:space="preserve">{shown}</w:t></w:r>'
        '</w:hyperlink><w:r><w:t xml:space="preserve">'
    ).format(name=name, shown=shown)


NOTE_HERE = "note_here"
"""The name under which a template's source calls for a note; nobody writes it."""

_FIRST_NOTE = 2
"""Lower numbers are those of the lines above notes, which Word keeps in the same part."""


@pass_context
def _note_here(context: Context, kind: str, attributes: str, caller: Macro) -> Markup:
    """Keep the note that is merged here for its part, and print the number that leads to it."""
    page: AttachedTo = context[ATTACHED]
    kept = page.whole.notes.setdefault(kind, [])
    with page.for_notes(kind):
        note = str(caller())
    number = len(kept) + _FIRST_NOTE
    kept.append(note.replace(' w:id="0"', f' w:id="{number}"', 1))
    return Markup(f'<w:{kind}Reference{attributes} w:id="{number}"/>')  # noqa: S704 - the template's own XML


def _in_run(value: Any) -> Any:
    """What `{{r value }}` prints: runs that are made ready as they are, any other value as `{{ value }}` does."""
    if isinstance(value, Markup) and value.lstrip().startswith("<w:r"):
        return Markup('</w:t></w:r>{}<w:r><w:t xml:space="preserve">').format(value)
    return value


def _printed(value: Any) -> Any:
    """What `{{ value }}` prints: text flows, an empty line starts a paragraph of the same style, list lines a list."""
    if isinstance(value, Markup | Undefined):
        return value
    written = isinstance(value, str) and not isinstance(value, formatting.Ours)
    value = formatting.plain(value)
    if isinstance(value, str):
        value = formatting.SPEECH.get().written(value) if written else value
        return flowing(legal(value)) if "\n" in value else legal(value)
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, Sequence):
        raise Unprintable("a list cannot be printed as it is: loop over it, or use the filter and_list")
    if isinstance(value, Picture | Symbol):
        raise Unprintable("a picture is printed with the filter photo")
    if isinstance(value, ProgressChart | BarChart):
        raise Unprintable("a chart is printed with the filter chart")
    if isinstance(value, Fields | Mapping):
        raise Unprintable("a group of fields cannot be printed: name the one that is meant")
    raise Unprintable("this is not something that can be printed")


def _pairs(fields: Fields | Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The names and values of a group of fields, in the order of the file."""
    for name in fields:
        yield name, fields[name]


@pass_eval_context
def _join(settings: EvalContext, values: Iterable[Any], between: str = "", attribute: str | int | None = None) -> str:
    """Jinja's join, of values as they are printed: the program's own words in the document's language."""
    given = list(values) if attribute is not None else [formatting.plain(value) for value in values]
    bounds.measured(given, len(str(between)) * len(given))
    joined: str = do_join(settings, given, between, attribute)
    return joined


def _capitalize(value: Any) -> str:
    """With a capital letter at the front, in the document's language."""
    said = formatting.plain(value)
    return "" if said is None else str(said).capitalize()


_KEPT = [
    "abs",
    "first",
    "groupby",
    "int",
    "last",
    "length",
    "list",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "reverse",
    "select",
    "selectattr",
    "sort",
    "title",
    "trim",
    "unique",
    "upper",
]
"""Jinja's own filters that make sense in a document. `default` is not among them: it would hide a misspelt name."""


def _jinja() -> _Environment:
    environment = _Environment(autoescape=True, undefined=_Missing, finalize=_printed)
    environment.globals.clear()
    environment.globals |= {"range": bounds.range_, NOTE_HERE: _note_here}
    own: dict[str, Callable[..., Any]] = {
        "photo": _photo,
        "chart": _chart,
        "link": _link,
        "pairs": _pairs,
        "in_run": _in_run,
        "capitalize": _capitalize,
        "join": _join,
        "replace": bounds.replace_,
        "batch": bounds.batch_,
        "round": bounds.round_,
        "sum": bounds.sum_,
        "string": bounds.string_,
        COUNTED: _counted,
        JOINED: bounds.joined,
        KEPT: _kept_aside,
    }
    environment.filters = {name: environment.filters[name] for name in _KEPT} | formatting.FILTERS | own
    return environment


JINJA = _jinja()
