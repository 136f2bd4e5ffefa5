"""Forms are made for those who are asked, and what they fill in comes back at its question."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from generator.engines import choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.forms.given.ask import AskedForm, day_due, give_forms, prepare
from generator.forms.given.reference import new_reference, references_in
from generator.forms.given.whom_to_ask import whom_to_ask
from generator.forms.returned.take_answers import ReturnedForm, look_at, take
from generator.word_files.docx_package import Member, W, parse, read_package, write_package
from tests.example_school import copy_school, sendpack
from tests.forms.returned.filled_controls import filled_pdf, filled_word
from tests.verapdf import failures_of

ADA, KACPER, MAISIE = "ada-brown", "kacper-wisniewski", "maisie-thorne"
DAY = date(2026, 11, 29)
BACK = date(2026, 12, 3)

PARENT = {
    "like": "She sings.\nAnd she rang her nana.",
    "school": "The mornings.",
    "hope": "A vet!",
    "helped/0": "x",
    "helped": "my sister",
    "signed": "Samira Brown",
    "date": "1 December 2026",
    "who": "Samira, mum",
}
PUPIL = {
    "reading/2": "x",
    "likes": "Biscit",
    "family_knows/0": "x",
    "meeting/1": "x",
    "own_words/0": "x",
    "signed": "J. Begum",
    "date": "2 December 2026",
}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return find_project(copy_school(tmp_path_factory.mktemp("ask") / "school", ADA, KACPER, MAISIE))


@pytest.fixture(scope="module")
def made(school: Project) -> Iterator[dict[str, list[AskedForm]]]:
    """Every form of Ada and the one of Kacper's father, made once."""
    engine = choose("embedded")
    found = {}
    for name, pupil in (
        *((form, ADA) for form in ("parents", "pupil", "teachers", "ta", "professional")),
        ("pl", KACPER),
    ):
        case = load_case(school, pupil).case
        assert case is not None
        form = "parents" if name == "pl" else name
        people = whom_to_ask(case, form, ("Tomasz Wiśniewski",) if name == "pl" else (), DAY)
        found[name] = give_forms(school, case, prepare(school, case, form, people, DAY), engine, DAY)
    engine.close()
    yield found


def file_of(form: AskedForm, ending: str) -> bytes:
    return next(file for file in form.files if file.name.endswith(ending)).read_bytes()


def answers(form: ReturnedForm) -> dict[str, str]:
    assert form.read is not None, form.refused
    found = {}
    for one in form.read.answers:
        if not one.empty:
            found[one.question] = one.text or ", ".join(one.chosen) or "x"
    return found


# -- what is made -----------------------------------------------------------------------------------------------------


@pytest.mark.whole
def test_each_person_gets_a_form_whose_name_tells_no_child(made: dict[str, list[AskedForm]]) -> None:
    assert [one.person.name for one in made["parents"]] == ["Samira Brown", "Daniel Brown"]
    assert "Mrs Jahanara Begum" in [one.person.name for one in made["ta"]]
    assert len(made["professional"]) == 4  # not the therapist who closed the case in July
    for one in (form for forms in made.values() for form in forms):
        assert {file.suffix for file in one.files} == {".docx", ".pdf"}
        assert not any("ada" in file.name or "kacper" in file.name for file in one.files)


@pytest.mark.whole
def test_the_record_says_what_was_asked_of_whom_and_by_when(school: Project, made: dict[str, list[AskedForm]]) -> None:
    case = load_case(school, ADA).case
    assert case is not None
    record = next(r for r in case.by_kind["asked"] if r.path == made["parents"][0].record)
    assert record.data["to"] == "Samira Brown" and record.data["person"] == "samira"
    assert record.data["asked_on"] == DAY and record.data["due"] > DAY and record.data["meeting"] == date(2026, 12, 8)


def test_every_control_has_a_title_and_every_field_a_name_that_is_read_out(made: dict[str, list[AskedForm]]) -> None:
    for name in ("parents", "pupil", "teachers", "professional"):
        package = read_package(file_of(made[name][0], ".docx"))
        controls = list(parse(package.parts[package.main]).iter(W + "sdtPr"))
        assert controls and all(c.find(W + "alias").get(W + "val") for c in controls)  # type: ignore[union-attr]
        ids = [c.find(W + "id").get(W + "val") for c in controls]  # type: ignore[union-attr]
        assert len(set(ids)) == len(ids)
        with pikepdf.open(io.BytesIO(file_of(made[name][0], ".pdf"))) as pdf:
            fields = list(pdf.Root.AcroForm.Fields)
            tags = {str(c.find(W + "tag").get(W + "val")) for c in controls}  # type: ignore[union-attr]
            assert {str(f.T) for f in fields} == tags, name
            assert all(str(f.TU) and "/StructParent" in f and f.AP.N is not None for f in fields)


def test_each_face_has_a_box_that_says_its_question_and_what_it_means(made: dict[str, list[AskedForm]]) -> None:
    package = read_package(file_of(made["pupil"][0], ".docx"))
    titles = [str(a.get(W + "val")) for a in parse(package.parts[package.main]).iter(W + "alias")]
    assert titles[:3] == ["Lessons: good", "Lessons: OK", "Lessons: hard"]
    with pikepdf.open(io.BytesIO(file_of(made["pupil"][0], ".pdf"))) as pdf:
        said = {str(f.T): str(f.TU) for f in pdf.Root.AcroForm.Fields if str(f.FT) == "/Btn"}
    assert said["sendpack:friends/2"] == "My friends: hard" and len(said) >= 18


def test_the_fields_of_a_pdf_are_read_out_where_they_stand(made: dict[str, list[AskedForm]]) -> None:
    """In the structure each field follows its question: a screen reader comes to it after the words that ask."""
    with pikepdf.open(io.BytesIO(file_of(made["parents"][0], ".pdf"))) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for field in pdf.Root.AcroForm.Fields:
            element = parents[int(field.StructParent)]
            assert element.S == "/Form" and element.K.Obj.objgen == field.objgen
        order = list(roles_with_names(pdf.Root.StructTreeRoot.K))
    headings = [n for n, (role, _) in enumerate(order) if role == "/H2"]
    fields = {name: n for n, (role, name) in enumerate(order) if role == "/Form"}
    first = fields["What we like about Ada, and what goes well at home"]
    second = fields["What goes well at school"]
    assert first < second and [n for n in headings if first < n < second], "each stands below a heading of its own"
    assert fields["Signed"] < fields["Date"] < fields["Your name, and who you are to"]
    assert fields["What goes well at school"] < fields["Signed"]


def roles_with_names(element: object) -> Iterator[tuple[str, str]]:
    """The roles of a structure in the order in which it is read, with the words for somebody who listens."""
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from roles_with_names(one)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield str(element.S), str(element.get("/Alt", ""))
        yield from roles_with_names(element.get("/K"))


@pytest.mark.whole
def test_a_form_with_fields_conforms_to_pdf_ua(made: dict[str, list[AskedForm]]) -> None:
    names = ("parents", "pupil", "teachers", "professional", "pl")
    files = [next(file for file in made[name][0].files if file.suffix == ".pdf") for name in names]
    assert failures_of(files) == [[] for _ in files]


def test_a_day_to_come_back_is_a_few_days_before_the_meeting() -> None:
    assert day_due(DAY, date(2026, 12, 8), {}) == date(2026, 12, 4)  # a Friday: three days before is a Saturday
    assert day_due(DAY, None, {}) == date(2026, 12, 4)


def test_teachers_who_are_no_single_persons_must_be_named(school: Project) -> None:
    case = load_case(school, MAISIE).case
    assert case is not None
    assert "All teachers of 8S (12)" not in [one.name for one in whom_to_ask(case, "teachers", (), DAY)]
    named = whom_to_ask(case, "teachers", ("Mr Castle=Mathematics", "Ms Ortiz=English"), DAY)
    assert [(one.name, one.role) for one in named] == [("Mr Castle", "Mathematics"), ("Ms Ortiz", "English")]


def test_a_reference_is_known_again_and_a_word_is_none() -> None:
    references = {new_reference() for _ in range(50)}
    assert len(references) == 50 and all(references_in(f"Ref. {one}.") == [one] for one in references)
    assert references_in("KEEP-CALM and READ-MORE") == []


# -- what comes back --------------------------------------------------------------------------------------------------


@pytest.mark.whole
@pytest.mark.parametrize("unwrapped", [False, True], ids=["Word", "without controls"])
def test_a_filled_word_file_comes_back_question_by_question(
    school: Project, made: dict[str, list[AskedForm]], unwrapped: bool
) -> None:
    back = look_at(school, "x.docx", filled_word(file_of(made["parents"][0], ".docx"), PARENT, unwrapped), BACK)
    assert answers(back) == {
        "like": "She sings.\nAnd she rang her nana.",
        "school": "The mornings.",
        "hope": "A vet!",
        "helped": "my sister",
        "signed": "Samira Brown",
        "date": "1 December 2026",
        "who": "Samira, mum",
    }
    assert back.recognised is not None and back.recognised.asked is not None and back.who is not None
    assert back.recognised.asked.path == made["parents"][0].record and back.who.person == "samira"
    assert back.read is not None and back.read.answer("helped").ticked and not back.read.unplaced
    child = look_at(school, "x.docx", filled_word(file_of(made["pupil"][0], ".docx"), PUPIL, unwrapped), BACK)
    assert answers(child) == {
        "reading": "hard",
        "likes": "Biscit",
        "family_knows": "yes",
        "meeting": "I want to come for a part of it.",
        "own_words": "Ada’s own",
        "signed": "J. Begum",
        "date": "2 December 2026",
    }


@pytest.mark.whole
def test_a_filled_pdf_comes_back_as_the_word_file_does(school: Project, made: dict[str, list[AskedForm]]) -> None:
    word = look_at(school, "x.docx", filled_word(file_of(made["parents"][0], ".docx"), PARENT), BACK)
    page = look_at(school, "x.pdf", filled_pdf(file_of(made["parents"][0], ".pdf"), PARENT), BACK)
    assert answers(page) == answers(word)
    child = look_at(school, "x.pdf", filled_pdf(file_of(made["pupil"][0], ".pdf"), PUPIL), BACK)
    assert answers(child)["family_knows"] == "yes" and answers(child)["likes"] == "Biscit"
    assert answers(child)["reading"] == "hard"


@pytest.mark.whole
@pytest.mark.parametrize("unwrapped", [False, True], ids=["Word", "without controls"])
def test_a_form_in_polish_comes_back_to_the_english_questions(
    school: Project, made: dict[str, list[AskedForm]], unwrapped: bool
) -> None:
    given = {"hard": "Rano.", "translated/0": "x", "signed": "Tomasz Wiśniewski", "date": "1 grudnia 2026"}
    back = look_at(school, "x.docx", filled_word(file_of(made["pl"][0], "-pl.docx"), given, unwrapped), BACK)
    assert answers(back) == {
        "hard": "Rano.",
        "translated": "x",
        "signed": "Tomasz Wiśniewski",
        "date": "1 grudnia 2026",
    }
    english = look_at(school, "x.docx", filled_word(file_of(made["pl"][0], ".docx"), given, unwrapped), BACK)
    assert answers(english)["hard"] == "Rano."


def test_the_form_of_one_child_with_the_name_of_another_is_refused(
    school: Project, made: dict[str, list[AskedForm]]
) -> None:
    word = filled_word(file_of(made["parents"][0], ".docx"), PARENT)
    package = read_package(word)
    other = package.parts[package.main].replace(b"Ada Brown", "Kacper Wiśniewski".encode())
    swapped = write_package(Member.of(n, c) for n, c in {**package.parts, package.main: other}.items())
    back = look_at(school, "x.docx", swapped, BACK)
    assert "it names kacper-wisniewski" in back.refused and back.recognised is None
    assert "is the form of ada-brown" in look_at(school, "x.docx", word, BACK, KACPER).refused


@pytest.mark.whole
def test_teachers_answers_stand_side_by_side_in_the_cycle_and_are_taken_once(
    school: Project, made: dict[str, list[AskedForm]]
) -> None:
    case = load_case(school, ADA).case
    assert case is not None
    two = whom_to_ask(case, "teachers", ("Ms Ortiz=English", "Mrs Banks=Mathematics"), DAY)
    forms = give_forms(school, case, prepare(school, case, "teachers", two, DAY), None, DAY)
    for form, well in zip(forms, ("Listens.", "Knows her tables."), strict=True):
        given = {"well": well, "level/2": "x", "signed": form.person.name, "date": "1 December 2026"}
        content = filled_word(file_of(form, ".docx"), given)
        assert take(school, look_at(school, "x.docx", content, BACK)).failed == ()
        again = look_at(school, "x.docx", content, BACK)
        assert again.before and {one.state for one in again.proposals} <= {"there", "kept"}
    now = load_case(school, ADA).case
    assert now is not None
    notes = now.cycles[-1].data["do"]["notes"][-2:]
    assert [(row["by"], row["note"].strip()) for row in notes] == [
        ("Ms Ortiz", "Goes well: Listens.\nWorking at: below"),
        ("Mrs Banks", "Goes well: Knows her tables.\nWorking at: below"),
    ]


@pytest.mark.whole
def test_ticks_that_became_part_of_the_page_are_seen(school: Project, made: dict[str, list[AskedForm]]) -> None:
    """Printed to PDF from a reader there is no field left: the cross is a drawing inside the printed box."""
    flat = pikepdf.open(io.BytesIO(filled_pdf(file_of(made["pupil"][0], ".pdf"), PUPIL)))
    flat.Root.AcroForm.NeedAppearances = True
    flat.generate_appearance_streams()
    flat.flatten_annotations("all")
    out = io.BytesIO()
    flat.save(out)
    child = look_at(school, "x.pdf", out.getvalue(), BACK)
    word = look_at(school, "x.docx", filled_word(file_of(made["pupil"][0], ".docx"), PUPIL), BACK)
    assert answers(child) == answers(word)
    assert child.read is not None and not child.read.unplaced


def test_the_forms_of_families_say_by_when_they_should_be_back_in_their_language(
    made: dict[str, list[AskedForm]],
) -> None:
    def texts(content: bytes) -> list[str]:
        package = read_package(content)
        return [
            "".join(t.text or "" for t in p.iter(W + "t")) for p in parse(package.parts[package.main]).iter(W + "p")
        ]

    assert "Back by4 December 2026" in texts(file_of(made["parents"][0], ".docx"))
    assert "Please give this form back by 4 December 2026." in texts(file_of(made["pupil"][0], ".docx"))
    assert any(t.startswith("Do dnia") and "grudnia 2026" in t for t in texts(file_of(made["pl"][0], "-pl.docx")))


@pytest.mark.whole
def test_who_reads_large_print_gets_the_form_in_large_print(tmp_path: Path) -> None:
    folder = copy_school(tmp_path / "school", "ada-brown")
    pupil = folder / "cases" / "ada-brown" / "pupil.yaml"
    pupil.write_text(
        pupil.read_text().replace("    relationship: mother\n", "    relationship: mother\n    large_print: yes\n", 1)
    )
    done = sendpack(folder, "ask", "ada-brown", "--who", "parents", "--on", "29/11/2026", "--meeting", "8/12/2026")
    assert done.returncode == 0, done.stderr
    mother, father = done.stdout.split("Samira Brown")[1].split("Daniel Brown")
    assert "in large print" in mother and "in large print" not in father
    for told, letters in ((mother, 18), (father, 11)):
        stem = re.search(r"parents-[\w-]+(?=\.docx)", told)[0]  # type: ignore[index]
        ask = folder / "output" / "ada-brown" / "ask"
        with pikepdf.open(ask / f"{stem}.pdf") as pdf:
            assert len(pdf.Root.AcroForm.Fields) > 15
            assert {str(f.DA) for f in pdf.Root.AcroForm.Fields if f.FT == "/Tx"} == {f"/Helv {letters} Tf 0 g"}
            line = next(f for f in pdf.Root.AcroForm.Fields if f.T == "sendpack:like")
            assert float(line.Rect[3]) - float(line.Rect[1]) > 2 * letters, "the letters stand on the line"
        package = read_package((ask / f"{stem}.docx").read_bytes())
        styles = parse(package.parts[package.related(package.main, "styles") or ""])
        sizes = {int(size.get(W + "val", "0")) for size in styles.iter(W + "sz")}
        assert (min(sizes) >= 24) == (letters == 18)
