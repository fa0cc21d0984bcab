"""Words are counted alike, and as CAT tools count, by statistics and by leverage."""

from __future__ import annotations

import pytest

from aligner.document import Span
from aligner.memory.leverage.analysis import Segment
from aligner.memory.stats import collect_stats
from aligner.memory.words import count_words
from aligner.types import Sentence, TranslationUnit

COUNTS = {
    # RWS, "How Studio counts words"
    "I like apples and oranges.": 5,
    "Revenue increased by 1.2 million.": 5,
    "I spent $20.": 3,
    "Wedge bolt XF1Ç00iP.": 3,
    # The same rule
    "The state-of-the-art system didn't cost the users’ 1,200.50 euros.": 9,
    "中国政府高度重视。": 8,
    "結論、分断した図が.": 8,
    "〇𠮷野家々": 5,
    "在ＷＨＯ（世界卫生组织）注册的 COVID-19疫苗": 1 + 1 + 6 + 3 + 1 + 2,
    "한국 정부는 노력한다.": 3,
    "— … （） ! 。": 0,
    "": 0,
}


@pytest.mark.parametrize(("text", "count"), COUNTS.items())
def test_words(text: str, count: int) -> None:
    assert count_words(text) == count
    sentence = Sentence(text, "en", Span(0, len(text)), 1, 1)
    assert Segment("x", sentence).words == count
    unit = TranslationUnit(text, text, "en-US", "en-GB")
    assert collect_stats([unit]).languages["en-US"].words == count
