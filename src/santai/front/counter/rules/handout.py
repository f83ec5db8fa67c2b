"""When a result is handed out, to whom, and when the applicant is reminded. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

RELATIONS = {"self": "本人", "legal": "法定代表人", "agent": "受委托的代理人", "family": "家属（持委托书）"}
NEEDS_PAPER = frozenset({"agent", "family"})
REMIND_AFTER = (3, 10, 30)  # days after the result was ready; local practice
HANDED_OVER = frozenset({"acceptance", "not_accepted", "granted", "refused", "recorded", "correction", "terminated", "lapsed", "withdrawn"})


def reminders_due(ready_at: datetime, told: int, at: datetime) -> bool:
    """Is the next reminder due? After the last one, the window calls by hand."""
    return told < len(REMIND_AFTER) and at >= ready_at + timedelta(days=REMIND_AFTER[told])


def next_channel(tries: Sequence[tuple[str, bool]]) -> str:
    """What comes next when the message failed: a recorded call, then post; empty when somebody was reached or the post is under way."""
    if any(reached for _channel, reached in tries) or any(channel == "post" for channel, _reached in tries):
        return ""
    return "post" if any(channel == "call" for channel, _reached in tries) else "call"
