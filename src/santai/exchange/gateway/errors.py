"""Refusals of the gateway."""

from santai.kernel.ledger.service import ActRefused


class Unavailable(ActRefused):
    """The answer cannot be had now; go on without it or try later."""

    code = "exchange.gateway.unavailable"
    message = "相关数据暂时查询不到，您可以稍后再试，或者自行填写并上传材料。"


class Deferred(Unavailable):
    """The question is kept and will be asked; its answer comes to ``answers_for``."""

    code = "exchange.gateway.deferred"
    message = "数据交换暂时不通。查询已经登记，恢复后自动查询，结果会显示在这里，不用再次提交。"


class PurposeMissing(ActRefused):
    code = "exchange.gateway.purpose_missing"
    message = "查询必须写明用途和所办的事项（办件、草稿或职责）。"


class NotGranted(ActRefused):
    code = "exchange.gateway.not_granted"
    message = "没有授权为这一用途查询这类数据。需要时请向数据管理员申请。"


class TooManyAsks(ActRefused):
    code = "exchange.gateway.too_many_asks"
    message = "查询过于频繁，请稍候一分钟再试。"


class ProviderRefused(ActRefused):
    """The provider in another zone refused; ``code`` and ``message`` are the provider's own."""

    def __init__(self, code: str, message: str, *, fields: dict[str, str] | None = None) -> None:
        super().__init__(message, fields=fields)
        self.code = code
