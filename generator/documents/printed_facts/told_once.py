"""A bundle tells a thing once: where each part is, and which part tells what the others then refer to by page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.cases.case import Case
from generator.cases.vocabulary import AREAS
from generator.values.formatting import and_list, possessive

TOPICS = ("summary", "profile", "needs", "results", "provision", "outcomes", "reviews", "evidence")
"""What several documents tell when each is read alone."""

MY_SUPPORT_PLAN, SUPPORT_PLAN = "my-support-plan", "support-plan"
COVER, _CONTENTS = "bundle-cover", "bundle-contents"

_NEEDS, _SERVICES, _RESULTS, _SUPPORT, _OUTCOMES = (
    "“Strengths and needs”",
    "“Other services”",
    "“What we know”",
    "“Support”",
    "“What we are working towards”",
)
_HEADINGS = {
    MY_SUPPORT_PLAN: {
        "needs": ("Part 3", _SERVICES),
        "results": ("Part 3",),
        "provision": ("Part 3",),
        "outcomes": ("Part 5",),
    },
    SUPPORT_PLAN: {
        "needs": (_NEEDS, _SERVICES),
        "results": (_RESULTS,),
        "provision": (_SUPPORT,),
        "outcomes": (_OUTCOMES,),
    },
}
"""Under which headings of the plan that carries it a topic is told: eleven pages are no answer."""

_CLOSER = {
    MY_SUPPORT_PLAN: {
        "results": ("“Attainment over time”", "“Standardised tests”", "“Progress from cycle to cycle”"),
        "provision": ("“Support now”", "“Support now, and what has ended”"),
    },
}
"""Headings below these, named instead where the plan has any: its Part 3 alone is six pages."""

REASONS, HAS_SEN, NEEDS_PLAN, NEEDS, IN_SHORT, COSTS, SOUGHT, FAMILY_VIEWS, AGREEMENT = (
    "Reasons for the request",
    "has or may have special educational needs",
    "It may be necessary for provision to be made through an EHC plan",
    "Strengths and needs",
    "In short",
    "The support and what it costs",
    "Outcomes we seek",
    "The family’s views",
    "Agreement and signatures",
)
"""Headings of the request to which the case summary refers."""

VIEWS_ON = {
    "support_wanted": "What would help",
    "important_now": "What is important now",
    "future": "Hopes for the future",
    "not_working": "What is not working",
    "working": "What is working",
    "history": "Background and history",
    "other": "Anything else",
}
"""The heading of the request under which each of a family's answers stands."""


def child_views(first_name: str) -> str:
    """The heading of the request under which the child speaks."""
    return f"{possessive(first_name)} views"


def headings_told(plan: str, topic: str) -> tuple[str, ...]:
    """The headings of a plan under which it tells a topic, as they stand there; none of a plan of a pack's own."""
    return tuple(_bare(one) for one in _HEADINGS.get(plan, {}).get(topic, ()))


_AT_HOME = "Who does what"
"""The heading of the support plan under which a family finds what it can do."""


def family_pages(places: Places, wanted: str = "") -> dict[str, str]:
    """On which pages of its copy a family finds the help that there is now, and what it can do; empty where nowhere."""
    plan = carrier(places, wanted)
    told = [_bare(one) for one in _CLOSER.get(plan, {}).get("provision", ())] + [*headings_told(plan, "provision")]
    at_home = places[SUPPORT_PLAN].at(_AT_HOME).pages if SUPPORT_PLAN in places else ""
    return {"help_now": places[plan].at(*told).pages if plan else "", "at_home": at_home}


def headings_referred_to(kind: str, first_name: str, ours: bool = True) -> tuple[str, ...]:
    """The headings of a kind of document that others in a bundle refer to, each by its own page.

    Of a plan from a template that is not `ours` only the areas of need: its “Part 3” may be of something else.
    """
    if kind == "request":
        asked = (REASONS, HAS_SEN, NEEDS_PLAN, NEEDS, IN_SHORT, COSTS, SOUGHT, FAMILY_VIEWS, AGREEMENT)
        return (*asked, child_views(first_name), *VIEWS_ON.values())
    if kind in _HEADINGS and not ours:
        return tuple(AREAS.values())
    closer = [_bare(one) for named in _CLOSER.get(kind, {}).values() for one in named]
    told = [*(name for topic in _HEADINGS.get(kind, ()) for name in headings_told(kind, topic)), *closer]
    told += [_AT_HOME] if kind == SUPPORT_PLAN else []
    return tuple(dict.fromkeys([*told, *AREAS.values()])) if told else ()


def _bare(named: str) -> str:
    return named.strip("“”")


def headings_left_out(case: Case) -> set[str]:
    """The headings that our own plans do not print, as the case has nothing for them."""
    pupil, plan = case.data("pupil"), case.data("plan")
    there = {
        _NEEDS: pupil.get("needs") or plan.get("strengths"),
        _SERVICES: pupil.get("agencies") or pupil.get("referrals"),
        _RESULTS: plan.get("assessment") or pupil.get("attainment") or pupil.get("tests"),
        _SUPPORT: case.cycles,
        _OUTCOMES: plan.get("outcomes"),
    }
    return {heading for heading, said in there.items() if not said}


@dataclass(frozen=True)
class PartPlace:
    """Where a part of a bundle is: the number that stands on its pages ("F2"), the pages, its title, a link to it.

    `headings` are those that others refer to, each with its page and a link.
    """

    pages: str
    number: str = ""
    title: str = ""
    link: str = ""
    headings: tuple[tuple[str, str, str], ...] = ()

    def __str__(self) -> str:
        """F2, pages 104-105."""
        return ", ".join(filter(None, (self.number, _on_pages(self.pages))))

    @property
    def has_several(self) -> bool:
        """True for a place that is more than one page."""
        return any(sign in self.pages for sign in "-–,")

    def at(self, *names: str) -> PartPlace:
        """Where the first of some headings is that the part has; the whole part, where it has none of them."""
        there = {name: (page, link) for name, page, link in self.headings}
        found = next((there[name] for name in names if name in there), None)
        return replace(self, pages=found[0], link=found[1]) if found else self


Places = Mapping[str, PartPlace]
"""Every part of a bundle by its id; empty for a document that is read alone."""


def carrier(places: Places, wanted: str = "") -> str:
    """The plan that carries the needs in this bundle: the pack's choice, else the fullest that is there; or nothing."""
    return next((name for name in (wanted, MY_SUPPORT_PLAN, SUPPORT_PLAN) if name in places), "")


def told_in(
    kind: str, places: Places, wanted: str = "", summary: bool = False, without: Collection[str] | None = ()
) -> dict[str, str]:
    """For each of the topics where another part of the bundle tells it; empty where this document must.

    The My Support Plan and the cycles always tell everything: authorities ask for them whole. `summary` says that the
    bundle's first page has the case summary. The headings in `without` are named nowhere; None stands for all of them,
    where the plan is made from a template with headings of its own.
    """
    said = dict.fromkeys(TOPICS, "")
    if not places or kind == MY_SUPPORT_PLAN:
        return said
    plan = carrier(places, wanted)
    if plan and kind != plan:
        printed = {} if without is None else _HEADINGS.get(plan, {})
        for topic in _HEADINGS[SUPPORT_PLAN]:
            named = [one for one in printed.get(topic, ()) if one not in (without or ())]
            closer = _CLOSER.get(plan, {}).get(topic, ()) if printed else ()
            said[topic] = (
                _under(places[plan], closer, some=True)
                or _under(places[plan], named)
                or ", ".join(filter(None, (_see(places, [plan]), and_list(named))))
            )
    if kind != "profile":
        said["profile"] = _see(places, ["profile"])
    said["reviews"] = _see(places, sorted(name for name in places if name.startswith("cycle-")))
    if kind == "request":
        said["evidence"] = _see(places, [_CONTENTS])
        said["summary"] = _see(places, [COVER]) if summary else ""
    return said


def _under(place: PartPlace, named: Sequence[str], some: bool = False) -> str:
    """Each heading with its own pages; nothing for a part of one page, or where one of them is not known.

    With `some` those that are known are enough.
    """
    pages = {name: page for name, page, _ in place.headings}
    named = [one for one in named if not some or _bare(one) in pages]
    if not named or not place.has_several or any(_bare(one) not in pages for one in named):
        return ""
    by_page: dict[str, list[str]] = {}
    for one in named:
        by_page.setdefault(pages[_bare(one)], []).append(one)
    told = and_list([f"{and_list(those)} on {_on_pages(page)}" for page, those in by_page.items()])
    return f"see {', '.join(filter(None, (place.title, place.number)))}: {told}"


def _on_pages(pages: str) -> str:
    return f"page{'s' * PartPlace(pages).has_several} {pages}"


def _see(places: Places, names: Sequence[str]) -> str:
    found = [places[name] for name in names if name in places]
    if not found:
        return ""
    if len(found) == 1:
        return f"see {found[0].title}, {found[0]}" if found[0].title else f"see {found[0]}"
    numbers = [place.number for place in found if place.number]
    pages = f"{found[0].pages.split('-')[0]}-{found[-1].pages.split('-')[-1]}"
    return f"see {PartPlace(pages, f'{numbers[0]} to {numbers[-1]}' if numbers else '')}"
