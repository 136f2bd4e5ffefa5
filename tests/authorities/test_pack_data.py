"""Authority packs: only data, every value with the page behind it, and one request looked at under each of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.authorities.pack import Pack, extend, load_pack, pack_ids
from generator.authorities.readiness import REQUEST, readiness
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.record import read_record
from generator.rules.rule_list import RULES
from generator.values.parsing import TO_FILL_IN
from tests.rule_examples import ROOT, TODAY, pack, read_example, schemas

TEMPLATES = ROOT / "templates"
IDS = pack_ids([TEMPLATES])
OTHERS = [name for name in IDS if name != "standard"]
GOLDEN = ROOT / "tests" / "packs" / "seen.txt"
ABOUT = {"id", "name", "one_authority", "extends", "version", "checked", "note", "sources"}


def own(name: str) -> Mapping[str, Any]:
    """What a pack's own file says, without what it takes over."""
    path = TEMPLATES / name / "pack.yaml"
    record, problems = read_record(path.read_bytes(), str(path), "pack", schemas())
    assert record and not problems
    data: Mapping[str, Any] = record.data
    return data


def leaves(value: Any, key: str = "") -> Iterator[str]:
    """The keys, with dots, of every value; a list counts as one value."""
    if isinstance(value, Mapping):
        for name, below in value.items():
            yield from leaves(below, f"{key}.{name}" if key else str(name))
    else:
        yield key


def test_twenty_six_packs_are_shipped() -> None:
    assert len(IDS) == 26
    assert {"standard", "derby", "devon", "my-support-plan", "leicester", "rutland"} <= set(IDS)


@pytest.mark.parametrize("name", OTHERS)
def test_every_value_of_a_pack_has_the_page_behind_it(name: str) -> None:
    data = own(name)
    supported = [key for source in data["sources"] for key in source.get("supports", ())]
    values = list(leaves({key: value for key, value in data.items() if key not in ABOUT}))
    assert [v for v in values if v not in supported and v.split(".")[0] not in supported] == []
    # Exactly these and the pack's own words: else a page would vouch for what the pack takes over from another.
    assert [key for key in supported if key not in (*values, "words")] == []
    assert all("seen" not in source for source in data["sources"]), "nobody wrote down when the page was seen"
    assert "note" in data


@pytest.mark.parametrize("name", IDS)
def test_what_a_pack_cites_is_there(name: str) -> None:
    data = pack(name).data
    documents = {row["id"] for row in data["documents"]}
    sections = [row["id"] for row in data["bundle"]["sections"]]
    cited = {d for row in data["ladder"] for d in row["documents"]} | set(data["request"]["documents"])
    assert cited | set(data["bundle"].get("word_parts", ())) <= documents
    assert {row["section"] for row in data["documents"] if "section" in row} <= set(sections)
    assert data["ladder"][-1]["id"] == REQUEST and REQUEST in data["ladder"][-1]["documents"]
    assert set(data["words"]) == set(pack("standard").data["words"]), "a label that no template prints"


@pytest.mark.parametrize("name", IDS)
def test_every_kind_of_evidence_has_one_place_in_the_bundle(name: str) -> None:
    kinds = schemas().schema("evidence")["properties"]["items"]["items"]["properties"]["kind"]["enum"]
    placed = Counter(kind for row in pack(name).data["bundle"]["sections"] for kind in row.get("evidence", ()))
    assert placed == Counter(kind for kind in kinds if kind != TO_FILL_IN)


def seen(name: str) -> str:
    """What the one request looks like under a pack: its words, ladder, order and what is missing."""
    view = read_example(ROOT / "tests" / "packs" / "request.yaml").view
    mine = pack(name)
    ready = readiness(view.case, mine, TODAY)
    local = [p for rule in RULES if rule.severity == "local" for p in rule.problems(type(view)(view.case, mine, TODAY))]
    words = {key: text for key, text in mine.words.items() if text != pack("standard").words[key]}
    return "\n".join(
        [
            f"{mine.data['name']} ({name})",
            f"  words     {'; '.join(f'{key}: {text}' for key, text in sorted(words.items())) or 'as usual'}",
            f"  ladder    {' → '.join(row['title'] for row in mine.data['ladder'])}",
            f"  bundle    {' · '.join(row['title'] for row in mine.data['bundle']['sections'])}",
            f"  {ready}",
            *(f"    {item.strength:5} {item.said}" for item in ready.missing),
            *(f"    {problem.rule}" for problem in sorted(local) if problem.rule == "local-report-age"),
            "",
        ]
    )


@pytest.mark.whole
def test_one_request_under_every_pack() -> None:
    now = "\n".join(seen(name) for name in IDS)
    if os.environ.get("WRITE_GOLDEN") == "yes":
        GOLDEN.write_text(now, encoding="utf-8")
    assert now == GOLDEN.read_text("utf-8"), "look at the difference; WRITE_GOLDEN=yes writes it anew"


def test_a_finding_of_local_policy_names_the_authority_and_its_page() -> None:
    view = read_example(ROOT / "tests" / "rules" / "local-cycles" / "bad.yaml").view
    [problem] = next(rule for rule in RULES if rule.id == "local-cycles").problems(view)
    assert problem.message == "Norfolk County Council asks for 2 reviewed cycles; there is one"
    assert problem.source.startswith("Norfolk County Council: www.norfolk.gov.uk/")


def test_what_an_authority_does_not_say_is_not_put_into_its_mouth() -> None:
    view = read_example(ROOT / "tests" / "rules" / "local-cycles" / "bad.yaml").view
    [problem] = next(r for r in RULES if r.id == "local-cycles").problems(type(view)(view.case, pack("york"), TODAY))
    assert problem.message.startswith("Many authorities ask for")
    assert "not law" in problem.source


def test_an_authority_never_seen_needs_only_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "northmoor"
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        "id: northmoor\nname: Northmoor Council\nversion: '1'\n"
        "words: {support_plan: Northmoor Plan}\n"
        "cycles: {min_reviewed: 3}\n"
        "request: {word_limits: {reason: 5}}\n"
        "sources: [{what: Three cycles, address: northmoor.example, supports: [cycles, request]}]\n",
        encoding="utf-8",
    )
    northmoor = load_pack("northmoor", [tmp_path, TEMPLATES], schemas())
    assert northmoor.chain == ("northmoor", "standard")
    view = read_example(ROOT / "tests" / "packs" / "request.yaml").view
    said = [item.said for item in readiness(view.case, northmoor, TODAY).missing]
    assert "Northmoor Council asks for 3 reviewed cycles; there are 2" in said
    assert "`reason` has 10 words; the form of Northmoor Council takes 5" in said


# -- extending --------------------------------------------------------------------------------------------------------


def test_rows_with_an_id_are_filled_up_and_new_ones_added() -> None:
    base = {"documents": [{"id": "a", "title": "A", "pages": 1}, {"id": "b", "title": "B"}]}
    own = {"documents": [{"id": "c", "title": "C"}, {"id": "a", "title": "Own A"}]}
    assert extend(base, own)["documents"] == [
        {"id": "a", "title": "Own A", "pages": 1},
        {"id": "b", "title": "B"},
        {"id": "c", "title": "C"},
    ]


def test_a_list_whose_order_is_the_authoritys_stands_alone() -> None:
    base = {"ladder": [{"id": "a", "title": "A", "begun": "x"}, {"id": "b", "title": "B"}]}
    assert extend(base, {"ladder": [{"id": "a", "title": "Own"}]})["ladder"] == [
        {"id": "a", "title": "Own", "begun": "x"}
    ]


def test_sources_note_and_day_of_checking_are_never_taken_over() -> None:
    norfolk, standard = pack("norfolk").data, pack("standard").data
    assert "checked" in standard and "checked" not in norfolk
    assert not {row["what"] for row in norfolk["sources"]} & {row["what"] for row in standard["sources"]}


def test_a_pack_that_is_not_there_and_a_ring_are_told(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="atlantis"):
        load_pack("atlantis", [TEMPLATES], schemas())
    for name, other in (("east", "west"), ("west", "east")):
        (tmp_path / name).mkdir()
        text = f"id: {name}\nname: {name}\nversion: '1'\nextends: {other}\n"
        (tmp_path / name / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FilesHaveErrors, match="ring"):
        load_pack("east", [tmp_path, TEMPLATES], schemas())


def test_a_pack_of_another_name_than_its_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "east").mkdir()
    (tmp_path / "east" / "pack.yaml").write_text("id: west\nname: West\nversion: '1'\n", encoding="utf-8")
    with pytest.raises(FilesHaveErrors) as stop:
        load_pack("east", [tmp_path, TEMPLATES], schemas())
    assert [problem.rule for problem in stop.value.problems] == ["pack-id"]


def test_a_pack_is_plain_values() -> None:
    assert isinstance(pack("york"), Pack)
    assert pack("rutland").words["assess"] == "Identify"
