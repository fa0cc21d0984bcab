"""file -> Document."""

from aligner.reading.text import read_document

__all__ = ["read_document"]
