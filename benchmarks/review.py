"""How fast the review page is: to open, a key at a time, and through a whole note.

    python benchmarks/review.py

Each delay is measured in Chromium, from the key's event to the frame that shows what it did.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import sync_playwright

from results import record, table

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "tests/review"))

from running import CHROMIUM, FLAGS, Reviewing, reviewing, write_alignment  # noqa: E402

NOTE = ROOT / "data/notes/note-CHN-HR-2025-34.txt"
ROWS = 10_000
_WATCH = """
window.delays = [];
let pressed;
addEventListener("keydown", () => (pressed = performance.now()), true);
new MutationObserver(() => {
  if (pressed === undefined) return;
  const began = pressed;
  pressed = undefined;
  requestAnimationFrame(() => setTimeout(() => delays.push(performance.now() - began)));
}).observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true });
"""


def blank(browser: Any) -> Any:
    return browser.new_context(viewport={"width": 1400, "height": 900}).new_page()


def opened(page: Any, address: str) -> Any:
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    return page


def opening(browser: Any, folder: Path) -> tuple[float, float]:
    """Seconds from the command, and from the address that is printed, to the rows."""
    note = folder / NOTE.name
    shutil.copy(NOTE, note)
    page = blank(browser)
    start = time.perf_counter()
    with reviewing(note) as server:
        ready = time.perf_counter()
        opened(page, server.address)
        shown = time.perf_counter()
    return shown - start, shown - ready


def delays(page: Any, keys: list[str]) -> list[float]:
    """Milliseconds that each key takes to show."""
    page.evaluate("delays.length = 0")
    for count, key in enumerate(keys, start=1):
        page.keyboard.press(key)
        while page.evaluate("delays.length") < count:
            time.sleep(0.005)
        time.sleep(0.02)
    return [float(ms) for ms in page.evaluate("delays")]


def keystrokes(browser: Any, folder: Path) -> list[list[str]]:
    pairs = [
        (f"第{k}句：中国政府高度重视保护劳动者权益。", f"Sentence {k}: China values labour rights.")
        for k in range(ROWS)
    ]
    write_alignment(folder / "large.jsonl", pairs)
    rows = []
    with reviewing(folder / "large.jsonl") as server:
        page = blank(browser)
        start = time.perf_counter()
        opened(page, server.address)
        took = (time.perf_counter() - start) * 1000
        rows.append([f"open {ROWS:,} rows", "1", f"{took:.0f} ms", "", ""])
        page.evaluate(_WATCH)
        for name, keys in (
            ("next row", ["ArrowDown"] * 100),
            ("last row, first row", ["End", "Home"] * 20),
            ("accept", ["Enter"] * 100),
            ("merge", ["m"] * 30),
            ("no counterpart", ["n", "ArrowDown", "ArrowDown"] * 10),
            ("undo, redo", ["u", "y"] * 20),
            ("least certain first, as in the text", ["o"] * 20),
        ):
            rows.append(_row(name, delays(page, keys)))
        page.locator("#search").focus()
        rows.append(_row("a letter of a search", delays(page, list("Sentence 42"))))
        rows.append(_row("accept, for the server: answered and on the disk", _answers(server)))
    return rows


def _answers(server: Reviewing) -> list[float]:
    """Milliseconds that the server takes for a step."""
    found = []
    version = server.state()["version"]
    for k in range(100):
        step = {"step": "check", "at": 1000 + k, "checked": True, "version": version + k}
        start = time.perf_counter()
        status, _, answer = server.ask("/step", step)
        found.append((time.perf_counter() - start) * 1000)
        if status != 200:
            raise SystemExit(f"the server refused: {answer!r}")
    return found


def _row(name: str, found: list[float]) -> list[str]:
    figures = (median(found), quantiles(found, n=20, method="inclusive")[-1], max(found))
    return [name, str(len(found)), *(f"{ms:.0f} ms" for ms in figures)]


def whole_note(browser: Any, folder: Path) -> tuple[int, int, float]:
    """Pairs of a note, the keys that check them with some mending, and the seconds they take."""
    note = folder / "whole.txt"
    shutil.copy(NOTE, note)
    with reviewing(note) as server:
        page = opened(blank(browser), server.address)
        pairs = len(server.state()["rows"])
        # The letterhead is no pair; two rows are merged and parted again; one is edited.
        keys = ["n", "ArrowDown", "ArrowDown", "m", "u", "e", "Enter", *["Enter"] * (pairs - 1)]
        start = time.perf_counter()
        for key in keys:
            page.keyboard.press(key)
            if key == "e":
                page.wait_for_selector("textarea")
        page.wait_for_selector(f"#checked:text-is('{pairs + 1} of {pairs + 1} checked')")
        return pairs, len(keys), time.perf_counter() - start


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser,
    ):
        folder = Path(name)
        tried = []
        for k in range(5):
            (folder / str(k)).mkdir()
            tried.append(opening(browser, folder / str(k)))
        command, page = (median(times) for times in zip(*tried, strict=True))
        rows = keystrokes(browser, folder)
        pairs, keys, seconds = whole_note(browser, folder)
    heads = ["what", "times", "median", "95%", "longest"]
    record(
        "review.py",
        f"A note's rows are on the page {page:.2f} s after the address is printed, which is when "
        f"its alignment is there, and {command:.2f} s after the command (median of 5).\n\n"
        f"Keys with {ROWS:,} rows, from the key to the frame that shows it:\n\n"
        f"{table(heads, rows)}\n"
        f"All {pairs} rows of `{NOTE.name}` checked, one of them edited and two merged and parted "
        f"again: {keys} keys, {seconds:.1f} s, so that of two minutes "
        f"{(120 - seconds) / pairs:.1f} s a row are left for reading.\n",
    )


if __name__ == "__main__":
    main()
