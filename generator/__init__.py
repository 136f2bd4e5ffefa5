"""From a pupil's small files to documents and a bundle that an authority can read from page 1 to the end.

1. read      records.py      YAML text becomes records, with the place of every value
2. check     rules/          records of one case (case.py) become findings with their sources
3. merge     templates.py    facts of the case (facts.py) go into Word templates in the school's style
4. convert   engines/        Word files become tagged PDFs
5. assemble  bundle/         documents and evidence become one numbered, linked PDF, read back before it is trusted
6. report    cli.py          what was made, what was left out, and why
"""
