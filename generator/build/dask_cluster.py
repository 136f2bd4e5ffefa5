"""Documents made on many machines: a dask.distributed scheduler hands batches to workers wherever they are.

Only bytes travel, both ways; no shared disk is needed. When a worker dies, the scheduler gives its batch to another.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.problems import DocumentsFailed, MissingOnThisMachine, WrongUse

if TYPE_CHECKING:
    from generator.build.worker import Made
    from generator.build.worker_pool import Work

PATIENCE = 20
"""Seconds to wait for the scheduler, and then for its first worker."""


class Cluster:
    """A running scheduler and its workers, each of which has sendpack installed."""

    def __init__(self, address: str, about: str, tls: Path | None = None) -> None:
        """`about` names the engine and version that every worker must have; `tls` is a folder with what `_keys` names.

        Raises MissingOnThisMachine without dask.distributed, WrongUse when no scheduler answers, it has no worker, or
        what `tls` holds cannot be used.
        """
        try:
            from distributed import Client
        except ImportError:
            raise MissingOnThisMachine(
                "dask.distributed is not installed here.", 'Install it with: pip install "sendpack[cluster]"'
            ) from None
        from generator.build.digest_cache import program_mark

        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # we say ourselves what goes wrong
        connect: Any = Client
        if tls and not address.startswith("tls://"):
            raise WrongUse(
                f"--cluster-tls is for an address that begins with tls://, and {address} does not.",
                "Give the address that the scheduler says when it starts with its certificate.",
            )
        keys = _keys(tls) if tls else None
        if address.startswith("tls://"):
            _must_be_usable(keys, tls)
        try:
            self._client: Any = connect(address, timeout=PATIENCE, set_as_default=False, security=keys)
        except TypeError:  # an address with tls:// and no keys, neither given nor in dask's own settings
            raise WrongUse(
                f"The scheduler at {address} asks for a certificate.",
                "Give the folder with ca.pem, cert.pem and key.pem: --cluster-tls",
            ) from None
        except RuntimeError as error:  # dask's own settings ask for encryption, and the address has none
            raise WrongUse(f"{address} cannot be used ({error}).", "Give an address with tls://") from None
        except (OSError, ValueError) as error:
            raise WrongUse(f"No scheduler answers at {address} ({error}).", "Start one with: dask scheduler") from None
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            self._client.close()
            raise WrongUse(f"The scheduler at {address} has no workers.", f"Start: dask worker {address}") from None
        self._executor = self._client.get_executor(pure=False)
        self._alike = (about, program_mark())
        self._kits: dict[bytes, Any] = {}

    @property
    def started(self) -> bool:
        """Its workers run already."""
        return True

    @property
    def workers(self) -> int:
        """How many batches the cluster can work on at once now; workers may come and go."""
        return max(1, self._count())

    def _count(self) -> int:
        with contextlib.suppress(Exception):  # whatever the library says of a scheduler that is gone
            return len(self._client.scheduler_info(n_workers=-1)["workers"])
        return 0

    def still_there(self) -> None:
        """Wait a little for workers that are started again. Raises DocumentsFailed when all are gone, or the scheduler.

        The library itself would wait for ever.
        """
        until = time.monotonic() + PATIENCE
        while not self._count():
            if self._client.status in ("closing", "closed") or time.monotonic() > until:
                raise DocumentsFailed(
                    "The cluster is gone: its scheduler does not answer, or all its workers ended.",
                    "What was finished is whole. Start it again, and run the command again to go on.",
                )
            time.sleep(0.5)

    def get_ready(self) -> None:
        """Its workers run already."""

    def submit(self, kit: bytes, tasks: Sequence[Work]) -> Future[list[Made]]:
        """Begin a batch; the kit is sent to the workers once."""
        from generator.build import worker

        if kit not in self._kits:
            self._kits[kit] = self._client.scatter(kit, broadcast=True)
        future: Future[list[Made]] = self._executor.submit(
            worker.work_elsewhere, self._kits[kit], worker.pack(tasks), *self._alike
        )
        return future

    def renew(self) -> None:
        """Forget the kits that were sent: the workers that held them may be gone."""
        self._kits.clear()

    def close(self, *, now: bool) -> None:
        """Leave the cluster as it was."""
        with contextlib.suppress(Exception):
            self._executor.shutdown(wait=not now, cancel_futures=now)
        self._kits.clear()
        self._client.close()


def _keys(folder: Path) -> Any:
    """What both ends show each other: ca.pem, the authority that both trust, and this end's cert.pem and key.pem.

    Nothing is sent without it. Raises WrongUse when one of them is not there.
    """
    from distributed.security import Security

    missing = [name for name in ("ca.pem", "cert.pem", "key.pem") if not (folder / name).is_file()]
    if missing:
        raise WrongUse(f"There is no {missing[0]} in {folder}.", "--cluster-tls needs ca.pem, cert.pem and key.pem.")
    make: Any = Security
    return make(
        tls_ca_file=str(folder / "ca.pem"),
        tls_client_cert=str(folder / "cert.pem"),
        tls_client_key=str(folder / "key.pem"),
        require_encryption=True,
    )


def _must_be_usable(keys: Any, folder: Path | None) -> None:
    """Raises WrongUse when the files cannot be read as certificates and a key: no scheduler was asked yet.

    Without `keys` they are those that dask's own settings name, if any.
    """
    from distributed.security import Security

    make: Any = Security
    try:
        (keys or make()).get_connection_args("client")
    except (OSError, ValueError) as error:
        raise WrongUse(
            f"The certificates in {folder or 'dask’s own settings'} cannot be used ({error}).",
            "ca.pem must be the authority’s certificate, cert.pem this computer’s own, and key.pem the key of that one,"
            " without a password, each as a PEM file.",
        ) from None
