"""What a damaged zip archive makes the library raise, in one place: Word, OpenDocument and Excel files are such too."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""Errors of opening an archive, of listing its names and of reading a file in it.

A name that is no UTF-8 is a ValueError, a locked file a RuntimeError, a way of packing that is unknown a
NotImplementedError (https://docs.python.org/3/library/zipfile.html names only the first of all these).
"""
