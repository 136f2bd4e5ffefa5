"""Scans made searchable by OCRmyPDF, where it is on this machine: the words lie behind the picture, which stays."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import lru_cache

import pikepdf
from pikepdf import Dictionary

from generator.files import temp_folders
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


def read_scan(content: bytes, language: str, pages: int, partly: bool = False) -> bytes | str:
    """The PDF with text behind the pages that have none; or, in words, why it could not be read.

    `partly` reads also the pictures of pages that have some text, such as the header that a fax machine put there.
    """
    about_ocr()
    with temp_folders.folder() as folder:
        source, target = folder / "scan.pdf", folder / "read.pdf"
        source.write_bytes(content)
        command = [
            "ocrmypdf",
            "--redo-ocr" if partly else "--skip-text",
            "--output-type",
            "pdf",
            "--optimize",
            "0",
            "--quiet",
            "--jobs",
            "2",
        ]
        try:
            done = subprocess.run(
                [*command, "-l", _language(language), str(source), str(target)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_SECONDS_A_PAGE * max(2, pages),
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "it takes too long"
        if done.returncode or not target.is_file():
            return (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
        return _named(target.read_bytes())


def _language(code: str) -> str:
    return {"en": "eng", "cy": "cym", "pl": "pol"}.get(code.split("-")[0], "eng")


def _named(content: bytes) -> bytes:
    """The text layers are called by random names: the same scan must give the same bytes on every day."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
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
