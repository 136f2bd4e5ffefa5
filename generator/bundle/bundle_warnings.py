"""What a person must look at before a bundle is sent: withheld words, other pupils, what was done to its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from generator.bundle.as_read import squeezed, words_of
from generator.bundle.assemble.split_files import texts_of
from generator.bundle.bundle_parts import Account, AddressLines, ContactTold, Options, Part
from generator.bundle.evidence.page_by_page.page_text_and_scans import (
    BESIDE,
    BESIDE_ALL,
    FEW,
    in_pages,
    texts_to_search,
)
from generator.bundle.name_forms import is_name
from generator.bundle.name_search import NamesFound, names_found, perhaps_named, terms_found
from generator.bundle.pagination import PagePlan
from generator.problems import FilesHaveErrors, Problem
from generator.values.formatting import and_list
from generator.values.notice import LOST, Notice

NOT_NAMED = "bundle/not-named"
"""The rule of evidence that may be another child's, who need not be on this school's roll."""


def must_not_hold(inside: Sequence[Part], contents: dict[str, bytes], options: Options) -> None:
    """Stop when evidence says what these readers must not learn: only a person can decide what becomes of it."""
    problems = [
        Problem(
            part.path or part.id,
            part.line,
            part.column,
            "data",
            "bundle/withheld",
            f"{part.title} says {_where(number, text)} what is withheld from the {options.audience}: “{term}”",
            "withhold this part too (audience), or have the words taken out (redact)",
        )
        for part in inside
        if options.forbidden and isinstance(part.content, Path)
        for number, text in enumerate(_texts(part, contents, options), 1)
        for term in terms_found(text, options.forbidden)
    ]
    if problems:
        raise FilesHaveErrors("This bundle would tell what must not be told", "nothing was written", tuple(problems))
    if told := list(_contacts_in_ours(inside, contents, options)):
        raise FilesHaveErrors("This bundle would tell what must not be told", "nothing was written", tuple(told))
    if options.contacts and not options.contacts_taken_out:
        _no_contacts(inside, contents, options)


def _contacts_in_ours(inside: Sequence[Part], contents: dict[str, bytes], options: Options) -> Iterator[Problem]:
    """What is made from the records and says how to reach somebody of another home, whichever record it came from."""
    for part in inside if options.contacts else ():
        text = "" if isinstance(part.content, Path) else "\n".join(_texts(part, contents, options))
        for what, forms in options.contacts.items() if text else ():
            if terms_found(text, forms):
                message = f"{part.title} tells {what}, which is not for everybody who reads this bundle"
                hint = "write the records without that, or keep the entry from the readers of this bundle with audience"
                yield Problem(
                    part.path or part.id, part.line, part.column, "data", "bundle/contact-told", message, hint
                )


def _no_contacts(inside: Sequence[Part], contents: dict[str, bytes], options: Options) -> None:
    """Raises ContactTold with every way in which evidence says how to reach somebody of another home."""
    forms = {form: what for what, found in options.contacts.items() for form in found}
    found = {
        (part.id, term): forms[term]
        for part in inside
        if isinstance(part.content, Path)
        for term in terms_found("\n".join(_texts(part, contents, options)), forms)
    }
    if found:
        raise ContactTold(found)


def account_warnings(inside: Sequence[Part], accounts: Sequence[Account]) -> list[Problem]:
    """What the taking in of each part found, and what keeps the bundle from being accessible."""
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


def other_pupils(inside: Sequence[Part], contents: dict[str, bytes], plan: PagePlan, options: Options) -> list[Problem]:
    """Every page that names another pupil or says what was taken out elsewhere; evidence that never names ours."""
    if not (options.other_pupils or options.own_names or options.contacts or any(part.redact for part in inside)):
        return []
    texts = {part.id: _texts(part, contents, options) for part in inside}
    told = [
        *_still_said(inside, texts, options),
        *_half_said(inside, texts, options),
        *_named(inside, texts, plan, options),
        *_named_in_titles(inside, options),
        *_perhaps_named(inside, texts, options),
        *_of_somebody_else(inside, texts, options),
        *_of_another_home(inside, texts, options),
        *_towns_left(inside, texts, options),
    ]
    options.kept.keep_looks()
    return told


def _texts(part: Part, contents: Mapping[str, bytes], options: Options) -> list[str]:
    """The text of a part's pages, read once for each content; of evidence also as it is drawn, where that differs."""
    content, given = contents[part.id], isinstance(part.content, Path)
    if not given:
        return texts_of(content, options)
    key = options.kept.key(content, "texts to search")
    held = options.kept.get(key)
    if held is None:
        held = b"", {"pages": texts_to_search(content)}
        options.kept.put(key, *held)
    return list(held[1]["pages"])


def _of_somebody_else(inside: Sequence[Part], texts: dict[str, list[str]], options: Options) -> Iterator[Problem]:
    """Each piece of evidence that can be read and says neither the pupil's first name nor surname."""
    for part in inside:
        if options.own_names and isinstance(part.content, Path):
            pages = [page.partition(BESIDE)[0] for page in texts[part.id]]
            if any(_found([page], options.own_names, options) for page in pages):
                continue  # on its first page mostly: to find every place in a long report takes as long as reading it
            text = "\n".join(pages)
            if len("".join(text.split())) >= FEW and not _found([text], options.own_names, options):
                message = f"“{part.content.name}” does not name {options.pupil} anywhere: is it about {options.pupil}?"
                hint = "open it and look whose it is"
                yield Problem(part.path or part.id, part.line, part.column, "quality", NOT_NAMED, message, hint)


def _of_another_home(inside: Sequence[Part], texts: dict[str, list[str]], options: Options) -> Iterator[Problem]:
    """Each piece of evidence that says how to reach somebody who does not live with its reader."""
    for part in inside:
        for what, forms in options.contacts.items() if isinstance(part.content, Path) else ():
            pages = [number for number, text in enumerate(texts[part.id], 1) if terms_found(text, forms)]
            if pages:
                message = f"{part.title} says {what} {_on(pages, texts[part.id])}, which is not for this reader"
                yield _look(part, "bundle/contact", message, "have it taken out (redact), unless they may know it")


def _towns_left(inside: Sequence[Part], texts: dict[str, list[str]], options: Options) -> Iterator[Problem]:
    """Each part that says elsewhere the town of an address that was taken out; a town of others too tells nothing."""
    for part in inside:
        for taken, towns in _addresses_taken_out(part):
            others = {words for one in part.addresses if one != (taken, towns) for lines in one for words in lines}
            found = _found(texts[part.id], [town for town in towns if town not in others], options)
            if found:
                pages = sorted({one.page for one in found})
                where = _on(pages, texts[part.id])
                message = f"the town of an address that was taken out of {part.title} still stands {where}"
                yield _look(part, "bundle/contact", message, "have it taken out too (redact), unless it may be known")


def _addresses_taken_out(part: Part) -> Iterator[AddressLines]:
    gone = {squeezed(term.casefold()) for term in part.redact}
    yield from (one for one in part.addresses if any(squeezed(line.casefold()) in gone for line in one[0]))


def _still_said(inside: Sequence[Part], texts: dict[str, list[str]], options: Options) -> list[Problem]:
    return [
        Problem(
            part.path or part.id,
            part.line,
            part.column,
            "quality",
            "bundle/redact",
            f"“{found.term}” was taken out of {source.title} and still stands in {part.title}, "
            f"{_on([found.page], texts[part.id]).removeprefix('on ')}",
            "have it taken out there too, unless it may be said there",
        )
        for source in inside
        for part in inside
        if source.redact and part is not source
        for found in _found(texts[part.id], sorted(set(source.redact) - set(part.redact)), options)
    ]


def _half_said(inside: Sequence[Part], texts: dict[str, list[str]], options: Options) -> Iterator[Problem]:
    """Where a first name or a surname stands by itself in a part out of which the whole name was taken."""
    own = {word for name in options.own_names for word in words_of(name)}
    for part in inside:
        for name in filter(is_name, part.redact):
            halves = [word for word in (name.split()[0], name.split()[-1]) if not own & set(words_of(word))]
            for found in _found(texts[part.id], sorted(set(halves) - set(part.redact)), options):
                where = _where(found.page, texts[part.id][found.page - 1])
                message = f"“{name}” was taken out of {part.title}, and “{found.term}” still stands {where}"
                yield _look(part, "bundle/redact", message, "if it is the same person, name it under redact too")


def _perhaps_named(inside: Sequence[Part], texts: dict[str, list[str]], options: Options) -> Iterator[Problem]:
    """Each piece of evidence in which a surname, or a first name with a class, may mean another pupil."""
    whole = {name for part in inside for name in part.redact}
    for part in inside if options.other_pupils else ():
        pages: dict[tuple[str, str], list[int]] = {}
        if isinstance(part.content, Path):
            for said, name, page in _perhaps(texts[part.id], options):
                pages.setdefault((said, name), []).append(page)
        for (said, name), numbers in pages.items():
            if name not in whole:
                where = _on(numbers, texts[part.id])
                message = f"“{said}” {where} of {part.title} may be another pupil, {name}"
                yield _look(part, "bundle/perhaps-pupil", message, "look at it; have it taken out if it is (redact)")


def _found(pages: Sequence[str], names: Sequence[str], options: Options, *, unasked: bool = False) -> list[NamesFound]:
    """As `names_found`, looked for once in each page's text."""
    if not names:
        return []
    found = options.kept.each_once(
        pages,
        lambda page: [one.term for one in names_found([page], names, unasked=unasked)],
        "names",
        [*names, unasked],
    )
    return sorted(NamesFound(term, number) for number, terms in enumerate(found, 1) for term in terms)


def _perhaps(pages: Sequence[str], options: Options) -> list[tuple[str, str, int]]:
    """What is said, who it may be and on which page, as `perhaps_named`; looked for once in each page's text."""
    known, names = (*options.known, *options.own_names), options.other_pupils
    found = options.kept.each_once(
        pages,
        lambda page: [[one.said, one.name] for one in perhaps_named([page], names, known)],
        "perhaps",
        list(names),
        list(known),
    )
    return sorted((said, name, number) for number, rows in enumerate(found, 1) for said, name in rows)


def _look(part: Part, rule: str, message: str, hint: str) -> Problem:
    return Problem(part.path or part.id, part.line, part.column, "quality", rule, message, hint)


def _named_in_titles(inside: Sequence[Part], options: Options) -> Iterator[Problem]:
    """Each piece of evidence whose title, which the contents print and bookmarks say, names another pupil."""
    named = partial(names_found, names=options.other_pupils, unasked=True)
    for part in inside:
        for found in named([part.title]) if isinstance(part.content, Path) else ():
            message = f"the title of “{part.title}” names another pupil, {found.term}: it is printed in the contents"
            yield _look(part, "bundle/other-pupil", message, "give it a title without that name")


def _named(inside: Sequence[Part], texts: dict[str, list[str]], plan: PagePlan, options: Options) -> list[Problem]:
    return [
        Problem(
            part.path or part.id,
            part.line,
            part.column,
            "quality",
            "bundle/other-pupil",
            f"{part.title} names another pupil, {found.term}, {_where(found.page, texts[part.id][found.page - 1])}"
            f"{_in_bundle(part, found.page, texts, plan)}",
            "send it only with that name taken out, unless the page has to name them",
        )
        for part in inside
        for found in _found(texts[part.id], options.other_pupils, options, unasked=True)
    ]


_NO_PAGE = "in a bookmark or a description that belongs to no page"


def _where(number: int, text: str) -> str:
    """Where a text of a part stands: on one of its pages, or beside them all."""
    return _NO_PAGE if text.startswith(BESIDE_ALL) else f"on its page {number}"


def _on(numbers: Sequence[int], texts: Sequence[str]) -> str:
    """The same of several: “on pages 2 and 4”."""
    pages = [number for number in numbers if not texts[number - 1].startswith(BESIDE_ALL)]
    beside = [_NO_PAGE] if len(pages) < len(numbers) else []
    return and_list([*([f"on {in_pages(pages)}"] if pages else []), *beside])


def _in_bundle(part: Part, number: int, texts: Mapping[str, list[str]], plan: PagePlan) -> str:
    if texts[part.id][number - 1].startswith(BESIDE_ALL):
        return ""
    return f" (page {plan.labels[plan.pages[part.id].first + number - 2]} of the bundle)"
