"""Ways out of the house: SMS gateways and mail."""

import fcntl
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.module_loading import import_string


class SmsGateway(Protocol):
    """What a city's gateway must offer. ``key`` is the same for every attempt of one message: send it once."""

    def send(self, *, key: str, phone: str, text: str, at: datetime) -> None: ...


class FileGateway:
    """The demonstration's gateway: a line a message in ``SMS_FILE``; a key that is there already is not written again."""

    def send(self, *, key: str, phone: str, text: str, at: datetime) -> None:
        path = Path(settings.SMS_FILE)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+", encoding="utf-8") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            log.seek(0)
            if any(f" [{key}] " in line for line in log):
                return
            local = timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")
            log.write(f"{local} {phone} [{key}] {' '.join(text.split())}\n")


@lru_cache(maxsize=4)
def _gateway(name: str) -> SmsGateway:
    gateway: SmsGateway = import_string(name)()
    return gateway


def send_sms(*, key: str, phone: str, text: str, at: datetime) -> None:
    _gateway(getattr(settings, "SMS_GATEWAY", "santai.exchange.notices.adapters.FileGateway")).send(key=key, phone=phone, text=text, at=at)


def send_mail(*, key: str, to: str, subject: str, text: str) -> None:
    """The message id is the key, so that a mailbox recognises a repeated attempt."""
    domain = getattr(settings, "MAIL_DOMAIN", "santai.invalid")
    EmailMessage(subject=subject, body=text, to=[to], headers={"Message-ID": f"<{key}@{domain}>"}).send()
