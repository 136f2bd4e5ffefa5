"""How long it takes to learn an authority's form and to fill it for one pupil.

    .venv/bin/python -m tests.bench.bench_forms [FORM...]

Without names, the invented forms of the tests. Goals: learned within 3 seconds, filled within half a second.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.learn import learn
from generator.forms.filling.fill_form import fill_form
from tests.example_school import ROOT
from tests.forms.invented_forms import FORMS
from tests.forms.invented_pdf import kilnshire


def main(names: list[str]) -> None:
    """Say for each form the seconds of both."""
    case = load_case(find_project(ROOT), "ada-brown").case
    assert case is not None
    files = {Path(name).name: Path(name).read_bytes() for name in names}
    files = files or {f"{name}.docx": make().content() for name, make in FORMS.items()} | {
        "kilnshire.pdf": kilnshire()[0]
    }
    for name, content in files.items():
        began = perf_counter()
        blank = read_form_file(content, name)
        form = learn(blank, Path(name).stem, "standard", load_dictionary(), date.today())
        learned = perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, form.file)
            copy.write_bytes(blank.content)
            sure = tuple(replace(place, sure=True) for place in form.places)
            start = perf_counter()
            fill_form(replace(form, places=sure, blank=copy), case)
        print(
            f"{name}: {len(form.places)} places, learned {learned - began:.2f} s, filled {perf_counter() - start:.2f} s"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
