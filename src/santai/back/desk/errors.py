"""Coded failures of the desk."""

from santai.kernel.ledger.service import ActRefused


class ActUnknown(ActRefused):
    code = "back.desk.act_unknown"
    message = "这项操作现在不能办理：办件已经到了下一环节，或者您的岗位无此权限。请查看最新进展。"


class NothingChosen(ActRefused):
    code = "back.desk.nothing_chosen"
    message = "请先勾选要领取的办件。"


class ColleagueMissing(ActRefused):
    code = "back.desk.colleague_missing"
    message = "请选择接手的同事。"
