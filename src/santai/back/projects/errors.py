"""Coded failures of investment projects."""

from santai.kernel.ledger.service import ActRefused


class ProjectNotFound(ActRefused):
    code = "back.projects.not_found"
    message = "没有找到这个项目，或者您的单位与它无关。"


class ProjectIncomplete(ActRefused):
    code = "back.projects.incomplete"
    message = "还有内容要更正。"


class ProjectKnown(ActRefused):
    code = "back.projects.known"
    message = "这个项目代码已经登记过。"


class ReportRefused(ActRefused):
    code = "back.projects.report_refused"
    message = "这一期进度不能这样报送。"


class NothingOverdue(ActRefused):
    code = "back.projects.nothing_overdue"
    message = "没有逾期的进度报送，不需要催报。"
