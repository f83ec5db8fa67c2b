"""Verbs, one a file."""
