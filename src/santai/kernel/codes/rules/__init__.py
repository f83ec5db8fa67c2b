"""Identifiers and numbers as pure functions over text."""

from santai.kernel.codes.rules.ids import new_id

__all__ = ["new_id"]
