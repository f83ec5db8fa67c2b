"""Messages in, questions in: one call each."""

from santai.exchange.bus.service import Envelope
from santai.exchange.contracts.service import CheckCode, CodeAnswer, NoticeWanted, SendCode
from santai.exchange.gateway.service import Asked
from santai.exchange.notices import service


def on_notice_wanted(message: NoticeWanted, envelope: Envelope) -> None:
    service.give_wanted(message, request_id=str(envelope.id), published_at=envelope.published_at, actor=envelope.actor)


def answer_send_code(query: SendCode, asked: Asked) -> CodeAnswer:
    service.send_code(phone=query.phone, purpose=query.code_purpose, actor=asked.actor, at=asked.at)
    return CodeAnswer(done=True)


def answer_check_code(query: CheckCode, asked: Asked) -> CodeAnswer:
    return CodeAnswer(
        done=service.check_code(phone=query.phone, purpose=query.code_purpose, code=query.code, actor=asked.actor, at=asked.at)
    )
