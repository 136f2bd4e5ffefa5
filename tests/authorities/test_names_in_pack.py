"""Whatever a pack names that nothing knows is told with its line; each of these was accepted in silence before."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.authorities.names_in_pack import UnknownName, unknown_names, wrong_field
from generator.authorities.pack import load_pack, read_pack_file
from tests.rule_examples import ROOT, schemas

TEMPLATES = ROOT / "templates"
HEAD = "id: x\nname: X\nversion: '1'\n"
DOCUMENT = "documents:\n  - {id: x, title: X, template: support-plan.docx, "


def found(folder: Path, text: str, printed: tuple[str, ...] = ("assess", "support_plan")) -> list[UnknownName]:
    """What is wrong with a pack of this text, which builds on standard."""
    (folder / "x").mkdir()
    (folder / "x" / "pack.yaml").write_text(HEAD + text, "utf-8")
    folders = [folder, TEMPLATES]
    record = read_pack_file("x", folders, schemas())
    return list(unknown_names(record, load_pack("x", folders, schemas()), schemas(), printed))


@pytest.mark.parametrize(
    ("text", "rule", "says"),
    [
        (DOCUMENT + "needs: [plann]}\n", "pack-kind", "no kind of record `plann` (did you mean 'plan'?)"),
        (DOCUMENT + "each: plan}\n", "pack-kind", "no kind of record `plan`"),
        (DOCUMENT + "date: plan.dat}\n", "pack-field", "no field `dat` (did you mean 'date'?)"),
        (DOCUMENT + "version: plans.version}\n", "pack-field", "no kind of record `plans`"),
        (DOCUMENT + "when: {field: meeting.typ, is: [pcp]}}\n", "pack-field", "no field `typ`"),
        (DOCUMENT + "when: {field: meeting.type, is: [pcpp]}}\n", "pack-value", "`pcpp` is no value of meeting.type"),
        (DOCUMENT + "section: plan}\n", "pack-section", "no section `plan` (did you mean 'plans'?)"),
        ("ladder:\n  - {id: request, title: R, documents: [requst]}\n", "pack-document", "did you mean 'request'"),
        ("ladder:\n  - {id: request, title: R, documents: [request], begun: pupil.lokal.x}\n", "pack-field", "`lokal`"),
        ("request: {word_limits: {reasons: 200}}\n", "pack-field", "no field `reasons` (did you mean 'reason'?)"),
        ("request: {documents: [profil]}\n", "pack-document", "no document `profil`"),
        ("request: {by_requester: {parent: {documents: [ehc2]}}}\n", "pack-document", "no document `ehc2`"),
        ("request: {evidence: [{id: a, title: A, kinds: [reports]}]}\n", "pack-evidence", "kind of evidence `reports`"),
        ("request: {any_of: [{id: a, title: A}]}\n", "pack-choice", "nothing can satisfy `a`"),
        ("criteria: [{id: a, text: A, answered_by: [pupil.agency]}]\n", "pack-field", "no field `agency`"),
        ("criteria: [{id: a, text: A, answered_by: [pupil]}]\n", "pack-field", "not a field of one"),
        ("portal: {questions: [{id: a, question: A, from: request.why}]}\n", "pack-field", "no field `why`"),
        (
            "request: {word_limits: {reason: 100}}\n"
            "portal: {questions: [{id: a, question: A, from: request.reason, words: 200}]}\n",
            "pack-limit",
            "200 words here and 100",
        ),
        (
            "cycles: {min_reviewed: 3, max_reviewed: 2}\n",
            "pack-limit",
            "min_reviewed (3) is more than max_reviewed (2)",
        ),
        ("cycles: {min_weeks: 20}\n", "pack-limit", "min_weeks (20) is more than max_weeks (14)"),
        ("bundle: {max_file_mb: 20, max_total_mb: 10}\n", "pack-limit", "max_file_mb (20) is more than"),
        ("words: {suport_plan: One Plan}\n", "pack-word", "the word `suport_plan` (did you mean 'support_plan'?)"),
        ("words: {support_plan: '{{ pupil.forenames }} plan'}\n", "pack-tag", "holds a tag"),
        (
            DOCUMENT.replace("title: X", "title: '{{ pupil.forenames }}'") + "needs: [plan]}\n",
            "pack-tag",
            "holds a tag",
        ),
        ("bundle: {sections: [{id: a, title: '{{ words.plan }}'}]}\n", "pack-tag", "holds a tag"),
        ("bundle: {file_names: '{name}-{document}'}\n", "pack-tag", "cannot hold {name}"),
        ("bundle: {file_names: 'paper'}\n", "pack-tag", "all files would have one name"),
        ("request: {local: [{id: a, title: A}, {id: a, title: B}]}\n", "pack-twice", "`a` stands twice"),
        (
            "bundle: {sections: [{id: a, title: A, evidence: [photo]}, {id: b, title: B, evidence: [photo]}]}\n",
            "pack-twice",
            "`photo` has two sections, a and b",
        ),
        (
            "cycles: {min_reviewed: 2}\nsources: [{what: W, address: A, supports: [cycles.min_reviewd]}]\n",
            "pack-source",
            "did you mean 'cycles.min_reviewed'",
        ),
    ],
)
def test_a_name_that_nothing_knows_is_told(tmp_path: Path, text: str, rule: str, says: str) -> None:
    rules = {one.rule: one.message for one in found(tmp_path, text)}
    assert says in rules.get(rule, ""), rules


def test_fewer_meetings_than_the_code_asks_for_stop_nothing_and_are_said_to_change_nothing(tmp_path: Path) -> None:
    [one] = found(tmp_path, "reviews: {min_per_year: 1}\n")
    assert one.severity == "quality" and "6.65" in one.message


def test_a_word_that_only_a_template_of_ones_own_prints_is_known(tmp_path: Path) -> None:
    assert found(tmp_path, "words: {panel: The panel}\n", printed=("panel",)) == []


@pytest.mark.parametrize(
    "field", ["request.reason", "pupil.agencies", "pupil.local.eapdr_since", "newest-meeting.next_meeting", "plan.date"]
)
def test_fields_that_are_there_are_known(field: str) -> None:
    assert wrong_field(field, schemas()) == ""


def test_a_template_in_another_folder_is_refused_by_the_schema(tmp_path: Path) -> None:
    from generator.problems import FilesHaveErrors

    with pytest.raises(FilesHaveErrors):
        found(tmp_path, "documents: [{id: x, title: X, template: ../../secret.docx}]\n")
