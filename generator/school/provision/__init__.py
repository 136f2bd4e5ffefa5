"""What is given across the school: the provision map, each adult's week, and what came of each intervention.

In: the school's cases. Out: tables of rows, costs and clashes.
"""

__all__ = ["adult_timetable", "intervention_impact", "provision_map"]
