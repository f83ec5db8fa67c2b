"""Refusals of the bus."""

from santai.kernel.ledger.service import ActRefused


class NotADeadLetter(ActRefused):
    code = "exchange.bus.not_a_dead_letter"
    message = "这条消息已经处理或正在重试，不需要人工处理。请刷新页面查看最新状态。"


class ReasonMissing(ActRefused):
    code = "exchange.bus.reason_missing"
    message = "请写明放弃这条消息的原因。"


class LinkRefused(ActRefused):
    """A request between zones whose signature, time or sender does not hold."""

    code = "exchange.bus.link_refused"
    message = "链路请求的签名或时间不正确。"


class LinkDown(ActRefused):
    """The other zone cannot be reached, or did not answer as agreed."""

    code = "exchange.bus.link_down"
    message = "暂时无法连接对方网络分区，请稍后再试。"
