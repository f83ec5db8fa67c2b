"""Spreadsheets, behind plain values."""
