"""Wrappers round cryptography and pyHanko."""
