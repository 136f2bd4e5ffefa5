"""Old fields, bound and repeating controls, protection: filled as Word sets them, and the rest as it was."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import date
from pathlib import Path

import docx
import pikepdf
import pytest

from generator.cases.case import Case
from generator.engines import converter
from generator.forms.answer_places.in_word_files.paragraph import W
from generator.forms.answer_places.place import FormRefused
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.answering.place_answers import answers
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.learn import learn
from generator.forms.filling.fill_word import FilledWord, fill_word
from generator.word_files.docx_package import packed, parse, unpacked
from tests.conftest import need_program
from tests.forms.conftest import confirmed
from tests.forms.invented_pdf import kilnshire
from tests.forms.word_mechanics import harrowmere

DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def filled(ada: Case) -> FilledWord:
    blank = read_form_file(harrowmere(), "harrowmere.docx")
    form = learn(blank, "harrowmere", "standard", load_dictionary(), DAY)
    return fill_word(blank.content, answers(confirmed(form), ada))


@pytest.fixture(scope="module")
def parts(filled: FilledWord) -> dict[str, bytes]:
    return unpacked(filled.content)


def test_an_old_text_field_holds_the_answer_between_its_marks(parts: dict[str, bytes]) -> None:
    body = parts["word/document.xml"].decode()
    first = re.search(r'FORMTEXT.*?fldCharType="separate"/>(.*?)<w:fldChar w:fldCharType="end"', body, re.DOTALL)
    assert first is not None and re.findall(r"<w:t[^>]*>([^<]*)", first[1]) == ["Brown"]
    assert body.count("FORMTEXT") == 2 and 'w:maxLength w:val="30"' in body


def test_what_a_field_has_no_room_for_goes_to_the_sheet(filled: FilledWord) -> None:
    [over] = filled.overflow
    assert (over.label, over.text, over.reason) == ("UPN", "X999400122017", "13 characters for 4")


def test_the_state_of_an_old_box_is_in_its_data(parts: dict[str, bytes]) -> None:
    root = parse(parts["word/document.xml"])
    states = [box.find(W + "checked") for box in root.iter(W + "checkBox")]
    told = [state is not None and state.get(W + "val", "1") not in ("0", "false") for state in states]
    assert told == [False, True], "English is Ada's first language: No"


def test_a_bound_answer_is_in_its_store_and_in_every_control_that_shows_it(parts: dict[str, bytes]) -> None:
    store = parse(parts["customXml/item7.xml"])
    assert store.findtext("forenames") == "Ada Rose" and (store.findtext("born") or "").startswith("2018-05-14")
    for name in ("word/document.xml", next(n for n in parts if "header" in n and b"dataBinding" in parts[n])):
        controls = [c for c in parse(parts[name]).iter(W + "sdt") if c.find(f"{W}sdtPr/{W}dataBinding") is not None]
        assert controls and all(c.find(f"{W}sdtPr/{W}showingPlcHdr") is None for c in controls)
        assert any("Ada Rose" in "".join(map(str, c.itertext())) for c in controls)
    born = next(d for d in parse(parts["word/document.xml"]).iter(W + "date"))
    assert (born.get(W + "fullDate") or "").startswith("2018-05-14")


def test_a_repeating_section_repeats_its_item_with_ids_of_its_own(parts: dict[str, bytes], ada: Case) -> None:
    root = parse(parts["word/document.xml"])
    items = [
        sdt for sdt in root.iter(W + "sdt") for mark in sdt.findall(f"{W}sdtPr/*") if mark.tag.endswith("SectionItem")
    ]
    wanted = ada.data("pupil")["attainment"]
    assert len(items) == len(wanted) > 1
    ids = [row.get(W + "val") for row in root.iter(W + "id") if row.getparent().tag == W + "sdtPr"]  # type: ignore[union-attr]
    assert len(ids) == len(set(ids))
    said = ["".join(map(str, item.itertext())) for item in items]
    assert all(str(row["subject"]) in text for text, row in zip(said, wanted, strict=True)), said


def test_protection_stays_with_its_hash_and_other_parts_are_the_same(parts: dict[str, bytes]) -> None:
    before = unpacked(harrowmere())
    assert b'w:enforcement="1"' in parts["word/settings.xml"] and b"aGFzaA==" in parts["word/settings.xml"]
    changed = {name for name in before if parts[name] != before[name]}
    assert changed <= {"word/document.xml", "customXml/item7.xml", *(n for n in before if "header" in n)}
    assert docx.Document(io.BytesIO(packed(parts))).tables[0].rows[1].cells[0].text == "Forename(s)"


# -- other files ------------------------------------------------------------------------------------------------------


def with_change(change: str) -> bytes:
    """The PDF form as an XFA form, as one with XFA beside its fields, or signed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(kilnshire()[0])) as pdf:
        form = pdf.Root.AcroForm
        if change.startswith("xfa"):
            form.XFA = pdf.make_stream(b"<xdp/>")
        if change == "xfa alone":
            form.Fields = pikepdf.Array()
            del pdf.pages[0].obj["/Annots"]
        if change == "signed":
            mark = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=pikepdf.String("x"))
            field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("Signature"), V=pdf.make_indirect(mark))
            form.Fields.append(pdf.make_indirect(field))
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("change", "says"), [("xfa alone", "XFA form"), ("signed", "signed already")])
def test_an_xfa_or_signed_form_is_refused_with_a_sentence(change: str, says: str) -> None:
    with pytest.raises(FormRefused, match=says) as caught:
        read_form_file(with_change(change), "form.pdf")
    assert "ask the authority" in caught.value.advice


def test_a_form_that_also_holds_xfa_is_read_by_its_fields_and_says_so() -> None:
    blank = read_form_file(with_change("xfa beside"), "form.pdf")
    assert blank.places and any("XFA" in note for note in blank.notes)


@pytest.mark.whole
def test_an_open_document_form_is_learned_as_the_word_form_is(tmp_path: Path) -> None:
    program = need_program("soffice")
    (tmp_path / "form.docx").write_bytes(harrowmere())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "odt", "--outdir", tmp_path, tmp_path / "form.docx"],
        check=True,
        capture_output=True,
        timeout=300,
    )
    reader = converter.start()
    try:
        blank = read_form_file((tmp_path / "form.odt").read_bytes(), "form.odt", reader.to_word)
    finally:
        reader.close()
    form = learn(blank, "form", "standard", load_dictionary(), DAY)
    fields = {place.fields[0] for place in form.places if place.fields}
    assert {"pupil.legal_surname", "pupil.date_of_birth", "pupil.upn"} <= fields
    assert any("turned into Word" in note for note in blank.notes)
