"""Models of the sentence-transformers library against the library itself."""

from __future__ import annotations

import json
import os
import resource
import shutil
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aligner.align import Aligner
from aligner.cli import main
from aligner.embedding import load_encoder
from aligner.embedding.locate import locate
from aligner.embedding.transformer import TransformerEncoder
from aligner.errors import ModelError
from aligner.evaluation import evaluate
from aligner.vectors import Encoder, Vectors
from notes import GOLD, NOTES, ROOT, parts

pytestmark = pytest.mark.slow

TEXTS = [" ".join(p.split()) for note in NOTES for side in parts(note)[1:] for p in side][:14]
TEXTS += ["short", "中", "Hello, world.", "你好，世界。", "Ünïcödé ﬁ １２３"]


def cosines(ours: Vectors, theirs: Vectors) -> Vectors:
    theirs = theirs / np.linalg.norm(theirs, axis=1, keepdims=True)
    return np.asarray(np.sum(ours * theirs, axis=1))


# --- mean-pooled: multilingual-e5-small


def test_single_sentences_are_the_librarys(e5: Encoder, library_e5: Any) -> None:
    short = [text for text in TEXTS if len(library_e5.tokenizer(text)["input_ids"]) < 500]
    ours = e5.encode(short).runs(1)
    assert ours.dtype == np.float32
    assert cosines(ours, library_e5.encode(short, prompt_name="query")).min() > 0.9999


def test_the_name_is_not_a_path(e5: Encoder) -> None:
    assert e5.name == "multilingual-e5-small"


def test_runs_are_near_the_joined_text(e5: Encoder, library_e5: Any) -> None:
    sentences = ["The Mission presents its compliments.", "It has the honour to reply.", "Thanks."]
    joined = [" ".join(sentences[k : k + 2]) for k in range(2)]
    ours = e5.encode(sentences).runs(2)
    assert cosines(ours, library_e5.encode(joined, prompt_name="query")).min() > 0.95
    assert e5.encode(sentences).runs(4).shape == (0, 384)


def test_a_sentences_vector_does_not_depend_on_its_neighbours(e5: Encoder) -> None:
    alone = e5.encode([TEXTS[3]]).runs(1)[0]
    among = e5.encode(TEXTS[:8]).runs(1)[3]
    assert float(alone @ among) > 0.9999


def test_blank_sentences(e5: Encoder) -> None:
    vectors = e5.encode(["", "  ", "\u200b", "text"]).runs(1)
    again = e5.encode(["  "]).runs(1)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    assert cosines(vectors[:3], np.repeat(again, 3, axis=0)).min() > 0.9999


def test_no_sentences(e5: Encoder) -> None:
    assert len(e5.encode([]).borders) == 1


def test_a_sentence_of_several_pieces(e5: Encoder) -> None:
    long = "外交部发言人答记者问" * 400
    text = e5.encode(["One.", long, "Two."])
    assert text.borders[2] - text.borders[1] > 1000
    vectors = text.runs(1)
    assert np.isfinite(vectors).all()
    end = e5.encode([long[-200:]]).runs(1)[0]
    assert float(vectors[1] @ end) > 0.9


def test_what_is_cut_off_still_counts(e5: Encoder) -> None:
    same = "天气很好。" * 150
    other = same + "The court met." * 150
    vectors = e5.encode([same, other]).runs(1)
    assert float(vectors[0] @ vectors[1]) < 0.99


def test_clause_ends_and_windows(e5: Encoder) -> None:
    text = e5.encode(["One, two, three.", "一，二；三。"])
    total = int(text.borders[-1])
    assert set(text.borders[1:]) <= set(text.clause_ends)
    assert len(text.clause_ends) == 6
    sums = text.sums(np.array([0, 2]), np.array([total, 2]))
    assert sums.shape == (2, 384)
    assert not sums[1].any()
    assert text.token_mean == pytest.approx(sums[0] / total, abs=1e-5)


def test_same_again(e5: Encoder) -> None:
    first, second = (e5.encode(TEXTS[:4]).runs(1) for _ in range(2))
    assert np.array_equal(first, second)


def test_both_notes_without_a_mistake(e5: Encoder) -> None:
    score = evaluate(GOLD, aligner=Aligner(encoder=e5)).systems[0].counts.strict
    assert score.predicted == score.right == score.gold == score.found == 34


# --- tiny models of other kinds


def tiny(folder: Path, pooling: str, dense: int = 0, include_prompt: bool = True) -> Path:
    """A random BERT of two narrow layers over single characters."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(5)
    letters = sorted(set("".join(TEXTS)) | set("abcdefghijklmnopqrstuvwxyz:,."))
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{c}" for c in letters)]
    vocabulary = {piece: k for k, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "sep_token": "[SEP]"}
    make: Any = PreTrainedTokenizerFast
    fast = make(tokenizer_object=tokenizer, model_max_length=64, **special)
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=64, initializer_range=0.3,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder / "bert")
    fast.save_pretrained(folder / "bert")
    parts: list[Any] = [modules.Transformer(str(folder / "bert"))]
    parts.append(modules.Pooling(32, pooling, include_prompt=include_prompt))
    if dense:
        parts.append(modules.Dense(32, dense))
    prompts = {"query": "query: "} if not include_prompt else {}
    model = SentenceTransformer(modules=[*parts, modules.Normalize()], prompts=prompts)
    model.save(str(folder / "model"))
    return folder / "model"


@pytest.mark.parametrize("pooling", ["cls", "mean", "max", "lasttoken", "mean_sqrt_len_tokens"])
@pytest.mark.parametrize("dense", [0, 16])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_other_kinds_of_models(tmp_path: Path, pooling: str, dense: int) -> None:
    from sentence_transformers import SentenceTransformer

    folder = tiny(tmp_path, pooling, dense)
    short = [text[:40] for text in TEXTS]
    theirs = SentenceTransformer(str(folder)).encode(short)
    text = load_encoder(str(folder)).encode(short)
    assert cosines(text.runs(1), theirs).min() > 0.9999
    assert text.runs(3).shape == (len(short) - 2, dense or 32)
    assert np.linalg.norm(text.runs(3), axis=1) == pytest.approx(1, abs=1e-4)
    pairs = text.runs(2)[0]
    assert float(pairs @ theirs[0]) > 0.5
    assert float(pairs @ theirs[1]) > 0.5
    some = text.take(np.array([4, 0, 1]))
    assert cosines(some.runs(1), theirs[[4, 0, 1]]).min() > 0.9999
    again = some.joined([text])
    assert cosines(again.runs(1), np.concatenate([theirs[[4, 0, 1]], theirs])).min() > 0.9999
    assert np.abs(again.runs(2)[3:] - text.runs(2)).max() < 1e-4
    sums = text.sums(np.array([0, 3]), np.array([4, 3]))
    assert sums[0].any()
    assert not sums[1].any()


@pytest.mark.parametrize("pooling", ["cls", "mean"])
def test_a_prompt_that_is_not_pooled(tmp_path: Path, pooling: str) -> None:
    from sentence_transformers import SentenceTransformer

    folder = tiny(tmp_path, pooling, include_prompt=False)
    short = [text[:40] for text in TEXTS]
    theirs = SentenceTransformer(str(folder)).encode(short, prompt_name="query")
    assert cosines(load_encoder(str(folder)).encode(short).runs(1), theirs).min() > 0.9999


@pytest.mark.parametrize("pooling", ["cls", "mean"])
def test_a_very_long_sentence_takes_bounded_memory(tmp_path: Path, pooling: str) -> None:
    encoder = load_encoder(str(tiny(tmp_path, pooling)))
    encoder.encode(["warm"])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    text = encoder.encode(["a b", "ab c " * 20_000])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 300_000  # kilobytes
    assert text.borders.tolist() == [0, 2, 60_002]
    assert np.isfinite(text.runs(1)).all()


def test_long_sentences_of_a_model_without_means(tmp_path: Path) -> None:
    encoder = load_encoder(str(tiny(tmp_path, "cls")))
    text = encoder.encode(["a b c " * 200, "", "x"])
    assert text.borders.tolist() == [0, 600, 601, 602]
    assert np.isfinite(text.runs(1)).all()


# --- models that can't be used


def damaged(folder: Path, place: Path, value: float) -> Path:
    """A copy of a model with one weight changed."""
    from safetensors.numpy import load_file, save_file

    shutil.copytree(folder, place)
    weights = load_file(place / "model.safetensors")
    weights["embeddings.LayerNorm.weight"][3] = value
    save_file(weights, place / "model.safetensors", {"format": "pt"})
    return place


@pytest.mark.parametrize("pooling", ["cls", "mean"])
def test_nan_in_the_weights(tmp_path: Path, pooling: str) -> None:
    folder = damaged(tiny(tmp_path, pooling), tmp_path / "damaged", np.nan)
    with pytest.raises(ModelError, match="damaged: its vectors hold NaN or infinity"):
        load_encoder(str(folder)).encode(TEXTS)


def test_folders_that_are_no_models(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "modules.json").write_text("not json")
    for name, words in (
        ("empty", "not a model"),
        ("file", "not a model but a file"),
        ("half", "half: can't be loaded"),
        ("odd", "odd: can't be loaded"),
        ("nowhere/there/is", "no such folder"),
    ):
        with pytest.raises(ModelError, match=words) as error:
            load_encoder(str(tmp_path / name))
        assert "\n" not in str(error.value)
    assert main(["align", str(NOTES[-1]), "--model", str(tmp_path / "empty")]) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_cut_off_weights(tmp_path: Path) -> None:
    folder = tiny(tmp_path, "mean")
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[:-100])
    with pytest.raises(ModelError, match="can't be loaded"):
        load_encoder(str(folder))


def test_weights_that_are_not_there_are_not_made_up(tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    folder = tiny(tmp_path, "mean")
    weights = load_file(folder / "model.safetensors")
    for name in [name for name in weights if "layer.1." in name]:
        del weights[name]
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(ModelError, match=r"16 of its weights are missing, as encoder\.layer\.1"):
        load_encoder(str(folder))


def test_nothing_is_said_while_loading(e5_folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load_encoder(str(e5_folder)).encode(["x " * 1000])
    assert capfd.readouterr() == ("", "")


def test_names_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no-such-model", "nobody/no-such-model", "bad name!", "bad\0name"):
        with pytest.raises(ModelError, match="no such model"):
            load_encoder(name)
    monkeypatch.setattr("aligner.embedding.transformer.find_spec", lambda _: None)
    with pytest.raises(ModelError, match="pip install sentence-transformers"):
        load_encoder("LaBSE")


def test_where_models_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = "0" * 40
    for repository in ("BAAI--bge-m3", "sentence-transformers--LaBSE"):
        cached = tmp_path / f"models--{repository}"
        for path, text in ((f"snapshots/{commit}/modules.json", "[]"), ("refs/main", commit)):
            (cached / path).parent.mkdir(parents=True)
            (cached / path).write_text(text)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.file_download.HF_HUB_CACHE", str(tmp_path), raising=False)
    for name in ("bge-m3", "BAAI/bge-m3", "LaBSE"):
        place = locate(name)
        assert place.name == name
        assert place.folder is not None
        assert place.folder.name == commit
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path / "models" / "LaBSE", tmp_path / "mine" / "LaBSE"):
        folder.mkdir(parents=True)
        (folder / "config.json").write_text("{}")
    assert locate("LaBSE") == place
    for name in ("./mine/LaBSE", "mine/../mine/LaBSE", str(tmp_path / "mine/LaBSE")):
        assert locate(name).folder == Path(name)
        assert (locate(name).name, locate(name).repository) == ("LaBSE", "")


@pytest.mark.parametrize("planted", ["LaBSE", "sentence-transformers/LaBSE", "BAAI/bge-m3"])
def test_a_folder_is_never_taken_for_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / planted).mkdir(parents=True)
    (tmp_path / planted / "modules.json").write_text("[]")
    for name in {planted, planted.partition("/")[2] or planted}:
        with pytest.raises(ModelError, match=r"a folder here has this name; write \./"):
            locate(name)
    assert locate(f"./{planted}").folder == Path(planted)


# --- models that bring code


CODE = "from pathlib import Path\nPath({marker!r}).touch()\nclass Module:\n    pass\n"


def refused_unrun(folder: Path, marker: Path, name: str) -> None:
    with pytest.raises(ModelError, match="can't be loaded") as error:
        load_encoder(name)
    assert "\n" not in str(error.value)
    assert not marker.exists()


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("where", ["model", "here"])
def test_modules_of_its_own_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """As a file of the model's folder, and as one that Python would import from the current one."""
    folder, marker = tiny(tmp_path, "mean"), tmp_path / "marker"
    code = folder if where == "model" else tmp_path
    (code / "planted_module.py").write_text(CODE.format(marker=str(marker)))
    modules = json.loads((folder / "modules.json").read_text())
    modules[0]["type"] = "planted_module.Module"
    (folder / "modules.json").write_text(json.dumps(modules))
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    refused_unrun(folder, marker, "./model")


def test_architectures_of_its_own_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does a setting in the folder say that they may be; nobody is asked."""
    folder, marker = tiny(tmp_path, "mean"), tmp_path / "marker"
    (folder / "planted.py").write_text(CODE.format(marker=str(marker)))
    config = json.loads((folder / "config.json").read_text())
    kinds = {"AutoConfig": "planted.Module", "AutoModel": "planted.Module"}
    config |= {"auto_map": kinds, "model_type": "planted"}
    (folder / "config.json").write_text(json.dumps(config))
    trust = {"trust_remote_code": True}
    settings = {"model_args": trust, "config_args": trust, "tokenizer_args": trust}
    (folder / "sentence_bert_config.json").write_text(json.dumps(settings))
    monkeypatch.setattr("builtins.input", lambda *_: "y")
    refused_unrun(folder, marker, str(folder))


class Touch:
    """Touches a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> Any:
        return Path.touch, (self.marker,)


@pytest.mark.parametrize("part", ["", "2_Dense"])
def test_pickled_weights_are_read_as_numbers_only(tmp_path: Path, part: str) -> None:
    import torch
    from safetensors.torch import load_file

    folder, marker = tiny(tmp_path, "mean", dense=16), tmp_path / "marker"
    safe = folder / part / "model.safetensors"
    weights = load_file(safe)
    safe.unlink()
    torch.save(weights, folder / part / "pytorch_model.bin")
    assert load_encoder(str(folder)).encode(["short"]).runs(1).shape == (1, 16)
    torch.save(weights | {"x": Touch(marker)}, folder / part / "pytorch_model.bin")
    refused_unrun(folder, marker, str(folder))


def test_the_first_safe_release_is_required() -> None:
    """Up to 5.7 the library runs modules of a model's folder."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    least = {name: version for name, _, version in (line.partition(">=") for line in wanted)}
    assert int(least["sentence-transformers"].partition(".")[0]) >= 6
    assert tuple(map(int, least["torch"].split("."))) >= (2, 6)


def test_a_model_of_another_kind() -> None:
    class Other:
        device = "cpu"

        def children(self) -> list[Any]:
            return []

    with pytest.raises(ModelError, match="not a text model"):
        TransformerEncoder("other", Other())


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("config.json", "[" * 10**5 + "]" * 10**5),
        ("config.json", "[]"),
        ("config.json", '{"x": "' + "x" * 2**20 + '"}'),
        ("config.json", '{"model_type": ["x"], "hidden_size": "many"}'),
        ("modules.json", "{}"),
        ("modules.json", "[1]"),
        ("modules.json", '[{"type": 1, "path": ["x"]}, {"path": null}]'),
        ("README.md", "---\nlanguage: [" + "[" * 10**4 + "\n---\n"),
        ("README.md", "---\nlicense: a: b: c\n---\n"),
        ("README.md", None),
    ],
)
def test_info_of_a_folder_that_is_not_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, content: str | None
) -> None:
    (tmp_path / "config.json").write_text("{}")
    if content is None:
        os.mkfifo(tmp_path / file)
    else:
        (tmp_path / file).write_text(content)
    assert main(["models", "info", str(tmp_path)]) in (0, 3)
    assert capsys.readouterr().err.count("\n") <= 1


def test_info_reads_nothing_outside_of_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (tmp_path / "config.json").write_text('{"embedding_dimension": 7}')
    for outside in ("..", str(tmp_path), "1_Pooling/../.."):
        modules = [{"type": "sentence_transformers.models.Pooling", "path": outside}]
        (folder / "modules.json").write_text(json.dumps(modules))
        assert main(["models", "info", str(folder), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["dimension"] == 0


def test_info_of_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tiny(tmp_path, "cls", 16)
    assert main(["models", "info", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["dimension"]) == ("model", 16)
    assert told["summary"] == "bert, 2 layers, cls pooling"
    assert main(["models", "info", str(tmp_path / "none")]) == 3
