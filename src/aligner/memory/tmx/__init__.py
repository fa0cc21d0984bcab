"""Translation Memory eXchange, read, written and checked as a stream."""

from aligner.memory.tmx.read import open_tmx, read_tmx
from aligner.memory.tmx.validate import Finding, Level, validate_tmx
from aligner.memory.tmx.write import tmx_chunks, write_tmx

__all__ = [
    "Finding",
    "Level",
    "open_tmx",
    "read_tmx",
    "tmx_chunks",
    "validate_tmx",
    "write_tmx",
]
