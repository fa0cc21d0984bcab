"""What makes the scorer's weights.

The model is a conditional random field over all alignments of a document: the likelihood of the
gold is exact, and convex in the weights. So that nulls are learned, of which novels have few,
each chapter also comes in made-up forms, with a lower weight: with runs of sentences taken out
on one side, as short pieces, and with unrelated sentences of another chapter before it.

Novels have hardly a number that a translator must keep, so that the weights of numbers alone are
fitted, with all others as they are, on formal texts that `formal.py` makes.
"""
