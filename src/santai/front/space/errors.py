"""Coded failures of the space. Every message says what to do."""

from santai.kernel.ledger.service import ActRefused


class MessageNotFound(ActRefused):
    code = "front.space.message_not_found"
    message = "没有找到这条消息，可能不属于您现在的身份。"


class GrantIncomplete(ActRefused):
    """``fields`` names every wrong field at once."""

    code = "front.space.grant_incomplete"
    message = "授权还不能生效，请按提示更正。"


class NotForAFirm(ActRefused):
    code = "front.space.not_for_a_firm"
    message = "请先切换为您代表的企业，再给他人授权。"


class ProjectNotFound(ActRefused):
    code = "front.space.project_not_found"
    message = "没有找到这个项目，或者它不属于您现在代表的单位。"


class ReportRefused(ActRefused):
    code = "front.space.report_refused"
    message = "这一期进度已经报送，或者项目已竣工，不需要再报。"
