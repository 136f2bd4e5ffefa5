"""Where a form in Word wants an answer: controls, cells, lines and boxes, and which words ask for each.

In: the parts of a Word file. Out: AnswerPlaces in reading order. Knows nothing of PDFs.
"""
