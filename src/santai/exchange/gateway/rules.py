"""Providers, who may ask, and what an answer looks like when only some of its fields are open. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from santai.exchange.contracts.service import QUERIES, Query
from santai.exchange.gateway.messages import Asked
from santai.kernel.text.service import score

Provider = Callable[[Any, Asked], Any]
PROVIDERS: dict[str, Provider] = {}
Entries = Callable[[], tuple[str, list[dict[str, Any]]]]
ORIGINALS: dict[str, Entries] = {}  # what zones may copy: query → (origin, entries), in the provider's zone
CLASSES: dict[str, type[Query]] = {}
RATE_PER_MINUTE = 240
ANYONE = "*"


def provide(kind: type[Query], provider: Provider) -> None:
    """Answer queries of ``kind`` with ``provider(query, asked) -> answer``; called in ``apps.ready()`` of the room the query names."""
    PROVIDERS[kind.name] = provider
    CLASSES[kind.name] = kind


def replicate(kind: type[Query], entries: Entries) -> None:
    """Let other zones keep a copy of what answers ``kind``: public reference entries, every one a mapping. Beside ``provide``."""
    if kind.across_gap != "replica" or kind.personal:
        raise ValueError(f"{kind.name} declares no replica")
    ORIGINALS[kind.name] = entries


def found_in(entries: Iterable[Mapping[str, Any]], *, text: str, fields: Sequence[str], limit: int) -> list[dict[str, Any]]:
    """The entries of a copy that answer ``text``, the best first; the order of the copy decides between equals."""
    scored = [(score(text, *(str(entry.get(name, "")) for name in fields)), dict(entry)) for entry in entries]
    found = sorted((one for one in scored if one[0]), key=lambda one: -one[0])
    return [entry for _, entry in found[: max(1, min(limit, 100))]]


def class_of(name: str) -> type[Query] | None:
    return CLASSES.get(name) or QUERIES.get(name)


@dataclass(frozen=True)
class Grant:
    """One permission to ask: who, for which purposes, and which fields come back open or masked (others do not come back)."""

    query: str
    askers: tuple[str, ...]
    purposes: tuple[str, ...]
    open_fields: tuple[str, ...]
    masked_fields: tuple[str, ...]


def matching(grants: Iterable[Grant], *, query: str, askers: set[str], purpose: str) -> list[Grant]:
    """The grants under which one of ``askers`` may ask for ``purpose``."""
    return [
        grant
        for grant in grants
        if grant.query == query
        and (ANYONE in grant.askers or askers & set(grant.askers))
        and (ANYONE in grant.purposes or purpose in grant.purposes)
    ]


def masked(value: object) -> Any:
    """Two characters at each end of a long text, one of a short one."""
    text = str(value)
    if len(text) > 8:
        return text[:2] + "*" * (len(text) - 4) + text[-2:]
    return text[:1] + "*" * max(len(text) - 1, 1) if text else ""


def opened(answer: Any, grants: list[Grant]) -> Any:
    """The answer with, in every ``fields`` mapping inside it, only what the grants open; the rest is masked or left out."""
    plain = {name for grant in grants for name in grant.open_fields}
    veiled = {name for grant in grants for name in grant.masked_fields}

    def cut(values: Mapping[str, Any]) -> dict[str, Any]:
        if ANYONE in plain:
            return dict(values)
        return {
            name: value if name in plain else masked(value)
            for name, value in values.items()
            if name in plain or name in veiled or ANYONE in veiled
        }

    def walk(value: Any) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            changes: dict[str, Any] = {}
            for one in fields(value):
                inner = getattr(value, one.name)
                if one.name == "fields" and isinstance(inner, Mapping):
                    changes[one.name] = cut(inner)
                elif isinstance(inner, tuple):
                    changes[one.name] = tuple(walk(item) for item in inner)
            return replace(value, **changes) if changes else value
        return value

    return walk(answer)
