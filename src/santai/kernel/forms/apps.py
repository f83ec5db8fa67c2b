from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "santai.kernel.forms"
    label = "kernel_forms"
    verbose_name = "电子表单"
