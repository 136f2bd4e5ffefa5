"""A build on a cluster: a real scheduler, two workers, one of them killed in the middle; many schools in one run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build.build_documents import Order, build
from generator.build.dask_cluster import Cluster
from generator.engines import choose
from generator.folder.school_folder import find_project
from generator.problems import DocumentsFailed, WrongUse
from tests.conftest import need_program
from tests.example_school import KACPER, ROOT, copy_school, sendpack

pytest.importorskip("distributed") if os.environ.get("CI") != "true" else None

PUPILS = (KACPER, "idris-chowdhury", "zoe-obrien-smidt", "toby-merrick")


def _program(*words: str, log: Path) -> subprocess.Popen[bytes]:
    code = f"import sys; from distributed.cli.{words[0]} import main; sys.argv = ['x', *{list(words[1:])!r}]; main()"
    with log.open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-c", f"if __name__ == '__main__': {code}"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=log.parent,
            stdout=said,
            stderr=said,
        )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler; its process and those of its two workers."""
    log = tmp_path / "scheduler.log"
    running = [_program("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", log=log)]
    try:
        address = _address(log)
        for number in (1, 2):
            words = ("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
            running.append(_program(*words, log=tmp_path / f"worker-{number}.log"))
        yield address, running
    finally:
        for process in running:
            process.kill()
            process.wait()


def _address(log: Path) -> str:
    for _ in range(300):
        found = [line for line in log.read_text("utf-8").splitlines() if "Scheduler at:" in line]
        if found:
            return found[0].split()[-1]
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def test_a_worker_killed_in_the_middle_costs_nothing(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, [_, *workers] = cluster
    alone, together = copy_school(tmp_path / "alone", *PUPILS), copy_school(tmp_path / "together", *PUPILS)
    engine = choose("embedded")
    build(find_project(alone), PUPILS, engine, Order(jobs=1), lambda _: None)
    site = Cluster(address, engine.about())
    while site.workers < 2:
        time.sleep(0.1)
    seen = 0

    def kill_one(_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == 3:
            workers[0].kill()

    outcomes = build(find_project(together), PUPILS, engine, Order(), kill_one, site)
    site.close(now=False)
    assert {o.state for o in outcomes} == {"made"}, [o.reason for o in outcomes if o.state != "made"]
    assert workers[0].wait() != 0
    assert _documents(together) == _documents(alone)
    for log in tmp_path.glob("*.log"):
        assert "Wi\u015bniewski" not in log.read_text("utf-8")


@pytest.mark.parametrize("lost", ["workers", "scheduler"])
def test_a_cluster_that_is_gone_ends_the_run_in_words(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]], lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library itself would wait for ever, or name an error of its own."""
    address, programs = cluster
    school = copy_school(tmp_path / "school", *PUPILS)
    engine = choose("embedded")
    site = Cluster(address, engine.about())

    monkeypatch.setattr("generator.build.dask_cluster.PATIENCE", 3)
    monkeypatch.setattr("generator.build.worker_pool.LOOK_AFTER", 1)

    def kill_all(_: object) -> None:
        for program in programs[1:] if lost == "workers" else programs[:1]:
            program.kill()

    with pytest.raises(DocumentsFailed, match="The cluster is gone"):
        build(find_project(school), PUPILS, engine, Order(), kill_all, site)
    site.close(now=True)
    assert "made" in {o.state for o in build(find_project(school), PUPILS, engine, Order(), lambda _: None)}


def _documents(school: Path) -> dict[str, bytes]:
    output = school / "output"
    return {str(p.relative_to(output)): p.read_bytes() for p in output.glob("*/*") if p.suffix in (".docx", ".pdf")}


def test_an_address_where_nobody_answers_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.build.dask_cluster.PATIENCE", 1)
    with pytest.raises(WrongUse, match="No scheduler answers"):
        Cluster("tcp://127.0.0.1:9", "")


def test_a_trust_makes_the_documents_of_all_its_schools(tmp_path: Path) -> None:
    copy_school(tmp_path / "north", KACPER)
    copy_school(tmp_path / "south", "idris-chowdhury")
    broken = copy_school(tmp_path / "west", "idris-chowdhury")
    (broken / "cases" / "school.yaml").write_text("name: [", "utf-8")
    done = sendpack(tmp_path, "build", "--schools", "--no-pdf")
    assert done.returncode == 1, done.stderr
    assert "3 schools, 1 of them with something to mend: west" in done.stdout
    assert (tmp_path / "north" / "output" / KACPER / "support-plan.docx").is_file()
    assert list((tmp_path / "south" / "output" / "idris-chowdhury").glob("*.docx"))
    assert sendpack(tmp_path, "build", "--schools", KACPER).returncode == 2


def _keys(folder: Path, name: str = "sendpack test") -> Path:
    """A certificate that vouches for itself: one for both ends."""
    folder.mkdir()
    words = [
        need_program("openssl", "it makes certificates"),
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={name}",
    ]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*words, *files], check=True, capture_output=True)
    (folder / "ca.pem").write_bytes((folder / "cert.pem").read_bytes())
    return folder


def test_how_many_at_once_is_not_asked_of_a_cluster(tmp_path: Path) -> None:
    school = copy_school(tmp_path / "school", KACPER)
    done = sendpack(school, "build", "--cluster", "tcp://127.0.0.1:9", "--jobs", "2")
    assert done.returncode == 2 and "--jobs is for this machine" in done.stderr, done.stdout + done.stderr


@pytest.mark.whole
def test_a_cluster_with_tls_lets_in_whoever_has_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, others = _keys(tmp_path / "keys"), _keys(tmp_path / "others", "somebody else")
    files = [str(keys / name) for name in ("ca.pem", "cert.pem", "key.pem")]
    tls = [word for pair in zip(("--tls-ca-file", "--tls-cert", "--tls-key"), files, strict=True) for word in pair]
    log = tmp_path / "scheduler.log"
    first = ("dask_scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *tls)
    running = [_program(*first, log=log)]
    try:
        address = _address(log)
        assert address.startswith("tls://")
        words = ("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", *tls)
        running.append(_program(*words, log=tmp_path / "worker.log"))
        school = copy_school(tmp_path / "school", KACPER)
        done = sendpack(school, "build", KACPER, "--only", "profile", "--cluster", address, "--cluster-tls", str(keys))
        assert done.returncode == 0, done.stdout + done.stderr
        assert (school / "output" / KACPER / "profile.pdf").is_file()
        monkeypatch.setattr("generator.build.dask_cluster.PATIENCE", 3)
        for tried, said in ((others, "No scheduler answers"), (None, "asks for a certificate")):
            with pytest.raises(WrongUse, match=said):
                Cluster(address, "", tried)
    finally:
        for process in running:
            process.kill()
            process.wait()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "127.0.0.1:9"])
def test_certificates_are_for_an_address_with_tls(tmp_path: Path, address: str) -> None:
    with pytest.raises(WrongUse, match=rf"begins with tls://, and {address} does not"):
        Cluster(address, "", tmp_path)


def test_certificates_without_a_cluster_are_refused(tmp_path: Path) -> None:
    done = sendpack(copy_school(tmp_path / "school", KACPER), "build", "--cluster-tls", str(tmp_path))
    assert done.returncode == 2 and "--cluster-tls is for a cluster" in done.stderr, done.stdout + done.stderr
    assert not (tmp_path / "school" / "output" / KACPER).exists()


@pytest.mark.whole
@pytest.mark.parametrize("name", ["ca.pem", "cert.pem", "key.pem"])
def test_a_certificate_that_is_none_is_told_as_that(tmp_path: Path, name: str) -> None:
    (_keys(tmp_path / "keys") / name).write_text("no certificate", "utf-8")
    with pytest.raises(WrongUse, match=r"certificates in .*keys cannot be used") as told:
        Cluster("tls://127.0.0.1:9", "", tmp_path / "keys")
    assert name in told.value.advice


def test_settings_of_dask_that_ask_for_encryption_are_told() -> None:
    import dask

    with dask.config.set({"distributed.comm.require-encryption": True}), pytest.raises(WrongUse, match="encryption"):
        Cluster("tcp://127.0.0.1:9", "")


def test_certificates_that_the_settings_of_dask_name_are_told_too(tmp_path: Path) -> None:
    import dask

    none = tmp_path / "none.pem"
    none.write_text("no certificate", "utf-8")
    names = ("ca-file", "client.cert", "client.key")
    with (
        dask.config.set({f"distributed.comm.tls.{name}": str(none) for name in names}),
        pytest.raises(WrongUse, match="certificates in dask’s own settings cannot be used"),
    ):
        Cluster("tls://127.0.0.1:9", "")


def test_a_folder_without_a_key_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"no ca\.pem"):
        Cluster("tls://127.0.0.1:9", "", tmp_path)
