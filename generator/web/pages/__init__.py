"""The pages, one module for what belongs together; each is listed here once."""

from __future__ import annotations

from flask import Blueprint

from generator.web.pages.pupil_page import pupil_pages
from generator.web.pages.record_page import record_pages
from generator.web.pages.school_page import school_pages

BLUEPRINTS: tuple[Blueprint, ...] = (school_pages, pupil_pages, record_pages)
"""Every group of pages."""

MENU: tuple[tuple[str, str], ...] = (("school.start", "Pupils"),)
"""What stands at the top of every page: the page's name and its words."""
