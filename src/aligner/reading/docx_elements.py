"""Elements of WordprocessingML by their local names: of both its namespaces."""

from __future__ import annotations

from typing import Any


def local(name: Any) -> str:
    """A tag's or an attribute's name without its namespace; "" for comments and the like."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def child(element: Any, name: str) -> Any:
    """The first child of a name, if there is one; none of none."""
    return None if element is None else element.find(f"{{*}}{name}")


def value(element: Any, name: str = "val") -> str:
    """An attribute of an element in Word's namespace, "" where there is none."""
    attributes = () if element is None else element.attrib.items()
    return next((text for key, text in attributes if local(key) == name), "")


def is_on(element: Any) -> bool | None:
    """What a switch such as `w:vanish` says; None where it is absent."""
    return None if element is None else value(element) not in ("0", "false", "off")
