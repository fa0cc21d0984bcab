"""Work on a file in a process of its own, with bounds of time and memory.

What a file does to its parser, be it a crash, an endless loop or a flood of memory, stays in
that process and becomes one line.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from aligner import errors
from aligner.bounds import MAX_MEMORY, most_seconds
from aligner.errors import AlignerError, InputError
from aligner.isolation import clean_environment, python_command

_SERVE = "from aligner.apart import serve; serve(*sys.argv[1:])"
# Address space is bounded, and each thread of a library takes some.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_MEMORY = f"more than {MAX_MEMORY >> 30} GiB of memory"


def results_apart(
    function: str,
    arguments: Sequence[str],
    *,
    name: object,
    error: type[InputError],
    size: int,
    stdin: IO[bytes] | None = None,
) -> Iterator[Any]:
    """What a function yields in a process of its own, as it comes: anything that JSON can say.

    `function` is named as `aligner.memory.xlsx:rows` and takes strings. Raises what it raises
    of aligner's own errors, and `error` where it fails otherwise or passes the time for a file
    of `size` bytes, or 3 GiB.
    """
    seconds = most_seconds(size)
    with _start([function, str(seconds), *arguments], stdin) as process:
        try:
            last: dict[str, str] = {}
            for line in process.stdout or ():
                answer = json.loads(line)
                if isinstance(answer, dict):
                    last = answer
                else:
                    yield answer[0]
        except ValueError:
            pass  # a line that was cut off
        finally:
            process.kill()
    if "message" in last:
        raise getattr(errors, last["kind"])(last["message"])
    if "done" not in last:
        reason = last.get("reason") or _cause(process.returncode, seconds)
        raise error(f"{name}: its reader gave up ({reason}); the file is damaged or hostile")


def _start(arguments: Sequence[str], stdin: IO[bytes] | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - this interpreter, this module, no shell
        python_command(_SERVE, *arguments),
        stdin=stdin or subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=clean_environment() | _ONE_THREAD,
    )


def _cause(status: int, seconds: int) -> str:
    if status < 0 and -status == getattr(signal, "SIGXCPU", None):
        return f"more than {seconds} seconds"
    return "a crash, or " + _MEMORY


def serve(function: str, seconds: str, *arguments: str) -> None:
    """The process's part: results in JSON on standard output, one a line, then how it ended."""
    _limit(int(seconds))
    # What a library prints is no answer.
    with os.fdopen(os.dup(1), "w", encoding="ascii") as out:
        os.dup2(2, 1)
        for line in _answers(function, arguments):
            out.write(line + "\n")


def _answers(function: str, arguments: Sequence[str]) -> Iterator[str]:
    module, _, member = function.partition(":")
    try:
        work: Callable[..., Iterable[Any]] = getattr(import_module(module), member)
        for result in work(*arguments):
            yield json.dumps([result])
        last = {"done": "yes"}
    except AlignerError as exc:
        last = {"kind": type(exc).__name__, "message": str(exc)}
    except MemoryError:
        last = {"reason": _MEMORY}
    except RecursionError:
        last = {"reason": "nested too deeply"}
    except Exception as exc:  # noqa: BLE001 - parsers raise whatever they like
        last = {"reason": f"{type(exc).__name__}: " + " ".join(str(exc).split())[:120]}
    yield json.dumps(last)


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for what, limit in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (soft, hard))


def allow_seconds(seconds: int) -> None:
    """Let this process run for so many seconds of processor time from now on, at least."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(usage.ru_utime + usage.ru_stime) + seconds
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY and wanted > soft:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (wanted, hard))


def file_size(path: str | Path) -> int:
    """The bytes of a file, 0 for one that can't be looked at."""
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return 0
