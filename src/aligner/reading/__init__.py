"""file -> Document: text, PDF, DOCX, HTML and Markdown, a file a format."""

from aligner.reading.documents import read_document
from aligner.reading.forms import ENDINGS
from aligner.reading.lines import LineFile

__all__ = ["ENDINGS", "LineFile", "read_document"]
