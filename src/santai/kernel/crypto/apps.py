from django.apps import AppConfig


class CryptoConfig(AppConfig):
    name = "santai.kernel.crypto"
    label = "kernel_crypto"
    verbose_name = "密码"
