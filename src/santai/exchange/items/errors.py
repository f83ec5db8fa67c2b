"""Refusals of the item catalogue."""

from santai.kernel.ledger.service import ActRefused


class VersionIsFixed(ActRefused):
    code = "exchange.items.version_is_fixed"
    message = "已发布的版本不能再改。请提高版本号后重新发布。"


class UnknownItem(ActRefused):
    code = "exchange.items.unknown_item"
    message = "没有找到这个事项。"


class NotInForce(ActRefused):
    code = "exchange.items.not_in_force"
    message = "这个事项当前没有发布的版本，不能撤下。"


class ReasonMissing(ActRefused):
    code = "exchange.items.reason_missing"
    message = "请写明撤下的原因。"
