"""Days and what follows from them: ages and year groups, terms and school days, the statutory clock, days proposed.

In: dates and the school's terms. Out: dates, numbers and words; the day of today is always given, never asked for.
"""

__all__ = [
    "age_and_year",
    "half_terms",
    "proposed_days",
    "request_answers",
    "school_days",
    "statutory_clock",
    "twelve_months",
]
