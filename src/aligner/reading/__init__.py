"""file -> Document: text, PDF, DOCX, HTML and Markdown, a file a format."""

from aligner.reading.documents import ENDINGS, read_document

__all__ = ["ENDINGS", "read_document"]
