"""People take posts and leave them."""

from datetime import date, datetime

from django.db import transaction

from santai.kernel.identity.models import Account, PostHolding
from santai.kernel.ledger.service import Actor, record
from santai.kernel.orgs.service import get_post


@transaction.atomic
def assign_post(
    *,
    account: Account,
    post: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    valid_to: date | None = None,
    acting: bool = False,
    delegated_from: Account | None = None,
) -> PostHolding:
    """Let a person hold a post. Who may say so is the caller's question (kernel/access: system_admin, security_admin)."""
    found = get_post(post)
    holding = PostHolding.objects.create(
        account=account,
        post=found,
        valid_from=valid_from,
        valid_to=valid_to,
        acting=acting,
        delegated_from=delegated_from,
        seq=account.holdings.count(),
    )
    record(actor=actor, act="kernel.identity.assign_post", on=f"account:{account.pk}", at=at, details={"post": post, "acting": acting})
    return holding


@transaction.atomic
def end_holding(*, account: Account, post: str, last_day: date, actor: Actor, at: datetime) -> int:
    """End every open holding of a post by a person; the next request no longer has its rights."""
    ended = account.holdings.filter(post_id=post, valid_to=None).update(valid_to=last_day)
    record(actor=actor, act="kernel.identity.end_holding", on=f"account:{account.pk}", at=at, details={"post": post})
    return ended
