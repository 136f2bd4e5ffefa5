"""Pictures of evidence: photos without their positions, fax and JPEG 2000 streams that are whole, light made even.

In: the bytes of a picture, or a picture inside an opened PDF. Out: a picture that a page can hold, or why not.
"""
