"""A finished PDF locked with a password: AES-256, the last thing that is done to it."""

from __future__ import annotations

import io

import pikepdf


def seal(content: bytes, password: str) -> bytes:
    """The PDF, to be opened with the password only (AES-256, revision 6), its titles and metadata locked as well.

    Whoever may open it may read it aloud, search, copy and print it. Salt is random: two sealings differ.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6, aes=True, metadata=True))
    return out.getvalue()
