"""Forms both ways: an authority's own form learned once and filled from the records, and answers read back.

`answer_places/` finds where a form wants an answer, in Word and PDF files; `authority/` says which field of the records
answers it, as data that a person confirms; `filling/` writes the answers, so that the file is otherwise untouched.
In: a blank form and a case. Out: the filled form, and every place that was left with the reason why. `given/` makes
the forms that a school gives out itself, `returned/` reads them back: answers, each with where it would go.
"""
