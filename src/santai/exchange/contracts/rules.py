"""Turning contracts into JSON and back. Unknown fields are ignored and missing ones take their default: contracts change additively."""

from typing import Any, TypeVar

import cattrs

from santai.exchange.contracts.messages import cases, hearings, items, payments, queries, workorders
from santai.exchange.contracts.messages.base import Message, Query

T = TypeVar("T")
_converter = cattrs.Converter(forbid_extra_keys=False, omit_if_default=True)


def _named(module: Any, base: type) -> dict[str, Any]:
    return {
        str(vars(kind)["name"]): kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, base) and kind is not base and kind.__module__ == module.__name__
    }


OF_MESSAGES = (items, cases, hearings, payments, workorders)
OF_QUERIES = (queries, payments)
MESSAGES: dict[str, type[Message]] = {name: kind for one in OF_MESSAGES for name, kind in _named(one, Message).items()}
QUERIES: dict[str, type[Query]] = {name: kind for one in OF_QUERIES for name, kind in _named(one, Query).items()}


def encode(value: object) -> Any:
    """Plain JSON-able data of a message, query or answer."""
    return _converter.unstructure(value)


def decode(kind: type[T], data: Any) -> T:
    """The value of type ``kind`` from plain data; raises cattrs' ClassValidationError naming each wrong field."""
    return _converter.structure(data, kind)


__all__ = ["MESSAGES", "QUERIES", "decode", "encode"]
