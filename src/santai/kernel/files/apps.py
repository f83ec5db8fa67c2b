from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "santai.kernel.files"
    label = "kernel_files"
    verbose_name = "文件"
