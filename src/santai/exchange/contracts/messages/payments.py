"""Money between the desks: the back office charges, the exchange collects, the front pays (docs/adr/0008). ``case_no`` is the order key."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from santai.exchange.contracts.messages.base import Message, Query
from santai.kernel.ledger.service import Party

PaymentState = Literal["open", "paid", "cancelled"]


@dataclass(frozen=True, kw_only=True)
class PaymentWanted(Message):
    """A fee is due: open a payment order. Addressed to payments only, for it names who pays."""

    name: ClassVar[str] = "exchange.payments.payment_wanted"
    audience: ClassVar[tuple[str, ...]] = ("exchange.payments",)

    order_no: str  # 缴款单号: letters and digits only, the same for every attempt to pay
    notice_no: str  # 缴款通知书文号
    case_no: str
    item_name: str
    title: str  # what is charged: 不动产登记费（住宅）
    amount: str  # yuan with two decimals, e.g. "80.00"
    basis: str
    payer: Party
    organisation: str
    organisation_name: str
    wanted_at: str


@dataclass(frozen=True, kw_only=True)
class PaymentCancelled(Message):
    """The order is no longer to be paid: waived, reduced (a new order follows) or charged in error."""

    name: ClassVar[str] = "exchange.payments.payment_cancelled"
    audience: ClassVar[tuple[str, ...]] = ("exchange.payments",)

    order_no: str
    case_no: str
    reason: str
    cancelled_at: str


@dataclass(frozen=True, kw_only=True)
class RefundWanted(Message):
    """Money goes back the way it came. ``refund_no`` is the same for every attempt, so that nothing is paid back twice."""

    name: ClassVar[str] = "exchange.payments.refund_wanted"
    audience: ClassVar[tuple[str, ...]] = ("exchange.payments",)

    refund_no: str
    order_no: str
    case_no: str
    amount: str
    reason: str
    wanted_at: str


@dataclass(frozen=True, kw_only=True)
class PaymentProgressed(Message):
    """What became of an order. No payer's name travels: the front finds the case, the back its charge."""

    name: ClassVar[str] = "exchange.payments.payment_progressed"
    audience: ClassVar[tuple[str, ...]] = ("back.fees", "front.payments")

    order_no: str
    case_no: str
    event: Literal["opened", "paid", "cancelled", "refund_begun", "refunded", "refund_failed"]
    state: PaymentState
    at: str
    title: str
    item_name: str
    organisation_name: str
    amount: str
    notice_no: str = ""
    basis: str = ""
    paid_at: str = ""
    paid_amount: str = ""
    refunded: str = "0.00"  # altogether, done
    refund_no: str = ""
    refund_amount: str = ""
    provider: str = ""  # title of the way it was paid
    trade_no: str = ""  # the provider's number
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class StartPayment(Query):
    """Where does the payer go to pay this order? Idempotent: one order is one trade at the provider, however often it is started."""

    name: ClassVar[str] = "exchange.payments.start_payment"
    provider: ClassVar[str] = "exchange.payments"

    order_no: str
    return_to: str  # address on the front's site to come back to


@dataclass(frozen=True, kw_only=True)
class PaymentStarted:
    url: str
    provider: str
    demonstration: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckPayment(Query):
    """Has the order been paid? The provider is asked when no call-back has told yet."""

    name: ClassVar[str] = "exchange.payments.check_payment"
    provider: ClassVar[str] = "exchange.payments"

    order_no: str


@dataclass(frozen=True, kw_only=True)
class PaymentChecked:
    state: PaymentState
    provider_reached: bool = True
