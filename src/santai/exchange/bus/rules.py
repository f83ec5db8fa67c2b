"""Who hears what, which way a message goes, and how long to wait before trying again. Pure."""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from typing import Any

from santai.exchange.bus.messages import Envelope
from santai.exchange.contracts.service import MESSAGES, Message

Handler = Callable[[Any, Envelope], None]
ManyHandler = Callable[[list[tuple[Any, Envelope]]], None]
HUB = "exchange"
WATERMARK = "exchange.bus.watermark"
MAX_ATTEMPTS = 5
MAX_WAIT_SECONDS = 7 * 24 * 3600
CLOCK_TOLERANCE = 300  # seconds a link request's time may differ

HANDLERS: dict[tuple[str, str], list[Handler]] = {}  # (room, message name) → handlers
MANY: dict[tuple[str, str], ManyHandler] = {}  # the same, of a room that hears several at once
CLASSES: dict[str, type[Message]] = {}


def subscribe(kind: type[Message], *, room: str, handler: Handler, many: ManyHandler | None = None) -> None:
    """Let ``room`` hear messages of ``kind``; called in the room's ``apps.ready()``.

    ``handler(message, envelope)`` runs in the transaction that marks the delivery done: its effects and that mark stay or go together,
    so it takes effect exactly once. It raises ``NotYet`` to wait; any other exception is tried again and after five times set aside.
    ``many([(message, envelope), …])`` is called instead where several messages of one key wait one behind the other: what it reads and
    writes for all of them it need do only once. Whatever it raises undoes it as a whole, and ``handler`` is given one after the other.
    """
    CLASSES[kind.name] = kind
    handlers = HANDLERS.setdefault((room, kind.name), [])
    if handler not in handlers:
        handlers.append(handler)
    if many is not None and len(handlers) == 1:
        MANY[(room, kind.name)] = many


ZONES = ("front", "exchange", "back")  # of a split city (house.md, "Zones")


def class_of(name: str) -> type[Message] | None:
    """The contract class behind a message name."""
    return CLASSES.get(name) or MESSAGES.get(name)


def hears(room: str, name: str) -> bool:
    """Is there anything in this process for ``room`` to do with ``name``? The bus itself keeps watermarks."""
    return (room, name) in HANDLERS or name == WATERMARK


def next_hop(zone: str, *, here: str, links: dict[str, str]) -> str:
    """The neighbour through which ``zone`` is reached: itself when linked, else the exchange as hub."""
    return zone if zone in links or here == HUB else HUB


def backoff(attempts: int) -> int:
    """Seconds before the next try: 2, 8, 32, 128 …"""
    return int(2 * 4 ** max(attempts - 1, 0))


def wait_for(waits: int) -> int:
    """Seconds before a waiting message is looked at again: 1, 2, 4 … 300."""
    return int(min(2 ** min(waits, 9), 300))


def link_backoff(failures: int) -> int:
    """Seconds before a broken link is tried again: 1, 2, 4 … 30."""
    return int(min(2 ** min(failures - 1, 5), 30))


def signature(key: str, *parts: str | bytes) -> str:
    """HMAC-SHA256 over the parts, each preceded by its length so that no two requests sign the same."""
    mac = hmac.new(key.encode(), digestmod=hashlib.sha256)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        mac.update(f"{len(data)}:".encode() + data)
    return mac.hexdigest()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def file_references(value: Any) -> Iterator[dict[str, Any]]:
    """Every stored file named anywhere inside a payload."""
    if isinstance(value, dict):
        if {"digest", "name", "size", "media_type"} <= value.keys():
            yield value
            return
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from file_references(inner)


_OPEN_FIELD = re.compile(r"(^|_)(no|code|version|event|at|branch|state|kind|level|rule|organisation|request_id|item_code|source)$")


def summary(payload: Any) -> dict[str, str]:
    """A payload as an operator may see it: references and states in plain, everything else only by its size."""
    shown: dict[str, str] = {}
    if not isinstance(payload, dict):
        return shown
    for key, value in payload.items():
        if isinstance(value, dict):
            shown[key] = f"（{len(value)} 项内容，不显示）"
        elif isinstance(value, list):
            shown[key] = f"（{len(value)} 条，不显示）"
        elif isinstance(value, bool | int | float) or (_OPEN_FIELD.search(key) and not key.startswith(("holder", "person", "code_kind"))):
            shown[key] = str(value)
        else:
            shown[key] = f"（{len(str(value))} 字，不显示）"
    return shown


def without_personal_data(text: str) -> str:
    """An error text fit for the page: long digit runs (identifiers, phones) are cut."""
    return re.sub(r"\d{3}(?=\d{8})[\dXx]+|\d{9,}[Xx]?", "…", text)[:2000]
