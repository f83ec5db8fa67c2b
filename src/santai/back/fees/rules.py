"""When a fee may be charged, and of how much; pure."""

from decimal import Decimal, InvalidOperation

CENT = Decimal("0.01")
HIGH_ENOUGH = ("law", "regulation")  # 法律、行政法规
ENDED_OTHERWISE = ("not_accepted", "withdrawn", "terminated")


def yuan(text: str) -> Decimal | None:
    """An amount as an officer writes it: positive, at most two decimals; None when it is none."""
    try:
        amount = Decimal(text.strip().removesuffix("元").strip())
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 < amount <= Decimal("9999999.99") or amount != amount.quantize(CENT):
        return None
    return amount.quantize(CENT)


def has_basis(*, nature: str, basis: str, rank: str) -> bool:
    """行政许可法 58: a permit is free unless a law or a State Council regulation says otherwise; every other fee needs a basis too."""
    return bool(basis.strip()) and (nature != "permit" or rank in HIGH_ENOUGH)


def still_to_refund(*, paid: Decimal, refunded: Decimal) -> Decimal:
    return max(paid - refunded, Decimal(0))
