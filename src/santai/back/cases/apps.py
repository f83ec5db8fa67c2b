from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "santai.back.cases"
    label = "back_cases"
    verbose_name = "办件"
