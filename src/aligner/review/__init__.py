"""The page on which a person checks and corrects an alignment."""

from aligner.review.prepare import place_for, prepare
from aligner.review.review_formats import is_document
from aligner.review.session import Session

__all__ = ["Session", "is_document", "place_for", "prepare"]
