"""Verbs of letters, one a file."""
