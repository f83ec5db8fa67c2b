"""A resident opens an account with their own number, phone and password."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from santai.kernel.codes.service import InvalidIdentifier, check_identifier
from santai.kernel.identity.errors import LoginTaken, PersonHasAccount, RegistrationIncomplete
from santai.kernel.identity.models import Account
from santai.kernel.identity.queries import actor_for_account, find_account
from santai.kernel.ledger.service import record


@transaction.atomic
def register_account(
    *, login: str, name: str, code_kind: str, code: str, phone: str, password: str, at: datetime, email: str = ""
) -> Account:
    """Assurance level 2: told by the person, not yet compared with the population register.

    Raises RegistrationIncomplete with every wrong field at once, LoginTaken or PersonHasAccount.
    """
    account, fields = new_account(login=login, name=name, code_kind=code_kind, code=code, phone=phone, at=at)
    account.email, account.level = email, 2
    try:
        validate_password(password, account)
    except ValidationError as wrong:
        fields["password"] = " ".join(wrong.messages)
    if fields:
        raise RegistrationIncomplete(fields=fields)
    account.set_password(password)
    insert_account(account)
    record(actor=actor_for_account(account), act="kernel.identity.register_account", on=f"account:{account.pk}", at=at)
    return account


def new_account(*, login: str, name: str, code_kind: str, code: str, phone: str, at: datetime) -> tuple[Account, dict[str, str]]:
    """An account not yet kept, with its identifiers in normal form, and what is wrong with the entries by field."""
    fields: dict[str, str] = {}
    numbers = {"code": code, "phone": phone}
    for path, kind in (("code", code_kind), ("phone", "mobile")):
        try:
            numbers[path] = check_identifier(kind, numbers[path], on=localdate(at))
        except InvalidIdentifier as wrong:
            fields[path] = wrong.message
    login, name = login.strip() or numbers["phone"], name.strip()
    if len(name) < 2:
        fields["name"] = "请填写与证件一致的姓名。"
    return Account(login=login, name=name, code_kind=code_kind, code=numbers["code"], phone=numbers["phone"], created_at=at), fields


def insert_account(account: Account) -> None:
    """Keep it; LoginTaken or PersonHasAccount when somebody was there before."""
    if find_account(account.login):
        raise LoginTaken(fields={"login": LoginTaken.message})
    if Account.objects.filter(code_kind=account.code_kind, code=account.code).exists():
        raise PersonHasAccount(fields={"code": PersonHasAccount.message})
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:  # somebody was a moment faster
        raise LoginTaken(fields={"login": LoginTaken.message}) from None
