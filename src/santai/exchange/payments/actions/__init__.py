"""Verbs of payments, one a file."""
