"""Verbs of delivery, one a file."""
