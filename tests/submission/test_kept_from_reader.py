"""What stops a bundle, or a copy of it, that would tell where somebody lives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator.bundle import Account, Bundle, ContactTold, Options, PagePlan, Part
from generator.bundle.bundle_warnings import must_not_hold
from generator.cases.case import Case
from generator.cases.family.contact_details import Reader, secrets_from
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.problems import FilesHaveErrors
from generator.submission.kept_from_reader import made_without_contacts, must_not_be_told, readers_at_home
from generator.submission.parents_copy import readers_of
from generator.values.notice import Notice
from tests.bundle_makers import made, saved
from tests.example_school import copy_school

ADA = "ada-brown"


def case_of(folder: Path, pupil: str, file: str = "", old: str = "", new: str = "") -> Case:
    if not (folder / "cases").is_dir():
        copy_school(folder, pupil)
    path = folder / "cases" / pupil / (file or "pupil.yaml")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    case = load_case(find_project(folder), pupil).case
    assert case is not None
    return case


@pytest.mark.whole
def test_each_parent_with_responsibility_has_a_copy_of_their_own(tmp_path: Path) -> None:
    assert readers_at_home(case_of(tmp_path, ADA)) == ["samira", "daniel"]


@pytest.mark.whole
def test_an_entry_that_tells_the_other_address_stops_that_copy_alone(tmp_path: Path) -> None:
    case = case_of(tmp_path, ADA, "log.yaml", "Hearing checked.", "Hearing checked; Daniel now at 4 Quay Street.")
    must_not_be_told(case, Reader("daniel"), [])
    must_not_be_told(case, None, [])
    with pytest.raises(FilesHaveErrors) as stopped:
        must_not_be_told(case, Reader("samira"), [])
    assert "this tells the address of Daniel Brown" in str(stopped.value.problems[0])


@pytest.mark.whole
def test_a_document_that_is_named_after_its_record_is_looked_through(tmp_path: Path) -> None:
    """My Support Plan has no record of its own among the parts."""
    copy_school(tmp_path, ADA)
    path = tmp_path / "cases" / ADA / "my-support-plan.yaml"
    told = re.sub(r">-\n(\s+)", r">-\n\1Write to 4, Quay-St. now. ", path.read_text("utf-8"), count=1)
    path.write_text(told, "utf-8")
    case = case_of(tmp_path, ADA)
    part = Part("my-support-plan", "A", "My Support Plan", b"")
    must_not_be_told(case, Reader("samira"), [])
    with pytest.raises(FilesHaveErrors):
        must_not_be_told(case, Reader("samira"), [part])


@pytest.mark.whole
def test_what_is_said_of_the_other_parent_is_looked_through(tmp_path: Path) -> None:
    said = "relationship: father at 4 Quay Street"
    case = case_of(tmp_path, ADA, "pupil.yaml", "relationship: father", said)
    must_not_be_told(case, Reader("daniel"), [])
    with pytest.raises(FilesHaveErrors):
        must_not_be_told(case, Reader("samira"), [])


def test_a_made_document_that_tells_the_other_address_stops_the_bundle() -> None:
    """Whatever record it came from, and whatever a template did with it."""
    content = saved(made(text="Write to 4, Quay-Street,"))
    part = Part("plan", "A", "The plan", content, path="plan.yaml")
    options = Options("The request", audience="parents", contacts={"the other home’s address": ("4 Quay Street",)})
    with pytest.raises(FilesHaveErrors) as stopped:
        must_not_hold([part], {"plan": content}, options)
    assert "The plan tells the other home’s address" in str(stopped.value.problems[0])
    must_not_hold([part], {"plan": content}, replace(options, contacts={"the other": ("5 Quay Street",)}))


@pytest.mark.parametrize("said", ["07700 900 199", "07700.900-199", "x07700900199x"])
def test_an_account_that_goes_home_quotes_nothing_of_what_was_taken_out(said: str) -> None:
    """Also where it was not found in the shape in which it was looked for."""
    told = Notice(f"“{said}” was to be taken out and was not found", page=2)
    plan = PagePlan((), (), 1, {}, ())
    made = Bundle(b"", plan, (Account("PDF", id="note", warnings=(told,)),), (), (), (), False)
    calls = []

    def make(parts: Sequence[Part], without: bool) -> Bundle:
        calls.append([part.redact for part in parts])
        if not without:
            raise ContactTold({("note", "07700 900 199"): "how to reach Dad"})
        return made

    bundle, told_to_us = made_without_contacts(make, [Part("note", "A", "A note", b"")])
    assert calls == [[()], [("07700 900 199",)]]
    [warning] = bundle.accounts[0].warnings
    assert warning == f"“{'x…x' if 'x' in said else '…'}” was to be taken out and was not found" and warning.page == 2
    assert [one.text for one in told_to_us] == ["A note: how to reach Dad was taken out of this copy"]


@pytest.mark.whole
def test_a_withheld_address_stops_every_bundle(tmp_path: Path) -> None:
    hidden = "postcode: ZZ99 3CZ\naddress_withheld: yes\n"
    case = case_of(tmp_path, ADA, "pupil.yaml", "postcode: ZZ99 3CZ\n", hidden)
    schemas = find_project(tmp_path).schemas
    for audience in ("authority", "school", "parents"):
        assert "12 Tannery Row" in readers_of(case, audience, "", schemas).seen.withheld
    told = case_of(tmp_path, ADA, "log.yaml", "Hearing checked.", "Moved to 12 Tannery Row.")
    with pytest.raises(FilesHaveErrors):
        must_not_be_told(told, None, [])


def test_at_one_home_nobody_is_kept_from_the_other(tmp_path: Path) -> None:
    assert secrets_from(case_of(tmp_path, "nia-okafor"), Reader("grace")) == []


@pytest.mark.whole
def test_a_number_is_found_however_it_is_grouped(tmp_path: Path) -> None:
    found = secrets_from(case_of(tmp_path, ADA), Reader("samira"))
    forms = {form for secret in found for form in secret.written}
    assert {"07700 900 456", "07700900456", "07700 900456"} <= forms
    assert not [form for form in forms if "123" in form], "the reader's own number is no secret"
