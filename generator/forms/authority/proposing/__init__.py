"""A field proposed for every place of a form: by its words, its neighbours, its options and its grid, with a certainty.

In: the places of a blank form and the words of the dictionary. Out: a proposal for each place, which a person confirms.
"""
