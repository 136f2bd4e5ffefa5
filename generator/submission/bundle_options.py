"""How a pupil's bundle is made: what is wanted of it, and what that means for the parts and their guards."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from generator.authorities.legal_test import criteria
from generator.authorities.pack import Pack
from generator.bundle import AbsentPaper, IndexRow, Options, Part, TakesIn
from generator.cases.case import Case
from generator.cases.family import people
from generator.cases.family.people import known_as, single_names
from generator.documents.catalogue import MergeDesk, documents
from generator.folder.load_case import UNLISTED
from generator.folder.pupil_names import PupilNames
from generator.folder.school_folder import LoadedCase
from generator.submission.parents_copy import PARENTS, BundleReaders, language_of_copy
from generator.submission.parts.absent_papers import absent_papers
from generator.submission.parts.papers_asked import papers_asked, whose_pages
from generator.submission.parts.print_parts import Press, bundle_title
from generator.submission.submission_files import neutral_names
from generator.submission.wish_and_submission import SubmissionWish
from generator.values.formatting import date as date_in_words


def wanted_outputs(desk: MergeDesk, wish: SubmissionWish) -> set[str]:
    """What is made besides the bundle: for the authority what its pack says, and what was asked for."""
    own = desk.pack.data.get("bundle", {}).get("outputs", ()) if wish.audience == "authority" else ()
    return {str(name) for name in own} | wish.outputs


def matrix(case: Case, pack: Pack, parts: Sequence[str]) -> tuple[IndexRow, ...]:
    """The evidence matrix with the parts of the bundle that answer each criterion.

    A field of a record is answered on the pages of the document that is made of it: `cycle.plan.change` in each cycle.
    What no part of its own prints, such as the pupil's details, stands in the request.
    """
    made = _parts_of_records(case, pack, parts)
    rows = []
    for row in criteria(case, pack):
        answers = [made.get(path, "request") for path in row.records]
        ids = [*row.evidence, *(f"cycle-{name}" for name in row.cycles), *answers]
        there = tuple(part for part in dict.fromkeys(ids) if part in parts)
        rows.append(IndexRow(row.id, row.text, there, row.source, row.note))
    return tuple(rows)


def _parts_of_records(case: Case, pack: Pack, parts: Sequence[str]) -> dict[str, str]:
    """The part of the bundle in which each record is printed first of all, by the record's path."""
    found: dict[str, str] = {}
    for document in documents(case, pack):
        own = [document.record] if document.record else [case.one(str(kind)) for kind in document.row.get("needs", ())]
        for record in own:
            if record is not None and document.id in parts:
                found.setdefault(record.path, document.id)
    return found


def accepted_losses(case: Case) -> dict[str, str]:
    """Parts that may go in although words or pictures of them are lost, with who says so and why."""
    rows = case.data("request").get("accept_loss", ())
    return {str(row["part"]): f"{row['by']}: {row['reason']}" for row in rows}


def evidence_options(desk: MergeDesk, press: Press, wish: SubmissionWish, children: TakesIn) -> Options:
    """The options of a bundle as far as they are needed to take evidence in, before its parts are known."""
    return Options(
        title="",
        audience=wish.audience,
        kept=press.engine.kept,
        children=children,
        convert=press.convert,
        engine=press.engine.about(),
        accept_changes=wish.accept_changes,
        released=_released(desk),
    )


def _released(desk: MergeDesk) -> dict[str, str]:
    """Safeguarding evidence that the request releases, with the reason."""
    return {row["evidence"]: str(row["reason"]) for row in desk.case.data("request").get("release", ())}


def bundle_options(
    desk: MergeDesk,
    parts: Sequence[Part],
    others: Sequence[PupilNames],
    press: Press,
    wish: SubmissionWish,
    whose: BundleReaders,
    instead: Mapping[str, str],
    whole: LoadedCase,
) -> Options:
    """The options of a bundle; `others` are all pupils of the school, whose names are looked for.

    `instead` are the parts that take the place of a kind of document: the authority's own form, of our request. `whole`
    is the folder as it was read, with what is kept from these readers and the files that no entry names.
    """
    request = desk.case.data("request")
    names = {name for other in others if other.case != desk.case.name for name in other.names}
    allowed = {str(n) for item in desk.case.data("evidence").get("items", ()) for n in item.get("names_others", ())}
    return Options(
        title=f"{bundle_title(desk)}, {known_as(desk.case.data('pupil'))}, {date_in_words(request['date'])}",
        audience=wish.audience,
        made=datetime.datetime.combine(request["date"], datetime.time(12), datetime.UTC),
        criteria=matrix(desk.case, desk.pack, [part.id for part in parts]),
        kept=press.engine.kept,
        convert=press.convert,
        to_word=press.to_word,
        engine=press.engine.about(),
        accept_changes=wish.accept_changes,
        accept_loss=accepted_losses(desk.case),
        released=_released(desk),
        placeholder=wish.placeholder,
        other_pupils=tuple(sorted(names - people.names(desk.case.data("pupil")) - allowed)),
        own_names=tuple(sorted(single_names(desk.case.data("pupil")))),
        known=tuple(sorted(_known(desk.case) | allowed)),
        pupil=known_as(desk.case.data("pupil")),
        progress=wish.progress,
        forbidden=whose.seen.withheld,
        contacts=whose.contacts,
        late_letters=wish.late_letters,
        split_mb=wish.split_mb or float(desk.pack.data["bundle"].get("max_file_mb", 0)),
        stem=f"bundle{whose.ending}",
        papers=papers_asked(desk, parts, instead) if _for_the_authority(desk, wish, "checklist") else (),
        absent=_absent(whole, desk, parts),
        family=wish.audience == PARENTS,
        family_language=language_of_copy(desk.project, desk.case, whose.reader) if wish.audience == PARENTS else "",
        yes_or_no=_for_the_authority(desk, wish, "yes_or_no"),
        mark=whose_pages(desk.case.data("pupil"), desk.pack),
        separate=neutral_names(desk.case, desk.pack) if "separate_files" in wanted_outputs(desk, wish) else None,
        ocr=wish.ocr,
    )


def _absent(whole: LoadedCase, desk: MergeDesk, parts: Sequence[Part]) -> tuple[AbsentPaper, ...]:
    assert whole.case is not None
    loose = [PurePath(problem.path).name for problem in whole.problems if problem.rule == UNLISTED]
    return absent_papers(whole.case, desk.case, parts, loose)


def _for_the_authority(desk: MergeDesk, wish: SubmissionWish, key: str) -> bool:
    return wish.audience == "authority" and bool(desk.pack.data["bundle"].get(key))


def _known(case: Case) -> set[str]:
    """Names of people whom the case or the school's record knows: their surnames alone mean no other pupil."""
    school = case.school.data if case.school else {}
    rows = [*case.data("pupil").get("people", ()), *case.data("pupil").get("agencies", ()), *school.get("staff", ())]
    said = {str(row[key]) for row in rows for key in ("name", "contact") if row.get(key)}
    said |= {str(item["author"]) for item in case.data("evidence").get("items", ()) if item.get("author")}
    return said | {str(school.get("name", ""))}
