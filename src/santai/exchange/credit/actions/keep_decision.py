"""The public list: what departments publish and take down, and what readers object to."""

import re
from datetime import date, datetime

from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import DecisionPublished, DecisionUnpublished, PublicationAnswered, PublicationQuestioned
from santai.exchange.credit.errors import QuestionIncomplete, RecordNotFound
from santai.exchange.credit.models import PublishedDecision, Question
from santai.kernel.codes.service import new_id
from santai.kernel.ledger.service import Actor, record

_PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}")


def keep_decision(*, message: DecisionPublished) -> PublishedDecision:
    """Show it; published again after a correction the entry is renewed and visible."""
    row, _ = PublishedDecision.objects.update_or_create(
        id=message.publication_id,
        defaults={
            "kind": message.kind,
            "document_no": message.document_no,
            "document_title": message.document_title,
            "organisation": message.organisation,
            "organisation_name": message.organisation_name,
            "party_name": message.party_name,
            "party_code": message.party_code,
            "fields": message.fields,
            "decided_on": date.fromisoformat(message.decided_on),
            "published_at": datetime.fromisoformat(message.published_at),
            "removed_at": None,
            "removed_reason": "",
        },
    )
    return row


def take_down(*, message: DecisionUnpublished) -> None:
    """No longer listed; its address says that and why it was taken down."""
    PublishedDecision.objects.filter(id=message.publication_id).update(
        removed_at=datetime.fromisoformat(message.at), removed_reason=message.reason
    )


@transaction.atomic
def question_decision(*, publication_id: str, text: str, by: str, phone: str, actor: Actor, at: datetime) -> Question:
    """Anybody may say that a published decision is wrong; the department checks it. Errors: RecordNotFound, QuestionIncomplete."""
    row = PublishedDecision.objects.filter(id=publication_id, removed_at=None).first()
    if row is None:
        raise RecordNotFound()
    wrong = {}
    if not text.strip():
        wrong["text"] = "请写明哪里有误、正确的是什么。"
    elif len(text) > 2000:
        wrong["text"] = "请不要超过 2000 字。"
    if not by.strip():
        wrong["by"] = "请填写姓名或者单位名称。"
    if not _PHONE.fullmatch(phone.strip()):
        wrong["phone"] = "请填写能联系到您的电话，例如 13800000000。"
    if wrong:
        raise QuestionIncomplete(fields=wrong)
    question = Question.objects.create(id=new_id(), decision=row, text=text.strip(), by=by.strip()[:120], phone=phone.strip(), asked_at=at)
    record(actor=actor, act="exchange.credit.question_decision", on=f"publication:{row.id}", at=at)
    publish(
        PublicationQuestioned(
            question_id=str(question.id), publication_id=row.id, text=question.text, by=question.by, phone=question.phone,
            asked_at=at.isoformat(),
        ),
        actor=actor,
        order_key=row.id,
        at=at,
    )  # fmt: skip
    return question


def take_answer(*, message: PublicationAnswered) -> None:
    Question.objects.filter(id=message.question_id).update(
        right=message.right, answer=message.text, answered_at=datetime.fromisoformat(message.answered_at)
    )
