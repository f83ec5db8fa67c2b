from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "santai.kernel.codes"
    label = "kernel_codes"
    verbose_name = "编码"
