"""The door of licences: issue, change, revoke, verify."""

from santai.exchange.licences.actions.apply_act import apply_act
from santai.exchange.licences.actions.change_licence import change_licence
from santai.exchange.licences.actions.from_bus import issue_wanted, offer_licences
from santai.exchange.licences.actions.install_types import check_types, install_types
from santai.exchange.licences.actions.issue_licence import issue_licence
from santai.exchange.licences.actions.record_use import record_use
from santai.exchange.licences.actions.renew_licence import renew_licence
from santai.exchange.licences.actions.revoke_licence import revoke_licence
from santai.exchange.licences.actions.seal_licence import SWEEP as SEAL_SWEEP
from santai.exchange.licences.actions.seal_licence import seal_due, seal_licence
from santai.exchange.licences.errors import (
    FieldMissing,
    LicenceNotFound,
    LicenceNotValid,
    NotChangeable,
    NotTheIssuer,
    ReasonMissing,
    UnknownLicenceType,
)
from santai.exchange.licences.messages import Verification
from santai.exchange.licences.queries import READING_ROLES, access_licence, licences_issued_by, licences_of, verify, verify_file
from santai.exchange.licences.rules import STATES, may_become

__all__ = [
    "apply_act",
    "renew_licence",
    "READING_ROLES",
    "SEAL_SWEEP",
    "STATES",
    "FieldMissing",
    "LicenceNotFound",
    "LicenceNotValid",
    "NotChangeable",
    "NotTheIssuer",
    "ReasonMissing",
    "UnknownLicenceType",
    "Verification",
    "access_licence",
    "change_licence",
    "check_types",
    "install_types",
    "issue_licence",
    "issue_wanted",
    "licences_issued_by",
    "licences_of",
    "may_become",
    "offer_licences",
    "record_use",
    "revoke_licence",
    "seal_due",
    "seal_licence",
    "verify",
    "verify_file",
]
