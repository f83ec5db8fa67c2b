"""Reads of forms: definitions, checking, what a page shows."""
