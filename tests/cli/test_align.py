"""`aligner align` as its users call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.cli import main
from notes import NOTES, gold_pairs, squeeze

pytestmark = pytest.mark.slow

NOTE = NOTES[-1]


def error(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Exit status and the one line on standard error of a call that fails."""
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1, captured.err
    assert captured.err.startswith("aligner: ")
    return status, captured.err


@pytest.mark.parametrize("form", ["tmx", "tsv", "jsonl", "beads"])
def test_every_format_by_the_files_ending(tmp_path: Path, form: str) -> None:
    output = tmp_path / f"注 out.{form}"
    assert main(["align", str(NOTE), "-o", str(output), "--quiet"]) == 0
    content = squeeze(output.read_text("utf-8"))
    if form != "beads":
        source, _ = next(iter(gold_pairs(NOTE)))
        assert source in content
    assert list(tmp_path.iterdir()) == [output]


def test_standard_output_is_data_and_standard_error_the_summary(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["align", str(NOTE)]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("<?xml")
    for told in ("sentences", "pairs", "left out", "compliments in one language only"):
        assert told in captured.err


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["align", str(NOTE), "-o", str(tmp_path / "x.tmx"), "-q"]) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_jsonl_has_pairs_and_what_was_left_out(tmp_path: Path) -> None:
    output = tmp_path / "x.jsonl"
    assert main(["align", str(NOTE), "-o", str(output), "-q"]) == 0
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    text = NOTE.read_text("utf-8")
    assert rows[0]["reference"] == "GJ/26/2021"
    pair = next(row for row in rows if row["type"] == "pair")
    start, end = pair["source"][0]["span"]
    assert squeeze(text[start:end]) == squeeze(pair["source"][0]["text"])
    reasons = {row["reason"] for row in rows if row["type"] == "left out"}
    assert "address or contact line" in reasons


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    # In processes of their own, with other times of change, under another hash seed.
    outputs = []
    for number in range(2):
        note = tmp_path / str(number) / NOTE.name
        note.parent.mkdir()
        note.write_bytes(NOTE.read_bytes())
        os.utime(note, (1.7e9 + number * 1e6,) * 2)
        command = [sys.executable, "-m", "aligner", "align", str(note), "-q"]
        environment = {**os.environ, "PYTHONHASHSEED": str(number)}
        outputs.append(subprocess.run(command, capture_output=True, check=True, env=environment))
    assert outputs[0].stdout == outputs[1].stdout
    assert outputs[0].stderr == b""


def test_two_files_in_either_order(tmp_path: Path) -> None:
    chinese, english = tmp_path / "中.txt", tmp_path / "en.txt"
    chinese.write_text(
        "中国政府对来函答复如下。\n\n中方依法处理涉案人员，保护其合法权益。\n", "utf-8"
    )
    english.write_text(
        "The Chinese Government replies as follows.\n\n"
        "China deals with the persons involved in accordance with the law and protects them.\n",
        "utf-8",
    )
    results = []
    for pair in ((chinese, english), (english, chinese)):
        output = tmp_path / "x.tsv"
        assert main(["align", *map(str, pair), "-o", str(output), "-q"]) == 0
        results.append(output.read_text("utf-8"))
    assert results[0] == results[1]
    assert results[0].splitlines()[1].startswith("中国政府对来函答复如下。\tThe Chinese Government")


def test_segmented_files_keep_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.zh").write_text("你好，世界。\n\n今天天气很好。我们出去走走。\n", "utf-8")
    (tmp_path / "a.en").write_text(
        "Hello, world.\nThe weather is fine today.\nLet us go out for a walk.\n", "utf-8"
    )
    output = tmp_path / "x.beads"
    arguments = ["align", "--segmented", str(tmp_path / "a.zh"), str(tmp_path / "a.en")]
    assert main([*arguments, "-o", str(output), "-q"]) == 0
    lines = [line.rsplit(":", 1)[0] for line in output.read_text().splitlines()]
    assert lines == ["[0]:[0]", "[1]:[]", "[2]:[1, 2]"]


def bad_inputs(folder: Path) -> dict[str, tuple[Path, str]]:
    contents = {
        "empty.txt": b"",
        "rubbish.txt": bytes(range(256)) * 9,
        "english.txt": b"Only English is written here.\n",
        "numbers.txt": b"1234 5678\n",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "chinese.txt").write_text("这里只有中文。\n", "utf-8")
    return {
        "missing": (folder / "none.txt", "no such file"),
        "folder": (folder, "folder"),
        "empty": (folder / "empty.txt", "empty"),
        "rubbish": (folder / "rubbish.txt", "not text"),
        "english only": (folder / "english.txt", "no Chinese text found; give the Chinese version"),
        "chinese only": (folder / "chinese.txt", "no English text found; give the English version"),
        "no language": (folder / "numbers.txt", "no Chinese nor English"),
    }


def test_bad_inputs_exit_3_and_write_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "x.tmx"
    output.write_text("older")
    for name, (path, told) in bad_inputs(tmp_path).items():
        status, line = error(capsys, "align", path, "-o", output)
        assert (status, told in line) == (3, True), (name, line)
    assert output.read_text() == "older"


def test_bad_outputs_models_and_formats_exit_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(tmp_path.iterdir())
    for arguments, told in (
        (["-o", tmp_path / "none" / "x.tmx"], "no such folder"),
        (["-o", tmp_path], "folder"),
        (["-o", tmp_path / "x.doc"], "unknown file ending"),
        (["-o", tmp_path / "x.tmx", "--format", "pdf"], "unknown format"),
        (["-o", tmp_path / "x.tmx", "--model", "nothing"], "no such model"),
    ):
        status, line = error(capsys, "align", NOTE, *arguments)
        assert (status, told in line) == (3, True), line
    assert set(tmp_path.iterdir()) == before


def test_without_permission(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Refused by hand: tests may run as a user who may do everything.
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        status, line = error(capsys, "align", NOTE, "-o", tmp_path / "x.tmx")
        assert (status, "can't be written to" in line) == (3, True)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    status, line = error(capsys, "align", NOTE, "-o", tmp_path / "x.tmx")
    assert (status, "can't be read (Permission denied)" in line) == (3, True)


def test_wrong_usage_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "note.txt"
    copy.write_bytes(NOTE.read_bytes())
    for arguments in (
        ["align"],
        ["align", NOTE, "--what"],
        ["align", NOTE, "--min-confidence", "2"],
        ["align", NOTE, "--max-bead", "5x5"],
        ["align", NOTE, "--segmented"],
        ["align", NOTE, "--target-lang", "zh-TW"],
        ["align", NOTE, "--source-lang", "de"],
        ["align", copy, "-o", copy, "--format", "tmx"],
        ["nothing"],
    ):
        assert error(capsys, *arguments)[0] == 2
    assert copy.read_bytes() == NOTE.read_bytes()


def test_two_files_in_one_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Only English here.\n")
    status, line = error(capsys, "align", path, path)
    assert (status, "both in English" in line) == (3, True)


def test_the_summary_tells_of_repeats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chinese, english = "你好，世界。\n今天天气很好。\n", "Hello, world.\nIt is fine today.\n"
    (tmp_path / "x.zh").write_text(chinese * 3, "utf-8")
    (tmp_path / "x.en").write_text(english * 3, "utf-8")
    call = ["align", "--segmented", str(tmp_path / "x.zh"), str(tmp_path / "x.en"), "-o"]
    told = "4 repeat other pairs and are written once"
    assert main([*call, str(tmp_path / "x.tmx")]) == 0
    assert told in capsys.readouterr().err
    assert (tmp_path / "x.tmx").read_text("utf-8").count("<tu ") == 2
    # Other formats have each pair in its place.
    assert main([*call, str(tmp_path / "x.tsv")]) == 0
    assert told not in capsys.readouterr().err
    assert len((tmp_path / "x.tsv").read_text("utf-8").splitlines()) == 7


def test_min_confidence_leaves_pairs_out(tmp_path: Path) -> None:
    rows = []
    for confidence in ("0", "0.99"):
        output = tmp_path / f"{confidence}.tsv"
        arguments = ["align", str(NOTE), "-o", str(output), "-q", "--min-confidence", confidence]
        assert main(arguments) == 0
        rows.append(output.read_text("utf-8").splitlines()[1:])
    assert all(float(row.split("\t")[2]) >= 0.99 for row in rows[1])
    assert set(rows[1]) <= set(rows[0])


def test_a_closed_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m aligner segment '{NOTE}' | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=True)
    assert done.stderr == b""


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["align"], ["segment"], ["evaluate"], ["models", "list"], []):
        assert main([*command, "--help"]) == 0
        assert "Example: aligner" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from aligner import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"aligner {__version__}\n"


def test_devices_are_written_to_and_never_replaced() -> None:
    assert main(["align", str(NOTE), "-q", "-o", os.devnull]) == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_standard_output_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "aligner", "align", str(NOTE), "-q"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 3
    assert done.stderr.startswith("aligner: standard output: can't be written")
    assert done.stderr.count("\n") == 1


def test_standard_input_is_a_document() -> None:
    command = [sys.executable, "-m", "aligner", "align", "-", "-q", "--format", "tsv"]
    done = subprocess.run(command, input=NOTE.read_bytes(), capture_output=True, check=True)
    pairs = {
        tuple(squeeze(text) for text in line.split("\t")[:2])
        for line in done.stdout.decode().splitlines()
    }
    assert gold_pairs(NOTE) <= pairs


def test_a_write_protected_output_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "x.tmx"
    output.write_text("older")
    # Refused by hand: tests may run as a user who may do everything.
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != output)
    status, line = error(capsys, "align", NOTE, "-o", output)
    assert (status, "write-protected" in line) == (3, True)
    assert output.read_text() == "older"


@pytest.mark.parametrize("form", ["tmx", "xlsx"])
def test_a_pipe_that_is_closed_is_no_error(form: str, tmp_path: Path) -> None:
    text = NOTES[0].read_text("utf-8")
    long = tmp_path / "long.txt"
    long.write_text("\n\f".join(text.replace("中国", f"第{k}国") for k in range(12)), "utf-8")
    command = [sys.executable, "-m", "aligner", "align", str(long), "-q", "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141
