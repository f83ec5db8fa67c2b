"""The door of the registers."""

from santai.exchange.registers.actions.check_name import check_company_name
from santai.exchange.registers.actions.install_registers import check_registers, install_registers
from santai.exchange.registers.actions.register_entity import assign_credit_code, credit_code_of, register_legal_entity
from santai.exchange.registers.errors import CreditCodeTaken, EntryUnfit, NameRegistered, NoCodeReserved
from santai.exchange.registers.queries import (
    entity_answer,
    find_entity,
    find_person,
    sample_persons,
    scope_entries,
    search_address,
    search_scope,
)

__all__ = [
    "CreditCodeTaken",
    "EntryUnfit",
    "NameRegistered",
    "NoCodeReserved",
    "assign_credit_code",
    "check_company_name",
    "check_registers",
    "credit_code_of",
    "entity_answer",
    "find_entity",
    "find_person",
    "install_registers",
    "register_legal_entity",
    "sample_persons",
    "scope_entries",
    "search_address",
    "search_scope",
]
