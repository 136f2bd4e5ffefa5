"""Words that Word hides under the shade behind them stay hidden where the built-in engine draws the file: by pixels."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.engines.real_engines import converted, engine_called
from tests.raw_word import NAMESPACES, para, run, word

BLACK = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
NO_LIGHT = '<w:highlight w:val="none"/>'


def covered(properties: str, of_paragraph: str = "", styles: str = "") -> float:
    """How much of the ground of the only line is dark."""
    written = f"<w:styles {NAMESPACES}>{styles}</w:styles>"
    content = word(
        para(run("Jordan Peters", properties), properties=of_paragraph),
        {"word/styles.xml": written},
        {"rS": ("styles", "styles.xml")},
    )
    engine = engine_called("embedded")
    opened = pypdfium2.PdfDocument(converted(engine, content).content)
    engine.close()
    page = opened[0].render(scale=2, grayscale=True).to_pil()
    opened.close()
    line = page.crop(page.point(lambda dot: 255 * (dot < 250)).getbbox())
    return sum(line.histogram()[:80]) / (line.width * line.height)


def style(kind: str, name: str, look: str, based: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{on}<w:rPr>{look}</w:rPr></w:style>'


@pytest.mark.parametrize(
    "shade",
    [
        NO_LIGHT + BLACK,
        '<w:shd w:val="pct95" w:color="auto" w:fill="auto"/>',
        '<w:shd w:val="pct90" w:color="000000" w:fill="FFFFFF"/>',
        '<w:shd w:val="clear" w:color="auto" w:fill="black"/>',
        '<w:shd w:val="clear" w:color="auto" w:fill="auto" w:themeFill="text1"/>',
        '<w:shd w:val="pct10" w:color="FFFFFF" w:fill="000000"/>',
    ],
)
def test_black_however_it_is_written_hides_the_words(shade: str) -> None:
    assert covered(shade) > 0.8


@pytest.mark.parametrize(
    "shade",
    [
        '<w:shd w:val="nil" w:color="auto" w:fill="000000"/>',
        '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>',
        '<w:shd w:val="pct5" w:color="auto" w:fill="auto"/>',
        '<w:highlight w:val="yellow"/>' + BLACK,
    ],
)
def test_what_hides_nothing_in_word_hides_nothing(shade: str) -> None:
    assert covered(shade) < 0.4


def test_the_shade_of_a_style_hides_its_words() -> None:
    letters = style("character", "Out", BLACK) + style("character", "Own", "<w:b/>", "Out")
    whole = style("paragraph", "Gone", BLACK)
    assert covered('<w:rStyle w:val="Own"/>', styles=letters) > 0.8
    assert covered('<w:rStyle w:val="Own"/>' + NO_LIGHT, styles=letters) > 0.8
    assert covered("", '<w:pStyle w:val="Gone"/>', whole) > 0.8
    plain = '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
    assert covered(plain, '<w:pStyle w:val="Gone"/>', whole) < 0.4, "the run has it taken away again"
