"""Reading who somebody is, which posts they hold and for whom they may act."""

from contextvars import ContextVar
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from santai.kernel.identity.adapters import require_keeper
from santai.kernel.identity.errors import (
    AccountUnknown,
    AuthorisationExpired,
    AuthorisationMissing,
    AuthorisationNotYet,
    AuthorisationRevoked,
    AuthorisationTooNarrow,
    PostNotHeld,
)
from santai.kernel.identity.messages import AccountPage, AccountWish, Capacity, PersonaRow
from santai.kernel.identity.models import Account, Authorisation, Persona, PostHolding
from santai.kernel.ledger.service import Actor, Party, entries_on
from santai.kernel.orgs.service import Post

# The holding in use during one request, so that asking for rights many times costs one query. Unset outside of requests.
holdings_in_use: ContextVar[dict[tuple[str, str], PostHolding | None] | None] = ContextVar("holdings_in_use", default=None)


def get_account(account: UUID | str) -> Account:
    """The account by its public id; Account.DoesNotExist otherwise."""
    return Account.objects.get(pk=account)


def find_account(login: str) -> Account | None:
    return Account.objects.filter(login__iexact=login.strip()).first()


def find_account_of_person(code_kind: str, code: str) -> Account | None:
    """The account of a natural person by a normal-form identifier (for invitations to co-sign)."""
    return Account.objects.filter(code_kind=code_kind, code=code, is_active=True).first() if code else None


def holdings_of(account: Account | UUID | str, on: date) -> QuerySet[PostHolding]:
    """Posts held on a day, the one a session starts with first, with post, organisation and regions."""
    return (
        PostHolding.objects.filter(account=_key(account), valid_from__lte=on)
        .filter(Q(valid_to=None) | Q(valid_to__gte=on), Q(post__valid_to=None) | Q(post__valid_to__gte=on))
        .select_related("post", "post__organisation", "post__organisation__region", "post__region", "delegated_from")
    )


def holding_in_use(account: str, post: str, on: date) -> PostHolding | None:
    """The valid holding of a post by an account, read once a request."""
    cache = holdings_in_use.get()
    key = (account, post)
    if cache is not None and key in cache:
        return cache[key]
    try:
        UUID(account)
    except ValueError:
        return None
    found = holdings_of(account, on).filter(post_id=post, account__is_active=True).first()
    if cache is not None:
        cache[key] = found
    return found


def holders_of_role(role: str, *, organisation: str, on: date) -> QuerySet[PostHolding]:
    """Who may do this role's work in one organisation on a day (candidates for a task or a transfer)."""
    return (
        PostHolding.objects.filter(
            post__organisation_id=organisation, post__roles__contains=[role], valid_from__lte=on, account__is_active=True
        )
        .filter(Q(valid_to=None) | Q(valid_to__gte=on), Q(post__valid_to=None) | Q(post__valid_to__gte=on))
        .select_related("account", "post", "post__organisation")
    )


def holders_in(organisation: str, *, on: date) -> QuerySet[PostHolding]:
    """Everybody who works in one organisation on a day, once a post, by name."""
    return (
        PostHolding.objects.filter(post__organisation_id=organisation, valid_from__lte=on, account__is_active=True)
        .filter(Q(valid_to=None) | Q(valid_to__gte=on), Q(post__valid_to=None) | Q(post__valid_to__gte=on))
        .select_related("account", "post")
        .order_by("account__name", "post__title")
    )


def stand_ins(*, absent: str = "", on: date | None = None, since: date | None = None) -> QuerySet[PostHolding]:
    """Posts held in somebody's place: of one absent person, running on a day, or ended no earlier than ``since``."""
    found = PostHolding.objects.filter(acting=True).exclude(delegated_from=None)
    if absent:
        found = found.filter(delegated_from_id=_key(absent))
    if on:
        found = found.filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gte=on))
    if since:
        found = found.filter(Q(valid_to=None) | Q(valid_to__gte=since))
    return found.select_related("account", "post", "post__organisation", "delegated_from").order_by("-valid_from", "id")


def person_of(account: Account) -> Party:
    """The account's holder as a party."""
    return Party(kind="person", code_kind=account.code_kind, code=account.code, name=account.name, phone=account.phone)


def actor_for_account(
    account: Account, post: str | PostHolding | None = None, represents: Party | None = None, *, on: date | None = None
) -> Actor:
    """Who acts and in which capacity, as a value.

    ``post``: the code of a post that the account holds (on the day ``on``, when given; PostNotHeld otherwise), or the holding itself.
    """
    if isinstance(post, str) and post:
        held = PostHolding.objects.filter(account=account, post_id=post) if on is None else holdings_of(account, on).filter(post_id=post)
        holding = held.select_related("post", "post__organisation").first()
        if holding is None:
            raise PostNotHeld(post=post)
    else:
        holding = post or None
    if holding is None:
        return Actor(kind="person", account=str(account.pk), name=account.name, person_code=account.code, represents=represents)
    organisation = holding.post.organisation
    return Actor(
        kind="official",
        account=str(account.pk),
        name=account.name,
        person_code=account.code,
        post=holding.post_id,
        post_title=holding.post.title + ("（代理）" if holding.acting else ""),
        organisation=organisation.code,
        organisation_name=organisation.short_name or organisation.name,
    )


def authorisations_of(account: Account | UUID | str) -> QuerySet[Authorisation]:
    """Every authority given to an account, also past ones."""
    return Authorisation.objects.filter(grantee=_key(account))


def authorisations_by(grantor_code: str) -> QuerySet[Authorisation]:
    """Every authority a firm gave, also past ones, with the persons."""
    return Authorisation.objects.filter(grantor_code=grantor_code).select_related("grantee")


def why_not(authorisation: Authorisation, *, on: date, item_code: str = "") -> type[Exception] | None:
    """The refusal that stands against using an authority on a day for an item; ``None``: it holds."""
    if authorisation.revoked_at:
        return AuthorisationRevoked
    if authorisation.valid_from > on:
        return AuthorisationNotYet
    if authorisation.valid_to and authorisation.valid_to < on:
        return AuthorisationExpired
    if item_code and authorisation.items and item_code not in authorisation.items:
        return AuthorisationTooNarrow
    return None


def may_act_for(*, account: Account | UUID | str, company_code: str, item_code: str = "", on: date) -> Authorisation:
    """The authority by which an account may act for a firm on a day, for an item (empty: any).

    Raises AuthorisationMissing, or the nearest reason: too narrow, not yet, expired, revoked (in this order of nearness).
    """
    reasons: list[type[Exception]] = []
    for authorisation in authorisations_of(account).filter(grantor_code=company_code):
        reason = why_not(authorisation, on=on, item_code=item_code)
        if reason is None:
            return authorisation
        reasons.append(reason)
    for reason in (AuthorisationTooNarrow, AuthorisationNotYet, AuthorisationExpired, AuthorisationRevoked):
        if reason in reasons:
            raise reason(company=company_code)
    raise AuthorisationMissing(company=company_code)


def items_entrusted(*, account: Account | UUID | str, company_code: str, on: date) -> frozenset[str] | None:
    """Which items of a firm an account may see on a day: ``None`` for all, empty for nothing."""
    codes: set[str] = set()
    for authorisation in authorisations_of(account).filter(grantor_code=company_code):
        if why_not(authorisation, on=on) is not None:
            continue
        if authorisation.capacity == "legal_representative" or not authorisation.items:
            return None
        codes.update(authorisation.items)
    return frozenset(codes)


def grantor_of(authorisation: Authorisation) -> Party:
    """The firm or person acted for, as a party."""
    kind = "organisation" if authorisation.grantor_kind == "credit-code" else "person"
    return Party(kind=kind, code_kind=authorisation.grantor_kind, code=authorisation.grantor_code, name=authorisation.grantor_name)  # type: ignore[arg-type]


def companies_of(account: Account | UUID | str, on: date) -> list[Party]:
    """The firms an account may act for on a day, each once."""
    found = {
        authorisation.grantor_code: grantor_of(authorisation)
        for authorisation in authorisations_of(account)
        if why_not(authorisation, on=on) is None
    }
    return list(found.values())


def capacities_of(account: Account, on: date) -> list[Capacity]:
    """Every way in which the person may act, as the switching page lists them; authority that no longer holds is shown with its reason."""
    found = [Capacity(key="self", title=account.name, detail="以个人身份")]
    for holding in holdings_of(account, on):
        note = "代理" if holding.acting else ""
        if holding.delegated_from:
            note = f"{holding.delegated_from.name} 委托" + ("，代理" if holding.acting else "")
        found.append(Capacity(key=f"post:{holding.post_id}", title=holding.post.title, detail=holding.post.organisation.name, note=note))
    for authorisation in authorisations_of(account):
        reason = why_not(authorisation, on=on)
        items = f"{len(authorisation.items)} 个事项" if authorisation.items else "全部事项"
        until = f"有效期至 {authorisation.valid_to:%Y-%m-%d}" if authorisation.valid_to else "长期有效"
        found.append(
            Capacity(
                key=f"for:{authorisation.pk}",
                title=authorisation.grantor_name,
                detail=f"{authorisation.get_capacity_display()} · {items} · {until}",
                note=reason.message if reason else "",  # type: ignore[attr-defined]
                usable=reason is None,
            )
        )
    return found


def demo_personas() -> list[PersonaRow]:
    """The sign-in table of the demonstration; empty anywhere else."""
    if not settings.DEMO:
        return []
    rows = Persona.objects.select_related("account").filter(account__is_active=True)
    return [
        PersonaRow(login=row.account.login, name=row.account.name, group=row.group, role=row.role_title, what=row.role_title, hint=row.hint)
        for row in rows
    ]


def _key(account: Account | UUID | str) -> UUID:
    """The public id, from whatever names the account. ValueError for a text that is none."""
    if isinstance(account, Account):
        return account.pk
    return account if isinstance(account, UUID) else UUID(account)


def chosen(account: Account, choice: dict[str, Any], on: date) -> tuple[Actor, Party]:
    """What a session's choice (``{"post": …}`` or ``{"for": …}``) means today; what no longer holds falls back to oneself."""
    self_ = person_of(account)
    if post := choice.get("post"):
        holding = holding_in_use(str(account.pk), post, on)
        if holding:
            return actor_for_account(account, holding), self_
    if pk := choice.get("for"):
        authorisation = Authorisation.objects.filter(pk=pk, grantee=account).first()
        if authorisation and why_not(authorisation, on=on) is None:
            party = grantor_of(authorisation)
            return actor_for_account(account, represents=party), party
    return actor_for_account(account), self_


# -- keeping accounts --------------------------------------------------------------------------------------------------------------

ROWS = 50  # accounts on one page of the list
# what an account's page tells of its past; who signed in from where is the audit administrator's business
KEPT_ACTS = {
    "kernel.identity.register_account": "本人注册",
    "kernel.identity.open_account": "开立账号",
    "kernel.identity.give_post": "授予岗位",
    "kernel.identity.end_post": "结束任职",
    "kernel.identity.reset_password": "重设密码",
    "kernel.identity.change_password": "本人修改密码",
    "kernel.identity.disable_account": "停用账号",
    "kernel.identity.enable_account": "恢复账号",
}


def access_account(*, account: UUID | str, actor: Actor | None) -> Account:
    """An account for those who keep accounts. NotKeeper, or AccountUnknown."""
    require_keeper(actor)
    found = Account.objects.filter(pk=account).first()
    if found is None:
        raise AccountUnknown()
    return found


def list_accounts(wish: AccountWish, *, actor: Actor | None, on: date) -> AccountPage:
    """One page of accounts by login, with the posts held on a day; two queries. NotKeeper for anybody else.

    Officials are found by any part of name or login, by body and state. Residents are not listed: one finds an account of theirs only by
    the whole login, number or phone, as somebody stands at the counter who asks for it.
    """
    require_keeper(actor)
    found = Account.objects.all()
    works = Q(pk__in=PostHolding.objects.values("account"))
    if words := wish.words.strip():
        part = Q(name__icontains=words) | Q(login__icontains=words)
        found = found.filter((works & part) | Q(login__iexact=words) | Q(code=words.upper()) & ~Q(code="") | Q(phone=words) & ~Q(phone=""))
    else:
        found = found.filter(works)
    if wish.organisation:
        found = found.filter(pk__in=_held_on(on).filter(post__organisation_id=wish.organisation).values("account"))
    if wish.state == "disabled":
        found = found.filter(is_active=False)
    elif wish.state == "posted":
        found = found.filter(pk__in=_held_on(on).values("account"), is_active=True)
    elif wish.state == "idle":
        found = found.exclude(pk__in=_held_on(on).values("account")).filter(is_active=True)
    back = bool(wish.before) and not wish.after
    if back:
        found = found.filter(login__lt=wish.before)
    elif wish.after:
        found = found.filter(login__gt=wish.after)
    held = Prefetch("holdings", queryset=_held_on(on).select_related("post", "post__organisation"), to_attr="held")
    rows = list(found.order_by("-login" if back else "login").prefetch_related(held)[: ROWS + 1])
    more = len(rows) > ROWS
    rows = rows[:ROWS][::-1] if back else rows[:ROWS]
    first, last = (rows[0].login, rows[-1].login) if rows else ("", "")
    return AccountPage(rows=rows, before=first if (more if back else wish.after) else "", after=last if back or more else "")


def holdings_ever(account: Account) -> QuerySet[PostHolding]:
    """Every post the account holds, held or will hold, the latest first."""
    return account.holdings.select_related("post", "post__organisation", "delegated_from").order_by("-valid_from", "seq")


def past_of(account: Account) -> list[dict[str, Any]]:
    """What was done to the account, the latest first, in words."""
    entries = entries_on(f"account:{account.pk}").filter(act__in=KEPT_ACTS).order_by("-at", "-id")[:30]
    posts = {str(entry.details.get("post", "")) for entry in entries} - {""}
    titles = {
        post.code: f"{post.organisation.name} {post.title}" for post in Post.objects.filter(code__in=posts).select_related("organisation")
    }
    return [
        {
            "at": entry.at,
            "text": KEPT_ACTS[entry.act],
            "by": entry.name,
            "more": "；".join(part for part in (titles.get(str(entry.details.get("post", "")), ""), entry.why) if part),
        }
        for entry in entries
    ]


def _held_on(on: date) -> QuerySet[PostHolding]:
    return PostHolding.objects.filter(valid_from__lte=on).filter(
        Q(valid_to=None) | Q(valid_to__gte=on), Q(post__valid_to=None) | Q(post__valid_to__gte=on)
    )
