"""The bundle from its parts: leave out, take in, lay out, write our own pages, put together, read back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator.bundle import front_matter as own_pages
from generator.bundle.assemble.split_files import Shelf, separate_files, too_big, whole_or_split
from generator.bundle.bundle_parts import Account, Bundle, Front, FrontPage, LeftOut, Options, Part, Refused
from generator.bundle.evidence.inspect_pages import FEW, page_texts
from generator.bundle.evidence.intake import Taken, take_all, take_made
from generator.bundle.name_search import names_found, terms_found
from generator.bundle.pagination import OWN, PagePlan
from generator.problems import FilesHaveErrors, Problem, WrongUse
from generator.values.notice import LOST, Notice

NOT_NAMED = "bundle/not-named"
"""The rule of evidence that may be another child's, who need not be on this school's roll."""

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


def _build(
    inside: Sequence[Part], taken: Sequence[Taken], left_out: Sequence[LeftOut], front: Front, options: Options
) -> Bundle:
    """Everything after the parts are in."""
    pages = {one.part.id: one.account.pages for one in taken}
    written = {part.id: (part, part.content) for part in inside if callable(part.content)}
    items = own_pages.first_items([(part, pages.get(part.id, 1)) for part in inside], options)
    desk = own_pages.FrontDesk(front, options, items, written)
    plan, ours = own_pages.write_front(desk)
    contents = {**{one.part.id: one.content for one in taken}, **ours}
    _must_not_hold(inside, contents, options)
    named = _other_pupils(inside, contents, plan, options)
    accounts = tuple(_account(part, taken, desk) for part in inside)
    shelf = Shelf(inside, contents, options, not any(account.barriers for account in accounts))
    separate, failures = separate_files(shelf, plan) if options.separate else ((), [])
    content, volumes, plan, found = whole_or_split(shelf, plan, desk)
    named += too_big(volumes, options)
    return Bundle(
        content,
        plan,
        accounts,
        tuple(left_out),
        (*_warnings(inside, accounts), *named),
        (*found, *failures),
        shelf.accessible,
        volumes,
        separate,
    )


def _texts(content: bytes, options: Options) -> list[str]:
    """The text of every page of a part, read once for each content."""
    key = options.kept.key(content, "texts")
    held = options.kept.get(key)
    if held is None:
        held = b"", {"pages": page_texts(content)}
        options.kept.put(key, *held)
    return list(held[1]["pages"])


def _must_not_hold(inside: Sequence[Part], contents: dict[str, bytes], options: Options) -> None:
    """Stop when evidence says what these readers must not learn: only a person can decide what becomes of it."""
    problems = [
        Problem(
            part.path or part.id,
            part.line,
            part.column,
            "data",
            "bundle/withheld",
            f"{part.title} says on its page {number} what is withheld from the {options.audience}: “{term}”",
            "withhold this part too (audience), or have the words taken out (redact)",
        )
        for part in inside
        if options.forbidden and isinstance(part.content, Path)
        for number, text in enumerate(_texts(contents[part.id], options), 1)
        for term in terms_found(text, options.forbidden)
    ]
    if problems:
        raise FilesHaveErrors("This bundle would tell what must not be told", "nothing was written", tuple(problems))


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
    made = {one.part.id: _as_taken(one, content, options) for one, content in zip(refused, front(pages), strict=True)}
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


def _warnings(inside: Sequence[Part], accounts: Sequence[Account]) -> list[Problem]:
    return [
        Problem(part.path or part.id, part.line, part.column, "quality", _rule(warning), _said(account, warning))
        for part, account in zip(inside, accounts, strict=True)
        for warning in (
            *account.warnings,
            *(Notice(f"keeps the bundle from being fully accessible: {b}") for b in account.barriers),
        )
    ]


def _rule(warning: Notice) -> str:
    return "bundle/lost" if warning.kind == LOST else "bundle/look"


def _said(account: Account, warning: Notice) -> str:
    return f"{account.name}{f', page {warning.page}' if warning.page else ''}: {warning}"


def _other_pupils(
    inside: Sequence[Part], contents: dict[str, bytes], plan: PagePlan, options: Options
) -> list[Problem]:
    """Every page that names another pupil or says what was taken out elsewhere; evidence that never names ours."""
    if not options.other_pupils and not options.own_names and not any(part.redact for part in inside):
        return []
    texts = {part.id: _texts(contents[part.id], options) for part in inside}
    return [
        *_still_said(inside, texts, plan),
        *_named(inside, texts, plan, options),
        *_of_somebody_else(inside, texts, options),
    ]


def _of_somebody_else(inside: Sequence[Part], texts: dict[str, list[str]], options: Options) -> Iterator[Problem]:
    """Each piece of evidence that can be read and says neither the pupil's first name nor surname."""
    for part in inside:
        if options.own_names and isinstance(part.content, Path):
            text = "\n".join(texts[part.id])
            if len("".join(text.split())) >= FEW and not names_found([text], options.own_names):
                message = f"“{part.content.name}” does not name {options.pupil} anywhere: is it about {options.pupil}?"
                hint = "open it and look whose it is"
                yield Problem(part.path or part.id, part.line, part.column, "quality", NOT_NAMED, message, hint)


def _still_said(inside: Sequence[Part], texts: dict[str, list[str]], plan: PagePlan) -> list[Problem]:
    return [
        Problem(
            part.path or part.id,
            part.line,
            part.column,
            "quality",
            "bundle/redact",
            f"“{found.term}” was taken out of {source.title} and still stands in {part.title}, page {found.page}",
            "have it taken out there too, unless it may be said there",
        )
        for source in inside
        for part in inside
        if source.redact and part is not source
        for found in names_found(texts[part.id], set(source.redact) - set(part.redact))
    ]


def _named(inside: Sequence[Part], texts: dict[str, list[str]], plan: PagePlan, options: Options) -> list[Problem]:
    return [
        Problem(
            part.path or part.id,
            part.line,
            part.column,
            "quality",
            "bundle/other-pupil",
            f"{part.title} names another pupil, {found.term}, on its page {found.page} "
            f"(page {plan.labels[plan.pages[part.id].first + found.page - 2]} of the bundle)",
            "send it only with that name taken out, unless the page has to name them",
        )
        for part in inside
        for found in names_found(texts[part.id], options.other_pupils)
    ]
