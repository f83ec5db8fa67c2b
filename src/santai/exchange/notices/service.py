"""The door of notices: tell someone something, verification codes, the operator's list."""

from santai.exchange.notices.actions.codes import check_code, send_code
from santai.exchange.notices.actions.from_bus import give_wanted
from santai.exchange.notices.actions.give_notice import give_notice
from santai.exchange.notices.actions.install_letters import check_letters, install_letters
from santai.exchange.notices.actions.send_due import SWEEP as SEND_SWEEP
from santai.exchange.notices.actions.send_due import retry_sending, send_due
from santai.exchange.notices.errors import NothingToRetry, TooManyCodes, UnknownTemplate
from santai.exchange.notices.queries import counts, sendings

__all__ = [
    "SEND_SWEEP",
    "NothingToRetry",
    "TooManyCodes",
    "UnknownTemplate",
    "check_code",
    "check_letters",
    "counts",
    "give_notice",
    "give_wanted",
    "install_letters",
    "retry_sending",
    "send_code",
    "send_due",
    "sendings",
]
