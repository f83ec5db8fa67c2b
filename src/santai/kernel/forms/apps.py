from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "santai.kernel.forms"
    label = "kernel_forms"
    verbose_name = "电子表单"

    def ready(self) -> None:
        from santai.kernel.forms import service
        from santai.kernel.packs.service import register_part

        register_part("forms", order=70, check=service.check_part, install=service.install_part)
