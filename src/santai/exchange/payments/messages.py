"""Plain values of payments: what a provider says, and what a comparison finds."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Trade:
    """A payment at the provider. ``paid``: the money is there for good."""

    order_no: str
    trade_no: str
    amount: Decimal
    paid: bool
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """One movement of the provider's statement of a day; refunds are positive amounts of kind ``refund``."""

    kind: Literal["payment", "refund"]
    order_no: str
    trade_no: str
    amount: Decimal
    refund_no: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """A difference between our books and the statement."""

    kind: Literal["only_ours", "only_theirs", "amount"]
    movement: Literal["payment", "refund"]
    number: str  # order number of a payment, refund number of a refund
    order_no: str
    ours: Decimal | None = None
    theirs: Decimal | None = None
    trade_no: str = ""
