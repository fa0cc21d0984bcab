"""The page in a real browser, by keyboard alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from running import CHROMIUM, FLAGS, Reviewing, reviewing, write_alignment

import aligner
from aligner.memory import read_tmx
from notes import NOTES, gold_pairs, squeeze

pytestmark = pytest.mark.slow

if CHROMIUM is None:
    pytest.skip(
        "the page is not tested: no chromium here (apt install chromium)", allow_module_level=True
    )
playwright = pytest.importorskip(
    "playwright.sync_api", reason="the page is not tested: no playwright"
)

Look = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        launched = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def look(browser: Any) -> Iterator[Look]:
    """Opens a review's page; nothing may go wrong in it, nor be asked of another server."""
    contexts = []
    wrong: list[str] = []

    def opened(server: Reviewing, **options: Any) -> Any:
        options = {"locale": "en-US", "viewport": {"width": 1300, "height": 850}} | options
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda message: (
                wrong.append(message.text)
                if message.type == "error" and "Failed to load resource" not in message.text
                else None
            ),
        )
        page.on("request", lambda asked: outside(server, asked.url))
        page.goto(server.address)
        page.wait_for_selector("body[data-ready]")
        return page

    def outside(server: Reviewing, url: str) -> None:
        own = f"http://{server.host}/"
        if not url.startswith((own, f"blob:{own}", "data:")):
            wrong.append(url)

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


def press(page: Any, *keys: str) -> None:
    """Press keys one after the other; a `text:` is typed, where there is a field for it."""
    for key in keys:
        if key.startswith("text:"):
            page.wait_for_selector("textarea, input:focus")
            page.keyboard.type(key.removeprefix("text:"))
        else:
            page.keyboard.press(key)


def expect_text(page: Any, place: str, text: str) -> None:
    """Wait until something on the page says something."""
    playwright.expect(page.locator(place)).to_contain_text(text, timeout=20_000)


def expect_checked(page: Any, text: str) -> None:
    playwright.expect(page.locator("#checked")).to_have_text(text)


def current(page: Any) -> str:
    return str(page.locator(".row.current .number").inner_text())


def copy_of(note: Path, folder: Path) -> Path:
    place = folder / note.name
    place.write_bytes(note.read_bytes())
    return place


WITHOUT = "Open the full address printed by aligner review."


def ready(page: Any) -> None:
    page.wait_for_selector("body[data-ready]")
    expect_checked(page, "0 of 2 checked")


def test_the_token_is_kept_by_the_window(tmp_path: Path, look: Look) -> None:
    write_alignment(tmp_path / "x.jsonl", [("甲。", "A."), ("乙。", "B.")])
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server)
        bare = f"http://{server.host}/"
        assert page.url == bare
        assert page.context.cookies() == []
        ready(page)
        page.reload()
        ready(page)
        page.goto("about:blank")
        page.go_back()
        ready(page)
        page.goto(bare)
        ready(page)
        # Another tab knows nothing until it is told; a bookmark lacks the token.
        other = page.context.new_page()
        other.goto(bare)
        expect_text(other, "#trouble", WITHOUT)
        playwright.expect(other.locator("main")).to_be_hidden()
        playwright.expect(other.locator("header")).to_be_hidden()
        assert other.evaluate("sessionStorage.length") == 0
        other.goto(server.address)
        ready(other)
        assert other.url == bare
        other.goto(f"{bare}#token=wrong")
        expect_text(other, "#trouble", "belongs to a review that has ended")
        other.goto(server.address)
        ready(other)
        press(other, "Enter")
        expect_checked(other, "1 of 2 checked")


def test_a_browser_that_keeps_nothing(tmp_path: Path, look: Look, browser: Any) -> None:
    write_alignment(tmp_path / "x.jsonl", [("甲。", "A."), ("乙。", "B.")])
    with reviewing(tmp_path / "x.jsonl") as server:
        context = browser.new_context(locale="en-US")
        context.add_init_script(
            "for (const name of ['sessionStorage', 'localStorage'])"
            " Object.defineProperty(window, name, { get() { throw new DOMException('no'); } });"
        )
        page = context.new_page()
        page.goto(server.address)
        ready(page)
        page.locator("#language").click()
        page.locator("#theme").click()
        page.reload()
        ready(page)
        context.close()


def test_a_page_of_another_port_gets_nothing(tmp_path: Path, look: Look) -> None:
    asked: list[dict[str, str]] = []

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append({"path": self.path, **self.headers})
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>other</title>")

        def log_message(self, *_: object) -> None:
            pass

    write_alignment(tmp_path / "x.jsonl", [("甲。", "A."), ("乙。", "B.")])
    other = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    with other, reviewing(tmp_path / "x.jsonl") as server:
        review = look(server)
        review.locator("#theme").click()
        # In the window of the review itself, and in one that has opened the other.
        page = review.context.new_page()
        page.goto(server.address)
        ready(page)
        page.goto(f"http://127.0.0.1:{other.server_port}/")
        assert asked
        for headers in asked:
            assert server.token not in json.dumps(headers)
            assert "Cookie" not in headers
        assert page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]
        tried = page.evaluate(
            """async (own) => {
              const open = async (path, options) => {
                try { return (await fetch(own + path, options)).status; } catch { return 0; }
              };
              const frame = document.body.appendChild(document.createElement("iframe"));
              frame.src = own;
              const step = { method: "POST", credentials: "include", body: "{}" };
              const authorized = { headers: { Authorization: "Bearer x" } };
              return [
                await open("state"), await open("state", { credentials: "include" }),
                await open("state", authorized), await open("step", step),
                await open("state", { mode: "no-cors" }),
              ];
            }""",
            f"http://{server.host}/",
        )
        assert tried == [0] * 5
        assert not any(row["checked"] for row in server.state()["rows"])
        other.shutdown()


def test_what_other_servers_of_this_host_have_kept(tmp_path: Path, look: Look) -> None:
    write_alignment(tmp_path / "x.jsonl", [("甲。", "A."), ("乙。", "B.")])
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server)
        cookies = [
            {"name": f"c{k}", "value": "x" * 4000, "url": f"http://{server.host}"} for k in range(8)
        ]
        page.context.add_cookies(cookies)
        page.evaluate("localStorage.setItem('aligner-language', '__proto__')")
        page.evaluate("localStorage.setItem('aligner-theme', 'x')")
        page.reload()
        ready(page)
        assert page.locator("html").get_attribute("lang") == "en"


def test_a_whole_review_by_keyboard(tmp_path: Path, look: Look) -> None:
    """From the note to the exported TMX: accept, mend, take back, search, and carry it home."""
    note = copy_of(NOTES[1], tmp_path)
    with reviewing(note) as server:
        page = look(server)
        assert page.title() == f"{note.name} · aligner"
        count = page.locator("#list").get_attribute("aria-rowcount")
        assert int(count) == len(server.state()["rows"])
        # The letterhead is no pair; the next one is right.
        press(page, "n")
        expect_checked(page, f"2 of {int(count) + 1} checked")
        press(page, "ArrowDown", "ArrowDown", "Enter")
        expect_checked(page, f"3 of {int(count) + 1} checked")
        assert current(page) == "4"
        # Two rows are merged, which is wrong; it is taken back, done again, taken back.
        press(page, "m", "u", "y", "Control+z")
        expect_text(page, "#live", "Undone. 3 of 18 checked ")
        # A sentence is rewritten, another is split at the cursor and put together again.
        press(page, "ArrowRight", "e", "text:Indeed. ", "Enter")
        expect_text(page, ".current .target", "Indeed.")
        press(page, "ArrowDown", "e")
        page.wait_for_selector("textarea")
        press(page, *["ArrowRight"] * 5, "Control+Enter", "m")
        expect_text(page, "#live", "Merged")
        press(page, "u", "u")
        # All others are accepted; least certain first, only those that are not checked.
        press(page, "o")
        while "18 of 18" not in page.locator("#checked").inner_text():
            before = page.locator("#checked").inner_text()
            press(page, "i", "Enter")
            playwright.expect(page.locator("#checked")).not_to_have_text(before)
        # Search, and back.
        press(page, "/", "text:indeed")
        playwright.expect(page.locator(".row")).to_have_count(1)
        assert page.locator(".row mark").inner_text() == "Indeed"
        press(page, "Escape")
        assert "row" in page.evaluate("document.activeElement.className")
        press(page, "/", "Control+a", "Delete", "Escape")
        # Export by the menu.
        with page.expect_download() as caught:
            press(page, "d", "Enter")
        caught.value.save_as(tmp_path / "out.tmx")
        server.process.send_signal(2)
        assert server.process.wait(20) == 0
    units = list(read_tmx(tmp_path / "out.tmx"))
    assert all(dict(unit.properties)["x-checked"] == "yes" for unit in units)
    pairs = {(squeeze(u.source), squeeze(u.target).removeprefix("Indeed.")) for u in units}
    assert pairs == gold_pairs(note)
    assert sum("Indeed." in unit.target for unit in units) == 1
    kept = aligner.read_jsonl(tmp_path / f"{note.stem}.review.jsonl")
    assert all(bead.checked for bead in kept.beads)
    assert (len(kept.pairs), len(kept.nulls)) == (16, 2)


def test_moving_and_pairing_by_keyboard(tmp_path: Path, look: Look) -> None:
    pairs = [
        ("今天天气很好。", "The weather is fine today."),
        ("我们去公园散步。", "We take a walk in the park."),
        ("中国政府高度重视劳动者权益。", "The Chinese Government values labour rights."),
    ]
    write_alignment(tmp_path / "x.jsonl", pairs)
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server)
        press(page, "ArrowRight", "Shift+ArrowDown")
        expect_text(page, "#live", "Moved")
        targets = [target for _, target in pairs]
        assert [r["target"] for r in server.state()["rows"]] == [[], targets[:2], targets[2:]]
        # A sentence is marked where it is alone, and paired with one far from it.
        press(page, "End", "n", "End", "x", "Home", "p")
        expect_text(page, "#live", "Merged")
        row = server.state()["rows"][0]
        assert (row["source"], row["target"]) == ([pairs[0][0]], [pairs[2][1]])
        assert row["moved"]
        press(page, "u", "u", "a", "r")
        expect_text(page, "#live", "accepted. Undo the acceptance")
        press(page, "a", "r")
        expect_text(page, "#live", "Realigned")
        assert [r["target"] for r in server.state()["rows"]] == [[target] for target in targets]


def test_text_is_shown_as_text(tmp_path: Path, look: Look) -> None:
    pairs = [
        ("<script>document.title='x'</script>甲", "<img src=x onerror=\"document.title='x'\">"),
        ("\u202e甲乙\u2067丙", "\u202eabc\u2066 right to left"),
        ("长" * 100_000, "long " * 20_000),
        ("&amp;<b>", "]]> \x00\x0b\t'\"\\"),
    ]
    write_alignment(tmp_path / "x.jsonl", pairs, document="<script>alert(1)</script>")
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server)
        page.on("dialog", lambda _: pytest.fail("a dialog"))
        first = page.locator(".row .sentence").first
        assert first.inner_text() == pairs[0][0]
        assert page.locator("h1").inner_text() == "<script>alert(1)</script>"
        assert page.locator("#list script, #list img, #list b").count() == 0
        # Marks of direction end with their sentence: what stands beside stays in its place.
        assert page.evaluate(
            "[...document.querySelectorAll('.sentence')].every("
            "p => getComputedStyle(p).unicodeBidi === 'isolate' && p.dir === 'auto')"
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        press(page, "ArrowDown", "ArrowDown", "Enter", "Enter")
        expect_checked(page, "2 of 4 checked")
        press(page, "Home", "e", "text:<i>", "Enter")
        expect_text(page, "#live", "Edited")
        assert server.state()["rows"][0]["source"] == [f"<i>{pairs[0][0]}"]
        assert page.title() == "<script>alert(1)</script> · aligner"


def test_a_killed_server_is_told_and_loses_nothing(tmp_path: Path, look: Look) -> None:
    write_alignment(tmp_path / "x.jsonl", [(f"第{k}句。", f"Sentence {k}.") for k in range(9)])
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server)
        press(page, "Enter", "Enter", "Enter")
        expect_checked(page, "3 of 9 checked")
        server.process.kill()
        server.process.wait()
        press(page, "Enter")
        expect_text(page, "#trouble", "is not responding")
        assert page.locator("#checked").inner_text() == "3 of 9 checked"
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server)
        expect_checked(page, "3 of 9 checked")
        press(page, "u")
        expect_checked(page, "2 of 9 checked")


def test_no_rows_at_all(tmp_path: Path, look: Look) -> None:
    write_alignment(tmp_path / "x.jsonl", [])
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server)
        expect_text(page, "#none", "No matching rows")
        press(page, "Enter", "m", "e", "i", "u", "ArrowDown", "ArrowRight", "o", "?")
        page.wait_for_selector("dialog[open]")


def test_the_last_row_of_a_selection(tmp_path: Path, look: Look) -> None:
    write_alignment(tmp_path / "x.jsonl", [("甲。", "A."), ("乙。", "B.")])
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server)
        press(page, "f")
        page.locator("#show").select_option("unchecked")
        press(page, "Escape", "Enter", "Enter")
        expect_text(page, "#none", "No matching rows")
        expect_text(page, "#live", "Every row is checked")
        # The keys still work, though there is no row to have the focus.
        press(page, "u")
        expect_checked(page, "1 of 2 checked")
        playwright.expect(page.locator(".row.current")).to_be_focused()


def test_two_windows(tmp_path: Path, look: Look) -> None:
    write_alignment(tmp_path / "x.jsonl", [(f"第{k}句。", f"Sentence {k}.") for k in range(9)])
    with reviewing(tmp_path / "x.jsonl") as server:
        one, other = look(server), look(server)
        press(one, "m")
        expect_text(one, "#live", "Merged")
        press(other, "Enter")
        expect_text(other, "#live", "another window")
        assert other.locator("#list").get_attribute("aria-rowcount") == "8"
        press(other, "Enter")
        expect_checked(other, "1 of 8 checked")


def test_ten_thousand_rows(tmp_path: Path, look: Look) -> None:
    pairs = [
        (f"第{k}句，讲的是天气。", f"Sentence {k} is about the weather.") for k in range(10_000)
    ]
    write_alignment(tmp_path / "x.jsonl", pairs)
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server)
        assert page.locator(".row").count() < 60
        press(page, "End")
        page.wait_for_selector(".row.current .number:text-is('10000')")
        playwright.expect(page.locator(".row.current")).to_be_in_viewport()
        press(page, "Enter", "Home", "PageDown", "Enter")
        expect_checked(page, "2 of 10000 checked")
        press(page, "o")
        assert current(page) == "8"
        press(page, "/", "text:Sentence 4321 is", "Escape")
        page.wait_for_selector(".row.current .number:text-is('4322')")
        # All the way down by the wheel: every row is where it should be.
        press(page, "/", "Control+a", "Delete", "Escape", "o", "Home")
        page.mouse.move(400, 500)
        for _ in range(5):
            page.mouse.wheel(0, 30_000)
            page.wait_for_timeout(60)
        seen = [int(n) for n in page.locator(".row .number").all_inner_texts()]
        assert seen == list(range(seen[0], seen[-1] + 1))
        assert seen[0] > 500


def test_chinese_and_english(tmp_path: Path, look: Look) -> None:
    write_alignment(tmp_path / "x.jsonl", [("甲。", "A.")])
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server, locale="zh-CN")
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        assert page.locator("#checked").inner_text() == "已核对 0/1"
        press(page, "Enter")
        expect_checked(page, "已核对 1/1")
        page.locator("#language").focus()
        press(page, "Enter")
        expect_checked(page, "1 of 1 checked")
        page.reload()
        page.wait_for_selector("body[data-ready]")
        assert page.locator("html").get_attribute("lang") == "en"


def test_light_and_dark(tmp_path: Path, look: Look) -> None:
    write_alignment(tmp_path / "x.jsonl", [("甲。", "A.")])
    ground = "getComputedStyle(document.body).backgroundColor"
    with reviewing(tmp_path / "x.jsonl") as server:
        light = look(server, color_scheme="light").evaluate(ground)
        page = look(server, color_scheme="dark")
        dark = page.evaluate(ground)
        assert light != dark
        page.locator("#theme").focus()
        press(page, "Enter")
        assert page.evaluate(ground) == light
        page.reload()
        page.wait_for_selector("body[data-ready]")
        assert page.evaluate(ground) == light


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(tmp_path: Path, look: Look, scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="the page is not checked: no axe here"
    ).Axe()
    note = copy_of(NOTES[0], tmp_path)
    with reviewing(note) as server:
        page = look(server, color_scheme=scheme)

        def check(state: str) -> None:
            found = axe.run(page).response["violations"]
            assert not found, f"{state}: " + json.dumps(found, indent=1)[:3000]

        check("at first")
        press(page, "Enter", "n", "ArrowDown", "x", "/", "text:China", "Escape")
        expect_text(page, "#live", "Rows shown")
        check("worked on")
        press(page, "/", "text:nowhere to be found")
        expect_text(page, "#none", "No matching rows")
        check("nothing found")
        press(page, "Control+a", "Delete", "Escape")
        press(page, "e")
        page.wait_for_selector("textarea")
        check("editing")
        press(page, "Escape", "d")
        page.wait_for_selector("#formats button:visible")
        check("exporting")
        press(page, "Escape", "?")
        page.wait_for_selector("dialog[open]")
        check("keys")
        press(page, "Escape")
        server.process.kill()
        server.process.wait()
        press(page, "a")
        page.wait_for_selector("#trouble:visible")
        check("without the server")


def test_what_a_screen_reader_is_told(tmp_path: Path, look: Look) -> None:
    write_alignment(tmp_path / "x.jsonl", [("甲。", "A."), ("乙。", "B.")])
    with reviewing(tmp_path / "x.jsonl") as server:
        page = look(server)
        tree = page.locator("body").aria_snapshot()
        for told in ("grid", "row", "gridcell", "searchbox", "progressbar", "complementary"):
            assert told in tree, told
        press(page, "Enter")
        expect_text(page, "#live", "Accepted. 1 of 2 checked ")
        assert page.locator(".row.current").get_attribute("aria-rowindex") == "2"
        assert page.evaluate("document.activeElement.matches('.row.current')")
        press(page, "ArrowRight")
        expect_text(page, "#live", "Target, sentence 1 of 1")
        assert [c.get_attribute("lang") for c in page.locator(".current .side").all()] == [
            "zh-CN",
            "en-US",
        ]
