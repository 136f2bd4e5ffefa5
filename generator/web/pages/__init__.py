"""The pages, one module for what belongs together; each is listed here once."""

from __future__ import annotations

from flask import Blueprint

from generator.web.pages.of_a_pupil.bundle_page import bundle_pages
from generator.web.pages.of_a_pupil.changes_made_page import changes_made_pages
from generator.web.pages.of_a_pupil.document_page import document_pages
from generator.web.pages.of_a_pupil.evidence_page import evidence_pages
from generator.web.pages.of_a_pupil.given_forms_page import given_forms
from generator.web.pages.of_a_pupil.preview_page import preview_pages
from generator.web.pages.of_a_pupil.pupil_file_page import pupil_file_pages
from generator.web.pages.of_a_pupil.pupil_page import pupil_pages
from generator.web.pages.of_a_pupil.record_page import record_pages
from generator.web.pages.of_a_pupil.teacher_page import teacher_pages
from generator.web.pages.of_a_pupil.versions_page import version_pages
from generator.web.pages.of_the_school.authority_forms_page import authority_forms
from generator.web.pages.of_the_school.import_page import import_pages
from generator.web.pages.of_the_school.language_page import language_pages
from generator.web.pages.of_the_school.look_page import look_pages
from generator.web.pages.of_the_school.school_page import school_pages
from generator.web.pages.of_the_school.school_views_page import school_views
from generator.web.pages.of_the_school.school_work_page import school_work
from generator.web.pages.of_the_school.work_page import work_pages

BLUEPRINTS: tuple[Blueprint, ...] = (
    *(
        school_pages,
        pupil_pages,
        record_pages,
        preview_pages,
        version_pages,
        document_pages,
        evidence_pages,
        bundle_pages,
        work_pages,
        changes_made_pages,
    ),
    *(
        school_views,
        school_work,
        import_pages,
        teacher_pages,
        look_pages,
        language_pages,
        pupil_file_pages,
        given_forms,
        authority_forms,
    ),
)
"""Every group of pages."""

MENU: tuple[tuple[str, str], ...] = (
    ("school.start", "Pupils"),
    ("views.due", "Reviews"),
    ("views.show_register", "Register"),
    ("views.show_provision", "Provision"),
    ("school_work.termly", "Termly round"),
    ("imports.begin", "Import"),
    ("school.settings", "School"),
    ("school_work.more", "More"),
)
"""What stands at the top of every page: the page's name and its words."""
