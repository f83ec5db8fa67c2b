from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "santai.kernel.identity"
    label = "kernel_identity"
    verbose_name = "身份"

    def ready(self) -> None:
        from santai.kernel.identity.service import register_pack_parts

        register_pack_parts()
