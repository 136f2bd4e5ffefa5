"""Invented pupils and their lists as schools' systems give them out; UPNs of LA 999, which does not exist."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook

from generator.values.identifiers import upn_check_letter


def upn(number: int) -> str:
    """A unique pupil number of the invented authority, with its right check letter."""
    body = f"9994001{number:05}"
    return upn_check_letter(body) + body


ARBOR = "Forename,Surname,Legal Surname,UPN,DOB,Year,Reg,SEN Status,SEN Need,Ethnicity,FSM,PP,LAC,EAL"
ARBOR_ROWS = (
    f"Amy,Lowe,Lowe,{upn(1)},18/10/2019,Year 2,2B,,,WBRI,F,T,F,T",
    f'Zak,Ali,Ali,{upn(2)},05/11/2019,Year 2,2F,K - SEN Support,"SEMH - Social, Emotional and Mental Health",,T,T,F,F',
    f"Ava,Brown,Brown,{upn(3)},18/06/2016,Year 6,6F,SEN support (K),MLD - Moderate Learning Difficulty,WBRI,F,F,T,T",
    f"Noah,Wright,Wright-Hall,{upn(4)},28/08/2021,Year 1,1F,E - EHC Plan,Autistic Spectrum Disorder,APKN,T,F,F,T",
    f"Kit,Solan,Perry,{upn(5)},14/05/2021,Year 1,1F,SEN Support,SLCN; SPLD,MWAS,T,F,F,F",
    f"Lily,Jones,Jones,{upn(6)},12/06/2019,Year 3,3B,N - No SEN,,BOTH,F,T,F,F",
)
"""Five columns that are easily taken for others, a blank and a plain N, two needs in one cell, a legal surname."""


def arbor() -> str:
    """A class list as Arbor gives it out, with 4 of 6 pupils on the SEND register."""
    return "\r\n".join((ARBOR, *ARBOR_ROWS)) + "\r\n"


SIMS = ("Surname", "Forename", "Legal Surname", "Legal Forename", "UPN", "Date of Birth", "Year Taught In", "Reg",
        "SEN Status", "SEN Start Date", "SEN Need", "Need Rank", "In Care", "Pupil Premium Indicator",
        "Service Children Indicator")  # fmt: skip
SIMS_ROWS = tuple(
    tuple(row.split(","))
    for row in (
        f'O’Hara,Zoë,O’Hara,Zoë Mary,="{upn(11)}",02-Nov-17,Year 4,4B,K,01-Sep-25,SLCN,1,F,T,F',
        f'O’Hara,Zoë,O’Hara,Zoë Mary,="{upn(11)}",02-Nov-17,Year 4,4B,K,01-Sep-25,SPLD,2,F,T,F',
        f'Nowak,Łucja,Nowak,Łucja,="{upn(12)}",14/05/18,Year 4,4B,E,11/02/24,HI,1,T,F,T',
        f'Price,Sam,Price,Samuel,="{upn(13)}",30/08/18,Year 3,3A,N,,,,F,F,F',
    )
)
"""A row for each need, numbers kept from Excel, years of two digits, a preferred forename."""


def sims(delimiter: str = ";") -> str:
    """A report as SIMS gives it out: titles above, a total below, the headings again on the second page."""
    lines = [delimiter.join(cell for cell in row) for row in (SIMS, *SIMS_ROWS[:2], SIMS, *SIMS_ROWS[2:])]
    return "\n".join([f"sep={delimiter}", "Larkfield School", "SEN list, 20/11/2026", "", *lines, "Total: 3"]) + "\n"


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]], hidden: Sequence[str] = ()) -> bytes:
    """An .xlsx file of some sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
