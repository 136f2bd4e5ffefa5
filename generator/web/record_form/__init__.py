"""A record as a form, made from its schema alone: a school's own kind of record gets one too.

In: the schema's shape of a kind, what is written in the file, what other records define. Out: fields to show, and from
what a browser sends back the data as it is to be written.
"""
