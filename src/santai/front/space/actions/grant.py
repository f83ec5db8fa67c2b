"""Give an agent authority for the firm one represents; take authority back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from santai.front.space.errors import GrantIncomplete, NotForAFirm
from santai.front.space.queries import firm_items
from santai.kernel.codes.service import InvalidIdentifier, check_identifier
from santai.kernel.identity.service import Authorisation, find_account_of_person, grant_authorisation, revoke_authorisation
from santai.kernel.ledger.service import Actor, Party

LONGEST = timedelta(days=5 * 366)


@transaction.atomic
def grant(
    *,
    party: Party,
    name: str,
    code_kind: str,
    code: str,
    items: Sequence[str],
    valid_from: date | None,
    valid_to: date | None,
    evidence: str,
    only_some: bool = False,
    actor: Actor,
    at: datetime,
) -> Authorisation:
    """Authority for the person of this name and number, when they have an account.

    ``items``: item codes; empty: every item, unless ``only_some`` says that a choice was meant.
    Errors: NotForAFirm, GrantIncomplete (``fields``), identity's AuthorisationTooNarrow and its
    kin when the actor is not the firm's legal representative (any longer).
    """
    if party.kind != "organisation":
        raise NotForAFirm()
    today = localdate(at)
    problems: dict[str, str] = {}
    if not name.strip():
        problems["name"] = "请填写被授权人的姓名。"
    try:
        code = check_identifier(code_kind, code)
    except InvalidIdentifier as wrong:
        problems["code"] = wrong.message if code.strip() else "请填写证件号码。"
    if valid_from is None:
        problems["valid_from"] = "请选择从哪一天起。"
    elif valid_from < today:
        problems["valid_from"] = "开始日期不能早于今天。"
    if valid_to is None:
        problems["valid_to"] = "请选择到哪一天止。授权必须有期限。"
    elif valid_from and valid_to < valid_from:
        problems["valid_to"] = "结束日期不能早于开始日期。"
    elif valid_from and valid_to - valid_from > LONGEST:
        problems["valid_to"] = "一次授权最长五年，到期后可以再授权。"
    if not evidence.strip():
        problems["evidence"] = "请填写授权依据，如授权委托书的文号和日期。"
    if only_some and not items:
        problems["items"] = "请至少选一个事项，或者改选全部事项。"
    known = {entry["code"] for entry in firm_items()}
    if set(items) - known:
        problems["items"] = "有的事项已经不再提供，请重新选择。"
    grantee = None
    if "name" not in problems and "code" not in problems:
        grantee = find_account_of_person(code_kind, code)
        if grantee is None or grantee.name != name.strip():  # the same words, so that numbers cannot be tried out
            problems["code"] = "没有找到姓名和证件号码都相符的账号。请核对，或请对方先注册。"
        elif str(grantee.pk) == actor.account:
            problems["code"] = "您本人就是法定代表人，不需要给自己授权。"
    if problems or grantee is None or valid_from is None:
        raise GrantIncomplete(fields=problems)
    return grant_authorisation(
        grantor_code=party.code,
        grantor_name=party.name,
        grantee=grantee,
        valid_from=valid_from,
        valid_to=valid_to,
        evidence=evidence.strip(),
        items=tuple(items),
        actor=actor,
        at=at,
    )


@transaction.atomic
def revoke(*, authorisation: UUID, actor: Actor, at: datetime) -> Authorisation:
    """End an authority at once: the firm's legal representative, or the agent. Identity's refusals."""
    return revoke_authorisation(authorisation=authorisation, why="在我的空间撤回", actor=actor, at=at)
