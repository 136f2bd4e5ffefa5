"""Forms that a school gives out: to parents, the pupil, teachers, teaching assistants, professionals.

`questions.yaml` says what each asks and where an answer goes. In: a case and whom to ask. Out: a Word file with content
controls and a PDF with fields, which carry their reference and no name, and the record of what was asked.
"""

__all__ = ["ask", "whom_to_ask"]
