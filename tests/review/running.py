"""A real `aligner review`, and a browser to look at it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CHROMIUM = shutil.which("chromium")
# Nothing that a browser does besides showing the page.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Reviewing:
    """A review that runs: its process, the address that it has printed, what it told before."""

    process: subprocess.Popen[str]
    address: str
    told: list[str]

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def token(self) -> str:
        return urlsplit(self.address).fragment.removeprefix("token=")

    @property
    def headers(self) -> dict[str, str]:
        """What the page's own requests come with."""
        return {"Authorization": f"Bearer {self.token}", "Origin": f"http://{self.host}"}

    def ask(
        self, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer; a body makes it a POST."""
        connection = HTTPConnection(self.host, timeout=30)
        data = None if body is None else json.dumps(body)
        headers = self.headers if headers is None else headers
        connection.request("POST" if data else "GET", path, data, headers)
        answer = connection.getresponse()
        result = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        connection.close()
        return result

    def state(self) -> dict[str, Any]:
        status, _, body = self.ask("/state")
        assert status == 200
        state: dict[str, Any] = json.loads(body)
        return state

    def step(self, name: str, **values: Any) -> tuple[int, dict[str, Any]]:
        """Take a step for the rows as they are now."""
        version = self.state()["version"]
        status, _, body = self.ask("/step", {"step": name, "version": version, **values})
        return status, json.loads(body)


@contextmanager
def reviewing(*arguments: object) -> Iterator[Reviewing]:
    """Start a review of a file; it is killed at the end, if it still runs."""
    command = [sys.executable, "-m", "aligner", "review", "--no-browser", *map(str, arguments)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    told: list[str] = []
    try:
        for line in process.stderr:
            if line.startswith("http://"):
                yield Reviewing(process, line.strip(), told)
                return
            told.append(line)
        raise AssertionError("".join(told))
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def write_alignment(path: Path, pairs: list[tuple[str, str]], document: str = "") -> None:
    """An alignment of so many pairs, one in ten of them uncertain."""
    from aligner import save_alignment
    from aligner.document import Span
    from aligner.types import Alignment, Bead, Sentence

    sides = [
        tuple(Sentence(t[k], lang, Span(n, n + 1), 1, 1) for n, t in enumerate(pairs))
        for k, lang in enumerate(("zh", "en"))
    ]
    beads = tuple(Bead((k,), (k,), 0.3 if k % 10 == 7 else 0.95) for k in range(len(pairs)))
    alignment = Alignment(sides[0], sides[1], beads, "zh-CN", "en-US", document=document)
    save_alignment(alignment, path, "jsonl")
