"""What the pages about authority and absence show."""

from datetime import date
from typing import Any

from santai.back.approvals.service import OUTCOMES, items_of_department, mandates_of
from santai.kernel.identity.service import PostHolding, stand_ins
from santai.kernel.ledger.service import Actor
from santai.kernel.orgs.service import posts_of


def mandates_shown(actor: Actor, today: date) -> dict[str, Any]:
    """A department's letters of authority and what a new one may name."""
    posts = {one.code: one.title for one in posts_of(actor.organisation) if "chief" in one.roles}
    items = items_of_department(actor.organisation)
    names = dict(items)
    return {
        "rows": [
            {
                "mandate": one,
                "title": posts.get(one.post, one.post),
                "items": "、".join(names.get(code, code) for code in one.items),
                "outcomes": "、".join(OUTCOMES.get(word, word) for word in one.outcomes),
                "over": one.valid_to < today,
            }
            for one in mandates_of(actor.organisation)
        ],
        "posts": list(posts.items()),
        "items": items,
        "outcomes": list(OUTCOMES.items()),
    }


def absence_shown(actor: Actor, today: date) -> dict[str, Any]:
    """Who stands in for one, and for whom one stands in; colleagues to choose from."""
    holdings = PostHolding.objects.filter(post__organisation=actor.organisation, account__is_active=True, valid_from__lte=today)
    colleagues: dict[str, str] = {}
    for one in holdings.exclude(account_id=actor.account).exclude(valid_to__lt=today).select_related("account", "post").order_by("seq"):
        colleagues.setdefault(str(one.account_id), f"{one.account.name}（{one.post.title}）")
    mine = list(stand_ins(absent=actor.account, since=today))
    return {
        "colleagues": sorted(colleagues.items(), key=lambda pair: pair[1]),
        "mine": mine,
        "for_others": list(stand_ins(since=today).filter(account_id=actor.account)),
        "today": today,
    }
