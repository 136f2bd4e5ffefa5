"""The bundle from its parts: leave out, take in, lay out, write our own pages, put together, read back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.bundle import cover_contents_and_index as own_pages
from generator.bundle.assemble.photo_captions import Caption
from generator.bundle.assemble.split_files import Shelf, separate_files, too_big, whole_or_split
from generator.bundle.bundle_parts import (
    Account,
    Bundle,
    Foreseen,
    Front,
    FrontPage,
    LeftOut,
    Options,
    Part,
    Refused,
    whole,
)
from generator.bundle.bundle_warnings import account_warnings, must_not_hold, other_pupils
from generator.bundle.evidence.file_type import is_photo
from generator.bundle.evidence.intake import Counted, Taken, begin, take_all, take_made
from generator.bundle.foreseen_pages import foreseen
from generator.bundle.name_search import names_found
from generator.bundle.pagination import OWN
from generator.bundle.part_headings import kept_places
from generator.problems import FilesHaveErrors, Problem, WrongUse
from generator.values.formatting import date as in_words
from generator.values.notice import Notice

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def bundle(parts: Sequence[Part], front: Front, options: Options) -> Bundle:
    """One numbered, linked, tagged PDF of all parts, with an account of each.

    Parts are in order within their sections, and sections in order of their first part. Raises FilesHaveErrors with
    every part that cannot go in (with `options.placeholder`, a visible page stands for it instead), WrongUse for
    ids that clash, and whatever `front`, `options.convert` or a part's own function raise. What the finished PDF
    lacks against its plan is in `failures`, never raised: the caller keeps the file and reports our bug.
    """
    _check_ids(parts)
    _check_titles(parts)
    inside, left_out = _choose(parts, options)
    taken = take_all([part for part in inside if not callable(part.content)], options)
    refused = [one for one in taken if one.refused]
    if refused and not options.placeholder:
        raise _stop(refused)
    left_out += [LeftOut(one.part.id, one.part.title, str(_sentence(one))) for one in refused]
    taken = _with_placeholders(taken, front, options)
    return _build(inside, taken, left_out, front, options)


def take_ahead(parts: Sequence[Part], options: Options) -> Counted:
    """Begin with the evidence among parts that will be in a bundle; `bundle` with the same options finds it taken.

    Gives what tells how many pages each piece has by then: see `intake.begin`.
    """
    inside, _ = _choose(parts, options)
    return begin(inside, options)


def foresee(parts: Sequence[Part], options: Options, evidence: Mapping[str, int]) -> Foreseen | None:
    """Where the parts of a bundle will probably be: see `foreseen_pages.foreseen`; those it leaves out are nowhere."""
    inside, _ = _choose(parts, options)
    return foreseen(inside, options, evidence)


def _build(
    inside: Sequence[Part], taken: Sequence[Taken], left_out: Sequence[LeftOut], front: Front, options: Options
) -> Bundle:
    """Everything after the parts are in."""
    pages = {one.part.id: one.account.pages for one in taken}
    written = {part.id: (part, part.content) for part in inside if callable(part.content)}
    found = {one.part.id: kept_places(one.content, one.part.headings, options.kept) for one in taken}
    items = own_pages.first_items([(part, pages.get(part.id, 1), found.get(part.id, ())) for part in inside], options)
    desk = own_pages.FrontDesk(front, options, items, written)
    plan, ours = own_pages.write_front(desk)
    contents = {**{one.part.id: one.content for one in taken}, **ours}
    must_not_hold(inside, contents, options)
    named = other_pupils(inside, contents, plan, options)
    accounts = tuple(_account(part, taken, desk) for part in inside)
    shows = {part.id: account.shows for part, account in zip(inside, accounts, strict=True)}
    photos = (one for one in taken if is_photo(one.account.kind) and one.account.margin)
    captions = {one.part.id: _caption(one.part) for one in photos}
    shelf = Shelf(inside, contents, options, not any(account.barriers for account in accounts), shows, captions)
    separate, failures = separate_files(shelf, plan) if options.separate else ((), [])
    content, volumes, plan, lacking = whole_or_split(shelf, plan, desk)
    named += too_big(volumes, options)
    return Bundle(
        content,
        plan,
        accounts,
        tuple(left_out),
        (*account_warnings(inside, accounts), *named, *shelf.accepted),
        (*lacking, *failures),
        shelf.accessible,
        volumes,
        separate,
    )


def _caption(part: Part) -> Caption:
    return Caption(part.title, in_words(part.date) if part.date else "")


def _check_ids(parts: Sequence[Part]) -> None:
    """Ids become addresses of links: they must be plain, distinct, and not ours."""
    seen: set[str] = set()
    for part in parts:
        if part.id in seen:
            raise WrongUse(f"two parts of the bundle have the id {part.id!r}", "give each piece of evidence its own id")
        if not _ID.fullmatch(part.id) or part.id.startswith(OWN):
            raise WrongUse(f"{part.id!r} cannot be the id of a part of the bundle", "use letters, digits and hyphens")
        seen.add(part.id)
    if not parts:
        raise WrongUse("there is nothing to put into the bundle", "add documents or evidence first")


def _check_titles(parts: Sequence[Part]) -> None:
    """A word that is to be taken out of a part must not stand in what the contents say of it."""
    problems = tuple(
        Problem(
            part.path or part.id,
            part.line,
            part.column,
            "data",
            "bundle/redact-title",
            f"“{found.term}” is to be taken out of {part.title}, and its own title or description says it",
            "change the title or the description: they are printed in the contents and read aloud",
        )
        for part in parts
        for found in names_found([f"{part.title} {part.alt}"], part.redact)
    )
    if problems:
        raise FilesHaveErrors("Words that are to be taken out stand in titles", "nothing was written", problems)


def _choose(parts: Sequence[Part], options: Options) -> tuple[list[Part], list[LeftOut]]:
    """The parts for this audience, and those that are left out, with the reason."""
    inside: list[Part] = []
    left_out: list[LeftOut] = []
    for part in parts:
        if part.audience and options.audience not in part.audience:
            left_out.append(LeftOut(part.id, part.title, f"it is not for {options.audience}"))
        elif part.sensitivity == "safeguarding" and part.id not in options.released:
            left_out.append(LeftOut(part.id, part.title, "it is about safeguarding and was not released by name"))
        else:
            inside.append(part)
    return inside, left_out


def _sentence(one: Taken) -> str:
    """ "report.pdf needs a password to open"."""
    assert one.refused is not None
    name = one.part.content.name if isinstance(one.part.content, Path) else one.part.title
    return f"{name} {one.refused.message}"


def _stop(refused: Sequence[Taken]) -> FilesHaveErrors:
    problems = tuple(_problem(one) for one in refused)
    count = f"{len(problems)} parts" if len(problems) > 1 else "One part"
    advice = "put them right, or ask for a page that says they are missing (--placeholder)"
    return FilesHaveErrors(f"{count} of the bundle cannot go in", advice, problems)


def _problem(one: Taken) -> Problem:
    refused, part = one.refused or Refused("", ""), one.part
    path = part.path or str(part.content if isinstance(part.content, Path) else part.id)
    return Problem(path, part.line, part.column, "data", refused.rule, _sentence(one), refused.hint)


def _with_placeholders(taken: Sequence[Taken], front: Front, options: Options) -> list[Taken]:
    """A page that says what is missing and why, in place of each part that was refused."""
    refused = [one for one in taken if one.refused]
    if not refused:
        return list(taken)
    pages = [_placeholder(one, options) for one in refused]
    made = {
        one.part.id: _as_taken(one, whole(content), options) for one, content in zip(refused, front(pages), strict=True)
    }
    return [made.get(one.part.id, one) for one in taken]


def _placeholder(one: Taken, options: Options) -> FrontPage:
    hint = one.refused.hint if one.refused else ""
    context = {"bundle": {"title": options.title}, "title": one.part.title, "reason": _sentence(one), "hint": hint}
    return FrontPage("bundle-placeholder", context)


def _as_taken(one: Taken, content: bytes, options: Options) -> Taken:
    clean, account = take_made(content, one.part, options)
    name = one.part.content.name if isinstance(one.part.content, Path) else one.part.title
    return Taken(
        one.part,
        clean,
        replace(
            account,
            kind="placeholder",
            name=name,
            warnings=(Notice("a page that says that it is missing stands in its place"),),
        ),
    )


def _account(part: Part, taken: Sequence[Taken], desk: own_pages.FrontDesk) -> Account:
    """The account of a part; of one that prints page numbers, what is known of its last version."""
    found = next((one.account for one in taken if one.part.id == part.id), None)
    return found or desk.results[part.id].account
