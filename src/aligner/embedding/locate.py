"""Where the model is that a name or a path means: a folder, the local cache, or the hub."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aligner.errors import ModelError

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

    What begins with `.`, `~` or `/` is a folder, anything else a name: of a model in the local
    cache of models, else of one on the hub. Raises ModelError where it is in none of them, and
    where a folder of the current one bears the name.
    """
    try:
        if _is_path(name):
            return _folder(name, Path(name).expanduser())
        repository = name if "/" in name else f"{_publisher(name)}/{name}"
        # Whoever made the current folder must not choose the model; the library looks there first.
        if Path(name).is_dir() or Path(repository).exists():
            raise ModelError(
                f"{name}: a folder here has this name; write ./{name} for it, or go to another "
                "folder for the published model"
            )
    except (OSError, RuntimeError, ValueError) as exc:
        raise ModelError(f"{name}: no such model ({exc}); {_LIST}") from exc
    cached = _cached(name, repository)
    if cached is None:
        _ask_hub(name, repository)
    return Place(name, repository, cached)


def _is_path(name: str) -> bool:
    return (
        Path(name).is_absolute()
        or name.startswith((".", "~"))
        or name.count("/") > 1
        or "\\" in name
    )


def _folder(name: str, path: Path) -> Place:
    if path.is_dir():
        if not any((path / mark).is_file() for mark in _MARKS):
            raise ModelError(f"{path}: not a model: it has neither {' nor '.join(_MARKS)}")
        return Place(path.resolve().name, folder=path)
    if path.exists():
        raise ModelError(f"{name}: not a model but a file; name the folder that it is in")
    raise ModelError(f"{name}: no such folder; give a model's folder or name, {_LIST}")


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
