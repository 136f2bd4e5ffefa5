"""How SENCOs write: the words and patterns of targets, outcomes and provision, as data with examples that are tests.

In comes a sentence as it stands in a case file; out goes what it says: how often, how long, until when, how many, who,
with what training, or which words promise nothing. `*.toml` hold the patterns; no Python is needed to add one.
"""
