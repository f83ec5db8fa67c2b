"""What a clock refuses, in words for the official who tried."""

from santai.kernel.ledger.service import ActRefused


class UnknownRule(ActRefused):
    code = "kernel.clocks.unknown_rule"
    message = "没有这条时限规则。请先在“时限规则”中登记它，或检查事项引用的规则代码。"


class BadRule(ActRefused):
    code = "kernel.clocks.bad_rule"
    message = "时限规则的内容不完整，请按提示修改。"


class UnknownClock(ActRefused):
    code = "kernel.clocks.unknown_clock"
    message = "找不到这个时限。链接可能不完整，请从办件页面重新打开。"


class ClockNotRunning(ActRefused):
    code = "kernel.clocks.not_running"
    message = "这个时限现在没有在计时，不能进行这项操作。请刷新页面查看最新状态。"


class ClockNotStopped(ActRefused):
    code = "kernel.clocks.not_stopped"
    message = "这个时限没有停止计时，不需要恢复。请刷新页面查看最新状态。"


class UnlawfulStop(ActRefused):
    """``facts["lawful"]``: the causes for which this clock may stop; empty when it never stops."""

    code = "kernel.clocks.unlawful_stop"
    message = "法律没有允许因这个原因停止计时。请继续办理；确需更多时间的，可以依法申请延长。"


class UnlawfulRestart(ActRefused):
    code = "kernel.clocks.unlawful_restart"
    message = "这条规则不允许因这个原因重新计时。"


class ExtensionRefused(ActRefused):
    """``facts["why"]``: no_extension_in_law, approver_rank, once_only or over_limit."""

    code = "kernel.clocks.extension_refused"
    message = "这个时限不能这样延长。"


class ReasonMissing(ActRefused):
    code = "kernel.clocks.reason_missing"
    message = "请写明理由。"


class OutOfOrder(ActRefused):
    code = "kernel.clocks.out_of_order"
    message = "填写的时间早于这个时限上一次变动的时间，请核对。"


class NotAllowedHere(ActRefused):
    code = "kernel.clocks.not_allowed"
    message = "您当前的岗位不能修改工作日历。需要修改时，请联系事项管理员或系统管理员。"


class BadDay(ActRefused):
    code = "kernel.clocks.bad_day"
    message = "这一天的填写有误，请按提示修改。"


class DemoOnly(ActRefused):
    code = "kernel.clocks.demo_only"
    message = "只有演示城市可以快进时间。"
