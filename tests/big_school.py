"""A generated school: hundreds of invented pupils, small files, everything decided by a seed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from generator.values.identifiers import upn_check_letter

ON = date(2026, 11, 23)
FIRST = ("Ada", "Ben", "Cara", "Dev", "Ela", "Finn", "Gita", "Hugo", "Iman", "Jude", "Kofi", "Lena", "Mina", "Noor")
LAST = ("Abbott", "Barlow", "Chowdhury", "Dunne", "Eze", "Farrell", "Gill", "Hirst", "Iqbal", "Jarvis", "Kaur", "Lowe")
AREAS = {
    "SLCN": "communication_and_interaction",
    "SPLD": "cognition_and_learning",
    "SEMH": "social_emotional_and_mental_health",
    "HI": "sensory_and_physical",
}
PROGRAMMES = (
    ("Precision teaching", "one_to_one", 1, 10, 5, 38, "ta-1"),
    ("Talk group", "group", 4, 25, 3, 12, "ta-2"),
    ("Phonics catch-up", "group", 3, 20, 4, 11, "ta-3"),
    ("Emotional literacy session", "one_to_one", 1, 30, 1, 6, "mentor"),
)

SCHOOL = """name: Seedfield School
address: Seed Lane, Northmoor
postcode: ZZ99 4WW
phone: 01632 960 100
authority: standard
authority_name: Northmoor Council
headteacher: {name: Mrs Ruth Calloway}
senco: {name: Mrs Joanna Hale}
staff:
  - {id: ta-1, name: Mrs Una Able, role: Teaching assistant, hours_a_week: 25}
  - {id: ta-2, name: Mr Vic Baker, role: Teaching assistant, hours_a_week: 25}
  - {id: ta-3, name: Ms Wen Carr, role: Teaching assistant, hours_a_week: 25}
  - {id: mentor, name: Mr Yan Dale, role: Learning mentor, hours_a_week: 15}
pay_rates:
  - {role: Teaching assistant, hourly: 15.23}
  - {role: Learning mentor, hourly: 17.21}
weeks_a_year: 38.6
terms:
  - {name: Autumn 2026, start: 2026-09-02, end: 2026-12-18}
  - {name: Spring 2027, start: 2027-01-04, end: 2027-03-25}
  - {name: Summer 2027, start: 2027-04-12, end: 2027-07-20}
"""


def write_school(folder: Path, pupils: int, on_register: int, seed: int = 7) -> Path:
    """A school's folder with so many pupils, the first of them on the register (every tenth with an EHC plan)."""
    chance = random.Random(seed)
    cases = folder / "cases"
    cases.mkdir(parents=True)
    (cases / "school.yaml").write_text(SCHOOL, "utf-8")
    for number in range(pupils):
        home = cases / f"pupil-{number:04}"
        home.mkdir()
        supported = number < on_register
        (home / "pupil.yaml").write_text(_pupil(number, supported, chance), "utf-8")
        if supported:
            _support(home, number, chance)
    return folder


def _pupil(number: int, supported: bool, chance: random.Random) -> str:
    year = number % 11 + 1
    body = f"9994001{(26 - year) % 100:02}{number % 1000:03}"
    upn = upn_check_letter(body) + body
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)] + str(number)
    attended = chance.randint(70, 120)
    lines = [
        f"legal_surname: {last}",
        f"forenames: {first}",
        f"date_of_birth: {2022 - year}-03-{number % 28 + 1:02}",
        f"upn: {upn}",
        f"year_group: {year}",
        f"class: {year}A",
        "people:",
        f"  - {{id: parent, name: Pat {last}, relationship: parent, parental_responsibility: yes}}",
        f"attendance:\n  - {{from: 2026-09-02, to: 2026-11-20, attended: {attended}, possible: 120}}",
    ]
    if supported:
        status = "E" if number % 10 == 0 else "K"
        kind = chance.choice(sorted(AREAS))
        lines += [
            "sen_status:",
            f"  - {{status: {status}, from: 2026-01-12}}",
            "needs:",
            f"  - {{id: main, area: {AREAS[kind]}, title: Main need, rank: 1, sen_type: {kind},",
            "     description: Needs help with the main thing., impact: Waits in lessons.}",
        ]
    return "\n".join(lines) + "\n"


def _support(home: Path, number: int, chance: random.Random) -> None:
    if number % 20 == 19:
        return  # one in twenty has no plan yet: the register must say so
    review = ON + timedelta(days=chance.randint(-60, 60))
    (home / "plan.yaml").write_text(
        "date: 2026-01-12\n"
        f"review_date: {review}\n"
        "aspirations: {pupil: To read to my gran., parents: To be happy.}\n"
        "outcomes:\n  - {id: reads, text: Reads alone for ten minutes., needs: [main], by: 2027-07-16}\n"
        "responsibilities: {pupil: [Try.], family: [Read.], school: [Teach.], services: [None at present.]}\n"
        "parents_informed: {decision_date: 2026-01-12, letter_date: 2026-01-13}\n",
        "utf-8",
    )
    (home / "cycles").mkdir()
    (home / "cycles" / "2026-summer.yaml").write_text(_cycle(1, "2026-04-13", "2026-07-06", chance, True), "utf-8")
    (home / "cycles" / "2026-autumn.yaml").write_text(_cycle(2, "2026-09-07", str(review), chance, False), "utf-8")
    (home / "meetings").mkdir()
    for day in ("2026-03-10", "2026-07-06")[: chance.randint(0, 2)]:
        (home / "meetings" / f"{day}-review.yaml").write_text(
            f"type: review\ndate: {day}\nchair: Ms Teacher\npeople:\n"
            "  - {name: Pat, role: parent, came: present, party: parent}\n",
            "utf-8",
        )


def _cycle(number: int, start: str, review: str, chance: random.Random, reviewed: bool) -> str:
    rows = []
    chosen = chance.sample(PROGRAMMES, 2)
    for place, (title, kind, group, minutes, times, weeks, staff) in enumerate(chosen):
        role = "Learning mentor" if staff == "mentor" else "Teaching assistant"
        rows.append(
            f"    - {{id: p{place}, title: {title}, type: {kind}, outcomes: [reads], delivered_by: {role}, "
            f"staff: {staff}, group_size: {group}, minutes: {minutes}, times_a_week: {times}, weeks: {weeks}, "
            f"entry: {chance.randint(1, 9)} of 20}}"
        )
    text = (
        f"number: {number}\ntitle: Cycle {number}\nstart: {start}\nplanned_review: {review}\n"
        "lead_teacher: Ms Teacher\nassess: {by: Ms Teacher}\nplan:\n  targets:\n"
        "    - {id: t1, text: Reads 20 words., outcome: reads, baseline: 5 of 20, goal: 20 of 20}\n"
        "  provision:\n" + "\n".join(rows) + "\n"
    )
    if reviewed:
        status = chance.choice(("met", "partly", "not_met"))
        decisions = "\n".join(
            f"    - {{provision: p{place}, decision: continue, exit: {chance.randint(10, 20)} of 20}}"
            for place in range(len(chosen))
        )
        text += f"review:\n  date: {review}\n  targets:\n    - {{target: t1, status: {status}}}\n"
        text += f"  provision:\n{decisions}\n"
    return text
