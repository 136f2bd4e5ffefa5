"""Words of a file by other means than the program's own, and whether they are in the bundle: it finds silent losses."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORD = re.compile(r"[^\W\d_]{3,}")
ENOUGH = 0.02
"""The share of words that may differ: hyphens at line ends, letters that are drawn in pieces, fields made anew."""


def words_lost(file: Path, made: bytes, first: int, last: int) -> str:
    """What the file says and its pages of the bundle do not, in words; empty when nothing is missing."""
    if file.suffix.lower() == ".docx":
        said = " ".join(_of_word(file))
    elif file.suffix.lower() == ".pdf":
        said = " ".join(_of_pdf(file.read_bytes()))
    else:
        return ""
    wanted = Counter(_WORD.findall(_plain(said)))
    there = _plain(" ".join(_of_pdf(made, first, last)))
    have, squeezed = Counter(_WORD.findall(there)), re.sub(r"\W+", "", there)
    missing = {word: n - have[word] for word, n in wanted.items() if have[word] < n and squeezed.count(word) < n}
    letters, drawn = Counter(squeezed), Counter("".join(missing))
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in drawn) and not Counter("".join(wanted)) - letters:
        return ""  # joined letters are drawn in pieces and from the other end: no word can be told apart
    count = sum(missing.values())
    if count <= max(1, ENOUGH * sum(wanted.values())):
        return ""
    return f"{count} of {sum(wanted.values())} words: {', '.join(list(missing)[:8])}"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text.replace("\u00ad", "").replace("\ufffe", "")).casefold()


def _of_pdf(content: bytes, first: int = 1, last: int = 0) -> Iterator[str]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return
    for index in range(first - 1, last or len(document)):
        yield document[index].get_textpage().get_text_bounded()
    document.close()


def _of_word(file: Path) -> Iterator[str]:
    """Every text of the document and its notes that is neither hidden nor deleted nor another's stand-in."""
    try:
        with zipfile.ZipFile(file) as package:
            names = [n for n in package.namelist() if re.fullmatch(r"word/(document\d*|footnotes|endnotes)\.xml", n)]
            roots = [etree.fromstring(package.read(name)) for name in names]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, OSError):
        return
    for root in roots:
        for paragraph in root.iter(f"{_W}p"):
            yield "".join(t.text or "" for t in paragraph.iter(f"{_W}t") if _is_shown(t, paragraph))


def _is_shown(text: etree._Element, paragraph: etree._Element) -> bool:
    run = next(text.iterancestors(f"{_W}r"), None)
    if run is not None and run.find(f"{_W}rPr/{_W}vanish") is not None:
        return False
    around = {str(one.tag) for one in text.iterancestors()}
    own = next(text.iterancestors(f"{_W}p"), None) is paragraph
    return own and not around & {_FALLBACK, f"{_W}del", f"{_W}moveFrom"}
