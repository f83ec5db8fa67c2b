"""Verbs of licences."""
