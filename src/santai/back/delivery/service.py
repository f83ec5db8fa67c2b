"""The door of delivery."""

from santai.back.delivery.actions.confirm_address import confirm_address, take_address
from santai.back.delivery.actions.deliver import WORKERS, deliver, issue_paper, note_opened, public_notice_ran_out, take_hand_out
from santai.back.delivery.actions.open_delivery import open_delivery
from santai.back.delivery.errors import (
    AddressWrong,
    ConsentMissing,
    DateWrong,
    DeliveredAlready,
    LastResort,
    NotDelivery,
    NotGranted,
    ProofMissing,
    ReceiverUnqualified,
    SealMissing,
)
from santai.back.delivery.models import Delivery, ServiceAddress, Try
from santai.back.delivery.queries import READERS, access_delivery, address_of, consents, deliveries_seen_by, may_read_clock
from santai.back.delivery.rules import MODES, PROOFS, RECEIVERS

__all__ = [
    "MODES",
    "PROOFS",
    "READERS",
    "RECEIVERS",
    "WORKERS",
    "AddressWrong",
    "ConsentMissing",
    "DateWrong",
    "DeliveredAlready",
    "Delivery",
    "LastResort",
    "NotDelivery",
    "NotGranted",
    "ProofMissing",
    "ReceiverUnqualified",
    "SealMissing",
    "ServiceAddress",
    "Try",
    "access_delivery",
    "address_of",
    "confirm_address",
    "consents",
    "deliver",
    "deliveries_seen_by",
    "issue_paper",
    "may_read_clock",
    "note_opened",
    "open_delivery",
    "public_notice_ran_out",
    "take_address",
    "take_hand_out",
]
