"""Made documents kept up to date: what is out of date and why, workers that make it, the output folder.

In: cases and an engine. Out: whole files in output/<pupil>/ and an Outcome for each document. Nothing is made again
without a reason, nothing edited by hand is overwritten.
"""

__all__ = [
    "build_documents",
    "dask_cluster",
    "digest_cache",
    "draw_documents",
    "out_of_date",
    "output_folder",
    "stale_documents",
    "worker_pool",
]
