"""Evidence taken in, not trusted: each file in a child process with limits, its clean PDF kept by content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.bundle.bundle_parts import (
    Account,
    Limits,
    Options,
    Part,
    Refused,
    TakenIn,
    account_as_json,
    account_from_json,
)
from generator.bundle.evidence.child_processes import Children
from generator.bundle.evidence.file_type import PDF, TEXTS, WORD, by_name, is_photo, is_picture
from generator.bundle.evidence.page_by_page.ocr import about_ocr, read_scan
from generator.bundle.evidence.page_by_page.page_text_and_scans import PARTLY, PHOTO, SCAN
from generator.bundle.evidence.sanitise import IntakeWish, clean_ours
from generator.engines import Failure, Pdf
from generator.files.programs_beside.ended_program import ProgramsAtWork
from generator.values.notice import LOST, Notice, losses, noticed


@dataclass(frozen=True)
class Taken:
    """A part's clean PDF and its account, or the reason why it was refused."""

    part: Part
    content: bytes = b""
    account: Account = field(default_factory=lambda: Account(""))
    refused: Refused | None = None


def take_all(parts: Sequence[Part], options: Options) -> list[Taken]:
    """Every part taken in, in the same order; a refusal is a value, so that all of them can be told at once."""
    if options.children is not None:  # they are the caller's, who may need them again
        return _taken_in(parts, options)
    children = Children()
    try:
        return _taken_in(parts, replace(options, children=children))
    finally:
        children.close()


def _taken_in(parts: Sequence[Part], options: Options) -> list[Taken]:
    begin_ours(parts, options)
    # Threads only wait for the child processes of evidence. Our own parts are cleaned here, one by one: PDFium,
    # which looks at them, must never be called by two threads of a process, or the process dies.
    evidence = [part for part in parts if isinstance(part.content, Path)]
    readers = ProgramsAtWork()
    with ThreadPoolExecutor(max_workers=max(1, min(os.cpu_count() or 1, 8))) as pool:
        try:
            done = list(pool.map(lambda part: _take(part, options, readers), evidence))
        except BaseException:  # Ctrl-C reaches us, not what has a group of its own; a scan takes minutes to read
            readers.end()
            raise
    taken = {id(part): one for part, one in zip(evidence, done, strict=True)}
    all_taken = [taken.get(id(part)) or _take(part, options) for part in parts]
    words = [_as_word(one, options) if one.account.kind in TEXTS else one for one in all_taken]
    return [_whole(one, options) for one in _convert(words, options)]


def _whole(one: Taken, options: Options) -> Taken:
    """A part of which nothing is lost, or whose loss somebody has accepted by name; else it is refused."""
    lost = losses(one.account.warnings)
    if one.refused or not lost:
        return one
    accepted = options.accept_loss.get(one.part.id)
    if accepted is None:
        return Taken(one.part, refused=Refused("bundle/lost", f"would not go in whole: {_in_words(lost)}", _KEEP_WHOLE))
    told = [_accepted(notice, accepted) if notice in lost else notice for notice in one.account.warnings]
    return replace(one, account=replace(one.account, warnings=tuple(told)))


def _accepted(notice: Notice, by: str) -> Notice:
    return Notice(f"{notice}; this loss is accepted: {by}", LOST, notice.page, notice.amount)


_KEEP_WHOLE = (
    "open it, save or print it as PDF, and put that file here; or compare it with the bundle and accept the loss by "
    "name (accept_loss in request.yaml)"
)


def _in_words(lost: Sequence[Notice]) -> str:
    return "; ".join(f"{one} (page {one.page})" if one.page else one for one in lost)


def take_made(content: bytes, part: Part, options: Options) -> tuple[bytes, Account]:
    """A PDF that we made ourselves, cleaned: where that was begun, or in this process, since we made it."""
    wish = _wish_for_ours(part)
    key = options.kept.key(content, "made", wish)
    kept = _before(options, key)
    if kept is None:
        kept = _begun(content, wish, options) or clean_ours(content, wish)
        _keep(options, key, *kept)
    return kept[0], replace(kept[1], id=part.id, name=part.title, sha256=_sha(content))


_MANY = 4
"""Parts of ours that are cleaned sooner side by side than one after the other in this process."""


def begin_ours(parts: Sequence[Part], options: Options) -> None:
    """Clean many new parts of ours side by side; `take_made` finds what came of it."""
    ours = [(part.content, _wish_for_ours(part)) for part in parts if isinstance(part.content, bytes)]
    new = [one for one in ours if not options.kept.has(options.kept.key(one[0], "made", one[1]))]
    if options.children and options.children.quick and len(new) >= _MANY:
        for content, wish in new:
            options.children.begin(content, wish, _limits(options, len(content)))


def _begun(content: bytes, wish: IntakeWish, options: Options) -> tuple[bytes, Account] | None:
    limits = _limits(options, len(content))
    if options.children is None or not options.children.has_begun(content, wish, limits):
        return None
    try:
        return _with_texts_kept(options.children.take(content, wish, limits), options)
    except Refused:  # a limit of time on a busy machine is no reason to refuse a part of ours
        return None


def _wish_for_ours(part: Part) -> IntakeWish:
    return replace(_wish(part, False), ours=True)


def _take(part: Part, options: Options, readers: ProgramsAtWork | None = None) -> Taken:
    try:
        if isinstance(part.content, Path):
            content = _read(part.content, options)
            clean, account = _cached_or_new(content, _wish(part, options.accept_changes), options)
            if options.ocr and is_picture(account.kind):
                # As pages: programs that read scans take no HEIC, and a photo is turned upright by now.
                clean, account = _read_scan(clean, account, part, options, readers)
            elif options.ocr and account.kind == PDF and any(SCAN in w or PARTLY in w for w in account.warnings):
                clean, account = _read_scan(content, account, part, options, readers)
            account = replace(account, id=part.id, name=part.content.name, sha256=_sha(content))
        else:
            assert isinstance(part.content, bytes)
            clean, account = take_made(part.content, part, options)
    except Refused as refused:
        named = by_name(refused, part.content.suffix) if isinstance(part.content, Path) else refused
        return Taken(part, refused=named)
    finally:
        if options.progress:
            options.progress(part.title)
    return Taken(part, clean, account)


def _read_scan(
    content: bytes, account: Account, part: Part, options: Options, readers: ProgramsAtWork | None
) -> tuple[bytes, Account]:
    """The scan with its words behind it, taken in again; as it was, with the reason, when it cannot be read."""
    wish = _wish(part, options.accept_changes)
    key = options.kept.key(content, "ocr", about_ocr(), part.language)
    kept = _before(options, key)
    partly = any(PARTLY in line for line in account.warnings)
    photo = is_photo(account.kind)
    read = kept[0] if kept else read_scan(content, part.language, account.pages, partly, photo, readers)
    if isinstance(read, str):
        clean, before = _cached_or_new(content, wish, options)
        why = f"its words could not be read from the picture: {read}"
        if is_picture(account.kind):
            return content, replace(account, warnings=(*account.warnings, Notice(why)))
        return clean, replace(before, warnings=(*before.warnings, Notice(why)))
    if kept is None:
        _keep(options, key, read, Account("text of a scan"))
    clean, after = _cached_or_new(read, wish, options)
    own = account.done if is_picture(account.kind) else ()
    done = ("words read from the pictures by a program: check names and numbers", *own, *after.done)
    found = replace(after, kind=account.kind, done=done, repaired=account.repaired, removed=account.removed)
    found = replace(found, margin=account.margin)
    return clean, replace(found, warnings=_still_true(account, after))


def _still_true(before: Account, after: Account) -> tuple[Notice, ...]:
    """What was noticed before a picture was read and is no matter of its words, and what was noticed after."""
    kept = before.warnings if is_picture(before.kind) else ()
    return noticed(dict.fromkeys([*(one for one in kept if SCAN not in one and PHOTO not in one), *after.warnings]))


def _wish(part: Part, accept_changes: bool) -> IntakeWish:
    addresses = part.addresses if part.redact else ()
    return IntakeWish(part.title, part.alt, part.language, accept_changes, part.redact, part.remove_unseen, addresses)


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(path: Path, options: Options) -> bytes:
    """The file's bytes, or Refused when it is not there, not a file, or too big to be evidence."""
    try:
        size = path.stat().st_size
        if size > options.max_mb * 1024 * 1024:
            hint = "scan it at 200 dots an inch, in grey, or send only the pages that matter"
            raise Refused("bundle/too-big", f"is {size // (1024 * 1024)} MB, more than {options.max_mb} MB", hint)
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused("bundle/missing", "is not there", "check the file's name, and that it is in the folder") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(
            "bundle/unreadable", f"cannot be read ({reason})", "close it in other programs, and check the path"
        ) from None


def _cached_or_new(content: bytes, wish: IntakeWish, options: Options) -> tuple[bytes, Account]:
    """The result for the same bytes and wishes from before, or a new one, which is then kept."""
    key = options.kept.key(content, wish)
    kept = _before(options, key)
    if kept is None:
        kept = _in_child(content, wish, options)
        _keep(options, key, *kept)
    return kept


def _before(options: Options, key: str) -> tuple[bytes, Account] | None:
    """A result that was kept."""
    held = options.kept.get(key)
    return (held[0], account_from_json(held[1])) if held else None


def _keep(options: Options, key: str, content: bytes, account: Account) -> None:
    options.kept.put(key, content, account_as_json(account))


def _in_child(content: bytes, wish: IntakeWish, options: Options) -> tuple[bytes, Account]:
    """One file taken in by a process of its own; whatever happens to it is a Refused with a plain reason."""
    assert options.children is not None
    return _with_texts_kept(options.children.take(content, wish, _limits(options, len(content))), options)


def _with_texts_kept(taken: TakenIn, options: Options) -> tuple[bytes, Account]:
    """A file and its account; the texts of its pages are kept where whoever reads it looks for them."""
    content, account, texts = taken
    for what, pages in texts.items():
        options.kept.put(options.kept.key(content, what), b"", {"pages": pages})
    return content, account


_USUAL_MB = 60
"""Up to this size no file that we have seen needed more than the usual memory: five times what it has, above it."""


def _limits(options: Options, size: int) -> Limits:
    """What a file may cost: what is set for every file, and more for one of many megabytes, as scans are."""
    more = max(0, size // 1_000_000 - _USUAL_MB)
    return Limits(options.memory_mb + 5 * more, options.seconds + more if options.seconds else 0)


Counted = Callable[[bool], dict[str, int]]
"""Tells of how many pages each piece of evidence is by then, by id.

0 for what is as it was before, and nothing of what is still being taken in. True waits for most of it, while others
have work, and has Word files drawn.
"""


def begin(parts: Sequence[Part], options: Options) -> Counted:
    """Take evidence in beside what else is being done: `take_all` finds what came of it. What was kept is not begun."""
    children, same, failed = options.children, {}, set[str]()
    begun: list[tuple[Part, tuple[bytes, IntakeWish, Limits]]] = []
    for part in parts:
        if not isinstance(part.content, Path):
            continue
        try:
            content = _read(part.content, options)
        except Refused:
            continue  # it is told when the parts are taken in
        wish = _wish(part, options.accept_changes)
        if options.kept.has(options.kept.key(content, wish)):
            same[part.id] = 0
        elif children:
            begun.append((part, (content, wish, _limits(options, len(content)))))
            children.begin(*begun[-1][1])

    def counted(wait: bool) -> dict[str, int]:
        if wait and children and begun:
            children.wait_for_most()
        ready = [(part, found) for part, one in begun if children and (found := children.ready(*one))]
        if wait and options.kept.folder:
            failed.update(_draw_ahead([one for one in ready if one[0].id not in failed], options))
        new = {part.id: _pages_by_now(part, found, options) for part, found in ready}
        return {**same, **{name: pages for name, pages in new.items() if pages}}

    return counted


def _draw_ahead(ready: Sequence[tuple[Part, TakenIn]], options: Options) -> list[str]:
    """Turn Word files into PDF before they are asked for; what came of it is kept for then. The ids that failed."""
    words = [_as_taken(part, found) for part, found in ready if found[1].kind == WORD]
    new = [one for one in words if not options.kept.has(_converted_key(one, options))]
    return [one.part.id for one in _convert(new, options) if one.refused]


def _as_taken(part: Part, found: TakenIn) -> Taken:
    assert isinstance(part.content, Path)
    return Taken(part, found[0], replace(found[1], id=part.id, name=part.content.name))


def _pages_by_now(part: Part, found: TakenIn, options: Options) -> int:
    """The pages of a piece of evidence; of a Word file those of its PDF, where there is one by now."""
    if found[1].kind != WORD or not options.engine:
        return found[1].pages
    drawn = _before(options, _converted_key(_as_taken(part, found), options))
    return drawn[1].pages if drawn else 0


def _as_word(one: Taken, options: Options) -> Taken:
    """A text of another program as a Word document, looked at like any other; kept, as what comes of it is."""
    wish = _wish(one.part, options.accept_changes)
    key = options.kept.key(one.content, "to word", options.engine, wish)
    kept = _before(options, key) if options.engine else None
    if kept is None:
        made = (
            options.to_word(one.content, TEXTS[one.account.kind]) if options.to_word else "no program for it was given"
        )
        if isinstance(made, str):
            message = f"is an {one.account.kind}" if one.account.kind[0] in "Oo" else f"is a {one.account.kind}"
            hint = "open it, save it as PDF or as a Word document (.docx), and put that file here"
            return Taken(one.part, refused=Refused("bundle/not-a-pdf", f"{message}, and {made}", hint))
        try:
            kept = _in_child(made, wish, options)
        except Refused as refused:
            return Taken(one.part, refused=refused)
        if options.engine:
            _keep(options, key, *kept)
    content, word = kept
    told = f"{one.account.kind} made into a Word document: compare it with the original"
    done, removed = (*one.account.done, told, *word.done), (*one.account.removed, *word.removed)
    return replace(one, content=content, account=replace(one.account, kind=WORD, done=done, removed=removed))


def _convert(taken: list[Taken], options: Options) -> list[Taken]:
    """Word documents among the parts turned into PDF, all in one go, and those PDFs taken in like any other."""
    results = {one.part.id: one for one in taken}
    waiting = [one for one in taken if one.refused is None and one.account.kind == WORD]
    new = []
    for one in waiting:
        kept = _before(options, _converted_key(one, options)) if options.engine else None
        if kept is None:
            new.append(one)
        else:
            results[one.part.id] = replace(one, content=kept[0], account=_joined(one.account, kept[1]))
    for one, converted in zip(new, _call(options, new), strict=True):
        results[one.part.id] = _finish(one, converted, options)
    return [results[one.part.id] for one in taken]


def _call(options: Options, waiting: list[Taken]) -> Sequence[Pdf | Failure]:
    if not waiting:
        return []
    if options.convert is None:
        return [Failure(one.account.name, "no program to convert Word documents was given") for one in waiting]
    return options.convert([(one.account.name, one.content) for one in waiting])


def _converted_key(one: Taken, options: Options) -> str:
    return options.kept.key(one.content, "converted", options.engine, _wish(one.part, options.accept_changes))


def _finish(one: Taken, converted: Pdf | Failure, options: Options) -> Taken:
    hint = "open it in Word, save it as PDF, and put that file here"
    if isinstance(converted, Failure):
        return Taken(
            one.part, refused=Refused("bundle/word-failed", f"could not be converted to PDF: {converted.reason}", hint)
        )
    try:
        content, account = _in_child(converted.content, _wish(one.part, options.accept_changes), options)
    except Refused as refused:
        message = f"was converted to PDF, and that {refused.message}"
        return Taken(one.part, refused=Refused(refused.rule, message, hint))
    account = replace(account, warnings=(*converted.warnings, *account.warnings))
    if options.engine:
        _keep(options, _converted_key(one, options), content, account)
    return replace(one, content=content, account=_joined(one.account, account))


def _joined(word: Account, pdf: Account) -> Account:
    """The account of a Word document and of its PDF as one; the PDF's metadata is our engine's, not worth a word."""
    return replace(
        word,
        pages=pdf.pages,
        done=(*word.done, "converted to PDF", *pdf.done),
        removed=word.removed,
        warnings=(*word.warnings, *pdf.warnings),
        barriers=pdf.barriers,
        shows=pdf.shows,
    )
