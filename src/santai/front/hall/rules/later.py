"""What may be asked for about a licence one holds. Pure."""

from datetime import date
from typing import Literal

Trouble = Literal["", "licence_ended", "not_renewable", "too_early", "outside_renewal_window"]


def trouble(
    *, business: str, ended: bool, valid_to: date | None, joint: bool, opens: date | None, closes: date | None, on: date
) -> Trouble:
    """Why a change, renewal or replacement cannot be applied for on a day; empty when it can (行政许可法 49, 50)."""
    if ended or (valid_to is not None and valid_to < on):
        return "licence_ended"
    if joint:
        return "not_renewable"
    if business != "renew":
        return ""
    if valid_to is None or closes is None:
        return "not_renewable"
    if opens is not None and on < opens:
        return "too_early"
    return "outside_renewal_window" if on > closes else ""
