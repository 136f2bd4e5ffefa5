"""What documents print of a case: pupil, outcomes, cycles, evidence, the summary on one page, what a bundle tells once.

In: a case as one reader may see it. Out: plain values for templates.
"""

__all__ = ["cycle_facts", "evidence_facts", "told_once"]
