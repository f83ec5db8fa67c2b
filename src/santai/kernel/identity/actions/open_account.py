"""The system administrator opens the account of an official, with the first post."""

from datetime import date, datetime

from django.db import transaction

from santai.kernel.identity.actions.first_password import first_password
from santai.kernel.identity.actions.give_post import give_post
from santai.kernel.identity.actions.register_account import insert_account, new_account
from santai.kernel.identity.adapters import require_keeper
from santai.kernel.identity.errors import EntryIncomplete, PersonHasAccount
from santai.kernel.identity.models import Account
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def open_account(
    *,
    login: str,
    name: str,
    code_kind: str,
    code: str,
    phone: str,
    post: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    valid_to: date | None = None,
    acting: bool = False,
) -> tuple[Account, str]:
    """The account and its first password, which is kept nowhere else and has to be changed at the first sign-in.

    Raises NotKeeper, EntryIncomplete with every wrong field, LoginTaken, PersonHasAccount, or what ``give_post`` refuses.
    """
    require_keeper(actor)
    account, fields = new_account(login=login, name=name, code_kind=code_kind, code=code, phone=phone, at=at)
    if not login.strip():
        fields["login"] = "请填写登录名。"
    if not post:
        fields["post"] = "请选择岗位。"
    if fields:
        raise EntryIncomplete(fields=fields)
    password = first_password()
    account.level, account.must_change_password = 5, True  # the administrator has seen the document
    account.set_password(password)
    try:
        insert_account(account)
    except PersonHasAccount:
        text = "这个证件号码已有账号。请在账号列表中按证件号码查到它，直接授予岗位。"
        raise PersonHasAccount(text, fields={"code": text}) from None
    record(actor=actor, act="kernel.identity.open_account", on=f"account:{account.pk}", at=at, details={"login": account.login})
    give_post(account=account, post=post, valid_from=valid_from, valid_to=valid_to, acting=acting, actor=actor, at=at)
    return account, password
