"""Wrappers round typst and segno."""
