"""The house style: every named style, list, header and footer that the standard templates share."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from dataclasses import dataclass

FONT = "Arial"
TEAL, TEAL_TINT = "17505E", "E6F0F1"
RUST, RUST_TINT = "85420F", "FBF0E4"
GREEN, GREEN_TINT = "3B5B1D", "EEF4E7"
GREY = "505A5F"
RULE = "B8C7CB"
WHITE = "FFFFFF"

TEXT_WIDTH = 9638
"""Twentieths of a point between the margins of an A4 page held upright."""
WIDE = 14570
"""The same for an A4 page held sideways."""

MARGINS = (
    '<w:pgMar w:top="1219" w:right="1134" w:bottom="1077" w:left="1134" w:header="567" w:footer="482" w:gutter="0"/>'
)
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Style:
    """One paragraph style: name as Word shows it, size in points, space in points, and what sets it apart."""

    id: str
    name: str
    size: float = 12
    bold: bool = False
    colour: str = ""
    before: float = 0
    after: float = 6
    line: float = 1.15
    based_on: str = "Normal"
    next: str = ""
    level: int = 0
    more: str = ""
    """Other paragraph properties that stand before spacing in the schema's order."""
    indent: str = ""
    keep: bool = False
    centred: bool = False


def _edge(side: str, colour: str, size: int, space: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _numbered(number: int) -> str:
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'


_RIGHT_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
_SIGN_TABS = (
    '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="6350"/>'
    f'<w:tab w:val="right" w:leader="underscore" w:pos="{TEXT_WIDTH}"/></w:tabs>'
)
_LABELS = 2948
"""Twentieths of a point from the margin to where the value of a line of details begins."""
_IDEA = 1021
"""Twentieths of a point from the margin to the words of a line that has a picture."""
_IDEA_TAB = f'<w:keepLines/><w:tabs><w:tab w:val="left" w:pos="{_IDEA}"/></w:tabs>'
_OWN_WORDS = (
    f"<w:pBdr>{_edge('left', TEAL, 24, 8)}</w:pBdr>" + f'<w:shd w:val="clear" w:color="auto" w:fill="{TEAL_TINT}"/>'
)

STYLES = (
    Style("Title", "Title", 23, True, TEAL, after=2, line=1.0, next="Subtitle", level=1, keep=True),
    Style("Subtitle", "Subtitle", 12.5, colour=GREY, after=10, line=1.05, next="Normal", keep=True),
    Style(
        "Heading1", "heading 1", 16, True, TEAL, before=16, after=6, line=1.0, next="Normal", level=1, keep=True,
        more=f"<w:pBdr>{_edge('bottom', TEAL, 8, 2)}</w:pBdr>",
    ),
    Style("Heading2", "heading 2", 13, True, TEAL, before=8, after=2, line=1.0, next="Normal", level=2, keep=True),
    Style("Heading3", "heading 3", 12, True, before=8, after=2, line=1.0, next="Normal", level=3, keep=True),
    Style("ListBullet", "List Bullet", after=2, line=1.07, more=_numbered(1), indent='w:left="397" w:hanging="284"'),
    Style("ListNumber", "List Number", after=3, line=1.1, more=_numbered(2), indent='w:left="454" w:hanging="454"'),
    Style(
        "DetailLine", "Detail Line", 11.5, after=2, line=1.05,
        more=f'<w:keepLines/><w:tabs><w:tab w:val="left" w:pos="{_LABELS}"/></w:tabs>',
        indent=f'w:left="{_LABELS}" w:hanging="{_LABELS}"',
    ),
    Style("RunIn", "Run-in Text", 11.5, after=4, line=1.08),
    Style("SummaryText", "Summary Text", 10.5, after=2, line=1.0),
    Style("SummaryHeading", "Summary Heading", 11.5, True, TEAL, before=5, after=1, line=1.0, next="SummaryText", level=2, keep=True),
    Style("Hint", "Hint", 14, colour=GREY, after=4, line=1.08),
    Style("LargeText", "Large Text", 16, after=8, line=1.25),
    Style("LargeBullet", "Large Bullet", 16, after=6, line=1.25, more=_numbered(4), indent='w:left="454" w:hanging="340"'),
    Style("IdeaLine", "Idea Line", 16, after=8, line=1.15, more=_IDEA_TAB, indent=f'w:left="{_IDEA}" w:hanging="{_IDEA}"'),
    Style("IdeaBullet", "Idea Bullet", 16, after=8, line=1.15, more=_numbered(4), indent=f'w:left="{_IDEA}" w:hanging="340"'),
    Style("FaceLine", "Face Line", 14, before=3, after=3, line=1.0, centred=True),
    Style("Question", "Question", 14, True, TEAL, before=8, after=2, line=1.0, next="WriteHere", level=2, keep=True),
    Style("LargeHeading", "Large Heading", 14, True, WHITE, before=3, after=3, line=1.0, level=2, keep=True),
    Style("LargeHead", "Large Head", 14, True, WHITE, before=3, after=3, line=1.0, keep=True),
    Style("LargeLabel", "Large Label", 14, True, before=3, after=3, line=1.05),
    Style("TableText", "Table Text", 11, before=1.5, after=1.5, line=1.05),
    Style("TableHeading", "Table Heading", 11, True, WHITE, before=2, after=2, line=1.0, based_on="TableText", keep=True),
    Style("TableLabel", "Table Label", 11, True, before=1.5, after=1.5, line=1.05, based_on="TableText"),
    Style("TableNote", "Table Note", 11, after=1.5, line=1.05, based_on="TableText", indent='w:left="227"'),
    Style(
        "TableBullet", "Table Bullet", 11, before=0.5, after=1.5, line=1.05, based_on="TableText", more=_numbered(3),
        indent='w:left="284" w:hanging="227"',
    ),
    Style("OwnWords", "Own Words", after=5, line=1.1, more=_OWN_WORDS, indent='w:left="284" w:right="170"'),
    Style("SmallPrint", "Small Print", 11, colour=GREY, before=3, after=4, line=1.05),
    Style("PhotoLine", "Photo Line", before=4, after=4, line=1.0, centred=True),
    Style("ChartLine", "Chart Line", before=3, after=3, line=1.0),
    Style("Gap", "Gap", 5, after=0, line=1.0),
    Style("Sign", "Sign Here", before=20, after=2, line=1.0, more=_SIGN_TABS, keep=True),
    Style("WriteHere", "Write Here", before=8, after=8, line=1.0,
          more=f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{TEXT_WIDTH}"/></w:tabs>'),
    Style("TickLine", "Tick Line", after=3, line=1.1, indent='w:left="397" w:hanging="397"'),
    Style("AddressLine", "Address Line", after=0, line=1.1),
    Style("CoverTitle", "Cover Title", 21, True, TEAL, after=4, line=1.0, next="CoverText", keep=True),
    Style("CoverText", "Cover Text", 14, colour=GREY, after=4, line=1.05),
    Style("PanelHeading", "Panel Heading", 13.5, True, WHITE, before=3, after=3, line=1.0, level=2, keep=True),
    Style("Header", "header", 9, colour=GREY, after=0, line=1.0,
          more=f"<w:pBdr>{_edge('bottom', RULE, 6, 4)}</w:pBdr>{_RIGHT_TAB}"),
    Style("Footer", "footer", 9, colour=GREY, after=0, line=1.0,
          more=f"<w:pBdr>{_edge('top', RULE, 6, 4)}</w:pBdr>{_RIGHT_TAB}"),
    Style("LetterheadName", "Letterhead Name", 15, True, TEAL, after=1, line=1.0),
    Style("LetterheadText", "Letterhead Text", 10, colour=GREY, after=0, line=1.0,
          more=f"<w:pBdr>{_edge('bottom', TEAL, 8, 4)}</w:pBdr>"),
)  # fmt: skip


@dataclass(frozen=True)
class TableStyle:
    """One table style: its name, the colour of its head, what lies behind all cells and behind row labels, its lines."""

    id: str
    name: str
    head: str = ""
    tint: str = ""
    labels: str = ""
    lines: str = RULE
    above: int = 28
    """Twentieths of a point between a cell's edge and its first line."""


TABLE_STYLES = (
    TableStyle("RecordTable", "Record Table", TEAL, labels=TEAL_TINT),
    TableStyle("PanelOne", "Panel One", RUST, RUST_TINT, lines=RUST, above=80),
    TableStyle("PanelTwo", "Panel Two", TEAL, TEAL_TINT, lines=TEAL, above=80),
    TableStyle("PanelThree", "Panel Three", GREEN, GREEN_TINT, lines=GREEN, above=80),
    TableStyle("WritingBox", "Writing Box", TEAL, lines=TEAL, above=60),
    TableStyle("PictureTable", "Picture Table", lines=""),
)
"""Every colour of a table is here, so that a school changes it in one place: the table style in house.docx."""


def _table_style(style: TableStyle) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{style.lines}"/>' if style.lines else ""
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:style w:type="table" w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:basedOn w:val="TableNormal"/>'
        f"<w:qFormat/><w:tblPr>{f'<w:tblBorders>{sides}</w:tblBorders>' if sides else ''}"
        f'<w:tblCellMar><w:top w:w="{style.above}" w:type="dxa"/><w:left w:w="113" w:type="dxa"/>'
        f'<w:bottom w:w="28" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"{_filled(style.tint)}{_part_style('firstRow', style.head)}{_part_style('firstCol', style.labels)}</w:style>"
    )


def _filled(colour: str) -> str:
    return f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{colour}"/></w:tcPr>' if colour else ""


def _part_style(part: str, colour: str) -> str:
    return f'<w:tblStylePr w:type="{part}">{_filled(colour)}</w:tblStylePr>' if colour else ""


def fonts() -> str:
    """The font for every script, so that no machine falls back on its own."""
    return f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _paragraph_style(style: Style) -> str:
    keep = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    spacing = (
        f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" '
        f'w:line="{round(style.line * 240)}" w:lineRule="auto"/>'
    )
    indent = f"<w:ind {style.indent}/>" if style.indent else ""
    centred = '<w:jc w:val="center"/>' if style.centred else ""
    level = f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else ""
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    follows = f'<w:next w:val="{style.next}"/>' if style.next else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on}"/>{follows}<w:qFormat/>'
        f"<w:pPr>{keep}{style.more}{spacing}{indent}{centred}{level}</w:pPr>"
        f"<w:rPr>{bold}{colour}{_size(style.size)}</w:rPr></w:style>"
    )


def styles_xml() -> str:
    """word/styles.xml: the styles above and the few that Word cannot do without."""
    return (
        f"{XML}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts()}{_size(12)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="90" w:line="262" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="28" w:type="dxa"/><w:left w:w="113" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/>'
        '<w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        + "".join(_paragraph_style(style) for style in STYLES)
        + "".join(_table_style(style) for style in TABLE_STYLES)
        + '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
        "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:rPr><w:color w:val="0B4F8A"/><w:u w:val="single"/></w:rPr></w:style></w:styles>'
    )


def _list(number: int, text: str, kind: str, style: str, indent: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind {indent}/></w:pPr><w:rPr>{fonts()}</w:rPr></w:lvl></w:abstractNum>'
    )


def numbering_xml() -> str:
    """word/numbering.xml: one real list for each list style."""
    lists = (
        _list(1, "•", "bullet", "ListBullet", 'w:left="397" w:hanging="284"'),
        _list(2, "%1.", "decimal", "ListNumber", 'w:left="454" w:hanging="454"'),
        _list(3, "•", "bullet", "TableBullet", 'w:left="284" w:hanging="227"'),
        _list(4, "•", "bullet", "LargeBullet", 'w:left="454" w:hanging="340"'),
    )
    numbers = (f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3, 4))
    return f"{XML}<w:numbering {NAMESPACES}>{''.join(lists)}{''.join(numbers)}</w:numbering>"


def settings_xml() -> str:
    """word/settings.xml: laid out as Word 2013 and later do."""
    return (
        f'{XML}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB"/></w:settings>'
    )
