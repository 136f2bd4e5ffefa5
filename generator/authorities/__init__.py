"""A local authority's pack, and what it needs of a request: the legal test, local requirements, readiness.

In: `templates/<pack>/pack.yaml` and a case. Out: what is there, what is missing, and the page of law or guidance that
asks for it. A pack adds to law and Code and can never weaken them.
"""

__all__ = [
    "cycle_requirements",
    "legal_test",
    "local_evidence",
    "local_requirements",
    "names_in_pack",
    "pack",
    "readiness",
    "requirement",
]
