"""Coded failures of a case."""

from santai.kernel.ledger.service import ActRefused


class CaseNotFound(ActRefused):
    code = "back.cases.not_found"
    message = "没有找到这个办件，或者您无权查看。"


class CaseClosed(ActRefused):
    code = "back.cases.closed"
    message = "该办件已办结，不能再办理。"


class SubCaseClosed(ActRefused):
    code = "back.cases.sub_case_closed"
    message = "本部门的办理已经结束，不能再次作出决定。"
