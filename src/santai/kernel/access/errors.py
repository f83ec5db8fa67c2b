"""Refusals for want of a right."""

from santai.kernel.ledger.service import ActRefused


class NotAllowed(ActRefused):
    """``facts`` name the role that was needed and the organisation; the message never says what the thing asked for is."""

    code = "kernel.access.not_allowed"
    message = "您现在的岗位没有办理这项工作的权限。如果您还担任其他岗位，请先切换身份。"
