from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "santai.kernel.web"
    label = "kernel_web"
    verbose_name = "界面"

    def ready(self) -> None:
        # The catalogue is made at set-up, and here when it is missing or older than its sources: binaries are not committed.
        import contextlib

        from santai.kernel.web.service import compile_catalogues, register_pack_parts

        register_pack_parts()
        with contextlib.suppress(OSError):  # a read-only installation keeps the catalogue it was delivered with
            compile_catalogues()
