"""Scans made searchable by OCRmyPDF, where it is on this machine: the words lie behind the picture, which stays."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import lru_cache

import pikepdf
from pikepdf import Dictionary

from generator.bundle.evidence.page_by_page.pictures.evened_light import PhotoAsItWas, evened_pictures, put_back
from generator.files import temp_folders
from generator.files.programs_beside.ended_program import ProgramsAtWork, end_with_all
from generator.problems import MissingOnThisMachine

_SECONDS_A_PAGE = 60


@lru_cache(maxsize=1)
def about_ocr() -> str:
    """The programs that read scans, with their versions: results are kept under this name."""
    found = [shutil.which(name) for name in ("ocrmypdf", "tesseract")]
    if None in found:
        raise MissingOnThisMachine(
            "There is no program here that reads scans.",
            "Install OCRmyPDF with Tesseract (ocrmypdf.readthedocs.io), or leave out --ocr.",
        )
    told = [subprocess.run([name, "--version"], capture_output=True, text=True, check=False) for name in found if name]
    return "; ".join((one.stdout or one.stderr).splitlines()[0] for one in told)


_SURE = "6"
"""How sure the program must be of how a photo's writing stands before its page is turned: it was at 7.6 of a dark and
skewed one; it calls itself sure at 14."""


def read_scan(
    content: bytes,
    language: str,
    pages: int,
    partly: bool = False,
    photo: bool = False,
    programs: ProgramsAtWork | None = None,
) -> bytes | str:
    """The PDF with text behind the pages that have none; or, in words, why it could not be read.

    `partly` reads also the pictures of pages that have some text, such as the header that a fax machine put there.
    Pages of a `photo` are turned as their writing stands, and read with evened light: a dark photo on a white page
    is all black to the program. The pictures stay as they are. The program that reads is one of `programs`.
    """
    about_ocr()
    evened, pictures = evened_pictures(content) if photo else (content, {})
    with temp_folders.folder() as folder:
        source, target = folder / "scan.pdf", folder / "read.pdf"
        source.write_bytes(evened)
        command = [
            "ocrmypdf",
            "--redo-ocr" if partly else "--skip-text",
            *(["--rotate-pages", "--rotate-pages-threshold", _SURE] if photo else []),
            "--output-type",
            "pdf",
            "--optimize",
            "0",
            "--quiet",
            "--jobs",
            "2",
        ]
        program = (programs or ProgramsAtWork()).start(
            [*command, "-l", _language(language), str(source), str(target)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            # Pictures of the pages go where they are removed, also when it is ended; several threads for a page wait
            # for each other in loops.
            env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)), "OMP_THREAD_LIMIT": "1"},
        )
        try:
            said = program.communicate(timeout=_SECONDS_A_PAGE * max(2, pages))[1]
        except subprocess.TimeoutExpired:
            return "it takes too long"
        finally:
            if program.poll() is None:
                end_with_all(program)
        if program.returncode or not target.is_file():
            return str((said.strip().splitlines() or [f"it ended with {program.returncode}"])[-1])
        return _named(target.read_bytes(), pictures)


def _language(code: str) -> str:
    return {"en": "eng", "cy": "cym", "pl": "pol"}.get(code.split("-")[0], "eng")


def _named(content: bytes, pictures: Mapping[int, PhotoAsItWas]) -> bytes | str:
    """With the pictures as they were, and the text layers, called by random names, the same on every day.

    In words, why not, where a picture cannot be put back.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if not put_back(pdf, pictures):
            return "the program that reads scans gave back another picture"
        for page in pdf.pages:
            drawn = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
            for number, name in enumerate([str(key) for key in drawn.keys() if str(key).startswith("/OCR-")]):  # noqa: SIM118
                drawn[f"/Ocr{number}"] = drawn[name]
                del drawn[name]
                page.contents_coalesce()
                page.obj.Contents.write(page.obj.Contents.read_bytes().replace(name.encode(), b"/Ocr%d" % number))
        for key in ("/Info", "/ID"):  # dates, and a number by chance
            if key in pdf.trailer:
                del pdf.trailer[key]
        if "/Metadata" in pdf.Root:
            del pdf.Root["/Metadata"]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
