"""Workers that are actors of a Ray cluster.

What local processes do is done by actors; tasks and results, which are small, pass through
Ray, documents and outputs through the file system that all machines share, or object storage.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import chdir, contextmanager, nullcontext, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from aligner.batch.schedule import Event, schedule
from aligner.batch.storage import OutputFolder
from aligner.batch.tasks import Job, Result, Task
from aligner.batch.work import Worker
from aligner.errors import AlignerError, InputError, OutputError, needs_extra
from aligner.isolation import PACKAGE_FOLDER, isolated
from aligner.threads import processors, single_threaded, use_threads

_PATIENCE = 10  # seconds


class RayEngine:
    """Actors of a Ray cluster, or of one that is begun on this machine for the run.

    Ray listens on all addresses of the machine; a cluster that is begun here lets in nobody
    else, for it asks for a token that only the processes of the run have.

    `workers` is how many, one for each processor of the cluster unless given; `address` is
    that of a cluster, "auto" for the one that this machine belongs to. Raises InputError
    where Ray is not installed.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        self._ray = _load()
        self._workers = workers
        self._address = address

    def run(self, tasks: Iterable[Task], job: Job, folder: OutputFolder) -> Iterator[Result]:
        """The results of tasks, as they come; raises what ends the run."""
        with self._cluster():
            size = self._workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
            with _Actors(self._ray, Worker(job, folder)) as crew:
                for result in schedule(tasks, crew, size):
                    _require_sight(result, folder)
                    yield result

    @contextmanager
    def _cluster(self) -> Iterator[None]:
        """Be connected to the cluster; one that is connected already stays so."""
        if self._ray.is_initialized():
            yield
            return
        with nullcontext() if self._address else _token():
            yield from self._connected()

    def _connected(self) -> Iterator[None]:
        ray = self._ray
        begun = {} if self._address else {"num_cpus": self._workers or processors()}
        try:
            _require_answer(self._address or "")
            # Ray has its workers look for modules in the current folder first.
            with isolated(), chdir(PACKAGE_FOLDER):
                ray.init(
                    self._address or "local",
                    include_dashboard=False if begun else None,
                    log_to_driver=False,
                    logging_level="ERROR",
                    **begun,
                )
        except Exception as exc:
            where = self._address or "on this machine"
            raise InputError(
                f"Ray {where}: no cluster can be reached ({str(exc).splitlines()[0]}); check the "
                "address and that it runs (ray status)"
            ) from exc
        try:
            yield
        finally:
            ray.shutdown()


@contextmanager
def _token() -> Iterator[None]:
    """Have a cluster that begins within ask each of its processes for a token of its own."""
    wanted = {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_AUTH_TOKEN_PATH": "",
    }
    before = {name: os.environ.get(name, "") for name in wanted}
    _set_authentication(wanted)
    try:
        yield
    finally:
        _set_authentication(before)


def _set_authentication(values: Mapping[str, str]) -> None:
    """Set variables of the environment, or remove those that are "", and have Ray read them anew.

    Raises InputError for a Ray that knows no tokens.
    """
    core: Any = import_module("ray._raylet")
    try:
        config, loader = core.Config, core.AuthenticationTokenLoader
    except AttributeError as exc:
        raise InputError(
            "this version of Ray has no access control; run: pip install 'ray>=2.52'"
        ) from exc
    for name, value in values.items():
        os.environ.pop(name, None)
        if value:
            os.environ[name] = value
    config.initialize("")
    loader.instance().reset_cache()


class _Actors:
    """Actors, and what each is asked for at the moment."""

    def __init__(self, ray: Any, worker: Worker) -> None:
        self._ray = ray
        self._actor = ray.remote(num_cpus=1, max_restarts=0)(_Actor)
        self._given = worker, Path.cwd()
        self._asked: dict[Any, Any] = {}

    def hire(self) -> None:
        """Have an actor begin as soon as the cluster has a processor for it."""
        actor = self._actor.remote(*self._given)
        self._asked[actor.start.remote()] = actor

    def give(self, worker: Any, task: Task) -> None:
        """Ask for a task's result."""
        self._asked[worker.do.remote(task)] = worker

    def wait(self) -> Event[Any]:
        """The next answer of an actor, or its end."""
        (reference,), _ = self._ray.wait(list(self._asked), num_returns=1)
        actor = self._asked.pop(reference)
        try:
            answer = self._ray.get(reference)
        except self._ray.exceptions.RayError as exc:
            self._ray.kill(actor)
            return Event(actor, death=f"Ray lost it ({type(exc).__name__})")
        if isinstance(answer, AlignerError):
            raise answer
        return Event(actor, answer)

    def __enter__(self) -> _Actors:
        return self

    def __exit__(self, *_: object) -> None:
        for actor in self._asked.values():
            self._ray.kill(actor)


class _Actor:
    """A worker on the cluster. An error that ends the run is an answer like others."""

    def __init__(self, worker: Worker, here: Path) -> None:
        self._worker = worker
        use_threads(1)
        # Paths that are not absolute count from where the run was begun.
        with suppress(OSError):
            os.chdir(here)

    def start(self) -> AlignerError | None:
        """Load the model."""
        try:
            self._worker.start()
        except AlignerError as exc:
            return exc
        return None

    def do(self, task: Task) -> Result | AlignerError:
        """Do a task."""
        try:
            with single_threaded():
                return self._worker.do(task)
        except AlignerError as exc:
            return exc


def _require_answer(address: str) -> None:
    """Raise OSError if nobody answers: Ray itself would try for minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()


def _require_sight(result: Result, folder: OutputFolder) -> None:
    """Raise OutputError if what another machine wrote is not where this one looks."""
    if not all(folder.holds(*output) for output in result.outputs):
        raise OutputError(
            f"{result.id}: what a worker wrote can't be seen from here; the output must be in a "
            "folder that all machines share, or on object storage (s3://...)"
        )


def _load() -> Any:
    # No figures about its use are to leave the machine.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as exc:
        raise InputError(needs_extra("the Ray engine needs Ray", "ray")) from exc
    return ray
