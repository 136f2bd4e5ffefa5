"""A pupil's whole file for the next school: packed with a manifest of hashes."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from generator.build.stale_documents import stale_documents
from generator.cases.case import Case, Data
from generator.cases.family.contact_details import lives_elsewhere
from generator.cases.family.people import known_as
from generator.files.atomic_files import digest
from generator.folder.school_folder import BUILT_IN, Project
from generator.problems import Stop, WrongUse, without_steering_in_json
from generator.records.yaml_text.yaml_keys import PlainNumber, PlainTruth
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.submission.given_out.day_of_sending import SENT, read_json
from generator.submission.parts.part_ids import is_told

MANIFEST = "manifest.json"

README = """This archive holds the special educational needs file of one pupil, as the school that sends it kept it.

records/     the records (plain text, YAML) with photos and evidence, ready for `sendpack receive`
documents/   the documents made from them, to read and print
data/        the same records as JSON for other programs; schemas/ says what each value means
manifest.json names every file with its SHA-256 hash.

It is confidential. Whoever receives it by mistake should tell the school that sent it, and delete it.
"""


@dataclass(frozen=True)
class Packed:
    """An archive that was made: its bytes, the files in it, and evidence that was left out with the reason."""

    content: bytes
    files: tuple[str, ...]
    left_out: tuple[str, ...]


# -- sending ----------------------------------------------------------------------------------------------------------


def files_of(folder: Path) -> list[Path]:
    """Every file of a folder, in the order of the names, without hidden ones and what programs leave in folders."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and not _of_a_program(path)]
    return sorted(p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def _of_a_program(path: Path) -> bool:
    """True for Word's lock beside an open file, and for what Windows and macOS leave in folders."""
    return path.name.startswith("~$") or path.name.casefold() in ("thumbs.db", "ehthumbs.db", "desktop.ini")


def safeguarding_files(case: Case) -> list[str]:
    """The evidence that only the safeguarding lead may release."""
    return [f"evidence/{item['file']}" for item in case.evidence_held if item.get("sensitivity") == "safeguarding"]


def pack_case(project: Project, case: Case, on: date, *, safeguarding: bool | None) -> Packed:
    """A pupil's whole file as an archive, the same bytes whenever nothing has changed.

    `safeguarding` says whether evidence of that kind goes along; when there is some and nobody has said, WrongUse.
    """
    kept_back = safeguarding_files(case)
    if kept_back and safeguarding is None:
        raise WrongUse(
            f"The file holds safeguarding evidence: {', '.join(kept_back)}.",
            "Ask the safeguarding lead, then add --with-safeguarding or --without-safeguarding.",
        )
    left_out = () if safeguarding else (*kept_back, *_bundles_with_safeguarding(project, case))
    left_out += tuple(f"documents/{file}" for file in stale_documents(project, case))
    contents = {name: body for name, body in _contents(project, case) if not _among(name, left_out)}
    contents["README.txt"] = (README + _not_to(case)).encode()
    contents[MANIFEST] = _manifest(case, contents, left_out, on)
    return Packed(archive(contents), tuple(sorted(contents)), left_out)


def without_copies(pupil: Data) -> list[str]:
    """Each person to whom the school must send no copies, and whose home others must not learn from it."""
    return [
        f"{person['name']} ({person['relationship']}) must not be sent copies"
        for person in pupil.get("people", ())
        if person.get("copies", True) is False
    ]


def _not_to(case: Case) -> str:
    """What the next school must know before it gives out anything of this."""
    pupil = case.data("pupil")
    lines = without_copies(pupil)
    if any(lives_elsewhere(person, pupil) for person in pupil.get("people", ())):
        lines.append("the parents live in two homes: what tells one how to reach the other is for one home only")
    head = ["", "Before anything of this is given to the family:"]
    return "\n".join([*head, *(f"- {line}" for line in lines), ""]) if lines else ""


def _bundles_with_safeguarding(project: Project, case: Case) -> Iterator[str]:
    """The folders of bundles, sent or only made, into which such evidence had been released: their PDFs hold it."""
    items = case.data("evidence").get("items", ())
    secret = {str(item["id"]) for item in items if item.get("sensitivity") == "safeguarding"}
    places = {f"{SENT}/{p.name}": p for p in sorted((project.cases / case.name / SENT).glob("*"))}
    places["documents/submission"] = project.root / "output" / case.name / "submission"
    for shown, folder in places.items():
        parts = {
            str(part.get("id")) for file in folder.glob("manifest*.json") for part in read_json(file).get("parts", ())
        }
        if any(is_told(one, parts) for one in secret):
            yield shown


def _among(name: str, left_out: Iterable[str]) -> bool:
    """True for a file of the archive that is left out itself, or with the folder in which it is."""
    inside = name.removeprefix("records/")
    return any(inside == one or inside.startswith(f"{one}/") for one in left_out)


def _contents(project: Project, case: Case) -> Iterator[tuple[str, bytes]]:
    home, made = project.cases / case.name, project.root / "output" / case.name
    yield from ((f"records/{p.relative_to(home).as_posix()}", p.read_bytes()) for p in files_of(home))
    yield from ((f"documents/{p.relative_to(made).as_posix()}", p.read_bytes()) for p in files_of(made))
    kinds = set()
    for record in case.records:
        relative = record.path.removeprefix(f"cases/{case.name}/")
        yield f"data/{PurePosixPath(relative).with_suffix('.json')}", record_as_json(home / relative)
        kinds.add(record.kind)
    for name in sorted({*(f"{kind}.schema.json" for kind in kinds), "common.schema.json"}):
        file = BUILT_IN / "schemas" / name
        if file.is_file():
            yield f"schemas/{name}", file.read_bytes()


def record_as_json(file: Path) -> bytes:
    """A record as it is written, as JSON that fits its schema: dates stay text, `yes` and `no` too."""
    tree, _ = read_yaml(file.read_bytes(), file.name)
    return (without_steering_in_json(json.dumps(_json(tree), indent=1, ensure_ascii=False)) + "\n").encode()


def _json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _json(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_json(inner) for inner in value if inner is not None]
    if isinstance(value, PlainNumber):
        return float(value) if "." in value else int(value)
    if isinstance(value, PlainTruth):
        return value.lower() == "true"
    return str(value)


def _manifest(case: Case, contents: Mapping[str, bytes], left_out: Iterable[str], on: date) -> bytes:
    pupil, school = case.data("pupil"), case.school.data if case.school else {}
    cited = {row.get("staff") for cycle in case.cycles for row in cycle.data["plan"]["provision"]}
    staff = [{"id": s["id"], "name": s["name"], "role": s["role"]} for s in school.get("staff", ()) if s["id"] in cited]
    told = {
        "made_by": f"sendpack {version('sendpack')}",
        "made_on": on.isoformat(),
        "school": str(school.get("name", "")),
        "pupil": {"name": known_as(pupil), "upn": str(pupil.get("upn", "")), "folder": case.name},
        "staff": staff,
        "left_out": list(left_out),
        "no_copies": without_copies(pupil),
        "files": {name: {"sha256": digest(body), "bytes": len(body)} for name, body in sorted(contents.items())},
    }
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def archive(contents: Mapping[str, bytes]) -> bytes:
    """A zip archive of files by name; nothing in it depends on the clock or the machine."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, body in sorted(contents.items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            zipped.writestr(entry, body)
    return packed.getvalue()


def remove_tree(folder: Path) -> None:
    """Delete a folder so that it is either still whole under its name or no longer there; a link with what it leads to.

    Raises Stop with advice.
    """
    try:
        if folder.is_symlink():
            target = folder.resolve()
            if target.is_dir():
                shutil.rmtree(target)
            folder.unlink()
        elif folder.is_dir():
            gone = folder.with_name(f".forgetting-{os.getpid()}-{folder.name}")
            folder.rename(gone)
            shutil.rmtree(gone)
    except OSError as error:
        raise Stop(
            f"{folder} cannot be deleted ({(error.strerror or str(error)).lower()}).",
            "Close its files in other programs and run again: it goes on where it stopped.",
        ) from None
