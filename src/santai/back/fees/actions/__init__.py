"""Verbs of fees, one a file."""
