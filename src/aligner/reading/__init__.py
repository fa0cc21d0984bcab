"""file -> Document: text, PDF, DOCX, HTML and Markdown, a file a format."""

from aligner.reading.documents import read_document

__all__ = ["read_document"]
