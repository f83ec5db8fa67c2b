"""The door of fees: charge, waive, take at the window, refund; and their reads."""

from santai.back.fees.actions.answer_charge import WINDOW_WAYS, cancel_charge, take_at_window, waive_fee
from santai.back.fees.actions.charge_fee import charge_fee
from santai.back.fees.actions.note_payment import note_payment
from santai.back.fees.actions.refund_fee import refund_fee
from santai.back.fees.errors import (
    AlreadyCharged,
    AmountWrong,
    CaseEndedOtherwise,
    ChargeNotFound,
    FeeExempt,
    FeeNoBasis,
    FeeOverStandard,
    NotOwed,
    NotPaid,
    ReasonMissing,
)
from santai.back.fees.models import Charge, Payback
from santai.back.fees.queries import WORKERS, CaseFees, charged, charges_of, charges_seen_by, fees_of_case

__all__ = [
    "WINDOW_WAYS",
    "WORKERS",
    "AlreadyCharged",
    "AmountWrong",
    "CaseEndedOtherwise",
    "CaseFees",
    "Charge",
    "ChargeNotFound",
    "FeeExempt",
    "FeeNoBasis",
    "FeeOverStandard",
    "NotOwed",
    "NotPaid",
    "Payback",
    "ReasonMissing",
    "cancel_charge",
    "charge_fee",
    "charged",
    "charges_of",
    "charges_seen_by",
    "fees_of_case",
    "note_payment",
    "refund_fee",
    "take_at_window",
    "waive_fee",
]
