"""The pages, one module for what belongs together; each is listed here once."""

from __future__ import annotations

from flask import Blueprint

from generator.web.pages.bundle_page import bundle_pages
from generator.web.pages.document_page import document_pages
from generator.web.pages.evidence_page import evidence_pages
from generator.web.pages.pupil_page import pupil_pages
from generator.web.pages.record_page import record_pages
from generator.web.pages.school_page import school_pages
from generator.web.pages.work_page import work_pages

BLUEPRINTS: tuple[Blueprint, ...] = (
    school_pages, pupil_pages, record_pages, document_pages, evidence_pages, bundle_pages, work_pages,
)  # fmt: skip
"""Every group of pages."""

MENU: tuple[tuple[str, str], ...] = (("school.start", "Pupils"),)
"""What stands at the top of every page: the page's name and its words."""
