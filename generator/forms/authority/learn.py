"""A form learned: its places found, a field proposed for each; and learned again when the authority changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz

from generator.files.atomic_files import digest
from generator.forms.answer_places.read_form import BlankForm
from generator.forms.authority.dictionary import Dictionary
from generator.forms.authority.form_map import FormMap, MappedPlace, mapped
from generator.forms.authority.proposing.phrases import comparable
from generator.forms.authority.proposing.place_context import kind_of_form
from generator.forms.authority.proposing.propose import propose

KEPT, MOVED, NEW, GONE = "kept", "moved", "new", "gone"


def learn(blank: BlankForm, name: str, pack: str, words: Dictionary, on: date) -> FormMap:
    """The map of a form that nobody has learned before."""
    titles = (*blank.titles, name.replace("-", " "))
    places = mapped(blank.places, propose(blank.places, words, titles))
    kind = kind_of_form((*titles, *dict.fromkeys(p.around.section for p in blank.places[:40])))
    title = next((t for t in blank.titles if kind_of_form((t,)) == kind != "other"), name.replace("-", " "))
    return FormMap(name, pack, title, f"{name}.{blank.ending}", digest(blank.content), places, kind, on)


@dataclass(frozen=True)
class PlaceChange:
    """What became of one place in the next version: kept, moved, new or gone."""

    what: str
    place: MappedPlace
    before: MappedPlace | None = None


def learn_again(old: FormMap, new: FormMap) -> tuple[FormMap, list[PlaceChange]]:
    """The next version's map with what was confirmed before, and every change as a list to confirm.

    What stands at the same address under the same words is kept as it was confirmed; what moved keeps its field but is
    not filled until somebody has looked.
    """
    pairs = _pairs(old.places, new.places)
    places, changes = [], []
    for place in new.places:
        before = pairs.get(place.id)
        if before is None:
            places.append(place)
            changes.append(PlaceChange(NEW, place))
            continue
        same = before.where.key == place.where.key and comparable(before.label) == comparable(place.label)
        places.append(_taken_over(before, place, same))
        changes.append(PlaceChange(KEPT if same else MOVED, places[-1], before))
    known = {before.id for before in pairs.values()}
    changes += [PlaceChange(GONE, place) for place in old.places if place.id not in known]
    return replace(new, places=tuple(places), instead_of=old.instead_of, made_by=old.made_by, title=old.title), changes


def _taken_over(before: MappedPlace, place: MappedPlace, same: bool) -> MappedPlace:
    taken = replace(
        before,
        id=place.id,
        where=place.where,
        label=place.label,
        section=place.section,
        how=place.how,
        kind=place.kind,
        words=place.words,
        characters=place.characters,
        page=place.page,
    )
    options_alike = not place.options or set(place.options) == set(before.options)
    settled = before.by_hand or before.office_use
    return taken if same and options_alike else replace(taken, sure=taken.sure and settled)


def _pairs(old: Sequence[MappedPlace], new: Sequence[MappedPlace]) -> dict[str, MappedPlace]:
    """Which old place each new one is: the same address and words, then the same words, then words nearly the same."""
    left = {p.id: p for p in old}
    pairs: dict[str, MappedPlace] = {}
    for fits in (_same, _same_words, _near):
        for place in new:
            if place.id in pairs:
                continue
            found = next((p for p in left.values() if fits(p, place)), None)
            if found is not None:
                pairs[place.id] = left.pop(found.id)
    return pairs


def _same(old: MappedPlace, new: MappedPlace) -> bool:
    return old.where.key == new.where.key and comparable(old.label) == comparable(new.label)


def _same_words(old: MappedPlace, new: MappedPlace) -> bool:
    return (
        _kindred(old, new)
        and comparable(old.label) == comparable(new.label)
        and comparable(old.section) == comparable(new.section)
    )


def _near(old: MappedPlace, new: MappedPlace) -> bool:
    alike = fuzz.token_sort_ratio(comparable(old.label), comparable(new.label)) >= 86
    return _kindred(old, new) and alike and fuzz.token_set_ratio(comparable(old.section), comparable(new.section)) >= 70


def _kindred(old: MappedPlace, new: MappedPlace) -> bool:
    ticks = {"checkbox", "choice"}
    return (old.kind in ticks) == (new.kind in ticks) and old.is_grid == new.is_grid
