"""Fields of untrusted JSON objects, checked for presence, type and range."""

from __future__ import annotations

from typing import Any, TypeVar

_T = TypeVar("_T")
_LARGEST = 2**63 - 1
_NAMES = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


def require(row: Any, name: str, kind: type[_T]) -> _T:
    """Return a field of a JSON object; raises ValueError if it is missing or of another type.

    Numbers are never negative nor beyond 64 bits, and text can be written as UTF-8.
    """
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    if name not in row:
        raise ValueError(f"{name} is missing")
    value = row[name]
    if type(value) is not kind:
        raise ValueError(f"{name} must be {_NAMES[kind]}")
    if isinstance(value, int) and value < 0:
        raise ValueError(f"{name} is negative")
    if isinstance(value, int) and value > _LARGEST:
        raise ValueError(f"{name} is too large a number")
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as exc:
            raise ValueError(f"{name} contains half a character (a lone surrogate)") from exc
    return value


def require_probability(row: dict[str, Any], name: str) -> float:
    """Return a field that is a number from 0 to 1; raises ValueError."""
    value: Any = row.get(name)
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise ValueError(f"{name} must be a number from 0 to 1")
    return float(value)


def pair(value: Any, name: str) -> tuple[int, int]:
    """Return a list of two non-negative numbers as a tuple; raises ValueError."""
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(f"{name} must be two numbers")
    first, second = (require({name: number}, name, int) for number in value)
    return first, second
