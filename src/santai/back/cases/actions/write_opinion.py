"""Keep an officer's opinion on a step."""

from datetime import datetime

from santai.back.cases.models import Opinion, SubCase
from santai.kernel.ledger.service import Actor, append


def write_opinion(*, sub_case: SubCase, step: str, result: str, text: str, actor: Actor, at: datetime) -> Opinion:
    """Append inside the caller's transaction."""
    opinion = Opinion(sub_case=sub_case, step=step, result=result, text=text, by_name=actor.name, by_post=actor.post_title, at=at)
    append(opinion)
    return opinion
