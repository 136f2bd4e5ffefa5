"""The whole school at once: register, provision map, reviews due, termly round, imports, transfers, data rights.

In: all cases of a folder. Out: tables and plain values that cli/ and web/ show, and files that a person asked for.
"""

__all__ = [
    "check_school",
    "class_briefing",
    "governors_summary",
    "inclusion_strategy",
    "machine_check",
    "next_steps",
    "not_counted",
    "register",
    "register_document",
]
