"""What the registers refuse."""

from santai.kernel.ledger.service import ActRefused


class CreditCodeTaken(ActRefused):
    code = "exchange.registers.credit_code_taken"
    message = "这个统一社会信用代码已经登记给另一家单位。"


class NoCodeReserved(ActRefused):
    code = "exchange.registers.no_code_reserved"
    message = "统一社会信用代码不是为这个办件预留的，不能登记。"


class NameRegistered(ActRefused):
    code = "exchange.registers.name_registered"
    message = "这个企业名称已有企业登记在用，不能再登记。请告知申请人更换名称，或者作出不予登记的决定并说明理由。"
