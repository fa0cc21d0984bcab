"""Document -> the two languages' paragraphs, apart from furniture."""

from aligner.languages import (
    base_language,
    detect_language,
    is_mixed,
    language_code,
    language_name,
    require_both,
    same_script,
)
from aligner.layout.arrange import lay_out, lay_out_one, set_aside_one_sided
from aligner.layout.info import read_info

__all__ = [
    "base_language",
    "detect_language",
    "is_mixed",
    "language_code",
    "language_name",
    "lay_out",
    "lay_out_one",
    "read_info",
    "require_both",
    "same_script",
    "set_aside_one_sided",
]
