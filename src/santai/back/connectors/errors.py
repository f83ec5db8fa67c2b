"""Coded failures of a connector."""

from santai.kernel.ledger.service import ActRefused


class TaskNotHere(ActRefused):
    code = "back.connectors.task_not_here"
    message = "没有找到这项任务，或者不属于您的单位。"


class AlreadyAnswered(ActRefused):
    code = "back.connectors.already_answered"
    message = "这项任务已经报送过结果。"


class TaskCalledOff(ActRefused):
    code = "back.connectors.task_called_off"
    message = "这项任务已经收回，不用再办理。"


class AnswerIncomplete(ActRefused):
    code = "back.connectors.answer_incomplete"
    message = "请填写完整后再报送。"


class OtherOfficerNeeded(ActRefused):
    code = "back.connectors.other_officer_needed"
    message = "审查与决定须由不同人员办理，请由另一名有权限的同事报送。"
