from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "santai.kernel.identity"
    label = "kernel_identity"
    verbose_name = "身份"
