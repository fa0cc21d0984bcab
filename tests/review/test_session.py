"""What was done stays done: killed, closed, changed by others, opened twice."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import aligner
from aligner.document import Span
from aligner.errors import FormatError, OutputError, ReadError, StepError, UsageError
from aligner.review import Session, journal, operations
from aligner.review.rows import Rows
from aligner.types import Alignment, Bead, Sentence
from samples import texts

pytestmark = pytest.mark.slow


@pytest.fixture(params=["x.jsonl", "x.tmx"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    source = tuple(Sentence(t, "zh", Span(k, k + 1), 1, 1) for k, t in enumerate("甲乙丙"))
    target = tuple(Sentence(t, "en", Span(k, k + 1), 1, 1) for k, t in enumerate("ABC"))
    beads = tuple(Bead((k,), (k,), 0.5) for k in range(3))
    place = tmp_path / str(request.param)
    aligner.save_alignment(
        Alignment(source, target, beads, "zh-CN", "en-US"), place, place.suffix[1:]
    )
    return place


Open = Callable[[Path], Session]


@pytest.fixture(name="opened")
def open_sessions() -> Iterator[Open]:
    sessions = []

    def opened(path: Path) -> Session:
        sessions.append(Session(path))
        return sessions[-1]

    yield opened
    for session in sessions:
        kill(session)


def work(session: Session) -> Rows:
    """Some of everything, one step of it taken back."""
    session.do(operations.check(session.review.rows, 0, True))
    session.do(operations.merge(session.review.rows, 1, 2))
    session.do(operations.edit(session.review.rows, 0, "target", 0, "Again"))
    session.undo()
    return session.review.rows


def kill(session: Session) -> None:
    """What becomes of a session whose process is gone: its files are let go, as they are."""
    session._journal._file.close()
    session._journal._let_go()


def test_looking_changes_nothing(opened: Open, path: Path) -> None:
    before = path.read_bytes()
    opened(path).close()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_killed_review_goes_on_where_it_was(opened: Open, path: Path) -> None:
    before = path.read_bytes()
    session = opened(path)
    rows = work(session)
    kill(session)
    assert path.read_bytes() == before
    again = opened(path)
    assert again.review.rows == rows
    assert [change.name for change in again.review.done] == ["check", "merge"]
    assert again.redo().name == "edit"
    again.undo()
    again.close()
    assert len(texts(opened(path).review.rows)) == 2


def test_the_file_itself_is_up_to_date_after_the_end(opened: Open, path: Path) -> None:
    session = opened(path)
    work(session)
    session.close()
    # As one who knows nothing of the history would read it.
    path.with_name(path.name + ".history").unlink()
    rows = opened(path).review.rows
    assert [row.text("source") for row in rows] == ["甲", "乙丙"]
    assert [row.checked for row in rows] == [True, False]


def test_all_can_be_taken_back_after_the_end(opened: Open, path: Path) -> None:
    session = opened(path)
    first = session.review.rows
    work(session)
    session.close()
    again = opened(path)
    while again.review.done:
        again.undo()
    assert again.review.rows == first


def test_killed_after_saving(opened: Open, path: Path) -> None:
    session = opened(path)
    work(session)
    session.save()
    session.do(operations.unpair(session.review.rows, 0))
    rows = session.review.rows
    kill(session)
    assert opened(path).review.rows == rows


def test_killed_between_the_note_of_saving_and_saving(opened: Open, path: Path) -> None:
    session = opened(path)
    rows = work(session)
    before = path.read_bytes()
    session.save()
    path.write_bytes(before)
    kill(session)
    assert opened(path).review.rows == rows


@pytest.mark.parametrize("cut", [1, 5, 100])
def test_killed_while_writing_a_step(opened: Open, path: Path, cut: int) -> None:
    session = opened(path)
    session.do(operations.check(session.review.rows, 0, True))
    rows = session.review.rows
    session.do(operations.check(session.review.rows, 1, True))
    kill(session)
    with session.history.open("r+b") as file:
        file.truncate(os.fstat(file.fileno()).st_size - cut)
    again = opened(path)
    assert again.review.rows == rows
    again.do(operations.check(again.review.rows, 2, True))
    rows = again.review.rows
    kill(again)
    assert opened(path).review.rows == rows


def test_a_second_editor_is_refused(opened: Open, path: Path) -> None:
    session = opened(path)
    with pytest.raises(OutputError, match=f"{path.name}: is already being reviewed"):
        opened(path)
    session.close()
    opened(path).close()


def test_a_file_that_was_made_anew_is_begun_anew(opened: Open, path: Path) -> None:
    session = opened(path)
    work(session)
    session.close()
    path.write_text(path.read_text("utf-8").replace("甲", "丁"), "utf-8")
    again = opened(path)
    assert again.review.rows[0].text("source") == "丁"
    assert not again.review.done
    assert again.set_aside is not None
    assert "甲" in again.set_aside.read_text("utf-8")


def test_histories_that_were_set_aside_stay(opened: Open, path: Path) -> None:
    kept = []
    for before, after in ("甲丁", "丁戊", "戊己"):
        session = opened(path)
        session.do(operations.edit(session.review.rows, 1, "target", 0, f"B{after}"))
        session.close()
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
        again = opened(path)
        assert again.set_aside is not None
        kept.append((again.set_aside, again.set_aside.read_bytes()))
        again.close()
    assert [place.name for place, _ in kept] == [
        f"{path.name}.history.{ending}" for ending in ("old", "old2", "old3")
    ]
    for place, content in kept:
        assert place.read_bytes() == content
        assert content.count(b"\n") >= 3


def test_a_history_that_can_not_be_set_aside_is_kept(
    opened: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(path)
    work(session)
    session.close()
    before = session.history.read_bytes()
    path.write_text(path.read_text("utf-8").replace("甲", "丁"), "utf-8")

    def fill_the_disk(file: Any, data: bytes) -> None:
        file.write(data[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal, "_write", fill_the_disk)
    with pytest.raises(OutputError, match=r"history\.old: .*No space"):
        opened(path)
    assert session.history.read_bytes() == before
    assert {place.name for place in path.parent.iterdir()} == {path.name, session.history.name}


def test_links_are_the_file_that_they_lead_to(opened: Open, path: Path) -> None:
    folder = path.parent / "elsewhere"
    folder.mkdir()
    soft, hard = folder / f"soft{path.suffix}", folder / f"hard{path.suffix}"
    soft.symlink_to(path)
    hard.hardlink_to(path)
    for first in (path, soft, hard):
        session = opened(first)
        for second in {path, soft, hard} - {first}:
            with pytest.raises(OutputError, match=f"{second.name}: is already being reviewed|"
                               f"{path.name}: is already being reviewed"):  # fmt: skip
                opened(second)
        session.close()
    # Steps by one name go on by the other.
    session = opened(soft)
    rows = work(session)
    session.close()
    assert soft.is_symlink()
    assert opened(path).review.rows == rows
    assert not list(folder.glob("*.history"))


def test_a_file_that_was_saved_is_still_locked(opened: Open, path: Path) -> None:
    session = opened(path)
    work(session)
    session.save()
    other = path.with_name(f"other{path.suffix}")
    other.hardlink_to(path)
    with pytest.raises(OutputError, match="is already being reviewed"):
        opened(other)


@pytest.mark.parametrize("content", [b"ssh-key without an end of line", b"line\nline", b"\0" * 99])
@pytest.mark.parametrize("kind", ["soft", "hard", "file"])
def test_what_is_no_history_is_left_alone(
    opened: Open, path: Path, content: bytes, kind: str
) -> None:
    victim = path.parent / "victim"
    victim.write_bytes(content)
    history = path.with_name(f"{path.name}.history")
    if kind == "soft":
        history.symlink_to(victim)
    elif kind == "hard":
        history.hardlink_to(victim)
    else:
        history.write_bytes(content)
    with pytest.raises((OutputError, FormatError)):
        opened(path)
    assert victim.read_bytes() == content
    if kind != "soft":
        assert history.read_bytes() == content


@pytest.mark.parametrize("ending", ["", ".history"])
def test_a_pipe_is_no_file(opened: Open, path: Path, ending: str) -> None:
    place = path.with_name(f"pipe{path.suffix}")
    if ending:
        place.write_bytes(path.read_bytes())
    os.mkfifo(f"{place}{ending}")
    with pytest.raises(OutputError, match="not a regular file"):
        opened(place)


def test_a_link_that_loops(opened: Open, path: Path) -> None:
    loop = path.with_name(f"loop{path.suffix}")
    loop.symlink_to(loop)
    with pytest.raises(OutputError, match="symbolic links"):
        opened(loop)


def test_deep_json(opened: Open, path: Path) -> None:
    deep = "[" * 10**5
    session = opened(path)
    work(session)
    kill(session)
    for line in (deep, f'{{"type": "change", "at": {deep}'):
        history = session.history.read_text("utf-8")
        session.history.write_text(f"{history}{line}\n", "utf-8")
        with pytest.raises(FormatError, match="broken"):
            opened(path)
        session.history.write_text(history, "utf-8")
    if path.suffix == ".jsonl":
        place = path.with_name("deep.jsonl")
        place.write_text(deep)
        with pytest.raises(FormatError, match="invalid JSON"):
            opened(place)


def test_numbers_without_end(opened: Open, path: Path) -> None:
    session = opened(path)
    work(session)
    kill(session)
    history = session.history.read_text("utf-8")
    row = {"type": "change", "name": "x", "at": 0, "removed": 0, "rows": []}
    span = {"text": "x", "language": "zh", "role": "body", "page": 1, "paragraph": 1}
    sentence = span | {"span": [0, 10**400]}
    row["rows"] = [{"source": [sentence], "target": [], "confidence": 1, "moved": False,
                    "checked": False}]  # fmt: skip
    session.history.write_text(f"{history}{json.dumps(row)}\n", "utf-8")
    with pytest.raises(FormatError, match="too large a number"):
        opened(path)


def test_what_another_program_writes_is_not_written_over(opened: Open, path: Path) -> None:
    session = opened(path)
    work(session)
    other = path.read_text("utf-8") + "\n"
    path.write_text(other, "utf-8")
    session.save()
    assert "another program" in session.trouble
    assert path.read_text("utf-8") == other
    path.unlink()
    session.save()
    assert not session.trouble
    assert "Again" not in path.read_text("utf-8")
    assert "乙" in path.read_text("utf-8")


def test_a_step_that_cannot_be_kept_is_not_taken(opened: Open, path: Path) -> None:
    session = opened(path)
    session.do(operations.check(session.review.rows, 0, True))
    before = session.review
    kill(session)
    session._journal._file = open("/dev/full", "ab", buffering=0)  # noqa: SIM115, PTH123
    session._journal._file.truncate = lambda _: 0  # type: ignore[method-assign,misc,assignment]
    with pytest.raises(OutputError, match="space"):
        session.do(operations.check(session.review.rows, 1, True))
    assert session.review is before
    assert session.version == 1


def test_a_broken_history_is_told(opened: Open, path: Path) -> None:
    session = opened(path)
    work(session)
    kill(session)
    lines = session.history.read_text("utf-8").splitlines()
    for broken, at in (("{}", 2), ("[", 1), ('{"type": "redo"}', 2), ('{"type": "base"}', 3)):
        session.history.write_text("\n".join([*lines[: at - 1], broken, *lines[at:], ""]), "utf-8")
        with pytest.raises(FormatError, match=rf"history: line {at}: .*move this file away"):
            opened(path)
    change = json.loads(lines[1]) | {"at": 10**9}
    session.history.write_text("\n".join([lines[0], json.dumps(change), ""]), "utf-8")
    with pytest.raises(FormatError, match="line 2"):
        opened(path)
    session.history.unlink()
    opened(path).close()


def test_exports(opened: Open, path: Path) -> None:
    session = opened(path)
    session.do(operations.check(session.review.rows, 0, True))
    assert b"x-checked" in session.export("tmx")
    assert b'"checked": true' in session.export("jsonl")
    assert session.export("beads").startswith(b"[0]:[0]:")
    assert "甲\tA\t" in session.export("tsv").decode()
    for at in (0, 2, 4):
        session.do(operations.unpair(session.review.rows, at))
    if path.suffix == ".jsonl":
        with pytest.raises(FormatError, match="no pair"):
            session.export("tmx")
    with pytest.raises(StepError):
        session.redo()


def test_what_cannot_be_opened(opened: Open, path: Path) -> None:
    with pytest.raises(ReadError):
        opened(path.with_name(f"none{path.suffix}"))
    with pytest.raises(UsageError, match=r"\.jsonl"):
        opened(path.with_name("x.txt"))
    with pytest.raises(UsageError):
        opened(path.parent)
