"""What is due and when: reviews and meetings, calendars, the term's round, the new school year.

In: the school's cases and a day. Out: rows of what is due, calendar files, changes to show before they are made.
"""

__all__ = ["calendar_ics", "new_year", "reviews", "termly"]
