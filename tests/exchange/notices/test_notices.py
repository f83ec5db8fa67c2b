"""Each notice reaches each channel once, whatever happens on the way."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail

from santai.exchange.notices import service
from santai.kernel.ledger.service import Party, system_actor

AT = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
ACTOR = system_actor("tests")
FOUNDER = Party(kind="person", code_kind="resident-id", code="189901199003071239", name="邶堃", phone="13800001234")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def letters(settings, tmp_path):
    from santai.exchange.notices.models import Letter

    settings.SMS_FILE = tmp_path / "sms.log"
    Letter.objects.create(
        code="accepted",
        title="已受理：{item}",
        text="{name}：您的“{item}”已受理，最迟 {due} 办结。{nothing}",
        sms="【政务服务】“{item}”已受理，最迟 {due} 办结。",
    )
    return settings.SMS_FILE


def give(request_id="m1", **other):
    wanted = {
        "to": FOUNDER,
        "template": "accepted",
        "facts": {"item": "居住证申领", "due": "2026-02-14", "email": "bei@example.org"},
        "case_no": "1899",
        "actor": ACTOR,
        "at": AT,
    }
    return service.give_notice(request_id=request_id, **{**wanted, **other})


def test_a_notice_goes_once_by_sms_and_once_by_mail(letters: Path):
    assert give().id == give().id
    assert service.send_due(AT) == 2
    assert service.send_due(AT + timedelta(days=1)) == 0
    lines = letters.read_text().splitlines()
    assert len(lines) == 1 and lines[0].endswith("“居住证申领”已受理，最迟 2026年2月14日 办结。") and "13800001234" in lines[0]
    assert len(mail.outbox) == 1 and mail.outbox[0].subject == "已受理：居住证申领" and mail.outbox[0].to == ["bei@example.org"]


def test_a_crash_between_sending_and_noting_it_sends_no_second_sms(letters: Path):
    give()
    service.send_due(AT)
    from santai.exchange.notices.models import Sending

    Sending.objects.update(state="pending", next_attempt_at=AT)  # as after a rollback
    service.send_due(AT)
    assert len(letters.read_text().splitlines()) == 1


def test_a_blocked_way_out_is_tried_again_and_then_given_up_where_it_can_be_seen(settings):
    give(facts={"item": "x", "due": ""})
    settings.SMS_GATEWAY = "tests.exchange.notices.test_notices.Blocked"
    at = AT
    for _ in range(6):
        assert service.send_due(at) == 1
        assert service.send_due(at) == 0
        at += timedelta(days=1)
    failed = service.sendings(state="failed").get()
    assert failed.attempts == 6 and "no line" in failed.error
    del settings.SMS_GATEWAY
    service.retry_sending(sending_id=str(failed.id), actor=ACTOR, at=at)
    service.send_due(at)
    failed.refresh_from_db()
    assert failed.state == "sent"
    with pytest.raises(service.NothingToRetry):
        service.retry_sending(sending_id=str(failed.id), actor=ACTOR, at=at)


class Blocked:
    def send(self, **_: object) -> None:
        raise ConnectionError("no line")


def test_an_unknown_letter_is_refused():
    with pytest.raises(service.UnknownTemplate):
        give(template="nothing")


def code_in(path: Path) -> str:
    found = re.findall(r"验证码是 (\d{6})", path.read_text())
    return found[-1]


def test_a_code_works_once_for_its_purpose(letters: Path):
    service.send_code(phone="138 0000 1234", purpose="track:1", actor=ACTOR, at=AT)
    service.send_due(AT)
    code = code_in(letters)
    ask = {"phone": "13800001234", "actor": ACTOR}
    assert not service.check_code(purpose="track:2", code=code, at=AT, **ask)
    assert not service.check_code(purpose="track:1", code=code, at=AT + timedelta(minutes=10), **ask)
    assert service.check_code(purpose="track:1", code=code, at=AT + timedelta(minutes=9), **ask)
    assert not service.check_code(purpose="track:1", code=code, at=AT + timedelta(minutes=9), **ask)


def test_guessing_a_code_ends_it(letters: Path):
    service.send_code(phone="13800001234", purpose="track:1", actor=ACTOR, at=AT)
    service.send_due(AT)
    code = code_in(letters)
    for _ in range(5):
        assert not service.check_code(phone="13800001234", purpose="track:1", code="x", actor=ACTOR, at=AT)
    assert not service.check_code(phone="13800001234", purpose="track:1", code=code, actor=ACTOR, at=AT)


def test_codes_are_not_sent_without_end(letters: Path):
    service.send_code(phone="13800001234", purpose="a", actor=ACTOR, at=AT)
    with pytest.raises(service.TooManyCodes):
        service.send_code(phone="13800001234", purpose="a", actor=ACTOR, at=AT + timedelta(seconds=30))
    for number in range(1, 10):
        service.send_code(phone="13800001234", purpose="a", actor=ACTOR, at=AT + timedelta(minutes=2 * number))
    with pytest.raises(service.TooManyCodes):
        service.send_code(phone="13800001234", purpose="a", actor=ACTOR, at=AT + timedelta(hours=2))


def test_a_sent_code_is_not_kept_in_the_table(letters: Path):
    service.send_code(phone="13800001234", purpose="a", actor=ACTOR, at=AT)
    service.send_due(AT)
    assert service.sendings().get().text == ""
