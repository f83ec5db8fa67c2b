"""The door of render: sealed-looking paper from data, and QR codes.

A room owns its templates under ``templates/typst/`` and registers each in ``apps.ready()``. A template reads its data with
``#let data = json(bytes(sys.inputs.data))`` and takes the official look from ``/kernel/render/templates/typst/official.typ``.
"""

from santai.kernel.render.actions.make import make_pdf as pdf
from santai.kernel.render.actions.make import register_template, registered_templates
from santai.kernel.render.adapters.codes import png as qr_png
from santai.kernel.render.adapters.codes import svg as qr_svg
from santai.kernel.render.adapters.typesetter import families, font_paths
from santai.kernel.render.errors import FontsMissing, TemplateBroken, UnknownTemplate
from santai.kernel.render.rules import chinese_date, chinese_money

__all__ = [
    "FontsMissing",
    "TemplateBroken",
    "UnknownTemplate",
    "chinese_date",
    "chinese_money",
    "families",
    "font_paths",
    "pdf",
    "qr_png",
    "qr_svg",
    "register_template",
    "registered_templates",
]
