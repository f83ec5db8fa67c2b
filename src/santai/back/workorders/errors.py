"""Coded failures of a work order."""

from santai.kernel.ledger.service import ActRefused


class OrderNotFound(ActRefused):
    code = "back.workorders.not_found"
    message = "没有找到这张工单，或者不属于您的单位。"


class WordsMissing(ActRefused):
    code = "back.workorders.words_missing"
    message = "请写明情况。"


class PersonNamed(ActRefused):
    code = "back.workorders.person_named"
    message = "公开的答复不能写电话、证件号码、住址和姓名，请改写。"


class ContactMissing(ActRefused):
    code = "back.workorders.contact_missing"
    message = "评价人愿意接受回访，请先联系核实，再整改。"


class RectificationMissing(ActRefused):
    code = "back.workorders.rectification_missing"
    message = "还没有写明整改情况。"


class RevisitMissing(ActRefused):
    code = "back.workorders.revisit_missing"
    message = "实名差评整改后须回访评价人，回访以后才能销号。"


class StepDone(ActRefused):
    code = "back.workorders.step_done_already"
    message = "这一步已经办过，请看最新的进展。"


class ManagerIncomplete(ActRefused):
    code = "back.workorders.manager_incomplete"
    message = "还有内容要更正。"


class ManagerThere(ActRefused):
    code = "back.workorders.manager_there"
    message = "这家企业在这段时间已有客户经理；请先结束原来的，再指定新的。"


class ManagerNotFound(ActRefused):
    code = "back.workorders.manager_not_found"
    message = "没有找到这家企业，或者您现在不是它的客户经理。"
