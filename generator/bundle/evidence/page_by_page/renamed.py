"""Things of a PDF called by other names, wherever the file or the code of a page calls them so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from typing import Any

import pikepdf
from pikepdf import Array, Name

from generator.bundle.evidence.page_by_page.pdf_objects import dictionaries, drawings, name_of

_NAME = re.compile(rb"/([^\x00\s()<>\[\]{}/%]++)")
_BY_NUMBER = re.compile(rb"#([0-9A-Fa-f]{2})")


def call_otherwise(pdf: pikepdf.Pdf, old: Iterable[str]) -> None:
    """Call each `/Old` by a name of no meaning, as value, as key and in all code: the pages show what they showed."""
    used = {key for thing in dictionaries(pdf) for key in thing.keys()}  # noqa: SIM118
    free = (name for number in count(1) if (name := f"/Taken.out.{number}") not in used)
    names = dict(zip(dict.fromkeys(old), free, strict=False))
    for thing in pdf.objects:
        _rename_in(thing, names)
    for stream in [one for streams in drawings(pdf) for one in streams]:
        try:
            code = stream.read_bytes()
        except pikepdf.PdfError:  # nobody reads in it how things are called
            continue
        if (new := _NAME.sub(lambda name: _renamed(name, names), code)) != code:
            stream.write(new)


def _rename_in(thing: Any, names: dict[str, str]) -> None:
    holders = [thing] if isinstance(thing, (pikepdf.Dictionary, Array, pikepdf.Stream)) else []
    while holders:
        holder = holders.pop()
        for key, value in list(enumerate(holder)) if isinstance(holder, Array) else list(holder.items()):
            if isinstance(value, Name) and name_of(value) in names:
                holder[key] = Name(names[name_of(value)])
            elif isinstance(value, (pikepdf.Dictionary, Array)) and not value.is_indirect:
                holders.append(value)
            if isinstance(key, str) and key in names:
                holder[names[key]] = holder[key]
                del holder[key]


def _renamed(name: re.Match[bytes], names: dict[str, str]) -> bytes:
    said = _BY_NUMBER.sub(lambda sign: bytes.fromhex(sign[1].decode("ascii")), name[1])
    new = names.get("/" + said.decode("utf-8", "replace"))
    return new.encode("ascii") if new else name[0]
