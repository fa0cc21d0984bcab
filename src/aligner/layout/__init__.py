"""Document -> the two languages' paragraphs, apart from furniture."""

from aligner.layout.arrange import lay_out, lay_out_one, set_aside_one_sided
from aligner.layout.info import read_info

__all__ = [
    "lay_out",
    "lay_out_one",
    "read_info",
    "set_aside_one_sided",
]
