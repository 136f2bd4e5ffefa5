"""Building documents: whole files, nothing rebuilt without a reason, nothing of the user's overwritten."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from generator.build import build_documents as b
from generator.build import out_of_date, worker_pool
from generator.build.build_documents import Order, Outcome, build
from generator.engines import Docx, Engine, Failure, Pdf, choose
from generator.files.atomic_files import digest, write_file
from generator.folder.school_folder import find_project
from generator.problems import Stop
from tests.example_school import KACPER, copy_school, in_english


def run(
    school: Path, engine: Engine | None, *pupils: str, only: Sequence[str] = (), force: bool = False, jobs: int = 1
) -> list[Outcome]:
    project = find_project(school)
    order = Order(tuple(only), engine is not None, force, jobs)
    return build(project, pupils or (KACPER,), engine, order, lambda _: None)


def states(outcomes: Sequence[Outcome]) -> dict[str, str]:
    return {outcome.document: outcome.state for outcome in outcomes}


class Broken:
    """An engine that fails for one document, to see that the others are made."""

    name = "broken"

    def __init__(self, bad: str) -> None:
        self.bad = bad

    def about(self) -> str:
        return "an engine of this test"

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        for document in documents:
            if self.bad in document.name:
                yield Failure(document.name, "the program stopped")
            else:
                yield Pdf(document.name, b"%PDF-1.7 " + document.content[:10], 1)

    def close(self) -> None: ...


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return in_english(copy_school(tmp_path, KACPER))


def test_documents_are_made_as_word_and_pdf(school: Path) -> None:
    outcomes = run(school, choose("embedded"), only=["profile", "parent-letter"])
    letters = [o.document for o in outcomes if o.document.startswith("parent-letter-")]
    assert len(letters) == 2, "one for each parent, named by the id in pupil.yaml"
    assert states(outcomes) == {"profile": "made", **dict.fromkeys(letters, "made")}
    folder = school / "output" / KACPER
    for name in ("profile", *letters):
        assert (folder / f"{name}.docx").read_bytes().startswith(b"PK")
        assert (folder / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    assert not [path for path in folder.iterdir() if path.name.endswith(".part")]
    assert next(o for o in outcomes if o.document == "profile").pages == 1


def test_the_second_run_makes_nothing_and_a_change_says_why(school: Path) -> None:
    run(school, None, only=["profile", "support-plan"])
    assert set(states(run(school, None, only=["profile", "support-plan"])).values()) == {"unchanged"}
    profile = school / "cases" / KACPER / "profile.yaml"
    change(profile, "important_to_me:\n", "important_to_me:\n  - My blue cap.\n")
    outcomes = run(school, None, only=["profile"])
    assert [(o.state, o.reason) for o in outcomes] == [("made", f"cases/{KACPER}/profile.yaml changed")]


def test_workers_are_called_before_the_cases_are_read_only_where_all_is_new(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    read = out_of_date.load_case
    monkeypatch.setattr(worker_pool.Here, "get_ready", lambda here: called.append("ready"))
    monkeypatch.setattr(out_of_date, "load_case", lambda *words: called.append("read") or read(*words))
    monkeypatch.setattr(b, "habit", lambda engine: worker_pool.Habit(few=0))
    order, project = Order(("profile",), pdf=False, jobs=2), find_project(school)
    for expected in (["ready", "read"], []):
        called.clear()
        build(project, [KACPER], None, order, lambda outcome: None)
        assert called == expected


def change(file: Path, old: str, new: str) -> None:
    """Replace a text in a file once; it must be there."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_change_that_no_document_prints_converts_nothing(school: Path) -> None:
    """The merge is quick, so it decides: a remark in plan.yaml changes no word of any document."""
    run(school, Counted(), only=["profile", "support-plan"])
    before = pdfs(school)
    plan = school / "cases" / KACPER / "plan.yaml"
    plan.write_text(plan.read_text("utf-8") + "\n# a remark\n", "utf-8")
    outcomes = run(school, Counted(), only=["profile", "support-plan"])
    assert {(o.state, o.reason) for o in outcomes} == {
        ("unchanged", f"cases/{KACPER}/plan.yaml changed, but it reads the same")
    }
    assert pdfs(school) == before
    assert {o.reason for o in run(school, Counted(), only=["profile", "support-plan"])} == {""}


def test_only_what_prints_a_change_is_made_again(school: Path) -> None:
    run(school, Counted())
    before = pdfs(school)
    profile = school / "cases" / KACPER / "profile.yaml"
    change(profile, "important_to_me:\n", "important_to_me:\n  - My blue cap.\n")
    made = {o.document for o in run(school, Counted()) if o.state == "made"}
    assert "profile" in made and not any(
        name.startswith(("cycle", "early-discussion", "parent-letter")) for name in made
    )
    after = pdfs(school)
    assert {name for name in after if after[name] != before[name]} == {f"{name}.pdf" for name in made}


def pdfs(school: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (school / "output" / KACPER).glob("*.pdf")}


class Counted:
    """An engine whose every PDF is another, so that a needless conversion shows."""

    name = "counted"

    def about(self) -> str:
        return "an engine of this test"

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        for document in documents:
            yield Pdf(document.name, b"%PDF-1.7 " + os.urandom(16), 1)

    def close(self) -> None: ...


def test_a_document_that_was_deleted_is_made_again(school: Path) -> None:
    run(school, None, only=["profile"])
    (school / "output" / KACPER / "profile.docx").unlink()
    assert [(o.state, o.reason) for o in run(school, None, only=["profile"])] == [("made", "profile.docx was missing")]


def test_a_document_edited_by_hand_is_kept_and_force_keeps_a_copy(school: Path) -> None:
    run(school, None, only=["profile"])
    made = school / "output" / KACPER / "profile.docx"
    made.write_bytes(b"edited in Word")
    [kept] = run(school, None, only=["profile"])
    assert kept.state == "kept" and "profile.docx was edited by hand" in kept.reason
    assert made.read_bytes() == b"edited in Word"
    assert kept.reason.endswith("--force makes it again and keeps yours as profile (edited 1).docx")
    [forced] = run(school, None, only=["profile"], force=True)
    assert forced.state == "made"
    assert made.read_bytes().startswith(b"PK")
    assert (made.parent / "profile (edited 1).docx").read_bytes() == b"edited in Word"


def test_a_kept_word_file_says_that_its_pdf_does_not_hold_the_edit(school: Path) -> None:
    run(school, Counted(), only=["profile"])
    (school / "output" / KACPER / "profile.docx").write_bytes(b"edited in Word")
    [kept] = run(school, Counted(), only=["profile"])
    assert kept.state == "kept" and "the PDF beside it, profile.pdf, does not hold the edit" in kept.reason
    (school / "output" / KACPER / "profile.pdf").write_bytes(b"made by Word")
    [kept] = run(school, Counted(), only=["profile"])
    assert "profile.docx and profile.pdf were edited by hand; --force" in kept.reason


def test_a_file_that_was_there_before_is_the_users(school: Path) -> None:
    own = school / "output" / KACPER / "profile.docx"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"mine")
    assert states(run(school, None, only=["profile"])) == {"profile": "kept"}
    assert own.read_bytes() == b"mine"


def test_one_document_that_fails_does_not_stop_the_others(school: Path) -> None:
    outcomes = run(school, Broken("support-plan"), only=["profile", "support-plan"])
    assert states(outcomes) == {"profile": "made", "support-plan": "failed"}
    assert "the program stopped" in next(o.reason for o in outcomes if o.state == "failed")
    assert not (school / "output" / KACPER / "support-plan.docx").exists()


def test_a_template_with_an_unknown_field_fails_with_its_name(school: Path) -> None:
    import docx

    folder = school / "templates" / "school"
    folder.mkdir(parents=True)
    broken = docx.Document()
    broken.add_paragraph("Dear {{ pupil.forename }},")
    broken.save(str(folder / "profile.docx"))
    outcomes = run(school, None, only=["profile", "support-plan"])
    assert states(outcomes) == {"profile": "failed", "support-plan": "made"}
    reason = next(o.reason for o in outcomes if o.state == "failed")
    assert (
        "profile.docx" in reason
        and "'forename'" in reason
        and "did you mean 'forenames'" in reason
        and "Dear" in reason
    )


def test_a_profile_longer_than_one_page_is_pointed_out(school: Path) -> None:
    profile = school / "cases" / KACPER / "profile.yaml"
    text = profile.read_text("utf-8")
    start = text.index("important_to_me:\n") + len("important_to_me:\n")
    more = "".join(
        f"  - Line {n} of very many things that are important to me, told in a long sentence.\n" for n in range(60)
    )
    profile.write_text(text[:start] + more + text[start:], "utf-8")
    [outcome] = run(school, choose("embedded"), only=["profile"])
    assert outcome.pages > 1
    assert any("must fit on one page but has" in warning for warning in outcome.warnings)


def test_nothing_half_is_left_when_a_file_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan.pdf"
    target.write_bytes(b"old")

    def locked(self: Path, other: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(Stop, match="cannot be written") as error:
        write_file(target, b"new")
    assert "close it there and run again" in error.value.advice
    assert [path.name for path in tmp_path.iterdir()] == ["plan.pdf"]
    assert target.read_bytes() == b"old"


def test_the_manifest_tells_what_each_document_was_made_from(school: Path) -> None:
    run(school, None, only=["profile"])
    manifest = json.loads((school / "output" / KACPER / "manifest.json").read_text("utf-8"))
    entry = manifest["documents"]["profile"]
    content = (school / "output" / KACPER / "profile.docx").read_bytes()
    assert entry["files"] == {"profile.docx": digest(content)}
    assert {"the template profile.docx", "the house style", "the authority pack", "sendpack"} <= entry[
        "fingerprints"
    ].keys()
    assert f"cases/{KACPER}/pupil.yaml" in entry["fingerprints"]


def test_a_broken_manifest_means_only_that_nothing_is_known(school: Path) -> None:
    run(school, None, only=["profile"])
    (school / "output" / KACPER / "manifest.json").write_text("{")
    assert states(run(school, None, only=["profile"])) == {"profile": "kept"}


def test_a_pupil_who_left_is_named_and_nothing_is_removed(school: Path) -> None:
    run(school, None, only=["profile"])
    (school / "cases" / KACPER).rename(school / "cases" / "someone-else")
    project = find_project(school)
    assert b.left_over(project, ["someone-else"]) == [KACPER]
    assert (school / "output" / KACPER / "profile.docx").is_file()


def test_the_same_inputs_give_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        school = copy_school(tmp_path / name, KACPER)
        run(school, choose("embedded"), only=["profile", "support-plan"])
        made.append({p.name: p.read_bytes() for p in (school / "output" / KACPER).iterdir() if p.suffix != ".json"})
    assert made[0] == made[1]


def test_a_document_with_something_still_to_fill_in_is_marked_as_a_draft(school: Path) -> None:
    import pypdfium2

    profile = school / "cases" / KACPER / "profile.yaml"
    text = profile.read_text("utf-8")
    for told, expected in ((text, False), (text.replace("completed_by: ", "completed_by: (to be filled in) "), True)):
        profile.write_text(told, "utf-8")
        run(school, choose("embedded"), only=["profile"])
        with pypdfium2.PdfDocument(school / "output" / KACPER / "profile.pdf") as pdf:
            assert ("Draft" in pdf[0].get_textpage().get_text_bounded()) is expected


def test_the_whole_program_is_in_its_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change in any room may change a document, so what was made before is then made anew."""
    import generator
    from generator.build import digest_cache

    seen: list[str] = []
    index = digest_cache.Index(tmp_path)
    monkeypatch.setattr(index, "digest", lambda path: seen.append(str(path)) or "x")
    digest_cache.program_mark(index)
    package = Path(generator.__file__).parent
    rooms = {Path(path).relative_to(package).parts[0] for path in seen}
    assert {"values", "documents", "engines", "bundle", "rules", "problems.py"} <= rooms
