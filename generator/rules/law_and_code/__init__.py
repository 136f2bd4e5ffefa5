"""Rules of law and of the SEND Code of Practice, each with its section, regulation or paragraph.

A module is a subject; its RULES are listed in rules/rule_list.py. No school and no authority can lower them.
"""
