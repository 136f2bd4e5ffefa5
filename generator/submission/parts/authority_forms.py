"""The authority's own form in the bundle: filled with the bundle's pages, beside our request or in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.bundle import Pages, Part, Written
from generator.documents.catalogue import MergeDesk
from generator.files.atomic_files import CACHE, digest, write_file
from generator.forms.authority.form_files import form_files
from generator.submission.parts.print_parts import Press
from generator.submission.submission_files import Out
from generator.submission.submission_warnings import Caution

if TYPE_CHECKING:
    from generator.forms.authority.form_map import FormMap
    from generator.forms.authority.paths import Sources
    from generator.forms.filling.fill_form import FilledForm


@dataclass(frozen=True)
class FormInBundle:
    """One learned form of the authority that goes into a bundle, filled once without pages for what is to be said."""

    form: FormMap
    filled: FilledForm
    with_pages: dict[str, FilledForm] = field(default_factory=dict)
    """The same with the pages of the bundle, by the id of its part, as it was printed last."""

    @property
    def latest(self) -> FilledForm:
        """The form as it goes out: with pages once it was printed."""
        return self.with_pages.get(self.part_id, self.filled)

    @property
    def part_id(self) -> str:
        """The id of its part."""
        return f"form-{self.form.name}"


def forms_in_bundle(desk: MergeDesk, audience: str) -> list[FormInBundle]:
    """The forms of the authority for a request, and for the one who makes it.

    Only for the authority: a form tells everybody's address and telephone.

    Raises FilesHaveErrors for a map with mistakes, and for a blank form that is not the one that was learned.
    """
    if audience != "authority":
        return []
    project = desk.project
    files = form_files(project.template_folders, desk.pack.chain)
    if not files:
        return []  # and load nothing that reads forms
    from generator.forms.authority.form_map import read_form

    forms = [read_form(file, project.root, project.schemas) for file in files]
    made_by = str(desk.case.data("request").get("made_by", "school"))
    wanted = [form for form in forms if (form.kind == "request" or form.instead_of) and form.is_for(made_by)]
    if not wanted:
        return []  # and load nothing that fills forms
    from generator.forms.filling.fill_form import fill_form

    return [FormInBundle(form, fill_form(form, desk.case)) for form in wanted]


def form_parts(found: Sequence[FormInBundle], desk: MergeDesk, press: Press, section: str) -> Iterator[Part]:
    """The parts of the bundle: each form, and its continuation sheet behind it."""
    day = desk.case.data("request")["date"]
    for one in found:
        path = one.form.path
        yield Part(one.part_id, section, one.form.title, _content(one, desk, press), date=day, path=path)
        if one.filled.sheet:
            sheet = press.print([(f"{one.part_id}-continuation", one.filled.sheet)])[0]
            yield Part(
                f"{one.part_id}-continuation",
                section,
                f"{one.form.title}: continuation sheet",
                sheet,
                date=day,
                path=path,
            )


def _content(one: FormInBundle, desk: MergeDesk, press: Press) -> Path | Written:
    if one.form.ending == "pdf":
        from generator.forms.filling.printing import flattened

        kept = (
            desk.project.root
            / "output"
            / desk.case.name
            / CACHE
            / f"{one.form.name}-{digest(one.filled.content)[:12]}.pdf"
        )
        write_file(kept, flattened(one.filled.content))
        return kept
    return lambda pages: _printed(one, desk, press, pages)


def _printed(one: FormInBundle, desk: MergeDesk, press: Press, pages: Pages) -> bytes:
    from generator.forms.authority.paths import Sources
    from generator.forms.filling.fill_form import fill_form
    from generator.forms.filling.printing import for_printing

    filled = fill_form(one.form, desk.case, lambda path: pages_of(path, Sources.of(desk.case), pages))
    one.with_pages[one.part_id] = filled
    return press.print([(one.part_id, for_printing(filled.content))])[0]


def pages_of(path: str, sources: Sources, pages: Mapping[str, object]) -> str:
    """The pages of the papers that a path names: of evidence by its id, of cycles, of views by the kind of evidence."""
    if path.startswith("evidence."):
        held = sources.value(path)
        ids = [str(v) for v in (held if isinstance(held, list) else [held]) if v]
    elif path.startswith("cycles"):
        ids = [part for part in pages if part.startswith("cycle-")]
    else:
        kind = {"request.parents_views": "parents_views", "request.pupil_views": "pupil_views"}
        wanted = next((k for start, k in kind.items() if path.startswith(start)), "")
        items = sources.roots.get("evidence", {}).get("items", ())
        ids = [str(row["id"]) for row in items if row.get("kind") == wanted]
    return ", ".join(str(pages[i]) for i in ids if i in pages)


def form_files_to_send(found: Sequence[FormInBundle]) -> list[Out]:
    """The filled forms as files of their own, as authorities ask for them."""
    return [
        Out(
            f"files/{one.form.name}.{one.form.ending}",
            one.latest.content,
            "the authority's own form",
        )
        for one in found
    ]


def form_cautions(found: Sequence[FormInBundle]) -> list[Caution]:
    """What is to be known of the forms before they are sent."""
    cautions = [Caution("to-fill-in", text) for one in found for text in one.latest.findings]
    for one in found:
        open_ = sum(not p.sure for p in one.form.places)
        if open_ == len(one.form.places):
            cautions.append(Caution("missing", f"{one.form.title}: nobody has looked at its map: sendpack form check"))
    return cautions
