"""What the wheel holds beside the code: schemas, fonts, packs, templates; no gallery, no sources of templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = "generator/_data"
EXAMPLES = ("school.yaml", "kacper-wisniewski")
NOT_SHIPPED = {"gallery", "source", "__pycache__"}


class ShippedData(BuildHookInterface[Any]):
    """Adds the data that a user needs to the wheel, folder by folder, so that a new pack is in it by itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Nothing for an editable install, which finds everything in the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        wanted = {root / "schemas": f"{DATA}/schemas"}
        wanted |= {path: f"{DATA}/templates/{path.name}" for path in (root / "templates").iterdir()}
        wanted |= {root / "cases" / name: f"{DATA}/cases/{name}" for name in EXAMPLES}
        shipped = {path: place for path, place in wanted.items() if path.name not in NOT_SHIPPED}
        build_data["force_include"].update({str(path): place for path, place in shipped.items()})
