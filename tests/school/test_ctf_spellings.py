"""Common Transfer Files as other systems write them: encodings, dates, capitals, names; nothing is lost in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.school.imports.ctf import is_ctf, read_ctf
from generator.school.imports.incoming_pupil import Incoming

ON = date(2026, 11, 30)
NEED = "<SENneeds><SENneed><SENtypeRank>1</SENtypeRank><SENtype>SLCN</SENtype></SENneed></SENneeds>"
STATUS = (
    "<SENhistory><SEN><StartDate>{}</StartDate><SENprovision>K</SENprovision><EndDate>{}</EndDate></SEN></SENhistory>"
)


def ctf(
    status: str = STATUS.format("2025-09-01", ""), name: str = "O’Hara", header: str = "2026-11-20T09:00:00"
) -> str:
    pupil = f"<Pupil><Surname>{name}</Surname><Forename>Zoë</Forename><DOB>2018-05-14</DOB>{status}{NEED}</Pupil>"
    return f"<CTfile><Header><DateTime>{header}</DateTime></Header><CTFpupilData>{pupil}</CTFpupilData></CTfile>"


def read(tmp_path: Path, content: str | bytes, name: str = "x.xml") -> Incoming:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert is_ctf(file)
    (one,) = read_ctf(file, ON)
    return one


@pytest.mark.parametrize(
    "content",
    [
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{ctf()}'.encode("cp1252"),
        f'<?xml version="1.0" encoding="UTF-8"?>{ctf()}'.encode("utf-16"),
        f'\ufeff\n<?xml version="1.0"?>{ctf()}',
        ctf().replace("CTfile", "CTFile").replace("SEN", "Sen").replace("history", "History"),
        ctf().replace("2025-09-01", "2025-09-01+01:00").replace("2018-05-14", "2018-05-14Z"),
        ctf(STATUS.format("01/09/2025", ""), header="20/11/2026 09:00"),
    ],
)
def test_a_file_is_read_whatever_its_encoding_capitals_and_dates(tmp_path: Path, content: str | bytes) -> None:
    one = read(tmp_path, content)
    assert (one.values["legal_surname"], one.values["forenames"]) == ("O’Hara", "Zoë")
    assert (one.values["sen_status"], one.values["sen_from"], one.values["sen_type"]) == ("K", "2025-09-01", "SLCN")


@pytest.mark.parametrize("header", ["20/11/2026 09:00", "", "2026-11-20T09:00:00+00:00"])
def test_a_status_that_ended_before_the_day_of_the_file_is_held_no_more(tmp_path: Path, header: str) -> None:
    one = read(tmp_path, ctf(STATUS.format("01/09/2024", "31/01/2026"), header=header))
    assert (one.values["sen_status"], one.values["sen_from"]) == ("N", "2026-01-31")


def test_a_rank_in_words_is_a_rank(tmp_path: Path) -> None:
    one = read(tmp_path, ctf().replace("Rank>1<", "Rank>Primary<"))
    assert one.values["sen_type"] == "SLCN" and not one.unplaced


@pytest.mark.parametrize("name", ["9991234_CTF_9995678_001.ctf", "ctf.txt"])
def test_a_file_is_known_by_what_it_holds(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, f'<?xml version="1.0"?>\n<!-- made here -->\n{ctf()}', name).named
    (tmp_path / "list.csv").write_text("Surname,CTfile\n", "utf-8")
    assert not is_ctf(tmp_path / "list.csv")
