"""Templates as they are merged, kept between runs in the user's own cache: to prepare a bundle's takes half a second.

They are kept by the bytes of the template and of its house style and by the program that prepared them, so that what
changes is prepared anew. What is wrong with a template is never kept, so that it is said each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.documents.templates.compiled_tags import kept_or_made


def prepared(path: Path, house: Path | None, make: Callable[[], Any]) -> Any:
    """What `make` gives for a template, or gave before for the same bytes: plain values and compiled code.

    Raises what `make` raises, which it does for a file that cannot be read.
    """
    try:
        files = [one.read_bytes() if one else b"" for one in (path, house)]
    except OSError:
        return make()
    marks = [hashlib.sha256(content).hexdigest() for content in files]
    return kept_or_made("prepared", (path.name, str(house is None), *marks), make)
