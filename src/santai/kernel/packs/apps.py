from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "santai.kernel.packs"
    label = "kernel_packs"
    verbose_name = "应用包"
