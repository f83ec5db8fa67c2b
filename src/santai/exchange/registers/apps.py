from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "santai.exchange.registers"
    label = "exchange_registers"
    verbose_name = "基础库"

    def ready(self) -> None:
        from santai.exchange.contracts import service as contracts
        from santai.exchange.gateway.service import provide, replicate
        from santai.exchange.registers import handlers
        from santai.exchange.registers.service import check_registers, install_registers, scope_entries
        from santai.kernel.packs.service import register_part

        provide(contracts.FindPerson, handlers.answer_find_person)
        provide(contracts.FindLegalEntity, handlers.answer_find_legal_entity)
        provide(contracts.CheckCompanyName, handlers.answer_check_company_name)
        provide(contracts.SearchBusinessScope, handlers.answer_search_business_scope)
        replicate(contracts.SearchBusinessScope, scope_entries)
        provide(contracts.SearchAddress, handlers.answer_search_address)
        provide(contracts.AssignCreditCode, handlers.answer_assign_credit_code)
        provide(contracts.RegisterLegalEntity, handlers.answer_register_legal_entity)
        register_part("registers", order=100, check=check_registers, install=install_registers)
