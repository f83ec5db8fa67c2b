"""LISTEN and NOTIFY on a connection of its own (psycopg)."""

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import connection

CHANNEL = "santai_wake"


def notify(name: str) -> None:
    """Tell every worker on this database; delivered when the surrounding transaction, if any, commits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, name])


@contextlib.contextmanager
def listening() -> Iterator["Listener"]:
    """A listener for the length of a block; psycopg.OperationalError when the server does not answer."""
    parameters: dict[str, Any] = connection.get_connection_params()
    for ours in ("pool", "context", "cursor_factory", "prepare_threshold", "server_side_binding", "isolation_level", "assume_role"):
        parameters.pop(ours, None)
    with psycopg.connect(**parameters, autocommit=True) as raw:
        raw.execute(f"listen {CHANNEL}")
        yield Listener(raw)


class Listener:
    def __init__(self, raw: "psycopg.Connection[Any]") -> None:
        self._raw = raw

    def heard(self, *, seconds: float) -> set[str]:
        """Names heard within ``seconds``: returns at the first batch, empty when nothing came."""
        return {notice.payload for notice in self._raw.notifies(timeout=seconds, stop_after=1)}
