"""Every time a licence is shown to someone, that is written down."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from santai.exchange.licences.models import Licence, LicenceUse
from santai.kernel.codes.service import new_id
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def record_use(*, licences: Iterable[Licence], purpose: str, subject: str, actor: Actor, at: datetime) -> None:
    """One use a licence: who, for what purpose, in which case or draft (``subject``)."""
    uses = [
        LicenceUse(
            id=new_id(),
            licence=licence,
            at=at,
            user=actor.account,
            user_name=actor.name,
            organisation=actor.organisation,
            purpose=purpose,
            subject=subject,
        )
        for licence in licences
    ]
    LicenceUse.objects.bulk_create(uses)
    for use in uses:
        record(
            actor=actor,
            act="exchange.licences.use_licence",
            on=f"licence:{use.licence.identifier}",
            at=at,
            purpose=purpose,
            details={"subject": subject},
        )
