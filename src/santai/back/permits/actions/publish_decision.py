"""双公示: what is to be published, by when; published, taken down, questioned."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from santai.back.approvals.service import branch_of_sub_case, item_of, note_progress
from santai.back.cases.service import Case, SubCase
from santai.back.permits.errors import AlreadyPublished, FieldMissing, NotFound, NotPublished, ReasonMissing, Secret
from santai.back.permits.models import Publication, PublicationQuestion
from santai.back.permits.rules.publicity import FIELDS, SECRETS, missing, public_name
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import (
    DecisionPublished,
    DecisionUnpublished,
    LicenceIssued,
    Party,
    PublicationAnswered,
    PublicationQuestioned,
    decode,
)
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import finish_clock, start_clock
from santai.kernel.ledger.service import Actor, as_one_act, record
from santai.kernel.orgs.service import get_organisation

RULE, REMOVAL_RULE = "publicity-7", "unpublish-3"
TITLE = "准予决定书"


def owe_publication(*, case: Case, sub_case: SubCase, document_no: str, actor: Actor, at: datetime) -> Publication:
    """A permit was granted: seven working days from the decision. What touches secrets is withheld, and nothing is due."""
    item = item_of(case.item_code, case.item_version)
    party = decode(Party, case.applicant)
    organ = get_organisation(sub_case.organisation)
    day = localdate(at).isoformat()
    result = branch_of_sub_case(sub_case).result
    fields = dict.fromkeys(FIELDS, "") | {
        "行政相对人名称": public_name(party.kind, party.name),
        "行政相对人类别": "法人及非法人组织" if party.kind == "organisation" else "自然人",
        "统一社会信用代码": party.code if party.kind == "organisation" else "",
        "行政许可决定文书名称": TITLE,
        "行政许可决定文书号": document_no,
        "许可类别": "普通",
        "许可证书名称": result.name if result.kind == "licence" else "",
        "许可内容": sub_case.item_name,
        "许可决定日期": day,
        "有效期自": day,
        "许可机关": organ.name,
        "许可机关统一社会信用代码": organ.credit_code,
        "当前状态": "有效",
        "数据来源单位": organ.name,
    }
    row, new = Publication.objects.get_or_create(
        sub_case_no=sub_case.sub_case_no,
        document_no=document_no,  # a decision made anew after review is another decision
        defaults={
            "case_no": case.case_no,
            "organisation": sub_case.organisation,
            "organisation_name": sub_case.organisation_name,
            "document_title": TITLE,
            "party_kind": party.kind,
            "party_name": public_name(party.kind, party.name),
            "party_code": party.code if party.kind == "organisation" else "",
            "fields": fields,
            "decided_at": at,
            "state": "withheld" if item.secret else "waiting",
            "withheld": SECRETS.get(item.secret, ""),
        },
    )
    if new and not item.secret:
        clock = start_clock(rule=RULE, subject=f"permit:{sub_case.sub_case_no}", event_at=at, actor=actor, at=at)
        row.clock, row.due_on = clock.id, localdate(clock.due_at)
        row.save(update_fields=["clock", "due_on"])
        note_progress(
            case=case, sub_case=sub_case, event="publication_due", actor=actor, at=at, clocks=[clock], public=False,
            text=f"许可决定应当在{row.due_on.isoformat()}前公示。",
        )  # fmt: skip
    return row


@as_one_act
def owe_penalty_publication(
    *,
    penalty: str,
    document_no: str,
    organisation: str,
    party: Party,
    fields: Mapping[str, str],
    decided_at: datetime,
    actor: Actor,
    at: datetime,
    case_no: str = "",
) -> Publication:
    """A penalty with a certain social effect is published within seven working days too (行政处罚法 48). ``penalty``: its own number.

    For the room that decides penalties; a second call with the same number changes nothing.
    """
    card = get_organisation(organisation)
    row, new = Publication.objects.get_or_create(
        sub_case_no=penalty,
        defaults={
            "kind": "penalty", "case_no": case_no, "organisation": organisation, "organisation_name": card.name, "document_no": document_no,
            "document_title": "行政处罚决定书", "party_kind": party.kind, "party_name": public_name(party.kind, party.name),
            "party_code": party.code if party.kind == "organisation" else "", "fields": dict(fields), "decided_at": decided_at,
        },
    )  # fmt: skip
    if new:
        clock = start_clock(rule=RULE, subject=f"permit:{penalty}", event_at=decided_at, actor=actor, at=at)
        row.clock, row.due_on = clock.id, localdate(clock.due_at)
        row.save(update_fields=["clock", "due_on"])
    return row


def note_licence_facts(*, message: LicenceIssued) -> None:
    """Number and term of the licence, once they are known, complete the record that is to be published."""
    row = Publication.objects.filter(sub_case_no=message.sub_case_no, state="waiting").first() if message.sub_case_no else None
    if row is not None:
        row.fields |= {
            "许可证书名称": message.title, "许可编号": message.number, "有效期自": message.valid_from or row.fields.get("有效期自", ""),
            "有效期至": message.valid_to or "长期",
        }  # fmt: skip
        row.save(update_fields=["fields"])


@as_one_act
def publish_decision(*, publication_id: Any, changes: Mapping[str, str] | None = None, actor: Actor, at: datetime) -> Publication:
    """Show it to the public. ``changes``: fields as the officer corrected them; a person's name stays masked whatever is typed.

    Errors: NotFound, NotAllowed, Secret, AlreadyPublished, FieldMissing (with ``fields``).
    """
    row = _locked(publication_id, actor)
    if row.state == "withheld":
        raise Secret()
    if row.state == "published":
        raise AlreadyPublished()
    fields = {**row.fields, **{label: value.strip() for label, value in (changes or {}).items() if label in FIELDS or label in row.fields}}
    if row.kind == "licence":
        fields["行政相对人名称"] = row.party_name
        fields["统一社会信用代码"] = row.party_code
    lacking = missing(fields) if row.kind == "licence" else [label for label, value in fields.items() if not value.strip()]
    if lacking:
        raise FieldMissing(f"请补全：{'、'.join(lacking)}。", fields={label: f"请填写{label}。" for label in lacking})
    row.fields, row.document_no = fields, fields.get("行政许可决定文书号", row.document_no)
    row.state, row.published_at, row.published_by = "published", at, f"{actor.post_title} {actor.name}".strip()
    row.removed_at, row.removed_reason = None, ""
    row.save()
    _show(row, actor, at)
    clocks = [finish_clock(clock=row.clock, actor=actor, at=at)] if row.clock else []
    _note(row, "published", f"许可决定已公示（{row.document_no}）。", actor, at, clocks)
    return row


@as_one_act
def order_removal(*, publication_id: Any, because: str, actor: Actor, at: datetime) -> Publication:
    """The decision was annulled, changed or found unlawful: three working days to take the publication down (行政处罚法 48).

    Errors: NotFound, NotPublished, ReasonMissing.
    """
    row = _locked(publication_id, actor)
    if row.state != "published":
        raise NotPublished()
    if not because.strip():
        raise ReasonMissing(fields={"because": ReasonMissing.message})
    clock = start_clock(rule=REMOVAL_RULE, subject=f"permit:{row.sub_case_no}", event_at=at, actor=actor, at=at)
    row.remove_because, row.remove_clock, row.remove_due = because.strip(), clock.id, localdate(clock.due_at)
    row.save(update_fields=["remove_because", "remove_clock", "remove_due"])
    _note(row, "publication_due", f"公示应当在{row.remove_due.isoformat()}前撤回：{because.strip()}", actor, at, [clock])
    return row


@as_one_act
def unpublish(*, publication_id: Any, reason: str, actor: Actor, at: datetime) -> Publication:
    """Take it down with the reason the public reads in its place. Errors: NotFound, NotAllowed, NotPublished, ReasonMissing."""
    row = _locked(publication_id, actor)
    if row.state != "published":
        raise NotPublished()
    if not reason.strip():
        raise ReasonMissing(
            "撤回公示应当公开说明理由（行政处罚法第四十八条第二款）。", fields={"reason": "请写明撤回公示的理由，公众会看到。"}
        )
    row.state, row.removed_at, row.removed_reason = "removed", at, reason.strip()
    row.save(update_fields=["state", "removed_at", "removed_reason"])
    publish(
        DecisionUnpublished(publication_id=str(row.id), reason=row.removed_reason, at=at.isoformat()),
        actor=actor,
        order_key=str(row.id),
        at=at,
    )
    clocks = [finish_clock(clock=row.remove_clock, actor=actor, at=at)] if row.remove_clock else []
    _note(row, "unpublished", f"已撤回公示：{row.removed_reason}", actor, at, clocks)
    return row


def withdraw_publication(*, sub_case_no: str, because: str, actor: Actor, at: datetime) -> None:
    """The decision was annulled: what the public sees is taken down within three working days, what it never saw isn't shown any more.

    The caller holds the transaction.
    """
    for row in Publication.objects.select_for_update().filter(sub_case_no=sub_case_no, state__in=("published", "waiting")):
        if row.published_at is None:
            row.state, row.removed_at, row.removed_reason = "removed", at, because
            row.fields = {**row.fields, "当前状态": "撤销"}
            row.save(update_fields=["state", "removed_at", "removed_reason", "fields"])
            if row.clock:
                finish_clock(clock=row.clock, actor=actor, at=at)
            continue
        clock = start_clock(rule=REMOVAL_RULE, subject=f"permit:{sub_case_no}", event_at=at, actor=actor, at=at)
        row.state, row.remove_because, row.remove_clock, row.remove_due = "published", because, clock.id, localdate(clock.due_at)
        row.save(update_fields=["state", "remove_because", "remove_clock", "remove_due"])


def mark_revoked(*, sub_case_no: str, actor: Actor, at: datetime) -> None:
    """A revoked permit stays on the public list, with its present state. The caller holds the transaction."""
    row = (
        Publication.objects.select_for_update()
        .filter(sub_case_no=sub_case_no, state__in=("published", "waiting"))
        .order_by("-decided_at")
        .first()
    )
    if row is None:
        return
    row.fields = {**row.fields, "当前状态": "撤销"}
    row.save(update_fields=["fields"])
    if row.state == "published":
        _show(row, actor, at)


@as_one_act
def take_question(*, message: PublicationQuestioned) -> None:
    """An objection from a reader. NotFound when the publication is not ours."""
    row = Publication.objects.filter(id=message.publication_id).first()
    if row is None:
        raise NotFound()
    PublicationQuestion.objects.get_or_create(
        question_id=message.question_id,
        defaults={
            "publication": row,
            "text": message.text,
            "by": message.by,
            "phone": message.phone,
            "asked_at": datetime.fromisoformat(message.asked_at),
        },
    )


@as_one_act
def answer_question(*, question_id: str, right: bool, text: str, actor: Actor, at: datetime) -> PublicationQuestion:
    """``right``: the objection is justified; what is wrong is then corrected (publish again) or taken down.

    Errors: NotFound, NotAllowed, ReasonMissing.
    """
    question = (
        PublicationQuestion.objects.select_for_update(of=("self",)).select_related("publication").filter(question_id=question_id).first()
    )
    if question is None:
        raise NotFound()
    require_any(actor, "credit_publicity", "decider", organisation=question.publication.organisation)
    if not text.strip():
        raise ReasonMissing("请写明核实的结果。", fields={"text": "请写明核实的结果，提出人会看到。"})
    question.right, question.answer, question.answered_at = right, text.strip(), at
    question.save(update_fields=["right", "answer", "answered_at"])
    if right and question.publication.state == "published":
        question.publication.state = "waiting"  # to be corrected and published again; until then the public list keeps the old entry
        question.publication.save(update_fields=["state"])
    record(actor=actor, act="back.permits.answer_question", on=f"publication:{question.publication_id}", at=at)
    publish(
        PublicationAnswered(question_id=question_id, right=right, text=question.answer, answered_at=at.isoformat()),
        actor=actor, order_key=str(question.publication_id), at=at,
    )  # fmt: skip
    return question


def _locked(publication_id: Any, actor: Actor) -> Publication:
    row = Publication.objects.select_for_update().filter(id=publication_id).first()
    if row is None:
        raise NotFound()
    require_any(actor, "credit_publicity", "decider", organisation=row.organisation)
    return row


def _show(row: Publication, actor: Actor, at: datetime) -> None:
    publish(
        DecisionPublished(
            publication_id=str(row.id), kind=row.kind, document_no=row.document_no, document_title=row.document_title,  # type: ignore[arg-type]
            organisation=row.organisation, organisation_name=row.organisation_name, party_name=row.party_name, party_code=row.party_code,
            fields=row.fields, decided_on=localdate(row.decided_at).isoformat(),
            published_at=(row.published_at or at).isoformat(),
        ),
        actor=actor, order_key=str(row.id), at=at,
    )  # fmt: skip


def _note(row: Publication, event: str, text: str, actor: Actor, at: datetime, clocks: list[Any]) -> None:
    sub_case = SubCase.objects.select_related("case").filter(sub_case_no=row.sub_case_no).first()
    if sub_case is not None:
        note_progress(case=sub_case.case, sub_case=sub_case, event=event, text=text, actor=actor, at=at, clocks=clocks, public=False)
