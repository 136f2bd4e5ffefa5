"""Templates that would fill the memory or never end: told in a sentence, in a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.documents.templates.render import TemplateFailed, load_template, render
from tests.word_files import paragraphs

GREEDY = [
    "{{ 9**(9**9) }}",
    "{{ 9.5**99999 }}",
    "{{ 10**400 * 10**4000 }}",
    "{{ 'x' * 999999999 }}",
    "{{ 999999999 * 'x' }}",
    "{{ ([1] * 99999999) | length }}",
    "{{ '%99999999d' % 1 }}",
    "{{ '%*d' % (99999999, 1) }}",
    "{{ '{:>99999999}'.format('x') }}",
    "{{ '{:>{}}'.format('x', 99999999) }}",
    "{{ 'x'.ljust(99999999) }}",
    "{{ 'x'.zfill(99999999) }}",
    "{{ (5).to_bytes(99999999, 'big') | length }}",
    "{{ ('x' * 99999).replace('x', 'y' * 99999) | length }}",
    "{{ ('x' * 99999) | replace('x', 'y' * 99999) | length }}",
    "{{ (('x' * 99999).split('x') | join('y' * 99999)) | length }}",
    "{{ ('y' * 99999).join(('x' * 99999).split('x')) | length }}",
    "{{ ([['x' * 99999] * 99999] * 9) | string | length }}",
    "{{ ([[1] * 99999] * 99999) | sum(start=[]) | length }}",
    "{{ ([1] | batch(99999999, 'x') | list) | length }}",
    "{{ range(10**9) | list | length }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% for a in 'x' * 99999 %}{% for b in 'x' * 99999 %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{{ 'x' * 99999 }}{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(9) %}" + "long words " * 30 + "{% endfor %}{% endfor %}",
    "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% set a = 'x' * 99999 %}"
    + "".join(f"{{% set a{n} = a{n - 1 if n else ''} ~ a{n - 1 if n else ''} %}}" for n in range(40))
    + "{{ a39 | length }}",
    "{% filter upper %}{% for i in range(99999) %}{{ 'x' * 99999 }}{% endfor %}{% endfilter %}",
    "{% set a %}{% for i in range(99999) %}" + "long words " * 300 + "{% endfor %}{% endset %}{{ a | length }}",
    "{{ " + "(" * 900 + "1" + ")" * 900 + " }}",
    "{{ " + "[" * 3000 + "]" * 3000 + " }}",
    "{{ 1" + "+1" * 20000 + " }}",
    "{% if 1 %}" * 900 + "{% endif %}" * 900,
    "{{ 1 | round(999999999) }}{{ 9**(9**9) }}",
]


@pytest.mark.whole
@pytest.mark.parametrize("text", GREEDY)
def test_a_template_that_asks_for_too_much_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "greedy.docx").write_bytes(paragraphs(text))
    with pytest.raises(TemplateFailed) as failed:
        render(load_template(tmp_path / "greedy.docx", None), {})
    assert "greedy.docx" in str(failed.value)


MODEST = {
    "{{ 2**10 }} {{ 3 * 4 }} {{ 'ab' * 3 }} {{ 7 % 4 }}": "1024 12 ababab 3",
    "{% for n in range(3) %}{{ n }}{{ ',' if not loop.last }}{% endfor %} {{ range(5) | length }}": "0,1,2 5",
    "{% for n in [4, 5] %}{{ loop.index }}/{{ loop.length }} {% endfor %}": "1/2 2/2",
    "{{ 'cycle-' ~ 3 ~ name }} {{ '<' ~ '>' }}": "cycle-3Ada <>",
    "{{ 'a-b' | replace('-', ' ') }} {{ '{:.1f}'.format(2.25) }} {{ '%.1f' % 3.14 }}": "a b 2.2 3.1",
    "{% for row in [1, 2, 3] | batch(2, 0) %}{{ row | join('+') }};{% endfor %}": "1+2;3+0;",
    "{{ [1, 2, 3] | sum }} {{ 2.345 | round(2) }} {{ 5 | string }}": "6 2.35 5",
    "{% filter upper %}a{{ name }}{% endfilter %}{% set b %}<{{ name }}>{% endset %}{{ b }}": "AADA<Ada>",
    "{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(name) }}": "[Ada]",
    "{% for n in [] %}x{% else %}none{% endfor %}": "none",
}


@pytest.mark.parametrize("text", MODEST)
def test_what_documents_need_still_works(text: str, tmp_path: Path) -> None:
    from generator.word_files.docx_package import parse, read_package

    (tmp_path / "modest.docx").write_bytes(paragraphs(text))
    made = read_package(render(load_template(tmp_path / "modest.docx", None), {"name": "Ada"}))
    assert "".join(parse(made.parts[made.main]).itertext()).strip() == MODEST[text].strip()
