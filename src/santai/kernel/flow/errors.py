"""What a person or a programmer may be told when an act on a process cannot happen."""

from santai.kernel.ledger.service import ActRefused


class ProcessRefused(ActRefused):
    """A process or decision file that may not be deployed; ``problems`` names every element and what is wrong with it."""

    code = "kernel.flow.process_refused"
    message = "流程文件不符合要求，请按所列问题修改后重新部署。"


class UnknownProcess(ActRefused):
    code = "kernel.flow.unknown_process"
    message = "没有部署这个流程，请先安装含有该流程的应用包。"


class VersionIsFixed(ActRefused):
    code = "kernel.flow.version_is_fixed"
    message = "这个流程版本已经部署，内容不能再改；请用新的版本号部署。"


class AlreadyRunning(ActRefused):
    code = "kernel.flow.already_running"
    message = "这件事项的流程已经在运行，不能重复启动。"


class NotRunning(ActRefused):
    code = "kernel.flow.not_running"
    message = "这件事项没有正在运行的流程，请刷新页面查看最新状态。"


class NotWaiting(ActRefused):
    code = "kernel.flow.not_waiting"
    message = "流程现在不在等待这件事，请刷新页面查看当前环节。"


class UnknownTask(ActRefused):
    code = "kernel.flow.unknown_task"
    message = "没有找到这项任务，请返回待办列表重新选择。"


class TaskAlreadyDone(ActRefused):
    code = "kernel.flow.task_already_done"
    message = "这项任务已经办理完毕，请刷新页面查看结果。"


class TaskCancelled(ActRefused):
    code = "kernel.flow.task_cancelled"
    message = "这项任务已经取消，无需再办；请刷新页面查看原因。"


class TaskTaken(ActRefused):
    code = "kernel.flow.task_taken"
    message = "这项任务已由他人领取，请联系领取人转交后再办。"


class NotYourTask(ActRefused):
    code = "kernel.flow.not_your_task"
    message = "这项任务属于其他部门，您不能办理；如有误，请联系该部门。"


class SameOfficer(ActRefused):
    code = "kernel.flow.same_officer"
    message = "审核与决定须由不同人员办理，请转交其他人员。"


class UnknownOutcome(ActRefused):
    code = "kernel.flow.unknown_outcome"
    message = "请选择本环节列出的一种办理结果。"


class DataRefused(ActRefused):
    code = "kernel.flow.data_refused"
    message = "流程数据只能是简单的文字、数字、是否、列表和字典。"


class ConditionFailed(ActRefused):
    code = "kernel.flow.condition_failed"
    message = "流程条件无法判断，请联系事项管理员检查流程文件。"


class UnknownDecision(ActRefused):
    code = "kernel.flow.unknown_decision"
    message = "没有部署这张决策表，请先安装含有该决策表的应用包。"
