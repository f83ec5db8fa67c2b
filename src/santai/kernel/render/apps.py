from pathlib import Path

from django.apps import AppConfig


class RenderConfig(AppConfig):
    name = "santai.kernel.render"
    label = "kernel_render"
    verbose_name = "版式文件"

    def ready(self) -> None:
        from santai.kernel.render.service import register_template

        here = Path(__file__).parent / "templates/typst"
        register_template("kernel_render/official_document", here / "official_document.typ")
        register_template("kernel_render/seal", here / "seal.typ")
