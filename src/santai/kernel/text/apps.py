from django.apps import AppConfig


class TextConfig(AppConfig):
    name = "santai.kernel.text"
    label = "kernel_text"
    verbose_name = "文本"
