"""A draft goes from step to step: submitted, legally reviewed, published, returned, given up. kernel/flow keeps the order."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.items.actions.publish_item import publish_item, withdraw_item
from santai.exchange.items.errors import LintFindings, NotAtThisStep, NotOnApplication, ReasonMissing
from santai.exchange.items.models import DraftOpinion, ItemDraft
from santai.exchange.items.queries.drafts import draft_findings, item_of_draft, open_task, rule_of
from santai.exchange.items.rules.fields import ON_OFFICE
from santai.exchange.items.rules.shaping import own_rules
from santai.kernel.access.service import require
from santai.kernel.clocks.service import install_rules, rule_from_data
from santai.kernel.flow.service import cancel_process, complete_task
from santai.kernel.ledger.service import Actor, record

NEXT = {
    ("draft", "submitted"): "legal_review",
    ("legal_review", "passed"): "publish",
    ("legal_review", "returned"): "draft",
    ("publish", "published"): "done",
    ("publish", "returned"): "draft",
}


@transaction.atomic
def move_draft(*, draft_id: UUID, step: str, outcome: str, text: str = "", actor: Actor, at: datetime) -> ItemDraft:
    """Do ``step`` (draft, legal_review, publish) with one of its outcomes; publishing puts the version on the list, or takes the item off.

    Errors: NotAtThisStep, NotAllowed, ReasonMissing (returned without a word), LintFindings (``fields``: what is wrong where), and flow's
    SameOfficer (who drafted may neither review nor publish).
    """
    draft = ItemDraft.objects.select_for_update().get(pk=draft_id)
    task = open_task(draft)
    if task is None or draft.step != step or (step, outcome) not in NEXT:
        raise NotAtThisStep
    require(actor, task.role, organisation=task.organisation)
    if outcome == "returned" and not text.strip():
        raise ReasonMissing("请写明退回的原因。", fields={"text": "请写明退回的原因。"})
    if draft.kind == "withdraw" and not draft.reason:
        raise ReasonMissing(fields={"reason": ReasonMissing.message})
    if outcome != "returned" and draft.kind != "withdraw":
        _must_be_right(draft, localdate(at))
    label = next(one["label"] for one in task.outcomes if one["value"] == outcome)
    complete_task(task=task, outcome=outcome, actor=actor, at=at)
    DraftOpinion.objects.create(
        draft=draft, step=step, outcome=outcome, label=label, text=text.strip(), by=actor.name, post=actor.post_title,
        organisation_name=actor.organisation_name, at=at,
    )  # fmt: skip
    draft.step = NEXT[step, outcome]
    draft.returned_why = text.strip() if outcome == "returned" else ""
    draft.updated_at = at
    draft.revision += 1
    if outcome == "published":
        _publish(draft, actor=actor, at=at)
    draft.save()
    record(actor=actor, act=f"exchange.items.{step}_{outcome}", on=draft.subject, at=at, why=text.strip(), details={"code": draft.code})
    return draft


@transaction.atomic
def cancel_draft(*, draft_id: UUID, reason: str, actor: Actor, at: datetime) -> ItemDraft:
    """Give the draft up. NotAtThisStep when it is published or given up already; ReasonMissing; NotAllowed."""
    draft = ItemDraft.objects.select_for_update().get(pk=draft_id)
    require(actor, "item_manager", organisation=draft.organisation)
    if not draft.is_open:
        raise NotAtThisStep
    if not reason.strip():
        raise ReasonMissing("请写明作废的原因。", fields={"cancel_reason": "请写明作废的原因。"})
    cancel_process(subject=draft.subject, why=reason.strip(), actor=actor, at=at)
    draft.step, draft.returned_why, draft.updated_at = "cancelled", reason.strip(), at
    draft.save()
    record(actor=actor, act="exchange.items.cancel_draft", on=draft.subject, at=at, why=reason.strip())
    return draft


def _must_be_right(draft: ItemDraft, on: date) -> None:
    if draft.sheet["main"].get("act_type") in ON_OFFICE:
        raise NotOnApplication(fields={"act_type": NotOnApplication.message})
    wrong = [one for one in draft_findings(draft, on=on, near=False) if one.blocks]
    if wrong:
        raise LintFindings(fields={one.field or one.place: f"{one.label}：{one.text}" for one in wrong})


def _publish(draft: ItemDraft, *, actor: Actor, at: datetime) -> None:
    if draft.kind == "withdraw":
        withdraw_item(code=draft.code, reason=draft.reason, actor=actor, at=at)
        draft.published_version = draft.base_version
        return
    install_rules(rules=[rule_from_data(rule) for rule in own_rules(draft.sheet, draft.base, rule_of)], actor=actor, at=at)
    item = item_of_draft(draft)
    publish_item(definition=item, actor=actor, at=at)
    draft.published_version = item.version
