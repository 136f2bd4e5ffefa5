"""What surrounds every engine's own drawing: the document is looked at and prepared, the PDF mended and read back.

Engines load this when they are first given a document: to choose one, and to say which it is, needs none of it.
"""

from __future__ import annotations

import pikepdf

from generator.engines import finish, postcheck, preflight, prepare
from generator.engines.engine import Docx, Failure, Pdf
from generator.engines.prepare import Prepared


def ready(document: Docx, *, written_out: bool = False, unchanged: bool = False) -> Prepared | Failure:
    """The document as an engine should see it, or why it may not be opened.

    `written_out` does without rules that the embedded engine lacks; `unchanged` leaves the document as it is.
    """
    members = preflight.opened(document.content)
    if isinstance(members, str):
        return Failure(document.name, members)
    return prepare.facts(document.content) if unchanged else prepare.prepared(members, written_out)


def done(name: str, content: bytes, prepared: Prepared, maker: str) -> Pdf | Failure:
    """The PDF that an engine made, mended and read back; `maker` is the engine as a PDF names it."""
    try:
        with finish.Draft(content) as draft:
            return checked(name, draft, prepared, maker)
    except pikepdf.PdfError as error:
        return Failure(name, f"{maker} made a PDF that cannot be read: {error}")


def checked(name: str, draft: finish.Draft, prepared: Prepared, maker: str, *, mend: bool = False) -> Pdf | Failure:
    """A PDF that is open, as `done`; `mend` also its links, tables and pictures. Raises pikepdf.PdfError."""
    identity = finish.identity(prepared, name, maker)
    finished, warnings = draft.finish(identity, prepared if mend else None)
    return postcheck.checked(name, finished, prepared.words, prepared.warnings + warnings)
