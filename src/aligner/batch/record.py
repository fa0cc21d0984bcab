"""Results as the lines of a journal, and back: only what a run writes is believed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from math import inf
from typing import Any

from aligner.batch.outputs import are_outputs
from aligner.batch.tasks import Result, Status
from aligner.json_text import parse_json
from aligner.memory.json_fields import require, require_probability

_COUNTS = ("source", "target", "pairs", "nulls", "held_back")


def line_of(result: Result) -> bytes:
    """The line of a result."""
    return json.dumps(asdict(result)).encode() + b"\n"


def results_of(lines: Iterable[bytes]) -> tuple[dict[str, Result], set[str]]:
    """What a journal tells; a line that no run writes, torn or made by others, is passed over."""
    results = {}
    outputs: set[str] = set()
    for line in lines:
        with suppress(ValueError):
            result = _result(parse_json(line))
            results[result.id] = result
            outputs |= names_of(result)
    return results, outputs


def _result(values: Any) -> Result:
    """The result that a line tells of; raises ValueError."""
    status = Status(require(values, "status", str))
    inputs, outputs = require(values, "inputs", list), require(values, "outputs", list)
    pairs = [tuple(pair) for pair in outputs if isinstance(pair, list) and len(pair) == 2]
    if not all(isinstance(text, str) for text in (*inputs, *(t for pair in pairs for t in pair))):
        raise ValueError("inputs and outputs must be texts")
    result = Result(
        id=require(values, "id", str),
        inputs=tuple(inputs),
        status=status,
        confidence=require_probability(values, "confidence"),
        seconds=_seconds(values),
        error=require(values, "error", str),
        key=require(values, "key", str),
        outputs=tuple(pairs),
        **{name: require(values, name, int) for name in _COUNTS},
    )
    names = [name for name, _ in result.outputs]
    if len(pairs) < len(outputs) or bool(names) is not (status is Status.DONE):
        raise ValueError("outputs must be names and digests, and only of what is done")
    if names and not are_outputs(names, result.id):
        raise ValueError("unexpected outputs")
    return result


def _seconds(values: dict[str, Any]) -> float:
    seconds: Any = values.get("seconds")
    if type(seconds) not in (int, float) or not 0 <= seconds < inf:
        raise ValueError("seconds must be a number")
    return float(seconds)


def names_of(result: Result) -> set[str]:
    """The names of a result's outputs."""
    return {name for name, _ in result.outputs}
