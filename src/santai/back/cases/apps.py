from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "santai.back.cases"
    label = "back_cases"
    verbose_name = "办件"

    def ready(self) -> None:
        from santai.back.cases.service import may_read_clock
        from santai.kernel.clocks.service import register_clock_reader

        for kind in ("case", "subcase"):
            register_clock_reader(kind, may_read_clock)
