"""Any text model of the sentence-transformers library, by name or folder.

Each sentence goes through the network once. A model that takes the mean of its tokens gives
vectors of runs and windows as sums of their tokens' features. Any other gives the vectors of
single sentences as the library does; runs have the mean of their sentences' vectors, for
encoding all of them anew would take some 28 times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import accumulate
from typing import Any

import numpy as np

from aligner.embedding.additive import PooledText, TokenText, mean
from aligner.embedding.capture_logs import capture_logs, missing_weights
from aligner.embedding.locate import locate
from aligner.embedding.tokens import Tokens
from aligner.errors import ModelError
from aligner.vectors import Positions, Vectors

# Tokens in one pass through the network, padding included: few where they must fit a
# processor's cache, many where thousands go side by side.
_PROCESSOR_TOKENS, _ACCELERATOR_TOKENS = 512, 16384
_MOST_TOKENS = 8192  # of one piece, where the model names no limit or a higher one
_LEAST_TOKENS = 8  # of text that a piece must have room for
_HEAD_ROWS = 16384  # vectors that are finished together

# E5 models expect a prompt, and their publisher's folders don't say so.
_E5 = re.compile(r"\be5-(small|base|large)(-v2)?$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Tokens of one sentence, or of a part of one that is longer than the model reads.

    `first` and `last` tell whether the sentence begins and ends with it, `at` is its place in
    the text, in tokens.
    """

    sentence: int
    ids: list[int]
    at: int
    first: bool
    last: bool


class TransformerEncoder:
    """A model of the library as an encoder; `load` is the way to get one.

    `model` is a SentenceTransformer with a tokenizer and one pooling module. Raises ModelError
    where it is another kind of model.
    """

    def __init__(self, name: str, model: Any, prompt: str = "") -> None:
        self.name = name
        self._device = model.device
        modules = list(model.children())
        poolings = [k for k, m in enumerate(modules) if type(m).__name__ == "Pooling"]
        tokenizer = getattr(model, "tokenizer", None)
        if len(poolings) != 1 or poolings[0] == 0 or not callable(tokenizer):
            raise ModelError(f"{name}: not a text model that pools tokens; choose another")
        at = poolings[0]
        self._network, self._pooling, self._finish = modules[:at], modules[at], modules[at + 1 :]
        with self._errors():
            self._tokens = Tokens(tokenizer, prompt)
        self._frame = self._tokens.frame
        self._room = _limit(model) - len(self._frame)
        if self._room < _LEAST_TOKENS:
            raise ModelError(f"{name}: reads too few tokens at a time to hold a sentence")
        self._is_additive = self._pooling.pooling_mode == "mean"
        self._leaves_prompt_out = bool(self._frame.prompt) and not self._pooling.include_prompt

    def encode(self, sentences: Sequence[str]) -> TokenText:
        """Encode sentences; a blank one is an unknown token, a very long one comes in pieces.

        Raises ModelError where the network gives anything but finite numbers.
        """
        with self._errors():
            ids = self._tokens.encode(sentences)
        borders = np.array([0, *accumulate(map(len, ids))], dtype=np.int64)
        flat = np.fromiter((token for tokens in ids for token in tokens), dtype=np.int64)
        features = _Features(len(sentences), len(flat))
        room = _PROCESSOR_TOKENS if self._device.type == "cpu" else _ACCELERATOR_TOKENS
        for batch in _batches(list(self._cut(ids)), room):
            hidden, vectors = self._run(batch)
            for piece, rows, vector in zip(batch, hidden, vectors, strict=True):
                self._keep(piece, rows, vector, features)
        parts = (
            features.tokens,
            borders,
            features.begin,
            features.end,
            1 + np.flatnonzero(self._tokens.is_punctuation(flat)),
        )
        frame = len(self._frame.end) if self._leaves_prompt_out else len(self._frame)
        if self._is_additive:
            return TokenText(*parts, self._head, frame)
        return PooledText(*parts, mean, frame, sentences=features.sentences)

    def _cut(self, ids: Sequence[list[int]]) -> Iterator[_Piece]:
        at = 0
        for number, tokens in enumerate(ids):
            for start in range(0, len(tokens), self._room):
                part = tokens[start : start + self._room]
                last = start + len(part) == len(tokens)
                yield _Piece(number, part, at, start == 0, last)
                at += len(part)

    def _run(self, batch: Sequence[_Piece]) -> tuple[Vectors, Vectors]:
        """Hidden states (pieces, tokens, features) and, but for means, vectors of pieces."""
        import torch

        longest = len(batch[0].ids) + len(self._frame)
        ids = np.full((len(batch), longest), self._tokens.padding, dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, piece in enumerate(batch):
            whole = [*self._frame.opening, *piece.ids, *self._frame.end]
            ids[row, : len(whole)] = whole
            mask[row, : len(whole)] = 1
        features: dict[str, Any] = {
            "input_ids": torch.from_numpy(ids).to(self._device),
            "attention_mask": torch.from_numpy(mask).to(self._device),
        }
        if self._frame.prompt:
            features["prompt_length"] = len(self._frame.opening)
        with self._errors(), torch.inference_mode():
            for module in self._network:
                features = module(features)
            hidden = _numbers(features["token_embeddings"])
            vectors = np.zeros((len(batch), 0), dtype=np.float32)
            if not self._is_additive:
                for module in (self._pooling, *self._finish):
                    features = module(features)
                vectors = _numbers(features["sentence_embedding"])
        if hidden.ndim != 3 or hidden.shape[:2] != ids.shape:
            raise ModelError(f"{self.name}: gives no vector for each token; choose another model")
        return hidden, self._checked(vectors, len(batch))

    def _keep(self, piece: _Piece, rows: Vectors, vector: Vectors, features: _Features) -> None:
        """Put a piece's hidden states and vector where they belong."""
        opening, size = len(self._frame.opening), len(piece.ids)
        rows = self._checked(rows[: size + len(self._frame)], size + len(self._frame))
        features.make_room(rows.shape[1], len(vector))
        features.tokens[piece.at : piece.at + size] = rows[opening : opening + size]
        features.sentences[piece.sentence] += vector * size
        if piece.first and not self._leaves_prompt_out:
            features.begin[piece.sentence] = rows[:opening].sum(axis=0)
        if piece.last:
            features.end[piece.sentence] = rows[opening + size :].sum(axis=0)

    def _head(self, total: Vectors, count: Positions) -> Vectors:
        """Vectors of sums of token features over `count` tokens."""
        means = mean(total, count)
        if not self._finish or not len(means):
            return means
        blocks = range(0, len(means), _HEAD_ROWS)
        return np.concatenate([self._finished(means[k : k + _HEAD_ROWS]) for k in blocks])

    def _finished(self, means: Vectors) -> Vectors:
        import torch

        with self._errors(), torch.inference_mode():
            features = {"sentence_embedding": torch.from_numpy(means).to(self._device)}
            for module in self._finish:
                features = module(features)
            return self._checked(_numbers(features["sentence_embedding"]), len(means))

    def _checked(self, vectors: Vectors, count: int) -> Vectors:
        """The same, if it is `count` rows of finite numbers."""
        if vectors.ndim != 2 or len(vectors) != count:
            raise ModelError(f"{self.name}: its vectors are of a wrong shape; choose another model")
        if not np.isfinite(vectors).all():
            raise ModelError(f"{self.name}: its vectors hold NaN or infinity; it is damaged")
        return vectors

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Whatever goes wrong inside the model is the model's error."""
        try:
            yield
        except (RuntimeError, ValueError, TypeError, KeyError, IndexError, AttributeError) as exc:
            raise ModelError(f"{self.name}: can't encode ({_first_line(exc)})") from exc


class _Features:
    """What has come out of the network so far, in the order of the text."""

    def __init__(self, sentences: int, tokens: int) -> None:
        self._sizes = sentences, tokens
        self._fill(0, 0)

    def make_room(self, width: int, dimension: int) -> None:
        """Arrays as wide as the first batch tells."""
        if not self.tokens.shape[1]:
            self._fill(width, dimension)

    def _fill(self, width: int, dimension: int) -> None:
        sentences, tokens = self._sizes
        self.tokens = np.zeros((tokens, width), dtype=np.float32)
        self.begin = np.zeros((sentences, width), dtype=np.float32)
        self.end = np.zeros((sentences, width), dtype=np.float32)
        self.sentences = np.zeros((sentences, dimension), dtype=np.float32)


def load(name: str) -> TransformerEncoder:
    """Load a model by its name or folder; one that is not on this machine is fetched.

    A model with a default prompt or one for queries gets it before each sentence. Raises
    ModelError where there is no such model, it can't be loaded, it brings code of its own, or the
    library is missing.
    """
    if find_spec("sentence_transformers") is None:
        package = "sentence-transformers"
        raise ModelError(f"{name}: {package} is not installed; run: pip install {package}")
    place = locate(name)
    try:
        with capture_logs() as said:
            from sentence_transformers import SentenceTransformer

            model = SentenceTransformer(
                place.repository or str(place.folder),
                local_files_only=place.folder is not None,
                trust_remote_code=False,
            )
            model.eval()
            if model.device.type == "cpu":
                model.float()
    except Exception as exc:
        raise ModelError(f"{name}: can't be loaded ({_first_line(exc)})") from exc
    if missing := missing_weights(said):
        raise ModelError(f"{name}: {len(missing)} of its weights are missing, as {missing[0]}")
    return TransformerEncoder(place.name, model, _choose_prompt(place.name, model))


def _choose_prompt(name: str, model: Any) -> str:
    prompts = {key: text for key, text in (model.prompts or {}).items() if text}
    for key in (model.default_prompt_name, "query"):
        if key in prompts:
            return str(prompts[key])
    return "query: " if not prompts and _E5.search(name) else ""


def _limit(model: Any) -> int:
    """Tokens that the model reads at a time."""
    stated = model.max_seq_length
    if stated and stated < 1_000_000:  # a tokenizer that knows no limit names a huge number
        return int(min(stated, _MOST_TOKENS))
    positions = getattr(model[0].auto_model.config, "max_position_embeddings", None) or 514
    return int(min(positions - 2, _MOST_TOKENS))  # RoBERTa counts positions from 2 on


def _batches(pieces: Sequence[_Piece], room: int) -> Iterator[list[_Piece]]:
    """Pieces of like length, the longest first, as many as have room for their tokens."""
    left = sorted(pieces, key=lambda piece: -len(piece.ids))
    while left:
        fit = max(1, room // len(left[0].ids))
        yield left[:fit]
        left = left[fit:]


def _numbers(tensor: Any) -> Vectors:
    return np.asarray(tensor.float().cpu().numpy(), dtype=np.float32)


def _first_line(exc: BaseException) -> str:
    lines = [line.strip() for line in str(exc).splitlines() if line.strip()]
    return f"{type(exc).__name__}: {lines[0]}"[:200] if lines else type(exc).__name__
