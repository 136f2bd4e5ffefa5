"""A command starts at once because it loads little: which libraries must stay out, not how long it takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.folder.school_folder import BUILT_IN
from generator.records.schema.schema_files import Schemas
from tests import forked_command
from tests.example_school import KACPER, ROOT, copy_school

FOR_DOCUMENTS = {
    *("lxml", "docx", "docxtpl", "jinja2", "pypdf", "pikepdf", "pypdfium2", "rdocx", "fontTools", "openpyxl", "PIL"),
    *(
        "generator.engines",
        "generator.documents.catalogue",
        "generator.build.build_documents",
        "generator.documents.templates.render",
        "generator.build.worker",
    ),
}
FOR_OTHER_WORK = {
    *("jsonschema", "referencing", "attrs", "rpds", "concurrent", "multiprocessing", "subprocess", "asyncio"),
    *("email", "socket", "tempfile", "importlib.metadata", "distributed"),
}


def loaded(folder: Path, *words: str) -> set[str]:
    """The modules that a command has loaded when it ends."""
    code = (
        "import sys, atexit, json\n"
        "atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))\n"
        "from generator.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.whole
def test_help_loads_the_command_line_alone() -> None:
    unwanted = {
        *FOR_DOCUMENTS,
        *FOR_OTHER_WORK,
        "yaml",
        "generator.folder.school_folder",
        "generator.rules",
        "generator.cases.case",
    }
    assert loaded(ROOT, "--help") & unwanted == set()


@pytest.mark.whole
def test_a_bundle_begins_without_what_only_some_bundles_need() -> None:
    """Its first paper is on its way the sooner: forms, photos and the reader of PDFs are loaded where they are used."""
    code = "import sys, generator.submission.submission_set; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    found = set(done.stdout.split())
    assert "generator.documents.templates.render" in found
    assert found & {"PIL", "pypdfium2", "pikepdf", "fontTools", "generator.forms.authority.form_map"} == set()


@pytest.mark.whole
@pytest.mark.parametrize("words", [("check", KACPER), ("check", KACPER, "--json"), ("status", KACPER)], ids=" ".join)
def test_checking_a_pupil_loads_nothing_that_makes_documents(tmp_path: Path, words: tuple[str, ...]) -> None:
    school = copy_school(tmp_path, KACPER)
    found = loaded(school, *words)
    assert "generator.folder.school_folder" in found
    assert found & {*FOR_DOCUMENTS, *FOR_OTHER_WORK} == set()


@pytest.mark.whole
def test_a_file_that_does_not_fit_is_what_jsonschema_is_loaded_for(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    plan = school / "cases" / KACPER / "plan.yaml"
    plan.write_text(plan.read_text("utf-8") + "nobody_has_this_key: 1\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from generator.cli import main; main()", "check", KACPER],
        cwd=school,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "nobody_has_this_key" in done.stdout


@pytest.mark.whole
def test_the_workers_of_a_bundle_load_nothing_that_merges_or_reads_the_network() -> None:
    """Their first drawing waits for all that they load; it is the command itself that merges for a bundle."""
    code = (
        "import sys\nfrom importlib import import_module\nfrom generator.build import worker_pool\n"
        "from generator.submission.wish_and_submission import WORKERS_LOAD\n"
        "before = set(sys.modules)\n"
        "for name in ('generator.build.worker', *worker_pool._DRAWS, *WORKERS_LOAD): import_module(name)\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    unwanted = {"generator.documents.catalogue", "docxtpl", "jinja2", "pypdf", "http.client", "ssl"}
    assert set(done.stdout.split()) & unwanted == set()


@pytest.mark.whole
def test_the_packs_are_answered_quickly_too() -> None:
    """Every pack of the program is found right without jsonschema: maps of any key have a quick answer as well."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom generator.authorities.pack import load_pack, pack_ids\n"
        "from generator.folder.school_folder import BUILT_IN\n"
        "from generator.records.schema.schema_files import Schemas\n"
        "folders = [BUILT_IN / 'templates']; schemas = Schemas.load([BUILT_IN / 'schemas'])\n"
        "print(len([load_pack(name, folders, schemas) for name in pack_ids(folders)]), 'jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    count, with_jsonschema = done.stdout.split()
    assert int(count) > 10 and with_jsonschema == "False"


@pytest.mark.whole
def test_the_schemas_of_the_program_point_only_to_what_is_there(tmp_path: Path) -> None:
    """Not looked at when the program starts, so it is looked at here."""
    assert Schemas.load([tmp_path, BUILT_IN / "schemas"]).kinds


@pytest.mark.skipif(sys.platform != "linux", reason="commands are forked on Linux alone")
@pytest.mark.parametrize("told", [None, 0, 3, True, -1, 256, "No such pupil", ["a", 1]])
def test_a_forked_command_ends_as_a_started_one(told: object, capfd: pytest.CaptureFixture[str]) -> None:
    started = subprocess.run(
        [sys.executable, "-c", f"raise SystemExit({told!r})"], capture_output=True, text=True, check=False
    )
    assert (forked_command.exit_code(told), capfd.readouterr().err) == (started.returncode, started.stderr)
