"""Progress without an account: the number of the case, and a code to the phone left when applying."""

from datetime import datetime
from hmac import compare_digest

from santai.exchange.contracts.service import CheckCode, SendCode
from santai.exchange.gateway.service import ask
from santai.front.hall.errors import WrongCode
from santai.front.hall.models import Application
from santai.kernel.ledger.service import system_actor

ASKER, PURPOSE = "front.hall", "办件进度查询"


def send_track_code(*, case_no: str, at: datetime) -> None:
    """Send the code; says nothing about whether the case exists. Errors: TooManyCodes and other refusals of the provider, Unavailable."""
    phone = _phone(case_no)
    if phone:
        ask(
            SendCode(phone=phone, code_purpose=f"track:{case_no}"),
            actor=system_actor(ASKER),
            purpose=PURPOSE,
            subject=f"case:{case_no}",
            at=at,
        )


def check_track_code(*, case_no: str, code: str, at: datetime) -> None:
    """The code sent to the phone, or the one on a window's receipt. WrongCode for a wrong number or code alike."""
    printed = Application.objects.filter(case_no=case_no).values_list("query_code", flat=True).first() or ""
    if printed and compare_digest(printed.encode(), code.strip().upper().encode()):
        return
    phone = _phone(case_no)
    right = (
        bool(phone and code.strip())
        and ask(
            CheckCode(phone=phone, code_purpose=f"track:{case_no}", code=code.strip()),
            actor=system_actor(ASKER),
            purpose=PURPOSE,
            subject=f"case:{case_no}",
            at=at,
        ).done
    )
    if not right:
        raise WrongCode(fields={"code": WrongCode.message})


def _phone(case_no: str) -> str:
    return Application.objects.filter(case_no=case_no).values_list("phone", flat=True).first() or ""
