"""What may not be charged, waived or paid back."""

from santai.kernel.ledger.service import ActRefused


class FeeNoBasis(ActRefused):
    code = "back.fees.no_basis"
    message = (
        "这项收费没有依据，不能收：实施行政许可不得收费，法律、行政法规另有规定的除外（行政许可法第五十八条）；收费项目必须在事项中公布。"
    )


class FeeOverStandard(ActRefused):
    code = "back.fees.over_standard"
    message = "金额超过公布的收费标准，不能收（行政许可法第五十九条）。"


class FeeExempt(ActRefused):
    code = "back.fees.exempt"
    message = "按收费规则，这件申请免收这项费用。"


class AlreadyCharged(ActRefused):
    code = "back.fees.already_charged"
    message = "这项费用已经开过缴款通知。"


class CaseEndedOtherwise(ActRefused):
    code = "back.fees.case_ended"
    message = "这件申请没有受理或者已经撤回、终止，不能再收费。"


class ChargeNotFound(ActRefused):
    code = "back.fees.charge_not_found"
    message = "没有找到这笔收费。"


class NotOwed(ActRefused):
    code = "back.fees.not_owed"
    message = "这笔费用已经缴纳、减免或者撤销，请刷新后查看。已经缴纳的，请用退费。"


class NotPaid(ActRefused):
    code = "back.fees.not_paid"
    message = "这笔费用还没有缴纳，没有可退的钱。"


class AmountWrong(ActRefused):
    code = "back.fees.amount_wrong"
    message = "请核对金额。"


class ReasonMissing(ActRefused):
    code = "back.fees.reason_missing"
    message = "请写明理由。"
