"""Write one act into the record."""

import hashlib
import json
from datetime import datetime

from santai.kernel.codes.service import new_id
from santai.kernel.ledger.messages import Actor
from santai.kernel.ledger.models import Entry


def record(
    *,
    actor: Actor,
    act: str,
    on: str,
    at: datetime,
    why: str = "",
    purpose: str = "",
    details: dict[str, object] | None = None,
) -> None:
    """Append an entry inside the caller's transaction; it is kept exactly when the act is kept.

    ``act`` is ``<domain>.<room>.<verb>`` (``back.approvals.accept_application``), ``on`` a reference such as ``case:BJ20260209000001``.
    ``details`` holds digests and plain facts, never form content or full identifiers (house.md rule 8).
    """
    facts = details or {}
    Entry.objects.create(
        id=new_id(),
        at=at,
        act=act,
        on=on,
        account=actor.account,
        name=actor.name,
        post=actor.post,
        organisation=actor.organisation,
        represents=actor.represents.name if actor.represents else "",
        why=why,
        purpose=purpose,
        digest=hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest() if facts else "",
        details=facts,
    )
