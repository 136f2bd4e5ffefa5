"""What this engine's PDF lacks, put right after it is drawn: letters' places, words of pictures, drawings as paths.

In: the PDF that it drew and the Word file it came from. Out: the PDF mended.
"""
