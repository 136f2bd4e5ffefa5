"""Layers of a PDF (optional content) that viewers do not show, and the marks that lie on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from generator.bundle.evidence.page_by_page.pdf_objects import listed

_DEEP = 20


def without_hidden_marks(pdf: pikepdf.Pdf) -> int:
    """Take marks and form fields on layers that are switched off from their pages; how many there were.

    Whoever draws a page for good forgets the layer: what no viewer shows would stand there for all to read.
    """
    shown = _asked(pdf)
    if shown is None:
        return 0
    gone = 0
    for page in pdf.pages:
        marks = page.obj.get("/Annots")
        if not isinstance(marks, Array):
            continue
        kept = [mark for mark in marks if not isinstance(mark, Dictionary) or shown(mark.get("/OC"), 0)]
        gone += len(marks) - len(kept)
        if len(kept) < len(marks):
            page.obj.Annots = Array(kept)
    return gone


def _asked(pdf: pikepdf.Pdf) -> Callable[[Any, int], bool] | None:
    """Whether what names a layer is shown, as ISO 32000-2, 8.11 says; None where there are no layers."""
    layers = pdf.Root.get("/OCProperties")
    normal = layers.get("/D") if isinstance(layers, Dictionary) else None
    if not isinstance(normal, Dictionary):
        return None
    off, on = _named(normal.get("/OFF")), _named(normal.get("/ON"))
    all_off = str(normal.get("/BaseState")) == "/OFF"
    by_use = {one for event in listed(normal.get("/AS")) if _is_for_screen(event) for one in _named(event.get("/OCGs"))}

    def one_shown(layer: Any) -> bool:
        on_screen = _state_on_screen(layer) if layer.objgen in by_use else ""
        if on_screen in ("/ON", "/OFF"):
            return on_screen == "/ON"
        return layer.objgen not in off and (not all_off or layer.objgen in on)

    def shown(named: Any, deep: int) -> bool:
        if not isinstance(named, Dictionary) or deep > _DEEP:
            return True
        if str(named.get("/Type")) != "/OCMD":
            return one_shown(named)
        if isinstance(named.get("/VE"), Array):
            return _said(named.get("/VE"), one_shown, 0)
        held = named.get("/OCGs")
        states = [one_shown(one) for one in (listed(held) if isinstance(held, Array) else [held]) if _is_layer(one)]
        rules = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
        return not states or rules.get(str(named.get("/P")), any(states))

    return shown


def _said(words: Any, shown: Callable[[Any], bool], deep: int) -> bool:
    """What an expression of layers (And, Or, Not) comes to."""
    if isinstance(words, Dictionary):
        return shown(words)
    if not isinstance(words, Array) or len(words) < 2 or deep > _DEEP:
        return True
    parts = [_said(one, shown, deep + 1) for one in list(words)[1:]]
    return {"/And": all(parts), "/Not": not parts[0]}.get(str(words[0]), any(parts))


def _is_for_screen(event: Any) -> bool:
    """True for a rule that sets layers, when they are looked at, as their use on the screen says."""
    if not isinstance(event, Dictionary) or str(event.get("/Event")) != "/View":
        return False
    return "/Category" not in event or "/View" in map(str, listed(event.get("/Category")))


def _state_on_screen(layer: Any) -> str:
    use = layer.get("/Usage")
    view = use.get("/View") if isinstance(use, Dictionary) else None
    return str(view.get("/ViewState")) if isinstance(view, Dictionary) else ""


def _named(layers: Any) -> set[tuple[int, int]]:
    return {one.objgen for one in listed(layers) if _is_layer(one)}


def _is_layer(thing: Any) -> bool:
    return isinstance(thing, Dictionary)
