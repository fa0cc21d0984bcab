"""The server as anyone on the machine could talk to it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from running import Reviewing, reviewing, write_alignment

import aligner
from aligner.cli import main
from aligner.memory import read_tmx
from notes import NOTES, gold_pairs, parts, squeeze

pytestmark = pytest.mark.slow

pytest.importorskip("uvicorn", reason="the review page needs pip install 'aligner-tm[review]'")

PAIRS = [(f"第{k}句。", f"Sentence {k}.") for k in range(10)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_alignment(tmp_path / "注 x.jsonl", PAIRS)
    return tmp_path / "注 x.jsonl"


@pytest.fixture
def server(path: Path) -> Iterator[Reviewing]:
    with reviewing(path) as found:
        yield found


def test_the_page_holds_nothing_and_asks_with_the_token(server: Reviewing) -> None:
    assert server.address == f"http://{server.host}/#token={server.token}"
    assert len(server.token) >= 32
    status, headers, body = server.ask("/", headers={})
    assert status == 200
    assert b"<script type=" in body
    assert server.token.encode() not in body
    assert "set-cookie" not in headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    status, headers, _ = server.ask("/page/main.js")
    assert headers["content-type"].startswith("text/javascript")


def test_nobody_else_gets_in(server: Reviewing) -> None:
    step = {"step": "check", "at": 0, "checked": True, "version": 0}
    good = server.headers
    wrong: list[tuple[dict[str, str], int]] = [
        ({}, 403),
        ({"Origin": good["Origin"], "Cookie": f"token={server.token}"}, 403),
        ({**good, "Authorization": good["Authorization"][:-1]}, 403),
        ({**good, "Authorization": server.token}, 403),
        ({**good, "Authorization": "Bearer \xe9"}, 403),
        ({"Authorization": good["Authorization"]}, 403),
        ({**good, "Origin": "http://evil.example"}, 403),
        ({**good, "Origin": "null"}, 403),
        ({**good, "Host": "evil.example"}, 421),
        ({**good, "Host": "127.0.0.1"}, 421),
        ({**good, "Origin": f"http://127.0.0.1:{int(server.host[10:]) - 1}"}, 403),
        ({**good, "Sec-Fetch-Site": "cross-site"}, 403),
        ({**good, "Sec-Fetch-Site": "same-site"}, 403),
    ]
    for headers, wanted in wrong:
        status, answered, _ = server.ask("/step", step, headers)
        assert status == wanted, headers
        assert "content-security-policy" in answered
    token = f"token={server.token}"
    for path in ("/state", "/place/0", "/export/tmx", f"/state?{token}", "/page/../state", "//"):
        status, answered, body = server.ask(path, headers={})
        assert status in (403, 404), path
        assert b"Sentence" not in body
        assert "set-cookie" not in answered
    for path in ("/", "/state", "/page/main.js", "/page"):
        evil = {**good, "Host": "evil.example:80"}
        assert server.ask(path, headers=evil)[0] == 421
    for path in ("/state", "/page/main.js"):
        assert server.ask(path, headers={**good, "Sec-Fetch-Site": "same-site"})[0] == 403
    assert not any(row["checked"] for row in server.state()["rows"])


def test_it_leads_nowhere_else(server: Reviewing) -> None:
    token = f"token={server.token}"
    for path in (
        f"//evil.example/?{token}",
        f"/\\\\evil.example/?{token}",
        f"/%2f%2fevil.example/?{token}",
        f"http://evil.example/?{token}",
        f"/?{token}",
        "/state/",
        "//evil.example/state/",
        "/page",
    ):
        for headers in ({}, server.headers):
            status, answered, _ = server.ask(path, headers=headers)
            assert status in (200, 403, 404, 421), path
            assert "location" not in answered
            assert "set-cookie" not in answered


def half_requests(server: Reviewing, count: int, text: bytes) -> list[socket.socket]:
    port = int(server.host.partition(":")[2])
    opened = []
    for _ in range(count):
        with suppress(OSError):
            one = socket.create_connection(("127.0.0.1", port), timeout=5)
            opened.append(one)
            one.sendall(text.replace(b"HOST", server.host.encode()))
    return opened


HALF = b"GET /state HTTP/1.1\r\nHost: HOST\r\nX: "
SLOW = b"POST /step HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99\r\n\r\n{"


@pytest.mark.parametrize("text", [b"", HALF, SLOW])
def test_many_who_ask_nothing_leave_room_for_one_who_asks(server: Reviewing, text: bytes) -> None:
    import resource
    import time

    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (96, 96))
    opened = half_requests(server, 200, text)
    try:
        start = time.monotonic()
        for at in range(3):
            assert server.step("check", at=at, checked=True)[0] == 200
        assert time.monotonic() - start < 5
        held = len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))
        assert held < 60
    finally:
        for one in opened:
            one.close()


@pytest.mark.parametrize("text", [b"", HALF, SLOW, b"GET / HTTP/1.1\r\nHost: HOST\r\n\r\nGET"])
def test_one_who_asks_nothing_is_not_waited_for(server: Reviewing, text: bytes) -> None:
    (one,) = half_requests(server, 1, text)
    with one:
        one.settimeout(15)
        with suppress(ConnectionResetError):
            while one.recv(65536):
                pass


def test_deep_and_endless_steps(server: Reviewing) -> None:
    for body in ("[" * 10**6, '{"version":' * 10**5, f'{{"version": {"9" * 10**5}}}'):
        connection = HTTPConnection(server.host, timeout=30)
        connection.request("POST", "/step", body, server.headers)
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())["error"]) == (400, "no-such-step")
        connection.close()
    step = {"step": "check", "version": 0, "checked": True, "at": 10**30}
    assert server.ask("/step", step)[0] == 400
    assert server.state()["version"] == 0


def test_it_listens_on_the_loopback_only(server: Reviewing) -> None:
    port = int(server.host.partition(":")[2])
    listening = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    lines = [line.split() for line in listening.splitlines()]
    places = [f[1] for f in lines if f[3] == "0A" and f[1].endswith(f":{port:04X}")]
    assert places == [f"0100007F:{port:04X}"]


def test_only_its_own_files_are_given_out(server: Reviewing, path: Path) -> None:
    for place in (
        "/page/../app.py",
        "/page/%2e%2e/app.py",
        "/page//etc/passwd",
        "/page/..%2fguard.py",
        f"/page/{quote(str(path))}",
        "/export/..%2f..%2fetc%2fpasswd",
        "/export/nothing",
        "/place/999",
        "/place/-1",
    ):
        assert server.ask(place)[0] in (400, 404), place


def test_steps(server: Reviewing, path: Path) -> None:
    status, answer = server.step("check", at=2, checked=True)
    assert status == 200
    assert answer["change"]["at"] == 2
    assert answer["change"]["rows"][0]["checked"]
    status, answer = server.step("merge", at=0, other=1)
    assert (answer["change"]["removed"], len(answer["change"]["rows"])) == (2, 1)
    assert server.step("move", at=0, side="target", sentence=1, down=True)[0] == 200
    assert server.step("split", at=0, side="source", sentence=0, offset=2)[0] == 200
    assert server.step("edit", at=0, side="source", sentence=0, text="<b>𠀀")[0] == 200
    assert server.step("unpair", at=5)[0] == 200
    assert server.step("undo")[1]["redo"] == "unpair"
    assert server.step("redo")[1]["redo"] == ""
    rows = server.state()["rows"]
    assert rows[0]["source"] == ["<b>𠀀"]
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(20) == 0
    alignment = aligner.read_jsonl(path)
    assert alignment.source[0].text == "<b>𠀀"
    assert sum(bead.checked for bead in alignment.beads) == 2


def test_steps_that_cannot_be_taken(server: Reviewing) -> None:
    assert server.step("undo") == (422, {"error": "nothing-to-undo", "message": "nothing-to-undo"})
    assert server.step("merge", at=9, other=10)[1]["error"] == "no-such-row"
    broken: list[Any] = [
        [],
        {},
        {"version": 0},
        {"version": 0, "step": "check"},
        {"version": 0, "step": "check", "at": 0, "checked": "yes"},
        {"version": 0, "step": "edit", "at": 0, "side": "source", "sentence": 0, "text": "\ud800"},
        {"version": "0", "step": "undo"},
        {"version": 0, "step": 1},
    ]
    for body in broken:
        status, _, answer = server.ask("/step", body)
        assert status == 400, body
        assert json.loads(answer)["error"] == "no-such-step"
    assert server.step("fly", at=0)[1]["error"] == "no-such-step"
    assert server.step("split", at=0, side="x", sentence=0, offset=0)[0] == 422
    # One who saw other rows must look first.
    assert server.step("check", at=0, checked=True)[0] == 200
    stale = {"step": "check", "at": 1, "checked": True, "version": 0}
    status, _, answer = server.ask("/step", stale)
    assert (status, json.loads(answer)["error"]) == (422, "stale")


def test_too_long_a_step_is_refused(server: Reviewing) -> None:
    step = {"step": "edit", "at": 0, "side": "source", "sentence": 0, "text": "x" * (5 << 20)}
    assert server.ask("/step", {**step, "version": 0})[0] == 413
    assert server.state()["version"] == 0


def test_exports(server: Reviewing, tmp_path: Path) -> None:
    server.step("edit", at=0, side="target", sentence=0, text="Edited.")
    for form in server.state()["formats"]:
        status, headers, body = server.ask(f"/export/{form}")
        assert status == 200
        assert headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E6%B3%A8")
        (tmp_path / f"export.{form}").write_bytes(body)
    assert next(iter(read_tmx(tmp_path / "export.tmx"))).target == "Edited."
    assert len(aligner.read_jsonl(tmp_path / "export.jsonl").beads) == 10


def test_a_killed_server_loses_nothing(path: Path) -> None:
    with reviewing(path) as server:
        for at in range(5):
            server.step("check", at=at, checked=True)
        server.step("merge", at=5, other=6)
        server.process.kill()
    with reviewing(path) as server:
        state = server.state()
        assert [row["checked"] for row in state["rows"]] == [True] * 5 + [False] * 4
        assert state["undo"] == "merge"
        assert server.step("undo")[0] == 200
        assert len(server.state()["rows"]) == 10
        server.process.terminate()
        server.process.wait(20)
    assert sum(bead.checked for bead in aligner.read_jsonl(path).beads) == 5


def test_the_file_follows_while_the_server_runs(server: Reviewing, path: Path) -> None:
    import time

    server.step("check", at=0, checked=True)
    until = time.monotonic() + 20
    while not aligner.read_jsonl(path).beads[0].checked:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_aligning_again(tmp_path: Path) -> None:
    note = tmp_path / NOTES[1].name
    note.write_bytes(NOTES[1].read_bytes())
    with reviewing(note) as server:
        first = server.state()["rows"]
        for at in (1, 6):
            server.step("check", at=at, checked=True)
        server.step("merge", at=2, other=3)
        server.step("merge", at=3, other=4)
        assert server.step("realign", at=2)[0] == 200
        assert [(r["source"], r["target"]) for r in server.state()["rows"]] == [
            (r["source"], r["target"]) for r in first
        ]
        assert server.step("realign", at=1)[1]["error"] == "row-is-checked"
        place = json.loads(server.ask("/place/1")[2])
        assert [excerpt["document"] for excerpt in place] == [note.name, note.name]


def test_gold_of_a_reviewed_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for note in NOTES:
        copy = tmp_path / note.name
        copy.write_bytes(note.read_bytes())
        with reviewing(copy) as server:
            assert server.state()["formats"][-1] == "gold"
            gold = tmp_path / f"{note.stem}.gold.jsonl"
            gold.write_bytes(server.ask("/export/gold")[2])
        rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()[1:]]
        pairs = {
            tuple(squeeze("".join(s["text"] for s in row[side])) for side in ("source", "target"))
            for row in rows
            if row["kind"] == "pair"
        }
        assert pairs - gold_pairs(note, "optional") == gold_pairs(note)
        assert sum(row["kind"] == "null" for row in rows) >= 7
        assert main(["evaluate", str(gold), "-q"]) == 0
    capsys.readouterr()


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    status = main(["review", "--no-browser", *map(str, arguments)])
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1, captured.err
    assert "Traceback" not in captured.err
    return status, captured.err


def test_calls_that_are_refused(
    tmp_path: Path, server: Reviewing, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, path)[0] == 3
    assert "is already being reviewed" in refused(capsys, path)[1]
    assert refused(capsys, tmp_path / "none.txt")[0] == 3
    assert refused(capsys, tmp_path / "none.jsonl")[0] == 3
    assert refused(capsys, "-")[0] == 2
    assert refused(capsys, tmp_path)[0] == 3
    assert refused(capsys, path, "-o", tmp_path / "y.jsonl")[0] == 2
    assert refused(capsys, NOTES[0], "-o", tmp_path / "y.tmx")[0] == 2
    assert refused(capsys, NOTES[0], "-o", tmp_path / "none" / "y.jsonl")[0] == 3
    # The place where a note's review would go is taken by something else.
    assert refused(capsys, NOTES[0], "-o", path)[0] == 2
    (tmp_path / "broken.jsonl").write_text("{}\n")
    assert refused(capsys, tmp_path / "broken.jsonl") == (
        3,
        f"aligner: {tmp_path / 'broken.jsonl'}: line 1: type is missing\n",
    )
    (tmp_path / "english.txt").write_text("There is only English in this one.")
    assert refused(capsys, tmp_path / "english.txt")[0] == 3
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status, told = refused(capsys, path, "--port", taken.getsockname()[1])
    assert (status, "port" in told) == (2, True)
    assert not list(tmp_path.glob("*review*"))


def test_a_note_that_has_changed_since_is_told(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_bytes(NOTES[0].read_bytes())
    with reviewing(note) as server:
        assert server.told == [f"Review {tmp_path / 'note.review.jsonl'} on this page "
                               "(Ctrl-C to stop):\n"]  # fmt: skip
    note.write_text("Something else. 别的。" * 20, "utf-8")
    with reviewing(note) as server:
        assert server.told[0].startswith("Continuing the review in ")
        assert "has changed" in server.told[1]
        assert json.loads(server.ask("/place/0")[2]) == [None, None]


def test_without_its_packages_one_line_says_so(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['starlette'] = None\n"
        "from aligner.cli import main; sys.exit(main(['review', 'x.jsonl']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 3
    assert "pip install 'aligner-tm[review]'" in done.stderr
    assert done.stderr.count("\n") == 1


def test_two_documents(tmp_path: Path) -> None:
    _, english, chinese = parts(NOTES[0])
    files = tmp_path / "english.txt", tmp_path / "chinese.txt"
    for file, texts in zip(files, (english, chinese), strict=True):
        file.write_text("\n\n".join(texts), "utf-8")
    with reviewing(*files) as server:
        rows = server.state()["rows"]
        assert len(rows) > 10
        _, _, body = server.ask(f"/place/{len(rows) // 2}")
        assert [shown["document"] for shown in json.loads(body)] == ["chinese.txt", "english.txt"]
        server.step("check", at=0, checked=True)
    assert (tmp_path / "english.review.jsonl").exists()
    with reviewing(files[0], files[1], "-o", tmp_path / "english.review.jsonl") as server:
        assert server.told[0].startswith("Continuing the review in")
        assert sum(row["checked"] for row in server.state()["rows"]) == 1
    for other in ("english.review.jsonl", "x.tmx"):
        assert main(["review", "--no-browser", str(files[0]), str(tmp_path / other)]) == 2
