"""A department answers what another one asked."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from santai.back.approvals.service import AskedOpinion, give_opinion, opinions_to_give
from santai.back.desk.errors import ActUnknown
from santai.kernel.access.service import may
from santai.kernel.ledger.service import Actor, ActRefused


def opinions_for(actor: Actor) -> QuerySet[AskedOpinion]:
    """What was asked of the acting official's department and waits; nothing for a post that neither examines nor decides."""
    allowed = any(may(actor, role) for role in ("examiner", "decider"))
    return opinions_to_give(actor.organisation) if allowed else AskedOpinion.objects.none()


def answer_opinion(*, number: str, fields: Mapping[str, str], actor: Actor, at: datetime) -> str:
    """Give it and say so. Errors: ActUnknown for one that is not this department's; those of ``give_opinion``."""
    try:
        asked = opinions_for(actor).filter(id=UUID(number)).first()
    except ValueError:
        asked = None
    if asked is None:
        raise ActUnknown()
    if fields.get("answer", "") not in ("agreed", "objected"):
        raise ActRefused("请选择同意或者不同意。", fields={"answer": "请选择同意或者不同意。"})
    give_opinion(opinion=asked, answer=fields["answer"], reason=fields.get("reason", ""), actor=actor, at=at)
    return "意见已答复。"
