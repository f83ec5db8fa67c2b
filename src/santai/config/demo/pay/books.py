"""The demonstration provider's own books: a file, held under a lock while it is changed."""

import fcntl
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class Books:
    """Trades by the merchant's order number: {trade_no, amount, title, state, notify_url, return_url, paid_at, refunds: {…}}."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def change(self, act: Callable[[dict[str, Any]], T]) -> T:
        """Do ``act`` on the trades and keep what it left."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+", encoding="utf-8") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            held.seek(0)
            trades = json.loads(held.read() or "{}")
            found = act(trades)
            held.seek(0)
            held.truncate()
            held.write(json.dumps(trades, ensure_ascii=False))
        return found

    def trade(self, order_no: str) -> dict[str, Any] | None:
        return self.change(lambda trades: trades.get(order_no))

    def trades(self) -> dict[str, Any]:
        return self.change(dict)
