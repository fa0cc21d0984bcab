"""file -> Document: text, PDF, DOCX, HTML and Markdown, a file a format."""

from aligner.reading.documents import ENDINGS, read_document
from aligner.reading.lines import LineFile

__all__ = ["ENDINGS", "LineFile", "read_document"]
