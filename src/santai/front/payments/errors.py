"""What the payer is told."""

from santai.kernel.ledger.service import ActRefused


class PaymentNotFound(ActRefused):
    code = "front.payments.not_found"
    message = "没有找到这笔缴费，或者它不是您的。"


class CannotPayNow(ActRefused):
    code = "front.payments.cannot_pay_now"
    message = "缴费服务暂时不能应答，请稍后再试。您的缴款单不会丢失，办件照常办理。"
