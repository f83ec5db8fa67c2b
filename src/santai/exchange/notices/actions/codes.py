"""Verification codes by SMS."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from santai.exchange.notices import rules
from santai.exchange.notices.actions.send_due import SWEEP, send_due
from santai.exchange.notices.errors import TooManyCodes
from santai.exchange.notices.models import Code, Sending
from santai.kernel.codes.service import check_identifier, new_id
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def send_code(*, phone: str, purpose: str, actor: Actor, at: datetime) -> None:
    """Send a six-digit code for ``purpose`` (``track:<case_no>``, ``sign-in``); an earlier one for the same purpose ends.

    Raises InvalidIdentifier for what is no mobile number, TooManyCodes within a minute or after ten in a day.
    """
    phone = check_identifier("mobile", phone)
    recent = Code.objects.select_for_update().filter(phone=phone)
    if recent.filter(purpose=purpose, made_at__gt=at - rules.CODE_PAUSE, made_at__lte=at, used_at=None).exists():
        raise TooManyCodes("验证码已经发出，请在 1 分钟后再试。")
    if recent.filter(made_at__gt=at - timedelta(days=1), made_at__lte=at).count() >= rules.CODES_A_DAY:
        raise TooManyCodes("这个号码今天的验证码次数已用完，请明天再试，或拨打 12345。")
    recent.filter(purpose=purpose, used_at=None, expires_at__gt=at).update(expires_at=at)
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = Code(id=new_id(), phone=phone, purpose=purpose, made_at=at, expires_at=at + rules.CODE_LIFE)
    row.digest = rules.digest_of(code, str(row.id))
    row.save()
    Sending.objects.create(
        id=new_id(),
        channel="sms",
        address=phone,
        subject="验证码",
        secret=True,
        next_attempt_at=at,
        created_at=at,
        text=f"【政务服务】您的验证码是 {code}，10 分钟内有效。工作人员不会向您索要验证码。",
    )
    record(actor=actor, act="exchange.notices.send_code", on=f"code:{row.id}", at=at, purpose=purpose.split(":")[0])
    wake(SWEEP)
    transaction.on_commit(lambda: send_due(at), robust=True)  # a person waits for it: do not wait for the worker


@transaction.atomic
def check_code(*, phone: str, purpose: str, code: str, actor: Actor, at: datetime) -> bool:
    """Is it the latest code for this phone and purpose? A right one is used up; five wrong tries end it."""
    phone = check_identifier("mobile", phone)
    row = (
        Code.objects.select_for_update().filter(phone=phone, purpose=purpose, used_at=None, expires_at__gt=at).order_by("-made_at").first()
    )
    if row is None or row.tries >= rules.CODE_TRIES:
        return False
    row.tries += 1
    right = rules.same(row.digest, rules.digest_of(code.strip(), str(row.id)))
    if right:
        row.used_at = at
    row.save(update_fields=["tries", "used_at"])
    return right
