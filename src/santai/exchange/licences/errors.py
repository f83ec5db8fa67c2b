"""What may not happen to a licence."""

from santai.kernel.ledger.service import ActRefused


class UnknownLicenceType(ActRefused):
    code = "exchange.licences.unknown_type"
    message = "没有这种证照类型，请先安装包含它的应用包。"


class LicenceNotFound(ActRefused):
    code = "exchange.licences.not_found"
    message = "没有找到这张证照，请核对编号。"


class LicenceNotValid(ActRefused):
    code = "exchange.licences.not_valid"
    message = "这张证照已经不是有效状态，不能再变更或注销。"


class NotTheIssuer(ActRefused):
    code = "exchange.licences.not_the_issuer"
    message = "只有颁发机构有决定权的岗位可以变更、暂扣或注销这张证照。"


class ReasonMissing(ActRefused):
    code = "exchange.licences.reason_missing"
    message = "请写明理由，持证人会看到它。"


class FieldMissing(ActRefused):
    code = "exchange.licences.field_missing"
    message = "证照缺少必填的内容，不能颁发。"


class NotChangeable(ActRefused):
    code = "exchange.licences.not_changeable"
    message = "不能把证照改为这个状态。"
