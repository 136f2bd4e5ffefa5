"""What a part of a Word file refers to: its pictures, charts and other parts by the ids of its relations."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from generator.engines.docx.docx_contents import PARSER

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def targets(members: Mapping[str, bytes], part: str) -> dict[str | None, str]:
    """The parts of the document that a part refers to, by the id of the relation."""
    folder, name = posixpath.split(part)
    relations = members.get(f"{folder}/_rels/{name}.rels")
    if relations is None:
        return {}
    return {
        one.get("Id"): posixpath.normpath(posixpath.join("/", folder, one.get("Target") or ""))[1:]
        for one in etree.fromstring(relations, PARSER)
        if (one.get("TargetMode") or "").lower() != "external"
    }


def reference(picture: etree._Element) -> str | None:
    """The id of the relation to a picture, in a drawing or in VML."""
    return picture.get(_R + "embed") or picture.get(_R + "id") or picture.get(_R + "pict")
