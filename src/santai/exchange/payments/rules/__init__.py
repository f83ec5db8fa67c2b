"""What money may do, pure."""

from decimal import Decimal, InvalidOperation

CENT = Decimal("0.01")
ATTEMPTS_BEFORE_ALARM = 8


def yuan(text: object) -> Decimal | None:
    """An amount as written, in yuan with at most two decimals and not negative; None when it is none."""
    try:
        amount = Decimal(str(text).strip())
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount < 0 or amount != amount.quantize(CENT):
        return None
    return amount.quantize(CENT)


def verdict_on(*, wanted: Decimal, told: Decimal | None, state: str, known_trade: str, trade_no: str) -> str:
    """What to make of a signed word that an order has been paid.

    ``taken`` the first time; ``repeated`` the same again; ``wrong_amount``: not what was asked, so not a payment of it; ``paid_twice``:
    another trade for an order that is paid; ``after_cancel``: money for an order that was cancelled meanwhile, which goes back.
    """
    if told is None or told != wanted:
        return "wrong_amount"
    if state == "paid":
        return "repeated" if known_trade == trade_no else "paid_twice"
    if known_trade == trade_no and state == "cancelled":
        return "repeated"
    return "after_cancel" if state == "cancelled" else "taken"


def seconds_until_next(attempts: int) -> int:
    """Patience with a provider that does not answer: doubling from half a minute to an hour."""
    return int(min(30 * 2 ** max(attempts - 1, 0), 3600))
