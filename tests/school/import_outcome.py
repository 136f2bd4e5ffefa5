"""What an export comes to in a school's folder: who is begun with what, and everything that is said about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cli.text.import_text import columns_text, import_text
from generator.folder.school_folder import Project
from generator.records.record import read_record
from generator.school.imports.compare_import import Comparison, ImportWish, compare
from generator.school.imports.ctf import read_ctf
from generator.school.imports.lists import spreadsheet_columns as sc
from generator.school.imports.lists.pupils_of_list import pupils_of
from generator.school.imports.match_pupil import known_in
from generator.values.parsing import Unreadable
from tests.school.pupil_lists import upn

TODAY, SINCE = date(2026, 11, 29), date(2026, 9, 1)
HEADS = "UPN,Surname,Forename,DOB,Year,SEN Status"


def look(project: Project, content: str | bytes, name: str = "list.csv", on: date = TODAY) -> tuple[Comparison, str]:
    """What an export means, and what is said about it."""
    file = project.root / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    lists = None
    if name.endswith(".xml"):
        incoming, wish = read_ctf(file), ImportWish(True, on, SINCE, whole_list=False)
    else:
        found = sc.read_lists(file, {})
        columns = sc.propose(found, sc.Columns({}), on)
        sc.must_be_enough(found, columns, file)
        lists = sc.only_pupils(found, columns)
        incoming = pupils_of(lists.rows, columns, {}, on)
        wish = ImportWish(True, on, SINCE, says_sen=sc.says_sen(columns))
    result = compare(project, incoming, known_in(project), wish)
    said = [*(columns_text(lists, columns, known=False) if lists else ()), *import_text(result, lists)]
    return result, "\n".join(said)


def register(project: Project, content: str | bytes, name: str = "list.csv") -> dict[str, dict[str, Any]]:
    """Each pupil whose folder is begun, by full name: what counts for the register."""
    result, _ = look(project, content, name)
    found = {}
    for one in result.outcomes:
        record, problems = read_record(one.text.encode(), "pupil.yaml", "pupil", project.schemas)
        assert record is not None and not [p for p in problems if p.blocks]
        found[f"{record.data['forenames']} {record.data['legal_surname']}"] = record.data
    return found


def brief(data: dict[str, Any]) -> str:
    """`K 2025-09-01 SEMH SLCN`: the statuses, the day of the last, the needs."""
    rows = data["sen_status"]
    needs = [str(need.get("sen_type", "no type")) for need in data.get("needs", ())]
    return " ".join([*(str(row["status"]) for row in rows), rows[-1]["from"].isoformat(), *needs])


def row(number: int, *cells: str, surname: str = "Hill", forename: str = "Ben", status: str = "K") -> str:
    quoted = ",".join(f'"{cell}"' for cell in cells)
    line = f"{upn(number)},{surname},{forename},14/05/2018,4,{status}"
    return f"{line},{quoted}\n" if cells else f"{line}\n"


def refused(reader: Any, text: str) -> str:
    """The rule by which a reader of cells does not take a text."""
    with pytest.raises(Unreadable) as stop:
        reader(text)
    return stop.value.rule
