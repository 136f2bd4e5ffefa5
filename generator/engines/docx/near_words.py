"""By which words of the text a thing without words is found again in the PDF, so that its page can be told."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from generator.engines.docx.docx_contents import W

_ENOUGH = 9
"""Letters by which a paragraph is known."""
_WHERE = {
    W + "hdr": " in a header",
    W + "ftr": " in a footer",
    W + "footnotes": " in a footnote",
    W + "endnotes": " in an endnote",
}
_BEGINS_A_PAGE = (W + "pageBreakBefore", W + "sectPr", W + "lastRenderedPageBreak")


class WordsBeside:
    """The words beside the things of one story, whose paragraphs are read once; for as long as it is not changed."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root

    @property
    def where(self) -> str:
        """Where the story stands, for what is told without a page: “ in a header”; empty for the running text."""
        return _WHERE.get(str(self._root.tag), "")

    def near(self, thing: etree._Element) -> str:
        """The words of its own paragraph or the last before it; of the next one where a page begins between them.

        Empty outside of the running text, which stands on one page, and where there are no words.
        """
        if self._root.tag != W + "document":
            return ""
        own = next(thing.iterancestors(W + "p"), None)
        return "" if own is None else self._words.get(own, "")

    @cached_property
    def _words(self) -> dict[etree._Element, str]:
        paragraphs = list(self._root.iter(W + "p"))
        said = [words if len(words := _said(one)) >= _ENOUGH else "" for one in paragraphs]
        before, found = "", []
        for one, words in zip(paragraphs, said, strict=True):
            before = "" if _begins_page(one) else before
            found.append(words or before)
            before = words or before
        after = ""
        for place in range(len(paragraphs) - 1, -1, -1):
            found[place] = found[place] or after
            after = said[place] or after
        return dict(zip(paragraphs, found, strict=True))


def _said(paragraph: etree._Element) -> str:
    return "".join(one.text or "" for one in paragraph.iter(W + "t")).strip()


def _begins_page(paragraph: etree._Element) -> bool:
    breaks = (one.get(W + "type") in ("page", "column") for one in paragraph.iter(W + "br"))
    return any(breaks) or next(paragraph.iter(*_BEGINS_A_PAGE), None) is not None
