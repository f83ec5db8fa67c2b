"""Questions in: one call each."""

from santai.exchange.contracts.service import (
    AssignCreditCode,
    CheckCompanyName,
    CompanyNameAnswer,
    CreditCodeAnswer,
    FindLegalEntity,
    FindPerson,
    RegisterAnswer,
    RegisterLegalEntity,
    SearchAddress,
    SearchAnswer,
    SearchBusinessScope,
)
from santai.exchange.gateway.service import Asked
from santai.exchange.registers import service


def answer_find_person(query: FindPerson, asked: Asked) -> RegisterAnswer:
    return service.find_person(code_kind=query.code_kind, code=query.code, person_name=query.person_name)


def answer_find_legal_entity(query: FindLegalEntity, asked: Asked) -> RegisterAnswer:
    return service.find_entity(credit_code=query.credit_code, entity_name=query.entity_name)


def answer_check_company_name(query: CheckCompanyName, asked: Asked) -> CompanyNameAnswer:
    return service.check_company_name(
        district=query.district,
        trade_name=query.trade_name,
        industry=query.industry,
        form=query.form,
        reserve_for=query.reserve_for,
        actor=asked.actor,
        at=asked.at,
    )


def answer_search_business_scope(query: SearchBusinessScope, asked: Asked) -> SearchAnswer:
    return service.search_scope(query.text, limit=query.limit)


def answer_search_address(query: SearchAddress, asked: Asked) -> SearchAnswer:
    return service.search_address(query.text, limit=query.limit)


def answer_assign_credit_code(query: AssignCreditCode, asked: Asked) -> CreditCodeAnswer:
    code = service.assign_credit_code(
        case_no=query.case_no, entity_name=query.entity_name, region=query.region, actor=asked.actor, at=asked.at
    )
    return CreditCodeAnswer(credit_code=code)


def answer_register_legal_entity(query: RegisterLegalEntity, asked: Asked) -> RegisterAnswer:
    entity = service.register_legal_entity(
        case_no=query.case_no, credit_code=query.credit_code, fields=query.fields, actor=asked.actor, at=asked.at
    )
    return service.entity_answer(entity)
