"""What a paper of a day tells: what was known by then, names as they are written, who signs as what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.documents.catalogue import documents
from generator.documents.printed_facts.told_once import PartPlace
from generator.folder.school_folder import BUILT_IN
from generator.values.formatting import as_hours, in_brackets, no_stop, small_start
from tests.documents.merged_templates import text_of
from tests.documents.test_new_documents import changed, desk_of, texts

ADA, TOBY, KACPER, ANJALI, IDRIS = (
    "ada-brown",
    "toby-merrick",
    "kacper-wisniewski",
    "anjali-venkataraman",
    "idris-chowdhury",
)


def told(pupil: str, kind: str, which: str = "") -> str:
    return " ".join(texts(desk_of(BUILT_IN, pupil), kind)[which or kind].split())


@pytest.mark.whole
def test_a_plan_of_september_prints_no_result_of_november() -> None:
    plan = told(ADA, "support-plan")
    assert "9 Jul 2026" in plan and "10 Nov 2026" not in plan and "6 Nov 2026" not in plan
    assert "Newer results or reports are on file. They are not in this paper, which is dated 15 Sep" in plan
    assert "Report 29 Sep 2026" not in plan and "children with her profile" not in plan  # a report of two weeks later
    assert "10 Nov 2026" in told(ADA, "request")
    assert "Newer results" not in told(ADA, "request")


@pytest.mark.whole
def test_the_plan_that_carries_a_bundles_results_tells_them_up_to_the_request() -> None:
    desk = desk_of(BUILT_IN, ADA)
    [plan] = documents(desk.case, desk.pack, ["my-support-plan"])
    alone = " ".join(text_of(desk.write(plan)).split())
    bundled = " ".join(text_of(desk.write(plan, {"my-support-plan": PartPlace("9-18")})).split())
    assert "10 Nov 2026" not in alone
    assert "Results and reports up to 19 November 2026, the day of the request, are in this part." in bundled
    assert bundled.count("10 Nov 2026") == 3  # two results, and beside the agreement that they are newer


def test_the_newest_results_are_the_newest_in_whatever_order_they_were_written(tmp_path: Path) -> None:
    desk = changed(tmp_path, TOBY, "plan.yaml", "\ndate: 16 September 2026", "\ndate: 20 November 2026")
    plan = texts(desk, "support-plan")["support-plan"]
    days = [plan.index(day) for day in ("6 Mar 2026", "3 Jul 2026", "6 Nov 2026")]
    assert days == sorted(days)  # was: March, November, July


@pytest.mark.parametrize(("pupil", "raw"), [(KACPER, "3.6"), (ANJALI, "27")])
def test_a_test_that_gives_only_a_raw_score_says_it(pupil: str, raw: str, tmp_path: Path) -> None:
    desk = changed(tmp_path, pupil, "plan.yaml", "\ndate: ", "\ndate: 20 November 2026 # ")
    assert f"Raw score: {raw}" in texts(desk, "support-plan")["support-plan"]


def test_names_keep_their_capitals() -> None:
    cycle = told(KACPER, "cycle", "cycle-2026-autumn")
    assert "(e-mail to Ms Nowak; phone call to Mr Wiśniewski with Mrs Zając)" in cycle  # was: ms nowak, mr wiśniewski
    plan = told(TOBY, "support-plan")
    assert "Ms Helen Osei, social worker, for Northmoor Council (care order)" in plan  # was: northmoor council


@pytest.mark.whole
def test_a_social_worker_signs_as_social_worker_and_a_foster_carer_is_a_carer() -> None:
    plan = told(TOBY, "support-plan")
    assert "Helen Osei (Social worker): agreed" in plan and "Helen Osei (Parent)" not in plan
    assert "Mrs Gloria Whitcombe (foster carer)" in plan
    assert "Samira Brown (Parent): agreed" in told(ADA, "support-plan")


@pytest.mark.whole
def test_nothing_is_said_twice_in_the_head_of_a_paper() -> None:
    assert "Co-ordinated by" not in told(ADA, "cycle", "cycle-2025-autumn")  # the SENCO, who stands one line above
    assert "Reception · Wrens" in told(IDRIS, "profile")  # was: Reception · Reception Wrens


def test_a_quotation_that_ends_a_sentence_has_one_full_stop() -> None:
    assert "”." not in told(ANJALI, "short-plan").replace("keep the diary”.", "") and "keep the diary”." in told(
        ANJALI, "short-plan"
    )


def test_support_that_is_over_is_not_called_support_of_now() -> None:
    passport = told("zoe-obrien-smidt", "transition-passport")
    assert "This was the support in Autumn term 2026. The cycle was reviewed on 17 November 2026" in passport


@pytest.mark.whole
def test_a_plan_tells_no_review_of_a_later_day(tmp_path: Path) -> None:
    desk = changed(tmp_path, TOBY, "cycles/2026-summer.yaml", "\n  date: 6 July 2026", "\n  date: 6 December 2026")
    assert "Reviews so far" not in texts(desk, "support-plan")["support-plan"]  # was: the heading with nothing under it
    assert "Reviews so far" in told(TOBY, "support-plan")


@pytest.mark.whole
def test_a_plan_does_not_say_that_its_support_ended_later(tmp_path: Path) -> None:
    zoe = "zoe-obrien-smidt"
    desk = changed(tmp_path, zoe, "plan.yaml", "\ndate: 19 November 2026", "\ndate: 1 November 2026")
    plan, short = (texts(desk, kind)[kind] for kind in ("support-plan", "short-plan"))
    assert "The cycle was reviewed on" not in plan and "the next cycle has not begun" not in short
    assert "The cycle was reviewed on" in told(zoe, "support-plan")


@pytest.mark.whole
def test_a_meeting_without_a_place_has_no_where() -> None:
    meetings = texts(desk_of(BUILT_IN, "nia-okafor"), "meeting")
    assert not any("When and where" in text for text in meetings.values())
    assert "When and where" in told(ADA, "early-discussion", "early-discussion-2025-06-19")


def test_later_support_began_when_the_cycle_shows_that_it_did() -> None:
    chronology = told(ANJALI, "chronology")
    assert "Began in cycle 2: Rehearsing the placement call" in chronology  # was: In cycle 2 is planned to begin


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Mother", " (mother)"),
        ("Social worker, for Northmoor Council", " (social worker, for Northmoor Council)"),
        ("aunt (by marriage)", ", aunt (by marriage)"),
        ("SENDIASS adviser", " (SENDIASS adviser)"),
        ("Mrs Smith’s sister", " (Mrs Smith’s sister)"),
        ("Dr. Okafor's nurse", " (Dr. Okafor's nurse)"),
        ("Samira’s aunt", " (Samira’s aunt)"),
        ("Mother’s partner", " (mother’s partner)"),
        ("Step-father’s sister", " (step-father’s sister)"),
        ("Children’s social worker", " (children’s social worker)"),
        ("Polish interpreter", " (Polish interpreter)"),
        ("Polish-speaking aunt", " (Polish-speaking aunt)"),
        ("Romanian", " (Romanian)"),
        ("Northmoor Council officer", " (Northmoor Council officer)"),
        ("Mother of Samira", " (mother of Samira)"),
        ("Father Samir", " (father Samir)"),
        ("School SENCO", " (school SENCO)"),
        ("", ""),
    ],
)
def test_what_people_wrote_goes_into_a_sentence_with_its_names(written: str, printed: str) -> None:
    assert in_brackets(written) == printed


def test_small_words() -> None:
    assert (as_hours(720), as_hours(90), as_hours(45), as_hours(61), as_hours("–")) == (
        "12 hours",
        "1 hour 30 minutes",
        "45 minutes",
        "1 hour 1 minute",
        "–",
    )
    assert (
        no_stop("“I ask.”") == "“I ask”" and no_stop("He said so.") == "He said so" and no_stop("“Well…”") == "“Well…”"
    )
    assert small_start("EHC plan") == "EHC plan" and small_start("Nan") == "nan"
