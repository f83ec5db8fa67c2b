"""A refused act, as every room knows it. The class lives in kernel/codes, below this room, because identifiers are refused too."""

from santai.kernel.codes.service import ActRefused

__all__ = ["ActRefused"]
