"""Where the model is that a name or a path means: a folder, the local cache, or the hub."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aligner.embedding.catalogue import EXPORTABLE
from aligner.errors import ModelError

DEFAULT_FOLDER = Path("models")
_LIST = "see `aligner models list`"
_PATIENCE = 5  # seconds to wait for the hub
# Who publishes models that are called by a bare name; the others are the library's own.
_PUBLISHERS = {
    "multilingual-e5": "intfloat",
    "e5-": "intfloat",
    "bge-": "BAAI",
    "gte-": "Alibaba-NLP",
}
_MARKS = ("modules.json", "config.json")


@dataclass(frozen=True, slots=True)
class Place:
    """A model's place: `folder` if it is on this machine, else `repository` to be fetched."""

    name: str
    repository: str = ""
    folder: Path | None = None


def locate(name: str) -> Place:
    """Find a model by its name or folder; nothing is fetched yet.

    A folder comes first, then `models/NAME`, where `aligner models export` puts it, then the
    local cache of models, then the hub. Raises ModelError where it is in none of them.
    """
    try:
        folder = _folder(name)
    except (OSError, RuntimeError) as exc:
        raise ModelError(f"{name}: can't be looked into ({exc})") from exc
    if folder is not None:
        return Place(folder.resolve().name, folder=folder)
    if name in {info.name for info in EXPORTABLE}:
        raise ModelError(f"{name}: not here yet; run: aligner models export {name}")
    if (
        Path(name).is_absolute()
        or name.startswith((".", "~"))
        or name.count("/") > 1
        or "\\" in name
    ):
        raise ModelError(f"{name}: no such folder; give a model's folder or name, {_LIST}")
    repository = name if "/" in name else f"{_publisher(name)}/{name}"
    cached = _cached(name, repository)
    if cached is None:
        _ask_hub(name, repository)
    return Place(name, repository, cached)


def _folder(name: str) -> Path | None:
    path = Path(name).expanduser()
    for folder in (path, DEFAULT_FOLDER / name):
        if folder.is_dir():
            if not any((folder / mark).is_file() for mark in _MARKS):
                raise ModelError(f"{folder}: not a model: it has neither {' nor '.join(_MARKS)}")
            return folder
    if path.exists():
        raise ModelError(f"{name}: not a model but a file; name the folder that it is in")
    return None


def _publisher(name: str) -> str:
    for beginning, publisher in _PUBLISHERS.items():
        if name.startswith(beginning):
            return publisher
    return "sentence-transformers"


def _cached(name: str, repository: str) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    for mark in _MARKS:
        try:
            found = try_to_load_from_cache(repository, mark)
        except ValueError as exc:
            raise ModelError(f"{name}: no such model; {_LIST}") from exc
        if isinstance(found, str):
            return Path(found).parent
    return None


def _ask_hub(name: str, repository: str) -> None:
    """Raise ModelError unless the hub has a model; one question, and no long wait."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    try:
        HfApi().model_info(repository, timeout=_PATIENCE)
    except HfHubHTTPError as exc:
        raise ModelError(f"{name}: no such model, here or on the hub; {_LIST}") from exc
    except Exception as exc:
        raise ModelError(
            f"{name}: no such model on this machine, and the hub can't be reached; {_LIST}"
        ) from exc
