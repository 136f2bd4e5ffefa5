"""Word to PDF with the engine that comes with the program, and all that its version needs: it goes together one day.

What rdocx does not do yet is written out in the copy that it draws (layout, borders) or mended after it
(drawings, letters).

"""
