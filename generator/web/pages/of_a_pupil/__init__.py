"""Pages about one pupil: records and their versions, documents, evidence, forms, the bundle, the whole file."""
