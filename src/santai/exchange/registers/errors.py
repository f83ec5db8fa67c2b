"""What the registers refuse."""

from santai.kernel.ledger.service import ActRefused


class CreditCodeTaken(ActRefused):
    code = "exchange.registers.credit_code_taken"
    message = "为这个办件预留的统一社会信用代码已经登记给另一家单位，决定没有作出。请联系数据管理员核对法人库后重试。"


class NoCodeReserved(ActRefused):
    code = "exchange.registers.no_code_reserved"
    message = "统一社会信用代码不是为这个办件预留的，决定没有作出。请刷新页面后重新决定；仍然如此时，请联系数据管理员。"


class NameRegistered(ActRefused):
    code = "exchange.registers.name_registered"
    message = "这个企业名称已有企业登记在用，不能再登记，决定没有作出。请退回审查并告知申请人更换名称，或者作出不予登记的决定并说明理由。"


class EntryUnfit(ActRefused):
    """The register cannot hold what it is told; the message names what is wrong with which entry."""

    code = "exchange.registers.entry_unfit"
    message = "登记内容有误，法人库没有收下。请退回审查环节核对申请内容。"
