"""What the platform needs of a payment provider."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from santai.exchange.payments.messages import StatementLine, Trade


class GatewayAway(Exception):
    """No answer in time, or none that can be read: nobody knows whether it happened. Ask again with the same number."""


class GatewayRefused(Exception):
    """The provider said no, for good."""


class BadCallback(Exception):
    """A call-back that proves nothing. ``why``: wrong_signature or wrong_receiver."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class PaymentProvider(Protocol):
    """Every call may be repeated with the same number: it happens once."""

    title: str
    demonstration: bool

    def cashier(self, *, order_no: str, amount: Decimal, title: str, notify_url: str, return_url: str, at: datetime) -> str:
        """The address where the payer pays this order."""

    def read_callback(self, told: Mapping[str, str]) -> Trade:
        """What a call-back says, once its signature and receiver are proved. BadCallback."""

    def find(self, *, order_no: str, at: datetime) -> Trade | None:
        """The trade of an order; None when nobody has begun to pay. GatewayAway."""

    def refund(self, *, order_no: str, refund_no: str, amount: Decimal, reason: str, at: datetime) -> None:
        """Pay back; returns when it is done. GatewayAway, GatewayRefused."""

    def close(self, *, order_no: str, at: datetime) -> None:
        """Nobody may pay this order any more; unknown orders and paid ones are left alone. GatewayAway."""

    def statement(self, *, day: date, at: datetime) -> list[StatementLine]:
        """Every movement of a day that is over. GatewayAway (it may not be ready yet)."""
