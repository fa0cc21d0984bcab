"""paragraph -> sentences -> words."""

from aligner.splitting.sentences import split_paragraph
from aligner.splitting.words import cut_words

__all__ = ["cut_words", "split_paragraph"]
