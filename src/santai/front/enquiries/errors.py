"""Refusals of enquiries."""

from santai.kernel.ledger.service import ActRefused


class UnknownEnquiry(ActRefused):
    code = "front.enquiries.unknown"
    message = "没有找到这项服务，可能已经停用。"


class AnswersWrong(ActRefused):
    code = "front.enquiries.answers_wrong"
    message = "有些内容没有填对，请更正后再查。"
