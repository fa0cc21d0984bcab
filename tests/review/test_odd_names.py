"""Files whose names are not UTF-8, and requests that are deeper than any step."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest

from aligner.align import Aligner
from aligner.review import Session, place_for, prepare
from notes import NOTES

pytestmark = pytest.mark.slow

app = pytest.importorskip("aligner.review.app", reason="pip install 'aligner-tm[review]'")


def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    note = tmp_path / os.fsdecode("中国.txt".encode("gbk"))
    note.write_bytes(NOTES[0].read_bytes())
    place = place_for(note)
    assert not prepare([note], place, Aligner())
    assert prepare([note], place, Aligner())
    session = Session(place)
    try:
        assert session.places.one_document
        facts = json.loads(json.dumps(app._facts(session), ensure_ascii=False).encode())
        assert facts["document"] == r"\xd6\xd0\xb9\xfa.txt"
        assert facts["file"] == r"\xd6\xd0\xb9\xfa.review.jsonl"
        assert facts["document"].encode() in session.export("tmx")
    finally:
        session.close()


class Deep:
    async def stream(self) -> AsyncIterator[bytes]:
        yield b"[" * 100_000


def test_a_request_without_end_is_not_understood() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        asyncio.run(app._body(cast("Any", Deep())))
