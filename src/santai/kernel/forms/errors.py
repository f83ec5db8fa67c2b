"""Coded failures of forms."""

from santai.kernel.ledger.service import ActRefused


class FormUnknown(ActRefused):
    code = "kernel.forms.form_unknown"
    message = "找不到这张表单，请刷新页面后重试。"


class DefinitionFaulty(ActRefused):
    """``facts["problems"]`` lists every fault as one sentence."""

    code = "kernel.forms.definition_faulty"
    message = "表单定义有错误，没有安装。"


class DefinitionChanged(ActRefused):
    code = "kernel.forms.definition_changed"
    message = "这一版表单已经安装，内容不能再改；请提高版本号后安装。"


class LockedValueChanged(ActRefused):
    code = "kernel.forms.locked_value_changed"
    message = "带来源标记的内容取自权威数据，不能在表单里修改；如有错误，请向来源部门申请更正。"
