"""The body of house.docx: one page that shows every style, so that a school sees what it changes."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import bullet, details, heading, para, title


def house() -> str:
    """A sample of every style; the documents take their styles, header, footer and margins from this file."""
    return "".join(
        [
            title("House style", "Change this file in Word, and every document follows"),
            para("Change a style (its font, size or colour), the header, the footer or the margins, and save. Put your logo into the "
                 "header. The words on this page are only a sample and are printed nowhere."),
            para("The first page of letters and of a bundle has a header (the letterhead) and a footer of its own. To see them, tick “Different first "
                 "page” in Word’s header tools; untick it again."),
            heading(1, "Heading 1"),
            heading(2, "Heading 2"),
            heading(3, "Heading 3"),
            bullet("List Bullet"),
            para("List Number", "ListNumber"),
            para("Large Text: for documents that a child reads", "LargeText"),
            para("Large Bullet", "LargeBullet"),
            para("Own Words: what the child or the family said", "OwnWords"),
            para("Small Print", "SmallPrint"),
            para("Hint: what to draw or write in a box", "Hint"),
            details("Table Heading", ("Table Text", "Value")),
            para("Signed \t  Date \t", "Sign"),
            para("Write Here \t", "WriteHere"),
            para("Address Line", "AddressLine"),
            para("☒  Tick Line", "TickLine"),
            para("Cover Text", "CoverText"),
        ]
    )  # fmt: skip
