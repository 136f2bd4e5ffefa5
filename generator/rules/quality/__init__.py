"""Advice on what people wrote: SMART targets, specific provision, the golden thread, plain English.

A module is a subject; its RULES are listed in rules/rule_list.py. Advice never stops a document.
"""
