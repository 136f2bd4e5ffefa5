"""One pupil's records joined, and what follows: people, ages and years, cycles, costs, chronology, dates of law.

In: the records of a folder (folder/ loads them). Out: plain values; nothing here reads a file or asks the clock, so
that a document reads the same whenever it is made.
"""

__all__ = [
    "asked_forms",
    "audience",
    "case",
    "child_reads",
    "child_voice",
    "chronology",
    "classes",
    "costs",
    "prefill",
    "references",
    "vocabulary",
]
