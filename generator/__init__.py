"""From a pupil's small files to documents and a bundle that an authority can read from page 1 to the end.

1. read      records/, cases/, folder/    YAML text becomes records, with the place of every value, joined to one case
2. check     rules/, authorities/         a case becomes findings with their sources
3. merge     documents/                   what a case says goes into Word templates in the school's style
4. convert   engines/                     Word files become tagged PDFs
5. assemble  build/, bundle/, submission/ documents and evidence become one numbered, linked PDF, read back
6. report    school/, cli/                what was made, what was left out, and why

The rooms stand in this order, low to high: problems, values, files, records, cases, authorities, folder, fonts,
word_files, rules, engines, documents, build, bundle, submission, school, cli. A room imports only what stands
before it (pyproject.toml).
"""
