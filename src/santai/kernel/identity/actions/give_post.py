"""The system administrator gives a post and takes it back; the person's next request has the rights, or no longer has them."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from santai.kernel.identity.adapters import conflicting, require_keeper
from santai.kernel.identity.errors import EntryIncomplete, OwnAccount, PostNotGiven, PostNotHeld
from santai.kernel.identity.models import Account, PostHolding
from santai.kernel.ledger.service import Actor, record
from santai.kernel.orgs.service import UnknownPost, get_post


@transaction.atomic
def give_post(
    *,
    account: Account,
    post: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    valid_to: date | None = None,
    acting: bool = False,
) -> PostHolding:
    """Let a person hold a post from a day on.

    Raises NotKeeper, OwnAccount, EntryIncomplete, or PostNotGiven: no such post, held already, or one administrator too many in one
    person (三员分立).
    """
    require_keeper(actor)
    if actor.account == str(account.pk):
        raise OwnAccount()
    fields = {}
    if valid_from < localdate(at):
        fields["valid_from"] = "任职开始日期不能早于今天。"
    if valid_to and valid_to < valid_from:
        fields["valid_to"] = "结束日期早于开始日期。"
    if fields:
        raise EntryIncomplete(fields=fields)
    Account.objects.select_for_update().get(pk=account.pk)  # two administrators at once: one after the other
    try:
        found = get_post(post)
    except UnknownPost:
        raise _refused("没有这个岗位，请重新选择。") from None
    if found.valid_to and found.valid_to < valid_from:
        raise _refused("这个岗位已经撤销，请选择现有的岗位。")
    later = Q(valid_to=None) | Q(valid_to__gte=valid_from)
    held = list(account.holdings.filter(later).select_related("post"))
    if any(holding.post_id == post for holding in held):
        raise _refused(f"{account.name}已经担任这个岗位。")
    if conflicting([role for holding in held for role in holding.post.roles] + list(found.roles)):
        raise _refused("系统管理员、安全管理员、审计管理员须由三个人分别担任，不能由一人兼任。")
    holding, _ = PostHolding.objects.update_or_create(
        account=account,
        post=found,
        valid_from=valid_from,
        defaults={"valid_to": valid_to, "acting": acting},
        create_defaults={"valid_to": valid_to, "acting": acting, "seq": account.holdings.count()},
    )
    facts = {"post": post, "from": str(valid_from), "to": str(valid_to or ""), "acting": acting}
    record(actor=actor, act="kernel.identity.give_post", on=f"account:{account.pk}", at=at, details=facts)
    return holding


@transaction.atomic
def end_post(*, account: Account, holding: str, at_once: bool, why: str, actor: Actor, at: datetime) -> None:
    """Today is the last day, or, ``at_once``, yesterday was: the next request has no rights of this post.

    A holding that never had a full day goes altogether; the ledger keeps that it was given and taken. Raises NotKeeper, OwnAccount,
    EntryIncomplete without a reason, PostNotHeld.
    """
    require_keeper(actor)
    if actor.account == str(account.pk):
        raise OwnAccount()
    if not why.strip():
        raise EntryIncomplete(fields={"why": "请写明原因。"})
    today = localdate(at)
    found = account.holdings.select_for_update().filter(Q(valid_to=None) | Q(valid_to__gte=today), pk=holding).first()
    if found is None:
        raise PostNotHeld("这项任职已经结束。")
    last_day = today - timedelta(days=1) if at_once or found.valid_from > today else today
    if last_day < found.valid_from:
        found.delete()
    else:
        found.valid_to = last_day
        found.save(update_fields=["valid_to"])
    facts: dict[str, object] = {"post": found.post_id, "last_day": str(last_day)}
    record(actor=actor, act="kernel.identity.end_post", on=f"account:{account.pk}", at=at, why=why.strip(), details=facts)


def _refused(text: str) -> PostNotGiven:
    return PostNotGiven(text, fields={"post": text})
