"""What may not happen with notices."""

from santai.kernel.ledger.service import ActRefused


class UnknownTemplate(ActRefused):
    code = "exchange.notices.unknown_template"
    message = "没有这种通知的模板。"


class TooManyCodes(ActRefused):
    code = "exchange.notices.too_many_codes"
    message = "验证码发送太频繁，请稍后再试。"


class NothingToRetry(ActRefused):
    code = "exchange.notices.nothing_to_retry"
    message = "这条通知不需要重发。"
