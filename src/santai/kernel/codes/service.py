"""The door of codes: validated identifiers and numbers without races."""

from datetime import date

from santai.kernel.codes.actions.next_case_no import next_case_no
from santai.kernel.codes.actions.next_gapless import next_gapless
from santai.kernel.codes.errors import ActRefused, InvalidIdentifier
from santai.kernel.codes.models import PublicIdField
from santai.kernel.codes.rules import identifiers, items
from santai.kernel.codes.rules.checks import (
    credit_code_check,
    mod37_36_check,
    organisation_code_check,
    resident_id_check_digit,
)
from santai.kernel.codes.rules.divisions import PROVINCES, division_known, register_region_source
from santai.kernel.codes.rules.identifiers import PERSON_KINDS, PersonFacts, kind_of_person_number, mask, person_facts, registrar
from santai.kernel.codes.rules.ids import new_id
from santai.kernel.codes.rules.items import CaseCode, ItemCode, licence_identifier

IDENTIFIER_KINDS: dict[str, str] = {kind: title for kind, (title, _) in identifiers.KINDS.items()}


def check_identifier(kind: str, text: str, *, on: date | None = None, also_known: frozenset[str] = frozenset(), field: str = "") -> str:
    """The normal form of an identifier of ``kind`` (IDENTIFIER_KINDS); InvalidIdentifier with a sentence for the person otherwise.

    ``on``: a birth date after this day is refused. ``also_known``: division codes about to be installed (packs). ``field``: the path
    the message belongs beside. KeyError for an unknown kind: that is a mistake of the caller, not of the person.
    """
    try:
        return identifiers.checked(kind, text, on=on, also_known=also_known)
    except identifiers.WrongIdentifier as wrong:
        raise InvalidIdentifier(str(wrong), fields={field: str(wrong)} if field else None, kind=kind, finding=wrong.finding) from None


def check_implementation_code(text: str) -> str:
    """A 12, 31 or 33 character item code in normal form; InvalidIdentifier otherwise."""
    try:
        return items.check_implementation_code(text)
    except identifiers.WrongIdentifier as wrong:
        raise InvalidIdentifier(str(wrong), kind="item-code", finding=wrong.finding) from None


def read_item_code(text: str) -> ItemCode:
    """The parts of a 12, 31 or 33 character item code: organ, level, type, main and sub-item; InvalidIdentifier when it is none."""
    try:
        return items.read_item_code(text)
    except identifiers.WrongIdentifier as wrong:
        raise InvalidIdentifier(str(wrong), kind="item-code", finding=wrong.finding) from None


def read_case_code(text: str) -> CaseCode:
    """The parts of a 办件编号 of 43 characters: item, day, serial; InvalidIdentifier when it is none."""
    try:
        return items.read_case_code(text)
    except identifiers.WrongIdentifier as wrong:
        raise InvalidIdentifier(str(wrong), kind="case-code", finding=wrong.finding) from None


def check_licence_identifier(text: str) -> str:
    """An e-licence identifier in normal form; InvalidIdentifier otherwise."""
    try:
        return items.check_licence_identifier(text)
    except identifiers.WrongIdentifier as wrong:
        raise InvalidIdentifier(str(wrong), kind="licence-identifier", finding=wrong.finding) from None


__all__ = [
    "IDENTIFIER_KINDS",
    "PERSON_KINDS",
    "PROVINCES",
    "ActRefused",
    "InvalidIdentifier",
    "CaseCode",
    "ItemCode",
    "PersonFacts",
    "PublicIdField",
    "check_identifier",
    "check_implementation_code",
    "check_licence_identifier",
    "credit_code_check",
    "division_known",
    "kind_of_person_number",
    "licence_identifier",
    "mask",
    "mod37_36_check",
    "new_id",
    "next_case_no",
    "next_gapless",
    "organisation_code_check",
    "person_facts",
    "read_case_code",
    "read_item_code",
    "register_region_source",
    "registrar",
    "resident_id_check_digit",
]
