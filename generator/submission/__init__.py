"""What goes to the local authority: bundle, separate files, worksheet, warnings, receipts, versions given out.

In: a case that is ready. Out: output/<pupil>/submission/ and copies kept for good in cases/<pupil>/.
"""

__all__ = ["evidence_order", "kept_from_reader", "submission_warnings", "submit_request", "wish_and_submission"]
