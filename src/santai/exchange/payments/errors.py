"""What may not happen to money."""

from santai.kernel.ledger.service import ActRefused


class OrderNotFound(ActRefused):
    code = "exchange.payments.order_not_found"
    message = "没有找到这张缴款单，请核对单号。"


class NotPayable(ActRefused):
    code = "exchange.payments.not_payable"
    message = "这张缴款单已经缴清或者撤销，不用再缴。"


class NoProvider(ActRefused):
    code = "exchange.payments.no_provider"
    message = "本地还没有开通网上缴费，请到窗口缴费。办件照常办理，不受影响。"


class ProviderAway(ActRefused):
    code = "exchange.payments.provider_away"
    message = "支付平台暂时没有应答，请稍后再试。您的缴款单不会丢失。"


class OverPaid(ActRefused):
    code = "exchange.payments.over_paid"
    message = "退款金额超过这张缴款单实际收到、还没有退的金额。"


class NotSettled(ActRefused):
    code = "exchange.payments.not_settled"
    message = "请写明差异的原因和处理结果。"


class DayNotOver(ActRefused):
    code = "exchange.payments.day_not_over"
    message = "对账单在次日生成，只能核对今天以前的日期。"
