from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "santai.kernel.web"
    label = "kernel_web"
    verbose_name = "界面"
