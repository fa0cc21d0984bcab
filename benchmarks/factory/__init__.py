"""Bilingual texts with known pairs, as real programs write them, and what becomes of them."""
