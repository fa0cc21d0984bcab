"""The Ray engine: the same bytes, on one machine and on a cluster that loses a node."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aligner.batch import Result, Status, Task, find_files, folder_tasks, run_batch
from aligner.batch.on_ray import RayEngine
from aligner.errors import InputError
from batches import Here, contents, make_notes
from notes import ROOT

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'aligner-tm[ray]'")
pytestmark = [
    pytest.mark.slow,
    # Ray's own code leaves files and sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> list[Task]:
    folder = make_notes(tmp_path_factory.mktemp("notes"), 10)
    (folder / "bad.txt").write_text("Only English stands here.\n")
    return folder_tasks(find_files(str(folder)))


@pytest.fixture(scope="module")
def expected(tasks: list[Task], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("here")
    run_batch(tasks, out, engine=Here())
    return contents(out)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes on this machine, the first of them with no processor to give."""
    from ray.cluster_utils import Cluster

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
        yield cluster
        cluster.shutdown()  # type: ignore[no-untyped-call]


def test_a_node_is_lost_and_nothing_else(
    cluster: Any, tasks: list[Task], expected: dict[str, bytes], tmp_path: Path
) -> None:
    doomed = cluster.add_node(num_cpus=2)
    cluster.wait_for_nodes()
    finished = []

    def lose_the_node(result: Result, is_new: bool) -> None:
        finished.append(result.id)
        if len(finished) == 4:
            cluster.remove_node(doomed, allow_graceful=False)

    engine = RayEngine(address=cluster.address)
    summary = run_batch(tasks, tmp_path, engine=engine, on_result=lose_the_node)
    assert len(summary.of(Status.DONE)) == 10
    assert sorted(finished) == sorted(task.id for task in tasks)
    assert contents(tmp_path) == expected


def test_a_cluster_of_this_machine_and_uris(
    tasks: list[Task], expected: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path.as_uri() + "/out"
    summary = run_batch(tasks, out, engine=RayEngine(workers=2))
    assert len(summary.of(Status.DONE)) == 10
    found = contents(tmp_path / "out")
    assert {name: found[name] for name in expected} == expected


JOIN = """
import sys
import ray
ray.init(sys.argv[1], log_to_driver=False)
print("inside", ray.get(ray.remote(lambda: 6 * 7).remote()))
"""


def test_nobody_else_joins_a_cluster_begun_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even with the token that Ray keeps in the user's home, or without any."""
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    with RayEngine(workers=1)._cluster():
        command = [sys.executable, "-c", JOIN, ray.get_runtime_context().gcs_address]
        ours = dict(os.environ)
        theirs = {name: value for name, value in ours.items() if "RAY_AUTH" not in name}
        running = [
            subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            for env in (ours, theirs, {**theirs, "RAY_AUTH_MODE": "disabled"})
        ]
        told = [process.communicate()[0] for process in running]
    assert told == [b"inside 42\n", b"", b""]
    assert os.environ["RAY_AUTH_MODE"] == "disabled"


def test_no_cluster_to_be_reached(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Ray 127\.0\.0\.1:1: no cluster can be reached"):
        run_batch([Task("x", ("x",))], tmp_path, engine=RayEngine(address="127.0.0.1:1"))


def test_ray_is_not_installed(tmp_path: Path) -> None:
    (tmp_path / "ray.py").write_text("raise ImportError('none here')")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT / 'src'}"}
    command = [sys.executable, "-m", "aligner", "batch", str(ROOT / "data/notes")]
    done = subprocess.run(
        [*command, "-o", str(tmp_path / "out"), "--engine", "ray"],
        capture_output=True, text=True, env=environment,
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr == "aligner: the Ray engine needs Ray; run: pip install 'aligner-tm[ray]'\n"
    assert not (tmp_path / "out").exists()
