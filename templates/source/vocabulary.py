"""The words that templates are written in: headings, paragraphs, conditions, loops, tables and lines to sign.

Every word gives a piece of a Word document's body as text. `**so**` is bold. Fields stand in double braces, as a school
will see them in Word; conditions and loops stand in paragraphs (or rows) of their own.
"""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from templates.source.house import TEXT_WIDTH

KEEP = "<w:keepNext/>"
"""Of a paragraph that stays on the page of the next one."""

Cell = str | Sequence[str]
"""One paragraph's text, or several pieces."""


def _run(text: str, bold: bool) -> str:
    properties = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\t")
    )
    return f"<w:r>{properties}{pieces}</w:r>"


def runs(text: str) -> str:
    """A line's text as Word runs."""
    return "".join(_run(t, n % 2 == 1) for n, t in enumerate(re.split(r"\*\*", text)) if t)


def para(text: str, style: str = "", more: str = "") -> str:
    """A paragraph in a style of the house."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{runs(text)}</w:p>"


def title(text: str, below: str = "") -> str:
    """The document's title and the line under it."""
    return para(text, "Title") + (para(below, "Subtitle") if below else "")


def not_counted() -> str:
    """Who is not in a paper of the whole school, because the files have errors; nothing when everybody is."""
    return when("document.not_counted", para("**{{ document.not_counted }}**"))


def heading(level: int, text: str) -> str:
    """A real heading of level 1, 2 or 3."""
    return para(text, f"Heading{level}")


def bullet(text: str) -> str:
    """One line of a bulleted list."""
    return para(text, "ListBullet")


def when(condition: str, *pieces: str, otherwise: Sequence[str] = ()) -> str:
    """The pieces only where the condition holds; `otherwise` where it does not."""
    other = [para("{%p else %}"), *otherwise] if otherwise else []
    return "".join([para(f"{{%p if {condition} %}}"), *pieces, *other, para("{%p endif %}")])


def each(loop: str, *pieces: str) -> str:
    """The pieces once for each: `each("need in pupil.needs", ...)`."""
    return "".join([para(f"{{%p for {loop} %}}"), *pieces, para("{%p endfor %}")])


def bullets(loop: str, text: str = "", style: str = "ListBullet") -> str:
    """A bulleted line for each."""
    return each(loop, para(text or "{{ " + loop.split(" in ")[0] + " }}", style))


def section(level: int, text: str, condition: str, *pieces: str) -> str:
    """A heading and what belongs under it, both only where the condition holds."""
    return when(condition, heading(level, text), *pieces)


def said(text: str, field: str, level: int = 3) -> str:
    """A heading and the text of one field; neither where the field is empty."""
    return section(level, text, field, para(f"{{{{ {field} }}}}"))


def own_words(field: str) -> str:
    """What the pupil said, set apart, and how it was gathered: for a `pupil_views` field."""
    return para(f"{{{{ {field}.text }}}}", "OwnWords") + para(
        f"{{% if {field}.own_words %}}{{{{ facts.first_name | possessive }}}} own words. "
        f"{{% elif {field}.own_words == false %}}An adult’s account of {{{{ facts.first_name | possessive }}}} views. "
        f"{{% endif %}}How we found out: {{{{ {field}.how }}}}",
        "SmallPrint",
    )


def gap() -> str:
    """The paragraph that keeps a table apart from what follows: where that is text, it becomes the text's own spacing."""
    return para("", "Gap")


def new_page(level: int, text: str) -> str:
    """A heading that begins a new page. A break in a paragraph of its own would leave an empty page after a full one."""
    return para(text, f"Heading{level}", more="<w:pageBreakBefore/>")


# ---------------------------------------------------------------------------------------------------- tables


def _cell(content: Cell, width: int, style: str) -> str:
    inside = para(content, style) if isinstance(content, str) else "".join(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'


def _row(cells: Sequence[str], head: bool = False, split: bool = False) -> str:
    properties = ("" if split else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def _tag_row(tag: str, columns: Sequence[int]) -> str:
    cells = [_cell(f"{{%tr {tag} %}}", columns[0], "TableText"), *(_cell("", w, "TableText") for w in columns[1:])]
    return _row(cells)


def _table(
    columns: Sequence[int],
    rows: Sequence[str],
    style: str = "RecordTable",
    labels: bool = False,
    width: int = TEXT_WIDTH,
) -> str:
    """A table in a table style; `labels` when the first cell of each row names the row."""
    if sum(columns) != width:
        raise ValueError(f"the columns of a table are {sum(columns)} wide together, not {width}")
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"06A0" if labels else "0620"}" w:firstRow="1" w:lastRow="0" w:firstColumn="{labels:d}" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _head(texts: Sequence[str], columns: Sequence[int], style: str = "TableHeading") -> str:
    pairs = zip(texts, columns, strict=True)
    return _row([_cell(text, width, style) for text, width in pairs], head=True)


def _shares(shares: Sequence[float], width: int = TEXT_WIDTH) -> list[int]:
    columns = [int(width * share / sum(shares)) for share in shares]
    return [*columns[:-1], width - sum(columns[:-1])]


def details(head: str, *rows: tuple[str, str] | tuple[str, str, str], together: bool = False) -> str:
    """A heading (none where `head` is empty) and lines of a label and a value; a third entry is a line's condition.

    Lines that are `together` stay on one page, with what follows them.
    """
    return (heading(2, head) if head else "") + _lines("DetailLine", "\t", rows, KEEP if together else "")


def told(*rows: tuple[str, str] | tuple[str, str, str]) -> str:
    """As `details` for values of several sentences: each a paragraph that begins with its label."""
    return _lines("RunIn", " ", rows)


def _lines(style: str, between: str, rows: Sequence[tuple[str, str] | tuple[str, str, str]], more: str = "") -> str:
    made = []
    for label, value, *condition in rows:
        mark = "" if label.endswith("?") or between == "\t" else ":"
        line = para(f"**{label}{mark}**{between}{value}", style, more)
        made.append(when(condition[0], line) if condition else line)
    return "".join(made)


def table(loop: str, *columns: tuple[str, float, Cell], split: bool = True, width: int = TEXT_WIDTH) -> str:
    """A table with a heading row that repeats and one row for each of a list.

    A column is its heading, its share of `width`, and its cell. Long rows may run over a page unless `split` is false.
    A column that stays empty in every row is not printed.
    """
    widths = _shares([share for _, share, _ in columns], width)
    cells = [_cell(content, own, "TableText") for (_, _, content), own in zip(columns, widths, strict=True)]
    rows = [_head([text for text, _, _ in columns], widths), _tag_row(f"for {loop}", widths), _row(cells, split=split)]
    return _table(widths, [*rows, _tag_row("endfor", widths)], width=width) + gap()


def grid(
    head: Sequence[tuple[str, float]], rows: Sequence[tuple[str, str, *tuple[Cell, ...]]], large: bool = False
) -> str:
    """A table of named rows under a heading row: the condition for the row ("" for always), its name, its cells."""
    widths = _shares([share for _, share in head])
    made = [_head([text for text, _ in head], widths, "LargeHead" if large else "TableHeading")]
    for condition, name, *contents in rows:
        first = _cell(name, widths[0], "LargeLabel" if large else "TableLabel")
        others = [_cell(content, width, "TableText") for content, width in zip(contents, widths[1:], strict=True)]
        line = _row([first, *others])
        made += [_tag_row(condition, widths), line, _tag_row("endif", widths)] if condition else [line]
    return _table(widths, made, labels=True) + gap()


def filled_grid(head: Sequence[tuple[str, float]], rows: int) -> str:
    """A table with a heading row and empty rows to fill in."""
    widths = _shares([share for _, share in head])
    tall = '<w:trPr><w:cantSplit/><w:trHeight w:val="567" w:hRule="atLeast"/></w:trPr>'
    empty = f"<w:tr>{tall}{''.join(_cell('', width, 'TableText') for width in widths)}</w:tr>"
    return _table(widths, [_head([text for text, _ in head], widths), *[empty] * rows]) + gap()


def panel(text: str, style: str, *pieces: str) -> str:
    """A coloured panel in a table style: its heading, what it holds on a tint."""
    return panels((1,), (text,), style, pieces)


def write_lines(count: int) -> str:
    """Empty lines to write on; they stay on one page."""
    return "".join(para("\u00a0\t", "WriteHere", more=KEEP if n < count - 1 else "") for n in range(count))


def box(text: str, centimetres: float, inside: str = "Draw or write here.") -> str:
    """A box under a heading, with room to draw or write by hand."""
    tall = f'<w:trHeight w:val="{round(centimetres * 567)}" w:hRule="atLeast"/>'
    head = _row([_cell(text, TEXT_WIDTH, "LargeHeading")], head=True)
    body = f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{_cell(inside, TEXT_WIDTH, 'Hint')}</w:tr>"
    return _table([TEXT_WIDTH], [head, body], "WritingBox") + gap()


def panels(shares: Sequence[float], head: Sequence[str], style: str, *cells: Sequence[str]) -> str:
    """Panels side by side."""
    widths = _shares(shares)
    top = [_cell(t, w, "PanelHeading") for t, w in zip(head, widths, strict=True)]
    body = [_cell(cell, width, "") for cell, width in zip(cells, widths, strict=True)]
    return _table(widths, [_row(top, head=True), _row(body)], style) + gap()


# ---------------------------------------------------------------------------------------------------- blocks


def summary() -> str:
    """The case on one page: what is asked, both limbs of section 36(8), needs, support, outcomes and views, with pages.

    Every line leads to where it is told in full: a link in a bundle, a part's number in the request alone.
    """
    where = (
        "{% if row.refs %} ({% for ref in row.refs %}{% if not loop.first %}; {% endif %}"
        "{% if ref.link %}{{ ref.text | link(ref.link) }}{% else %}{{ ref.text }}{% endif %}{% endfor %}){% endif %}"
    )
    return each(
        "group in facts.summary",
        para("{{ group.head }}", "SummaryHeading"),
        each(
            "row in group.rows",
            para("{% if row.label %}**{{ row.label }}:** {% endif %}{{ row.text }}" + where, "SummaryText"),
        ),
    )


def told_elsewhere(what: str, topic: str) -> str:
    """In a bundle: what another part tells, and where, instead of telling it again."""
    return when(f"facts.told_in.{topic}", para(f"**{what}:** {{{{ facts.told_in.{topic} }}}}."))


def copies(field: str) -> str:
    """Who has a copy, since when and in which form."""
    return when(field, para(_copied(field), "SmallPrint"))


def copies_line(field: str) -> str:
    """The same within a paragraph; nothing where nobody has one."""
    return f"{{% if {field} %}}{_copied(field)}{{% endif %}}"


def _copied(field: str) -> str:
    return (
        f"**Copies:** {{% for copy in {field} %}}{{% if not loop.first %}}; {{% endif %}}{{{{ copy.to }}}}, {{{{ copy.date | short_date }}}}"
        "{% if copy.format %} ({{ copy.format }}){% endif %}{% endfor %}."
    )


def actions(field: str) -> str:
    """What will be done, by whom and by when."""
    return table(
        f"action in {field}",
        ("What", 4.4, "{{ action.what }}"),
        ("Who", 2, "{{ action.who }}"),
        (
            "By when",
            3.7,
            "{{ action.by | short_date }}{% if action.done %}, done {{ action.done | short_date }}{% endif %}",
        ),
        split=False,
    )


def sign_line(who: str) -> str:
    """A line to sign on, with the name and capacity under it; several in a row stay on one page."""
    return para("Signed \t  Date \t", "Sign") + para(who, "SmallPrint", more=KEEP)


_HOLDS = (
    "**{{ s.person }}** ({{ s.capacity | label }}): {{ words.signed }} on {{ s.date }}"
    "{% if s.method %}, {{ s.method | label | lower }}{% endif %}."
)


def signatures(given: str, *lines: str) -> str:
    """Who signed or agreed, in which capacity and when; blank lines to sign where nothing is recorded yet.

    What is recorded stays on one page, so that nobody is asked to trust a page with half of the names.
    """
    recorded = each(
        f"s in {given}",
        when(
            "s.holds",
            # The last one may stand above what follows it, such as the copies: only the names belong together.
            when("loop.last", para(_HOLDS), otherwise=[para(_HOLDS, more=KEEP)]),
            otherwise=[
                when("s.date", para(
                    "**{{ s.person }}** ({{ s.capacity | label }}): {{ words.signed }} on {{ s.date }}{% if s.of %} as of {{ s.of }}{% endif %}; "
                    "changes since then not yet {{ words.signed }}.", more=KEEP)),
                sign_line("{{ s.person }} ({{ s.capacity | label }})"),
            ],
        ),
    )  # fmt: skip
    record = given.removeprefix("facts.agreed.")
    left = each(f"person in facts.to_sign.{record}", sign_line("{{ person }}")) if record != given else ""
    return when(given, recorded, left, otherwise=lines)


_SHARED = (
    "{% if facts.shared_minutes == facts.weekly_minutes %}, all in a group"
    "{% elif facts.shared_minutes %}, {{ facts.shared_minutes | as_hours }} of them in a group{% endif %}"
)


def cost_of_support() -> str:
    """What the running support costs in a year and how far that is from what a school is expected to find from its own budget; hours, shared ones apart."""
    return when(
        "facts.yearly_cost is not none",
        para(
            "**Cost of this support over a whole year: {{ facts.yearly_cost | money }}**"
            "{% if facts.weekly_minutes is not none %}, {{ facts.weekly_minutes | as_hours }} a week"
            + _SHARED
            + "{% endif %}. "
            "That is {% if facts.over_threshold == 0 %}exactly{% elif facts.over_threshold > 0 %}{{ facts.over_threshold | money }} above"
            "{% else %}{{ facts.over_threshold | abs | money }} below{% endif %} the £6,000 a year that a school is expected to find from its own budget."
            "{% if facts.equipment_cost %} {{ facts.equipment_cost | money }} of it is for equipment.{% endif %}"
        ),
    )


def responsibilities(field: str) -> str:
    """What pupil, family, school and other services each do."""

    def row(who: str, part: str) -> tuple[str, str, Cell]:
        points = each(f"point in {field}.{part}", para("{{ point }}", "TableBullet"))
        return f"if {field}.{part}", who, [points]

    return grid(
        (("Who", 2.2), ("What they will do", 7.2)),
        [
            row("{{ facts.first_name }}", "pupil"),
            row("Family", "family"),
            row("School", "school"),
            row("Other services", "services"),
        ],
    )


def help_and_information(head: str) -> str:
    """Where families find advice: each link that school.yaml holds, under a heading; nothing when it holds none."""
    rows = (
        ("sendiass", "Free, independent advice ({{ words.sendiass }})"),
        ("local_offer", "{{ words.local_offer }} of the local authority"),
        ("sen_information_report", "Our SEN information report"),
        ("complaints", "If you want to complain"),
    )
    links = (
        when(f"school.links.{key}", para(f"{text}: {{{{ school.links.{key} }}}}", "ListBullet")) for key, text in rows
    )
    return when("school.links", head, *links)
