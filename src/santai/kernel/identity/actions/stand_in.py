"""AB 角: a person names who stands in for a post they hold, from when to when."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from santai.kernel.identity.adapters import conflicting
from santai.kernel.identity.errors import EntryIncomplete, PostNotHeld
from santai.kernel.identity.models import Account, PostHolding
from santai.kernel.identity.queries import holdings_of
from santai.kernel.ledger.service import Actor, record

LONGEST_DAYS = 92


@transaction.atomic
def name_stand_in(*, deputy: str, valid_from: str, valid_to: str, why: str, actor: Actor, at: datetime) -> PostHolding:
    """The deputy, a colleague of the same body, holds the actor's post as B 角 in that time. Days are ISO, the last one included.

    Only one's own post, not one held as a stand-in: a proxy appoints no proxy. EntryIncomplete with ``fields``, PostNotHeld.
    """
    today = localdate(at)
    own = holdings_of(actor.account, today).filter(post_id=actor.post).first()
    if own is None or own.acting:
        raise PostNotHeld("您是代理这个岗位的，不能再请别人代理。" if own else "您现在没有担任这个岗位。")
    fields: dict[str, str] = {}
    begin, end = _day("valid_from", valid_from, fields), _day("valid_to", valid_to, fields)
    if begin and begin < today:
        fields["valid_from"] = "开始日期不能早于今天。"
    if begin and end and end < begin:
        fields["valid_to"] = "结束日期早于开始日期。"
    elif begin and end and (end - begin).days > LONGEST_DAYS:
        fields["valid_to"] = f"一次最长 {LONGEST_DAYS} 天；长期变动请由系统管理员调整岗位。"
    if len(why.strip()) < 2:
        fields["why"] = "请写明原因，例如：年休假、培训。"
    account = _colleague(deputy, actor, own, today)
    if account is None:
        fields["deputy"] = "请选择本单位的同事。"
    elif begin and end:
        _free(account, own, begin, end, fields)
    if fields or begin is None or end is None or account is None:
        raise EntryIncomplete(fields=fields)
    holding = PostHolding.objects.create(
        account=account, post_id=own.post_id, valid_from=begin, valid_to=end, acting=True, delegated_from_id=own.account_id,
        seq=account.holdings.count(),
    )  # fmt: skip
    record(
        actor=actor, act="kernel.identity.name_stand_in", on=f"account:{account.pk}", at=at, why=why.strip(),
        details={"post": own.post_id, "for": str(own.account_id), "from": str(begin), "to": str(end)},
    )  # fmt: skip
    return holding


@transaction.atomic
def end_stand_in(*, holding: UUID | str, actor: Actor, at: datetime) -> PostHolding:
    """Back earlier than planned: the deputy's rights end with yesterday, or never begin. PostNotHeld when it is not one's own."""
    today = localdate(at)
    mine = PostHolding.objects.select_for_update(of=("self",)).filter(acting=True, delegated_from_id=UUID(actor.account))
    found = mine.filter(Q(valid_to=None) | Q(valid_to__gte=today), pk=holding).select_related("account", "post").first()
    if found is None:
        raise PostNotHeld("没有这项代理，或者已经结束。")
    if found.valid_from >= today:
        found.delete()
    else:
        found.valid_to = today - timedelta(days=1)
        found.save(update_fields=["valid_to"])
    record(actor=actor, act="kernel.identity.end_stand_in", on=f"account:{found.account_id}", at=at, details={"post": found.post_id})
    return found


def _colleague(deputy: str, actor: Actor, own: PostHolding, today: date) -> Account | None:
    try:
        found = holdings_of(deputy, today).filter(post__organisation=own.post.organisation, account__is_active=True).first()
    except ValueError:
        return None
    return found.account if found and str(found.account_id) != actor.account else None


def _free(account: Account, own: PostHolding, begin: date, end: date, fields: dict[str, str]) -> None:
    overlapping = account.holdings.filter(Q(valid_to=None) | Q(valid_to__gte=begin), valid_from__lte=end).select_related("post")
    if any(one.post_id == own.post_id for one in overlapping):
        fields["deputy"] = f"{account.name}这段时间已经担任或者代理这个岗位。"
    elif conflicting([role for one in overlapping for role in one.post.roles] + list(own.post.roles)):
        fields["deputy"] = "系统管理员、安全管理员、审计管理员不能由一人兼任。"


def _day(field: str, text: str, fields: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        fields[field] = "请填写日期。"
        return None
