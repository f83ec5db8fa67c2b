"""A person changes their own password."""

from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from santai.kernel.identity.actions.count_attempts import attempt_keys, count_failures, forget_failures, require_patience
from santai.kernel.identity.errors import PasswordRefused
from santai.kernel.identity.models import Account
from santai.kernel.identity.queries import actor_for_account
from santai.kernel.ledger.service import record


def change_password(*, account: Account, current: str, password: str, source: str, at: datetime) -> Account:
    """With the present password, so that a screen left open gives nobody the account. Every other session ends with the old password.

    Raises TooManyAttempts, or PasswordRefused with the field. A wrong present password counts as a failed sign-in and is on record
    before the refusal is raised, so this verb holds two transactions of its own.
    """
    keys = attempt_keys(account.login, source)
    require_patience(keys, at)
    if not check_password(current, account.password):
        with transaction.atomic():
            count_failures(keys, at)
            record(actor=actor_for_account(account), act="kernel.identity.change_password_failed", on=f"account:{account.pk}", at=at)
        raise PasswordRefused(fields={"current": _("现在的密码不正确，请核对后再输。")})
    if current == password:
        raise PasswordRefused(fields={"password": _("新密码与现在的密码相同，请换一个。")})
    try:
        validate_password(password, account)
    except ValidationError as wrong:
        raise PasswordRefused(fields={"password": " ".join(wrong.messages)}) from None
    with transaction.atomic():
        account.set_password(password)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        forget_failures(keys)
        record(actor=actor_for_account(account), act="kernel.identity.change_password", on=f"account:{account.pk}", at=at)
    return account
