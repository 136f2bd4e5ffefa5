"""Answers written into the fields of a PDF form: values, states, fonts and an appearance for every widget.

In: a form and its answers by place. Out: the filled file, and what did not fit.
"""
