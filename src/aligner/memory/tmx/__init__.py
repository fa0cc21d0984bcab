"""Translation Memory eXchange, read and written as a stream; `validate` checks files."""

from aligner.memory.tmx.read import open_tmx, read_tmx
from aligner.memory.tmx.write import tmx_chunks, unit_element, write_tmx

__all__ = ["open_tmx", "read_tmx", "tmx_chunks", "unit_element", "write_tmx"]
