"""What can go wrong while a document is made."""

from santai.kernel.ledger.service import ActRefused


class FontsMissing(ActRefused):
    code = "kernel.render.fonts_missing"
    message = "制作版式文件所需的字体还没有安装，请运行 `make setup`（或 `santai doctor` 查看缺少哪些字体）。"


class UnknownTemplate(ActRefused):
    code = "kernel.render.unknown_template"
    message = "没有找到这种文书的版式模板。"


class TemplateBroken(ActRefused):
    """The template and its data do not fit; ``facts["diagnostic"]`` holds typst's own words for the developer."""

    code = "kernel.render.template_broken"
    message = "文书没有生成：版式模板与数据不相符，请联系系统管理员。"
