"""Leverage: how much of new documents a memory holds already, and pre-translating them.

`lookup` needs the aligner and its model; `analysis` counts, `pretranslation` writes.
"""
